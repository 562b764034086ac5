import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.errors import RetryLater, UsageError
from bot.model import Brief, Chat, ChatRef, Delivery, Order, Reply
from handlers.slack.call import LOST_ACCESS
from handlers.slack.receive import Slack
from handlers.slack.send import POST
from handlers.slack.workspaces import Settings
from tests.handlers.slack_server import APP_TOKEN, BOT_TOKEN, SECRET, Fault, SlackServer, post, signed_headers

NOW = datetime(2025, 5, 2, 9, tzinfo=UTC)


class Kept:
    """A store as far as Slack needs one: orders, deliveries and chats by key, and a switch that takes it away."""

    def __init__(self) -> None:
        self.held: dict[str, Order] = {}
        self.deliveries: dict[str, Delivery] = {}
        self.known: dict[str, Chat] = {}
        self.away = False

    orders = property(lambda self: self)
    outbox = property(lambda self: self)
    chats = property(lambda self: self)

    async def now(self) -> datetime:
        return NOW

    async def accept(self, order: Order) -> bool:
        if self.away:
            raise RetryLater("the store is away", 1)
        return self.held.setdefault(order.key, order) is order

    async def enqueue(self, delivery: Delivery) -> bool:
        return self.deliveries.setdefault(delivery.key, delivery) is delivery

    async def button(self, token: str) -> tuple[str, Delivery] | None:
        for delivery in self.deliveries.values():
            for part in delivery.parts:
                if token in part.buttons:
                    return part.buttons[token], delivery
        return None

    async def all(self) -> Sequence[Chat]:
        return tuple(self.known.values())

    async def pause(self, ref: ChatRef, why: str) -> bool:
        self.known[ref.key] = replace(self.known[ref.key], paused=why)
        return True

    def texts(self) -> list[str]:
        return [order.text for order in self.held.values()]


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as running:
        yield running


@pytest.fixture
def store() -> Kept:
    return Kept()


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
async def socket(server: SlackServer, store: Kept) -> AsyncIterator[Slack]:
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
async def http(server: SlackServer, store: Kept) -> AsyncIterator[str]:
    async with running(Slack(settings(server, mode="http"), store)) as slack, Served(slack) as served:
        yield served.url


# ---------------------------------------------------------------- orders, by socket and by HTTP


