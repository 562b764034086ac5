"""Dates as sentences write them, resolved against a Monday, 31 March 2025."""

from datetime import date

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

PUBLISHED = date(2025, 3, 31)
DATED: dict[str, list[str]] = {
    "In July 2024 the port moved 300 ships.": ["2024-07"],
    "On 15 July 2024 it moved 300 ships.": ["2024-07-15"],
    "On the 3rd of May 2024 it moved 300 ships.": ["2024-05-03"],
    "On July 3rd, 2024 it moved 300 ships.": ["2024-07-03"],
    "On 4 February it moved 300 ships.": ["2025-02-04"],
    "On Jan. 24 it moved 300 ships.": ["2025-01-24"],
    "On 4 Sept., it moved 300 ships.": ["2024-09-04"],
    "On 30 February it moved 300 ships.": [""],
    "On 2024-05-06 it moved 300 ships.": ["2024-05-06"],
    "From June 27-30, 2024 it moved 300 ships.": ["2024-06-27/2024-06-30"],
    "During June 27-30 it moved 300 ships.": ["2024-06-27/2024-06-30"],
    "During June 27-31 it moved 300 ships.": [""],
    "In March and April 2020 it moved 300 ships.": ["2020-03/2020-04"],
    "In May it moved 300 ships.": ["2024-05"],
    "It may move 300 ships.": [""],
    "They march with 300 men.": [""],
    "A March on Paris drew 300 men.": [""],
    "March brought 300 men.": [""],
    "In March 30% of ships sank.": ["2025-03"],
    "Next June 300 ships will sail.": ["2025-06"],
    "By June 300 ships must sail.": ["2025-06"],
    "By March 15 300 ships must sail.": ["2026-03-15"],
    "June's 300 ships sailed.": ["2024-06"],
    "The 300 ships of last August sank.": ["2024-08"],
    "In spring 2023 it moved 300 ships.": ["2023-03/2023-05"],
    "In the third quarter of 2024 it moved 300 ships.": ["2024-07/2024-09"],
    "In the first quarter it moved 300 ships.": ["2025-01/2025-03"],
    "In the fourth quarter it moved 300 ships.": ["2024-10/2024-12"],
    "In the first quarter last spring it moved 300 ships.": ["2024-03/2024-05"],
    "In Q3 2024 it moved 300 ships.": ["2024-07/2024-09"],
    "In the second half of 2023 it moved 300 ships.": ["2023-07/2023-12"],
    "In the first half it moved 300 ships.": [""],
    "In fiscal 2024 it moved 300 ships.": ["2024"],
    "In fiscal year 2024 it moved 300 ships.": ["2024"],
    "In fiscal terms it moved 300 ships.": [""],
    "Last year it moved 300 ships.": ["2024"],
    "Last month it moved 300 ships.": ["2025-02"],
    "Last quarter it moved 300 ships.": ["2024-10/2024-12"],
    "This week it moved 300 ships.": ["2025-03-31/2025-04-06"],
    "In the last financial year it moved 300 ships.": ["2024"],
    "Last time it moved 300 ships.": [""],
    "Today it moved 300 ships.": ["2025-03-31"],
    "Tomorrow it will move 300 ships.": ["2025-04-01"],
    "On Monday it moved 300 ships.": ["2025-03-31"],
    "Last Monday it moved 300 ships.": ["2025-03-24"],
    "Next Monday it moves 300 ships.": ["2025-04-07"],
    "It will move 300 ships on Friday.": ["2025-04-04"],
    "On Fri. it moved 300 ships.": ["2025-03-28"],
    "The sun moved 300 ships.": [""],
    "In the 1990s it moved 300 ships.": ["1990/1999"],
    "In 2015-16 it moved 300 ships.": ["2015/2016"],
    "In 2015–2018 it moved 300 ships.": ["2015/2018"],
    "In 2015-style it moved 300 ships.": ["2015"],
    "Since 2022 it has moved 300 ships.": ["2022/2025-03-31"],
    "By late 2024 it had moved 300 ships.": ["2024"],
    "World Cup 2022 moved 300 ships.": [""],
    "Figures of ©2015 show 300 ships.": [""],
    "In a 2017 breach 300 ships sank.": ["2017"],
    "It paid 300 dollars over a 2017 breach.": [""],
    "Prices rose by an average of 0.4% in June, it said.": ["2024-06"],
    "The wage will go up by 6.7% to 12 pounds an hour from May.": ["2025-05", "2025-05"],
    "A 25% increase on the 29,437 who arrived in 2023 came.": ["", "2023"],
    "It has 14,700 suspected cases and more than 500 deaths this year.": ["2025", "2025"],
    "It freed 14 men, and 500 boys died this year.": ["", "2025"],
    "In January-February exports rose 2%.": ["2025-01/2025-02"],
    "In November-January exports rose 2%.": ["2024-11/2025-01"],
    "It cut its rate to 3.75 percent from 4 percent on Friday.": ["2025-03-28", ""],
    "It cut its rate from 4% to 3.75% on Friday.": ["", "2025-03-28"],
    "It was sold for $4.6m (£3.6m) on Friday.": ["2025-03-28", "2025-03-28"],
    "In the week ended March 2024 it moved 300 ships.": [""],
    "In the three months to the end of June it moved 300 ships.": ["2024-04/2024-06"],
    "In the first half of the year it moved 300 ships.": ["2025-01/2025-06"],
    "The gap narrowed 4% in the first half of 2025-26.": ["2025-01/2025-06"],
    "At midday on Monday, 10 women lay down.": ["2025-03-31"],
    "Wheat for May delivery gained 7 cents.": [""],
    "Exports fell to $51 from $59 over the corresponding period last year.": ["", ""],
    "In 2022, 31 ships sank, and in 2023, 44.": ["2022", "2023"],
    "Fiscal 2023 revenue was $14 billion.": ["2023"],
    "At year-end 2023, debt stood at $4 billion.": ["2023"],
    "The 2010 earthquake sank 300 ships.": ["2010"],
    "Turnout was 66% in the 2020 election.": ["2020"],
    "Its revenue in 2023 was $5m, of which $2m came from ads.": ["2023", "2023"],
    "From 2010 to 2015 there were 3248 cases reported, including 584 deaths.": ["2010/2015", "2010/2015"],
    "Since its launch in 2012 it has moved 300 ships.": ["2012/2025-03-31"],
    "From 2026 it will move 300 ships.": ["2026"],
    "He was elected in 2018 with 55% of the vote.": ["2018"],
    "In the spring of 2022, 300 ships sailed.": ["2022-03/2022-05"],
    "On the night of 14 June 2017 it moved 300 ships.": ["2017-06-14"],
    "In the decade to 2020 it moved 300 ships.": ["2011/2020"],
    "Over the period 2000-2020, it moved 300 ships.": ["2000/2020"],
    "By 2100, it could rise by up to a metre.": ["2100"],
    # periods told by their length
    "In the first nine months of 2024 it moved 300 ships.": ["2024-01/2024-09"],
    "In the final two quarters of 2024 it moved 300 ships.": ["2024-07/2024-12"],
    "In the first two months of the year it moved 300 ships.": ["2025-01/2025-02"],
    "In the last two months of last year it moved 300 ships.": ["2024-11/2024-12"],
    "In the first two years of 2024 it moved 300 ships.": ["2024", "2024"],
    "In the first two months of war it moved 300 ships.": ["", ""],
    "In the first 2.5 months of 2024 it moved 300 ships.": ["2024", "2024"],
    "In the year to March 2024 it moved 300 ships.": ["2023-04/2024-03"],
    "In the six months ended Dec. 31, 2024, it moved 300 ships.": ["2024-07/2024-12"],
    "In the six months ended Dec. 12, 2024, it moved 300 ships.": ["2024-06-13/2024-12-12"],
    "In the week ended March 22 it moved 300 ships.": ["2025-03-16/2025-03-22"],
    "In the week ended March it moved 300 ships.": [""],
    "In the two years to 2024 it moved 300 ships.": ["2023/2024"],
    "In the three months to 2024 it moved 300 ships.": ["2024"],
    "In the 2.5 months to March it moved 300 ships.": ["", "2025-03"],
    "In the year to Rome it moved 300 ships.": [""],
    "In the year to 30 February 2024 it moved 300 ships.": [""],
    "In the 2023/24 season it moved 300 ships.": ["2023/2024"],
    "In the fiscal year 2023-24 it moved 300 ships.": ["2023/2024"],
    "Between 3 and 9 March it moved 300 ships.": ["2025-03-03/2025-03-09"],
    "Between 3 and 31 February it moved 300 ships.": [""],
    "Between January and March it moved 300 ships.": ["2025-01/2025-03"],
    "Duties of 25% take effect on 2 April.": ["2025-04-02"],
    "So far this year 300 ships sailed.": ["2025"],
    "The strike grounded 90 of 140 flights on Tuesday.": ["2025-03-25", "2025-03-25"],
    "The index closed 0.4% lower at 8,582 on Monday.": ["2025-03-31", "2025-03-31"],
    "Between 2010 and 2020, the city added 300 ships.": ["2010/2020"],
    # what is no date of the figure
    "It rebuilt 300 ships at today’s rate.": [""],
    "A dollar bought 149.8 yen, down from 151.2 on Friday.": ["", "2025-03-28"],
    "It served two tours and retired in 2011.": [""],
    "It served two tours and three men in 2011.": ["2011", "2011"],
    "Some 91 ships seized on Oct. 7 remain in port.": [""],
    "The port opened in 1998 and holds 300 ships.": [""],
    "A law passed in 2019 limits it to 300 ships.": [""],
    "The town of 300 ships was founded in 1703.": [""],
    "It won for the first time in 34 years on Friday.": [""],
    "Sales fell 13% on the same period of 2024.": [""],
    "Sales fell 13% from January.": [""],
    "Sales were £4.1bn in the same period of 2023.": ["2023"],
    "The 71-year-old was first elected in 2014.": [""],
    "It was the highest since 2006 at 300 ships.": [""],
    "Not seen since 2006, 300 ships sailed.": [""],
    "It moved 300 ships, more than in 2019.": [""],
    "It was fewer than in the spring of 2024, when 300 ships sailed.": ["2024-03/2024-05"],
    "It was the worst storm since March 5, 2012, when the port lost 300 ships.": ["2012-03-05"],
    "It beat the record of 2019, when 300 ships sailed in fog.": ["2019"],
    "It was calmer than in 2019, when he was 35 and fog held back 300 ships.": ["", ""],
    "It was calmer than last year, when 300 ships sailed.": ["2024"],
    "It was calmer than in 2019, when storms came, and 300 ships sailed.": [""],
    "It was calmer than in 2019, when the port moved more than 250 to 300 ships.": ["2019"],
    "It moved 300 ships, compared with March 2019.": [""],
    "It moved 300 ships versus 250 in 2019.": ["", "2019"],
    "It moved 300 ships before 2019.": [""],
    "It moved 5% more ships than its July estimate.": [""],
    "It moved 300 ships, the ministry announced on Friday.": [""],
    "The decree signed on Friday moved 300 ships.": [""],
    "It moved 300 ships while in 2019 it slept.": [""],
    "It moved 300 ships to the north of the island, where winds were strong, in 2019.": [""],
    "Founded in 1999, it moved 300 ships and, later on, 20 boats.": ["", ""],
    "It moved 300 ships in 2019; in 2020 it slept.": ["2019"],
    "Exports were up from 4 million in 2019 to 6 million.": ["2019", ""],
    "It grew 4% to a seasonally adjusted 853,000 in May 2024.": ["2024-05", "2024-05"],
    "In 2019, it had 300 ships and 20 boats.": ["2019", "2019"],
    "It had 300 ships in May 2024 and moved 20 boats.": ["2024-05", ""],
    "She was 35 in 2019.": ["2019"],
    "In 2019 he served three years.": [""],
}


