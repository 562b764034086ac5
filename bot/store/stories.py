"""Stories, their observations and sagas."""

import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain

from bot.model import Article, Observation, Reason, Story, independent
from bot.store.articles import Articles, unpack_ids
from bot.store.client import Link
from bot.store.observations import unpack_observations
from bot.store.records import moment, stamp

TOLD_AT = struct.Struct(">d")
MOST_KNOWN = 4096
"""So many stories, about 1 KB each, does a process keep at hand as they were told last."""


class Stories:
    """The stories of every topic. An id that was merged stands for the story that took it in."""

    def __init__(self, link: Link, articles: Articles) -> None:
        self._link = link
        self._articles = articles

    async def load(self, ids: Iterable[int]) -> tuple[Story, ...]:
        """Return the stories that are still kept, in the order asked for, each once."""
        return tuple({story.id: story for story, _ in await self.counted(ids)}.values())

    async def counted(self, ids: Iterable[int]) -> tuple[tuple[Story, int], ...]:
        """Return each story with the number of its independent witnesses."""
        wanted = tuple(ids)
        found = await self._link.run("follow", *wanted) if wanted else []
        pairs = zip(found[::2], found[1::2], strict=True)
        return tuple((_story(id_, tuple(facts)), int(facts[4])) for id_, facts in pairs if id_)

    async def ask(self, ids: Iterable[int]) -> tuple[datetime, str, tuple[Story, ...]]:
        """Return our time, the newest change, and the stories as `load` does, in one trip to the server."""
        now, newest, found = await self._link.run("ask", *ids)
        pairs = zip(found[::2], found[1::2], strict=True)
        stories = {id_: _story(id_, tuple(facts)) for id_, facts in pairs if id_}
        return moment(now), newest.decode(), tuple(stories.values())

    async def follow(self, ids: Iterable[int]) -> Mapping[int, int]:
        """Return what each id is called today; 0 if the story is gone."""
        wanted = tuple(ids)
        found = await self._link.run("follow", *wanted) if wanted else []
        return dict(zip(wanted, found[::2], strict=True))

    async def reasons(self, story_id: int) -> tuple[Reason, ...]:
        """Return why each article of the story is in it, then what became of the story itself."""
        stories = await self.load([story_id])
        articles = await self._articles.reasons(id_ for story in stories for id_ in story.article_ids)
        log = [line for story in stories for line in await self._link.call("LRANGE", f"log:{story.id}", 0, -1)]
        return (*articles, *map(_told, log))

    async def recent(self, since: datetime, limit: int = 1000) -> tuple[int, ...]:
        """Return the stories with an article published since then, latest first."""
        found = await self._link.call(
            "ZRANGE", "recent", "+inf", stamp(since), "BYSCORE", "REV", "LIMIT", 0, limit
        )
        return tuple(map(int, found))

    async def observations(self, story_id: int = 0, *, saga_id: int = 0) -> tuple[Observation, ...]:
        """Return what was observed in the story, or in all stories of the saga, in the order it was filed."""
        stories = [story_id] if story_id else sorted(map(int, await self._link.call("SMEMBERS", f"sg:{saga_id}")))
        found: list[bytes] = []
        today = await self.follow(stories)
        for id_ in dict.fromkeys(today[id_] or id_ for id_ in stories):
            found += await self._link.call("LRANGE", f"obs:{id_}", 0, -1)
        return tuple(one for data in found for one in unpack_observations(data))

    async def edits(self, story_id: int, others: Iterable[int] = ()) -> tuple[frozenset[int], frozenset[int]]:
        """Return the stories that an editor keeps this one apart from, and which of it and the others he made."""
        apart, kept = await self._link.run("edits", story_id, *others)
        return frozenset(apart), frozenset(kept)

    async def merge(self, one: int, other: int, why: str = "", versions: Sequence[int] = ()) -> int:
        """Make one story of two and return its id, the older; 0 if either is gone. Sends nothing again (I8).

        With the `versions` that this was decided on: -1 if either changed since, or an editor keeps them apart.
        """
        return (await self._merged(one, other, why, "", versions))[0]

    async def put_together(self, one: int, other: int, op_id: str, why: str) -> tuple[int, int]:
        """Merge two stories, even if kept apart, and return the older and the younger; 0 where there are not two.

        The same `op_id` is the same merge. What was put together so is not taken apart by ourselves.
        """
        return await self._merged(one, other, why, op_id)

    async def _merged(
        self, one: int, other: int, why: str, op_id: str, versions: Sequence[int] = ()
    ) -> tuple[int, int]:
        ids = [id_ for story in await self.load([one, other]) for id_ in story.article_ids]
        witnesses = _facts(await self._articles.heads(ids))[-1]
        older, younger = await self._link.run("merge", one, other, why, op_id, witnesses, *versions)
        return int(older), int(younger)

    async def move(
        self, leaving: Collection[int], story_id: int, to: int, why: str, versions: Sequence[int]
    ) -> tuple[int, int]:
        """Move articles to another story, or to a new one (0), and return both. Sends nothing again (I8).

        `why` is kept with each article. 0 if none would leave or none would stay; -1 if a story is not of the
        version any more that this was decided on, or an editor put together or apart what would change.
        """
        stories = {story.id: story for story in await self.load([story_id, to])}
        held = stories[to].article_ids if to in stories else ()
        return await self._moved(stories.get(story_id), leaving, (to, held), versions, why=why)

    async def unmerge(self, story_id: int, op_id: str, why: str = "") -> tuple[int, int]:
        """Take a merged story out again with the articles it had; return the story that it was in and itself.

        Both are 0 if it was not merged or nothing would be left of either. The same `op_id` is the same operation.
        """
        ids = unpack_ids(await self._link.call("HGET", f"st:{story_id}", "a") or b"")
        return await self._edited(story_id, ids, story_id, op_id, why)

    async def split(self, story_id: int, article_ids: Iterable[int], op_id: str, why: str = "") -> tuple[int, int]:
        """Move the articles into a story of their own and return the ids of the story and of this one.

        Both are 0 if none would leave or none would stay. The same `op_id` is the same split. The two are never
        merged again but by `put_together`, and no article leaves them but by an editor.
        """
        return await self._edited(story_id, tuple(article_ids), 0, op_id, why)

    async def _edited(
        self, story_id: int, leaving: Collection[int], to: int, op_id: str, why: str
    ) -> tuple[int, int]:
        """Move articles as an editor said, again where the story changed meanwhile."""
        moved = (-1, 0)
        while moved[0] < 0:
            story = next(iter(await self.load([story_id])), None)
            story = None if story and story.id == to else story
            moved = await self._moved(story, leaving, (to, ()), (story.version if story else 0, 0), op_id, why)
        return moved

    async def _moved(
        self,
        story: Story | None,
        leaving: Collection[int],
        to: tuple[int, Sequence[int]],
        versions: Sequence[int],
        op_id: str = "",
        why: str = "",
    ) -> tuple[int, int]:
        """Move what the story holds of the articles to a story and what that holds."""
        held = story.article_ids if story else ()
        gone, stays = _parted(held, leaving)
        known = {one.id: one for one in await self._articles.heads((*held, *to[1]))}
        facts = [_facts([known[id_] for id_ in ids if id_ in known]) for ids in (stays, (*gone, *to[1]))]
        words = await self._articles.moved(gone, why) if stays else ()
        home = story.id if story else 0
        one, other = await self._link.run("move", home, to[0], op_id, why, *versions, *chain(*facts), *words)
        return int(one), int(other)


