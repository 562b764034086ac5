"""Digits and number words that are no figures, and their neighbours that are."""

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

NAMES: dict[str, list[float | tuple[float, float]]] = {
    "The S&P 500 companies and the FTSE 100 fell.": [],
    "Fortune 500 firms hire 500 people.": [500],
    "Boeing 737 jets and two new 737 Max jets are grounded.": [2],
    "Model 3s and the iPhone 15 Pro sold out.": [],
    "Call 911 or dial 0800 123 456 or fax (020) 555-1234.": [],
    "Phone number +44 20 7946 0958 is dead.": [],
    "An office at 16-18 Industrial Avenue burned.": [],
    "In the 90049 ZIP code homes are dear.": [],
    "ISO 3888-2 passed the test.": [],
    "He ran for 9:58 and left at 10 a.m. or 5pm ET.": [],
    "At 7 p. m. they met, at 0401 GMT they left, at 12 noon they ate.": [],
    "Room 12, phase 3, No. 5 and Art. 9 matter.": [],
    "Season two and chapter one begin.": [],
    "The year 70 was hard; so was year two.": [],
    "Phase 3 trials enrol 30 people, group 5 million more.": [30, 5e6],
    "COVID -19 and Covid-19 tests ran out.": [],
    "A sub-500 sq m office and a post-9 era began.": [500, 9],
    "Batman '66 and the class of '85 returned.": [],
    "User @5 wrote #7 at v2 of C&9 on page/8 and 1.2.3.": [],
    "It is a 3D film on a 5G phone for 4x4 fans.": [],
    "The 1st, 2nd and 23rd runners fell.": [],
    "The Group of Seven nations met the Group of Two.": [],
    "The Final Four and One Direction played; the Five Nations too.": [],
    "“Two Popes” is a film.": [2],
    "The one they wanted was one of many, no one else.": [],
    "Each one, every one, the same one.": [],
    "At one point, on one hand, one thing mattered.": [],
    "One man put one hand on one local store.": [1, 1, 1],
    "The two agreed, and all three left; any two of them.": [],
    "The two of them and all three countries agreed.": [2, 3],
    "A one-way street, a two-party state, a three-pronged plan.": [],
    "A one-year deal, a six-time champion and a two-thirds vote.": [1, 2 / 3],
    "Twenty-four-hour news and non-two rules.": [24],
    "Reasons: 1. Cost. 2.": [],
    "Is it true? 3.": [],
    "The ’three’ men left.": [],
    "In Gaza 32 people died.": [32],
    "Ukraine 12 jets? No.": [12],
    "Sadly 12 died, Killed 20 men.": [12, 20],
    "PlayStation 5 and AirPods 3 sold well.": [],
    "The G7 and A2 Milk met on 12/05/2024.": [],
    "It fell 0.1 per cent in the CAC 40 and Dow +0.2%.": [0.1, 0.2],
    "Mars 2020 landed near 2000 people and 2000 - 2500 homes.": [2000, (2000, 2500)],
    "In 1066 and since 1215 kings ruled.": [],
    "In 44 BC and A.D. 1000 and 1260 temples rose.": [],
    "Since 2000 people have left.": [],
    "The 2018 sales of 2024 cars rose.": [],
    "Some 1950 men and 1800 horses died.": [1950, 1800],
    "The 00 agent and 007 met 1234567890123456789012345.": [],
    "It is 10x better and 12b is the room.": [],
    "It began at six in the morning and ended at ten o’clock.": [],
    "Women in their 40s liked highs in the 80s.": [],
    "He fell over a wall.": [],
    "He was 24/7 on a 50/50 deal.": [],
    "Rooms 12345 Main Street and 14 Elm Tree Road burned.": [],
}


@pytest.mark.parametrize("text", NAMES, ids=str)
def test_no_figure_but(text: str) -> None:
    assert [figure.value for figure in extract((Sentence(0, len(text), text),))] == NAMES[text]
