"""The outbox on the real server: every state a part can be in, and every moment its sender may die."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Attachment, Chat, ChatRef, Delivery, Part, Told
from bot.store import Claim, Store
from tests.bot.store.examples import CHAT, NOON, delivery

OTHER = ChatRef("slack", "T1/C1")
DAY = timedelta(days=1)


async def taken(store: Store, lease_seconds: float = 60) -> Claim:
    (claim,) = await store.due.deliveries.take(1, lease_seconds)
    return claim


def states(found: Delivery | None) -> list[str]:
    assert found
    return [part.state for part in found.parts]


async def test_D2_a_key_is_used_once(store: Store) -> None:
    assert await store.outbox.enqueue(delivery("one"))
    assert not await store.outbox.enqueue(delivery("one", parts=3))
    assert await store.outbox.load("one") == delivery("one")
    assert await store.outbox.load("two") is None


async def test_a_file_is_kept_compressed(store: Store) -> None:
    csv = Attachment("figures.csv", b"series,label,value\n" * 1000)
    with_file = replace(delivery("one"), parts=(Part({"caption": "Figures"}, attachment=csv), Part({"text": "x"})))
    await store.outbox.enqueue(with_file)
    assert await store.outbox.load("one") == with_file
    assert int(await store.link.call("HSTRLEN", "out:one", "r")) < 1000


async def test_a_part_goes_from_pending_through_sending_to_sent(store: Store) -> None:
    await store.outbox.enqueue(delivery("one", parts=2))
    claim = await taken(store)
    for part, now in enumerate((["sending", "pending"], ["sent", "sending"])):
        assert await store.outbox.start(claim, part)
        assert states(await store.outbox.load("one")) == now
        assert await store.outbox.sent(claim, part, f"message-{part}")
    found = await store.outbox.load("one")
    assert states(found) == ["sent", "sent"]
    assert await store.due.deliveries.size() == 0
    assert await store.outbox.list("sent") == (found,)


async def test_D3_a_cut_send_is_unknown_shown_to_the_operator_and_not_repeated(store: Store) -> None:
    await store.outbox.enqueue(delivery("one"))
    claim = await taken(store)
    await store.outbox.start(claim, 0)
    assert await store.outbox.unknown(claim, 0, "timed out")
    assert await store.due.deliveries.size() == 0
    assert not await store.outbox.start(claim, 0)
    (found,) = await store.outbox.list("unknown")
    assert (found.parts[0].state, found.parts[0].error) == ("unknown", "timed out")
    assert await store.outbox.list("failed") == ()


async def test_D3_what_was_certainly_not_sent_is_sent_again_at_its_time(store: Store) -> None:
    await store.outbox.enqueue(delivery("one"))
    claim = await taken(store)
    await store.outbox.start(claim, 0)
    later = await store.now() + timedelta(hours=1)
    assert await store.outbox.retry(claim, 0, later, "429")
    assert await store.due.deliveries.take(1, 60) == ()
    await store.set_clock(later)
    claim = await taken(store)
    assert states(await store.outbox.resume(claim)) == ["pending"]
    assert await store.outbox.start(claim, 0)


async def test_a_part_that_cannot_be_sent_takes_the_rest_with_it_if_told_so(store: Store) -> None:
    for key, rest in (("one", False), ("two", True)):
        await store.outbox.enqueue(delivery(key, parts=3))
        claim = await taken(store)
        await store.outbox.sent(claim, 0, "1")
        assert await store.outbox.failed(claim, 1, "blocked", rest=rest)
        await store.outbox.sent(claim, 2, "3")
    assert states(await store.outbox.load("one")) == ["sent", "failed", "sent"]
    assert states(await store.outbox.load("two")) == ["sent", "failed", "failed"]
    assert [one.key for one in await store.outbox.list("failed")] == ["two", "one"]
    assert await store.due.deliveries.size() == 0


async def test_D4_a_sender_that_died_while_sending_is_replaced_and_nothing_is_lost(store: Store) -> None:
    await store.outbox.enqueue(delivery("one", parts=2))
    dead = await taken(store, lease_seconds=0)
    await store.outbox.start(dead, 0)
    claim = await taken(store)
    found = await store.outbox.resume(claim)
    assert states(found) == ["pending", "pending"]
    assert not await store.outbox.start(dead, 0)
    assert await store.outbox.start(claim, 0)


async def test_D4_a_part_sent_before_its_sender_died_is_not_sent_again(store: Store) -> None:
    await store.outbox.enqueue(delivery("one", parts=2))
    dead = await taken(store, lease_seconds=0)
    await store.outbox.start(dead, 0)
    await store.outbox.sent(dead, 0, "m")
    assert states(await store.outbox.resume(await taken(store))) == ["sent", "pending"]


async def test_a_sender_that_was_only_slow_may_still_say_that_it_sent(store: Store) -> None:
    await store.outbox.enqueue(delivery("one"))
    slow = await taken(store, lease_seconds=0)
    await store.outbox.start(slow, 0)
    claim = await taken(store)
    assert not await store.outbox.unknown(slow, 0, "late")
    assert await store.outbox.sent(slow, 0, "m")
    assert await store.outbox.resume(claim) is None
    assert await store.due.deliveries.size() == 0


async def test_who_lost_his_claim_sends_nothing(store: Store) -> None:
    await store.outbox.enqueue(delivery("one"))
    late = await taken(store, lease_seconds=0)
    await taken(store)
    assert await store.outbox.resume(late) is None
    assert not await store.outbox.start(late, 0)
    assert not await store.outbox.retry(late, 0, NOON, "429")
    assert not await store.outbox.start(late, 7)


async def test_one_chats_deliveries_keep_their_order(store: Store) -> None:
    for key in ("one", "two", "three"):
        await store.outbox.enqueue(delivery(key))
    for key in ("one", "two", "three"):
        claim = await taken(store)
        assert claim.member == key
        assert await store.due.deliveries.take(9, 60) == ()
        await store.outbox.sent(claim, 0, key)


async def test_D7_one_chats_wait_is_nobody_elses(store: Store) -> None:
    await store.outbox.enqueue(delivery("held"))
    await store.outbox.enqueue(delivery("held too"))
    await store.outbox.enqueue(delivery("free", chat=OTHER))
    await store.outbox.retry(await taken(store), 0, await store.now() + DAY, "429")
    assert [claim.member for claim in await store.due.deliveries.take(9, 60)] == ["free"]


async def test_a_delivery_without_parts_holds_nobody_up(store: Store) -> None:
    assert await store.outbox.enqueue(delivery("empty", parts=0))
    await store.outbox.enqueue(delivery("one"))
    assert (await taken(store)).member == "one"


async def test_what_is_gone_from_the_outbox_ends_its_claim(store: Store) -> None:
    await store.due.deliveries.add("never stored")
    assert await store.outbox.resume(await taken(store)) is None
    assert await store.due.deliveries.size() == 0


async def test_a_button_leads_to_its_order_and_its_delivery(store: Store) -> None:
    sent = Delivery("one", CHAT, (Part({}, {"T1": "sources 7Q2M"}), Part({}, {"T2": "mute"}, edits="9")), NOON)
    await store.outbox.enqueue(sent)
    assert await store.outbox.button("T1") == ("sources 7Q2M", sent)
    assert await store.outbox.button("T2") == ("mute", sent)
    assert await store.outbox.button("T3") is None
    await store.link.call("DEL", "out:one")
    assert await store.outbox.button("T1") is None


# ---------------------------------------------------------------- slots

SCHEDULED = Chat(CHAT, scheduled=True, next_slot_at=NOON)


async def slot(store: Store) -> Claim:
    await store.chats.save(SCHEDULED)
    (claim,) = await store.due.subscriptions.take(1, 60)
    return claim


async def test_a_slot_is_committed_as_a_whole(store: Store) -> None:
    claim = await slot(store)
    assert claim.due_at == NOON
    told = {3: Told(2, {"a": "1"})}
    assert await store.outbox.brief_slot(claim, SCHEDULED, delivery("briefing"), NOON + DAY, told)
    assert (await taken(store)).member == "briefing"
    assert await store.briefs.told(CHAT) == told
    assert await store.due.subscriptions.find(CHAT.key) == NOON + DAY
    assert await store.chats.find(CHAT) == replace(SCHEDULED, next_slot_at=NOON + DAY)


async def test_D13_a_slot_committed_twice_is_one_slot(store: Store) -> None:
    claim = await slot(store)
    for _ in range(2):
        assert await store.outbox.brief_slot(claim, SCHEDULED, delivery("briefing"), NOON + DAY)
    assert len(await store.outbox.list("pending")) == 1


async def test_D2_a_slot_briefed_before_tells_nothing_anew(store: Store) -> None:
    await store.outbox.enqueue(delivery("briefing"))
    claim = await slot(store)
    assert await store.outbox.brief_slot(claim, SCHEDULED, delivery("briefing"), NOON + DAY, {3: Told(2)})
    assert await store.briefs.told(CHAT) == {}


async def test_a_slot_without_news_only_moves_on(store: Store) -> None:
    assert await store.outbox.brief_slot(await slot(store), SCHEDULED, None, None)
    assert await store.due.subscriptions.size() == 0
    assert await store.outbox.list("pending") == ()


async def test_a_slot_by_somebody_whose_claim_has_passed_on_commits_nothing(store: Store) -> None:
    claim = await slot(store)
    await store.due.free()
    assert not await store.outbox.brief_slot(claim, SCHEDULED, delivery("briefing"), NOON + DAY)
    assert await store.outbox.load("briefing") is None


async def test_settings_changed_while_a_slot_is_briefed_decide_the_next_one(store: Store) -> None:
    claim = await slot(store)
    await store.chats.save(replace(SCHEDULED, topics=("ferry",), next_slot_at=NOON + 2 * DAY))
    await store.outbox.brief_slot(claim, SCHEDULED, delivery("briefing"), NOON + DAY)
    found = await store.chats.find(CHAT)
    assert found == replace(SCHEDULED, topics=("ferry",), next_slot_at=NOON + 2 * DAY)
    assert await store.due.subscriptions.find(CHAT.key) == NOON + 2 * DAY
