"""Which stories a question means, and what it says that none holds."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from bot import search
from bot.desk.answers import Spelled
from bot.index import START, Index
from bot.model import Reason, Story
from bot.search import Rated
from bot.store import Store

HITS = 50
MOST_RESPELLED = 3
"""Each word that no story holds is held against all words of headlines."""

NEWS_SPAN = timedelta(hours=36)
"""How far back the top stories go, so that a morning's briefing still has the morning before."""

TOP_CANDIDATES = 1000
"""So many of the latest stories compete for a place among the top ones."""
BATCH = 50
"""So many stories are read into the index at once; others are answered in between."""

PATIENCE_SECONDS = 1.0
"""So long a question waits for an index that is being built before what is there answers it."""

INCOMPLETE = "I am still reading in older stories; ask again in a minute to have them searched, too."
_STORY = re.compile(r"\bstory (\d{1,9})\b")


class Finder:
    """Finds stories in the index of this process, kept up to date with the store."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self._building: asyncio.Task[None] | None = None

    @property
    def note(self) -> str:
        """What is to be said of an answer while not every story is in the index."""
        return INCOMPLETE if self._building else ""

    @property
    def knows_no_story(self) -> bool:
        """Whether nothing was ever read, as far as is known here."""
        return self._index.is_empty

    async def complete(self) -> None:
        """Return when every story is in the index that is in the store by now."""
        await self._refresh(wholly=True)

    async def hits(self, topic: str) -> Sequence[search.Hit]:
        """Return what the up-to-date index finds for a topic."""
        await self._refresh()
        return self._index.query(search.parse_query(topic), HITS)

    async def hits_of(self, topics: Sequence[str]) -> Sequence[search.Hit]:
        """Return what is found for any of the topics, or the top stories where there are none."""
        return [hit for topic in topics for hit in await self.hits(topic)] if topics else await self.top_hits()

    async def named(self, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
        """Return reasons that name other stories by their titles instead of their numbers."""
        ids = {int(found) for reason in reasons for found in _STORY.findall(reason.text)}
        titles = {story.id: story.title for story in await self._store.stories.load(ids)}
        today = await self._store.stories.follow(ids)

        def title(found: re.Match[str]) -> str:
            return f"“{titles[today[int(found[1])]]}”" if today[int(found[1])] in titles else found[0]

        return tuple(replace(reason, text=_STORY.sub(title, reason.text)) for reason in reasons)

    async def matching(self, topic: str) -> Sequence[Story]:
        """Return the stories that match, best first; one trip to the store where the index is up to date.

        Where none holds all words, they are those that are nearly as good as the best.
        """
        query = search.parse_query(topic)
        hits: Sequence[search.Hit] = self._index.query(query, HITS)
        now, newest, stories = await self._store.stories.ask(hit.story_id for hit in hits)
        if newest != self._index.position:
            hits = await self.hits(topic)
            now, _, stories = await self._store.stories.ask(hit.story_id for hit in hits)
        ranked = search.relevant(hits, now) if any(hit.lacks for hit in hits) else search.rank(hits, now)
        place = {hit.story_id: place for place, hit in enumerate(ranked)}
        return sorted(stories, key=lambda story: place.get(story.id, len(place)))[: len(place)]

    async def meant(self, topic: str) -> Sequence[Story]:
        """Return the stories that a topic means, best first, without those that use its words in passing."""
        found = [hit for hit in await self.hits(topic) if not hit.lacks]
        meant = search.relevant(found, await self._store.now())
        return await self._store.stories.load([hit.story_id for hit in meant])

    async def top(self, since: datetime | None = None) -> Sequence[Story]:
        """Return the stories since then, else of a day and a half; those that many tell, and lately, first."""
        hits = search.rank(await self.top_hits(since), await self._store.now())[:HITS]
        return await self._store.stories.load([hit.story_id for hit in hits])

    async def top_hits(self, since: datetime | None = None) -> Sequence[search.Hit]:
        """Return the stories since then, else of a day and a half, as hits of no words."""
        now = await self._store.now()
        recent = await self._store.stories.recent(since or now - NEWS_SPAN, TOP_CANDIDATES)
        await self._refresh()
        told = self._index.witnesses(recent)
        stories = await self._store.stories.load(recent)
        return [search.Hit(one.id, 1.0, one.updated_at, told.get(one.id, 1)) for one in stories]

    async def rated(self, hits: Iterable[search.Hit]) -> Sequence[Rated]:
        """Return hits as stories, best first, each with what its place is made of."""
        now = await self._store.now()
        ranked = {hit.story_id: hit for hit in search.rank(hits, now)}
        weights = {id_: search.weigh(hit, now) for id_, hit in ranked.items()}
        best = max((weight.total for weight in weights.values()), default=0.0)
        stories = await self._store.stories.load(ranked)
        return [Rated(one, ranked[one.id], weights[one.id], best) for one in stories if one.id in ranked]

    async def knows(self, word: str) -> Literal["", "stem", "word"]:
        """Return "word" where a headline holds just this word, "stem" where a story has a form of it, else ""."""
        await self._refresh()
        if self._index.leads_with(word):
            return "word"
        return "" if self._index.unknown([word]) else "stem"

    def lacking(self, topic: str, story: Story) -> tuple[str, ...]:
        """Return which words of a topic a story lacks that was found for it, where none holds all."""
        hits = self._index.query(search.parse_query(topic), HITS)
        return next((hit.lacks for hit in hits if hit.story_id == story.id), ())

    def spelled(self, topic: str) -> Spelled:
        """Return what of a topic no story holds, and the topic as it was probably to be spelled."""
        missing = self._index.unknown(search.parse_query(topic).words)[:MOST_RESPELLED]
        near = {word: found for word in missing if (found := self._index.respelled(word))}
        words = [near.get(word.casefold(), word) for word in topic.split()]
        return Spelled(missing, " ".join(words) if near else "")

    async def _refresh(self, *, wholly: bool = False) -> None:
        """Bring the index up to the store's last change; while it is built, wait a moment or till it is whole."""
        if self._building is None and await self._is_new():
            self._building = asyncio.create_task(self._rebuild())
        if self._building and not await self._built(self._building, None if wholly else PATIENCE_SECONDS):
            return
        while True:
            position, rows = await self._store.changes.read(self._index.position, count=BATCH)
            if not rows:
                return
            self._index.apply(position, rows)

    async def _is_new(self) -> bool:
        """Whether the stream of changes does not tell all that the index is to know."""
        position = self._index.position
        return position == START or await self._store.changes.missed(position)

    async def _built(self, building: asyncio.Task[None], patience_seconds: float | None) -> bool:
        await asyncio.wait({building}, timeout=patience_seconds)
        if not building.done():
            return False
        self._building = None
        building.result()
        return True

    async def _rebuild(self) -> None:
        """Take over every story that is kept, the newest first."""
        position = await self._store.changes.last()
        stories = await self._store.changes.kept()
        for start in range(0, len(stories), BATCH):
            self._index.apply(self._index.position, await self._store.changes.rows(stories[start : start + BATCH]))
        self._index.apply(position, ())
