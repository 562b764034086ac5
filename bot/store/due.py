"""Leased due-sets: what is to be done and when. A member is queued once and held by one claim at a time."""

import asyncio
import contextlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from redis.asyncio.client import PubSub

from bot.store.client import AWAY, Link, shut
from bot.store.records import moment, stamp

NAMES = ("feeds", "articles", "stories", "orders", "subscriptions", "deliveries", "corrections", "singles")
LONGEST_SLEEP_SECONDS = 60.0
"""After so long a sleeper looks again: a lease taken meanwhile may have ended, the machine may have slept."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Work taken by us alone until its lease ends. `token` fences every commit; `attempts` counts its takings."""

    member: str
    token: str
    due_at: datetime
    attempts: int


class Wakes:
    """The wake-ups of this process: one subscription, one event for each due-set."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._events = {name: asyncio.Event() for name in NAMES}
        self._listening: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    async def event(self, name: str) -> asyncio.Event:
        """Return the event that is set when the due-set may have earlier work; from now on none is missed."""
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listen())
        await self._ready.wait()
        return self._events[name]

    async def _listen(self) -> None:
        while True:
            client = self._link.blocking()
            try:
                async with client.pubsub(ignore_subscribe_messages=False) as channel:
                    await channel.subscribe("wake")
                    await self._hear(channel)
            except AWAY:
                await self._link.back()
            finally:
                with contextlib.suppress(*AWAY):
                    await shut(client)

    async def _hear(self, channel: PubSub) -> None:
        async for message in channel.listen():
            if message["type"] == "subscribe":
                self._ready.set()
                for event in self._events.values():
                    event.set()
            elif (name := message["data"].decode()) in self._events:
                self._events[name].set()

    async def close(self) -> None:
        """Stop listening; told again until it has, for the client library may lose a cancellation."""
        while self._listening and not self._listening.done():
            self._listening.cancel()
            await asyncio.wait({self._listening}, timeout=0.2)


class DueSet:
    """One kind of work, by the time it is due on our clock. Leases run on the server's own time."""

    def __init__(self, name: str, link: Link, wakes: Wakes) -> None:
        self.name = name
        self._link = link
        self._wakes = wakes

    async def take(self, count: int, lease_seconds: float) -> tuple[Claim, ...]:
        """Return up to `count` claims on what is due, earliest first; what others let expire is due again."""
        token = secrets.token_hex(8)
        found = await self._link.repeatable(
            lambda again: self._link.once("take", self.name, count, lease_seconds, token, int(again))
        )
        return tuple(
            Claim(member.decode(), token, moment(at), int(tries))
            for member, at, tries in zip(found[::3], found[1::3], found[2::3], strict=True)
        )

    async def renew(self, claim: Claim, lease_seconds: float) -> bool:
        """Hold the claim for so long from now; False if it is no longer ours."""
        return bool(await self._link.run("renew", self.name, claim.member, claim.token, lease_seconds))

    async def done(self, claim: Claim, next_at: datetime | None = None) -> bool:
        """End the claim: due again at `next_at`, or never; False if it was no longer ours.

        Whoever added the member meanwhile decides its time instead.
        """
        return bool(await self._link.run("done", self.name, claim.member, claim.token, _at(next_at)))

    async def retry(self, claim: Claim, next_at: datetime) -> bool:
        """End the claim undone: due again at `next_at`, its attempts counted on; False if it was not ours."""
        return bool(await self._link.run("done", self.name, claim.member, claim.token, _at(next_at), "1"))

    async def release(self, claim: Claim) -> bool:
        """End the claim undone: due again at once."""
        return await self.retry(claim, claim.due_at)

    async def add(self, member: str, at: datetime | None = None, *, only_new: bool = False) -> None:
        """Make the member due at `at` (None: now), moving it if it is there; if held, when it is handed back."""
        await self._link.run("add", self.name, member, _at(at), int(only_new))

    async def hasten(self, until: datetime) -> None:
        """Make due now what would be due until then."""
        await self._link.run("hasten", self.name, stamp(until))

    async def drop(self, member: str) -> None:
        """Forget the member; whoever holds it may finish."""
        await self._link.run("drop", self.name, member)

    async def find(self, member: str) -> datetime | None:
        """Return when the member is due, None if it is not waiting."""
        at = await self._link.call("ZSCORE", f"due:{self.name}", member)
        return None if at is None else moment(at)

    async def size(self) -> int:
        """Return how many members wait or are held."""
        return int(await self._link.call("ZCARD", f"due:{self.name}")) + int(
            await self._link.call("ZCARD", f"leased:{self.name}")
        )

    async def next_at(self) -> datetime | None:
        """Return when something is due next or the next lease ends; None if there is nothing."""
        _, at = await self._link.run("next", self.name)
        return moment(at) if at else None

    async def idle(self) -> bool:
        """Return whether nothing is held and nothing is due yet."""
        now, at = await self._link.run("next", self.name)  # before the count: what is taken in between is counted
        return not (at and float(at) <= float(now)) and not await self._link.call("ZCARD", f"leased:{self.name}")

    async def wait(self, until: datetime | None = None) -> None:
        """Return when something may be due, a wake-up came, `until` is reached, or a minute has passed."""
        event = await self._wakes.event(self.name)
        event.clear()
        now, at = await self._link.run("next", self.name)
        times = ([float(at)] if at else []) + ([until.timestamp()] if until else [])
        sleep = min([time - float(now) for time in times] + [LONGEST_SLEEP_SECONDS])
        if sleep > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(sleep):  # wait_for loses a cancellation that meets a wake-up
                    await event.wait()


class Due:
    """All due-sets by name."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.wakes = Wakes(link)
        self.feeds = self._set("feeds")
        self.articles = self._set("articles")
        self.stories = self._set("stories")
        self.orders = self._set("orders")
        self.subscriptions = self._set("subscriptions")
        self.deliveries = self._set("deliveries")
        self.corrections = self._set("corrections")
        self.singles = self._set("singles")

    def _set(self, name: str) -> DueSet:
        return DueSet(name, self._link, self.wakes)

    async def free(self, names: Sequence[str] = NAMES) -> None:
        """End every lease: nobody who took one can be alive."""
        await self._link.run("free", *names)


def _at(at: datetime | None) -> int | float | str:
    return "" if at is None else stamp(at)
