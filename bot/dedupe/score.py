"""How likely two articles tell one story, and how much of their wording they share."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice

from bot.dedupe.common import COMMON
from bot.dedupe.terms import RAREST, WEEKDAYS, rarity
from bot.dedupe.weights import ALONE, IN_COMPANY, Weights
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
FEWEST_WORDS = 8
RARE = 8.4
REPRINTED = 0.5
OUTLYING = 4.0
CERTAIN = 3.0
"""No pair counts for more, so that one close pair does not carry a story that the other pairs speak against."""

BEYOND = 0.01
"""So little of what exceeds that is left, only to tell which of two certain pairs is the likelier."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What each pair reads of one article; the names, and the words of the title, with their rarity."""

    terms: Mapping[str, float]
    words: frozenset[str]
    title: Mapping[str, float]
    title_rarity: float
    names: Mapping[str, float]
    names_rarity: float
    figures: frozenset[str]
    telling_figures: frozenset[str]
    weekdays: frozenset[str]
    head: frozenset[str]
    signature: int
    rows: int
    length: int
    length_root: float
    length_log: float
    day: float | None


@lru_cache(maxsize=1 << 12)
def traits(fp: Fingerprint) -> Traits:
    """Return the traits of an article, worked out once."""
    title, names = ({term: rarity(term) for term in terms} for terms in (fp.title_terms, fp.entities))
    figures = fp.figures - WEEKDAYS
    return Traits(
        terms=fp.terms,
        words=frozenset(fp.terms),
        title=title,
        title_rarity=sum(title.values()),
        names=names,
        names_rarity=sum(names.values()),
        figures=figures,
        telling_figures=frozenset(one for one in figures if len(one) > 2 and not YEAR.fullmatch(one)),
        weekdays=fp.figures & WEEKDAYS,
        head=frozenset(islice(fp.terms, MOST_TELLING)),
        signature=int.from_bytes(fp.signature, "big"),
        rows=len(fp.signature),
        length=fp.length,
        length_root=math.sqrt(max(FEWEST_WORDS, fp.length)),
        length_log=math.log(max(FEWEST_WORDS, fp.length)) - 5,
        day=fp.published_at.timestamp() / SECONDS_A_DAY if is_dated(fp.published_at) else None,
    )


def pair_score(first: Fingerprint, second: Fingerprint) -> float:
    """Return the learned log-odds that both tell one story, within ±3; two fillings of one template never do.

    Beyond 3 it hardly grows, only so far that of two pairs the likelier one is known.
    """
    return _score(first, second, ALONE)


def score_in_company(first: Fingerprint, second: Fingerprint, company: Iterable[float]) -> float:
    """Return the pair score that weighs the company of both articles, too, as `bot.dedupe.company` tells it."""
    return _score(first, second, IN_COMPANY, company)


def _score(first: Fingerprint, second: Fingerprint, weights: Weights, company: Iterable[float] = ()) -> float:
    one, other = traits(first), traits(second)
    shared = one.words & other.words
    products = _products(one, other, shared)
    if math.fsum(products) < STRANGERS_COSINE:
        return -CERTAIN
    alike = resemblance(one, other)
    if is_template(one, other, alike):
        return -CERTAIN
    score = odds((*_features(one, other, shared, products, alike), *company), weights)
    return max(-CERTAIN, min(score, CERTAIN + (score - CERTAIN) * BEYOND))


def odds(told: Iterable[float], weights: Weights) -> float:
    """Return the learned log-odds of a pair with these features."""
    return weights.form(
        [
            OUTLYING if (near := (value - centre) / spread) > OUTLYING else -OUTLYING if near < -OUTLYING else near
            for value, centre, spread in zip(told, weights.centres, weights.spreads, strict=True)
        ]
    )


def features(first: Fingerprint, second: Fingerprint) -> tuple[float, ...]:
    """Return what the pair score weighs, in the order of `weights.NAMES`."""
    one, other = traits(first), traits(second)
    shared = one.words & other.words
    return _features(one, other, shared, _products(one, other, shared), resemblance(one, other))


def cosine_of(first: Fingerprint, second: Fingerprint) -> float:
    """Return how alike the words of two articles are."""
    one, other = traits(first), traits(second)
    return math.fsum(_products(one, other, one.words & other.words))


def _products(one: Traits, other: Traits, shared: Iterable[str]) -> list[float]:
    """What each shared term adds to the cosine."""
    mine, theirs = one.terms, other.terms
    return [mine[term] * theirs[term] for term in shared]


def mean_cosine(some: Sequence[Fingerprint], others: Sequence[Fingerprint]) -> float:
    """Return the mean cosine of all pairs of two stories' articles, for the price of a few of them."""
    one, other = _summed(tuple(some)), _summed(tuple(others))
    return math.fsum([one[term] * other[term] for term in one.keys() & other.keys()]) / (len(some) * len(others))


@lru_cache(maxsize=1 << 9)
def _summed(prints: tuple[Fingerprint, ...]) -> Mapping[str, float]:
    """The sum of the articles' vectors, worked out once: a story is compared with many."""
    summed: dict[str, float] = defaultdict(float)
    for fp in prints:
        for term, weight in fp.terms.items():
            summed[term] += weight
    return summed


def most_cosine(some: Sequence[Fingerprint], others: Sequence[Fingerprint]) -> float:
    """Return what the cosine of no pair of two stories' articles exceeds, for the price of one or two."""
    one, other = _heaviest(tuple(some)), _heaviest(tuple(others))
    return math.fsum([one[term] * other[term] for term in one.keys() & other.keys()])


