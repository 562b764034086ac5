"""Text tables: the figures of a story, and any table as narrow as it goes."""

import re
from collections.abc import Iterable, Sequence

from bot.model import Point, Series
from handlers.render.numbers import middle, quoted, sparkline

WIDE_CELL = 18
"""A cell wider than this is a sentence; it does not push the others apart."""


def ledger(all_series: Iterable[Series]) -> tuple[str, ...]:
    """Return the lines of a table of all series, with their witnesses, changes and disputes; columns aligned."""
    rows = [row for series in all_series for row in _rows(series)]
    widths = [max((len(row[column]) for row in rows if any(row[column + 1 :])), default=0) for column in range(4)]
    return tuple(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _rows(series: Series) -> list[tuple[str, str, str, str]]:
    drawn = sparkline([middle(point.value) for point in series.points])
    heading = " ".join(filter(None, (series.label, drawn, "(revised)" if series.revised else "")))
    rows = [(heading, "", "", "")]
    rows += [("", point.as_of, quoted(point), _witnesses(point)) for point in series.points]
    rows += [("", "computed", change, "") for change in series.changes]
    rows += [("", "disputed", _accounts(group), "") for group in series.conflicts]
    return rows


def _witnesses(point: Point) -> str:
    return f"{point.witnesses} witness" + ("es" if point.witnesses > 1 else "")


def _accounts(group: Sequence[Point]) -> str:
    """Return how sources differ, without an average: `more than 900,000 (Courier) · about 700,000 (Review)`."""
    return " · ".join(f"{quoted(point)} ({_said_by(point)})" for point in group)


def _said_by(point: Point) -> str:
    first = point.observations[0]
    return first.figure.source.name if first.figure.source else first.outlet


def narrow(rows: Sequence[str]) -> tuple[str, ...]:
    """Return rows whose cells two or more blanks set apart, aligned anew and as narrow as they go.

    A row of one cell is a caption. Nothing but blanks is taken away.
    """
    cells = [re.split(r" {2,}", row.strip()) for row in rows]
    widths: dict[int, int] = {}
    for row in cells:
        for place, cell in enumerate(row[:-1]):
            if len(cell) <= WIDE_CELL:
                widths[place] = max(widths.get(place, 0), len(cell))
    return tuple(
        "  ".join([*(cell.ljust(widths.get(place, 0)) for place, cell in enumerate(row[:-1])), row[-1]])
        for row in cells
    )
