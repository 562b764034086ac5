"""When: the next poll of a feed, and the next slot of a timetable. Pure; chance is passed in."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from bot.model import Entry, Timetable

FLOOR_SECONDS = 3600
LOWEST_FLOOR_SECONDS = 900
CAP_SECONDS = 86400
JITTER = 0.1
ENTRIES_THAT_COUNT = 20

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
