"""Filing articles on the real server."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dedupe import packing
from bot.model import Decision, Drop, Reason
from bot.store import Filed, Store, articles, open_store
from tests.bot.store.examples import (
    EVENTS,
    NOON,
    article,
    entry,
    file_all,
    filed,
    fingerprint,
    kept,
    observation,
    taken_entry,
)
from tests.bot.store.processes import server_pid

NEW = Decision(0, 0, 0.0, "nothing like it")


async def test_a_filed_article_comes_back_as_it_was(store: Store) -> None:
    assert await filed(store, 1, "ferry", "fog") == Filed("new", 1, 1)
    assert await store.articles.load([9, 1]) == (kept(article(1), Filed("new", 1, 1), group=1),)
    assert await store.articles.load([]) == ()
    assert await store.articles.find_url("https://one.example/1") == 1
    assert await store.articles.find_url("https://one.example/2") is None
    assert await store.articles.find_url("") is None
    assert await store.articles.reasons([2, 1]) == (Reason("same ferry", NOON, 1, "Ferry 1 delayed", "One"),)
    assert await store.articles.reasons([]) == ()


async def test_a_story_that_shares_a_term_is_a_candidate_with_its_newest_members(
    store: Store, store_data: Path
) -> None:
    for number in range(1, 15):
        at = NOON + timedelta(hours=abs(number - 2))
        await filed(store, number, "ferry", "fog", "harbour", story=min(number - 1, 1), at=at)
    await filed(store, 99, "budget")
    found = await store.articles.candidates(fingerprint(100, "ferry"))
    assert (list(found.stories), found.born_at) == ([1], {1: NOON})
    assert [member.article_id for member in found.stories[1]] == list(range(3, 15))
    marks = fingerprint(3, "ferry", "fog", "harbour", at=NOON + timedelta(hours=1))
    assert asdict(found.stories[1][0].fingerprint) == asdict(marks)
    async with open_store(data=store_data) as other:
        members = [await one.articles.members(ids) for one, ids in ((other, [1, 3, 98]), (store, [1, 3]))]
        assert list(map(asdict, members[0])) == list(map(asdict, members[1]))


async def test_an_article_of_very_many_words_comes_back(store: Store, store_data: Path) -> None:
    claim = await taken_entry(store, 1)
    words = tuple(f"word{number}" for number in range(400))
    marks = replace(fingerprint(1, *words[:48]), title_terms=words)
    await store.articles.file(claim, article(1), marks, NEW, [], "0:0")
    async with open_store(data=store_data) as other:
        (member,) = await other.articles.members([1])
    assert member.fingerprint.title_terms == words[:255]


async def test_what_another_release_packed_is_no_member(
    store: Store, store_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filed(store, 1, "ferry")
    monkeypatch.setattr(packing, "EDITION", packing.EDITION ^ 1)
    async with open_store(data=store_data) as other:
        assert (await other.articles.candidates(fingerprint(2, "ferry"))).stories == {1: ()}


async def test_a_process_keeps_only_so_many_members_at_hand(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "MOST_KNOWN", 4)
    for number in range(1, 8):
        await filed(store, number, "ferry", story=min(number - 1, 1))
    found = await store.articles.candidates(fingerprint(100, "ferry"))
    assert [member.article_id for member in found.stories[1]] == [1, 2, 3, 4, 5, 6, 7]


async def test_an_article_that_shares_a_band_is_shown_though_it_is_not_among_the_newest(store: Store) -> None:
    await filed(store, 1, "ferry", bands=("wording",))
    for number in range(2, 16):
        await filed(store, number, "ferry", story=1)
    found = await store.articles.candidates(fingerprint(100, "tax", bands=("wording", "other")))
    assert [member.article_id for member in found.stories[1]] == [1, *range(4, 16)]


async def test_the_stories_that_share_the_rarest_terms_come_first(store: Store) -> None:
    for number in range(1, 31):
        await filed(store, number, "minister", "ferry" if number == 20 else f"word{number}")
    found = await store.articles.candidates(fingerprint(99, "minister", "ferry"))
    assert next(iter(found.stories)) == 20
    assert len(found.stories) == 16


async def test_a_story_told_too_long_ago_is_no_candidate(store: Store) -> None:
    await filed(store, 1, "ferry")
    near, far = (fingerprint(2, "ferry", at=NOON + timedelta(days=days)) for days in (4, 6))
    assert list((await store.articles.candidates(near)).stories) == [1]
    assert (await store.articles.candidates(far)).stories == {}


async def test_the_same_url_is_the_same_article(store: Store) -> None:
    first = await filed(store, 1, "ferry")
    again = await filed(store, 1, "ferry", "corrected")
    assert again == replace(first, outcome="dup")
    assert await store.due.articles.size() == 0
    assert (await store.stories.load([1]))[0].article_ids == (1,)


async def test_articles_without_an_address_are_not_the_same(store: Store) -> None:
    for number in (1, 2):
        claim, marks = await taken_entry(store, number), replace(fingerprint(number, f"term{number}"), url="")
        result = await store.articles.file(claim, article(number), marks, NEW, [], "0:0")
        assert result.outcome == "new"


async def test_a_copy_joins_its_group_and_is_no_new_witness(store: Store) -> None:
    await filed(store, 1, "ferry", bands=("wording",))
    await filed(store, 2, "ferry", bands=("wording",), story=1, group=1)
    await filed(store, 3, "ferry", story=1)
    assert [one.copy_group for one in await store.articles.load([1, 2, 3])] == [1, 1, 3]
    ((_, witnesses),) = await store.stories.counted([1])
    assert witnesses == 2


async def test_I7_a_story_that_appeared_meanwhile_sends_the_filer_back_to_read_again(store: Store) -> None:
    claim, marks = await taken_entry(store, 2), fingerprint(2, "ferry", "fog")
    token = (await store.articles.candidates(marks)).token
    await filed(store, 1, "ferry")
    assert await store.articles.file(claim, article(2), marks, NEW, [], token) == Filed("retry", 0, 0)
    found = await store.articles.candidates(marks)
    joins = Decision(next(iter(found.stories)), 0, 1.0, "same ferry")
    assert await store.articles.file(claim, article(2), marks, joins, [], found.token) == Filed("joined", 1, 2)


async def test_I7_a_copy_that_appeared_meanwhile_sends_the_filer_back_too(store: Store) -> None:
    await filed(store, 1, "ferry")
    claim, marks = await taken_entry(store, 3), fingerprint(3, "ferry", bands=("wording",))
    token = (await store.articles.candidates(marks)).token
    await filed(store, 2, "ferry", bands=("wording",), story=1)
    joins = Decision(1, 0, 1.0, "same ferry")
    assert (await store.articles.file(claim, article(3), marks, joins, [], token)).outcome == "retry"


async def test_I7_a_story_that_grew_meanwhile_sends_the_filer_back_for_it_may_be_a_copy(store: Store) -> None:
    await filed(store, 1, "ferry")
    claim, marks = await taken_entry(store, 3), fingerprint(3, "ferry")
    token = (await store.articles.candidates(marks)).token
    await filed(store, 2, "ferry", story=1)
    joins = Decision(1, 0, 1.0, "same ferry")
    assert (await store.articles.file(claim, article(3), marks, joins, [], token)).outcome == "retry"
    copies = Decision(1, 2, 1.0, "copy: same text as article 2")
    assert (await store.articles.file(claim, article(3), marks, copies, [], token)).outcome == "joined"


async def test_an_unrelated_story_that_appeared_meanwhile_is_no_reason_to_read_again(store: Store) -> None:
    claim, marks = await taken_entry(store, 2), fingerprint(2, "ferry")
    token = (await store.articles.candidates(marks)).token
    await filed(store, 1, "budget")
    assert (await store.articles.file(claim, article(2), marks, NEW, [], token)).outcome == "new"


async def test_a_story_that_is_gone_cannot_be_joined(store: Store) -> None:
    assert (await filed(store, 1, "ferry", story=7)).outcome == "retry"


async def test_D13_a_filing_whose_answer_was_lost_is_answered_the_same_again(store: Store) -> None:
    claim, marks = await taken_entry(store, 1), fingerprint(1, "ferry")
    for _ in range(2):
        result = await store.articles.file(claim, article(1), marks, NEW, [observation()], "0:0")
        assert result == Filed("new", 1, 1)
    claim, marks = await taken_entry(store, 2), fingerprint(2, "ferry")
    for _ in range(2):
        result = await store.articles.file(claim, article(2), marks, Decision(1, 0, 1, ""), [], "1:1")
        assert result == Filed("joined", 1, 2)
    assert len(await store.stories.observations(1)) == 1


async def test_who_lost_his_claim_files_nothing(store: Store) -> None:
    claim = await taken_entry(store, 1)
    await store.due.free()
    result = await store.articles.file(claim, article(1), fingerprint(1, "ferry"), NEW, [], "0:0")
    assert result == Filed("lost", 0, 0)
    assert not await store.articles.drop(claim)
    assert await store.stories.load([1]) == ()


async def test_a_dropped_entry_is_gone(store: Store) -> None:
    claim = await taken_entry(store, 1)
    pending = await store.articles.load_entry(claim.member)
    assert await store.articles.drop(claim, "it is empty", pending)
    assert pending
    dropped = Drop("https://one.example/1", "Ferry 1 delayed", "it is empty", pending.retrieved_at)
    assert await store.articles.drops() == (dropped,)
    assert await store.articles.load_entry(claim.member) is None
    assert await store.due.articles.size() == 0


async def test_weights_are_kept_to_four_digits(store: Store) -> None:
    claim = await taken_entry(store, 1)
    marks = replace(fingerprint(1), terms={"ferry": 0.123456})
    await store.articles.file(claim, article(1), marks, NEW, [], "0:0")
    found = await store.articles.candidates(fingerprint(2, "ferry"))
    assert found.stories[1][0].fingerprint.terms["ferry"] == pytest.approx(0.123456, rel=5e-5)


# ---------------------------------------------------------------- races

NURSERY = """
import asyncio, os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from bot.store import open_store
from tests.bot.store.examples import file_all

