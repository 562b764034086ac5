"""Where a figure holds: the name after "in" or "across" that follows what is counted, or opens the sentence."""

from summarizer.figures.atoms import WORD, Line
from summarizer.figures.lexicon import word_set
from summarizer.figures.when import MONTHS, WEEKDAYS

_LEADS = word_set("in across near throughout")
_REACH = 4


def find_place(line: Line, end: int, limit: int) -> str:
    """Return the name of the place between the counted noun and the next quantity, or an empty string."""
    for at in range(end, min(end + _REACH, limit)):
        if line.words[at] in (",", ";", "."):
            break
        if line.lows[at] in _LEADS:
            return _name(line, at + 1)
    return _name(line, 1) if line.lows[0] == "in" else ""


def _name(line: Line, at: int) -> str:
    if line.lows[at] == "the":
        at += 1
    first = at
    while (
        line.kinds[at] == WORD
        and line.capital(at)
        and line.lows[at] not in MONTHS
        and line.lows[at] not in WEEKDAYS
    ):
        at += 1
    return line.text[line.starts[first] : line.ends[at - 1]] if at > first else ""
