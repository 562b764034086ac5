"""Words around a quantity: bound, direction, basis."""

from typing import NamedTuple

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.cue_words import (
    ADVERBS,
    AFTER,
    BOUND_LASTS,
    BOUNDS,
    CHANGE,
    CHANGE_NOUNS,
    DOWN,
    DOWN_NOUNS,
    GO,
    MOVED,
    ON_THINGS,
    ONLY_MEASURED,
    PHRASAL,
    PHRASAL_PRESENT,
    RAISED,
    UP,
    UP_NOUNS,
)
from summarizer.figures.lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    LASTING,
    PREPOSITIONS,
    PRONOUNS,
    SMALL_WORDS,
    STOPS,
    is_plural,
    word_set,
)
from summarizer.figures.quantity import Quantity
from summarizer.figures.status import find_hedge
from summarizer.model import Basis, Bound, Direction, FigureKind

_BEING = AUXILIARIES - {"will", "could", "would", "may", "might", "can"}
_COMPARED: dict[str, Direction] = {"more": "up", "fewer": "down", "less": "down"}
_GREATER = word_set("more larger higher bigger greater longer taller wider heavier deeper stronger costlier")
_LESSER = word_set("fewer less smaller lower shorter narrower lighter cheaper weaker")
_THEN = word_set(
    "in last at on before previously earlier usual normal ever planned expected forecast predicted feared thought"
    " it they he she we"
)
_AGO = frozenset(("ago", "earlier", "before", "previously"))
_SETS_APART = AUXILIARIES | {",", "-", "—", "(", "by", "or", "some", "about", "around", "nearly", "almost"}
_MODALS = frozenset(("to", "will", "would", "could", "may", "might", "should", "can"))
_LEADS = frozenset(("to", "by", "from", "of", "at", "than", "with"))
_AFTER_FIRSTS = frozenset(pair.split()[0] for pair in AFTER) | {"+"}
_STOPPING = PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | DETERMINERS
_NOUNS = UP_NOUNS | DOWN_NOUNS | {"higher", "lower"}
_OF = frozenset(("of", "in", "by"))
_STOPPING_AT = _STOPPING | _GREATER | _LESSER
_NOUN_REACH, _VERB_REACH = 4, 5
_CUE_REACH = {"by": 8, "to": 8, "of": 3}


class Cues(NamedTuple):
    """What the words around a quantity say about it."""

    bound: Bound
    direction: Direction
    basis: Basis
    hedge: str


def _find_bound(line: Line, quantity: Quantity) -> tuple[Bound, str, int]:
    """Return the bound, its words, and the atom before them."""
    at = quantity.first - 1
    if line.lows[at] == "-" and line.lows[at - 1] == "sub":
        return "<", "sub", at - 2
    while (
        line.lows[at] in ("a", "the", "an", "(", "total", "of", "combined", "further")
        and line.lows[at] not in BOUND_LASTS
        and at > 0
    ):
        if line.lows[at] == "the" or (
            line.lows[at] == "of" and line.lows[at - 1] not in ("excess", "minimum", "maximum", "total")
        ):
            break
        at -= 1
    if line.lows[at - 1 : at + 1] == ["age", "of"] or (quantity.kind is FigureKind.AGE and line.lows[at] == "age"):
        at -= 3 if line.lows[at] == "of" else 1
    found = _bound_ending(line, at, quantity)
    if found:
        return found
    right = _bound_after(line, quantity)
    return right or ("=", "", quantity.first - 1)


def _bound_ending(line: Line, at: int, quantity: Quantity) -> tuple[Bound, str, int] | None:
    if line.lows[at] not in BOUND_LASTS:
        return None
    for length in (4, 3, 2, 1):
        if at - length + 1 < 0:
            continue
        phrase = " ".join(line.lows[at - length + 1 : at + 1])
        if phrase in BOUNDS and not _other_sense(line, phrase, at - length, quantity):
            return BOUNDS[phrase], phrase, at - length
    return None


def _other_sense(line: Line, phrase: str, before: int, quantity: Quantity) -> bool:
    """Whether the words mean something else here: "over three years" is during, "until 2020" a date."""
    low = line.lows[before]
    if phrase in ("over", "past", "beyond") and quantity.kind is FigureKind.DURATION:
        return low not in LASTING
    if phrase in ("top", "past", "near", "until"):
        return _is_other_word(phrase, low, quantity)
    if phrase == "passed":
        return quantity.kind is FigureKind.VOTE or line.lows[quantity.first - 1] != phrase
    if phrase == "over":
        return low in GO
    if phrase == "up to":
        moved = low in ("it's", "is", "was", "are") or low in CHANGE - RAISED or low in MOVED
        return moved or (line.lows[quantity.end] == "from" and low not in RAISED)
    return phrase == "some" and quantity.low < 3 and quantity.rule != "fraction"


