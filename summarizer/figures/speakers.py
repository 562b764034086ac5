"""Who says a figure: "X said", "according to X", "X's update said"."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SMALL_WORDS,
    STARTERS,
    STOPS,
    is_plural,
    word_set,
)
from summarizer.figures.when import MONTHS, WEEKDAYS

_SAYING = word_set(
    "say said says saying added adds told announced reported estimated found finds warned claimed confirmed"
    " noted stated wrote tweeted revealed disclosed declared argued insisted acknowledged admitted predicted"
    " projected calculated concluded explained testified replied"
)
# Nouns as often as verbs: they are verbs only before "that" or a clause.
_SAYING_IF_THAT = word_set(
    "show suggest indicate warn estimate predict estimates reports claims shows showed notes suggests"
    " suggested indicates indicated forecasts forecast predicts believes believed warns reckons reckoned thinks"
    " announces projects calculates recorded stressed underlined pointed"
)
_AFTER_SAYING = word_set("on in late early earlier last this yesterday today also then again later in")
_BEFORE_VERB = (
    AUXILIARIES
    | WEEKDAYS.keys()
    | {"now", "still", "just", "also", "later", "then", "previously", "earlier", "on", "yesterday"}
)
_PERSON_PRONOUNS = word_set("he she they it")
_TITLES = word_set(
    "housing education transport energy labour environment economy trade culture agriculture councillor senate"
    " republican democratic state treasury homeland security press assistant attorney house majority minority"
    " speaker mr mrs ms dr sir dame lord lady president minister prime chancellor senator governor mayor judge"
    " justice professor prof chief executive officer secretary general analyst economist spokesman spokeswoman"
    " spokesperson director chairman chairwoman ceo boss commissioner ambassador congressman congresswoman"
    " captain colonel lieutenant major sergeant representative rep sen gov gen col capt lt foreign defence"
    " defense finance health interior deputy vice leader king queen prince pope former"
)
_DOCUMENTS = word_set(
    "tracker update report reports statement survey study data figures research release bulletin poll analysis"
    " statistics filing note review paper letter briefing post forecast estimate estimates assessment tally"
    " count census index document results numbers"
)
_BEFORE_NO_VERB = word_set("'s to is are was were be been being of the a an as not by")
_INVERTING = word_set("said says added wrote noted warned tweeted explained")
# They report only before a clause ("found that", "claimed the"): "found 12 bodies", "claimed 30 lives" do not.
_NEED_CLAUSE = word_set("found finds added adds claimed recorded revealed")
_COUNTING = word_set("just only another a an more about nearly around some at over under roughly almost up")
_SUBORDINATE = frozenset(("as", "after", "when", "while", "although", "though"))
_NEVER_SPEAK = word_set(
    "number cases case deaths infections toll rate average injuries incidents crimes losses sales profits"
    " earnings revenue price prices shares stock amount total"
)
_FINDERS = word_set(
    "researchers scientists survey poll study audit group panel inquiry economists analysts report"
)
# Only documents show; for a person or a replay it is a manner of speaking.
_SHOWING = word_set("show suggest indicate shows showed suggests suggested indicates indicated")
_NOT_NAMES = word_set(
    "not now then also still just only there this that these those here what which who whom someone anyone"
    " everyone nobody one others"
)
_OF_DOCUMENTS = word_set(
    "tracker latest recent new annual monthly weekly official preliminary own internal intelligence quarterly"
    " public online"
)
_ORGANS = word_set(
    "department ministry office agency commission council bank institute university association court"
    " committee party union league service bureau board center centre administration organization organisation"
    " federation authority police group corp inc company fund foundation assembly house spokesman spokeswoman"
    " officials official"
)
_FIRST_WORDS = word_set("but and so yet meanwhile however still")
_VERBS = _SAYING | _SAYING_IF_THAT | {"according"}
_JOINTS = frozenset(("of", "for", "and", "the", "'s"))
_NO_SPEAKER = PRONOUNS | {"that", "on", "in", ".", "nothing", "something", "anything", "so", "yes", "no"}
_NO_NAME = STOPS | WEEKDAYS.keys() | MONTHS.keys()
_PAPERS = _DOCUMENTS | _OF_DOCUMENTS
_BEFORE_NAME = _TITLES | {".", "'s"}
_ABBREVIATED = 4
_OBJECTS = frozenset(("to", "with", "about", "against", "over"))
_OWNERS = DETERMINERS | {"'s"}
_LOOSE = DETERMINERS | {"-", "'s", "of", "and", "for"} | _FIRST_WORDS


class Said(NamedTuple):
    """A speaker in a sentence: the atoms of the name, and the atoms of what is said."""

    first: int
    end: int
    scope_first: int
    scope_end: int
    pronoun: bool


def find_speakers(line: Line) -> list[Said]:
    """Return who says what in a sentence, left to right."""
    found: list[Said] = []
    for at, low in enumerate(line.lows):
        if low not in _VERBS:
            continue
        if low == "according":
            said = _according(line, at) if line.lows[at + 1] == "to" else None
        else:
            said = _saying(line, at) if low in _SAYING or _has_clause(line, at) else None
        if said is not None:
            found.append(said)
    return found


def _has_clause(line: Line, at: int) -> bool:
    after = line.lows[at + 1]
    if line.lows[at - 1].endswith("ed") and line.words[at - 1].islower():
        return False
    if after == "that" or (line.kinds[at + 1] == NUMBER and line.lows[at] in _SHOWING):
        return True
    return (
        after in ("the", "there", "it", "its", "about", "more", "some", "they", "at")
        and line.lows[at - 1] not in PREPOSITIONS
    )


def _according(line: Line, at: int) -> Said | None:
    name = _name_from(line, at + 2)
    if name is None:
        return None
    if line.lows[name[1] - 1] in _DOCUMENTS and line.lows[name[1]] in ("from", "by", "of"):
        name = _name_from(line, name[1] + 1) or name
    leading = at <= 1
    comma = name[1]
    while comma < line.size and line.words[comma] != ",":
        comma += 1
    return (
        Said(*name, comma, _clause_end(line, comma), False)
        if leading
        else Said(*name, _clause_first(line, at), at, False)
    )


def _clause_first(line: Line, at: int) -> int:
    back = at
    while back > 0 and line.words[back - 1] not in (";",):
        back -= 1
    return back


def _clause_end(line: Line, at: int) -> int:
    while at < line.size and line.words[at] != ";":
        at += 1
    return at


def _saying(line: Line, at: int) -> Said | None:
    """Return the speaker of a verb of saying: its subject to the left, or to the right after a quotation."""
    if line.lows[at - 1] in _BEFORE_NO_VERB:
        return None
    inverted = _inverted(line, at)
    if inverted:
        return inverted
    name = _subject(line, at)
    if name is None or not _may_speak(line, name[0], name[1]) or not _tells(line, name[0], at):
        return None
    trailing = line.words[name[0] - 1] in (",", '"') or line.words[_np_first(line, name[0]) - 1] in (",", '"')
    if trailing and name[0] > 3 and _ends_saying(line, at):
        return Said(name[0], name[1], _clause_first(line, name[0]), name[0], name[2])
    return Said(name[0], name[1], at + 1, _scope_end(line, name[0], at), name[2])


def _may_speak(line: Line, first: int, end: int) -> bool:
    """Whether the atoms can be a speaker: no adverb, age, object of a preposition, or thing that happens."""
    if line.kinds[first] != WORD or line.lows[first] == "year" or line.lows[end - 1] in _NEVER_SPEAK:
        return False
    if end - first == 1 and (line.lows[first] in _NOT_NAMES or line.lows[first].endswith("ly")):
        return False
    before = first - 1
    while line.lows[before] in DETERMINERS:
        before -= 1
    return line.lows[before] not in _OBJECTS


def _tells(line: Line, first: int, verb: int) -> bool:
    """Whether the verb reports: a doubtful one ("reports", "shows") needs a subject that can."""
    if _finds_things(line, verb) or _only_seems(line, first, verb):
        return False
    doubtful = line.lows[verb] in _SAYING_IF_THAT
    return not doubtful or line.capital(first) or line.lows[first - 1] in _OWNERS or is_plural(line.lows[verb - 1])


def _scope_end(line: Line, first: int, verb: int) -> int:
    """Return where what is said ends: with the clause, and at the comma where "as X said" only leads in."""
    end = _clause_end(line, verb)
    if _SUBORDINATE.isdisjoint(line.lows[max(0, first - 4) : first]):
        return end
    return line.words.index(",", verb) if "," in line.words[verb:end] else end


def _only_seems(line: Line, first: int, verb: int) -> bool:
    """Whether somebody or something that is no document "shows" or "suggests"."""
    return line.lows[verb] in _SHOWING and _DOCUMENTS.isdisjoint(line.lows[max(0, first - 4) : verb])


def _finds_things(line: Line, at: int) -> bool:
    """Whether the verb takes things rather than a clause: "rescuers found 12 bodies"."""
    if line.lows[at] not in _NEED_CLAUSE or line.lows[at - 1] in _FINDERS:
        return False
    if line.kinds[at + 1] == NUMBER:
        return line.lows[at + 2] not in ("%", "percent", "per", "in")
    return line.lows[at + 1] in STARTERS or line.lows[at + 1] in _COUNTING


def _np_first(line: Line, at: int) -> int:
    while at > 0 and (_is_title_dot(line, at - 1) or _is_plain(line, at - 1)):
        at -= 1
    return at


def _is_plain(line: Line, at: int) -> bool:
    return line.kinds[at] == WORD and line.lows[at] not in CONJUNCTIONS


def _is_title_dot(line: Line, at: int) -> bool:
    return line.words[at] == "." and line.lows[at - 1] in _TITLES and len(line.lows[at - 1]) <= _ABBREVIATED


def _ends_saying(line: Line, at: int) -> bool:
    """Whether nothing that is said follows the verb: "…, X said on Monday."."""
    after = line.lows[at + 1]
    if line.lows[at] == "told":
        return True
    return after in (".", ",", "", '"', ";", ")") or after in _AFTER_SAYING or after in WEEKDAYS


def _inverted(line: Line, at: int) -> Said | None:
    """Return the speaker of "…, said Ryan Sweet"; the name follows the verb."""
    if line.lows[at] not in _INVERTING:
        return None
    before = line.words[at - 1]
    if before not in (",", '"', "'") and not (
        line.capital(at + 1) and at > 3 and line.lows[at - 1] not in PRONOUNS and not line.capital(at - 1)
    ):
        return None
    if line.lows[at + 1] in _NO_SPEAKER or line.kinds[at + 1] != WORD:
        return None
    name = _name_from(line, at + 1)
    if name is None or line.lows[name[1]] in AUXILIARIES:
        return None
    return Said(*name, _clause_first(line, at), at, False)


def _name_from(line: Line, at: int) -> tuple[int, int] | None:
    """Return the atoms of the name that begins at `at`, without article and titles."""
    while line.lows[at] in DETERMINERS:
        at += 1
    first = at
    while _is_title_dot(line, at) or _is_ampersand(line, at) or _goes_on(line, at, first):
        at += 1
    while at > first and line.lows[at - 1] in ("'s", "of", "for", "and", "the"):
        at -= 1
    if at == first:
        return None
    return _shortest(line, first, at)


def _goes_on(line: Line, at: int, first: int) -> bool:
    return line.kinds[at] == WORD and _in_name(line, at, first) and not _is_participle(line, at)


def _is_ampersand(line: Line, at: int) -> bool:
    return line.words[at] == "&" and line.capital(at - 1) and line.capital(at + 1)


def _is_participle(line: Line, at: int) -> bool:
    """Whether the name ended before: "a study published in March"."""
    return line.lows[at].endswith("ed") and not line.capital(at)


def _in_name(line: Line, at: int, first: int) -> bool:
    low = line.lows[at]
    if low == "'s":
        return True
    if low in ("of", "for", "and", "the"):
        joins = line.capital(at + 1) or (low == "of" and line.lows[at + 1] == "the" and line.capital(at + 2))
        return joins and line.capital(at - 1) and at > first if low != "the" else line.capital(at + 1)
    if low in PREPOSITIONS or low in CONJUNCTIONS or low in AUXILIARIES or low in PRONOUNS or low in DETERMINERS:
        return False
    if low in _SAYING or low in WEEKDAYS or (low in MONTHS and line.capital(at)):
        return False
    return line.capital(at) or at - first < 5


def _shortest(line: Line, first: int, end: int) -> tuple[int, int]:
    """Return the name without titles and without its document: "UK Ministry of Defence" of its "latest update"."""
    for at in range(first, end):
        if line.lows[at] == "'s" and at > first and not _DOCUMENTS.isdisjoint(line.lows[at:end]):
            return _untitled(line, first, at)
    for at in range(first + 2, end):
        if line.lows[at] == "of" and line.capital(at - 2) and _ORGANS.isdisjoint(line.lows[first:at]):
            return _untitled(line, first, at)
    last = end
    while last > first and line.lows[last - 1] in (_PAPERS if last < end else _DOCUMENTS):
        last -= 1
    named = any(line.capital(at) for at in range(first, last))
    return _untitled(line, first, last if named else end)


def _untitled(line: Line, first: int, end: int) -> tuple[int, int]:
    """Drop what stands before a person's name: "coal minister Piyush Goyal"; an office alone stays."""
    at = first
    while at < end and (line.lows[at] in _BEFORE_NAME or (at > first and line.lows[at] == "of")):
        at += 1
    if first < at < end and line.capital(at) and _ORGANS.isdisjoint(line.lows[at:end]):
        return at, end
    last = end
    while last - 1 > first and line.capital(last - 1):
        last -= 1
    before = line.words[last - 1]
    abbreviated = before == "." and line.lows[last - 2] in _TITLES
    if last == end or not (abbreviated or (before.islower() and before not in _JOINTS)):
        return first, end
    while last + 1 < end and line.lows[last] in _TITLES:
        last += 1
    return last, end


