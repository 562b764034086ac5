"""What a question costs a warm process: `/draft` among many stories, from the words to the stored brief.

    python -m benchmarks.ask [STORIES]

Stories are made up: words as frequent as in any language, the topic's word in one of a hundred.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bot.desk import Desk, House
from bot.index import Index
from bot.model import Article, ChatRef, Decision, Entry, Feed, Fingerprint, Order
from bot.store import Store, open_store, private
from bot.workers import Workers
from handlers import commands

MORNING = datetime(2025, 3, 31, 6, tzinfo=UTC)
ASKED = 1000
BATCH = 1000
VOCABULARY = 60_000
WORDS = 250
DECISION = Decision(0, 0, 0.0, "no story shares enough with it")


def main() -> None:
    """Print the table."""
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        seat = private.sit_down(Path(folder) / "store")
        try:
            asyncio.run(_measure(Path(folder), stories))
        finally:
            private.stand_up(seat)


async def _measure(data: Path, stories: int) -> None:
    async with open_store(data=data) as store, Workers() as workers:
        await store.link.call("CONFIG", "SET", "appendfsync", "no")
        await store.set_clock(MORNING + timedelta(days=1))
        await _file(store, stories)
        with Index() as index:
            desk = Desk(store, index, workers, _no_feed, House(open_to_all=True))
            began = time.process_time()
            await desk.brief("draft")
            _row(f"index of {stories:,} stories built, CPU s", time.process_time() - began)
            await _ask(store, desk)


async def _ask(store: Store, desk: Desk) -> None:
    order = Order("k", ChatRef("console", "terminal"), "console:owner", "draft", received_at=MORNING)
    await commands.answer(order, desk)
    trips = count_trips(store)
    await commands.answer(order, desk)
    _row("trips to the store for an answer", len(trips))
    walls, cpus = [], []
    for _ in range(ASKED):
        wall, cpu = time.perf_counter(), time.process_time()
        await commands.answer(order, desk)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    for name, times in (("wall", sorted(walls)), ("CPU of the process", sorted(cpus))):
        _row(f"an answer, {name}, ms: p50", times[ASKED // 2])
        _row(f"an answer, {name}, ms: p99", times[ASKED * 99 // 100])


def _row(name: str, value: float) -> None:
    print(f"{name:<50}{value:10,.2f}", flush=True)


def count_trips(store: Store) -> list[str]:
    """Return a list that grows with the name of each command sent to the server from now on."""
    sent: list[str] = []
    ask = store.link.ask

    async def counted(*words: Any) -> Any:
        sent.append(str(words[0]))
        return await ask(*words)

    store.link.ask = counted  # type: ignore[method-assign]  # to look on, not to change what it does
    return sent


async def _file(store: Store, stories: int) -> None:
    """File the stories, an article each."""
    feed = await store.feeds.add("https://one.example/feed")
    texts = _texts(random.Random(1))
    for start in range(0, stories, BATCH):
        entries = [
            Entry(str(number), "", "", text_html="Fog.") for number in range(start, min(start + BATCH, stories))
        ]
        await store.feeds.commit_poll(None, feed, entries, MORNING)
        claims = await store.due.articles.take(BATCH, 600)
        made = islice(texts, len(claims))
        await asyncio.gather(
            *(_file_one(store, claim, text, feed) for claim, text in zip(claims, made, strict=True))
        )


async def _file_one(store: Store, claim: Any, text: str, feed: Feed) -> None:
    number = int(claim.member)
    url, at = f"https://outlet{number % 50}.example/{number}", MORNING + timedelta(seconds=number)
    sketch = Fingerprint(url, (), {}, frozenset(), frozenset(), bytes(128), (), f"{number:016x}", len(text), at)
    title = text[:60].rpartition(" ")[0].capitalize()
    article = Article(0, url, title, f"Outlet {number % 50}", text, at, at, feed_id=feed.id)
    token = (await store.articles.candidates(sketch)).token
    await store.articles.file(claim, article, sketch, DECISION, [], token)


def _texts(chance: random.Random) -> Iterator[str]:
    """Yield texts in made-up words, the topic's in every hundredth, now and then with words of its company."""
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwz", k=chance.randint(3, 9))) for _ in range(VOCABULARY)]
    weights = [1 / (place + 10) for place in range(VOCABULARY)]
    number = 0
    while True:
        text = chance.choices(words, weights, k=WORDS)
        if number % 100 == 0:
            text[chance.randrange(12)] = "draft"
            text[20:22] = ["conscripts", "decree"] if number % 500 == 0 else ["players", "league"]
        yield " ".join(text)
        number += 1


async def _no_feed(url: str) -> Feed:
    raise AssertionError(url)


if __name__ == "__main__":
    main()