def _is_other_word(phrase: str, low: str, quantity: Quantity) -> bool:
    """Whether "top", "past", "near" or "until" is no bound: "the top 3 seeds", "the past 3 years"."""
    if phrase == "top" and quantity.kind is FigureKind.COUNT:
        return low not in _MODALS
    return phrase == "until" or low in DETERMINERS or low in _BEING


def _bound_after(line: Line, quantity: Quantity) -> tuple[Bound, str, int] | None:
    for end in (quantity.end, quantity.end + 1):
        if line.lows[end] not in _AFTER_FIRSTS:
            if line.kinds[end] != WORD:
                break
            continue
        pair = f"{line.lows[end]} {line.lows[end + 1]}"
        if pair in AFTER and (pair[-5:] not in ("least", " most") or line.words[end + 2] in (",", ".", "")):
            return AFTER[pair], pair, quantity.first - 1
        if line.lows[end] == "+" and line.glued(end):
            return ">=", "+", quantity.first - 1
    return None


def find_cues(line: Line, quantity: Quantity, levelled: bool) -> Cues:
    """Return bound, direction and basis of a quantity; `levelled`: an amount of change stood before it."""
    bound, words, before = _find_bound(line, quantity)
    direction, basis = _direction(line, quantity, before, levelled)
    if quantity.kind in (FigureKind.AGE, FigureKind.SCORE, FigureKind.VOTE):
        direction = ""
    if compared := _compared(line, quantity):
        direction, basis = compared, "delta"
    if basis == "level" and quantity.kind in (FigureKind.PERCENT, FigureKind.RATIO):
        basis = "ratio"
    hedge = words if bound == "~" else find_hedge(line, quantity)
    return Cues(bound, direction, basis, hedge)


def _direction(line: Line, quantity: Quantity, before: int, levelled: bool) -> tuple[Direction, Basis]:
    """Return where a quantity moves and whether it is the amount of the move or the level reached."""
    signed: dict[str, Direction] = {"+": "up", "-": "down"}
    if line.words[quantity.first] in signed and quantity.kind is not FigureKind.MEASURE:
        return signed[line.words[quantity.first]], "delta"
    step, lead = _skip(line, before)
    if lead in ("from", "than", "with"):
        return "", "level"
    noun = _noun_after(line, quantity)
    if noun and lead not in ("to", "at"):
        return noun, "delta"
    still = not lead and line.lows[step] in ON_THINGS and _moves_things(line, step, quantity)
    own = "" if still else _cue_at(line, step, quantity)
    cue = own or _cue_before(line, step, lead, quantity)
    if lead in ("to", "at", "below", "above"):
        return ("" if levelled else cue), "level"
    return cue, "delta" if cue else "level"


def _moves_things(line: Line, at: int, quantity: Quantity) -> bool:
    """Whether a verb does something to things rather than to their number: "raised $5", "sank 3 ships"."""
    if line.lows[at] in RAISED:
        return True
    things = quantity.kind is FigureKind.COUNT and line.lows[quantity.end] not in STOPS
    return things and line.kinds[quantity.end] == WORD


def _skip(line: Line, at: int) -> tuple[int, str]:
    """Step left over adverbs and articles: the atom before them and the preposition among them."""
    lead = ""
    steps = 0
    while at >= 0 and steps < 6:
        low = line.lows[at]
        if not lead and low in _LEADS:
            lead = low
        elif low in CHANGE or not (low in ADVERBS or low.endswith("ly") or _around_average(line, at)):
            break
        at, steps = at - 1, steps + 1
    return at, lead


def _around_average(line: Line, at: int) -> bool:
    """Whether a comma only sets off "on average"."""
    return line.words[at] in (",", "on") and "average" in (line.lows[at - 1], line.lows[at + 1], line.lows[at + 2])


def _cue_at(line: Line, at: int, quantity: Quantity) -> Direction:
    low = line.lows[at]
    if low == "loss":
        return "down" if quantity.kind is FigureKind.COUNT else ""
    if low in ONLY_MEASURED and quantity.kind in (FigureKind.COUNT, FigureKind.DURATION):
        return ""
    if low in ("double", "triple", "quadruple") and line.lows[at + 1] in DETERMINERS | {"what"}:
        return ""
    if (line.capital(at) and at > 0) or (low in ("up", "down") and _is_phrasal(line, at, quantity)):
        return ""
    if low in UP or (low in UP_NOUNS and line.lows[at + 1] in _OF):
        return "up"
    return "down" if low in DOWN or (low in DOWN_NOUNS and line.lows[at + 1] in _OF) else ""


