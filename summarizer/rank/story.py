"""Sentences of one or several articles to the few that tell the story: what witnesses share, each told once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from summarizer.rank.features import Matrix, incidence, normalized, weighed

# Weights in standard deviations of the ratings, shares of a line's terms; set by hand on stories of ten articles.
SHARED = 1.0
PLACE = 2.0
REPETITION = 1.5
REPETITION_FROM = 0.1
SAME = 0.5
SAME_ELSEWHERE = 0.4
FIGURES_TOLD = 2.5
FIGURE_SHARED = 1.0
TOLD = 0.3  # what is left of a concept's worth each time that it is told


class Line(NamedTuple):
    """A sentence that may become a bullet, as the story's choice sees it.

    `rating` comes from its article, `place` is its index among the article's sentences; `figures` are the keys
    of its figures; documents of one `witness` count once.
    """

    place: int
    witness: int
    rating: float
    terms: tuple[str, ...]
    figures: frozenset[str] = frozenset()

    @property
    def concepts(self) -> tuple[str, ...]:
        """Its terms, its pairs of neighbouring terms and its figures, each once, in order."""
        pairs = (f"{one} {other}" for one, other in zip(self.terms, self.terms[1:], strict=False))
        return tuple(dict.fromkeys((*self.terms, *pairs, *sorted(self.figures))))


class _Worth(NamedTuple):
    """What lines are worth: by themselves, and for the concepts that they share with other witnesses' lines.

    `shares` has a row for each line and a column for each such concept; `weights` says what a concept is worth as
    long as nothing told it.
    """

    alone: Matrix
    shares: Matrix
    weights: Matrix


def pick(lines: Sequence[Line], most: int = 80) -> Iterator[int]:
    """Yield the indices of lines, best first, each rated by its worth and by how little of it was told before.

    Lines that say what one before them says (half of the shorter one's terms, by weight) are left out, and all
    after the best `most`.
    """
    alone, shares, weights = _worth(lines)
    best = np.argsort(-(alone + shares @ weights), kind="stable")[:most]
    at = best.tolist()
    for picked in _pick([lines[one] for one in at], _Worth(alone[best], shares[best], weights)):
        yield at[picked]


def _pick(lines: Sequence[Line], worth: _Worth) -> Iterator[int]:
    words, _ = incidence([line.terms for line in lines])
    weights = weighed(words)
    vectors = normalized(weights)
    sizes = weights.sum(axis=1)
    left = worth.alone + worth.shares @ worth.weights
    untold = worth.weights
    repeated = np.full(len(lines), REPETITION_FROM)
    witnesses = np.array([line.witness for line in lines])
    stale = np.zeros(len(lines))
    told: frozenset[str] = frozenset()
    while len(lines):
        at = int(np.argmax(left - REPETITION * (repeated - REPETITION_FROM) - FIGURES_TOLD * stale))
        if left[at] == -np.inf:
            return
        yield at
        if lines[at].figures:
            told |= lines[at].figures
            stale = np.array([bool(line.figures) and line.figures <= told for line in lines])
        held = np.flatnonzero(worth.shares[at])
        left = left - worth.shares[:, held] @ untold[held] * (1 - TOLD)
        untold = np.where(worth.shares[at] > 0, untold * TOLD, untold)
        enough = np.where(witnesses == witnesses[at], SAME, SAME_ELSEWHERE)
        left[weights @ words[at] > enough * np.minimum(sizes, sizes[at])] = left[at] = -np.inf
        repeated = np.maximum(repeated, vectors @ vectors[at])


def _worth(lines: Sequence[Line]) -> _Worth:
    """Return what lines are worth before anything is told."""
    ratings = np.array([line.rating for line in lines], dtype=float)
    if len({line.witness for line in lines}) < 2:
        return _Worth(ratings, np.zeros((len(lines), 0)), np.zeros(0))
    concepts = [line.concepts for line in lines]
    weights = _witnessed(lines, concepts) or {"": 0.0}
    figures = np.array([max((weights.get(key, 0.0) for key in line.figures), default=0.0) for line in lines])
    places = np.array([PLACE / (1 + line.place) for line in lines])
    shares, _ = incidence([[concept for concept in held if concept in weights] for held in concepts], weights)
    shares /= np.sqrt([[max(len(line.terms), 3)] for line in lines])
    worths = np.fromiter(weights.values(), float, len(weights))
    spread = float((shares @ worths).std())
    return _Worth(ratings + places + FIGURE_SHARED * figures, shares * (SHARED / max(spread, 1e-9)), worths)


def _witnessed(lines: Sequence[Line], concepts: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return what share of the witnesses tells each concept, for those that two or more tell."""
    told: dict[int, dict[str, None]] = {}
    for line, held in zip(lines, concepts, strict=True):
        told.setdefault(line.witness, {}).update(dict.fromkeys(held))
    witnesses = Counter(chain.from_iterable(told.values()))
    return {concept: count / len(told) for concept, count in witnesses.items() if count > 1}
