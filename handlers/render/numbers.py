"""Values, dates and sparklines as a reader writes them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model import ACCOUNTS_SHOWN, Observation, Point, Series, independent
from summarizer.model import FigureKind, Status

_SIGNS = {"dollar": "$", "euro": "€", "pound": "£", "yen": "¥", "rupee": "₹", "won": "₩", "shekel": "₪"}
_SAYING = {">": "more than ", ">=": "at least ", "<": "less than ", "<=": "up to ", "~": "about "}
_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
_BARS = "▁▂▃▄▅▆▇█"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(r"\b(\d{4}-\d\d(?:-\d\d)?)(?:/\d{4}-\d\d(?:-\d\d)?)?\b")
WORDS_AROUND = 30
"""So many letters before and behind a figure tell it from another one that counts the same."""

_UNIT_SHOWN = {FigureKind.MEASURE, FigureKind.DURATION, FigureKind.AGE, FigureKind.RATE}


def number(value: float) -> str:
    """Return a number with thousands set apart; millions and more in words where nothing is lost by it."""
    for scale, word in _SCALES:
        if abs(value) >= scale:
            scaled = f"{value / scale:.3f}".rstrip("0").rstrip(".")
            if float(scaled) * scale == value:
                return f"{float(scaled):,.10g}{word}"
    if value == int(value):
        return f"{int(value):,}"
    digits = f"{value:,.3f}" if abs(value) >= 1 else f"{value:.3g}"
    return digits.rstrip("0").rstrip(".") if "." in digits and "e" not in digits else digits


def measured(value: float | tuple[float, float], unit: str, kind: FigureKind | None = None) -> str:
    """Return a value or range with its unit, where the unit is not what is counted: `$3 billion`, `9.4 %`."""
    figure = "–".join(number(end) for end in value) if isinstance(value, tuple) else number(value)
    if unit in _SIGNS:
        return "-" * figure.startswith("-") + _SIGNS[unit] + figure.removeprefix("-")
    if unit == "percentage":
        return f"{figure} %"
    if unit == "percentage point" or kind is FigureKind.MONEY or kind in _UNIT_SHOWN:
        one = value == 1 or unit in {"-", ""} or " per " in unit
        return f"{figure} {unit if one else unit + 's'}".removesuffix(" -").rstrip()
    return figure


def unit_words(series: Series) -> str:
    """Return the unit as a word (`kilometres`); empty where a sign, or what is counted, says it."""
    kind = series.points[0].observations[0].figure.kind
    word = measured(2, series.unit, kind).removeprefix("2").strip()
    return word if word[:1].isalpha() else ""


def pointed(point: Point, series: Series) -> str:
    """Return a point's value with its bound in words: `more than 900,000`."""
    kind = point.observations[0].figure.kind if point.observations else None
    return _SAYING.get(point.bound, "") + measured(point.value, series.unit, kind)


def quoted(point: Point) -> str:
    """Return a point's value in the words of its source, with its bound: `more than 900,000`."""
    return _SAYING.get(point.bound, "") + point.observations[0].quoted


def stated(seen: Observation) -> str:
    """Return one text's figure in its words, with its bound."""
    return _SAYING.get(seen.figure.bound, "") + seen.quoted


def by_voice(group: Sequence[Point]) -> Iterator[Point]:
    """Yield what differs, the number of each speaker apart: nobody is credited with another's claim."""
    for point in group:
        own: dict[object, list[Observation]] = {}
        for seen in point.observations:
            speaker, value = seen.figure.source, seen.figure.value
            apart = value != point.value or seen.figure.status is Status.CLAIM
            own.setdefault((speaker.name, value) if speaker and apart else None, []).append(seen)
        for told, some in own.items():
            figure = some[0].figure
            voice = replace(point, value=figure.value, bound=figure.bound) if told else point
            yield replace(voice, observations=tuple(some), witnesses=independent(some))


def corrected(now: Observation) -> str:
    """Return what an outlet did to a number of its own: it says that it corrects it, or only tells another."""
    return "corrected" if now.corrects else "revised"


