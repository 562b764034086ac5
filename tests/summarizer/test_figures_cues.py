"""Bound, direction, basis, hedge and status: what the words around a figure say about it."""

from datetime import date

import pytest

from summarizer.figures import extract
from summarizer.model import Figure, Sentence, Status

CHANGES: dict[str, list[str]] = {
    "Sales grew 5%.": ["up"],
    "The order is for 5,000 conscripts more than in 2024.": ["up"],
    "It shook 40 people more than a year ago.": ["="],
    "It took 160,000 men, 10,000 men more than a year ago.": ["=", "up"],
    "It will take 10,000 men more than a year ago.": ["up"],
    "That is 10,000 men fewer than a year earlier.": ["down"],
    "It built 500 homes fewer than the year before.": ["down"],
    "It cost €40 million more than planned.": ["up"],
    "It won 12 seats more than in the last vote.": ["up"],
    "It will take two years longer than planned.": ["up"],
    "The draft is 10,000 larger than last spring’s.": ["up"],
    "It hired 300 workers more than its rival.": ["up"],
    "It paid $3 more than two years ago.": ["=", ">"],
    "It lost 300 workers more than half of its staff.": ["=", ">"],
    "The river stood 2 metres higher than normal.": ["up"],
    "Winds were 10 mph slower, 20 mph less than those of Mars.": ["=", "="],
    "Sales of $5 were up $2 from $3.": ["=", "up", "="],
    "They gave up 517 yards and tracked down 3 men.": ["=", "="],
    "The decree calls up 150,000 conscripts, and police arrested 40.": ["=", "="],
    "Sales are up 300 on last year, and calls up 12 percent.": ["up", "up"],
    "He lost 20 soldiers. He lost 3% of his pay.": ["=", "down"],
    "A loss of 13,000 jobs and a loss of $5.": ["down", "="],
    "A 3% increase, a 4% fall and a 7% share price gain.": ["up", "down", "up"],
    "A 10-point drop followed.": ["down"],
    "They plan a 3% cut and cut 50 posts.": ["down", "down"],
    "Costs are 5% higher, output 4% lower.": ["up", "down"],
    "The rise of 4% beat the fall in prices of 3%.": ["up", "down"],
    "It raised its forecast to 5% and cut rates by 2%.": ["up", "down"],
    "They raised $5 and lifted 3 men.": ["=", "="],
    "The Up 5 plan is a Drop 3 song.": ["="],
    "Prices will rise, on average, 22 percent.": ["up"],
    "It rose by almost a further 4%.": ["up"],
    "Profit rose but costs of 4% hurt.": ["="],
    "The fall which he foresaw by 4% came.": ["="],
    "Rates fell from 5% to 4%.": ["=", "down"],
    "It was revised up to 368,000.": ["up"],
    "It is up to 9 now.": ["up"],
    "Up to 9 may come.": ["<"],
    "Employment rose 5%, or 60 jobs.": ["up", "up"],
    "Sales of around $5 (£4) fell.": ["~", "~"],
    "Winds of up to 155 mph / 250 kph blew.": ["<", "<"],
    "They went over 3 reasons.": ["="],
    "Over 3 reasons were given.": [">"],
    "Over two decades it built 3 ships.": ["=", "="],
    "It lasted for over two decades.": [">"],
    "The top 3 seeds and a maximum 4 points.": ["=", "<"],
    "The minimum 4 points will top 3 points.": [">", ">"],
    "Until 4 men came, some 2 men sat.": ["=", "="],
    "Ages 13 or older; 18 and over; 65-plus; 50+ stay.": [">", ">", ">", ">"],
    "It costs $5 or less, 3 tonnes or more, a dozen or so.": ["<", ">", "~"],
    "It needs 4 men at least, and 5 at most.": [">", "<"],
    "It needs 4 at least two days.": ["=", ">"],
    "A sub-300 sq m flat is under 3 miles away.": ["<", "<"],
    "Children under the age of 5, men over 30 years of age.": ["<", ">"],
    "A total of more than 5 men and an estimated 4 boys.": [">", "~"],
    "In excess of $4, of the 5 men.": [">", "="],
    "~80% and ≈ 3 km and ≥ 4 m.": ["~", "~", ">"],
    "The Dow rose 64 points to 4,577, and by 3% to $5.": ["up", "=", "=", "="],
    "Output doubled to 200 and halved to 3.": ["up", "down"],
    "It stood at 5, below 6 and above 7.": ["=", "<", ">"],
    "One of 4%, than 3%.": ["=", "="],
    "It lowered its forecast for growth to 1.1 percent; growth of 2% is over.": ["down", "up"],
    "They sold 3 cut flowers daily.": ["="],
    "Down 4.": ["down"],
    "It sank 3 ships and dropped 4 bombs; claims dropped 1,000.": ["=", "=", "down"],
    "It has 5,000 more murders than before, 30 fewer men.": ["up", "="],
    "The chill felt like -15C.": ["="],
    "It will raise up to $5 from men no older than 34.": ["<", "<"],
    "Lead fell from 20 points to just four.": ["=", "down"],
    "Output fell for a fifth month, to 2.1 million barrels.": ["down"],
    "A 12.9-inch screen drops to $799.": ["=", "down"],
    "Turnout was 7 points lower than in May.": ["down"],
    "It took down 5,000 pages and adds its name to checks to 3 men.": ["=", "="],
}


def read(text: str) -> tuple[Figure, ...]:
    return extract((Sentence(0, len(text), text),))


