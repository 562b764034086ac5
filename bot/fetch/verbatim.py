"""Requests whose header values reach the wire byte for byte, also those whose bytes are no UTF-8 (rule P2)."""

import secrets
from typing import Any

import aiohttp


class VerbatimRequest(aiohttp.ClientRequest):
    """A request that stands words of its own in for such values, and puts the bytes back when they are written.

    aiohttp reads headers with surrogates for bytes that are no UTF-8, and leaves those out of what it sends.
    """

    async def send(self, conn: Any) -> Any:
        """Send the request."""
        exact: dict[bytes, bytes] = {}
        for name, value in list(self.headers.items()):
            if is_raw(value):
                word = secrets.token_hex(16)
                exact[word.encode()] = value.encode("utf-8", "surrogateescape")
                self.headers[name] = word
        if not exact:
            return await super().send(conn)
        transport = conn.protocol.transport
        conn.protocol.transport = _Exact(transport, exact)
        try:
            return await super().send(conn)
        finally:
            conn.protocol.transport = transport


class _Exact:
    """A transport that writes some words as the bytes they stand for."""

    def __init__(self, transport: Any, exact: dict[bytes, bytes]) -> None:
        self._transport = transport
        self._exact = exact

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write a request's head."""
        for word, value in self._exact.items():
            data = bytes(data).replace(word, value)
        self._transport.write(data)


def is_raw(value: str) -> bool:
    """Whether a header's value had bytes that are no UTF-8."""
    return not value.isascii() and any("\udc80" <= char <= "\udcff" for char in value)
