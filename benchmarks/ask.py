"""What a question costs a warm process: many kinds of questions among many stories, from the words to the brief.

    python -m benchmarks.ask [STORIES]

Stories are made up: words as frequent as in any language, one of a hundred topics each. Some are filed, each told
by three outlets with figures; the others are copies of these under ids of their own, of which the index is told
other texts. Every question is asked again and again: while nothing changes, and each time after a story changed.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from bot import track
from bot.desk import Desk, House
from bot.digest import digest
from bot.index import Index
from bot.model import Article, ChatRef, Decision, Entry, Feed, Order
from bot.store import Claim, Row, Store, open_store, private
from bot.workers import Workers
from handlers import commands

MORNING = datetime(2025, 3, 31, 6, tzinfo=UTC)
ROUNDS = 12
OF_EACH = 11
FILED = 200
AT_ONCE = 500
TOPICS = 100
VOCABULARY = 60_000
COMMON, RARE = 50, 3000
WORDS = 250
OUTLETS = 3
A_STORY = timedelta(minutes=5)
FIGURES = "The ministry said that {} {} were called up in 2024, up from {} in 2023."


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
        await store.set_clock(MORNING)
        news = MadeUp(random.Random(1))
        await _file(store, news)
        await _copy(store, stories)
        with Index() as index:
            desk = Desk(store, index, workers, _no_feed, House(open_to_all=True))
            position, spent = await store.changes.last(), 0.0
            for start in range(1, stories + 1, AT_ONCE):
                rows = [_row_of(news, id_, stories) for id_ in range(start, min(start + AT_ONCE, stories + 1))]
                began = time.process_time()
                index.apply(position, rows)
                spent += time.process_time() - began
            print(f"index of {stories:,} stories built: {spent:.1f} s of CPU")
            began = time.process_time()
            await store.changes.rows(range(1, FILED + 1))
            print(f"a story read for it from the store: {1000 * (time.process_time() - began) / FILED:.2f} ms")
            await _ask(store, desk, _Changes(index, position, rows[: len(rows) // 2]), news)


async def _ask(store: Store, desk: Desk, changes: "_Changes", news: "MadeUp") -> None:
    asked = [(kind, question) for number in range(OF_EACH) for kind, question in news.questions(number)]
    trips = [await _trips(store, desk, question) for _, question in asked]  # and now every brief is stored
    print(f"trips to the store for an answer: {max(trips)} at most, {sum(trips) / len(trips):.1f} in the mean")
    for name, change in (("while nothing changes", False), ("each after a story changed", True)):
        times: dict[str, list[tuple[float, float]]] = {}
        for kind, question in asked * ROUNDS:
            if change:
                changes.one()
            times.setdefault(kind, []).append(await _timed(desk, question))
        print(f"\n{name + ', ms':<32}{'wall p50':>10}{'p99':>8}{'CPU p50':>10}{'p99':>8}")
        times["all of them"] = [one for some in times.values() for one in some]
        for kind, took in times.items():
            walls, cpus = (sorted(column) for column in zip(*took, strict=True))
            places = (_at(walls, 50), _at(walls, 99), _at(cpus, 50), _at(cpus, 99))
            print(f"{kind:<32}{places[0]:10.1f}{places[1]:8.1f}{places[2]:10.1f}{places[3]:8.1f}", flush=True)
    each = 1000 * changes.spent / changes.count
    print(f"\na changed story taken over by the index, in no time above: {each:.2f} ms of CPU")


async def _trips(store: Store, desk: Desk, question: str) -> int:
    """Return how many commands an answer sends to the server once its brief is stored."""
    await commands.answer(_order(question), desk)
    sent: list[str] = []
    ask = store.link.ask

    async def counted(*words: Any) -> Any:
        sent.append(str(words[0]))
        return await ask(*words)

    store.link.ask = counted  # type: ignore[method-assign]  # to look on, not to change what it does
    await commands.answer(_order(question), desk)
    store.link.ask = ask  # type: ignore[method-assign]  # as it was
    return len(sent)


async def _timed(desk: Desk, question: str) -> tuple[float, float]:
    """Return the milliseconds that an answer takes, and those of this process's CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    await commands.answer(_order(question), desk)
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def _order(question: str) -> Order:
    return Order("k", ChatRef("console", "terminal"), "console:owner", question, received_at=MORNING)


