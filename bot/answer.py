"""Orders become replies in the outbox. An order was stored before it was acknowledged: none is lost (T14, K11)."""

from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot import brief, loop
from bot.deliver import Post
from bot.errors import RetryLater
from bot.model import Delivery, Line, Order, Reply
from bot.store import Claim

log = structlog.get_logger()

PACE = loop.Pace(slots=8, lease_seconds=30, grace_seconds=8)
TRIES = 4
"""An order that fails so often is answered with an apology, and the log says why."""

APOLOGY = "Something went wrong here, and the log says what. Try again, or tell whoever runs this bot."

Answer = Callable[[Order], Awaitable[Reply]]


async def run(post: Post, answer: Answer) -> None:
    """Answer every order of the platforms that are configured here, until cancelled."""
    await loop.work(post.store, post.store.due.orders, partial(answer_one, post, answer), PACE)


async def answer_one(post: Post, answer: Answer, claim: Claim) -> None:
    """Put the answer to the claimed order into the outbox, and end the order, in one step."""
    order = await post.store.orders.load(claim.member)
    if order is None:
        await post.store.due.orders.done(claim)
        return
    reply = await _reply(answer, order, claim)
    delivery = Delivery(
        key=f"reply|{order.key}",
        chat=order.chat,
        parts=post.sender(order.chat).parts(reply, order),
        created_at=await post.store.now(),
        brief_id=reply.brief.id if reply.brief else "",
        asker=order.user,
        told=brief.versions(reply.brief) if reply.brief else (),
    )
    await post.store.orders.finish(claim, order, delivery)


async def _reply(answer: Answer, order: Order, claim: Claim) -> Reply:
    try:
        return await answer(order)
    except RetryLater:
        raise
    except Exception:
        if claim.attempts < TRIES:
            raise
        log.exception("an order failed too often", order=order.key)
        return Reply(lines=(Line(APOLOGY),))
