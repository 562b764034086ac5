"""Slack's payloads as orders. Pure: nothing here asks Slack or the store anything."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.model import ChatRef, Order

ROOT = "/brief"
"""The command that takes every verb; any other command names a topic."""

RESPONSE_LIFE = timedelta(minutes=29, seconds=30)
"""How long a response URL is used: Slack's 30 minutes, less the way there."""

Payload = Mapping[str, Any]
Kind = Literal["private", "group", "channel"]

_MENTION = re.compile(r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]+\|(?P<name>[^>]*)>")
_LINK = re.compile(r"<(?P<url>(?:https?|mailto):[^|>]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack tells about who asks: the time zone, the language, and whether this is a full member."""

    zone: str = ""
    language: str = ""
    member: bool = True


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed: its token, where it stands, and the key by which a repeat is known."""

    key: str
    token: str
    chat: ChatRef
    chat_kind: Kind
    user: str
    target: dict[str, str]


def command(body: Payload, team: str, person: Person, now: datetime, topics: Mapping[str, str]) -> Order:
    """Return the order of a slash command: `/brief VERB …` is `VERB …`, `/draft` asks for the topic draft.

    `topics` names what the configured commands ask for; of others the name itself is the order.
    """
    text = plain(str(body.get("text") or ""), team)
    word = str(body["command"])
    if word != ROOT:
        words = word.lstrip("/").replace("-", " ").replace("_", " ")
        text = f"brief {topics[word]} {text}" if word in topics else f"{words} {text}"
    kind = kind_of(str(body["channel_id"]), str(body.get("channel_name") or ""))
    return Order(
        key=f"slack:trigger:{body['trigger_id']}",
        chat=ChatRef("slack", f"{team}/{body['channel_id']}"),
        user=f"slack:{team}/{body['user_id']}",
        text=text.strip() or "brief",
        received_at=now,
        chat_kind=kind,
        chat_title=str(body.get("channel_name") or ""),
        user_zone=person.zone,
        language=person.language,
        private=True,
        may_change=kind == "private" or person.member,
        target=response_target(body, str(body["channel_id"]), str(body["user_id"]), now),
    )


def is_order(event: Payload) -> bool:
    """Return whether a person said something to the bot; edits, joins and what bots say are no orders."""
    if event.get("bot_id") or event.get("subtype") not in {None, "file_share"} or not event.get("user"):
        return False
    return event["type"] == "app_mention" or event.get("channel_type") == "im"


def message(body: Payload, team: str, person: Person, now: datetime) -> Order:
    """Return the order of an @mention, answered in its thread, or of a direct message."""
    event = body["event"]
    mentioned = event["type"] == "app_mention"
    text = str(event.get("text") or "")
    text = plain(_MENTION.sub("", text, count=1) if mentioned else text, team)
    kind: Kind = "channel" if mentioned else "private"
    return Order(
        key=f"slack:event:{body['event_id']}",
        chat=ChatRef("slack", f"{team}/{event['channel']}"),
        user=f"slack:{team}/{event['user']}",
        text=text or ("brief" if mentioned else "help"),
        received_at=now,
        chat_kind=kind,
        user_zone=person.zone,
        language=person.language,
        private=not mentioned,
        may_change=not mentioned or person.member,
        target={
            "channel": str(event["channel"]),
            "user": str(event["user"]),
            "thread": str(event.get("thread_ts") or (event["ts"] if mentioned else "")),
        },
    )


def press(body: Payload, team: str, now: datetime) -> Press | None:
    """Return which of our buttons was pressed; None for links and for what carries no token of ours."""
    action = body["actions"][0]
    if not action.get("value"):
        return None
    container = body.get("container") or {}
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    kind = kind_of(channel, str((body.get("channel") or {}).get("name") or ""))
    user = str(body["user"]["id"])
    return Press(
        key=f"slack:trigger:{body['trigger_id']}:{action.get('action_ts', '')}",
        token=str(action["value"]),
        chat=ChatRef("slack", f"{team}/{channel or user}"),
        chat_kind=kind if channel else "private",
        user=f"slack:{team}/{user}",
        target=_press_target(body, container, kind, now) if channel else {"channel": user, "user": user},
    )


def _press_target(body: Payload, container: Payload, kind: Kind, now: datetime) -> dict[str, str]:
    """Return where the answer to a press goes: aside in a channel, as a message in direct messages.

    `alone` marks a message that only the asker sees and which may be replaced; `message` is one to replace;
    `under` is one that everybody sees, in whose thread files may stand.
    """
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id"))
    thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
    target = {"thread": str(thread)} if thread else {}
    if kind == "private" and not container.get("is_ephemeral"):
        own = {"channel": channel, "user": str(body["user"]["id"])}
        return target | own | {"message": str(container.get("message_ts") or "")}
    target |= response_target(body, channel, str(body["user"]["id"]), now)
    if container.get("is_ephemeral"):
        return target | {"alone": "yes"}
    return target | {"under": str(thread or container.get("message_ts") or "")}


def pressed(pressing: Press, action: str, person: Person, now: datetime) -> Order:
    """Return the order that a pressed button stands for."""
    return Order(
        key=pressing.key,
        chat=pressing.chat,
        user=pressing.user,
        text=action,
        received_at=now,
        chat_kind=pressing.chat_kind,
        user_zone=person.zone,
        language=person.language,
        private=True,
        may_change=pressing.chat_kind == "private" or person.member,
        pressed=True,
        target=pressing.target,
    )


def at_home(body: Payload, team: str, person: Person, now: datetime, text: str = "") -> Order:
    """Return an order given on the Home tab or in one of its forms: it is for the asker's direct messages."""
    event, shown = body.get("event") or {}, body.get("view") or {}
    user = str(event.get("user") or body["user"]["id"])
    channel = str(event.get("channel") or shown.get("private_metadata") or user)
    return Order(
        key=f"slack:view:{shown.get('id', '')}:{shown.get('hash', '')}",
        chat=ChatRef("slack", f"{team}/{channel}"),
        user=f"slack:{team}/{user}",
        text=text,
        received_at=now,
        user_zone=person.zone,
        language=person.language,
        target={"channel": channel, "user": user},
    )


def person_of(user: Payload, team: str) -> Person:
    """Return what `users.info` says of a user; guests and people of other workspaces are no members."""
    outside = bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger"))
    foreign = str(user.get("team_id") or team) != team
    locale = str(user.get("locale") or "")
    return Person(str(user.get("tz") or ""), locale.partition("-")[0], not (outside or foreign))


def response_target(body: Payload, channel: str, user: str, now: datetime) -> dict[str, str]:
    """Return where an answer goes that may use the payload's response URL, and until when it may."""
    target = {"channel": channel, "user": user}
    if body.get("response_url"):
        target |= {"url": str(body["response_url"]), "until": (now + RESPONSE_LIFE).isoformat()}
    return target


def command_of(topic: str) -> str:
    """Return the slash command that asks for a topic: `/spring-draft`; "/" where no letter can be kept."""
    folded = unicodedata.normalize("NFKD", topic).encode("ascii", "ignore").decode().lower()
    return "/" + re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:31].strip("-")


def kind_of(channel: str, name: str) -> Kind:
    """Return what kind of chat a conversation is, by the letter of its id."""
    if channel.startswith(("D", "U", "W")) or name == "directmessage":
        return "private"
    return "group" if name == "mpdm" or name.startswith("mpdm-") else "channel"


def team_and_user(user: str) -> tuple[str, str]:
    """Return the team and the id of an order's user."""
    team, _, name = user.removeprefix("slack:").partition("/")
    return team, name


def plain(text: str, team: str) -> str:
    """Return a text as its writer typed it: Slack's links, mentions and escapes undone."""
    text = _LINK.sub(lambda found: found["url"].removeprefix("mailto:"), text)
    text = _CHANNEL.sub(lambda found: f"#{found['name']}", text)
    text = _MENTION.sub(lambda found: f"slack:{team}/{found['user']}", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
