"""Whether a number is an age: "14-year-old", "aged 18-30", "Senard, 65, now", "he turned 30", "died at 94"."""

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.lexicon import STOPS, is_plural, word_set
from summarizer.figures.quantity import Part
from summarizer.figures.units import Unit
from summarizer.model import FigureKind

AGE_UNIT = "year of age"

_OLDEST = 125
# "Pero was 55." tells an age where it is all that the sentence says.
_SHORTEST = 6
_PEOPLE = word_set(
    "those people men women children adults patients residents voters kids workers everyone anyone boys girls"
    " drivers"
)
_AFTER_TURNING = STOPS | {",", ".", "every"}
_AGE_BEFORE = word_set("aged age ages")


def find_age(line: Line, at: int) -> Unit | None:
    """Find "years old", "-year-old" or "years of age" after a number."""
    if line.lows[at] not in ("year", "years", "yr", "month", "months"):
        return None
    step = at + 2 if line.lows[at + 1] == "-" else at + 1
    year = line.lows[at].startswith("y")
    name = AGE_UNIT if year else "month of age"
    if line.lows[step] in ("old", "olds"):
        return Unit(name, FigureKind.AGE, step + 1)
    if (line.lows[step], line.lows[step + 1]) == ("of", "age"):
        return Unit(name, FigureKind.AGE, step + 2)
    return None


def is_aged(line: Line, first: int) -> bool:
    """Whether "aged" or "ages" stands before the number."""
    return line.lows[first - 1] in _AGE_BEFORE or line.lows[first - 2] in _AGE_BEFORE


def is_age(line: Line, part: Part) -> bool:
    """Whether a number, bare or in years, is somebody's age."""
    bare = part.unit is None
    if not 0 < part.amount.value < _OLDEST or not (bare or (part.unit and part.unit.name == "year")):
        return False
    first = part.first
    if line.lows[first - 2 : first] == ["age", "of"]:
        return True
    if not bare:
        return False
    return is_aged(line, first) or _is_told(line, part) or _apposed(line, part) or _he_is(line, part)


def _is_told(line: Line, part: Part) -> bool:
    """Whether the words around tell an age: "died at 94", "now 26,", "65 and older"."""
    before = line.lows[part.first - 1]
    if before in ("over", "under") and line.lows[part.first - 2] in _PEOPLE:
        return line.lows[part.end] in STOPS or not line.lows[part.end].isalpha()
    if before == "at":
        return line.lows[part.first - 2] in ("died", "dies", "dead", "die")
    if line.lows[part.end] == "age":
        return True
    if line.lows[part.end] in ("and", "or") and line.lows[part.end + 1] in ("older", "younger"):
        return True
    return before == "now" and line.words[part.end] == ","


def _apposed(line: Line, part: Part) -> bool:
    """Whether a number between commas after a name is its age: "Senard, 65, now …"."""
    value = part.amount.value
    if part.amount.shape != "digits" or value < 5 or not value.is_integer():
        return False
    junior = line.words[part.first - 2] == "." and line.lows[part.first - 3] in ("jr", "sr")
    if line.words[part.first - 1] != "," or not (junior or _may_be_aged(line, part.first - 2)):
        return False
    return line.words[part.end] in (",", ".", "—", ")", ";", "-") and line.kinds[part.end + 1] != NUMBER


def _may_be_aged(line: Line, at: int) -> bool:
    """Whether a word may end somebody's name or description: "Senard, 65,", "her son, 11,"."""
    low = line.lows[at]
    if line.capital(at):
        return True
    return line.kinds[at] == WORD and low not in STOPS and not is_plural(low) and line.words[at + 3] == ","


def _he_is(line: Line, part: Part) -> bool:
    before = line.lows[max(0, part.first - 4) : part.first]
    if before and before[-1].startswith("turn") and line.lows[part.end] in _AFTER_TURNING:
        return True
    if not before or before[-1] not in ("is", "was", "be", "turned", "turns", "turn", "turning", "i'm"):
        return False
    if line.size <= _SHORTEST and line.capital(part.first - 2) and line.words[part.end] == ".":
        return True
    person = not {"he", "she", "i", "i'm", "who"}.isdisjoint(before)
    return person and (line.words[part.end] in (".", ",", "") or line.lows[part.end] in STOPS)
