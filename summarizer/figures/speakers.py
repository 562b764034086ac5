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
    STARTERS,
    STOPS,
    is_plural,
)
from summarizer.figures.speaker_names import is_title_dot, name_from, subject
from summarizer.figures.speaker_words import (
    AFTER_SAYING,
    ALWAYS_FIGURES,
    BEFORE_NO_VERB,
    CLAUSE_STARTS,
    COPIES,
    COUNTING,
    DOCUMENTS,
    EXPECTING,
    FINDERS,
    FIRMS,
    FORECASTS,
    FORESEEN,
    GOING_ON,
    INVERTING,
    NEED_CLAUSE,
    NEVER_FIGURES,
    NEVER_NOUNS,
    NEVER_SPEAK,
    NOT_NAMES,
    OFFICES,
    ORGANS,
    PASSIVE,
    POLLING,
    POSTING,
    PUTTING,
    RECKONED,
    RELEASED,
    RESULTS,
    REVISING,
    SAYING,
    SAYING_IF_THAT,
    SHOWING,
    SUBORDINATE,
    VERBS,
)
from summarizer.figures.units import SIGNS
from summarizer.figures.when import WEEKDAYS

_NO_SPEAKER = PRONOUNS | {"that", "on", "in", ".", "nothing", "something", "anything", "so", "yes", "no"}
_OBJECTS = frozenset(("to", "with", "about", "against", "over"))
_OWNERS = DETERMINERS | {"'s"}
# After a plural noun these are verbs: "campaigners argue the road …", "officials report 12 deaths".
_PLURAL_VERBS = frozenset(
    ("argue", "claim", "insist", "report", "think", "believe", "reckon", "estimate", "fear", "admit", "confirm")
)
_POSSESSIVES = frozenset(("their", "its", "his", "her", "our", "your", "my"))
_SPEAKING = ORGANS | FIRMS | OFFICES
_CONTRASTS = frozenset(("but", "while", "although", "though", "whereas", "who", "which", "citing"))
_DURING = frozenset(("for", "within", "during", "before", "after"))
_LENGTH = 4
_ACCORDING = frozenset(("according", "according-to"))
_TAKEN = frozenset(("lives", "life", "victims"))
_TELLING = frozenset(("said", "says", "told", "warned", "added"))
_REACH = 7


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
    if VERBS.isdisjoint(line.lows):
        return found
    for at, low in enumerate(line.lows):
        if low not in VERBS:
            continue
        if low in _ACCORDING:
            said = _according(line, at)
        elif low in GOING_ON:
            said = _going_on(line, at, found)
        else:
            said = _by(line, at) or (_saying(line, at) if _is_verb(line, at, low) else None)
        if said is not None:
            found.append(said)
    return [said for said in found if not _is_told_of(line, said, found)] if len(found) > 1 else found


def _is_told_of(line: Line, said: Said, found: Sequence[Said]) -> bool:
    """Whether a nameless paper's finding is itself told by somebody: "a poll revealed …, ABC News reported"."""
    if line.lows[said.end - 1] not in DOCUMENTS or line.capital(said.first):
        return False
    return any(other.scope_first <= said.first < other.scope_end and other.first > said.end for other in found)


def _by(line: Line, at: int) -> Said | None:
    """Return who is behind a passive verb: "put at 300 by the ministry", "announced by Ada Obi"."""
    ahead = line.lows[at + 1 : at + _REACH]
    if line.lows[at] not in PASSIVE or line.lows[at - 1] not in AUXILIARIES or "by" not in ahead:
        return None
    name = name_from(line, at + 2 + ahead.index("by"))
    if name is None or not (line.capital(name[0]) or line.lows[name[1] - 1] in _SPEAKING):
        return None
    return Said(*name, _clause_first(line, at), _clause_end(line, at), False)


def _going_on(line: Line, at: int, found: Sequence[Said]) -> Said | None:
    """Return whoever spoke before ", adding that …", or the sentence's subject before ", saying …"."""
    if line.lows[at] == "saying" and line.lows[at - 1] == "as":
        return _quoted_as(line, at)
    clause = line.lows[at + 1] in CLAUSE_STARTS or line.lows[at + 1] == "that"
    if line.words[at - 1] != "," or not (clause or line.lows[at] == "saying"):
        return None
    name = (found[-1].first, found[-1].end) if found else find_opening(line)
    pronoun = bool(found) and found[-1].pronoun
    return Said(*name, at + 1, _clause_end(line, at), pronoun) if name else None


