"""Leased due-sets on the real server."""

from bot.store import Store


async def test_what_is_taken_is_nobody_elses(store: Store) -> None:
    await store.due.feeds.add("1")
    (claim,) = await store.due.feeds.take(5, 60)
    assert claim.member == "1"
    assert await store.due.feeds.take(5, 60) == ()
    assert await store.due.feeds.done(claim)
    assert await store.due.feeds.next_at() is None
