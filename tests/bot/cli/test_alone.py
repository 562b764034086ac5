"""What one process at a time may do: fetch a platform's updates."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.cli import running
from bot.store import Store


class Fetching:
    """Counts who fetches at the moment."""

    def __init__(self) -> None:
        self.now = 0
        self.begun = 0

    async def poll(self) -> None:
        self.now += 1
        self.begun += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.now -= 1


@asynccontextmanager
async def process(store: Store, fetching: Fetching) -> AsyncIterator[None]:
    task = asyncio.create_task(running._alone(store, {"telegram": fetching.poll}))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


async def test_T11_of_two_processes_one_fetches_and_the_other_takes_over(store: Store) -> None:
    first, second = Fetching(), Fetching()
    async with process(store, second):
        async with process(store, first):
            await until(lambda: first.now + second.now == 1)
            await asyncio.sleep(0.2)
            assert first.now + second.now == 1
        await until(lambda: second.now == 1)
    assert first.now == second.now == 0


async def test_T11_a_process_that_lost_its_claim_stops_fetching(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SINGLE_LEASE_SECONDS", 0.6)
    fetching = Fetching()
    async with process(store, fetching):
        await until(lambda: fetching.now == 1)
        await store.due.free(["singles"])  # as if it had slept through its lease
        (taken,) = await store.due.singles.take(1, 30)
        await until(lambda: fetching.now == 0)
        await store.due.singles.release(taken)
        await until(lambda: fetching.begun == 2)
