"""How much each sentence is about a topic, and which sentences tell another story of the same article."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from summarizer.rank.features import Matrix

Sentences = Sequence[frozenset[str]]

NAMES_IT = 1.0
TIED = 0.6
TIED_TWICE = 0.75
NEXT_TO_IT = 0.4

_TIES = (0.0, TIED, TIED_TWICE)
_SHARE_NAMED = 0.5
_SHARE_NEAR = 0.75
_SHORTEST_TIE = 4


def relevance(documents: Sequence[Sentences], topic: frozenset[str]) -> list[Matrix]:
    """Return for each document how much each of its sentences, given as terms, is about the topic: 0 to 1.

    A sentence is about it that names it, that holds a term which the documents use near such sentences alone
    ("conscription" beside "draft"), or that carries on from one of these. 0 is another story. Where no sentence
    names the topic, all are about it: the story was found by more than its sentences.
    """
    named = [_named(sentences, topic, _weights(documents, topic)) for sentences in documents]
    if not any(values.any() for values in named):
        return [np.ones(len(sentences)) for sentences in documents]
    tied = _tied_terms(documents, named) - topic
    return [
        _document_relevance(sentences, values, tied) for sentences, values in zip(documents, named, strict=True)
    ]


def _weights(documents: Sequence[Sentences], topic: frozenset[str]) -> dict[str, float]:
    """Return what share of the topic each of its words carries: rare words carry more."""
    count = sum(len(sentences) for sentences in documents)
    holding = {term: sum(term in held for sentences in documents for held in sentences) for term in sorted(topic)}
    weights = {term: float(np.log1p(count / held)) for term, held in holding.items() if held}
    total = sum(weights.values())
    return {term: weight / total for term, weight in weights.items()}


def _named(sentences: Sentences, topic: frozenset[str], weights: dict[str, float]) -> Matrix:
    """Return 1 for sentences that hold at least half of the topic, by weight."""
    shares = [sum(weights.get(term, 0.0) for term in sorted(held & topic)) for held in sentences]
    return np.array([float(share >= _SHARE_NAMED) for share in shares])


def _near(named: Matrix) -> Matrix:
    """Return 1 for sentences that name the topic or stand beside one that does."""
    near = named.copy()
    near[1:] = np.maximum(near[1:], named[:-1])
    near[:-1] = np.maximum(near[:-1], named[1:])
    return near


def _tied_terms(documents: Sequence[Sentences], named: Sequence[Matrix]) -> frozenset[str]:
    """Return the terms that stand near the topic nearly wherever they stand, and more than once."""
    everywhere: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for sentences, values in zip(documents, named, strict=True):
        for held, is_near in zip(sentences, _near(values), strict=True):
            everywhere.update(held)
            beside.update(held if is_near else ())
    return frozenset(
        term
        for term, count in everywhere.items()
        if count > 1 and beside[term] >= _SHARE_NEAR * count and len(term) >= _SHORTEST_TIE and term.isalpha()
    )


def _document_relevance(sentences: Sentences, named: Matrix, tied: frozenset[str]) -> Matrix:
    """Return what each sentence is worth by its own terms, or as what carries on from one that is about it."""
    ties = [min(len(held & tied), 2) for held in sentences]
    values = np.maximum(named * NAMES_IT, np.array([_TIES[count] for count in ties]))
    told = frozenset(term for held, value in zip(sentences, values, strict=True) if value for term in held)
    after = np.concatenate(([0.0], values[:-1]))[: len(values)] > 0
    shares = np.array([not told.isdisjoint(held) for held in sentences], dtype=bool)
    return np.where((values == 0) & after & shares, NEXT_TO_IT, values)
