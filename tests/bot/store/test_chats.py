"""Chats on the real server."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import time, timedelta

from bot.model import Chat, ChatRef, Timetable, Told
from bot.store import Store
from tests.bot.store.examples import CHAT, NOON, delivery, tell

SET = Chat(
    CHAT,
    "Harbour",
    "group",
    "Europe/London",
    ("draft", "ferry"),
    Timetable((time(7), time(18, 30)), frozenset({0, 4}), "Europe/London"),
    scheduled=True,
    next_slot_at=NOON,
)


async def test_a_chat_comes_back_as_it_was_saved_and_is_due_at_its_next_slot(store: Store) -> None:
    assert await store.chats.find(CHAT) is None
    assert await store.chats.save(SET)
    assert await store.chats.find(CHAT) == SET
    assert await store.chats.all() == (SET,)
    assert await store.due.subscriptions.find(CHAT.key) == NOON


async def test_an_unscheduled_chat_is_not_due(store: Store) -> None:
    await store.chats.save(SET)
    await store.chats.save(replace(SET, scheduled=False))
    assert await store.due.subscriptions.size() == 0


async def test_D8_a_paused_chat_is_kept_and_not_due_until_it_is_saved_anew(store: Store) -> None:
    assert await store.chats.pause(CHAT, "blocked") is None
    await store.chats.save(SET)
    paused = await store.chats.pause(CHAT, "blocked")
    assert paused == replace(SET, paused="blocked")
    found = await store.chats.find(CHAT)
    assert found == replace(SET, paused="blocked", next_slot_at=None)
    assert await store.due.subscriptions.size() == 0
    await store.chats.save(replace(SET, next_slot_at=NOON + timedelta(days=1)))
    assert await store.due.subscriptions.find(CHAT.key) == NOON + timedelta(days=1)


async def test_D13_an_operation_is_done_once(store: Store) -> None:
    assert await store.chats.save(SET, "order:1")
    assert not await store.chats.save(Chat(CHAT), "order:1")
    assert await store.chats.change(CHAT, lambda chat: replace(chat, topics=()), "order:1") == SET
    assert await store.chats.find(CHAT) == SET


async def test_changes_at_the_same_moment_are_all_kept(store: Store) -> None:
    def follows(topic: str) -> Awaitable[Chat]:
        return store.chats.change(CHAT, lambda chat: replace(chat, topics=(*chat.topics, topic)), title="Harbour")

    topics = [f"topic {number}" for number in range(8)]
    await asyncio.gather(*map(follows, topics))
    found = await store.chats.find(CHAT)
    assert found
    assert (found.title, sorted(found.topics)) == ("Harbour", topics)


async def test_an_operation_remembered_from_another_chat_does_not_stall(store: Store) -> None:
    await store.chats.save(SET, "order:1")
    other = ChatRef("telegram", "8")
    assert (await store.chats.change(other, lambda chat: chat, "order:1")).ref == other


async def test_T8_a_chat_moves_with_its_threads_its_deliveries_and_its_slot(store: Store) -> None:
    new, thread = ChatRef("telegram", "-1007"), replace(CHAT, thread="5")
    neighbour = ChatRef("telegram", "70")
    await tell(store, {1: Told(1)})
    for ref in (CHAT, thread, neighbour):
        await store.chats.save(replace(SET, ref=ref))
    await store.access.allow(CHAT)
    for key in ("one", "two"):
        await store.outbox.enqueue(delivery(key))
    assert await store.chats.move(CHAT, new) == 2
    assert await store.chats.move(CHAT, new) == 0
    assert {chat.ref for chat in await store.chats.all()} == {new, replace(new, thread="5"), neighbour}
    assert await store.chats.find(new) == replace(SET, ref=new)
    assert await store.briefs.told(new) == {1: Told(1)}
    assert await store.access.allowed("1", new)
    assert await store.due.subscriptions.find(new.key) == NOON
    assert await store.due.subscriptions.size() == 3
    for key in ("one", "two"):
        (claim,) = await store.due.deliveries.take(9, 60)
        assert claim.member == key
        found = await store.outbox.resume(claim)
        assert found
        assert found.chat == new
        assert await store.outbox.sent(claim, 0, key)
    assert await store.due.deliveries.size() == 0


async def test_T8_a_move_into_a_chat_that_talks_already_keeps_its_settings_and_sends_after_what_waits_there(
    store: Store,
) -> None:
    new = ChatRef("telegram", "-1007")
    await store.chats.save(SET)
    await store.chats.save(Chat(new, "New"))
    await store.outbox.enqueue(delivery("old"))
    await store.outbox.enqueue(delivery("new", chat=new))
    await store.chats.move(CHAT, new)
    assert await store.chats.all() == (Chat(new, "New"),)
    for key in ("new", "old"):
        (claim,) = await store.due.deliveries.take(9, 60)
        assert claim.member == key
        await store.outbox.sent(claim, 0, key)