@pytest.mark.parametrize("text", CHANGES, ids=str)
def test_change(text: str) -> None:
    assert [figure.change for figure in read(text)] == CHANGES[text]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        pytest.param("Sales rose 5%.", "delta", id="an amount of change"),
        pytest.param("Sales rose to $5.", "level", id="a level moved to"),
        pytest.param("Sales are $5.", "level", id="a level"),
        pytest.param("Some 60% of sales are cash.", "ratio", id="a share"),
    ],
)
def test_basis(text: str, basis: str) -> None:
    assert [figure.basis for figure in read(text)] == [basis]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("It has 5 ships.", Status.REPORTED, id="has"),
        pytest.param("It ordered 5 ships.", Status.TARGET, id="ordered"),
        pytest.param("It is to buy 5 ships.", Status.TARGET, id="is to"),
        pytest.param("It expects 5 ships.", Status.FORECAST, id="expects"),
        pytest.param("It has likely lost 5 ships.", Status.ESTIMATE, id="likely"),
        pytest.param("It allegedly lost 5 ships.", Status.CLAIM, id="allegedly"),
        pytest.param("It denied that it lost 5 ships.", Status.DENIED, id="denied"),
        pytest.param(
            "It dismissed as nonsense an estimate that it lost 5 ships.", Status.DENIED, id="denied as something"
        ),
        pytest.param("It ordered a halt, but 5 ships left.", Status.REPORTED, id="another clause"),
        pytest.param("It told people to leave, as ordered, as 5 died.", Status.REPORTED, id="another reason"),
        pytest.param("It ordered as many as 5 ships.", Status.TARGET, id="a bound"),
        pytest.param("Police ordered a search and 5 men were hurt.", Status.REPORTED, id="a clause of its own"),
        pytest.param("It rejected the plan and said 5 ships sank.", Status.REPORTED, id="another verb"),
        pytest.param("In order to save fuel it sold 5 ships.", Status.REPORTED, id="in order"),
        pytest.param("The will left her 5 ships.", Status.REPORTED, id="a will"),
        pytest.param("Exports rose in May to 5 ships.", Status.REPORTED, id="the month"),
        pytest.param("It sold more than expected, 5 ships.", Status.REPORTED, id="than expected"),
        pytest.param("The bill was rejected by 5 members.", Status.REPORTED, id="nothing denied"),
        pytest.param("It dismissed reports of 5 wrecks.", Status.DENIED, id="reports dismissed"),
        pytest.param("Yards were asked for 5 ships.", Status.TARGET, id="asked for"),
        pytest.param("The fleet may lose 5 ships.", Status.FORECAST, id="may"),
    ],
)
def test_status(text: str, status: Status) -> None:
    assert [figure.status for figure in read(text)] == [status]


PLANS = {
    "In 2022 the target was 5 ships; in 2023 it was 7, and in 2024 it was 9.": "target target target",
    "The order was for 5 ships in 2022, for 7 in 2023 and for 9 in 2024.": "target target target",
    "The order was for 5 ships in 2022 and for 7 a year later.": "target target",
    "The quota rose to 9 ships this year, from 7 in 2023 and 5 in 2022.": "target target target",
    "It ordered the yard to build 9 ships, up from 7 in 2023 and 5 in 2022.": "target reported reported",
    "It planned to build 9 ships in 2024 and built 5.": "target reported",
    "It built 5 ships in 2024, short of its target of 9.": "reported target",
    "It lost 5 ships in 2024, as planned by nobody.": "reported",
    "It forecast 9 ships for 2024 and sold 5 ships.": "forecast reported",
    "It claimed that 5 ships sank in March 2024.": "claim",
    "The general claims 5 ships sank.": "claim",
    "The minister now claims that 5 ships sank.": "claim",
    "The navy claims to have sunk 5 ships.": "claim",
    "Claims that 5 ships sank were made.": "claim",
    "Jobless claims fell by 5,000.": "reported",
    "The plan failed and cost 5 lives in 2024.": "reported",
    "The bank forecasts growth of 2 percent in 2026 and 3 percent in 2027.": "forecast forecast",
}


@pytest.mark.parametrize("text", PLANS, ids=str)
def test_what_was_planned_or_foretold_stays_so_through_a_list(text: str) -> None:
    found = extract((Sentence(0, len(text), text),), published=date(2025, 4, 1))
    assert [figure.status.value for figure in found] == PLANS[text].split()


def test_what_a_party_reports_is_a_claim() -> None:
    (figure,) = read("Organisers said 70,000 people came.")
    assert figure.status is Status.CLAIM


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        pytest.param("It has likely lost 5 ships.", "likely", id="likely"),
        pytest.param("It has about 5 ships.", "about", id="about"),
        pytest.param("It has 5 ships.", "", id="none"),
        pytest.param("It is likely: 5 ships sank.", "", id="another clause"),
    ],
)
def test_hedge(text: str, hedge: str) -> None:
    assert [figure.hedge for figure in read(text)] == [hedge]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("Some 300 people died in Gaza.", ["Gaza"], id="after the verb"),
        pytest.param("There are 300 people in the Gaza Strip.", ["Gaza Strip"], id="after the noun"),
        pytest.param("In Gaza, 300 people died.", ["Gaza"], id="opening the sentence"),
        pytest.param("It has 300 shops in May.", [""], id="a month is no place"),
        pytest.param("It has 300 shops, in Gaza.", [""], id="behind a comma"),
        pytest.param("In time, 300 people came.", [""], id="no name"),
    ],
)
def test_place(text: str, places: list[str]) -> None:
    assert [figure.place for figure in read(text)] == places
