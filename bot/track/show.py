"""Series as a reader sees them: a sparkline, a text table, rows for a spreadsheet, what changed since."""

from collections.abc import Iterable, Sequence
from math import ceil

from bot.model import Point, Series
from bot.track.interval import interval

BARS = "▁▂▃▄▅▆▇█"
BOUND_WORDS = {"=": "", "~": "about ", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most "}
HEADER = ("measure", "as of", "value", "witnesses", "conflict", "outlet", "title", "url", "sentence")


def sparkline(points: Sequence[Point]) -> str:
    """Return a bar for each point, lowest to highest; empty for fewer than two."""
    values = [interval(point.observations[0]).middle for point in points]
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    spread = (high - low) or 1.0
    return "".join(BARS[ceil((value - low) / spread * (len(BARS) - 1))] for value in values)


def value_text(point: Point) -> str:
    """Return a point's value in the words of its source, with its bound: `more than 900,000`."""
    return BOUND_WORDS[point.bound] + point.observations[0].quoted


def history(series: Series) -> str:
    """Return a series in a line: `2024 150,000 → 2025 160,000   ▁█`."""
    told = " → ".join(f"{point.as_of} {value_text(point)}" for point in series.points)
    drawn = sparkline(series.points)
    return f"{told}   {drawn}" if drawn else told


def disagreement(group: Sequence[Point]) -> str:
    """Return how sources differ, without an average: `more than 900,000 (Courier) · about 700,000 (Review)`."""
    return " · ".join(f"{value_text(point)} ({_said_by(point)})" for point in group)


def table(ledger: Iterable[Series]) -> tuple[str, ...]:
    """Return the lines of a text table of all series, columns aligned."""
    rows = [row for series in ledger for row in _rows(series)]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    return tuple(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def spreadsheet(ledger: Iterable[Series]) -> tuple[tuple[str, ...], ...]:
    """Return a header and a row for each observation, conflicting ones marked."""
    rows: list[tuple[str, ...]] = [HEADER]
    for series in ledger:
        rivals = [point for group in series.conflicts for point in group]
        for point in dict.fromkeys((*series.points, *rivals)):
            rows += [
                _cells(series, point, place, "yes" if point in rivals else "")
                for place in range(len(point.observations))
            ]
    return tuple(rows)


def changes(before: Iterable[Series], now: Iterable[Series]) -> tuple[str, ...]:
    """Return a line for each series that is new, moved, was revised or came to be disputed between two moments."""
    known = {series.key: series for series in before}
    lines = (_changed(known.get(series.key), series) for series in now)
    return tuple(line for line in lines if line)


def _changed(before: Series | None, now: Series) -> str:
    newest = value_text(now.points[-1])
    if before is None:
        return f"{now.label}: new at {newest}"
    if len(now.conflicts) > len(before.conflicts):
        return f"{now.label}: sources now differ, {disagreement(now.conflicts[-1])}"
    if now.points[-1].value == before.points[-1].value and now.points[-1].bound == before.points[-1].bound:
        return ""
    word = "revised" if now.revised and not before.revised else "now"
    return f"{now.label}: {value_text(before.points[-1])}, {word} {newest}"


def _rows(series: Series) -> list[tuple[str, str, str, str]]:
    drawn = sparkline(series.points)
    heading = " ".join(filter(None, (series.label, drawn, "(revised)" if series.revised else "")))
    rows = [(heading, "", "", "")]
    rows += [("", point.as_of, value_text(point), _witnesses(point)) for point in series.points]
    rows += [("", "computed", change, "") for change in series.changes]
    rows += [("", "disputed", disagreement(group), "") for group in series.conflicts]
    return rows


def _witnesses(point: Point) -> str:
    return f"{point.witnesses} witness" + ("es" if point.witnesses > 1 else "")


def _said_by(point: Point) -> str:
    first = point.observations[0]
    return first.figure.source.name if first.figure.source else first.outlet


def _cells(series: Series, point: Point, place: int, disputed: str) -> tuple[str, ...]:
    seen = point.observations[place]
    value = BOUND_WORDS[seen.figure.bound] + seen.quoted
    facts = (series.label, point.as_of, value, str(point.witnesses), disputed)
    return (*facts, seen.outlet, seen.title, seen.url, seen.sentence)
