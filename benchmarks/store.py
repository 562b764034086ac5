"""What the private store costs: its start, a claim, filing an article, bytes an article.

    python -m benchmarks.store [ARTICLES]

Articles are made up, each a story of its own, which is the dearest case. A claim's figure is with every write on
disk before it is acknowledged; filing is measured without, for the disk would be all one sees.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.model import Article, Decision, Entry, Fingerprint
from bot.store import Claim, Store, open_store, private

MORNING = datetime(2025, 3, 31, 6, tzinfo=UTC)
CLAIMS = 2000
BATCH = 500
TASKS = 16
TERMS = 45
DECISION = Decision(0, 0, 0.0, "no story shares enough with it")


def main() -> None:
    """Print the table."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            with _timed("start of the server, ms", 1000):
                seat = private.sit_down(Path(folder) / "store")
            private.stand_up(seat)
        asyncio.run(_measure(Path(folder), articles))


@contextmanager
def _timed(name: str, scale: float, *, rate: bool = False) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    print(f"{name:<44}{scale / seconds if rate else scale * seconds:10,.1f}")


async def _measure(data: Path, articles: int) -> None:
    async with open_store(data=data) as store:
        for tasks in (1, TASKS):
            now = await store.now()
            await asyncio.gather(*(store.due.feeds.add(str(member), now) for member in range(CLAIMS)))
            with _timed(f"claims taken and done a second, {tasks} at once", CLAIMS, rate=True):
                await asyncio.gather(*(_claim(store) for _ in range(tasks)))
        await store.link.call("CONFIG", "SET", "appendfsync", "no")
        before = await _memory(store)
        with _timed(f"articles filed a second, {TASKS} at once", articles, rate=True):
            await _file(store, articles)
        await store.link.call("UNLINK", "seen:1", "polls", *(f"txt:{number + 1}" for number in range(articles)))
        print(f"{'bytes an article, without its text':<44}{(await _memory(store) - before) / articles:10,.1f}")


async def _claim(store: Store) -> None:
    while claims := await store.due.feeds.take(1, 60):
        await store.due.feeds.done(claims[0])


async def _memory(store: Store) -> int:
    return int((await store.link.call("INFO", "memory"))["used_memory"])


async def _file(store: Store, articles: int) -> None:
    chance = random.Random(1)
    feed = await store.feeds.add("https://one.example/feed")
    for start in range(0, articles, BATCH):
        entries = [Entry(str(number), "", "", text_html="Fog.") for number in range(start, start + BATCH)]
        await store.feeds.commit_poll(None, feed, entries, MORNING)
        claims = list(await store.due.articles.take(BATCH, 600))
        await asyncio.gather(*(_work(store, claims, chance) for _ in range(TASKS)))


async def _work(store: Store, claims: list[Claim], chance: random.Random) -> None:
    while claims:
        claim = claims.pop()
        article, sketch = _article(int(claim.member), chance)
        outcome = "retry"
        while outcome == "retry":
            token = (await store.articles.candidates(sketch)).token
            outcome = (await store.articles.file(claim, article, sketch, DECISION, [], token)).outcome


def _article(number: int, chance: random.Random) -> tuple[Article, Fingerprint]:
    terms = {f"{chance.choice('abcdefgh')}{chance.randrange(40_000):05d}": chance.random() for _ in range(TERMS)}
    url = f"https://outlet{number % 50}.example/news/2025/03/{number}-ferries-wait-for-the-fog-to-lift-at-noon"
    sketch = Fingerprint(
        url=url,
        title_terms=tuple(terms)[:8],
        terms=terms,
        entities=frozenset(list(terms)[8:20]),
        figures=frozenset(f"{chance.randrange(1000)} passenger" for _ in range(4)),
        signature=chance.randbytes(128),
        bands=tuple(f"{band}:{chance.random()}" for band in range(4)),
        body_hash=f"{chance.getrandbits(64):016x}",
        length=2500,
        published_at=MORNING,
    )
    title = "Ferries wait for the fog to lift, passengers for the ferries"
    return Article(0, url, title, f"Outlet {number % 50}", "", MORNING, MORNING), sketch


if __name__ == "__main__":
    main()
