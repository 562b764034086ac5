"""How much company two articles share: what is near both of them in words and time.

Two that are near the same others likelier tell one story than their own words say: one event in two vocabularies.
Two that are near each other, but each among others, likelier tell two (shared nearest neighbours, Jarvis and
Patrick 1973).
"""

import math
from collections.abc import Callable, Iterable, Mapping

from bot.dedupe.score import FAR_DAYS, STRANGERS_COSINE, cosine_of, score_in_company, traits
from bot.model import Member

MORE_COMPANY = 0.5
"""So much company each pair is thought to have beside: where little is told, little is known of what is near."""


def in_company(around: Callable[[Member], Iterable[Member]]) -> Callable[[Member, Member], float]:
    """Return a score of two members that weighs the company they share, too, of those that are around them."""
    known: dict[int, Mapping[int, float]] = {}

    def near(member: Member) -> Mapping[int, float]:
        if member.article_id not in known:
            known[member.article_id] = _near(member, around(member))
        return known[member.article_id]

    def score(first: Member, second: Member) -> float:
        mine, theirs = near(first), near(second)
        both = math.fsum([min(mine[third], theirs[third]) for third in mine.keys() & theirs.keys()])
        cosine = mine.get(second.article_id, 0.0)
        alone = [math.fsum(others.values()) - cosine for others in (mine, theirs)]
        return score_in_company(first.fingerprint, second.fingerprint, company(both, *alone))

    return score


def company(both: float, one: float, other: float) -> tuple[float, ...]:
    """Return what the score weighs of the company of both articles, of the one and of the other.

    Company is the sum of the cosines of those near; of both, that of the lesser ones.
    """
    less, more = sorted((one, other))
    shared = both / (less + more - both + MORE_COMPANY)
    return shared, math.log1p(both), math.log1p(less), math.log1p(more)


def _near(member: Member, around: Iterable[Member]) -> dict[int, float]:
    """The cosine of each other article that is near in words and time."""
    day = traits(member.fingerprint).day
    cosines = {
        other.article_id: cosine_of(member.fingerprint, other.fingerprint)
        for other in around
        if other.article_id != member.article_id and not _far(day, traits(other.fingerprint).day)
    }
    return {article_id: cosine for article_id, cosine in cosines.items() if cosine >= STRANGERS_COSINE}


def _far(day: float | None, other: float | None) -> bool:
    return day is not None and other is not None and abs(day - other) > FAR_DAYS
