"""Who says a figure and when it holds, in news of our own words."""

from datetime import date

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

PUBLISHED = date(2025, 3, 31)  # a Monday
Row = tuple[float | tuple[float, float], str, str, str, str]
# Sentences of one article are split by " | "; each figure: value, unit, change, as_of, speaker.
WHO_AND_WHEN: dict[str, list[Row]] = {
    "Goldman Sachs expects gold to reach $3,700 by the end of 2025.": [
        (3700, "dollar", "=", "2025", "Goldman Sachs")
    ],
    "Government data released on Thursday showed inflation slowed to 2.8% in February.": [
        (2.8, "percentage", "down", "2025-02", "Government")
    ],
    "Figures published by Eurostat on Tuesday showed that prices rose 2.2% in March.": [
        (2.2, "percentage", "up", "2025-03", "Eurostat")
    ],
    "The IMF raised its forecast for global growth to 3.3% in 2025.": [(3.3, "percentage", "up", "2025", "IMF")],
    "Rescue officials put the death toll at 21.": [(21, "-", "=", "", "Rescue officials")],
    "The agency predicts that 1.4 million people will lose power.": [(1.4e6, "people", "=", "", "agency")],
    "“We have lost 70% of our stock,” the shop’s owner, Marta Ruiz, said.": [
        (70, "percentage", "down", "", "Marta Ruiz")
    ],
    "“It will take three to five years to rebuild,” Mayor Karen Bass told a news conference.": [
        ((3, 5), "year", "=", "", "Karen Bass")
    ],
    "Israel’s military said in a statement that it had struck 80 targets.": [
        (80, "target", "=", "", "Israel’s military")
    ],
    "He told the BBC he had paid £12,000 for the car.": [(12000, "pound sterling", "=", "", "")],
    "A report by the National Audit Office found the project was £2.3bn over budget.": [
        (2.3e9, "pound sterling", "=", "", "National Audit Office")
    ],
    "Ukraine’s air force said on Telegram that Russia launched 172 drones overnight.": [
        (172, "drone", "=", "", "Ukraine’s air force")
    ],
    "Two people familiar with the matter said the deal values the firm at $32 billion.": [
        (2, "people", "=", "", ""),
        (32e9, "dollar", "=", "", "people"),
    ],
    "Tesla, whose shares have fallen 36% this year, said it delivered 336,681 vehicles in the first quarter.": [
        (36, "percentage", "down", "2025", ""),
        (336681, "vehicle", "=", "2025-01/2025-03", "Tesla"),
    ],
    "The company said it had 4,300 employees. | It also said it would hire 500 more.": [
        (4300, "employee", "=", "", "company"),
        (500, "-", "=", "", "company"),
    ],
    "Prime Minister Keir Starmer said Britain would spend £13.4bn more on defence each year by 2027.": [
        (13.4e9, "pound sterling", "=", "2027", "Keir Starmer")
    ],
    "Hamas-run authorities say more than 50,000 people have been killed since October 2023.": [
        (50000, "people", ">", "2023-10/2025-03-31", "Hamas-run authorities")
    ],
    "The charity Oxfam warned that 3.6 million children were going hungry.": [(3.6e6, "child", "=", "", "Oxfam")],
    "French unemployment fell to 7.3%, the statistics office INSEE said.": [
        (7.3, "percentage", "down", "", "INSEE")
    ],
    "The Labor Department’s monthly report showed employers added 151,000 jobs in February.": [
        (151000, "job", "up", "2025-02", "Labor Department")
    ],
    "About 60% of Americans disapprove, a Reuters/Ipsos poll found.": [
        (60, "percentage", "~", "", "Reuters/Ipsos")
    ],
    "Local media reported that 15 people had been detained.": [(15, "people", "=", "", "Local media")],
    "State news agency Xinhua reported 28 deaths.": [(28, "death", "=", "", "Xinhua")],
    "The fire chief estimated the damage at $4 million.": [(4e6, "dollar", "=", "", "fire chief")],
    "Officials have warned that water levels could rise by a further two metres.": [
        (2, "metre", "up", "", "Officials")
    ],
    "The group claimed to have killed 30 soldiers.": [(30, "soldier", "=", "", "group")],
    "Prosecutors said Smith, 44, stole $1.7 million between 2015 and 2019.": [
        (44, "year of age", "=", "", "Prosecutors"),
        (1.7e6, "dollar", "=", "2015/2019", "Prosecutors"),
    ],
    "The index, which tracks 600 companies, has gained 8% since January.": [
        (600, "company", "=", "", ""),
        (8, "percentage", "up", "2025-01/2025-03-31", ""),
    ],
    "The court ordered the company to pay $660 million.": [(660e6, "dollar", "=", "", "")],
    "Her lawyer argued that she should serve no more than five years.": [(5, "year", "<", "", "lawyer")],
    "The ministry announced a 1.8 trillion won package.": [(1800e9, "south korean won", "=", "", "ministry")],
    "Hungary will buy 32 trains, its transport minister János Lázár said on Facebook.": [
        (32, "train", "=", "", "János Lázár")
    ],
    "Nvidia forecast revenue of $43 billion, plus or minus 2%, for the quarter.": [
        (43e9, "dollar", "=", "", "Nvidia"),
        (2, "percentage", "=", "", "Nvidia"),
    ],
    "Volkswagen, Europe’s biggest carmaker, reported a 15% drop in operating profit to 19.1 billion euros.": [
        (15, "percentage", "down", "", "Volkswagen"),
        (19.1e9, "euro", "=", "", "Volkswagen"),
    ],
    "The analysts wrote in a note that prices could double to $200.": [(200, "dollar", "up", "", "analysts")],
    "The survey suggests one in three adults skips breakfast.": [(0.3333333333333333, "adult", "=", "", "survey")],
    "In a statement, the airline said 23 flights were diverted.": [(23, "flight", "=", "", "airline")],
    "Citing police, the newspaper said four men were held.": [(4, "man", "=", "", "newspaper")],
    "Turkish President Recep Tayyip Erdogan said 1,133 people had been detained.": [
        (1133, "people", "=", "", "Recep Tayyip Erdogan")
    ],
    "Mercedes-Benz said on Thursday it would cut production costs by 10% by 2027.": [
        (10, "percentage", "down", "2027", "Mercedes-Benz")
    ],
    "Sales of electric cars more than doubled to 142,000 last year, industry body SMMT says.": [
        (142000, "-", "up", "2024", "SMMT")
    ],
    "Nearly half of schools are in deficit, unions say.": [(0.5, "school", "~", "", "unions")],
    "The hospital, run by the Red Cross, treated 300 patients in May 2024 and 410 in June.": [
        (300, "patient", "=", "2024-05", ""),
        (410, "patient", "=", "2024-06", ""),
    ],
    "From 2010 to 2019, wages rose by 2.1% a year.": [(2.1, "percentage per year", "up", "2010/2019", "")],
    "The mine, closed since 2014, once produced 40,000 tonnes a year.": [(40000, "tonne per year", "=", "", "")],
    "As of 28 March, 37 countries had signed.": [(37, "country", "=", "2025-03-28", "")],
    "Oil output averaged 13.2 million barrels per day in 2024, compared with 12.9 million in 2023.": [
        (13.2e6, "barrel per day", "=", "2024", ""),
        (12.9e6, "barrel per day", "=", "2023", ""),
    ],
    "The population peaked at 128 million in 2008.": [(128e6, "-", "=", "2008", "")],
    "Between January and March, 52 journalists were detained.": [(52, "journalist", "=", "2025-01/2025-03", "")],
    "Last month’s storm killed 14 people.": [(14, "people", "=", "2025-02", "")],
    "In early 2024 the ratio stood at 1.3.": [(1.3, "-", "=", "2024", "")],
    "She won gold in 2012 and three silvers four years later.": [
        (3, "silver", "=", "", ""),
        (4, "year", "=", "", ""),
    ],
    "Next year the levy rises to 4%.": [(4, "percentage", "up", "2026", "")],
    "The strike on Wednesday shut 40 of the region’s 52 schools.": [
        (40, "school", "=", "2025-03-26", ""),
        (52, "school", "=", "2025-03-26", ""),
    ],
    "Rates were cut on March 20 to 0.25%.": [(0.25, "percentage", "down", "2025-03-20", "")],
    "The storm, which hit on 5 September 2023, killed 11,300 people.": [(11300, "people", "=", "", "")],
    "The ban, in force since 1 January 2025, has cost traders $3m.": [(3e6, "dollar", "=", "", "")],
    "Trade between the two countries was worth $582bn in 2024.": [
        (2, "country", "=", "", ""),
        (582e9, "dollar", "=", "2024", ""),
    ],
    "So far this year, 1,204 migrants have drowned.": [(1204, "migrant", "=", "2025", "")],
    "Exports fell 3.4% in the January-March quarter.": [(3.4, "percentage", "down", "2025-01/2025-03", "")],
    "At the end of June 2024 it held €3.1 trillion of bonds.": [(3100e9, "euro", "=", "2024-06", "")],
    "Sales in the first nine months of 2024 came to $4.4 billion.": [
        (4.4e9, "dollar", "=", "2024-01/2024-09", "")
    ],
    "In the three months to February, pay grew 5.9%.": [(5.9, "percentage", "up", "2024-12/2025-02", "")],
    "The number of asylum claims reached 108,138 in the year ending December 2024.": [
        (108138, "claim", "=", "2024-01/2024-12", "")
    ],
    "For the fiscal year 2023-24 the state set aside 900 million rupees.": [
        (900e6, "rupee", "=", "2023/2024", "")
    ],
    "The club spent £130m in the 2023/24 season.": [(130e6, "pound sterling", "=", "2023/2024", "")],
    "The ministry plans 12 new reactors by 2035.": [(12, "reactor", "=", "2035", "")],
    "More than 300 flights were cancelled on Monday and Tuesday.": [(300, "flight", ">", "2025-03-31", "")],
    "On March 3, 2024, a bus plunged into a gorge, killing 45 people.": [(45, "people", "=", "2024-03-03", "")],
    "The plant opened in 1998 and employs 650 people.": [(650, "people", "=", "", "")],
    "A law passed in 2019 limits rents to 8 euros a square metre.": [(8, "euro per square metre", "=", "", "")],
    "The city of 2.1 million was founded in 1703.": [(2.1e6, "-", "=", "", "")],
    "Unemployment, which was 5.2% in January, is now 5.5%.": [
        (5.2, "percentage", "=", "2025-01", ""),
        (5.5, "percentage", "=", "", ""),
    ],
    "Since Thursday, 96 aftershocks have been recorded.": [(96, "aftershock", "=", "2025-03-27/2025-03-31", "")],
    "GDP shrank 0.2% in Q4, after growing 0.1% in Q3.": [
        (0.2, "percentage", "down", "2024-10/2024-12", ""),
        (0.1, "percentage", "up", "2024-07/2024-09", ""),
    ],
    "The company was valued at $9bn in 2021 but at $3bn by 2023.": [
        (9e9, "dollar", "=", "2021", ""),
        (3e9, "dollar", "=", "2023", ""),
    ],
    "Two firefighters died in May 2023 and three in July 2024.": [
        (2, "firefighter", "=", "2023-05", ""),
        (3, "firefighter", "=", "2024-07", ""),
    ],
    "The festival drew 210,000 visitors in 2024, against 190,000 the year before.": [
        (210000, "visitor", "=", "2024", ""),
        (190000, "visitor", "=", "", ""),
    ],
    "In the second half of 2024 profit tripled to 90 million crowns.": [
        (90e6, "crown", "up", "2024-07/2024-12", "")
    ],
    "The government wants 60% of new cars to be electric by the end of the decade.": [
        (60, "percentage", "=", "", "")
    ],
    "The vote, set for May 4, will fill 140 seats.": [(140, "seat", "=", "", "")],
    "By early April 2024, 33,000 people had been killed.": [(33000, "people", "=", "2024-04", "")],
    "The fund returned 9.4% over the past year.": [(9.4, "percentage", "=", "", "")],
    "Ridership rose 12% last month to 2.3 million trips.": [
        (12, "percentage", "up", "2025-02", ""),
        (2.3e6, "trip", "=", "2025-02", ""),
    ],
    "On Tuesday night, missiles killed nine people in Sumy.": [(9, "people", "=", "2025-03-25", "")],
    "The levy, introduced in April 2016, raised £300m last year.": [(300e6, "pound sterling", "=", "2024", "")],
    "The survey, carried out between 3 and 9 March, polled 2,011 adults.": [(2011, "adult", "=", "", "")],
    "During the 1980s the reserve lost 90% of its elephants.": [(90, "percentage", "down", "1980/1989", "")],
    "It will spend $65 billion this year and $72 billion next year.": [
        (65e9, "dollar", "=", "2025", ""),
        (72e9, "dollar", "=", "2026", ""),
    ],
    "The toll from Friday’s quake passed 2,000 on Monday.": [(2000, "-", ">", "2025-03-31", "")],
    "A year ago the price was $3.10; today it is $4.25.": [
        (3.1, "dollar", "=", "2024", ""),
        (4.25, "dollar", "=", "2025-03-31", ""),
    ],
    "From January to August, the port handled 8.2 million tonnes.": [
        (8199999.999999999, "tonne", "=", "2024-01/2024-08", "")
    ],
    "On the same day in 2014, 298 people died.": [(298, "people", "=", "2014", "")],
    "He scored 41 goals in 2023-24, but has managed only six this season.": [
        (41, "goal", "=", "2023/2024", ""),
        (6, "goal", "=", "", ""),
    ],
    "At its peak in 2015, the group controlled 88,000 square kilometres.": [
        (88000, "square kilometre", "=", "2015", "")
    ],
}


@pytest.mark.parametrize("text", WHO_AND_WHEN, ids=str)
def test_who_and_when(text: str) -> None:
    sentences, at = [], 0
    for part in text.split(" | "):
        sentences.append(Sentence(at, at + len(part), part))
        at += len(part) + 1
    found = extract(sentences, PUBLISHED)
    got = [
        (f.value, f.unit, f.change, f.as_of.label if f.as_of else "", f.source.name if f.source else "")
        for f in found
    ]
    assert got == WHO_AND_WHEN[text]
