"""How likely two articles tell one story, and how much of their wording they share."""

import math
import re
from collections.abc import Iterable
from datetime import datetime

from bot.dedupe.fingerprint import rarity
from bot.dedupe.weights import BIAS, WEIGHTS
from bot.model import Fingerprint

CHANCE_MATCH = 1 / 256
SECONDS_A_DAY = 86_400
FAR_DAYS = 5
YEAR = re.compile("(?:19|20)[0-9][0-9]")
COPY_RESEMBLANCE = 0.2
COPY_CONTAINED = 0.4


def pair_score(one: Fingerprint, other: Fingerprint) -> float:
    """Return the learned log-odds that both tell one story, before time is considered."""
    return BIAS + sum(weight * value for weight, value in zip(WEIGHTS, features(one, other), strict=True))


def features(one: Fingerprint, other: Fingerprint) -> tuple[float, ...]:
    """Return what the pair score weighs, in the order of `weights.NAMES`."""
    shared = one.terms.keys() & other.terms.keys()
    cosine = sum(one.terms[term] * other.terms[term] for term in sorted(shared))
    titles = _overlap(one.title_terms, other.title_terms)
    leads = (_covered(one.title_terms, other.terms) + _covered(other.title_terms, one.terms)) / 2
    names = _overlap(one.entities, other.entities)
    figures = _telling_figures(one.figures) & _telling_figures(other.figures)
    evidence = sum(rarity(term) for term in shared)
    return (
        cosine,
        math.sqrt(cosine),
        titles,
        leads,
        names,
        1.0 if names == 0 and one.entities and other.entities else 0.0,
        min(3, len(figures)) / 3,
        math.log1p(evidence) / 5,
        *_closeness(one, other),
    )


def is_dated(at: datetime) -> bool:
    """Return whether a moment is one: articles without a date stand in the year 1."""
    return at.year > 1


def copies(one: Fingerprint, other: Fingerprint) -> float:
    """Return how much of the shorter text two copies share, 1 for equal texts; 0 where they are none.

    A copy may be cut short, re-headlined, lightly edited or carry a footer. Two texts made from one template are
    none: their figures differ. One that quotes the other among much else is none either.
    """
    if one.body_hash and one.body_hash == other.body_hash:
        return 1.0
    resemblance, contained = shared_wording(one, other)
    if resemblance < COPY_RESEMBLANCE or contained < COPY_CONTAINED or not same_figures(one, other):
        return 0.0
    return min(0.99, contained)


def _closeness(one: Fingerprint, other: Fingerprint) -> tuple[float, float]:
    """Whether both are dated, and how far apart, in units of five days."""
    if not (is_dated(one.published_at) and is_dated(other.published_at)):
        return 0.0, 0.0
    days = abs((one.published_at - other.published_at).total_seconds()) / SECONDS_A_DAY
    return 1.0, min(days, FAR_DAYS) / FAR_DAYS


def shared_wording(one: Fingerprint, other: Fingerprint) -> tuple[float, float]:
    """Return the estimated resemblance of two texts and how much of the shorter one is in the longer one."""
    equal = sum(a == b for a, b in zip(one.signature, other.signature, strict=True)) / len(one.signature)
    resemblance = max(0.0, (equal - CHANCE_MATCH) / (1 - CHANCE_MATCH))
    both = one.length + other.length
    contained = resemblance * both / ((1 + resemblance) * min(one.length, other.length))
    return resemblance, min(1.0, contained)


def same_figures(one: Fingerprint, other: Fingerprint) -> bool:
    """Return false for two texts with three figures each that share under 70 % of them: templates, no copies."""
    fewer = min(len(one.figures), len(other.figures))
    return fewer < 3 or len(one.figures & other.figures) >= 0.7 * fewer


def _overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Shared rarity by all rarity (weighted Jaccard)."""
    first, second = set(one), set(other)
    union = sum(rarity(term) for term in first | second)
    return sum(rarity(term) for term in first & second) / union if union else 0.0


def _covered(title: Iterable[str], terms: Iterable[str]) -> float:
    """How much of a title's rarity stands in the other text."""
    wanted = set(title)
    total = sum(rarity(term) for term in wanted)
    return sum(rarity(term) for term in wanted & set(terms)) / total if total else 0.0


def _telling_figures(figures: Iterable[str]) -> frozenset[str]:
    """Figures that hardly meet by chance: neither small nor a year."""
    return frozenset(figure for figure in figures if len(figure) > 2 and not YEAR.fullmatch(figure))
