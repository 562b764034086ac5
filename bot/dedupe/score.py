"""How likely two articles tell one story, and how much of their wording they share."""

import math
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import lru_cache
from itertools import chain, combinations_with_replacement, islice
from operator import itemgetter, mul

from bot.dedupe.terms import WEEKDAYS, rarity
from bot.dedupe.weights import CENTRES, FORM, SPREADS
from bot.model import Fingerprint

CHANCE_MATCH = 1 / 256
SECONDS_A_DAY = 86_400
FAR_DAYS = 5
YEAR = re.compile("(?:19|20)[0-9][0-9]")
COPY_RESEMBLANCE = 0.18
COPY_CONTAINED = 0.38
SHORTEST_COPY = 12
TEMPLATE_RESEMBLANCE = 0.08
TEMPLATE_NAMES = 0.4
STRANGERS_COSINE = 0.09
"""Hardly a pair with less in common tells one story: not worth a closer look."""

MOST_TELLING = 8
RARE = 8.4
REPRINTED = 0.5
OUTLYING = 4.0
CERTAIN = 3.0
"""No pair counts for more, so that one close pair does not carry a story that the other pairs speak against."""

WEIGHTS = {
    pair: weight
    for pair, weight in zip(combinations_with_replacement(range(len(FORM)), 2), chain(*FORM), strict=True)
    if weight
}
FIRST, SECOND = (itemgetter(*places) for places in zip(*WEIGHTS, strict=True))


def pair_score(one: Fingerprint, other: Fingerprint) -> float:
    """Return the learned log-odds that both tell one story, within ±3; two fillings of one template never do."""
    shared = one.terms.keys() & other.terms.keys()
    cosine = _cosine(one, other, shared)
    if cosine < STRANGERS_COSINE or is_template(one, other):
        return -CERTAIN
    return max(-CERTAIN, min(CERTAIN, odds(features(one, other))))


def odds(told: tuple[float, ...]) -> float:
    """Return the learned log-odds of a pair with these features: a quadratic form over them and 1."""
    values = [1.0]
    for value, centre, spread in zip(told, CENTRES, SPREADS, strict=True):
        near = (value - centre) / spread
        values.append(-OUTLYING if near < -OUTLYING else min(near, OUTLYING))
    learnt: float = sum(map(mul, map(mul, FIRST(values), SECOND(values)), WEIGHTS.values()))
    return learnt


def features(one: Fingerprint, other: Fingerprint) -> tuple[float, ...]:
    """Return what the pair score weighs, in the order of `weights.NAMES`."""
    shared = one.terms.keys() & other.terms.keys()
    cosine = _cosine(one, other, shared)
    rarities = [rarity(term) for term in shared]
    evidence = sum(rarities)
    shorter, longer = sorted((max(8, one.length), max(8, other.length)))
    title, other_title = _as_set(one.title_terms), _as_set(other.title_terms)
    return (
        cosine,
        math.sqrt(cosine),
        _overlap(title, other_title),
        (_covered(title, other.terms) + _covered(other_title, one.terms)) / 2,
        *_names(one.entities, other.entities),
        math.log1p(evidence),
        math.log1p(evidence / math.sqrt(shorter)),
        math.log(shorter) - 5,
        math.log(longer) - 5,
        *_figures(telling_figures(one.figures), telling_figures(other.figures)),
        *_weekdays(one.figures & WEEKDAYS, other.figures & WEEKDAYS),
        *_closeness(one, other),
        min(REPRINTED, resemblance(one, other)),
        math.log1p(sum(rare >= RARE for rare in rarities)),
        len(_head(one.terms) & _head(other.terms)) / MOST_TELLING,
        round(math.fsum(one.terms[term] * other.terms[term] * rarity(term) ** 2 for term in shared) / 64, 6),
    )


def _cosine(one: Fingerprint, other: Fingerprint, shared: AbstractSet[str]) -> float:
    """Alike in every process, in whatever order a set is walked."""
    products = map(mul, map(one.terms.__getitem__, shared), map(other.terms.__getitem__, shared))
    return round(math.fsum(products), 6)


def _head(terms: Mapping[str, float]) -> AbstractSet[str]:
    return frozenset(islice(terms, MOST_TELLING))


