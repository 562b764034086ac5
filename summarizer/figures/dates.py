"""When: the dates a sentence writes, and what they are on the calendar once the day of publication is known."""

from datetime import date, timedelta

from summarizer.figures.anchored import anchored, find_steps, is_base
from summarizer.figures.atoms import NUMBER, Line
from summarizer.figures.lexicon import word_set
from summarizer.figures.months import from_day, from_days, from_month
from summarizer.figures.relative import quarter, quarter_of, relative, weekday
from summarizer.figures.when import (
    ERAS,
    LEADS,
    MONTHS,
    NUMBERED,
    QUARTERS,
    RELATIVE,
    SEASONS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    Found,
    When,
    is_month,
    is_year,
)
from summarizer.figures.windows import LENGTHS, end_of, ending, of_year
from summarizer.figures.years import era, from_year, is_old_year

_SUPERLATIVES = word_set(
    "highest lowest biggest largest smallest fastest slowest most least fewest worst best first only record"
    " strongest weakest steepest sharpest longest deadliest high low time peak seen unseen not never unmatched"
)

_BEFORE_DATE = word_set(
    "early late mid - the end of start beginning about around its their last first final year period"
)

# "since its launch in 2012".
_SINCE = 4
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_TRIGGERS = frozenset({*MONTHS, *WEEKDAYS, *RELATIVE, *_DAYS, "q", "fiscal", "fy"})
_STARTERS = _TRIGGERS | SEASONS.keys() | QUARTERS.keys() | {"year", "week", "quarter", "decade"}


def find_dates(line: Line, published: date | None, before: When | None = None) -> list[When]:
    """Return the dates of a sentence, left to right; "the next year" is told from the last one, else `before`."""
    found: list[When] = []
    cursor = 0
    triggers = [index for index, low in enumerate(line.lows) if low in _STARTERS]
    steps = {step.first: step for step in find_steps(line)}
    for index in sorted({*triggers, *line.numbers, *steps}):
        if index < cursor:
            continue
        step = steps.get(index)
        date_here = (anchored(line, step, found, before, published) if step else None) or _read_at(
            line, index, published
        )
        if date_here is not None:
            when = _with_lead(line, index, date_here, published)
            found.append(when._replace(base=when.base or (step is not None and is_base(line, step, when.lead))))
            cursor = date_here.end
    return found


def _read_at(line: Line, index: int, published: date | None) -> Found | None:
    """Return the date that the words at `index` tell by themselves."""
    lasting = line.lows[index + 1] in LENGTHS or line.lows[index] in LENGTHS
    return (_window(line, index, published) if lasting else None) or _find_at(line, index, published)


def _window(line: Line, index: int, published: date | None) -> Found | None:
    """Return a period that is told by its length, if one begins here."""
    last_at = end_of(line, index)
    if not last_at:
        return of_year(line, index, published)
    last = _find_at(line, last_at, published)
    return ending(line, index, last) if last else None


def _find_at(line: Line, index: int, published: date | None) -> Found | None:
    if line.kinds[index] == NUMBER:
        return _from_number(line, index, published)
    low = line.lows[index]
    if low in _TRIGGERS:
        return _from_word(line, index, published)
    of = index + 2 if line.lows[index + 1] == "of" else index + 1
    if low in SEASONS and is_year(line, of):
        first, last = SEASONS[low]
        return Found(of + 1, f"{line.words[of]}-{first:02}", f"{line.words[of]}-{last:02}")
    return quarter(line, index, published) if low in QUARTERS else None


def _with_lead(line: Line, index: int, here: Found, published: date | None) -> When:
    lead = line.lows[index - 1]
    back = index - 1
    while back > 0 and line.lows[back] in _BEFORE_DATE:
        back -= 1
        lead = line.lows[back]
    if lead not in LEADS:
        lead = "of" if line.lows[index - 1] == "of" else ""
    if "since" in line.lows[max(0, back - _SINCE) : back]:
        lead = "since"
    start, stop = here.start, here.stop
    if lead == "since" and start:
        stop = published.isoformat() if published else ""
    return When(index, here.end, start, stop, here.explicit, lead, _is_base(line, back, lead))


