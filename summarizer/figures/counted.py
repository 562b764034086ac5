"""What a quantity counts: the noun to its right, one shared with a neighbour, the subject to its left."""

from collections.abc import Sequence

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.cue_words import CHANGE_NOUNS
from summarizer.figures.ellipsis import from_next, from_previous, repeats
from summarizer.figures.lexicon import DETERMINERS, SMALL_WORDS, STOPS, is_plural, singular, word_set
from summarizer.figures.quantity import Counted, Quantity
from summarizer.figures.rates import find_per
from summarizer.figures.subjects import find_subject
from summarizer.figures.units import find_measure
from summarizer.model import FigureKind

_SKIPPED = word_set(
    "more other fewer additional further new different such extra total combined the its his her their our your my"
)

_AFTER_VAGUE = word_set("your the its his her their our those these all my your u.s.")

_LONGEST = 7

# "millions of", "half of", "two of" count what follows; "rose 5 of" does not.
_OF_RULES = frozenset(("vague", "fraction", "words"))

_SMALL = 20

# "the 160,000 economists expected" counts no economists.
_RELATING = word_set("expected predicted forecast projected anticipated estimated wanted sought hoped needed had")

_NO_NOUN = word_set("last next higher lower worth old long wide tall high deep year month quarter week more")

_WITHOUT_SUBJECT = (FigureKind.SCORE, FigureKind.VOTE, FigureKind.AGE, FigureKind.DURATION)

# Plural, but their levels are sums of money or marks on a scale.
_UNCOUNTED = word_set(
    "sales profits earnings revenues shares stocks futures prices costs exports imports figures numbers losses"
    " gains"
    " odds rates scores estimates expectations forecasts averages totals levels markets returns results taxes"
    " standings thousands millions hundreds billions dozens temperatures winds points ratings reserves terms ranks"
)

_MULTIPLIED = word_set(
    "many much likely high large big long fast great often expensive effective deadly common good"
)
_AFTER_MULTIPLE = word_set("the more less that its their his her")


def count_all(line: Line, quantities: Sequence[Quantity]) -> list[Counted]:
    """Return what each quantity counts, ellipses filled in from its neighbours."""
    own = [_own(line, quantity, _limit(line, quantities, at)) for at, quantity in enumerate(quantities)]
    for at in range(len(own) - 2, -1, -1):
        own[at] = from_next(line, quantities, own, at)
    for at in range(len(own)):
        own[at] = from_previous(line, quantities, own, at)
    for at, quantity in enumerate(quantities):
        if at > 0 and repeats(line, quantity, own[at - 1], own[at]):
            own[at] = _named(own[at], own[at - 1].phrase, own[at - 1].head)
        else:
            own[at] = _from_subject(line, quantity, own[at])
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
    if line.lows[quantity.end + (line.lows[quantity.end] == "-")] in ("times", "fold", "x"):
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
    if low == "as":
        return line.lows[at + 1] not in _MULTIPLIED
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
    if at == first or line.lows[at] == "'s" or line.lows[first] in _NO_NOUN or line.lows[first] in SMALL_WORDS:
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
    if line.lows[at + 1] in _RELATING and line.lows[at - 2] == "the" and is_plural(line.lows[at]):
        return None
    first = at
    last = -1
    while at < limit and at - first < _LONGEST and _within(line, at, first, limit):
        if line.kinds[at] == WORD:
            if is_plural(line.lows[at]) and not line.words[at].isupper() and not _goes_on(line, at, value):
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
        if low in ("last", "next"):
            return False
        return low not in STOPS or (line.lows[at - 1] == "-" and line.glued(at)) or _describes(line, at, first)
    if line.kinds[at] == NUMBER:
        return (
            line.words[at - 1].isupper()
            or line.capital(at + 1)
            or line.glued(at)
            or line.lows[at + 1] == "-"
            or find_measure(line, at + 1) is not None
        )
    return (low == "-" and line.glued(at + 1)) or (low == '"' and line.kinds[at + 1] == WORD)


def _describes(line: Line, at: int, first: int) -> bool:
    """Whether a participle that may be a verb opens the phrase: "184 reported incidents"."""
    return at == first and line.lows[at].endswith("ed") and is_plural(line.lows[at + 1])


def _joins_names(line: Line, at: int) -> bool:
    """Whether "and" stands inside the phrase: "Kia and Hyundai vehicles", "digital and physical sales"."""
    if line.capital(at - 1) and line.capital(at + 1):
        return True
    adjectives = line.lows[at + 1] not in STOPS and not line.lows[at - 1].endswith("ed")
    return adjectives and is_plural(line.lows[at + 2]) and not is_plural(line.lows[at + 1])


def _goes_on(line: Line, at: int, value: float) -> bool:
    """Whether a plural only qualifies what follows: "arms dealers", not yet in "one in five adults smokes"."""
    if line.lows[at + 1] == "-":
        return line.glued(at + 1)
    return value >= 1 and line.words[at + 1].islower() and is_plural(line.lows[at + 1])


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


def _from_subject(line: Line, quantity: Quantity, counted: Counted) -> Counted:
    """Return the subject to the left where nothing else says what is counted: "the draft size … hit 160,000"."""
    aged = line.lows[quantity.first - 1] in ("aged", "ages", "age")
    if counted.phrase or quantity.compound or (counted.kind in _WITHOUT_SUBJECT and not aged):
        return counted
    found = find_subject(line, quantity.first - aged)
    if found is None:
        return counted
    first, last = found
    if line.lows[last] in ("age", "expectancy") and counted.unit == "-":
        counted = counted._replace(kind=FigureKind.AGE, unit="year of age")
    if line.lows[last + 1] == "that":
        return counted
    return _named(counted, line.text[line.starts[first] : line.ends[last]], singular(line.lows[last]))


def _named(counted: Counted, phrase: str, head: str) -> Counted:
    """Return a quantity with what it counts, one by one where that is a plural: "executions rose to 1,153"."""
    low = phrase.rpartition(" ")[2].lower()
    bare = counted.unit == "-" and counted.kind is FigureKind.COUNT
    alone = bare and is_plural(low) and low not in _UNCOUNTED
    return counted._replace(phrase=phrase, head=head, unit=head if alone else counted.unit)
