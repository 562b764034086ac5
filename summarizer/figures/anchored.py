"""Dates told from another date of the text: "the next year", "a year earlier", "the same month of 2023"."""

from calendar import isleap, monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from summarizer.figures.atoms import NUMBER, Line
from summarizer.figures.relative import shifted
from summarizer.figures.when import Found, When, is_year

_YEAR, _MONTH, _DAY = len("2025"), len("2025-07"), len("2025-07-15")
_SHIFTS = {"next": 1, "following": 1, "subsequent": 1, "previous": -1, "preceding": -1, "prior": -1, "same": 0}
_LATER = {"earlier": -1, "before": -1, "later": 1, "after": 1, "afterwards": 1}
_TELLING = frozenset((*_SHIFTS, *_LATER, "that", "ago"))
_CONJUNCTIONS = frozenset(("before", "after"))
_FINE_ENOUGH = {"year": _YEAR, "quarter": _MONTH, "month": _MONTH, "week": _DAY, "day": _DAY}
"""How fine a date must be for others to be told from it in such units."""

_COARSE = ("year", "month")
_UNITS = _FINE_ENOUGH.keys()
_MOMENTS = frozenset(("time", "point"))
"""What "the same" makes a date of only with its year: "the same time last year", not "at the same time"."""

_SPANS = _MOMENTS | {"period", "span"}
_ARTICLES = frozenset(("a", "one", "the"))
_ENDS = frozenset((",", ".", ";", ":", ")", '"', "?", "!", "—", "and", "but", "to", "or", ""))
_AGAINST = frozenset(("from", "than", "against"))
_COMPARING = _AGAINST | {"on", "over"}
_BESIDE = frozenset(("against", "compared", "versus", "vs", "than"))
_NEAR = 6
_FIRST_DAY = "0001-01-01"
_MONTHS_IN = {"year": 12, "quarter": 3, "month": 1}
_DAYS_IN = {"week": 7, "day": 1}


class Step(NamedTuple):
    """So many units from another date to the atoms from `first` to `end`.

    `whole` is true where the whole unit is meant ("the next year"), false where the other date moves as it is
    ("a year earlier"). `year` is the year itself where the text has it ("the same month of 2023"); `ago` counts
    from the day of publication.
    """

    first: int
    end: int
    unit: str
    shift: int
    whole: bool
    year: int = 0
    ago: bool = False


def find_steps(line: Line) -> Iterator[Step]:
    """Yield the words of a sentence that tell a date from another one, left to right."""
    if _TELLING.isdisjoint(line.lows):
        return
    for at in range(line.size):
        low = line.lows[at]
        step = None
        if low in _SHIFTS:
            step = _beside(line, at)
        elif low == "that" and line.lows[at + 1] in _UNITS and line.words[at + 2] != "-":
            step = Step(at, at + 2, line.lows[at + 1], 0, whole=True)
        elif line.lows[at + 1] in _UNITS:
            step = _away(line, at)
        if step is not None:
            yield step


def _beside(line: Line, at: int) -> Step | None:
    """Return "the next year", "the same month", "the same quarter of 2023"."""
    unit, end = line.lows[at + 1], at + 2
    if unit in ("calendar", "fiscal", "financial"):
        unit, end = line.lows[end], end + 1
    if line.lows[at] == "same" and (unit in _UNITS or unit in _SPANS):
        return _same(line, at, unit, end)
    owned = line.lows[at - 1] in ("the", "that", "its", "their")
    return Step(at, end, unit, _SHIFTS[line.lows[at]], whole=True) if unit in _UNITS and owned else None


def _same(line: Line, at: int, unit: str, end: int) -> Step | None:
    """Return "the same month" with the year behind it: "of 2023", "a year earlier", "of the previous year"."""
    behind = end + (line.lows[end] in ("of", "in"))
    if is_year(line, behind):
        return Step(at, behind + 1, unit, 0, whole=False, year=int(line.words[behind]))
    behind += line.lows[behind] in _ARTICLES
    words = line.lows[behind : behind + 2]
    if words in (["last", "year"], ["previous", "year"], ["year", "earlier"], ["year", "before"]):
        return Step(at, behind + 2, "year", -1, whole=False)
    return None if unit in _MOMENTS else Step(at, end, unit, 0, whole=unit in _UNITS)


