"""Orders are answered once, through the outbox, whatever fails on the way (T14, K11)."""

from datetime import UTC, datetime

import pytest

from bot import answer
from bot.deliver import Post
from bot.errors import MaybeSent, RetryLater
from bot.model import ChatRef, Delivery, Line, Order, Outgoing, Part, Reply
from bot.store import Claim, Store
from bot.workers import Workers

NOON = datetime(2025, 4, 1, 12, tzinfo=UTC)
ORDER = Order("telegram:update:7", ChatRef("telegram", "5"), "1", "draft", NOON)


class Paper:
    """A platform that takes everything."""

    def parts(self, message: Outgoing, order: Order | None) -> tuple[Part, ...]:
        assert isinstance(message, Reply)
        return (Part({"text": message.lines[0].text}),)

    async def send(self, delivery: Delivery, part: Part) -> str:
        raise MaybeSent("not in this test")

    async def edit(self, delivery: Delivery, part: Part, message_id: str) -> None:
        raise MaybeSent("not in this test")


async def echo(order: Order) -> Reply:
    return Reply((Line(order.text.upper()),))


@pytest.fixture
async def claim(store: Store) -> Claim:
    assert await store.orders.accept(ORDER)
    (taken,) = await store.due.orders.take(1, 60)
    return taken


async def test_an_answer_goes_into_the_outbox_and_ends_the_order(store: Store, claim: Claim) -> None:
    await answer.answer_one(Post(store, {"telegram": Paper()}, Workers()), echo, claim)
    delivery = await store.outbox.load("reply|telegram:update:7")
    assert delivery
    assert (delivery.parts[0].payload, delivery.asker) == ({"text": "DRAFT"}, "1")
    assert await store.due.orders.size() == 0
    assert not await store.orders.accept(ORDER)


async def test_T10_a_claim_on_an_answered_order_does_nothing(store: Store, claim: Claim) -> None:
    post = Post(store, {"telegram": Paper()}, Workers())
    await answer.answer_one(post, echo, claim)
    await store.due.orders.add(ORDER.key)
    (again,) = await store.due.orders.take(1, 60)
    await answer.answer_one(post, echo, again)
    assert await store.due.orders.size() == 0


async def test_an_order_of_a_platform_that_runs_elsewhere_waits(store: Store, claim: Claim) -> None:
    with pytest.raises(RetryLater, match="telegram is not configured here"):
        await answer.answer_one(Post(store, {}, Workers()), echo, claim)


async def test_a_passing_failure_is_tried_again(store: Store, claim: Claim) -> None:
    async def busy(order: Order) -> Reply:
        raise RetryLater("busy", 1)

    with pytest.raises(RetryLater):
        await answer.answer_one(Post(store, {"telegram": Paper()}, Workers()), busy, claim)
    assert await store.outbox.load("reply|telegram:update:7") is None


async def test_a_bug_is_tried_again_and_at_last_apologised_for(store: Store, claim: Claim) -> None:
    async def broken(order: Order) -> Reply:
        raise ValueError("a bug")

    post, taken = Post(store, {"telegram": Paper()}, Workers()), claim
    for _ in range(answer.TRIES - 1):
        with pytest.raises(ValueError, match="a bug"):
            await answer.answer_one(post, broken, taken)
        await store.due.orders.retry(taken, await store.now())
        (taken,) = await store.due.orders.take(1, 60)
    await answer.answer_one(post, broken, taken)
    delivery = await store.outbox.load("reply|telegram:update:7")
    assert delivery
    assert delivery.parts[0].payload == {"text": answer.APOLOGY}
