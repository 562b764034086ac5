"""Stories that turn out to be one become one, whoever is killed on the way; those an editor parted stay apart."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import dedupe, settle
from bot.dedupe import stream as stream_of
from bot.dedupe.decide import COMPARED_MEMBERS
from bot.dedupe.regroup import MOST_SINGLE
from bot.dedupe.saga import SHARED_TERMS
from bot.ingest import article_of
from bot.model import Entry
from bot.settle import MOST_MOVES, Settler
from bot.store import Pending, Store, articles
from tests.bot.test_regroup import BOTH, DRAFT, NEWS, TARIFFS

LONG = timedelta(hours=7)
NOON = datetime(2025, 3, 31, 12, tzinfo=UTC)
FERRY = (
    ("Fog halts the Skarnes ferry", "Fog halted the Skarnes ferry on Monday, the harbour office said."),
    ("Skarnes strands 400 passengers", "The ferry from Skarnes stranded 400 passengers in the fog on Monday."),
    ("Ferry waits at Skarnes harbour", "At Skarnes harbour 400 passengers waited for the ferry in thick fog."),
    ("Skarnes fog: 400 still wait", "Thick fog kept 400 ferry passengers at Skarnes harbour until the evening."),
)
OTHERS = (
    (
        "Varde council raises parking fees",
        "Parking in Varde will cost 4 crowns more, the council decided.",
    ),
    ("Comet seen over Orm observatory", "Astronomers at the Orm observatory photographed a comet at dawn."),
    ("Varde drivers protest parking fees", "Drivers in Varde protested against the 4 crowns parking costs more."),
)


def stream() -> list[dict[str, object]]:
    """Return a morning's articles in time order."""
    mixed = [*FERRY[:2], *OTHERS[:2], *FERRY[2:], *OTHERS[2:]]
    return [
        {"id": str(number), "title": title, "text": text, "source": "One", "url": None, "ts": _at(number)}
        for number, (title, text) in enumerate(mixed)
    ]


def _at(number: int) -> float:
    return (NOON + timedelta(minutes=10 * number)).timestamp()


async def bring(store: Store, row: Mapping[str, object], *, alone: bool = False) -> None:
    """File one article of a stream as the bot would, or as a story of its own, whatever it says."""
    feed = await store.feeds.add("https://one.example/feed")
    at = datetime.fromtimestamp(float(str(row["ts"])), UTC)
    entry = Entry(str(row["id"]), "", str(row["title"]), at, text_html=str(row["text"]))
    await store.feeds.commit_poll(None, feed, [entry], at)
    (claim,) = await store.due.articles.take(1, 60)
    made = replace(article_of(Pending(entry, feed.id, at), feed), text=str(row["text"]))
    marks = dedupe.fingerprint("", made.title, made.text, at)
    found = await store.articles.candidates(marks)
    earlier = await store.articles.earlier(dedupe.asked_terms(marks), marks.published_at)
    decision = dedupe.decide(marks, replace(found, stories={}) if alone else found)
    decision = decision if decision.story_id else dedupe.take_up(marks, earlier, decision)
    await store.articles.file(claim, made, marks, decision, [], found.token)


async def apart(store: Store, rows: Iterable[Mapping[str, object]]) -> None:
    """File articles each as a story of its own."""
    for row in rows:
        await bring(store, row, alone=True)


async def grouped(store: Store) -> set[frozenset[int]]:
    """Return which articles are together."""
    last = int(await store.link.call("GET", "id:story"))
    return {frozenset(story.article_ids) for story in await store.stories.load(range(1, last + 1))}


def expected(rows: list[dict[str, object]]) -> set[frozenset[int]]:
    """Return which articles are together where the whole stream is grouped in memory."""
    stories: dict[int, set[int]] = {}
    for number, row in enumerate(dedupe.group(rows), start=1):
        stories.setdefault(row["story"], set()).add(number)
    return set(map(frozenset, stories.values()))


async def test_a_stream_filed_live_ends_as_it_does_when_it_is_grouped_at_once(store: Store) -> None:
    rows = stream()
    for row in rows:
        await bring(store, row)
    await Settler(store).settle_now(LONG)
    assert await grouped(store) == expected(rows)
    assert await store.due.stories.size() == 0


