"""Polling a scripted origin into the real store, with our own clock."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot import poll
from bot.errors import RetryLater, UsageError
from bot.fetch import Fetched, Fetcher, Policy, addresses
from bot.model import Entry, Feed
from bot.poll import Poller, decide
from bot.poll.add import add_feed, replacement
from bot.store import Claim, Store, open_store
from bot.visits import SPACING_SECONDS
from bot.workers import Workers
from tests.bot.origin import Answer, Origin, Request, serving

START = datetime(2026, 3, 4, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
Dated = tuple[tuple[str, str], ...]


def rss(*items: str, title: str = "Harbour Post", extra: str = "") -> bytes:
    return f'<rss version="2.0"><channel><title>{title}</title>{extra}{"".join(items)}</channel></rss>'.encode()


def item(guid: str, link: str = "", title: str = "T", at: datetime = START) -> str:
    link = link or f"https://harbour.example/{guid}"
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{title}</title>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
    )


def feed_answer(*items: str, etag: str = '"1"', headers: Dated = (), **facts: str) -> Answer:
    return Answer(
        rss(*items, **facts), headers=(("ETag", etag), ("Content-Type", "application/rss+xml"), *headers)
    )


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    async with serving() as started:
        yield started


@pytest.fixture
def told() -> list[str]:
    """What the owner heard."""
    return []


@pytest.fixture
async def poller(store: Store, told: list[str]) -> AsyncIterator[Poller]:
    await store.set_clock(START)

    async def tell(feed: Feed, text: str) -> None:
        told.append(text)

    policy = Policy(addresses.networks("127.0.0.0/8"))
    async with Fetcher(policy) as fetcher, Workers() as workers:
        yield Poller(store, fetcher, workers, tell=tell)


async def added(poller: Poller, origin: Origin, answer: Answer | None = None) -> Feed:
    """Return a feed that was added and polled once."""
    origin.pages["/feed"] = answer or feed_answer(item("a"))
    return await add_feed(poller, origin.url())


async def polled(poller: Poller, feed: Feed) -> tuple[Feed, list[str]]:
    """Let the feed's next poll come; return the feed as it is then, and the guids of its new entries."""
    at = await poller.store.due.feeds.find(str(feed.id))
    assert at is not None
    await poller.store.set_clock(at)
    before = await queued(poller.store)
    (claim,) = await poller.store.due.feeds.take(10, 60)
    await poller.poll(claim)
    after = await poller.store.feeds.find(feed.id)
    assert after is not None
    return after, [entry.guid for entry in await queued(poller.store) if entry not in before]


async def queued(store: Store) -> list[Entry]:
    """Return the entries that wait to be filed."""
    ids = await store.link.call("ZRANGE", "due:articles", 0, -1)
    found = [await store.articles.load_entry(each.decode()) for each in ids]
    return [pending.entry for pending in found if pending]


# ---------------------------------------------------------------- adding


async def test_P1_the_first_fetch_is_one_get_and_its_body_is_used(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin, feed_answer(item("a"), item("b")))
    assert [request.method + request.target for request in origin.requests] == ["GET/feed"]
    assert (feed.title, feed.etag, feed.url) == ("Harbour Post", '"1"', origin.url())
    assert {entry.guid for entry in await queued(poller.store)} == {"a", "b"}
    assert await poller.store.due.feeds.find(str(feed.id)) == feed.next_poll_at


