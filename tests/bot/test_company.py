"""Two articles are likelier of one story when the same others are near both, whichever is asked first."""

import math
from collections.abc import Sequence
from itertools import combinations

import pytest

from bot import dedupe
from bot.dedupe.company import company
from bot.dedupe.score import FAR_DAYS
from bot.model import Member

QUAKE = "Rescuers searched the ruins of Ormvik for a second night after the quake"
FLOOD = "The river Lode flooded cellars in Varde and closed two bridges"
NOON = 1_743_422_400


def member(number: int, text: str, day: float = 0.0) -> Member:
    """Return an article of a few words, so many days after noon."""
    return Member(number, number, dedupe.fingerprint("", "", text, dedupe.moment(NOON + day * 86_400)))


def scores(around: Sequence[Member]) -> list[float]:
    """Return the scores of all pairs, each asked both ways."""
    score = dedupe.in_company(lambda _: around)
    pairs = list(combinations(around, 2))
    both = [(score(one, other), score(other, one)) for one, other in pairs]
    assert all(one == other for one, other in both)
    return [one for one, _ in both]


def scored_among(*around: Member) -> float:
    """Return the score of the first two of these articles."""
    return dedupe.in_company(lambda _: around)(around[0], around[1])


def test_company_is_symmetric_and_does_not_depend_on_the_order_of_those_around() -> None:
    around = [member(number, f"{QUAKE}, said {name}.") for number, name in enumerate(("Ruud", "Moe", "Lie"), 1)]
    around.append(member(4, FLOOD))
    assert sorted(scores(around)) == sorted(scores(around[::-1]))


def test_two_articles_fit_better_when_a_third_is_near_both() -> None:
    one = member(1, "Rescuers in Ormvik searched ruins for a second night after the quake, mayor Lie said.")
    other = member(
        2, "Ormvik: 12 dead found in ruins of a school; the quake was felt in Varde, seismologists said."
    )
    third = member(3, "After the quake in Ormvik rescuers found 12 dead in ruins of the school, mayor Lie said.")
    assert scored_among(one, other, third) > scored_among(one, other)


def test_what_is_far_in_time_is_no_company() -> None:
    pair = [member(1, f"{QUAKE}, said Moe."), member(2, f"{QUAKE}, said Lie.")]
    late = member(3, f"{QUAKE}, said Ruud.", FAR_DAYS + 1)
    assert scored_among(*pair, late) == scored_among(*pair)


def test_company_is_what_both_have_beside_what_each_has() -> None:
    shared, both, less, more = company(0.5, 1.5, 0.5)
    assert shared == pytest.approx(0.5 / (1.5 + 0.5 - 0.5 + 0.5))
    assert [math.expm1(part) for part in (both, less, more)] == pytest.approx([0.5, 0.5, 1.5])
    assert company(0.5, 0.5, 1.5) == (shared, both, less, more)
