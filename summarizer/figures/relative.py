"""Dates told from the day of publication, and quarters: "Monday", "this year", "the third quarter"."""

from datetime import date, timedelta

from summarizer.figures.atoms import Line
from summarizer.figures.when import QUARTERS, RELATIVE, SEASONS, WEEKDAYS, Found, is_year, year_at

_AHEAD = frozenset(("will", "would", "due", "next", "scheduled", "tomorrow"))
_UNTIL = frozenset(("by", "until"))


def weekday(line: Line, index: int, published: date | None) -> tuple[str, str]:
    """Return the day of a weekday's name: the last such day, or the next after a word of the future."""
    if published is None:
        return "", ""
    behind = (published.weekday() - WEEKDAYS[line.lows[index]]) % 7
    before = line.lows[index - 1]
    near, close = line.lows[max(0, index - 6) : index], line.lows[max(0, index - 2) : index]
    if before == "next" or (behind and not (_AHEAD.isdisjoint(near) and _UNTIL.isdisjoint(close))):
        day = published + timedelta(days=7 - behind)
    elif before == "last" and behind == 0:
        day = published - timedelta(days=7)
    else:
        day = published - timedelta(days=behind)
    return day.isoformat(), day.isoformat()


def relative(line: Line, index: int, published: date | None) -> Found | None:
    """Return "last year", "this week", "next quarter"."""
    shift, grain = RELATIVE[line.lows[index]], line.lows[index + 1]
    end = index + 2
    if grain in ("financial", "fiscal", "calendar"):
        grain, end = line.lows[index + 2], index + 3
    if shift < 0 and grain in SEASONS:
        return Found(end, *_last_season(grain, published), explicit=False)
    if grain not in ("year", "month", "week", "quarter"):
        return None
    if published is None:
        return Found(end, "", "", explicit=False)
    return Found(end, *shifted(published, grain, shift), explicit=False)


def _last_season(season: str, published: date | None) -> tuple[str, str]:
    """Return the months of the last such season that is over."""
    if published is None:
        return "", ""
    first, last = SEASONS[season]
    year = published.year - (published.month <= last)
    return f"{year}-{first:02}", f"{year}-{last:02}"


def shifted(day: date, grain: str, shift: int) -> tuple[str, str]:
    """Return the year, quarter, month, week or day `shift` steps from that of `day`: its first and last day."""
    if grain == "year":
        return f"{day.year + shift}", f"{day.year + shift}"
    if grain == "day":
        text = (day + timedelta(days=shift)).isoformat()
        return text, text
    if grain == "week":
        monday = day - timedelta(days=day.weekday() - 7 * shift)
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    months = day.year * 12 + day.month - 1
    if grain == "month":
        text = f"{(months + shift) // 12}-{(months + shift) % 12 + 1:02}"
        return text, text
    first = (months // 3 + shift) * 3
    return f"{first // 12}-{first % 12 + 1:02}", f"{first // 12}-{first % 12 + 3:02}"


def quarter(line: Line, index: int, published: date | None) -> Found | None:
    """Return the date of "third quarter" or "first half of 2024"."""
    low = line.lows[index]
    at = index + 2 if line.lows[index + 1] == "-" else index + 1
    if line.lows[at] == "half" and low in ("first", "second"):
        return _half(line, low, at + 1, published)
    if line.lows[at] != "quarter":
        return None
    return quarter_of(line, QUARTERS[low], at + 1, published)


def _half(line: Line, low: str, after: int, published: date | None) -> Found | None:
    at = after + 1 if line.lows[after] == "of" else after
    end, year = year_at(line, at, published)
    if not end:
        return None
    months = ("01", "06") if low == "first" else ("07", "12")
    start, stop = (f"{year}-{month}" if year else "" for month in months)
    return Found(end, start, stop, is_year(line, at))


def quarter_of(line: Line, quarter: int, after: int, published: date | None) -> Found:
    """Return the months of a quarter in the year after it, or in the last one that has begun."""
    at = after + 1 if line.lows[after] in ("of", ",") else after
    explicit = is_year(line, at)
    end, year = (at + 1, int(line.words[at])) if explicit else year_at(line, at, published)
    if not year and (published is None or line.lows[at] in ("last", "this", "next")):
        return Found(end or after, "", "", explicit=False)
    year = year or _quarter_year(quarter, published or date.max)
    first = quarter * 3 - 2
    return Found(end or after, f"{year}-{first:02}", f"{year}-{first + 2:02}", explicit)


def _quarter_year(quarter: int, published: date) -> int:
    return published.year - (quarter * 3 - 2 > published.month)
