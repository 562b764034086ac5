"""What is counted: phrase and head noun, to the right, shared with a neighbour, or the subject to the left."""

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

COUNTED: dict[str, list[tuple[str, str, str]]] = {
    # phrase, head, unit
    "It drafted 160,000 conscripts.": [("conscripts", "conscript", "conscript")],
    "The draft size for this year’s spring call-up hit 160,000, up from 150,000.": [
        ("draft size", "size", "-"),
        ("draft size", "size", "-"),
    ],
    "Losses in the three years since the invasion have reached 820,000.": [
        ("", "", "year"),
        ("Losses", "loss", "-"),
    ],
    "Casualties in the war have reached 820,000.": [("Casualties", "casualty", "casualty")],
    "Deaths since the flood have risen to 61.": [("Deaths", "death", "death")],
    "The general staff puts Russian casualties at 8,000.": [("Russian casualties", "casualty", "casualty")],
    "Its staff estimates enemy losses at 9,000.": [("enemy losses", "loss", "-")],
    "The number of people who died in the fire was 48.": [("people", "people", "people")],
    "The number of homes flooded in Ebbing is 590.": [("homes", "home", "home")],
    "It fell short of the 160,000 economists expected.": [("", "", "-")],
    "Observers estimate 35 percent.": [("", "", "percentage")],
    "It was €41m plus €6m in add-ons.": [("", "", "euro"), ("", "", "euro")],
    "It rose from 58 percent four years ago.": [("", "", "percentage"), ("", "", "year")],
    "Growth in the first quarter hit 5%.": [("Growth", "growth", "percentage")],
    "It sold bonds at a yield of 4.2 percent.": [("yield", "yield", "percentage")],
    "Rates stand at 5.5 percent.": [("Rates", "rate", "percentage")],
    "Prices rose 0.2 percent month on month.": [("Prices", "price", "percentage")],
    "It sold 3.9 million headsets, up from 2.4 million.": [
        ("headsets", "headset", "headset"),
        ("headsets", "headset", "headset"),
    ],
    "It has 20 decently sized coal-fired power plants.": [
        ("decently sized coal-fired power plants", "plant", "plant")
    ],
    "It stole 460 Kia and Hyundai vehicles.": [("Kia and Hyundai vehicles", "vehicle", "vehicle")],
    "It sold 4.3M digital and physical albums.": [("digital and physical albums", "album", "album")],
    "It sold 8 million 250ml bottles in 3 shops.": [
        ("250ml bottles", "bottle", "bottle"),
        ("bottles", "bottle", "millilitre"),
        ("shops", "shop", "shop"),
    ],
    "It sold four 20-year bonds.": [("20-year bonds", "bond", "bond"), ("bonds", "bond", "year")],
    "It has 900 arms dealers and 4 police officers.": [
        ("arms dealers", "dealer", "dealer"),
        ("police officers", "officer", "officer"),
    ],
    "It has two gas-only engines.": [("gas-only engines", "engine", "engine")],
    "It ran thousands of COVID-19 tests.": [("COVID-19 tests", "test", "test")],
    "It has 50-odd shops, 60+ bars and is 65-plus.": [
        ("shops", "shop", "shop"),
        ("bars", "bar", "bar"),
        ("bars", "bar", "bar"),
    ],
    "It saw one person apparently carrying a gun.": [("person", "person", "person")],
    "It has two “red” posters.": [("red” posters", "poster", "poster")],
    "It asked for half a point.": [("point", "point", "point")],
    "The margin fell to 6 percent in May from 8 percent.": [("margin", "margin", "percentage")] * 2,
    "The yield on the ten-year government bond fell six basis points to 2.91 percent.": [
        ("government bond", "bond", "year"),
        ("government bond", "bond", "basis point"),
        ("government bond", "bond", "percentage"),
    ],
    "Growth in May was 5%": [("Growth", "growth", "percentage")],
    "The 2,500-year-old statue cost $5.": [("", "", "year of age"), ("statue", "statue", "dollar")],
    "Russian men aged 18-30 may be drafted.": [("Russian men", "man", "year of age")],
    "It has a pick or two.": [("pick", "pick", "pick")],
    "It took 60% of its cash and 2 mg of the drug.": [
        ("cash", "cash", "percentage"),
        ("drug", "drug", "milligram"),
    ],
    "It took 60% of the.": [("", "", "percentage")],
    "It paid a $5 million fine and a $3 Ford.": [("fine", "fine", "dollar"), ("", "", "dollar")],
    "It pays $5 worth and a 4% drop.": [("", "", "dollar"), ("", "", "percentage")],
    "The net profit was $5 million ($4 million).": [
        ("net profit", "profit", "dollar"),
        ("net profit", "profit", "dollar"),
    ],
    "Sales of cars in China rose 5%.": [("Sales", "sale", "percentage")],
    "Sales of cars of kinds of colours of paint rose 5%.": [("cars", "car", "percentage")],
    "Sales after rain rose 5%.": [("rain", "rain", "percentage")],
    "Of cars it sold 5%.": [("", "", "percentage")],
    "It sold 5%.": [("", "", "percentage")],
    "Sales hit a total of 5%.": [("Sales", "sale", "percentage")],
    "The million was $5.": [("", "", "dollar")],
    "It’s Apple’s profit that rose $5.": [("", "", "dollar")],
    "Apple’s profit rose $5.": [("Apple’s profit", "profit", "dollar")],
    "By rail in 5% of trips.": [("trips", "trip", "percentage")],
    "Two of them left.": [("", "", "-")],
    "The firm makes 3 quickly.": [("", "", "-")],
    "The firm makes 400 widget.": [("", "", "-")],
    "The 11-member team has three.": [("member", "member", "member"), ("member", "member", "member")],
    "Half of the country’s 127 farms closed.": [("farms", "farm", "farm"), ("farms", "farm", "farm")],
    "A quarter of the world’s toll is ours.": [("world’s toll", "toll", "toll")],
    "Inflation hit 3% from 2.": [("Inflation", "inflation", "percentage")] * 2,
    "It fell 0.4% to 13,176.": [("", "", "percentage"), ("", "", "-")],
    "Rates ran from 14 mpg to 24.": [("Rates", "rate", "mile per gallon")] * 2,
    "It took 5 km; then 3.": [("", "", "kilometre"), ("", "", "-")],
    "It paid 2 shekels ($3) and 71 million.": [("", "", "shekel"), ("", "", "dollar"), ("", "", "shekel")],
    "It was $5, 3 men, 4 boxes, 5 cities, 6 glasses, 7 buses and 8 taxes.": [
        ("", "", "dollar"),
        ("men", "man", "man"),
        ("boxes", "box", "box"),
        ("cities", "city", "city"),
        ("glasses", "glass", "glass"),
        ("buses", "bus", "bus"),
        ("taxes", "tax", "tax"),
    ],
    "Her life had one twist, one gas and one quickly.": [("twist", "twist", "twist"), ("gas", "gas", "gas")],
    "A 5-year-old saw 3 seats.": [("", "", "year of age"), ("seats", "seat", "seat")],
    "The 184 reported incidents and six crew members at two campuses with three diagnoses.": [
        ("reported incidents", "incident", "incident"),
        ("crew members", "member", "member"),
        ("campuses", "campus", "campus"),
        ("diagnoses", "diagnosis", "diagnosis"),
    ],
    "There are 10 MLS teams and 400 measles cases.": [
        ("MLS teams", "team", "team"),
        ("measles cases", "case", "case"),
    ],
    "It backs three sports-based films.": [("sports-based films", "film", "film")],
    "Executions rose by 31% to 1,153, the number of open jobs to 9.2 million.": [
        ("Executions", "execution", "percentage"),
        ("Executions", "execution", "execution"),
        ("open jobs", "job", "job"),
    ],
    "The number of the toll fell to 5.": [("number", "number", "-")],
    "Six AK 47 rifles and seven Capitol Police officers left.": [
        ("AK 47 rifles", "rifle", "rifle"),
        ("Capitol Police officers", "officer", "officer"),
    ],
    "It covers 27 countries with a population of just under 450 million.": [
        ("countries", "country", "country"),
        ("population", "population", "-"),
    ],
    "The term was cut to nine last week.": [("term", "term", "-")],
    "The plan that is to reach 5 men is 3.": [("men", "man", "man"), ("men", "man", "man")],
    "The policy predicts that 3 and 4 will be sold.": [("", "", "-"), ("", "", "-")],
    "Executions increased by 31% in 2023 to 1,153.": [
        ("Executions", "execution", "percentage"),
        ("Executions", "execution", "execution"),
    ],
    "OSLO – Norway's jobless rate rose to 4.6%.": [("Norway's jobless rate", "rate", "percentage")],
    "It makes 500 tests per day, 20 of them free.": [("tests", "test", "test per day"), ("", "", "-")],
}


@pytest.mark.parametrize("text", COUNTED, ids=str)
def test_counted(text: str) -> None:
    found = extract((Sentence(0, len(text), text),))
    assert [(figure.counted, figure.head, figure.unit) for figure in found] == COUNTED[text]
