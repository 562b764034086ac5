"""How far a figure is a fact: ordered, foretold, claimed, denied, estimated; and the word that hedges it."""

from summarizer.figures.atoms import Line
from summarizer.figures.lexicon import word_set
from summarizer.figures.quantity import Quantity
from summarizer.model import Status

_ESTIMATE = word_set("estimated estimate estimates estimating likely reckoned believed thought")

_FORECAST = word_set(
    "forecast forecasts forecasted expected expects expect predicted predicts predict projected projects"
    " projection projections will would could may might poised anticipated anticipates outlook likely-to"
)

_TARGET = word_set(
    "target targets targeted targeting goal goals aim aims aimed aiming pledge pledged pledges promised plan"
    " plans planned planning ordered order decree demanded demand wants quota commit committed vowed vows seeks"
    " intends must should"
)

_CLAIM = word_set("claimed claiming alleged alleges alleging allegedly accused accuses insisted boasted")

_DENIED = word_set("denied denies deny denying dismissed rejected refuted")

_HEDGES = word_set(
    "likely reportedly allegedly apparently possibly perhaps probably estimated believed reckoned maybe"
    " potentially seemingly"
)

_CLAUSE_ENDS = word_set("; — :")
_CONTRASTS = _CLAUSE_ENDS | {"but", "while", "whereas"}
_BEHIND, _AHEAD, _NEAR = 25, 6, 8


# The word that counts most comes first: what is denied and forecast is denied.
_BY_WEIGHT = (
    (_DENIED, Status.DENIED),
    (_TARGET, Status.TARGET),
    (_CLAIM, Status.CLAIM),
    (_FORECAST, Status.FORECAST),
    (_ESTIMATE, Status.ESTIMATE),
)
_UNSURE = _DENIED | _TARGET | _CLAIM | _FORECAST | _ESTIMATE
_TELLING = _UNSURE | {"to"}


def find_hedge(line: Line, quantity: Quantity) -> str:
    """Return the word that makes the clause uncertain ("likely"), or an empty string."""
    before = line.lows[max(0, quantity.first - _NEAR) : quantity.first]
    if _HEDGES.isdisjoint(before):
        return ""
    at = max(at for at, low in enumerate(before) if low in _HEDGES)
    apart = any(low in _CLAUSE_ENDS or low[0].isdecimal() for low in before[at:])
    return "" if apart else before[at]


def find_status(line: Line, quantity: Quantity, base: bool, past: bool) -> Status:
    """Return how far the figure is a fact; the earlier level of a comparison, and a date gone by, are reported."""
    if base or past or _TELLING.isdisjoint(line.lows):
        return Status.REPORTED
    left = _clause(line, quantity)
    if "to" in left and left[left.index("to") - 1] in ("is", "are", "was", "were"):
        return Status.TARGET
    if _UNSURE.isdisjoint(left):
        return Status.REPORTED
    return next(status for words, status in _BY_WEIGHT if not words.isdisjoint(left))


def _clause(line: Line, quantity: Quantity) -> list[str]:
    """Return the words of the quantity's clause: back to its beginning, and a little ahead."""
    first = quantity.first
    furthest = max(0, first - _BEHIND)
    while first > furthest and line.lows[first - 1] not in _CONTRASTS:
        first -= 1
    last = quantity.end
    while last < min(line.size, quantity.end + _AHEAD) and line.words[last] not in (",", ";", "."):
        last += 1
    return line.lows[first:last]