def _quoted_as(line: Line, at: int) -> Said | None:
    """Return who "was quoted as saying" something."""
    quoted = next((back for back in range(at - 1, max(0, at - 8), -1) if line.lows[back] == "quoted"), 0)
    name = subject(line, quoted) if quoted else None
    return Said(*name[:2], at + 1, _clause_end(line, at), name[2]) if name else None


def find_opening(line: Line, person: bool = False) -> tuple[int, int] | None:
    """Return the name that opens a sentence, which a later "it said" means; for "she said" it is a person's."""
    name = None if line.lows[0] in STOPS - DETERMINERS else name_from(line, 0)
    if name is None or (person and (name[1] - name[0] < 2 or not line.capital(name[1] - 1))):
        return None
    if line.capital(name[0]):
        return name
    body = next((at for at in range(*name) if line.lows[at] in _SPEAKING), -1)
    return (name[0], body + 1) if body > 0 else None


def _is_verb(line: Line, at: int, low: str) -> bool:
    """Whether a word that may report does so here."""
    if low in SAYING or (low in EXPECTING and _expects(line, at, low)):
        return True
    if low in SHOWING and not DOCUMENTS.isdisjoint(line.lows[max(0, at - 4) : at]):
        return True
    if low in SAYING_IF_THAT and _has_clause(line, at):
        return True
    return _states_result(line, at, low)


def _expects(line: Line, at: int, low: str) -> bool:
    """Whether "expects" and the like foresee: "expects sales of", not "sales expected to", "forecasts of"."""
    after = line.lows[at + 1]
    if low in FORESEEN and line.lows[at - 1] not in ("had", "have", "has"):
        return after not in PREPOSITIONS and line.kinds[at + 1] == WORD and _may_foresee(line, at - 1)
    return line.kinds[at + 1] != 0 and (after == "to" or (after not in STOPS or after in DETERMINERS))


def _may_foresee(line: Line, at: int) -> bool:
    """Whether the word before "expected" or "forecast" may be who does: "analysts expected"."""
    return is_plural(line.lows[at]) or line.capital(at) or line.lows[at] in _SPEAKING


def _states_result(line: Line, at: int, low: str) -> bool:
    """Whether a verb gives a result, a forecast or a count: "posted a loss", "put it at"."""
    ahead = line.lows[at + 1 : at + _REACH]
    if low in POSTING:
        return not RESULTS.isdisjoint(ahead)
    if low in REVISING:
        kept = next((index for index, word in enumerate(ahead) if word in PREPOSITIONS), len(ahead))
        return not FORECASTS.isdisjoint(ahead[:kept])
    return low in PUTTING and _puts(line, at, low)


def _puts(line: Line, at: int, low: str) -> bool:
    """Whether a count or a poll puts something at a number."""
    ahead = line.lows[at + 1 : at + 10]
    if ahead[0] == "at":
        return line.capital(at - 1) and (line.kinds[at + 2] == NUMBER or ahead[1] in COUNTING or ahead[1] in SIGNS)
    if not low.startswith("peg") and RECKONED.isdisjoint(ahead[:4]):
        return "on" in ahead and not POLLING.isdisjoint(line.lows[max(0, at - 3) : at])
    return "at" in ahead


def _has_clause(line: Line, at: int) -> bool:
    after = line.lows[at + 1]
    if line.lows[at - 1].endswith("ed") and line.words[at - 1].islower():
        return False
    if after == "that" or (line.kinds[at + 1] == NUMBER and line.lows[at] in SHOWING):
        return True
    if after in (".", ",", '"', ""):
        return line.capital(at - 1) or is_plural(line.lows[at - 1])
    if line.lows[at] in _PLURAL_VERBS and (is_plural(line.lows[at - 1]) or line.lows[at] == "think"):
        return after not in PREPOSITIONS and after not in CONJUNCTIONS and after not in AUXILIARIES
    if line.lows[at] in ("claims", "estimates") and (line.kinds[at + 1] == NUMBER or after in COUNTING):
        return _TAKEN.isdisjoint(line.lows[at : at + _REACH])
    return after in CLAUSE_STARTS and line.lows[at - 1] not in PREPOSITIONS


def _according(line: Line, at: int) -> Said | None:
    """Return the speaker of "according to X", which other languages say in one word."""
    name_at = at + 2 if line.lows[at + 1] == "to" else at + 1
    if line.lows[at] == "according" and name_at == at + 1:
        return None
    if line.lows[name_at] in _POSSESSIVES and not any(map(line.capital, range(name_at + 1, name_at + 4))):
        return None
    name = name_from(line, name_at)
    if name is None:
        return None
    name = _owner(line, *name)
    leading = at <= 1
    comma = name[1]
    if "," in line.words[comma : line.size]:
        comma = line.words.index(",", comma)
    if leading:
        return Said(*name, comma, _clause_end(line, comma), False)
    aside = line.words[at - 1] == "," and line.words[name[1]] == ","
    return Said(*name, _clause_first(line, at), _aside_end(line, name[1]) if aside else at, False)


