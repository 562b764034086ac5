"""Digits and number words that are no figures: ids, clock times, addresses, versions, idioms, ordinals."""

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.lexicon import SCALES, SMALL_WORDS, STOPS, is_plural, word_set
from summarizer.figures.names import NAMED_BY_NUMBER, is_name
from summarizer.figures.units import find_measure

_CLOCK_ZONES = word_set("gmt utc bst est edt et pt pst pdt cet cest ist jst hrs o'clock")

_STREETS = word_set(
    "street st avenue ave road rd lane ln boulevard blvd drive dr way place square highway court terrace"
    " parkway crescent"
)

_ORDINAL_ENDS = word_set("st nd rd th")

_PHONE_DIGITS = 7
_OF_DECADES = word_set("their his her my our your the early mid late - in")
_PHONE = word_set(
    "call called calling dialled dialed phone telephone tel dial hotline text whatsapp fax isbn issn"
)

_BEFORE_PRONOUN = word_set("same no any every each which this that the only another some is was be not number day")

_BEFORE_GROUP = frozenset(("the", "those", "these", "all", "other", "any"))

_ONE_IDIOMS = word_set("another day time way thing reason by such big step 's ones")

_COMPOUND_IDIOMS = word_set(
    "figure way time off stop sided dimensional level pronged hander handed handedly storey tier size fold one"
    " on liner piece party state track term shot hit touch note person legged wheel wheeled wheeler eyed faced"
    " digit letter star half part up ply ball run out two upmanship nil all to ever the d g p thirds third under"
    " over par sum"
)


# "one-game", "half-hour" measure; what else "one-" begins is a manner of speaking.
_SINGLE = word_set(
    "third quarter fifth year month week dozen game day hour minute night mile point inch goal stroke bedroom vote"
    " seat percent percentage match"
)
_BEFORE_ZERO = frozenset(("net", "ground", "patient", "sub", "day", "absolute", "-"))
_AFTER_ZERO = frozenset(("sum", "tolerance", "emission", "emissions", "carbon", "hour", "hours", "waste", "-"))

_BEFORE_ITEM = frozenset((".", ")", "?", "!", ":", '"'))
_ALWAYS = frozenset(("24/7", "9/11", "50/50", "7/7", "20/20"))

_SCREENS = word_set("480p 576p 720p 1080p 1440p 2160p 1080i 4K 8K 5K")
_ALLOWED_BEFORE_DASH = word_set(
    "magnitude sub mid pre post under over plus to a an some of than about nearly around"
)


def is_excluded(line: Line, index: int, money: bool) -> bool:
    """Whether the number or number word at `index` is part of a name, id, time, address or idiom."""
    if line.kinds[index] != NUMBER:
        return _excluded_word(line, index)
    if _malformed(line, index) or _is_clock(line, index) or _is_ordinal(line, index):
        return True
    if line.lows[index - 1] == "(" and line.words[index + 1] == ")" and line.glued(index - 1):
        return line.kinds[index - 2] == NUMBER
    return not money and (_is_in_unit(line, index) or _is_id(line, index))


def _is_id(line: Line, index: int) -> bool:
    """Whether the digits name something or somebody."""
    if _glued_to_name(line, index) or _is_phone(line, index):
        return True
    return _is_address(line, index) or is_name(line, index)


def _is_in_unit(line: Line, index: int) -> bool:
    """Whether the number belongs to a unit ("12 per 100,000 people") or to a decade ("in their 40s")."""
    return line.lows[index - 1] == "per" or _is_decade(line, index)


def _malformed(line: Line, index: int) -> bool:
    word = line.words[index]
    if ":" in word or word in _ALWAYS or word.count(".") > 1:
        return True
    return (len(word) > 1 and word[0] == "0" and word.isdecimal()) or _is_item(line, index)


def _is_item(line: Line, index: int) -> bool:
    """Whether the number heads an item of a list: "1. Cost", or the "2." that a splitter left at the end."""
    if line.words[index + 1] == ")" and line.words[:index].count("(") <= line.words[:index].count(")"):
        return True
    if line.words[index + 1] != "." or (index > 0 and line.words[index - 1] not in _BEFORE_ITEM):
        return False
    return index + 2 >= line.size or line.capital(index + 2)


