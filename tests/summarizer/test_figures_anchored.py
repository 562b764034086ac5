"""Dates told from another date of the text, in an article of Monday, 31 March 2025."""

from datetime import date

import pytest

from summarizer import sentences
from summarizer.figures import extract

PUBLISHED = date(2025, 3, 31)
DATED: dict[str, list[str]] = {
    "In 2022 it moved 300 ships. The next year it moved 200.": ["2022", "2023"],
    "In 2022 it moved 300 ships, and the following year 200.": ["2022", "2023"],
    "It moved 300 ships in 2022 and 200 ships the next year.": ["2022", "2023"],
    "In 2022 it moved 300 ships, up from 200 the previous year.": ["2022", "2021"],
    "In 2022 it moved 300 ships. In the following financial year it moved 200.": ["2022", "2023"],
    "It moved 300 ships in 2022 from 200 in 2019. The next year it moved 400.": ["2022", "2019", "2023"],
    "It moved 300 ships in 2022; that year it sold 20 boats.": ["2022", "2022"],
    "It moved 300 ships in 2022. It said that year-end sales rose to 20 boats.": ["2022", ""],
    "In March 2024 it moved 300 ships. A year later it moved 200.": ["2024-03", "2025-03"],
    "In March 2024 it moved 300 ships, up from 200 a year earlier.": ["2024-03", "2023-03"],
    "In March 2024 it moved 300 ships, against 200 a year earlier.": ["2024-03", ""],
    "It moved 300 ships in 2024, up from 200 in 2023 and 150 the year before.": ["2024", "2023", "2022"],
    "In March 2024 it moved 300 ships. The year before, it moved 200.": ["2024-03", "2023"],
    "In 2022 it moved 300 ships. The year after that it moved 200.": ["2022", "2023"],
    "It sees sales of 300, down from the 400 it forecast in January.": ["", ""],
    "The bill passed by 312 votes to 270 votes in May 2024.": ["2024-05", "2024-05"],
    "A year ago it moved 300 ships.": ["2024"],
    "A month ago it moved 300 ships.": ["2025-02"],
    "A week ago it moved 300 ships.": [""],
    "It moved 300 ships, up from 200 a year ago.": ["", ""],
    "It moved 300 ships, 5% more than a year ago.": ["", ""],
    "Last spring it moved 300 ships.": ["2024-03/2024-05"],
    "The year before the war, it moved 300 ships.": [""],
    "In March 2024 it moved 300 ships. A year later than planned, it moved 200.": ["2024-03", ""],
    "In January 2024 it moved 300 ships and in the following month 200.": ["2024-01", "2024-02"],
    "In December 2023 it moved 300 ships and a month later 200.": ["2023-12", "2024-01"],
    "In March 2024 it moved 300 ships. In the same month, 20 boats sank.": ["2024-03", "2024-03"],
    "In 2024 it moved 300 ships. In the same month, 20 boats sank.": ["2024", ""],
    "In the first quarter of 2024 it moved 300 ships and in the next quarter 200.": [
        "2024-01/2024-03",
        "2024-04/2024-06",
    ],
    "In the third quarter of 2024 it moved 300 ships, against 200 in the same period of 2023.": [
        "2024-07/2024-09",
        "2023-07/2023-09",
    ],
    "In the third quarter of 2024 it moved 300 ships, from 200 in the same quarter a year earlier.": [
        "2024-07/2024-09",
        "2023-07/2023-09",
    ],
    "In the third quarter of 2024 it moved 300 ships, up 9% on the same period a year earlier.": [
        "2024-07/2024-09",
        "2024-07/2024-09",
    ],
    "In the third quarter of 2024 it moved 300 ships. In the same period, 20 boats sank.": [
        "2024-07/2024-09",
        "2024-07/2024-09",
    ],
    "On 3 March 2024 it moved 300 ships, and 200 the next day.": ["2024-03-03", "2024-03-04"],
    "On 3 March 2024 it moved 300 ships. In the following week it moved 200.": [
        "2024-03-03",
        "2024-03-04/2024-03-10",
    ],
    "On 3 March 2024 it moved 300 ships. A week later it moved 200.": ["2024-03-03", "2024-03-10"],
    "On 31 January 2024 it moved 300 ships. A month later it moved 200.": ["2024-01-31", "2024-02-29"],
    "On Friday it moved 300 ships. The day before, it moved 200.": ["2025-03-28", "2025-03-27"],
    "Last year it moved 300 ships, from 200 the year before.": ["2024", "2023"],
    "It moved 300 ships in 2022. Nobody knows. The next year it moved 200.": ["2022", "2026"],
    "It moved 300 ships, 5% more on 2022. The following year it moved 200.": ["", "", ""],
    "It moved 300 ships the same day.": [""],
    "In 2022 it moved 300 ships. At the same time, 20 boats sank.": ["2022", ""],
    "In May 2022 it moved 300 ships, from 200 at the same time of 2021.": ["2022-05", "2021-05"],
    "It has the same 300 ships.": [""],
    "On 29 February 2024 it moved 300 ships. In the same month of 2023 it moved 200. The next day it moved 100.": [
        "2024-02-29",
        "2023-02-28",
        "2023-03-01",
    ],
    "On 29 February 2024 it moved 300 ships. In the same month of 2020 it moved 200.": [
        "2024-02-29",
        "2020-02-29",
    ],
}


@pytest.mark.parametrize("text", ["Last spring it moved 300 ships.", "A year ago it moved 300 ships."], ids=str)
def test_nothing_is_told_from_the_day_of_publication_where_that_is_not_known(text: str) -> None:
    (figure,) = extract(sentences.split(text, "en"), None)
    assert figure.as_of is None


@pytest.mark.parametrize("text", DATED, ids=str)
def test_a_date_told_from_another(text: str) -> None:
    found = extract(sentences.split(text, "en"), PUBLISHED)
    assert [figure.as_of.label if figure.as_of else "" for figure in found] == DATED[text]