def _parted(ids: Iterable[int], leaving: Collection[int]) -> tuple[list[int], list[int]]:
    gone: list[int] = []
    stays: list[int] = []
    for id_ in ids:
        (gone if id_ in leaving else stays).append(id_)
    return gone, stays


def _facts(articles: Collection[Article]) -> tuple[str, float, float, int]:
    """A story's title, first and last time and independent witnesses by the articles it holds."""
    if not articles:
        return "", 0, 0, 0
    first = min(articles, key=lambda one: (one.published_at, one.id))
    last = max(one.published_at for one in articles)
    return first.title, stamp(first.published_at), stamp(last), independent(articles)


@lru_cache(maxsize=MOST_KNOWN)
def _story(story_id: int, facts: tuple[bytes, ...]) -> Story:
    title, version, created, updated, _, articles, saga, doubtful = facts
    return Story(
        id=story_id,
        version=int(version),
        title=title.decode(errors="ignore"),  # it may have been cut within a letter
        article_ids=unpack_ids(articles),
        created_at=moment(created),
        updated_at=moment(updated),
        saga_id=int(saga or 0),
        doubtful=bool(doubtful),
    )


def _told(line: bytes) -> Reason:
    return Reason(line[TOLD_AT.size :].decode(), moment(TOLD_AT.unpack_from(line)[0]))
