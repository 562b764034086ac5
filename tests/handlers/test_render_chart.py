"""A series as marks on an axis, with its sources; and every observation as a row for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Brief, Observation, Point, Reply, Series
from bot.model.chart import Chart
from handlers.render import chart, document, sheet
from handlers.render.telegram import fits_caption
from summarizer.model import FigureKind, Period
from tests.handlers.conftest import DRAFT, LOSSES, observation, point


def series(*points: Point, unit: str = "person", label: str = "draft size", **facts: Any) -> Series:
    return Series("key", label, unit, points, **facts)


def measured(value: float | tuple[float, float], as_of: str, kind: FigureKind, bound: str = "=") -> Point:
    seen = observation(1, "Northern Ledger", 1)
    figure = replace(seen.figure, value=value, kind=kind, bound=bound)  # type: ignore[arg-type]  # a bound
    return Point(value, bound, as_of, (replace(seen, figure=figure),), 1)


def drawn(*points: Point, **facts: Any) -> Chart:
    return chart.of(series(*points, **facts), "A story")


def ticks(*values: float) -> list[str]:
    return [label for _, label in drawn(*(point(value, f"{2020 + n}") for n, value in enumerate(values))).ticks]


def test_a_chart_shows_each_value_with_its_date_and_its_source() -> None:
    shown = chart.of(DRAFT, "Russia: spring draft", dark=True)
    assert (shown.title, shown.subtitle, shown.dark) == ("Draft size", "Russia: spring draft", True)
    assert [(mark.date, mark.value) for mark in shown.marks] == [
        ("2022", "134,500"), ("2023", "147,000"), ("2024", "150,000"), ("15 Jul 2025", "160,000"),
    ]  # fmt: skip
    assert shown.notes == ("Computed: +6.7 % on 2024, +19 % on 2022", "Sources: Northern Ledger")
    assert [label for _, label in shown.ticks] == ["130,000", "140,000", "150,000", "160,000"]


def test_accounts_that_differ_stand_side_by_side_each_with_who_says_it() -> None:
    shown = chart.of(replace(LOSSES, revised=True), "War")
    assert [(mark.value, mark.said_by, mark.dispute) for mark in shown.marks] == [
        ("900,000", "Northern Ledger", 1),
        ("about 640,000", "Kite Daily", 1),
    ]
    assert shown.notes[:2] == ("Where sources differ, each account is shown.", "A source revised its figure.")


def test_the_speaker_of_a_disputed_account_is_named() -> None:
    rivals = (
        point(9, "2025", observation(1, "Northern Ledger", 9, "A ministry")),
        point(5, "2025", observation(2, "Kite Daily", 5)),
    )
    shown = drawn(point(3, "2024"), rivals[0], conflicts=(rivals,))
    assert [(mark.said_by, mark.dispute) for mark in shown.marks] == [
        ("", 0), ("A ministry in Northern Ledger", 1), ("Kite Daily", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "date", "day"),
    [
        pytest.param("2024", "2024", 739069, id="a year stands in its middle"),
        pytest.param("2024-02", "Feb 2024", 738931.5, id="a month stands in its middle"),
        pytest.param("2024-02-01", "1 Feb 2024", 738917.5, id="a day"),
        pytest.param("2024-12", "Dec 2024", 739236.5, id="the last month of a year"),
        pytest.param("2023/2024", "2023/2024", 738886.5, id="a period of two years"),
        pytest.param("", "31 Mar 2025", None, id="no date: when it was printed"),
        pytest.param("before", "before", None, id="a word for a date"),
    ],
)
def test_a_mark_stands_where_its_date_says(as_of: str, date: str, day: float | None) -> None:
    (mark,) = drawn(point(5, as_of)).marks
    assert (mark.date, mark.day) == (date, day)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        pytest.param((134_500, 160_000), "130,000 140,000 150,000 160,000", id="values of one size"),
        pytest.param((300, 900), "0 250 500 750 1,000", id="zero shows where values reach down to it"),
        pytest.param((-900, -300), "-1,000 -750 -500 -250 0", id="zero above values below it"),
        pytest.param((-2.1, 3.4), "-4 -2 0 2 4", id="on both sides of zero"),
        pytest.param((105, 105), "0 50 100 150", id="values that are equal"),
        pytest.param((0, 0), "0 0.25 0.5 0.75 1", id="nothing but zero"),
        pytest.param((0.3, 0.1 + 0.2), "0 0.1 0.2 0.3 0.4", id="values that only arithmetic tells apart"),
    ],
)
def test_the_axis_has_round_numbers_around_all_values(values: Sequence[float], labels: str) -> None:
    assert ticks(*values) == labels.split()


NUMBERS = st.one_of(st.floats(1e-9, 1e18), st.floats(-1e18, -1e-9), st.integers(-9, 9))
DATES = st.one_of(st.text(alphabet="0123456789-/", max_size=12), st.dates().map(str), st.just("before"))


@given(st.lists(st.tuples(NUMBERS, DATES), min_size=2, max_size=50))
def test_any_series_has_an_axis_that_reaches_beyond_its_marks(values: list[tuple[float, str]]) -> None:
    shown = drawn(*(point(value, as_of) for value, as_of in values))
    places = [place for place, _ in shown.ticks]
    assert 2 <= len(places) <= 8
    assert all(left < right for left, right in pairwise(places))
    slack = 1e-12 * max(map(abs, places))
    assert all(places[0] - slack <= mark.low <= mark.high <= places[-1] + slack for mark in shown.marks)


@pytest.mark.parametrize(
    ("unit", "kind", "title", "value", "tick"),
    [
        pytest.param("dollar", FigureKind.MONEY, "Draft size", "-$5", "-$5", id="a currency"),
        pytest.param("percentage", FigureKind.PERCENT, "Draft size", "-5 %", "-5 %", id="percent"),
        pytest.param("kilometre", FigureKind.MEASURE, "Draft size, kilometres", "-5", "-5", id="a measure"),
        pytest.param("-", FigureKind.COUNT, "Draft size", "-5", "-5", id="a bare number"),
    ],
)
def test_axis_and_values_are_in_the_unit(unit: str, kind: FigureKind, title: str, value: str, tick: str) -> None:
    shown = drawn(measured(-5.0, "2024", kind), measured(-4.0, "2025", kind), unit=unit)
    assert (shown.title, shown.marks[0].value, shown.ticks[0][1]) == (title, value, tick)


def test_what_we_computed_is_marked() -> None:
    seen = observation(1, "Northern Ledger", 5)
    computed = replace(seen, figure=replace(seen.figure, computed_from=((0, 1),)))
    shown = drawn(point(5, "2024", computed), measured((2, 4), "2025", FigureKind.COUNT, ">="))
    assert [(mark.value, mark.computed, mark.low, mark.high) for mark in shown.marks] == [
        ("5 (computed)", True, 5, 5), ("at least 2–4", False, 2, 4),
    ]  # fmt: skip


def test_only_the_newest_of_many_values_are_drawn_and_the_chart_says_so() -> None:
    shown = drawn(*(point(year, f"{year}") for year in range(1950, 2000)))
    assert (len(shown.marks), shown.marks[0].date) == (40, "1960")
    assert "The newest 40 of 50 values." in shown.notes


def test_a_chart_names_a_few_outlets_and_counts_the_others(brief: Brief) -> None:
    points = [point(n, f"{2000 + n}", observation(n, f"Outlet {n}", n)) for n in range(1, 9)]
    assert drawn(*points).notes[-1].endswith("Outlet 6 and 2 more")
    *_, more = chart.caption(series(*points), brief.stories[0], "7Q2M")
    assert more.text == "and 2 more"


# ---------------------------------------------------------------- what a brief offers


def test_what_bullets_tell_is_drawn_in_their_order_then_the_longest(brief: Brief) -> None:
    long = replace(DRAFT, key="long", points=(*DRAFT.points, point(1, "2026")))
    single = series(point(1, "2024"))
    (story,) = brief.stories
    told = replace(brief, topic="", stories=(replace(story, series=(single, long, DRAFT, LOSSES)),))
    assert [each.key for _, each in chart.drawable(told)] == ["draft", "losses", "long"]
    assert [button.action for button in chart.offered(told)] == ["charted 7Q2M"]


@pytest.mark.parametrize("value", [1e19, float("inf"), 1e-12], ids=["huge", "endless", "minute"])
def test_numbers_beyond_any_axis_are_not_drawn(brief: Brief, value: float) -> None:
    (story,) = brief.stories
    alone = replace(story, bullets=(), series=(series(point(value, "2024"), point(5, "2025")),))
    assert chart.offered(replace(brief, stories=(alone,))) == ()


def test_figures_told_in_passing_are_not_drawn(brief: Brief) -> None:
    alone = replace(brief.stories[0], bullets=(), series=(replace(DRAFT, passing=True),))
    assert chart.offered(replace(brief, stories=(alone,))) == ()


def test_the_caption_names_the_brief_and_each_source_with_its_link(brief: Brief) -> None:
    lines = chart.caption(DRAFT, brief.stories[0], brief.id)
    assert [line.text for line in lines] == [
        "Draft size\tRussia: spring draft\tbrief 7Q2M", "Computed: +6.7 % on 2024, +19 % on 2022",
        "Northern Ledger: A title", "",
    ]  # fmt: skip
    assert lines[2].links[0][2] == "https://northern.example/1?a=1&b=2"


def test_T1_a_caption_of_long_titles_fits(brief: Brief) -> None:
    points = [
        point(n, f"{2000 + n}", replace(observation(n, "A rather long name of an outlet", n), title="word " * 99))
        for n in range(1, 9)
    ]
    lines = chart.caption(series(*points), brief.stories[0], brief.id)
    assert lines[1].text.endswith("…")
    assert fits_caption(document.of(Reply(caption=lines)).caption)


# ---------------------------------------------------------------- spreadsheets


def rows(*ledger: Series) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet.csv_of(ledger).decode())))


def test_a_sheet_has_one_observation_a_row() -> None:
    both = point(9, "2025", observation(1, "Northern Ledger", 9, "A ministry"), observation(2, "Kite Daily", 9))
    first, second = rows(series(both))
    assert first == {
        "series": "key", "label": "draft size", "value": "9", "low": "9", "high": "9", "unit": "person",
        "bound": "exactly", "as_of": "2025", "outlet": "Northern Ledger", "speaker": "A ministry",
        "url": "https://northern.example/1?a=1&b=2", "sentence": "9 people",
        "published_at": "2025-03-31T14:05:00+00:00", "corrected_to": "",
    }  # fmt: skip
    assert (second["outlet"], second["speaker"]) == ("Kite Daily", "")


@pytest.mark.parametrize(
    ("value", "bound", "shown"),
    [
        pytest.param((2.0, 4.0), "=", ("", "2", "4"), id="a range"),
        pytest.param(5.5, ">", ("5.5", "5.5", ""), id="more than"),
        pytest.param(-1e12, "<=", ("-1000000000000", "", "-1000000000000"), id="up to"),
    ],
)
def test_a_row_says_what_the_figure_allows(
    value: float | tuple[float, float], bound: str, shown: tuple[str, str, str]
) -> None:
    (row,) = rows(series(measured(value, "2025", FigureKind.COUNT, bound)))
    assert (row["value"], row["low"], row["high"]) == shown


def test_what_was_taken_back_is_a_row_that_says_for_what() -> None:
    old, now = observation(1, "Northern Ledger", 9), observation(4, "Northern Ledger", 7)
    spring = replace(old, figure=replace(old.figure, as_of=Period("2025-03", "2025-05")))
    told = replace(series(point(7, "2025", now)), corrected=((old, now), (spring, now)))
    assert [(row["value"], row["as_of"], row["corrected_to"]) for row in rows(told)] == [
        ("7", "2025", ""),
        ("9", "2025-03-31", "7"),
        ("9", "2025-03/2025-05", "7"),
    ]


def test_accounts_that_differ_are_rows_too() -> None:
    assert [row["outlet"] for row in rows(LOSSES)] == ["Northern Ledger", "Kite Daily"]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1"])
def test_no_text_is_a_formula(words: str) -> None:
    seen: Observation = replace(observation(1, words, 5), sentence=words, url=words)
    (row,) = rows(series(point(5, "2025", seen), label=words))
    for name in ("label", "outlet", "sentence", "url"):
        assert not row[name].lstrip().startswith(("=", "+", "-", "@")), name
