"""Orders on the real server."""

from bot.store import Store
from tests.bot.store.examples import delivery, order


async def test_T10_K6_an_order_seen_twice_is_accepted_once(store: Store) -> None:
    assert await store.orders.accept(order(1))
    assert not await store.orders.accept(order(1))
    (claim,) = await store.due.orders.take(9, 60)
    assert await store.orders.load(claim.member) == order(1)
    assert await store.orders.finish(claim, order(1), None)
    assert not await store.orders.accept(order(1)), "nor after it was answered"


async def test_an_order_is_answered_in_the_step_that_ends_it(store: Store) -> None:
    await store.orders.accept(order(1))
    (claim,) = await store.due.orders.take(1, 60)
    assert await store.orders.finish(claim, order(1), delivery("reply|1"))
    assert await store.orders.load(claim.member) is None
    assert await store.due.orders.size() == 0
    assert [one.member for one in await store.due.deliveries.take(9, 60)] == ["reply|1"]


async def test_T14_an_order_whose_answerer_died_is_answered_by_another_and_once(store: Store) -> None:
    await store.orders.accept(order(1))
    (dead,) = await store.due.orders.take(1, 0)
    (alive,) = await store.due.orders.take(1, 60)
    assert not await store.orders.finish(dead, order(1), delivery("reply|1"))
    assert await store.orders.finish(alive, order(1), delivery("reply|1"))
    assert await store.orders.finish(alive, order(1), delivery("reply|1")), "D13: its answer may have been lost"
    assert len(await store.outbox.list("pending")) == 1


async def test_what_was_never_ordered_is_none(store: Store) -> None:
    assert await store.orders.load("telegram:update:9") is None
