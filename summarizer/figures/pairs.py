"""Two numbers that belong together and are no range: a score ("2-1"), the sides of a vote ("312 to 270")."""

from summarizer.figures.ages import is_aged
from summarizer.figures.atoms import NUMBER, Line
from summarizer.figures.lexicon import STOPS, word_set
from summarizer.figures.quantity import AGES, Part, Quantity
from summarizer.model import FigureKind

_BEHIND, _AHEAD = 12, 6
_HIGHEST_SCORE = 200
_RANGING = AGES | {"range", "ranges", "ranging", "ranged"}
_VOTES = word_set(
    "margin backed referendum poll polls measure motion amendment panel judges majority vote votes voted"
    " voting senate house parliament lawmakers court ruled ruling approved rejected passed ballot justices"
    " council committee decision verdict bill assembly congress mps"
)

_SCORES = word_set(
    "win won wins beat beaten defeat defeated lost lose loss losing lead led leads victory draw drew drawn"
    " aggregate score scored scoreline trail trailed trailing triumph thrashing thrashed hammered hammering"
    " edged down up advantage scoreless goals tie tied penalties set sets match series game equaliser"
)


def read_pair(line: Line, part: Part, other: Part) -> list[Quantity]:
    """Return a score or a vote of "6-3" as one quantity, "312 to 270" as two; nothing where it is a range."""
    around = line.lows[max(0, part.first - _BEHIND) : part.first] + line.lows[other.end : other.end + _AHEAD]
    static = line.lows[part.first - 1] in _RANGING
    if not static and not _VOTES.isdisjoint(around) and _no_noun(line, other.end):
        if line.lows[part.end] == "-" and line.glued(part.end):
            return [_score(line, part, other)._replace(kind=FigureKind.VOTE, unit="vote", rule="votes")]
        return [_side(line, part), _side(line, other)]
    return [_score(line, part, other)] if _is_score(line, part, other, around) else []


def _is_score(line: Line, part: Part, other: Part, around: list[str]) -> bool:
    low, high = part.amount.value, other.amount.value
    if max(low, high) >= _HIGHEST_SCORE or line.lows[part.end] != "-" or is_aged(line, part.first):
        return False
    return low >= high or not _SCORES.isdisjoint(around)


def _no_noun(line: Line, at: int) -> bool:
    low = line.lows[at]
    if "majority" in line.lows[at : at + 3]:
        return True
    return not low[:1].isalpha() or low in STOPS or low in _VOTES


def _score(line: Line, part: Part, other: Part) -> Quantity:
    """Return a score, and with it the third number of a record of wins, losses and draws: "14-0-1"."""
    third = line.words[other.end] == "-" and line.glued(other.end) and line.kinds[other.end + 1] == NUMBER
    end = other.end + 2 if third else other.end
    return Quantity(
        part.first, end, line.starts[part.first], line.ends[end - 1],
        part.amount.value, other.amount.value, FigureKind.SCORE, "score", "score",
    )  # fmt: skip


def _side(line: Line, part: Part) -> Quantity:
    start, stop, value = line.starts[part.first], line.ends[part.end - 1], part.amount.value
    return Quantity(part.first, part.end, start, stop, value, value, FigureKind.VOTE, "vote", "vote")
