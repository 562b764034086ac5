"""Sentences to an order of merit, on sumy and numpy: the one importer of both within the summarizer.

`rate` rates the sentences of one article by any ranker, `pick` chooses among the sentences of a story, `relevance`
tells which sentences are about a topic.
"""

from collections.abc import Sequence

from summarizer.rank import classic
from summarizer.rank.article import NutgrafSummarizer, standardized
from summarizer.rank.features import Matrix, Passage, passage
from summarizer.rank.story import Line, pick
from summarizer.rank.topic import relevance
from summarizer.rank.words import NewsTokenizer, terms_of, words_of

__all__ = [
    "RANKERS",
    "Line",
    "NewsTokenizer",
    "NutgrafSummarizer",
    "Passage",
    "passage",
    "pick",
    "rate",
    "relevance",
    "terms_of",
    "words_of",
]

RANKERS = ("nutgraf", *classic.NAMES)


def rate(passages: Sequence[Passage], language: str, ranker: str = "nutgraf") -> Matrix:
    """Return the ratings of an article's sentences, in standard deviations from their mean."""
    if ranker != "nutgraf":
        return standardized(classic.rate([one.text for one in passages], language, ranker))
    return NutgrafSummarizer(language).rate(passages)
