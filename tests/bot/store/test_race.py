"""Many workers file the news at once and are killed: as many stories as there are events, no article twice.

`make prove` lets 32 of them file 10,000 articles of 250 events.
"""

import asyncio
import os
import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.bot.store.race import NOON, entries, hire, nursery

PROVES = int(os.environ.get("NUTGRAF_KILLS", "3")) > 3
WORKERS, ARTICLES, EVENTS, KILLS = (32, 10_000, 250, 60) if PROVES else (4, 160, 8, 3)


@pytest.mark.timeout(3600 if PROVES else 60)
async def test_prove_I7_workers_that_are_killed_file_every_article_once(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    async with open_store(data=tmp_path) as store:
        feed = await store.feeds.add("https://one.example/feed")
        await store.feeds.commit_poll(None, feed, entries(ARTICLES, EVENTS, seed), NOON)
        await _work_and_kill(store, tmp_path, random.Random(seed))
        stories = await store.stories.load(range(1, int(await store.link.call("GET", "id:story")) + 1))
        articles = await store.articles.load(one for story in stories for one in story.article_ids)
    assert Counter(len(story.article_ids) for story in stories) == {ARTICLES // EVENTS: EVENTS}, f"seed {seed}"
    assert len({one.url for one in articles}) == len(articles) == ARTICLES, f"seed {seed}"
    assert len({(one.story_id, int(one.url.rpartition("/")[2]) % EVENTS) for one in articles}) == EVENTS


async def _work_and_kill(store: Store, data: Path, chance: random.Random) -> None:
    """Keep so many workers at it until all is filed, killing one of them now and then."""
    due, left = store.due.articles, KILLS
    with nursery(data) as process:
        workers = [hire(process) for _ in range(WORKERS)]
        while size := await due.size():
            if left and size < ARTICLES * left / (KILLS + 1):
                os.kill(workers.pop(chance.randrange(len(workers))), signal.SIGKILL)
                workers.append(hire(process))
                left -= 1
            await asyncio.sleep(0.01)
    assert left == 0
