"""Numbers that stand in a name: "S&P 500", "iPhone 11", "article 5", "737 Max", "Boeing 737"."""

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.lexicon import SMALL_WORDS, STOPS, is_plural, word_set
from summarizer.figures.units import find_measure
from summarizer.figures.when import MONTHS, WEEKDAYS

# Nouns that a number names rather than counts: "article 5", "phase 3".
NAMED_BY_NUMBER = word_set(
    "article section chapter page part unit game category phase level grade room week day round stage tier"
    " type flight channel bus highway interstate route title rule resolution amendment act clause paragraph"
    " step season episode volume vol number no nos apartment suite floor gate platform lane pier hall block"
    " building zone district ward precinct point figure table appendix schedule group pool class division"
    " league pier hangar site area version model mark formula gen generation windows android ios python wave"
    " batch lot runway terminal exit junction platform station camp sector scenario scope rank ranked seed"
    " tranche matchday gameweek year lap heat book track element proposition prop measure question item chapter"
    " verse psalm room cell car seat row line bill order directive decree ordinance"
)
_COUNTING_PLACES = word_set("in at from across near inside outside")
_MODEL_SUFFIXES = word_set("max pro ultra plus mini dreamliner jet jets series airliner airliners xl se neo class")
_BOEINGS = word_set("707 717 727 737 747 757 767 777 787")
_AIRLINERS = _BOEINGS | word_set("300 310 319 320 321 330 340 350 380")
_INDICES = word_set("p sp ftse nasdaq cac dax nikkei stoxx russell asx fortune topix kospi csi ibex smi tsx")
_INDEX_SIZES = word_set("30 35 40 50 60 100 200 225 250 300 350 400 500 600 1000 2000 3000")
# After these a number is a name even before a plural: "phase 3 trials", "category 4 hurricanes".
_ALWAYS_NAMING = word_set("phase type tier level category stage grade chapter article section title version")
_ABBREVIATIONS = frozenset(("no", "nos", "vol", "art", "res", "sec", "fig", "ch"))
_ALSO_NOUNS = frozenset(("year", "no", "car"))
_OPENING_MARKS = frozenset(('"', "'", "(", ":", "—"))
_NO_NAMES = (
    STOPS
    | {"age", "ages", "aged", "another", "about", "nearly", "roughly", "around", "only", "just"}
    | SMALL_WORDS.keys()
    | WEEKDAYS.keys()
    | MONTHS.keys()
)
_MEASURING = frozenset(("%", "percent", "per", "million", "billion", "points", "point", "-", "pct"))


def is_name(line: Line, index: int) -> bool:
    """Whether the number at `index` is part of a name."""
    word, before = line.words[index], line.lows[index - 1]
    if not word.replace(".", "").isdecimal():
        return False
    if _is_index(line, index) or _is_model(line, index) or _is_title(line, index) or _is_make(line, index):
        return True
    if line.kinds[index - 1] != WORD:
        return before == "." and line.glued(index - 1) and line.lows[index - 2] in _ABBREVIATIONS
    if before in NAMED_BY_NUMBER and not (before in _ALSO_NOUNS and line.words[index - 1].islower()):
        titled = index > 1 and line.capital(index - 1) and line.lows[index + 1] not in _MEASURING
        return titled or before in _ALWAYS_NAMING or not _is_measured(line, index)
    return (before == "year" and line.lows[index - 2] == "the") or follows_name(line, index)


def _is_measured(line: Line, index: int) -> bool:
    """Whether a percent sign, a scale, a unit or a plural noun right after the number shows that it counts."""
    after = line.lows[index + 1]
    if line.capital(index - 1) and (after == "s" or (after == "-" and not line.glued(index + 1))):
        return False
    if line.capital(index - 1) and after == "-" and _is_standard(line, index):
        return False
    if after in _MEASURING or (is_plural(after) and line.words[index + 1].islower()):
        return True
    return find_measure(line, index + 1) is not None or (line.glued(index + 1) and line.kinds[index + 1] == WORD)


def _is_standard(line: Line, index: int) -> bool:
    """Whether "3888-2" is the number of a standard; "beat Japan 3-2" is a score."""
    return line.kinds[index + 2] == NUMBER and len(line.words[index]) > 2


def _is_index(line: Line, index: int) -> bool:
    """Whether a stock index or list is named by its size: "FTSE 100", "S&P 500", "Fortune 500"."""
    return line.lows[index - 1] in _INDICES and line.words[index] in _INDEX_SIZES and line.words[index + 1] != "%"


def _is_title(line: Line, index: int) -> bool:
    """Whether the number opens a title in quotation marks: "60 Minutes"."""
    return line.words[index - 1] == line.words[index + 2] == '"' and line.capital(index + 1)


def _is_make(line: Line, index: int) -> bool:
    """Whether capitals before the number, themselves counted, make it a product's: "six AK 47 rifles"."""
    return index - 2 in line.numbers and line.words[index - 1].isupper()


def _is_model(line: Line, index: int) -> bool:
    """Whether what follows makes the number a product's: "15 Pro", "737 Max"."""
    if line.words[index] in _BOEINGS and line.words[index + 1] == "-" and line.glued(index + 2):
        return line.kinds[index + 2] == NUMBER
    if line.lows[index + 1] not in _MODEL_SUFFIXES:
        return False
    return line.capital(index + 1) or line.words[index] in _AIRLINERS


def follows_name(line: Line, index: int) -> bool:
    """Whether the word before the number is a name that the number completes; German nouns tell nothing."""
    if line.language == "de" or (line.language != "en" and index == 1) or not _may_be_name(line, index - 1):
        return False
    if _is_measured(line, index):
        return line.lows[index - 1] in ("boeing", "airbus") and line.words[index] in _AIRLINERS
    if line.lows[index + 1] in ("to", "or", "and") and line.kinds[index + 2] == NUMBER:
        return False
    if index == 1 or line.words[index - 2] in _OPENING_MARKS:
        return not (_noun_follows(line, index) or is_plural(line.lows[0]) or line.lows[0].endswith(("ly", "ed")))
    return line.lows[index - 2] not in _COUNTING_PLACES or not _noun_follows(line, index)


def _may_be_name(line: Line, at: int) -> bool:
    name = line.words[at]
    camel = any(letter.isupper() for letter in name[1:]) and not name.isupper()
    return (name[:1].isupper() or camel) and line.lows[at] not in _NO_NAMES


def _noun_follows(line: Line, index: int) -> bool:
    """Whether a plural stands behind the number, or behind its adjective."""
    after = line.lows[index + 1]
    return is_plural(after) or (after not in STOPS and is_plural(line.lows[index + 2]))