def _subject(line: Line, verb: int) -> tuple[int, int, bool] | None:
    """Return the name that is the subject of the verb at `verb`, and whether it is a pronoun."""
    at = verb - 1
    while at > 0 and (line.lows[at] in _BEFORE_VERB or line.lows[at].endswith("ly")):
        at -= 1
    if line.words[at] == ",":
        return _before_apposition(line, at)
    if line.lows[at] in _PERSON_PRONOUNS:
        return at, at + 1, True
    if (
        line.kinds[at] != WORD
        or line.lows[at].partition("'")[0] in PRONOUNS
        or line.lows[at] in _NOT_NAMES
        or line.lows[at] in CONJUNCTIONS
    ):
        return None
    return _phrase_to(line, at)


def _phrase_to(line: Line, at: int, hops: int = 4) -> tuple[int, int, bool] | None:
    """Return the name whose noun phrase ends at `at`; in at most so many hops further left."""
    end = at + 1
    first = end
    while first > 0 and _continues(line, first - 1, end):
        first -= 1
    while first < end and line.lows[first] in _LOOSE:
        first += 1
    if first == end or line.kinds[first] == NUMBER or line.lows[first] in SMALL_WORDS:
        return None
    before = first - 1
    while line.lows[before] in DETERMINERS:
        before -= 1
    further = hops > 0 and _leans_left(line, before, first, end)
    whole = _phrase_to(line, before - 1, hops - 1) if further else None
    return whole or (*_shortest(line, first, end), False)


