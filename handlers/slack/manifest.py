"""The Slack app's manifest, from which an operator makes the app: commands, scopes and events (K9)."""

from collections.abc import Sequence
from typing import Any, Literal

from bot.errors import UsageError
from handlers.slack.read import ROOT, command_of

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"

SCOPES = (
    "app_mentions:read",  # a question by @mention
    "chat:write",  # briefings and answers
    "chat:write.public",  # a public channel that schedules a briefing need not invite the bot first
    "commands",  # /brief and the topics' commands
    "files:write",  # charts, tables of figures and lists of feeds as files
    "im:history",  # a question by direct message
    "users:read",  # the asker's time zone, and whether he is a guest
)
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")

COMMANDS_LIMIT = 50

# fmt: off
SLACKS_OWN = frozenset({
    "active", "apps", "archive", "away", "call", "collapse", "dm", "dnd", "expand", "feed", "help", "invite",
    "join", "kick", "leave", "me", "msg", "mute", "open", "people", "prefs", "remind", "remove", "rename",
    "search", "shortcuts", "shrug", "star", "status", "topic", "unarchive", "who",
})
# fmt: on
"""Commands that Slack keeps for itself."""


def manifest(topics: Sequence[str], mode: Literal["socket", "http"], public_url: str = "") -> dict[str, Any]:
    """Return the manifest of an app with `/brief` and a command for each topic.

    `public_url` is where Slack reaches the bot in HTTP mode, and browsers that install it, without a path.

    Raises:
        UsageError: A topic cannot be a command, there are too many, or HTTP mode has no https address.

    """
    url = _events_url(mode, public_url)
    request = {"request_url": url} if url else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Nutgraf",
            "description": "News briefings in which every figure can be checked",
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "nutgraf", "always_online": True},
            "slash_commands": _commands(topics, url),
        },
        "oauth_config": _redirects(public_url) | {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": request | {"bot_events": list(EVENTS)},
            "interactivity": request | {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }


def _events_url(mode: str, public_url: str) -> str:
    if mode == "socket":
        return ""
    if not public_url.startswith("https://"):
        raise UsageError(
            "Slack reaches a bot in HTTP mode at an https address. Name it, for instance "
            "`nutgraf slack manifest --url https://bot.example.org`, or use Socket Mode."
        )
    return public_url.rstrip("/") + EVENTS_PATH


def _redirects(public_url: str) -> dict[str, Any]:
    """Return where Slack may send a browser back to that installed the bot in another workspace."""
    return {"redirect_urls": [public_url.rstrip("/") + REDIRECT_PATH]} if public_url else {}


def _commands(topics: Sequence[str], url: str) -> list[dict[str, Any]]:
    commands = {ROOT: ("What the news says; `/brief help` lists all words", "[TOPIC | help | follow TOPIC | …]")}
    for topic in topics:
        commands.setdefault(_command(topic), (f"What the news says about {topic}"[:200], "[more words]"))
    if len(commands) > COMMANDS_LIMIT:
        raise UsageError(f"Slack takes {COMMANDS_LIMIT} commands. Name at most {COMMANDS_LIMIT - 1} topics.")
    return [
        {"command": command, "description": description, "usage_hint": hint, "should_escape": True}
        | ({"url": url} if url else {})
        for command, (description, hint) in commands.items()
    ]


def _command(topic: str) -> str:
    command = command_of(topic)
    if command == ROOT or command.removeprefix("/") in SLACKS_OWN | {""}:
        raise UsageError(
            f"The topic “{topic}” cannot be a command in Slack: “{command}” is taken or empty. Name it otherwise "
            f"in SLACK_TOPICS; `{ROOT} {topic}` works in any case."
        )
    return command
