"""Workers that file the same news at the same time, each a process of its own, to be killed."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import dedupe
from bot.ingest import article_of
from bot.model import Entry
from bot.store import Claim, Pending, Store, open_store

NOON = datetime(2025, 3, 31, 12, tzinfo=UTC)
LEASE_SECONDS = 2
SAID = ("said", "on Monday", "after", "near", "while", "because", "before", "for hours")

NURSERY = """
import asyncio, os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.bot.store.race import work

while True:
    sys.stdin.readline() or sys.exit(0)
    child = os.fork()
    if not child:
        asyncio.run(work(Path(sys.argv[1])))
        os._exit(0)
    print(child, flush=True)
"""


def entries(count: int, events: int, seed: int) -> list[Entry]:
    """Return so many reports on so many events, all in disorder; every report of an event is worded anew."""
    chance = random.Random(seed)
    own = [[_name(chance) for _ in range(14)] for _ in range(events)]
    made = [_report(number, own[number % events], chance) for number in range(count)]
    chance.shuffle(made)
    return made


def _report(number: int, names: list[str], chance: random.Random) -> Entry:
    told = chance.sample(names, len(names))
    text = " ".join(f"{name} {chance.choice(SAID)}" for name in told)
    at = NOON + timedelta(seconds=number)
    url = f"https://outlet{number % 7}.example/{number}"
    return Entry(url, url, " ".join(told[:5]), at, text_html=f"The harbour of {text}.")


def _name(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprtvz") + chance.choice("aeiou") for _ in range(4)).capitalize()


async def work(data: Path) -> None:
    """File what is due, until nothing is left."""
    async with open_store(data=data) as store:
        while await store.due.articles.size():
            for claim in await store.due.articles.take(3, LEASE_SECONDS):
                await _file(store, claim)
            await asyncio.sleep(0.01)


async def _file(store: Store, claim: Claim) -> None:
    pending = await store.articles.load_entry(claim.member)
    if pending is None:
        return
    article = replace(article_of(Pending(*pending), None), text=pending.entry.text_html)
    marks = dedupe.fingerprint(article.url, article.title, article.text, article.published_at)
    outcome = "retry"
    while outcome == "retry":
        found = await store.articles.candidates(marks)
        decision = dedupe.decide(marks, found)
        outcome = (await store.articles.file(claim, article, marks, decision, [], found.token)).outcome


@contextmanager
def nursery(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that forks a worker for every line it is sent, and answers with its id."""
    program = NURSERY.format(root=str(Path(__file__).parents[3]))
    command = [sys.executable, "-c", program, str(data)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def hire(process: subprocess.Popen[str]) -> int:
    """Start one more worker and return its id."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    return int(process.stdout.readline())
