"""What polling costs: processor time a feed, feeds a minute, memory; beside reader and plain feedparser.

`python -m benchmarks.poller [--feeds 1000] [--entries short] [--processes 2] [--certificate PEM] [--peer-feeds 99]
[--real FOLDER]`. The origin runs in a process of its own and is not counted; our store's server is. `--real`
measures the parsers alone on a folder of real feeds.
"""

import argparse
import asyncio
import io
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import feedparser
import psutil

from bot import parse, poll
from bot.fetch import Fetcher, Policy, addresses
from bot.poll import Poller
from bot.store import Store, open_store
from bot.workers import Workers

HERE = Path(__file__).parent
ROUNDS = ("first", "304", "same", "new", "mixed")
A_ROUND = timedelta(minutes=70)  # an hour, with jitter: the pace of feeds with news every hour


@dataclass(frozen=True)
class Origin:
    """A running origin and the way to tell it how to answer."""

    port: int
    process: subprocess.Popen[str]

    def answer(self, mode: str) -> None:
        """Answer the requests to come so."""
        _say(self.process, "304" if mode == "first" else mode)


@contextmanager
def origin(entries: str, certificate: str = "") -> Iterator[Origin]:
    """Yield an origin with thousands of feeds."""
    command = [sys.executable, str(HERE / "poller_origin.py"), entries]
    with _running([*command, certificate] if certificate else command) as process:
        assert process.stdout is not None
        yield Origin(int(process.stdout.readline()), process)


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _say(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(word + "\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


# ---------------------------------------------------------------- ours


async def processor_seconds(store: Store) -> float:
    """Return what this process, those that poll beside it, their workers and the store's server have used."""
    facts = await store.link.call("INFO", "server")
    own = psutil.Process()
    ours = [each for each in own.children(recursive=True) if {"-c", "--join"} & {*each.cmdline()}]
    spent = [each.cpu_times() for each in (own, psutil.Process(facts["process_id"]), *ours)]
    return sum(times.user + times.system for times in spent)


@contextmanager
def beside(data: Path, processes: int, certificate: str) -> Iterator[None]:
    """Have more processes poll the same store."""
    command = [sys.executable, "-m", "benchmarks.poller", "--join", str(data), "--certificate", certificate]
    with ExitStack() as running:
        for _ in range(processes - 1):
            process = running.enter_context(_running(command))
            assert process.stdout is not None
            process.stdout.readline()
        yield


async def join(data: Path, certificate: str) -> None:
    """Poll the feeds of a running benchmark's store until it ends this process."""
    poll.OVERDUE = timedelta(days=9)
    async with open_store(data=data) as store, Workers() as workers, _fetcher(certificate) as fetcher:
        print("ready", flush=True)
        await Poller(store, fetcher, workers).run()


def _fetcher(certificate: str) -> Fetcher:
    tls = ssl.create_default_context(cafile=certificate) if certificate else None
    return Fetcher(Policy(addresses.networks("127.0.0.0/8")), tls=tls)


async def one_round(poller: Poller) -> tuple[float, float]:
    """Return the processor and wall-clock seconds until every feed has been polled once."""
    store = poller.store
    await store.set_clock(await store.now() + A_ROUND)
    began, wall = await processor_seconds(store), time.monotonic()
    loop = asyncio.create_task(poller.run())
    try:
        while await _due(store):  # noqa: ASYNC110 - the loop tells nobody that it has nothing to do
            await asyncio.sleep(0.05)
        return await processor_seconds(store) - began, time.monotonic() - wall
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)


async def _due(store: Store) -> bool:
    leased = await store.link.call("ZCARD", "leased:feeds")
    at = await store.due.feeds.next_at()
    return bool(leased) or (at is not None and at <= await store.now())


async def ours(server: Origin, feeds: int, certificate: str, rounds: Sequence[str], processes: int) -> None:
    """Print a line for each kind of round."""
    scheme = "https" if certificate else "http"
    poll.OVERDUE = timedelta(days=9)  # no spreading: every feed is due at one moment here
    with tempfile.TemporaryDirectory(prefix="poller-") as folder:
        async with open_store(data=Path(folder)) as store, Workers() as workers, _fetcher(certificate) as fetcher:
            for number in range(feeds):
                await store.feeds.add(f"{scheme}://localhost:{server.port}/feed/{number}")
            poller = Poller(store, fetcher, workers)
            with beside(Path(folder), processes, certificate):
                for mode in rounds:
                    server.answer(mode)
                    spent, wall = await one_round(poller)
                    show("nutgraf", mode, spent / feeds, feeds / wall * 60)
            memory = psutil.Process().memory_info().rss
            print(f"nutgraf  memory of the polling process with {feeds} feeds: {memory / 1e6:.0f} MB")


def show(who: str, mode: str, seconds_a_feed: float, feeds_a_minute: float) -> None:
    """Print one measurement."""
    pace = f"   {feeds_a_minute:8.0f} feeds a minute" if feeds_a_minute else ""
    print(f"{who:8} {mode:6} {seconds_a_feed * 1000:8.2f} ms a feed{pace}", flush=True)


# ---------------------------------------------------------------- peers and parsers


def peers(server: Origin, feeds: int, python: str) -> None:
    """Print a line for each kind of round and each peer."""
    for peer, interpreter in (("reader", python), ("plain", sys.executable)):
        command = [interpreter, str(HERE / "poller_peers.py"), peer, str(server.port), str(feeds)]
        with _running(command) as process:
            assert process.stdout is not None
            if process.stdout.readline().strip() != "ready":
                print(f"{peer:8} is not installed for {interpreter}")
                continue
            for mode in ROUNDS:
                server.answer(mode)
                show(peer, mode, float(_say(process, "go")) / feeds, 0)


def parsers(folder: Path) -> None:
    """Print what parsing a folder of real feeds costs, ours and feedparser's."""
    passing = [0.0, 0.0]
    every = [0.0, 0.0]
    bodies = [file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()]
    for body in bodies:
        began = time.process_time()
        found = parse.parse(body)
        passed = found is not None
        if not passed:
            parse.parse_leniently(body)
        mine, began = time.process_time() - began, time.process_time()
        feedparser.parse(io.BytesIO(body))
        theirs = time.process_time() - began
        every = [every[0] + mine, every[1] + theirs]
        passing = [passing[0] + mine * passed, passing[1] + theirs * passed]
    for name, (mine, theirs) in (("that pass the gate", passing), ("all", every)):
        print(f"parsing  {name}: {mine:.2f} s, feedparser {theirs:.2f} s: {theirs / mine:.0f} times faster")


def main() -> None:
    """Run what the command line asks for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--feeds", type=int, default=1000)
    arguments.add_argument(
        "--entries", choices=("rich", "short"), default="rich", help="a few KB of markup, or a line"
    )
    arguments.add_argument("--rounds", default=",".join(ROUNDS), help="which kinds of rounds, in order")
    arguments.add_argument("--certificate", default="", help="a PEM file with key: measure over TLS")
    arguments.add_argument("--processes", type=int, default=1, help="how many processes share the work")
    arguments.add_argument("--join", type=Path, help="used by this program itself: the store of a running one")
    arguments.add_argument("--peer-python", default=sys.executable, help="an interpreter that has reader")
    arguments.add_argument("--peer-feeds", type=int, default=0, help="also measure the peers, on so many feeds")
    arguments.add_argument("--real", type=Path, help="a folder of real feeds for the parsers")
    given = arguments.parse_args()
    if given.join:
        asyncio.run(join(given.join, given.certificate))
        return
    with origin(given.entries, given.certificate) as server:
        rounds = given.rounds.split(",")
        asyncio.run(ours(server, given.feeds, given.certificate, rounds, given.processes))
    if given.peer_feeds:
        with origin(given.entries) as server:
            peers(server, given.peer_feeds, given.peer_python)
    if given.real:
        parsers(given.real)


if __name__ == "__main__":
    main()
