"""The life cycle of the private store, with real processes."""

import asyncio
import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.store import open_store, private
from tests.bot.store.processes import kill_server, server_pid, user


@pytest.fixture(autouse=True)
def _no_server_outlives_its_test(tmp_path: Path) -> Iterator[None]:
    yield
    with contextlib.suppress(UsageError):
        private.stand_up(private.sit_down(tmp_path / "store"))


async def test_what_was_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    async with open_store(data=tmp_path) as store:
        feed = await store.feeds.add("https://one.example/feed")
    assert not private.lives(tmp_path / "store")
    async with open_store(data=tmp_path) as store:
        assert await store.feeds.all() == (feed,)


async def test_only_the_owner_of_the_folder_can_reach_the_store(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir(mode=0o755)
    async with open_store(data=tmp_path):
        folder = tmp_path / "store"
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / private.SOCKET).stat().st_mode & 0o777 == 0o600


async def test_the_store_keeps_every_write_and_evicts_nothing(tmp_path: Path) -> None:
    async with open_store(data=tmp_path) as store:
        for name, value in (("appendonly", "yes"), ("appendfsync", "always"), ("maxmemory-policy", "noeviction")):
            assert await store.link.call("CONFIG", "GET", name) == [name.encode(), value.encode()]


async def test_the_last_one_out_shuts_the_server_down(tmp_path: Path) -> None:
    async with open_store(data=tmp_path) as one:
        async with open_store(data=tmp_path) as other:
            pid = server_pid(tmp_path)
            await other.feeds.add("https://one.example/feed")
        assert server_pid(tmp_path) == pid
        assert len(await one.feeds.all()) == 1
    assert not private.lives(tmp_path / "store")


async def test_after_kill_9_of_the_group_the_server_is_adopted_and_no_acknowledged_write_is_lost(
    tmp_path: Path,
) -> None:
    with user(tmp_path) as process:
        pid = server_pid(tmp_path)
        await asyncio.sleep(0.1)
        os.killpg(process.pid, signal.SIGKILL)
        assert process.stdout
        said = process.stdout.read().splitlines()
    async with open_store(data=tmp_path) as store:
        assert server_pid(tmp_path) == pid
        urls = {feed.url for feed in await store.feeds.all()}
        assert {f"https://one.example/{number}" for number in said} <= urls
        (lease,) = await store.due.singles.take(1, 60)
        assert lease.attempts == 2, "what the dead held is free at once, whatever its lease"


async def test_who_joins_leaves_the_leases_of_the_living_alone(tmp_path: Path) -> None:
    with user(tmp_path):
        async with open_store(data=tmp_path) as store:
            assert await store.due.singles.take(1, 60) == ()


async def test_the_owner_may_leave_while_another_goes_on(tmp_path: Path) -> None:
    async with open_store(data=tmp_path) as owner:
        await owner.feeds.add("https://one.example/feed")
        with user(tmp_path):
            pass
        pid = server_pid(tmp_path)
    with user(tmp_path) as process:
        assert process.stdout
        assert process.stdout.readline() == "1\n"
    assert private.lives(tmp_path / "store")
    async with open_store(data=tmp_path) as store:
        assert len(await store.feeds.all()) >= 3
        assert server_pid(tmp_path) != pid


async def test_D12_a_server_killed_while_we_live_is_started_again_and_nothing_acknowledged_is_lost(
    tmp_path: Path,
) -> None:
    async with open_store(data=tmp_path) as store:
        for round_ in range(3):
            await store.feeds.add(f"https://one.example/{round_}")
            kill_server(tmp_path)
        urls = [feed.url for feed in await store.feeds.all()]
        assert urls == [f"https://one.example/{round_}" for round_ in range(3)]


async def test_D12_a_sleeping_loop_survives_its_server(tmp_path: Path) -> None:
    async with open_store(data=tmp_path) as store:
        sleeper = asyncio.create_task(store.due.feeds.wait())
        await asyncio.sleep(0.1)
        kill_server(tmp_path)
        await asyncio.wait_for(sleeper, 5)
        await store.due.feeds.add("1")
        assert len(await store.due.feeds.take(1, 60)) == 1


