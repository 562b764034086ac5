"""What people do in Telegram becomes orders, through the real client and a server that plays Telegram."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer, unused_port
from telegram import Update

from bot.errors import UsageError
from bot.model import Chat, ChatRef, Delivery, Line, Order, Part, Reply
from bot.store import Store
from handlers.telegram import receive
from handlers.telegram.menu import Verb
from handlers.telegram.receive import Settings, Telegram
from tests.handlers.telegram_server import BOT_ID, MEMBER, OWNER, TOKEN, Fault, TelegramServer, message

VERBS = (
    Verb("brief", "What happened"),
    Verb("help", "What I can do"),
    Verb("start", "Begin"),
    Verb("follow", "Follow a topic", changes=True),
    Verb("stop", "End the briefings", changes=True, listed=False),
)
NOW = datetime(2025, 3, 31, tzinfo=UTC)
GROUP, FORUM, CHANNEL = -5, -1005, -1009


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as playing:
        yield playing


def telegram_of(server: TelegramServer, store: Store, **settings: str) -> Telegram:
    return Telegram(Settings(TOKEN, server.base_url, **settings), store, VERBS)


@pytest.fixture
async def telegram(server: TelegramServer, store: Store) -> AsyncIterator[Telegram]:
    """Yield Telegram, started and polling."""
    telegram = telegram_of(server, store)
    await telegram.start()
    polling = asyncio.create_task(telegram.poll())
    yield telegram
    polling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await polling
    await telegram.close()


async def orders(store: Store) -> list[Order]:
    claims = await store.due.orders.take(10, 60)
    found = [await store.orders.load(claim.member) for claim in claims]
    return [order for order in found if order]


async def said(
    server: TelegramServer, store: Store, text: str | None, chat_id: int = OWNER, **facts: Any
) -> Order | None:
    await server.wait_for_confirmed(await server.say(text, chat_id, **facts))
    found = await orders(store)
    return found[0] if found else None


@pytest.mark.usefixtures("telegram")
class TestWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param("/draft", "draft", id="a command"),
            pytest.param("/draft@own_news_bot how many?", "draft how many?", id="a command for this bot"),
            pytest.param("/start seeds_7", "start seeds_7", id="a deep link"),
            pytest.param("/spring_draft", "spring draft", id="an unknown word is a topic"),
            pytest.param("how many are drafted?", "how many are drafted?", id="any text"),
            pytest.param("@own_news_bot", "help", id="the bot's name alone"),
            pytest.param("/follow  the draft\nsoon", "follow the draft\nsoon", id="blanks"),
        ],
    )
    async def test_T5_T15_in_private_everything_is_an_order(
        self, server: TelegramServer, store: Store, text: str, words: str
    ) -> None:
        order = await said(server, store, text)
        assert order is not None
        assert (order.text, order.private, order.may_change, order.addressed) == (words, True, True, True)
        assert (order.user, order.chat, order.language) == (str(OWNER), ChatRef("telegram", "1"), "en")

    @pytest.mark.parametrize(
        ("text", "facts", "addressed"),
        [
            pytest.param("@own_news_bot, the draft?", {}, True, id="mentioned"),
            pytest.param("/draft@Own_News_Bot", {}, True, id="a command by name"),
            pytest.param("/draft", {}, False, id="a bare command may be anybody's"),
            pytest.param(
                "and the draft?",
                {"reply_to_message": message("x", GROUP, BOT_ID)},
                True,
                id="an answer to the bot",
            ),
        ],
    )
    async def test_T5_T15_in_a_group_what_is_said_to_the_bot_is_an_order(
        self, server: TelegramServer, store: Store, text: str, facts: dict[str, Any], addressed: bool
    ) -> None:
        order = await said(server, store, text, GROUP, **facts)
        assert order is not None
        assert "draft" in order.text
        assert (order.addressed, order.private, order.chat_kind) == (addressed, False, "group")
        assert order.target == {"reply_to": "900"}

    @pytest.mark.parametrize(
        ("text", "facts"),
        [
            pytest.param("/draft@other_bot", {}, id="another bot's command"),
            pytest.param("nice weather", {}, id="talk among people"),
            pytest.param("mail me@own_news_bot.example", {}, id="a name within a word"),
            pytest.param("/draft", {"from": {"id": 9, "is_bot": True, "first_name": "B"}}, id="a bot speaking"),
            pytest.param("/draft", {"via_bot": {"id": 9, "is_bot": True, "first_name": "B"}}, id="through a bot"),
            pytest.param(None, {"new_chat_title": "New"}, id="a service message"),
        ],
    )
    async def test_T5_what_is_not_for_the_bot_is_no_order(
        self, server: TelegramServer, store: Store, text: str | None, facts: dict[str, Any]
    ) -> None:
        assert await said(server, store, text, GROUP, **facts) is None

    async def test_T4_a_followed_topics_own_command_asks_for_that_topic(
        self, server: TelegramServer, store: Store
    ) -> None:
        await store.chats.save(Chat(ChatRef("telegram", "1"), topics=("Весенний призыв", "draft")))
        order = await said(server, store, "/vesenniy_prizyv now")
        assert order is not None
        assert order.text == "Весенний призыв now"

    async def test_T6_channel_posts_are_orders_and_may_change_settings(
        self, server: TelegramServer, store: Store
    ) -> None:
        post = message("/follow draft", CHANNEL, None)
        await server.wait_for_confirmed(await server.push({"channel_post": post}))
        (order,) = await orders(store)
        assert (order.text, order.chat_kind, order.may_change) == ("follow draft", "channel", True)
        assert not server.called("getChatMember")

    @pytest.mark.parametrize(
        ("facts", "may_change"),
        [
            pytest.param({"user": OWNER}, True, id="the creator"),
            pytest.param({"user": MEMBER}, False, id="a member"),
            pytest.param(
                {
                    "sender_chat": {"id": GROUP, "type": "group"},
                    "from": {"id": 1087968824, "is_bot": True, "first_name": "G"},
                },
                True,
                id="an anonymous administrator",
            ),
            pytest.param({"sender_chat": {"id": CHANNEL, "type": "channel"}}, True, id="the linked channel"),
            pytest.param({"sender_chat": {"id": -1010, "type": "channel"}}, False, id="somebody's own channel"),
        ],
    )
    async def test_T6_only_administrators_change_a_groups_settings(
        self, server: TelegramServer, store: Store, facts: dict[str, Any], may_change: bool
    ) -> None:
        server.linked[GROUP] = CHANNEL
        order = await said(server, store, "/follow draft", GROUP, **facts)
        assert order is not None
        assert order.may_change is may_change

    @pytest.mark.parametrize("text", ["@own_news_bot Follow draft", "@own_news_bot\nfollow\tdraft", "/stop"])
    async def test_T6_an_administrator_may_write_as_phones_write(
        self, server: TelegramServer, store: Store, text: str
    ) -> None:
        order = await said(server, store, text, GROUP, user=OWNER)
        assert order is not None
        assert order.may_change

    async def test_T6_telegram_is_not_asked_who_administers_for_a_question(
        self, server: TelegramServer, store: Store
    ) -> None:
        await said(server, store, "/brief draft", GROUP)
        await said(server, store, "/follow draft", GROUP)
        await said(server, store, "/follow ferries", GROUP)
        assert len(server.called("getChatMember")) == 1

    async def test_T6_nobody_is_an_administrator_where_telegram_knows_no_such_member(
        self, server: TelegramServer, store: Store
    ) -> None:
        server.faults["getChatMember"].append(Fault(400, "Bad Request: user not found"))
        order = await said(server, store, "/follow draft", GROUP)
        assert order is not None
        assert not order.may_change

    @pytest.mark.parametrize("status", [502, 429])
    async def test_T6_T14_while_telegram_does_not_say_who_administers_the_order_stays_unconfirmed(
        self, server: TelegramServer, store: Store, status: int
    ) -> None:
        parameters = {"retry_after": 1} if status == 429 else {}
        server.faults["getChatMember"].append(Fault(status, "Bad Gateway", parameters))
        order = await said(server, store, "/follow draft", GROUP)
        assert order is not None
        assert order.may_change
        assert len(server.called("getChatMember")) == 2

    async def test_T7_an_order_in_a_forum_belongs_to_its_topic(self, server: TelegramServer, store: Store) -> None:
        order = await said(server, store, "/brief", FORUM, is_topic_message=True, message_thread_id=42)
        assert order is not None
        assert order.chat == ChatRef("telegram", str(FORUM), "42")

    async def test_T10_an_update_seen_twice_is_one_order(
        self, server: TelegramServer, store: Store, telegram: Telegram
    ) -> None:
        update_id = await server.say("/draft")
        await server.wait_for_confirmed(update_id)
        again = Update.de_json({"update_id": update_id, "message": message("/draft")}, None)
        await telegram.take(again)
        assert [order.key for order in await orders(store)] == [f"telegram:update:{update_id}"]


# ---------------------------------------------------------------- buttons


async def button(
    store: Store, chat_id: int, asker: int, action: str = "follow draft", *, guarded: bool = True
) -> None:
    ref = ChatRef("telegram", str(chat_id))
    part = Part({"text": "x", "guarded": ["token0000001"] if guarded else []}, {"token0000001": action})
    await store.outbox.enqueue(Delivery(f"reply|{action}", ref, (part,), NOW, asker=str(asker)))


@pytest.mark.usefixtures("telegram")
@pytest.mark.parametrize(
    ("chat_id", "asker", "presser", "may_change"),
    [
        pytest.param(GROUP, MEMBER, MEMBER, False, id="the asker, who is no administrator"),
        pytest.param(GROUP, MEMBER, OWNER, True, id="an administrator"),
        pytest.param(OWNER, 0, OWNER, True, id="in private"),
    ],
)
async def test_T3_a_press_is_an_order_and_always_answered(
    server: TelegramServer, store: Store, chat_id: int, asker: int, presser: int, may_change: bool
) -> None:
    await button(store, chat_id, asker)
    await server.wait_for_confirmed(await server.press(chat_id, 12, "token0000001", presser))
    (order,) = await orders(store)
    assert (order.text, order.pressed, order.may_change) == ("follow draft", True, may_change)
    assert order.target == {"message": "12"}
    assert len(await server.wait_for("answerCallbackQuery")) == 1


@pytest.mark.usefixtures("telegram")
@pytest.mark.parametrize(("guarded", "taken"), [(True, 0), (False, 1)])
async def test_T3_only_the_asker_or_an_administrator_presses_what_changes_things(
    server: TelegramServer, store: Store, guarded: bool, taken: int
) -> None:
    await button(store, GROUP, OWNER, "remove 3", guarded=guarded)
    await server.wait_for_confirmed(await server.press(GROUP, 12, "token0000001", MEMBER))
    assert len(await orders(store)) == taken
    (answer,) = await server.wait_for("answerCallbackQuery")
    assert answer.get("text", "") == ("Only who asked, or an administrator, may press this." if guarded else "")


@pytest.mark.usefixtures("telegram")
async def test_T3_a_button_nobody_knows_is_answered_with_a_sentence(server: TelegramServer, store: Store) -> None:
    await server.wait_for_confirmed(await server.press(OWNER, 12, "token0000009"))
    (answer,) = await server.wait_for("answerCallbackQuery")
    assert answer["text"] == "This button is too old. Ask again for a fresh answer."
    assert await orders(store) == []


@pytest.mark.usefixtures("telegram")
@pytest.mark.parametrize("status", [400, 502])
async def test_T3_a_press_that_is_too_old_to_answer_is_an_order_all_the_same(
    server: TelegramServer, store: Store, status: int
) -> None:
    server.faults["answerCallbackQuery"].append(Fault(status, "Bad Request: query is too old"))
    await button(store, OWNER, OWNER, "brief")
    await server.wait_for_confirmed(await server.press(OWNER, 12, "token0000001"))
    await server.wait_for("answerCallbackQuery")
    assert len(await orders(store)) == 1


# ---------------------------------------------------------------- chats that change


@pytest.mark.usefixtures("telegram")
async def test_T8_a_groups_service_message_moves_its_settings(server: TelegramServer, store: Store) -> None:
    await store.chats.save(Chat(ChatRef("telegram", str(GROUP)), topics=("draft",)))
    await server.say(None, GROUP, migrate_to_chat_id=FORUM)
    await server.wait_for_confirmed(await server.say(None, FORUM, migrate_from_chat_id=GROUP))
    moved = await store.chats.find(ChatRef("telegram", str(FORUM)))
    assert moved is not None
    assert moved.topics == ("draft",)
    assert await store.chats.find(ChatRef("telegram", str(GROUP))) is None


HERE, LEFT = {"status": "member"}, {"status": "left"}
KICKED = {"status": "kicked", "until_date": 0}
MUTED = {"status": "restricted", "is_member": True, "until_date": 0} | dict.fromkeys(
    (
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
        "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
        "can_manage_topics", "can_edit_tag", "can_react_to_messages",
    ),
    False,
)  # fmt: skip


@pytest.mark.usefixtures("telegram")
@pytest.mark.parametrize(
    ("chat_id", "new", "old", "why"),
    [
        pytest.param(OWNER, KICKED, HERE, "the user blocked the bot", id="blocked"),
        pytest.param(GROUP, LEFT, HERE, "the bot was removed", id="removed"),
        pytest.param(FORUM, MUTED, HERE, "the bot may not write there", id="muted"),
        pytest.param(CHANNEL, HERE, HERE, "the bot may not post there", id="no rights in a channel"),
    ],
)
async def test_T9_a_chat_that_shuts_us_out_is_paused_and_kept(
    server: TelegramServer, store: Store, chat_id: int, new: dict[str, Any], old: dict[str, Any], why: str
) -> None:
    ref = ChatRef("telegram", str(chat_id))
    await store.chats.save(Chat(ref, topics=("draft",), scheduled=True))
    await server.wait_for_confirmed(await server.member(chat_id, new, old))
    kept = await store.chats.find(ref)
    assert kept is not None
    assert (kept.paused, kept.topics) == (why, ("draft",))
    assert await orders(store) == []


@pytest.mark.usefixtures("telegram")
async def test_T9_a_group_that_adds_the_bot_is_greeted_once(server: TelegramServer, store: Store) -> None:
    await server.member(GROUP, HERE, LEFT)
    await server.wait_for_confirmed(await server.member(GROUP, HERE, HERE))
    assert [order.text for order in await orders(store)] == ["start"]


@pytest.mark.usefixtures("telegram")
async def test_T9_a_person_who_comes_back_says_so_himself(server: TelegramServer, store: Store) -> None:
    await server.wait_for_confirmed(await server.member(OWNER, HERE, KICKED))
    assert await orders(store) == []


# ---------------------------------------------------------------- fetching updates


async def test_T14_an_update_stays_with_telegram_until_its_order_is_stored(
    server: TelegramServer, telegram: Telegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.wait_for("getUpdates")
    tried = asyncio.Event()

    async def away(_: object) -> None:
        tried.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as dying:
        dying.setattr(telegram, "take", away)  # the process dies here
        update_id = await server.say("/draft")
        await asyncio.wait_for(tried.wait(), 5)
        assert [update["update_id"] for update in server.updates] == [update_id]
    other = telegram_of(server, store)
    await other.start()
    polling = asyncio.create_task(other.poll())
    await server.wait_for_confirmed(update_id)
    assert len(await orders(store)) == 1
    polling.cancel()
    await other.close()


async def test_an_update_that_nobody_can_read_is_left_out_after_a_few_tries(
    server: TelegramServer, telegram: Telegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    async def broken(update: Update) -> None:
        tried.append(update.update_id)
        raise ValueError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(telegram, "take", broken)
        await server.wait_for_confirmed(await server.say("/bad"))
    assert len(tried) == receive.TRIES
    assert await said(server, store, "/good") is not None


@pytest.mark.usefixtures("telegram")
async def test_T11_a_second_poller_gets_a_clear_message_and_polling_goes_on(
    server: TelegramServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "CONFLICT_PAUSE_SECONDS", 0.05)
    server.faults["getUpdates"].append(Fault(409, "Conflict: terminated by other getUpdates request"))
    with structlog.testing.capture_logs() as logs:
        await server.say("one")
        await server.wait_for("getUpdates", 3)
    assert any("Another program fetches" in line["event"] for line in logs)
    assert len(await orders(store)) == 1


async def test_T11_a_webhook_that_is_still_set_is_taken_away(server: TelegramServer, store: Store) -> None:
    server.webhook = {"url": "https://old.example"}
    telegram = telegram_of(server, store)
    await telegram.start()
    polling = asyncio.create_task(telegram.poll())
    await server.wait_for_confirmed(await server.say("/draft"))
    await server.wait_for("getUpdates", 3)
    assert server.webhook == {}
    assert len(await orders(store)) == 1
    polling.cancel()
    await telegram.close()


@pytest.mark.usefixtures("telegram")
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(502, "Bad Gateway"), id="a bad gateway"),
        pytest.param(Fault(cut=True), id="a cut connection"),
        pytest.param(Fault(429, "Too Many Requests", {"retry_after": 1}), id="too many requests"),
    ],
)
async def test_polling_outlives_a_failing_telegram(server: TelegramServer, store: Store, fault: Fault) -> None:
    await server.wait_for("getUpdates")
    server.faults["getUpdates"].append(fault)
    await server.say("one")
    await server.wait_for("getUpdates", 3)
    assert await said(server, store, "two") is not None


async def test_a_wrong_token_is_named_in_a_sentence_that_does_not_hold_it(
    server: TelegramServer, store: Store
) -> None:
    telegram = Telegram(Settings("777:wrong", server.base_url), store, VERBS)
    with pytest.raises(UsageError, match="does not accept TELEGRAM_BOT_TOKEN") as caught:
        await telegram.start()
    assert "777:wrong" not in str(caught.value)
    assert caught.value.__suppress_context__
    await telegram.close()


async def test_a_token_that_turns_out_wrong_later_stops_nothing_else(
    server: TelegramServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sleep(_: float) -> None:
        raise asyncio.CancelledError

    telegram = Telegram(Settings("777:wrong", server.base_url), store, VERBS)
    for listening in (telegram.run, telegram.poll):
        with structlog.testing.capture_logs() as logs, monkeypatch.context() as patch:
            patch.setattr(asyncio, "sleep", sleep)
            with pytest.raises(asyncio.CancelledError):
                await listening()
        assert "does not accept TELEGRAM_BOT_TOKEN" in logs[0]["why"]
    await telegram.close()


async def test_a_telegram_that_cannot_be_reached_is_waited_for(
    server: TelegramServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram = Telegram(Settings(TOKEN, f"http://127.0.0.1:{unused_port()}"), store, VERBS)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise asyncio.CancelledError

    with structlog.testing.capture_logs() as logs:
        await telegram.start()
        monkeypatch.setattr(asyncio, "sleep", sleep)
        with pytest.raises(asyncio.CancelledError):
            await telegram.run()
    assert {line["event"] for line in logs} == {"waiting for Telegram"}
    assert slept == [1.0, 2.0, 4.0]
    await telegram.close()


async def test_S14_the_token_is_not_logged(
    server: TelegramServer, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = telegram_of(server, store)
    caplog.set_level(logging.INFO)
    server.faults["setMyCommands"].append(Fault(502, "Bad Gateway"))
    with structlog.testing.capture_logs() as logs:
        await telegram.start()
        announcing = asyncio.create_task(telegram.run())
        await server.wait_for("setMyCommands", 4)
        announcing.cancel()
    ours = [
        record.getMessage() for record in caplog.records if record.name != "aiohttp.access"
    ]  # not the server's
    assert logs
    assert TOKEN not in str([*ours, *logs])
    await telegram.close()


# ---------------------------------------------------------------- menus


async def test_T4_each_kind_of_chat_is_offered_its_commands(server: TelegramServer, telegram: Telegram) -> None:
    announcing = asyncio.create_task(telegram.run())
    await server.wait_for("setMyCommands", 3)
    announcing.cancel()
    offered = {
        body["scope"]["type"]: [command["command"] for command in body["commands"]]
        for body in server.called("setMyCommands")
    }
    everything = ["brief", "help", "start", "follow"]
    assert offered == {
        "all_private_chats": everything,
        "all_chat_administrators": everything,
        "all_group_chats": ["brief", "help", "start"],
    }


async def test_T4_a_chats_followed_topics_are_in_its_own_menu(
    server: TelegramServer, telegram: Telegram, store: Store
) -> None:
    ref = ChatRef("telegram", "1")
    await store.chats.save(Chat(ref, topics=("Spring draft", "Призыв", "東京", "help", "Ça va?")))
    (part,) = telegram.sender.parts(Reply((Line("Followed."),)), None)
    await telegram.sender.send(Delivery("a", ref, (part,), NOW), part)
    (menu,) = await server.wait_for("setMyCommands")
    assert menu["scope"] == {"type": "chat", "chat_id": 1}
    names = [command["command"] for command in menu["commands"]]
    assert names == ["spring_draft", "prizyv", "ca_va", "brief", "help", "start", "follow"]
    await telegram.sender.send(Delivery("b", ref, (part,), NOW), part)
    await asyncio.sleep(0.1)
    assert len(server.called("setMyCommands")) == 1


async def test_T4_a_menu_that_could_not_be_set_is_set_with_the_next_message(
    server: TelegramServer, telegram: Telegram, store: Store
) -> None:
    ref = ChatRef("telegram", "1")
    await store.chats.save(Chat(ref, topics=("draft",)))
    server.faults["setMyCommands"].append(Fault(502, "Bad Gateway"))
    (part,) = telegram.sender.parts(Reply((Line("Followed."),)), None)
    async with asyncio.timeout(10):
        while len(server.called("setMyCommands")) < 2:
            await telegram.sender.send(Delivery("a", ref, (part,), NOW), part)
            await asyncio.sleep(0.05)


# ---------------------------------------------------------------- webhook


@pytest.fixture
async def hooked(server: TelegramServer, store: Store) -> AsyncIterator[str]:
    """Yield the address of a bot that Telegram calls."""
    port = unused_port()
    telegram = telegram_of(server, store, mode="webhook", webhook_url=f"http://127.0.0.1:{port}/")
    app = web.Application()
    app.add_routes(telegram.routes())
    listening = TestServer(app, port=port)
    await listening.start_server()
    await telegram.poll()  # returns at once: Telegram calls
    announcing = asyncio.create_task(telegram.run())
    await server.wait_for("setMyCommands", 3)
    yield server.webhook["url"]
    announcing.cancel()
    await telegram.close()
    await listening.close()


async def test_T11_in_webhook_mode_telegram_calls_the_bot(
    server: TelegramServer, store: Store, hooked: str
) -> None:
    assert hooked.endswith("/telegram/webhook")
    assert "my_chat_member" in server.webhook["allowed_updates"]
    update = {"update_id": 5, "message": message("/draft")}
    assert await server.call_webhook(hooked, update, server.webhook["secret_token"]) == 200
    assert [order.text for order in await orders(store)] == ["draft"]


async def test_T11_an_address_that_telegram_will_not_call_is_named_in_a_sentence(
    server: TelegramServer, store: Store
) -> None:
    server.faults["setWebhook"].append(Fault(400, "Bad Request: bad webhook: HTTPS url must be provided"))
    telegram = telegram_of(server, store, mode="webhook", webhook_url="http://10.0.0.1:8080")
    with pytest.raises(
        UsageError, match=r"will not call http://10\.0\.0\.1:8080/telegram/webhook .*https.*polling"
    ):
        await telegram.start()
    await telegram.close()


@pytest.mark.parametrize("secret", ["", "wrong", "ünsecure"])
async def test_S17_a_call_without_the_secret_token_gets_401_and_does_nothing(
    server: TelegramServer, store: Store, hooked: str, secret: str
) -> None:
    update = {"update_id": 5, "message": message("/draft")}
    assert await server.call_webhook(hooked, update, secret) == 401
    assert await orders(store) == []


async def test_a_call_that_is_no_update_gets_400(server: TelegramServer, hooked: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": server.webhook["secret_token"]}
    async with ClientSession() as session:
        for body in (b"{", b"[]", b"{}", b'{"update_id": {}, "message": 3}'):
            async with session.post(hooked, data=body, headers=headers) as answer:
                assert answer.status == 400


async def test_T14_a_call_whose_order_cannot_be_stored_is_to_be_repeated(
    server: TelegramServer, store: Store, hooked: str
) -> None:
    server.faults["getChatMember"].append(Fault(502, "Bad Gateway"))
    update = {"update_id": 5, "message": message("/follow draft", GROUP)}
    assert await server.call_webhook(hooked, update, server.webhook["secret_token"]) == 503
    assert await server.call_webhook(hooked, update, server.webhook["secret_token"]) == 200
    assert len(await orders(store)) == 1


def test_in_polling_mode_nothing_is_served(store: Store) -> None:
    telegram = Telegram(Settings(TOKEN), store, VERBS)
    assert telegram.polls
    assert telegram.routes() == []
