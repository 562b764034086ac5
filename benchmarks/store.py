"""What the private store costs: its start, a claim, filing an article, bytes an article.

    python -m benchmarks.store [ARTICLES…]            filing, all of it: articles a second of processor time
    python -m benchmarks.store --bytes ARTICLES…      what so many articles take, and nothing else

Filing is the whole of dedupe: fingerprint, candidates, decision, commit, and settling what became of it. The
articles are those of `benchmarks.stories`: 200 words each, a story for every 20 of them, 30,000 a day. The time is
that of the bot and of the server together, with every write handed to the system but not waited for. For the bytes
the decisions are given, not made, and no text is kept; a third of the articles have a figure, and three of their
telling words are no common words of the news, as was measured on 400 published articles (7 % of 43).
"""

import asyncio
import gc
import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import psutil
import structlog

from benchmarks.stories import STORY_ARTICLES
from benchmarks.stories import articles as stream
from bot import dedupe
from bot.dedupe.packing import WORDS
from bot.dedupe.terms import RAREST, rarity
from bot.ingest import PACE, Turns, file
from bot.model import Article, Decision, Entry, Fingerprint, Observation
from bot.settle import Settler
from bot.store import Claim, Store, open_store, private
from bot.store.articles import BUCKETS, FINER, _read
from bot.store.records import deflated, pack_plain
from summarizer.model import Figure, FigureKind, Sentence

MORNING = datetime(2025, 3, 31, 6, tzinfo=UTC)
A_DAY = 30_000
CLAIMS = 2000
BATCH = 500
TASKS = 16
POOL = 4000
"""So many fingerprints are made for the bytes; later articles get them again with other rare words and wording."""

SENTENCE = "The harbour office said that 340 passengers had waited for the ferry since noon."
FIGURE = Figure((29, 43), 0, FigureKind.COUNT, 340.0, "passenger")
SAMPLE = 400
RARE_TERMS = 3


