"""Connections to checked addresses only (rules S2, S3)."""

import socket
import ssl
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetch.addresses import Guard, Refused


class GuardedResolver(AbstractResolver):
    """Resolves names, and refuses a name of which any address may not be connected to."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._resolver = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a host; raise Refused if one of them is not for us."""
        found = await self._resolver.resolve(host, port, family)
        for each in found:
            self._guard.check(each["host"], port)
        return found

    async def close(self) -> None:
        """Close the resolver behind it."""
        await self._resolver.close()


class GuardedConnector(aiohttp.TCPConnector):
    """Opens sockets to checked addresses only, literals too, and checks the peer of every connection it gives."""

    def __init__(self, guard: Guard, tls: ssl.SSLContext | None = None) -> None:
        self._guard = guard
        super().__init__(
            ssl=tls or True,
            resolver=GuardedResolver(guard),
            socket_factory=self._open_socket,
            use_dns_cache=False,
            limit=0,
            keepalive_timeout=5,
        )

    def _open_socket(self, info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        self._guard.check(str(address[0]), int(address[1]))
        return socket.socket(family, kind, protocol)

    async def connect(self, req: Any, traces: Any, timeout: Any) -> Any:  # noqa: ASYNC109 - aiohttp's own name
        """Return a connection whose peer has been checked."""
        connection: Any = await super().connect(req, traces, timeout)
        peer = connection.transport.get_extra_info("peername") if connection.transport else None
        try:
            if peer is not None:
                self._guard.check(str(peer[0]), int(peer[1]))
        except Refused:
            connection.close()
            raise
        return connection
