"""The loop that works off a due-set: side by side, again after failures, released at the end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from bot import loop
from bot.errors import RetryLater
from bot.store import Claim, Store

PACE = loop.Pace(slots=2, lease_seconds=0.6)


@asynccontextmanager
async def working(
    store: Store, handle: Callable[[Claim], Awaitable[None]], pace: loop.Pace = PACE
) -> AsyncIterator[None]:
    task = asyncio.create_task(loop.work(store, store.due.feeds, handle, pace))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_what_is_added_later_wakes_the_loop(store: Store) -> None:
    handled: list[str] = []

    async def handle(claim: Claim) -> None:
        handled.append(claim.member)
        await store.due.feeds.done(claim)

    async with working(store, handle):
        await store.due.feeds.add("1")
        await until(lambda: handled == ["1"])
        await store.due.feeds.add("2")
        await until(lambda: handled == ["1", "2"])
    assert await store.due.feeds.size() == 0


async def test_no_more_than_its_slots_are_in_hand_and_one_slow_member_delays_no_other(store: Store) -> None:
    inside: set[str] = set()
    most, handled = 0, []
    release = asyncio.Event()

    async def handle(claim: Claim) -> None:
        nonlocal most
        inside.add(claim.member)
        most = max(most, len(inside))
        if claim.member == "slow":
            await release.wait()
        handled.append(claim.member)
        inside.discard(claim.member)
        await store.due.feeds.done(claim)

    now = await store.now()
    await store.due.feeds.add("slow", now - timedelta(seconds=9))
    for member in ("a", "b", "c"):
        await store.due.feeds.add(member, now)
    async with working(store, handle):
        await until(lambda: set(handled) == {"a", "b", "c"})
        release.set()
        await until(lambda: "slow" in handled)
    assert most == 2


async def test_a_long_job_keeps_its_claim(store: Store) -> None:
    held: list[bool] = []

    async def handle(claim: Claim) -> None:
        await asyncio.sleep(1.2)
        held.append(await store.due.feeds.done(claim))

    await store.due.feeds.add("long")
    async with working(store, handle):
        await until(lambda: bool(held))
    assert held == [True]


async def test_what_fails_is_due_again_later(store: Store) -> None:
    async def handle(claim: Claim) -> None:
        if claim.member == "later":
            raise RetryLater("busy", after_seconds=100)
        raise ValueError("a bug")

    for member in ("later", "bug"):
        await store.due.feeds.add(member)
    soon = await store.now() + timedelta(seconds=1)
    async with working(store, handle):
        async with asyncio.timeout(10):
            while not all([(await store.due.feeds.find(member) or soon) > soon for member in ("later", "bug")]):
                await asyncio.sleep(0.01)
    now = await store.now()
    later, bug = [await store.due.feeds.find(member) for member in ("later", "bug")]
    assert later
    assert timedelta(seconds=90) < later - now <= timedelta(seconds=100)
    assert bug
    assert timedelta(0) < bug - now <= timedelta(seconds=2)
    await store.set_clock(bug)
    (claim,) = await store.due.feeds.take(1, 60)
    assert (claim.member, claim.attempts) == ("bug", 2)


async def test_D11_at_the_end_what_is_in_hand_is_finished_within_the_grace_else_released(store: Store) -> None:
    started, finished = asyncio.Event(), []

    async def handle(claim: Claim) -> None:
        started.set()
        await asyncio.sleep(0.2 if claim.member == "short" else 60)
        finished.append(claim.member)
        await store.due.feeds.done(claim)

    for member in ("short", "long"):
        await store.due.feeds.add(member)
    async with working(store, handle, loop.Pace(slots=2, lease_seconds=60, grace_seconds=1)):
        await started.wait()
    assert finished == ["short"]
    (claim,) = await store.due.feeds.take(5, 60)
    assert claim.member == "long"
