"""How numbers are written: digits, words, scales, fractions, signs, currencies, units."""

import pytest

from summarizer.figures import extract
from summarizer.model import FigureKind, Sentence

Row = tuple[float | tuple[float, float], str, str]
WRITTEN: dict[str, list[Row]] = {
    "Sixty-four thousand one hundred and twelve votes were void.": [(64112, "vote", "=")],
    "Two and a half years passed.": [(2.5, "year", "=")],
    "It weighs 3 1/2 pounds.": [(3.5, "pound-mass", "=")],
    "The recipe takes 1½ cups of flour.": [(1.5, "cup", "=")],
    "Use ½ litre of milk.": [(0.5, "litre", "=")],
    "Half a mile of road is closed.": [(0.5, "mile", "=")],
    "One pint is 1/8 of a gallon.": [(1, "pint", "="), (0.125, "gallon", "=")],
    "A third of the seats are empty.": [(1 / 3, "seat", "=")],
    "A fifth of homes were flooded.": [(0.2, "home", "=")],
    "The storm took a tenth of homes.": [(0.1, "home", "=")],
    "A quarter of its staff will go.": [(0.25, "staff", "=")],
    "Three quarters of farmers agree.": [(0.75, "farmer", "=")],
    "One third of pupils walk to school.": [(1 / 3, "pupil", "=")],
    "Half the shops are shut.": [(0.5, "shop", "=")],
    "The second half the team played well.": [],
    "He was half-asleep in a third attempt.": [],
    "A million bees escaped.": [(1e6, "bee", "=")],
    "A hundred thousand fans came.": [(1e5, "fan", "=")],
    "It is a million-dollar house.": [(1e6, "dollar", "=")],
    "Several hundred people waited.": [],
    "Hundreds of millions of dollars vanished.": [((1e8, 1e9), "dollar", "=")],
    "Tens of volunteers came.": [],
    "Dozens were hurt.": [((24, 100), "-", "=")],
    "The fund holds $3.5 trillion.": [(3.5e12, "dollar", "=")],
    "The firm lost $40K and $5MM.": [(40000, "dollar", "down"), (5e6, "dollar", "down")],
    "About 8 B people live on Earth.": [(8e9, "people", "~")],
    "The app has 35m users and a 37m (121ft)-long banner.": [
        (35e6, "user", "="),
        (37, "metre", "="),
        (121, "foot", "="),
    ],
    "The stage is 32m2 wide.": [(32, "square metre", "=")],
    "The tank holds 3 m3 of gas.": [(3, "cubic metre", "=")],
    "He won the 100m freestyle.": [(100, "metre", "=")],
    "A 200m-long queue formed.": [(200, "metre", "=")],
    "Grants of 250k, 1.4bn and 12M were paid.": [
        (250000, "grant", "="),
        (1.4e9, "grant", "="),
        (12e6, "grant", "="),
    ],
    "The 1.8 billion-mile trip took a five-year probe.": [(1.8e9, "mile", "="), (5, "year", "=")],
    "The file is 5GB or 40 MB.": [(5, "gigabyte", "="), (40, "megabyte", "=")],
    "Prices doubled to 200 yen.": [(200, "japanese yen", "up")],
    "Revenue in the year was Rs. 500 crore.": [(5e9, "rupee", "=")],
    "It costs RM79 or ¥300 or Y=2,500.": [
        (79, "malaysian ringgit", "="),
        (300, "japanese yen", "="),
        (2500, "japanese yen", "="),
    ],
    "A jet costs INR1 trillion, HK $5m or AU$8.": [
        (1e12, "indian rupee", "="),
        (5e6, "hong kong dollar", "="),
        (8, "australian dollar", "="),
    ],
    "The rate is 110 JPY, or 1,200€.": [(110, "japanese yen", "="), (1200, "euro", "=")],
    "The study named P5 and PLX-R18 as targets.": [],
    "The share price is 118.5p.": [(118.5, "penny", "=")],
    "They paid 9 billion shekels and 50 New Zealand dollars.": [
        (9e9, "shekel", "="),
        (50, "new zealand dollar", "="),
    ],
    "Oil was at $75 U.S. per barrel.": [(75, "dollar per barrel", "=")],
    "Land sells at $80 per sq m.": [(80, "dollar per square metre", "=")],
    "The car does 80 m.p.h. on a 5.5kWh battery.": [(80, "mile per hour", "="), (5.5, "kilowatt hour", "=")],
    "It makes 332 lb-ft of torque.": [(332, "foot pound-force", "=")],
    "The plane flew at 30' in the fog.": [(30, "foot", "=")],
    "It was 30°C inside, 86°F by the door, an angle of 45°.": [
        (30, "celsius", "="),
        (86, "fahrenheit", "="),
        (45, "degree", "="),
    ],
    "Fields above 10 kV/cm are rare.": [(10, "kilovolt per centimetre", ">")],
    "A 32.5-degree slope fell away.": [(32.5, "degree", "=")],
    "Rates rose 2 pp and 25 percentage-points.": [
        (2, "pp", "up"),
        (25, "percentage point", "="),
    ],
    "The gap is 3pp.": [(3, "percentage point", "=")],
    "Some 24pc of firms and 46 pct of banks said yes.": [(24, "percentage", "~"), (46, "percentage", "=")],
    "One percent is a start.": [(1, "percentage", "=")],
    "Sales dipped -3% and +4%.": [(-3, "percentage", "down"), (4, "percentage", "up")],
    "It takes two or three days, or 10 to 15.": [((2, 3), "day", "="), ((10, 15), "day", "=")],
    "Four-, five- and six-cylinder engines are sold.": [
        (4, "cylinder", "="),
        (5, "cylinder", "="),
        (6, "cylinder", "="),
    ],
    "Between 750,000 and 800,000 will be sold.": [((750000, 800000), "-", "=")],
    "Wait 5 to 10 minutes, not 20-to-30 minutes.": [((5, 10), "minute", "="), ((20, 30), "minute", "=")],
    "It went from 20 cents to 5.": [(20, "cent", "="), (5, "cent", "=")],
    "The range of $4 to 5 billion is wide.": [((4e9, 5e9), "dollar", "=")],
    "Firms went from $10 to $15 billion.": [(10e9, "dollar", "="), (15e9, "dollar", "=")],
    "Prices went from $5 to nowhere.": [(5, "dollar", "=")],
    "Prices went from $5 to $4 million.": [(5, "dollar", "="), (4e6, "dollar", "=")],
    "One out of every 20 bikes is stolen.": [(0.05, "bike", "=")],
    "The vote passed 19-to-0.": [((19, 0), "vote", "=")],
    "A $5-million fine is worth $2000.": [(5e6, "dollar", "="), (2000, "dollar", "=")],
    "A 200,000 to-260,000 year-old skull lay there.": [((200000, 260000), "year of age", "=")],
    "The team has 5 in 3 cars.": [(5, "-", "="), (3, "car", "=")],
    "Each day 9 boomers turn 65 every minute.": [(9, "boomer", "="), (65, "year of age", "=")],
    "They are one in 2,000 now.": [(1 / 2000, "-", "=")],
    "Three in May left.": [(3, "-", "=")],
    "The risk is 1/0 here.": [],
    "A .500 record and a .250 average.": [(0.5, "record", "="), (0.25, "average", "=")],
    "The plant runs 3,000 times a minute.": [(3000, "count per minute", "=")],
    "Output is 4.5 times that of 2020.": [(4.5, "count", "=")],
    "It trades at 6.5 times earnings.": [(6.5, "count", "=")],
    "Profit grew 12-fold.": [(12, "count", "up")],
    "Fees rose 5 percent annually.": [(5, "percentage per year", "up")],
    "He earns $48,000 to $90,000 a year.": [((48000, 90000), "dollar per year", "=")],
    "Thefts fell by more than a fifth, a third man left, a quarter of us stayed.": [
        (0.2, "-", ">"),
        (0.25, "-", "="),
    ],
    "A near 1-1/2 year war took 3-4 lives and 20 1/4 acres, 2 5/4.": [
        (1.5, "year", "="),
        ((3, 4), "life", "="),
        (20.25, "acre", "="),
        (2, "-", "="),
        (1.25, "-", "="),
    ],
    "She ran the 800m, and snow fell above 300m.": [(800, "metre", "="), (300, "metre", ">")],
    "Of the 35m users, 100m gold won.": [(35e6, "user", "="), (100, "metre", "=")],
    "The survey’s error is plus or minus 3 points.": [(3, "point", "=")],
    "About one in 36 children and 2 in 36 adults have it.": [
        (1 / 36, "child", "~"),
        (2, "-", "="),
        (36, "adult", "="),
    ],
    "The motion passed by 14 to one.": [(14, "vote", "="), (1, "vote", "=")],
    "They drew 2-2 and improved to 14-0-1.": [((2, 2), "score", "="), ((14, 0), "score", "=")],
    'The 70" set needs one tsp. of salt.': [(70, "inch", "="), (1, "teaspoon", "=")],
    "It took a quarter cup, a half-hour and a cut by a quarter point.": [
        (0.25, "cup", "="),
        (0.5, "hour", "="),
        (0.25, "percentage point", "down"),
    ],
    "It grew over a decade; it lasted for over a decade.": [(1, "decade", ">")],
    "He plays 3B/2B and pays $5 to $7, then rose $37 million to $412 million.": [
        ((5, 7), "dollar", "="),
        (37e6, "dollar", "up"),
        (412e6, "dollar", "="),
    ],
    "Nine of every 10 schools agree.": [(0.9, "school", "=")],
    "One and a half million tonnes took two and a half years and two and a quarter hours.": [
        (1.5e6, "tonne", "="),
        (2.5, "year", "="),
        (2.25, "hour", "="),
    ],
    "It sold 5,200 season passes for $3,400 an acre.": [
        (5200, "pass", "="),
        (3400, "dollar per acre", "="),
    ],
    "The gap between two-year and 10-year yields grew.": [(2, "year", "="), (10, "year", "=")],
    "He won 7-6(5), said “Fifty Shades of Grey”.": [((7, 6), "score", "=")],
    "It costs $3 a hectolitre and $5 a wombat.": [(3, "dollar per hectolitre", "="), (5, "dollar", "=")],
    "A year ago the cost was $3 a year ago.": [(3, "dollar", "=")],
}


