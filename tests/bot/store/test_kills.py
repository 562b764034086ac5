"""Whatever is killed at whatever moment, what was acknowledged is there. `make prove` kills a thousand times."""

import contextlib
import os
import random
import signal
import time
from pathlib import Path

from bot.store import open_store, private
from tests.bot.store.processes import server_pid, user

KILLS = int(os.environ.get("NUTGRAF_KILLS", "3"))


async def test_prove_D12_nothing_acknowledged_is_lost_whoever_is_killed(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    said: set[str] = set()
    for round_ in range(KILLS):
        said |= _killed(tmp_path, 10**6 * round_, chance)
    async with open_store(data=tmp_path) as store:
        urls = [feed.url for feed in await store.feeds.all()]
    assert {f"https://one.example/{number}" for number in said} <= set(urls), f"seed {seed}"
    assert len(set(urls)) == len(urls)
    assert not private.lives(tmp_path / "store")


def _killed(data: Path, first: int, chance: random.Random) -> set[str]:
    """Let a process write for a moment, kill it, the server or both; return what it was told is written."""
    with user(data, first) as process:
        time.sleep(chance.uniform(0, 0.2))
        if chance.random() < 0.6:
            with contextlib.suppress(ProcessLookupError):
                os.kill(server_pid(data), signal.SIGKILL)
            time.sleep(chance.choice([0, chance.uniform(0, 0.1)]))
        os.killpg(process.pid, signal.SIGKILL)
        assert process.stdout
        lines = process.stdout.read().splitlines(keepends=True)
    return {str(first), *(line.strip() for line in lines if line.endswith("\n"))}
