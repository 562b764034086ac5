"""News of every beat in our own words: markets, sport, disasters, crime, weather, polls, budgets, science."""

from datetime import date

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

PUBLISHED = date(2025, 3, 31)  # a Monday
Row = tuple[float | tuple[float, float], str, str, str, str]
# Sentences of one article are split by " | "; each figure: value, unit, change, as_of, speaker.
BEATS: dict[str, list[Row]] = {
    "The FTSE 100 closed 0.4% lower at 8,582 on Monday while the pound bought $1.29.": [
        (0.4, "percentage", "down", "2025-03-31", ""),
        (8582, "-", "=", "2025-03-31", ""),
        (1.29, "dollar", "=", "", ""),
    ],
    "Gold hit a record $3,128 an ounce and silver added 1.2% to $34.50.": [
        (3128, "dollar per ounce", "=", "", ""),
        (1.2, "percentage", "up", "", ""),
        (34.5, "dollar", "=", "", ""),
    ],
    "The Nikkei shed 1,502 points, or 4.1 percent, its worst day since August.": [
        (1502, "point", "down", "", ""),
        (4.1, "percentage", "down", "", ""),
    ],
    "Bitcoin slid below $82,000 before recovering to around $83,400.": [
        (82000, "dollar", "<", "", ""),
        (83400, "dollar", "~", "", ""),
    ],
    "The yield on the 10-year Treasury note eased three basis points to 4.22%.": [
        (10, "year", "=", "", ""),
        (3, "basis point", "down", "", ""),
        (4.22, "percentage", "=", "", ""),
    ],
    "Brent crude futures were up 68 cents, or 0.9%, at $74.31 a barrel by 0840 GMT.": [
        (68, "cent", "up", "", ""),
        (0.9, "percentage", "up", "", ""),
        (74.31, "dollar per barrel", "=", "", ""),
    ],
    "Shares in the retailer, which have lost a third of their value this year, rose as much as 7%.": [
        (0.3333333333333333, "value", "down", "2025", ""),
        (7, "percentage", "<", "", ""),
    ],
    "Net income fell to $1.2 billion, or 84 cents a share, from $1.5 billion, or $1.02 a share, a year earlier.": [
        (1.2e9, "dollar", "down", "", ""),
        (84, "cent per share", "down", "", ""),
        (1.5e9, "dollar", "=", "", ""),
        (1.02, "dollar per share", "=", "", ""),
    ],
    "Analysts had expected earnings of 91 cents per share on revenue of $6.4 billion.": [
        (91, "cent per share", "=", "", "Analysts"),
        (6.4e9, "dollar", "=", "", "Analysts"),
    ],
    "The company expects full-year sales of between $18.2 billion and $18.6 billion.": [
        ((18.2e9, 18.6e9), "dollar", "=", "", "company")
    ],
    "Turkey’s central bank raised its key rate by 350 basis points to 46%.": [
        (350, "basis point", "up", "", ""),
        (46, "percentage", "=", "", ""),
    ],
    "The bank left its benchmark rate unchanged at 4.5 per cent.": [(4.5, "percentage", "=", "", "")],
    "A dollar bought 149.8 yen, down from 151.2 on Friday.": [
        (149.8, "japanese yen", "=", "", ""),
        (151.2, "japanese yen", "=", "2025-03-28", ""),
    ],
    "Arsenal beat Fulham 2-1 to close the gap to nine points with eight games left.": [
        ((2, 1), "score", "=", "", ""),
        (9, "point", "=", "", ""),
        (8, "game", "=", "", ""),
    ],
    "LeBron James had 27 points, 12 rebounds and seven assists as the Lakers won 118-109.": [
        (27, "point", "=", "", ""),
        (12, "rebound", "=", "", ""),
        (7, "assist", "=", "", ""),
        ((118, 109), "score", "=", "", ""),
    ],
    "Sinner won 6-3, 3-6, 7-6 (7-4) in two hours and 41 minutes.": [
        ((6, 3), "score", "=", "", ""),
        ((3, 6), "score", "=", "", ""),
        ((7, 6), "score", "=", "", ""),
        ((7, 4), "score", "=", "", ""),
        (2, "hour", "=", "", ""),
        (41, "minute", "=", "", ""),
    ],
    "England were bowled out for 189 after slumping to 94-7 before tea.": [
        (189, "-", "=", "", ""),
        ((94, 7), "score", "=", "", ""),
    ],
    "The 23-year-old striker, a £50m signing from Porto, has scored 14 goals in 31 appearances.": [
        (23, "year of age", "=", "", ""),
        (50e6, "pound sterling", "=", "", ""),
        (14, "goal", "=", "", ""),
        (31, "appearance", "=", "", ""),
    ],
    "Norris finished 4.2 seconds ahead of Piastri and leads the standings by three points.": [
        (4.2, "second", "=", "", ""),
        (3, "point", "=", "", ""),
    ],
    "McIlroy shot a five-under-par 67 to share the lead at 10 under.": [
        (67, "-", "=", "", ""),
        (10, "-", "=", "", ""),
    ],
    "The Rams improved to 10-4 with their fifth straight win.": [((10, 4), "score", "=", "", "")],
    "Real Madrid lead the tie 3-2 on aggregate going into the second leg.": [((3, 2), "score", "=", "", "")],
    "A crowd of 61,250 watched the goalless draw.": [(61250, "-", "=", "", "")],
    "The death toll has risen to 1,644, with 3,408 injured and 139 missing, the junta said on Saturday.": [
        (1644, "-", "up", "", "junta"),
        (3408, "injured", "=", "", "junta"),
        (139, "missing", "=", "", "junta"),
    ],
    "Six crew members and all 67 passengers aboard the jet were killed.": [
        (6, "member", "=", "", ""),
        (67, "passenger", "=", "", ""),
    ],
    "The wildfire has burned through more than 48,000 hectares and was 20% contained as of Sunday night.": [
        (48000, "hectare", ">", "", ""),
        (20, "percentage", "=", "2025-03-30", ""),
    ],
    "A ferry carrying some 450 people capsized about 3 km off the coast; 38 bodies have been recovered.": [
        (450, "people", "~", "", ""),
        (3, "kilometre", "~", "", ""),
        (38, "body", "=", "", ""),
    ],
    "The quake was measured at 6.2 on the Richter scale at a depth of 10 km.": [
        (6.2, "-", "=", "", ""),
        (10, "kilometre", "=", "", ""),
    ],
    "Rescuers pulled a 62-year-old woman alive from the rubble after 60 hours.": [
        (62, "year of age", "=", "", ""),
        (60, "hour", "=", "", ""),
    ],
    "A 34-year-old man from Leeds was jailed for 12 years after admitting 14 counts of fraud.": [
        (34, "year of age", "=", "", ""),
        (12, "year", "=", "", ""),
        (14, "count", "=", "", ""),
    ],
    "Police seized 1.3 tonnes of cocaine with a street value of £104m.": [
        (1.3, "tonne", "=", "", ""),
        (104e6, "pound sterling", "=", "", ""),
    ],
    "Officers fired 17 shots in four seconds, the inquest heard.": [
        (17, "shot", "=", "", ""),
        (4, "second", "=", "", ""),
    ],
    "He faces up to 20 years in prison and a fine of $250,000.": [
        (20, "year", "<", "", ""),
        (250000, "dollar", "=", "", ""),
    ],
    "The jury of seven women and five men deliberated for nearly nine hours over two days.": [
        (7, "woman", "=", "", ""),
        (5, "man", "=", "", ""),
        (9, "hour", "~", "", ""),
        (2, "day", "=", "", ""),
    ],
    "She was sentenced to 25 years to life.": [(25, "year", "=", "", "")],
    "Temperatures could reach 29C in London, 11 degrees above the seasonal average.": [
        (29, "celsius", "=", "", ""),
        (11, "degree", "=", "", ""),
    ],
    "Up to 10cm of snow is expected above 300m, the Met Office said.": [
        (10, "centimetre", "<", "", "Met Office"),
        (300, "metre", ">", "", "Met Office"),
    ],
    "Gusts of 94mph were recorded at Capel Curig, and 62,000 homes lost power.": [
        (94, "mile per hour", "=", "", ""),
        (62000, "home", "=", "", ""),
    ],
    "The storm dumped 15 inches of rain in 24 hours.": [(15, "inch", "=", "", ""), (24, "hour", "=", "", "")],
    "Global temperatures in 2024 were 1.55°C above the old average, the World Meteorological Organization said.": [
        (1.55, "celsius", "=", "2024", "World Meteorological Organization")
    ],
    "A YouGov poll put Labour on 24%, one point behind Reform UK, with the Conservatives on 22%.": [
        (24, "percentage", "=", "", "YouGov"),
        (1, "point", "=", "", "YouGov"),
        (22, "percentage", "=", "", "YouGov"),
    ],
    "Some 57 percent of respondents disapproved, while 41 percent approved.": [
        (57, "percentage", "~", "", ""),
        (41, "percentage", "=", "", ""),
    ],
    "The survey of 1,002 adults has a margin of error of plus or minus 3 percentage points.": [
        (1002, "adult", "=", "", ""),
        (3, "percentage point", "=", "", ""),
    ],
    "With 98% of votes counted, the party had won 208 of the 630 seats.": [
        (98, "percentage", "=", "", ""),
        (208, "seat", "=", "", ""),
        (630, "seat", "=", "", ""),
    ],
    "The Senate confirmed him by 51 votes to 49.": [(51, "vote", "=", "", ""), (49, "vote", "=", "", "")],
    "Turnout was 82.5%, up six points on 2021.": [(82.5, "percentage", "=", "", ""), (6, "point", "up", "", "")],
    "Nearly seven in 10 voters said they were worried about prices.": [(0.7, "voter", "~", "", "")],
    "The motion passed by a vote of 14 to one, with the US voting against.": [
        (14, "vote", "=", "", ""),
        (1, "vote", "=", "", ""),
    ],
    "The chancellor will cut welfare by £4.8bn a year by 2030.": [
        (4.8e9, "pound sterling per year", "down", "2030", "")
    ],
    "Germany approved a 500 billion-euro infrastructure fund.": [(500e9, "euro", "=", "", "")],
    "Defence spending will rise from 2.3% of GDP to 2.5% by 2027.": [
        (2.3, "percentage", "=", "", ""),
        (2.5, "percentage", "up", "2027", ""),
    ],
    "The deficit widened to $1.15 trillion in the first five months of the fiscal year.": [
        (1150e9, "dollar", "up", "", ""),
        (5, "month", "=", "", ""),
    ],
    "The US national debt exceeds $36 trillion, more than $100,000 per person.": [
        (36000e9, "dollar", ">", "", ""),
        (100000, "dollar per person", ">", "", ""),
    ],
    "Tariffs of 25% on imported cars take effect on 2 April.": [(25, "percentage", "=", "2025-04-02", "")],
    "Council tax will increase by an average of £109, taking a Band D bill to £2,280.": [
        (109, "pound sterling", "up", "", ""),
        (2280, "pound sterling", "=", "", ""),
    ],
    "The programme costs taxpayers $2.4bn annually.": [(2.4e9, "dollar per year", "=", "", "")],
    "Astronomers found a planet 4.8 times the size of Earth orbiting a star 22 light-years away.": [
        (4.8, "count", "=", "", ""),
        (22, "light year", "=", "", ""),
    ],
    "Patients who took the drug lost 15% of their weight, compared with 2.4% in the placebo group.": [
        (15, "percentage", "down", "", ""),
        (2.4, "percentage", "=", "", ""),
    ],
    "The trial involved 2,539 adults over 72 weeks.": [(2539, "adult", "=", "", ""), (72, "week", "=", "", "")],
    "About one in 36 children in the US has autism, according to the CDC.": [
        (0.027777777777777776, "child", "~", "", "CDC")
    ],
    "A single dose contains 150 micrograms, and each vial holds 0.5 ml.": [
        (150, "microgram", "=", "", ""),
        (0.5, "millilitre", "=", "", ""),
    ],
    "Sea ice covered 14.33 million square kilometres, the smallest maximum in the 47-year satellite record.": [
        (14.33e6, "square kilometre", "=", "", ""),
        (47, "year", "=", "", ""),
    ],
    "The fossil is about 520 million years old and just 2 mm long.": [
        (520e6, "year of age", "~", "", ""),
        (2, "millimetre", "=", "", ""),
    ],
    "Carbon dioxide levels passed 427 parts per million.": [(427, "part per million", ">", "", "")],
    "Ukraine said it shot down 51 of 117 Russian drones overnight.": [
        (51, "drone", "=", "", "Ukraine"),
        (117, "drone", "=", "", "Ukraine"),
    ],
    "Israeli strikes killed at least 40 people on Sunday, most of them women, Gaza’s health ministry said.": [
        (40, "people", ">", "2025-03-30", "Gaza’s health ministry")
    ],
    "The carmaker will shed 7,500 jobs by 2029, about 8% of its workforce.": [
        (7500, "job", "down", "2029", ""),
        (8, "percentage", "~", "", ""),
    ],
    "US employers added 151,000 jobs in February while the unemployment rate edged up to 4.1%.": [
        (151000, "job", "up", "2025-02", ""),
        (4.1, "percentage", "up", "", ""),
    ],
    "Some 1.3 million workers went on a 24-hour strike.": [
        (1.3e6, "worker", "~", "", ""),
        (24, "hour", "=", "", ""),
    ],
    "An average two-bedroom flat now rents for £1,820 a month, up 9.1% in a year.": [
        (2, "bedroom", "=", "", ""),
        (1820, "pound sterling per month", "=", "", ""),
        (9.1, "percentage", "up", "", ""),
    ],
    "The 1.4GW wind farm will power 1.5 million homes for 25 years.": [
        (1.4, "gigawatt", "=", "", ""),
        (1.5e6, "home", "=", "", ""),
        (25, "year", "=", "", ""),
    ],
    "Passenger numbers at the airport rose from 5.1m to 6.3m.": [
        (5.1e6, "-", "=", "", ""),
        (6.3e6, "-", "up", "", ""),
    ],
    "Nissan Leaf sales halved to 2,100.": [(2100, "-", "down", "", "")],
    "The film took $23.4m at the US box office, well short of the $40m forecast.": [
        (23.4e6, "dollar", "=", "", ""),
        (40e6, "dollar", "=", "", ""),
    ],
    "He was paid $16.5m, up from $12.1m in 2023.": [
        (16.5e6, "dollar", "=", "", ""),
        (12.1e6, "dollar", "=", "2023", ""),
    ],
    "Only 3-D printers and 4x4 cars were left on Flight 9525 -- or so they said.": [],
    "The 184 reported incidents were studied by six crew members.": [
        (184, "incident", "=", "", ""),
        (6, "member", "=", "", ""),
    ],
    "Elon Musk, the world’s richest man, owns about 13% of Tesla.": [(13, "percentage", "~", "", "")],
    "A three-month-old baby and a 10-month-old girl were rescued.": [
        (3, "month of age", "=", "", ""),
        (10, "month of age", "=", "", ""),
    ],
    "It is the third time in five years that the club, founded in 1882, has sacked a manager.": [
        (5, "year", "=", "", "")
    ],
    "The president has been in office for less than 100 days.": [(100, "day", "<", "", "")],
    "Nine of the 12 jurors, six men and three women, agreed.": [
        (9, "juror", "=", "", ""),
        (12, "juror", "=", "", ""),
        (6, "man", "=", "", ""),
        (3, "woman", "=", "", ""),
    ],
    "Apple, Nvidia and five other tech giants lost $1.1tn in market value.": [
        (5, "giant", "=", "", ""),
        (1100e9, "dollar", "down", "", ""),
    ],
}


@pytest.mark.parametrize("text", BEATS, ids=str)
def test_beats(text: str) -> None:
    sentences, at = [], 0
    for part in text.split(" | "):
        sentences.append(Sentence(at, at + len(part), part))
        at += len(part) + 1
    found = extract(sentences, PUBLISHED)
    got = [
        (f.value, f.unit, f.change, f.as_of.label if f.as_of else "", f.source.name if f.source else "")
        for f in found
    ]
    assert got == BEATS[text]
