"""Briefs and what chats were told, on the real server."""

import asyncio
import re
from dataclasses import replace

from bot.model import Brief, BriefBullet, BriefStory, Point, Series, Source, Told
from bot.store import Store
from tests.bot.store.examples import CHAT, NOON, observation, tell

POINT = Point((40.0, 50.0), "~", "2025-03", (observation(),), 1)
PAIR = ((POINT, POINT),)
SERIES = Series("ferry|passenger", "passengers", "passenger", (POINT,), conflicts=PAIR, changes=("+1",))
BULLET = BriefBullet("Fog delayed 40.", (1,), 1, 0, 15, bold=((12, 14),), series=SERIES)
SOURCE = Source(1, 1, "One", "Ferry", "https://one.example/1", NOON, 1)
STORY = BriefStory(1, 2, "Ferry", 1, 1, NOON, (BULLET,), (SOURCE,), (SERIES,))
BRIEF = Brief("", "draft", NOON, (STORY,), note="one source")


async def make() -> Brief:
    return BRIEF


async def test_D1_who_asks_the_same_gets_the_same_stored_brief(store: Store) -> None:
    one, other = await asyncio.gather(*(store.briefs.find_or_save("draft|1", make) for _ in "ab"))
    assert one == other == replace(BRIEF, id=one.id)
    assert await store.briefs.find_or_save("draft|1", make) == one
    assert (await store.briefs.find_or_save("draft|2", make)).id != one.id


async def test_a_brief_is_found_by_its_id_as_a_reader_types_it(store: Store) -> None:
    brief = await store.briefs.find_or_save("draft", make)
    typed = f" {brief.id.lower().replace('0', 'o').replace('1', 'l')} "
    assert await store.briefs.load(typed) == brief
    assert await store.briefs.load("ZZZZ") is None


async def test_ids_are_short_unlike_each_other_and_never_repeated(store: Store) -> None:
    ids = [(await store.briefs.find_or_save(str(number), make)).id for number in range(60)]
    for count in (32**4 - 3, 32**5 - 3):
        await store.link.call("SET", "id:brief", count)
        ids += [(await store.briefs.find_or_save(f"{count}{number}", make)).id for number in range(6)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{4,6}", one) for one in ids)
    assert [len(one) for one in ids[-12:]] == [4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6]
    assert len({one[:2] for one in ids[:60]}) > 30


async def test_what_a_chat_was_told_is_remembered_by_story(store: Store) -> None:
    assert await store.briefs.told(CHAT) == {}
    await tell(store, {1: Told(1, {"ferry": "40"}), 2: Told(1)})
    await tell(store, {1: Told(2, {"ferry": "50"})})
    assert await store.briefs.told(CHAT) == {1: Told(2, {"ferry": "50"}), 2: Told(1)}
