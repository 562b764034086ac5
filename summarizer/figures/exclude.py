"""Digits and number words that are no figures: names, ids, clock times, addresses, versions, idioms, ordinals."""

import re

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.lexicon import SCALES, SMALL_WORDS, STOPS, is_plural, word_set
from summarizer.figures.units import find_measure
from summarizer.figures.when import MONTHS, WEEKDAYS

_CLOCK_ZONES = word_set("gmt utc bst est edt et pt pst pdt cet cest ist jst hrs o'clock")
# Nouns that a number names rather than counts: "article 5", "phase 3".
NAMED_BY_NUMBER = word_set(
    "article section chapter page part unit game category phase level grade room week day round stage tier"
    " type flight channel bus highway interstate route title rule resolution amendment act clause paragraph"
    " step season episode volume vol number no nos apartment suite floor gate platform lane pier hall block"
    " building zone district ward precinct point figure table appendix schedule group pool class division"
    " league pier hangar site area version model mark formula gen generation windows android ios python wave"
    " batch lot runway terminal exit junction platform station camp sector scenario scope rank ranked seed"
    " tranche matchday gameweek year lap heat book track element proposition prop measure question item chapter"
    " verse psalm room cell car seat row line"
)
_COUNTING_PLACES = word_set("in at from across near inside outside")
_MODEL_SUFFIXES = word_set("max pro ultra plus mini dreamliner jet jets series airliner airliners xl se neo class")
_AIRLINERS = word_set("707 727 737 747 757 767 777 787 300 310 319 320 321 330 340 350 380")
_INDICES = word_set("p sp ftse nasdaq cac dax nikkei stoxx russell asx fortune topix kospi csi ibex smi tsx")
_INDEX_SIZES = word_set("30 35 40 50 60 100 200 225 250 300 350 400 500 600 1000 2000 3000")
_STREETS = word_set(
    "street st avenue ave road rd lane ln boulevard blvd drive dr way place square highway court terrace"
    " parkway crescent"
)
_ORDINAL_ENDS = word_set("st nd rd th")
_PHONE = word_set(
    "call called calling dialled dialed phone telephone tel dial hotline text whatsapp fax isbn issn"
)
_BEFORE_PRONOUN = word_set("same no any every each which this that the only another some is was be not number day")
_BEFORE_GROUP = frozenset(("the", "those", "these", "all", "other", "any"))
_ONE_IDIOMS = word_set("another day time way thing reason by such big step 's ones")
_COMPOUND_IDIOMS = word_set(
    "way time off stop sided dimensional level pronged hander handed handedly storey tier size fold one on"
    " liner piece party state track term shot hit touch note person legged wheel wheeled wheeler eyed faced"
    " digit letter star half part up ply ball run out two upmanship nil all to ever the d g p thirds third"
)
_VERSION = re.compile(r"\d+\.\d+\.[\d.]+")
_ALWAYS = frozenset(("24/7", "9/11", "50/50", "7/7", "20/20"))
_ALLOWED_BEFORE_DASH = word_set(
    "magnitude sub mid pre post under over plus to a an some of than about nearly around"
)


def is_excluded(line: Line, index: int, money: bool) -> bool:
    """Whether the number or number word at `index` is part of a name, id, time, address or idiom."""
    if line.kinds[index] != NUMBER:
        return _excluded_word(line, index)
    if (
        _malformed(line, index)
        or _is_clock(line, index)
        or _is_ordinal(line, index)
        or _glued_to_name(line, index, money)
    ):
        return True
    return not money and (_is_phone(line, index) or _is_address(line, index) or _is_name(line, index))


def _malformed(line: Line, index: int) -> bool:
    word = line.words[index]
    if (
        line.words[index + 1] == "."
        and index + 2 >= line.size
        and line.words[index - 1] in (".", ")")
        and index > 0
    ):
        return True
    if ":" in word or word in _ALWAYS or _VERSION.fullmatch(word):
        return True
    return len(word) > 1 and word[0] == "0" and word.isdecimal()


