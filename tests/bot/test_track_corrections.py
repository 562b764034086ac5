"""An outlet puts its own number right in a new article: it takes back its own alone, and stays one witness."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from bot import track
from bot.model import Article, Observation, Point, Series
from summarizer import figures, sentences

Told = tuple[int, str, str] | tuple[int, str, str, int]
Outcome = tuple[list[float], list[list[float]], list[str]]
AT = datetime(2025, 3, 31, 9, tzinfo=UTC)
ORDER = "Russia is to call up 160,000 conscripts this spring."
OTHER = "Russia will draft 160,000 conscripts this spring."
RIGHT = "Correction: Russia is to call up 150,000 conscripts this spring, not 160,000 as we reported."
FIRE = "At least 61 workers were killed when fire swept through a mill in Dalby on Monday."


def read(number: int, outlet: str, text: str, group: int = 0) -> tuple[Observation, ...]:
    """Return what an article observes that comes out so many hours after nine."""
    at = AT + timedelta(hours=number)
    split = sentences.split(text, "en")
    found = figures.extract(split, published=at.date(), language="en")
    url, group = f"https://{number}.example/", group or number
    article = Article(number, url, "", outlet, text, at, at, copy_group=group, sentences=split, figures=found)
    return track.observations(article)


def middle(point: Point) -> float:
    return point.value[0] if isinstance(point.value, tuple) else point.value


def values(series: Series) -> Outcome:
    """Return a series' values, what is disputed, and what was corrected."""
    return (
        [middle(point) for point in series.points],
        [[middle(point) for point in group] for group in series.conflicts],
        [f"{old.outlet} {old.quoted} {now.quoted}" for old, now in series.corrected],
    )


