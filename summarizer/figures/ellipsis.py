"""What a bare number shares with its neighbours: "147,000 in 2023" after "150,000 conscripts in 2024"."""

from collections.abc import Sequence

from summarizer.figures.atoms import WORD, Line
from summarizer.figures.cue_words import BOUND_LASTS, CHANGE_NOUNS
from summarizer.figures.lexicon import DETERMINERS, STOPS, singular, word_set
from summarizer.figures.quantity import Counted, Quantity
from summarizer.model import FigureKind

_OTHER_CLAUSE = word_set("where whose while whereas although")
_JOINTS = word_set(", - or and to from nor")

_INHERIT_AFTER = word_set("to from than with at versus vs and hit or")

_MEASURED = (FigureKind.MEASURE, FigureKind.DURATION, FigureKind.MONEY, FigureKind.INDEX, FigureKind.RATE)

_NEAR = 12
# "rose by 31 % in May 2023 to 1,153".
_DATED = 4
_ADVERBS = frozenset(("just", "only", "about", "nearly", "almost", "around", "roughly", "some"))

_OWNING = DETERMINERS | {"'s", "combined", "some"}


def from_next(line: Line, quantities: Sequence[Quantity], own: list[Counted], at: int) -> Counted:
    """Return the unit that a bare number shares with the next quantity: "four-, five- and six-cylinder"."""
    mine, after = own[at], own[at + 1]
    if mine.unit != "-" or after.unit == "-" or mine.kind not in (FigureKind.COUNT, FigureKind.RATIO):
        return mine
    between = line.lows[quantities[at].end : quantities[at + 1].first]
    if between[:1] == ["out"]:
        between = between[1:]
    part_of = between[:1] == ["of"] and len(between) <= 4 and (len(between) == 1 or between[-1] in _OWNING)
    if not part_of and (not between or len(between) > 3 or not _JOINTS.issuperset(between) or between == [","]):
        return mine
    return after._replace(end=mine.end, kind=mine.kind if mine.kind is FigureKind.RATIO else after.kind)


def from_previous(line: Line, quantities: Sequence[Quantity], own: list[Counted], at: int) -> Counted:
    """Return what a bare number inherits: "147,000 in 2023" after "150,000 conscripts in 2024"."""
    mine = own[at]
    if mine.unit != "-" or mine.kind is not FigureKind.COUNT:
        return mine
    lead = line.lows[quantities[at].first - 1]
    if lead == "or" and _is_noun(line, quantities[at].first - 2):
        return _or_two(line, quantities[at], mine)
    source = _before(line, quantities, at)
    if lead in ("the", "on", "against") and source > 0 and own[source].kind is FigureKind.PERCENT:
        source -= 1
    if source < 0:
        return mine
    shared = _shares(line, quantities, source, at, own[source])
    return own[source]._replace(end=mine.end) if shared else mine


def _shares(line: Line, quantities: Sequence[Quantity], source: int, at: int, before: Counted) -> bool:
    """Whether a bare number is another value of what the earlier quantity counts."""
    lead = _lead(line, quantities[at].first - 1)
    if before.kind is FigureKind.AGE:
        if line.lows[quantities[at].end] in ("aged", "age"):
            return False
        return line.lows[quantities[source].end : quantities[at].first] in (["and"], ["or"], [","], [",", "and"])
    if before.kind in (FigureKind.COUNT, FigureKind.VOTE) and quantities[source].unit == "-":
        of = quantities[at].first - 1
        while line.lows[of] != "of" and (line.lows[of] in BOUND_LASTS or line.lows[of] in ("just", "more")):
            of -= 1
        own = line.lows[of] == "of" and line.lows[of - 1] not in CHANGE_NOUNS
        between = line.lows[quantities[source].end : quantities[at].first]
        return quantities[at].low >= 1 and not own and _OTHER_CLAUSE.isdisjoint(between)
    if before.kind is FigureKind.PERCENT:
        return lead in ("from", "than", "against")
    gap = quantities[at].first - quantities[source].end
    near = gap <= (2 if before.kind is FigureKind.DURATION else _NEAR)
    if lead == "and" and quantities[at].rule == "words":
        return False
    apart = _apart(line, quantities[source].end, quantities[at].first)
    return before.kind in _MEASURED and lead in _INHERIT_AFTER and near and not apart


def _lead(line: Line, at: int) -> str:
    """Return the word before a number and its adverbs: the "to" of "to just four"."""
    while line.lows[at] in _ADVERBS:
        at -= 1
    return line.lows[at]


def _before(line: Line, quantities: Sequence[Quantity], at: int) -> int:
    """Return the index of the quantity before this one that stands in no parentheses, or -1."""
    at -= 1
    while at > 0 and line.words[quantities[at].first - 1] == "(":
        at -= 1
    return at


def _is_noun(line: Line, at: int) -> bool:
    return line.kinds[at] == WORD and line.lows[at] not in STOPS and line.lows[at] != "'s"


def _or_two(line: Line, quantity: Quantity, mine: Counted) -> Counted:
    """Return the noun before the number in "a pick or two"."""
    at = quantity.first - 2
    name = singular(line.lows[at])
    return mine._replace(phrase=line.words[at], head=name, unit=name)


def _apart(line: Line, first: int, last: int) -> bool:
    """Whether a clause ends between two atoms."""
    return any(line.words[at] in (";", ":", "—") for at in range(first, last))


def repeats(line: Line, quantity: Quantity, before: Counted, mine: Counted) -> bool:
    """Whether the quantity counts the very thing that the one before it counts: base, conversion, level."""
    if mine.phrase:
        return False
    listed = line.lows[before.end : quantity.first] in ([","], ["and"], [",", "and"])
    bare = mine.unit == "-" and (before.unit == "-" or (listed and before.unit == before.head))
    alike = before.kind is mine.kind and (bare or _is_compared(line, quantity, before, mine))
    between = line.lows[before.end : quantity.first]
    return alike or (
        between[-1:] == ["to"] and (len(between) == 1 or between[0] == "in") and len(between) <= _DATED
    )


def _is_compared(line: Line, quantity: Quantity, before: Counted, mine: Counted) -> bool:
    """Whether a quantity converts the one before it, or is what that one is compared with."""
    lead = line.lows[quantity.first - 1]
    return lead == "(" or (before.unit == mine.unit and lead in ("from", "than", "against", "with"))
