"""Who says a figure. Sentences of one article are split by " | "; one speaker a figure, "" for none."""

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence, SentenceKind

SAID: dict[str, list[str]] = {
    "Police said 3 men were held.": ["Police"],
    "The Russian defence ministry said 3 men were held.": ["Russian defence ministry"],
    "3 men were held, the police chief said on Monday.": ["police chief"],
    "“3 men were held,” said Ada Obi, head of the force.": ["Ada Obi"],
    "“3 men were held,” said the minister.": ["minister"],
    "3 men were held, said Ada Obi.": ["Ada Obi"],
    "3 men were held said Ada Obi of Oxfam.": ["Ada Obi"],
    "3 men were held, he said.": [""],
    "3 men were held, said the.": [""],
    "3 men were held, said that.": [""],
    "The men who said so were 3.": [""],
    "According to Eurostat, 3 men were held.": ["Eurostat"],
    "3 men were held, according to Eurostat.": ["Eurostat"],
    "3 men were held, according to a study by Chatham House.": ["Chatham House"],
    "3 men were held, according to the study.": ["study"],
    "3 men were held, according to data compiled by Reuters.": ["Reuters"],
    "3 men were held, according to U.S. government figures.": ["U.S. government"],
    "3 men were held, according to the Bank of England and others.": ["Bank of England"],
    "3 men were held, according to 4 others.": ["", ""],
    "3 men were held according to what was seen.": [""],
    "They held 3 men said The Times.": ["Times"],
    "3 men were held, according to Reuters’s.": ["Reuters"],
    "According to Gaza’s health ministry, 3 men were held.": ["Gaza’s health ministry"],
    "According to police Monday, 3 men were held.": ["police"],
    "Meanwhile police said 3 men were held.": ["police"],
    "The head of the army of the south of the land said 3 men were held.": ["head"],
    "The plan, according as it stands, held 3 men.": [""],
    "The UK Ministry of Defence’s latest intelligence update said 3 men were held.": ["UK Ministry of Defence"],
    "A recent Ipsos survey found that 3 men were held.": ["Ipsos"],
    "Figures from the Land Office showed that 3 men were held.": ["Land Office"],
    "Replays suggested that 3 men were held.": [""],
    "A poll of 3 men by YouGov found 55% agreed.": ["", "YouGov"],
    "Home Office figures show 3 men came.": ["Home Office"],
    "Officials say 3 men came.": ["Officials"],
    "The ministry denied reports that 3 men were held.": [""],
    "A White House official said 3 men were held.": ["White House official"],
    "The paper’s Editor-in-Chief Ada Obi said 3 men were held.": ["Ada Obi"],
    "3 men were held, said Capt. Ada Obi, who leads.": ["Ada Obi"],
    "3 men were held, according to Hill & Sons.": ["Hill & Sons"],
    "3 men were held, according to unofficial numbers.": ["unofficial numbers"],
    "A letter to fans confirmed that 3 men were held.": [""],
    "A 9-year-old said 3 men were held.": ["", ""],
    "The rule now says 3 men were held.": ["rule"],
    "They verify reports that 3 men were held.": [""],
    "It is not reported that 3 men were held.": [""],
    "Sadly reported 3 men were held.": [""],
    "Rescuers found 3 men.": [""],
    "Researchers found 3 men in 4 agreed.": ["Researchers", "Researchers"],
    "The fire claimed 3 lives.": [""],
    "The firm added about 3 jobs.": [""],
    "The firm added that 3 jobs would go.": ["firm"],
    "Ada Obi, the health minister, said 3 men were held.": ["Ada Obi"],
    "Ada Obi, the health minister said 3 men were held.": ["Ada Obi"],
    "Yesterday, the health minister said 3 men were held.": ["health minister"],
    "The 3 men, all minors, said nothing.": [""],
    "The health ministry in Gaza said 3 men were held.": ["health ministry"],
    "The mayor of Kyiv said 3 men were held.": ["mayor"],
    "Coal minister Piyush Goyal said 3 men were held.": ["Piyush Goyal"],
    "President Joe Biden said 3 men were held.": ["Joe Biden"],
    "Secretary of State Ada Obi said 3 men were held.": ["Ada Obi"],
    "3 men were held, Pentagon spokesman Col. Ada Obi said.": ["Ada Obi"],
    "3 men were held, police Officer Ada Obi told CNN.": ["Ada Obi"],
    "Mr. Obi said 3 men were held.": ["Obi"],
    "The Justice Department said 3 men were held.": ["Justice Department"],
    "The Attorney General said 3 men were held.": ["Attorney General"],
    "A spokesman for Boeing said 3 men were held.": ["Boeing"],
    "The Centers for Disease Control and Prevention estimates that 3 men were held.": [
        "Centers for Disease Control and Prevention"
    ],
    "Al-Jazeera says 3 men were held.": ["Al-Jazeera"],
    "The number of cases reported was 3 men.": [""],
    "The country’s reported deaths rose to 3 men.": [""],
    "New cases reported rose by 3 men.": [""],
    "Estimates of 3 men were wrong.": [""],
    "The UN estimates 3 men were held.": [""],
    "It reported 3 men were held.": [""],
    "There said 3 men.": [""],
    "Nobody said 3 men were held.": [""],
    "Fourteen said 3 men were held.": ["", ""],
    "But police said 3 men were held.": ["police"],
    "As Ada Obi warned that rain would fall, 3 men were held.": [""],
    "As Ada Obi warned that 3 men were held": ["Ada Obi"],
    "Ada Obi said it rained; 3 men were held.": [""],
    "It rained; 3 men were held, Ada Obi said.": ["Ada Obi"],
    "3 men drowned; 4 were held, Ada Obi said.": ["", "Ada Obi"],
    "It is said 3 men were held.": [""],
    "Ada Obi has also repeatedly said 3 men were held.": ["Ada Obi"],
    "Ada Obi said she thought 3 men, she said, were held.": ["Ada Obi"],
    "Boeing, which has 3 plants, said the strike would last.": [""],
    "The union voted to strike for 3 days.": [""],
    # verbs of foreseeing, of results and of reckoning
    "The Bank of England left rates alone. | It expects 3% by June.": ["Bank of England"],
    "The company forecast sales of $9bn.": ["company"],
    "The sales expected to reach $9bn fell.": [""],
    "Samsung flagged a 931% jump in profit.": ["Samsung"],
    "The firm booked 3 rooms.": [""],
    "The bank cut rates after its forecast by 3%.": [""],
    "The government puts the cost at €4.2 billion.": ["government"],
    "AAA pegged the price at $2.99.": ["AAA"],
    "A YouGov poll put Labour on 24%.": ["YouGov"],
    "The goal put Leeds on 24 points.": [""],
    "The bank’s economists see the rate at 3.5%.": ["bank’s economists"],
    "Campaigners argue the road will destroy 35 hectares.": ["Campaigners"],
    "Union leaders claim 80% of staff stayed away.": ["Union leaders"],
    "Rebels think of 3 men.": [""],
    "The army claims just 3,000.": ["army"],
    "The storm claims 12 lives.": [""],
    "Prices rose 3%, the Congressional Budget Office estimates.": ["Congressional Budget Office"],
    "He beat all estimates. 3 men came.": [""],
    "Data from FlightAware showed 3,000 flights were late.": ["FlightAware"],
    "The study of 12,000 patients, published in May, found that 23% died.": ["", "study"],
    "Health officials have confirmed 17 deaths.": ["Health officials"],
    "The Senate confirmed him by 51 votes.": [""],
    "The fortune, estimated at $3bn, is gone.": [""],
    "Silver added 1.2%.": [""],
    "Moody’s said 3 men were held.": ["Moody’s"],
    # names
    "Italian Prime Minister Matteo Renzi said 3 men were held.": ["Matteo Renzi"],
    "Doctors Without Borders said 3 men were held.": ["Doctors Without Borders"],
    "Unicef’s Catherine Russell said 3 men were held.": ["Catherine Russell"],
    "Israel’s Defense Ministry said 3 men were held.": ["Israel’s Defense Ministry"],
    "The Office for the Western District of York said 3 men were held.": [
        "Office for the Western District of York"
    ],
    "Two people familiar with the matter said 3 men were held.": ["", "people"],
    "Economists polled by Reuters said 3 men were held.": ["Economists"],
    "Jeff Rowe, president of Hill & Sons, an agency, said 3 men were held.": ["Jeff Rowe"],
    "The mayor, in a post on X, said 3 men were held.": ["mayor"],
    "The report, by consultancy Deloitte, said 3 men were held.": ["Deloitte"],
    "The EU’s statistics office, Eurostat, reported inflation of 2.4%.": ["Eurostat"],
    "The airline’s chief, Jan Smit, told analysts 3 men were held.": ["Jan Smit"],
    "3 men were held, its chief, Paul Hall, said.": ["Paul Hall"],
    "The plant, according to its owner Uniper, holds 3 men.": ["Uniper"],
    "Seats go to parties according to their share of 3%.": [""],
    "3 men were held, according to TV ratings firm, Nielsen.": ["Nielsen"],
    "3 men were held, according to health ministry data.": ["health ministry"],
    "3 men were held, a Reuters/Ipsos poll found.": ["Reuters/Ipsos"],
    "A report, citing two men, said Lubitz sought 3 doctors.": ["", "report"],
    "Big old dusty far away lost towns said 3 men were held.": ["Big old dusty far away lost towns"],
    "3 men were held, said big old dusty far away lost towns.": [""],
    "Ada Obi told 3 men that 5 boys were held.": ["", "Ada Obi"],
    "Ada Obi testified for 90 minutes.": [""],
    "Police found the 12 bodies.": [""],
    "Ada Obi wrote two books.": [""],
    "Ada Obi wrote that two books were lost.": ["Ada Obi"],
    "It rained, Reuters reported, citing 3 men.": [""],
    "3 men were held, according to figures from TV ratings firm, Nielsen.": ["Nielsen"],
    # asides and what goes on behind them
    "The plant, police said, holds 3 men.": ["police"],
    "The plant, police said, is shut, but it holds 3 men.": [""],
    "It rained, police said, adding that 3 men were held.": ["police"],
    "Ada Obi left, saying 3 men were held.": ["Ada Obi"],
    "He left, saying 3 men were held.": [""],
    "The index fell, adding 3% to losses.": [""],
    "Ada Obi was quoted as saying 3 men were held.": ["Ada Obi"],
    "It is the same as saying 3 men were held.": [""],
    "The firm holds 3 men, it said.": ["firm"],
    "It holds 3 men, it said.": [""],
    "Governor Ada Obi left. | She said 3 men were held.": ["Ada Obi"],
    "Boeing shut. | She said 3 men were held.": [""],
    "The rain fell. | It said 3 men were held.": [""],
    # carried over
    "Ada Obi said it rained. | She said 3 men were held.": ["Ada Obi"],
    "Ada Obi said it rained. | It rained. | She said 3 men were held.": [""],
    "It rained. | She said 3 men were held.": [""],
    "She said 3 men were held.": [""],
    "Ada Obi said it rained. | She said it poured. | She added that 3 men were held.": ["Ada Obi"],
    "Ada Obi said it rained. | 3 men were held.": [""],
    "“It rained,” Ada Obi said. | “We held 3 men.”": ["Ada Obi"],
    "“It rained,” Ada Obi said. | “We held 3 men. | We held 4 boys.”": ["Ada Obi", "Ada Obi"],
    "It rained, Ada Obi said. | “We held 3 men.”": [""],
    "“We held 3 men. | It rained,” Ada Obi said.": ["Ada Obi"],
    "“We held 3 men. | It rained,” she said.": [""],
    "“We held 3 men. | It rained.": [""],
    "“We held 3 men.": [""],
    "“We held 3 men.”": [""],
}


def article(text: str) -> tuple[Sentence, ...]:
    sentences, at = [], 0
    for part in text.split(" | "):
        sentences.append(Sentence(at, at + len(part), part))
        at += len(part) + 1
    return tuple(sentences)


@pytest.mark.parametrize("text", SAID, ids=str)
def test_speaker(text: str) -> None:
    whole = " ".join(text.split(" | "))
    found = extract(article(text))
    assert [figure.source.name if figure.source else "" for figure in found] == SAID[text]
    for figure in found:
        if figure.source:
            assert whole[slice(*figure.source.span)] == figure.source.name


def test_a_caption_speaks_for_nobody() -> None:
    first, second = article("Ada Obi said it rained. | She said 3 men were held.")
    caption = Sentence(first.start, first.end, first.text, SentenceKind.CAPTION)
    (figure,) = extract((caption, second))
    assert figure.source is None
