"""Feeds, what each has shown already, and the budget of their hosts."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from bot.model import Entry, Feed, Push
from bot.store.client import Link
from bot.store.clock import now
from bot.store.due import Claim
from bot.store.records import compressed, moment, pack, stamp, unpack

MARK_BYTES = 7


class Feeds:
    """The feeds we poll."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, url: str, title: str = "", folder: str = "", *, next_at: datetime | None = None) -> Feed:
        """Return the feed at `url`, new (first due at `next_at`; None: now) or as it is."""
        feed = Feed(0, url, title, folder=folder, added_at=await now(self._link))
        id_ = await self._link.run("feed_add", url, pack(feed), "" if next_at is None else stamp(next_at))
        return await self.find(id_) or replace(feed, id=id_)

    async def find(self, feed_id: int) -> Feed | None:
        """Return the feed with this id."""
        record = await self._link.call("GET", f"feed:{feed_id}")
        return record and replace(unpack(Feed, record), id=feed_id)

    async def begin(self, feed_id: int) -> tuple[Feed | None, datetime]:
        """Return the feed with this id and our time; a poll that was never committed counts as polled (P6)."""
        record, asked, at = await self._link.run("feed_begin", str(feed_id))
        if not record:
            return None, moment(at)
        feed = replace(unpack(Feed, record), id=feed_id)
        asked_at = moment(asked) if asked else feed.polled_at
        if asked_at and (feed.polled_at is None or asked_at > feed.polled_at):
            feed = replace(feed, polled_at=asked_at)
        return feed, moment(at)

    async def find_url(self, url: str) -> Feed | None:
        """Return the feed at exactly this URL."""
        feed_id = await self._link.call("HGET", "feeds", url)
        return None if feed_id is None else await self.find(int(feed_id))

    async def all(self) -> tuple[Feed, ...]:
        """Return every feed, oldest first."""
        ids = sorted(map(int, await self._link.call("HVALS", "feeds")))
        records = await self._link.call("MGET", *(f"feed:{id_}" for id_ in ids)) if ids else ()
        return tuple(replace(unpack(Feed, r), id=id_) for id_, r in zip(ids, records, strict=True) if r)

    async def save(self, feed: Feed) -> bool:
        """Replace what is known of the feed; False if it was removed meanwhile."""
        return bool(await self._link.run("feed_save", str(feed.id), feed.url, pack(feed)))

    async def remove(self, feed_id: int) -> bool:
        """Poll it no more; False if it was not there. What it brought stays."""
        return bool(await self._link.run("feed_remove", str(feed_id)))

    async def commit_poll(
        self,
        claim: Claim | None,
        feed: Feed,
        entries: Sequence[Entry],
        next_at: datetime,
        *,
        shown: Iterable[Entry] = (),
        retrieved_at: datetime | None = None,
    ) -> tuple[int, ...] | None:
        """Save a poll's whole result in one step (I6): the feed, its new entries, queued, and the next poll.

        `entries` are the new ones; `shown` are others the feed still shows, whose keys are kept for longer or that
        are held back without being delivered. Without a claim it is the first poll, by whoever added the feed.
        Returns the ids of the new entries; None if the claim is no longer ours and nothing was saved.
        """
        retrieved_at = retrieved_at or await now(self._link)
        marks = sorted({mark for entry in (*entries, *shown) for mark in _marks(entry)})
        ids = await self._link.run(
            "poll",
            str(feed.id),
            claim.token if claim else "",
            stamp(next_at),
            feed.url,
            pack(feed),
            len(marks),
            *marks,
            *(compressed(pack((entry, feed.id, retrieved_at))) for entry in entries),
        )
        return None if ids is None else tuple(ids)

    async def known(self, feed_id: int, keys: Iterable[str], links: Iterable[str] = ()) -> frozenset[str]:
        """Return those of the keys and links that the feed has shown before (I1 to I4)."""
        marks = {_mark("k", key): key for key in keys} | {_mark("l", link): link for link in links}
        found = await self._link.call("HMGET", f"seen:{feed_id}", *marks) if marks else ()
        return frozenset(text for text, day in zip(marks.values(), found, strict=True) if day)

    async def enter_host(
        self, host: str, lease_seconds: float, spacing_seconds: float, *, asking: int = 0
    ) -> float:
        """Return the seconds to wait before asking again; 0 means the host is ours until `leave_host` (P15).

        Once it is ours, the same step notes that the feed `asking` is being asked: see `begin`.
        """
        token = secrets.token_hex(8)
        feed = (str(asking),) if asking else ()
        return float(await self._link.run("host_enter", host, lease_seconds, spacing_seconds, token, *feed))

    async def leave_host(self, host: str, next_in_seconds: float) -> None:
        """Let others in, not sooner than so many seconds from now (P10, P15)."""
        await self._link.run("host_leave", host, next_in_seconds)

    async def find_push(self, feed_id: int) -> Push | None:
        """Return what we asked the feed's hub for."""
        record = await self._link.call("HGET", "pushes", feed_id)
        return record and unpack(Push, record)

    async def save_push(self, push: Push) -> None:
        """Keep what we asked a feed's hub for."""
        await self._link.call("HSET", "pushes", push.feed_id, pack(push))

    async def drop_push(self, feed_id: int) -> None:
        """Forget what we asked the feed's hub for."""
        await self._link.call("HDEL", "pushes", feed_id)

    async def find_robots(self, site: str) -> tuple[str, datetime] | None:
        """Return the site's robots.txt as we last read it, and when that was."""
        record = await self._link.call("GET", f"robots:{site}")
        return record and unpack(tuple[str, datetime], record)

    async def save_robots(self, site: str, robots_txt: str, read_at: datetime) -> None:
        """Keep a site's robots.txt; the server forgets it after two days."""
        await self._link.call("SET", f"robots:{site}", pack((robots_txt, read_at)), "EX", 2 * 86400)


def _marks(entry: Entry) -> tuple[bytes, ...]:
    return (_mark("k", entry.key), *([_mark("l", entry.link)] if entry.link else []))


def _mark(kind: str, text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=MARK_BYTES, person=kind.encode()).digest()
