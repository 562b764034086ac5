"""What orders make of a chat's settings, and whom they name. Pure."""

from datetime import datetime

from bot import extract, schedule
from bot.errors import UsageError
from bot.model import Chat, ChatRef, Order

TOPIC_LENGTH = 100


def next_slot(before: Chat, after: Chat, now: datetime) -> datetime | None:
    """Return when a changed chat is briefed next: a slot that is due and not yet briefed stays due (D5)."""
    if not after.scheduled or after.paused:
        return None
    slot = schedule.next_slot(after.timetable, now)
    waits = before.scheduled and not before.paused and before.timetable == after.timetable
    return min(slot, before.next_slot_at) if waits and before.next_slot_at else slot


def topic_of(words: str) -> str:
    """Return the topic that words name, as it is kept: without what nobody sees.

    Raises UsageError for none and for too long a one.
    """
    topic = " ".join(extract.clean(words).split()).casefold()
    if not topic:
        raise UsageError("Say which topic, for instance `follow draft`.")
    if len(topic) > TOPIC_LENGTH:
        raise UsageError(f"A topic has at most {TOPIC_LENGTH} characters. Say it in fewer words.")
    return topic


def guest_named(who: str, order: Order) -> tuple[str, str | ChatRef]:
    """Return how a guest is called, and whom that lets in: a person by name, or the chat of the order."""
    who = who.strip()
    if who == "here":
        return "This chat", order.chat
    if not who:
        raise UsageError("Say whom: `allow telegram:12345` for a person, `allow here` for this chat.")
    name = who if ":" in who else f"{order.chat.platform}:{who}"
    return name, name