def main() -> None:
    """Print the tables, of a bot that has started: it logs no more than it does unless told to."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    gc.freeze()
    if sys.argv[1:2] == ["--bytes"]:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_bytes(Path(folder), sorted(map(int, sys.argv[2:]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            with _timed("start of the server, ms", 1000):
                seat = private.sit_down(Path(folder) / "store")
            private.stand_up(seat)
        asyncio.run(_claims(Path(folder)))
    for count in map(int, sys.argv[1:] or ["5000"]):
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_filing(Path(folder), count))


@contextmanager
def _timed(name: str, scale: float, *, rate: bool = False) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    print(f"{name:<44}{scale / seconds if rate else scale * seconds:10,.1f}")


async def _claims(data: Path) -> None:
    async with open_store(data=data) as store:
        for tasks in (1, TASKS):
            now = await store.now()
            await asyncio.gather(*(store.due.feeds.add(str(member), now) for member in range(CLAIMS)))
            with _timed(f"claims taken and done a second, {tasks} at once", CLAIMS, rate=True):
                await asyncio.gather(*(_claim(store) for _ in range(tasks)))


async def _claim(store: Store) -> None:
    while claims := await store.due.feeds.take(1, 60):
        await store.due.feeds.done(claims[0])


# ---------------------------------------------------------------- filing


async def _filing(data: Path, count: int) -> None:
    async with open_store(data=data) as store:
        await store.link.call("CONFIG", "SET", "appendfsync", "no")
        server = psutil.Process(int((await store.link.call("INFO", "server"))["process_id"]))
        settler, bot, other = Settler(store), 0.0, 0.0
        rows = stream(count)
        for start in range(0, count, BATCH):
            batch = list(islice(rows, BATCH))
            at = MORNING + timedelta(days=start / A_DAY)
            await store.set_clock(at)
            await _bring(store, batch, at)
            began, served = time.process_time(), _cpu(server)
            await _file(store, batch, at)
            await settler.settle_now(timedelta(0))
            bot, other = bot + time.process_time() - began, other + _cpu(server) - served
        await settler.settle_now(timedelta(days=1))
        await _report(store, count, bot, other)


def _cpu(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)


async def _bring(store: Store, batch: list[dict[str, object]], at: datetime) -> None:
    feed = await store.feeds.add("https://one.example/feed")
    entries = [Entry(str(row["id"]), "", str(row["title"]), at) for row in batch]
    await store.feeds.commit_poll(None, feed, entries, at)


async def _file(store: Store, batch: list[dict[str, object]], at: datetime) -> None:
    claims = list(await store.due.articles.take(len(batch), 600))
    waiting = list(zip(claims, batch, strict=True))
    waiting.reverse()
    turns = Turns()

    async def work() -> None:
        while waiting:
            claim, row = waiting.pop()
            article = _article(row, at)
            marks = dedupe.fingerprint(article.url, article.title, str(row["text"]), at)
            await file(store, turns, claim, article, marks)

    await asyncio.gather(*(work() for _ in range(PACE.slots)))


def _article(row: Mapping[str, object], at: datetime) -> Article:
    """The article as `bot.ingest` gets it from digesting; its text is not kept."""
    title, number = str(row["title"]), int(str(row["id"]))
    url = f"https://outlet{number % 50}.example/news/2025/03/{number}-{title.replace(' ', '-')}"
    read = (Sentence(0, len(SENTENCE), SENTENCE),)
    return Article(
        0, url, title, f"Outlet {number % 50}", "", at, at, number % 50, sentences=read, figures=(FIGURE,)
    )


async def _report(store: Store, count: int, bot: float, other: float) -> None:
    stories = int(await store.link.call("GET", "id:story"))
    print(f"\n{count:,} articles, {stories:,} stories opened")
    print(f"{'articles filed a second of processor time':<44}{count / (bot + other):10,.0f}")
    print(f"{'  of which the bot, ms an article':<44}{1000 * bot / count:10,.2f}")
    print(f"{'  of which the server, ms an article':<44}{1000 * other / count:10,.2f}")


# ---------------------------------------------------------------- bytes


async def _bytes(data: Path, counts: Sequence[int]) -> None:
    async with open_store(data=data) as store:
        await store.link.call("CONFIG", "SET", "appendfsync", "no")
        await store.link.call("CONFIG", "SET", "appendonly", "no")
        pool = [_sketch(row) for row in stream(POOL)]
        empty, chance = await _memory(store), random.Random(3)
        for start in range(0, counts[-1], BATCH):
            at = MORNING + timedelta(days=start / A_DAY)
            await store.set_clock(at)
            batch = [pool[number % POOL] for number in range(start, start + BATCH)]
            await _bring(store, [row for row, _ in batch], at)
            claims = await store.due.articles.take(BATCH, 600)
            made = [(row, _another(one, start // POOL, at, chance)) for row, one in batch]
            taken = list(zip(claims, made, strict=True))
            chunks = (taken[at : at + STORY_ARTICLES] for at in range(0, BATCH, STORY_ARTICLES))
            await asyncio.gather(*(_fill(store, chunk) for chunk in chunks))
            await store.link.call(
                "UNLINK", "due:stories", *(f"txt:{id_}" for id_ in range(start + 1, start + 501))
            )
            if start + BATCH in counts:
                await _say_bytes(store, start + BATCH, empty)


def _sketch(row: dict[str, object]) -> tuple[dict[str, object], Fingerprint]:
    one = dedupe.fingerprint("", str(row["title"]), str(row["text"]), MORNING)
    rare = [term for term in one.terms if rarity(term) == RAREST]
    chance = random.Random(str(row["id"]))
    common = dict(zip(rare[RARE_TERMS:], chance.sample(WORDS, len(rare)), strict=False))
    terms = {common.get(term, term): weight for term, weight in one.terms.items()}
    titles = tuple(common.get(term, term) for term in one.title_terms)
    return row, replace(one, terms=terms, title_terms=titles, entities=frozenset(list(terms)[:8]))


def _another(one: Fingerprint, round_: int, at: datetime, chance: random.Random) -> Fingerprint:
    """The fingerprint of another article, of another story for every round."""

    def other(term: str) -> str:
        return f"{term[:6]}{round_}" if rarity(term) == RAREST else term

    return replace(
        one,
        url=f"https://outlet{chance.randrange(50)}.example/news/{chance.getrandbits(40)}-ferries-wait-for-fog-to-lift",
        title_terms=tuple(map(other, one.title_terms)),
        terms={other(term): weight for term, weight in one.terms.items()},
        entities=frozenset(map(other, one.entities)),
        signature=chance.randbytes(len(one.signature)),
        bands=tuple(f"{chance.getrandbits(40)}" for _ in one.bands),
        body_hash=f"{chance.getrandbits(64):016x}",
        published_at=at,
    )


async def _fill(store: Store, chunk: Sequence[tuple[Claim, tuple[Mapping[str, object], Fingerprint]]]) -> None:
    """File the articles of one story."""
    story = 0
    for claim, (row, one) in chunk:
        number, at, title = int(claim.member), one.published_at, str(row["title"])
        article = Article(0, one.url, title, f"Outlet {number % 50}", "", at, at)
        seen = [Observation(0, 0, article.outlet, one.url, title, at, SENTENCE, 0, FIGURE)]
        reason = f"joined: fits at +2.0, shares {', '.join(list(one.terms)[:4])}"
        decision = Decision(story, 0, 2.0, reason)
        token = f"{2**31}:{2**31}"
        filed = await store.articles.file(claim, article, one, decision, seen[number % 3 :], token)
        story = filed.story_id


async def _memory(store: Store) -> int:
    return int((await store.link.call("INFO", "memory"))["used_memory"])


async def _say_bytes(store: Store, count: int, empty: int) -> None:
    """Print what everything takes, and what each kind of key takes by itself, by samples."""
    stories = int(await store.link.call("GET", "id:story"))
    days, weeks, years = [
        list(map(int, await store.link.call("SMEMBERS", name))) for name in ("days:x", "weeks:u", "days:w")
    ]
    buckets = [bucket.to_bytes(2) for bucket in range(BUCKETS)]
    finer = [bucket + bytes([part]) for bucket in buckets for part in range(FINER)]
    postings = [
        await _usage(store, kind, [b"%d:%b" % (shard, bucket) for shard in shards for bucket in names])
        for kind, shards, names in (
            ("x", days, buckets),
            ("b", days, buckets),
            ("u", weeks, buckets),
            ("w", years, finer),
        )
    ]
    articles = await _usage(store, "art", [b"%d" % id_ for id_ in range(1, count + 1)])
    found = await store.link.call("MGET", *(f"art:{id_}" for id_ in range(1, min(count, SAMPLE))))
    facts = statistics.mean(map(_facts_size, found))
    numbers = [b"%d" % id_ for id_ in range(1, stories + 1)]
    told = await _usage(store, "st", numbers) + int(await store.link.call("MEMORY", "USAGE", "recent"))
    print(f"\n{count:,} articles over {count / A_DAY:.1f} days, {stories:,} stories; bytes an article")
    for name, total in (
        ("postings of terms, bands, URLs, sagas", sum(postings)),
        ("fingerprints, with their keys", articles - facts * count),
        ("dedupe, both together", sum(postings) + articles - facts * count),
        ("title, URL, outlet, times, reason", facts * count),
        ("stories", told),
        ("observed figures, a third of the articles", await _usage(store, "obs", numbers)),
        ("all, by the server's own count", await _memory(store) - empty),
    ):
        print(f"{name:<44}{total / count:10,.1f}")


def _facts_size(record: bytes) -> int:
    """Return how many of a record's bytes are for readers, and not for dedupe."""
    facts = _read(record)[1]
    return len(deflated(pack_plain(facts))) - len(deflated(facts[8]))


async def _usage(store: Store, kind: str, names: Sequence[bytes]) -> float:
    """Return what all keys of a kind take, by the mean of a sample."""
    some = random.Random(5).sample(names, min(len(names), SAMPLE))
    sizes = [await store.link.call("MEMORY", "USAGE", b"%b:%b" % (kind.encode(), name)) or 0 for name in some]
    return statistics.mean(sizes) * len(names)


if __name__ == "__main__":
    main()
