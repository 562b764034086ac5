"""Periods told by their length: "the first nine months of 2024", "the year to March", "the week ended Dec. 31"."""

from calendar import monthrange
from datetime import date, timedelta

from summarizer.figures.amounts import read_amount
from summarizer.figures.atoms import Line
from summarizer.figures.when import Found, is_year, year_at

_MONTHS_IN = {"month": 1, "months": 1, "quarter": 3, "quarters": 3, "year": 12, "years": 12, "decade": 120}
_WEEKS = frozenset(("week",))
LENGTHS = _MONTHS_IN.keys() | _WEEKS
_ENDING = frozenset(("to", "ended", "ending", "through", "until", "till"))
_SKIPPED = frozenset(("on", "in", "the", "end", "of"))
_MOST = 60
_DAY, _YEAR = len("2025-07-15"), len("2025")


def of_year(line: Line, index: int, published: date | None) -> Found | None:
    """Return the period of "first nine months of 2024" at its number."""
    count, at = _length(line, index)
    if count == 0 or line.lows[at] != "of" or line.lows[index - 1] not in ("first", "last", "final"):
        return None
    end, year = year_at(line, at + 1, published)
    if count >= 12 or not end:
        return None
    first, last = (1, count) if line.lows[index - 1] == "first" else (13 - count, 12)
    if not year:
        return Found(end, "", "", explicit=False)
    return Found(end, f"{year}-{first:02}", f"{year}-{last:02}", is_year(line, at + 1))


def _length(line: Line, index: int) -> tuple[int, int]:
    """Return how many months "nine months" are, 0 for no such length, and the atom after them."""
    amount = read_amount(line, index) if index in line.numbers else None
    at = amount.end if amount else index
    months = _MONTHS_IN.get(line.lows[at])
    if months is None or (amount and (amount.value > _MOST or amount.value % 1)):
        return 0, at
    return months * (int(amount.value) if amount else 1), at + 1


def end_of(line: Line, index: int) -> int:
    """Return the atom of the date that ends "the year to March" or "six months ended Dec. 31", or 0."""
    at = _length(line, index)[1] if line.lows[index] not in _WEEKS else index + 1
    if line.lows[at] not in _ENDING:
        return 0
    at += 1
    while line.lows[at] in _SKIPPED:
        at += 1
    return at


def ending(line: Line, index: int, last: Found) -> Found | None:
    """Return the period that ends with the date `last` and is as long as the words at `index` say."""
    if not last.stop:
        return Found(last.end, "", "", last.explicit)
    if line.lows[index] in _WEEKS:
        return _week(last)
    months = _length(line, index)[0]
    if len(last.stop) == _YEAR:
        start = f"{int(last.stop) - months // 12 + 1}" if months % 12 == 0 else last.stop
        return Found(last.end, start, last.stop, last.explicit)
    return Found(last.end, *_months_until(last.stop, months), last.explicit)


def _months_until(stop: str, months: int) -> tuple[str, str]:
    """Return the first and last month of so many until `stop`, or days where that is a day within a month."""
    first = int(stop[:4]) * 12 + int(stop[5:7]) - months
    if len(stop) < _DAY or _ends_month(stop):
        return f"{first // 12}-{first % 12 + 1:02}", stop[:7]
    year, month = (first - 1) // 12, (first - 1) % 12 + 1
    day = min(int(stop[8:]) + 1, monthrange(year, month)[1])
    return f"{year}-{month:02}-{day:02}", stop


def _ends_month(day: str) -> bool:
    return int(day[8:]) == monthrange(int(day[:4]), int(day[5:7]))[1]


def _week(last: Found) -> Found | None:
    if len(last.stop) != _DAY:
        return None
    monday = date.fromisoformat(last.stop) - timedelta(days=6)
    return Found(last.end, monday.isoformat(), last.stop, last.explicit)