def _is_base(line: Line, back: int, lead: str) -> bool:
    """Whether a date only says what something is compared with: "highest since 2006", "than in 2019"."""
    before = line.lows[max(0, back - 6) : back]
    if lead == "since":
        return any(word in _SUPERLATIVES or word.endswith("est") for word in before) or "time" in before
    if lead == "than" or (lead == "in" and line.lows[back - 1] == "than"):
        return True
    return any(word in ("compared", "versus", "vs", "against") for word in before[-4:]) and not any(
        word[:1].isdecimal() for word in before[-4:]
    )


def _from_number(line: Line, index: int, published: date | None) -> Found | None:
    word = line.words[index]
    if "/" in word:
        return _slashed(index, word)
    if not word.isdecimal():
        return None
    if len(word) <= 2 and 1 <= int(word) <= 31:
        if _spans_days(line, index):
            return from_days(line, int(word), index + 2, published)
        month_at = _month_after_day(line, index)
        if is_month(line, month_at):
            return from_day(line, int(word), month_at, published)
    if line.lows[index - 1] in ERAS or line.lows[index + 1] in ERAS:
        return era(line, index)
    return from_year(line, index) if is_year(line, index) or is_old_year(line, index) else None


def _slashed(index: int, word: str) -> Found | None:
    """Return the years of "2025/26"; a day of digits tells no order and has no time."""
    year, _, rest = word.partition("/")
    if len(year) == 4 and rest == f"{(int(year) + 1) % 100:02}":
        return Found(index + 1, year, f"{int(year) + 1}")
    return Found(index + 1, "", "") if word.count("/") == 2 else None


def _spans_days(line: Line, index: int) -> bool:
    """Whether two days stand before a month: "between 3 and 9 March", "27-30 June"."""
    if line.lows[index + 1] not in ("and", "to", "-") or not is_month(line, index + 3):
        return False
    tied = line.lows[index + 1] == "-" or line.lows[index - 1] in ("between", "from")
    return tied and line.words[index + 2].isdecimal() and int(line.words[index + 2]) <= 31


def _month_after_day(line: Line, index: int) -> int:
    """Return the atom where a month may stand after a day: "15 July", "3rd of May", "5. Mai"."""
    at = index + 1
    if line.glued(at) and line.lows[at] in ("st", "nd", "rd", "th"):
        at += 1
    return at + 1 if line.lows[at] == "of" or (line.words[at] == "." and line.language != "en") else at


def _from_word(line: Line, index: int, published: date | None) -> Found | None:
    low = line.lows[index]
    if is_month(line, index):
        return from_month(line, index, published)
    if low in _DAYS:
        return _near_day(index, _DAYS[low], published)
    if low in ("fiscal", "fy"):
        return _fiscal_year(line, index)
    if low == "q" and line.glued(index + 1) and line.words[index + 1] in NUMBERED:
        return quarter_of(line, NUMBERED[line.words[index + 1]], index + 2, published)
    if low in WEEKDAYS:
        return _from_weekday(line, index, published)
    return relative(line, index, published) if low in RELATIVE else None


def _near_day(index: int, shift: int, published: date | None) -> Found:
    day = (published + timedelta(days=shift)).isoformat() if published else ""
    return Found(index + 1, day, day, explicit=False)


def _fiscal_year(line: Line, index: int) -> Found | None:
    at = index + 2 if line.lows[index + 1] == "year" else index + 1
    if not is_year(line, at):
        return None
    split = line.words[at + 1] == "-" and line.glued(at + 1)
    return from_year(line, at) if split else Found(at + 1, line.words[at], line.words[at])


def _from_weekday(line: Line, index: int, published: date | None) -> Found | None:
    short = line.lows[index] in SHORT_WEEKDAYS and line.words[index + 1] not in (".", ",")
    if short or not line.capital(index):
        return None
    return Found(index + 1, *weekday(line, index, published), explicit=False)
