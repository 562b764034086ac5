"""How much each sentence is about a topic, and which sentences tell another story of the same article."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from summarizer.rank.features import Matrix

Sentences = Sequence[frozenset[str]]

NAMES_IT = 1.0
CLOSE_KIN = 0.75
KIN = 0.6
CARRIES_ON = 0.4

_SHARE_NAMED = 0.5
_CLOSE_KINSHIP = 1.0
_KINSHIP = 0.15
_ROUNDS = 2
_TELLING = 4  # characters of a number that is hardly met by chance
_MEASURES = frozenset(("per", "cent", "percent", "point", "million", "billion", "trillion", "thousand", "hundr"))
_HIGHEST_BASE = 0.6


def relevance(documents: Sequence[Sentences], topic: frozenset[str]) -> list[Matrix]:
    """Return for each document how much each of its sentences, given as terms, is about the topic: 0 to 1.

    A sentence is about it that names it, that holds terms which the documents use near such sentences rather than
    elsewhere ("conscription" beside "draft"), or that carries on from one of these. 0 is another story. Where no
    sentence names the topic, all are about it: the story was found by more than its sentences.
    """
    weights = _weights(documents, topic)
    named = [_named(sentences, topic, weights) for sentences in documents]
    if not any(values.any() for values in named):
        return [np.ones(len(sentences)) for sentences in documents]
    kinship: list[Matrix] = []
    core = named
    for _ in range(_ROUNDS):
        kinship = _kinship(documents, core, topic)
        core = [np.maximum(names, kin >= _CLOSE_KINSHIP) for names, kin in zip(named, kinship, strict=True)]
    return [_values(*each) for each in zip(documents, named, kinship, strict=True)]


def _weights(documents: Sequence[Sentences], topic: frozenset[str]) -> dict[str, float]:
    """Return what share of the topic each of its words carries: rare words carry more."""
    count = sum(len(sentences) for sentences in documents)
    holding = {term: sum(term in held for sentences in documents for held in sentences) for term in topic}
    weights = {term: math.log1p(count / held) for term, held in holding.items() if held}
    total = math.fsum(weights.values())
    return {term: weight / total for term, weight in weights.items()}


def _named(sentences: Sentences, topic: frozenset[str], weights: dict[str, float]) -> Matrix:
    """Return 1 for sentences that hold at least half of the topic, by weight."""
    shares = [math.fsum(weights[term] for term in held & topic) for held in sentences]
    return np.array([float(share >= _SHARE_NAMED) for share in shares])


def _kinship(documents: Sequence[Sentences], core: Sequence[Matrix], topic: frozenset[str]) -> list[Matrix]:
    """Return how much more the terms of each sentence stand near the core than all sentences do; less is negative.

    Terms that stand in one sentence only tell nothing, nor do short numbers and words for measures of all kinds.
    The topic's own words have told in `named`.
    """
    near = [_near(values) for values in core]
    everywhere = Counter(term for sentences in documents for held in sentences for term in held)
    beside = Counter(
        term
        for sentences, values in zip(documents, near, strict=True)
        for held, is_near in zip(sentences, values, strict=True)
        if is_near
        for term in held
    )
    count = sum(len(sentences) for sentences in documents)
    base = min(sum(float(values.sum()) for values in near) / count, _HIGHEST_BASE)
    worth = {
        term: math.log1p(count / total) * (beside[term] / total - base)
        for term, total in everywhere.items()
        if total > 1
        and term not in topic
        and term not in _MEASURES
        and not (term[0].isdigit() and len(term) < _TELLING)
    }
    return [
        np.array(
            [math.fsum(worth.get(term, 0.0) for term in held) / math.sqrt(max(len(held), 4)) for held in sentences]
        )
        for sentences in documents
    ]


def _near(core: Matrix) -> Matrix:
    """Return 1 for sentences of the core and those beside one."""
    near = core.copy()
    near[1:] = np.maximum(near[1:], core[:-1])
    near[:-1] = np.maximum(near[:-1], core[1:])
    return near


def _values(sentences: Sentences, named: Matrix, kinship: Matrix) -> Matrix:
    """Return what each sentence is worth by its own terms, or as what carries on from one that is about it."""
    kin = np.where(kinship >= _CLOSE_KINSHIP, CLOSE_KIN, np.where(kinship >= _KINSHIP, KIN, 0.0))
    values = np.maximum(named * NAMES_IT, kin)
    told = frozenset(term for held, value in zip(sentences, values, strict=True) if value for term in held)
    told -= _MEASURES
    shares = np.array([not told.isdisjoint(held) for held in sentences], dtype=bool)
    after = np.concatenate(([0.0], values))[: len(values)] > 0
    return np.where((values == 0) & after & shares & (kinship > -_KINSHIP), CARRIES_ON, values)
