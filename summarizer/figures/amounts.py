"""The bare number: digits in a language's format, number words, fractions and scales."""

import re
from typing import NamedTuple

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.lexicon import (
    BEFORE_ONE,
    DENOMINATORS,
    ENGLISH,
    FOLDS,
    GLYPHS,
    LASTING,
    ONE_OF_THEM,
    PARTED,
    SCALES,
    SHORT_SCALES,
    STOPS,
    TENS_WORDS,
    TONGUES,
    UNITS_WORDS,
    VAGUE,
    is_plural,
    word_set,
)
from summarizer.figures.tables import DECIMAL_COMMAS

_AND_A_PART = {"and a half": 0.5, "and a quarter": 0.25, "and three quarters": 0.75}
_LONGEST = 24
_BEFORE_SHARE = word_set("than by nearly almost about around roughly over under just up down some")
_AFTER_HALF = frozenset(("are", "were", "(", "of", "the", "a", "an", "its", "their", "our", "his", "her", "all"))
_PLAIN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}|\d+)?(\.\d+)?")
_COMMA = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?")
_FRACTION = re.compile(r"(\d{1,4})/(\d{1,4})")
_SEPARATORS = str.maketrans("", "", " \xa0'")
_METRE_AFTER = word_set(
    "double champion champions record long high wide tall deep away above below sprint hurdles freestyle"
    " backstroke breaststroke butterfly medley race dash relay final swim pool tower wall yacht telescope"
    " across radius diameter apart thick ( exclusion steeplechase individual gold silver bronze title heats runner"
)
_METRE_BEFORE = word_set("the above below 's men's women's ran swam depth height altitude another every")


class Amount(NamedTuple):
    """A number between two atoms. `high` differs from `value` only where the text is vague ("tens of thousands").

    `mantissa` is the number before its scale; `shape` is how it was written: digits, words, fraction or vague.
    """

    value: float
    high: float
    start: int
    end: int
    mantissa: float
    scale: float
    shape: str


def _parse_digits(text: str, language: str) -> float | None:
    """Return the value of digits with their separators, or None where they are no number in this language."""
    if len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return float(text)
    text = text.translate(_SEPARATORS)
    if language in DECIMAL_COMMAS:
        return _parse_comma(text)
    match = _PLAIN.fullmatch(text)
    return float(text.replace(",", "")) if match else None


def _parse_comma(text: str) -> float | None:
    if _COMMA.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text) if re.fullmatch(r"\d+\.\d{1,2}", text) else None


def read_amount(line: Line, index: int, money: bool = False) -> Amount | None:
    """Return the amount that begins at an atom, with its scale, or None."""
    if line.kinds[index] == NUMBER:
        return _read_digits(line, index, money)
    if line.language != "en":
        return _read_foreign(line, index)
    return _read_words(line, index)


def _read_digits(line: Line, index: int, money: bool) -> Amount | None:
    text = line.words[index]
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        low, high = int(fraction[1]), int(fraction[2])
        return Amount(low / high, low / high, index, index + 1, low, 1, "fraction") if high else None
    value = _parse_digits(text, line.language)
    if value is None:
        return None
    end = index + 1
    if line.glued(end) and line.words[end] in GLYPHS:
        value, end = value + GLYPHS[line.words[end]], end + 1
    elif line.kinds[end] == NUMBER or line.words[end] == "-":
        further, end = _read_mixed(line, end, value)
        value += further
    scale, end = _read_scale(line, end, money)
    return Amount(value * scale, value * scale, index, end, value, scale, "digits")


def _read_mixed(line: Line, end: int, value: float) -> tuple[float, int]:
    """Return the fraction written after a whole number and the atom after it: "3 1/2", "1-1/2"."""
    at = end + 1 if line.words[end] == "-" and line.glued(end) and line.glued(end + 1) else end
    if line.kinds[at] != NUMBER or value >= 1000:
        return 0.0, end
    part = _FRACTION.fullmatch(line.words[at])
    if part is None or not int(part[1]) < int(part[2]) <= 16:
        return 0.0, end
    return int(part[1]) / int(part[2]), at + 1


