"""Deliveries: each stored before it is sent, sent once, part by part.

A part goes pending -> sending -> sent | unknown | failed. A cut or timed-out send is `unknown` and is not repeated
(D3). A part found `sending` when its delivery is taken anew belonged to a process that died: it is sent again,
because nothing may be lost (D4).
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import msgpack

from bot.model import Chat, ChatRef, Delivery, Part, PartState, Told
from bot.store.client import Link
from bot.store.due import Claim
from bot.store.records import pack, stamp, unpack

STATES: dict[str, PartState] = {"p": "pending", "g": "sending", "s": "sent", "u": "unknown", "f": "failed"}
LISTED = 1000


def enqueued(delivery: Delivery) -> Iterator[str | bytes | int]:
    """Yield what `out_enqueue` in `outbox.lua` reads."""
    buttons = [pair for part in delivery.parts for pair in part.buttons.items()]
    record = pack(_with_files(delivery, zlib.compress))
    yield from (delivery.key, delivery.chat.key, record, len(delivery.parts), len(buttons))
    for token, action in buttons:
        yield token
        yield action
    yield len(delivery.told)
    for story_id, version in delivery.told:
        yield story_id
        yield version


def told_words(told: Mapping[int, Told]) -> Iterator[int | bytes]:
    """Yield story and what was told of it, in turn, as `slot.lua` and `tell.lua` read them."""
    for story_id, what in told.items():
        yield story_id
        yield pack(what)


class Outbox:
    """The deliveries of every chat, in order; one chat's wait is nobody else's (D7)."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def enqueue(self, delivery: Delivery) -> bool:
        """Store and queue the delivery; False if its key was used before (D2)."""
        return bool(await self._link.run("enqueue", *enqueued(delivery)))

    async def load(self, key: str) -> Delivery | None:
        """Return the delivery as it stands."""
        fields = await self._link.call("HGETALL", f"out:{key}")
        return _delivery(fields) if fields else None

    async def resume(self, claim: Claim) -> Delivery | None:
        """Return the claimed delivery with what is to be sent `pending`; None if nothing is, or it is not ours."""
        ours = await self._link.run("resume", claim.member, claim.token)
        return await self.load(claim.member) if ours else None

    async def start(self, claim: Claim, part: int) -> bool:
        """Mark the part as being sent; False if it is settled or the claim is not ours: do not send it."""
        return await self._set(claim, part, "g")

    async def sent(self, claim: Claim, part: int, message_id: str) -> bool:
        """Mark the part as sent. After its last open part the delivery is done and the chat's next one due."""
        return await self._set(claim, part, "s", message_id)

    async def retry(self, claim: Claim, part: int, at: datetime, why: str) -> bool:
        """Put back a part that was certainly not sent; it, and all after it in this chat, waits until `at`."""
        return await self._set(claim, part, "p", "", why, stamp(at))

    async def unknown(self, claim: Claim, part: int, why: str) -> bool:
        """Mark a part whose send was cut off: shown to the operator, not repeated (D3)."""
        return await self._set(claim, part, "u", "", why)

    async def failed(self, claim: Claim, part: int, why: str, *, rest: bool = False) -> bool:
        """Mark a part that cannot be sent; with `rest` all parts after it, too."""
        return await self._set(claim, part, "f", "", why, "", int(rest))

    async def _set(self, claim: Claim, part: int, state: str, *facts: str | float) -> bool:
        """`facts`: message id, error, next time, whether what comes after it shares the state."""
        words = (*facts, *("", "", "", 0)[len(facts) :])
        return bool(await self._link.run("part", claim.member, claim.token, part, state, *words))

    async def button(self, token: str) -> tuple[str, Delivery] | None:
        """Return the order a button stands for and the delivery that carried it."""
        record = await self._link.call("GET", f"btn:{token}")
        if record is None:
            return None
        key, action = msgpack.unpackb(record)
        delivery = await self.load(key)
        return None if delivery is None else (action, delivery)

    async def carrying(self, story_id: int) -> tuple[Delivery, ...]:
        """Return the deliveries that told the story or an earlier one of its saga, oldest first."""
        found = [await self.load(key.decode()) for key in await self._link.run("carrying", story_id)]
        return tuple(sorted((one for one in found if one), key=lambda one: (one.created_at, one.key)))

    async def brief_slot(
        self,
        claim: Claim,
        chat: Chat,
        delivery: Delivery | None,
        next_slot_at: datetime | None,
        told: Mapping[int, Told] = MappingProxyType({}),
    ) -> bool:
        """Commit a slot in one step: the briefing enters the outbox, what it tells is told, the next slot is due.

        False if the claim on `due.subscriptions` is no longer ours; then nothing was done.
        """
        next_at = "" if next_slot_at is None else stamp(next_slot_at)
        briefing = enqueued(delivery) if delivery else ()
        words = (chat.ref.key, claim.token, next_at, len(told), *told_words(told), *briefing)
        return bool(await self._link.run("slot", *words))

    async def list(self, state: PartState) -> tuple[Delivery, ...]:
        """Return the deliveries with a part in this state, newest first."""
        index = "trouble" if state in ("unknown", "failed") else "outs"
        keys = await self._link.call("ZRANGE", index, 0, LISTED - 1, "REV")
        found = [await self.load(key.decode()) for key in keys]
        return tuple(one for one in found if one and any(part.state == state for part in one.parts))


def _with_files(delivery: Delivery, made: Callable[[bytes], bytes]) -> Delivery:
    """Return the delivery with what `made` makes of the content of its files."""
    return replace(delivery, parts=tuple(_with_file(part, made) for part in delivery.parts))


def _with_file(part: Part, made: Callable[[bytes], bytes]) -> Part:
    file = part.attachment
    return replace(part, attachment=replace(file, content=made(file.content))) if file and file.content else part


def _delivery(fields: dict[bytes, bytes]) -> Delivery:
    delivery = _with_files(unpack(Delivery, fields[b"r"]), zlib.decompress)
    parts = (
        replace(
            part,
            state=STATES[state],
            message_id=fields.get(b"m%d" % place, b"").decode(),
            error=fields.get(b"e%d" % place, b"").decode(),
        )
        for place, (part, state) in enumerate(zip(delivery.parts, fields[b"s"].decode(), strict=True))
    )
    return replace(delivery, chat=ChatRef.from_key(fields[b"c"].decode()), parts=tuple(parts))
