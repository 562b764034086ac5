"""The end of lives by our clock, on the real server."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from struct import unpack

from bot.model import Brief, Chat, Told
from bot.store import Store
from tests.bot.store.examples import CHAT, NOON, delivery, entry, filed, fingerprint, order, tell


async def later(store: Store, days: float) -> None:
    await store.set_clock(NOON + timedelta(days=days))


async def test_articles_end_step_by_step(store: Store) -> None:
    await later(store, 0)
    await filed(store, 1, "ferry", bands=("wording",))
    await later(store, 5)
    await filed(store, 2, "harbour")
    assert await store.sweep() == 0
    await later(store, 8)
    assert await store.sweep() == 1
    old, new = await store.articles.load([1, 2])
    assert (old.text, new.text != "") == ("", True)
    await later(store, 31)
    await store.sweep()
    assert [one.id for one in await store.articles.load([1, 2])] == [2]
    assert await store.articles.find_url("https://one.example/1") == 1
    await later(store, 43)
    await store.sweep()
    assert await store.articles.find_url("https://one.example/1") is None
    assert await store.stories.load([1])
    assert await store.sweep() == 0


async def test_postings_and_the_top_of_the_day_end_after_two_weeks(store: Store) -> None:
    await later(store, 0)
    await filed(store, 1, "ferry", bands=("wording",))
    await later(store, 16)
    await store.sweep()
    assert (await store.articles.candidates(fingerprint(2, "ferry", bands=("wording",)))).stories == {}
    assert await store.stories.recent(NOON) == ()
    assert not await store.link.call("KEYS", "[xb]:*")


async def test_the_postings_of_a_story_split_off_late_end_too(store: Store) -> None:
    await later(store, 0)
    await filed(store, 1, "ferry")
    await filed(store, 2, "fares", story=1)
    await later(store, 16)
    await store.sweep()
    await store.stories.split(1, [2], "order:1")
    await store.sweep()
    assert not await store.link.call("KEYS", "[xb]:*")


async def test_stories_end_after_a_year_and_observations_after_five(store: Store) -> None:
    await later(store, 0)
    await filed(store, 1, "ferry")
    after = await store.changes.last()
    await later(store, 381)
    await store.sweep()
    assert await store.stories.load([1]) == ()
    _, rows = await store.changes.read(after)
    assert [(row.story_id, row.gone) for row in rows] == [(1, True)]
    assert len(await store.stories.observations(1)) == 1
    await later(store, 5 * 365 + 1)
    await store.sweep()
    assert await store.stories.observations(1) == ()


async def test_I3_what_a_feed_shows_is_kept_for_90_days_since_it_showed_it_last(store: Store) -> None:
    await later(store, 0)
    feed = await store.feeds.add("https://one.example/feed")
    await store.feeds.commit_poll(None, feed, [entry(1), entry(2)], NOON)
    await later(store, 50)
    await store.feeds.commit_poll(None, feed, [], NOON, shown=[entry(2)])
    await later(store, 91)
    await store.sweep()
    assert await store.feeds.known(feed.id, ["key-1", "key-2"]) == {"key-2"}


async def test_briefs_and_what_was_told_end_after_60_days(store: Store) -> None:
    async def make() -> Brief:
        return Brief("", "ferry", NOON, ())

    await later(store, 0)
    first = await store.briefs.find_or_save("ferry", make)
    await store.chats.save(Chat(CHAT))
    await tell(store, {1: Told(1)})
    await later(store, 30)
    await tell(store, {2: Told(1)})
    await later(store, 61)
    assert await store.sweep() == 2
    assert await store.briefs.load(first.id) is None
    assert list(await store.briefs.told(CHAT)) == [2]
    assert (await store.briefs.find_or_save("ferry", make)).id != first.id


async def test_deliveries_end_after_60_days_but_not_while_they_wait(store: Store) -> None:
    await later(store, 0)
    await store.outbox.enqueue(delivery("sent", tok="mute"))
    (claim,) = await store.due.deliveries.take(1, 60)
    await store.outbox.sent(claim, 0, "m")
    await store.outbox.enqueue(delivery("waits"))
    await later(store, 61)
    assert await store.sweep() == 1
    assert await store.outbox.load("sent") is None
    assert await store.outbox.button("tok") is None
    assert [one.key for one in await store.outbox.list("pending")] == ["waits"]


async def test_orders_and_operations_end_but_an_unanswered_order_waits(store: Store) -> None:
    await later(store, 0)
    for number in (1, 2):
        await store.orders.accept(order(number))
    (claim,) = await store.due.orders.take(1, 60)
    await store.orders.finish(claim, order(1), None)
    await store.chats.save(Chat(CHAT), "order:1")
    await later(store, 31)
    assert await store.sweep() == 2
    assert await store.orders.load(order(2).key) == order(2)
    assert await store.orders.accept(order(1)), "forgotten, a month later"
    assert await store.chats.save(Chat(CHAT), "order:1")


async def test_a_brief_made_anew_under_its_key_outlives_the_first_ones_end(store: Store) -> None:
    async def make() -> Brief:
        return Brief("", "ferry", NOON, ())

    await later(store, 0)
    first = await store.briefs.find_or_save("ferry", make)
    await store.link.call("DEL", f"brief:{first.id}")
    await later(store, 50)
    second = await store.briefs.find_or_save("ferry", make)
    await later(store, 61)
    await store.sweep()
    assert await store.briefs.find_or_save("ferry", make) == second


async def test_D9_D10_what_was_told_of_stories_stays_bounded_however_they_are_edited(store: Store) -> None:
    chance, days = Random(7), 0.0
    await store.chats.save(Chat(CHAT))
    for number in range(1, 61):
        await later(store, days := days + chance.uniform(0, 4))
        await filed(store, number, f"term{number}", story=chance.choice([0, 0, *await _living(store)]), at=NOON)
        told = tuple((id_, 1) for id_ in await _living(store) if chance.random() < 0.2)
        await tell(store, {id_: Told(version) for id_, version in told})
        await store.outbox.enqueue(replace(delivery(f"sent {number}"), told=told))
        for claim in await store.due.deliveries.take(5, 60):
            await store.outbox.sent(claim, 0, "m")
        await _edit(store, chance, number)
        await store.sweep()
        await _assert_bounded(store)
    await later(store, days + 61)
    await store.sweep()
    assert await store.link.call("KEYS", "carr*") == []
    assert await store.briefs.told(CHAT) == {}


async def _living(store: Store) -> Sequence[int]:
    newest = int(await store.link.call("GET", "id:story") or 0)
    return [story.id for story in await store.stories.load(range(1, newest + 1))]


async def _edit(store: Store, chance: Random, number: int) -> None:
    """Merge two stories, take one apart, or take a merged one out again."""
    one, other = chance.choices(await _living(store), k=2)
    (story,) = await store.stories.load([other])
    match number % 4:
        case 0:
            await store.stories.merge(one, other)
        case 1:
            await store.stories.split(other, story.article_ids[:1], f"split {number}")
        case 2:
            _, younger = await store.stories.put_together(one, other, f"merge {number}", "")
            await store.stories.unmerge(younger, f"unmerge {number}")


async def _assert_bounded(store: Store) -> None:
    """Only stories that there are hold what told them, each no longer than a delivery lives after the newest."""
    living, kept = set(await _living(store)), {one.key for one in await store.outbox.list("sent")}
    carried = {int(key.split(b":")[1]): key for key in await store.link.call("KEYS", "carried:*")}
    assert set(carried) <= living
    assert {int(id_) for id_ in await store.link.call("ZRANGE", "carries", 0, -1)} == set(carried)
    for key in carried.values():
        assert kept & {member.decode() for member in await store.link.call("SMEMBERS", key)}
    now = await store.now()
    times = [value[:8] for value in await store.link.call("HVALS", f"told:{CHAT.key}")]
    assert all(now.timestamp() - unpack(">d", at)[0] <= timedelta(days=60).total_seconds() for at in times)
