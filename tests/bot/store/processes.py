"""Other processes at a private store, to be killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bot.store import private

USER = """
import asyncio, sys
from pathlib import Path
from bot.store import open_store

async def main():
    async with open_store(data=Path(sys.argv[1])) as store:
        await store.due.singles.add("poller")
        await store.due.singles.take(1, 3600)
        for number in range(int(sys.argv[2]), 2**40):
            await store.feeds.add(f"https://one.example/{number}")
            print(number, flush=True)

asyncio.run(main())
"""


@contextlib.contextmanager
def user(data: Path, first: int = 0) -> Iterator[subprocess.Popen[str]]:
    """Run another process that adds feeds to the store in `data`, and says which of them were acknowledged."""
    command = [sys.executable, "-c", USER, str(data), str(first)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == f"{first}\n"
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def server_pid(data: Path) -> int:
    """Return the process id of the server that was started last."""
    return int((data / "store" / private.PID).read_text())


def kill_server(data: Path) -> None:
    """Kill the server, and return when it is dead."""
    os.kill(server_pid(data), signal.SIGKILL)
    gone_by = time.monotonic() + 5
    while private.lives(data / "store") and time.monotonic() < gone_by:
        time.sleep(0.005)
    assert not private.lives(data / "store")