def _read_scale(line: Line, end: int, money: bool) -> tuple[float, int]:
    """Return the product of the scale words at `end` and the atom after them; (1, end) where there is none."""
    word, low = line.words[end], line.lows[end]
    scales = TONGUES.get(line.language, ENGLISH).scales
    if low == "-" and line.glued(end) and line.lows[end + 1] in SCALES and line.lows[end + 1] != "dozen":
        return SCALES[line.lows[end + 1]], end + 2
    if low in scales:
        further = scales.get(line.lows[end + 1], 0)
        if further > scales[low] or (low == "thousand" and further):
            return scales[low] * further, end + 2
        stop = (
            end + 2
            if line.words[end + 1] == "." and low in ("mio", "mrd", "тыс", "млн", "млрд", "трлн")
            else end + 1
        )
        return scales[low], stop
    if line.kinds[end] == WORD and low in SHORT_SCALES and _is_short_scale(line, end, word, money):
        return SHORT_SCALES[low], end + 1
    return 1.0, end


def _is_short_scale(line: Line, end: int, word: str, money: bool) -> bool:
    """Whether `m`, `bn`, `k` … after digits is a scale and not a unit of length, mass or storage."""
    glued = line.glued(end)
    if word in ("bn", "tn", "mn", "mln", "trn", "bln"):
        return True
    if not glued:
        return word in ("B", "M") and (money or line.words[end + 1][:1].islower())
    if money:
        return word not in ("mm", "t", "cr")
    if word == "m":
        return not _is_metre(line, end)
    return word in ("k", "K", "M", "B", "mn")


def _is_metre(line: Line, at: int) -> bool:
    """Whether an `m` that touches digits is a length by its neighbours: "the 100m final", "above 300m", "32m2"."""
    if line.glued(at + 1) and line.words[at + 1] in ("2", "3"):
        return True
    after = at + 2 if line.lows[at + 1] == "-" else at + 1
    if line.lows[after] in _METRE_AFTER:
        return True
    counting = is_plural(line.lows[at + 1]) or is_plural(line.lows[at + 2])
    return line.lows[at - 2] in _METRE_BEFORE and line.words[at - 1].isdecimal() and not counting


def _read_words(line: Line, index: int) -> Amount | None:
    low = line.lows[index]
    if low in GLYPHS:
        return Amount(GLYPHS[low], GLYPHS[low], index, index + 1, GLYPHS[low], 1, "fraction")
    if low in VAGUE:
        return _read_vague(line, index)
    if low in FOLDS:
        return Amount(FOLDS[low], FOLDS[low], index, index + 1, FOLDS[low], 1, "fold")
    if low in ("a", "an", "half", "third", "quarter"):
        return _read_article(line, index)
    return _read_small(line, index)


def _read_small(line: Line, index: int) -> Amount | None:
    if line.lows[index] in SCALES and not _bare_scale(line, index):
        return None
    value, end, mantissa, scale = _compose(line, index)
    joint = end + 1 if line.lows[end] == "-" else end
    if line.lows[joint] in DENOMINATORS and value < 100 and _denominator(line, joint, value):
        return _share(line, index, joint + 1, value / DENOMINATORS[line.lows[joint]])
    part = _AND_A_PART.get(" ".join(line.lows[end : end + 3]))
    if part is not None:
        scale, after = _read_scale(line, end + 3, money=False)
        whole = (value + part) * scale
        return Amount(whole, whole, index, after, value + part, scale, "words")
    return Amount(value, value, index, end, mantissa, scale, "words")


def _bare_scale(line: Line, index: int) -> bool:
    """Whether a scale word without a number before it ("million-dollar") stands for one of it."""
    return (
        line.lows[index] in ("million", "billion", "trillion")
        and line.lows[index + 1] == "-"
        and line.lows[index - 1] != "multi"
    )


def _denominator(line: Line, index: int, value: float) -> bool:
    """Whether the word at `index` makes a fraction: "two-thirds", "one in", not "two quarters of growth"."""
    low = line.lows[index]
    if low in ("quarter", "quarters", "half", "halves"):
        return line.lows[index + 1] == "of" and (low != "quarters" or value == 3)
    return (low.endswith("s") and value > 1) or (value == 1 and not low.endswith("s"))


def _read_article(line: Line, index: int) -> Amount | None:
    """Return what "half a million", "a third of", "a hundred", "a quarter of the" stand for."""
    low, first = line.lows[index], index
    at = index + 1 if low in ("a", "an") else index
    word = line.lows[at]
    if _is_parted(line, first, at):
        return _share(line, first, at + 1, 1 / DENOMINATORS[word])
    if word == "half":
        return _read_half(line, first, at)
    if low != word and _is_one(line, first, word):
        return Amount(1, 1, first, at, 1, 1, "article")
    if word in SCALES and low in ("a", "an"):
        if line.lows[at + 1] == "-":
            return None
        scale, end = _read_scale(line, at, money=False)
        return Amount(scale, scale, first, end, 1, scale, "words")
    return None


