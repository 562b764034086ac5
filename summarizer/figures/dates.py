"""When: the dates a sentence writes, and what they are on the calendar once the day of publication is known."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from summarizer.figures.atoms import MARK, NUMBER, Line
from summarizer.figures.lexicon import SMALL_WORDS, is_plural, word_set
from summarizer.figures.units import SIGNS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_SHORT_WEEKDAYS = word_set("mon tue tues wed thu thurs fri sat sun")
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}
_NUMBERED = {"1": 1, "2": 2, "3": 3, "4": 4}
LEADS = word_set(
    "in by since from until till on during of to through before after at for over between throughout than as"
)
_SUPERLATIVES = word_set(
    "highest lowest biggest largest smallest fastest slowest most least fewest worst best first only record"
    " strongest weakest steepest sharpest longest deadliest high low time peak seen unseen not never unmatched"
)
_BEFORE_MONTH = LEADS | {"last", "next", "this", "early", "late", "mid"}
_RELATIVE = {"last": -1, "this": 0, "next": 1, "coming": 1, "current": 0}
_FUTURE = word_set("will would due set expected plans plan next until by should aims target scheduled forecast")
_ERAS = frozenset(("a.d.", "ad", "bc", "b.c.", "bce", "b.c.e."))
_AHEAD = frozenset(("will", "would", "due", "next", "until", "by", "scheduled", "tomorrow"))
_TRIGGERS = frozenset(
    {
        *MONTHS,
        *WEEKDAYS,
        *_RELATIVE,
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "q",
        "quarter",
        "half",
        "fiscal",
        "fy",
    }
)


_STARTERS = _TRIGGERS | SEASONS.keys() | QUARTERS.keys()


class When(NamedTuple):
    """A date as it stands in the text. `start` is empty where the day of publication is needed and not known.

    `lead` is the preposition before it; `base` is true where it only dates a comparison ("than in 2019").
    """

    first: int
    end: int
    start: str
    stop: str
    explicit: bool
    lead: str
    base: bool


class _Found(NamedTuple):
    end: int
    start: str
    stop: str
    explicit: bool = True


def find_dates(line: Line, published: date | None) -> list[When]:
    """Return the dates of a sentence, left to right."""
    found: list[When] = []
    cursor = 0
    for index in range(line.size):
        if index < cursor or not (line.kinds[index] == NUMBER or line.lows[index] in _STARTERS):
            continue
        date_here = _find_at(line, index, published)
        if date_here is not None:
            found.append(_with_lead(line, index, date_here, published))
            cursor = date_here.end
    return found


def _find_at(line: Line, index: int, published: date | None) -> _Found | None:
    if line.kinds[index] == NUMBER:
        return _from_number(line, index, published)
    low = line.lows[index]
    if low in _TRIGGERS:
        return _from_word(line, index, published)
    if low in SEASONS and is_year(line, index + 1):
        first, last = SEASONS[low]
        year = line.words[index + 1]
        return _Found(index + 2, f"{year}-{first:02}", f"{year}-{last:02}")
    return _quarter(line, index, published) if low in QUARTERS else None


def _with_lead(line: Line, index: int, here: _Found, published: date | None) -> When:
    lead = line.lows[index - 1]
    back = index - 1
    while (
        line.lows[back]
        in ("early", "late", "mid", "-", "the", "end", "of", "start", "beginning", "about", "around")
        and back > 0
    ):
        back -= 1
        lead = line.lows[back]
    lead = lead if lead in LEADS else ""
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
        word[:1].isdigit() for word in before[-4:]
    )


def is_year(line: Line, index: int) -> bool:
    """Whether four plain digits at `index` may be a year."""
    word = line.words[index]
    return len(word) == 4 and word.isdigit() and "1500" <= word <= "2100"


def _is_old_year(line: Line, index: int) -> bool:
    """Whether four digits are a medieval year: "in 1066"."""
    word = line.words[index]
    bare = len(word) == 4 and word.isdigit() and word[0] == "1"
    return bare and line.lows[index - 1] in ("in", "since") and not line.lows[index + 1][:1].isalpha()


def _from_number(line: Line, index: int, published: date | None) -> _Found | None:
    word = line.words[index]
    ordinal = line.glued(index + 1) and line.lows[index + 1] in ("st", "nd", "rd", "th")
    after = index + 2 if ordinal else index + 1
    if len(word) <= 2 and line.lows[after] == "of":
        after += 1
    if len(word) <= 2 and _is_month(line, after) and 1 <= int(word) <= 31:
        return _day_month(line, int(word), after, published)
    if word.isdigit() and (line.lows[index - 1] in _ERAS or line.lows[index + 1] in _ERAS):
        return _era(line, index)
    if is_year(line, index) or _is_old_year(line, index):
        return _from_year(line, index)
    parts = word.split("/")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return _Found(index + 1, "", "")
    return None


def _era(line: Line, index: int) -> _Found:
    """Return a year before or long after Christ, and the one that "and" ties to it; neither is a figure."""
    after = index + 2 if line.lows[index + 1] in _ERAS else index + 1
    if line.lows[after] in ("and", "to", "-") and line.words[after + 1].isdigit():
        after += 2
    return _Found(after, "", "")


def _is_month(line: Line, index: int) -> bool:
    low = line.lows[index]
    return low in MONTHS and line.capital(index)


def _day_month(line: Line, day: int, month_at: int, published: date | None) -> _Found:
    month = MONTHS[line.lows[month_at]]
    after = month_at + 2 if line.words[month_at + 1] == "." else month_at + 1
    at = after + 1 if line.words[after] == "," else after
    if is_year(line, at):
        return _Found(at + 1, *_day(int(line.words[at]), month, day))
    return _Found(after, *_resolved_day(line, month_at, month, day, published), explicit=False)


def _day(year: int, month: int, day: int) -> tuple[str, str]:
    if day > monthrange(year, month)[1]:
        return "", ""
    text = f"{year:04}-{month:02}-{day:02}"
    return text, text


def _resolved_day(line: Line, at: int, month: int, day: int, published: date | None) -> tuple[str, str]:
    if published is None:
        return "", ""
    year = _nearest_year(line, at, month, day, published)
    return _day(year, month, day) if year else ("", "")


def _nearest_year(line: Line, at: int, month: int, day: int, published: date) -> int:
    """Return the year of a month and day without one: the next such day after "by" and "will", else the last."""
    ahead = not _FUTURE.isdisjoint(line.lows[max(0, at - 8) : at])
    this = (month, day) >= (published.month, published.day)
    if ahead:
        return published.year if this else published.year + 1
    return published.year - 1 if (month, day) > (published.month, published.day) else published.year


def _from_year(line: Line, index: int) -> _Found | None:
    """Return a bare year, a season (2015-16), a decade (1990s), an ISO date or a span of years."""
    year, after = line.words[index], index + 1
    if line.words[index - 1] in SIGNS or (line.glued(index) and _sticks(line, index)):
        return None
    if line.glued(after) and line.lows[after] == "s":
        return _Found(after + 1, year, f"{int(year) + 9}")
    if line.lows[after] == "-" and line.glued(after):
        return _year_dash(line, index)
    if _counts_something(line, index) or (line.lows[after] == "-" and _counts_something(line, after + 1)):
        return None
    return _bare_year(line, index)


def _bare_year(line: Line, index: int) -> _Found:
    """Return a year, the span it begins ("from 2014 to 2019"), or a date without time where it is a name's."""
    year, after = line.words[index], index + 1
    spans = line.lows[index - 1] in ("from", "between") and line.lows[after] in ("to", "and")
    if spans and is_year(line, after + 1):
        return _Found(after + 2, year, line.words[after + 1])
    if line.capital(index - 1) and line.lows[index - 1] not in LEADS and index > 0:
        return _Found(after, "", "")
    return _Found(after, year, year)


