"""What a ranker knows about each sentence of one article: place, matter and manner."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.rank.words import split_of, terms_of

Matrix = NDArray[np.float64]

MOST_PLACES = 512

_OPENING_QUOTES = tuple("\"“„«'‘")
_FIRST_PERSON = frozenset(
    ("I", "We", "we", "our", "my", "My", "me", "us", "you", "You", "your", "I'm", "I’m", "I've", "we're")
)  # fmt: skip
_SAYING = frozenset(
    (
        "said",
        "says",
        "told",
        "according",
        "announced",
        "reported",
        "confirmed",
        "warned",
        "added",
        "claimed",
        "accused",
    )
)
_DAYS = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))

NAMES = (
    "rank", "depth", "log_depth", "first", "second", "third", "fourth_to_sixth",
    "length", "length_squared", "short", "long",
    "centrality", "frequency_mean", "frequency_sum", "frequency_top", "like_lead", "like_first",
    "has_figure", "figures", "names_frequency", "names_density",
    "quote", "saying", "first_person", "cry", "day", "idle_words", "commas", "aside",
)  # fmt: skip


class Passage(NamedTuple):
    """A sentence as rankers read it; `figures` says how much its figures weigh."""

    text: str
    words: tuple[str, ...]
    terms: tuple[str, ...]
    figures: float


def passage(text: str, figures: float, language: str) -> Passage:
    """Return a sentence with its words and terms."""
    words = tuple(split_of(text, language))
    return Passage(text, words, terms_of(words, language), figures)


def features(passages: Sequence[Passage]) -> Matrix:
    """Return a row of features (`NAMES`) for each sentence of an article."""
    if not passages:
        return np.zeros((0, len(NAMES)))
    terms = [one.terms for one in passages]
    figures = np.minimum(np.array([[one.figures] for one in passages]), (1, 4))
    places = _places(len(passages))
    manners = np.array([_manner(one) for one in passages], dtype=float)
    return np.hstack((places, _lengths(passages), _salience(terms), figures, _names(passages), manners))


def incidence(rows: Sequence[Sequence[str]], terms: Iterable[str] = ()) -> tuple[Matrix, Matrix]:
    """Return which row holds which term, and how often all rows do.

    There is a column for each of the `terms`, then for each other one in order of appearance.
    """
    columns = {term: at for at, term in enumerate(terms)}
    at = [columns.setdefault(term, len(columns)) for row in rows for term in row]
    matrix = np.zeros((len(rows), max(len(columns), 1)))
    matrix[np.repeat(np.arange(len(rows)), [len(row) for row in rows]), at] = 1
    return matrix, np.bincount(at, minlength=matrix.shape[1]).astype(float)


def weighed(present: Matrix) -> Matrix:
    """Return the rows with each term weighed by how few rows hold it."""
    return np.asarray(present * np.log((len(present) + 1) / (present.sum(axis=0) + 0.5)))


def normalized(vectors: Matrix) -> Matrix:
    """Return the rows as vectors of length one."""
    return np.asarray(vectors / np.maximum(np.sqrt((vectors * vectors).sum(axis=1, keepdims=True)), 1e-9))


@lru_cache(maxsize=MOST_PLACES)
def _places(count: int) -> Matrix:
    at = np.arange(count, dtype=float)
    firsts = (at == 0, at == 1, at == 2, (at > 2) & (at < 6))
    return np.array((1 / (at + 1), at / count, np.log1p(at), *firsts), dtype=float).T


def _lengths(passages: Sequence[Passage]) -> Matrix:
    length = np.array([len(one.words) for one in passages], dtype=float)
    capped = np.minimum(length, 45)
    return np.array((capped / 20, capped**2 / 400, length < 9, length > 35), dtype=float).T


def _salience(terms: Sequence[Sequence[str]]) -> Matrix:
    present, frequencies = incidence(terms)
    vectors = normalized(weighed(present))
    sizes = np.maximum([len(held) for held in terms], 1)
    centre = vectors.sum(axis=0)
    shared = present @ (np.log1p(frequencies) * (present.sum(axis=0) > 1))
    central, like_lead, like_first = vectors @ centre, vectors @ vectors[:3].mean(axis=0), vectors @ vectors[0]
    like_lead[:3] = like_first[:1] = 0
    top = np.log1p((present * frequencies).max(axis=1))
    central /= max(math.sqrt(float(centre @ centre)), 1e-9)
    return np.array((central, shared / sizes, shared / 20, top, like_lead, like_first)).T


def _names(passages: Sequence[Passage]) -> Matrix:
    """Return how many names each sentence holds, weighed by how often the article names them."""
    inside = [{word for word in one.words[1:] if word[0].isupper() and len(word) > 1} for one in passages]
    frequency = Counter(chain.from_iterable(inside))
    worth = {name: math.log1p(count) / 10 for name, count in frequency.items()}
    weights = [
        math.fsum(map(worth.__getitem__, names.union(one.words[:1]) & worth.keys()))
        for names, one in zip(inside, passages, strict=True)
    ]
    sizes = [math.log1p(len(one.words)) + 1 for one in passages]
    return np.array([(weight, weight / size) for weight, size in zip(weights, sizes, strict=True)])


def _manner(one: Passage) -> tuple[float, ...]:
    text = one.text
    held = frozenset(one.words)
    return (
        text.startswith(_OPENING_QUOTES),
        not _SAYING.isdisjoint(held),
        min(len(held & _FIRST_PERSON), 3),
        "!" in text,
        not _DAYS.isdisjoint(held),
        1 - len(one.terms) / max(len(one.words), 1),
        text.count(",") / 3,
        "(" in text or "--" in text,
    )
