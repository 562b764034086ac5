"""When feeds are polled and timetables are due."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import schedule
from bot.errors import UsageError
from bot.model import Entry, Timetable

NOW = datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)  # a Wednesday


def seconds_until(moment: datetime) -> float:
    return (moment - NOW).total_seconds()


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_P8_jitter_is_up_to_a_tenth_and_never_early(chance: float) -> None:
    assert seconds_until(schedule.next_poll(NOW, 3600, 0, chance)) == pytest.approx(3600 + 360 * chance)


@pytest.mark.parametrize(("fresh", "expected"), [(0, 3600), (100, 3600), (7200, 7200), (999_999, 86400)], ids=str)
def test_P9_freshness_raises_the_interval_up_to_a_day_and_never_lowers_it(fresh: float, expected: float) -> None:
    assert seconds_until(schedule.next_poll(NOW, 3600, fresh, 0)) == expected


@given(st.integers(0, 100), st.floats(0, 0.999))
@settings(max_examples=50)
def test_P11_backoff_lies_between_the_floor_and_a_day(failures: int, chance: float) -> None:
    assert 3600 <= seconds_until(schedule.next_try(NOW, 3600, failures, chance)) <= 86400


def test_P11_backoff_doubles_with_full_jitter() -> None:
    tries = [seconds_until(schedule.next_try(NOW, 900, failures, 0.5)) for failures in (1, 2, 3, 4, 30)]
    assert tries == [900, 1800, 3600, 7200, 43200]


def entries(*hours: float | None) -> list[Entry]:
    return [
        Entry(key=str(place), link="", title="", published_at=None if ago is None else NOW - timedelta(hours=ago))
        for place, ago in enumerate(hours)
    ]


@pytest.mark.parametrize(
    ("found", "stated", "hours"),
    [
        (entries(), 0, 1),
        (entries(5), 0, 1),
        (entries(0, 8, 16, 24), 0, 4),
        (entries(16, 0, None, 8), 0, 4),
        (entries(0, 0.1, 0.2), 0, 1),
        (entries(0, 1000, 2000), 0, 24),
        (entries(0, 8, 16), 6 * 3600, 6),
        (entries(0, 8, 16), 2 * 3600, 4),
        (entries(0, 8, 16), 99 * 3600, 24),
        (entries(*range(20), 5000, 9000, 13000), 0, 1),
    ],
    ids=[
        "no entries",
        "one entry",
        "half the median gap",
        "in any order, undated ones aside",
        "never below the floor",
        "never above a day",
        "a longer stated interval counts",
        "a shorter stated interval does not",
        "a stated interval has the same cap",
        "only the newest twenty count",
    ],
)
def test_P16_P17_the_interval_follows_the_feed(found: list[Entry], stated: int, hours: float) -> None:
    assert schedule.interval_seconds(found, stated, 3600) == hours * 3600


@pytest.mark.parametrize(
    ("hours", "days", "expected"),
    [
        ((), (), NOW),
        ((9, 11), (), NOW),
        ((10, 11), (), NOW.replace(hour=12, minute=0, second=0)),
        ((), (2,), NOW.replace(day=5, hour=0, minute=0, second=0)),
        ((), (2, 3), NOW + timedelta(days=1)),
        (range(24), (), NOW + timedelta(days=1)),
    ],
    ids=["none", "other hours", "closed hours", "a closed day", "two closed days: a day at most", "always closed"],
)
def test_P16_skipped_hours_and_days_only_delay(hours: range, days: tuple[int, ...], expected: datetime) -> None:
    assert schedule.skip_closed_hours(NOW, frozenset(hours), frozenset(days)) == expected


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(*times: str, zone: str = "UTC", weekdays: frozenset[int] = frozenset(range(7))) -> Timetable:
    return Timetable(tuple(time.fromisoformat(each) for each in times), weekdays, zone)


@pytest.mark.parametrize(
    ("timetable", "after", "expected"),
    [
        (daily("08:00"), "2026-03-04T07:59:59", "2026-03-04T08:00"),
        (daily("08:00"), "2026-03-04T08:00:00", "2026-03-05T08:00"),
        (daily("18:00", "08:00"), "2026-03-04T08:00:00", "2026-03-04T18:00"),
        (daily("08:00", weekdays=frozenset({0})), "2026-03-04T08:00:00", "2026-03-09T08:00"),
        (daily("08:00", weekdays=frozenset({2})), "2026-03-04T08:00:00", "2026-03-11T08:00"),
        (daily("07:00", zone="Europe/London"), "2026-06-01T12:00:00", "2026-06-02T06:00"),
        (daily("00:30", zone="Pacific/Auckland"), "2026-03-04T11:00:00", "2026-03-04T11:30"),
        (daily("23:30", zone="America/Los_Angeles"), "2026-03-04T07:00:00", "2026-03-04T07:30"),
        (daily("02:30", zone="Europe/Berlin"), "2026-03-28T12:00:00", "2026-03-29T01:00"),
        (daily("02:30", zone="Europe/Berlin"), "2026-03-29T01:00:00", "2026-03-30T00:30"),
        (daily("02:30", zone="Europe/Berlin"), "2026-10-24T12:00:00", "2026-10-25T00:30"),
        (daily("02:30", zone="Europe/Berlin"), "2026-10-25T00:30:00", "2026-10-26T01:30"),
        (daily("02:10", zone="Australia/Lord_Howe"), "2026-10-03T12:00:00", "2026-10-03T15:30"),
        (daily("12:00", zone="Pacific/Apia"), "2011-12-29T23:00:00", "2011-12-30T10:00"),
        (daily("02:00", "02:30", "03:00", zone="Europe/Berlin"), "2026-03-29T01:00:00", "2026-03-30T00:00"),
    ],
    ids=[
        "later today",
        "a slot itself is past",
        "the second slot of a day",
        "the next weekday",
        "the same weekday next week",
        "summer time",
        "yesterday there is today here",
        "tomorrow there is today here",
        "in a gap: the next minute there is",
        "after a gap",
        "in an overlap: the first time",
        "in an overlap: once",
        "a gap of half an hour",
        "a day that was skipped",
        "slots that a gap makes one are one",
    ],
)
def test_D6_the_next_slot(timetable: Timetable, after: str, expected: str) -> None:
    assert schedule.next_slot(timetable, utc(after)) == utc(expected)


@pytest.mark.parametrize(
    ("timetable", "now", "expected"),
    [
        (daily("08:00"), "2026-03-04T08:00", "2026-03-04T08:00"),
        (daily("08:00"), "2026-03-04T07:59", "2026-03-03T08:00"),
        (daily("08:00", "18:00"), "2026-03-09T20:00", "2026-03-09T18:00"),
        (daily("08:00", weekdays=frozenset({2})), "2026-03-10T20:00", "2026-03-04T08:00"),
        (daily("02:30", zone="Europe/Berlin"), "2026-03-29T01:00", "2026-03-29T01:00"),
    ],
    ids=["this moment", "yesterday's", "the last of many missed", "last week's", "the one in a gap"],
)
def test_D5_of_the_missed_slots_the_last_counts(timetable: Timetable, now: str, expected: str) -> None:
    assert schedule.last_slot(timetable, utc(now)) == utc(expected)


@settings(max_examples=60)
@given(
    st.integers(946684800, 2114380800),
    st.sampled_from(["Europe/London", "America/Sao_Paulo", "Asia/Tehran", "Pacific/Apia", "Australia/Lord_Howe"]),
    st.sets(st.integers(0, 6), min_size=1),
    st.lists(st.times(), min_size=1, max_size=3),
)
def test_D6_slots_go_on_and_never_come_twice(
    seconds: int, zone: str, weekdays: set[int], times: list[time]
) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    timetable = Timetable(
        tuple(each.replace(second=0, microsecond=0) for each in times), frozenset(weekdays), zone
    )
    first = schedule.next_slot(timetable, moment)
    second = schedule.next_slot(timetable, first)
    assert moment < first < second <= first + timedelta(days=8, hours=2)
    assert schedule.last_slot(timetable, first) == first


def test_a_timetable_without_days_has_no_slot() -> None:
    with pytest.raises(ValueError, match="empty"):
        schedule.next_slot(Timetable(weekdays=frozenset()), NOW)


EVERY_DAY = frozenset(range(7))


@pytest.mark.parametrize(
    ("words", "times", "weekdays", "zone"),
    [
        ("07:00", ["07:00"], EVERY_DAY, "Asia/Tokyo"),
        ("at 7am and 6:30pm", ["07:00", "18:30"], EVERY_DAY, "Asia/Tokyo"),
        ("12am,12pm", ["00:00", "12:00"], EVERY_DAY, "Asia/Tokyo"),
        ("8:00 weekdays Europe/London", ["08:00"], {0, 1, 2, 3, 4}, "Europe/London"),
        ("08:00 sat,sun", ["08:00"], {5, 6}, "Asia/Tokyo"),
        ("08:00 fri-mon", ["08:00"], {4, 5, 6, 0}, "Asia/Tokyo"),
        ("08:00 tue-thursday berlin", ["08:00"], {1, 2, 3}, "Europe/Berlin"),
        ("08:00 08:00 europe/paris", ["08:00"], EVERY_DAY, "Europe/Paris"),
    ],
)
def test_D6_timetables_are_read_as_people_type_them(
    words: str, times: list[str], weekdays: set[int], zone: str
) -> None:
    found = schedule.parse_timetable(words, Timetable(zone="Asia/Tokyo"))
    assert found == Timetable(tuple(map(time.fromisoformat, times)), frozenset(weekdays), zone)
    assert schedule.parse_timetable(schedule.timetable_words(found), Timetable()) == found


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "at what time"),
        ("mon-fri", "at what time"),
        ("25:00", "no time of day"),
        ("08:61", "no time of day"),
        ("13pm", "no time of day"),
        ("08:00 Atlantis/Capital", "no time zone"),
        ("08:00 mon-xyz", "no time zone"),
    ],
)
def test_D6_what_is_no_timetable_says_how_to_type_one(words: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        schedule.parse_timetable(words, Timetable())


# ---------------------------------------------------------------- moments


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        pytest.param("yesterday", datetime(2026, 3, 2, 23, tzinfo=UTC), id="the day before, from midnight there"),
        pytest.param("today", datetime(2026, 3, 3, 23, tzinfo=UTC), id="this day"),
        pytest.param("Monday", datetime(2026, 3, 1, 23, tzinfo=UTC), id="the last such weekday"),
        pytest.param("last thu", datetime(2026, 2, 25, 23, tzinfo=UTC), id="a weekday of last week"),
        pytest.param("1 March", datetime(2026, 2, 28, 23, tzinfo=UTC), id="a date"),
        pytest.param("March 1, 2025", datetime(2025, 2, 28, 23, tzinfo=UTC), id="a date with its year"),
        pytest.param("24 Dec", datetime(2025, 12, 23, 23, tzinfo=UTC), id="a date of last year"),
        pytest.param("2026-03-01", datetime(2026, 2, 28, 23, tzinfo=UTC), id="an ISO date"),
        pytest.param("1 March 08:30", datetime(2026, 3, 1, 7, 30, tzinfo=UTC), id="a date with a time"),
        pytest.param("9am", datetime(2026, 3, 4, 8, tzinfo=UTC), id="a time today"),
        pytest.param("23:00", datetime(2026, 3, 3, 22, tzinfo=UTC), id="a time that is still to come today"),
        pytest.param("3 hours ago", NOW - timedelta(hours=3), id="a span"),
        pytest.param("the last week", NOW - timedelta(days=7), id="a span without a number"),
    ],
)
def test_a_moment_in_words(words: str, moment: datetime) -> None:
    assert schedule.parse_since(words, NOW, "Europe/Paris") == moment


@pytest.mark.parametrize("words", ["soon", "", "5 May 2027", "1 January 0001", "31 June", "the cows come home"])
def test_no_moment(words: str) -> None:
    with pytest.raises(UsageError, match="Say since when"):
        schedule.parse_since(words, NOW, "")
