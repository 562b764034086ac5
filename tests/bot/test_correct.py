"""A figure that was taken back is corrected in the messages that told it (D10)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot import answer, correct, deliver
from bot.deliver import Post
from bot.desk import Desk, House, find
from bot.errors import RetryLater
from bot.index import Index
from bot.model import ChatRef, Delivery, Order, Part
from bot.store import Claim, Store
from bot.workers import Workers
from handlers import commands
from handlers.telegram.receive import Settings, Telegram
from tests.conftest import MORNING, Newsroom
from tests.handlers.telegram_server import TOKEN, TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOLL = (
    "A landslide at Grey Pass killed 48 people on Monday evening, the civil defence said. Snow kept helicopters "
    "on the ground, and dogs went up with the first teams at dawn. The road over Grey Pass stays closed."
)
LOWER = (
    "The landslide at Grey Pass killed 31 people, the civil defence said on Tuesday, and not 48: names had been "
    "counted twice. Dogs and their teams searched the snow until noon. The road over Grey Pass stays closed."
)


@asynccontextmanager
async def posted(newsroom: Newsroom) -> AsyncIterator[tuple[Post, TelegramServer]]:
    async with TelegramServer() as server, Workers() as workers:
        telegram = Telegram(Settings(TOKEN, server.base_url), newsroom.store, ())
        await telegram.start()
        try:
            yield Post(newsroom.store, {"telegram": telegram.sender}, workers), server
        finally:
            await telegram.close()


async def asked(post: Post, newsroom: Newsroom, text: str, chat: str) -> Delivery:
    """Ask in a chat and return the answer as it was sent."""
    order = Order(f"ask {text} {chat}", ChatRef("telegram", chat), "9", text, MORNING)
    await newsroom.store.orders.accept(order)
    (claim,) = await newsroom.store.due.orders.take(1, 60)
    await answer.answer_one(post, partial(commands.answer, desk=newsroom.desk), claim)
    await delivered(post)
    found = await newsroom.store.outbox.load(f"reply|{order.key}")
    assert found
    return found


async def delivered(post: Post) -> None:
    for claim in await post.store.due.deliveries.take(10, 60):
        await deliver.deliver(post, claim)


async def unchecked(store: Store) -> list[Claim]:
    """Take what is to be held against messages, however soon that is due."""
    await store.due.corrections.hasten(await store.now() + timedelta(minutes=1))
    return list(await store.due.corrections.take(10, 60))


async def test_D10_a_corrected_figure_edits_the_messages_that_carried_it_once(newsroom: Any) -> None:
    store = newsroom.store
    await store.access.allow(ChatRef("telegram", "5"))
    await store.access.allow(ChatRef("telegram", "6"))
    await newsroom.publish("Northern Rail News", "Landslide kills 48 at Grey Pass", TOLL, MORNING)
    async with posted(newsroom) as (post, server):
        told = await asked(post, newsroom, "landslide", "5")
        await asked(post, newsroom, "flood", "6")
        assert await unchecked(store) == []
        await newsroom.publish("Gull Gazette", "Grey Pass: civil defence lowers toll", LOWER, MORNING)
        (claim,) = await unchecked(store)
        for _ in range(2):  # as if the process had died before the claim ended
            await correct.correct(post, newsroom.desk.corrections, claim)
            await delivered(post)
            await store.due.corrections.add(claim.member)
            (claim,) = await unchecked(store)
        assert len(server.called("editMessageText")) == 1
        shown = server.messages[5, int(told.parts[0].message_id)]
        assert shown["text"].endswith("Correction, 1 Apr: people killed 48 → 31 · Gull Gazette")
        assert shown["reply_markup"]["inline_keyboard"]  # its buttons stay
        assert [body["chat_id"] for body in server.called("sendMessage")].count(5) == 1


async def test_D10_a_message_still_to_be_sent_is_looked_at_again(newsroom: Any) -> None:
    store = newsroom.store
    story_id = (await newsroom.desk.matches("harbour", 0, 1))[0][0].story.id
    here = ChatRef("telegram", "8")
    part = Part({"text": "later", "silent": False, "buttons": []})
    waiting = Delivery("briefing|telegram:8|x", here, (part,), MORNING, told=((story_id, 0),))
    await store.outbox.enqueue(waiting)
    async with posted(newsroom) as (post, _):
        (claim,) = await unchecked(store)  # the story is another one than was told
        with pytest.raises(RetryLater) as later:
            await correct.correct(post, newsroom.desk.corrections, claim)
        assert later.value.after_seconds == correct.PATIENCE_SECONDS
        await correct.correct(post, newsroom.desk.corrections, replace(claim, attempts=correct.TRIES))
        assert await store.due.corrections.find(claim.member) is None


async def test_D10_a_correction_goes_out_while_the_index_is_built(
    newsroom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = newsroom.store
    await store.access.allow(ChatRef("telegram", "11"))
    capsized, lower = (
        text.replace("landslide at Grey Pass", "ferry that capsized off Port Ayle").replace(
            "Grey Pass", "Port Ayle"
        )
        for text in (TOLL, LOWER)
    )
    await newsroom.publish("Northern Rail News", "Ferry capsizes off Port Ayle: 48 dead", capsized, MORNING)
    async with posted(newsroom) as (post, server):
        await asked(post, newsroom, "ferry Port Ayle", "11")
        await store.link.call("XTRIM", "changes", "MAXLEN", "=", 1)
        monkeypatch.setattr(find, "PATIENCE_SECONDS", 0)
        with Index() as index:
            desk = Desk(store, index, post.workers, store.feeds.add, House())
            assert (await desk.brief("ferry")).brief.note.endswith(find.INCOMPLETE)
            await newsroom.publish("Gull Gazette", "Port Ayle ferry: toll lowered", lower, MORNING)
            for claim in await unchecked(store):
                await correct.correct(post, desk.corrections, claim)
            await delivered(post)
            (edit,) = server.called("editMessageText")
            assert "Correction, 1 Apr: people killed 48 → <b>31</b>" in edit["text"]
            monkeypatch.undo()
            assert (await desk.brief("ferry Port Ayle")).brief.stories[0].outlets == 2
