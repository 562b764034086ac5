"""Slack workspaces that installed the bot: what they gave us, sealed by whoever keeps it here (K7)."""

from bot.store.client import Link


class Installs:
    """Sealed installations by team, and the states of installations under way."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def save(self, team: str, sealed: bytes) -> None:
        """Keep a team's installation; it replaces an older one."""
        await self._link.call("HSET", "installs", team, sealed)

    async def find(self, team: str) -> bytes | None:
        """Return a team's installation as it was sealed."""
        found: bytes | None = await self._link.call("HGET", "installs", team)
        return found

    async def remove(self, team: str) -> None:
        """Forget a team's installation."""
        await self._link.call("HDEL", "installs", team)

    async def issue(self, state: str, seconds: int) -> None:
        """Remember a state for so long; what hangs on the server's time here is a page that a person has open."""
        await self._link.call("SET", f"install:{state}", "1", "EX", seconds)

    async def redeem(self, state: str) -> bool:
        """Whether the state was issued and nobody redeemed it; if its answer is lost, the person starts anew."""
        return await self._link.call("GETDEL", f"install:{state}") is not None
