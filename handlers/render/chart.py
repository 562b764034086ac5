"""A series as a chart: which marks it has, how its axis is divided, and what stands beside and below."""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.model import Brief, BriefStory, Button, Line, Observation, Point, Series
from bot.model.chart import Chart, Mark
from handlers.render.numbers import (
    by_voice,
    corrected,
    dated,
    dates_in,
    measured,
    number,
    pointed,
    stated,
    unit_words,
)
from handlers.render.text import Run, clean, line_of
from summarizer.model import Span

MOST_MARKS = 40
MOST_OUTLETS = 6
LONGEST_TITLE = 80
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LARGEST, SMALLEST = 1e18, 1e-9
GAPS = 4
"""Into about so many gaps the ticks divide the axis."""


def of(series: Series, about: str, *, dark: bool = False) -> Chart:
    """Return the chart of a series from a story whose title is `about`."""
    everything = accounts(series)
    shown = everything[-MOST_MARKS:]
    marks = tuple(_marks(shown, series))
    notes = (*_remarks(series), *_left_out(len(everything)), f"Sources: {_outlets(point for point, _ in shown)}")
    unit = unit_words(series)
    label = clean(_capital(series.label))
    title = f"{label}, {unit}" if unit and unit not in label.casefold() else label
    return Chart(title, clean(about), marks, tuple(_ticks(marks, series)), tuple(map(clean, notes)), dark)


def drawable(brief: Brief) -> tuple[tuple[BriefStory, Series], ...]:
    """Return what of a brief is worth a picture, by story: what the topic names, then what bullets tell.

    That is a series of two values or more, one after the other or side by side.
    """
    return tuple(
        (story, series)
        for story in brief.stories
        for series in sorted(story.series, key=lambda each: (_place(brief, story, each), -len(accounts(each))))
        if is_drawable(series)
    )


def is_drawable(series: Series) -> bool:
    """Whether there is something to compare, and no number is beyond what an axis can show."""
    shown = accounts(series)
    ends = [
        end for point, _ in shown for end in (point.value if isinstance(point.value, tuple) else (point.value,))
    ]
    return (
        not series.passing and len(shown) > 1 and all(end == 0 or SMALLEST <= abs(end) <= LARGEST for end in ends)
    )


def _place(brief: Brief, story: BriefStory, series: Series) -> tuple[bool, int]:
    """Return whether the topic leaves a series unnamed, then the place of its bullet, behind all where none is."""
    unnamed = set(series.label.casefold().split()).isdisjoint(brief.topic.casefold().split())
    keys = [bullet.series.key if bullet.series else "" for bullet in story.bullets]
    return unnamed, keys.index(series.key) if series.key in keys else len(keys)


def offered(brief: Brief, action: str = "") -> tuple[Button, ...]:
    """Return the button that asks for the first chart of a brief, if it has one."""
    return (Button("Chart", action or f"charted {brief.id}"),) if drawable(brief) else ()


def caption(series: Series, story: BriefStory, brief_id: str) -> tuple[Line, ...]:
    """Return what is said beside the picture: whose it is, what we computed, and the sources with their links."""
    seen = {point.observations[0].article_id: point.observations[0] for point, _ in accounts(series)[-MOST_MARKS:]}
    cited = tuple(seen.values())
    more = f"and {len(cited) - MOST_OUTLETS} more" if len(cited) > MOST_OUTLETS else ""
    return (
        line_of([Run(_capital(series.label), bold=True), f"\t{story.title}\tbrief {brief_id}"], "heading"),
        *(Line(remark) for remark in _remarks(series)),
        *(_cited(source) for source in cited[:MOST_OUTLETS]),
        Line(more, "note"),
    )


def _cited(seen: Observation) -> Line:
    title = seen.title if len(seen.title) <= LONGEST_TITLE else seen.title[: LONGEST_TITLE - 1].rstrip() + "…"
    return line_of([f"{seen.outlet}: ", Run(title, url=seen.url)], "bullet")


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


# ---------------------------------------------------------------- marks