def _sticks(line: Line, index: int) -> bool:
    """Whether what touches the digits from the left makes them something other than a year."""
    return line.kinds[index - 1] != MARK or line.words[index - 1] in "#+@.&"


def _year_dash(line: Line, index: int) -> _Found | None:
    year, other = line.words[index], line.words[index + 2]
    if len(other) == 2 and other.isdigit() and line.words[index + 3] == "-" and len(line.words[index + 4]) == 2:
        text = f"{year}-{other}-{line.words[index + 4]}"
        return _Found(index + 5, text, text)
    if len(other) == 2 and other.isdigit() and int(other) == (int(year) + 1) % 100:
        return _Found(index + 3, year, f"{int(year) + 1}")
    if is_year(line, index + 2) and other > year and not _counts_something(line, index + 2):
        return _Found(index + 3, year, other)
    return _Found(index + 1, year, year) if not other[:1].isdigit() else None


def _counts_something(line: Line, index: int) -> bool:
    """Whether four digits count what follows ("2000 people") rather than name a year ("2018 sales")."""
    before, after = line.lows[index - 1], line.lows[index + 1]
    if before in (
        "since",
        "until",
        "during",
        "early",
        "late",
        "mid",
        "'s",
        "fiscal",
        "its",
        "their",
    ) or line.capital(index - 1):
        return False
    if line.lows[index + 1] in (
        "per",
        "%",
        "percent",
        "million",
        "billion",
        "hp",
        "rpm",
        "people",
        "men",
        "women",
        "euros",
        "dollars",
    ):
        return True
    if before in ("in", "by", "of", "from", "the", "a") and line.words[index][2:] != "00":
        return False
    round_number = line.words[index][2:] == "00" or not "1900" <= line.words[index] <= "2040"
    return round_number and (
        is_plural(after) or (is_plural(line.lows[index + 2]) and after not in ("and", "the", ","))
    )


