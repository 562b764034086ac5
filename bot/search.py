"""What a question means, and which of the stories found answers it best. Pure; linear in what is typed (S16)."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_WORDS = 32
FRESH = timedelta(days=3)
"""After so long a story has lost two thirds of what freshness adds."""

OLD = 0.3
"""What is left of a score that no freshness adds to: an old story is found, behind the new ones."""

RELEVANT = 0.6
"""What scores less beside the best hit uses the word in another sense, more often than not."""

_PIECE = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_HOW_MANY = re.compile(r"\s*how\s+(?:many|much|big|large|high|long|old|far)\b", re.IGNORECASE)
_SMALL_WORDS = (
    "a about an and any are as at be been but by can did do does for from had has have how i if in into is it its "
    "latest many me much my new news of on or our story tell than that the their them there these they this those "
    "to today up was we were what when where which who why will with you your"
)
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Query:
    """A topic as it was typed: words and phrases that must be there, others that must not.

    `asks_figure` is true for "how many …".
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    asks_figure: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that the index found; `match` grows with how well its words fit and is above 0."""

    story_id: int
    match: float
    updated_at: datetime
    witnesses: int


def parse_query(text: str) -> Query:
    """Return what is asked for (`climate "carbon tax" -football`); small words count where there are no others."""
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for minus_phrase, phrase, minus, piece in _PIECE.findall(text):
        found = _WORD.findall((phrase or piece).casefold())
        if minus_phrase or minus:
            excluded.append(" ".join(found))
        elif len(found) > 1 and phrase:
            phrases.append(" ".join(found))
        else:
            words += found
    return Query(
        words=_telling(words, bool(phrases)),
        phrases=tuple(phrases[:MOST_WORDS]),
        excluded=tuple(word for word in excluded[:MOST_WORDS] if word),
        asks_figure=bool(_HOW_MANY.match(text)),
    )


def _telling(words: Iterable[str], others: bool) -> tuple[str, ...]:
    unique = tuple(dict.fromkeys(words))
    telling = tuple(word for word in unique if word not in _SMALL)
    return (telling if telling or others else unique)[:MOST_WORDS]


def rank(hits: Iterable[Hit], now: datetime) -> tuple[Hit, ...]:
    """Return the hits, best first: by match, independent witnesses and freshness."""
    return tuple(sorted(hits, key=lambda hit: (-_score(hit, now), -hit.story_id)))


def relevant(hits: Iterable[Hit], now: datetime) -> tuple[Hit, ...]:
    """Return the hits nearly as good as the best: those that a topic means where its word has other senses."""
    ranked = rank(hits, now)
    return tuple(hit for hit in ranked if _score(hit, now) >= RELEVANT * _score(ranked[0], now))


def _score(hit: Hit, now: datetime) -> float:
    age = max(timedelta(0), now - hit.updated_at)
    freshness = OLD + (1 - OLD) * math.exp(-age / FRESH)
    return hit.match * math.log2(1 + hit.witnesses) * freshness
