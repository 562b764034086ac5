"""Briefs of stories, made once and stored."""

from collections.abc import Sequence

from bot import brief, digest, search, track
from bot.brief import Material
from bot.desk.ledgers import Ledgers
from bot.model import Article, Brief, Story
from bot.store import Store
from bot.workers import Workers

SPARE = 5
"""So many more bullets are asked for than are shown: some only repeat a series that another one opens."""


class Briefs:
    """Makes briefs of what the store has."""

    def __init__(self, store: Store, workers: Workers, ledgers: Ledgers, ranker: str) -> None:
        self._store = store
        self._workers = workers
        self._ledgers = ledgers
        self._ranker = ranker

    async def of(self, topic: str, stories: Sequence[Story], bullets: int, note: str = "") -> Brief:
        """Return the brief on these stories, the same while none changes; each has so many `bullets` at most."""

        async def make() -> Brief:
            materials = [await self._material(story, topic, bullets) for story in stories]
            return brief.compose(topic, materials, await self._store.now(), note)

        return await self._store.briefs.find_or_save(brief.key(topic, stories, f"{bullets}{note}"), make)

    async def _material(self, story: Story, topic: str, count: int) -> Material:
        articles = tuple(await self.articles(story))
        ledger = brief.told_by(articles, await self._ledgers.of(story))
        documents = tuple(brief.document(article) for article in articles)
        query = search.parse_query(topic)
        about = " ".join((*query.phrases, *query.words))
        offered = await self._workers.run(digest.choose, documents, about, count + SPARE, self._ranker)
        asked = track.asked_for(ledger, query.words) if query.asks_figure else None
        return Material(story, articles, brief.select(offered, articles, ledger, count, asked), ledger)

    async def articles(self, story: Story) -> Sequence[Article]:
        """Return the articles of a story that are still kept, oldest first."""
        return brief.in_order(await self._store.articles.load(story.article_ids))
