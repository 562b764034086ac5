"""The client: what it refuses, what it repeats and what it never does."""

import asyncio
import contextlib
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from structlog.testing import capture_logs

from bot.errors import StoreAway, UsageError
from bot.model import Brief, Chat, Decision, Told
from bot.store import Filed, Store, client, open_store, private
from tests.bot.store.examples import CHAT, NOON, article, delivery, entry, fingerprint, observation, order

FIT = {"redis_version": "7.0.15", "role": "master", "maxmemory_policy": "noeviction", "redis_mode": "standalone"}


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({}, ""),
        ({"redis_version": "8.2.1"}, ""),
        ({"redis_version": "6.2.14"}, "needs Redis 7.0 or newer"),
        ({"redis_mode": "cluster"}, "is a Cluster"),
        ({"server_mode": "cluster"}, "is a Cluster"),
        ({"role": "slave"}, "is a replica"),
        ({"maxmemory_policy": "allkeys-lru"}, "CONFIG SET maxmemory-policy noeviction"),
    ],
)
def test_a_server_that_would_lose_something_is_refused(fault: dict[str, str], says: str) -> None:
    facts = {name: value for name, value in FIT.items() if not (name == "redis_mode" and "server_mode" in fault)}
    found = client.unfit(facts | fault)
    assert says in found
    assert bool(says) == bool(found)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://one.example", "must begin with redis://"),
        ("redis://one.example:port", "cannot be read"),
        ("redis://127.0.0.1/database?socket_timeout=long", "cannot be read"),
        ("redis+sentinel://127.0.0.1:1", "names no Sentinel service"),
        ("redis+sentinel://127.0.0.1:port/main", "cannot be read"),
        ("redis://:secret@127.0.0.1:1", "cannot be reached"),
        ("redis+sentinel://:secret@127.0.0.1:1/main", "no Sentinel there names a primary"),
        ("unix:///nowhere/store.sock", "cannot be reached"),
    ],
)
async def test_an_address_that_leads_nowhere_is_explained(url: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        async with open_store(url):
            pass
    assert "secret" not in str(caught.value)


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server that a test may spoil, and yield its socket."""
    seat = private.sit_down(folder)
    try:
        yield seat.socket
    finally:
        private.stand_up(seat)


async def test_a_server_that_evicts_is_refused_and_one_without_a_file_is_warned_about(tmp_path: Path) -> None:
    with server(tmp_path) as path:
        link = client.Link(f"unix://{path}")
        await link.call("CONFIG", "SET", "appendonly", "no")
        with capture_logs() as logs:
            async with open_store(f"unix://{path}") as store:
                assert await store.feeds.all() == ()
        assert [line["log_level"] for line in logs] == ["warning"]
        await link.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
        with pytest.raises(UsageError, match="may evict keys"):
            async with open_store(f"unix://{path}"):
                pass
        await link.close()


async def test_a_full_store_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 0.1)
    with server(tmp_path) as path:
        link = client.Link(f"unix://{path}")
        await link.call("CONFIG", "SET", "maxmemory", "1mb")
        with pytest.raises(StoreAway, match="it is full; raise its maxmemory"):
            await link.call("SET", "story", "told")
        await link.close()


async def test_a_wrong_password_is_explained(tmp_path: Path) -> None:
    with server(tmp_path) as path:
        link = client.Link(f"unix://:secret@{path}")
        bare = client.Link(f"unix://{path}")
        await bare.call("CONFIG", "SET", "requirepass", "secret")
        for url in (f"unix://:wrong@{path}", f"unix://{path}"):
            with pytest.raises(UsageError, match="refuses our user or password"):
                async with open_store(url):
                    pass
        async with open_store(f"unix://:secret@{path}") as store:
            assert store.link.place == path
        await link.call("CONFIG", "SET", "requirepass", "")
        await link.close()
        await bare.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def test_a_server_by_address_and_one_found_by_sentinel(tmp_path: Path) -> None:
    port, watch_port = free_port(), free_port()
    config = tmp_path / "sentinel.conf"
    config.write_text(f"port {watch_port}\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 {port} 1\n")
    with server(tmp_path / "store") as path:
        link = client.Link(f"unix://{path}")
        await link.call("CONFIG", "SET", "port", port)
        await link.close()
        async with open_store(f"redis://127.0.0.1:{port}/1") as store:
            feed = await store.feeds.add("https://one.example/feed")
        with subprocess.Popen(
            [private.find_server(), config, "--sentinel"], stdout=subprocess.DEVNULL
        ) as sentinel:
            try:
                async with asyncio.timeout(10):
                    while not await _listens(watch_port):
                        await asyncio.sleep(0.02)
                async with open_store(f"redis+sentinel://127.0.0.1:1,127.0.0.1:{watch_port}/main/1") as store:
                    assert await store.feeds.all() == (feed,)
            finally:
                sentinel.kill()


async def _listens(port: int) -> bool:
    with contextlib.suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        await writer.wait_closed()
        return True
    return False


# ---------------------------------------------------------------- lost answers


class Cutter:
    """A wire to the server that swallows answers: the write was done, and whoever asked is cut off."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.swallow = 0
        self.connections: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_unix_connection(self.upstream)
        self.connections |= {writer, up_writer}
        asking = asyncio.create_task(self._ask(reader, up_writer))
        try:
            while answer := await up_reader.read(65536):
                if self.swallow:
                    self.swallow -= 1
                    break
                writer.write(answer)
        finally:
            asking.cancel()
            for one in (writer, up_writer):
                one.close()
                self.connections.discard(one)

    async def _ask(self, reader: asyncio.StreamReader, up_writer: asyncio.StreamWriter) -> None:
        while asked := await reader.read(65536):
            up_writer.write(asked)
        up_writer.close()


@pytest.fixture
async def cutter(store: Store, tmp_path: Path) -> AsyncIterator[Cutter]:
    """Yield a wire to the session's server, which knows every script, listening in the test's folder."""
    for path in Path(client.__file__).parent.glob("*.lua"):
        await store.link.call("SCRIPT", "LOAD", client.source(path.stem)[0])
    wire = Cutter(store.link.url.removeprefix("unix://"))
    async with await asyncio.start_unix_server(wire.serve, tmp_path / "wire"):
        yield wire
        while wire.connections:
            await asyncio.sleep(0.001)


async def test_D13_the_client_library_repeats_nothing_by_itself(
    store: Store, cutter: Cutter, tmp_path: Path
) -> None:
    link = client.Link(f"unix://{tmp_path / 'wire'}")
    cutter.swallow = 1
    with pytest.raises(RedisConnectionError):
        await link.ask("INCR", "counter")
    assert await store.link.call("GET", "counter") == b"1"
    await link.close()


async def test_D13_every_write_whose_answer_is_lost_is_done_once(cutter: Cutter, tmp_path: Path) -> None:
    async with open_store(f"unix://{tmp_path / 'wire'}") as store:

        def cut() -> Store:
            cutter.swallow = 1
            return store

        feed = await cut().feeds.add("https://one.example/feed", next_at=NOON)
        (claim,) = await cut().due.feeds.take(1, 60)
        assert await cut().feeds.commit_poll(claim, feed, [entry(1)], NOON) == (1,)
        (claim,) = await cut().due.articles.take(1, 60)
        assert claim.attempts == 1
        filing = (claim, article(1), fingerprint(1, "ferry"), Decision(0, 0, 0, ""), [observation()], "0:0")
        assert await cut().articles.file(*filing) == Filed("new", 1, 1)
        assert await cut().orders.accept(order(1)) is False, "known by now; it is stored all the same"
        (claim,) = await cut().due.orders.take(1, 60)
        assert await cut().orders.finish(claim, order(1), delivery("reply|1"))
        (claim,) = await cut().due.deliveries.take(1, 60)
        assert await cut().outbox.start(claim, 0)
        assert await cut().outbox.sent(claim, 0, "m")
        await cut().chats.change(CHAT, lambda chat: chat, "order:1")
        await store.due.subscriptions.add(CHAT.key)
        (claim,) = await cut().due.subscriptions.take(1, 60)
        assert await cut().outbox.brief_slot(claim, Chat(CHAT), delivery("briefing"), NOON, {1: Told(1)})

        async def make() -> Brief:
            cutter.swallow = 1
            return Brief("", "ferry", NOON, ())

        brief = await store.briefs.find_or_save("ferry", make)
        assert await store.link.call("GET", "id:brief") == b"1"
        assert await store.briefs.load(brief.id) == brief
        assert await store.link.call("GET", "id:article") == await store.link.call("GET", "id:story") == b"1"
        assert len(await store.stories.observations(1)) == 1
        assert len(await store.outbox.list("pending")) == 1


async def test_D12_a_store_that_stays_away_is_said_to_be_away(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(client, "LONGEST_PAUSE_SECONDS", 0.04)
    link = client.Link(f"unix://{tmp_path / 'wire'}")
    away = Store(link)
    with capture_logs() as logs, pytest.raises(StoreAway, match="does not answer"):
        await away.now()
    assert [line["event"] for line in logs] == ["waiting for the store"]
    waiting = asyncio.create_task(away.back())
    await asyncio.sleep(0.1)
    with pytest.raises(StoreAway):
        await away.now()  # nobody waits for longer because somebody else does
    wire = Cutter(store.link.url.removeprefix("unix://"))
    async with await asyncio.start_unix_server(wire.serve, tmp_path / "wire"):
        with capture_logs() as logs:
            await asyncio.wait_for(waiting, 5)
        assert [line["event"] for line in logs] == ["the store is back"]
        wire.swallow = 1
        assert await away.now()
        await away.close()
        while wire.connections:
            await asyncio.sleep(0.001)


async def test_many_calls_at_once_share_few_connections(store: Store) -> None:
    await asyncio.gather(*(store.now() for _ in range(300)))
    facts = await store.link.call("INFO", "clients")
    assert facts["connected_clients"] <= client.MOST_CONNECTIONS + 1


async def test_what_is_asked_at_one_moment_takes_one_trip(store: Store) -> None:
    before = (await store.link.call("INFO", "stats"))["total_reads_processed"]
    await asyncio.gather(*(store.link.call("ECHO", str(number)) for number in range(300)))
    after = (await store.link.call("INFO", "stats"))["total_reads_processed"]
    assert after - before <= 3, "one for many, one for the question itself"


async def test_one_of_many_calls_that_fails_fails_alone(store: Store) -> None:
    answers = await asyncio.gather(
        store.link.call("ECHO", "before"),
        store.link.call("INCR", "no number", "too many"),
        store.link.call("ECHO", object()),
        store.link.call("ECHO", "half \ud83d"),
        return_exceptions=True,
    )
    first, refused, unspeakable, last = answers
    assert (first, last) == (b"before", "half \ud83d".encode(errors="surrogatepass"))
    assert isinstance(refused, ResponseError)
    assert isinstance(unspeakable, TypeError)


async def test_a_call_that_is_cancelled_leaves_its_answer_to_nobody_else(store: Store) -> None:
    for number in range(50):
        calling = asyncio.create_task(store.link.call("ECHO", f"cancelled {number}"))
        await asyncio.sleep(number / 50_000)
        calling.cancel()
        await asyncio.wait([calling])
        assert await store.link.call("ECHO", f"answered {number}") == f"answered {number}".encode()


async def test_D12_a_late_answer_is_waited_for_no_longer_and_given_to_no_other_call(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.05)
    await store.link.ask("CLIENT", "PAUSE", 400, "ALL")
    with pytest.raises(TimeoutError):
        await store.link.ask("ECHO", "too late")
    answers = await asyncio.gather(*(store.link.call("ECHO", str(number)) for number in range(8)))
    assert answers == [str(number).encode() for number in range(8)]


async def test_D12_a_store_that_cuts_off_one_call_again_and_again_is_away(
    cutter: Cutter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 0.2)
    tries = []
    link = client.Link(f"unix://{tmp_path / 'wire'}")

    async def unlucky(again: bool) -> None:
        tries.append(again)
        cutter.swallow = 1
        await link.ask("PING")

    with pytest.raises(StoreAway):
        await link.repeatable(unlucky)
    assert tries[:3] == [False, True, True]
    await link.close()


async def test_D12_a_reader_of_changes_that_is_cut_off_says_so(
    store: Store, cutter: Cutter, tmp_path: Path
) -> None:
    async with open_store(f"unix://{tmp_path / 'wire'}") as far:
        reading = asyncio.create_task(far.changes.read(block_ms=5000))
        while not (await store.link.call("INFO", "clients"))["blocked_clients"]:
            await asyncio.sleep(0.001)
        cutter.swallow = 1
        await store.link.call("XADD", "changes", "*", "s", 1)
        with pytest.raises(StoreAway):
            await reading


async def test_D12_a_listener_that_is_cut_off_listens_again(cutter: Cutter, tmp_path: Path) -> None:
    async with open_store(f"unix://{tmp_path / 'wire'}") as store:
        await store.due.feeds.wait(await store.now())
        sleeper = asyncio.create_task(store.due.feeds.wait())
        await asyncio.sleep(0.05)
        for connection in tuple(cutter.connections):
            connection.close()
        await asyncio.wait_for(sleeper, 5)


def test_every_script_is_in_its_place() -> None:
    folder = Path(client.__file__).parent
    used = set("".join(path.read_text() for path in folder.glob("*.py")).split('"'))
    used |= {
        line[4:] for path in folder.glob("*.lua") for line in path.read_text().splitlines() if line[:4] == "--@ "
    }
    assert {path.stem for path in folder.glob("*.lua")} <= used
