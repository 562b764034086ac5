"""Sentences of one or several articles to the few that tell the story: what witnesses share, each told once."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from summarizer.rank.article import standardized
from summarizer.rank.features import Matrix, incidence, normalized, weighed

# Weights in standard deviations of the ratings, shares of a line's terms; set by hand on stories of ten articles.
SHARED = 1.0
PLACE = 2.0
REPETITION = 1.5
REPETITION_FROM = 0.1
SAME = 0.5
SAME_ELSEWHERE = 0.4
FIGURES_TOLD = 1.5
FIGURE_SHARED = 1.5


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


def pick(lines: Sequence[Line], most: int = 80) -> Iterator[int]:
    """Yield the indices of lines, best first, each rated by its worth and by how little of it was told before.

    Lines that say what one before them says (half of the shorter one's terms, by weight) are left out, and all
    after the best `most`.
    """
    worth = _worth(lines)
    best = np.argsort(-worth, kind="stable")[:most].tolist()
    for at in _pick([lines[at] for at in best], worth[best]):
        yield best[at]


def _pick(lines: Sequence[Line], left: Matrix) -> Iterator[int]:
    words, _ = incidence([line.terms for line in lines])
    weights = weighed(words)
    vectors = normalized(weights)
    sizes = weights.sum(axis=1)
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
        enough = np.where(witnesses == witnesses[at], SAME, SAME_ELSEWHERE)
        left[weights @ words[at] > enough * np.minimum(sizes, sizes[at])] = left[at] = -np.inf
        repeated = np.maximum(repeated, vectors @ vectors[at])


def _worth(lines: Sequence[Line]) -> Matrix:
    """Return how much each line is worth before anything is told."""
    ratings = np.array([line.rating for line in lines], dtype=float)
    if len({line.witness for line in lines}) < 2:
        return ratings
    places = np.array([PLACE / (1 + line.place) for line in lines])
    concepts = [line.concepts for line in lines]
    weights = _witnessed(lines, concepts)
    totals = [math.fsum(weights[concept] for concept in held if concept in weights) for held in concepts]
    shared = standardized(np.asarray(totals / np.sqrt([max(len(line.terms), 3) for line in lines])))
    figures = np.array([max((weights.get(key, 0.0) for key in line.figures), default=0.0) for line in lines])
    return np.asarray(ratings + places + SHARED * shared + FIGURE_SHARED * figures)


def _witnessed(lines: Sequence[Line], concepts: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return what share of the witnesses tells each concept, for those that two or more tell."""
    told: dict[int, set[str]] = {}
    for line, held in zip(lines, concepts, strict=True):
        told.setdefault(line.witness, set()).update(held)
    witnesses = Counter(chain.from_iterable(told.values()))
    return {concept: count / len(told) for concept, count in witnesses.items() if count > 1}