def _is_clock(line: Line, index: int) -> bool:
    low = line.lows[index + 1]
    if low in ("am", "pm", "a.m.", "p.m.") or low in _CLOCK_ZONES:
        return low != "et" or line.words[index + 1] == "ET"
    if low in ("a", "p") and line.words[index + 2] == "." and line.lows[index + 3] == "m":
        return True
    return low == "noon" or (line.lows[index - 1] == ":" and line.glued(index) and line.kinds[index - 2] == NUMBER)


def _is_ordinal(line: Line, index: int) -> bool:
    return line.glued(index + 1) and line.lows[index + 1] in _ORDINAL_ENDS


def _glued_to_name(line: Line, index: int, money: bool) -> bool:
    """Whether the digits touch a letter or a mark that makes them a part of a name: F16, F-16, #5, v2, 3D."""
    if line.glued(index) and not money:
        before = line.words[index - 1]
        if before == "'" and len(line.words[index]) == 2 and not line.glued(index - 1):
            return True
        if before in "#@_\\&." or (line.kinds[index - 1] == WORD and line.lows[index - 1] != "'s"):
            return True
        if before == "/" and line.glued(index - 1):
            return True
        if before == "-" and line.glued(index - 1) and line.kinds[index - 2] == WORD:
            return line.lows[index - 2] not in _ALLOWED_BEFORE_DASH and line.lows[index - 2] not in SMALL_WORDS
    if line.words[index - 1] == "-" and line.lows[index - 2] == "covid":
        return True
    return line.glued(index + 1) and line.words[index + 1] in ("D", "G", "th", "_", "x", "X", "-D") and not money


def _is_phone(line: Line, index: int) -> bool:
    if line.words[index - 1] == "+" and len(line.words[index]) <= 3 and line.kinds[index + 1] == NUMBER:
        return True
    if _chained(line, index, 1) + _chained(line, index, -1) >= 2:
        return True
    return not _PHONE.isdisjoint(line.lows[max(0, index - 3) : index]) and (
        len(line.words[index]) >= 3 and line.words[index].isdecimal() and not is_plural(line.lows[index + 1])
    )


def _chained(line: Line, index: int, step: int) -> int:
    """Return how many further groups of digits hang on this one by a hyphen, a bracket or a mere space."""
    chain = 0
    while chain < 3 and line.words[index].isdecimal():
        if line.kinds[index + step] == NUMBER:
            index += step
        elif line.words[index + step] in ("-", ")") and line.kinds[index + 2 * step] == NUMBER:
            index += 2 * step
        else:
            break
        chain += 1
    return chain


def _is_address(line: Line, index: int) -> bool:
    if line.lows[index + 1] == "-" and line.kinds[index + 2] == NUMBER:
        index += 2
    if line.lows[index + 1] == "zip":
        return True
    if line.words[index].isdecimal() and line.capital(index + 1):
        return not _STREETS.isdisjoint(line.lows[index + 2 : index + 4]) and line.capital(index + 2)
    return False


def _is_name(line: Line, index: int) -> bool:
    """Whether a number stands in a name: "S&P 500", "iPhone 11", "article 5", "737 Max"."""
    if _is_index(line, index):
        return True
    word, before, after = line.words[index], line.lows[index - 1], line.lows[index + 1]
    if after in _MODEL_SUFFIXES and (line.capital(index + 1) or word in _AIRLINERS) and word.isdecimal():
        return True
    if index == 0 or line.kinds[index - 1] != WORD or not word.replace(".", "").isdecimal():
        return (
            before == "."
            and line.lows[index - 2] in ("no", "nos", "vol", "art", "res", "sec", "fig", "ch")
            and line.glued(index - 1)
        )
    if before == "year" and line.lows[index - 2] == "the":
        return True
    if before in NAMED_BY_NUMBER and not (before in ("year", "no", "car") and line.words[index - 1].islower()):
        return not _measured(line, index)
    return _follows_name(line, index, before)


