"""Names of those who say something: where one begins and ends, without its titles and its papers."""

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SMALL_WORDS,
    STOPS,
)
from summarizer.figures.speaker_words import (
    BEFORE_VERB,
    COPIES,
    DOCUMENTS,
    FIRMS,
    FIRST_WORDS,
    NOT_NAMES,
    OF_DOCUMENTS,
    OFFICES,
    ORGANS,
    PAPERS,
    PERSON_PRONOUNS,
    POLLED,
    RELEASED,
    SAYING,
    TITLES,
)
from summarizer.figures.when import MONTHS, WEEKDAYS, is_year

_JOINTS = frozenset(("of", "for", "and", "the", "'s"))
_NO_NAME = STOPS | WEEKDAYS.keys() | MONTHS.keys()
_BEFORE_NAME = TITLES | {".", "'s"}
_BODIES = ORGANS | FIRMS | {"government", "army", "military", "industry"}
_NO_PART = PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | PRONOUNS
_LOOSE = DETERMINERS | WEEKDAYS.keys() | {"-", "'s", "of", "and", "for", "today", "yesterday"} | FIRST_WORDS
_KNOWN = _BODIES | TITLES | PAPERS
_ABBREVIATED = 4
# "people familiar with the matter", "an official briefed on the plan".
_INFORMED = frozenset(("familiar", "briefed", "close"))
_SEEN = frozenset(("seen", "shown", "sent", "given", "written", "read"))
_LONGEST_LOWER, _AHEAD = 5, 3
_APPOSED, _LONGEST_APPOSED, _BRACKETED = 20, 40, 8
_APPOSING = frozenset(("a", "an", "who", "whose", "which"))


def is_title_dot(line: Line, at: int) -> bool:
    """Whether a full stop ends an abbreviated title: "Capt."."""
    return line.words[at] == "." and line.lows[at - 1] in TITLES and len(line.lows[at - 1]) <= _ABBREVIATED


def name_from(line: Line, at: int) -> tuple[int, int] | None:
    """Return the atoms of the name that begins at `at`, without article and titles."""
    while line.lows[at] in DETERMINERS or line.lows[at] in SMALL_WORDS or is_year(line, at):
        at += 1
    first = at
    while is_title_dot(line, at) or _is_ampersand(line, at) or _goes_on(line, at, first):
        at += 1
    while at > first and line.lows[at - 1] in ("'s", "of", "for", "and", "the"):
        at -= 1
    if at == first:
        return None
    return _shortest(line, first, at)


def _goes_on(line: Line, at: int, first: int) -> bool:
    return line.kinds[at] == WORD and _in_name(line, at, first) and not _is_participle(line, at)


def _is_ampersand(line: Line, at: int) -> bool:
    return line.words[at] in ("&", "/") and line.capital(at - 1) and line.capital(at + 1)


def _is_participle(line: Line, at: int) -> bool:
    """Whether the name ended before: "a study published in March", "a decree seen by the Post"."""
    return (line.lows[at].endswith("ed") or line.lows[at] in _SEEN) and not line.capital(at)


def _in_name(line: Line, at: int, first: int) -> bool:
    low = line.lows[at]
    if low == "'s":
        return True
    if low in ("of", "for", "and", "the"):
        joins = line.capital(at + 1) or (
            low in ("of", "for") and line.lows[at + 1] == "the" and line.capital(at + 2)
        )
        return joins and line.capital(at - 1) and at > first if low != "the" else line.capital(at + 1)
    if low in _NO_PART or low in DETERMINERS:
        return at > first and line.capital(at) and line.capital(at + 1)
    if low in SAYING or low in WEEKDAYS or (low in MONTHS and line.capital(at)):
        return False
    return line.capital(at) or _lower_in_name(line, at, first)


def _lower_in_name(line: Line, at: int, first: int) -> bool:
    """Whether a word without a capital belongs to the name: before a name any, after one only an office."""
    if at - first >= _LONGEST_LOWER:
        return False
    if not any(line.capital(index) for index in range(first, at)):
        return True
    return not _KNOWN.isdisjoint(line.lows[at : at + _AHEAD])


