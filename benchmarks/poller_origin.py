"""The origin of the poller's benchmark: thousands of feeds on one port, plain or TLS, in a process of its own.

Started by `benchmarks.poller` with `rich` entries (a few KB of markup) or `short` ones (a sentence), and perhaps a
certificate; prints its port, then obeys words on standard input: `304`, `same`, `new`, `mixed` say how requests
are answered from now on, each feed's first request always with its whole body.
"""

import asyncio
import gzip
import ssl
import sys
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

ENTRIES = 50
PARAGRAPH = (
    "<p>The <em>harbour master</em> said that <strong>140 people</strong> had worked "
    "<a href='https://harbour.example/night'>through the night</a> to clear the channel of sand, and that the "
    "first ships were expected by noon.</p>"
)
TEXTS = {
    "rich": "<![CDATA[" + PARAGRAPH * 12 + "<img src='/{n}.png' alt=''/><p>Note {n}.</p>]]>",
    "short": "Note {n}: the harbour master expects the first ships by noon.",
}
ITEM = (
    "<item><title>Harbour note {n}</title><link>https://harbour.example/{feed}/{n}</link>"
    "<guid isPermaLink='false'>{feed}-{n}</guid><pubDate>{day:02d} Mar 2026 {hour:02d}:00:00 GMT</pubDate>"
    "<description>{text}</description></item>"
)
HEAD = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Harbour {feed}</title>"


def body(feed: int, version: int, text: str) -> bytes:
    """Return a feed with the newest 50 of its items; each version brings two new ones."""
    items = (
        ITEM.format(feed=feed, n=n, day=1 + n // 24 % 28, hour=n % 24, text=text.format(n=n))
        for n in range(ENTRIES + 2 * version, 2 * version, -1)
    )
    return (HEAD.format(feed=feed) + "".join(items) + "</channel></rss>").encode()


@dataclass
class Feeds:
    """What each feed is at: its version, and how its next request is answered."""

    text: str
    mode: str = "304"
    versions: dict[int, int] = field(default_factory=dict)
    asked: int = 0

    def answer(self, feed: int, etag: str) -> bytes:
        """Return the whole answer to one request for a feed."""
        self.asked += 1
        mode = self.mode if self.mode != "mixed" else self._mixed(feed)
        first = feed not in self.versions
        version = self.versions.setdefault(feed, 0)
        if mode == "new" and not first:
            version = self.versions[feed] = version + 1
        ours = f'"{feed}-{version}"'
        if mode == "304" and etag == ours:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {ours}\r\n\r\n".encode()
        packed = gzip.compress(body(feed, version, self.text), 1)
        head = (
            f"HTTP/1.1 200 OK\r\nETag: {ours}\r\nContent-Type: application/rss+xml\r\n"
            f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
        )
        return head.encode() + packed

    def _mixed(self, feed: int) -> str:
        lot = blake2b(f"{feed}-{self.asked // 1000}".encode(), digest_size=1).digest()[0] % 20
        return "new" if lot == 0 else "same" if lot < 3 else "304"


async def serve(feeds: Feeds, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    try:
        while True:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
            number = lines[0].split(" ")[1].rpartition("/")[2]
            writer.write(feeds.answer(int(number), headers.get("if-none-match", "")))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main(entries: str, certificate: str = "") -> None:
    """Serve until standard input ends."""
    feeds = Feeds(TEXTS[entries])
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path(certificate))
    server = await asyncio.start_server(lambda r, w: serve(feeds, r, w), "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        feeds.mode = line.strip()
        print("ok", flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
