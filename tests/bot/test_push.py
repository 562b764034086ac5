"""WebSub, with a scripted hub and our real HTTP routes."""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from prometheus_client import CollectorRegistry

from bot import serve
from bot.errors import StoreAway
from bot.fetch import Fetched, Fetcher, Policy, addresses
from bot.model import Feed, Push
from bot.poll import Poller
from bot.poll.add import add_feed
from bot.poll.push import Pushes, leased, signed, slow_until, wants_asking
from bot.store import Store
from bot.workers import Workers
from tests.bot.origin import Answer, Origin, serving

START = datetime(2026, 3, 4, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PUSH = Push(1, "https://hub.example/", "https://harbour.example/feed", "s" * 64)


def rss(*guids: str, head: str = "") -> bytes:
    items = "".join(
        f"<item><title>{guid}</title><guid isPermaLink='false'>{guid}</guid>"
        f"<link>https://harbour.example/{guid}</link></item>"
        for guid in guids
    )
    return (
        "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel><title>Harbour Post</title>"
        f"{head}{items}</channel></rss>"
    ).encode()


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    async with serving() as started:
        hub = (("Link", f'<{started.url("/hub")}>; rel=hub, <{started.url("/topic")}>; rel="self"'),)
        started.pages |= {
            "/feed": Answer(rss("a"), headers=(*hub, ("ETag", '"1"'))),
            "/hub": Answer(status=202),
        }
        yield started


@asynccontextmanager
async def opened(store: Store) -> AsyncIterator[tuple[Poller, str]]:
    """Yield a poller, and where its HTTP server listens."""
    policy = Policy(addresses.networks("127.0.0.0/8"))
    await store.set_clock(START)
    async with Fetcher(policy) as fetcher, Workers() as workers:
        poller = Poller(store, fetcher, workers, pushes=Pushes(store, fetcher, "https://news.example/"))
        routes = serve.hub_routes(poller.confirmed, poller.pushed)
        metrics = CollectorRegistry()
        async with serve.serving("127.0.0.1", 0, healthy=store.now, metrics=metrics, routes=routes) as port:
            yield poller, f"http://127.0.0.1:{port}"


async def polled(poller: Poller, feed: Feed) -> Feed:
    """Let the feed's next poll come, and return the feed as it is then."""
    at = await poller.store.due.feeds.find(str(feed.id))
    assert at is not None
    await poller.store.set_clock(at)
    (claim,) = await poller.store.due.feeds.take(1, 60)
    await poller.poll(claim)
    after = await poller.store.feeds.find(feed.id)
    assert after is not None
    return after


def asked(origin: Origin) -> dict[str, str]:
    """Return the last form that the hub was sent."""
    forms = [request.body.decode() for request in origin.requests if request.method == "POST"]
    return {name: values[0] for name, values in parse_qs(forms[-1]).items()}


async def confirmed(base: str, form: dict[str, str], lease: str = "864000", **other: str) -> tuple[int, str]:
    query = {
        "hub.mode": "subscribe",
        "hub.topic": form["hub.topic"],
        "hub.challenge": "c-17",
        "hub.lease_seconds": lease,
    }
    async with aiohttp.ClientSession() as session:
        url = base + urlsplit(form["hub.callback"]).path
        async with session.get(
            url, params=query | {f"hub.{name}": value for name, value in other.items()}
        ) as answer:
            return answer.status, await answer.text()


async def pushed(base: str, form: dict[str, str], body: bytes, signature: str = "") -> int:
    signature = signature or "sha256=" + hmac.new(form["hub.secret"].encode(), body, "sha256").hexdigest()
    async with aiohttp.ClientSession() as session:
        url = base + urlsplit(form["hub.callback"]).path
        async with session.post(url, data=body, headers={"X-Hub-Signature": signature}) as answer:
            return answer.status


async def guids(store: Store) -> set[str]:
    ids = await store.link.call("ZRANGE", "due:articles", 0, -1)
    found = [await store.articles.load_entry(each.decode()) for each in ids]
    return {pending.entry.guid for pending in found if pending}


async def subscribed(poller: Poller, origin: Origin, base: str) -> tuple[Feed, dict[str, str]]:
    """Return a feed whose hub has confirmed, and the form it was asked with."""
    feed = await polled(poller, await add_feed(poller, origin.url()))
    form = asked(origin)
    assert await confirmed(base, form) == (200, "c-17")
    return feed, form


async def test_P23_a_hub_is_asked_with_a_secret_and_its_challenge_answered(store: Store, origin: Origin) -> None:
    async with opened(store) as (poller, base):
        feed, form = await subscribed(poller, origin, base)
        assert form["hub.mode"] == "subscribe"
        assert form["hub.topic"] == origin.url("/topic")
        assert form["hub.callback"].startswith(f"https://news.example/websub/{feed.id}/")
        assert len(form["hub.secret"]) >= 32
        assert await confirmed(base, form) == (404, "404: Not Found"[:0])  # it is pending no more


async def test_P23_only_what_is_pending_is_confirmed(store: Store, origin: Origin) -> None:
    async with opened(store) as (poller, base):
        await polled(poller, await add_feed(poller, origin.url()))
        form = asked(origin)
        assert (await confirmed(base, form, topic="https://other.example/"))[0] == 404
        assert (await confirmed(base, form, mode="unsubscribe"))[0] == 404
        assert (await confirmed(base, form | {"hub.callback": "https://news.example/websub/1/abcdef"}))[0] == 404
        assert (await confirmed(base, form | {"hub.callback": "https://news.example/websub/9/abcdef"}))[0] == 404
        assert (await confirmed(base, form, mode="denied"))[0] == 404
        assert await store.feeds.find_push(1) is None


async def test_P23_a_feed_that_is_pushed_is_polled_slowly_and_its_news_arrive(
    store: Store, origin: Origin
) -> None:
    async with opened(store) as (poller, base):
        feed, form = await subscribed(poller, origin, base)
        origin.pages["/feed"] = Answer(status=304)
        feed = await polled(poller, feed)
        assert feed.polled_at is not None
        assert feed.next_poll_at == feed.polled_at + DAY
        assert await store.due.feeds.find(str(feed.id)) == feed.next_poll_at
        requests = len(origin.requests)
        assert await pushed(base, form, rss("b", "a")) == 202
        assert await guids(store) == {"a", "b"}
        assert await pushed(base, form, rss("b", "a")) == 202
        assert await pushed(base, form, b"<html></html>") == 202
        assert len(await store.link.call("ZRANGE", "due:articles", 0, -1)) == 2
        after = await store.feeds.find(feed.id)
        assert after is not None
        assert (after.etag, after.next_poll_at, len(origin.requests)) == ('"1"', feed.next_poll_at, requests)


@pytest.mark.parametrize("signature", ["sha256=" + "0" * 64, "md5=00", "nothing", "sha1=ü"])
async def test_P23_a_wrong_signature_ends_the_push_and_polling_is_as_before(
    store: Store, origin: Origin, signature: str
) -> None:
    async with opened(store) as (poller, base):
        feed, form = await subscribed(poller, origin, base)
        origin.pages["/feed"] = Answer(status=304)
        await polled(poller, feed)
        assert await pushed(base, form, rss("forged"), signature) == 410
        assert await guids(store) == {"a"}
        assert await store.feeds.find_push(feed.id) is None
        at = await store.due.feeds.find(str(feed.id))
        assert at is not None
        assert at <= await store.now()
        assert await pushed(base, form, rss("forged")) == 410


async def test_P23_a_lease_is_renewed_at_two_thirds_and_runs_out(store: Store, origin: Origin) -> None:
    async with opened(store) as (poller, base):
        feed = await polled(poller, await add_feed(poller, origin.url()))
        assert await confirmed(base, asked(origin), lease=str(30 * 3600)) == (200, "c-17")
        origin.pages["/feed"] = Answer(status=304)
        posts = [request.method for request in origin.requests].count("POST")
        feed = await polled(poller, feed)
        push = await store.feeds.find_push(feed.id)
        assert push is not None
        assert push.renew_at is not None
        assert feed.next_poll_at == push.renew_at
        feed = await polled(poller, feed)
        assert [request.method for request in origin.requests].count("POST") == posts + 1
        assert feed.next_poll_at == push.expires_at  # still pushed while the renewal is not confirmed
        feed = await polled(poller, feed)
        assert feed.polled_at is not None
        assert feed.next_poll_at is not None
        assert feed.next_poll_at - feed.polled_at < 2 * HOUR
        assert await pushed(base, asked(origin), rss("late")) == 410


async def test_P23_a_hub_that_cannot_be_asked_changes_nothing(store: Store, origin: Origin) -> None:
    async with opened(store) as (poller, _):
        origin.pages["/feed"] = Answer(rss("a", head='<a:link rel="hub" href="http://10.0.0.1/hub"/>'))
        feed = await polled(poller, await add_feed(poller, origin.url()))
        push = await store.feeds.find_push(feed.id)
        assert push is not None
        assert (push.hub, push.topic, push.expires_at) == ("http://10.0.0.1/hub", origin.url(), None)
        assert feed.polled_at is not None
        assert feed.next_poll_at is not None
        assert feed.next_poll_at - feed.polled_at < 2 * HOUR


async def test_P23_without_a_public_address_no_hub_is_asked(store: Store, origin: Origin) -> None:
    async with opened(store) as (poller, base):
        plain = replace(poller, pushes=None)
        feed = await polled(plain, await add_feed(plain, origin.url()))
        assert not any(request.method == "POST" for request in origin.requests)
        assert await plain.confirmed(feed.id, "x", {}) is None
        assert not await plain.pushed(feed.id, "x", {}, b"")
        assert (await confirmed(base, {"hub.topic": "x", "hub.callback": "https://x.example/websub/1/ab"}))[
            0
        ] == 404


async def test_P23_a_removed_feed_is_not_pushed(store: Store, origin: Origin) -> None:
    async with opened(store) as (poller, base):
        feed, form = await subscribed(poller, origin, base)
        push = await store.feeds.find_push(feed.id)
        assert push is not None
        await store.feeds.remove(feed.id)
        assert await store.feeds.find_push(feed.id) is None
        await store.feeds.save_push(push)
        assert await pushed(base, form, rss("b")) == 410


async def test_D12_a_store_that_goes_away_is_not_the_hubs_fault(
    store: Store, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(store) as (poller, _):

        async def away(*_: object, **__: object) -> float:
            raise StoreAway("away", 1)

        monkeypatch.setattr(type(store.feeds), "enter_host", away)
        assert poller.pushes is not None
        found = Fetched("https://x.example/", 200, links=(("hub", origin.url("/hub")),))
        with pytest.raises(StoreAway):
            await poller.pushes.after_poll(Feed(1, "https://x.example/"), found, None, START)


@pytest.mark.parametrize(
    ("stated", "lease"),
    [
        ("3600", HOUR),
        ("864000", 10 * DAY),
        ("", 10 * DAY),
        ("0", 10 * DAY),
        ("junk", 10 * DAY),
        ("999999999", 30 * DAY),
    ],
)
def test_P23_leases(stated: str, lease: timedelta) -> None:
    granted = leased(PUSH, stated, START)
    assert (granted.pending, granted.expires_at, granted.renew_at) == (False, START + lease, START + lease * 2 / 3)


def test_P23_a_hub_is_not_asked_again_within_hours() -> None:
    assert wants_asking(PUSH, START)
    assert not wants_asking(replace(PUSH, asked_at=START), START + HOUR)
    assert wants_asking(replace(PUSH, asked_at=START), START + 6 * HOUR)
    assert not wants_asking(replace(PUSH, renew_at=START + HOUR), START)
    assert slow_until(replace(PUSH, renew_at=START, expires_at=START), START) is None


def test_P23_signatures_of_all_four_kinds() -> None:
    for method in ("sha1", "sha256", "sha384", "sha512"):
        digest = hmac.new(PUSH.secret.encode(), b"body", method).hexdigest()
        assert signed(PUSH, f"{method}={digest.upper()}", b"body")
        assert not signed(PUSH, f"{method}={digest}", b"other")