@lru_cache(maxsize=1 << 10)
def _heaviest(prints: tuple[Fingerprint, ...]) -> Mapping[str, float]:
    """The greatest weight of each of the articles' words, worked out once."""
    heaviest: dict[str, float] = {}
    for fp in prints:
        for term, weight in fp.terms.items():
            if weight > heaviest.get(term, 0.0):
                heaviest[term] = weight
    return heaviest


def _features(
    one: Traits, other: Traits, shared: Iterable[str], products: Sequence[float], alike: float
) -> tuple[float, ...]:
    """Sums are exact (`fsum`, or of halves): alike in whatever order a set is walked."""
    cosine = math.fsum(products)
    rarities = [COMMON.get(term, RAREST) for term in shared]
    evidence = sum(rarities)
    shorter, longer = (one, other) if one.length < other.length else (other, one)
    return (
        cosine,
        math.sqrt(cosine),
        _overlap(one.title, other.title, one.title_rarity + other.title_rarity),
        (_covered(one, other) + _covered(other, one)) / 2,
        *_names(one, other),
        math.log1p(evidence),
        math.log1p(evidence / shorter.length_root),
        shorter.length_log,
        longer.length_log,
        *_figures(one.telling_figures, other.telling_figures),
        *_weekdays(one.weekdays, other.weekdays),
        *_closeness(one.day, other.day),
        min(REPRINTED, alike),
        math.log1p(len([rare for rare in rarities if rare >= RARE])),
        len(one.head & other.head) / MOST_TELLING,
        math.fsum([part * rare * rare for part, rare in zip(products, rarities, strict=True)]) / 64,
    )


def _names(one: Traits, other: Traits) -> tuple[float, float]:
    """How many names both share, and whether both name somebody but never the same."""
    overlap = _overlap(one.names, other.names, one.names_rarity + other.names_rarity)
    return overlap, float(bool(one.names and other.names) and not overlap)


def _figures(one: frozenset[str], other: frozenset[str]) -> tuple[float, float, float]:
    """How many figures both share, at what rate, and whether both have some but share none."""
    if not one or not other:
        return 0.0, 0.0, 0.0
    shared, fewer = len(one & other), min(len(one), len(other))
    return min(3, shared) / 3, shared / fewer, float(not shared)


def _weekdays(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """Whether both name one weekday, and whether they name only different ones: another day, another event."""
    same = bool(one & other)
    return float(same), float(bool(one and other) and not same)


def is_dated(at: datetime) -> bool:
    """Return whether a moment is one: articles without a date stand in the year 1."""
    return at.year > 1


def copies(first: Fingerprint, second: Fingerprint) -> float:
    """Return how much of the shorter text two copies share, 1 for equal texts; 0 where they are none.

    A copy may be cut short, re-headlined, lightly edited or carry a footer. Two texts made from one template are
    none: their figures differ. One that quotes the other among much else is none either, nor are two that share
    a long footer but name nobody in common.
    """
    if first.body_hash and first.body_hash == second.body_hash:
        return 1.0
    one, other = traits(first), traits(second)
    if (alike := resemblance(one, other)) < COPY_RESEMBLANCE or min(one.length, other.length) < SHORTEST_COPY:
        return 0.0
    contained = _contained(one, other, alike)
    if contained < COPY_CONTAINED or not _same_figures(one.figures, other.figures):
        return 0.0
    _, nobody_shared = _names(one, other)
    return 0.0 if nobody_shared else min(0.99, contained)


def _closeness(one: float | None, other: float | None) -> tuple[float, float]:
    """Whether both are dated, and how far apart, in units of five days."""
    if one is None or other is None:
        return 0.0, 0.0
    return 1.0, min(abs(one - other), FAR_DAYS) / FAR_DAYS


def resemblance(one: Traits, other: Traits) -> float:
    """Return the estimated share of wording that two texts have in common (Jaccard)."""
    equal = (one.signature ^ other.signature).to_bytes(one.rows, "big").count(0) / one.rows
    return max(0.0, (equal - CHANCE_MATCH) / (1 - CHANCE_MATCH))


def _contained(one: Traits, other: Traits, alike: float) -> float:
    """How much of the shorter text is in the longer one, by their resemblance."""
    both = one.length + other.length
    return min(1.0, alike * both / ((1 + alike) * min(one.length, other.length)))


def is_template(one: Traits, other: Traits, alike: float) -> bool:
    """Return whether two texts share wording but neither figures nor names, as results and match reports do."""
    if alike < TEMPLATE_RESEMBLANCE:
        return False
    overlap, nobody_shared = _names(one, other)
    return bool(nobody_shared) or (overlap <= TEMPLATE_NAMES and not _same_figures(one.figures, other.figures))


def _same_figures(one: frozenset[str], other: frozenset[str]) -> bool:
    """False for two texts with three figures each that share under 70 % of them: templates, no copies."""
    fewer = min(len(one), len(other))
    return fewer < 3 or len(one & other) >= 0.7 * fewer


def _overlap(one: Mapping[str, float], other: Mapping[str, float], both: float) -> float:
    """Shared rarity by all rarity (weighted Jaccard)."""
    shared = sum([rare for term, rare in one.items() if term in other])
    return shared / (both - shared) if shared else 0.0


def _covered(one: Traits, other: Traits) -> float:
    """How much of a title's rarity stands in the other text."""
    covered = sum([rare for term, rare in one.title.items() if term in other.terms])
    return covered / one.title_rarity if covered else 0.0
