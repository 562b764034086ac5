"""What a question costs a warm process: `/draft` among many stories, from the words to the stored brief.

    python -m benchmarks.ask [STORIES]

Stories are made up: words as frequent as in any language, the topic's word in one of a hundred. Those are in the
store, too, each told by three outlets with figures; of the others the index alone is told, for the store is asked
nothing about them.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count
from pathlib import Path
from typing import Any

from bot import track
from bot.desk import Desk, House
from bot.desk.find import Finder
from bot.digest import digest
from bot.index import START, Index
from bot.model import Article, ChatRef, Decision, Entry, Feed, Order
from bot.store import Claim, Row, Store, open_store, private
from bot.workers import Workers
from handlers import commands

MORNING = datetime(2025, 3, 31, 6, tzinfo=UTC)
ASKED = 1000
RARE = 100
VOCABULARY = 60_000
WORDS = 250
OUTLETS = 3
FIGURES = "The ministry said that {} conscripts were called up in 2024, up from {} in 2023."


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
        chance = random.Random(1)
        texts = _texts(chance)
        await _file(store, [next(texts)[0] for _ in range(stories // RARE)])
        with Index() as index:
            desk = Desk(store, index, workers, _no_feed, House(open_to_all=True))
            began = time.process_time()
            index.apply(START, (_row_of(number, next(texts)[1]) for number in range(stories - stories // RARE)))
            _row(f"index of {stories:,} stories built, CPU s", time.process_time() - began)
            began = time.process_time()
            await Finder(store, index).complete()
            _row(f"of these {stories // RARE:,} read from the store, CPU s", time.process_time() - began)
            await _ask(store, desk)


async def _ask(store: Store, desk: Desk) -> None:
    order = Order("k", ChatRef("console", "terminal"), "console:owner", "draft", received_at=MORNING)
    reply = await commands.answer(order, desk)
    assert reply.brief
    _row("bullets of the answer", sum(len(story.bullets) for story in reply.brief.stories))
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


def _row_of(number: int, text: str) -> Row:
    """A story that only the index knows."""
    return Row(10_000_000 + number, 1, text[:60], f"{text[:60]}\n{text}", MORNING + timedelta(seconds=number), 1)


async def _file(store: Store, texts: list[str]) -> None:
    """File a story of several articles for each text."""
    feed = await store.feeds.add("https://one.example/feed")
    for number, text in enumerate(texts):
        ids = range(number * OUTLETS, (number + 1) * OUTLETS)
        await store.feeds.commit_poll(
            None, feed, [Entry(str(id_), "", "", text_html="Fog.") for id_ in ids], MORNING
        )
        story_id = 0
        for claim in await store.due.articles.take(OUTLETS, 600):
            story_id = await _file_one(store, claim, text, story_id)


async def _file_one(store: Store, claim: Claim, text: str, story_id: int) -> int:
    """File an article as the bot does, but into a story that is given, and return the story."""
    number = int(claim.member)
    url, at = f"https://outlet{number % 50}.example/{number}", MORNING + timedelta(seconds=number)
    title = text[:60].rpartition(" ")[0].capitalize()
    told = f"{text.capitalize()}. {FIGURES.format(150_000 + number, 140_000 + number)}"
    article, sketch = digest(Article(0, url, title, f"Outlet {number % 50}", "", at, at, language="en"), told)
    token = (await store.articles.candidates(sketch)).token
    decision = Decision(story_id, 0, 0.0, "told to be")
    return (
        await store.articles.file(claim, article, sketch, decision, track.observations(article), token)
    ).story_id


def _texts(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield texts in made-up words, each with the topic's word and words of its company, and without."""
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwz", k=chance.randint(3, 9))) for _ in range(VOCABULARY)]
    weights = list(accumulate(1 / (place + 10) for place in range(VOCABULARY)))
    for number in count():
        plain = chance.choices(words, cum_weights=weights, k=WORDS)
        told = plain.copy()
        told[chance.randrange(12)] = "draft"
        told[20:22] = ["conscripts", "decree"] if number % 5 == 0 else ["players", "league"]
        yield " ".join(told), " ".join(plain)


async def _no_feed(url: str) -> Feed:
    raise AssertionError(url)


if __name__ == "__main__":
    main()
