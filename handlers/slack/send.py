"""Replies and briefings as messages in Slack: the platform's `Sender`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.errors import ChatGone
from bot.model import Attachment, Briefing, Button, ChatRef, Correction, Delivery, Line, Order, Outgoing, Part
from bot.model.chart import Chart
from handlers.render import document, slack
from handlers.render.document import Document, Piece
from handlers.slack.call import LOST_ACCESS, Api, Refused, Upload
from handlers.slack.read import ROOT, kind_of
from handlers.slack.workspaces import Workspace, Workspaces

POST = Button("Post to channel", "post")
"""Under a brief that only its asker sees; `receive` does what it says (K3)."""

FILES_ARE_SHARED = Piece(
    (Line("Slack shows a file to everybody or nobody: post it, or ask me in a direct message.", "note"),)
)
RESPONSES = 5
"""So many times Slack takes a response URL (K1)."""

ALT_LIMIT = 1000
BLOCKS = 50
"""So many blocks make a message (K4)."""

log = structlog.get_logger()

_SPENT = {"expired_url", "used_url"}
_FIXED = {"cant_update_message", "edit_window_closed", "message_not_found"}
_SHAPE = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}

Body = dict[str, Any]


class SlackSender:
    """Sends the parts of a delivery to Slack, each at most once."""

    def __init__(self, api: Api, workspaces: Workspaces, now: Callable[[], Awaitable[datetime]]) -> None:
        self._api = api
        self._workspaces = workspaces
        self._now = now

    def parts(self, message: Outgoing, order: Order | None) -> tuple[Part, ...]:
        """Return the messages of a reply or briefing, each knowing where it goes (`payload["to"]`).

        A briefing for a channel is a short message there, with its details in the thread. An answer that only its
        asker sees has a button that posts it.
        """
        if isinstance(message, Correction):
            return slack.corrected(message)
        if isinstance(message, Briefing):
            return _briefing_parts(message)
        if order is None:
            return slack.parts(document.of(message))
        whole = document.of(message, salt=order.key)
        aside = message.ephemeral and bool(order.target.get("url"))
        if message.attachment is not None:
            whole = replace(whole, caption=(*whole.caption, *_offers(whole.buttons)))
        if aside and order.chat_kind != "private":
            withheld = message.attachment is not None and not _takes_files(order)
            if message.brief is not None or withheld:
                whole = replace(whole, buttons=(*whole.buttons, POST))
            if message.attachment is not None and withheld:
                words = whole.pieces if message.attachment.chart else whole.caption
                whole = replace(whole, pieces=(*words, FILES_ARE_SHARED))
        edits = message.edits and order.pressed
        return tuple(
            _addressed(part, order, index, aside=aside, edits=edits and index == 0)
            for index, part in enumerate(slack.parts(whole))
        )

    async def send(self, delivery: Delivery, part: Part) -> str:
        """Send a part and return its timestamp, Slack's id of it; empty where Slack gives none.

        An answer goes to its response URL while that lasts, then to the asker alone, then to his messages (K11).

        Raises:
            RetryLater, MaybeSent, ChatGone, GaveUp: as `Api.call`.

        """
        body, to = _body(part), _to(part)
        if part.attachment is not None and (to.get("files") or not to.get("aside")):
            try:
                return await self._shared(delivery, part, part.attachment)
            except (ChatGone, Refused) as refused:
                log.warning("a file goes out in words", why=str(refused))
        try:
            return await self._sent(delivery, body, to)
        except Refused as refused:
            if refused.reason not in _SHAPE:
                raise
            return await self._sent(delivery, _as_text(body), to)

    async def _shared(self, delivery: Delivery, part: Part, file: Attachment) -> str:
        """Share a file with everybody in the chat. Slack does not say which message that makes."""
        workspace, channel = await self._workspace(delivery.chat)
        to = _to(part)
        upload = Upload(file.name, file.content, str(part.payload["caption"]), _seen(file.chart))
        thread = str(to.get("under") or to.get("thread") or "")
        await self._api.upload(workspace.token, upload, str(to.get("channel") or channel), thread)
        return ""

    async def edit(self, delivery: Delivery, part: Part, message_id: str) -> None:
        """Replace a message; send anew, or say `instead`, what was to replace one that cannot be changed.

        Errors as `send`.
        """
        workspace, channel = await self._workspace(delivery.chat)
        channel = str(_to(part).get("channel") or channel)
        try:
            await self._api.call("chat.update", workspace.token, channel=channel, ts=message_id, **_body(part))
        except Refused as refused:
            if refused.reason not in _FIXED:
                raise
            instead = part.payload.get("instead")
            await self.send(delivery, replace(part, payload=instead) if isinstance(instead, dict) else part)

    async def _sent(self, delivery: Delivery, body: Body, to: Mapping[str, Any]) -> str:
        workspace, channel = await self._workspace(delivery.chat)
        if to.get("aside"):
            return await self._told_aside(workspace, body, to)
        thread = to.get("thread") or (_first_message(delivery) if to.get("details") else "")
        try:
            return await self._post(workspace, body, str(to.get("channel") or channel), thread)
        except ChatGone:
            if not await self._open(to):
                raise
            return await self._respond(body, to)

    async def _told_aside(self, workspace: Workspace, body: Body, to: Mapping[str, Any]) -> str:
        if await self._open(to):
            try:
                return await self._respond(body, to)
            except Refused as refused:
                if refused.reason not in _SPENT:
                    raise
        return await self._whisper(workspace, body, to)

    async def _open(self, to: Mapping[str, Any]) -> bool:
        return bool(to.get("url")) and await self._now() < datetime.fromisoformat(to["until"])

    async def _respond(self, body: Body, to: Mapping[str, Any]) -> str:
        way = {"response_type": "ephemeral" if to.get("aside") else "in_channel"}
        way |= {"thread_ts": to["thread"]} if to.get("thread") else {}
        await self._api.respond(to["url"], body | way | {"replace_original": bool(to.get("replaces"))})
        return ""

    async def _whisper(self, workspace: Workspace, body: Body, to: Mapping[str, Any]) -> str:
        """Tell the asker alone, in the channel if the bot is there, else in his direct messages."""
        try:
            whispered = {"channel": to["channel"], "user": to["user"], "thread_ts": to.get("thread")}
            await self._api.call("chat.postEphemeral", workspace.token, **whispered, **body)
        except (ChatGone, Refused):
            return await self._post(workspace, body, to["user"], "")
        return ""

    async def _post(self, workspace: Workspace, body: Body, channel: str, thread: str) -> str:
        posted = body | {"channel": channel, "thread_ts": thread, "link_names": False, "parse": "none"}
        return str((await self._api.call("chat.postMessage", workspace.token, **posted)).get("ts") or "")

    async def _workspace(self, chat: ChatRef) -> tuple[Workspace, str]:
        team, _, channel = chat.id.partition("/")
        workspace = await self._workspaces.find(team)
        if workspace is None:
            raise ChatGone(LOST_ACCESS)
        return workspace, channel


def _seen(chart: Chart | None) -> str:
    """Return what a picture shows, for those who cannot see it."""
    marks = chart.marks if chart else ()
    return "; ".join(f"{mark.date}: {mark.value}" for mark in marks)[:ALT_LIMIT]


def _takes_files(order: Order) -> bool:
    """Return whether all who see the question may see a file: in direct messages, under a public message."""
    return order.chat_kind == "private" or bool(order.target.get("under"))


def _offers(buttons: Sequence[Button]) -> tuple[Piece, ...]:
    """Return what to type in place of the buttons, which Slack does not show under a file."""
    said = "   ".join(f"{button.label}: `{ROOT} {button.action}`" for button in buttons)
    return (Piece((Line(said, "note"),)),) if said else ()


def posted(delivery: Delivery, target: Mapping[str, str], now: datetime) -> Delivery:
    """Return the delivery that shows a channel what its asker saw, but for the button that did it.

    Where the bot is not in the channel the press's response URL can still post there.
    """
    to: Body = {name: target[name] for name in ("channel", "thread", "url", "until") if target.get(name)}
    parts = tuple(_to_be(_unposted(part, target["user"]), to) for part in delivery.parts)
    return replace(delivery, key=f"post|{delivery.key}", parts=parts, created_at=now)


def _unposted(part: Part, user: str) -> Part:
    """Return a fresh part that says who posted it instead of offering to."""
    fresh = Part({}, part.buttons, part.attachment, story_ids=part.story_ids)
    said = {"caption": f"{part.payload['caption']}\nPosted by <@{user}>"} if part.attachment else {}
    buttons = {token: action for token, action in part.buttons.items() if action != POST.action}
    if buttons == part.buttons:
        return replace(fresh, payload=_body(part) | said)
    by = {"type": "context", "elements": [{"type": "mrkdwn", "text": f"Posted by <@{user}>"}]}
    blocks = [kept for block in slack.blocks_of(part.payload) if (kept := _without(block, buttons))]
    return replace(fresh, payload=_body(part) | said | {"blocks": [*blocks, by][:BLOCKS]}, buttons=buttons)


def _without(block: Body, buttons: Mapping[str, str]) -> Body | None:
    if block["type"] != "actions":
        return block
    kept = [element for element in block["elements"] if element["value"] in buttons]
    return block | {"elements": kept} if kept else None


def summary_and_details(whole: Document) -> tuple[Document, Document]:
    """Return a brief in short, each story with its first bullet, and the rest, under each story's heading."""
    short: list[Piece] = []
    rest: list[Piece] = []
    heading: Piece | None = None
    first = False
    for piece in whole.pieces:
        if piece.opens:
            heading, first = piece, True
            short.append(piece)
        elif first or all(line.style == "note" for line in piece.lines):
            first = first and piece.lines[0].style == "note"
            short.append(piece)
        else:
            rest += [heading] if heading else []
            rest.append(piece)
            heading = None
    return replace(whole, pieces=tuple(short)), Document(tuple(rest), salt=whole.salt)


