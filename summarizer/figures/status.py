"""How far a figure is a fact: ordered, foretold, claimed, denied, estimated; and the word that hedges it."""

import itertools
from collections.abc import Sequence

from summarizer.figures.atoms import Line
from summarizer.figures.binding import is_base
from summarizer.figures.lexicon import AUXILIARIES, DETERMINERS, FINITE, word_set
from summarizer.figures.quantity import Counted, Quantity
from summarizer.figures.when import is_month
from summarizer.model import FigureKind, Status

_ESTIMATE = word_set("estimated estimate estimates estimating likely reckoned believed thought")

_FORESEEN = word_set(
    "forecast forecasts forecasted expected expects expect predicted predicts predict projected projects"
    " projection projections anticipated anticipates outlook foresees foresaw foreseen"
)
_FORESIGHT = word_set("forecast forecasts projection projections outlook")
_SEEN = word_set("see sees saw")
_SEEABLE = (FigureKind.PERCENT, FigureKind.MONEY, FigureKind.INDEX)
_FORECAST = _FORESEEN | word_set("will would could may might poised")

_GOALS = word_set("target targets goal goals quota quotas order orders decree pledge plan plans aim aims")
_PLANNED = word_set(
    "targeted targeting aimed aiming pledged pledges promised planned planning ordered demanded committed vowed"
    " vows seeks intends intended"
)
_CHARGED = word_set("asked meant supposed required obliged due")
_TARGET = (_GOALS - {"orders"}) | (_PLANNED - {"intended"}) | word_set("demand wants commit must should")

_CLAIM = word_set(
    "claim claims claimed claiming alleged alleges alleging allegedly accused accuses insisted boasted"
)

_DENIED = word_set("denied denies deny denying dismissed rejected refuted disputed")
_CONTENT = word_set(
    "that report reports claim claims allegation allegations accusation accusations figure figures suggestion"
    " suggestions rumour rumours rumor rumors estimate estimates having it they he she its their"
)
"""What is denied stands behind one of these: a bill "rejected by 312 votes" denies no vote."""

_HEDGES = word_set(
    "likely reportedly allegedly apparently possibly perhaps probably estimated believed reckoned maybe"
    " potentially seemingly"
)

_CONTRASTS = word_set(
    "; — : but while whereas although though after before because since amid despite following when"
)
_AS_MUCH = word_set("many much few little high low well part of")
_TELLS = word_set("said says saying adding added")
_VERBS = AUXILIARIES | FINITE | word_set("built sold lost spent fell bought")
_AMID = frozenset(("now", "also", "still", "only"))
_BE = frozenset(("is", "are", "was", "were"))
_BEHIND, _AHEAD, _NEAR, _NEAR_AND, _NOUN = 25, 6, 8, 4, 6
"""So many words are looked at: a clause before a figure, a phrase behind, its verb, its "and", a plan's verb."""

_AHEAD_OF_TIME = (Status.TARGET, Status.FORECAST)

# The word that counts most comes first: what is ordered and forecast is ordered.
_BY_WEIGHT = (
    (_TARGET, Status.TARGET),
    (_CLAIM, Status.CLAIM),
    (_FORECAST, Status.FORECAST),
    (_ESTIMATE, Status.ESTIMATE),
)
_TELLING = _DENIED | _GOALS | _PLANNED | _CHARGED | _TARGET | _CLAIM | _FORECAST | _ESTIMATE | _SEEN | {"to"}
_LINKS = word_set("of for was were is been stood at to from")
_LISTED = (
    word_set(
        ", ; and then in for of to at by it that this was were is stood had been set the a year next following"
        " later after spring autumn summer winter"
    )
    | _GOALS
)
"""What may stand between two years of one list: "… in 2022, in 2023 it was …, and then … a year later"."""

_STEPS = word_set("from up down rose risen raised increased")


def find_hedge(line: Line, quantity: Quantity) -> str:
    """Return the word that makes the clause uncertain ("likely"), or an empty string."""
    before = line.lows[max(0, quantity.first - _NEAR) : quantity.first]
    if _HEDGES.isdisjoint(before):
        return ""
    at = max(at for at, low in enumerate(before) if low in _HEDGES)
    apart = any(low in ("; — :") or low[0].isdecimal() for low in before[at:])
    return "" if apart else before[at]


def find_statuses(
    line: Line, quantities: Sequence[Quantity], counted: Sequence[Counted], gone: Sequence[bool]
) -> list[Status]:
    """Return how far each figure is a fact; `gone` tells which dates are past.

    What was a plan or forecast then stays one. Those of a list share what its first one is: "the target was
    134,500 in 2022, 147,000 in 2023".
    """
    if _TELLING.isdisjoint(line.lows):
        return [Status.REPORTED] * len(quantities)
    ends = [one.end for one in counted]
    found: list[Status] = []
    for at in range(len(quantities)):
        status = _status(line, quantities, ends, at, past=gone[at])
        if status is Status.REPORTED and at > 0 and _goes_on(line, quantities, ends, at):
            status = found[-1]
        found.append(status)
    return found


