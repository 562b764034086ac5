"""An editor splits and merges stories, on any platform, and takes it back; what was parted stays parted."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
import pytest_asyncio

from bot import edit
from bot.model import ChatRef, Order, Reply
from handlers import commands

pytestmark = pytest.mark.asyncio(loop_scope="module")

MORNING = datetime(2025, 4, 1, 6, tzinfo=UTC)
NUMBERS = count(1)
TERMINAL = ChatRef("console", "terminal")


def said(text: str, chat: ChatRef = TERMINAL, user: str = "console:owner") -> Order:
    return Order(f"e:{next(NUMBERS)}", chat, user, text, MORNING)


async def ask(newsroom: Any, text: str) -> Reply:
    return await commands.answer(said(text), newsroom.desk)


def told(reply: Reply) -> list[str]:
    return [line.text for line in reply.lines]


async def undone(newsroom: Any, reply: Reply) -> Reply:
    (button,) = reply.buttons
    assert (button.label, button.changes) == ("Undo", True)
    return await ask(newsroom, button.action)


@pytest_asyncio.fixture(loop_scope="module")
async def brief_id(newsroom: Any) -> str:
    """Return the id of a brief with sources 1 and 2 of one story."""
    brief = (await ask(newsroom, "season passes")).brief
    assert brief
    assert [source.number for source in brief.stories[0].sources] == [1, 2]
    return str(brief.id)


async def test_a_source_is_split_off_and_comes_back(newsroom: Any, brief_id: str) -> None:
    reply = await ask(newsroom, f"split {brief_id.lower()} [2]")
    assert told(reply) == [
        "Two stories now; I will not put them together again.",
        "Season passes sell out on the harbour line (1 article)",
        "Commuters rush for season passes (1 article)",
    ]
    asked = (await ask(newsroom, "commuters rush")).brief
    assert asked
    assert asked.stories[0].outlets == 1
    back = await undone(newsroom, reply)
    assert told(back)[1:] == ["Season passes sell out on the harbour line (2 articles)"]
    assert told(await undone(newsroom, back))[0] == "Two stories again, as they were."
    again = (await ask(newsroom, "commuters rush")).brief
    assert again
    assert told(await ask(newsroom, f"merge {brief_id} {again.id}"))[0] == "One story now; nothing is sent again."


async def test_an_article_is_named_by_its_number_too_and_the_reasons_say_who_did_it(newsroom: Any) -> None:
    reply = await ask(newsroom, "split #2")
    (_, new) = sorted(story.id for story in await newsroom.store.stories.load(range(1, 20)) if story.id)[-2:]
    assert (await newsroom.store.stories.reasons(new))[-1].text == "split: #2 taken out by console:owner"
    await undone(newsroom, reply)
    reasons = [one.text for one in await newsroom.store.stories.reasons(1) if not one.article_id]
    assert reasons[-1] == "merged: put together by console:owner"


async def test_two_stories_are_merged_by_their_articles_and_parted_again(newsroom: Any) -> None:
    reply = await ask(newsroom, "merge #1 #3")
    assert told(reply) == [
        "One story now; nothing is sent again.",
        "Season passes sell out on the harbour line (3 articles)",
    ]
    assert told(await undone(newsroom, reply)) == [
        "Two stories again, as they were.",
        "Season passes sell out on the harbour line (2 articles)",
        "Ebbing flood reaches 340 homes (1 article)",
    ]


async def test_T14_an_order_that_is_carried_out_twice_edits_once(newsroom: Any) -> None:
    order = said("merge #1 #3")
    first = await commands.answer(order, newsroom.desk)
    assert await commands.answer(order, newsroom.desk) == first
    parting = said("split #3")
    second = await commands.answer(parting, newsroom.desk)
    assert await commands.answer(parting, newsroom.desk) == second
    assert len(second.lines) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("split", edit.HOW),
        ("merge  #99999", edit.HOW),
        ("split 9", f"There is no brief or source “9”. {edit.HOW}"),
        ("split 7Q2M9 2", f"There is no brief or source “7Q2M9”. {edit.HOW}"),
        ("split #1 #2", "That is the whole story: an article at least has to stay. Leave one out."),
        ("split #1 #3", "These are of several stories already. Name articles of one story."),
        ("merge #1 #2", "Name articles of two stories, for instance a source of each: `merge 7Q2M 1 3`."),
        (f"split #{'9' * 5000}", f"There is no brief or source “#{'9' * 5000}”. {edit.HOW}"),
        ("unmerge 1", "That story was not merged with another one, or its time is over."),
        ("unmerge 12345", "That story was not merged with another one, or its time is over."),
        ("unmerge all", "That story was not merged with another one, or its time is over."),
    ],
)
async def test_a_mistake_is_answered_with_what_to_do(newsroom: Any, text: str, says: str) -> None:
    assert told(await ask(newsroom, text)) == [says]


@pytest.mark.parametrize("chat", [ChatRef("telegram", "7"), ChatRef("slack", "T1/C1")])
async def test_only_the_owner_edits_on_any_platform(newsroom: Any, chat: ChatRef) -> None:
    if not await newsroom.store.access.owner():
        await newsroom.store.access.claim(await newsroom.store.access.claim_code(), "telegram:1")
    await newsroom.store.access.allow(chat)
    for text in ("split #1", "merge #1 #3", "unmerge 2"):
        stranger = await commands.answer(said(text, chat, "2"), newsroom.desk)
        assert told(stranger) == [commands.OWNER_ONLY]
    await newsroom.store.link.call("SET", "access:owner", f"{chat.platform}:1")
    owner = await commands.answer(replace(said("split #1", chat), user="1"), newsroom.desk)
    assert len(owner.lines) == 3
    await undone(newsroom, owner)
