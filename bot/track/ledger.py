"""Observations become series: corroborated, updated, revised or in conflict, never averaged."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from bot.model import Article, Observation, Series
from bot.track.groups import groups
from bot.track.interval import OF_A_WHOLE
from bot.track.revision import is_correction
from bot.track.series import series
from bot.track.statement import statements
from summarizer.model import Figure, FigureKind

LONGEST_SENTENCE = 1500
MOST_FIGURES = 200
"""What goes beyond is a list or a table, and each of its figures would be held against all others."""


def observations(article: Article) -> tuple[Observation, ...]:
    """Return an article's figures with all that is needed to verify each for years, in the order of the text.

    They are its first two hundred, without those of sentences too long for anybody to say.
    """
    corrects = is_correction(article.title, (one.text for one in article.sentences))
    told = (one for one in article.figures if len(article.sentences[one.sentence].text) <= LONGEST_SENTENCE)
    return tuple(
        Observation(
            article_id=article.id,
            copy_group=article.copy_group,
            outlet=article.outlet,
            url=article.url,
            title=article.title,
            published_at=article.published_at,
            sentence=article.sentences[figure.sentence].text,
            offset=article.sentences[figure.sentence].start,
            figure=_as_percent(figure),
            retrieved_at=article.retrieved_at,
            corrects=corrects,
        )
        for figure in islice(told, MOST_FIGURES)
    )


def _as_percent(figure: Figure) -> Figure:
    """A figure with a part of something in percent: one in five workers are 20 percent of them."""
    if figure.rule not in OF_A_WHOLE or figure.kind is not FigureKind.RATIO or isinstance(figure.value, tuple):
        return figure
    return replace(figure, kind=FigureKind.PERCENT, value=float(f"{100 * figure.value:.3g}"), unit="percentage")


def ledger(seen: Iterable[Observation]) -> tuple[Series, ...]:
    """Return all series of a story, best witnessed first, those told in passing last.

    It is the same whatever order the observations come in. They are of one story or saga, which is the first part
    of every key. Denied figures are no values.
    """
    made = (series(group) for group in groups(statements(seen)))
    return tuple(sorted(made, key=lambda one: (one.passing, -_heard(one), -len(one.points), one.key)))


def _heard(one: Series) -> int:
    return max(point.witnesses for point in one.points)