def _measured(line: Line, index: int) -> bool:
    """Whether a percent sign, a scale, a unit or a plural noun right after the number shows that it counts."""
    after = line.lows[index + 1]
    if line.capital(index - 1) and (after == "s" or (after == "-" and line.kinds[index + 2] == NUMBER)):
        return False
    if after in ("%", "percent", "per", "million", "billion", "points", "point", "-", "pct"):
        return True
    if is_plural(after) and line.words[index + 1].islower():
        return True
    return find_measure(line, index + 1) is not None or (line.glued(index + 1) and line.kinds[index + 1] == WORD)


def _is_index(line: Line, index: int) -> bool:
    """Whether a stock index or list is named by its size: "FTSE 100", "S&P 500", "Fortune 500"."""
    return line.lows[index - 1] in _INDICES and line.words[index] in _INDEX_SIZES and line.words[index + 1] != "%"


def _follows_name(line: Line, index: int, before: str) -> bool:
    if line.language == "de" or (line.language != "en" and index == 1):
        return False
    name = line.words[index - 1]
    camel = any(letter.isupper() for letter in name[1:]) and not name.isupper()
    if (
        not (name[0].isupper() or camel)
        or before in STOPS
        or before in WEEKDAYS
        or before in MONTHS
        or before in SMALL_WORDS
    ):
        return False
    if _measured(line, index):
        return before in ("boeing", "airbus") and line.words[index] in _AIRLINERS
    if index == 1:
        return not is_plural(line.lows[index + 2]) and not before.endswith(("ly", "ed"))
    return line.lows[index - 2] not in _COUNTING_PLACES or not is_plural(line.lows[index + 2])


def _excluded_word(line: Line, index: int) -> bool:
    """Whether a number word is the pronoun "one", a part of an idiom, or of a name ("Seven Network")."""
    low, after = line.lows[index], line.lows[index + 1]
    if line.glued(index) and line.words[index - 1] in "-'" and line.kinds[index - 2] == WORD:
        return True
    if after == "-" and line.glued(index + 1) and line.glued(index + 2):
        return _idiom(line, index, low)
    if index > 0 and _in_title(line, index):
        return True
    if line.lows[index - 1] in NAMED_BY_NUMBER and not is_plural(after) and after not in SCALES:
        return find_measure(line, index + 1) is None
    if low == "one":
        return _pronoun_one(line, index, after)
    return line.lows[index - 1] in _BEFORE_GROUP and low in SMALL_WORDS and _stands_alone(line, index)


def _stands_alone(line: Line, index: int) -> bool:
    """Whether "the two", "all three" names people told of before: no noun follows."""
    after = line.lows[index + 1]
    if after in ("of", "and", "or", "to"):
        return line.lows[index - 1] == "any"
    return after in STOPS or line.kinds[index + 1] != WORD


def _in_title(line: Line, index: int) -> bool:
    """Whether a capitalised number word within a sentence is part of a name: "One Direction", "the Final Four"."""
    if not line.capital(index):
        return False
    if line.lows[index - 2 : index] == ["group", "of"]:
        return True
    if line.capital(index - 1) and index > 1:
        return not is_plural(line.lows[index + 1])
    return line.capital(index + 1) and line.words[index - 1] not in ('"', "'", ":")


def _idiom(line: Line, index: int, low: str) -> bool:
    joined = line.lows[index + 2]
    if joined in SCALES or joined in SMALL_WORDS:
        return False
    if low in ("one", "a", "half") and joined not in (
        "third",
        "quarter",
        "fifth",
        "year",
        "month",
        "week",
        "dozen",
    ):
        return True
    if joined.endswith("ed"):
        return True
    return joined in _COMPOUND_IDIOMS and not joined.startswith("third") and joined not in ("fold",)


def _pronoun_one(line: Line, index: int, after: str) -> bool:
    if after in SCALES or after in ("third", "quarter", "fifth", "tenth", "in", "percent", "per", "half", "out"):
        return (
            after == "in" and not line.words[index + 2][:1].isdecimal() and line.lows[index + 2] not in SMALL_WORDS
        )
    if after in STOPS or after in _ONE_IDIOMS or line.kinds[index + 1] != WORD:
        return True
    return line.lows[index - 1] in _BEFORE_PRONOUN or (
        line.lows[index - 1] in ("at", "on") and after in ("point", "hand", "time")
    )
