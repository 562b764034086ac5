"""When: the next poll of a feed, the next slot of a timetable, a moment in words. Pure; chance is passed in."""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import UsageError
from bot.model import Entry, Timetable

FLOOR_SECONDS = 3600
LOWEST_FLOOR_SECONDS = 900
CAP_SECONDS = 86400
JITTER = 0.1
ENTRIES_THAT_COUNT = 20

EARLIEST = date(1900, 1, 1)
"""Nothing is older; the first days of the calendar are outside it in some zones."""

_SPAN = re.compile(r"(?:last |past |(\d{1,3}) ?)?(minute|hour|day|week|month|year)s?")
_SPANS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_LONGEST_GAP_MINUTES = 24 * 60  # a whole day was skipped where the date line moved


# ---------------------------------------------------------------- polls


def next_poll(now: datetime, interval_seconds: float, fresh_seconds: float, chance: float) -> datetime:
    """Return when to ask again after a success: our interval, or later if the server says its answer is fresh.

    `chance` is a number from 0 up to 1: what was due at one moment spreads over a tenth of its interval, never
    earlier (P8). Freshness counts up to a day (P9).
    """
    seconds = max(interval_seconds, min(fresh_seconds, CAP_SECONDS))
    return now + timedelta(seconds=seconds * (1 + JITTER * chance))


def next_try(now: datetime, floor_seconds: float, failures: int, chance: float) -> datetime:
    """Return when to ask again after so many failures in a row: backoff with full jitter, at most a day (P11)."""
    longest = min(floor_seconds * 2 ** min(failures, 20), CAP_SECONDS)
    return now + timedelta(seconds=max(floor_seconds, longest * chance))


def interval_seconds(entries: Collection[Entry], stated_seconds: int, floor_seconds: int) -> int:
    """Return how often to ask: half the median gap of the newest 20 entries (P17), between the floor and a day.

    What the feed states itself (its ttl, its update period) only makes it longer (P16).
    """
    moments = sorted((entry.published_at for entry in entries if entry.published_at), reverse=True)
    gaps = [(newer - older).total_seconds() for newer, older in pairwise(moments[:ENTRIES_THAT_COUNT])]
    wanted = max(median(gaps) / 2 if gaps else 0, stated_seconds)
    return int(min(max(wanted, floor_seconds), max(CAP_SECONDS, floor_seconds)))


def skip_closed_hours(at: datetime, hours: frozenset[int], days: frozenset[int]) -> datetime:
    """Return the first moment from `at` on in no hour (GMT) or weekday a feed asks to be left alone in (P16).

    At most a day later: a feed that closes every hour is asked all the same.
    """
    moment = at
    while moment.hour in hours or moment.weekday() in days:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if moment - at >= _DAY:
            return at + _DAY
    return moment


# ---------------------------------------------------------------- slots


def next_slot(timetable: Timetable, after: datetime) -> datetime:
    """Return the first slot of a timetable after a moment, in UTC.

    A local time that a clock change skips is taken at the next minute there is; one that comes twice is taken the
    first time only (D6). Raises ValueError for a timetable without times or weekdays.
    """
    return min(slot for slot in _slots(timetable, _local_date(timetable, after), range(-1, 10)) if slot > after)


def last_slot(timetable: Timetable, now: datetime) -> datetime:
    """Return a timetable's last slot up to now: of several missed ones, the one to deliver late (D5)."""
    return max(slot for slot in _slots(timetable, _local_date(timetable, now), range(-10, 2)) if slot <= now)


def _local_date(timetable: Timetable, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(timetable.zone)).date()