def _owner(line: Line, first: int, end: int) -> tuple[int, int]:
    """Return whose document it is: "a study by Chatham House", "a copy of the decree", "a firm, Nielsen"."""
    last, after = line.lows[end - 1], line.lows[end]
    at = 0
    if last in COPIES and after in ("of", "from"):
        at = end + 1
    elif last in DOCUMENTS and (
        after in ("from", "by", "of") or (after in RELEASED and "by" in line.lows[end : end + _LENGTH])
    ):
        at = line.lows.index("by", end) + 1 if after in RELEASED else end + 1
    elif last in FIRMS and after == "," and line.capital(end + 1):
        at = end + 1
    owner = name_from(line, at) if at else None
    return _owner(line, *owner) if owner else (first, end)


def _clause_first(line: Line, at: int) -> int:
    back = at
    while back > 0 and line.words[back - 1] not in (";",):
        back -= 1
    return back


def _clause_end(line: Line, at: int) -> int:
    while at < line.size and line.words[at] != ";":
        at += 1
    return at


def _aside_end(line: Line, at: int) -> int:
    """Return where the clause ends that ", police said," interrupts: at its end, or where a contrast begins."""
    end = _clause_end(line, at)
    return next((index for index in range(at, end) if line.lows[index] in _CONTRASTS), end)


def _saying(line: Line, at: int) -> Said | None:
    """Return the speaker of a verb of saying: its subject to the left, or to the right after a quotation."""
    if (line.lows[at - 1] in BEFORE_NO_VERB and not _is_house(line, at)) or _is_passive(line, at):
        return None
    inverted = _inverted(line, at)
    if inverted:
        return inverted
    name = subject(line, at)
    if name is None or not _may_speak(line, name[0], name[1]) or not _tells(line, name[0], at):
        return None
    aside = line.words[at + 1] == ","
    if _trails(line, name[0], at) and (name[0] > 3 or aside) and _ends_saying(line, at):
        return Said(*name[:2], _clause_first(line, name[0]), _aside_end(line, at) if aside else name[0], name[2])
    return Said(name[0], name[1], _scope_first(line, at), _scope_end(line, name[0], at), name[2])


def _trails(line: Line, first: int, verb: int) -> bool:
    """Whether something that may be said stands before the speaker: "…, Ana Duarte, the coordinator, said"."""
    start = _np_first(line, first)
    if line.words[verb - 1] == "," and line.words[start - 1] == "," and start > 0:
        start = _np_first(line, start - 1)
    return start > 0 and (line.words[first - 1] in (",", '"') or line.words[start - 1] in (",", '"'))


def _is_passive(line: Line, at: int) -> bool:
    """Whether the verb only says how something is reckoned: "a fortune estimated at $3bn"."""
    after = line.lows[at + 1]
    return after == "by" or (line.lows[at] in PASSIVE and after in ("at", "to"))


def _is_house(line: Line, at: int) -> bool:
    """Whether the "'s" before the verb ends a firm's name: "Moody's said"."""
    return line.lows[at - 1] == "'s" and line.capital(at - 2) and line.lows[at] in _TELLING


def _may_speak(line: Line, first: int, end: int) -> bool:
    """Whether the atoms can be a speaker: no adverb, age, object of a preposition, or thing that happens."""
    if line.kinds[first] != WORD or line.lows[first] == "year" or line.lows[end - 1] in NEVER_SPEAK:
        return False
    if end - first == 1 and (line.lows[first] in NOT_NAMES or line.lows[first].endswith("ly")):
        return False
    before = first - 1
    while line.lows[before] in DETERMINERS:
        before -= 1
    return line.lows[before] not in _OBJECTS


def _tells(line: Line, first: int, verb: int) -> bool:
    """Whether the verb reports: a doubtful one ("reports", "shows") needs a subject that can."""
    closing = line.words[first - 1] in (",", '"') and _ends_saying(line, verb)
    if (not closing and _finds_things(line, verb)) or _only_seems(line, first, verb):
        return False
    doubtful = line.lows[verb] not in SAYING
    return not doubtful or line.capital(first) or line.lows[first - 1] in _OWNERS or is_plural(line.lows[verb - 1])