COURIER = ["Courier 160,000 150,000"]
BACK = "Correction: Russia is to call up 160,000 conscripts this spring, not 150,000 as we reported."
CASES: dict[str, tuple[list[Told], Outcome]] = {
    "a number it comes back to is told last": (
        [(0, "Courier", ORDER), (4, "Courier", RIGHT), (8, "Courier", BACK)],
        ([150e3, 160e3], [], [*COURIER, "Courier 150,000 160,000"]),
    ),
    "whichever it came back to last": (
        [(0, "Courier", ORDER), (4, "Courier", RIGHT), (8, "Courier", BACK), (12, "Courier", RIGHT)],
        ([160e3, 150e3], [], [*COURIER, "Courier 150,000 160,000", *COURIER]),
    ),
    "alone it is a revision": (
        [(0, "Courier", ORDER), (4, "Courier", RIGHT)],
        ([160e3, 150e3], [], COURIER),
    ),
    "where its first article is unknown, it tells both itself": ([(4, "Courier", RIGHT)], ([150e3], [], COURIER)),
    "others still tell what they told": (
        [(0, "Courier", ORDER), (1, "Review", OTHER), (4, "Courier", RIGHT)],
        ([160e3], [[160e3, 150e3]], COURIER),
    ),
    "so they do where its first article is unknown": (
        [(1, "Review", OTHER), (4, "Courier", RIGHT)],
        ([160e3], [[160e3, 150e3]], COURIER),
    ),
    "who prints the correction again corrects nothing": (
        [(0, "Courier", ORDER), (1, "Review", OTHER), (4, "Courier", RIGHT), (6, "Gazette", RIGHT, 4)],
        ([160e3], [[160e3, 150e3]], COURIER),
    ),
    "nor does a reprint of one whose first article is unknown": (
        [(4, "Courier", RIGHT), (6, "Gazette", RIGHT, 4)],
        ([150e3], [], COURIER),
    ),
    "who tells of another's mistake tells his own number": (
        [
            (0, "Courier", ORDER),
            (1, "Review", OTHER),
            (4, "Courier", RIGHT),
            (6, "Gazette", "Russia is calling up 150,000 conscripts, not 160,000 as first reported."),
        ],
        ([150e3], [[150e3, 160e3]], COURIER),
    ),
    "when all have left the old number, it is revised": (
        [
            (0, "Courier", ORDER),
            (1, "Review", OTHER),
            (4, "Courier", RIGHT),
            (8, "Review", "Russia will draft 150,000 conscripts this spring."),
        ],
        ([160e3, 150e3], [], COURIER),
    ),
    "by its own name": (
        [
            (0, "Courier", ORDER),
            (1, "Review", OTHER),
            (4, "Courier", "Russia will call up 150,000 conscripts, not 160,000 as the Courier reported."),
        ],
        ([160e3], [[160e3, 150e3]], COURIER),
    ),
    "without the old number": (
        [
            (0, "Courier", ORDER),
            (1, "Review", OTHER),
            (
                4,
                "Courier",
                "Russia is to call up 150,000 conscripts.\nThis article has been corrected.",
            ),
        ],
        ([160e3], [[160e3, 150e3]], COURIER),
    ),
    "in quite other words": (
        [
            (0, "Courier", FIRE),
            (5, "Courier", "The number of people who died in the Dalby mill was 48. We regret the error."),
        ],
        ([61, 48], [], ["Courier 61 48"]),
    ),
    "in a sentence of its own": (
        [
            (0, "Courier", "Some 61 miners were killed in the collapse."),
            (1, "Review", "The collapse killed 61 miners."),
            (
                3,
                "Courier",
                "The collapse killed 48 miners. An earlier version of this article said that 61 had died.",
            ),
        ],
        ([61], [[61, 48]], ["Courier 61 48"]),
    ),
    "in a sentence of its own, where its first article is unknown": (
        [(3, "Courier", "The collapse killed 48 miners. An earlier version of this article said 61 miners died.")],
        ([48], [], ["Courier 61 48"]),
    ),
    "without the right number, the wrong one is all that is known": (
        [(3, "Courier", "An earlier version of this article said that 61 miners had died.")],
        ([61], [], []),
    ),
    "in sentences that tell what it said, and what is right": (
        [
            (
                0,
                "Courier",
                "By July 15, 2025, the draft is meant to bring in 160,000 conscripts."
                " It took 150,000 conscripts in 2024 and 147,000 in 2023.",
            ),
            (1, "Review", "Russia is to call up 160,000 conscripts by July 15, 2025."),
            (
                9,
                "Courier",
                "In a report today we said that the draft was to bring in 160,000 conscripts by July 15, 2025."
                " The correct number is 163,000 conscripts. We regret the mistake.",
            ),
        ],
        ([147e3, 150e3, 160e3], [[160e3, 163e3]], ["Courier 160,000 163,000"]),
    ),
    "without the old number, no number of a year gone by": (
        [
            (0, "Courier", "It took 150,000 conscripts in 2024 and 147,000 in 2023."),
            (9, "Courier", "The correct number of conscripts is 163,000. We regret the mistake."),
        ],
        ([147e3, 150e3, 163e3], [], []),
    ),
    "of a year, to what others had told": (
        [
            (0, "Courier", "Russia is to call up 160,000 conscripts this spring, up from 147,000 in 2024."),
            (1, "Review", "Russia will draft 160,000 conscripts this spring, against 150,000 in 2024."),
            (
                4,
                "Courier",
                "Correction: An earlier version of this article misstated the size of the 2024 draft."
                " It was 150,000 conscripts, not 147,000.",
            ),
        ],
        ([150e3, 160e3], [], ["Courier 147,000 150,000"]),
    ),
    "without saying so, of one time": (
        [
            (0, "Courier", "Putin demanded that 160,000 men be drafted by July 15, 2025."),
            (1, "Review", "He wants 160,000 men drafted by July 15, 2025."),
            (5, "Courier", "The decree on the draft calls for 150,000 men by July 15, 2025."),
        ],
        ([160e3], [[160e3, 150e3]], COURIER),
    ),
    "a number of a later time corrects nothing": (
        [
            (0, "Courier", "The quake killed 41 people."),
            (9, "Courier", "The quake killed 87 people. This story has been corrected to mend a name."),
        ],
        ([41, 87], [], []),
    ),
    "a number that moved corrects nothing": (
        [
            (0, "Courier", "The order is for 160,000 conscripts by July 15, 2025."),
            (5, "Courier", "Putin lowered the order to 150,000 conscripts by July 15, 2025, from 160,000."),
        ],
        ([160e3, 150e3], [], []),
    ),
    "nor does another forecast": (
        [
            (0, "Courier", "The bank forecasts growth of 2.1 percent in 2026."),
            (5, "Courier", "The bank forecasts growth of 1.8 percent in 2026."),
        ],
        ([2.1, 1.8], [], []),
    ),
    "nor what is told days later": (
        [
            (0, "Courier", "Growth was 0.4 percent in 2024, the office said."),
            (90, "Courier", "Growth was 0.1 percent in 2024, the office said."),
        ],
        ([0.4, 0.1], [], []),
    ),
    "two speakers in one outlet correct nothing": (
        [
            (0, "Courier", "The union said 80 percent of drivers walked out in March 2025."),
            (5, "Courier", "The company said 22 percent of drivers walked out in March 2025."),
        ],
        ([80], [[80, 22]], []),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_in_any_order(case: str) -> None:
    articles, expected = CASES[case]
    for order in itertools.permutations([read(*article) for article in articles]):
        (series,) = track.ledger(one for seen in order for one in seen)
        assert values(series) == expected


@pytest.mark.parametrize("case", CASES)
def test_an_outlet_stays_one_witness(case: str) -> None:
    articles, _ = CASES[case]
    (series,) = track.ledger(one for article in articles for one in read(*article))
    shown = [*series.points, *(point for group in series.conflicts for point in group)]
    assert all(point.witnesses <= len({seen.outlet for seen in point.observations}) for point in shown)


def test_a_correction_of_two_numbers_of_its_outlet_takes_back_neither_by_guess() -> None:
    seen = (
        *read(0, "Courier", "The fire killed 61 workers. In the yard 12 guards died in the fire."),
        *read(4, "Courier", "The number of people who died was 48. We regret the error."),
    )
    assert [series.corrected for series in track.ledger(seen)] == [(), (), ()]


def test_what_a_message_told_is_taken_back_when_its_one_source_joins_the_others() -> None:
    articles, _ = CASES["of a year, to what others had told"]
    before = track.ledger(read(*articles[0]))[0]
    now = track.ledger(one for article in articles for one in read(*article))
    (change,) = track.taken_back(before, before.points, now)
    assert (change.kind, change.before, change.point.value) == ("revised", before.points[0], 150e3)
    assert track.taken_back(now[0], now[0].points, now) == ()


def test_what_changed_is_a_revision_where_the_new_number_was_known_elsewhere() -> None:
    seen = (
        *read(0, "Courier", "The ferry carried 310 passengers in 2024."),
        *read(3, "Review", "The ferry carried 420 passengers in 2024."),
        *read(5, "Courier", "Correction: the ferry carried 420 passengers in 2024, not 310."),
    )
    kinds = [change.kind for change in track.changes(seen, AT + timedelta(hours=1))]
    assert kinds == ["revised"]
