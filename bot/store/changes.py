"""What changed, for the search index of each process."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.errors import StoreAway
from bot.model import Article, Story, independent
from bot.store.articles import Articles
from bot.store.client import AWAY, Link, shut
from bot.store.stories import Stories

START = "0-0"
ARTICLE_END = "\f"
"""Stands between the texts of a row's articles, and nowhere within them."""

EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """A story as it stands now, for searching. `text` holds its articles' titles, and texts while they live.

    `witnesses` are those that a brief counts, of articles that are still kept.

    `gone` is true for a story that was merged into another or whose time is over; then only its id counts.
    """

    story_id: int
    title: str = ""
    text: str = ""
    updated_at: datetime = EPOCH
    witnesses: int = 0
    gone: bool = False


class Changes:
    """The capped stream of changed stories."""

    def __init__(self, link: Link, articles: Articles, stories: Stories) -> None:
        self._link = link
        self._articles = articles
        self._stories = stories

    async def last(self) -> str:
        """Return the id of the newest change."""
        found = await self._link.call("XREVRANGE", "changes", "+", "-", "COUNT", 1)
        return found[0][0].decode() if found else START

    async def missed(self, after_id: str) -> bool:
        """Return whether changes after this one were dropped already, so that an index must be built anew."""
        if not await self._link.call("EXISTS", "changes"):
            return False
        answer = await self._link.call("XINFO", "STREAM", "changes")
        facts = dict(zip(answer[::2], answer[1::2], strict=True))
        dropped = facts[b"entries-added"] > facts[b"length"]
        return dropped and _number(after_id) < _number(facts[b"first-entry"][0])

    async def kept(self) -> range:
        """Return the ids of all stories that may be kept, newest first."""
        newest, ended = await self._link.call("MGET", "id:story", "swept:st")
        return range(int(newest or 0), int(ended or 0), -1)

    async def read(
        self, after_id: str = START, block_ms: int = 0, count: int = 500
    ) -> tuple[str, tuple[Row, ...]]:
        """Return the id to read on from and the stories changed after `after_id`, each once.

        Waits up to `block_ms` for a change; 0 does not wait.
        """
        found = await self._link.call("XRANGE", "changes", f"({after_id}", "+", "COUNT", count)
        if not found and block_ms:
            found = await self._block(after_id, block_ms, count)
        if not found:
            return after_id, ()
        changed = dict.fromkeys(int(fields[b"s"]) for _, fields in found)
        return found[-1][0].decode(), await self.rows(changed)

    async def _block(self, after_id: str, block_ms: int, count: int) -> Any:
        client = self._link.blocking(block_ms / 1000)
        try:
            answer: Any = await client.xread({"changes": after_id}, count, block_ms)
        except AWAY as error:
            raise StoreAway(str(error)) from error
        finally:
            await shut(client)
        return answer[0][1] if answer else []

    async def rows(self, story_ids: Iterable[int]) -> tuple[Row, ...]:
        """Return these stories as they stand now."""
        wanted = tuple(story_ids)
        stories = {story.id: (story, witnesses) for story, witnesses in await self._stories.counted(wanted)}
        kept = [stories[id_] for id_ in wanted if id_ in stories]
        articles: dict[int, list[Article]] = {id_: [] for id_ in stories}
        for one in await self._articles.skim(id_ for story, _ in kept for id_ in story.article_ids):
            articles[one.story_id].append(one)
        rows = {story.id: _row(story, witnesses, articles[story.id]) for story, witnesses in kept}
        return tuple(rows.get(id_) or Row(id_, gone=True) for id_ in wanted)


def _row(story: Story, witnesses: int, articles: list[Article]) -> Row:
    texts = [f"{one.title}\n{one.text}" for one in articles]
    told = min(witnesses, independent(articles) or witnesses)
    return Row(story.id, story.title, ARTICLE_END.join(texts), story.updated_at, told)


def _number(stream_id: str | bytes) -> tuple[int, int]:
    text = stream_id.decode() if isinstance(stream_id, bytes) else stream_id
    first, _, second = text.partition("-")
    return int(first), int(second or 0)
