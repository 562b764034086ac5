"""What observations add up to: corroboration, updates, revisions, conflicts, and rows kept apart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import track
from bot.model import Observation
from tests.bot.sayings import ABOUT, AT_LEAST, CLAIM, ESTIMATE, FORECAST, OVER, PCT, TARGET, UNDER, USD, also, said

Outcome = Literal["agree", "update", "revised", "conflict", "apart"]


def outcome(observations: Sequence[Observation]) -> Outcome:
    made = track.ledger(observations)
    if len(made) > 1:
        return "apart"
    if made[0].conflicts:
        return "conflict"
    if made[0].revised:
        return "revised"
    return "agree" if len(made[0].points) == 1 else "update"


CASES: dict[str, tuple[Outcome, *tuple[Observation, ...]]] = {
    # ---- the same, said twice
    "two outlets give one number": (
        "agree",
        said("the blast killed *41* people", "people"),
        also("*41* people were killed in the blast", "people"),
    ),
    "one score, the winner's goals first": (
        "agree",
        said("Rovers won *3-1*", value=(3.0, 1.0), kind="score", unit="score"),
        also("a *3-1* win for Rovers", value=(3.0, 1.0), kind="score", unit="score"),
    ),
    "the dead and the death toll": (
        "agree",
        said("*87* dead after the quake", "dead"),
        also("the death toll stands at *87*", "death toll"),
    ),
    "fatalities and people who died": (
        "agree",
        said("officials counted *23* fatalities", "fatalities"),
        also("*23* people died on the ferry", "people"),
    ),
    "wounded and injured": (
        "agree",
        said("*130* were wounded", ""),
        also("the fire left *130* people injured", "people"),
    ),
    "conscripts, and men to be drafted": (
        "agree",
        said("the army wants *160,000* conscripts", "conscripts"),
        also("*160,000* men are to be drafted", "men"),
    ),
    "conscripts, and the size of the draft": (
        "agree",
        said("the army wants *160,000* conscripts", "conscripts"),
        also("the draft size is *160,000*", "draft size"),
    ),
    "a number without a noun, of telling size": (
        "agree",
        said("the village lost *2,417* sheep", "sheep"),
        also("in all *2,417* were lost", ""),
    ),
    "an order and the same number called up within days": (
        "agree",
        said("a decree for *160,000* conscripts", "conscripts", **TARGET),
        also("drafts *160,000* conscripts", "conscripts"),
    ),
    "the year named, and this year": (
        "agree",
        said("orders worth $*36 million* in 2025", "orders", as_of="2025", **USD),
        also("orders worth $*36 million*", "orders", **USD),
    ),
    "a deadline and its year": (
        "agree",
        said("*160,000* conscripts by 15 July", "conscripts", as_of="2025-07-15", **TARGET),
        also("*160,000* conscripts this year", "conscripts", as_of="2025", **TARGET),
    ),
    "named after the day of publication, and not dated": (
        "agree",
        said("*340* homes were flooded on Monday", "homes", as_of="2025-03-31"),
        also("the river flooded *340* homes", "homes"),
    ),
    "an age range in two articles": (
        "agree",
        said("men aged *18-30* may be drafted", "", value=(18.0, 30.0), kind="age", unit="year of age"),
        also("those aged *18 to 30* must report", "", value=(18.0, 30.0), kind="age", unit="year of age"),
    ),
    # ---- rounding
    "rounded to tens of thousands": (
        "agree",
        said("*159,800* conscripts", "conscripts"),
        also("*160,000* conscripts", "conscripts"),
    ),
    "rounded to a tenth of a million": (
        "agree",
        said("the dam holds *1,234,000* barrels", "barrels"),
        also("the dam holds *1.2 million* barrels", "barrels"),
    ),
    "rounded to whole percent": (
        "agree",
        said("inflation of *5.2*%", "inflation", **PCT),
        also("inflation of *5*%", "inflation", **PCT),
    ),
    "rounded to hundreds": (
        "agree",
        said("the march drew *1,187* teachers", "teachers"),
        also("the march drew *1,200* teachers", "teachers"),
    ),
    "rounded billions": (
        "agree",
        said("a deal worth $*2.04 billion*", "deal", **USD),
        also("a deal worth $*2 billion*", "deal", **USD),
    ),
    "about, within a tenth": (
        "agree",
        said("the strike idled about *4,800* mills", "mills", **ABOUT),
        also("the strike idled *5,000* mills", "mills"),
    ),
    "no rounding of small counts": (
        "conflict",
        said("the storm sank *10* boats", "boats"),
        also("the storm sank *12* boats", "boats"),
    ),
    "no rounding of a hundred to a hundred and twenty": (
        "conflict",
        said("the storm sank *100* boats", "boats"),
        also("the storm sank *120* boats", "boats"),
    ),
    "five point nought is not five point two": (
        "conflict",
        said("unemployment stands at *5.0*%", "unemployment", **PCT),
        also("unemployment stands at *5.2*%", "unemployment", **PCT),
    ),
    # ---- bounds are intervals
    "more than, and a number above": (
        "agree",
        said("more than *900,000* casualties", "casualties", **OVER),
        also("*950,000* casualties", "casualties"),
    ),
    "at least, and that very number": (
        "agree",
        said("at least *41* people were killed", "people", **AT_LEAST),
        also("*41* people were killed", "people"),
    ),
    "less than, and a number below": (
        "agree",
        said("fewer than *500* trees survived", "trees", **UNDER),
        also("*430* trees survived", "trees"),
    ),
    "more than, and more than more": (
        "agree",
        said("more than *20* trains were cancelled", "trains", **OVER),
        also("more than *30* trains were cancelled", "trains", **OVER),
    ),
    "a range, and a number in it": (
        "agree",
        said("between *30 and 40* wolves live there", "wolves", value=(30.0, 40.0)),
        also("*36* wolves live there", "wolves"),
    ),
    "more than, and a number below": (
        "conflict",
        said("more than *900,000* casualties", "casualties", speaker="the ministry", **OVER),
        also("about *700,000* casualties", "casualties", speaker="the institute", **ABOUT),
    ),
    "under, and a number above": (
        "conflict",
        said("fewer than *500* trees survived", "trees", **UNDER),
        also("*610* trees survived", "trees"),
    ),
    "a range, and a number outside": (
        "conflict",
        said("between *30 and 40* wolves live there", "wolves", value=(30.0, 40.0)),
        also("*55* wolves live there", "wolves"),
    ),
    # ---- updates
    "a toll that rises the next day": (
        "update",
        said("*41* people were killed", "people"),
        also("*87* people were killed", "people", hours=26),
    ),
    "a toll that rises within hours": (
        "update",
        said("*12* people were killed", "people"),
        also("*15* people were killed", "people", hours=5),
    ),
    "at least, and the next day at least more": (
        "update",
        said("at least *41* people were killed", "people", **AT_LEAST),
        also("*87* people were killed", "people", hours=20),
    ),
    "at least, and within hours more": (
        "agree",
        said("at least *41* people were killed", "people", **AT_LEAST),
        also("*87* people were killed", "people", hours=2),
    ),
    "about, and a day later an exact and higher count": (
        "update",
        said("about *300* people were injured", "people", **ABOUT),
        also("*640* people were injured", "people", hours=24),
    ),
    "a value of last year and one of this year": (
        "update",
        said("*150,000* conscripts in 2024", "conscripts", as_of="2024"),
        also("*160,000* conscripts in 2025", "conscripts", as_of="2025"),
    ),
    "two quarters": (
        "update",
        said("a profit of $*31 million* in the first quarter", "profit", as_of="2025-01/2025-03", **USD),
        also("a profit of $*36 million* in the second", "profit", as_of="2025-04/2025-06", **USD),
    ),
    "inflation of two months": (
        "update",
        said("inflation of *2.6*% in January", "inflation", as_of="2025-01", **PCT),
        also("inflation of *2.3*% in February", "inflation", as_of="2025-02", **PCT),
    ),
    "a rate that another outlet reports days later": (
        "update",
        said("the key rate stands at *4.25*%", "key rate", **PCT),
        also("the key rate stands at *3.75*%", "key rate", hours=72, **PCT),
    ),
    "an outlet that corrects a price upwards": (
        "update",
        said("the ticket costs $*31*", "ticket", **USD),
        also("the ticket costs $*33*", "ticket", outlet="outlet 1", **USD),
    ),
    "arrests that mount": (
        "update",
        said("police arrested *17* protesters", "protesters"),
        also("police arrested *29* protesters", "protesters", hours=8),
    ),
    # ---- revisions
    "a toll that falls, by the same outlet": (
        "revised",
        said("*52* people were killed", "people"),
        also("*47* people were killed", "people", outlet="outlet 1", hours=9),
    ),
    "a toll that falls, by the same speaker": (
        "revised",
        said("*52* people were killed", "people", speaker="the governor"),
        also("*47* people were killed", "people", speaker="The Governor", hours=9),
    ),
    "a toll that falls, two days later": (
        "revised",
        said("*52* people were killed", "people"),
        also("*47* people were killed", "people", hours=48),
    ),
    "a quarter restated by the company": (
        "revised",
        said("a profit of $*31 million*", "profit", as_of="2024", speaker="Halm", **USD),
        also("a profit of $*27 million*", "profit", as_of="2024", speaker="Halm", hours=400, **USD),
    ),
    # ---- conflicts
    "two outlets on one fire, the same hour": (
        "conflict",
        said("the fire destroyed *41* barns", "barns"),
        also("the fire destroyed *60* barns", "barns"),
    ),
    "a toll that another outlet puts lower": (
        "conflict",
        said("*52* people were killed", "people"),
        also("*31* people were killed", "people", hours=2),
    ),
    "two parties' claims": (
        "conflict",
        said("*300* soldiers were killed", "soldiers", speaker="Westmark", **CLAIM),
        also("*1,200* soldiers were killed", "soldiers", speaker="Ostmark", **CLAIM),
    ),
    "two speakers far apart": (
        "conflict",
        said("*300* soldiers were killed", "soldiers", speaker="Westmark"),
        also("*1,200* soldiers were killed", "soldiers", speaker="Ostmark"),
    ),
    "two estimates at the same hour": (
        "conflict",
        said("an estimated *300* people were displaced", "people", **ESTIMATE),
        also("an estimated *800* people were displaced", "people", **ESTIMATE),
    ),
    "the same year, two numbers": (
        "conflict",
        said("exports of *310* ships in 2024", "exports", as_of="2024"),
        also("exports of *280* ships in 2024", "exports", as_of="2024"),
    ),
    "two outlets on the same percentage": (
        "conflict",
        said("turnout reached *61*%", "turnout", **PCT),
        also("turnout reached *58*%", "turnout", **PCT),
    ),
    "one article that sets two speakers against each other": (
        "conflict",
        said("police counted *8,000* marchers", "marchers", speaker="police"),
        said("unions counted *30,000* marchers", "marchers", speaker="unions"),
    ),
    # ---- another scope, another measure
    "killed and injured": (
        "apart",
        said("*41* people were killed", "people"),
        also("*640* people were injured", "people"),
    ),
    "killed and casualties": (
        "apart",
        said("*900,000* soldiers killed", "soldiers"),
        also("*900,000* casualties", "casualties"),
    ),
    "an order and its outcome": (
        "apart",
        said("a decree for *160,000* conscripts", "conscripts", **TARGET),
        also("the army drafted *158,000* conscripts", "conscripts"),
    ),
    "a forecast and the fact": (
        "apart",
        said("growth of *1.4*% is expected", "growth", **PCT, **FORECAST),
        also("growth of *1.1*%", "growth", **PCT),
    ),
    "percent and percentage points": (
        "apart",
        said("the rate rose by *2* percent", "rate", **PCT),
        also("the rate rose by *2* points", "rate", kind="percentage point", unit="percentage point"),
    ),
    "dollars and euros": (
        "apart",
        said("a fine of *500 million* dollars", "fine", **USD),
        also("a fine of *460 million* euros", "fine", kind="money", unit="euro"),
    ),
    "headline and core inflation": (
        "apart",
        said("inflation of *2.3*%", "inflation", **PCT),
        also("core inflation of *2.9*%", "core inflation", **PCT),
    ),
    "raw and adjusted": (
        "apart",
        said("unemployment of *6.1*%", "unemployment", **PCT),
        also("adjusted unemployment of *5.8*%", "adjusted unemployment", **PCT),
    ),
    "all deaths and civilian deaths": (
        "apart",
        said("*41* deaths", "deaths"),
        also("*12* civilian deaths", "civilian deaths"),
    ),
    "two places": (
        "apart",
        said("*41* homes burned in Karsava", "homes", place="Karsava"),
        also("*12* homes burned in Lenne", "homes", place="Lenne"),
    ),
    "a level and a change": (
        "apart",
        said("sales of *412,000* cars", "cars"),
        also("sales rose by *37,000* cars", "cars", basis="delta", direction="up"),
    ),
    "a rise and a fall": (
        "apart",
        said("prices rose by *3*%", "prices", basis="delta", direction="up", **PCT),
        also("prices fell by *1*%", "prices", basis="delta", direction="down", **PCT),
    ),
    "a share and a count": (
        "apart",
        said("*12*% of voters", "voters", **PCT),
        also("*12* voters", "voters"),
    ),
    "soldiers in two sentences that share nothing": (
        "apart",
        said("*1,200* soldiers joined the search", "soldiers"),
        also("*210* soldiers guard a dam", "soldiers"),
    ),
    "two values in one article, the second an aside": (
        "apart",
        said("the flood hit *340* homes", "homes"),
        said("the flood in the next valley hit *25* homes", "homes", hours=0),
    ),
    "numbers that count nothing we know": ("apart", said("it was *17* then", ""), also("it was *29* then", "")),
    "an outlet that gives the other value too": (
        "apart",
        said("the shot prevented *82*% of cases", "cases", **PCT),
        also("the shot prevented *64*% of cases in the old", "cases", **PCT),
    ),
}
CASES["an outlet that gives the other value too"] += (also("overall it was *82*% effective", "effective", **PCT),)


@pytest.mark.parametrize("case", CASES)
def test_two_statements(case: str) -> None:
    expected, *observations = CASES[case]
    assert outcome(observations) == expected


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_observations_changes_nothing(case: str) -> None:
    _, *observations = CASES[case]
    assert track.ledger(observations) == track.ledger(observations[::-1])


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


EVERYTHING = [
    replace(one, article_id=place, copy_group=place)
    for place, one in enumerate(one for _, *observations in CASES.values() for one in observations[:2])
]


@given(st.permutations(range(len(EVERYTHING))))
@settings(max_examples=15)
def test_a_ledger_is_the_same_whatever_order_articles_come_in(order: list[int]) -> None:
    assert track.ledger([EVERYTHING[place] for place in order]) == track.ledger(EVERYTHING)
