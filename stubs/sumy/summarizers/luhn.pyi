from collections.abc import Collection, Sequence

from sumy.summarizers._summarizer import AbstractSummarizer

class LuhnSummarizer(AbstractSummarizer):
    def _get_significant_words(self, words: Sequence[str]) -> Collection[str]: ...