def _slots(timetable: Timetable, day: date, around: Iterable[int]) -> Iterator[datetime]:
    for offset in around:
        local = day + timedelta(days=offset)
        if local.weekday() in timetable.weekdays:
            yield from (_moment(local, at, ZoneInfo(timetable.zone)) for at in timetable.times)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when a clock on the wall first shows a local time, or the next time that it shows at all."""
    wall = datetime.combine(day, at)
    shown = (wall + minutes * _MINUTE for minutes in range(_LONGEST_GAP_MINUTES + 1))
    moments = ((each, each.replace(tzinfo=zone).astimezone(UTC)) for each in shown)
    return next(moment for each, moment in moments if moment.astimezone(zone).replace(tzinfo=None) == each)


# ---------------------------------------------------------------- timetables as they are typed

_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(am|pm)?", re.ASCII)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILLERS = frozenset(("at", "on", "every", "each", "day", "and", "in"))
_DAY_WORDS = {
    "daily": range(7),
    "everyday": range(7),
    "weekdays": range(5),
    "workdays": range(5),
    "weekends": range(5, 7),
}


def parse_timetable(words: str, known: Timetable) -> Timetable:
    """Return the timetable that a person typed: times, then days and a zone if he names any.

    `07:00`, `7am,18:30 mon-fri`, `08:00 weekdays Europe/London`. What is not named stays as in `known`.

    Raises:
        UsageError: No time, or a word that is neither time, day nor IANA zone; the sentence shows how it is typed.

    """
    times: list[time] = []
    days: set[int] = set()
    zone = known.zone
    for word in re.split(r"[\s,;]+", words.strip()):
        if not word or word.casefold() in _FILLERS:
            continue
        if found := _time_of(word.casefold()):
            times.append(found)
        elif found_days := _days_of(word.casefold()):
            days |= found_days
        else:
            zone = _zone_of(word)
    if not times:
        raise UsageError("Say at what time, for instance `schedule 08:00 mon-fri Europe/London`.")
    return Timetable(tuple(sorted(set(times))), frozenset(days) or frozenset(range(7)), zone)


def timetable_words(timetable: Timetable) -> str:
    """Return a timetable as a person types it; `parse_timetable` reads it back."""
    times = ",".join(f"{at:%H:%M}" for at in timetable.times)
    days = "" if len(timetable.weekdays) == 7 else f" {_day_words(sorted(timetable.weekdays))}"
    return f"{times}{days} {timetable.zone}"


def _day_words(days: list[int]) -> str:
    first, last = days[0], days[-1]
    if len(days) > 2 and days == list(range(first, last + 1)):
        return f"{_DAYS[first][:3]}-{_DAYS[last][:3]}"
    return ",".join(_DAYS[day][:3] for day in days)


def _time_of(word: str) -> time | None:
    match = _TIME.fullmatch(word)
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise UsageError(f"“{word}” is no time of day. Type it as `07:30` or `7:30pm`.")
    return time(hour, minute)


def _days_of(word: str) -> set[int]:
    if word in _DAY_WORDS:
        return set(_DAY_WORDS[word])
    ends = [_day_of(part) for part in word.split("-", 1)]
    if None in ends:
        return set()
    start, end = ends[0] or 0, ends[-1] or 0
    return {day % 7 for day in range(start, end + 1 if end >= start else end + 8)}


def _day_of(word: str) -> int | None:
    return next((place for place, day in enumerate(_DAYS) if len(word) > 2 and day.startswith(word)), None)


def _zone_of(word: str) -> str:
    wanted = word.casefold().replace(" ", "_")
    zones = available_timezones()
    exact = [zone for zone in zones if zone.casefold() == wanted]
    named = exact or [zone for zone in zones if zone.casefold().rpartition("/")[2] == wanted]
    if len({ZoneInfo(zone).key for zone in named}) != 1:
        raise UsageError(
            f"“{word}” is no time zone that I know. Use its IANA name: `Europe/London`, `America/New_York`."
        )
    return named[0]


# ---------------------------------------------------------------- moments


def parse_since(words: str, now: datetime, zone: str) -> datetime:
    """Return the moment that a person means: `yesterday`, `Monday`, `1 March`, `2025-03-01`, `08:00`, `3 days`.

    A day begins at midnight in `zone`; a weekday, date without a year or time is the last one.

    Raises:
        UsageError: The words name no moment, or one to come; the sentence shows how it is typed.

    """
    text = " ".join(words.casefold().removeprefix("the ").removesuffix(" ago").split())
    clock = ZoneInfo(zone or "UTC")
    today = now.astimezone(clock).date()
    if span := _SPAN.fullmatch(text):
        return now - int(span[1] or 1) * _SPANS[span[2]]
    if at := _time_of(text):
        moment = _moment(today, at, clock)
        return moment if moment <= now else moment - _DAY
    words_of_day, _, last = text.rpartition(" ")
    at = _time_of(last) if words_of_day and not last.isdecimal() else None
    day = _named_day(words_of_day if at else text, today)
    if day is None or not EARLIEST <= day <= today:
        raise UsageError("Say since when, for instance `since yesterday`, `since Monday` or `since 1 March`.")
    return _moment(day, at or time(), clock)


def _named_day(text: str, today: date) -> date | None:
    """The last day of that name: `yesterday`, a weekday, a date with or without its year."""
    if text in ("today", "yesterday"):
        return today - _DAY * (text == "yesterday")
    if (weekday := _day_of(text.removeprefix("last "))) is not None:
        return today - _DAY * ((today.weekday() - weekday) % 7)
    for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d.%m.%Y"):
        for year in ("", f" {today.year}", f" {today.year - 1}"):
            with suppress(ValueError):
                day = datetime.strptime(text.replace(",", "") + year, form).replace(tzinfo=UTC).date()
                if day <= today or not year:
                    return day
    return None
