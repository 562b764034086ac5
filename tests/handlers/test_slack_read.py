from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ChatRef
from handlers.slack import read
from handlers.slack.read import Person

NOW = datetime(2025, 5, 2, 9, tzinfo=UTC)
LONDON = Person("Europe/London", "en")


def command(word: str, text: str = "", **more: str) -> dict[str, Any]:
    made = {"command": word, "text": text, "channel_id": "C1", "channel_name": "general", "user_id": "U1"}
    return made | {"trigger_id": "1.2.3", "response_url": "http://slack.test/r"} | more


@pytest.mark.parametrize(
    ("word", "text", "asked"),
    [
        pytest.param("/brief", "", "brief", id="the root alone asks for the top stories"),
        pytest.param("/brief", "  follow   draft ", "follow   draft", id="the root takes a verb"),
        pytest.param("/brief", "how many men?", "how many men?", id="the root takes a question"),
        pytest.param("/draft", "", "draft", id="a topic's own command asks for it"),
        pytest.param("/draft", "in spring", "draft in spring", id="words behind a topic narrow it"),
        pytest.param("/spring-draft", "", "spring draft", id="hyphens stand for blanks"),
        pytest.param("/elections-cote", "", "brief Élections Côte", id="a configured topic keeps its letters"),
        pytest.param(
            "/brief",
            "add <https://a.example/f?a=1&amp;b=2|a.example>",
            "add https://a.example/f?a=1&b=2",
            id="a link",
        ),
        pytest.param("/brief", "allow <@U2|ana>", "allow slack:T1/U2", id="a mention is a user of the workspace"),
        pytest.param("/brief", "say <#C2|news> a &lt; b", "say #news a < b", id="channels and escapes are undone"),
    ],
)
def test_K2_a_command_is_an_order(word: str, text: str, asked: str) -> None:
    topics = {read.command_of("Élections Côte"): "Élections Côte"}
    assert read.command(command(word, text), "T1", LONDON, NOW, topics).text == asked


def test_K6_a_command_is_known_by_its_trigger() -> None:
    assert read.command(command("/brief"), "T1", LONDON, NOW, {}).key == "slack:trigger:1.2.3"


def test_K1_a_command_is_answered_at_its_response_url_within_half_an_hour() -> None:
    target = read.command(command("/brief"), "T1", LONDON, NOW, {}).target
    assert target["url"] == "http://slack.test/r"
    assert 1700 < (datetime.fromisoformat(target["until"]) - NOW).total_seconds() < 1800


def test_K10_an_order_carries_the_time_zone_of_who_gives_it() -> None:
    order = read.command(command("/brief", "schedule 8:00"), "T1", LONDON, NOW, {})
    assert (order.user_zone, order.language) == ("Europe/London", "en")


def test_a_command_is_read_by_its_asker_alone_and_belongs_to_its_channel() -> None:
    order = read.command(command("/draft"), "T1", LONDON, NOW, {})
    assert (order.chat, order.user, order.chat_kind) == (ChatRef("slack", "T1/C1"), "slack:T1/U1", "channel")
    assert order.private
    assert order.may_change


@pytest.mark.parametrize(
    "user",
    [{"is_restricted": True}, {"is_ultra_restricted": True}, {"is_stranger": True}, {"team_id": "T9"}],
    ids=["guest", "single-channel guest", "stranger", "other workspace"],
)
def test_guests_change_their_own_messages_only(user: dict[str, Any]) -> None:
    guest = read.person_of(user, "T1")
    assert not read.command(command("/brief"), "T1", guest, NOW, {}).may_change
    own = command("/brief", channel_id="D1", channel_name="directmessage")
    assert read.command(own, "T1", guest, NOW, {}).may_change


def test_person_of_reads_zone_and_language() -> None:
    told = {"tz": "Asia/Tokyo", "locale": "ja-JP", "team_id": "T1"}
    assert read.person_of(told, "T1") == Person("Asia/Tokyo", "ja", member=True)


@pytest.mark.parametrize(
    ("channel", "name", "kind"),
    [
        ("C1", "general", "channel"),
        ("G1", "desk", "channel"),
        ("D1", "directmessage", "private"),
        ("C2", "mpdm-ana--bo-1", "group"),
    ],
)
def test_kind_of_a_conversation(channel: str, name: str, kind: str) -> None:
    assert read.kind_of(channel, name) == kind


def event(**said: Any) -> dict[str, Any]:
    return {"event_id": "Ev1", "event": {"user": "U1", "channel": "C1", "ts": "5.5"} | said}


