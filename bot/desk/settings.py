"""What chats set: the topics they follow, when they are briefed, what they may take back."""

from collections.abc import Callable
from dataclasses import replace

from bot import schedule
from bot.desk.answers import House
from bot.desk.chats import next_slot, topic_of
from bot.errors import UsageError
from bot.model import Chat, Order, Timetable
from bot.store import Store

TOPICS = 50


class Settings:
    """The settings of every chat, and what changes them."""

    def __init__(self, store: Store, house: House) -> None:
        self._store = store
        self._house = house

    async def of(self, order: Order) -> Chat:
        """Return the chat's settings, the house's defaults where it set none."""
        return await self._store.chats.find(order.chat) or self._new(order)

    def _new(self, order: Order) -> Chat:
        zone = order.user_zone or self._house.zone
        return Chat(order.chat, order.chat_title, order.chat_kind, zone=zone, timetable=Timetable(zone=zone))

    async def follow(self, order: Order, words: str) -> Chat:
        """Put a topic into the chat's briefings, schedule them if they were not, and return its settings.

        Raises:
            UsageError: The topic is empty or too long, or there are too many.

        """
        topic = topic_of(words)

        def change(chat: Chat) -> Chat:
            topics = tuple(dict.fromkeys((*chat.topics, topic)))
            if len(topics) > TOPICS:
                raise UsageError(
                    f"A chat follows at most {TOPICS} topics. Take one out with `unfollow TOPIC` first."
                )
            return replace(chat, topics=topics, scheduled=order.chat.platform != "console", paused="")

        return await self._change(order, change)

    async def unfollow(self, order: Order, words: str, *, ends: bool = False) -> Chat:
        """Take a topic out of the chat's briefings, which it may end, and return its settings.

        Raises:
            UsageError: The chat does not follow it.

        """
        topic = topic_of(words)
        if topic not in (await self.of(order)).topics:
            raise UsageError(f"This chat does not follow “{topic}”. `following` lists what it does.")

        def change(chat: Chat) -> Chat:
            topics = tuple(known for known in chat.topics if known != topic)
            return replace(chat, topics=topics, scheduled=chat.scheduled and not ends)

        return await self._change(order, change)

    async def schedule(self, order: Order, words: str) -> Chat:
        """Set when the chat is briefed (`08:00 mon-fri Europe/London`, `off`), and return its settings.

        Raises:
            UsageError: The times, days or zone cannot be understood, or the chat is the terminal.

        """
        if order.chat.platform == "console":
            raise UsageError("The terminal is not always there to be written to. Schedule in Telegram or Slack.")
        if words.strip().casefold() == "off":
            return await self._change(order, lambda chat: replace(chat, scheduled=False))

        def change(chat: Chat) -> Chat:
            timetable = schedule.parse_timetable(words, chat.timetable)
            return replace(chat, timetable=timetable, zone=timetable.zone, scheduled=True, paused="")

        return await self._change(order, change)

    async def remember_undo(self, order: Order, action: str) -> None:
        """Keep for a week what takes back the last change of the asker in this chat."""
        await self._store.chats.keep_undo(order.chat, order.user, action)

    async def last_undo(self, order: Order) -> str:
        """Return what takes back the last change of the asker in this chat; "" if there is none."""
        return await self._store.chats.undo(order.chat, order.user)

    async def resume(self, order: Order) -> None:
        """Brief the chat again that was paused because it could not be written to (D8)."""
        if (await self.of(order)).paused:
            await self._change(order, lambda chat: replace(chat, paused=""))

    async def _change(self, order: Order, change: Callable[[Chat], Chat]) -> Chat:
        now = await self._store.now()

        def changed(chat: Chat) -> Chat:
            new = change(chat)
            return replace(new, next_slot_at=next_slot(chat, new, now))

        new = self._new(order)
        facts = {"title": new.title, "kind": new.kind, "zone": new.zone, "timetable": new.timetable}
        return await self._store.chats.change(order.chat, changed, order.key, **facts)
