"""One article's sentences to ratings: a linear score of their features, as a sumy summarizer."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from sumy.models.dom import ObjectDocumentModel
from sumy.summarizers._summarizer import AbstractSummarizer

from summarizer.rank.features import NAMES, Matrix, Passage, features, passage
from summarizer.rank.weights import WEIGHTS
from summarizer.rank.words import stemmer_of

_NUMBER = re.compile(r"\d[\d.,]*")
_VECTOR = np.array([WEIGHTS[name] for name in NAMES])


class NutgrafSummarizer(AbstractSummarizer):
    """Rates news sentences by place, salience, figures and manner.

    The weights were learned from the highlights that editors gave news articles; see `benchmarks/train_ranker.py`.
    """

    def __init__(self, language: str = "en") -> None:
        super().__init__(stemmer_of(language))
        self.language = language

    def __call__(self, document: ObjectDocumentModel, sentences_count: Any) -> tuple[Any, ...]:
        """Return the best rated sentences of a sumy document, in its order."""
        texts = [str(sentence) for sentence in document.sentences]
        told = [passage(text, len(_NUMBER.findall(text)), self.language) for text in texts]
        ratings = dict(enumerate(self.rate(told)))
        best = self._get_best_sentences(range(len(texts)), sentences_count, ratings)
        return tuple(document.sentences[at] for at in best)

    def rate(self, passages: Sequence[Passage]) -> Matrix:
        """Return how good each sentence is, in standard deviations from the article's mean."""
        return standardized(features(passages) @ _VECTOR)


def standardized(values: Matrix) -> Matrix:
    """Return values less their mean, in standard deviations; zeros where all are equal."""
    if not len(values):
        return values
    spread = float(values.std())
    return np.asarray((values - values.mean()) / spread if spread > 1e-9 else np.zeros(len(values)))
