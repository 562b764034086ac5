"""What is counted where only the words to the left tell it: "the draft size … hit 160,000"."""

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.cue_words import CHANGE, FILLERS, MOVED
from summarizer.figures.lexicon import (
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SCALES,
    SMALL_WORDS,
    STOPS,
    is_plural,
    word_set,
)
from summarizer.figures.units import find_measure
from summarizer.figures.when import MONTHS, WEEKDAYS, is_year

# "sales of cars in China" are sales; "rain after noon" is rain.
_LINKS = PREPOSITIONS - {"after", "than", "before", "since", "with", "without", "including", "despite", "amid"}
_HOPS = 3
# "may raise rents by 4 %": rents are counted.
_LEADING = frozenset(("to", "will", "would", "may", "might", "can", "could"))
_TRADE = frozenset(("deficit", "surplus", "trade", "gap"))
_TIMES = frozenset(("year", "season", "month", "week", "quarter"))
_SPANS = word_set("year years month months week weeks day days hour hours decade decades")
_DURING = frozenset(("in", "over", "during", "within", "for"))
_CLAUSE, _CLAUSE_ENDS = 20, frozenset((";", ":", "—", '"', "."))
_THIS = frozenset(("this", "last", "next", "first", "second", "third", "fourth"))
# Whatever these are "for" or "of" is counted, not they.
_FORESIGHT = word_set("forecast forecasts estimate estimates projection projections outlook guidance prediction")
_GUESSED = word_set("estimate reckon expect forecast predict project")
_NO_HEAD = (
    {"plus", "short"}
    | SCALES.keys()
    | SMALL_WORDS.keys()
    | {"percent", "cent", "gone", "enough", "felt", "heard", "'s"}
)
# "forecast growth of 2 %", "to report revenue of $5m": the verb is none of what is counted.
# "the staff puts Russian losses at 5", "officials estimate the damage at $5m": so is what somebody puts at it.
_TOLD = word_set(
    "forecast forecasts revised expected expects report reported post posted record see earn generate"
    " put puts peg pegs pegged estimate estimates estimated reckon reckons value values valued"
)


def find_subject(line: Line, first: int) -> tuple[int, int] | None:
    """Find the noun phrase that governs the words before a quantity: its first atom and its head."""
    at = first - 1
    while at >= 0 and first - at < 10 and (_fills(line, at) or _dates(line, at)):
        at -= 3 if line.lows[at - 2 : at] == ["percentage", "points"] and line.kinds[at - 3] == NUMBER else 1
    span = _phrase_ending(line, at) or _counted_before(line, at)
    hops = _HOPS if at < first - 1 and line.lows[at + 1] != "of" else 0
    while span is not None and hops > 0 and _links(line, span[2]) and not _is_told(line, span[2]):
        span, hops = _phrase_ending(line, _before_link(line, span[2])) or span, hops - 1
    if at < first - 1:
        span = _numbered(line, at, first) or span
    return span[:2] if span else None


def _links(line: Line, at: int) -> bool:
    """Whether a preposition hangs a noun on the one before: "sales of cars", "the deficit with China"."""
    if line.lows[at] == "with":
        return line.lows[at - 1] in _TRADE
    return line.lows[at] in _LINKS or line.lows[at] == "since"


def _before_link(line: Line, link: int) -> int:
    """Return what a link hangs on, without a span of time: "losses in the three years since the invasion"."""
    at = link - 1
    while line.lows[at] in _SPANS or line.lows[at] in SMALL_WORDS or line.kinds[at] == NUMBER:
        at -= 1
    while line.lows[at] in DETERMINERS or line.lows[at] in _THIS:
        at -= 1
    return at - 1 if at < link - 1 and line.lows[at] in _DURING else link - 1


def _numbered(line: Line, head: int, first: int) -> tuple[int, int, int] | None:
    """Return what "the number of" counts whose verb stands before a quantity: "of people who died was 48"."""
    for at in range(head, max(0, first - _CLAUSE), -1):
        if line.kinds[at] == NUMBER or line.words[at] in _CLAUSE_ENDS:
            return None
        if line.lows[at : at + 2] == ["number", "of"]:
            return _phrase_after(line, at + 2, first)
    return None


