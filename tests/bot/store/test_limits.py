"""Sending limits on the real server."""

import asyncio

from bot.store import Store


async def test_T12_one_message_a_second_to_a_telegram_chat(store: Store) -> None:
    assert await store.limits.take("telegram", "7", group=False) == 0
    assert 0.9 < await store.limits.take("telegram", "7", group=False) <= 1.05
    assert await store.limits.take("telegram", "8", group=False) == 0


async def test_K8_one_message_a_second_to_a_slack_channel(store: Store) -> None:
    assert await store.limits.take("slack", "T1/C1", group=True) == 0
    assert 0.9 < await store.limits.take("slack", "T1/C1", group=True) <= 1.05


async def test_T12_twenty_messages_a_minute_to_a_group(store: Store) -> None:
    for _ in range(20):
        assert await store.limits.take("telegram", "-7", group=True) == 0
        await store.link.call("DEL", "lim:telegram:-7")
    assert 55 < await store.limits.take("telegram", "-7", group=True) <= 63


async def test_T12_thirty_messages_a_second_in_all_whoever_sends(store: Store) -> None:
    waits = await asyncio.gather(*(store.limits.take("telegram", str(chat), group=False) for chat in range(40)))
    assert waits.count(0) == 30
    assert max(waits) <= 1.2


async def test_T12_K8_a_wait_the_platform_asked_for_holds_that_chat_alone(store: Store) -> None:
    await store.limits.hold("telegram", "7", 30)
    await store.limits.hold("telegram", "7", 3)
    assert 29 < await store.limits.take("telegram", "7", group=False) <= 30
    assert await store.limits.take("telegram", "8", group=False) == 0
