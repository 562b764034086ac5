from collections.abc import Sequence

from numpy import float64
from numpy.typing import NDArray
from sumy.summarizers._summarizer import AbstractSummarizer

class LexRankSummarizer(AbstractSummarizer):
    def _create_matrix(
        self,
        sentences: Sequence[Sequence[str]],
        threshold: float,
        tf_metrics: Sequence[dict[str, float]],
        idf_metrics: dict[str, float],
    ) -> NDArray[float64]: ...
    @staticmethod
    def _compute_idf(sentences: Sequence[Sequence[str]]) -> dict[str, float]: ...
