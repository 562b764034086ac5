"""What a series is called, whether it is told in passing, and which one a question asks for."""

from dataclasses import replace

import pytest

from bot import track
from bot.model import Observation, Point, Series
from summarizer.model import Status
from tests.bot.sayings import PCT, USD, also, only, said


@pytest.mark.parametrize(
    ("expected", "observation"),
    [
        pytest.param("people injured", said("*41* people were injured", "people"), id="people with their fate"),
        pytest.param("death toll", said("the death toll is *41*", "death toll"), id="a noun that tells the fate"),
        pytest.param(
            "people killed or injured", said("*41* people were killed or injured", "people"), id="a sum of fates"
        ),
        pytest.param("inflation", said("Inflation was *2.3*%", "Inflation", **PCT), id="not a sentence's capital"),
        pytest.param("EU exports", said("EU exports of $*3 billion*", "EU exports", **USD), id="but a name's"),
        pytest.param("percent", said("by *1.4* percent", "percent", **PCT), id="what counts nothing by its kind"),
        pytest.param(
            "age of men",
            said("Russia drafts men aged *18* and over", "Russia drafts men", kind="age", unit="year of age"),
            id="whose age",
        ),
        pytest.param("age", said("she is *34*", "", kind="age", unit="year of age"), id="anybody's age"),
        pytest.param("magnitude", said("a magnitude *6.4* quake", ""), id="the noun before a size"),
        pytest.param(
            "magnitude",
            said("a *6.4*-magnitude earthquake", "earthquake", kind="measure", unit="magnitude"),
            id="not the quake",
        ),
        pytest.param(
            "spending", said("the government spent *$18 billion*", "government", **USD), id="a verb of money"
        ),
        pytest.param(
            "budget", said("the government spent a *$18 billion* budget", "budget", **USD), id="its own noun"
        ),
        pytest.param("money", said("the ministry will seek *$3 billion*", "seek", **USD), id="no verb as a noun"),
        pytest.param(
            "greenhouse gas emissions",
            said("its own greenhouse gas emissions of *50*%", "own greenhouse gas emissions", **PCT),
            id="no word that only points",
        ),
        pytest.param(
            "tariffs",
            said("President Trump imposed tariffs of *25*%", "President Trump imposed tariffs", **PCT),
            id="no one who did it",
        ),
        pytest.param(
            "share of voters", said("some *61%* of voters", "voters", basis="ratio", **PCT), id="a share"
        ),
        pytest.param("pages", said("a *77*-page opinion", "page"), id="a compound's plural"),
        pytest.param("storeys", said("a *15*-storeys tower", "storeys"), id="a compound in the plural"),
        pytest.param("stories", said("a *15*-story tower", "story"), id="another plural"),
        pytest.param(
            "length of war", said("*3* years of war", "war", kind="duration", unit="year"), id="how long it was"
        ),
        pytest.param("percent", said("faster than *0.6*%", "faster", **PCT), id="no adverb"),
        pytest.param("killed", said("in all, *41* were killed", ""), id="a fate alone"),
        pytest.param(
            "share of workers",
            said("*one in five* workers", "workers", value=20.0, basis="ratio", rule="one in", **PCT),
            id="a share told as a part",
        ),
        pytest.param("jobs cut", said("the firm cut *41* jobs", "jobs"), id="jobs are cut"),
        pytest.param(
            "people",
            said("six people died and *23* were taken to hospital", "people"),
            id="what happened to others",
        ),
        pytest.param("jobs added", said("the economy added *41* jobs", "jobs"), id="or added"),
        pytest.param("workers dismissed", said("the firm fired *41* workers", "workers"), id="people are not"),
        pytest.param(
            "people killed",
            said("the number of people who died in the mill fire was *48*", "people"),
            id="what happened behind those counted",
        ),
        pytest.param(
            "fee", said("Rovers signed Luca Brandt for a club-record *$41*", "", **USD), id="what it was for"
        ),
        pytest.param("fee", said("Brandt joined Rovers for *$41*", "joined Rovers", **USD), id="a move"),
        pytest.param("price", said("it sold its Dutch unit for *$41*", "unit", **USD), id="a sale"),
        pytest.param("cost", said("the strike costs the firm *$41*", "firm", **USD), id="to whom"),
        pytest.param("payment", said("United will pay *$41*", "", **USD), id="a verb alone"),
        pytest.param("money", said("it comes to *$41*", "joined Rovers", head="rover", **USD), id="no verb"),
        pytest.param("bribes", said("for taking bribes of *$41*", "taking bribes", **USD), id="what was taken"),
        pytest.param("Oshana’s people", said("Oshana’s people: *41*", "Oshana’s people"), id="an owner's capital"),
        pytest.param(
            "exports, forecast",
            said("the bank forecasts exports of *$41*", "exports", status=Status.FORECAST, **USD),
            id="what is foretold",
        ),
    ],
)
def test_a_label_says_what_is_measured(expected: str, observation: Observation) -> None:
    assert only([observation]).label == expected


