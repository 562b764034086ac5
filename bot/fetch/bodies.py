"""A body as it arrives: decoded while it is read, and dropped at the first byte over a limit (rule S4)."""

import zlib
from collections.abc import Sequence

from bot.errors import GaveUp, RetryLater

LARGEST_WIRE = 8 * 1024 * 1024
LARGEST_BODY = 16 * 1024 * 1024
LARGEST_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024
_STEP = 64 * 1024


class Body:
    """Collects the chunks of one body. At most one Content-Encoding layer: gzip or deflate."""

    def __init__(self, encodings: Sequence[str], host: str) -> None:
        layers = [name.strip().lower() for value in encodings for name in value.split(",")]
        layers = [name for name in layers if name not in {"", "identity"}]
        if len(layers) > 1 or not {*layers} <= {"gzip", "x-gzip", "deflate"}:
            raise GaveUp(f"{host} packed its answer in a way that is not read: {', '.join(layers)[:50]}")
        self._host = host
        self._deflate = layers == ["deflate"]
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32) if layers else None
        self._wire_bytes = 0
        self._parts = bytearray()

    def add(self, chunk: bytes) -> None:
        """Take the next chunk from the wire; raise GaveUp when a limit is passed."""
        first = self._wire_bytes == 0
        self._wire_bytes += len(chunk)
        if self._wire_bytes > LARGEST_WIRE:
            raise GaveUp(f"{self._host} sent more than 8 MB; so large an answer is not read")
        if self._inflate is None:
            self._parts += chunk
            return
        if first and self._deflate and not _has_zlib_header(chunk):
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._unpack(chunk)

    def end(self) -> bytes:
        """Return the whole body; raise RetryLater when it was cut off."""
        if self._inflate is not None and self._wire_bytes and not self._inflate.eof:
            raise RetryLater(f"{self._host} broke off in the middle of its answer", 0)
        return bytes(self._parts)

    def _unpack(self, chunk: bytes) -> None:
        try:
            while chunk and self._inflate is not None:
                if self._inflate.eof:  # a further member of a gzip file
                    self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
                self._parts += self._inflate.decompress(chunk, _STEP)
                self._check()
                chunk = self._inflate.unconsumed_tail or self._inflate.unused_data
        except zlib.error as error:
            raise GaveUp(f"{self._host} sent a packed answer that cannot be unpacked") from error

    def _check(self) -> None:
        size = len(self._parts)
        if size > LARGEST_BODY or (size > RATIO_COUNTS_FROM and size > LARGEST_RATIO * self._wire_bytes):
            raise GaveUp(f"{self._host} sent an answer that unpacks to far more than a feed holds; it is not read")


def _has_zlib_header(chunk: bytes) -> bool:
    return len(chunk) > 1 and chunk[0] & 0x0F == 8 and (chunk[0] << 8 | chunk[1]) % 31 == 0