def _shortest(line: Line, first: int, end: int) -> tuple[int, int]:
    """Return the name without titles and without its document: "UK Ministry of Defence" of its "latest update"."""
    for at in range(first, end):
        if line.lows[at] == "'s" and at > first and not DOCUMENTS.isdisjoint(line.lows[at:end]):
            return _untitled(line, first, at)
    for at in range(first + 2, end):
        if line.lows[at] == "of" and line.capital(at - 2) and ORGANS.isdisjoint(line.lows[first:at]):
            return _untitled(line, first, at)
    last = end
    while (
        last > first
        and line.lows[last - 1] in (PAPERS if last < end else DOCUMENTS)
        and not line.capital(last - 1)
    ):
        last -= 1
    while first + 1 < last and line.lows[first] in OF_DOCUMENTS and not line.capital(first):
        first += 1
    named = any(line.capital(at) for at in range(first, last)) or line.lows[last - 1] in _BODIES
    return _untitled(line, first, last if named else end)


def _untitled(line: Line, first: int, end: int) -> tuple[int, int]:
    """Drop what stands before a person's name: "coal minister Piyush Goyal"; an office alone stays."""
    at = _after_office(line, first, end)
    while at < end and (line.lows[at] in _BEFORE_NAME or (at > first and line.lows[at] == "of")):
        at += 1
    if first < at < end and line.capital(at) and ORGANS.isdisjoint(line.lows[at:end]):
        return at, end
    last = end
    while last - 1 > first and line.capital(last - 1):
        last -= 1
    before = line.words[last - 1]
    abbreviated = before == "." and line.lows[last - 2] in TITLES
    if last == end or not (abbreviated or (before.islower() and before not in _JOINTS)):
        return first, end
    while last + 1 < end and line.lows[last] in TITLES:
        last += 1
    return last, end


def _after_office(line: Line, first: int, end: int) -> int:
    """Return where a person's name begins after an office within the phrase, or the phrase's beginning."""
    for at in range(end - 1, first, -1):
        if line.lows[at - 1] in OFFICES and line.capital(at):
            return at
        if line.lows[at - 1] == "'s" and end - at > 1 and all(map(line.capital, range(at, end))):
            return at if ORGANS.isdisjoint(line.lows[at:end]) else first
    return first


def subject(line: Line, verb: int) -> tuple[int, int, bool] | None:
    """Return the name that is the subject of the verb at `verb`, and whether it is a pronoun."""
    at = verb - 1
    while at > 0 and (line.lows[at] in BEFORE_VERB or line.lows[at] in RELEASED or line.lows[at].endswith("ly")):
        at -= 1
    at = _before_aside(line, at)
    if line.words[at] == ",":
        return _before_apposition(line, at)
    if line.lows[at] in PERSON_PRONOUNS:
        return at, at + 1, True
    if (
        line.kinds[at] != WORD
        or line.lows[at].partition("'")[0] in PRONOUNS
        or line.lows[at] in NOT_NAMES
        or line.lows[at] in CONJUNCTIONS
    ):
        return None
    return _phrase_to(line, at)


def _before_aside(line: Line, at: int) -> int:
    """Return the last atom of the subject before an abbreviation in brackets, or before ", which"."""
    if line.lows[at] in ("who", "which") and line.words[at - 1] == ",":
        return at - 2
    opening = next((back for back in range(at - 1, max(0, at - _BRACKETED), -1) if line.words[back] == "("), 0)
    return opening - 1 if line.words[at] == ")" and opening else at


def _phrase_to(line: Line, at: int, hops: int = 4) -> tuple[int, int, bool] | None:
    """Return the name whose noun phrase ends at `at`; in at most so many hops further left."""
    end = at + 1
    first = end
    while first > 0 and _continues(line, first - 1, end):
        first -= 1
    while first < end and (line.lows[first] in _LOOSE or line.lows[first] in SMALL_WORDS):
        first += 1
    if first == end or line.kinds[first] == NUMBER:
        return None
    before = first - 1
    while line.lows[before] in DETERMINERS or line.kinds[before] == NUMBER:
        before -= 1
    if (line.lows[before] == "by" and line.lows[before - 1] in POLLED) or line.lows[before - 1] in _INFORMED:
        return _phrase_to(line, before - 2, hops - 1) if hops > 0 else None
    further = hops > 0 and _leans_left(line, before, first, end)
    whole = _phrase_to(line, before - 1, hops - 1) if further else None
    return whole or (*_shortest(line, first, end), False)