async def test_I8_stories_that_were_filed_apart_become_one_and_say_why(store: Store) -> None:
    rows = stream()
    await apart(store, rows)
    assert len(await grouped(store)) == len(rows)
    await Settler(store).settle_now(LONG)
    assert await grouped(store) == expected(rows)
    merged = [one.text for one in await store.stories.reasons(1) if not one.article_id]
    assert merged[0].startswith("merged: story 2 came in, it fits at +")


async def test_the_store_looks_as_far_as_a_stream_in_memory() -> None:
    assert (articles.POSTED_TERMS, articles.MOST_STORIES) == (stream_of.POSTED_TERMS, stream_of.COMPARED_STORIES)
    assert (articles.MOST_MEMBERS, articles.SHARED_TERMS) == (COMPARED_MEMBERS, SHARED_TERMS)
    assert (articles.SETTLED_TERMS, articles.SETTLED_MEMBERS) == (stream_of.SETTLED_TERMS, MOST_SINGLE)


async def test_a_story_is_due_soon_when_it_grew_and_late_in_any_case(store: Store) -> None:
    now = await store.now()
    await store.due.articles.add("99")
    await store.due.articles.take(1, 60)  # another worker files one too
    for row in stream()[:2]:
        await bring(store, row)
    soon, late = await store.due.stories.find("1"), await store.due.stories.find("1 late")
    assert soon is not None
    assert late is not None
    assert timedelta(seconds=15) < soon - now < timedelta(seconds=40)
    assert timedelta(hours=5) < late - now < timedelta(hours=7)


async def test_a_story_that_grew_is_due_at_once_when_no_article_waits(store: Store) -> None:
    for row in stream()[:2]:
        await bring(store, row)
    soon = await store.due.stories.find("1")
    assert soon is not None
    assert soon <= await store.now()


async def test_a_story_filed_alone_is_not_compared_again_at_once(store: Store) -> None:
    await bring(store, stream()[0])
    assert await store.due.stories.find("1") is None


async def test_two_workers_settling_neighbours_at_once_make_one_story(store: Store) -> None:
    await apart(store, stream()[:2])
    await store.due.stories.hasten(await store.now() + LONG)
    claims = await store.due.stories.take(10, 60)
    settler = Settler(store)
    await asyncio.gather(*(settler.settle(claim) for claim in claims))
    assert await grouped(store) == {frozenset({1, 2})}


async def test_a_settling_that_was_killed_is_done_by_the_next(store: Store) -> None:
    await apart(store, stream()[:2])
    await store.due.stories.hasten(await store.now() + LONG)
    await store.due.stories.take(10, 60)
    await store.due.free()
    await Settler(store).settle_now(LONG)
    assert await grouped(store) == {frozenset({1, 2})}


async def test_what_an_editor_parted_is_never_merged_again(store: Store) -> None:
    await apart(store, stream()[:2])
    await store.stories.merge(1, 2, "by its owner")
    _, part = await store.stories.split(1, [2], "order:1", "by its owner")
    await store.due.stories.add("1 late")
    await store.due.stories.add(f"{part} late")
    await Settler(store).settle_now(LONG)
    assert await grouped(store) == {frozenset({1}), frozenset({2})}


async def test_a_story_that_is_gone_is_settled(store: Store) -> None:
    await store.due.stories.add("7")
    await Settler(store).settle_now(LONG)
    assert await store.due.stories.size() == 0


# ---------------------------------------------------------------- moves


def rows_of(*news: tuple[str, str]) -> list[dict[str, object]]:
    return [
        {"id": str(number), "title": title, "text": text, "ts": _at([*NEWS, *FERRY].index((title, text)))}
        for number, (title, text) in enumerate(news)
    ]


async def headlines(store: Store) -> set[frozenset[str]]:
    """Return which headlines are together."""
    return {
        frozenset(one.title for one in await store.articles.load(articles)) for articles in await grouped(store)
    }


@pytest.mark.parametrize("seed", range(6))
async def test_in_any_order_articles_end_in_the_same_stories(store: Store, seed: int) -> None:
    order = [*TARIFFS, BOTH, *DRAFT, *FERRY]
    random.Random(seed).shuffle(order)
    for row in rows_of(*order):
        await bring(store, row)
    await Settler(store).settle_now(LONG)
    told = [TARIFFS, (BOTH, *DRAFT), FERRY]
    assert await headlines(store) == {frozenset(title for title, _ in news) for news in told}