async def test_everything_may_be_killed_at_once(tmp_path: Path) -> None:
    with user(tmp_path) as process:
        os.killpg(process.pid, signal.SIGKILL)
        kill_server(tmp_path)
    async with open_store(data=tmp_path) as store:
        assert await store.feeds.find_url("https://one.example/0")


def test_two_starts_at_once_make_one_server(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with ThreadPoolExecutor(8) as pool:
        seats = list(pool.map(private.sit_down, [folder] * 8))
    assert sum(seat.alone for seat in seats) == 1
    assert (folder / private.LOG).read_text().count("Ready to accept connections") == 1
    for seat in seats[1:]:
        private.stand_up(seat)
    assert private.answers(seats[0].socket)
    private.stand_up(seats[0])
    assert not private.lives(folder)


def test_stale_files_and_a_reused_process_id_are_no_server(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    for name in ("start.lock", "users.lock", "server.lock", private.SOCKET):
        (folder / name).touch()
    (folder / private.PID).write_text(str(os.getpid()))
    seat = private.sit_down(folder)
    assert server_pid(tmp_path) != os.getpid()
    private.stand_up(seat)


def test_a_living_server_that_does_not_answer_gets_no_second_one_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = private.sit_down(tmp_path / "store")
    monkeypatch.setattr(private, "START_SECONDS", 0.2)
    monkeypatch.setattr(private, "ANSWER_SECONDS", 0.05)
    pid = server_pid(tmp_path)
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(UsageError, match=rf"process {pid}.*has not answered.*end that process"):
            private.sit_down(tmp_path / "store")
    finally:
        os.kill(pid, signal.SIGCONT)
    monkeypatch.undo()
    assert server_pid(tmp_path) == pid
    private.stand_up(seat)


async def test_a_folder_whose_name_is_too_long_for_a_socket(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 30)
    async with open_store(data=data) as store, open_store(data=data) as other:
        await store.feeds.add("https://one.example/feed")
        assert len(await other.feeds.all()) == 1
        links = [Path(one.link.url.removeprefix("unix://")).parents[1] for one in (store, other)]
    assert not any(link.exists() for link in links)
    assert not private.lives(data / "store")


def test_the_server_on_the_path_serves_where_the_wheel_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "redis-server").symlink_to(private.find_server())
    monkeypatch.setattr(metadata, "files", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert private.find_server() == tmp_path / "redis-server"
    (tmp_path / "redis-server").unlink()
    with pytest.raises(UsageError, match="set REDIS_URL"):
        private.find_server()


def test_a_server_that_cannot_start_is_quoted(tmp_path: Path) -> None:
    private.stand_up(private.sit_down(tmp_path / "store"))
    manifest = tmp_path / "store" / "appendonlydir" / "appendonly.aof.manifest"
    manifest.write_text("garbage\n")
    with pytest.raises(UsageError, match=r"did not start; the end of .*valkey\.log"):
        private.sit_down(tmp_path / "store")


@pytest.mark.parametrize(
    "program", ["#!/bin/sh\necho 'no such option' >&2; exit 1\n", "#!/bin/sh\nexit 0\n", "no program"]
)
def test_a_server_program_that_fails_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    server = tmp_path / "valkey-server"
    server.write_text(program)
    server.chmod(0o755)
    monkeypatch.setattr(private, "find_server", lambda: server)
    with pytest.raises(UsageError, match=r"did not start: no such option|cannot be started|end of .*: \(empty\)"):
        private.sit_down(tmp_path / "store")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    with pytest.raises(UsageError, match=r"store cannot be used: .* set NUTGRAF_DATA"):
        private.sit_down(tmp_path / "store" / "store")


async def test_a_server_that_cannot_be_found_again_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_store(data=tmp_path) as store:
        with monkeypatch.context() as patch:
            patch.setattr(metadata, "files", lambda _: None)
            patch.setattr(shutil, "which", lambda _: None)
            kill_server(tmp_path)
            asyncio.get_running_loop().call_later(0.2, patch.undo)
            assert await store.feeds.all() == ()


def test_a_folder_that_goes_away_while_it_is_in_use_is_named(tmp_path: Path) -> None:
    folder, moved = tmp_path / "store", tmp_path / "moved"
    seat = private.sit_down(folder)
    folder.rename(moved)
    with pytest.raises(UsageError, match="went away while it was in use"):
        private.stand_up(seat)
    moved.rename(folder)