@pytest.mark.parametrize(
    "counted",
    [
        "crown jewels",
        "unknown suspects",
        "town halls",
        "grown men",
        "mother wolves",
        "women’s shelters",
        "x" * 5000,
    ],
    ids=lambda name: name[:20],
)
def test_a_word_that_ends_in_one_that_only_points_is_kept_whole(counted: str) -> None:
    assert only([said(f"the report counts *50* {counted}", counted)]).label == counted


def test_a_rival_union_is_another_speaker() -> None:
    union = said("the union says *900* workers walked out", "workers", speaker="union")
    rival = also("the rival union says *300* workers walked out", "workers", speaker="rival union", status="claim")
    told = only([union, rival])
    assert (len(told.conflicts), told.claims) == (1, True)


def test_what_parties_say_against_each_other_are_claims() -> None:
    union = said("the union said *80*% of drivers walked out", "drivers", speaker="union", **PCT)
    firm = also("Transmet said *22*% of drivers walked out", "drivers", speaker="Transmet", **PCT)
    office = also("the office said *22*% of drivers walked out", "drivers", speaker="statistics office", **PCT)
    ministry = said("the ministry said *80*% of drivers walked out", "drivers", speaker="ministry", **PCT)
    assert [only(pair).claims for pair in ([union, firm], [ministry, office])] == [True, False]


@pytest.mark.parametrize(
    ("passing", "observations"),
    [
        pytest.param(True, [said("it took *3* hours", "", kind="duration", unit="hour")], id="a duration"),
        pytest.param(False, [said("*41* homes", "homes")], id="a count"),
        pytest.param(True, [said("it was *41* then", "")], id="a number of nothing"),
        pytest.param(True, [said("*two* homes", "homes", value=2.0)], id="a number in words"),
        pytest.param(False, [said("it killed *six* miners", "miners", value=6.0)], id="but not of the dead"),
        pytest.param(
            False, [said("*3* years of war", "war"), also("*3* years of war", "war")], id="what two witnesses tell"
        ),
        pytest.param(
            True,
            [said("*two* deputies left", "deputies", value=2), also("*two* deputies left", "deputies", value=2)],
            id="a few, counted in words",
        ),
        pytest.param(
            False,
            [said("*two* miners died", "miners", value=2), also("*two* miners died", "miners", value=2)],
            id="a few to whom something happened",
        ),
    ],
)
def test_what_one_text_tells_in_passing_is_marked(passing: bool, observations: list[Observation]) -> None:
    assert only(observations).passing is passing


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("people died quake", "death toll", id="what happened to them, in another word"),
        pytest.param("people injured", "people injured", id="both words"),
        pytest.param("conscripts drafted", "conscripts", id="who they are"),
        pytest.param("inflation", "inflation", id="what is measured"),
        pytest.param("old conscripts", "age of men", id="how old they are"),
        pytest.param("soldiers evacuated", None, id="a fate that nobody tells of"),
        pytest.param("homes", None, id="nothing that is told"),
    ],
)
def test_T15_the_series_that_a_question_asks_for(question: str, expected: str | None) -> None:
    labels = ("people injured", "death toll", "conscripts", "inflation", "casualties", "age of men")
    found = track.asked_for([Series(label, label, "-", ()) for label in labels], question.split())
    assert (found and found.label) == expected


def test_T15_where_the_dead_alone_are_not_counted_the_casualties_answer() -> None:
    told = [Series(label, label, "-", ()) for label in ("conscripts", "casualties")]
    found = track.asked_for(told, ["soldiers", "died"])
    assert found
    assert found.label == "casualties"


def test_T15_of_two_tolls_the_one_of_most_witnesses_answers() -> None:
    told = [said("In one home *12* people died", "people", article=5), also("*150* people died", "people")]
    part, whole = (
        Series(str(seen.article_id), "people killed", "-", (Point(1.0, "=", "", (seen,), 1),)) for seen in told
    )
    heard_twice = replace(whole, points=(*whole.points, *part.points))
    assert track.asked_for([part, heard_twice], ["people", "died"]) == heard_twice
    assert track.asked_for([part, whole], ["people", "died"]) == part, "else the first one"
