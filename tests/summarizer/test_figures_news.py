"""News in our own words: which year and which speaker belong to which value."""

from datetime import date

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

PUBLISHED = date(2025, 3, 31)  # a Monday
Row = tuple[float | tuple[float, float], str, str]
# Sentences of one article are split by " | "; each figure: value, as_of, speaker.
NEWS: dict[str, list[Row]] = {
    # dates
    "Sales rose 60% in 2018 to 3.9 million headsets, up from 2.4 million in 2017.": [
        (60, "2018", ""),
        (3.9e6, "2018", ""),
        (2.4e6, "2017", ""),
    ],
    "In 2018, employment grew by 125,600 positions, or 2.2 per cent.": [(125600, "2018", ""), (2.2, "2018", "")],
    "The country took in 12,400 refugees in March 2024.": [(12400, "2024-03", "")],
    "By the end of 2030 the firm wants 400 charging stations.": [(400, "2030", "")],
    "The toll, the highest since 2006, stood at 31.": [(31, "", "")],
    "Profit fell 4% to £2.1bn in the third quarter of 2024.": [
        (4, "2024-07/2024-09", ""),
        (2.1e9, "2024-07/2024-09", ""),
    ],
    "The club, founded in 1899, has 60,000 members.": [(60000, "", "")],
    "The fund lost $3bn last year.": [(3e9, "2024", "")],
    "Inflation was 2.4% in February.": [(2.4, "2025-02", "")],
    "The state will need 3.4 gigawatts in 2025 and 5 gigawatts in 2030.": [(3.4, "2025", ""), (5, "2030", "")],
    "Prices were 5% higher than in 2019.": [(5, "", "")],
    "Exports grew 7% on 2023.": [(7, "", "")],
    "Between 2014 and 2019 the army lost 4,000 men.": [(4000, "2014/2019", "")],
    "From 2014 to 2019 it built 21 ships.": [(21, "2014/2019", "")],
    "On Sunday, 12 houses burned down.": [(12, "2025-03-30", "")],
    "The ministry recorded 410 cases on 14 February 2025.": [(410, "2025-02-14", "")],
    "The budget for 2026 sets aside €70 billion.": [(70e9, "2026", "")],
    "The 2015-16 season brought 30 goals.": [(30, "2015/2016", "")],
    "Deliveries reached 63,150 cars in the fourth quarter of 2018, against 58,000 a year earlier.": [
        (63150, "2018-10/2018-12", ""),
        (58000, "", ""),
    ],
    "At least 12 people died on Friday and 30 were hurt on Saturday.": [
        (12, "2025-03-28", ""),
        (30, "2025-03-29", ""),
    ],
    "Since 2022 more than 6 million people have left.": [(6e6, "2022/2025-03-31", "")],
    "The target is 20 models by 2023.": [(20, "2023", "")],
    "Its workforce shrank from 9,000 in 2019 to 7,500.": [(9000, "2019", ""), (7500, "", "")],
    "This year 14 mines have closed.": [(14, "2025", "")],
    "The plant, which opens by June 2027, will employ 800 people.": [(800, "", "")],
    "In January the port handled 1.1 million containers, and in February 900,000.": [
        (1.1e6, "2025-01", ""),
        (900000, "2025-02", ""),
    ],
    "Turnout was 58% in 2020 but 49% in 2024.": [(58, "2020", ""), (49, "2024", "")],
    "Ticket sales in December 2023 came to $41 million.": [(41e6, "2023-12", "")],
    "Yesterday the index lost 120 points.": [(120, "2025-03-30", "")],
    "Output reached 4.2 million tonnes in the first half of 2024.": [(4.2e6, "2024-01/2024-06", "")],
    "The court fined it $5 million in 2019 and $8 million in 2021.": [(5e6, "2019", ""), (8e6, "2021", "")],
    # speakers
    "More than 40 villages are under water, the interior ministry said.": [(40, "", "interior ministry")],
    "The company said on Monday that it would cut 6,650 jobs.": [(6650, "", "company")],
    "According to Eurostat, unemployment stood at 5.9% in January.": [(5.9, "2025-01", "Eurostat")],
    "Unemployment stood at 5.9%, according to Eurostat.": [(5.9, "", "Eurostat")],
    "“We counted 300 tents,” said Amina Diallo, head of the camp.": [(300, "", "Amina Diallo")],
    "Ford, which has 13,000 workers in Britain, said the exit would cost it $800 million.": [
        (13000, "", ""),
        (8e8, "", "Ford"),
    ],
    "The UN estimated that 4 million people need help.": [(4e6, "", "UN")],
    "Some 200 flights were cancelled, Reuters reported.": [(200, "", "Reuters")],
    "Police said 3 men were held.": [(3, "", "Police")],
    "A survey by Ipsos found that 61% of adults agree.": [(61, "", "Ipsos")],
    "The army’s latest bulletin said 70 drones were shot down.": [(70, "", "army")],
    "Dmitri Orlov, the spokesman for the plant, said 90 workers were safe.": [(90, "", "Dmitri Orlov")],
    "President Lena Brandt said on Tuesday that 5,000 soldiers would leave.": [(5000, "", "Lena Brandt")],
    "The dam holds 3 billion litres of water.": [(3e9, "", "")],
    "The union voted to strike after 300 workers were sacked.": [(300, "", "")],
    "The city sued the firm for $9 million.": [(9e6, "", "")],
    "Governor Ruth Adeyemi spoke in Lagos. | She said 12 bridges had collapsed.": [(12, "", "Ruth Adeyemi")],
    "Ruth Adeyemi said the flood was the worst in memory. | She added that 12 bridges had collapsed.": [
        (12, "", "Ruth Adeyemi")
    ],
    "“The flood came at night,” Ruth Adeyemi said. | “We lost 12 bridges.”": [(12, "", "Ruth Adeyemi")],
    "“The flood came at night,” Ruth Adeyemi said. | Rescuers found 12 bodies.": [(12, "", "")],
    "Figures from the Land Office showed that 8,000 homes were sold.": [(8000, "", "Land Office")],
    "“It took 40 minutes,” he told reporters.": [(40, "", "")],
    "The World Bank, which lends to 140 countries, forecasts growth of 3%.": [
        (140, "", ""),
        (3, "", "World Bank"),
    ],
    "The health ministry in Gaza says 50 people were killed on Sunday.": [(50, "2025-03-30", "health ministry")],
    "Analysts at Brookdale said shipments fell 8% in 2024.": [(8, "2024", "Brookdale")],
    "Mr Osei told the BBC that 2,000 farms were at risk.": [(2000, "", "Osei")],
    "The minister announced 500 new buses for 2026.": [(500, "2026", "minister")],
    "Toyota said it sold 10.3 million cars in 2023; Volkswagen sold 9.2 million.": [
        (10.3e6, "2023", "Toyota"),
        (9.2e6, "", ""),
    ],
}


# --- tests
@pytest.mark.parametrize("text", NEWS, ids=str)
def test_date_and_speaker(text: str) -> None:
    sentences, at = [], 0
    for part in text.split(" | "):
        sentences.append(Sentence(at, at + len(part), part))
        at += len(part) + 1
    found = extract(sentences, PUBLISHED)
    got = [(f.value, f.as_of.label if f.as_of else "", f.source.name if f.source else "") for f in found]
    assert got == NEWS[text]
