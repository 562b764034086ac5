"""One open store: the clock, the due-sets and every noun, on a server of one's own or on `REDIS_URL`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from platformdirs import user_data_path

from bot.errors import UsageError
from bot.store import client, private
from bot.store.access import Access
from bot.store.articles import Articles
from bot.store.briefs import Briefs
from bot.store.changes import Changes
from bot.store.chats import Chats
from bot.store.clock import now, parse, set_clock
from bot.store.due import Due
from bot.store.feeds import Feeds
from bot.store.installs import Installs
from bot.store.limits import Limits
from bot.store.orders import Orders
from bot.store.outbox import Outbox
from bot.store.stories import Stories
from bot.store.sweep import sweep

FORMAT = 3
"""Grows when what is stored changes so that another release would misread it."""


class Store:
    """Everything that outlives the process. Every method may raise StoreAway; every write may be repeated."""

    def __init__(self, link: client.Link) -> None:
        self.link = link
        self.due = Due(link)
        self.feeds = Feeds(link)
        self.articles = Articles(link)
        self.stories = Stories(link, self.articles)
        self.changes = Changes(link, self.articles, self.stories)
        self.briefs = Briefs(link, self.stories)
        self.chats = Chats(link)
        self.access = Access(link)
        self.orders = Orders(link)
        self.outbox = Outbox(link)
        self.limits = Limits(link)
        self.installs = Installs(link)

    async def now(self) -> datetime:
        """Return our time: the server's plus an offset that is 0 in real use."""
        return await now(self.link)

    async def set_clock(self, at: datetime | None) -> None:
        """Make our clock show `at` now and run on from there; None: the server's own time."""
        await set_clock(self.link, at)

    async def sweep(self) -> int:
        """End what has had its time by our clock, and return how much that was; once an hour is often enough."""
        return await sweep(self.link)

    async def back(self) -> None:
        """Return when the store answers, however long it takes; a private one that died is started again."""
        await self.link.back()

    async def close(self) -> None:
        """Close every connection."""
        await self.due.wakes.close()
        await self.link.close()


@asynccontextmanager
async def open_store(url: str = "", data: Path | None = None, clock: str = "") -> AsyncIterator[Store]:
    """Yield the store at `url`, or the private one in the folder `data`, with the clock set to `clock`.

    Raises:
        UsageError: There is no such store, it would lose what it is given, or `clock` is no time.

    """
    at = parse(clock) if clock else None
    opening = _remote(url) if url else _private(data or user_data_path("nutgraf", appauthor=False))
    async with opening as store:
        await _check_format(store)
        if at:
            await store.set_clock(at)
        yield store


async def _check_format(store: Store) -> None:
    """What another release wrote may mean something else than we think."""
    await store.link.call("SETNX", "format", FORMAT)
    found = int(await store.link.call("GET", "format") or FORMAT)
    if found > FORMAT:
        raise UsageError("A newer Nutgraf wrote this store; update this one, or give it a folder of its own.")
    if found < FORMAT:
        raise UsageError(
            "An earlier Nutgraf wrote this store, and this one cannot read it. Save its list of feeds with the "
            "earlier one's `nutgraf export`, then start with another NUTGRAF_DATA or an empty Redis."
        )


@asynccontextmanager
async def _remote(url: str) -> AsyncIterator[Store]:
    store = Store(client.Link(url))
    try:
        await client.reach(store.link)
        await client.check(store.link)
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def _private(data: Path) -> AsyncIterator[Store]:
    seat = await asyncio.to_thread(private.sit_down, (data / "store").expanduser().absolute())
    store = Store(client.Link(f"unix://{seat.socket}", partial(private.ensure, seat)))
    try:
        await client.check(store.link)
        if seat.alone:  # whoever held a lease here is dead
            await store.due.free()
        yield store
    finally:
        await store.close()
        await asyncio.to_thread(private.stand_up, seat)
