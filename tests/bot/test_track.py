"""What observations add up to: corroboration, updates, revisions, conflicts, and rows kept apart."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot import track
from bot.model import Article, Observation, Series
from summarizer.model import Figure, FigureKind, Period, Sentence, Speaker, Status

AT = datetime(2025, 3, 31, 9, tzinfo=UTC)


def said(
    text: str,
    *,
    article: int = 1,
    outlet: str = "",
    hours: float = 0,
    group: int = 0,
    **facts: object,
) -> Observation:
    """An observation of the figure marked *like this* in a sentence."""
    start = text.index("*")
    quoted = text.split("*")[1]
    plain = text.replace("*", "")
    scale = {"million": 1e6, "billion": 1e9, "percent": 1}
    number, _, word = quoted.partition(" ")
    value = float(number.replace(",", "").strip("£$%")) * scale.get(word, 1)
    as_of = facts.pop("as_of", None)
    speaker = facts.pop("speaker", None)
    figure = Figure(
        span=(start, start + len(quoted)),
        sentence=0,
        kind=FigureKind(str(facts.pop("kind", "count"))),
        value=facts.pop("value", value),  # type: ignore[arg-type]  # as written in the case
        unit=str(facts.pop("unit", "-")),
        as_of=Period(str(as_of), str(as_of)) if as_of else None,
        source=Speaker(str(speaker), (0, 0)) if speaker else None,
        **facts,  # type: ignore[arg-type]  # as written in the case
    )
    at = AT + timedelta(hours=hours)
    name = outlet or f"outlet {article}"
    return Observation(article, group or article, name, f"https://{article}.example/", "", at, plain, 0, figure)


def only(observations: Sequence[Observation]) -> Series:
    made = track.ledger(observations)
    assert len(made) == 1, [one.key for one in made]
    return made[0]


def test_reprints_are_one_witness() -> None:
    reports = [said("*41* people died", article=n, group=1, counted="people", head="people") for n in (1, 2, 3)]
    series = only([*reports, said("killed *41*", article=4, counted="", head="")])
    assert series.points[0].witnesses == 2


def test_the_draft_has_one_series_in_several_wordings() -> None:
    sentence = "the draft size hit *160,000* by July 15"
    lead = said(sentence, counted="draft size", head="size", as_of="2025-07-15", status=Status.TARGET)
    before = said("the draft size hit x, up from *150,000* in 2024", as_of="2024")
    retold = said("ordered *160,000* men to be drafted", article=2, counted="men", head="man")
    series = only([before, retold, lead])
    assert [(point.as_of, point.value, point.witnesses) for point in series.points] == [
        ("2024", 150_000, 1),
        ("2025", 160_000, 2),
    ]
    assert series.changes == ("+6.7 % on 2024",)
    assert track.history(series) == "2024 150,000 → 2025 160,000   ▁█"


def test_an_article_gives_its_figures_as_observations() -> None:
    text = "Rain. It killed 41 people."
    figure = Figure((16, 18), 1, FigureKind.COUNT, 41, "people", "people", "people")
    sentences = (Sentence(0, 5, "Rain."), Sentence(6, 26, "It killed 41 people."))
    article = Article(
        7, "https://a.example/", "Rain", "A", text, AT, AT, copy_group=7, sentences=sentences, figures=(figure,)
    )
    (observation,) = track.observations(article)
    assert observation.quoted == "41"


@pytest.mark.parametrize("hours", [1, 100])
def test_killed_and_injured_are_two_rows(hours: int) -> None:
    killed = said("*41* people were killed", counted="people", head="people")
    injured = said("*640* people were injured", article=2, hours=hours, counted="people", head="people")
    assert {series.label for series in track.ledger([killed, injured])} == {"people"}