async def test_K7_by_socket_every_kind_of_order_is_stored_and_acknowledged(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    assert await server.push("slash_commands", server.command("/brief", "follow draft")) == {}
    assert await server.push("slash_commands", server.command("/draft")) == {}
    assert await server.push("events_api", server.mention("climate")) == {}
    assert await server.push("events_api", server.direct("sources")) == {}
    assert store.texts() == ["follow draft", "draft", "climate", "sources"]


async def test_K7_over_http_every_kind_of_order_is_stored_and_acknowledged(
    http: str, server: SlackServer, store: Kept
) -> None:
    for payload in (server.command("/brief", "help"), server.mention("climate"), server.direct("sources")):
        status, body = await post(http, payload)
        assert (status, body) == (200, "")
    assert store.texts() == ["help", "climate", "sources"]


async def test_K6_an_event_seen_twice_acts_once_whatever_the_retry_header_says(
    http: str, server: SlackServer, store: Kept
) -> None:
    mention = server.mention("climate")
    command = server.command("/draft")
    for _ in range(3):
        assert (await post(http, mention))[0] == 200
        assert (await post(http, command))[0] == 200
    assert store.texts() == ["climate", "draft"]


async def test_K10_the_order_knows_its_giver_s_time_zone_and_asks_slack_once(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    server.people["U2"] = {"tz": "Asia/Tokyo"}
    for text in ("schedule 8:00", "following"):
        await server.push("slash_commands", server.command("/brief", text, user="U2"))
    assert {order.user_zone for order in store.held.values()} == {"Asia/Tokyo"}
    assert len(server.sent("users.info")) == 1


async def test_K1_a_slow_answer_about_a_person_does_not_hold_the_acknowledgement(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    server.faults["users.info"].append(Fault(hang=True))
    started = asyncio.get_running_loop().time()
    assert await server.push("slash_commands", server.command("/draft")) == {}
    assert asyncio.get_running_loop().time() - started < 2
    assert [order.user_zone for order in store.held.values()] == [""]


async def test_K11_what_could_not_be_stored_is_not_acknowledged(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    store.away = True
    assert await server.push("events_api", server.mention("climate"), seconds=0.5) is None
    store.away = False
    assert await server.push("events_api", server.mention("climate")) == {}


async def test_K11_a_command_that_could_not_be_stored_is_told_so(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    store.away = True
    answer = await server.push("slash_commands", server.command("/draft"))
    assert answer is not None
    assert "Send it again" in answer["text"]


async def test_over_http_what_could_not_be_stored_is_a_500_so_that_slack_repeats_it(
    http: str, server: SlackServer, store: Kept
) -> None:
    store.away = True
    assert (await post(http, server.mention("climate")))[0] == 500


async def test_what_nobody_asked_is_acknowledged_and_forgotten(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    said = {"type": "message", "channel_type": "im", "channel": "D1", "ts": "1.1"}
    for event in (
        said | {"bot_id": "B2", "text": "x"},
        said | {"user": "UBOT", "text": "x"},
        {"type": "team_join"},
    ):
        assert await server.push("events_api", server.event(event)) == {}
    assert store.texts() == []


# ---------------------------------------------------------------- buttons


async def offered(slack: Slack, server: SlackServer, store: Kept) -> Delivery:
    """Store a brief as it was answered to a command, and return its delivery."""
    await server.push("slash_commands", server.command("/draft"))
    (order,) = store.held.values()
    parts = slack.sender.parts(Reply(brief=Brief("7Q2M", "draft", NOW, (), note="Nothing yet.")), order)
    await store.enqueue(Delivery(f"reply|{order.key}", order.chat, parts, NOW))
    return store.deliveries[f"reply|{order.key}"]


def token_of(delivery: Delivery, action: str) -> str:
    return next(token for token, held in delivery.parts[-1].buttons.items() if held == action)


async def test_K3_post_to_channel_is_a_delivery_of_what_was_seen_once(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    shown = await offered(socket, server, store)
    for _ in range(2):
        assert await server.push("interactive", server.press(token_of(shown, POST.action), ephemeral=True)) == {}
    posts = [key for key in store.deliveries if key.startswith("post|")]
    assert posts == [f"post|{shown.key}"]


async def test_a_press_is_the_order_it_stands_for(socket: Slack, server: SlackServer, store: Kept) -> None:
    shown = await offered(socket, server, store)
    part = replace(shown.parts[0], buttons={"tok": "follow draft"})
    store.deliveries[shown.key] = replace(shown, parts=(part,))
    press = server.press("tok")
    assert await server.push("interactive", press) == {}
    assert await server.push("interactive", press) == {}
    assert store.texts() == ["draft", "follow draft"]


async def test_a_button_that_nobody_remembers_says_so(socket: Slack, server: SlackServer, store: Kept) -> None:
    assert await server.push("interactive", server.press("gone")) == {}
    (note,) = store.deliveries.values()
    assert "too old" in json.dumps(note.parts[0].payload)


async def test_a_link_is_acknowledged(socket: Slack, server: SlackServer, store: Kept) -> None:
    link = server.press("x") | {"actions": [{"type": "button", "action_id": "x", "url": "http://a.example"}]}
    assert await server.push("interactive", link) == {}
    assert not store.deliveries


# ---------------------------------------------------------------- signatures


@pytest.mark.parametrize(
    "signing",
    [{"secret": "wrong"}, {"age_seconds": 600}, {"age_seconds": -600}],
    ids=["wrong", "stale", "from the future"],
)
async def test_S17_a_bad_signature_gets_401_and_does_nothing(
    http: str, server: SlackServer, store: Kept, signing: dict[str, Any]
) -> None:
    assert (await post(http, server.command("/draft"), **signing))[0] == 401
    assert store.texts() == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": "9" * 400, "X-Slack-Signature": "v0=1"},
    ],
    ids=["missing", "no time", "no number", "a huge number"],
)
async def test_S17_a_missing_or_senseless_signature_gets_401(
    http: str, store: Kept, headers: dict[str, str]
) -> None:
    async with ClientSession() as session, session.post(http, data=b"\xff{", headers=headers) as response:
        assert response.status == 401
    assert store.texts() == []


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
    socket: Slack, server: SlackServer, store: Kept, events: tuple[dict[str, Any], ...]
) -> None:
    ours, theirs, other = (ChatRef("slack", "T1/C1"), ChatRef("slack", "T2/C1"), ChatRef("telegram", "1"))
    store.known = {ref.key: Chat(ref) for ref in (ours, theirs, other)}
    for event in events:
        assert await server.push("events_api", server.event(event)) == {}
    assert store.known[ours.key].paused == LOST_ACCESS
    assert (store.known[theirs.key].paused, store.known[other.key].paused) == ("", "")


async def test_a_user_s_own_token_revoked_pauses_nothing(socket: Slack, server: SlackServer, store: Kept) -> None:
    ref = ChatRef("slack", "T1/C1")
    store.known = {ref.key: Chat(ref)}
    await server.push("events_api", server.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}))
    assert store.known[ref.key].paused == ""


# ---------------------------------------------------------------- the socket


async def test_a_connection_that_slack_refreshes_is_replaced(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    await server.disconnect(close=False)
    await server.wait_for_sockets(2)
    old = server.sockets[0]
    assert await server.push("slash_commands", server.command("/draft")) == {}
    await old.close()
    await server.wait_for_sockets(1)
    assert await server.push("slash_commands", server.command("/draft")) == {}
    assert store.texts() == ["draft", "draft"]


async def test_a_connection_that_breaks_is_opened_again_at_a_new_address(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    await server.sockets[0].close()
    await server.wait_for_sockets(0)
    server.faults["apps.connections.open"].append(Fault(500, {"ok": False, "error": "internal_error"}))
    await server.wait_for_sockets(1)
    assert await server.push("slash_commands", server.command("/draft")) == {}


async def test_frames_that_are_no_envelopes_are_passed_over(
    socket: Slack, server: SlackServer, store: Kept
) -> None:
    await server.sockets[0].send_str("no json")
    await server.sockets[0].send_str("[1]")
    await server.sockets[0].send_bytes(b"bytes")
    assert await server.push("slash_commands", server.command("/draft")) == {}


async def test_D11_what_is_in_hand_at_the_end_is_acknowledged(server: SlackServer, store: Kept) -> None:
    async with running(Slack(settings(server), store)):
        pushed = asyncio.create_task(server.push("slash_commands", server.command("/draft")))
        await server.wait_for("users.info")
    assert await pushed == {}


# ---------------------------------------------------------------- the start


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"bot_token": "xoxb-other"}, "SLACK_BOT_TOKEN"),
        ({"app_token": "xapp-other"}, "SLACK_APP_TOKEN"),
        ({"app_token": ""}, "SLACK_APP_TOKEN"),
        ({"mode": "http", "signing_secret": ""}, "SLACK_SIGNING_SECRET"),
    ],
    ids=["bot token", "app token", "no app token", "no secret"],
)
async def test_a_wrong_token_is_one_sentence_that_does_not_show_it(
    server: SlackServer, store: Kept, wrong: dict[str, str], named: str
) -> None:
    slack = Slack(settings(server, **wrong), store)
    with pytest.raises(UsageError, match=named) as caught:
        await slack.start()
    assert "other" not in str(caught.value)
    await slack.close()


def test_S14_settings_do_not_show_their_secrets(server: SlackServer) -> None:
    shown = repr(Settings(BOT_TOKEN, APP_TOKEN, SECRET))
    assert not any(secret in shown for secret in (BOT_TOKEN, APP_TOKEN, SECRET))


async def test_a_slack_that_cannot_be_reached_is_waited_for(server: SlackServer, store: Kept) -> None:
    broken = Fault(503, text="<html>")
    server.faults["auth.test"].append(broken)
    server.faults["apps.connections.open"].append(broken)
    async with running(Slack(settings(server), store)):
        await server.wait_for_sockets(1)
        assert await server.push("slash_commands", server.command("/draft")) == {}


async def test_in_socket_mode_nothing_is_served(server: SlackServer, store: Kept) -> None:
    assert Slack(settings(server), store).routes() == []
