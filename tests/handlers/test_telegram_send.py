"""Replies and briefings sent through the real client to a server that plays Telegram."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import unused_port
from telegram.error import TelegramError

from bot.errors import ChatGone, ChatMoved, GaveUp, MaybeSent, NutgrafError, RetryLater
from bot.model import Attachment, Brief, Briefing, Button, ChatRef, Delivery, Line, Order, Part, Reply
from bot.model.chart import Chart
from bot.store import Store
from handlers.telegram import receive
from handlers.telegram.receive import Settings, Telegram
from handlers.telegram.send import TelegramSender, failure
from tests.handlers.telegram_server import TOKEN, Fault, TelegramServer

NOW = datetime(2025, 3, 31, tzinfo=UTC)
CHART = Chart("Draft size", "Russia", (), ())
HELLO = Reply((Line("Hello", bold=((0, 5),)),))


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as playing:
        yield playing


@pytest.fixture
async def sender(server: TelegramServer, store: Store) -> AsyncIterator[TelegramSender]:
    telegram = Telegram(Settings(TOKEN, server.base_url), store, ())
    await telegram.start()
    yield telegram.sender
    await telegram.close()


def asked(**facts: object) -> Order:
    order = {"key": "o1", "chat": ChatRef("telegram", "1"), "user": "1", "text": "draft", "received_at": NOW}
    return Order(**(order | facts))  # type: ignore[arg-type]  # fields of Order


def delivery(part: Part, chat: str = "1", thread: str = "") -> Delivery:
    return Delivery("d1", ChatRef("telegram", chat, thread), (part,), NOW)


async def send(sender: TelegramSender, message: Reply | Briefing, order: Order | None = None) -> str:
    (part,) = sender.parts(message, order)
    return await sender.send(delivery(part), part)


async def test_a_briefing_arrives_as_html_without_previews_and_silent_at_night(
    server: TelegramServer, sender: TelegramSender, brief: Brief
) -> None:
    briefing = Briefing(brief, ChatRef("telegram", "1"), NOW, silent=True)
    message_id = await send(sender, briefing)
    shown = server.messages[1, int(message_id)]
    assert shown["text"].startswith("Russia: spring draft\n3 outlets, 2 independent")
    assert shown["body"]["disable_notification"] is True
    assert shown["body"]["link_preview_options"] == {"is_disabled": True}
    (row,) = shown["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in row] == ["Sources", "Chart", "Figures"]
    assert all(len(button["callback_data"]) <= 64 for button in row)


async def test_T7_an_answer_stays_in_its_thread_and_replies_to_the_question(
    server: TelegramServer, sender: TelegramSender
) -> None:
    order = asked(private=False, chat_kind="group", target={"reply_to": "17"})
    (part,) = sender.parts(HELLO, order)
    await sender.send(delivery(part, "-1005", "42"), part)
    (body,) = server.called("sendMessage")
    assert body["message_thread_id"] == 42
    assert body["reply_parameters"] == {"message_id": 17, "allow_sending_without_reply": True}
    assert "reply_parameters" not in sender.parts(HELLO, asked())[0].payload


async def test_only_the_first_of_several_messages_replies_to_the_question(sender: TelegramSender) -> None:
    long = Reply(tuple(Line("word " * 300) for _ in range(4)))
    parts = sender.parts(long, asked(private=False, target={"reply_to": "17"}))
    assert [part.payload.get("reply_to") for part in parts] == [17, None]
    assert sender.parts(Reply(), asked()) == ()


async def test_a_press_may_replace_the_message_it_stands_under(
    server: TelegramServer, sender: TelegramSender
) -> None:
    message_id = await send(sender, HELLO)
    order = asked(pressed=True, target={"message": message_id})
    change = Reply((Line("Changed"),), buttons=(Button("Undo", "undo"),), edits=True)
    (part,) = sender.parts(change, order)
    assert part.edits == message_id
    await sender.edit(delivery(part), part, part.edits)
    await sender.edit(delivery(part), part, part.edits)  # "message is not modified" is no error (T3)
    assert server.messages[1, int(message_id)]["text"] == "Changed"
    assert len(server.called("editMessageText")) == 2


async def test_T1_html_that_telegram_cannot_read_is_sent_as_plain_words_once(
    server: TelegramServer, sender: TelegramSender
) -> None:
    part = Part({"text": "<b>160,000 &amp; <u>more</b>", "silent": False, "buttons": []})
    message_id = await sender.send(delivery(part), part)
    assert server.messages[1, int(message_id)]["text"] == "160,000 & more"
    assert [body.get("parse_mode") for body in server.called("sendMessage")] == ["HTML", None]


PICTURE = Reply(
    (Line("Figures", "heading"), Line("2022\t134,500", "table")),
    buttons=(Button("Dark", "chart draft dark"),),
    attachment=Attachment("draft.png", b"\x89PNG", CHART),
    caption=(Line("Draft size", "heading"), Line("Northern Ledger")),
)
SHEET = Reply((Line("Figures"),), attachment=Attachment("draft.csv", b"series,label"), caption=(Line("Figures"),))


async def test_a_chart_is_a_photo_with_a_caption_and_buttons_in_its_thread(
    server: TelegramServer, sender: TelegramSender
) -> None:
    order = asked(private=False, chat_kind="group", target={"reply_to": "17"})
    (part,) = sender.parts(PICTURE, order)
    message_id = await sender.send(delivery(part, "-1005", "42"), part)
    (body,) = server.called("sendPhoto")
    assert body["photo"] == ("draft.png", b"\x89PNG")
    assert server.messages[-1005, int(message_id)]["text"] == "Draft size\nNorthern Ledger"
    assert (body["message_thread_id"], body["reply_parameters"]["message_id"]) == (42, 17)
    assert body["reply_markup"]["inline_keyboard"][0][0]["text"] == "Dark"
    assert server.called("sendMessage") == []


async def test_a_table_for_spreadsheets_is_a_document(server: TelegramServer, sender: TelegramSender) -> None:
    await send(sender, SHEET)
    (body,) = server.called("sendDocument")
    assert (body["document"], body["caption"]) == (("draft.csv", b"series,label"), "Figures")


async def test_T1_a_caption_has_1024_units_at_most(server: TelegramServer, sender: TelegramSender) -> None:
    sources = tuple(Line(f"Outlet {number}: {'😀' * 60}", "bullet") for number in range(30))
    (part,) = sender.parts(replace(PICTURE, caption=(Line("Draft size", "heading"), *sources)), None)
    message_id = await sender.send(delivery(part), part)
    caption = server.messages[1, int(message_id)]["text"]
    assert 900 < len(caption.encode("utf-16-le")) // 2 <= 1024
    assert caption.startswith("Draft size\n")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(400, "Bad Request: not enough rights to send photos to the chat"), id="no photos here"),
        pytest.param(Fault(403, "Forbidden: whatever"), id="forbidden"),
        pytest.param(Fault(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), id="a picture Telegram does not take"),
    ],
)
async def test_where_a_chart_cannot_go_its_words_do(
    server: TelegramServer, sender: TelegramSender, fault: Fault
) -> None:
    server.faults["sendPhoto"].append(fault)
    message_id = await send(sender, PICTURE)
    assert server.messages[1, int(message_id)]["text"] == "Figures\n2022  134,500"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(Fault(cut=True), MaybeSent, id="D3 a cut connection"),
        pytest.param(Fault(429, "x", {"retry_after": 7}), RetryLater, id="T12 too many requests"),
        pytest.param(Fault(400, "x", {"migrate_to_chat_id": -1005}), ChatMoved, id="T8 a supergroup"),
    ],
)
async def test_D3_a_photos_errors_say_what_to_do_next(
    server: TelegramServer, sender: TelegramSender, fault: Fault, error: type[NutgrafError]
) -> None:
    server.faults["sendPhoto"].append(fault)
    with pytest.raises(error):
        await send(sender, PICTURE)
    assert server.called("sendMessage") == []


FAULTS = [
    pytest.param(Fault(429, "x", {"retry_after": 7}), RetryLater, "7", id="T12 too many requests"),
    pytest.param(Fault(cut=True), MaybeSent, "httpx", id="D3 a cut connection"),
    pytest.param(Fault(502, "Bad Gateway"), MaybeSent, "Bad Gateway", id="D3 a bad gateway"),
    pytest.param(Fault(500, "Internal Server Error"), MaybeSent, "Internal", id="D3 a broken server"),
    pytest.param(Fault(403, "Forbidden: bot was blocked by the user"), ChatGone, "^bot was bl", id="D8 blocked"),
    pytest.param(Fault(400, "Bad Request: chat not found"), ChatGone, "^Chat not found", id="D8 no such chat"),
    pytest.param(Fault(400, "Bad Request: TOPIC_CLOSED"), ChatGone, "^Topic closed$", id="T7 a closed topic"),
    pytest.param(Fault(400, "Bad Request: not enough rights to send"), ChatGone, "^Not enough", id="T9 no rights"),
    pytest.param(Fault(400, "Bad Request: BUTTON_DATA_INVALID"), GaveUp, "^Button", id="our mistake"),
    pytest.param(Fault(400, "x", {"migrate_to_chat_id": -1005}), ChatMoved, "supergroup", id="T8 a supergroup"),
    pytest.param(Fault(401, "Unauthorized"), RetryLater, "TELEGRAM_BOT_TOKEN", id="D8 a token taken back"),
    pytest.param(Fault(409, "Conflict: whatever"), RetryLater, "Conflict", id="a conflict"),
]


@pytest.mark.parametrize(("fault", "error", "why"), FAULTS)
async def test_D3_each_of_telegrams_errors_says_what_to_do_next(
    server: TelegramServer, sender: TelegramSender, fault: Fault, error: type[NutgrafError], why: str
) -> None:
    server.faults["sendMessage"].append(fault)
    with pytest.raises(error, match=why) as caught:
        await send(sender, HELLO)
    assert type(caught.value) is error
    if fault.status == 429:
        assert caught.value.after_seconds == 7  # type: ignore[attr-defined]  # it is RetryLater
    if isinstance(caught.value, ChatMoved):
        assert caught.value.new_chat_id == "-1005"


async def test_D3_a_server_that_does_not_answer_in_time_may_have_sent_it(
    server: TelegramServer, sender: TelegramSender, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "ANSWER_SECONDS", 0.2)
    telegram = Telegram(Settings(TOKEN, server.base_url), store, ())
    server.faults["sendMessage"].append(Fault(hang=1))
    with pytest.raises(MaybeSent):
        await send(telegram.sender, HELLO)
    await telegram.close()


async def test_D3_a_refused_connection_certainly_sent_nothing(store: Store) -> None:
    telegram = Telegram(Settings(TOKEN, f"http://127.0.0.1:{unused_port()}"), store, ())
    with pytest.raises(RetryLater):
        await send(telegram.sender, HELLO)
    await telegram.close()


async def test_errors_while_editing_or_sending_plain_words_are_told_alike(
    server: TelegramServer, sender: TelegramSender
) -> None:
    (part,) = sender.parts(HELLO, None)
    for fault, error in [
        (Fault(400, "Bad Request: message is too long"), GaveUp),
        (Fault(403, "Forbidden: bot was kicked"), ChatGone),
    ]:
        server.faults["editMessageText"].append(fault)
        with pytest.raises(error):
            await sender.edit(delivery(part), part, "3")
    server.faults["sendMessage"] += [Fault(400, "Bad Request: can't parse entities"), Fault(403, "Forbidden")]
    with pytest.raises(ChatGone):
        await sender.send(delivery(part), part)


CORRECTED = {"text": "as it was, and a note", "silent": False, "buttons": []}
CORRECTED |= {"instead": {"text": "a note", "silent": True, "buttons": [], "reply_to": 3}}


async def test_D10_a_message_that_is_gone_is_let_go_and_one_that_is_closed_gets_an_answer(
    server: TelegramServer, sender: TelegramSender
) -> None:
    part = Part(CORRECTED, edits="3")
    server.faults["editMessageText"].append(Fault(400, "Bad Request: message to edit not found"))
    await sender.edit(delivery(part), part, "3")
    assert server.called("sendMessage") == []
    server.faults["editMessageText"].append(Fault(400, "Bad Request: message can't be edited"))
    await sender.edit(delivery(part), part, "3")
    (body,) = server.called("sendMessage")
    assert (body["text"], body["reply_parameters"]["message_id"]) == ("a note", 3)


def test_an_error_nobody_knows_is_given_up() -> None:
    assert type(failure(TelegramError("odd"))) is GaveUp
