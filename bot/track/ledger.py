"""Observations become series: corroborated, updated, revised or in conflict, never averaged."""

from collections.abc import Iterable

from bot.model import Article, Observation, Series
from bot.track.groups import groups
from bot.track.series import series
from bot.track.statement import statements


def observations(article: Article) -> tuple[Observation, ...]:
    """Return an article's figures with all that is needed to verify each for years, in the order of the text."""
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
            figure=figure,
        )
        for figure in article.figures
    )


def ledger(seen: Iterable[Observation]) -> tuple[Series, ...]:
    """Return all series of a story, best witnessed first, those told in passing last.

    It is the same whatever order the observations come in. They are of one story or saga, which is the first part
    of every key. Denied figures are no values.
    """
    made = (series(group) for group in groups(statements(seen)))
    return tuple(sorted(made, key=lambda one: (one.passing, -_heard(one), -len(one.points), one.key)))


def _heard(one: Series) -> int:
    return max(point.witnesses for point in one.points)
