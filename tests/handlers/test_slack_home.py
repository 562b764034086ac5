import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from bot.desk import Desk, House
from bot.index import Index
from bot.model import Chat, ChatRef, Feed, Order, Point, Series, Timetable
from bot.store import Store
from bot.workers import Workers
from handlers.slack import home, read
from handlers.slack.home import Followed, Home
from handlers.slack.receive import Settings, Slack
from tests.handlers.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

NOW = datetime(2025, 5, 2, 9, tzinfo=UTC)
OWN = ChatRef("slack", "T1/D1")
ORDER = Order("k", OWN, "slack:T1/U1", "", NOW, target={"channel": "D1", "user": "U1"})
DRAFT = Series("draft", "draft size", "person", (Point(160_000, "=", "2025", (), 1),))


def chat(**more: Any) -> Chat:
    table = Timetable((time(8), time(18, 30)), frozenset({0, 4}), "Europe/London")
    return Chat(OWN, topics=("draft", "climate"), timetable=table, **more)


def shown(**more: Any) -> str:
    facts = {"chat": chat(), "followed": (), "feeds": (), "now": NOW}
    return str(home.view(Home(**{**facts, **more}), ORDER))


# ---------------------------------------------------------------- what it shows


def test_K5_home_shows_the_next_briefing_in_the_chat_s_zone() -> None:
    next_slot = datetime(2025, 5, 5, 7, tzinfo=UTC)
    text = shown(chat=chat(scheduled=True, next_slot_at=next_slot))
    assert "Monday 5 May, 08:00 (08:00,18:30 mon,fri Europe/London)" in text


def test_K5_home_says_when_nothing_comes() -> None:
    assert "Choose a time under Settings" in shown()
    assert "Paused: archived" in shown(chat=chat(paused="archived"))


def test_K5_home_shows_what_is_followed_with_its_last_figures() -> None:
    text = shown(followed=(Followed("draft", (DRAFT,)), Followed("climate")))
    assert "draft size   160,000 (2025)" in text
    assert "climate" in text
    assert "No topic" in shown()


def test_K5_home_shows_the_feeds_the_failing_ones_first() -> None:
    well = Feed(1, "https://a.example/f", "Well", succeeded_at=NOW)
    new = Feed(2, "https://b.example/f", "New")
    ill = Feed(3, "https://c.example/f", "Ill", error="It answered 404.", failures=2)
    text = shown(feeds=(well, new, ill))
    assert "3 read, 1 failing" in text
    assert (
        text.index("Ill: failed 2 times: It answered 404")
        < text.index("Well: read 10:00")
        < text.index("New: not read yet")
    )


def test_K5_home_is_a_view_that_slack_takes_however_much_there_is() -> None:
    feeds = tuple(Feed(number, f"https://a.example/{number}", "Name " * 40) for number in range(200))
    followed = tuple(Followed("topic " * 15, (DRAFT, DRAFT, DRAFT)) for _ in range(10))
    view = home.view(Home(chat(), followed, feeds, NOW), ORDER)
    assert (view["type"], len(view["blocks"]) <= 100) == ("home", True)
    assert view["blocks"][-1]["elements"][0]["action_id"] == "home:settings"


def test_S15_home_is_closed_to_whom_the_bot_does_not_answer() -> None:
    text = str(home.view(None, ORDER))
    assert "allow slack:T1/U1" in text
    assert "home:settings" not in text


def test_K5_the_settings_form_holds_what_is_set() -> None:
    view = home.form(home.SETTINGS, chat(scheduled=True), ORDER)
    times, topics = (block["element"]["initial_value"] for block in view["blocks"])
    assert times == "08:00,18:30 mon,fri Europe/London"
    assert topics == "draft\nclimate"
    assert home.form(home.SETTINGS, chat(), ORDER)["blocks"][0]["element"]["initial_value"] == "off"


@pytest.mark.parametrize("url", ["", "a.example", "ftp://a.example", "https://a.example/a b"])
def test_K5_an_address_is_checked_on_the_server(url: str) -> None:
    assert set(home.fault_of(url)) == {"url"}


# ---------------------------------------------------------------- the whole way


async def refused(url: str) -> Feed:
    raise AssertionError(url)


@pytest.fixture
async def desk(store: Store) -> AsyncIterator[Desk]:
    async with Workers() as workers:
        with Index() as index:
            yield Desk(store, index, workers, refused, House(open_to_all=True))


@pytest.fixture
async def slack(server: SlackServer, store: Store, desk: Desk) -> AsyncIterator[Slack]:
    made = Slack(Settings(BOT_TOKEN, APP_TOKEN, api_base_url=server.api_base_url), store, desk)
    await made.start()
    reading = asyncio.create_task(made.run())
    yield made
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    await made.close()


def press(name: str) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "private_metadata": "D1"},
        "trigger_id": "9.9",
        "actions": [{"type": "button", "action_id": f"home:{name}", "block_id": "b"}],
    }


def submitted(name: str, **values: str) -> dict[str, Any]:
    state = {field: {"typed": {"type": "plain_text_input", "value": value}} for field, value in values.items()}
    view = {"id": "V2", "hash": "h", "type": "modal", "callback_id": name, "private_metadata": "D1"}
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "view": view | {"state": {"values": state}},
    }


OPENED = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}