def _is_clock(line: Line, index: int) -> bool:
    low = line.lows[index + 1]
    if low in ("am", "pm", "a.m.", "p.m.") or low in _CLOCK_ZONES:
        return low != "et" or line.words[index + 1] == "ET"
    if low in ("a", "p") and line.words[index + 2] == "." and line.lows[index + 3] == "m":
        return True
    return low == "noon" or (line.lows[index - 1] == ":" and line.glued(index) and line.kinds[index - 2] == NUMBER)


def _is_ordinal(line: Line, index: int) -> bool:
    return line.glued(index + 1) and line.lows[index + 1] in _ORDINAL_ENDS


def _glued_to_name(line: Line, index: int) -> bool:
    """Whether the digits touch a letter or a mark that makes them a part of a name: F16, F-16, #5, v2, 3D."""
    if line.words[index - 1] == "-" and line.lows[index - 2] == "covid":
        return True
    after = index + 2 if line.words[index + 1] == "-" and line.words[index + 2] == "D" else index + 1
    if line.glued(after) and (line.words[after] in ("D", "G", "x", "X", "_") or _is_screen(line, index)):
        return True
    if (
        line.glued(after)
        and line.words[after].isupper()
        and line.words[after + 1] == "/"
        and line.glued(after + 1)
    ):
        return True
    return line.glued(index) and _hangs_on(line, index, line.words[index - 1])


def _is_screen(line: Line, index: int) -> bool:
    """Whether digits and a letter name a screen's sharpness: "1080p", "4K"."""
    return f"{line.words[index]}{line.words[index + 1]}" in _SCREENS


def _hangs_on(line: Line, index: int, before: str) -> bool:
    """Whether what touches the digits from the left takes them into a name."""
    tight = line.glued(index - 1)
    if before == "'":
        return len(line.words[index]) == 2 and not tight
    if before == "-" and tight and line.kinds[index - 2] == WORD:
        return line.words[index - 2] not in _ALLOWED_BEFORE_DASH and line.lows[index - 2] not in SMALL_WORDS
    if before == "-" and tight:
        return line.kinds[index - 2] == NUMBER and is_name(line, index - 2)
    if before == "+" and tight:
        return line.kinds[index - 2] in (NUMBER, WORD)
    return before in "#@_\\&." or line.kinds[index - 1] == WORD or (before == "/" and tight)


def _is_decade(line: Line, index: int) -> bool:
    """Whether the number is a decade of years or degrees: "in their 40s", "in the 80s"."""
    tens = len(line.words[index]) == 2 and line.words[index][1] == "0"
    return tens and line.lows[index + 1] == "s" and line.glued(index + 1) and line.lows[index - 1] in _OF_DECADES


def _is_phone(line: Line, index: int) -> bool:
    if line.words[index - 1] == "+" and len(line.words[index]) <= 3 and line.kinds[index + 1] == NUMBER:
        return True
    if _touches_digits(line, index) and _hangs_together(line, index):
        return True
    return not _PHONE.isdisjoint(line.lows[max(0, index - 3) : index]) and (
        len(line.words[index]) >= 3 and line.words[index].isdecimal() and not is_plural(line.lows[index + 1])
    )


def _touches_digits(line: Line, index: int) -> bool:
    """Whether further digits may belong to the number: a quick look before a long one."""
    around = (line.words[index - 1], line.words[index + 1])
    return "-" in around or ")" in around or NUMBER in (line.kinds[index - 1], line.kinds[index + 1])


def _hangs_together(line: Line, index: int) -> bool:
    """Whether the groups of digits around the number make a telephone number."""
    ahead, behind = _chained(line, index, 1), _chained(line, index, -1)
    return ahead[0] + behind[0] >= 2 and ahead[1] + behind[1] + len(line.words[index]) >= _PHONE_DIGITS


def _chained(line: Line, index: int, step: int) -> tuple[int, int]:
    """Return how many groups of digits hang on this one by a hyphen, a bracket or a space, and their digits."""
    chain = digits = 0
    while chain < 3 and line.words[index].isdecimal():
        if line.kinds[index + step] == NUMBER:
            index += step
        elif line.words[index + step] in ("-", ")") and line.kinds[index + 2 * step] == NUMBER:
            index += 2 * step
        else:
            break
        chain, digits = chain + 1, digits + len(line.words[index])
    return chain, digits