def _scope_first(line: Line, verb: int) -> int:
    """Return where what is said begins: behind those told ("told 200 guests that"), and "for 90 minutes"."""
    if line.lows[verb] == "told" and "that" in line.lows[verb : verb + _REACH]:
        return line.lows.index("that", verb)
    return verb + _LENGTH if line.lows[verb + 1] in _DURING else verb + 1


def _scope_end(line: Line, first: int, verb: int) -> int:
    """Return where what is said ends: with the clause, and at the comma where "as X said" only leads in."""
    end = _clause_end(line, verb)
    if line.lows[verb - 1] in ("who", "which"):
        return line.words.index(",", verb) if "," in line.words[verb:end] else end
    if SUBORDINATE.isdisjoint(line.lows[max(0, first - 4) : first]):
        return end
    return line.words.index(",", verb) if "," in line.words[verb:end] else end


def _only_seems(line: Line, first: int, verb: int) -> bool:
    """Whether somebody or something that is no document "shows" or "suggests"."""
    return line.lows[verb] in SHOWING and DOCUMENTS.isdisjoint(line.lows[max(0, first - 4) : verb])


def _finds_things(line: Line, at: int) -> bool:
    """Whether the verb takes things rather than a clause: "rescuers found 12 bodies"."""
    low, after = line.lows[at], line.lows[at + 1]
    if low not in NEED_CLAUSE or line.lows[at - 1] in FINDERS:
        return False
    if not DOCUMENTS.isdisjoint(line.lows[max(0, at - _REACH) : at]):
        return False
    if low in NEVER_NOUNS and line.kinds[at + 1] == WORD:
        return after != "that" and after not in PRONOUNS
    if not _TAKEN.isdisjoint(line.lows[at : at + _REACH]):
        return True
    if line.kinds[at + 1] == NUMBER:
        return low in NEVER_FIGURES or (
            low not in ALWAYS_FIGURES and line.lows[at + 2] not in ("%", "percent", "per", "in")
        )
    return after in STARTERS or after in COUNTING


def _np_first(line: Line, at: int) -> int:
    while at > 0 and (is_title_dot(line, at - 1) or _is_plain(line, at - 1)):
        at -= 1
    return at


def _is_plain(line: Line, at: int) -> bool:
    return line.kinds[at] == WORD and line.lows[at] not in CONJUNCTIONS


def _ends_saying(line: Line, at: int) -> bool:
    """Whether nothing that is said follows the verb: "…, X said on Monday."."""
    after = line.lows[at + 1]
    if line.lows[at] == "told":
        return True
    return after in (".", ",", "", '"', ";", ")") or after in AFTER_SAYING or after in WEEKDAYS


def _inverted(line: Line, at: int) -> Said | None:
    """Return the speaker of "…, said Ryan Sweet"; the name follows the verb."""
    if line.lows[at] not in INVERTING:
        return None
    before = line.words[at - 1]
    if before not in (",", '"', "'") and not (
        line.capital(at + 1) and at > 3 and line.lows[at - 1] not in PRONOUNS and not line.capital(at - 1)
    ):
        return None
    if line.lows[at + 1] in _NO_SPEAKER or line.kinds[at + 1] != WORD:
        return None
    name = name_from(line, at + 1)
    if name is None or not _closes(line, name[1]) or not _is_named(line, *name):
        return None
    return Said(*name, _clause_first(line, at), at, False)


def _is_named(line: Line, first: int, end: int) -> bool:
    """Whether what follows the verb can speak: "said Ada Obi", "said the mayor", not "reported inflation"."""
    last = line.lows[end - 1]
    object_of_none = AUXILIARIES.isdisjoint(line.lows[end : end + _REACH])
    known = (line.lows[first - 1] in DETERMINERS and object_of_none) or is_plural(last) or last in _SPEAKING
    return known or any(map(line.capital, range(first, end)))


def _closes(line: Line, at: int) -> bool:
    """Whether a name that follows its verb ends here: a verb of its own would make it another's subject."""
    low = line.lows[at]
    if line.kinds[at] != WORD or low in WEEKDAYS or low in ("who", "whose"):
        return True
    return low in STOPS and low not in AUXILIARIES


def _covers(said: Said, first: int) -> bool:
    """Whether a quantity at atom `first` is part of what is said."""
    return said.scope_first <= first < said.scope_end


def speaker_at(found: Sequence[Said], first: int) -> Said | None:
    """Return the nearest speaker whose words hold the atom `first`, or None."""
    holding = [said for said in found if _covers(said, first)]
    return min(holding, key=lambda said: (_distance(said, first), said.first)) if holding else None


def _distance(said: Said, first: int) -> int:
    """Return how far the words of a quantity are from where its speaker's begin, or from the name behind them."""
    return said.first - first if said.first > first else first - said.scope_first