def _counted_before(line: Line, at: int) -> tuple[int, int, int] | None:
    """Return the noun of "the number of jobs it will cut" where the pronoun stands at `at`."""
    span = _phrase_ending(line, at - 1) if line.lows[at] in PRONOUNS else None
    return span if span is not None and line.lows[span[2] - 1 : span[2] + 1] == ["number", "of"] else None


def _phrase_after(line: Line, at: int, limit: int) -> tuple[int, int, int] | None:
    """Return the plural noun phrase that "the number of" counts: its first atom and its head."""
    for head in range(at, min(limit, at + 4)):
        if is_plural(line.lows[head]):
            return at, head, at - 1
    return None


def _dates(line: Line, at: int) -> bool:
    """Whether a time between a noun and its number only dates it: "inflation for May was", "growth this year"."""
    if line.lows[at] in _TIMES:
        return line.lows[at - 1] in _THIS
    if line.lows[at] in _THIS:
        return line.lows[at + 1] in _TIMES
    return (_is_date(line, at) or is_year(line, at)) and line.lows[at - 1] in PREPOSITIONS


def _is_told(line: Line, link: int) -> bool:
    """Whether what a link hangs on only tells of what is counted: "to report revenue", "forecast for growth"."""
    return line.lows[link - 1] in _FORESIGHT or (line.lows[link] == "to" and line.lows[link + 1] in _TOLD)


def _fills(line: Line, at: int) -> bool:
    """Whether a word between subject and number says nothing of what is counted: "rose", "to an average of"."""
    low = line.lows[at]
    if _ends_compound(line, at):
        return low == "record"
    if low in ("average", "total", "record", "high", "low"):
        return line.lows[at + 1] == "of"
    return low in FILLERS or low in MOVED or low.endswith("ly")


def _phrase_ending(line: Line, at: int) -> tuple[int, int, int] | None:
    """Return first atom, head and the atom before the noun phrase that ends at `at`."""
    head = at
    if line.kinds[head] != WORD or _is_no_noun(line, head):
        return None
    while at >= 0 and head - at < 4 and _in_phrase(line, at):
        at -= 1
    if at == head:
        return None
    first = at + 1
    if line.lows[first] == "'s":
        first += 1
    if "-" in line.words[first - 1 : first + 1] and line.glued(first):
        first = 2 + max(index for index in range(first - 1, head) if line.words[index] == "-")
    if first > head or line.lows[at] in PRONOUNS:
        return None
    first = _without_verb(line, first, head)
    while at >= 0 and (
        line.lows[at] in DETERMINERS or line.lows[at] == "'s" or line.lows[at - 1] in ("this", "last", "next")
    ):
        at -= 1
    return first, head, at


def _without_verb(line: Line, first: int, head: int) -> int:
    """Return where the noun phrase begins behind a verb: "may raise rents", "report revenue"."""
    if line.lows[first] in CHANGE and line.lows[first - 1] in _LEADING and first < head:
        first += 1
    return max((told + 1 for told in range(first, head) if line.lows[told] in _TOLD), default=first)


def _is_no_noun(line: Line, at: int) -> bool:
    """Whether a word can be no head noun: a participle, an adverb, a month, a unit of the quantity before."""
    low = line.lows[at]
    if low in _NO_HEAD or low.endswith(("ed", "ing", "ly")):
        return True
    if low in _GUESSED and is_plural(line.lows[at - 1]):
        return True
    return _is_date(line, at) or (low != "magnitude" and find_measure(line, at) is not None)


def _in_phrase(line: Line, at: int) -> bool:
    if line.words[at] == "-":
        return line.glued(at) and line.glued(at + 1)
    low = line.lows[at]
    return line.kinds[at] == WORD and low not in SMALL_WORDS and (low not in STOPS or _ends_compound(line, at))


def _ends_compound(line: Line, at: int) -> bool:
    """Whether a word is the last of a hyphened noun: the "up" of "call-up"."""
    return line.words[at - 1] == "-" and line.glued(at) and line.glued(at - 1)


def _is_date(line: Line, at: int) -> bool:
    return line.capital(at) and (line.lows[at] in MONTHS or line.lows[at] in WEEKDAYS)