def _is_address(line: Line, index: int) -> bool:
    if line.lows[index + 1] == "-" and line.kinds[index + 2] == NUMBER:
        index += 2
    if line.lows[index + 1] == "zip":
        return True
    if line.words[index].isdecimal() and line.capital(index + 1):
        return not _STREETS.isdisjoint(line.lows[index + 2 : index + 4]) and line.capital(index + 2)
    return False


def _excluded_word(line: Line, index: int) -> bool:
    """Whether a number word is the pronoun "one", a part of an idiom, or of a name ("Seven Network")."""
    low, after = line.lows[index], line.lows[index + 1]
    if line.glued(index) and line.words[index - 1] in "-'" and line.kinds[index - 2] == WORD:
        return True
    if after == "-" and line.glued(index + 1) and line.glued(index + 2):
        return _idiom(line, index, low)
    if (
        after == "dimensional"
        or _is_nothing(line, index)
        or _tells_time(line, index)
        or (index > 0 and _in_title(line, index))
    ):
        return True
    if line.lows[index - 1] in NAMED_BY_NUMBER and not is_plural(after) and after not in SCALES:
        return find_measure(line, index + 1) is None
    if low == "one":
        return _pronoun_one(line, index, after)
    return line.lows[index - 1] in _BEFORE_GROUP and low in SMALL_WORDS and _stands_alone(line, index)


def _is_nothing(line: Line, index: int) -> bool:
    """Whether "zero" only names something: "a zero-sum game", "net zero"."""
    zero = line.lows[index] == "zero"
    return zero and (line.lows[index + 1] in _AFTER_ZERO or line.lows[index - 1] in _BEFORE_ZERO)


def _tells_time(line: Line, index: int) -> bool:
    """Whether a number word is a time of day: "at six in the morning", "ten o'clock"."""
    after = line.lows[index + 1 : index + 3]
    return after[0] == "o'clock" or (line.lows[index - 1] == "at" and after == ["in", "the"])


def _stands_alone(line: Line, index: int) -> bool:
    """Whether "the two", "all three" names people told of before: no noun follows."""
    after = line.lows[index + 1]
    if after.endswith("ed") and not is_plural(line.lows[index + 2]):
        return True
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
    if line.words[index - 1] == '"':
        return line.capital(index + 1) and _closes_title(line, index)
    return line.capital(index + 1) and line.words[index - 1] not in ("'", ":")


def _closes_title(line: Line, index: int) -> bool:
    """Whether the quotation that a number word opens is short and ends in a capital: "Fifty Shades of Grey"."""
    ahead = line.words[index : index + 8]
    return '"' in ahead and line.capital(index + ahead.index('"') - 1)


def _idiom(line: Line, index: int, low: str) -> bool:
    joined = line.lows[index + 2]
    if joined in SCALES or joined in SMALL_WORDS:
        return False
    if low in ("one", "a", "half") and joined not in _SINGLE:
        return True
    if joined.endswith("ed"):
        return True
    return joined in _COMPOUND_IDIOMS and not joined.startswith("third") and joined not in ("fold",)


def _is_one_vote(line: Line, index: int) -> bool:
    """Whether "one" is the smaller side of a vote: "by 14 to one"."""
    return line.lows[index - 1] == "to" and (index - 2 in line.numbers)


def _pronoun_one(line: Line, index: int, after: str) -> bool:
    if after == "in":
        at = index + 3 if line.lows[index + 2] == "every" else index + 2
        return not line.words[at][:1].isdecimal() and line.lows[at] not in SMALL_WORDS
    if (
        _is_one_vote(line, index)
        or after in SCALES
        or line.lows[index + 1 : index + 3] == ["and", "a"]
        or after in ("third", "quarter", "fifth", "tenth", "percent", "per", "half", "out")
    ):
        return False
    if after in STOPS or after in _ONE_IDIOMS or line.kinds[index + 1] != WORD or after.endswith("ly"):
        return True
    if after.endswith(("ed", "ing")) and line.kinds[index - 1] == WORD and line.lows[index - 1] not in STOPS:
        return True
    return line.lows[index - 1] in _BEFORE_PRONOUN or (
        line.lows[index - 1] in ("at", "on") and after in ("point", "hand", "time")
    )
