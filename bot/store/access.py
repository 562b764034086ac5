"""Who may talk to the bot: its owner, and whom the owner let in (S15)."""

import secrets

from bot.model import ChatRef
from bot.store.client import Link

CODE_DIGITS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


class Access:
    """The owner, the claim code that makes one, and the guests: users and chats, as `platform:id`."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def owner(self) -> str:
        """Return the owner as he claimed; empty while nobody did."""
        return _text(await self._link.call("GET", "access:owner"))

    async def claim_code(self) -> str:
        """Return the code that makes its first user the owner; the same one until it is used."""
        code = "".join(secrets.choice(CODE_DIGITS) for _ in range(CODE_LENGTH))
        await self._link.call("SETNX", "access:code", code)
        return _text(await self._link.call("GET", "access:code"))

    async def claim(self, code: str, user: str) -> bool:
        """Make the user the owner if the code is right and there is none; true for the owner himself, too."""
        return bool(await self._link.run("claim", code.strip().upper(), user))

    async def allow(self, who: str | ChatRef) -> None:
        """Let a user or a chat in."""
        await self._link.call("SADD", "access", who.key if isinstance(who, ChatRef) else who)

    async def disallow(self, who: str | ChatRef) -> None:
        """Let a user or a chat in no more."""
        await self._link.call("SREM", "access", who.key if isinstance(who, ChatRef) else who)

    async def allowed(self, user: str, chat: ChatRef) -> bool:
        """Whether this user of the chat's platform may talk to the bot in this chat."""
        names = {user, f"{chat.platform}:{user}"}
        if await self.owner() in names:
            return True
        places = {chat.key, f"{chat.platform}:{chat.id}"}
        return any(await self._link.call("SMISMEMBER", "access", *sorted(names | places)))


def _text(value: bytes | None) -> str:
    return value.decode() if value else ""
