"""Briefs, and what each chat was told of each story."""

import zlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b

from bot.model import Brief, ChatRef, Told
from bot.store.client import Link
from bot.store.records import pack, unpack
from bot.store.stories import Stories

TOLD_AT_BYTES = 8
MOST_KNOWN = 64
"""So many briefs, some 200 KB each, does a process keep at hand."""


class Briefs:
    """The stored answers, each by a short id that every surface shows."""

    def __init__(self, link: Link, stories: Stories) -> None:
        self._link = link
        self._stories = stories

    async def find_or_save(self, key: str, make: Callable[[], Awaitable[Brief]]) -> Brief:
        """Return the brief stored under this key, with its id; made and stored if there is none (D1)."""
        digest = blake2b(key.encode(), digest_size=16).hexdigest()
        found = await self._link.run("find_brief", digest)
        if not found:
            brief = await make()
            found = await self._link.run("find_brief", digest, zlib.compress(pack(brief)))
        return _brief(found[0].decode(), found[1])

    async def load(self, brief_id: str) -> Brief | None:
        """Return the brief with this id, however a reader typed it."""
        id_ = brief_id.strip().upper().translate(str.maketrans("OIL", "011"))
        record = await self._link.call("GET", f"brief:{id_}")
        return None if record is None else _brief(id_, record)

    async def told(self, chat: ChatRef) -> dict[int, Told]:
        """Return what the chat was last told of each story; a story merged since counts as the one it is now."""
        found = await self._link.call("HGETALL", f"told:{chat.key}")
        today = await self._stories.follow(map(int, found))
        told: dict[int, Told] = {}
        for story, data in sorted(found.items(), key=lambda item: item[1][:TOLD_AT_BYTES]):
            story_id, last = today[int(story)] or int(story), unpack(Told, data[TOLD_AT_BYTES:])
            told[story_id] = _both(told[story_id], last) if story_id in told else last
        return told


def _both(before: Told, last: Told) -> Told:
    """Two stories told apart that are one now: told whatever either was; its version is new to the chat."""
    return Told(min(before.version, last.version), {**before.values, **last.values})


@lru_cache(maxsize=MOST_KNOWN)
def _brief(brief_id: str, record: bytes) -> Brief:
    return replace(unpack(Brief, zlib.decompress(record)), id=brief_id)