def witnessing(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return the first observation of each copy group, one of each outlet."""
    groups = {seen.copy_group: seen for seen in reversed(observations)}
    outlets = {seen.outlet: seen for seen in sorted(groups.values(), key=observations.index, reverse=True)}
    return tuple(sorted(outlets.values(), key=observations.index))


def accounts_of(group: Sequence[Point]) -> tuple[Sequence[Point], str]:
    """Return the accounts of a conflict that are shown, best witnessed first, and how many more there are."""
    told = tuple(by_voice(group))
    rest = len(told) - ACCOUNTS_SHOWN
    return told[:ACCOUNTS_SHOWN], f" · and {rest} more" if rest > 0 else ""


def in_words(seen: Observation) -> str:
    """Return a figure with the words around it: `…Jamaat-e-Islami secured 68 seats in the…`."""
    start, end = (at - seen.offset for at in seen.figure.span)
    lead = seen.sentence[max(0, start - WORDS_AROUND) : start]
    rest = seen.sentence[end : end + WORDS_AROUND]
    if start > WORDS_AROUND:
        lead = f"…{lead.partition(' ')[2]}"
    if end + WORDS_AROUND < len(seen.sentence):
        rest = f"{rest.rpartition(' ')[0]}…"
    return f"{lead}{seen.quoted}{rest}"


def dated(as_of: str) -> str:
    """Return an ISO date of any grain as a reader writes it: `2025`, `Jul 2025`, `11–17 Jul 2025`, `2015/2016`."""
    try:
        ends = [_dated(end) for end in as_of.split("/")]
    except (ValueError, IndexError):
        return as_of
    first, last = ends[0], ends[-1]
    if first == last or "-" not in as_of:
        return "/".join(dict.fromkeys(ends))
    return f"{_beginning(first.split(), last.split())}–{last}"


def _beginning(first: Sequence[str], last: Sequence[str]) -> str:
    """Return where a period begins, without the month and the year that its end names, too."""
    shared = len(first) > 1 and first[-1] == last[-1]
    return _beginning(first[:-1], last[:-1]) if shared else " ".join(first)


def disputed(series: Series, group: Sequence[Point]) -> str:
    """Return what a conflict is about, with its date where the series has several: `conscripts, 2023`."""
    when = dated(group[0].as_of) if len(series.points) > 1 else ""
    return ", ".join(filter(None, (series.label, when))).replace("\t", " ")


def _dated(iso: str) -> str:
    year, *rest = iso.split("-")
    month = f"{_MONTHS[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


def dates_in(words: str) -> str:
    """Return our own words with every ISO day or month in them as a reader writes it."""
    return _ISO.sub(lambda found: dated(found[0]), words)


def date_labels(points: Sequence[Point]) -> tuple[str, ...]:
    """Return each point's date, as coarse as tells them apart: `2025` or, within one year, `15 Jul:`."""
    years = [point.as_of[:4] for point in points]
    plain = all("/" not in point.as_of and point.as_of[:1].isdigit() for point in points)
    if plain and len(points) > 1 and len(set(years)) == len(years):
        return tuple(years)
    labels = [dated(point.as_of) for point in points]
    if {end[:4] for point in points for end in point.as_of.split("/")} == {years[0]} and years[0].isdigit():
        labels = [label.removesuffix(f" {years[0]}") for label in labels]
    return tuple(label if label.isdigit() else f"{label}:" for label in labels)


def sparkline(values: Sequence[float]) -> str:
    """Return the course of three or more differing values as bars; empty for fewer."""
    if len(values) < 3 or min(values) == max(values):
        return ""
    low, height = min(values), max(values) - min(values)
    return "".join(_BARS[-int(-(value - low) / height * 7 // 1)] for value in values)


def middle(value: float | tuple[float, float]) -> float:
    """Return where a value stands in a sparkline."""
    return (value[0] + value[1]) / 2 if isinstance(value, tuple) else value


def zone_of(name: str) -> ZoneInfo:
    """Return the zone of that name; UTC for none or an unknown one."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def clock(moment: datetime, now: datetime, zone: str) -> str:
    """Return a moment as `14:05`, with its day where that is not today's, and UTC where that is the zone.

    Of another year the day is enough: `26 Jan 2024`.
    """
    local, today = moment.astimezone(zone_of(zone)), now.astimezone(zone_of(zone))
    if local.year != today.year:
        return day_of(moment, zone, now)
    day = "" if local.date() == today.date() else f"{day_of(moment, zone, now)} "
    return f"{day}{local:%H:%M}" + (" UTC" if zone_of(zone).key == "UTC" else "")


def day_of(moment: datetime, zone: str, now: datetime) -> str:
    """Return a moment's local day: `31 Mar`, with its year where that is not this one."""
    local = moment.astimezone(zone_of(zone))
    year = "" if local.year == now.astimezone(zone_of(zone)).year else f" {local.year}"
    return f"{local.day} {_MONTHS[local.month - 1]}{year}"