async def test_K5_opening_the_tab_fills_it(slack: Slack, server: SlackServer, desk: Desk) -> None:
    await desk.settings.follow(ORDER, "draft")
    assert await server.push("events_api", server.event(OPENED)) == {}
    (published,) = await server.wait_for("views.publish")
    assert published["user_id"] == "U1"
    assert "draft" in str(published["view"])


async def test_the_messages_tab_needs_no_filling(slack: Slack, server: SlackServer) -> None:
    assert await server.push("events_api", server.event(OPENED | {"tab": "messages"})) == {}
    assert not server.sent("views.publish")


@pytest.mark.parametrize("name", [home.SETTINGS, home.SOURCES])
async def test_K5_a_button_of_the_tab_opens_its_form(slack: Slack, server: SlackServer, name: str) -> None:
    assert await server.push("interactive", press(name)) == {}
    (opened,) = await server.wait_for("views.open")
    assert (opened["trigger_id"], opened["view"]["callback_id"]) == ("9.9", name)


async def test_K5_the_settings_form_saves_and_shows_the_tab_anew(
    slack: Slack, server: SlackServer, store: Store, desk: Desk
) -> None:
    await desk.settings.follow(replace(ORDER, key="k1"), "war")
    await desk.settings.follow(replace(ORDER, key="k2"), "climate")
    form = submitted(home.SETTINGS, times="07:30 Europe/Paris", topics="draft\n\n draft \nclimate\nrent")
    assert await server.push("interactive", form) == {}
    saved = await store.chats.find(OWN)
    assert saved is not None
    assert (saved.topics, saved.timetable.zone, saved.scheduled) == (
        ("climate", "draft", "rent"),
        "Europe/Paris",
        True,
    )
    assert "07:30" in str((await server.wait_for("views.publish"))[0]["view"])


async def test_K5_the_settings_form_can_turn_briefings_off(
    slack: Slack, server: SlackServer, store: Store
) -> None:
    assert await server.push("interactive", submitted(home.SETTINGS, times="off", topics="draft")) == {}
    saved = await store.chats.find(OWN)
    assert saved is not None
    assert (saved.scheduled, saved.topics) == (False, ("draft",))


@pytest.mark.parametrize(
    ("times", "topics", "field"),
    [("25:00", "draft", "times"), ("08:00", "word " * 40, "topics")],
    ids=["no time of day", "a topic too long"],
)
async def test_K5_a_form_that_cannot_be_saved_says_why(
    slack: Slack, server: SlackServer, times: str, topics: str, field: str
) -> None:
    answer = await server.push("interactive", submitted(home.SETTINGS, times=times, topics=topics))
    assert answer is not None
    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {field}


async def test_K5_a_source_is_ordered_like_any_other(slack: Slack, server: SlackServer, store: Store) -> None:
    form = submitted(home.SOURCES, url=" https://a.example/feed ")
    assert await server.push("interactive", form) == {}
    assert await server.push("interactive", form) == {}
    (claim,) = await store.due.orders.take(5, 60)
    order = await store.orders.load(claim.member)
    assert order is not None
    assert (order.text, order.chat) == ("add https://a.example/feed", OWN)
    wrong = await server.push("interactive", submitted(home.SOURCES, url="a.example"))
    assert wrong is not None
    assert set(wrong["errors"]) == {"url"}


async def test_S15_a_stranger_s_form_saves_nothing(server: SlackServer, store: Store) -> None:
    async with Workers() as workers:
        with Index() as index:
            closed = Desk(store, index, workers, refused, House())
            made = Slack(Settings(BOT_TOKEN, APP_TOKEN, api_base_url=server.api_base_url), store, closed)
            await made.form(submitted(home.SETTINGS, times="08:00", topics="draft"), "T1")
            await made.press(press(home.SETTINGS), "T1")
            await made.event(server.event(OPENED), "T1")
            (published,) = await server.wait_for("views.publish")
            await made.close()
    assert "This bot is private" in str(published)
    assert await store.chats.find(OWN) is None
    assert not server.sent("views.open")


async def test_a_tab_that_cannot_be_shown_is_logged_alone(slack: Slack, server: SlackServer) -> None:
    server.teams.clear()
    assert await server.push("events_api", server.event(OPENED)) == {}
    await server.wait_for("views.publish")


async def test_a_workspace_that_is_gone_is_shown_no_tab(slack: Slack, server: SlackServer) -> None:
    await slack.event(server.event(OPENED), "T9")
    assert await server.push("events_api", server.event(OPENED)) == {}
    assert len(await server.wait_for("views.publish")) == 1


async def test_without_a_desk_the_tab_stays_empty(server: SlackServer, store: Store) -> None:
    bare = Slack(Settings(BOT_TOKEN, APP_TOKEN, api_base_url=server.api_base_url), store)
    await bare.press(press(home.SETTINGS), "T1")
    assert await bare.form(submitted(home.SETTINGS, times="08:00", topics=""), "T1") == {}
    await bare.close()
    assert not server.sent("views.open")


def test_an_order_at_home_without_a_known_channel_is_for_the_person() -> None:
    order = read.at_home({"event": {"user": "U1"}}, "T1", read.Person(), NOW)
    assert (order.chat.id, order.target["channel"]) == ("T1/U1", "U1")
