"""One way to work off a due-set: claim what is due, handle it side by side, and outlive every failure."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.errors import RetryLater, StoreAway
from bot.store import Claim, DueSet, Store

log = structlog.get_logger()

LONGEST_BACKOFF_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How a loop works: claims in hand at once, how long a claim is held unrenewed, and its grace at the end."""

    slots: int
    lease_seconds: float = 60.0
    grace_seconds: float = 0.0


async def work(store: Store, due: DueSet, handle: Callable[[Claim], Awaitable[None]], pace: Pace) -> None:
    """Hand every due member to `handle`, side by side, until cancelled.

    `handle` ends its claim itself, in the script that commits its work. What it raises is logged and the claim is
    due again later. While the store is away nothing is claimed, and work goes on when it is back (D12). Cancelled,
    the loop finishes what is in hand within the grace and releases the rest (D11).
    """
    running: set[asyncio.Task[None]] = set()
    try:
        while True:
            try:
                await _step(store, due, handle, pace, running)
            except StoreAway as error:
                log.warning("waiting for the store", why=str(error))
                await store.back()
    finally:
        if running:
            await asyncio.wait(running, timeout=pace.grace_seconds)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _step(
    store: Store,
    due: DueSet,
    handle: Callable[[Claim], Awaitable[None]],
    pace: Pace,
    running: set[asyncio.Task[None]],
) -> None:
    if len(running) >= pace.slots:
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        return
    claims = await due.take(pace.slots - len(running), pace.lease_seconds)
    for claim in claims:
        task = asyncio.create_task(_handled(store, due, handle, claim, pace.lease_seconds))
        running.add(task)
        task.add_done_callback(running.discard)
    if not claims:
        await due.wait()


async def _handled(
    store: Store, due: DueSet, handle: Callable[[Claim], Awaitable[None]], claim: Claim, lease_seconds: float
) -> None:
    renewing = asyncio.create_task(_renew(due, claim, lease_seconds))
    try:
        seconds = await _seconds_to_wait(handle, claim, due.name)
        if seconds is not None:
            await due.retry(claim, await store.now() + timedelta(seconds=seconds))
    except asyncio.CancelledError:
        await due.release(claim)
        raise
    except StoreAway as error:
        log.warning("the store went away; the lease will bring it back", due=due.name, why=str(error))
    finally:
        renewing.cancel()


async def _seconds_to_wait(handle: Callable[[Claim], Awaitable[None]], claim: Claim, name: str) -> float | None:
    """Return in how many seconds the claim is due again, None where `handle` ended it."""
    try:
        await handle(claim)
    except StoreAway:
        raise
    except RetryLater as error:
        return error.after_seconds
    except Exception:
        log.exception("failed; it is tried again", due=name, member=claim.member)
        return min(2.0**claim.attempts, LONGEST_BACKOFF_SECONDS)
    return None


async def _renew(due: DueSet, claim: Claim, lease_seconds: float) -> None:
    while True:
        await asyncio.sleep(lease_seconds / 3)
        with contextlib.suppress(StoreAway):
            await due.renew(claim, lease_seconds)
