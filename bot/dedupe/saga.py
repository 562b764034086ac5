"""Which earlier story a new one takes up again: after years only its most telling words are left of it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.dedupe.decide import HARD_AGE, WINDOW, spelled
from bot.dedupe.terms import rarity
from bot.model import Decision, Earlier, Fingerprint

ASKED_TERMS = 16
SHARED_TERMS = 4
SHARED_RARITY = 19.0
"""Common words of the news alone (`vote`, `senate`, `democrat`) make no saga."""


def asked_terms(fp: Fingerprint) -> tuple[str, ...]:
    """Return the words by which earlier stories are looked up: the most telling ones, and all names."""
    return tuple(dict.fromkeys((*list(fp.terms)[:ASKED_TERMS], *sorted(fp.entities))))


def take_up(fp: Fingerprint, earlier: Iterable[Earlier], decision: Decision, text: str = "") -> Decision:
    """Return the decision on a new story with the earlier one that it takes up again, if there is one.

    That one is over: a story that is open is either joined or another one. Of several the one that shares most.
    """
    fitting = [(sum(map(rarity, one.words)), one.story_id, one) for one in earlier if _is_over(one, fp)]
    shared, story_id, best = max(fitting, default=(0.0, 0, Earlier(0, ())))
    if len(best.words) < SHARED_TERMS or shared < SHARED_RARITY:
        return decision
    reason = f"{decision.reason}; takes up story {story_id}, shares {spelled(best.words, text)}"
    return replace(decision, earlier_id=story_id, reason=reason)


def _is_over(one: Earlier, fp: Fingerprint) -> bool:
    if one.first_at is None or one.last_at is None:
        return True
    return abs(fp.published_at - one.last_at) > WINDOW or abs(fp.published_at - one.first_at) > HARD_AGE