async def test_P21_the_same_address_is_the_same_feed_and_asked_once(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    assert (await add_feed(poller, f" {origin.url()} ")).id == feed.id
    assert len(origin.requests) == 1


async def test_I4_the_first_poll_delivers_the_newest_few(poller: Poller, origin: Origin) -> None:
    items = [item(str(age), at=START - age * HOUR) for age in range(30)]
    await added(poller, origin, feed_answer(*items))
    assert {entry.guid for entry in await queued(poller.store)} == {str(age) for age in range(10)}


async def test_S9_a_page_leads_to_its_feed(poller: Poller, origin: Origin) -> None:
    origin.pages |= {
        "/": Answer(b'<html><link rel=alternate type="application/rss+xml" href="/the/feed"></html>'),
        "/the/feed": feed_answer(item("a")),
    }
    feed = await add_feed(poller, origin.url("/"))
    assert feed.url == origin.url("/the/feed")
    assert [request.target for request in origin.requests] == ["/", "/the/feed"]


async def test_S9_a_page_that_names_none_is_asked_at_the_common_paths(poller: Poller, origin: Origin) -> None:
    origin.pages |= {"/news": Answer(b"<html><body>news</body></html>"), "/rss.xml": feed_answer(item("a"))}
    assert (await add_feed(poller, origin.url("/news"))).url == origin.url("/rss.xml")


async def test_P13_a_feed_that_moved_for_good_is_added_where_it_lives(poller: Poller, origin: Origin) -> None:
    origin.pages |= {
        "/old": Answer(status=301, headers=(("Location", "/feed"),)),
        "/feed": feed_answer(item("a")),
    }
    assert (await add_feed(poller, origin.url("/old"))).url == origin.url("/feed")
    assert (await add_feed(poller, origin.url("/old"))).id == (await add_feed(poller, origin.url("/feed"))).id


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(b"<html><body>hello</body></html>"), "There is no feed at this address"),
        (
            Answer(b'<html><link rel=alternate type="application/rss+xml" href="/gone"></html>'),
            "points at http://127.0.0.1:.*/gone",
        ),
        (Answer(status=404), "It answered 404"),
        (Answer(b"x", headers=(("Content-Encoding", "br"),)), "Nothing was added"),
        (b"garbage\r\n\r\n", "Nothing was added"),
        (Answer(status=301, headers=(("Location", "http://10.1.2.3/"),)), "NUTGRAF_ALLOWED_NETWORKS"),
    ],
    ids=["a page", "a page of a dead feed", "404", "unreadable", "no HTTP", "a private address"],
)
async def test_what_is_no_feed_says_what_to_do(
    poller: Poller, origin: Origin, answer: Answer | bytes, says: str
) -> None:
    origin.pages["/feed"] = answer
    with pytest.raises(UsageError, match=says):
        await add_feed(poller, origin.url())
    assert await poller.store.feeds.all() == ()


async def test_an_address_may_be_typed_without_its_scheme(poller: Poller) -> None:
    with pytest.raises(UsageError, match="not known"):
        await add_feed(poller, "no.such.host.invalid/feed")


# ---------------------------------------------------------------- validators


async def test_P2_P5_a_304_carries_the_validators_and_counts_as_success(poller: Poller, origin: Origin) -> None:
    stamp = ("Last-Modified", "Tue, 3 Mar 2026 10:00:00 GMT")
    feed = await added(poller, origin, feed_answer(item("a"), etag='W/"x y"', headers=(stamp,)))
    origin.pages["/feed"] = Answer(status=304)
    after, new = await polled(poller, feed)
    request = origin.requests[-1]
    assert (request.headers["if-none-match"], request.headers["if-modified-since"]) == ('W/"x y"', stamp[1])
    assert (new, after.failures, after.etag) == ([], 0, 'W/"x y"')
    assert after.succeeded_at is not None
    assert feed.next_poll_at is not None
    assert after.succeeded_at >= feed.next_poll_at


async def test_P3_validators_are_replaced_by_each_200_and_by_a_304_that_has_them(
    poller: Poller, origin: Origin
) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = Answer(status=304, headers=(("ETag", '"2"'),))
    feed, _ = await polled(poller, feed)
    assert feed.etag == '"2"'
    origin.pages["/feed"] = Answer(rss(item("a"), item("b")))
    feed, _ = await polled(poller, feed)
    assert feed.etag is None
    feed, _ = await polled(poller, feed)
    assert "if-none-match" not in origin.requests[-1].headers


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<html>sorry</html>", headers=(("ETag", '"bad"'),)),
        Answer(b"x", headers=(("ETag", '"bad"'), ("Content-Length", "100"))),
        Answer(b"x" * 9_000_000, headers=(("ETag", '"bad"'),)),
        Answer(b"x", status=500, headers=(("ETag", '"bad"'),)),
    ],
    ids=["unparsable", "truncated", "oversized", "failed"],
)
async def test_P3_validators_of_a_poll_that_failed_are_not_kept(
    poller: Poller, origin: Origin, answer: Answer
) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = answer
    after, new = await polled(poller, feed)
    assert (after.etag, after.failures, new) == ('"1"', 1, [])
    assert after.error.endswith(".")


