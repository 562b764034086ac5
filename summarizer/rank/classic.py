"""sumy's own rankers with our tokenizer, rated by index, on numpy where theirs are quadratic in Python."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from summarizer.rank.words import NewsTokenizer, stemmer_of, stop_words_of

Ratings = NDArray[np.float64]


class IndexedSentence(Sentence):
    """A sumy sentence that equals itself alone: sumy keys ratings by sentence, and news repeats sentences."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def document_of(texts: Sequence[str], language: str) -> ObjectDocumentModel:
    """Return sumy's document of these sentences, one paragraph, in order."""
    tokenizer = NewsTokenizer(language)
    return ObjectDocumentModel([Paragraph([IndexedSentence(text, tokenizer) for text in texts])])


class _RatedByIndex(AbstractSummarizer):
    """Makes a summarizer return the rating of every sentence, in order, instead of the best sentences."""

    @staticmethod
    def _get_best_sentences(
        sentences: Sequence[Any], count: Any, rating: Any, *args: Any, **kwargs: Any
    ) -> tuple[Any, ...]:
        del count  # all of them
        rate = rating.__getitem__ if isinstance(rating, dict) else rating
        return tuple(float(rate(sentence, *args, **kwargs)) for sentence in sentences)


class LexRank(_RatedByIndex, LexRankSummarizer):
    """sumy's LexRank; the same matrix by one product of the sentences' tf-idf vectors."""

    def _create_matrix(
        self,
        sentences: Sequence[Sequence[str]],
        threshold: float,
        tf_metrics: Sequence[dict[str, float]],
        idf_metrics: dict[str, float],
    ) -> Ratings:
        vectors = _vectors(tf_metrics, {term: at for at, term in enumerate(idf_metrics)})
        vectors *= np.fromiter(idf_metrics.values(), float, len(idf_metrics))
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(norms > 0, norms, 1)
        linked = (vectors @ vectors.T > threshold).astype(float)
        return np.asarray(linked / np.maximum(linked.sum(axis=1, keepdims=True), 1))

    @staticmethod
    def _compute_idf(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
        holding: dict[str, int] = {}
        for sentence in sentences:
            for term in dict.fromkeys(sentence):
                holding[term] = holding.get(term, 0) + 1
        return {term: float(np.log(len(sentences) / (1 + count))) for term, count in holding.items()}


class TextRank(_RatedByIndex, TextRankSummarizer):
    """sumy's TextRank; the same edges by one product of the sentences' word counts."""

    def _create_matrix(self, document: ObjectDocumentModel) -> Ratings:
        words = [self._to_words_set(sentence) for sentence in document.sentences]
        places: dict[str, int] = {}
        for sentence in words:
            for word in sentence:
                places.setdefault(word, len(places))
        counts = np.zeros((len(words), len(places)))
        for row, sentence in enumerate(words):
            for word in sentence:
                counts[row, places[word]] += 1
        logs = np.log(np.maximum([len(sentence) for sentence in words], 1))
        norms = logs[:, None] + logs[None, :]
        weights = counts @ counts.T / np.where(np.isclose(norms, 0), 1, norms)
        weights /= weights.sum(axis=1, keepdims=True) + self._ZERO_DIVISION_PREVENTION
        return np.asarray((1 - self.damping) / len(words) + self.damping * weights)


class Lsa(_RatedByIndex, LsaSummarizer):
    """sumy's LSA without its decomposition.

    It keeps every dimension, and the sum of squares of a sentence over all of them, weighed by the singular
    values, is the length of the sentence's own vector: no decomposition is needed for the same ratings.
    """

    def __call__(self, document: ObjectDocumentModel, sentences_count: Any) -> tuple[Any, ...]:
        """Return the rating of every sentence."""
        known = frozenset(self._create_dictionary(document))
        ratings = [self._length(sentence, known) for sentence in document.sentences]
        return self._get_best_sentences(range(len(ratings)), sentences_count, dict(enumerate(ratings)))

    def _length(self, sentence: Sentence, known: frozenset[str], smooth: float = 0.4) -> float:
        """Return the length of a sentence's vector of term frequencies, smoothed as sumy smooths them."""
        counts = Counter(term for word in sentence.words if (term := self.stem_word(word)) in known)
        if not counts:
            return 0.0
        most = max(counts.values())
        held = math.fsum((smooth + (1 - smooth) * count / most) ** 2 for count in counts.values())
        return math.sqrt(held + smooth**2 * (len(known) - len(counts)))


class Luhn(_RatedByIndex, LuhnSummarizer):
    """sumy's Luhn; its significant words in a set, where it walks a tuple for every word."""

    def _get_significant_words(self, words: Sequence[str]) -> frozenset[str]:
        return frozenset(super()._get_significant_words(words))


def _vectors(rows: Sequence[dict[str, float]], places: dict[str, int]) -> Ratings:
    vectors = np.zeros((len(rows), len(places)))
    for row, values in enumerate(rows):
        for term, value in values.items():
            vectors[row, places[term]] = value
    return vectors


_CLASSES: dict[str, Callable[..., Any]] = {
    "lexrank": LexRank,
    "textrank": TextRank,
    "lsa": Lsa,
    "luhn": Luhn,
}
NAMES = tuple(_CLASSES)


def rate(texts: Sequence[str], language: str, name: str) -> Ratings:
    """Return the rating that sumy's ranker of this name gives each sentence."""
    summarizer = _CLASSES[name](stemmer_of(language))
    summarizer.stop_words = stop_words_of(language)
    with np.errstate(invalid="ignore"):  # sumy divides by nothing where no two sentences share a term
        ratings = summarizer(document_of(texts, language), len(texts))
    return np.asarray(np.nan_to_num(ratings or [0.0] * len(texts)), dtype=float)
