"""A series: its points, what replaces or contradicts what, its witnesses, and what we compute of it."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot import track
from bot.model import Article, Point
from bot.track.interval import rounded_to, written_to
from summarizer.model import Figure, FigureKind, Sentence, Status
from tests.bot.sayings import (
    ABOUT,
    AT,
    AT_LEAST,
    OVER,
    PCT,
    TARGET,
    USD,
    also,
    only,
    said,
)

FLOORS_AND_ESTIMATE = (
    ("russia has suffered more than *900,000* casualties", {**OVER, "speaker": "Ministry of Defence"}),
    ("at least *1,100,000* casualties, the general staff said", {**AT_LEAST, "speaker": "general staff"}),
    ("russia has suffered about *700,000* casualties", {**ABOUT, "speaker": "Lindqvist Institute"}),
)


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
@pytest.mark.parametrize("hours", [1, 14])
def test_of_three_accounts_all_that_cannot_be_true_together_are_shown(order: Sequence[int], hours: int) -> None:
    seen = [
        said(
            FLOORS_AND_ESTIMATE[at][0],
            "casualties",
            article=place,
            hours=hours * place,
            **FLOORS_AND_ESTIMATE[at][1],
        )
        for place, at in enumerate(order, 1)
    ]
    assert [set(_values(group)) for group in only(seen).conflicts] == [{700_000, 900_000, 1_100_000}]


def test_what_an_outlet_took_back_is_no_account_any_more() -> None:
    homes = [
        said("*400* homes were destroyed", "homes", as_of="2025-03-01"),
        also("*900* homes were destroyed", "homes", as_of="2025-03-01"),
        also("*500* homes were destroyed", "homes", as_of="2025-03-01", outlet="outlet 1", article=3, hours=2),
    ]
    assert [_values(group) for group in only(homes).conflicts] == [[500, 900]]


@pytest.mark.parametrize(
    ("outlet", "values", "conflicts"),
    [
        pytest.param("outlet 1", [400], [[400, 500]], id="it takes back its own alone, and others still say it"),
        pytest.param("outlet 9", [400], [[400, 500]], id="also where its first article is not in the story"),
    ],
)
def test_an_outlet_corrects_its_own_number(outlet: str, values: list[float], conflicts: list[list[float]]) -> None:
    sentence = "{} homes were destroyed, not {} as we reported"
    homes = [
        said("*400* homes were destroyed", "homes"),
        also("*400* homes were destroyed", "homes"),
        also(sentence.format("*500*", "400"), "homes", outlet=outlet, article=3, hours=2),
        also(sentence.format("500", "*400*"), "homes", outlet=outlet, article=3, hours=2),
    ]
    told = only(homes)
    assert (_values(told.points), [_values(group) for group in told.conflicts]) == (values, conflicts)


def test_two_values_of_one_day_beside_years_are_of_their_year() -> None:
    sentence = "{} conscripts by 15 July, corrected from {}"
    told = only(
        [
            said("*150,000* conscripts in 2024", "conscripts", as_of="2024"),
            said("*160,000* conscripts by 15 July", "conscripts", article=2, as_of="2025-07-15"),
            also(sentence.format("*165,000*", "160,000"), "conscripts", article=3, as_of="2025-07-15"),
        ]
    )
    assert [(point.as_of, point.value) for point in told.points] == [
        ("2024", 150e3),
        ("2025", 160e3),
        ("2025", 165e3),
    ]
    assert told.changes == ("+10.0 % on 2024",)


def test_a_value_that_stayed_has_no_change() -> None:
    told = [said("*400* jets in 2023", "jets", as_of="2023"), also("*400* jets in 2024", "jets", as_of="2024")]
    assert only(told).changes == ()


def test_of_more_statements_than_can_be_compared_each_value_is_kept() -> None:
    sentence, first = "the flood destroyed *{}* homes", [400, 700, 900]
    homes = [said(sentence.format(n), "homes", article=n, hours=40 * at) for at, n in enumerate(first)]
    repeats = [said(sentence.format(900), "homes", article=1000 + n, hours=81) for n in range(310)]
    told = only(homes + repeats)
    assert _values(told.points) == first
    assert told.points[-1].witnesses > 250


def _values(group: Sequence[Point]) -> list[object]:
    return [point.value for point in group]


def test_reprints_are_one_witness() -> None:
    reports = [said("*41* people died", "people", article=n, group=1) for n in (1, 2, 3)]
    series = only([*reports, also("the blast killed *41*", article=4)])
    assert series.points[0].witnesses == 2


def test_comparators_in_one_sentence_are_the_series_as_told_by_that_article() -> None:
    sentence = "the draft size hit {} by July 15, up from {} in 2024, {} in 2023 and {} in 2022"
    told = [
        said(sentence.format("*160,000*", "x", "y", "z"), "draft size", as_of="2025-07-15", **TARGET),
        said(sentence.format("160,000", "*150,000*", "y", "z"), as_of="2024"),
        said(sentence.format("160,000", "x", "*147,000*", "z"), as_of="2023"),
        said(sentence.format("160,000", "x", "y", "*134,500*"), as_of="2022"),
    ]
    series = only([*told, also("ordered *160,000* men to be drafted", "men")])
    assert [(point.as_of, point.value, point.witnesses) for point in series.points] == [
        ("2022", 134_500, 1),
        ("2023", 147_000, 1),
        ("2024", 150_000, 1),
        ("2025", 160_000, 2),
    ]
    assert series.changes == ("+6.7 % on 2024", "+19.0 % on 2022")
    assert series.label == "draft size"


def test_a_denied_figure_is_no_value() -> None:
    assert track.ledger([said("denied that *41* people died", "people", status=Status.DENIED)]) == ()


def test_an_article_gives_its_figures_as_observations() -> None:
    text = "Rain. It killed 41 people."
    figure = Figure((16, 18), 1, FigureKind.COUNT, 41, "people", "people", "people")
    sentences = (Sentence(0, 5, "Rain."), Sentence(6, 26, "It killed 41 people."))
    article = Article(
        7, "https://a.example/", "Rain", "A", text, AT, AT, copy_group=7, sentences=sentences, figures=(figure,)
    )
    (observation,) = track.observations(article)
    assert observation.quoted == "41"


def test_of_tables_and_endless_sentences_no_more_is_observed_than_can_be_compared() -> None:
    rain, table = "It killed 41 people." + " " * 1480, "41 " * 500
    figures = tuple(Figure((10, 12), 0, FigureKind.COUNT, number, "-", "", "") for number in range(300))
    endless = Figure((1502, 1504), 1, FigureKind.COUNT, 41, "-", "", "")
    sentences = (Sentence(0, 1500, rain), Sentence(1501, 3001, f" {table}"))
    article = Article(7, "", "Rain", "A", rain + table, AT, AT, sentences=sentences, figures=(endless, *figures))
    assert [one.figure.value for one in track.observations(article)] == list(range(200))


def test_what_we_compute_is_in_the_measure_of_the_series() -> None:
    inflation = [
        said("inflation of *2.6*%", "inflation", as_of="2025-01", **PCT),
        also("inflation of *2.3*%", "inflation", as_of="2025-02", **PCT),
    ]
    toll = [said("*41* people died", "people"), also("*87* people died", "people", hours=24)]
    bounded = [said("over *41* ships", "ships", as_of="2023", **OVER), also("*87* ships", "ships", as_of="2024")]
    ranged = [
        said("*30 to 40* ships", "ships", value=(30.0, 40.0), as_of="2023"),
        also("*9* ships", "ships", as_of="2024"),
    ]
    from_nothing = [said("*0* ships", "ships", as_of="2023", value=0.0), also("*9* ships", "ships", as_of="2024")]
    assert [only(one).changes for one in (inflation, toll, bounded, ranged, from_nothing)] == [
        ("-0.3 percentage points on 2025-01",),
        ("+46 on 2025-03-31",),
        (),
        (),
        (),
    ]


@pytest.mark.parametrize(
    ("value", "quoted", "written", "rounded"),
    [
        pytest.param(160_000.0, "160,000", 1, 10_000, id="two digits count at least"),
        pytest.param(147_500.0, "147,500", 1, 100, id="the last digit that is no zero"),
        pytest.param(12.0, "12", 1, 1, id="small numbers are exact"),
        pytest.param(5.0, "5.0", 0.1, 0.1, id="a written tenth"),
        pytest.param(1.25, "1.25", 0.01, 0.01, id="decimals"),
        pytest.param(0.05, "0.05", 0.01, 0.01, id="a small fraction"),
        pytest.param(1.25, "", 0.01, 0.01, id="decimals of a word"),
        pytest.param(0.0, "0", 1, 1, id="nothing"),
        pytest.param(3e12, "3 trillion", 1e12, 1e12, id="trillions"),
        pytest.param(1.2e6, "1.2 million", 1e5, 1e5, id="a tenth of a million"),
        pytest.param(5e5, "0.5 million", 1e5, 1e5, id="less than a million"),
        pytest.param(0.125, "1 in 8", 0.001, 0.001, id="one in eight"),
        pytest.param(float("inf"), "endless", 1, 1, id="no number"),
    ],
)
def test_a_number_is_good_to_the_place_it_was_rounded_to(
    value: float, quoted: str, written: float, rounded: float
) -> None:
    assert written_to(value, quoted) == pytest.approx(written)
    assert rounded_to(value, written) == pytest.approx(rounded)


def test_a_sentence_may_say_a_number_twice() -> None:
    sentence = "{} homes were flooded, and {} homes is a third of the town"
    first, again = sentence.format("*340*", "340"), sentence.format("340", "*340*")
    assert len(only([said(first, "homes"), said(again, "homes")]).points[0].observations) == 2


def test_months_and_years_are_two_series_and_an_undated_value_goes_where_it_is_known() -> None:
    exports = [
        said("exports of $*31 million* in January", "exports", as_of="2025-01", **USD),
        also("exports of $*310 million* in 2025", "exports", as_of="2025", **USD),
        also("exports of $*310 million*", "exports", article=3, **USD),
    ]
    months_and_years = [[point.as_of for point in series.points] for series in track.ledger(exports)]
    assert months_and_years == [["2025"], ["2025-01"]]


def test_a_value_that_one_text_dates_closer_stays_in_its_year() -> None:
    told = [
        said("*150,000* conscripts in 2024", "conscripts", as_of="2024"),
        also("*150,000* conscripts in spring 2024", "conscripts", as_of="2024-03/2024-05"),
        also("*160,000* conscripts in 2025", "conscripts", article=3, as_of="2025"),
    ]
    assert [(point.as_of, point.witnesses) for point in only(told).points] == [("2024", 2), ("2025", 1)]


def test_an_article_may_round_in_one_sentence_what_it_counts_in_another() -> None:
    later = also("in all, *1,200* teachers marched", "teachers", article=1, hours=0)
    start, end = later.figure.span
    later = replace(later, offset=200, figure=replace(later.figure, span=(start + 200, end + 200)))
    assert only([said("the march drew *1,187* teachers", "teachers"), later]).points[0].value == 1187
