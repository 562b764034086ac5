"""Hard sentences, labelled by our conventions: value, unit and change of every figure, left to right."""

from datetime import date

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

Row = tuple[float | tuple[float, float], str, str]
AGE = "year of age"
HARD: dict[str, list[Row]] = {
    # never figures
    "One of the ministers resigned, and one could hear the relief.": [],
    "The clinic is open 24/7 and nobody has answered since 9/11.": [],
    "The F-16 flew over the S&P 500 offices while Covid-19 tests were handed out.": [],
    "Boeing’s 737 Max and the A320 share Article 5 of the G7 paper.": [],
    "Call 555-0134-22 or 020 7946 0958 before 5 p.m. on 3 May 2024.": [],
    "The meeting begins at 9:30 and ends around 11.45am in Room 12.": [],
    "He was in the 19th century’s 2nd biggest house at 14 Elm Street.": [],
    "Version 2.4.1 of Windows 11 shipped in the third quarter of 2023.": [],
    "Flight 370, Route 66 and Section 230 were mentioned in Chapter 11.": [],
    "“He was p—ed off,” the one who left said.": [],
    "The decree of 12 March 2021 was signed in the 1990s style.": [],
    "No one thing explains it, and one day everyone will know.": [],
    "The iPhone 15 Pro replaced the Galaxy S23.": [],
    # counts and nouns
    "The factory employs 13,000 workers in Wales.": [(13000, "worker", "=")],
    "Two countries and three injuries were named.": [(2, "country", "="), (3, "injury", "=")],
    "Half a million people fled.": [(500000, "people", "=")],
    "A hundred villages lost power.": [(100, "village", "=")],
    "Two-thirds of voters stayed at home.": [(2 / 3, "voter", "=")],
    "One in five adults smokes.": [(0.2, "adult", "=")],
    "1 in 8 children went hungry.": [(0.125, "child", "=")],
    "The party took 68 of 105 seats.": [(68, "seat", "="), (105, "seat", "=")],
    "Tens of thousands of people marched.": [((10000, 100000), "people", "=")],
    "Rescuers pulled four survivors and 17 bodies from the rubble.": [(4, "survivor", "="), (17, "body", "=")],
    "If 5,000 households apply, the scheme will be closed.": [(5000, "household", "=")],
    "“We lost 40 colleagues in one night,” she said.": [(40, "colleague", "="), (1, "night", "=")],
    "The 27-nation bloc met for a two-day summit.": [(27, "nation", "="), (2, "day", "=")],
    "Twenty-one of the 30 wounded soldiers were flown home.": [(21, "soldier", "="), (30, "soldier", "=")],
    "India ordered 5 lakh doses and set aside Rs 2.5 crore.": [(500000, "dose", "="), (25000000, "rupee", "=")],
    "The state counted 1,23,456 cases.": [(123456, "case", "=")],
    "The census found 1 234 567 inhabitants.": [(1234567, "inhabitant", "=")],
    "The army drafted 160,000 men.": [(160000, "man", "=")],
    "He bought a dozen eggs and half a dozen rolls.": [(12, "egg", "="), (6, "roll", "=")],
    "About 1.2m voters were turned away.": [(1200000, "voter", "~")],
    # bounds
    "More than 900,000 soldiers fell ill.": [(900000, "soldier", ">")],
    "No fewer than 40 shops closed.": [(40, "shop", ">")],
    "As many as 300 houses burned.": [(300, "house", "<")],
    "Not fewer than 12 ministers resigned.": [(12, "minister", ">")],
    "Fewer than 20 tickets remain.": [(20, "ticket", "<")],
    "Up to 60 guests are allowed.": [(60, "guest", "<")],
    "At least 31 people were killed and nearly 200 injured.": [(31, "people", ">"), (200, "injured", "~")],
    "Profits topped $3 billion.": [(3e9, "dollar", ">")],
    "The strike lasted more than a year.": [(1, "year", ">")],
    "Some 300 residents were moved.": [(300, "resident", "~")],
    "Just under 4% of the ballots were spoiled.": [(4, "percentage", "<")],
    "The law covers people aged 65 or older.": [(65, AGE, ">")],
    "An estimated 2,500 birds died.": [(2500, "bird", "~")],
    "The bill would cost no more than €70 million.": [(70e6, "euro", "<")],
    "The fire burned over 4,000 hectares.": [(4000, "hectare", ">")],
    "Over the past three years wages stagnated.": [(3, "year", "=")],
    # money
    "The fine is $10 to $15 billion.": [((10e9, 15e9), "dollar", "=")],
    "Claims range from $200 to $4 million.": [((200, 4e6), "dollar", "=")],
    "The club paid £3m for a pitch 3m long.": [(3e6, "pound sterling", "="), (3, "metre", "=")],
    "Damages of between £5,000 and £8,000 were paid.": [((5000, 8000), "pound sterling", "=")],
    "Brent fell 2% to $84.10 a barrel.": [(2, "percentage", "down"), (84.1, "dollar per barrel", "=")],
    "The deal is worth US$7.2bn (A$11bn).": [(7.2e9, "dollar", "="), (11e9, "australian dollar", "=")],
    "It cost 15 euros and 50 cents.": [(15, "euro", "="), (50, "cent", "=")],
    "Tokyo set aside 330 million yen.": [(330e6, "japanese yen", "=")],
    "Rents rose by EUR50 a month.": [(50, "euro per month", "up")],
    "A 5p levy raised £1.5bn.": [(5, "penny", "="), (1.5e9, "pound sterling", "=")],
    # change
    "Shares were up 9.4% to $84.": [(9.4, "percentage", "up"), (84, "dollar", "=")],
    "The firm reported a 30% drop in sales.": [(30, "percentage", "down")],
    "Inflation fell to 2.1 per cent from 3.": [(2.1, "percentage", "down"), (3, "percentage", "=")],
    "Unemployment rose 37,000 to 412,000.": [(37000, "-", "up"), (412000, "-", "=")],
    "The jobless rate rose 0.3 percentage points to 6.1%.": [
        (0.3, "percentage point", "up"),
        (6.1, "percentage", "="),
    ],
    "The bank cut rates by 25 basis points to 4.5%.": [
        (25, "basis point", "down"),
        (4.5, "percentage", "="),
    ],
    "Output grew more than 4%.": [(4, "percentage", ">")],
    "Prices jumped from $2.10 to $3.": [(2.1, "dollar", "="), (3, "dollar", "up")],
    "Turnout dropped about 5 points.": [(5, "point", "down")],
    "The Dow gained 64 points to 4,577.": [(64, "point", "up"), (4577, "point", "=")],
    "The toll rose to 31.": [(31, "-", "up")],
    "Exports rose sixfold to HK$3.7 billion.": [(6, "count", "up"), (3.7e9, "hong kong dollar", "=")],
    "It raised its target price to $50.": [(50, "dollar", "up")],
    "Emissions were 12% lower than a year earlier.": [(12, "percentage", "down")],
    "The temperature fell to -12°C.": [(-12, "celsius", "down")],
    # scores, votes, ages, ranges, durations, measures
    "Leeds won 2-1 at home.": [((2, 1), "score", "=")],
    "The house voted 312 to 270 for the bill.": [(312, "vote", "="), (270, "vote", "=")],
    "The court ruled 6-3 in their favour.": [(6, "vote", "="), (3, "vote", "=")],
    "Men aged 18-30 may be drafted.": [((18, 30), AGE, "=")],
    "A 14-year-old was held.": [(14, AGE, "=")],
    "Maria Okafor, 65, lives alone.": [(65, AGE, "=")],
    "Children under the age of 5 travel free.": [(5, AGE, "<")],
    "The suspect is 25 years old.": [(25, AGE, "=")],
    "He scored 30 goals in the 2015-16 season.": [(30, "goal", "=")],
    "Two or three weeks of rain are expected.": [((2, 3), "week", "=")],
    "It takes 20 to 25 minutes.": [((20, 25), "minute", "=")],
    "The 10–15 km walk took four hours.": [((10, 15), "kilometre", "="), (4, "hour", "=")],
    "The bridge is 1,300 metres long and 32 m wide.": [(1300, "metre", "="), (32, "metre", "=")],
    "Winds of 155mph hit the coast.": [(155, "mile per hour", "=")],
    "It emits 120 grams of CO2 per kilometre.": [(120, "gram", "=")],
    "The plant makes 3,000 cars a week.": [(3000, "car per week", "=")],
    "The field pumps 800,000 barrels a day.": [(800000, "barrel per day", "=")],
    "The rate is 8.99 Australian dollars per month.": [(8.99, "australian dollar per month", "=")],
    "She ran 5.2 miles in 41 minutes, 3 seconds.": [
        (5.2, "mile", "="),
        (41, "minute", "="),
        (3, "second", "="),
    ],
    "The magnitude 6.4 quake struck 50 miles offshore.": [(6.4, "magnitude", "="), (50, "mile", "=")],
    "Temperatures could drop to minus 12 degrees.": [(-12, "degree", "down")],
    "Police reported a fivefold increase in thefts.": [(5, "count", "up")],
    "A 10,000-strong crowd gathered.": [(10000, "-", "=")],
    "Sales fell by between 10 and 12 per cent.": [((10, 12), "percentage", "down")],
    "The death toll passed 500; the house passed 312 to 270.": [
        (500, "-", ">"),
        (312, "vote", "="),
        (270, "vote", "="),
    ],
    "He was paid a six-figure sum for a nine-to-five job.": [],
    "$100-a-barrel oil is back, with winds of 70mph-plus.": [
        (100, "dollar per barrel", "="),
        (70, "mile per hour", ">"),
    ],
    "Some 45-50,000 fans came.": [((45000, 50000), "fan", "~")],
    "It costs 3 pounds a kilo and weighs 4 pounds.": [
        (3, "pound sterling per kilogram", "="),
        (4, "pound-mass", "="),
    ],
    "The 2 million pounds were spent.": [(2e6, "pound sterling", "=")],
    "It is 95 per cent effective in those over 65.": [(95, "percentage", "="), (65, AGE, ">")],
    "Adults 65 and older, or now 26, died at 94.": [(65, AGE, ">"), (26, AGE, "="), (94, AGE, "=")],
    "A rise of 25% on the 29,437 people of 2023 came.": [(25, "percentage", "up"), (29437, "people", "=")],
    "It moved 36,816 people, a 25% increase on the 29,437 who came.": [
        (36816, "people", "="),
        (25, "percentage", "up"),
        (29437, "people", "="),
    ],
    "Two men, aged 19 and 23, were held.": [(2, "man", "="), (19, AGE, "="), (23, AGE, "=")],
    "Only one in every 1,000 applicants gets in.": [(0.001, "applicant", "=")],
    "People could lose benefits of £5,000 after a rise in rent of £20.": [
        (5000, "pound sterling", "="),
        (20, "pound sterling", "up"),
    ],
    "The average age of buyers has risen to 34.": [(34, AGE, "=")],
    "Fewer than half (46%) agreed.": [(0.5, "-", "<"), (46, "percentage", "=")],
    "The army shot down 43 of 56 drones.": [(43, "drone", "="), (56, "drone", "=")],
    "Nine out of 11 people and nine out of 10 cats agreed.": [
        (9, "people", "="),
        (11, "people", "="),
        (0.9, "cat", "="),
    ],
    "Murray beat Isner 7-6 (7-4) 6-3.": [((7, 6), "score", "="), ((7, 4), "score", "="), ((6, 3), "score", "=")],
    "A three dimensional “60 Minutes” is a largely ceremonial one governed by law.": [],
    "The ratio is three times the average.": [(3, "count", "=")],
    "He has been jailed three times.": [(3, "time", "=")],
}


# --- tests
@pytest.mark.parametrize("text", HARD, ids=str)
def test_value_unit_and_change(text: str) -> None:
    found = extract((Sentence(0, len(text), text),), date(2025, 3, 31))
    assert [(figure.value, figure.unit, figure.change) for figure in found] == HARD[text]
