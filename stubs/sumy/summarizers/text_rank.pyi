from numpy import float64
from numpy.typing import NDArray
from sumy.models.dom import ObjectDocumentModel, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

class TextRankSummarizer(AbstractSummarizer):
    damping: float
    _ZERO_DIVISION_PREVENTION: float
    def _create_matrix(self, document: ObjectDocumentModel) -> NDArray[float64]: ...
    def _to_words_set(self, sentence: Sentence) -> list[str]: ...
