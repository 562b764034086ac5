"""How fast we may send, shared by all workers: own limits, and what a platform asked us to wait (T12, K8)."""

from collections.abc import Iterator

from bot.model import Platform
from bot.store.client import Link

Limit = tuple[str, int, float]
MARGIN = 1.05
"""What leaves us evenly may arrive a little closer together."""
CROWD_MARGIN = 1.2
"""What many chats are sent at once bunches up more on its way."""


class Limits:
    """One sending a second to a chat, 20 a minute to a Telegram group, 30 a second on Telegram in all."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def take(self, platform: Platform, chat_key: str, group: bool) -> float:
        """Return the seconds to wait before asking again; 0: send now, it is counted."""
        limits = [word for limit in _limits(platform, chat_key, group) for word in limit]
        return float(await self._link.run("limit", _hold(platform, chat_key), *limits))

    async def hold(self, platform: Platform, chat_key: str, seconds: float) -> None:
        """Let nobody send to this chat for so long; other chats go on."""
        await self._link.run("hold", _hold(platform, chat_key), seconds)


def _limits(platform: Platform, chat_key: str, group: bool) -> Iterator[Limit]:
    yield f"{platform}:{chat_key}", 1, MARGIN
    if platform == "telegram":
        yield platform, 30, CROWD_MARGIN
        if group:
            yield f"{platform}:{chat_key}:minute", 20, 60 * MARGIN


def _hold(platform: Platform, chat_key: str) -> str:
    return f"hold:{platform}:{chat_key}"