def _briefing_parts(message: Briefing) -> tuple[Part, ...]:
    whole = document.of(message)
    to = {"thread": message.chat.thread} if message.chat.thread else {}
    if kind_of(message.chat.id.partition("/")[2], "") == "private":
        return tuple(_to_be(part, to) for part in slack.parts(whole))
    short, rest = summary_and_details(whole)
    return (
        *(_to_be(part, to) for part in slack.parts(short)),
        *(_to_be(part, to | {"details": True}) for part in slack.parts(rest)),
    )


def _addressed(part: Part, order: Order, index: int, *, aside: bool, edits: bool) -> Part:
    """Return a part that knows where it goes, and which message it replaces, if any."""
    target = order.target
    to: Body = {name: target[name] for name in ("channel", "user", "thread", "under") if target.get(name)}
    if aside:
        to |= {"aside": True, "files": _takes_files(order)}
    if aside and index < RESPONSES:
        to |= {"url": target["url"], "until": target["until"], "replaces": edits and bool(target.get("alone"))}
    part = _to_be(part, to)
    return replace(part, edits=target["message"]) if edits and not aside and target.get("message") else part


def _to_be(part: Part, to: Body) -> Part:
    return replace(part, payload=part.payload | {"to": to})


def _to(part: Part) -> Mapping[str, Any]:
    to = part.payload.get("to")
    return to if isinstance(to, Mapping) else {}


def _body(part: Part) -> Body:
    return {name: value for name, value in part.payload.items() if name not in {"to", "caption", "instead"}}


def _as_text(body: Body) -> Body:
    """Return a message without blocks, its words in its text."""
    texts = (
        element.get("text")
        for block in body.get("blocks") or []
        for element in (block.get("text"), *(block.get("elements") or []))
        if isinstance(element, Mapping) and isinstance(element.get("text"), str)
    )
    return {"text": "\n".join(text for text in texts if text) or body["text"]}


def _first_message(delivery: Delivery) -> str:
    return delivery.parts[0].message_id
