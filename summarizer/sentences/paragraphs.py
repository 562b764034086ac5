"""Text to paragraphs: a line's end is a paragraph's end, except in text that was wrapped to a width."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.model import Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]++")
_FINAL = re.compile(r"[.!?…:;。！？।؟۔][\"'”’»)\]]*\Z")
_LINK = ("http:", "https:", "www.")

NARROWEST_WRAP = 40
WIDEST_WRAP = 120


def paragraph_spans(text: str) -> Iterator[Span]:
    """Yield the start and end of each paragraph that holds more than white space."""
    for block in _blocks(text):
        yield from [(block[0][0], block[-1][1])] if _is_wrapped(text, block) else _unfolded(text, block)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield runs of lines without an empty line between them."""
    block: list[Span] = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        blank = not line.group().strip()
        gap = bool(block) and text.count("\n", block[-1][1], start) > 1
        if block and (blank or gap):
            yield block
            block = []
        if not blank:
            block.append((start, end))
    if block:
        yield block


def _is_wrapped(text: str, block: Sequence[Span]) -> bool:
    """Tell whether lines end only where the next word no longer fitted."""
    if len(block) < 3:
        return False
    width = max(end - start for start, end in block)
    return NARROWEST_WRAP <= width <= WIDEST_WRAP and all(
        end - start + 1 + _first_word_length(text, following) > width
        for (start, end), following in pairwise(block)
    )


def _first_word_length(text: str, line: Span) -> int:
    return len(text[line[0] : line[1]].split(None, 1)[0])


def _unfolded(text: str, block: Sequence[Span]) -> Iterator[Span]:
    """Yield one paragraph a line, joining a line that goes on in lower case to the unfinished one before it."""
    start, end = block[0]
    for next_start, next_end in block[1:]:
        following = text[next_start:next_end].lstrip()
        goes_on = following[0].islower() and not following.startswith(_LINK)
        if goes_on and not _FINAL.search(text[end - 4 : end].rstrip()):
            end = next_end
            continue
        yield start, end
        start, end = next_start, next_end
    yield start, end