async def test_P4_an_equal_body_with_a_new_etag_brings_nothing_but_the_etag(
    poller: Poller, origin: Origin
) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = feed_answer(item("a"), etag='"2"')
    after, new = await polled(poller, feed)
    assert (after.etag, new) == ('"2"', [])


async def test_P20_a_226_is_part_of_a_feed(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin, feed_answer(item("a"), item("b")))
    origin.pages["/feed"] = replace(feed_answer(item("c"), etag='"2"', title="Delta"), status=226)
    after, new = await polled(poller, feed)
    assert origin.requests[-1].headers["a-im"] == "feed"
    assert (new, after.etag, after.title, after.body_hash) == (["c"], '"2"', "Harbour Post", feed.body_hash)
    origin.pages["/feed"] = feed_answer(item("a"), item("b"), item("c"), etag='"3"')
    assert (await polled(poller, after))[1] == []


# ---------------------------------------------------------------- entries


async def test_new_entries_are_queued_once(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    for items, expected in (
        ([item("b"), item("a")], ["b"]),
        ([item("c"), item("b")], ["c"]),
        ([item("a")], []),  # I3: vanished and returned
    ):
        origin.pages["/feed"] = feed_answer(*items)
        feed, new = await polled(poller, feed)
        assert new == expected


async def test_I2_a_changed_guid_or_date_delivers_nothing_again(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin, feed_answer(item("a"), item("b")))
    origin.pages["/feed"] = feed_answer(
        item("a", at=START + HOUR), item("b2", "https://harbour.example/b"), item("c"), item("d")
    )
    assert (await polled(poller, feed))[1] == ["c", "d"]


async def test_I4_wholesale_churn_of_guids_is_held_back(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin, feed_answer(*(item(str(n)) for n in range(6))))
    churned = [item(f"new-{n}", f"https://harbour.example/{n}") for n in range(6)]
    origin.pages["/feed"] = feed_answer(*churned, item("fresh"))
    assert (await polled(poller, feed))[1] == ["fresh"]


async def test_I4_wholesale_churn_is_held_back_even_where_entries_share_a_link(
    poller: Poller, origin: Origin
) -> None:
    home = "https://harbour.example/"
    feed = await added(poller, origin, feed_answer(*(item(str(n), home) for n in range(6))))
    origin.pages["/feed"] = feed_answer(*(item(f"new-{n}", home) for n in range(6)))
    assert (await polled(poller, feed))[1] == []


async def test_I5_one_guid_with_two_links_is_two_entries(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = feed_answer(
        item("same", "https://harbour.example/1"), item("same", "https://harbour.example/2")
    )
    _, new = await polled(poller, feed)
    assert new == ["same", "same"]
    assert len(await queued(poller.store)) == 3


async def test_entries_that_share_one_link_are_told_by_their_guids(poller: Poller, origin: Origin) -> None:
    home = "https://harbour.example/"
    feed = await added(poller, origin, feed_answer(item("a", home), item("b", home)))
    origin.pages["/feed"] = feed_answer(item("c", home), item("b", home))
    assert (await polled(poller, feed))[1] == ["c"]


async def test_I6_a_crash_before_the_commit_repeats_the_poll_and_doubles_nothing(
    poller: Poller, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = feed_answer(item("b"), item("a"), etag='"2"')

    async def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(type(poller.store.feeds), "commit_poll", crash)
        with pytest.raises(KeyboardInterrupt):
            await polled(poller, feed)
    await poller.store.due.free(["feeds"])
    feed = await poller.store.feeds.find(feed.id) or feed
    assert feed.etag == '"1"'
    (claim,) = await poller.store.due.feeds.take(1, 60)
    await poller.poll(claim)  # P6: it was asked a moment ago
    assert len(origin.requests) == 2
    assert (await polled(poller, feed))[1] == ["b"]
    assert len(origin.requests) == 3


# ---------------------------------------------------------------- when


async def test_P6_a_feed_is_never_asked_twice_within_the_floor(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    await poller.store.set_clock(START + timedelta(minutes=59))
    await poller.store.due.feeds.add(str(feed.id))  # by hand
    (claim,) = await poller.store.due.feeds.take(1, 60)
    await poller.poll(claim)
    assert len(origin.requests) == 1
    at = await poller.store.due.feeds.find(str(feed.id))
    assert at is not None
    assert feed.polled_at is not None
    assert at == feed.polled_at + HOUR


async def test_P6_the_floor_is_never_below_a_quarter_of_an_hour(poller: Poller) -> None:
    eager = Poller(poller.store, poller.fetcher, poller.workers, floor_seconds=1)
    assert (await eager.moment()).floor_seconds == 900


async def test_P18_P21_publishers_see_for_how_many_chats_a_feed_is_asked(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    await polled(replace(poller, subscribers=7), feed)
    assert origin.requests[-1].headers["user-agent"].endswith("; 7 subscribers)")


async def test_P7_the_next_poll_outlives_a_restart(poller: Poller, origin: Origin, store_data: Path) -> None:
    feed = await added(poller, origin)
    async with open_store(data=store_data) as reopened:
        assert await reopened.due.feeds.find(str(feed.id)) == feed.next_poll_at
        assert await reopened.due.feeds.take(9, 60) == ()


@pytest.mark.parametrize(
    ("headers", "hours"), [((("Cache-Control", "max-age=10800"),), 3), ((("Cache-Control", "no-cache"),), 1)]
)
async def test_P9_a_fresh_answer_delays_the_next_poll(
    poller: Poller, origin: Origin, headers: Dated, hours: int
) -> None:
    feed = await added(poller, origin, feed_answer(item("a"), headers=headers))
    assert feed.next_poll_at is not None
    assert hours * HOUR <= feed.next_poll_at - START < (hours * 1.1 + 0.1) * HOUR


def test_S14_a_secret_in_an_address_is_not_told() -> None:
    feed = Feed(1, "https://x.example/feed?token=secret", refusals=2)
    moment = decide.Moment(START, 3600, 0.5)
    for status in (404, 410):
        told = decide.refused(feed, Fetched(feed.url, status), moment).tell
        assert told.startswith("x.example ")
        assert "secret" not in told


async def test_P10_retry_after_is_heeded_for_the_whole_host(poller: Poller, origin: Origin) -> None:
    first, second = await added(poller, origin), await _second(poller, origin)
    await poller.store.due.feeds.drop(str(second.id))
    origin.pages["/feed"] = Answer(status=429, headers=(("Retry-After", "90000"),))
    after, _ = await polled(poller, first)
    assert after.next_poll_at is not None
    assert after.polled_at is not None
    assert after.next_poll_at - after.polled_at == timedelta(seconds=90000)
    assert "less often" in after.error
    asked = len(origin.requests)
    await poller.store.due.feeds.add(str(second.id), await poller.store.now())
    await poller.store.set_clock(await poller.store.now() + 2 * HOUR)
    (claim,) = await poller.store.due.feeds.take(1, 60)
    with pytest.raises(RetryLater) as waits:
        await poller.poll(claim)
    assert waits.value.after_seconds >= 90000 - 2 * 3600 - 60
    assert len(origin.requests) == asked


async def _second(poller: Poller, origin: Origin) -> Feed:
    origin.pages["/second"] = feed_answer(item("z"), title="Second")
    return await add_feed(poller, origin.url("/second"))


async def test_P11_failures_back_off_and_a_success_resets(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = Answer(status=502)
    for failures in (1, 2, 3):
        feed, _ = await polled(poller, feed)
        assert (feed.failures, feed.state) == (failures, "active")
    origin.pages["/feed"] = feed_answer(item("a"))
    feed, _ = await polled(poller, feed)
    assert (feed.failures, feed.error) == (0, "")


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_P12_three_refusals_slow_a_feed_and_tell_the_owner_once(
    poller: Poller, origin: Origin, told: list[str], status: int
) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = Answer(status=status)
    for state in ("active", "active", "slow", "slow"):
        feed, _ = await polled(poller, feed)
        assert feed.state == state
    assert feed.next_poll_at is not None
    assert feed.polled_at is not None
    assert feed.next_poll_at - feed.polled_at >= timedelta(hours=24)
    assert len(told) == 1
    assert "refused us 3 times" in told[0]
    origin.pages["/feed"] = feed_answer(item("a"), etag='"9"')
    assert (await polled(poller, feed))[0].state == "active"


async def test_P12_other_failures_between_refusals_start_the_count_again(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    for status in (404, 404, 500, 404):
        origin.pages["/feed"] = Answer(status=status)
        feed, _ = await polled(poller, feed)
    assert (feed.failures, feed.refusals, feed.state) == (4, 1, "active")


async def test_P12_gone_stops_a_feed_until_it_is_added_again(
    poller: Poller, origin: Origin, told: list[str]
) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = Answer(status=410)
    after, _ = await polled(poller, feed)
    assert (after.state, await poller.store.due.feeds.find(str(feed.id))) == ("stopped", None)
    assert "polled no more" in told[0]
    await poller.store.due.feeds.add(str(feed.id))
    (claim,) = await poller.store.due.feeds.take(1, 60)
    await poller.poll(claim)
    assert len(origin.requests) == 2
    again = await added(poller, origin)
    assert (again.id, again.state) == (feed.id, "active")
    assert await poller.store.due.feeds.find(str(feed.id)) is not None


async def test_P13_three_polls_over_a_day_rewrite_the_address(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = Answer(status=301, headers=(("Location", "/new"),))
    origin.pages["/new"] = feed_answer(item("a"))
    seen = []
    for _ in range(30):
        feed, _new = await polled(poller, feed)
        seen.append(feed.url)
        if feed.url == origin.url("/new"):
            break
    assert len(seen) > 20
    assert feed.url == origin.url("/new")
    assert await poller.store.feeds.find_url(origin.url()) is None


def test_P13_a_move_out_of_https_is_never_followed() -> None:
    feed = Feed(1, "https://x.example/feed", moved_to="http://x.example/feed", moved_count=9, moved_since=START)
    moment = decide.Moment(START + 99 * HOUR, 3600, 0.5)
    found = Fetched("http://x.example/feed", 304, moved_to="http://x.example/feed")
    after = decide.succeeded(feed, found, None, moment, "").feed
    assert (after.url, after.moved_to, after.moved_count) == (feed.url, "", 0)


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_P13_other_redirects_never_rewrite(poller: Poller, origin: Origin, status: int) -> None:
    feed = await added(poller, origin)
    origin.pages |= {
        "/feed": Answer(status=status, headers=(("Location", "/new"),)),
        "/new": feed_answer(item("a")),
    }
    feed, _ = await polled(poller, feed)
    assert (feed.moved_to, feed.failures) == ("", 0)


async def test_P13_another_feed_behind_the_redirect_is_not_ours(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    origin.pages["/feed"] = Answer(status=301, headers=(("Location", "/new"),))
    origin.pages["/new"] = feed_answer(item("z"), title="Casino")
    assert (await polled(poller, feed))[0].moved_to == ""


async def test_P13_an_address_where_another_feed_lives_is_not_taken(poller: Poller, origin: Origin) -> None:
    feed, second = await added(poller, origin), await _second(poller, origin)
    origin.pages["/feed"] = Answer(status=301, headers=(("Location", "/second"),))
    await poller.store.feeds.save(
        replace(feed, title="Second", moved_to=second.url, moved_count=2, moved_since=START - 30 * HOUR)
    )
    await poller.store.due.feeds.drop(str(second.id))
    assert (await polled(poller, feed))[0].url == origin.url()


async def test_P16_what_a_feed_states_delays_it(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin, feed_answer(item("a"), extra="<ttl>360</ttl>"))
    assert feed.next_poll_at is not None
    assert feed.next_poll_at - START >= 6 * HOUR


# ---------------------------------------------------------------- hosts


async def test_P15_one_request_at_a_time_and_a_second_apart(
    poller: Poller, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def not_exempt(*_: object) -> bool:
        return False

    monkeypatch.setattr(Fetcher, "is_exempt", not_exempt)
    times: list[float] = []

    def answer(request: Request) -> Answer:
        times.append(asyncio.get_running_loop().time())
        return Answer(status=304)

    feeds = [await poller.store.feeds.add(origin.url(f"/{n}")) for n in range(3)]
    origin.pages |= {f"/{n}": answer for n in range(3)}
    monkeypatch.setattr(poll, "PATIENCE_SECONDS", 10)
    claims: Sequence[Claim] = await poller.store.due.feeds.take(3, 60)
    assert len(claims) == len(feeds)
    await asyncio.gather(*(poller.poll(claim) for claim in claims))
    assert origin.most_at_once == 1
    assert all(later - earlier >= SPACING_SECONDS * 0.95 for earlier, later in pairwise(times))


async def test_P15_a_busy_host_lets_other_feeds_go_first(
    poller: Poller, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def not_exempt(*_: object) -> bool:
        return False

    monkeypatch.setattr(Fetcher, "is_exempt", not_exempt)
    feed = await poller.store.feeds.add(origin.url())
    await poller.store.feeds.enter_host("127.0.0.1", 60, 30)
    (claim,) = await poller.store.due.feeds.take(1, 60)
    with pytest.raises(RetryLater, match=r"127\.0\.0\.1 is not to be asked"):
        await poller.poll(claim)
    assert origin.requests == []
    assert (await poller.store.feeds.find(feed.id) or feed).polled_at is None


async def test_P7_the_loop_polls_what_is_due_and_spreads_what_is_overdue(poller: Poller, origin: Origin) -> None:
    feeds = [await poller.store.feeds.add(origin.url(f"/{n}")) for n in range(8)]
    origin.pages |= {f"/{n}": feed_answer(item("a")) for n in range(8)}
    await poller.store.set_clock(START + 2 * HOUR)
    loop = asyncio.create_task(poller.run())
    began = asyncio.get_running_loop().time()
    async with asyncio.timeout(20):
        while await poller.store.due.feeds.take(1, 1) or len(origin.requests) < len(feeds):
            await asyncio.sleep(0.05)
    assert asyncio.get_running_loop().time() - began > 0.1
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)


async def test_a_feed_that_was_removed_is_forgotten(poller: Poller, origin: Origin) -> None:
    feed = await added(poller, origin)
    await poller.store.link.call("DEL", f"feed:{feed.id}")
    await poller.store.due.feeds.add(str(feed.id))
    (claim,) = await poller.store.due.feeds.take(1, 60)
    await poller.poll(claim)
    assert await poller.store.due.feeds.find(str(feed.id)) is None


async def test_a_large_body_is_parsed_in_a_worker(
    poller: Poller, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "LARGEST_HERE", 10)
    assert (await added(poller, origin)).title == "Harbour Post"


async def test_what_the_owner_hears_is_logged_where_nobody_listens(
    poller: Poller, capsys: pytest.CaptureFixture[str]
) -> None:
    await Poller(poller.store, poller.fetcher, poller.workers).tell(Feed(1, "https://x.example/"), "gone")
    assert "gone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b'<link rel=alternate type="application/rss+xml" href="/new">', "/new"),
        (b'<link rel=alternate type="application/rss+xml" href="/feed">', ""),
        (b"no feed named", ""),
        (rss(item("a")), "/site"),
    ],
    ids=["another feed", "the dead one", "none", "the site is a feed"],
)
async def test_P12_a_dead_feed_may_have_a_replacement(
    poller: Poller, origin: Origin, page: bytes, expected: str
) -> None:
    origin.pages["/site"] = Answer(page if page.startswith(b"<rss") else b"<html>" + page + b"</html>")
    feed = Feed(1, origin.url(), site=origin.url("/site"))
    assert await replacement(poller, feed) == (origin.url(expected) if expected else "")


async def test_P12_a_site_that_is_gone_or_unknown_names_no_replacement(poller: Poller, origin: Origin) -> None:
    assert await replacement(poller, Feed(1, origin.url())) == ""
    assert await replacement(poller, Feed(1, origin.url(), site=origin.url("/none"))) == ""


async def test_P12_the_host_of_a_dead_feed_without_a_site_names_its_replacement(
    poller: Poller, origin: Origin
) -> None:
    origin.pages["/"] = Answer(b"<html><link rel='alternate' type='application/rss+xml' href='/new'></html>")
    assert await replacement(poller, Feed(1, origin.url())) == origin.url("/new")
