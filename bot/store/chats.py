"""Chats: their settings and their subscription."""

from collections.abc import Callable
from dataclasses import replace

from bot.model import Chat, ChatRef
from bot.store.client import Link
from bot.store.records import moment, pack, stamp, unpack

CHANGED = -1
UNDO_SECONDS = 7 * 24 * 3600


class Chats:
    """The chats that ever gave an order."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def find(self, ref: ChatRef) -> Chat | None:
        """Return the chat as it stands."""
        return (await self._read(ref))[0]

    async def _read(self, ref: ChatRef) -> tuple[Chat | None, str]:
        record, slot, version = await self._link.call("HMGET", f"chat:{ref.key}", "r", "n", "v")
        if record is None:
            return None, "0"
        chat = replace(unpack(Chat, record), ref=ref, next_slot_at=moment(slot) if slot else None)
        return chat, version.decode()

    async def save(self, chat: Chat, op_id: str = "") -> bool:
        """Replace what is known of the chat and when it is due; False if this operation was done before.

        Use `change` where what is saved depends on what was there.
        """
        return await self._save(chat, op_id, "") == 1

    async def change(self, ref: ChatRef, change: Callable[[Chat], Chat], op_id: str = "", **facts: object) -> Chat:
        """Save what `change` makes of the chat, whoever else changes it meanwhile, and return it.

        An operation done before changes nothing.
        """
        while True:
            found, version = await self._read(ref)
            if found and op_id and await self._link.call("HEXISTS", "ops", op_id):
                return found
            chat = change(found or replace(Chat(ref), **facts))  # type: ignore[arg-type]  # fields of Chat
            done = await self._save(chat, op_id, version)
            if done != CHANGED:
                return chat if done else found or chat

    async def _save(self, chat: Chat, op_id: str, version: str) -> int:
        waits = chat.scheduled and not chat.paused and chat.next_slot_at is not None
        slot = stamp(chat.next_slot_at) if waits and chat.next_slot_at else ""
        record = pack(replace(chat, next_slot_at=None))
        return int(await self._link.run("chat_save", chat.ref.key, record, slot, op_id, version))

    async def keep_undo(self, ref: ChatRef, user: str, action: str) -> None:
        """Keep the order that takes back the user's last change in the chat; of no value after a week."""
        await self._link.call("SET", f"undo:{ref.key}|{user}", action, "EX", UNDO_SECONDS)

    async def undo(self, ref: ChatRef, user: str) -> str:
        """Return that order; "" if there is none."""
        return (await self._link.call("GET", f"undo:{ref.key}|{user}") or b"").decode()

    async def all(self) -> tuple[Chat, ...]:
        """Return every chat, by key."""
        keys = sorted(key.decode() for key in await self._link.call("SMEMBERS", "chats"))
        found = [await self.find(ChatRef.from_key(key)) for key in keys]
        return tuple(chat for chat in found if chat)

    async def move(self, old: ChatRef, new: ChatRef) -> int:
        """Move everything of a chat and its threads to its new id in one step, and return how many moved (T8)."""
        return int(await self._link.run("chat_move", f"{old.platform}:{old.id}", f"{new.platform}:{new.id}"))

    async def pause(self, ref: ChatRef, why: str) -> Chat | None:
        """Keep the chat but brief it no more until somebody saves it with `paused` empty (D8)."""
        if not await self.find(ref):
            return None
        return await self.change(ref, lambda chat: replace(chat, paused=why))