def _from_word(line: Line, index: int, published: date | None) -> _Found | None:
    low = line.lows[index]
    if _is_month(line, index):
        return _from_month(line, index, published)
    if (
        low in WEEKDAYS
        and line.capital(index)
        and (low not in _SHORT_WEEKDAYS or line.words[index + 1] in (".", ","))
    ):
        return _Found(index + 1, *_weekday(line, index, published), explicit=False)
    if low in ("today", "yesterday", "tomorrow", "tonight"):
        shift = {"yesterday": -1, "tomorrow": 1}.get(low, 0)
        day = (published + timedelta(days=shift)).isoformat() if published else ""
        return _Found(index + 1, day, day, explicit=False)
    if low in ("fiscal", "fy") and (
        is_year(line, index + 1) or (line.lows[index + 1] == "year" and is_year(line, index + 2))
    ):
        at = index + 1 if is_year(line, index + 1) else index + 2
        return _Found(at + 1, line.words[at], line.words[at])
    if low == "q" and line.glued(index + 1) and line.words[index + 1] in _NUMBERED:
        return _quarter_of(line, _NUMBERED[line.words[index + 1]], index + 2, published)
    return _relative(line, index, published) if low in _RELATIVE else None


def _from_month(line: Line, index: int, published: date | None) -> _Found | None:
    month = MONTHS[line.lows[index]]
    after = index + 2 if line.words[index + 1] == "." and line.lows[index] != "may" else index + 1
    day_text = line.words[after]
    if len(day_text) <= 2 and day_text.isdigit() and 1 <= int(day_text) <= 31 and not _is_month_score(line, after):
        return _month_day(line, index, after, published)
    at = after + 1 if line.words[after] == "," else after
    if is_year(line, at):
        text = f"{line.words[at]}-{month:02}"
        return _Found(at + 1, text, text)
    if line.lows[index] in ("may", "march") and line.lows[index - 1] not in _BEFORE_MONTH:
        return None if line.lows[index] == "may" or index == 0 else _Found(index + 1, "", "", explicit=False)
    if line.lows[after] in ("and", "to", "-") and _is_month(line, after + 1) and is_year(line, after + 2):
        year = line.words[after + 2]
        return _Found(after + 3, f"{year}-{month:02}", f"{year}-{MONTHS[line.lows[after + 1]]:02}")
    return _Found(index + 1, *_bare_month(line, index, month, published), explicit=False)


def _is_month_score(line: Line, index: int) -> bool:
    """Whether the digits after a month go on as something else than its day: "In March 30 % …"."""
    return line.lows[index + 1] in ("%", "percent", "per", "million", "billion") or (
        line.glued(index + 1) and line.lows[index + 1] in ("pc", "m", "bn", ":")
    )


