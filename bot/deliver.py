"""The last loop: due subscriptions become deliveries in the outbox, due deliveries are sent part by part."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot import brief, chart, loop
from bot.errors import ChatGone, ChatMoved, GaveUp, MaybeSent, RetryLater
from bot.model import Briefing, Chat, ChatRef, Delivery, Line, Order, Outgoing, Part, Platform, Reply
from bot.schedule import last_slot, next_slot
from bot.store import Claim, Store
from bot.workers import Workers

log = structlog.get_logger()

SEND_PACE = loop.Pace(slots=100, lease_seconds=45, grace_seconds=8)
BRIEF_PACE = loop.Pace(slots=4, lease_seconds=60, grace_seconds=8)
SHORT_WAIT_SECONDS = 2.5
"""For so long a slot is held while a chat's limit runs; a longer wait goes back into the due-set."""
LONGEST_BACKOFF_SECONDS = 300.0
GIVE_UP_AFTER = timedelta(days=1)
LATE_AFTER = timedelta(minutes=5)
NIGHT_BEGINS, NIGHT_ENDS = 22, 7


class Sender(Protocol):
    """A platform, as far as deliveries need it. Raises RetryLater, MaybeSent, GaveUp, ChatGone or ChatMoved."""

    def parts(self, message: Outgoing, order: Order | None) -> tuple[Part, ...]:
        """Return the message as parts, each of which the platform takes as one; a correction's mostly edit."""

    async def send(self, delivery: Delivery, part: Part) -> str:
        """Post the part and return the platform's id of it."""

    async def edit(self, delivery: Delivery, part: Part, message_id: str) -> None:
        """Put the part in place of a message."""


Senders = Mapping[Platform, Sender]


@dataclass(frozen=True, slots=True)
class Post:
    """What delivering needs: the store, every platform that is configured, and workers that draw charts."""

    store: Store
    senders: Senders
    workers: Workers

    def sender(self, ref: ChatRef) -> Sender:
        """Return the sender of the chat's platform.

        Raises:
            RetryLater: The platform is not configured here; another process may have it.

        """
        sender = self.senders.get(ref.platform)
        if sender is None:
            raise RetryLater(f"{ref.platform} is not configured here", LONGEST_BACKOFF_SECONDS)
        return sender


# ---------------------------------------------------------------- subscriptions


async def run_subscriptions(post: Post, make: Callable[[Chat, datetime], Awaitable[Briefing]]) -> None:
    """Brief every subscription that is due, until cancelled; `make` makes a chat's briefing for a slot."""
    await loop.work(post.store, post.store.due.subscriptions, partial(brief_chat, post, make), BRIEF_PACE)


async def brief_chat(post: Post, make: Callable[[Chat, datetime], Awaitable[Briefing]], claim: Claim) -> None:
    """Put the briefing of a chat's last slot into its outbox and make its next slot due, in one step (D2, D5)."""
    chat, now = await post.store.chats.find(ChatRef.from_key(claim.member)), await post.store.now()
    if chat is None or chat.paused or not chat.scheduled:
        await post.store.due.subscriptions.done(claim)
        return
    sender = post.sender(chat.ref)
    slot = last_slot(chat.timetable, now)
    briefing = timed(await make(chat, slot), chat, now)
    made = briefing.brief
    parts = sender.parts(briefing, None)
    key = f"briefing|{chat.ref.key}|{slot.isoformat()}"
    delivery = Delivery(key, chat.ref, parts, now, made.id, told=brief.versions(made))
    await post.store.outbox.brief_slot(claim, chat, delivery, next_slot(chat.timetable, now), brief.told(made))


def timed(briefing: Briefing, chat: Chat, now: datetime) -> Briefing:
    """Return the briefing as it goes out now: saying so if it is late (D5), silent at night (T13)."""
    local, slot = (moment.astimezone(ZoneInfo(chat.timetable.zone)) for moment in (now, briefing.slot_at))
    day = "" if slot.date() == local.date() else f" on {slot.day} {slot:%B}"
    late = f"Late: this briefing was due at {slot:%H:%M}{day}." if now - briefing.slot_at > LATE_AFTER else ""
    night = local.hour >= NIGHT_BEGINS or local.hour < NIGHT_ENDS
    return replace(briefing, late=briefing.late or late, silent=briefing.silent or night)


# ---------------------------------------------------------------- deliveries


async def run_deliveries(post: Post) -> None:
    """Send every delivery that is due, chats side by side and each in its order, until cancelled (D7)."""
    await loop.work(post.store, post.store.due.deliveries, partial(deliver, post), SEND_PACE)


async def deliver(post: Post, claim: Claim) -> None:
    """Send what is open of a delivery, part by part; stop where a part has to wait or the chat is gone."""
    delivery = await post.store.outbox.resume(claim)
    if delivery is None:
        return
    sender = post.sender(delivery.chat)
    for place, part in enumerate(delivery.parts):
        if part.state != "pending":
            continue
        if not await _deliver_part(post, sender, claim, delivery, place):
            return
        # loaded anew, for a part may follow up on one sent before
        delivery = await post.store.outbox.load(delivery.key) or delivery


