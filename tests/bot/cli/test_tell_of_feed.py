"""What the owner hears of dead feeds."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.cli.running import tell_of_feed
from bot.deliver import Post
from bot.errors import GaveUp
from bot.fetch import Fetcher, Policy, addresses
from bot.model import ChatRef, Delivery, Feed, Order, Outgoing, Part, Reply
from bot.poll import Poller
from bot.store import Store
from bot.workers import Workers
from tests.bot.origin import Answer, serving

FEED = Feed(3, "https://harbour.example/feed", state="slow", succeeded_at=datetime(2026, 3, 4, tzinfo=UTC))


class Words:
    """A platform whose messages are their words."""

    def parts(self, message: Outgoing, order: Order | None) -> tuple[Part, ...]:
        assert isinstance(message, Reply)
        assert order is None
        return tuple(Part({"text": line.text}) for line in message.lines)

    async def send(self, delivery: Delivery, part: Part) -> str:
        raise GaveUp("a message that is only queued here was sent")

    async def edit(self, delivery: Delivery, part: Part, message_id: str) -> None:
        raise GaveUp("a message that is only queued here was sent")


@pytest.fixture
async def poller(store: Store) -> AsyncIterator[Poller]:
    async with Fetcher(Policy(addresses.networks("127.0.0.1"))) as fetcher, Workers() as workers:
        yield Poller(store, fetcher, workers)


async def test_P12_the_owner_hears_of_a_dead_feed_once_with_its_replacement(store: Store, poller: Poller) -> None:
    await store.access.claim(await store.access.claim_code(), "telegram:7")
    post = Post(store, {"telegram": Words()}, Workers())
    page = b"<html><link rel=alternate type='application/rss+xml' href='/new'></html>"
    async with serving({"/": Answer(page)}) as origin:
        feed = Feed(3, FEED.url, site=origin.url("/"), state="slow", succeeded_at=FEED.succeeded_at)
        for _ in range(2):
            await tell_of_feed(post, poller, feed, "It is gone.")
        (claim,) = await store.due.deliveries.take(5, 60)
        told = await store.outbox.load(claim.member)
        assert told is not None
        assert told.chat == ChatRef("telegram", "7")
        assert [part.payload["text"] for part in told.parts] == [
            "It is gone.",
            f"Its site names another feed now: `add {origin.url('/new')}`",
        ]


async def test_P12_without_a_replacement_the_cause_is_told_alone(store: Store, poller: Poller) -> None:
    await store.access.claim(await store.access.claim_code(), "telegram:7")
    await tell_of_feed(Post(store, {"telegram": Words()}, Workers()), poller, FEED, "It is gone.")
    told = await store.outbox.load(f"feed|3|slow|{FEED.succeeded_at}")
    assert told is not None
    assert len(told.parts) == 1
