"""Stories, their observations and sagas."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.model import Observation, Reason, Story
from bot.store.articles import Articles
from bot.store.client import Link
from bot.store.observations import unpack_observations
from bot.store.records import moment, stamp

TOLD_AT = struct.Struct(">d")


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
        return tuple((_story(id_, facts), int(facts[4])) for id_, facts in pairs if id_)

    async def ask(self, ids: Iterable[int]) -> tuple[datetime, str, tuple[Story, ...]]:
        """Return our time, the newest change, and the stories as `load` does, in one trip to the server."""
        now, newest, found = await self._link.run("ask", *ids)
        pairs = zip(found[::2], found[1::2], strict=True)
        stories = {id_: _story(id_, facts) for id_, facts in pairs if id_}
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

    async def strangers(self, story_id: int) -> frozenset[int]:
        """Return the stories that an editor keeps this one apart from."""
        return frozenset(await self._link.run("strangers", story_id))

    async def merge(self, one: int, other: int, why: str = "", versions: Sequence[int] = ()) -> int:
        """Make one story of two and return its id, the older; 0 if either is gone. Sends nothing again (I8).

        With the `versions` that this was decided on: -1 if either changed since, or an editor keeps them apart.
        """
        return int((await self._link.run("merge", one, other, why, "", *versions))[0])

    async def put_together(self, one: int, other: int, op_id: str, why: str) -> tuple[int, int]:
        """Merge two stories, even if kept apart, and return the older and the younger; 0 where there are not two.

        The same `op_id` is the same merge.
        """
        older, younger = await self._link.run("merge", one, other, why, op_id)
        return int(older), int(younger)

    async def unmerge(self, story_id: int, op_id: str, why: str = "") -> tuple[int, int]:
        """Take a merged story out again with the articles it had; return the story that it was in and itself.

        Both are 0 if it was not merged or nothing would be left of either. The same `op_id` is the same operation.
        """
        into, story = await self._link.run("unmerge", story_id, op_id, why)
        return int(into), int(story)

    async def split(
        self, story_id: int, article_ids: Iterable[int], title: str, op_id: str, why: str = ""
    ) -> tuple[int, int]:
        """Move the articles into a story of their own and return the ids of the story and of this one.

        Both are 0 if none would leave or none would stay.

        The same `op_id` is the same split. The two are never merged again but by `merge` without versions.
        """
        leaving = tuple(article_ids)
        postings = await self._articles.postings(leaving)
        words = (story_id, title, op_id, why, len(leaving), *leaving, *postings)
        story, part = await self._link.run("split", *words)
        return int(story), int(part)


def _story(story_id: int, facts: list[Any]) -> Story:
    title, version, created, updated, _, articles, saga = facts
    return Story(
        id=story_id,
        version=int(version),
        title=title.decode(errors="ignore"),  # it may have been cut within a letter
        article_ids=struct.unpack(f">{len(articles) // 4}I", articles),
        created_at=moment(created),
        updated_at=moment(updated),
        saga_id=int(saga or 0),
    )


def _told(line: bytes) -> Reason:
    return Reason(line[TOLD_AT.size :].decode(), moment(TOLD_AT.unpack_from(line)[0]))
