import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, Self

import pytest
import structlog
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.errors import StoreAway, UsageError
from bot.model import Brief, Button, Chat, ChatRef, Delivery, Order, Reply
from bot.store import Store
from handlers.slack.call import LOST_ACCESS, Api
from handlers.slack.read import Person
from handlers.slack.receive import Settings, Slack
from handlers.slack.send import POST
from handlers.slack.workspaces import Workspaces
from tests.handlers.slack_server import APP_TOKEN, BOT_TOKEN, SECRET, Fault, SlackServer, post, signed_headers

NOW = datetime(2025, 5, 2, 9, tzinfo=UTC)


async def received(store: Store) -> list[Order]:
    """Return the orders that nobody has looked at yet, oldest first."""
    found = [await store.orders.load(claim.member) for claim in await store.due.orders.take(100, 60)]
    return [order for order in found if order]


async def texts(store: Store) -> list[str]:
    return [order.text for order in await received(store)]


@pytest.fixture
def away(store: Store, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Make the store take no orders, until undone."""

    async def accept(order: Order) -> bool:
        raise StoreAway("the store does not answer")

    monkeypatch.setattr(store.orders, "accept", accept)
    return monkeypatch


def settings(server: SlackServer, **more: Any) -> Settings:
    tokens = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "signing_secret": SECRET}
    return Settings(**{**tokens, "api_base_url": server.api_base_url, **more})


@asynccontextmanager
async def running(slack: Slack) -> AsyncIterator[Slack]:
    await slack.start()
    reading = asyncio.create_task(slack.run())
    try:
        yield slack
    finally:
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
        await slack.close()


@pytest.fixture
async def socket(server: SlackServer, store: Store) -> AsyncIterator[Slack]:
    async with running(Slack(settings(server), store)) as slack:
        yield slack


class Served:
    """A bot in HTTP mode, with its address."""

    def __init__(self, slack: Slack) -> None:
        app = web.Application()
        app.add_routes(slack.routes())
        self._server = TestServer(app)

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("/slack/events"))


@pytest.fixture
async def http(server: SlackServer, store: Store) -> AsyncIterator[str]:
    async with running(Slack(settings(server, mode="http"), store)) as slack, Served(slack) as served:
        yield served.url


# ---------------------------------------------------------------- orders, by socket and by HTTP


async def test_K7_by_socket_every_kind_of_order_is_stored_and_acknowledged(
    socket: Slack, server: SlackServer, store: Store
) -> None:
    assert await server.push("slash_commands", server.command("/brief", "follow draft")) == {}
    assert await server.push("slash_commands", server.command("/draft")) == {}
    assert await server.push("events_api", server.mention("climate")) == {}
    assert await server.push("events_api", server.direct("sources")) == {}
    assert await texts(store) == ["follow draft", "draft", "climate", "sources"]


async def test_K7_over_http_every_kind_of_order_is_stored_and_acknowledged(
    http: str, server: SlackServer, store: Store
) -> None:
    for payload in (server.command("/brief", "help"), server.mention("climate"), server.direct("sources")):
        status, body = await post(http, payload)
        assert (status, body) == (200, "")
    assert await texts(store) == ["help", "climate", "sources"]


async def test_K6_an_event_seen_twice_acts_once_whatever_the_retry_header_says(
    http: str, server: SlackServer, store: Store
) -> None:
    mention = server.mention("climate")
    command = server.command("/draft")
    for _ in range(3):
        assert (await post(http, mention))[0] == 200
        assert (await post(http, command))[0] == 200
    assert await texts(store) == ["climate", "draft"]


async def test_K10_the_order_knows_its_giver_s_time_zone_and_asks_slack_once(
    socket: Slack, server: SlackServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.slack.workspaces.LOOK_UP_SECONDS", 25)  # this machine may be busy
    server.people["U2"] = {"tz": "Asia/Tokyo"}
    for text in ("schedule 8:00", "following"):
        await server.push("slash_commands", server.command("/brief", text, user="U2"))
    assert {order.user_zone for order in await received(store)} == {"Asia/Tokyo"}
    assert len(server.sent("users.info")) == 1


async def test_K1_a_slow_answer_about_a_person_does_not_hold_the_acknowledgement(
    socket: Slack, server: SlackServer, store: Store
) -> None:
    server.faults["users.info"].append(Fault(hang=True))
    assert await server.push("slash_commands", server.command("/draft")) == {}
    assert [order.user_zone for order in await received(store)] == [""]


async def test_K11_what_could_not_be_stored_is_not_acknowledged(
    socket: Slack, server: SlackServer, away: pytest.MonkeyPatch
) -> None:
    assert await server.push("events_api", server.mention("climate"), seconds=0.5) is None
    away.undo()
    assert await server.push("events_api", server.mention("climate")) == {}


async def test_K11_a_command_that_could_not_be_stored_is_told_so(
    socket: Slack, server: SlackServer, away: pytest.MonkeyPatch
) -> None:
    answer = await server.push("slash_commands", server.command("/draft"))
    assert answer is not None
    assert "Send it again" in answer["text"]


async def test_over_http_what_could_not_be_stored_is_a_500_so_that_slack_repeats_it(
    http: str, server: SlackServer, away: pytest.MonkeyPatch
) -> None:
    assert (await post(http, server.mention("climate")))[0] == 500


async def test_what_nobody_asked_is_acknowledged_and_forgotten(
    socket: Slack, server: SlackServer, store: Store
) -> None:
    said = {"type": "message", "channel_type": "im", "channel": "D1", "ts": "1.1"}
    for event in (
        said | {"bot_id": "B2", "text": "x"},
        said | {"user": "UBOT", "text": "x"},
        {"type": "team_join"},
    ):
        assert await server.push("events_api", server.event(event)) == {}
    assert await texts(store) == []


async def test_S14_a_payload_that_cannot_be_read_is_not_acknowledged_and_its_words_not_logged(
    socket: Slack, server: SlackServer
) -> None:
    broken = server.command("/draft", "my secret words")
    del broken["trigger_id"]
    with structlog.testing.capture_logs() as logs:
        assert await server.push("slash_commands", broken, seconds=1) is None
    assert logs[0]["why"] == "KeyError"
    assert "secret" not in str(logs)


async def test_K10_people_are_remembered_in_bounds(server: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.slack.workspaces.PEOPLE", 2)
    monkeypatch.setattr("handlers.slack.workspaces.LOOK_UP_SECONDS", 25)
    api = Api(server.api_base_url)
    workspaces = Workspaces(api, BOT_TOKEN)
    await workspaces.connect()
    for user in ("U1", "U2", "U3", "U3", "U1"):
        assert (await workspaces.person("T1", user)).zone == "Europe/London"
    assert len(server.sent("users.info")) == 4
    assert await workspaces.person("T9", "U1") == Person()
    await api.close()


# ---------------------------------------------------------------- buttons


async def offered(slack: Slack, server: SlackServer, store: Store) -> Delivery:
    """Store a brief as it was answered to a command, and return its delivery."""
    await server.push("slash_commands", server.command("/draft"))
    (order,) = await received(store)
    reply = Reply(
        brief=Brief("7Q2M", "draft", NOW, (), note="Nothing yet."), buttons=(Button("Follow", "follow draft"),)
    )
    delivery = Delivery(f"reply|{order.key}", order.chat, slack.sender.parts(reply, order), NOW)
    await store.outbox.enqueue(delivery)
    return delivery


def token_of(delivery: Delivery, action: str) -> str:
    return next(token for token, held in delivery.parts[-1].buttons.items() if held == action)


async def test_K3_post_to_channel_is_a_delivery_of_what_was_seen_once(
    socket: Slack, server: SlackServer, store: Store
) -> None:
    shown = await offered(socket, server, store)
    for _ in range(2):
        assert await server.push("interactive", server.press(token_of(shown, POST.action), ephemeral=True)) == {}
    waiting = [delivery.key for delivery in await store.outbox.list("pending")]
    assert sorted(waiting) == [f"post|{shown.key}", shown.key]


async def test_a_press_is_the_order_it_stands_for(socket: Slack, server: SlackServer, store: Store) -> None:
    shown = await offered(socket, server, store)
    press = server.press(token_of(shown, "follow draft"))
    assert await server.push("interactive", press) == {}
    assert await server.push("interactive", press) == {}
    assert await texts(store) == ["follow draft"]


async def test_a_button_that_nobody_remembers_says_so(socket: Slack, server: SlackServer, store: Store) -> None:
    assert await server.push("interactive", server.press("gone")) == {}
    (note,) = await store.outbox.list("pending")
    assert "too old" in json.dumps(note.parts[0].payload)


async def test_a_link_is_acknowledged(socket: Slack, server: SlackServer, store: Store) -> None:
    link = server.press("x") | {"actions": [{"type": "button", "action_id": "x", "url": "http://a.example"}]}
    assert await server.push("interactive", link) == {}
    assert not await store.outbox.list("pending")


# ---------------------------------------------------------------- signatures


@pytest.mark.parametrize(
    "signing",
    [{"secret": "wrong"}, {"age_seconds": 600}, {"age_seconds": -600}],
    ids=["wrong", "stale", "from the future"],
)
async def test_S17_a_bad_signature_gets_401_and_does_nothing(
    http: str, server: SlackServer, store: Store, signing: dict[str, Any]
) -> None:
    assert (await post(http, server.command("/draft"), **signing))[0] == 401
    assert await texts(store) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": "9" * 400, "X-Slack-Signature": "v0=1"},
        signed_headers("x") | {"X-Slack-Signature": "v0=é"},
    ],
    ids=["missing", "no time", "no number", "a huge number", "no ASCII"],
)
async def test_S17_a_missing_or_senseless_signature_gets_401(
    http: str, store: Store, headers: dict[str, str]
) -> None:
    async with ClientSession() as session, session.post(http, data=b"x", headers=headers) as response:
        assert response.status == 401
    assert await texts(store) == []


@pytest.mark.parametrize("body", ["{", "[]", "payload=%7B", "[1]"])
async def test_S17_a_signed_body_that_is_none_of_slack_s_gets_400_at_most(http: str, body: str) -> None:
    headers = {"Content-Type": "application/json"} | signed_headers(body)
    async with ClientSession() as session, session.post(http, data=body, headers=headers) as response:
        assert response.status in {400, 404, 500}


async def test_slack_s_question_about_the_address_is_answered(http: str) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-17"})
    headers = {"Content-Type": "application/json"} | signed_headers(body)
    async with ClientSession() as session, session.post(http, data=body, headers=headers) as response:
        assert "c-17" in await response.text()


# ---------------------------------------------------------------- leaving


REVOKED = {"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}
UNINSTALLED = {"type": "app_uninstalled"}


@pytest.mark.parametrize("events", [(REVOKED, UNINSTALLED), (UNINSTALLED, REVOKED)], ids=["revoked first", "last"])
async def test_K7_an_uninstalled_workspace_is_paused_in_any_order(
    socket: Slack, server: SlackServer, store: Store, events: tuple[dict[str, Any], ...]
) -> None:
    ours, theirs, other = (ChatRef("slack", "T1/C1"), ChatRef("slack", "T2/C1"), ChatRef("telegram", "1"))
    for ref in (ours, theirs, other):
        await store.chats.save(Chat(ref))
    for event in events:
        assert await server.push("events_api", server.event(event)) == {}
    paused = {chat.ref: chat.paused for chat in await store.chats.all()}
    assert paused == {ours: LOST_ACCESS, theirs: "", other: ""}


async def test_K7_a_workspace_that_installs_the_app_again_is_served_again(
    server: SlackServer, store: Store
) -> None:
    left, muted = ChatRef("slack", "T1/C1"), ChatRef("slack", "T1/C2")
    await store.chats.save(Chat(left, scheduled=True, paused=LOST_ACCESS))
    await store.chats.save(Chat(muted, scheduled=True, paused="archived"))
    async with running(Slack(settings(server), store)):
        (claim,) = await store.due.subscriptions.take(5, 60)
    assert claim.member == left.key
    assert {chat.ref: chat.paused for chat in await store.chats.all()} == {left: "", muted: "archived"}


async def test_a_user_s_own_token_revoked_pauses_nothing(socket: Slack, server: SlackServer, store: Store) -> None:
    ref = ChatRef("slack", "T1/C1")
    await store.chats.save(Chat(ref))
    await server.push("events_api", server.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}))
    assert [chat.paused for chat in await store.chats.all()] == [""]


async def test_K7_by_socket_a_workspace_without_an_installation_is_told_so(
    socket: Slack, server: SlackServer, store: Store
) -> None:
    command = server.command("/draft") | {"team_id": "T9"}
    del command["response_url"]
    answer = await server.push("slash_commands", command)
    assert answer is not None
    assert "reinstall" in answer["text"]
    assert await texts(store) == []


# ---------------------------------------------------------------- the socket


async def test_a_connection_that_slack_refreshes_is_replaced(
    socket: Slack, server: SlackServer, store: Store
) -> None:
    await server.disconnect(close=False)
    await server.wait_for_sockets(2)
    old = server.sockets[0]
    assert await server.push("slash_commands", server.command("/draft")) == {}
    await old.close()
    await server.wait_for_sockets(1)
    assert await server.push("slash_commands", server.command("/draft")) == {}
    assert await texts(store) == ["draft", "draft"]


async def test_a_connection_that_breaks_is_opened_again_at_a_new_address(
    socket: Slack, server: SlackServer, store: Store
) -> None:
    await server.sockets[0].close()
    await server.wait_for_sockets(0)
    server.faults["apps.connections.open"].append(Fault(500, {"ok": False, "error": "internal_error"}))
    server.faults["link"].append(Fault(503))
    await server.wait_for_sockets(1)
    assert len(server.sent("apps.connections.open")) == 4
    assert await server.push("slash_commands", server.command("/draft")) == {}


async def test_frames_that_are_no_envelopes_are_passed_over(
    socket: Slack, server: SlackServer, store: Store
) -> None:
    await server.sockets[0].send_str("no json")
    await server.sockets[0].send_str("[1]")
    await server.sockets[0].send_bytes(b"bytes")
    assert await server.push("slash_commands", server.command("/draft")) == {}


async def test_D11_what_is_in_hand_at_the_end_is_acknowledged(server: SlackServer, store: Store) -> None:
    async with running(Slack(settings(server), store)):
        pushed = asyncio.create_task(server.push("slash_commands", server.command("/draft")))
        await server.wait_for("users.info")
    assert await pushed == {}


# ---------------------------------------------------------------- the start


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"bot_token": "xoxb-other"}, "SLACK_BOT_TOKEN"),
        ({"app_token": "xapp-other"}, "SLACK_APP_TOKEN: it is wrong, or was revoked"),
        ({"app_token": ""}, "SLACK_APP_TOKEN"),
        ({"mode": "http", "signing_secret": ""}, "SLACK_SIGNING_SECRET"),
    ],
    ids=["bot token", "app token", "no app token", "no secret"],
)
async def test_a_wrong_token_is_one_sentence_that_does_not_show_it(
    server: SlackServer, store: Store, wrong: dict[str, str], named: str
) -> None:
    slack = Slack(settings(server, **wrong), store)
    with pytest.raises(UsageError, match=named) as caught:
        await slack.start()
    assert "other" not in str(caught.value)
    await slack.close()


def test_S14_settings_do_not_show_their_secrets(server: SlackServer) -> None:
    shown = repr(Settings(BOT_TOKEN, APP_TOKEN, SECRET))
    assert not any(secret in shown for secret in (BOT_TOKEN, APP_TOKEN, SECRET))


async def test_a_token_of_the_wrong_kind_is_named_with_slack_s_word(server: SlackServer, store: Store) -> None:
    server.faults["apps.connections.open"].append(Fault(200, {"ok": False, "error": "not_allowed_token_type"}))
    slack = Slack(settings(server), store)
    with pytest.raises(UsageError, match="SLACK_APP_TOKEN: Slack says not_allowed_token_type"):
        await slack.start()
    await slack.close()


async def test_a_slack_that_cannot_be_reached_is_waited_for(server: SlackServer, store: Store) -> None:
    broken = Fault(503, text="<html>")
    server.faults["auth.test"].append(broken)
    server.faults["apps.connections.open"].append(broken)
    async with running(Slack(settings(server), store)):
        await server.wait_for_sockets(1)
        assert await server.push("slash_commands", server.command("/draft")) == {}


async def test_in_socket_mode_nothing_is_served(server: SlackServer, store: Store) -> None:
    assert Slack(settings(server), store).routes() == []
