"""What `benchmarks.poller` compares with, in an interpreter that has it: `reader`, or feedparser and aiohttp.

`python benchmarks/poller_peers.py reader|plain PORT FEEDS`: each line of standard input is one round over all
feeds; the answer is its processor seconds.
"""

import asyncio
import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def with_reader(urls: list[str]) -> Callable[[], object]:
    """Return one round of lemon24/reader: fetch, parse with feedparser, store in SQLite."""
    from reader import make_reader  # noqa: PLC0415 - it need not be installed

    reader = make_reader(str(Path(tempfile.mkdtemp()) / "reader.sqlite"))
    for url in urls:
        reader.add_feed(url)
    return lambda: reader.update_feeds(scheduled=False)


def plain(urls: list[str]) -> Callable[[], object]:
    """Return one round of feedparser as its manual has it, on conditional requests; nothing is stored."""
    import aiohttp  # noqa: PLC0415 - as above
    import feedparser  # noqa: PLC0415 - as above

    etags: dict[str, str] = {}

    async def update() -> None:
        async with aiohttp.ClientSession() as session:
            for url in urls:
                async with session.get(url, headers={"If-None-Match": etags.get(url, "")}) as answer:
                    if answer.status == 200:
                        etags[url] = answer.headers["ETag"]
                        feedparser.parse(io.BytesIO(await answer.read()))

    return lambda: asyncio.run(update())


def main(peer: str, port: str, feeds: str) -> None:
    """Run one round for each line of standard input."""
    urls = [f"http://127.0.0.1:{port}/feed/{number}" for number in range(int(feeds))]
    update = with_reader(urls) if peer == "reader" else plain(urls)
    print("ready", flush=True)
    for _ in sys.stdin:
        began = time.process_time()
        update()
        print(time.process_time() - began, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
