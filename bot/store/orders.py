"""Orders received: stored before they are acknowledged, answered once."""

from bot.model import Delivery, Order
from bot.store.client import Link
from bot.store.due import Claim
from bot.store.outbox import enqueued
from bot.store.records import pack, unpack


class Orders:
    """What people typed and pressed."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def accept(self, order: Order) -> bool:
        """Store the order and make it due in one step; False if it was seen before (T10, K6)."""
        return bool(await self._link.run("accept", order.key, pack(order)))

    async def load(self, key: str) -> Order | None:
        """Return the order while it is unanswered."""
        record = await self._link.call("HGET", f"ord:{key}", "r")
        return None if record is None else unpack(Order, record)

    async def finish(self, claim: Claim, order: Order, delivery: Delivery | None) -> bool:
        """Put the answer into the outbox and end the order in one step; False if the claim is no longer ours."""
        answer = enqueued(delivery) if delivery else ()
        return bool(await self._link.run("finish", order.key, claim.token, *answer))