async def work():
    async with open_store(data=Path(sys.argv[1])) as store:
        await file_all(store)

children = []
for _ in range({count}):
    child = os.fork()
    if not child:
        asyncio.run(work())
        os._exit(0)
    print(child, flush=True)
    children.append(child)
sys.exit(sum(os.waitpid(child, 0)[1] not in (0, {killed}) for child in children))
"""


@contextlib.contextmanager
def workers(data: Path, count: int) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Run so many processes that file what is in the store, and yield who waits for them, and their ids."""
    program = NURSERY.format(root=str(Path(__file__).parents[3]), count=count, killed=int(signal.SIGKILL))
    command = [sys.executable, "-c", program, str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as nursery:
        try:
            assert nursery.stdout
            yield nursery, [int(nursery.stdout.readline()) for _ in range(count)]
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(nursery.pid, signal.SIGKILL)


async def test_I7_sixteen_tasks_file_each_article_once_into_exactly_as_many_stories_as_there_are(
    store: Store,
) -> None:
    await _bring(store, 100)
    await asyncio.gather(*(file_all(store) for _ in range(16)))
    await _is_filed_exactly(store, 100)


async def test_I7_so_do_eight_processes_though_three_of_them_and_the_server_are_killed(tmp_path: Path) -> None:
    async with open_store(data=tmp_path) as store:
        await _bring(store, 200)
        with workers(tmp_path, 8) as (nursery, children):
            for child in children[:3]:
                await asyncio.sleep(0.05)
                os.kill(child, signal.SIGKILL)
            for _ in range(3):
                await asyncio.sleep(0.1)
                with contextlib.suppress(OSError):  # it may be dead still
                    os.kill(server_pid(tmp_path), signal.SIGKILL)
            assert await asyncio.to_thread(nursery.wait, 55) == 0
        await _is_filed_exactly(store, 200)


async def _bring(store: Store, count: int) -> None:
    feed = await store.feeds.add("https://one.example/feed")
    await store.feeds.commit_poll(None, feed, [entry(number) for number in range(count)], NOON)


async def _is_filed_exactly(store: Store, count: int) -> None:
    stories = await store.stories.load(range(1, 100))
    assert len(stories) == EVENTS
    articles = await store.articles.load(one for story in stories for one in story.article_ids)
    assert len({one.url for one in articles}) == len(articles) == count
    assert Counter(len(story.article_ids) for story in stories) == {count // EVENTS: EVENTS}
    assert [len(await store.stories.observations(story.id)) for story in stories] == [count // EVENTS] * EVENTS
    assert len({one.copy_group for one in articles}) == EVENTS