def _is_phrasal(line: Line, at: int, quantity: Quantity) -> bool:
    """Whether "up" or "down" belongs to a verb: "gave up 517 yards", "shot down 43 drones"."""
    before = line.lows[at - 1]
    if before in PHRASAL:
        return True
    if quantity.kind is not FigureKind.COUNT or line.kinds[at - 1] != WORD:
        return False
    if is_plural(before):
        return before in PHRASAL_PRESENT
    return before not in AUXILIARIES and before not in CHANGE and before not in MOVED and before != "and"


def _cue_before(line: Line, at: int, lead: str, quantity: Quantity) -> Direction:
    """Find the change that "by", "to" or "of" belongs to: "raised its target price to"."""
    reach = _CUE_REACH.get(lead, 0)
    for back in range(at, max(-1, at - reach), -1):
        low = line.lows[back]
        if low in (CHANGE_NOUNS if lead == "of" else CHANGE):
            return _cue_at(line, back, quantity)
        if lead == "to" and (line.kinds[back] == NUMBER or low in "$£€¥%"):
            continue
        if low == "," and lead == "to" and back == at:
            continue
        if line.kinds[back] != WORD or low in CONJUNCTIONS or low in PRONOUNS or (low == "to" and back < at):
            return ""
    return ""


def _noun_after(line: Line, quantity: Quantity) -> Direction:
    """Return the direction of "a 30 % drop", "a 7 % share price increase", "5 % higher"."""
    at = quantity.end
    if quantity.kind in (FigureKind.DURATION, FigureKind.AGE, FigureKind.SCORE, FigureKind.VOTE, FigureKind.RATE):
        return ""
    if line.lows[at] == "-":
        at += 1
    if line.lows[at] in _COMPARED and quantity.kind is FigureKind.COUNT and "than" in line.lows[at : at + 8]:
        return _COMPARED[line.lows[at]]
    if _NOUNS.isdisjoint(line.lows[at : at + 3]):
        return ""
    for step in (at, at + 1):
        if line.lows[step] in ("higher", "lower") and (step == at or line.lows[step + 1] in _STOPPING):
            return "up" if line.lows[step] == "higher" else "down"
    return _change_noun(line, at, quantity)


def _compared(line: Line, quantity: Quantity) -> Direction:
    """Return the direction of an amount set against another: "5,000 conscripts more than in 2024".

    "Killed 40 people more than a year ago" only tells when; "2 metres longer than its rival" is no change.
    """
    if quantity.kind in (FigureKind.PERCENT, FigureKind.RATIO, FigureKind.AGE, FigureKind.SCORE):
        return ""
    at = quantity.end
    while at < quantity.end + _NOUN_REACH and line.kinds[at] == WORD and line.lows[at] not in _STOPPING_AT:
        at += 1
    than = line.lows[at + 1] == "than" and line.lows[at] in _GREATER | _LESSER
    if not than or not _is_against(line, quantity, at + 2):
        return ""
    return "up" if line.lows[at] in _GREATER else "down"


def _is_against(line: Line, quantity: Quantity, at: int) -> bool:
    """Whether behind "more than" stands what an amount is set against: no number, nor when it happened."""
    low = line.lows[at]
    if low in ("a", "an") or low in SMALL_WORDS or line.kinds[at] == NUMBER:
        near = line.lows[max(0, quantity.first - _VERB_REACH) : quantity.first]
        apart = line.lows[quantity.first - 1] in _SETS_APART or not _MODALS.isdisjoint(near)
        return line.lows[at + 2] in _AGO and apart
    return low != "half" and (quantity.kind is not FigureKind.MEASURE or low in _THEN)


def _change_noun(line: Line, at: int, quantity: Quantity) -> Direction:
    """Return the direction of the first noun of change in the noun phrase at `at`."""
    for step in range(at, at + 3):
        low = line.lows[step]
        if step > at and line.lows[step + 1] in ("to", "by"):
            break
        if low in UP_NOUNS:
            return "up"
        if low in DOWN_NOUNS and not _is_thing(low, step == at, quantity):
            return "down"
        if line.kinds[step] != WORD or low in _STOPPING:
            break
    return ""


def _is_thing(low: str, directly: bool, quantity: Quantity) -> bool:
    """Whether a noun of change is counted or measured itself: "3 cuts", "a $5 million loss"."""
    if low == "loss":
        return quantity.kind is not FigureKind.PERCENT
    return low == "cut" and directly and quantity.kind is FigureKind.COUNT
