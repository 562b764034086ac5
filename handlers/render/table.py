"""Tables: the figures of a story, and how cells stand in columns on every surface."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model import Line, Point, Series
from handlers.render.numbers import (
    accounts_of,
    corrected,
    dated,
    dates_in,
    in_words,
    middle,
    quoted,
    sparkline,
    stated,
)
from handlers.render.text import line_of

WIDE_CELL = 18
"""A cell wider than this is a sentence; it does not push the others apart."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table as it is shown; `last` is where its last cell begins."""

    text: str
    last: int


def aligned(lines: Sequence[Line], indent: int = 0) -> tuple[Row, ...]:
    """Return lines whose cells tabs set apart, the cells in columns as narrow as they go.

    A line of one cell is a caption; the others stand so much further in.
    """
    cells = [line.text.split("\t") for line in lines]
    widths: dict[int, int] = {}
    for row in cells:
        for place, cell in enumerate(row[:-1]):
            if len(cell) <= WIDE_CELL:
                widths[place] = max(widths.get(place, 0), len(cell))
    return tuple(_row(row, widths, " " * indent * (len(row) > 1)) for row in cells)


def _row(cells: Sequence[str], widths: dict[int, int], lead: str) -> Row:
    *before, last = cells
    shown = lead + "".join(f"{cell.ljust(widths.get(place, 0))}  " for place, cell in enumerate(before))
    return Row(shown + last, len(shown))


# ---------------------------------------------------------------- the figures of a story


def ledger(all_series: Sequence[Series]) -> tuple[Line, ...]:
    """Return the lines of a table of all series, with their witnesses, changes and disputes.

    Where several are called the same, the words around each tell them apart.
    """
    labels = Counter(series.label for series in all_series)
    rows = (row for series in all_series for row in _rows(series, labels[series.label] > 1))
    return tuple(line_of(["\t".join(cell.replace("\t", " ") for cell in row)], "table") for row in rows)


def _rows(series: Series, ambiguous: bool) -> Iterator[tuple[str, ...]]:
    shown = series.shown
    drawn = sparkline([middle(point.value) for point in shown.points])
    yield (" ".join(filter(None, (series.label, drawn, "(revised)" if series.revised else ""))),)
    first, *newest = ((dated(point.as_of), quoted(point), _witnesses(point)) for point in shown.points)
    yield first
    if between := len(series.points) - len(shown.points):
        yield "…", f"{between} more"
    yield from newest
    yield from (("computed", dates_in(change)) for change in series.changes)
    yield from ((corrected(now), f"{old.outlet}: {stated(old)} → {stated(now)}") for old, now in shown.corrected)
    several = len(series.points) > 1
    for group in shown.conflicts:
        yield "disputed", (f"{dated(group[0].as_of)}: " if several else "") + _accounts(group)
    if rest := len(series.conflicts) - len(shown.conflicts):
        yield "disputed", f"{rest} more"
    if ambiguous:
        yield "in words", in_words(series.points[-1].observations[0])


def _witnesses(point: Point) -> str:
    return f"{point.witnesses} witness" + ("es" if point.witnesses > 1 else "")


def _accounts(group: Sequence[Point]) -> str:
    """Return how sources differ, without an average: `more than 900,000 (Courier) · about 700,000 (Review)`."""
    told, more = accounts_of(group)
    return " · ".join(f"{quoted(point)} ({_said_by(point)})" for point in told) + more


def _said_by(point: Point) -> str:
    first = point.observations[0]
    return first.figure.source.name if first.figure.source else first.outlet
