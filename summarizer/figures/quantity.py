"""What the grammar makes of amounts: one part of a quantity, and the whole."""

from typing import NamedTuple

from summarizer.figures.amounts import Amount
from summarizer.figures.units import Unit
from summarizer.model import FigureKind

AGES = frozenset(("aged", "ages", "age"))


class Quantity(NamedTuple):
    """A quantity between atoms `first` and `end`, at offsets `start` to `stop` of its sentence.

    `after` is the atom where what is counted may begin; `compound` is true for an adjective ("27-nation").
    """

    first: int
    end: int
    start: int
    stop: int
    low: float
    high: float
    kind: FigureKind
    unit: str
    rule: str
    compound: bool = False


class Part(NamedTuple):
    """One number with its currency or unit: one side of a range, or the whole quantity."""

    amount: Amount
    first: int
    end: int
    unit: Unit | None
    signed: bool


class Counted(NamedTuple):
    """What is counted, its head noun, the figure's unit and kind, and the atom after the noun."""

    phrase: str
    head: str
    unit: str
    kind: FigureKind
    end: int
