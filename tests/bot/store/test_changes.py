"""The stream of changed stories on the real server."""

import asyncio
from datetime import timedelta

from bot.store import Row, Store
from tests.bot.store.examples import NOON, filed

TEXT = "Fog delayed 40 to 50 passengers.\nBy Ann Oak"


async def test_a_reader_gets_each_changed_story_once_and_reads_on_from_there(store: Store) -> None:
    assert await store.changes.read() == ("0-0", ())
    await filed(store, 1, "ferry")
    await filed(store, 2, "ferry", story=1, group=1)
    await filed(store, 3, "budget")
    after, rows = await store.changes.read()
    text = f"Ferry 1 delayed\n{TEXT}\fFerry 2 delayed\n{TEXT}"
    assert rows == (
        Row(1, "Ferry 1 delayed", text, NOON, witnesses=1),
        Row(2, "Ferry 3 delayed", f"Ferry 3 delayed\n{TEXT}", NOON, witnesses=1),
    )
    assert after == await store.changes.last()
    assert await store.changes.read(after) == (after, ())


async def test_a_story_is_ranked_by_the_witnesses_that_its_brief_counts(store: Store) -> None:
    for number, (outlet, group) in enumerate((("One", 0), ("Two", 1), ("Three", 1), ("Four", 0), ("Four", 0)), 1):
        await filed(store, number, "ferry", story=min(1, number - 1), group=group, outlet=outlet)
    (row,) = await store.changes.rows([1])
    assert row.witnesses == 2  # a report in three outlets, and an outlet that tells it twice


async def test_a_merged_story_is_gone(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "harbour")
    after = await store.changes.last()
    await store.stories.merge(1, 2)
    _, rows = await store.changes.read(after)
    assert [(row.story_id, row.gone) for row in rows] == [(1, False), (2, True)]


async def test_a_reader_may_wait_for_a_change(store: Store) -> None:
    assert await store.changes.read(block_ms=20) == ("0-0", ())
    waiting = asyncio.create_task(store.changes.read(block_ms=5000))
    await asyncio.sleep(0.05)
    await filed(store, 1, "ferry")
    _, rows = await asyncio.wait_for(waiting, 5)
    assert [row.story_id for row in rows] == [1]


async def test_an_index_learns_that_it_missed_changes(store: Store) -> None:
    assert await store.changes.last() == "0-0"
    assert not await store.changes.missed("0-0")
    await filed(store, 1, "ferry", at=NOON + timedelta(hours=1))
    await filed(store, 2, "harbour")
    last = await store.changes.last()
    await store.link.call("XTRIM", "changes", "MAXLEN", "=", 1)
    assert await store.changes.missed("0-0")
    assert not await store.changes.missed(last)
