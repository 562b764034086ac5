"""A sentence cut into atoms: numbers, words, marks. One linear expression; everything later works on atoms."""

import re
from string import ascii_letters, digits
from typing import NamedTuple

from summarizer.figures.lexicon import AFTER_A, BEFORE_ONE, GLOSSES, STARTERS, STARTERS_OF
from summarizer.figures.normalise import normalise

_WORD = r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?|'s\b"
_PLAIN = r"\d+(?:[.,:/]\d+)*|(?<![\w.])\.\d+"
_GROUPED = r"[1-9]\d{0,2}(?:[\xa0']\d{3}){1,6}(?:\.\d+)?(?!\d)|[1-9]\d{0,2}(?: \d{3}){2,6}(?!\d)"
_SPACED = r"[1-9]\d{0,2}(?:[ \xa0']\d{3}){1,6}(?:[.,]\d+)?(?!\d)"
_ATOM = re.compile(rf"{_WORD}|{_GROUPED}|{_PLAIN}|\S")
_ATOM_SPACED = re.compile(rf"{_WORD}|{_SPACED}|{_PLAIN}|\S")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z½⅓⅔¼¾⅛⅜⅝⅞]+")
_HINTS = STARTERS - {"a", "an"}
_ONE = re.compile(rf"\b(?:{'|'.join(sorted(BEFORE_ONE))}) an? ")
_PAD = 8
_BLANK = [""] * _PAD
_ARTICLES = frozenset(("a", "an"))

WORD, NUMBER, MARK = 1, 2, 3
_KINDS = {**dict.fromkeys(ascii_letters, WORD), **dict.fromkeys(digits, NUMBER)}


class Line(NamedTuple):
    """One sentence as atoms, in parallel lists; a few empty ones at the end make a look past either end safe.

    `text` is the sentence as it stands, `words` are normalised;
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
    if _DIGIT.search(text):
        return True
    low = text.lower()
    return not _HINTS.isdisjoint(_LETTERS.findall(low)) or _ONE.search(low) is not None


def _kind_of(atom: str) -> int:
    """Return what an atom is by its first character."""
    first = atom[0]
    if first.isalpha():
        return WORD
    if first.isdecimal() or (first == "." and len(atom) > 1):
        return NUMBER
    return WORD if first.isnumeric() or len(atom) > 1 else MARK


def _is_apart(starts: list[int], ends: list[int], at: int) -> bool:
    """Whether an atom touches neither neighbour."""
    return 0 < at < len(ends) - 1 and ends[at - 1] < starts[at] and ends[at] < starts[at + 1]


def _dash(lows: list[str], at: int) -> str:
    """Return what a hyphen between spaces is: a dash, or the "to" of a range between two numbers."""
    return "-" if lows[at - 1][0].isdecimal() and lows[at + 1][0].isdecimal() else "—"


def read_line(text: str, language: str) -> Line:
    """Return the atoms of one sentence."""
    plain = normalise(text)
    pattern = _ATOM if language == "en" else _ATOM_SPACED
    words = pattern.findall(plain)
    starts, ends, at = [], [], 0
    for word in words:
        start = plain.index(word, at)
        at = start + len(word)
        starts.append(start)
        ends.append(at)
    kinds = [_KINDS.get(word[0]) or _kind_of(word) for word in words]
    lows = ["u.s." if word == "US" else word.lower() for word in words]
    if " - " in plain:
        lows = [
            _dash(lows, at) if low == "-" and _is_apart(starts, ends, at) else low for at, low in enumerate(lows)
        ]
    if language in GLOSSES:
        lows = [GLOSSES[language].get(low, low) for low in lows]
    size = len(words)
    words += _BLANK
    lows += _BLANK
    starters = STARTERS_OF.get(language, STARTERS)
    numbers = [
        at
        for at, low in enumerate(lows[:size])
        if kinds[at] == NUMBER or (low in starters and (low not in _ARTICLES or lows[at + 1] in AFTER_A))
    ]
    beyond = [len(text) + 2] * _PAD
    return Line(
        text,
        language,
        words,
        lows,
        kinds + [0] * _PAD,
        starts + beyond,
        ends + beyond,
        size,
        numbers,
    )
