"""Dates written with a month: "July 15", "15 July 2024", "June 27-30", "March and April 2020", "in May"."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from summarizer.figures.atoms import Line
from summarizer.figures.lexicon import word_set
from summarizer.figures.when import LEADS, MONTHS, RELATIVE, Found, is_month, is_year

_BEFORE_MONTH = LEADS | {"last", "next", "this", "early", "late", "mid"}

_PERFECT = frozenset(("had", "having"))
_FUTURE = word_set("will would due set expected plans plan should aims target scheduled forecast")
_DEADLINES = frozenset(("by", "until", "next"))
_BEHIND, _LEADING = 16, 4
_MONTH, _SOON = 30, 60


def from_day(line: Line, day: int, month_at: int, published: date | None) -> Found:
    """Return the date of "15 July" or "15 July 2024"."""
    month = MONTHS[line.lows[month_at]]
    after = month_at + 2 if line.words[month_at + 1] == "." else month_at + 1
    at = after + 1 if line.words[after] == "," else after
    if is_year(line, at):
        return Found(at + 1, *_iso_day(int(line.words[at]), month, day))
    return Found(after, *_resolved_day(line, month_at, month, day, published), explicit=False)


def from_days(line: Line, first: int, last_at: int, published: date | None) -> Found:
    """Return the days of "3 and 9 March", with or without a year after them."""
    last = from_day(line, int(line.words[last_at]), last_at + 1, published)
    start = f"{last.stop[:8]}{first:02}" if last.stop else ""
    return last._replace(start=start)


def _iso_day(year: int, month: int, day: int) -> tuple[str, str]:
    """Return a day twice, as the start and the end of its period; empty where the calendar has no such day."""
    if day > monthrange(year, month)[1]:
        return "", ""
    text = f"{year:04}-{month:02}-{day:02}"
    return text, text


def _resolved_day(line: Line, at: int, month: int, day: int, published: date | None) -> tuple[str, str]:
    """Return a day written without its year, or nothing without the day of publication."""
    if published is None:
        return "", ""
    return _iso_day(_day_year(line, at, month, day, published), month, day)


def _nearest_year(line: Line, at: int, month: int, day: int, published: date) -> int:
    """Return the year of a month and day without one: the next such day after "by" and "will", else the last."""
    before = line.lows[max(0, at - _BEHIND) : at]
    this = (month, day) >= (published.month, published.day)
    if _is_ahead(before) or not _DEADLINES.isdisjoint(before[-_LEADING:]):
        return published.year if this else published.year + 1
    return published.year - 1 if (month, day) > (published.month, published.day) else published.year


def _is_ahead(before: Sequence[str]) -> bool:
    """Whether a word of the future stands before a month; what somebody had forecast in December was said then."""
    return any(low in _FUTURE and last not in _PERFECT for last, low in zip(["", *before], before, strict=False))


def _day_year(line: Line, at: int, month: int, day: int, published: date) -> int:
    """Return the year of a day without one, which nobody writes so of a day almost a year ago: it is to come."""
    year = _nearest_year(line, at, month, day, published)
    ahead = (month - published.month) % 12 * _MONTH + day - published.day
    coming = published.year + ((month, day) < (published.month, published.day))
    return coming if 0 < ahead <= _SOON else year


def from_month(line: Line, index: int, published: date | None) -> Found | None:
    """Return the date that begins with the name of a month."""
    month = MONTHS[line.lows[index]]
    after = index + 2 if line.words[index + 1] == "." and line.lows[index] != "may" else index + 1
    day_text = line.words[after]
    if (
        len(day_text) <= 2
        and day_text.isdecimal()
        and 1 <= int(day_text) <= 31
        and not _is_month_score(line, after)
    ):
        return _month_day(line, index, after, published)
    at = after + 1 if line.lows[after] in (",", "of") else after
    if is_year(line, at):
        text = f"{line.words[at]}-{month:02}"
        return Found(at + 1, text, text)
    if line.lows[index] in ("may", "march") and line.lows[index - 1] not in _BEFORE_MONTH:
        return None if line.lows[index] == "may" or index == 0 else Found(index + 1, "", "", explicit=False)
    if line.lows[after] in ("and", "to", "-") and is_month(line, after + 1) and is_year(line, after + 2):
        year = line.words[after + 2]
        return Found(after + 3, f"{year}-{month:02}", f"{year}-{MONTHS[line.lows[after + 1]]:02}")
    both = line.lows[index - 1] in ("in", "during") and line.lows[after] == "and"
    spans = line.glued(after) or line.lows[index - 1] in ("between", "from") or both
    if line.lows[after] in ("and", "to", "-") and is_month(line, after + 1) and spans:
        return _month_span(line, index, after + 1, published)
    return Found(index + 1, *_bare_month(line, index, month, published), explicit=False)


def _month_span(line: Line, first_at: int, last_at: int, published: date | None) -> Found:
    """Return the months of "January-February" in the year of the latter."""
    first, last = MONTHS[line.lows[first_at]], MONTHS[line.lows[last_at]]
    stop = _bare_month(line, last_at, last, published)[0]
    start = f"{int(stop[:4]) - (first > last)}-{first:02}" if stop else ""
    return Found(last_at + 1, start, stop, explicit=False)


def _is_month_score(line: Line, index: int) -> bool:
    """Whether the digits after a month go on as something else than its day: "In March 30 % …"."""
    return line.lows[index + 1] in ("%", "percent", "per", "million", "billion") or (
        line.glued(index + 1) and line.lows[index + 1] in ("pc", "m", "bn", ":")
    )


def _month_day(line: Line, index: int, day_at: int, published: date | None) -> Found:
    month, day = MONTHS[line.lows[index]], int(line.words[day_at])
    after = day_at + 1
    if line.glued(after) and line.lows[after] in ("st", "nd", "rd", "th"):
        after += 1
    if line.words[after] == "-" and line.words[after + 1].isdecimal() and len(line.words[after + 1]) <= 2:
        return _day_range(line, index, day, after + 1, published)
    at = after + 1 if line.words[after] == "," else after
    if is_year(line, at):
        return Found(at + 1, *_iso_day(int(line.words[at]), month, day))
    return Found(after, *_resolved_day(line, index, month, day, published), explicit=False)


def _day_range(line: Line, index: int, day: int, last_at: int, published: date | None) -> Found:
    """Return the days of "June 27-30" and "June 27-30, 2024"."""
    month, last = MONTHS[line.lows[index]], int(line.words[last_at])
    at = last_at + 2 if line.words[last_at + 1] == "," else last_at + 1
    if is_year(line, at):
        year = int(line.words[at])
        return Found(at + 1, _iso_day(year, month, day)[0], _iso_day(year, month, last)[0])
    start = _resolved_day(line, index, month, day, published)[0]
    stop = _resolved_day(line, index, month, last, published)[0]
    return Found(last_at + 1, start if stop else "", stop, explicit=False)


def _bare_month(line: Line, index: int, month: int, published: date | None) -> tuple[str, str]:
    if published is None:
        return "", ""
    relative = RELATIVE.get(line.lows[index - 1])
    if relative is not None and relative > 0:
        year = published.year + (month <= published.month)
    elif line.lows[index + 1] == "'s":
        year = published.year - (month > published.month)
    else:
        year = _nearest_year(line, index, month, 1, published)
    text = f"{year}-{month:02}"
    return text, text
