"""The loop that polls: claim due feeds, fetch, parse, decide, and commit each result in one step (I6)."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot import parse
from bot.errors import GaveUp, RetryLater, StoreAway, UsageError
from bot.fetch import Fetched, Fetcher, Validators
from bot.loop import Pace, work
from bot.model import Entry, Feed, Parsed
from bot.parse import NotFeed
from bot.poll import decide
from bot.poll.decide import Moment, Outcome
from bot.poll.push import Pushes
from bot.schedule import FLOOR_SECONDS, LOWEST_FLOOR_SECONDS
from bot.store import Claim, Store
from bot.visits import HostBusy, visit
from bot.workers import Workers

__all__ = ["Poller", "read_feed"]

log = structlog.get_logger()

AT_ONCE = 16
LEASE_SECONDS = 120.0
PATIENCE_SECONDS = 0.5
"""How long a poll waits for its turn at a host before it lets other feeds go first."""
LARGEST_HERE = 512 * 1024
"""A body up to this size is parsed in this process when it passes the gate: it takes a few milliseconds."""
OVERDUE = timedelta(minutes=1)
"""Feeds so long overdue are those of a restart: each waits a moment of its own, so that they spread (P7)."""
_CROWD_SECONDS = 10.0

Tell = Callable[[Feed, str], Awaitable[None]]


async def _log(feed: Feed, text: str) -> None:
    log.warning("feed", feed_id=feed.id, told=text)


async def read_feed(found: Fetched, workers: Workers) -> Parsed | NotFeed:
    """Return what a fetched body holds. Raises GaveUp when it cannot be read within the limits of a worker."""
    stated = (found.body, found.content_type, found.url)
    parsed = parse.parse(*stated) if len(found.body) <= LARGEST_HERE else None
    return await workers.run(parse.parse_leniently, *stated) if parsed is None else parsed


@dataclass(frozen=True, slots=True)
class Poller:
    """Polls feeds, for so many subscribers. `tell` hears what the owner should know of feeds that are gone."""

    store: Store
    fetcher: Fetcher
    workers: Workers
    floor_seconds: int = FLOOR_SECONDS
    tell: Tell = _log
    pushes: Pushes | None = None
    subscribers: int = 1

    async def run(self) -> None:
        """Poll whatever is due, side by side, until cancelled."""
        await work(self.store, self.store.due.feeds, self.poll, Pace(AT_ONCE, LEASE_SECONDS, grace_seconds=5))

    async def poll(self, claim: Claim) -> None:
        """Poll one claimed feed and end the claim. Raises HostBusy when its host must not be asked yet."""
        feed, now = await self.store.feeds.begin(int(claim.member))
        if feed is None or feed.state == "stopped":
            await self.store.due.feeds.done(claim)
            return
        moment = self._at(now)
        if moment.now - claim.due_at > OVERDUE:
            await asyncio.sleep(moment.chance)
        earliest = feed.polled_at + timedelta(seconds=moment.floor_seconds) if feed.polled_at else moment.now
        if moment.now < earliest:  # asked for by hand, or the clock was set back
            await self.store.due.feeds.done(claim, earliest)
            return
        await self._commit(claim, *await self._ask(feed, moment))

    async def moment(self) -> Moment:
        """Return the moment of a poll: our clock, our floor, a throw of the dice."""
        return self._at(await self.store.now())

    def _at(self, now: datetime) -> Moment:
        return Moment(now, max(self.floor_seconds, LOWEST_FLOOR_SECONDS), random.random())  # noqa: S311 - jitter

    async def _ask(self, feed: Feed, moment: Moment) -> tuple[Outcome, tuple[Entry, ...], tuple[Entry, ...]]:
        """Return what a poll means, the entries that are new, and the others that the feed still shows."""
        validators = Validators(feed.validators_url or feed.url, feed.etag, feed.last_modified)
        try:
            async with visit(self.store, self.fetcher, PATIENCE_SECONDS, feed.id) as paid:
                found = await self.fetcher.fetch(
                    feed.url, validators=validators, subscribers=self.subscribers, enter=paid.enter
                )
                paid.heed(found)
            return await self._answered(feed, found, moment)
        except HostBusy as busy:
            raise RetryLater(str(busy), busy.after_seconds + moment.chance * _CROWD_SECONDS) from busy
        except StoreAway:
            raise
        except (UsageError, RetryLater, GaveUp) as error:
            return decide.failed(feed, f"{error}".rstrip(".") + ".", moment), (), ()

    async def _answered(
        self, feed: Feed, found: Fetched, moment: Moment
    ) -> tuple[Outcome, tuple[Entry, ...], tuple[Entry, ...]]:
        if found.status not in {200, 226, 304}:
            return decide.refused(feed, found, moment), (), ()
        hashed = decide.body_hash(feed, found)
        if found.status == 304 or (hashed == feed.body_hash and found.status == 200):
            return await self._slowed(decide.succeeded(feed, found, None, moment, hashed), found, None), (), ()
        parsed = await read_feed(found, self.workers)
        if isinstance(parsed, NotFeed):
            return decide.failed(feed, decide.no_feed(parsed), moment), (), ()
        known = await self._known(feed, parsed.entries)
        if found.moved_to and not decide.same_feed(feed, parsed, known):
            found = found.moved("")
        new = decide.new_entries(parsed.entries, known, first=feed.succeeded_at is None)
        kept = decide.to_remember(feed, parsed.entries, new, known, moment.now)
        outcome = decide.succeeded(feed, found, parsed, moment, hashed)
        if outcome.feed.url != feed.url and await self.store.feeds.find_url(outcome.feed.url):
            # another feed lives there already
            outcome = replace(outcome, feed=replace(outcome.feed, url=feed.url))
        return await self._slowed(outcome, found, parsed), new, kept

    async def _slowed(self, outcome: Outcome, found: Fetched, parsed: Parsed | None) -> Outcome:
        """Return an outcome whose next poll waits as long as the feed's hub tells us what is new (P23)."""
        now, at = outcome.feed.polled_at, outcome.next_at
        if self.pushes is None or now is None or at is None:
            return outcome
        until = await self.pushes.after_poll(outcome.feed, found, parsed, now)
        return decide.not_before(outcome, until) if until and until > at else outcome

    async def confirmed(self, feed_id: int, token: str, query: Mapping[str, str]) -> str | None:
        """Return the challenge with which to confirm to a hub what we asked for, None for anything else."""
        return await self.pushes.confirm(feed_id, token, query) if self.pushes else None

    async def pushed(self, feed_id: int, token: str, headers: Mapping[str, str], body: bytes) -> bool:
        """Take what a hub pushed into the feed; False for what we did not ask for or do not believe."""
        signature = headers.get("X-Hub-Signature", "")
        if self.pushes is None or not await self.pushes.accept(feed_id, token, signature, body):
            return False
        feed, now = await self.store.feeds.begin(feed_id)
        if feed is None or feed.next_poll_at is None:
            return False
        part = Fetched(feed.url, 226, body, headers.get("Content-Type", ""))
        parsed = await read_feed(part, self.workers)
        if isinstance(parsed, Parsed):
            known = await self._known(feed, parsed.entries)
            new = decide.new_entries(parsed.entries, known, first=feed.succeeded_at is None)
            await self.store.feeds.commit_poll(None, feed, new, feed.next_poll_at, retrieved_at=now)
        return True

    async def _known(self, feed: Feed, entries: Sequence[Entry]) -> frozenset[str]:
        links = [entry.link for entry in entries if entry.link]
        return await self.store.feeds.known(feed.id, [entry.key for entry in entries], links)

    async def _commit(
        self, claim: Claim, outcome: Outcome, new: tuple[Entry, ...], shown: tuple[Entry, ...]
    ) -> None:
        if outcome.tell:  # first: after a crash it is told again under the same key, and so once
            await self.tell(outcome.feed, outcome.tell)
        at = outcome.feed.polled_at
        if outcome.next_at is None:
            await self.store.feeds.save(outcome.feed)
            await self.store.due.feeds.done(claim)
        else:
            await self.store.feeds.commit_poll(
                claim, outcome.feed, new, outcome.next_at, shown=shown, retrieved_at=at
            )
