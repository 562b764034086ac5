"""Entries become articles of stories, once each, whatever the feed gives."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.ingest import Turns, article_of
from bot.model import Entry, Feed
from bot.store import Pending

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOON = datetime(2025, 4, 1, 12, tzinfo=UTC)


async def test_an_entry_without_a_date_is_published_when_we_got_it() -> None:
    pending = Pending(Entry("k", "https://gull.example/a?utm_source=x", ""), 7, NOON)
    made = article_of(pending, Feed(7, "https://gull.example/feed", "Gull Gazette", language="de"))
    assert (made.published_at, made.retrieved_at, made.feed_id, made.language) == (NOON, NOON, 7, "de")
    assert (made.url, made.title, made.outlet) == (
        "https://gull.example/a",
        "https://gull.example/a",
        "Gull Gazette",
    )


async def test_an_entry_from_the_future_is_published_now() -> None:
    pending = Pending(Entry("k", "https://gull.example/a", "A", NOON + timedelta(days=3)), 7, NOON)
    assert article_of(pending, None).published_at == NOON


async def test_the_same_article_in_two_feeds_is_filed_once(newsroom: Any) -> None:
    before = await newsroom.desk.brief("ebbing flood")
    feed = await newsroom.store.feeds.add("https://again.example/feed", "Again")
    flood = before.brief.stories[0].sources[0].url
    entry = Entry(
        "x", f"{flood}?utm_medium=rss", "Ebbing flood reaches 340 homes", NOON, text_html="<p>Water.</p>"
    )
    await newsroom.store.feeds.commit_poll(None, feed, [entry], NOON)
    (claim,) = await newsroom.store.due.articles.take(1, 60)
    await newsroom.ingester.ingest(claim)
    assert await newsroom.store.due.articles.size() == 0
    assert (await newsroom.desk.brief("ebbing flood")).brief.id == before.brief.id


async def test_a_claim_on_what_was_filed_ends(newsroom: Any) -> None:
    await newsroom.store.due.articles.add("999999")
    (claim,) = await newsroom.store.due.articles.take(1, 60)
    await newsroom.ingester.ingest(claim)
    assert await newsroom.store.due.articles.size() == 0


async def test_S7_an_entry_that_kills_its_worker_is_dropped_and_the_next_is_filed(newsroom: Any) -> None:
    feed = await newsroom.store.feeds.add("https://bomb.example/feed", "Bomb")
    bomb = Entry("bomb", "https://bomb.example/1", "Bomb", NOON, text_html="<i>" * 30 + "1 " * 3_000_000)
    await newsroom.store.feeds.commit_poll(None, feed, [bomb], NOON)
    (claim,) = await newsroom.store.due.articles.take(1, 60)
    await newsroom.ingester.ingest(claim)
    assert await newsroom.store.due.articles.size() == 0
    await newsroom.publish("Bomb", "Volcano wakes", "A volcano woke on Tuesday. 40 goats fled.", NOON)
    assert (await newsroom.desk.brief("volcano")).brief.stories


async def _go(turns: Turns, words: str, went: list[str], *, until: asyncio.Event) -> None:
    async with turns.take(words.split()):
        went.append(words)
        await until.wait()


async def test_who_names_the_same_word_goes_one_after_the_other_as_they_came() -> None:
    turns, went = Turns(), list[str]()
    ends = [asyncio.Event() for _ in range(4)]
    words = ("ferry fog", "fog harbour", "budget", "ferry harbour")
    tasks = [asyncio.create_task(_go(turns, one, went, until=end)) for one, end in zip(words, ends, strict=True)]
    await asyncio.sleep(0)
    assert went == ["ferry fog", "budget"]
    for end in ends:
        end.set()
    await asyncio.gather(*tasks)
    assert went == ["ferry fog", "budget", "fog harbour", "ferry harbour"]


async def test_who_gives_his_turn_up_holds_nobody_up() -> None:
    turns, went, end = Turns(), list[str](), asyncio.Event()
    tasks = [asyncio.create_task(_go(turns, "fog", went, until=end)) for _ in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    end.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with turns.take(["fog"]):
        assert went == ["fog", "fog"]