@pytest.mark.parametrize("text", DATED, ids=str)
def test_as_of(text: str) -> None:
    found = extract((Sentence(0, len(text), text),), PUBLISHED)
    assert [figure.as_of.label if figure.as_of else "" for figure in found] == DATED[text]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("In 2024 it moved 300 ships.", "2024", id="a year needs no day of publication"),
        pytest.param("Since 2022 it has moved 300 ships.", "2022/", id="since has no end without it"),
        pytest.param("Last year it moved 300 ships.", "", id="last year"),
        pytest.param("On Monday it moved 300 ships.", "", id="a weekday"),
        pytest.param("Yesterday it moved 300 ships.", "", id="yesterday"),
        pytest.param("On 4 May it moved 300 ships.", "", id="a day without its year"),
        pytest.param("In May it moved 300 ships.", "", id="a month without its year"),
        pytest.param("In May-June it moved 300 ships.", "", id="months without their year"),
        pytest.param("In the first six months of the year it moved 300 ships.", "", id="a part of no known year"),
        pytest.param("In the first quarter it moved 300 ships.", "", id="a quarter without its year"),
    ],
)
def test_without_a_day_of_publication(text: str, label: str) -> None:
    (figure,) = extract((Sentence(0, len(text), text),))
    assert (figure.as_of.label if figure.as_of else "") == label


def test_a_resolved_date_is_not_explicit() -> None:
    text = "It moved 300 ships last year and 200 in 2020."
    resolved, written = extract((Sentence(0, len(text), text),), PUBLISHED)
    assert resolved.as_of is not None
    assert written.as_of is not None
    assert (resolved.as_of.explicit, written.as_of.explicit) == (False, True)


@pytest.mark.parametrize("published", [date.min, date.max], ids=str)
def test_a_day_that_cannot_be_right_is_no_day(published: date) -> None:
    text = "Last week and tomorrow it moved 300 ships in 2024."
    assert len(extract((Sentence(0, len(text), text),), published)) == 1
