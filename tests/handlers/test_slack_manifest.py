import re
from typing import Any

import jsonschema
import pytest

from bot.errors import UsageError
from handlers.slack.manifest import SCOPES, manifest


def _text(longest: int, shortest: int = 1, pattern: str = "") -> dict[str, Any]:
    return {"type": "string", "minLength": shortest, "maxLength": longest, "pattern": pattern}


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(longest: int, shortest: int = 0, **items: Any) -> dict[str, Any]:
    return {"type": "array", "minItems": shortest, "maxItems": longest, "uniqueItems": True, "items": items}


FLAG = {"type": "boolean"}
URL = _text(3000, pattern="^https?://")

# What Slack's reference says of the parts that we make: https://docs.slack.dev/reference/app-manifest
RULES = _object(
    ("display_information",),
    _metadata=_object(major_version={"type": "integer"}, minor_version={"type": "integer"}),
    display_information=_object(
        ("name",),
        name=_text(35),
        description=_text(140),
        background_color=_text(7, 4, "^#([0-9a-fA-F]{3}){1,2}$"),
    ),
    features=_object(
        app_home=_object(home_tab_enabled=FLAG, messages_tab_enabled=FLAG, messages_tab_read_only_enabled=FLAG),
        bot_user=_object(("display_name",), display_name=_text(80), always_online=FLAG),
        slash_commands=_list(
            50,
            1,
            **_object(
                ("command", "description"),
                command=_text(32, 2, "^/"),
                description=_text(2000),
                usage_hint=_text(1000),
                should_escape=FLAG,
                url=URL,
            ),
        ),
    ),
    oauth_config=_object(redirect_urls=_list(1000, **_text(2500)), scopes=_object(bot=_list(255, **_text(50)))),
    settings=_object(
        event_subscriptions=_object(request_url=URL, bot_events=_list(100, **_text(50))),
        interactivity=_object(("is_enabled",), is_enabled=FLAG, request_url=URL),
        org_deploy_enabled=FLAG,
        socket_mode_enabled=FLAG,
        token_rotation_enabled=FLAG,
    ),
)


def commands(made: dict[str, Any]) -> list[str]:
    return [command["command"] for command in made["features"]["slash_commands"]]


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_K9_the_manifest_keeps_to_slack_s_rules(mode: Any) -> None:
    made = manifest(("draft", "Spring draft", "Côte d’Ivoire"), mode, "https://bot.example.org/")
    jsonschema.validate(made, RULES)
    assert commands(made) == ["/brief", "/draft", "/spring-draft", "/cote-divoire"]


def test_K9_socket_mode_names_no_address_and_http_mode_names_it_everywhere() -> None:
    assert "http" not in str(manifest(("draft",), "socket"))
    made = manifest(("draft",), "http", "https://bot.example.org/")
    assert len(re.findall(r"https://bot\.example\.org/slack/events'", str(made))) == 4
    assert made["settings"]["socket_mode_enabled"] is False


def test_K9_the_scopes_are_those_that_serve() -> None:
    assert manifest((), "socket")["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert len(SCOPES) == 7


def test_K2_topics_with_one_command_make_one_command() -> None:
    assert commands(manifest(("draft", "Draft!", "draft"), "socket")) == ["/brief", "/draft"]


def test_K7_other_workspaces_install_it_at_the_public_address() -> None:
    made = manifest((), "socket", "https://bot.example.org/")
    jsonschema.validate(made, RULES)
    assert made["oauth_config"]["redirect_urls"] == ["https://bot.example.org/slack/oauth_redirect"]


@pytest.mark.parametrize("topic", ["brief", "Remind", "战争", ""])
def test_a_topic_that_cannot_be_a_command_is_a_sentence(topic: str) -> None:
    with pytest.raises(UsageError, match="cannot be a command"):
        manifest((topic,), "socket")


def test_more_topics_than_slack_takes_are_a_sentence() -> None:
    topics = [f"topic {number}" for number in range(50)]
    assert len(commands(manifest(topics[:49], "socket"))) == 50
    with pytest.raises(UsageError, match="at most 49"):
        manifest(topics, "socket")


def test_http_mode_needs_an_https_address() -> None:
    with pytest.raises(UsageError, match="https address"):
        manifest((), "http", "http://bot.example.org")
