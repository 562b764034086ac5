"""The one clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.store import Store, open_store
from bot.store.clock import parse
from tests.bot.store.examples import NOON


async def test_the_clock_shows_the_servers_time_until_it_is_set_and_runs_on_from_there(store: Store) -> None:
    seconds, _ = await store.link.call("TIME")
    real = await store.now()
    assert 0 <= (real - datetime.fromtimestamp(int(seconds), UTC)).total_seconds() < 5
    await store.set_clock(NOON)
    first, second = await store.now(), await store.now()
    assert NOON <= first < second < NOON + timedelta(seconds=5)
    await store.set_clock(None)
    assert await store.now() > real


async def test_every_user_sees_one_clock_and_opening_may_set_it(store: Store, store_data: Path) -> None:
    async with open_store(data=store_data, clock="2025-03-31T06:59:30+01:00") as other:
        shown = datetime(2025, 3, 31, 5, 59, 30, tzinfo=UTC)
        assert shown <= await other.now() < shown + timedelta(seconds=5)
        assert shown <= await store.now() < shown + timedelta(seconds=5)


@pytest.mark.parametrize(("written", "says"), [(99, "newer Nutgraf"), (1, "earlier Nutgraf.*export")])
async def test_a_store_written_by_another_release_is_refused(
    store: Store, store_data: Path, written: int, says: str
) -> None:
    await store.link.call("SET", "format", written)
    with pytest.raises(UsageError, match=says):
        async with open_store(data=store_data):
            pass
    await store.link.call("DEL", "format")


@pytest.mark.parametrize(
    "text", ["tomorrow", "2025-03-31T06:59:30", "25-3-1", "0001-01-01T00:00+00:00", "9999-12-31T23:59:59+00:00"]
)
def test_a_clock_that_is_no_moment_is_explained(text: str) -> None:
    with pytest.raises(UsageError, match="with the zone"):
        parse(text)
