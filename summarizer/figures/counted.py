"""What a quantity counts: the noun to its right, a noun shared with another quantity, the subject to its left."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.cue_words import CHANGE_NOUNS
from summarizer.figures.lexicon import (
    ADJUNCTS,
    DETERMINERS,
    STOPS,
    is_plural,
    singular,
    word_set,
)
from summarizer.figures.quantity import Quantity
from summarizer.figures.rates import find_per
from summarizer.figures.subjects import find_subject
from summarizer.figures.units import find_measure
from summarizer.model import FigureKind

_SKIPPED = word_set(
    "more other fewer additional further new different such extra total combined the its his her their our"
)
_AFTER_VAGUE = word_set("the its his her their our those these all my your u.s.")
_JOINTS = word_set(", - or and to from nor")
_INHERIT_AFTER = word_set("to from than with at versus vs and hit or")
_MEASURED = (FigureKind.MEASURE, FigureKind.DURATION, FigureKind.MONEY, FigureKind.INDEX, FigureKind.RATE)
_LONGEST = 7
_NEAR = 12
# "millions of", "half of", "two of" count what follows; "rose 5 of" does not.
_OF_RULES = frozenset(("vague", "fraction", "words"))
_SMALL = 20
_NO_NOUN = word_set("last next higher lower worth old long wide tall high deep year more")
_OWNING = DETERMINERS | {"'s", "combined", "some"}
_WITHOUT_SUBJECT = (FigureKind.SCORE, FigureKind.VOTE, FigureKind.AGE, FigureKind.DURATION)
_QUALIFIERS = ADJUNCTS | {
    "wounded",
    "injured",
    "dead",
    "missing",
    "elderly",
    "homeless",
    "unemployed",
    "police",
    "youth",
}
_AFTER_MULTIPLE = frozenset(("the", "as", "more", "less", "that", "its", "their", "his", "her"))


class Counted(NamedTuple):
    """What is counted, its head noun, the figure's unit and kind, and the atom after the noun."""

    phrase: str
    head: str
    unit: str
    kind: FigureKind
    end: int


def count_all(line: Line, quantities: Sequence[Quantity]) -> list[Counted]:
    """Return what each quantity counts, ellipses filled in from its neighbours."""
    own = [_own(line, quantity, _limit(line, quantities, at)) for at, quantity in enumerate(quantities)]
    for at in range(len(own) - 2, -1, -1):
        own[at] = _from_next(line, quantities, own, at)
    for at in range(len(own)):
        own[at] = _from_previous(line, quantities, own, at)
    for at, quantity in enumerate(quantities):
        own[at] = (
            _from_subject(line, quantity, own[at])
            if at == 0
            else _like_before(line, quantity, own[at - 1], own[at])
        )
    return own


def _limit(line: Line, quantities: Sequence[Quantity], at: int) -> int:
    """Return where the noun phrase must end: at the next quantity, unless that qualifies it: "250ml bottles"."""
    if at + 1 == len(quantities):
        return line.size
    following = quantities[at + 1]
    if following.first == quantities[at].end and following.kind in (FigureKind.MEASURE, FigureKind.DURATION):
        return line.size if at + 2 == len(quantities) else quantities[at + 2].first
    return following.first


def _own(line: Line, quantity: Quantity, limit: int) -> Counted:
    """Return the noun phrase to the right of a quantity, if one is there."""
    plain = Counted("", "", quantity.unit, quantity.kind, quantity.end)
    if quantity.kind in (FigureKind.SCORE, FigureKind.VOTE, FigureKind.AGE):
        return plain
    if quantity.unit != "-":
        return _of_noun(line, quantity, plain, limit)
    if quantity.rule == "fold":
        return plain._replace(unit="count", kind=FigureKind.RATIO)
    if line.lows[quantity.end] in ("times", "fold", "x") or line.lows[quantity.end : quantity.end + 2] == [
        "-",
        "fold",
    ]:
        return _multiple(line, quantity)
    phrase = _right(line, quantity, min(limit, line.size))
    if phrase is None:
        return plain
    first, head = phrase
    name = singular(line.lows[head])
    kind = _kind_of(name, quantity.kind)
    return _rated(line, Counted(line.text[line.starts[first] : line.ends[head]], name, name, kind, head + 1))


def _kind_of(name: str, kind: FigureKind) -> FigureKind:
    if name in ("seat", "vote"):
        return FigureKind.VOTE
    return FigureKind.INDEX if name == "point" else kind


def _rated(line: Line, counted: Counted) -> Counted:
    per = find_per(line, counted.end)
    return (
        counted._replace(unit=f"{counted.unit} per {per[0]}", kind=FigureKind.RATE, end=per[1]) if per else counted
    )