@pytest.mark.parametrize("text", WRITTEN, ids=str)
def test_written(text: str) -> None:
    found = extract((Sentence(0, len(text), text),))
    assert [(figure.value, figure.unit, figure.change) for figure in found] == WRITTEN[text]


def test_kinds_of_figures() -> None:
    text = (
        "It paid $5, 3%, 2 percentage points, 4 km, 6 weeks, 7 dogs, $8 a day, two-thirds of cats; "
        "a 9-year-old saw a 2-1 win, 12 seats and 30 points."
    )
    found = extract((Sentence(0, len(text), text),))
    assert [figure.kind for figure in found] == [
        FigureKind.MONEY,
        FigureKind.PERCENT,
        FigureKind.PERCENTAGE_POINT,
        FigureKind.MEASURE,
        FigureKind.DURATION,
        FigureKind.COUNT,
        FigureKind.RATE,
        FigureKind.RATIO,
        FigureKind.AGE,
        FigureKind.SCORE,
        FigureKind.VOTE,
        FigureKind.INDEX,
    ]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        pytest.param("More than US$ 5.2 billion went.", ["US$ 5.2 billion"], id="currency, number and scale"),
        pytest.param("He is 25 years old now.", ["25 years old"], id="unit of time"),
        pytest.param("Some 300 residents left.", ["300"], id="neither cue nor noun"),
        pytest.param("It rose 5 per cent to $3 a barrel.", ["5 per cent", "$3 a barrel"], id="percent and rate"),
        pytest.param("From $10 to $15 billion.", ["$10", "$15 billion"], id="two figures of from and to"),
        pytest.param("It costs $10 to $15 billion.", ["$10 to $15 billion"], id="one range"),
        pytest.param("−12°C, 1\u202f234\u202f567 euros", ["−12°C", "1\u202f234\u202f567 euros"], id="thin spaces"),
    ],
)
def test_span(text: str, spans: list[str]) -> None:
    found = extract((Sentence(7, 7 + len(text), text),))
    assert [text[figure.span[0] - 7 : figure.span[1] - 7] for figure in found] == spans
