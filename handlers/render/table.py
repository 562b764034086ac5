"""Text tables for narrow screens."""

import re
from collections.abc import Sequence

WIDE_CELL = 18
"""A cell wider than this is a sentence; it does not push the others apart."""


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
