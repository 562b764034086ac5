"""Subscriptions become deliveries once, and deliveries are sent once, whatever fails or dies in between."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot import deliver
from bot.deliver import Post, brief_chat, run_deliveries, run_subscriptions, timed
from bot.errors import ChatGone, ChatMoved, GaveUp, MaybeSent, RetryLater
from bot.model import (
    Attachment,
    Brief,
    Briefing,
    Chat,
    ChatRef,
    Correction,
    Delivery,
    Order,
    Outgoing,
    Part,
    Reply,
    Timetable,
)
from bot.model.chart import Chart, Mark
from bot.store import Claim, Store
from bot.workers import Workers

MORNING = datetime(2025, 3, 31, 7, 0, 5, tzinfo=UTC)
LEDGER = ChatRef("telegram", "5")
CHAT = Chat(LEDGER, timetable=Timetable((time(7),)), scheduled=True, next_slot_at=MORNING.replace(second=0))


@dataclass
class Wire:
    """A platform in memory: says what it was sent, and fails as told."""

    faults: defaultdict[str, list[BaseException]] = field(default_factory=lambda: defaultdict(list))
    sent: list[tuple[str, object]] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    files: list[Attachment | None] = field(default_factory=list)

    def parts(self, message: Outgoing, order: Order | None) -> tuple[Part, ...]:
        assert order is None
        assert not isinstance(message, Correction)
        words = [line.text for line in message.lines] if isinstance(message, Reply) else [message.late or "news"]
        return tuple(Part({"text": text}) for text in words)

    async def send(self, delivery: Delivery, part: Part) -> str:
        self.files.append(part.attachment)
        self.begun.append(delivery.chat.id)
        if delivery.chat.id in self.slow:
            await self.slow[delivery.chat.id].wait()
        self._fail(delivery)
        self.sent.append((delivery.chat.id, part.payload["text"]))
        return str(len(self.sent))

    async def edit(self, delivery: Delivery, part: Part, message_id: str) -> None:
        self._fail(delivery)
        self.edited.append(message_id)

    def _fail(self, delivery: Delivery) -> None:
        if self.faults[delivery.chat.id]:
            raise self.faults[delivery.chat.id].pop(0)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def post(store: Store, wire: Wire) -> Post:
    return Post(store, {"telegram": wire}, Workers())


async def make(chat: Chat, slot_at: datetime) -> Briefing:
    return Briefing(Brief("7Q2M", "draft", slot_at, ()), chat.ref, slot_at)


def delivery(*texts: str, chat: ChatRef = LEDGER, key: str = "", at: datetime = MORNING) -> Delivery:
    return Delivery(key or f"reply|{chat.id}|{texts}", chat, tuple(Part({"text": text}) for text in texts), at)


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], object], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def deliver_next(post: Post) -> Delivery:
    """Deliver what is due next and return it as it then stands."""
    (claim,) = await post.store.due.deliveries.take(1, 60)
    await deliver.deliver(post, claim)
    found = await post.store.outbox.load(claim.member)
    assert found is not None
    return found


# ---------------------------------------------------------------- subscriptions


async def subscribed(store: Store, now: datetime, chat: Chat = CHAT) -> Claim:
    await store.chats.save(chat)
    await store.set_clock(now)
    (claim,) = await store.due.subscriptions.take(1, 60)
    return claim


async def test_D2_a_slot_is_one_delivery_and_the_next_one_is_tomorrow(post: Post, store: Store) -> None:
    await brief_chat(post, make, await subscribed(store, MORNING))
    (made,) = await store.outbox.list("pending")
    assert made.key == "briefing|telegram:5|2025-03-31T07:00:00+00:00"
    assert (made.brief_id, made.parts[0].payload) == ("7Q2M", {"text": "news"})
    assert await store.due.subscriptions.next_at() == datetime(2025, 4, 1, 7, tzinfo=UTC)


async def test_D2_a_slot_that_is_taken_again_is_not_delivered_again(post: Post, store: Store) -> None:
    claim = await subscribed(store, MORNING)
    await brief_chat(post, make, claim)
    await store.due.subscriptions.add(LEDGER.key, MORNING)  # as if the commit's answer had been lost
    (again,) = await store.due.subscriptions.take(1, 60)
    await brief_chat(post, make, again)
    assert len(await store.outbox.list("pending")) == 1
    assert await store.due.subscriptions.next_at() == datetime(2025, 4, 1, 7, tzinfo=UTC)


async def test_D5_after_downtime_the_last_slot_comes_once_late_and_says_so(post: Post, store: Store) -> None:
    await brief_chat(post, make, await subscribed(store, MORNING + timedelta(days=3, hours=2)))
    (made,) = await store.outbox.list("pending")
    assert made.key.endswith("2025-04-03T07:00:00+00:00")
    assert made.parts[0].payload["text"] == "Late: this briefing was due at 07:00."
    assert await store.due.subscriptions.next_at() == datetime(2025, 4, 4, 7, tzinfo=UTC)


@pytest.mark.parametrize("change", [{"paused": "blocked"}, {"scheduled": False}])
async def test_a_chat_that_is_not_to_be_briefed_is_not(post: Post, store: Store, change: dict[str, Any]) -> None:
    await store.chats.save(replace(CHAT, **change))
    await store.due.subscriptions.add(LEDGER.key, MORNING)
    (claim,) = await store.due.subscriptions.take(1, 60)
    await brief_chat(post, make, claim)
    await store.due.subscriptions.add("telegram:99", MORNING)
    (claim,) = await store.due.subscriptions.take(1, 60)
    await brief_chat(post, make, claim)
    assert await store.outbox.list("pending") == ()
    assert await store.due.subscriptions.size() == 0


async def test_a_chat_on_a_platform_that_is_not_configured_waits(store: Store) -> None:
    with pytest.raises(RetryLater, match="telegram is not configured"):
        await brief_chat(Post(store, {}, Workers()), make, await subscribed(store, MORNING))


async def test_a_due_subscription_is_briefed_and_sent(post: Post, store: Store, wire: Wire) -> None:
    await store.chats.save(replace(CHAT, next_slot_at=MORNING))
    await store.set_clock(MORNING - timedelta(seconds=1))
    async with running(run_subscriptions(post, make)), running(run_deliveries(post)):
        await until(lambda: wire.sent)
        await asyncio.sleep(0.1)
    assert wire.sent == [("5", "news")]


@pytest.mark.parametrize(
    ("now", "slot", "late", "silent"),
    [
        pytest.param("2025-03-31T06:00:10Z", "2025-03-31T06:00:00Z", "", False, id="07:00 by summer time is day"),
        pytest.param("2025-03-31T05:00:10Z", "2025-03-31T05:00:00Z", "", True, id="06:00 is night"),
        pytest.param("2025-03-31T21:30:00Z", "2025-03-31T21:28:00Z", "", True, id="22:30 is night"),
        pytest.param(
            "2025-03-31T12:00:00Z",
            "2025-03-31T06:00:00Z",
            "Late: this briefing was due at 07:00.",
            False,
            id="late",
        ),
        pytest.param(
            "2025-03-31T12:00:00Z",
            "2025-03-28T07:00:00Z",
            "Late: this briefing was due at 07:00 on 28 March.",
            False,
            id="days late",
        ),
    ],
)
def test_D5_T13_a_briefing_says_if_it_is_late_and_is_silent_at_night(
    now: str, slot: str, late: str, silent: bool
) -> None:
    chat = replace(CHAT, timetable=Timetable((time(7),), zone="Europe/London"))
    briefing = Briefing(Brief("7Q2M", "", MORNING, ()), LEDGER, datetime.fromisoformat(slot))
    shown = timed(briefing, chat, datetime.fromisoformat(now))
    assert (shown.late, shown.silent) == (late, silent)


# ---------------------------------------------------------------- deliveries


async def test_D3_parts_are_sent_in_order_and_recorded(post: Post, store: Store, wire: Wire) -> None:
    await store.outbox.enqueue(delivery("one", "two"))
    done = await deliver_next(post)
    assert wire.sent == [("5", "one"), ("5", "two")]
    assert [(part.state, part.message_id) for part in done.parts] == [("sent", "1"), ("sent", "2")]
    assert await store.due.deliveries.size() == 0


@pytest.mark.parametrize(
    ("error", "states"),
    [
        pytest.param(RetryLater("429", 3), ["pending", "pending"], id="certainly not sent"),
        pytest.param(MaybeSent("cut"), ["unknown", "sent"], id="cut off"),
        pytest.param(GaveUp("too long"), ["failed", "sent"], id="refused"),
        pytest.param(ChatGone("blocked"), ["failed", "failed"], id="gone"),
    ],
)
async def test_D3_what_becomes_of_a_part_that_was_not_sent(
    post: Post, store: Store, wire: Wire, error: Exception, states: list[str]
) -> None:
    wire.faults["5"].append(error)
    await store.outbox.enqueue(delivery("one", "two", at=await store.now()))
    done = await deliver_next(post)
    assert [part.state for part in done.parts] == states
    assert done.parts[0].error == str(error)


async def test_D3_a_part_put_back_is_sent_after_its_wait_and_holds_its_chat_alone(
    post: Post, store: Store, wire: Wire
) -> None:
    wire.faults["5"].append(RetryLater("429", 1.5))
    await store.outbox.enqueue(delivery("one", at=await store.now()))
    await deliver_next(post)
    assert await store.limits.take("telegram", "5", group=False) > 0
    assert await store.limits.take("telegram", "6", group=False) == 0
    async with running(run_deliveries(post)):
        await until(lambda: wire.sent)
    assert wire.sent == [("5", "one")]


async def test_D3_what_cannot_be_sent_for_a_day_is_given_up(post: Post, store: Store, wire: Wire) -> None:
    wire.faults["5"].append(RetryLater("refused", 1))
    await store.outbox.enqueue(delivery("one", "two", at=await store.now() - timedelta(days=1, seconds=1)))
    done = await deliver_next(post)
    assert [part.state for part in done.parts] == ["failed", "failed"]
    assert done.parts[0].error == "gave up after a day: refused"


async def test_D3_backoff_doubles_with_each_taking(post: Post, store: Store, wire: Wire) -> None:
    now = await store.now()
    await store.outbox.enqueue(delivery("one", at=now))
    (claim,) = await store.due.deliveries.take(1, 60)
    wire.faults["5"].append(RetryLater("refused", 1))
    await deliver.deliver(post, replace(claim, attempts=6))
    assert await store.due.deliveries.next_at() > now + timedelta(seconds=31)  # type: ignore[operator]  # it is due


async def test_T12_a_long_wait_for_a_groups_limit_is_spent_in_the_due_set(
    post: Post, store: Store, wire: Wire
) -> None:
    group = ChatRef("telegram", "-5")
    began = await store.now()
    await store.limits.hold("telegram", "-5", 30)
    await store.outbox.enqueue(delivery("one", chat=group))
    put_back = await deliver_next(post)
    assert (wire.sent, put_back.parts[0].state) == ([], "pending")
    assert await store.due.deliveries.next_at() > began + timedelta(seconds=25)  # type: ignore[operator]  # it is due


async def test_T12_one_message_a_second_goes_to_a_chat(post: Post, store: Store, wire: Wire) -> None:
    await store.outbox.enqueue(delivery("one", "two"))
    began = asyncio.get_running_loop().time()
    await deliver_next(post)
    assert len(wire.sent) == 2
    assert asyncio.get_running_loop().time() - began >= 1


async def test_D7_a_slow_chat_delays_no_other_and_keeps_its_own_order(
    post: Post, store: Store, wire: Wire
) -> None:
    wire.slow["5"] = asyncio.Event()
    for text in ("first", "second"):
        await store.outbox.enqueue(delivery(text))
    await store.outbox.enqueue(delivery("other", chat=ChatRef("telegram", "6")))
    async with running(run_deliveries(post)):
        await until(lambda: wire.sent == [("6", "other")])
        wire.slow["5"].set()
        await until(lambda: len(wire.sent) == 3)
    assert wire.sent[1:] == [("5", "first"), ("5", "second")]


async def test_D8_a_gone_chat_is_paused_and_kept_and_the_owner_told_once(
    post: Post, store: Store, wire: Wire
) -> None:
    await store.access.claim(await store.access.claim_code(), "telegram:1")
    await store.chats.save(replace(CHAT, title="Newsroom"))
    for text in ("one", "two"):
        wire.faults["5"].append(ChatGone("bot was blocked"))
        await store.outbox.enqueue(delivery(text))
    async with running(run_deliveries(post)):
        await until(lambda: len(wire.sent) == 2)
    kept = await store.chats.find(LEDGER)
    assert kept is not None
    assert (kept.paused, kept.timetable) == ("bot was blocked", CHAT.timetable)
    assert await store.due.subscriptions.size() == 0
    assert {chat for chat, _ in wire.sent} == {"1"}
    assert wire.sent[0][1] == "Newsroom (telegram 5) cannot be written to: bot was blocked."


async def test_D8_without_an_owner_on_a_platform_here_a_gone_chat_is_paused_all_the_same(
    post: Post, store: Store, wire: Wire
) -> None:
    await store.chats.save(CHAT)
    wire.faults["5"].append(ChatGone("kicked"))
    await store.outbox.enqueue(delivery("one"))
    await deliver_next(post)
    assert await store.outbox.list("pending") == ()
    kept = await store.chats.find(LEDGER)
    assert kept is not None
    assert kept.paused == "kicked"


async def test_T8_a_group_that_became_a_supergroup_is_moved_and_written_to_once(
    post: Post, store: Store, wire: Wire
) -> None:
    old, new = ChatRef("telegram", "-5"), ChatRef("telegram", "-1005")
    await store.chats.save(replace(CHAT, ref=old, topics=("draft",)))
    wire.faults["-5"].append(ChatMoved("supergroup", "-1005"))
    await store.outbox.enqueue(delivery("one", chat=old))
    await store.outbox.enqueue(delivery("two", chat=old))
    async with running(run_deliveries(post)):
        await until(lambda: len(wire.sent) == 2)
    assert wire.sent == [("-1005", "one"), ("-1005", "two")]
    moved = await store.chats.find(new)
    assert moved is not None
    assert moved.topics == ("draft",)
    assert await store.chats.find(old) is None


async def test_an_edit_replaces_its_message_and_may_be_repeated(post: Post, store: Store, wire: Wire) -> None:
    change = Delivery("edit", LEDGER, (Part({"text": "new"}, edits="17"),), await store.now())
    wire.faults["5"].append(MaybeSent("cut"))
    await store.outbox.enqueue(change)
    assert (await deliver_next(post)).parts[0].state == "pending"
    async with running(run_deliveries(post)):
        await until(lambda: wire.edited)
    assert wire.edited == ["17"]
    assert wire.sent == []


async def test_D11_at_the_end_what_is_in_hand_is_finished(post: Post, store: Store, wire: Wire) -> None:
    wire.slow["5"] = asyncio.Event()
    await store.outbox.enqueue(delivery("one"))
    async with running(run_deliveries(post)) as task:
        await until(lambda: wire.begun)
        task.cancel()
        await asyncio.sleep(0.1)
        wire.slow["5"].set()
    assert wire.sent == [("5", "one")]
    assert [part.state for part in (await store.outbox.list("sent"))[0].parts] == ["sent"]


async def test_D11_what_is_not_finished_within_the_grace_is_unknown_not_repeated(
    post: Post, store: Store, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "SEND_PACE", replace(deliver.SEND_PACE, grace_seconds=0.1))
    wire.slow["5"] = asyncio.Event()
    await store.outbox.enqueue(delivery("one"))
    async with running(run_deliveries(post)):
        await until(lambda: wire.begun)
    (cut,) = await store.outbox.list("unknown")
    assert cut.parts[0].error == "cut off when the bot stopped"


# ---------------------------------------------------------------- dying


class Death(BaseException):
    """The process is gone."""


STEPS = ["resume", "start", "send", "sent"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_D4_a_death_at_any_step_loses_nothing_and_repeats_only_what_nobody_could_record(
    post: Post, store: Store, wire: Wire, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    await store.outbox.enqueue(delivery("one"))
    await store.outbox.enqueue(delivery("end", chat=ChatRef("telegram", "6")))
    (claim,) = await store.due.deliveries.take(1, 60)
    with monkeypatch.context() as dying:
        owner: Any = wire if step == "send" else store.outbox
        real = getattr(owner, step)

        async def die(*args: Any) -> Any:
            if after:
                await real(*args)
            raise Death

        dying.setattr(owner, step, die)
        with pytest.raises(Death):
            await deliver.deliver(post, claim)
    await store.due.free(["deliveries"])
    await store.link.call("DEL", "lim:telegram:5")  # so that the test need not wait out the chat's second
    async with running(run_deliveries(post)):
        await until(lambda: ("6", "end") in wire.sent)
        async with asyncio.timeout(5):
            while await store.due.deliveries.size():
                await asyncio.sleep(0.01)
    taken_but_not_recorded = (step, after) in {("send", True), ("sent", False)}
    assert [text for chat, text in wire.sent if chat == "5"] == ["one"] * (1 + taken_but_not_recorded)


async def test_D4_what_was_sent_before_a_death_is_not_sent_again(post: Post, store: Store, wire: Wire) -> None:
    await store.outbox.enqueue(delivery("one", "two"))
    (claim,) = await store.due.deliveries.take(1, 60)
    await store.outbox.start(claim, 0)
    await store.outbox.sent(claim, 0, "17")
    await store.due.free(["deliveries"])
    await deliver_next(post)
    assert wire.sent == [("5", "two")]


async def test_a_claim_that_is_no_longer_ours_sends_nothing(post: Post, store: Store, wire: Wire) -> None:
    await store.outbox.enqueue(delivery("one"))
    (claim,) = await store.due.deliveries.take(1, 60)
    await deliver.deliver(post, replace(claim, token=claim.member))
    assert wire.sent == []


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_D2_D4_a_death_while_a_slot_is_committed_briefs_once(
    post: Post, store: Store, wire: Wire, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    claim = await subscribed(store, MORNING)
    with monkeypatch.context() as dying:
        real = store.outbox.brief_slot

        async def die(*args: Any) -> None:
            if after:
                await real(*args)
            raise Death

        dying.setattr(store.outbox, "brief_slot", die)
        with pytest.raises(Death):
            await brief_chat(post, make, claim)
    await store.due.free(["subscriptions"])
    async with running(run_subscriptions(post, make)), running(run_deliveries(post)):
        await until(lambda: wire.sent)
        await asyncio.sleep(0.2)
    assert wire.sent == [("5", "news")]


# ---------------------------------------------------------------- charts

DRAFT = Chart("Draft size", "Russia", (Mark(1, 1, 1, "=", "2025", "1"),), ((0.0, "0"), (2.0, "2")))


async def with_chart(store: Store, chart: Chart = DRAFT) -> None:
    part = Part({"text": "in words"}, attachment=Attachment("draft.png", chart=chart))
    await store.outbox.enqueue(Delivery("reply|chart", LEDGER, (part,), MORNING))


async def test_D4_a_chart_is_stored_as_what_it_shows_and_drawn_when_it_is_sent_also_after_a_kill(
    post: Post, store: Store, wire: Wire
) -> None:
    await with_chart(store)
    (claim,) = await store.due.deliveries.take(1, 60)
    assert await store.outbox.start(claim, 0)  # and here the process was killed
    await store.due.deliveries.release(claim)
    async with post.workers:
        made = await deliver_next(post)
    (sent,) = wire.files
    assert sent
    assert sent.content.startswith(b"\x89PNG")
    assert made.parts[0].attachment == Attachment("draft.png", chart=DRAFT)
    assert made.parts[0].state == "sent"


async def test_a_chart_that_cannot_be_drawn_goes_out_in_words(post: Post, store: Store, wire: Wire) -> None:
    await with_chart(store, replace(DRAFT, marks=()))
    async with post.workers:
        await deliver_next(post)
    assert wire.files == [None]
    assert wire.sent == [("5", "in words")]


async def test_a_document_goes_out_as_it_is(post: Post, store: Store, wire: Wire) -> None:
    sheet = Attachment("draft.csv", b"series,label")
    await store.outbox.enqueue(Delivery("reply|csv", LEDGER, (Part({"text": ""}, attachment=sheet),), MORNING))
    await deliver_next(post)
    assert wire.files == [sheet]