def _multiple(line: Line, quantity: Quantity) -> Counted:
    end = quantity.end + (2 if line.lows[quantity.end] == "-" else 1)
    per = find_per(line, end)
    if per:
        return Counted("", "", f"count per {per[0]}", FigureKind.RATE, per[1])
    if line.lows[quantity.end] == "times" and _are_occasions(line, end):
        return Counted("times", "time", "time", FigureKind.COUNT, end)
    return Counted("", "", "count", FigureKind.RATIO, end)


def _are_occasions(line: Line, at: int) -> bool:
    """Whether "three times" are three occasions: nothing follows that could be multiplied."""
    low = line.lows[at]
    if low in _AFTER_MULTIPLE or low.endswith("er"):
        return False
    return low in STOPS or line.kinds[at] != WORD or line.capital(at)


def _of_noun(line: Line, quantity: Quantity, plain: Counted, limit: int) -> Counted:
    """Return what a percentage or measure is of: "60 % of its revenue", "2 milligrams of the medication"."""
    if line.lows[quantity.end] != "of":
        return _before_noun(line, quantity, plain, limit)
    at = quantity.end + 1
    while line.lows[at] in DETERMINERS:
        at += 1
    phrase = _noun_phrase(line, at, min(limit, line.size), 1)
    if phrase is None:
        return plain
    first, head = phrase
    text = line.text[line.starts[first] : line.ends[head]]
    return plain._replace(phrase=text, head=singular(line.lows[head]), end=head + 1)


def _before_noun(line: Line, quantity: Quantity, plain: Counted, limit: int) -> Counted:
    """Return the noun that a sum or share qualifies: "a $5 million fine", "a 25 % duty"."""
    at = quantity.end + (1 if line.lows[quantity.end] == "-" else 0)
    first = at
    if line.lows[at] in ("plus", "odd"):
        return plain
    while at < min(limit, first + 3) and line.kinds[at] == WORD and line.lows[at] not in STOPS:
        if line.lows[at].endswith(("ed", "ing", "ly")) or line.lows[at] in CHANGE_NOUNS or line.capital(at):
            return plain
        at += 1
    if at == first or line.lows[at] == "'s" or line.lows[first] in _NO_NOUN:
        return plain
    text = line.text[line.starts[first] : line.ends[at - 1]]
    return plain._replace(phrase=text, head=singular(line.lows[at - 1]), end=at)


def _right(line: Line, quantity: Quantity, limit: int) -> tuple[int, int] | None:
    at = quantity.end
    if line.lows[at] == "-" and line.lows[at + 1] in ("plus", "odd", "strong"):
        at += 2
    elif quantity.compound:
        at += 1
        return (at, at) if line.kinds[at] == WORD and line.lows[at] not in STOPS else None
    if quantity.rule == "fraction" and line.lows[at] in ("a", "an"):
        return (at + 1, at + 1) if line.kinds[at + 1] == WORD else None
    owned = quantity.rule in _OF_RULES or line.lows[at + 1] in _AFTER_VAGUE or line.language != "en"
    if line.lows[at] == "of" and owned:
        at += 1
    while at < limit and (line.lows[at] in _SKIPPED or line.words[at] == "+"):
        at += 1
    return _noun_phrase(line, at, limit, quantity.low)


def _noun_phrase(line: Line, at: int, limit: int, value: float) -> tuple[int, int] | None:
    """Return first atom and head of the noun phrase at `at`: the head is its first plural, else its last noun."""
    while line.words[at] == '"':
        at += 1
    first = at
    last = -1
    while at < limit and at - first < _LONGEST and _within(line, at, first, limit):
        if line.kinds[at] == WORD:
            if is_plural(line.lows[at]) and not _goes_on(line, at):
                return first, at
            last = at
        at += 1
    if last < 0 or _no_singular_head(line, first, last, value):
        return None
    while last > first and line.lows[last].endswith(("ed", "ing", "ly")):
        last -= 1
    return first, last if value <= 1 else first


def _within(line: Line, at: int, first: int, limit: int) -> bool:
    """Whether the atom may stand inside a noun phrase."""
    low = line.lows[at]
    if line.kinds[at] == WORD:
        if low in ("and", "or"):
            return first < at < limit - 1 and _joins_names(line, at)
        return low not in STOPS or (line.lows[at - 1] == "-" and line.glued(at))
    if line.kinds[at] == NUMBER:
        return (
            line.capital(at + 1)
            or line.glued(at)
            or line.lows[at + 1] == "-"
            or find_measure(line, at + 1) is not None
        )
    return (low == "-" and line.glued(at + 1)) or (low == '"' and line.kinds[at + 1] == WORD)