def _names(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """How many names both share, and whether both name somebody but never the same."""
    overlap = _overlap(one, other)
    return overlap, float(bool(one and other) and not overlap)


def _figures(one: frozenset[str], other: frozenset[str]) -> tuple[float, float, float]:
    """How many figures both share, at what rate, and whether both have some but share none."""
    shared, fewer = len(one & other), min(len(one), len(other))
    return min(3, shared) / 3, shared / fewer if fewer else 0.0, float(fewer > 0 and not shared)


def _weekdays(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """Whether both name one weekday, and whether they name only different ones: another day, another event."""
    same = bool(one & other)
    return float(same), float(bool(one and other) and not same)


def is_dated(at: datetime) -> bool:
    """Return whether a moment is one: articles without a date stand in the year 1."""
    return at.year > 1


def copies(one: Fingerprint, other: Fingerprint) -> float:
    """Return how much of the shorter text two copies share, 1 for equal texts; 0 where they are none.

    A copy may be cut short, re-headlined, lightly edited or carry a footer. Two texts made from one template are
    none: their figures differ. One that quotes the other among much else is none either, nor are two that share
    a long footer but name nobody in common.
    """
    if one.body_hash and one.body_hash == other.body_hash:
        return 1.0
    if min(one.length, other.length) < SHORTEST_COPY:
        return 0.0
    alike, contained = shared_wording(one, other)
    if alike < COPY_RESEMBLANCE or contained < COPY_CONTAINED or not same_figures(one, other):
        return 0.0
    nobody_shared = _names(one.entities, other.entities)[1]
    return 0.0 if nobody_shared else min(0.99, contained)


def _closeness(one: Fingerprint, other: Fingerprint) -> tuple[float, float]:
    """Whether both are dated, and how far apart, in units of five days."""
    if not (is_dated(one.published_at) and is_dated(other.published_at)):
        return 0.0, 0.0
    days = abs((one.published_at - other.published_at).total_seconds()) / SECONDS_A_DAY
    return 1.0, min(days, FAR_DAYS) / FAR_DAYS


def resemblance(one: Fingerprint, other: Fingerprint) -> float:
    """Return the estimated share of wording that two texts have in common (Jaccard)."""
    size = len(one.signature)
    apart = int.from_bytes(one.signature, "big") ^ int.from_bytes(other.signature, "big")
    equal = apart.to_bytes(size, "big").count(0) / size
    return max(0.0, (equal - CHANCE_MATCH) / (1 - CHANCE_MATCH))


def shared_wording(one: Fingerprint, other: Fingerprint) -> tuple[float, float]:
    """Return the estimated resemblance of two texts and how much of the shorter one is in the longer one."""
    alike = resemblance(one, other)
    both = one.length + other.length
    return alike, min(1.0, alike * both / ((1 + alike) * min(one.length, other.length)))


def is_template(one: Fingerprint, other: Fingerprint) -> bool:
    """Return whether two texts share wording but neither figures nor names, as results and match reports do."""
    if resemblance(one, other) < TEMPLATE_RESEMBLANCE:
        return False
    overlap, nobody_shared = _names(one.entities, other.entities)
    return bool(nobody_shared) or (overlap <= TEMPLATE_NAMES and not same_figures(one, other))


def same_figures(one: Fingerprint, other: Fingerprint) -> bool:
    """Return false for two texts with three figures each that share under 70 % of them: templates, no copies."""
    first, second = one.figures - WEEKDAYS, other.figures - WEEKDAYS
    fewer = min(len(first), len(second))
    return fewer < 3 or len(first & second) >= 0.7 * fewer


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared rarity by all rarity (weighted Jaccard)."""
    shared = sum(map(rarity, one & other))
    union = _total(one) + _total(other) - shared
    return shared / union if union else 0.0


def _covered(title: frozenset[str], terms: Mapping[str, float]) -> float:
    """How much of a title's rarity stands in the other text."""
    total = _total(title)
    return sum(map(rarity, title & terms.keys())) / total if total else 0.0


@lru_cache(maxsize=1 << 14)
def _as_set(terms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(terms)


@lru_cache(maxsize=1 << 14)
def _total(terms: frozenset[str]) -> float:
    return sum(map(rarity, terms))


@lru_cache(maxsize=1 << 14)
def telling_figures(figures: frozenset[str]) -> frozenset[str]:
    """Return the figures that hardly meet by chance: neither small nor a year."""
    return frozenset(f for f in figures if len(f) > 2 and not YEAR.fullmatch(f)) - WEEKDAYS