def _leans_left(line: Line, before: int, first: int, end: int) -> bool:
    """Whether the name is further left: "Dmitri Orlov, the spokesman", "the health ministry in Gaza"."""
    if line.words[before] == ",":
        named = line.capital(before - 1) and line.lows[before - 1] not in _NO_NAME
        return line.lows[first - 1] in DETERMINERS and named and not line.capital(end - 1)
    if line.lows[before] not in ("in", "of") or line.lows[before - 1] in _DOCUMENTS:
        return False
    return line.kinds[before - 1] == WORD and line.lows[before - 1] not in STOPS


def _continues(line: Line, at: int, end: int) -> bool:
    """Whether the atom to the left belongs to the same noun phrase."""
    low = line.lows[at]
    if _is_title_dot(line, at):
        return True
    if low == "-" and line.glued(at) and line.glued(at + 1):
        return True
    if line.kinds[at] != WORD or end - at > 8:
        return False
    if low in ("of", "for", "and"):
        return line.capital(at + 1) and line.capital(at - 1)
    if low in PREPOSITIONS or low in CONJUNCTIONS or low in AUXILIARIES or low in PRONOUNS or low in _SAYING:
        return False
    return low not in DETERMINERS or line.lows[at + 1] in ("'s",)


def _before_apposition(line: Line, comma: int) -> tuple[int, int, bool] | None:
    """Return the name before "…, head of research at Moody's, said"."""
    back = comma - 1
    while back > 0 and comma - back < 20 and line.words[back] != ",":
        back -= 1
    if back <= 0 or line.words[back] != "," or not line.capital(back - 1):
        return None
    return _phrase_to(line, back - 1)


def _covers(said: Said, first: int) -> bool:
    """Whether a quantity at atom `first` is part of what is said."""
    return said.scope_first <= first < said.scope_end


def speaker_at(found: Sequence[Said], first: int) -> Said | None:
    """Return the nearest speaker whose words hold the atom `first`, or None."""
    holding = [said for said in found if _covers(said, first)]
    return min(holding, key=lambda said: (abs(said.first - first), said.first)) if holding else None