async def _deliver_part(post: Post, sender: Sender, claim: Claim, delivery: Delivery, place: int) -> bool:
    """Send one part and record what became of it; true if the next one may follow."""
    outbox = post.store.outbox
    part = await _drawn(post.workers, delivery.parts[place])
    if not await _turn(post.store, claim, delivery, place) or not await outbox.start(claim, place):
        return False
    try:
        message_id = await _post(sender, delivery, part)
    except asyncio.CancelledError:
        log.warning("cut off; nobody knows whether it was sent", delivery=delivery.key, part=place)
        await asyncio.shield(outbox.unknown(claim, place, "cut off when the bot stopped"))
        raise
    except (RetryLater, MaybeSent, GaveUp, ChatGone) as error:
        log.warning("not sent", delivery=delivery.key, part=place, kind=type(error).__name__, why=str(error))
        return await _not_sent(post, claim, delivery, place, error)
    await outbox.sent(claim, place, message_id)
    return True


async def _turn(store: Store, claim: Claim, delivery: Delivery, place: int) -> bool:
    """Return true once the chat's limits allow a send; false if that takes long: the part was put back (T12)."""
    chat = delivery.chat
    group = chat.platform == "telegram" and chat.id.startswith("-")
    while wait := await store.limits.take(chat.platform, chat.id, group):
        if wait > SHORT_WAIT_SECONDS:
            await store.outbox.retry(claim, place, await store.now() + timedelta(seconds=wait), "")
            return False
        await asyncio.sleep(wait)
    return True


async def _drawn(workers: Workers, part: Part) -> Part:
    """Return the part with its chart as a picture; one that cannot be drawn goes out in words."""
    if part.attachment is None or part.attachment.chart is None:
        return part
    try:
        content = await workers.run(chart.draw, part.attachment.chart)
    except GaveUp as error:
        log.warning("a chart goes out in words", why=str(error))
        return replace(part, attachment=None)
    return replace(part, attachment=replace(part.attachment, content=content))


async def _post(sender: Sender, delivery: Delivery, part: Part) -> str:
    if not part.edits:
        return await sender.send(delivery, part)
    try:
        await sender.edit(delivery, part, part.edits)
    except MaybeSent as error:  # an edit may be repeated
        raise RetryLater(str(error), 2) from error
    return part.edits


async def _not_sent(
    post: Post, claim: Claim, delivery: Delivery, place: int, error: RetryLater | MaybeSent | GaveUp | ChatGone
) -> bool:
    outbox, why = post.store.outbox, str(error)
    match error:
        case RetryLater():
            await _put_back(post.store, claim, delivery, place, error)
            return False
        case ChatMoved():
            await post.store.chats.move(delivery.chat, replace(delivery.chat, id=error.new_chat_id, thread=""))
            await outbox.retry(claim, place, await post.store.now(), why)
            return False
        case ChatGone():
            await _pause(post, delivery.chat, why)
            await outbox.failed(claim, place, why, rest=True)
            return False
        case MaybeSent():
            return await outbox.unknown(claim, place, why)
        case _:
            return await outbox.failed(claim, place, why)


async def _put_back(store: Store, claim: Claim, delivery: Delivery, place: int, error: RetryLater) -> None:
    """Try a part again after the wait asked for, at least after a backoff that doubles; for a day at most."""
    now = await store.now()
    if now - delivery.created_at > GIVE_UP_AFTER:
        await store.outbox.failed(claim, place, f"gave up after a day: {error}", rest=True)
        return
    wait = max(error.after_seconds, min(2.0 ** (claim.attempts - 1), LONGEST_BACKOFF_SECONDS))
    await store.limits.hold(delivery.chat.platform, delivery.chat.id, wait)
    await store.outbox.retry(claim, place, now + timedelta(seconds=wait), str(error))


async def _pause(post: Post, ref: ChatRef, why: str) -> None:
    """Pause what a gone chat ordered, keep it, and tell the owner once (D8)."""
    before = await post.store.chats.find(ref)
    if before is None or before.paused:
        return
    await post.store.chats.pause(ref, why)
    await tell_owner(post, f"gone|{ref.key}|{before.next_slot_at}", _gone(before, why))


def _gone(chat: Chat, why: str) -> Reply:
    name = f"{chat.title} " if chat.title else ""
    return Reply(
        (
            Line(f"{name}({chat.ref.platform} {chat.ref.id}) cannot be written to: {why.rstrip('.')}."),
            Line(
                "Its settings are kept and its briefings paused. They go on when somebody there says `start`.",
                "note",
            ),
        )
    )


async def tell_owner(post: Post, key: str, message: Reply) -> None:
    """Put a message to the owner into the outbox, once for each key, if there is an owner on a platform here."""
    platform, _, user = (await post.store.access.owner()).partition(":")
    sender = post.senders.get(platform)  # type: ignore[call-overload]  # an owner of the console has no sender
    if sender is not None:
        ref = ChatRef.from_key(f"{platform}:{user}")
        parts = sender.parts(message, None)
        await post.store.outbox.enqueue(Delivery(key, ref, parts, await post.store.now()))
