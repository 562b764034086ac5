"""Leased due-sets on the real server."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.store import Store
from tests.bot.store.examples import NOON

SECOND = timedelta(seconds=1)


async def test_what_is_taken_is_nobody_elses(store: Store) -> None:
    await store.due.feeds.add("1")
    (claim,) = await store.due.feeds.take(5, 60)
    assert (claim.member, claim.attempts) == ("1", 1)
    assert await store.due.feeds.take(5, 60) == ()
    assert await store.due.feeds.size() == 1
    assert await store.due.feeds.done(claim)
    assert not await store.due.feeds.done(claim)
    assert await store.due.feeds.next_at() is None


async def test_the_earliest_is_taken_first_and_what_is_not_due_not_at_all(store: Store) -> None:
    now = await store.now()
    for member, seconds in (("later", 60), ("second", -1), ("first", -2)):
        await store.due.feeds.add(member, now + timedelta(seconds=seconds))
    assert [claim.member for claim in await store.due.feeds.take(9, 60)] == ["first", "second"]


async def test_a_member_is_queued_once_and_adding_it_again_moves_it(store: Store) -> None:
    await store.due.feeds.add("1", NOON)
    await store.due.feeds.add("1", NOON + SECOND)
    assert await store.due.feeds.find("1") == NOON + SECOND
    await store.due.feeds.add("1", NOON, only_new=True)
    assert await store.due.feeds.find("1") == NOON + SECOND
    assert await store.due.feeds.find("2") is None
    assert await store.due.feeds.size() == 1


async def test_done_with_a_next_time_makes_it_due_then(store: Store) -> None:
    await store.due.feeds.add("1")
    (claim,) = await store.due.feeds.take(1, 60)
    assert await store.due.feeds.done(claim, NOON)
    (again,) = await store.due.feeds.take(1, 60)
    assert (again.due_at, again.attempts) == (NOON, 1)
    assert await store.due.feeds.release(again)
    assert await store.due.feeds.find("1") == NOON


async def test_an_expired_lease_is_taken_again_and_fences_its_old_holder(store: Store) -> None:
    await store.due.feeds.add("1", NOON)
    (late,) = await store.due.feeds.take(1, 0.01)
    await asyncio.sleep(0.02)
    (now,) = await store.due.feeds.take(1, 60)
    assert (now.attempts, now.due_at) == (2, NOON)
    assert not await store.due.feeds.renew(late, 60)
    assert not await store.due.feeds.done(late)
    assert await store.due.feeds.done(now)


async def test_a_renewed_lease_holds(store: Store) -> None:
    await store.due.feeds.add("1")
    (claim,) = await store.due.feeds.take(1, 0.05)
    assert await store.due.feeds.renew(claim, 60)
    await asyncio.sleep(0.06)
    assert await store.due.feeds.take(1, 60) == ()


async def test_a_lease_outlives_a_clock_that_moves(store: Store) -> None:
    await store.due.feeds.add("1", NOON)
    await store.due.feeds.take(1, 60)
    await store.set_clock(NOON + timedelta(days=900))
    assert await store.due.feeds.take(1, 60) == ()


async def test_what_was_asked_for_meanwhile_decides_the_next_time(store: Store) -> None:
    await store.due.subscriptions.add("chat")
    (claim,) = await store.due.subscriptions.take(1, 60)
    await store.due.subscriptions.add("chat", NOON)
    await store.due.subscriptions.done(claim, NOON + timedelta(days=1))
    assert await store.due.subscriptions.find("chat") == NOON
    (claim,) = await store.due.subscriptions.take(1, 60)
    await store.due.subscriptions.drop("chat")
    await store.due.subscriptions.done(claim, NOON)
    assert await store.due.subscriptions.size() == 0


async def test_what_is_dropped_is_not_taken(store: Store) -> None:
    await store.due.feeds.add("1")
    await store.due.feeds.drop("1")
    assert await store.due.feeds.take(1, 60) == ()


async def test_freeing_ends_every_lease(store: Store) -> None:
    await store.due.singles.add("telegram")
    await store.due.singles.take(1, 3600)
    await store.due.free()
    assert len(await store.due.singles.take(1, 60)) == 1


async def test_D13_a_taking_whose_answer_was_lost_finds_the_same_claims(store: Store) -> None:
    await store.due.feeds.add("1")
    await store.due.feeds.add("2")
    first = await store.link.run("take", "feeds", 1, 60, "token", 0)
    assert await store.link.run("take", "feeds", 1, 60, "token", 1) == first
    assert await store.link.run("take", "feeds", 1, 60, "other", 1) != first


async def test_a_sleeper_wakes_when_something_becomes_due(store: Store) -> None:
    await store.due.feeds.wait(await store.now())
    now = await store.now()
    await store.due.feeds.add("1", now + timedelta(seconds=0.2))
    began = time.monotonic()
    while not await store.due.feeds.take(1, 60):
        await store.due.feeds.wait()
    assert 0.1 < time.monotonic() - began < 2


async def test_a_sleeper_wakes_when_a_lease_ends(store: Store) -> None:
    await store.due.feeds.add("1")
    await store.due.feeds.take(1, 0.1)
    await asyncio.wait_for(store.due.feeds.wait(), 5)
    await asyncio.sleep(0.1)
    assert len(await store.due.feeds.take(1, 60)) == 1


@pytest.mark.parametrize("move", ["add", "clock"])
async def test_a_sleeper_wakes_when_work_comes_or_the_clock_moves(store: Store, move: str) -> None:
    await store.due.feeds.add("far", await store.now() + timedelta(hours=2))
    await store.due.feeds.wait(await store.now())
    sleeper = asyncio.create_task(store.due.feeds.wait())
    await asyncio.sleep(0.05)
    assert not sleeper.done()
    if move == "add":
        await store.due.feeds.add("near")
    else:
        await store.set_clock(await store.now() + timedelta(hours=3))
    await asyncio.wait_for(sleeper, 5)
    assert len(await store.due.feeds.take(9, 60)) == 1


async def test_a_sleeper_sleeps_through_later_work_and_other_kinds_of_work(store: Store) -> None:
    now = await store.now()
    await store.due.feeds.add("near", now + timedelta(hours=1))
    await store.due.feeds.wait(now)
    sleeper = asyncio.create_task(store.due.feeds.wait())
    await store.due.feeds.add("far", now + timedelta(hours=2))
    await store.due.orders.add("1")
    await store.link.call("PUBLISH", "wake", "what a later release may know")
    await asyncio.sleep(0.1)
    assert not sleeper.done()
    sleeper.cancel()


async def test_a_sleeper_wakes_at_its_own_time(store: Store) -> None:
    until = await store.now() + timedelta(seconds=0.1)
    while await store.now() < until:
        await asyncio.wait_for(store.due.feeds.wait(until), 5)


@pytest.mark.parametrize("ticks", range(4))
async def test_a_cancellation_that_meets_a_wake_up_is_not_lost(store: Store, ticks: int) -> None:
    waiting = asyncio.create_task(store.due.feeds.wait())
    event = await store.due.wakes.event("feeds")
    await asyncio.sleep(0.2)
    event.set()
    for _ in range(ticks):
        await asyncio.sleep(0)
    over = waiting.done()
    waiting.cancel()
    await asyncio.wait((waiting,))
    assert over or waiting.cancelled()
