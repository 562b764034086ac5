"""What two articles say of one thing, in their own words: from text to the ledger, through every stage between."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import track
from bot.model import Article, Point, Series
from summarizer import figures, sentences
from summarizer.model import Figure

AT = datetime(2025, 3, 31, 9, tzinfo=UTC)

AGREE = (
    (
        "A magnitude *6.4* earthquake struck Tolmira on Monday.",
        "The *6.4*-magnitude quake struck Tolmira on Monday.",
        1,
    ),
    ("The quake struck at a depth of *12 kilometres*.", "Its centre lay at a depth of *12 km*.", 1),
    ("The law passed by *312* votes to 270.", "It passed with *312* votes.", 1),
    ("Some *30* countries signed.", "*30* countries signed the treaty.", 1),
    (
        "The central bank set its key rate at *3.75* percent on Monday.",
        "The key rate of the central bank now stands at *4* percent.",
        1,
    ),
    (
        "The army will call up *147,000* conscripts this spring.",
        "The army will call up about *150,000* conscripts this spring.",
        1,
    ),
    ("The march drew *1,187* teachers.", "The march drew *1,200* teachers.", 1),
    ("The company will pay $*2.04 billion* for its rival.", "The company will pay $*2 billion* for its rival.", 1),
    ("Turnout was *61.4* percent.", "Turnout was *61* percent.", 1),
    ("Some *1.2 million* homes lost power in the storm.", "The storm cut power to *1,187,400* homes.", 1),
    ("Russia has suffered more than *900,000* casualties.", "Russia has suffered *950,000* casualties.", 1),
    ("At least *41* people were killed in the earthquake.", "The earthquake killed *41* people.", 1),
    ("Up to *300* passengers were on the ferry.", "The ferry carried *270* passengers.", 1),
    ("The attack killed 41 people, among them *12* children.", "The attack killed *12* children.", 1),
    (
        "Spring conscription hit 160,000, up from *150,000* in 2024.",
        "In 2024, Russia drafted *150,000* conscripts in spring.",
        1,
    ),
    ("Anna Smith won *312* votes.", "Smith won *312* votes.", 1),
    ("In Ebbing, *340* homes were flooded.", "The river flooded *340* homes in Ebbing.", 1),
    ("Dozens were hurt; *130* people needed treatment.", "*130* people needed treatment.", 1),
    ("A record *2.4 million* visitors came.", "The museum had *2,412,000* visitors.", 1),
    ("Some *340* homes were flooded in Ebbing.", "Floods hit *340* homes.", 1),
    ("At least *12* people were killed.", "The blast left *12* dead.", 1),
    ("Almost *1,000* flights were cancelled.", "*984* flights were cancelled.", 1),
    ("Roughly *half a million* people marched.", "*500,000* people marched.", 1),
    ("The budget is €*1.25 billion*.", "The budget is *1,250 million* euros.", 1),
    ("*One in five* workers at the plant is out.", "Some *20 percent* of workers at the plant are out.", 1),
    ("*A fifth* of homes in Ebbing were flooded.", "About *20* percent of homes in Ebbing were flooded.", 1),
    ("*Two-thirds* of members voted for the strike.", "*66* percent of members voted for the strike.", 1),
    ("Nearly *half* of the workers walked out.", "The strike was joined by *48* percent of the workers.", 1),
    ("Rovers paid €*41m* for the striker, Luca Brandt.", "Rovers paid €*41m* for a striker.", 1),
    ("The club paid €*41m* for the year.", "The club paid €*41m* in fees.", 1),
    ("Tolmira's capital has a population of *900,000*.", "Ansk has a population of *900,000*.", 1),
    ("Hallam made a profit of $*410 million* in the third quarter.", "Hallam's profit was $*410 million*.", 1),
    ("The number of people who fled is *61,000*.", "Some *61,000* people fled.", 1),
    ("Rovers signed Luca Brandt for a club-record €*41 million*.", "Luca Brandt joined Rovers for €*41m*.", 1),
    ("*Twelve* miners were rescued.", "Rescuers saved *12* miners.", 1),
)
UPDATE = (
    (
        "The virus has infected *1,204* people as of 3 March.",
        "The virus has infected *1,377* people as of 6 March.",
        72,
    ),
    ("The ferry sank with 310 aboard; *12* bodies have been found.", "*31* bodies have been found.", 20),
    ("Oil rose to $*84* a barrel on Monday.", "Oil fell to $*81* a barrel on Wednesday.", 48),
    (
        "At least *41* people were killed in the earthquake.",
        "The earthquake killed *87* people, officials said.",
        24,
    ),
    (
        "At least *41* people were killed in the earthquake.",
        "At least *87* people were killed in the earthquake.",
        26,
    ),
    (
        "The death toll stands at *41*, the civil protection agency said.",
        "The death toll has risen to *87*, the country's civil protection agency said.",
        20,
    ),
    ("Unemployment was *6.1* percent in January.", "Unemployment was *5.9* percent in February.", 1),
    ("The company sold *412,000* cars in 2023.", "The company sold *431,000* cars in 2024.", 1),
    ("Police arrested *17* protesters.", "Police have now arrested *29* protesters.", 8),
    ("Shares closed at $*31.20* on Monday.", "Shares closed at $*33.05* on Wednesday.", 48),
    ("The wildfire has burned *12,000* hectares.", "The wildfire has now burned *19,500* hectares.", 24),
    ("The rebels hold *40* hostages.", "The rebels now hold *33* hostages after a release.", 72),
    (
        "The bank cut its key rate to *3.75* percent from 4 percent.",
        "The bank had cut its key rate to *4* percent in January.",
        1,
    ),
    ("The quake killed *41* people in Tolmira.", "The toll in Tolmira has climbed to *60*.", 6),
    ("Inflation was *2.6* percent in January.", "Inflation slowed to *2.3* percent in February.", 700),
    ("Russia drafted *147,000* men in spring 2023.", "Russia drafted *150,000* men in spring 2024.", 1),
    ("*1,204* cases had been confirmed by Monday.", "By Wednesday, *1,377* cases had been confirmed.", 48),
    ("Over *300* people are missing.", "*41* people are still missing.", 50),
    (
        "Some *15,000* civilians are trapped in Marn, aid groups say.",
        "In Marn *13,000* civilians remain, the Red Cross says.",
        30,
    ),
    (
        "Floods have displaced *40,000* people and destroyed homes in the delta.",
        "The number of people displaced by the floods has risen to *61,000*.",
        30,
    ),
    (
        "The bank expects a profit of £*80 million*, down from the £95 million it forecast in January.",
        "The bank had forecast a profit of £*95 million*.",
        -20,
    ),
    ("The Dow closed at *41,200* points.", "The Dow closed at *41,650* points.", 48),
)
REVISED = (
    (
        "The ministry has confirmed *1,204* cases as of 3 March.",
        "The ministry has confirmed *1,150* cases as of 6 March.",
        72,
    ),
    (
        "The storm killed *52* people, the civil protection agency said.",
        "The storm killed *47* people, the country’s civil protection agency said.",
        9,
    ),
    ("The earthquake killed *112* people.", "The death toll was lowered to *108*.", 30),
    ("The ministry said *112* people had died.", "The ministry lowered the death toll to *108*.", 12),
    (
        "The statistics office said the economy grew *0.4* percent in 2024.",
        "The statistics office revised growth for 2024: the economy grew *0.1* percent in 2024.",
        960,
    ),
)
CONFLICT = (
    (
        "A magnitude *6.4* earthquake struck Tolmira on Monday, the seismological service said.",
        "The earthquake that struck Tolmira on Monday had a magnitude of *6.1*, the geological survey said.",
        1,
    ),
    ("The quake struck at a depth of *12 kilometres*.", "The quake struck at a depth of *30 kilometres*.", 1),
    (
        "The union said *80* percent of drivers walked out.",
        "The company said *22* percent of drivers walked out.",
        1,
    ),
    ("Organisers said *300,000* people joined the rally.", "Police said *90,000* people joined the rally.", 1),
    (
        "The ferry was carrying *310* passengers, the operator said.",
        "The ferry was carrying *420* passengers, the coast guard said.",
        5,
    ),
    (
        "The minister claims *900* people were killed, the rebel leader says 300.",
        "The rebel leader says *300* people were killed.",
        1,
    ),
    ("*One in three* voters backs the plan.", "Some *45* percent of voters back the plan.", 1),
    ("Inflation was *3.4* percent.", "Annual inflation was *3.1* percent.", 1),
    ("Rovers paid €*41m* for the striker.", "Rovers paid €*38m* for the striker.", 1),
    ("Rovers paid €*41m* for striker Luca Brandt.", "Rovers paid €*38m* for forward Luca Brandt.", 1),
    ("Tolmira has a population of *4.1 million*.", "Tolmira has a population of *3.6 million*.", 1),
    (
        "The army claims at least *900* soldiers were killed.",
        "The rival militia says more than *300* soldiers were killed.",
        2,
    ),
    ("Organisers said *200,000* people marched.", "The ministry said more than *100,000* people marched.", 1),
    ("*27* countries signed the treaty.", "*31* countries signed the treaty.", 1),
    (
        "The army will call up *147,000* conscripts this spring.",
        "The army will call up *150,000* conscripts this spring.",
        1,
    ),
    (
        "The company will pay $*2.4 billion* for its rival.",
        "The company will pay $*2.9 billion* for its rival.",
        1,
    ),
    ("Turnout was *61.4* percent.", "Turnout was *63* percent.", 1),
    (
        "More than *900,000* casualties were suffered by Russia, the UK Ministry of Defence said.",
        "Russia suffered about *700,000* casualties, the Lindqvist Institute said.",
        1,
    ),
    ("Fewer than *300* passengers were on the ferry.", "The ferry carried *340* passengers.", 1),
    ("The march drew *8,000* people, police said.", "The march drew *30,000* people, organisers said.", 2),
    (
        "Westmark’s army said that *300* of its soldiers were killed.",
        "Ostmark’s general staff said that *1,200* Westmark soldiers were killed.",
        2,
    ),
    ("The bridge cost $*41 million*.", "The bridge cost $*60 million*.", 1),
    ("Exports were $*310 billion* in 2024.", "Exports were $*280 billion* in 2024.", 1),
    ("The law passed with *312* votes.", "The law passed with *298* votes.", 1),
    ("The factory employs *1,200* people.", "The factory employs *2,100* people.", 1),
    (
        "The minister said inflation was *2.3* percent in February.",
        "The statistics office said inflation was *2.8* percent in February.",
        1,
    ),
    ("The hurricane destroyed *400* homes.", "The hurricane destroyed *1,100* homes.", 2),
    ("Anna Smith won *312* votes.", "Smith won *298* votes.", 1),
    ("Police said *12* people were arrested in Lyon.", "Officials said *19* people were arrested in Lyon.", 1),
    ("Russia drafted *147,000* men in 2024.", "Russia drafted *150,000* men in 2024.", 1),
    (
        "The UN said *1.2 million* people were displaced.",
        "The government said *800,000* people were displaced.",
        3,
    ),
    ("The fire destroyed *12* houses.", "The fire destroyed *19* houses.", 1),
    ("The deal is worth $*4.1 billion*.", "The deal is worth $*3.6 billion*.", 1),
    ("The flight carried *181* people.", "The flight carried *175* people.", 1),
    (
        "The survey found that *61* percent of voters back the law.",
        "The survey found that *55* percent of voters back the law.",
        1,
    ),
    ("Between *30 and 40* people were hurt.", "*55* people were hurt.", 1),
)
APART = (
    ("The quake struck at a depth of *12 kilometres*.", "It was felt at a distance of *180 kilometres*.", 1),
    ("The air force ordered *40* jets in 2024.", "The maker delivered *12* jets to the air force in 2025.", 1),
    ("Profit was €*410 million* in the second quarter.", "Profit was €*790 million* in the first half.", 1),
    ("The strike cost the economy $*2 million* a day.", "The strike has cost the economy $*40 million*.", 1),
    ("The vaccine is *82* percent effective.", "The vaccine is *64* percent effective in people over 60.", 1),
    ("Rents rose *4* percent in Paris.", "Rents rose *7* percent in Lyon.", 1),
    ("The government plans to spend $*3 billion* this year.", "The government spent $*2.6 billion* last year.", 1),
    ("Brent crude rose to $*84* a barrel.", "US crude rose to $*80* a barrel.", 1),
    (
        "Unemployment in the capital, Orlo, stood at *6.1* percent.",
        "Unemployment in Tolmira stood at *4.8* percent.",
        1,
    ),
    ("The flood killed *12* people in Ebbing.", "Floods have killed *41* people in the country.", 3),
    ("Exports rose to $*31 billion* in March.", "Exports rose to $*310 billion* in 2024.", 1),
    ("Unemployment among men was *6.1* percent.", "Unemployment was *5.4* percent.", 1),
    ("The attack killed *41* people, among them 12 children.", "The attack killed *12* children.", 1),
    ("A total of *640* people were killed or injured.", "The quake killed *41* people.", 1),
    ("The order foresees *160,000* conscripts.", "The army drafted *158,000* conscripts in the end.", 1),
    ("The bank expects growth of *1.4* percent this year.", "The economy grew by *1.1* percent last year.", 1),
    ("The rate rose by *0.5* percentage points.", "The rate rose by *0.5* percent.", 1),
    ("Inflation was *2.3* percent.", "Core inflation was *2.9* percent.", 1),
    ("Seasonally adjusted unemployment was *5.8* percent.", "Unemployment was *6.1* percent.", 1),
    ("The fine amounts to €*460 million*.", "The fine amounts to $*500 million*.", 1),
    ("Westmark lost *300* soldiers.", "Ostmark lost *1,200* soldiers.", 1),
    ("Profit was $*31 million* in the first quarter.", "Revenue was $*310 million* in the first quarter.", 1),
    ("Some *340* homes were flooded.", "Some *340* people were evacuated.", 1),
    ("About *2,000* people were evacuated on Monday.", "Rescuers pulled *9* people alive from the rubble.", 1),
    ("Halvorsen cut *1,200* jobs.", "Pemberly cut *800* jobs.", 1),
    ("Halvorsen’s profit rose to $*31 million*.", "Pemberly’s profit fell to $*27 million*.", 1),
    ("Unemployment in Spain fell to *10.4* percent.", "Unemployment in Italy fell to *6.2* percent.", 1),
    ("The party won *41* seats in Berlin.", "The party won *112* seats nationwide.", 1),
    ("The plant in Oslo employs *450* people.", "The plant in Bergen employs *900* people.", 1),
    ("Russia says it shot down *41* drones.", "Ukraine says it shot down *60* drones.", 1),
    ("Google paid a fine of $*500 million*.", "Apple paid a fine of $*700 million*.", 1),
    ("The company raised prices by *3* percent.", "The company raised wages by *5* percent.", 1),
    ("Inflation rose to *3.4* percent.", "Food inflation rose to *6.1* percent.", 1),
    ("Rovers paid €*41m* for the striker.", "Rovers paid €*12m* for the keeper.", 1),
    ("Rovers paid €*41m* for striker Luca Brandt.", "Rovers paid €*12m* for the keeper.", 1),
    ("The city will spend $*3 billion* on roads.", "The city will spend $*2 billion* on its schools.", 1),
    ("The population of Tolmira is *4.1 million*.", "The capital of Tolmira, Ansk, has *900,000* people.", 1),
    ("Tolmira has a population of *4.1 million*.", "Tolmira's capital has a population of *900,000*.", 1),
    ("The quake killed *87* people in Tolmira.", "The quake killed *41* people in the capital of Tolmira.", 1),
    ("A bus carrying *52* people plunged into a ravine, killing 19.", "The bus crash killed *19* people.", 1),
    ("Some 33 people were hurt when a bus with *52* aboard crashed.", "The crash hurt *33* people.", 1),
    ("It will shed 1,500 posts, most of them at a mill where *850* people work.", "It dismissed *700* people.", 1),
    ("Six people died and *23* were taken to hospital.", "The blast killed *6* people.", 1),
    ("He was fined €2 million for taking bribes of €*14 million*.", "He was fined €*2 million*.", 1),
    ("About *9,000* civilians have left Marn.", "Some *15,000* civilians are trapped in Marn.", 1),
    (
        "Reform led with *30.1* percent, ahead of the Union party on 29.7.",
        "The Union party had *29.7* percent.",
        1,
    ),
    ("Inflation was *3.4* percent.", "Monthly inflation was *0.6* percent.", 1),
    ("Annual inflation was *3.4* percent.", "Monthly inflation was *0.3* percent.", 1),
    ("Net profit was $*31 million*.", "Operating profit was $*44 million*.", 1),
    ("GDP grew *0.4* percent in the quarter.", "GDP grew *1.6* percent year on year.", 1),
    ("The hospital treated *41* patients.", "The hospital has *410* beds.", 1),
    ("The ship is *180* metres long.", "The ship is *32* metres wide.", 1),
    ("The quake had a magnitude of *6.4*.", "The aftershock had a magnitude of *5.1*.", 1),
    ("The bank expects inflation of *2.4* percent in 2025.", "Inflation was *2.4* percent in 2024.", 1),
    ("The government wants to build *400,000* homes a year.", "The country built *231,000* homes last year.", 1),
    ("The drug cut deaths by *30* percent.", "The drug cut hospital stays by *12* percent.", 1),
    ("Sales of electric cars rose *12* percent.", "Sales of cars fell *3* percent.", 1),
    ("Turnout was *61* percent.", "The president won *61* percent of the vote.", 1),
    ("The median price was $*410,000*.", "The average price was $*455,000*.", 1),
    ("*12* soldiers were killed.", "*12* civilians were killed.", 1),
    ("Gross emissions were *41 million* tonnes.", "Net emissions were *33 million* tonnes.", 1),
    ("Revenue in dollars was $*3 billion*.", "Revenue was €*2.8 billion*.", 1),
    ("Exports were $*3 billion* in January.", "Exports were $*31 billion* in 2024.", 1),
)
CASES = [
    pytest.param(relation, *case, id=f"{relation}: {case[0]} / {case[1]}")
    for relation, cases in (
        ("agree", AGREE),
        ("update", UPDATE),
        ("revised", REVISED),
        ("conflict", CONFLICT),
        ("apart", APART),
    )
    for case in cases
]


WIRES = (Path(__file__).parents[1] / "data" / "two-articles.txt").read_text("utf-8").split("\n\n")[1:]
"""More pairs as agencies write them: relation and hours, then both texts."""


def wire(text: str) -> tuple[str, str, str, float]:
    head, first, second = text.strip().split("\n")
    relation, hours = head.split()
    return relation, first, second, float(hours)


def read(number: int, text: str, hours: float) -> tuple[Article, Figure]:
    """Return an article and the figure of it that is marked *like this*."""
    plain, start = text.replace("*", ""), text.index("*")
    published_at = AT + timedelta(hours=hours)
    split = sentences.split(plain, "en")
    found = figures.extract(split, published=published_at.date(), language="en")
    marked = next(
        figure for figure in found if figure.span[0] <= start < figure.span[1] or start + 1 == figure.span[0]
    )
    article = Article(
        number,
        f"https://{number}.example/",
        "",
        f"Outlet {number}",
        plain,
        published_at,
        published_at,
        copy_group=number,
        sentences=split,
        figures=found,
    )
    return article, marked


def home(ledger: tuple[Series, ...], article: Article, figure: Figure) -> tuple[Series, Point]:
    return next(
        (series, point)
        for series in ledger
        for point in (*series.points, *(rival for group in series.conflicts for rival in group))
        if any(seen.article_id == article.id and seen.figure.span == figure.span for seen in point.observations)
    )


@pytest.mark.parametrize(
    ("relation", "first", "second", "hours"), [*CASES, *(pytest.param(*wire(text), id=text) for text in WIRES)]
)
def test_two_articles(relation: str, first: str, second: str, hours: float) -> None:
    (one, told), (other, again) = read(1, first, 0), read(2, second, hours)
    ledger = track.ledger([*track.observations(one), *track.observations(other)])
    series, before = home(ledger, one, told)
    same, now = home(ledger, other, again)
    if series is not same:
        found = "apart"
    elif before is now:
        found = "agree"
    elif any(before in group and now in group for group in series.conflicts):
        found = "conflict"
    else:
        found = "revised" if series.revised else "update"
    assert found == relation