def _status(line: Line, quantities: Sequence[Quantity], ends: Sequence[int], at: int, *, past: bool) -> Status:
    quantity = quantities[at]
    first = _clause_start(line, quantities, ends, at)
    base = is_base(line, quantity.first)
    if base or past:
        then = _planned_then(line, max(first, ends[at - 1] if at else 0), quantity.first)
        if base or then is not Status.REPORTED:
            return then
    left = line.lows[first : quantity.first]
    if any(low in _DENIED and not _CONTENT.isdisjoint(left[place:]) for place, low in enumerate(left)):
        return Status.DENIED
    if not past and (_is_to(left) or _is_charged(left)):
        return Status.TARGET
    if not past and quantity.kind in _SEEABLE and not _SEEN.isdisjoint(left[-_NEAR:]):
        return Status.FORECAST
    cues = {line.lows[index] for index in range(first, _clause_end(line, quantities, at)) if _is_cue(line, index)}
    told = (status for words, status in _BY_WEIGHT if not words.isdisjoint(cues))
    return next((status for status in told if not past or status not in _AHEAD_OF_TIME), Status.REPORTED)


def _planned_then(line: Line, first: int, last: int) -> Status:
    """Return what a figure of the past was then: planned or foretold by words before it that mean no other."""
    words = line.lows[first:last]
    if any(line.lows[index] in _FORESEEN and _is_cue(line, index) for index in range(first, last)):
        return Status.FORECAST
    verbs = [at for at, low in enumerate(words) if low in _PLANNED]
    if _is_charged(words) or any("to" in words[at + 1 : at + _NOUN] for at in verbs):
        return Status.TARGET
    return Status.TARGET if _is_goal(line, first, last) else Status.REPORTED


def _is_goal(line: Line, first: int, last: int) -> bool:
    """Whether a number is that of a goal, with no verb but "was" between: "the order for spring was for 5"."""
    nouns = [at for at in range(first, last) if line.lows[at] in _GOALS and _is_cue(line, at)]
    words = line.lows[nouns[-1] + 1 : last] if nouns else []
    plain = (low in _LISTED or low in _STEPS or not _is_verb(low) for low in words)
    return not _LINKS.isdisjoint(words) and all(plain)


def _is_verb(low: str) -> bool:
    return low in _VERBS or low.endswith(("ed", "ing"))


def _goes_on(line: Line, quantities: Sequence[Quantity], ends: Sequence[int], at: int) -> bool:
    """Whether a figure is the next of a list of dated ones, or the earlier level of a goal."""
    first, last = ends[at - 1], quantities[at].first
    between = line.lows[first:last]
    words = [line.lows[index] for index in range(first, last) if not _is_date(line, index)]
    if not _STEPS.isdisjoint(words):
        goal = _is_goal(line, 0, quantities[at - 1].first) or not _FORESIGHT.isdisjoint(line.lows[:first])
        return goal and all(low in _LISTED | _STEPS for low in words)
    dated = len(words) < len(between) or "year" in words
    return dated and all(low in _LISTED for low in words)


def _is_date(line: Line, index: int) -> bool:
    return line.words[index].isdecimal() or is_month(line, index)


def _is_to(left: Sequence[str]) -> bool:
    """Whether somebody "is to" do it."""
    plain = [low for low in left if low not in _AMID]
    return any(low in _BE and after == "to" for low, after in itertools.pairwise(plain))


def _is_charged(left: Sequence[str]) -> bool:
    """Whether somebody is "asked for" it or "meant to" bring it."""
    return any(low in _CHARGED and after in ("to", "for") for low, after in itertools.pairwise(left))


def _is_cue(line: Line, index: int) -> bool:
    """Whether a word that may tell a status does so here: no "more than expected", "in order to", "in May"."""
    low, before = line.lows[index], line.lows[index - 1]
    if low not in _TELLING or before in ("than", "as") or is_month(line, index):
        return False
    if low in ("claim", "claims"):
        return line.lows[index + 1] == "that" or line.lows[index + 1 : index + 3] == ["to", "have"]
    return not (low == "order" and before == "in") and not (low == "will" and before in DETERMINERS)


def _clause_start(line: Line, quantities: Sequence[Quantity], ends: Sequence[int], at: int) -> int:
    """Return where the clause of a quantity begins."""
    first = quantities[at].first
    told = ends[at - 1] if at else first
    for index in range(first - 1, max(0, first - _BEHIND) - 1, -1):
        if _ends_clause(line, index) or (line.lows[index] in ("and", ",") and _joins(line, index, told)):
            return index + 1
        if line.lows[index] == "and" and first - index < _NEAR_AND and line.lows[ends[at]] in _VERBS:
            return index + 1
    return max(0, first - _BEHIND)


def _ends_clause(line: Line, index: int) -> bool:
    low = line.lows[index]
    if low == "as":
        return line.lows[index + 1] not in _AS_MUCH and line.lows[index - 1] not in _AS_MUCH | _DENIED
    return low in _CONTRASTS


def _joins(line: Line, index: int, told: int) -> bool:
    """Whether "and" joins a clause of its own: "rejected it and said", "planned 500 and built 212"."""
    after = line.lows[index + 1]
    return after in _TELLS or (told <= index and _is_verb(after))


def _clause_end(line: Line, quantities: Sequence[Quantity], at: int) -> int:
    """Return where the words end that may still say something of the quantity before them."""
    end = last = quantities[at].end
    limit = quantities[at + 1].first if at + 1 < len(quantities) else line.size
    while last < min(limit, end + _AHEAD) and line.words[last] not in (",", ".") and not _ends_clause(line, last):
        last += 1
    return last
