"""A sentence cut into atoms: numbers, words, marks. One linear expression; everything later works on atoms."""

import re
from functools import lru_cache
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
_HINTS = (STARTERS - {"a", "an"}) | {"fifth", "tenth"}
_BEGINS, _PRECEDES = 2, 1
_MOST_PIECES = 1 << 16
_PAD = 8
_BLANK = [""] * _PAD
_ARTICLES = frozenset(("a", "an"))

WORD, NUMBER, MARK = 1, 2, 3
_BEYOND = [("", 0, False)] * _PAD


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


class _Hints(dict[str, int]):
    """What a piece of English between spaces may mean for figures; it is read once, however often it stands."""

    def __missing__(self, piece: str) -> int:
        words = frozenset(_LETTERS.findall(piece.lower()))
        hint = _BEGINS if not _HINTS.isdisjoint(words) else _PRECEDES if not BEFORE_ONE.isdisjoint(words) else 0
        if len(self) < _MOST_PIECES:
            self[piece] = hint
        return hint


_hints = lru_cache(maxsize=1)(_Hints)


def may_hold_figures(text: str) -> bool:
    """Whether an English sentence has a digit or a word that may begin a quantity; never wrongly False."""
    if _DIGIT.search(text):
        return True
    pieces = text.split()
    hints = list(map(_hints().__getitem__, pieces))
    return _BEGINS in hints or (
        _PRECEDES in hints
        and any(
            hint == _PRECEDES and after.lower() in _ARTICLES
            for hint, after in zip(hints, pieces[1:], strict=False)
        )
    )


def _kind_of(atom: str) -> int:
    """Return what an atom is by its first character."""
    first = atom[0]
    if first.isalpha():
        return WORD
    if first.isdecimal() or (first == "." and len(atom) > 1):
        return NUMBER
    return WORD if first.isnumeric() or len(atom) > 1 else MARK


class _Atoms(dict[str, tuple[str, int, bool]]):
    """An atom of a language in lower case, its kind, and whether a quantity may begin with it; each read once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._glosses = GLOSSES.get(language, {})
        self._starters = STARTERS_OF.get(language, STARTERS)

    def __missing__(self, atom: str) -> tuple[str, int, bool]:
        low = "u.s." if atom == "US" else atom.lower()
        low, kind = self._glosses.get(low, low), _kind_of(atom)
        read = low, kind, kind == NUMBER or low in self._starters
        if len(self) < _MOST_PIECES:
            self[atom] = read
        return read


_atoms = lru_cache(maxsize=64)(_Atoms)


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
    read = [*map(_atoms(language).__getitem__, words), *_BEYOND]
    lows = [low for low, _, _ in read]
    if " - " in plain:
        lows = [
            _dash(lows, at) if low == "-" and _is_apart(starts, ends, at) else low for at, low in enumerate(lows)
        ]
    size = len(words)
    words += _BLANK
    numbers = [
        at
        for at, (_, _, begins) in enumerate(read)
        if begins and (lows[at] not in _ARTICLES or lows[at + 1] in AFTER_A)
    ]
    beyond = [len(text) + 2] * _PAD
    return Line(
        text,
        language,
        words,
        lows,
        [kind for _, kind, _ in read],
        starts + beyond,
        ends + beyond,
        size,
        numbers,
    )
