"""Words as dedupe sees them: stems, and how telling each is."""

import re
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from bot.dedupe.common import COMMON

Told = TypeVar("Told")

RAREST = 8.5
SHARPNESS = 1.4
VOWEL_SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
"""And accents and points: parts of a word, though no letters to a regular expression."""

LETTERS = rf"[^\W_]+(?:[{VOWEL_SIGNS}]+[^\W_]*)*"
WORD = re.compile(rf"{LETTERS}(?:['’]{LETTERS})*")
SPACED = str.maketrans({chr(code): " " for code in range(128) if chr(code) != "'" and not chr(code).isalnum()})
MARKS = (("’", "'"), *((mark, " ") for mark in "‘“”–—…•\u00a0"))
UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿]+")
SUFFIXES = {
    **{"ational": "at", "ization": "iz", "isation": "iz", "ation": "at", "ment": "", "ness": "", "ally": "al"},
    **{"ers": "er", "ity": "", "ive": "", "ion": "", "ly": ""},
}

AFFIX = re.compile(
    r"^[והבל](?=\w{3})|^(?:[وبكف]{0,2}ال|لل)(?=\w{3})|^و(?=\w{4})"
    r"|(?<=[가-힣]{2})(?:에서|으로|에게|까지|부터|[은는이가을를의에도로와과만])$"
)
"""The articles, prepositions and particles that Hebrew, Arabic and Korean write as one word with a noun."""

STEM_LENGTH = 6
INDIC = re.compile("[\u0900-\u0dff]")
INDIC_STEM_LENGTH = 5
"""What is declined or conjugated is the end of a word; the scripts of India write most vowels as signs."""

FILLER = re.compile("[ぁ-ゟ的了是在这這那们們吗嗎呢吧]|^[가-힣]$")
"""Tells nothing: Japanese endings and particles, the commonest Chinese ones, Korean words of one syllable."""

ENDINGS = tuple(SUFFIXES)
MOST_REMEMBERED = 1 << 16

WEEKDAYS = frozenset(f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))
RANK_WORDS = """
agency bank board chairman chief committee council court defence defense department director dr executive
finance foreign general gov government governor house interior justice minister ministry mr mrs ms office
officer party police president prime rep secretary sen senate senator sir state vice
"""


def words_of(text: str) -> list[str]:
    """Return the lower-case words of a text; scripts written without spaces are read as pairs of characters."""
    folded = text.lower()
    if (plain := folded if folded.isascii() else _plain(folded)).isascii():
        return _bare(f" {plain.translate(SPACED)} ").split()
    if UNSPACED.search(folded):
        folded = UNSPACED.sub(lambda run: f" {' '.join(_pairs(run.group()))} ", folded)
    return WORD.findall(folded)


def _plain(folded: str) -> str:
    """The text with the marks of print as those of a typewriter: mostly plain letters then."""
    for mark, instead in MARKS:
        folded = folded.replace(mark, instead)
    return folded


def _bare(spaced: str) -> str:
    """The text without the apostrophes that stand outside a word, as those in a row do."""
    spaced = spaced.replace("''", "  ")  # else a long row of them would go one by one
    while " '" in spaced or "' " in spaced:
        spaced = spaced.replace(" '", " ").replace("' ", " ")
    return spaced


def _pairs(run: str) -> Iterable[str]:
    return (run[at : at + 2] for at in range(max(1, len(run) - 1)))


class Remembered(dict[str, Told], Generic[Told]):
    """What a function tells of each word met before; for every word of every text a dict is the least to ask."""

    def __init__(self, tell: Callable[[str], Told]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> Told:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[word] = told = self._tell(word)
        return told


def stem(word: str) -> str:
    """Return the common stem of a lower-case word's forms: `draft` for `drafted` and `drafting`."""
    return STEMS[word]


def _stem(word: str) -> str:
    folded = word.removesuffix("'s").removesuffix("’s").replace("'", "").replace("’", "")
    if not folded.isascii():
        return _opening(AFFIX.sub("", folded, count=1))
    if len(folded) <= 3:
        return folded
    return _without_ending(_without_inflection(_singular(folded)))


def _opening(word: str) -> str:
    return word[: INDIC_STEM_LENGTH if INDIC.match(word) else STEM_LENGTH]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_inflection(word: str) -> str:
    if word.endswith("ing") and len(word) > 5:
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 4:
        word = word[:-2]
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if doubled else word


def _without_ending(word: str) -> str:
    if word.endswith(ENDINGS):
        word = _without_suffix(word)
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def _without_suffix(word: str) -> str:
    for suffix, instead in SUFFIXES.items():
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)] + instead
    return word


STEMS = Remembered(_stem)
RANKS = frozenset(map(stem, RANK_WORDS.split()))
"""Written with a capital, yet nobody's name."""


def rarity(term: str) -> float:
    """Return how telling a term is: 0 for function words, 8.5 for what is no common word of the news."""
    return COMMON.get(term, RAREST)


def _weight(term: str) -> float:
    return 0.0 if term.isdecimal() or FILLER.search(term) else rarity(term) ** SHARPNESS


WEIGHTS = Remembered(_weight)
"""How much one mention of a term weighs in a text's vector: nothing for bare numbers and parts of phrases."""