async def test_an_article_that_came_before_its_story_moves_there_soon_and_says_why(store: Store) -> None:
    for row in rows_of(TARIFFS[0], BOTH, *DRAFT):
        await bring(store, row)
    await store.stories.move([3, 4, 5], 1, 0, "", ((await store.stories.load([1]))[0].version, 0))
    assert await grouped(store) == {frozenset({1, 2}), frozenset({3, 4, 5})}
    await store.due.stories.add("2")
    settler = Settler(store)
    await settler.settle_now(timedelta(seconds=1))
    assert await grouped(store) == {frozenset({1}), frozenset({2, 3, 4, 5})}
    assert settler.moves == {2: 1}
    (moved,) = await store.articles.reasons([2])
    assert re.fullmatch(
        r"moved here from story 1, it fits this one better \(\+[23]\.\d against \+[23]\.\d\)", moved.text
    )
    assert (await store.stories.reasons(1))[-1].text == "parted: #2 went to story 2"


async def test_no_more_moves_are_remembered_than_there_is_room_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "MOST_MOVED", 2)
    for row in rows_of(TARIFFS[0], BOTH, *DRAFT):
        await bring(store, row)
    await store.stories.move([3, 4, 5], 1, 0, "", ((await store.stories.load([1]))[0].version, 0))
    await store.due.stories.add("2")
    settler = Settler(store, moves=Counter({8: 1, 9: 1}))
    await settler.settle_now(timedelta(seconds=1))
    assert settler.moves == {2: 1}


async def test_company_is_worked_out_once_for_the_articles_around(store: Store) -> None:
    await apart(store, rows_of(*FERRY[:3]))
    settler = Settler(store)
    await settler.settle_now(LONG)
    assert await grouped(store) == {frozenset({1, 2, 3})}
    assert list(settler.company) == [frozenset({1, 2, 3})]


async def test_of_many_articles_around_some_show_the_company(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "MOST_AROUND", 2)
    await apart(store, rows_of(*FERRY))
    settler = Settler(store)
    await settler.settle_now(LONG)
    assert settler.company
    assert {len(around) for around in settler.company} == {2}
    assert len(settler.company) <= settle.PACE.slots


async def test_an_article_that_was_moved_too_often_stays_where_it_is(store: Store) -> None:
    for row in rows_of(TARIFFS[0], BOTH, *DRAFT):
        await bring(store, row)
    await store.stories.move([3, 4, 5], 1, 0, "", ((await store.stories.load([1]))[0].version, 0))
    await store.due.stories.add("2")
    await Settler(store, moves=Counter({2: MOST_MOVES})).settle_now(timedelta(seconds=1))
    assert await grouped(store) == {frozenset({1, 2}), frozenset({3, 4, 5})}


async def test_what_fits_nothing_in_its_story_gets_one_of_its_own(store: Store) -> None:
    for row in rows_of(*DRAFT, FERRY[0]):
        await bring(store, row, alone=True)
    for other in (2, 3, 4):
        await store.stories.merge(1, other)
    await Settler(store).settle_now(LONG)
    assert await grouped(store) == {frozenset({1, 2, 3}), frozenset({4})}
    (moved,) = await store.articles.reasons([4])
    assert moved.text == "moved here from story 1, it fits nothing told there (-3.0)"


async def test_settling_again_changes_nothing(store: Store) -> None:
    for row in rows_of(TARIFFS[0], BOTH, TARIFFS[1], *DRAFT):
        await bring(store, row)
    await Settler(store).settle_now(LONG)
    before = await store.changes.last()
    for story in (1, 2, 3):
        await store.due.stories.add(f"{story} late")
    await Settler(store).settle_now(LONG)
    assert await store.changes.last() == before


async def test_what_an_editor_put_together_is_not_taken_apart_again(store: Store) -> None:
    await apart(store, rows_of(*DRAFT[:2], FERRY[0]))
    await store.stories.put_together(1, 2, "order:1", "by its owner")
    await store.stories.put_together(1, 3, "order:2", "by its owner")
    await store.due.stories.add("1 late")
    await Settler(store).settle_now(LONG)
    assert await grouped(store) == {frozenset({1, 2, 3})}
