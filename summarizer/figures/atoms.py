"""A sentence cut into atoms: numbers, words, marks. One linear expression; everything later works on atoms."""

import re
from typing import NamedTuple

from summarizer.figures.lexicon import BEFORE_ONE, STARTERS, STARTERS_OF
from summarizer.figures.normalise import normalise

_WORD = r"((?:[A-Za-z]\.){2,}|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?|'s\b)"
_PLAIN = r"\d+(?:[.,:/]\d+)*|(?<![\w.])\.\d+"
_GROUPED = r"[1-9]\d{0,2}(?:[\xa0']\d{3}){1,6}(?:\.\d+)?(?!\d)|[1-9]\d{0,2}(?: \d{3}){2,6}(?!\d)"
_ENGLISH = rf"({_GROUPED}|{_PLAIN})"
_SPACED = rf"([1-9]\d{{0,2}}(?:[ \xa0']\d{{3}}){{1,6}}(?:[.,]\d+)?(?!\d)|{_PLAIN})"
_ATOM = re.compile(rf"{_ENGLISH}|{_WORD}|(\S)")
_ATOM_SPACED = re.compile(rf"{_SPACED}|{_WORD}|(\S)")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z½⅓⅔¼¾⅛⅜⅝⅞]+")
_HINTS = (STARTERS - {"a", "an"}) | BEFORE_ONE
_PAD = 8

NUMBER, WORD, MARK = 1, 2, 3


class Line(NamedTuple):
    """One sentence as atoms, in parallel lists; a few empty atoms at the end make a look past either end safe.

    `numbers` are the indices at which a quantity may begin.
    """

    text: str
    language: str
    words: list[str]
    lows: list[str]
    kinds: list[int]
    starts: list[int]
    ends: list[int]
    size: int
    numbers: list[int]

    def glued(self, index: int) -> bool:
        """Whether the atom at `index` touches the one before it."""
        return index > 0 and self.starts[index] == self.ends[index - 1]

    def capital(self, index: int) -> bool:
        """Whether the atom at `index` is a word that begins with a capital letter."""
        return self.words[index][:1].isupper()


def may_hold_figures(text: str) -> bool:
    """Whether an English sentence has a digit or a word that may begin a quantity; never wrongly False."""
    return _DIGIT.search(text) is not None or not _HINTS.isdisjoint(_LETTERS.findall(text.lower()))


def read_line(text: str, language: str) -> Line:
    """Return the atoms of one sentence."""
    text = normalise(text)
    pattern = _ATOM if language == "en" else _ATOM_SPACED
    rows = [(match[0], match.lastindex, *match.span()) for match in pattern.finditer(text)]
    words, kinds, starts, ends = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [], [])
    lows = ["u.s." if word == "US" else word.lower() for word in words]
    starters = STARTERS_OF.get(language, STARTERS)
    numbers = [at for at, low in enumerate(lows) if low in starters or kinds[at] == NUMBER]
    size = len(words)
    beyond = [len(text) + 2] * _PAD
    blank = [""] * _PAD
    return Line(
        text,
        language,
        words + blank,
        lows + blank,
        kinds + [0] * _PAD,
        starts + beyond,
        ends + beyond,
        size,
        numbers,
    )
