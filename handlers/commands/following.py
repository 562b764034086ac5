"""The orders about what a chat gets, and when."""

from zoneinfo import ZoneInfo

from bot.desk import Desk
from bot.model import Button, Chat, Order, Reply
from bot.schedule import timetable_words
from handlers.commands.words import UNDO, say


async def follow(desk: Desk, order: Order, rest: str) -> Reply:
    """Put a topic into the chat's briefings."""
    before = await desk.settings.of(order)
    chat = await desk.settings.follow(order, rest)
    undo = "unfollowed" if chat.scheduled and not before.scheduled else "unfollow"
    return say(f"Following {_list(chat)}. {_when(chat)}", buttons=(Button(UNDO, f"{undo} {rest}", changes=True),))


async def unfollow(desk: Desk, order: Order, rest: str, *, ends: bool = False) -> Reply:
    """Take a topic out of the chat's briefings, which it may end."""
    chat = await desk.settings.unfollow(order, rest, ends=ends)
    return say(
        f"No longer following {rest}. Following {_list(chat)}. {_when(chat)}",
        buttons=(Button(UNDO, f"follow {rest}", changes=True),),
    )


async def following(desk: Desk, order: Order, rest: str) -> Reply:
    """Return the topics of the chat, and when it is briefed next."""
    chat = await desk.settings.of(order)
    return say(f"Following {_list(chat)}. {_when(chat)}")


async def schedule(desk: Desk, order: Order, rest: str) -> Reply:
    """Set when the chat is briefed."""
    before = await desk.settings.of(order)
    chat = await desk.settings.schedule(order, rest)
    if not before.scheduled and not chat.scheduled:
        return say(_when(chat))
    undo = f"schedule {timetable_words(before.timetable)}" if before.scheduled else "schedule off"
    return say(_when(chat), buttons=(Button(UNDO, undo, changes=True),))


async def stop(desk: Desk, order: Order, rest: str) -> Reply:
    """End the chat's briefings."""
    return await schedule(desk, order, "off")


def _list(chat: Chat) -> str:
    return ", ".join(chat.topics) or ("no topic: you get the top stories" if chat.scheduled else "no topic")


def _when(chat: Chat) -> str:
    if chat.ref.platform == "console":
        return "A terminal is sent no briefings: `brief` prints one; Telegram and Slack chats get theirs on time."
    if chat.next_slot_at is None:
        return "No briefing is scheduled; say `schedule 08:00 Europe/London` for one every day."
    at = chat.next_slot_at.astimezone(ZoneInfo(chat.timetable.zone))
    return f"The next briefing comes on {at:%A %-d %B at %H:%M} ({timetable_words(chat.timetable)})."