def test_K2_a_mention_is_answered_in_its_thread() -> None:
    order = read.message(event(type="app_mention", text="<@UBOT> draft &amp; war"), "T1", LONDON, NOW)
    assert order.text == "draft & war"
    assert order.target == {"channel": "C1", "user": "U1", "thread": "5.5"}
    assert (order.key, order.private, order.chat_kind) == ("slack:event:Ev1", False, "channel")


def test_K2_a_mention_in_a_thread_stays_there() -> None:
    said = event(type="app_mention", text="<@UBOT> draft", thread_ts="1.1")
    assert read.message(said, "T1", LONDON, NOW).target["thread"] == "1.1"


def test_K2_a_direct_message_is_an_order_as_it_stands() -> None:
    said = event(type="message", channel_type="im", channel="D1", text="follow draft")
    order = read.message(said, "T1", LONDON, NOW)
    assert (order.text, order.chat.id, order.chat_kind, order.private) == (
        "follow draft",
        "T1/D1",
        "private",
        True,
    )
    assert order.target["thread"] == ""


def test_a_bare_mention_asks_for_the_top_stories_and_an_empty_message_for_help() -> None:
    assert read.message(event(type="app_mention", text="<@UBOT>"), "T1", LONDON, NOW).text == "brief"
    empty = event(type="message", channel_type="im", text="")
    assert read.message(empty, "T1", LONDON, NOW).text == "help"


@pytest.mark.parametrize(
    "said",
    [
        {"type": "message", "channel_type": "im", "bot_id": "B1", "user": "U1"},
        {"type": "message", "channel_type": "im", "subtype": "message_changed", "user": "U1"},
        {"type": "message", "channel_type": "im"},
        {"type": "message", "channel_type": "channel", "user": "U1"},
    ],
    ids=["a bot's", "an edit", "nobody's", "not to the bot"],
)
def test_what_is_no_order(said: dict[str, Any]) -> None:
    assert not read.is_order(said)


def pressed(**container: Any) -> dict[str, Any]:
    return {
        "trigger_id": "8.9",
        "user": {"id": "U1"},
        "channel": {"id": container.pop("channel", "C1"), "name": "general"},
        "container": {"message_ts": "7.7"} | container,
        "response_url": "http://slack.test/r",
        "actions": [{"value": "abc", "action_id": "abc", "action_ts": "9.9"}],
    }


def test_a_press_in_a_channel_is_answered_aside() -> None:
    press = read.press(pressed(thread_ts="1.1"), "T1", NOW)
    assert press is not None
    assert (press.token, press.key, press.chat.id) == ("abc", "slack:trigger:8.9:9.9", "T1/C1")
    assert press.target["url"] == "http://slack.test/r"
    assert press.target["thread"] == "1.1"
    assert "alone" not in press.target


def test_a_press_under_what_only_the_asker_sees_may_replace_it() -> None:
    press = read.press(pressed(is_ephemeral=True), "T1", NOW)
    assert press is not None
    assert press.target["alone"] == "yes"


def test_a_press_in_direct_messages_is_answered_there() -> None:
    press = read.press(pressed(channel="D1"), "T1", NOW)
    assert press is not None
    assert press.target == {"channel": "D1", "user": "U1", "message": "7.7"}


def test_a_press_on_the_home_tab_is_answered_in_direct_messages() -> None:
    home = pressed() | {"channel": None, "container": {"type": "view"}}
    press = read.press(home, "T1", NOW)
    assert press is not None
    assert (press.chat.id, press.chat_kind, press.target["channel"]) == ("T1/U1", "private", "U1")


def test_a_link_button_is_no_press() -> None:
    link = pressed() | {"actions": [{"action_id": "x", "url": "http://a.example"}]}
    assert read.press(link, "T1", NOW) is None


def test_a_press_becomes_the_order_it_stands_for() -> None:
    press = read.press(pressed(), "T1", NOW)
    assert press is not None
    order = read.pressed(press, "follow draft", LONDON, NOW)
    assert (order.text, order.pressed, order.key, order.user_zone) == (
        "follow draft",
        True,
        "slack:trigger:8.9:9.9",
        "Europe/London",
    )


@given(st.text())
def test_S10_plain_never_fails_and_leaves_plain_text_alone(text: str) -> None:
    undone = read.plain(text, "T1")
    if not set("<>&") & set(text):
        assert undone == text.strip()


@given(st.text(max_size=60))
def test_K9_a_topic_s_command_is_one_that_slack_takes(topic: str) -> None:
    made = read.command_of(topic)
    assert made.startswith("/")
    assert len(made) <= 32
    assert set(made[1:]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