def accounts(series: Series) -> list[tuple[Point, int]]:
    """Return every account of a value with the number of its dispute, 0 where nobody differs."""
    groups = [tuple(by_voice(group)) for group in series.conflicts]
    disputed = {_first(one): at for at, group in enumerate(groups, start=1) for one in group}
    rivals = {_first(group[0]): group[1:] for group in groups}
    drawn = {_first(point) for point in series.points}
    return [
        (one, disputed.get(_first(one), 0))
        for point in series.points
        for one in (point, *(rival for rival in rivals.get(_first(point), ()) if _first(rival) not in drawn))
    ]


def _first(point: Point) -> tuple[object, int, Span]:
    """Return by what a point is known among the disputed ones: what it is, and where it was first stated."""
    first = point.observations[0]
    return point.value, first.article_id, first.figure.span


def _marks(shown: Sequence[tuple[Point, int]], series: Series) -> Iterator[Mark]:
    for point, dispute in shown:
        low, high = point.value if isinstance(point.value, tuple) else (point.value, point.value)
        seen = point.observations[0]
        computed = bool(seen.figure.computed_from)
        value = pointed(point, series).removesuffix(f" {unit_words(series)}") + " (computed)" * computed
        said_by = clean(_said_by(seen)) if dispute else ""
        day = dated(point.as_of or seen.published_at.date().isoformat())
        yield Mark(_day(point), low, high, point.bound, day, value, dispute, said_by, computed)


def _said_by(seen: Observation) -> str:
    return f"{seen.figure.source.name} in {seen.outlet}" if seen.figure.source else seen.outlet


def _day(point: Point) -> float | None:
    """Return the middle of the time for which a value holds; None where that is said in words ("before")."""
    start, _, end = point.as_of.partition("/")
    try:
        return (_first_day(start) + _first_day(end or start, after=1)) / 2
    except (ValueError, OverflowError):
        return None


def _first_day(iso: str, after: int = 0) -> int:
    """Return the first day of a year, month or day, or of the one `after` it."""
    year, month, day = (int(part) for part in f"{iso}-0-0".split("-")[:3])
    if day:
        return date(year, month, day).toordinal() + after
    months = year * 12 + (month - 1 + after if month else 12 * after)
    return date(months // 12, months % 12 + 1, 1).toordinal()


# ---------------------------------------------------------------- the axis


def _ticks(marks: Sequence[Mark], series: Series) -> Iterator[tuple[float, str]]:
    """Yield round numbers from below all marks to above them, written in the unit."""
    low, high = _span(min(mark.low for mark in marks), max(mark.high for mark in marks))
    step = _step((high - low) / GAPS)
    for place in range(math.floor(low / step), math.ceil(high / step) + 1):
        value = float(f"{place * step:.15g}")
        yield value, _tick(value, series)


def _span(low: float, high: float) -> tuple[float, float]:
    """Return what the axis covers: zero too, where the values reach far enough down to it."""
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        return (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    if 0 < low <= high / 2:
        return 0.0, high
    if low / 2 <= high < 0:
        return low, 0.0
    return low, high


def _step(rough: float) -> float:
    scale = 10.0 ** math.floor(math.log10(rough))
    return scale * next(step for step in STEPS if step * scale >= rough)


def _tick(value: float, series: Series) -> str:
    return number(value) if unit_words(series) else measured(value, series.unit)


# ---------------------------------------------------------------- below it


def _remarks(series: Series) -> tuple[str, ...]:
    computed = ("Computed: " + dates_in(", ".join(series.changes)),) if series.changes else ()
    who = "claims" if series.claims else "sources"
    revised = ("A source revised its figure.",) if series.revised else ()
    own = tuple(f"{now.outlet} {corrected(now)} {stated(old)} to {stated(now)}." for old, now in series.corrected)
    differ = (f"Where {who} differ, each account is shown.",) if series.conflicts else ()
    return (*differ, *(own or revised), *computed)


def _outlets(points: Iterable[Point]) -> str:
    """Return who is quoted, each outlet once, a few by name."""
    names = tuple(dict.fromkeys(point.observations[0].outlet for point in points))
    more = f" and {len(names) - MOST_OUTLETS} more" if len(names) > MOST_OUTLETS else ""
    return ", ".join(names[:MOST_OUTLETS]) + more


def _left_out(count: int) -> tuple[str, ...]:
    return (f"The newest {MOST_MARKS} of {count} values.",) if count > MOST_MARKS else ()
