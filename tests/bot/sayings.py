"""Observations as sentences, the figure marked *like this*."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import track
from bot.model import Observation, Series
from summarizer.model import Figure, FigureKind, Period, Speaker, Status

Facts = dict[str, Any]
PCT: Facts = {"kind": "percent", "unit": "percentage"}
USD: Facts = {"kind": "money", "unit": "dollar"}
TARGET: Facts = {"status": Status.TARGET}
FORECAST: Facts = {"status": Status.FORECAST}
ESTIMATE: Facts = {"status": Status.ESTIMATE}
CLAIM: Facts = {"status": Status.CLAIM}
AT_LEAST: Facts = {"bound": ">="}
OVER: Facts = {"bound": ">"}
UNDER: Facts = {"bound": "<"}
ABOUT: Facts = {"bound": "~"}

AT = datetime(2025, 3, 31, 9, tzinfo=UTC)
SCALES = {"million": 1e6, "billion": 1e9}


def said(
    text: str,
    counted: str = "",
    *,
    article: int = 1,
    hours: float = 0,
    group: int = 0,
    outlet: str = "",
    **facts: object,
) -> Observation:
    """An observation of the figure marked *like this* in a sentence."""
    start = text.index("*")
    quoted = text.split("*")[1]
    number, _, word = quoted.strip("£$%").partition(" ")
    value = facts.pop("value", None) or float(number.replace(",", "")) * SCALES.get(word, 1)
    as_of, speaker = facts.pop("as_of", None), facts.pop("speaker", None)
    figure = Figure(
        span=(start, start + len(quoted)),
        sentence=0,
        kind=FigureKind(str(facts.pop("kind", "count"))),
        value=value,  # type: ignore[arg-type]  # as written in the case
        unit=str(facts.pop("unit", "-")),
        counted=counted,
        head=str(facts.pop("head", counted.rpartition(" ")[2])),
        as_of=Period(str(as_of).partition("/")[0], str(as_of).rpartition("/")[2]) if as_of else None,
        source=Speaker(str(speaker), (0, 0)) if speaker else None,
        **facts,  # type: ignore[arg-type]  # as written in the case
    )
    at = AT + timedelta(hours=hours)
    name = outlet or f"outlet {article}"
    plain = text.replace("*", "")
    return Observation(article, group or article, name, f"https://{article}.example/", "", at, plain, 0, figure)


def also(text: str, counted: str = "", **facts: object) -> Observation:
    """What a second article says, an hour later unless stated otherwise."""
    return said(text, counted, **{"article": 2, "hours": 1, **facts})  # type: ignore[arg-type]  # passed on


def only(observations: Sequence[Observation]) -> Series:
    made = track.ledger(observations)
    assert len(made) == 1, [one.key for one in made]
    return made[0]
