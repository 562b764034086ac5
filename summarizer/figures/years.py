"""Dates written with a year alone: "2024", "2015-16", "the 1990s", "from 2014 to 2019", "1066"."""

from summarizer.figures.atoms import MARK, Line
from summarizer.figures.lexicon import DETERMINERS, STOPS, is_plural, word_set
from summarizer.figures.units import SIGNS
from summarizer.figures.when import ERAS, LEADS, Found, is_year

_DATING = word_set("since until during early late mid 's fiscal its their")
_COUNTED = word_set("per % percent million billion hp rpm people men women euros dollars")


def is_old_year(line: Line, index: int) -> bool:
    """Whether four digits are a medieval year: "in 1066"."""
    word = line.words[index]
    bare = len(word) == 4 and word.isdecimal() and word[0] == "1"
    after = line.lows[index + 1]
    if not bare or line.lows[index - 1] not in ("in", "since"):
        return False
    return line.lows[index - 1] == "since" or after in STOPS or not after[:1].isalpha()


def era(line: Line, index: int) -> Found:
    """Return a year before or long after Christ, and the one that "and" ties to it; neither is a figure."""
    after = index + 2 if line.lows[index + 1] in ERAS else index + 1
    if line.lows[after] in ("and", "to", "-") and line.words[after + 1].isdecimal():
        after += 2
    return Found(after, "", "")


def from_year(line: Line, index: int) -> Found | None:
    """Return a bare year, a season (2015-16), a decade (1990s), an ISO date or a span of years."""
    year, after = line.words[index], index + 1
    if line.words[index - 1] in SIGNS or (line.glued(index) and _sticks(line, index)):
        return None
    if line.glued(after) and line.lows[after] == "s":
        return Found(after + 1, year, f"{int(year) + 9}")
    if line.lows[after] == "-" and line.glued(after):
        return _year_dash(line, index)
    if _counts_something(line, index) or (line.lows[after] == "-" and _counts_something(line, after + 1)):
        return None
    return _bare_year(line, index)


def _bare_year(line: Line, index: int) -> Found:
    """Return a year, the span it begins ("from 2014 to 2019"), or a date without time where it is a name's."""
    year, after = line.words[index], index + 1
    spans = line.lows[index - 1] in ("from", "between") and line.lows[after] in ("to", "and")
    if spans and is_year(line, after + 1):
        return Found(after + 2, year, line.words[after + 1])
    before = line.lows[index - 1]
    if line.capital(index - 1) and before not in LEADS and before not in DETERMINERS and index > 0:
        return Found(after, "", "")
    return Found(after, year, year)


def _sticks(line: Line, index: int) -> bool:
    """Whether what touches the digits from the left makes them something other than a year."""
    return line.kinds[index - 1] != MARK or line.words[index - 1] in "#+@.&"


def _year_dash(line: Line, index: int) -> Found | None:
    year, other = line.words[index], line.words[index + 2]
    if len(other) == 2 and other.isdecimal() and line.words[index + 3] == "-" and len(line.words[index + 4]) == 2:
        text = f"{year}-{other}-{line.words[index + 4]}"
        return Found(index + 5, text, text)
    if len(other) == 2 and other.isdecimal() and int(other) == (int(year) + 1) % 100:
        return Found(index + 3, year, f"{int(year) + 1}")
    if is_year(line, index + 2) and other > year and not _counts_something(line, index + 2):
        return Found(index + 3, year, other)
    return Found(index + 1, year, year) if not other[:1].isdecimal() else None


def _counts_something(line: Line, index: int) -> bool:
    """Whether four digits count what follows ("2000 people") rather than name a year ("2018 sales")."""
    before, after = line.lows[index - 1], line.lows[index + 1]
    if before in _DATING or (line.capital(index - 1) and before not in STOPS):
        return False
    if after in _COUNTED:
        return True
    hundreds = line.words[index][2:] == "00"
    if before in ("in", "by", "of", "from", "the", "a") and not hundreds:
        return False
    if not hundreds and "1900" <= line.words[index] <= "2040":
        return False
    return is_plural(after) or (is_plural(line.lows[index + 2]) and after not in ("and", "the", ","))
