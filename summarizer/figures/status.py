"""How far a figure is a fact: ordered, foretold, claimed, denied, estimated; and the word that hedges it."""

from summarizer.figures.atoms import NUMBER, Line
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
_BEHIND, _AHEAD = 25, 6


def find_hedge(line: Line, quantity: Quantity) -> str:
    """Return the word that makes the clause uncertain ("likely"), or an empty string."""
    first = max(0, quantity.first - 8)
    for at in range(quantity.first - 1, first - 1, -1):
        if line.lows[at] in _HEDGES:
            return line.lows[at]
        if line.lows[at] in _CLAUSE_ENDS or line.kinds[at] == NUMBER:
            break
    return ""


def find_status(line: Line, quantity: Quantity, base: bool, past: bool) -> Status:
    """Return how far the figure is a fact; the earlier level of a comparison, and a date gone by, are reported."""
    if base or past:
        return Status.REPORTED
    left = _clause(line, quantity)
    if any(left[at + 1] == "to" and left[at] in ("is", "are", "was", "were") for at in range(len(left) - 1)):
        return Status.TARGET
    for words, status in (
        (_DENIED, Status.DENIED),
        (_TARGET, Status.TARGET),
        (_CLAIM, Status.CLAIM),
        (_FORECAST, Status.FORECAST),
        (_ESTIMATE, Status.ESTIMATE),
    ):
        if not words.isdisjoint(left):
            return status
    return Status.REPORTED


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