def _joins_names(line: Line, at: int) -> bool:
    """Whether "and" stands inside the phrase: "Kia and Hyundai vehicles", "digital and physical sales"."""
    if line.capital(at - 1) and line.capital(at + 1):
        return True
    adjectives = line.lows[at + 1] not in STOPS and not line.lows[at - 1].endswith("ed")
    return adjectives and is_plural(line.lows[at + 2]) and not is_plural(line.lows[at + 1])


def _goes_on(line: Line, at: int) -> bool:
    """Whether a plural only qualifies the plural after it: "arms dealers"."""
    return (line.lows[at] in _QUALIFIERS and is_plural(line.lows[at + 1])) or (
        line.lows[at + 1] == "-" and line.glued(at + 1)
    )


def _no_singular_head(line: Line, first: int, last: int, value: float) -> bool:
    if line.language != "en":
        return False
    if line.lows[last] == "'s":
        return True
    if value <= 1:
        return line.lows[last].endswith(("ly", "ed", "ing")) and first == last
    low = line.lows[first]
    if value > _SMALL or line.lows[last + 1] == "'s":
        return True
    return low.endswith(("ly", "ed", "ing")) or line.capital(first) or line.kinds[first] != WORD


def _from_next(line: Line, quantities: Sequence[Quantity], own: list[Counted], at: int) -> Counted:
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


def _from_previous(line: Line, quantities: Sequence[Quantity], own: list[Counted], at: int) -> Counted:
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
    lead = line.lows[quantities[at].first - 1]
    if before.kind is FigureKind.AGE:
        return line.lows[quantities[source].end : quantities[at].first] in (["and"], ["or"], [","], [",", "and"])
    if before.kind in (FigureKind.COUNT, FigureKind.VOTE) and quantities[source].unit == "-":
        return quantities[at].low >= 1 and lead != "of"
    if before.kind is FigureKind.PERCENT:
        return lead in ("from", "than", "against")
    gap = quantities[at].first - quantities[source].end
    near = gap <= (2 if before.kind is FigureKind.DURATION else _NEAR)
    apart = _apart(line, quantities[source].end, quantities[at].first)
    return before.kind in _MEASURED and lead in _INHERIT_AFTER and near and not apart


def _before(line: Line, quantities: Sequence[Quantity], at: int) -> int:
    """Return the index of the quantity before this one that stands in no parentheses, or -1."""
    at -= 1
    while at > 0 and "(" in line.words[quantities[at].first - 1]:
        at -= 1
    return at


def _is_noun(line: Line, at: int) -> bool:
    return line.kinds[at] == WORD and line.lows[at] not in STOPS


def _or_two(line: Line, quantity: Quantity, mine: Counted) -> Counted:
    """Return the noun before the number in "a pick or two"."""
    at = quantity.first - 2
    name = singular(line.lows[at])
    return mine._replace(phrase=line.words[at], head=name, unit=name)


def _apart(line: Line, first: int, last: int) -> bool:
    """Whether a clause ends between two atoms."""
    return any(line.words[at] in (";", ":", "—") for at in range(first, last))


def _from_subject(line: Line, quantity: Quantity, counted: Counted) -> Counted:
    """Return the subject to the left where nothing else says what is counted: "the draft size … hit 160,000"."""
    if counted.phrase or quantity.compound or counted.kind in _WITHOUT_SUBJECT:
        return counted
    found = find_subject(line, quantity.first)
    if found is None:
        return counted
    first, last = found
    return counted._replace(phrase=line.text[line.starts[first] : line.ends[last]], head=singular(line.lows[last]))


def _like_before(line: Line, quantity: Quantity, before: Counted, mine: Counted) -> Counted:
    """Return the phrase of the quantity before it for a bare number, else its own subject."""
    alike = before.kind is mine.kind and (
        mine.unit == before.unit == "-" or _is_compared(line, quantity, before, mine)
    )
    if mine.phrase or not (alike or line.lows[before.end : quantity.first] == ["to"]):
        return _from_subject(line, quantity, mine)
    return mine._replace(phrase=before.phrase, head=before.head)


def _is_compared(line: Line, quantity: Quantity, before: Counted, mine: Counted) -> bool:
    """Whether a quantity converts the one before it, or is what that one is compared with."""
    lead = line.lows[quantity.first - 1]
    return lead == "(" or (before.unit == mine.unit and lead in ("from", "than", "against", "with"))
