"""What is counted where only the words to the left tell it: "the draft size … hit 160,000"."""

from summarizer.figures.atoms import WORD, Line
from summarizer.figures.cue_words import FILLERS
from summarizer.figures.lexicon import DETERMINERS, PREPOSITIONS, SCALES, STOPS


def find_subject(line: Line, first: int) -> tuple[int, int] | None:
    """Find the noun phrase that governs the words before a quantity: its first atom and its head."""
    at = first - 1
    while at >= 0 and first - at < 10 and _fills(line, at):
        at -= 1
    for _ in range(3 if at < first - 1 else 1):
        span = _phrase_ending(line, at)
        if span is None:
            return None
        before = span[2]
        if (
            at == first - 1
            or line.lows[before] not in PREPOSITIONS
            or line.lows[before] in ("after", "than", "before", "since")
        ):
            return span[0], span[1]
        if _phrase_ending(line, before - 1) is None:
            return span[0], span[1]
        at = before - 1
    return None


def _fills(line: Line, at: int) -> bool:
    """Whether a word between subject and number says nothing of what is counted: "rose", "to an average of"."""
    low = line.lows[at]
    if low in ("average", "total", "record", "high", "low"):
        return line.lows[at + 1] == "of"
    return low in FILLERS or low.endswith("ly")


def _phrase_ending(line: Line, at: int) -> tuple[int, int, int] | None:
    """Return first atom, head and the atom before the noun phrase that ends at `at`."""
    head = at
    if line.lows[head].endswith(("ed", "ing", "ly")) or line.lows[head] in SCALES:
        return None
    while at >= 0 and head - at < 4 and line.kinds[at] == WORD and line.lows[at] not in STOPS:
        at -= 1
    if at == head:
        return None
    first = at + 1
    if line.lows[first] == "'s":
        first += 1
    if first > head:
        return None
    while at >= 0 and (
        line.lows[at] in DETERMINERS or line.lows[at] == "'s" or line.lows[at - 1] in ("this", "last", "next")
    ):
        at -= 1
    return first, head, at