def _is_parted(line: Line, first: int, at: int) -> bool:
    """Whether "a third" is a part of something: "a third of", "more than a fifth", "a quarter cup"."""
    word, after = line.lows[at], at + 1
    if word in ("half", "quarter") and line.lows[after + (line.lows[after] == "-")] in PARTED:
        return True
    if first == at or word == "half" or word not in DENOMINATORS:
        return False
    low = line.lows[after]
    return low == "of" or (
        line.lows[first - 1] in _BEFORE_SHARE
        and (low in STOPS or low in ("last", "this") or line.kinds[after] != WORD)
    )


def _share(line: Line, first: int, end: int, value: float) -> Amount:
    """Return a fraction, of one or of a scale: "a quarter of", "three-quarters of a million"."""
    scale = SCALES.get(line.lows[end + 2], 0) if line.lows[end : end + 2] == ["of", "a"] else 0
    if scale:
        return Amount(value * scale, value * scale, first, end + 3, value, scale, "words")
    return Amount(value, value, first, end, value, 1, "fraction")


def _is_one(line: Line, first: int, word: str) -> bool:
    """Whether "a year" counts: only under a bound or a change ("more than a year", "rose a cent")."""
    if word not in ONE_OF_THEM or line.lows[first + 2] in ("-", "ago", "earlier", "later", "before"):
        return False
    before = line.lows[first - 1]
    if before == "over":
        return line.lows[first - 2] in LASTING
    return before in BEFORE_ONE or (first > 1 and line.lows[first - 2 : first] in (["at", "least"], ["up", "to"]))


def _read_half(line: Line, first: int, at: int) -> Amount | None:
    step = at + 2 if line.lows[at + 1] in ("a", "-") else at + 1
    if line.lows[step] in SCALES:
        scale, end = _read_scale(line, step, money=False)
        return Amount(scale / 2, scale / 2, first, end, 0.5, scale, "words")
    follows = line.lows[at + 1]
    if follows in _AFTER_HALF and line.lows[at - 1] not in (
        "second", "first", "other", "latter", "better", "with", "'s",
    ):  # fmt: skip
        return Amount(0.5, 0.5, at, at + 1, 0.5, 1, "fraction")
    return None


def _read_vague(line: Line, index: int) -> Amount | None:
    low, high = VAGUE[line.lows[index]]
    end = index + 1
    while line.lows[end] == "of" and line.lows[end + 1] in VAGUE:
        factor = VAGUE[line.lows[end + 1]][0]
        low, high, end = low * factor, high * factor, end + 2
    if line.lows[index] in ("tens", "scores") and end == index + 1:
        return None
    return Amount(low, high, index, end, low, 1, "vague")


def _compose(line: Line, index: int) -> tuple[float, int, float, float]:
    """Return value, next atom, mantissa and scale of number words: "six hundred forty-two thousand"."""
    total = current = 0.0
    mantissa, scale, end = 0.0, 1.0, index
    last = ""
    while True:
        at = end + 1 if end > index and _joins(line, end, last) else end
        low = line.lows[at]
        if low in UNITS_WORDS and last in ("", "tens", "scale"):
            current, last = current + UNITS_WORDS[low], "unit"
        elif low in TENS_WORDS and last in ("", "scale"):
            current, last = current + TENS_WORDS[low], "tens"
        elif low in SCALES and (at == end or low not in ("dozen",)):
            mantissa, scale = current or 1.0, SCALES[low]
            current = (current or 1.0) * scale
            if scale > 100:
                total, current = total + current, 0.0
            last = "scale"
        else:
            return total + current, end, mantissa or total + current, scale
        end = at + 1


def _joins(line: Line, end: int, last: str) -> bool:
    """Whether the hyphen or "and" at `end` ties two number words together."""
    follows = line.lows[end + 1]
    if line.lows[end] == "-":
        return (last == "tens" and follows in UNITS_WORDS) or follows in SCALES
    return line.lows[end] == "and" and last == "scale" and (follows in UNITS_WORDS or follows in TENS_WORDS)


def _read_foreign(line: Line, index: int) -> Amount | None:
    tongue = TONGUES.get(line.language, ENGLISH)
    low = line.lows[index]
    if low in GLYPHS:
        return Amount(GLYPHS[low], GLYPHS[low], index, index + 1, GLYPHS[low], 1, "fraction")
    if low not in tongue.small:
        return None
    scale, end = _read_scale(line, index + 1, money=False)
    value = tongue.small[low] * scale
    return Amount(value, value, index, end, tongue.small[low], scale, "words")
