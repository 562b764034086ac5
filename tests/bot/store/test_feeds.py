"""Feeds and polls on the real server."""

from dataclasses import replace
from datetime import timedelta

from bot.store import Pending, Store
from tests.bot.store.examples import NOON, entry

URL = "https://one.example/feed"


async def test_the_same_url_is_the_same_feed(store: Store) -> None:
    feed = await store.feeds.add(URL, "One", "News", next_at=NOON)
    assert (feed.id, feed.url, feed.title, feed.folder) == (1, URL, "One", "News")
    assert await store.feeds.add(URL, "Other") == feed
    assert await store.feeds.find_url(URL) == await store.feeds.find(1) == feed
    assert await store.due.feeds.find("1") == NOON


async def test_what_is_not_there_is_none(store: Store) -> None:
    assert await store.feeds.find(9) is None
    assert await store.feeds.find_url(URL) is None
    assert await store.feeds.all() == ()
    assert not await store.feeds.remove(9)
    assert await store.feeds.known(9, ()) == frozenset()


async def test_P3_validators_are_kept_byte_for_byte(store: Store) -> None:
    feed = replace(
        await store.feeds.add(URL), etag='W/"a\tb\\\u00e9"', last_modified="Mon, 31 Mar 2025 12:00:00 GMT"
    )
    assert await store.feeds.save(feed)
    assert await store.feeds.find(feed.id) == feed


async def test_a_feed_may_move_to_another_url(store: Store) -> None:
    feed, taken = await store.feeds.add(URL), await store.feeds.add("https://two.example/feed")
    moved = replace(feed, url="https://new.example/feed")
    await store.feeds.save(moved)
    assert await store.feeds.find_url(URL) is None
    assert await store.feeds.find_url(moved.url) == moved
    await store.feeds.save(replace(moved, url=taken.url))
    assert await store.feeds.find_url(taken.url) == taken


async def test_a_removed_feed_is_polled_no_more_and_stays_removed(store: Store) -> None:
    feed = await store.feeds.add(URL)
    (claim,) = await store.due.feeds.take(1, 60)
    assert await store.feeds.remove(feed.id)
    assert await store.feeds.commit_poll(claim, feed, [entry(1)], NOON) == ()
    assert not await store.feeds.save(feed)
    assert await store.feeds.all() == ()
    assert await store.due.feeds.size() == await store.due.articles.size() == 0


async def test_I6_a_poll_is_committed_as_a_whole(store: Store) -> None:
    feed = await store.feeds.add(URL)
    (claim,) = await store.due.feeds.take(1, 60)
    polled = replace(feed, etag='"1"', next_poll_at=NOON)
    assert await store.feeds.commit_poll(claim, polled, [entry(1), entry(2)], NOON, shown=[entry(3)]) == (1, 2)
    assert await store.feeds.find(feed.id) == polled
    assert await store.due.feeds.find(str(feed.id)) == NOON
    assert [one.member for one in await store.due.articles.take(9, 60)] == ["1", "2"]
    pending = await store.articles.load_entry("2")
    assert isinstance(pending, Pending)
    assert (pending.entry, pending.feed_id) == (entry(2), feed.id)
    known = await store.feeds.known(feed.id, ["key-1", "key-3", "key-4"], [entry(2).link, entry(4).link])
    assert known == {"key-1", "key-3", entry(2).link}


async def test_I6_a_poll_is_committed_once_however_often_it_is_repeated(store: Store) -> None:
    feed = await store.feeds.add(URL)
    (claim,) = await store.due.feeds.take(1, 60)
    assert await store.feeds.commit_poll(claim, feed, [entry(1)], NOON) == (1,)
    assert await store.feeds.commit_poll(claim, feed, [entry(1)], NOON) == (1,)
    assert await store.due.articles.size() == 1


async def test_I6_a_poll_by_somebody_whose_claim_has_passed_on_saves_nothing(store: Store) -> None:
    feed = await store.feeds.add(URL)
    (late,) = await store.due.feeds.take(1, 0)
    (now,) = await store.due.feeds.take(1, 60)
    assert await store.feeds.commit_poll(late, replace(feed, etag="late"), [entry(1)], NOON) is None
    assert await store.feeds.find(feed.id) == feed
    assert await store.feeds.commit_poll(now, feed, [], NOON) == ()


async def test_P1_whoever_adds_a_feed_commits_its_first_body_without_a_claim(store: Store) -> None:
    feed = await store.feeds.add(URL, next_at=NOON + timedelta(days=900))
    assert await store.feeds.commit_poll(None, feed, [entry(1)], NOON) == (1,)
    assert await store.due.feeds.find(str(feed.id)) == NOON


async def test_P15_one_request_at_a_time_to_a_host_and_a_second_between_two(store: Store) -> None:
    assert await store.feeds.enter_host("one.example", 30, 1) == 0
    assert await store.feeds.enter_host("two.example", 30, 1) == 0
    assert 0 < await store.feeds.enter_host("one.example", 30, 1) <= 1
    await store.feeds.leave_host("one.example", 1)
    assert 0 < await store.feeds.enter_host("one.example", 30, 1) <= 1
    await store.feeds.leave_host("two.example", 0)
    assert 0 < await store.feeds.enter_host("two.example", 30, 1) <= 1, "spacing counts from the request before"


async def test_P15_a_worker_that_died_within_a_host_does_not_lock_it(store: Store) -> None:
    assert await store.feeds.enter_host("one.example", 0, 0) == 0
    assert await store.feeds.enter_host("one.example", 30, 0) == 0


async def test_P10_a_host_that_asked_us_to_wait_is_left_alone_by_everybody(store: Store) -> None:
    await store.feeds.enter_host("one.example", 30, 1)
    await store.feeds.leave_host("one.example", 3600)
    await store.feeds.leave_host("one.example", 1)
    assert 3590 < await store.feeds.enter_host("one.example", 30, 1) <= 3600
    await store.set_clock(await store.now() + timedelta(hours=1))
    assert await store.feeds.enter_host("one.example", 30, 1) == 0