def _leans_left(line: Line, before: int, first: int, end: int) -> bool:
    """Whether the name is further left: "Dmitri Orlov, the spokesman", "the health ministry in Gaza"."""
    if line.words[before] == ",":
        named = line.capital(before - 1) and line.lows[before - 1] not in _NO_NAME
        apposed = line.lows[first - 1] in DETERMINERS and line.lows[end - 1] not in DOCUMENTS
        return apposed and named and not line.capital(end - 1)
    counted = line.kinds[first - 1] == NUMBER
    if line.lows[before] not in ("in", "of") or (line.lows[before - 1] in DOCUMENTS | COPIES and not counted):
        return False
    return line.kinds[before - 1] == WORD and line.lows[before - 1] not in STOPS


def _continues(line: Line, at: int, end: int) -> bool:
    """Whether the atom to the left belongs to the same noun phrase."""
    low = line.lows[at]
    if is_title_dot(line, at):
        return True
    if (low == "-" and line.glued(at) and line.glued(at + 1)) or _is_ampersand(line, at):
        return True
    if line.kinds[at] != WORD or end - at > 8:
        return False
    if low in ("of", "for", "and") or (low == "the" and line.lows[at - 1] in ("of", "for")):
        return _ties_names(line, at)
    if low in _NO_PART or low in SAYING:
        return line.capital(at) and at > 0 and line.capital(at - 1) and line.capital(at + 1)
    return low not in DETERMINERS or line.lows[at + 1] in ("'s",)


def _ties_names(line: Line, at: int) -> bool:
    """Whether "of", "for the" or "and" stands within a name: "Office for the Western District of New York"."""
    far = at + 2 if line.lows[at + 1] == "the" else at + 1
    near = at - 2 if line.lows[at] == "the" else at - 1
    return line.capital(far) and line.capital(near)


def _before_apposition(line: Line, comma: int) -> tuple[int, int, bool] | None:
    """Return the name before "…, head of research at Moody's, an agency, said"."""
    back = _comma_before(line, comma)
    if back <= 0:
        return None
    begun = _apposed_at(line, back)
    if begun:
        return _phrase_to(line, _first_apposition(line, begun) - 1)
    if line.lows[back + 1] == "by":
        return _phrase_to(line, comma - 1)
    named = all(line.capital(at) and line.lows[at] not in TITLES for at in range(back + 1, comma))
    titled = named and line.lows[back - 1] in TITLES
    if titled or not line.capital(back - 1):
        return _phrase_to(line, (comma if named else back) - 1)
    return _phrase_to(line, _first_apposition(line, back) - 1)


def _first_apposition(line: Line, comma: int) -> int:
    """Return the comma of the first of two appositions: "Ann Lee, head of research at Ash, an agency, said"."""
    further = _comma_before(line, comma)
    begins = line.words[further + 1].islower() and line.lows[further + 1] not in CONJUNCTIONS
    return further if further > 0 and line.capital(further - 1) and begins else comma


def _apposed_at(line: Line, comma: int) -> int:
    """Return the comma where an apposition with commas of its own begins: ", an engineer in Bern, Switzerland"."""
    for back in range(comma, max(0, comma - _LONGEST_APPOSED), -1):
        if line.words[back] == '"' or line.lows[back] in SAYING:
            return 0
        if line.words[back] == "," and line.lows[back + 1] in _APPOSING and line.capital(back - 1):
            return back
    return 0


def _comma_before(line: Line, comma: int) -> int:
    """Return the atom of the comma before this one, or 0 where none is near."""
    back = comma - 1
    while back > 0 and comma - back < _APPOSED and line.words[back] != ",":
        back -= 1
    return back if line.words[back] == "," else 0
