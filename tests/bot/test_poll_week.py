"""Polling for days in compressed time, with an origin that fails in every way: the soak of the poller.

`make prove` simulates a week; `make test` half a day, with a new seed each time.
"""

import gzip
import os
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot import poll
from bot.errors import RetryLater
from bot.fetch import Fetcher, Policy, addresses
from bot.poll import Poller
from bot.store import Store
from bot.workers import Workers
from tests.bot.origin import Answer, Origin, Request, serving

START = datetime(2026, 3, 2, tzinfo=UTC)
HOURS = int(os.environ.get("NUTGRAF_SOAK_HOURS", "12"))
FEEDS = 12
FLOOR = timedelta(hours=1)
FAULTS = ("500", "429", "retry", "404", "cut", "bomb", "html", "broken", "moved", "garbage", "empty")


@dataclass
class Newsroom:
    """Feeds that publish as time goes by, and answer well or badly; it writes down when it was asked."""

    luck: random.Random
    now: datetime = START
    published: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    asked_at: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    kept_away_until: datetime = START

    def answer(self, request: Request) -> Answer | bytes:
        path = request.target
        assert self.now >= self.kept_away_until, "nothing is sent to a host before its Retry-After (P10)"
        self.asked_at[path.removesuffix("-moved")].append(self.now)
        fault = self.luck.choice(FAULTS) if self.luck.random() < 0.25 and not path.endswith("-moved") else ""
        return self._fault(path, fault) if fault else self._well(path.removesuffix("-moved"), request)

    def _well(self, path: str, request: Request) -> Answer:
        guids = self.published[path]
        if self.luck.random() < 0.4:
            guids += [f"{path}-{len(guids) + n}" for n in range(self.luck.randint(1, 3))]
        etag = f'"{len(guids)}"'
        if request.headers.get("if-none-match") == etag:
            return Answer(status=304)
        return Answer(self._body(path), headers=(("ETag", etag),))

    def _body(self, path: str) -> bytes:
        items = "".join(
            f"<item><title>{guid}</title><guid isPermaLink='false'>{guid}</guid>"
            f"<link>https://harbour.example{guid}</link></item>"
            for guid in reversed(self.published[path][-30:])
        )
        return f"<rss version='2.0'><channel><title>{path}</title>{items}</channel></rss>".encode()

    def _fault(self, path: str, fault: str) -> Answer | bytes:
        if fault == "retry":
            seconds = self.luck.randint(60, 7200)
            self.kept_away_until = self.now + timedelta(seconds=seconds)
            return Answer(status=503, headers=(("Retry-After", str(seconds)),))
        if fault in {"500", "429", "404"}:
            return Answer(status=int(fault))
        answers: dict[str, Answer | bytes] = {
            "cut": Answer(b"<rss>", headers=(("Content-Length", "5000"), ("ETag", '"cut"'))),
            "bomb": Answer(gzip.compress(bytes(5_000_000)), headers=(("Content-Encoding", "gzip"),)),
            "html": Answer(b"<html><body>maintenance</body></html>", headers=(("ETag", '"html"'),)),
            "broken": Answer(self._body(path).replace(b"</title>", b" & co</title>", 1)),
            "moved": Answer(status=301, headers=(("Location", f"{path}-moved"),)),
            "garbage": b"\x00\x01garbage\r\n\r\n",
            "empty": Answer(b"", headers=(("ETag", '"empty"'),)),
        }
        return answers[fault]


@pytest.fixture
async def newsroom() -> AsyncIterator[tuple[Newsroom, Origin]]:
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)
    room = Newsroom(random.Random(seed))
    pages = {f"/{n}{moved}": room.answer for n in range(FEEDS) for moved in ("", "-moved")}
    async with serving(pages) as origin:
        yield room, origin


@pytest.mark.timeout(1800)
async def test_prove_P6_I3_days_of_faults_lose_nothing_double_nothing_and_never_press(
    store: Store, newsroom: tuple[Newsroom, Origin], monkeypatch: pytest.MonkeyPatch
) -> None:
    room, origin = newsroom
    monkeypatch.setattr(poll, "OVERDUE", timedelta(days=99))
    await store.set_clock(START)
    for number in range(FEEDS):
        await store.feeds.add(origin.url(f"/{number}"))
    policy = Policy(addresses.networks("127.0.0.0/8"))
    async with Fetcher(policy) as fetcher, Workers() as workers:
        poller = Poller(store, fetcher, workers)
        while (at := await store.due.feeds.next_at()) and at <= START + timedelta(hours=HOURS):
            await one_step(poller, room, at)
        room.luck = random.Random(0)
        room.luck.random = lambda: 0.9  # type: ignore[method-assign]  # from here on all goes well and nothing is new
        room.kept_away_until = START
        for feed in await store.feeds.all():
            await store.due.feeds.add(str(feed.id), START + timedelta(hours=HOURS, days=2))
        await one_step(poller, room, START + timedelta(hours=HOURS, days=2, minutes=1))
    for path, moments in room.asked_at.items():
        gaps = [later - earlier for earlier, later in pairwise(moments) if later != earlier]
        assert min(gaps, default=FLOOR) >= FLOOR - timedelta(seconds=5), path
    assert len(room.asked_at) == FEEDS
    assert sum(map(len, room.asked_at.values())) > FEEDS * HOURS / 24
    await check_entries(store, room)
    feeds = await store.feeds.all()
    assert all(feed.failures == 0 and feed.state == "active" for feed in feeds)


async def one_step(poller: Poller, room: Newsroom, at: datetime) -> None:
    """Poll everything that is due at a moment."""
    await poller.store.set_clock(at)
    room.now = at
    for claim in await poller.store.due.feeds.take(100, 60):
        try:
            await poller.poll(claim)
        except RetryLater as error:
            await poller.store.due.feeds.done(claim, at + timedelta(seconds=error.after_seconds))


async def check_entries(store: Store, room: Newsroom) -> None:
    """Every entry that was ever published was queued, and once."""
    ids = await store.link.call("ZRANGE", "due:articles", 0, -1)
    pending = [await store.articles.load_entry(each.decode()) for each in ids]
    guids = [each.entry.guid for each in pending if each]
    assert len(guids) == len(set(guids))
    published = {guid for each in room.published.values() for guid in each}
    assert set(guids) == published
