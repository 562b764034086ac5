"""What stands after "per": `dollar per barrel`, `test per day`."""

from summarizer.figures.atoms import NUMBER, Line
from summarizer.figures.lexicon import singular, word_set
from summarizer.figures.units import find_measure
from summarizer.model import FigureKind

_PER_NOUNS = word_set(
    "year month week day hour minute second barrel share head person ton tonne gallon litre liter mile"
    " kilometre kilometer night pound ounce kilo kilogram square decade quarter gram bottle unit annum game"
    " season piece pop vehicle passenger household child student family couple metre meter foot bushel shift"
    " trip ticket visit session word slice plate glass cup pint dose tablet seat copy album book cow sheep"
    " kilowatt customer worker employee resident citizen patient inmate acre hectare"
)


def with_rate(line: Line, name: str, kind: FigureKind, end: int) -> tuple[str, FigureKind, int]:
    """Return a unit with the "per" that follows it: `dollar per barrel`, `percentage per year`."""
    per = find_per(line, end)
    if per is None:
        return name, kind, end
    return f"{name} per {per[0]}", FigureKind.RATE, per[1]


def find_per(line: Line, at: int) -> tuple[str, int] | None:
    """Find "per X", "a X" or "/X" at an atom: the singular noun and the atom after it."""
    low, after = line.lows[at], line.lows[at + 1]
    if low == "per" and line.kinds[at + 1] == NUMBER:
        return f"{after} {singular(line.lows[at + 2])}", at + 3
    if low == "per" and after != "cent" and after.isalpha():
        return _one_of(line, at + 1)
    if low in ("a", "an", "every", "each") and _is_per(line, at + 1) and not _own_noun(line, at):
        return _one_of(line, at + 1)
    if low == "-" and line.lows[at + 1] in ("a", "an", "per") and line.lows[at + 2] == "-":
        return singular(line.lows[at + 3]), at + 4
    if low == "/" and line.glued(at) and line.glued(at + 1):
        unit = find_measure(line, at + 1)
        return (unit.name, unit.end) if unit else None
    return ("year", at + 1) if low == "annually" else None


def _is_per(line: Line, at: int) -> bool:
    """Whether a noun after "a" may be what a price or rate is for."""
    if line.lows[at] in _PER_NOUNS:
        return True
    unit = find_measure(line, at)
    return unit is not None and unit.kind is FigureKind.MEASURE


def _one_of(line: Line, at: int) -> tuple[str, int]:
    unit = find_measure(line, at)
    return (unit.name, unit.end) if unit else (singular(line.lows[at]), at + 1)


def _own_noun(line: Line, at: int) -> bool:
    """Whether "a year ago" and the like begin a phrase of their own."""
    return line.lows[at + 2] in ("ago", "earlier", "later", "before", "after", "old", "-")
