"""A chart as it is drawn: what stands where and what is written beside it, all words ready."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a chart: `low` to `high`, equal for a single number, on the `day` it held, an ordinal if known.

    `bound` is that of its figure: `>` says that the truth lies above. `date` and `value` are written beside it.
    Marks of one `dispute` (0: none) contradict each other; `said_by` tells whose account this one is.
    """

    day: float | None
    low: float
    high: float
    bound: str
    date: str
    value: str
    dispute: int = 0
    said_by: str = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A series as a picture. `ticks` are the places and labels of its axis, which reach beyond all marks.

    `notes` stand below it: what was computed, and the sources.
    """

    title: str
    subtitle: str
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    notes: tuple[str, ...] = ()
    dark: bool = False