def _away(line: Line, at: int) -> Step | None:
    """Return "a year earlier", "a month later", "the day before"."""
    first, unit, way, after = line.lows[at : at + 4]
    if way == "ago" and first in ("a", "one") and unit in _COARSE:
        return Step(at, at + 3, unit, -1, whole=True, ago=True)
    if first not in _ARTICLES or way not in _LATER or after == "than":
        return None
    if way in _CONJUNCTIONS and after == "that":
        return Step(at, at + 4, unit, _LATER[way], whole=first == "the")
    if after not in _ENDS and (first == "the" or way in _CONJUNCTIONS):
        return None
    return Step(at, at + 3, unit, _LATER[way], whole=first == "the")


def last_anchor(line: Line, dates: Sequence[When]) -> When | None:
    """Return the last date of a sentence from which others may be told: not what something is compared with."""
    return next((when for when in reversed(dates) if when.start and not _is_compared(line, when)), None)


def _is_compared(line: Line, when: When) -> bool:
    grown_on = when.lead in ("on", "over") and len(when.start) == _YEAR
    return when.base or grown_on or not _AGAINST.isdisjoint(line.lows[max(0, when.first - _NEAR) : when.first])


def anchored(
    line: Line, step: Step, dates: Sequence[When], before: When | None, published: date | None
) -> Found | None:
    """Return the date of a step from the last one told in its sentence, else from `before`; None without both."""
    if step.ago:
        return Found(step.end, *shifted(published, step.unit, step.shift), explicit=False) if published else None
    anchor = last_anchor(line, dates) or before
    if anchor is None:
        return None
    start, stop = _counted_from(anchor.start, anchor.stop, step)
    if step.shift < 0 and _is_listed(line, step, dates, start):
        start, stop = _counted_from(start, stop, step)
    return Found(step.end, start, stop, explicit=step.year > 0)


def _is_listed(line: Line, step: Step, dates: Sequence[When], start: str) -> bool:
    """Whether that date is told just before for another number: "147,000 in 2022 and 134,500 the year before"."""
    last = dates[-1] if dates else None
    return last is not None and last.start == start != "" and NUMBER in line.kinds[last.end : step.first]


def _counted_from(start: str, stop: str, step: Step) -> tuple[str, str]:
    """Return first and last day of a step from a period; empty where that is told too coarsely."""
    if step.year:
        return _in_year(start, step.year), _in_year(stop, step.year)
    if step.unit in _SPANS:
        return start, stop
    if min(len(start), len(stop)) < _FINE_ENOUGH[step.unit]:
        return "", ""
    if step.whole:
        return shifted(_as_date(stop if step.shift > 0 else start), step.unit, step.shift)
    return _moved(start, step), _moved(stop, step)


def _in_year(day: str, year: int) -> str:
    """Return a day, month or year in another year; 28 February for a 29th that it lacks."""
    told = f"{year}{day[_YEAR:]}"
    return told if isleap(year) else told.replace("-02-29", "-02-28")


def _as_date(day: str) -> date:
    return date.fromisoformat(day + _FIRST_DAY[len(day) :])


def _moved(day: str, step: Step) -> str:
    """Return a day, month or year so many units on, as fine as it was; of a shorter month its last day."""
    then = _as_date(day)
    if step.unit in _DAYS_IN:
        return (then + timedelta(days=_DAYS_IN[step.unit] * step.shift)).isoformat()
    months = then.year * 12 + then.month - 1 + _MONTHS_IN[step.unit] * step.shift
    year, month = months // 12, months % 12 + 1
    return f"{year:04}-{month:02}-{min(then.day, monthrange(year, month)[1]):02}"[: len(day)]


def is_base(line: Line, step: Step, lead: str) -> bool:
    """Whether a step only tells what something is compared with: "up 9 % on the same period a year earlier"."""
    if lead in _COMPARING and (step.shift < 0 or step.year > 0):
        return True
    if step.ago and "from" in line.lows[max(0, step.first - _NEAR) : step.first]:
        return True
    return step.shift < 0 and not _BESIDE.isdisjoint(line.lows[max(0, step.first - _NEAR) : step.first])
