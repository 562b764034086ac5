"""Whose words a figure is, and its date, where a clause, an aside or a quotation stands between."""

from datetime import date

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

PUBLISHED = date(2025, 3, 31)  # a Monday
# Sentences of one article are split by " | "; each figure: value, unit, change, as_of, speaker.
VOICES: dict[str, list[tuple[float, str, str, str, str]]] = {
    "A group of 150 hikers turned back near the coast of the U.S., a report Thursday said.": [
        (150, "hiker", "=", "", "report")
    ],
    "Moran, who also shot the film about the rower Ruth Alder, said the sequel will show 12 races.": [
        (12, "race", "=", "", "Moran")
    ],
    "The charity (known as Bread First) said 30 people died.": [(30, "people", "=", "", "charity")],
    "Dr Ann Lee, an engineer at the Academy in Bern, Switzerland, and in Rome, Italy, said 12 pumps had failed.": [
        (12, "pump", "=", "", "Ann Lee")
    ],
    "Jon Reed, president of Hale & Sons, an agency, cautioned that 3 men were missing.": [
        (3, "man", "=", "", "Jon Reed")
    ],
    '"Three of the pumps are old," Omar Haddad, a plumber in Bern, Switzerland, said in a statement.': [
        (3, "pump", "=", "", "Omar Haddad")
    ],
    "The Court of Audit, which found that 12 pages were missing, sent the file back.": [
        (12, "page", "=", "", "Court of Audit")
    ],
    "The Court of Audit, which found that 12 pages were missing.": [(12, "page", "=", "", "Court of Audit")],
    "Burglaries rose 12 percent, according to new figures released Monday by the Crime Bureau.": [
        (12, "percentage", "up", "", "Crime Bureau")
    ],
    "The average is 23.2 years, according to a 2009 study from Spain's Institute of Demography.": [
        (23.2, "year", "=", "", "Spain's Institute of Demography")
    ],
    '"I have 12 papers in journals," Urban wrote in a recent article.': [(12, "paper", "=", "", "Urban")],
    '"We ran," Batt told reporters. "It works. | Be patient." | The 184 reported incidents were grave.': [
        (184, "incident", "=", "", "")
    ],
    '"We ran," Batt told reporters. "It works. | There were 12 leaks. | Be patient with 13."': [
        (12, "leak", "=", "", "Batt"),
        (13, "-", "=", "", "Batt"),
    ],
    "Today Acme announced that it was selling 8 million songs.": [(8000000.0, "song", "=", "", "Acme")],
    "A Marple Poll out on Wednesday found that she would win by 10 points.": [
        (10, "point", "=", "", "Marple Poll")
    ],
    "He praised the values mentioned by 30% of voters.": [(30, "percentage", "=", "", "")],
    '"We lost the lease," said the landlord, who owns 12 flats.': [(12, "flat", "=", "", "")],
    "The inquiry found that in 2006, the firm received $69 million at its church.": [
        (69000000.0, "dollar", "=", "2006", "inquiry")
    ],
    '"In 1992, the college fined its chapter $1,000 after a party.': [(1000, "dollar", "=", "1992", "")],
    "They will charge $69 in April and May.": [(69, "dollar", "=", "2025-04/2025-05", "")],
    "The firm sees fiscal year 2019 sales growth of 1.8 percent.": [(1.8, "percentage", "up", "2019", "firm")],
    "An ambush in 2019 killed a worker and nine guards.": [(9, "guard", "=", "2019", "")],
    "Friday's strike answered a bomb that killed scores of people, including 13 guards.": [
        (13, "guard", "=", "", "")
    ],
    "The quarrel began earlier this year when Acme bought the label for $300 million.": [
        (300000000.0, "dollar", "=", "2025", "")
    ],
    "He studied 3,959 trials in 12 states from 1877 to 1950.": [
        (3959, "trial", "=", "1877/1950", ""),
        (12, "state", "=", "1877/1950", ""),
    ],
    "Some 107 schools bear the name of a pupil killed during the December 16 attack on a camp.": [
        (107, "school", "~", "", "")
    ],
    "Jon Reed, head of research at Ash, an agency, said 3 men left.": [(3, "man", "=", "", "Jon Reed")],
    "The noise, well over double the 120 decibels allowed, beat the old hybrid's 212.": [
        (120, "decibel", "=", "", ""),
        (212, "-", "=", "", ""),
    ],
}


@pytest.mark.parametrize("text", VOICES, ids=str)
def test_voices(text: str) -> None:
    sentences, at = [], 0
    for part in text.split(" | "):
        sentences.append(Sentence(at, at + len(part), part))
        at += len(part) + 1
    found = extract(sentences, PUBLISHED)
    got = [
        (f.value, f.unit, f.change, f.as_of.label if f.as_of else "", f.source.name if f.source else "")
        for f in found
    ]
    assert got == VOICES[text]
