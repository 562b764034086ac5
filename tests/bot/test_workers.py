"""Worker processes: real ones, given real jobs and really killed."""

import asyncio
import json
import math
import operator
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from bot import workers as workers_module
from bot.errors import GaveUp, UsageError
from bot.model import Entry
from bot.workers import Allowance, Workers, _open_answer, answer

ENTRY = Entry(key="k", link="https://example.org/", title="T", published_at=datetime(2026, 1, 2, tzinfo=UTC))


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(timeout_seconds=50) as started:
        yield started


async def test_a_job_answers_with_our_own_values(workers: Workers) -> None:
    assert await workers.run(operator.add, (ENTRY,), (frozenset({1}), {"a": None})) == (
        ENTRY,
        frozenset({1}),
        {"a": None},
    )


async def test_S7_one_worker_serves_job_after_job(workers: Workers) -> None:
    assert await workers.run(os.getpid) == await workers.run(os.getpid) != os.getpid()


async def test_S7_a_job_that_kills_its_worker_is_marked_alone_and_the_next_one_answers(workers: Workers) -> None:
    outcomes = await asyncio.gather(
        *(workers.run(*job) for job in ((operator.add, 1, 2), (os._exit, 3), (operator.mul, 2, 5))),
        return_exceptions=True,
    )
    assert outcomes[::2] == [3, 10]
    assert isinstance(outcomes[1], GaveUp)


async def test_S7_a_worker_killed_at_rest_costs_no_job(workers: Workers) -> None:
    os.kill(await workers.run(os.getpid), signal.SIGKILL)
    assert await workers.run(operator.add, 1, 2) == 3


async def test_S7_a_job_gets_five_seconds_of_processor_time(workers: Workers) -> None:
    with pytest.raises(GaveUp, match=r"math\.factorial ended its worker"):  # not “took too long”
        await workers.run(math.factorial, 10**9)
    assert await workers.run(operator.add, 1, 2) == 3


async def test_S7_a_job_gets_512_megabytes_over_its_imports(workers: Workers) -> None:
    assert await workers.run(len, bytes(1)) == 1
    assert await workers.run(operator.length_hint, b"") == 0
    with pytest.raises(GaveUp, match="ended its worker"):
        await workers.run(operator.mul, b"x", 600 * 1024 * 1024)
    assert await workers.run(operator.add, 1, 2) == 3


async def test_a_job_that_sleeps_too_long_is_stopped() -> None:
    async with Workers(timeout_seconds=5) as workers:
        with pytest.raises(GaveUp, match="took too long"):
            await workers.run(time.sleep, 60)
        assert await workers.run(operator.add, 1, 2) == 3


async def test_a_failing_job_tells_its_kind_and_never_quotes_its_input(workers: Workers) -> None:
    with pytest.raises(GaveUp, match=r"^builtins\.int failed with ValueError$"):
        await workers.run(int, "a stranger's secret")
    with pytest.raises(GaveUp, match="failed with"):
        await workers.run(open, "/dev/null")  # its answer does not pickle


async def test_what_we_do_not_read_is_refused(workers: Workers) -> None:
    with pytest.raises(GaveUp, match="answered what we do not read"):
        await workers.run(Path, "a")


@pytest.mark.parametrize("hostile", [os.system, subprocess.Popen, eval, Path, Workers, GaveUp], ids=repr)
def test_S7_a_hijacked_worker_cannot_make_us_build_anything_else(hostile: object) -> None:
    with pytest.raises(GaveUp):
        _open_answer("job", pickle.dumps(("", hostile)))


def test_errors_meant_for_a_reader_keep_their_kind() -> None:
    with pytest.raises(UsageError, match="say so"):
        _open_answer("job", pickle.dumps(("UsageError", "say so")))


async def test_a_cancelled_job_takes_its_worker_with_it(workers: Workers) -> None:
    job = asyncio.create_task(workers.run(time.sleep, 60))
    while not (children := _children()):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert not any(child.is_running() for child in children)


async def test_a_worker_retires_when_idle() -> None:
    async with Workers(idle_seconds=0.1) as workers:
        pid = await workers.run(os.getpid)
        async with asyncio.timeout(10):
            while psutil.pid_exists(pid):
                await asyncio.sleep(0.02)
        assert await workers.run(os.getpid) != pid


async def test_workers_know_none_of_our_secrets(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")
    assert await workers.run(os.getenv, "TELEGRAM_BOT_TOKEN") is None
    assert await workers.run(os.getenv, "PATH")


async def test_workers_that_do_not_start_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "_BOOTSTRAP", "import sys; sys.exit()")
    async with Workers() as workers:
        with pytest.raises(GaveUp, match="do not start"):
            await workers.run(os.getpid)


async def test_an_answer_too_large_is_refused(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "LARGEST_ANSWER", 1000)
    with pytest.raises(GaveUp, match="too large"):
        await workers.run(operator.mul, b"x", 2000)


async def test_a_worker_ends_when_its_bot_is_killed() -> None:
    script = (
        "import asyncio, os, time\nfrom bot.workers import Workers\n"
        "async def main():\n  w = Workers()\n  print(await w.run(os.getpid), flush=True)\n"
        "  await asyncio.sleep(60)\nasyncio.run(main())"
    )
    bot = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    with bot:
        assert bot.stdout is not None
        pid = json.loads(bot.stdout.readline())
        bot.kill()
    async with asyncio.timeout(10):
        while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            await asyncio.sleep(0.02)


class NoAllowance(Allowance):
    """Limits that are not set: these tests run in the process of all tests."""

    def _set(self, cpu_seconds: int, memory_bytes: int) -> None:
        pass


def test_the_worker_names_what_a_job_raised() -> None:
    request = pickle.dumps(("builtins", "int", ("x",), 30))
    assert pickle.loads(answer(request, NoAllowance(0)))[0] == "GaveUp"
    request = pickle.dumps(("operator", "add", (1, 2), 30))
    assert pickle.loads(answer(request, NoAllowance(0))) == ("", 3)


def _children() -> list[psutil.Process]:
    return psutil.Process().children()
