"""One history told by several outlets, each in its own footing: whichever of them arrive, it stays one series."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import track
from bot.model import Article, Observation
from summarizer import figures, sentences

AT = datetime(2025, 3, 31, 16, tzinfo=UTC)
ACCOUNTS = {
    "is to": "Russia is to call up 160,000 conscripts by July 15, 2025, under an order signed on Monday.\n"
    "The draft has been raised every year: the order was for 134,500 conscripts in 2022, for 147,000 in 2023"
    " and for 150,000 in 2024.",
    "wants": "The Kremlin wants 160,000 new conscripts in uniform by July 15, 2025, says a decree.\n"
    "Drafts have been getting larger: in 2022 the target was 134,500 conscripts, in 2023 it was 147,000, and in"
    " 2024 it was 150,000.",
    "clauses": "An army that wants 160,000 conscripts by July 15, 2025, is an army that expects to need them.\n"
    "In 2022 the spring target was 134,500 conscripts; in 2023 it was 147,000; in 2024 it was 150,000.",
    "meant": "The draft began on Tuesday, and by July 15, 2025, it is meant to bring in 160,000 conscripts.\n"
    "Recruiters were asked for 150,000 conscripts in the spring of 2024 and for 147,000 in 2023.",
    "demanded": "Putin demanded the draft size for this spring’s conscription hit 160,000 by July 15, up from"
    " 150,000 in 2024, 147,000 in 2023 and 134,500 in 2022.",
    "quota": "The draft quota rose to 160,000 conscripts this year, from 150,000 in 2024 and 147,000 in 2023.",
    "plain": "Russia is calling up 160,000 conscripts this year.\n"
    "It took 134,500 conscripts in 2022, 147,000 conscripts in 2023 and 150,000 conscripts in 2024.",
    "figure": "Moscow ordered 160,000 conscripts by July 15, 2025.\n"
    "The figure was 150,000 in 2024, 147,000 in 2023 and 134,500 in 2022.",
    "it drafted": "Russia is to call up 160,000 conscripts by July 15, 2025.\n"
    "It drafted 150,000 in 2024, 147,000 in 2023 and 134,500 in 2022.",
    "year before": "The draft rose to 160,000 conscripts in 2025, up from 150,000 in 2024 and 147,000 the year"
    " before.",
}
HISTORY = {"2022": 134_500.0, "2023": 147_000.0, "2024": 150_000.0, "2025": 160_000.0}


def read(number: int, text: str) -> tuple[Observation, ...]:
    published_at = AT + timedelta(hours=2 * number)
    split = sentences.split(text, "en")
    found = figures.extract(split, published=published_at.date(), language="en")
    url, outlet = f"https://{number}.example/", f"Outlet {number}"
    article = Article(
        number,
        url,
        "",
        outlet,
        text,
        published_at,
        published_at,
        copy_group=number,
        sentences=split,
        figures=found,
    )
    return track.observations(article)


SEEN = {name: read(number, text) for number, (name, text) in enumerate(ACCOUNTS.items(), 1)}


def history(seen: list[Observation]) -> list[dict[str, object]]:
    """Return the years and values of each series of conscripts."""
    return [
        {point.as_of[:4]: point.value for point in series.points}
        for series in track.ledger(seen)
        if any(point.value in HISTORY.values() for point in series.points)
    ]


def told(name: str) -> dict[str, object]:
    text = ACCOUNTS[name]
    return {year: value for year, value in HISTORY.items() if f"{value:,.0f}" in text}


@pytest.mark.parametrize("names", [*itertools.combinations(ACCOUNTS, 1), *itertools.combinations(ACCOUNTS, 2)])
def test_one_or_two_accounts_are_one_series(names: tuple[str, ...]) -> None:
    seen = [one for name in names for one in SEEN[name]]
    assert history(seen) == [{year: value for name in names for year, value in told(name).items()}]


@given(names=st.lists(st.sampled_from(sorted(ACCOUNTS)), min_size=1, unique=True), data=st.data())
def test_any_accounts_in_any_order_are_one_series(names: list[str], data: st.DataObject) -> None:
    seen = data.draw(st.permutations([one for name in names for one in SEEN[name]]))
    assert history(seen) == [{year: value for name in names for year, value in told(name).items()}]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("Deserters numbered 150,000 in 2024 and 147,000 in 2023.", id="of others"),
        pytest.param("It lost 15,000 in 2024 and 14,000 in 2023.", id="of another size"),
        pytest.param("Few came. It drafted 150,000 in 2024 and 147,000 in 2023.", id="not right behind"),
        pytest.param("The order was for 150,000 in 2024.", id="one year"),
        pytest.param("Some 150,000 were killed in 2024 and 147,000 in 2023.", id="of another fate"),
    ],
)
def test_what_a_sentence_lists_by_itself_is_a_series_of_its_own(second: str) -> None:
    seen = read(1, f"Russia is to call up 160,000 conscripts by July 15, 2025. {second}")
    assert {"2025": 160_000.0} in history([*seen])


def test_what_is_compared_without_a_date_held_before() -> None:
    texts = {
        "The airline carried 12.4 million passengers in 2024, compared with 11.1 million a year earlier.": [
            "2023",
            "2024",
        ],
        "It made 63,150 cars in the fourth quarter of 2024, against 58,000 a year earlier.": [
            "2023-10/2023-12",
            "2024-10/2024-12",
        ],
        "The port handled 300 ships, compared with 200 a year earlier.": ["before", "2025-03-31"],
        "Some 31 cases were seen among the vaccinated, against 172 among others.": ["2025-03-31"],
    }
    found = {text: [point.as_of for point in track.ledger(read(1, text))[0].points] for text in texts}
    assert found == texts