def _at(values: Sequence[float], percent: int) -> float:
    return values[len(values) * percent // 100]


class _Changes:
    """Changes of stories, one at a time: each is told to the index again."""

    def __init__(self, index: Index, position: str, rows: Sequence[Row]) -> None:
        self._index, self._position, self._rows = index, position, rows
        self.count, self.spent = 0, 0.0

    def one(self) -> None:
        """Let the next story change."""
        began = time.process_time()
        self._index.apply(self._position, [self._rows[self.count % len(self._rows)]])
        self.spent += time.process_time() - began
        self.count += 1


class MadeUp:
    """Stories and questions in made-up words, each as frequent as its rank says."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        letters = "abcdefghijklmnoprstuvwz"
        self._words = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (place + 10) for place in range(VOCABULARY)))
        rare = chance.sample(self._words[RARE:], 3 * TOPICS - 3)
        self._topics = [("draft", "conscripts", "decree"), *zip(rare[::3], rare[1::3], rare[2::3], strict=True)]

    def questions(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield a question of each kind, others for each number."""
        topic, company, other = self._topics[number]
        everyday = self._words[COMMON + 60 * number]
        yield "one word, as `/draft`", topic
        yield "two words of a topic", f"{topic} {company}"
        yield "a phrase", f'"{company} {other}"'
        yield "how many of a kind", f"how many {company}"
        yield "one word but not another", f"{topic} -{other}"
        yield "an everyday word", everyday
        yield "a topic and an everyday word", f"{topic} {everyday}"
        yield "a mistyped word", f"{topic[1]}{topic[0]}{topic[2:]}"
        yield "six words, not all in one story", " ".join((*self._topics[number], *self._topics[number - 1]))

    def story(self, id_: int) -> tuple[str, str, str]:
        """Return title, text and a noun of a story; one of five tells its topic in words of its company alone."""
        topic, company, other = self._topics[id_ % TOPICS]
        told = self._chance.choices(self._words, cum_weights=self._weights, k=WORDS)
        turn = id_ // TOPICS % 5
        if turn:
            told[self._chance.randrange(12)] = topic
        if turn < 4:
            told[20:22] = [company, other]
        if turn == 0:
            told[2] = company
        return " ".join(told[:8]).capitalize(), " ".join(told), company

    def retold(self, text: str) -> str:
        """Return a text as another outlet tells it: two words of three, in another order behind the first ones."""
        words = text.split()
        return " ".join((*words[:22], *self._chance.sample(words[22:], 2 * len(words) // 3)))


def _row_of(news: MadeUp, id_: int, stories: int) -> Row:
    title, text, _ = news.story(id_)
    text = "\f".join(f"{title}\n{news.retold(text)}" for _ in range(OUTLETS if id_ % 5 == 0 else 1))
    return Row(id_, title, text, MORNING - (stories - id_) * A_STORY, 1 + id_ % 3)


async def _copy(store: Store, stories: int) -> None:
    """Copy the stories filed, with their articles, to other ids; topics go round as ids do."""
    for start in range(FILED + 1, stories + 1, AT_ONCE):
        ids = range(start, min(start + AT_ONCE, stories + 1))
        await asyncio.gather(*(store.link.call("COPY", f"st:{id_ % FILED or FILED}", f"st:{id_}") for id_ in ids))
    await store.link.call("SET", "id:story", stories)


async def _file(store: Store, news: MadeUp) -> None:
    """File stories of several articles each."""
    feed = await store.feeds.add("https://one.example/feed")
    for number in range(1, FILED + 1):
        ids = range(number * OUTLETS, (number + 1) * OUTLETS)
        await store.feeds.commit_poll(
            None, feed, [Entry(str(id_), "", "", text_html="Fog.") for id_ in ids], MORNING
        )
        story, story_id = news.story(number), 0
        for claim in await store.due.articles.take(OUTLETS, 600):
            story_id = await _file_one(store, claim, news, story, story_id)


async def _file_one(store: Store, claim: Claim, news: MadeUp, story: tuple[str, str, str], story_id: int) -> int:
    """File an article as the bot does, but into a story that is given, and return the story."""
    number = int(claim.member)
    title, text, noun = story
    url, at = f"https://outlet{number % 50}.example/{number}", MORNING - timedelta(seconds=number)
    told = f"{news.retold(text).capitalize()}. {FIGURES.format(150_000 + number, noun, 140_000 + number)}"
    article, sketch = digest(Article(0, url, title, f"Outlet {number % 50}", "", at, at, language="en"), told)
    token = (await store.articles.candidates(sketch)).token
    decision = Decision(story_id, 0, 0.0, "told to be")
    filed = await store.articles.file(claim, article, sketch, decision, track.observations(article), token)
    return filed.story_id


async def _no_feed(url: str) -> Feed:
    raise AssertionError(url)


if __name__ == "__main__":
    main()