def _month_day(line: Line, index: int, day_at: int, published: date | None) -> _Found:
    month, day = MONTHS[line.lows[index]], int(line.words[day_at])
    after = day_at + 1
    if line.glued(after) and line.lows[after] in ("st", "nd", "rd", "th"):
        after += 1
    at = after + 1 if line.words[after] == "," else after
    if is_year(line, at):
        return _Found(at + 1, *_day(int(line.words[at]), month, day))
    return _Found(after, *_resolved_day(line, index, month, day, published), explicit=False)


def _bare_month(line: Line, index: int, month: int, published: date | None) -> tuple[str, str]:
    if published is None:
        return "", ""
    relative = _RELATIVE.get(line.lows[index - 1])
    if relative is not None and relative > 0:
        year = published.year + (month <= published.month)
    elif line.lows[index + 1] == "'s":
        year = published.year - (month > published.month)
    else:
        year = _nearest_year(line, index, month, 1, published)
    text = f"{year}-{month:02}"
    return text, text


def _weekday(line: Line, index: int, published: date | None) -> tuple[str, str]:
    if published is None:
        return "", ""
    behind = (published.weekday() - WEEKDAYS[line.lows[index]]) % 7
    before = line.lows[index - 1]
    if before == "next" or (behind and not _AHEAD.isdisjoint(line.lows[max(0, index - 6) : index])):
        day = published + timedelta(days=7 - behind)
    elif before == "last" and behind == 0:
        day = published - timedelta(days=7)
    else:
        day = published - timedelta(days=behind)
    return day.isoformat(), day.isoformat()


def _relative(line: Line, index: int, published: date | None) -> _Found | None:
    shift, grain = _RELATIVE[line.lows[index]], line.lows[index + 1]
    end = index + 2
    if grain in ("financial", "fiscal", "calendar"):
        grain, end = line.lows[index + 2], index + 3
    if grain not in ("year", "month", "week", "quarter"):
        return None
    if published is None:
        return _Found(end, "", "", explicit=False)
    return _Found(end, *_shifted(published, grain, shift), explicit=False)


def _shifted(day: date, grain: str, shift: int) -> tuple[str, str]:
    """Return the year, quarter, month or week `shift` steps from that of `day`."""
    if grain == "year":
        return f"{day.year + shift}", f"{day.year + shift}"
    if grain == "week":
        monday = day - timedelta(days=day.weekday() - 7 * shift)
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    months = day.year * 12 + day.month - 1
    if grain == "month":
        text = f"{(months + shift) // 12}-{(months + shift) % 12 + 1:02}"
        return text, text
    first = (months // 3 + shift) * 3
    return f"{first // 12}-{first % 12 + 1:02}", f"{first // 12}-{first % 12 + 3:02}"


def _quarter(line: Line, index: int, published: date | None) -> _Found | None:
    low = line.lows[index]
    at = index + 2 if line.lows[index + 1] == "-" else index + 1
    if line.lows[at] == "half" and low in ("first", "second"):
        return _half(line, low, at + 1)
    if line.lows[at] != "quarter":
        return None
    return _quarter_of(line, QUARTERS[low], at + 1, published)


def _half(line: Line, low: str, after: int) -> _Found | None:
    at = after + 1 if line.lows[after] == "of" else after
    if not is_year(line, at):
        return None
    year = line.words[at]
    months = ("01", "06") if low == "first" else ("07", "12")
    return _Found(at + 1, f"{year}-{months[0]}", f"{year}-{months[1]}")


def _quarter_of(line: Line, quarter: int, after: int, published: date | None) -> _Found:
    at = after + 1 if line.lows[after] in ("of", ",") else after
    explicit = is_year(line, at)
    if not explicit and (published is None or line.lows[at] in ("last", "this", "next")):
        return _Found(after, "", "", explicit=False)
    year = int(line.words[at]) if explicit else _quarter_year(quarter, published or date.max)
    first = quarter * 3 - 2
    return _Found(at + 1 if explicit else after, f"{year}-{first:02}", f"{year}-{first + 2:02}", explicit)


def _quarter_year(quarter: int, published: date) -> int:
    return published.year - (quarter * 3 - 2 > published.month)


def is_duration_word(low: str) -> bool:
    """Whether a number word may begin a span of time before a date."""
    return low in SMALL_WORDS
