"""A Telegram of our own: the Bot API over real HTTP on a free port, and people who write to the bot."""

import asyncio
import itertools
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

TOKEN, BOT_ID, USERNAME = "777:own-token", 777, "own_news_bot"
OWNER, MEMBER = 1, 2

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """A call that the bot made."""

    method: str
    body: Json


@dataclass
class Fault:
    """What the server answers instead; `after` the message was posted, where that is asked for."""

    status: int = 0
    description: str = ""
    parameters: Json = field(default_factory=dict)
    cut: bool = False
    hang: float = 0
    after: bool = False


class TelegramServer:
    """Plays Telegram: keeps updates until they are confirmed, records calls, and knows what was posted."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.messages: dict[tuple[int, int], Json] = {}
        self.updates: list[Json] = []
        self.linked: dict[int, int] = {}
        self.webhook: Json = {}
        self._ids = itertools.count(1)
        self._news = asyncio.Condition()
        self._server = TestServer(self._app())

    def _app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.post("/bot{token}/{method}", self._api)])
        return app

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.close()

    @property
    def base_url(self) -> str:
        return str(self._server.make_url("")).rstrip("/")

    def called(self, method: str) -> list[Json]:
        return [call.body for call in self.calls if call.method == method]

    async def wait_for(self, method: str, count: int = 1, seconds: float = 10) -> list[Json]:
        async with self._news, asyncio.timeout(seconds):
            await self._news.wait_for(lambda: len(self.called(method)) >= count)
        return self.called(method)

    async def wait_for_confirmed(self, update_id: int) -> None:
        async with self._news, asyncio.timeout(10):
            await self._news.wait_for(lambda: all(update["update_id"] > update_id for update in self.updates))

    # ------------------------------------------------------------ what the bot calls

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], _typed(dict(await request.post()))
        if request.match_info["token"] != TOKEN:
            return _refusal(401, "Unauthorized")
        await self._record(Call(method, body))
        fault = self.faults[method].popleft() if self.faults[method] else None
        if fault is not None and not fault.after:
            return await self._fail(request, fault)
        answer = await self._answer(method, body)
        if fault is not None:
            return await self._fail(request, fault)
        return answer if isinstance(answer, web.Response) else web.json_response({"ok": True, "result": answer})

    async def _record(self, call: Call) -> None:
        self.calls.append(call)
        async with self._news:
            self._news.notify_all()

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        await asyncio.sleep(fault.hang)
        if fault.cut and request.transport is not None:
            request.transport.abort()
        return _refusal(fault.status or 500, fault.description, fault.parameters)

    async def _answer(self, method: str, body: Json) -> Any:
        match method:
            case "getMe":
                return {"id": BOT_ID, "is_bot": True, "first_name": "News", "username": USERNAME}
            case "getUpdates":
                return await self._updates(body)
            case "sendMessage" | "editMessageText" | "sendPhoto" | "sendDocument":
                return self._file(body) if "caption" in body else self._post(method, body)
            case "getChatMember":
                status = "creator" if body["user_id"] == OWNER else "member"
                return {"status": status, "user": _person(body["user_id"]), "is_anonymous": False}
            case "getChat":
                return self._chat_info(body["chat_id"])
            case "setWebhook" | "deleteWebhook":
                self.webhook = body if method == "setWebhook" else {}
        return True

    async def _updates(self, body: Json) -> Any:
        if self.webhook:
            return _refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self.updates = [update for update in self.updates if update["update_id"] >= body.get("offset", 0)]
        async with self._news:
            self._news.notify_all()
            try:
                async with asyncio.timeout(float(body.get("timeout", 0))):
                    await self._news.wait_for(lambda: bool(self.updates))
            except TimeoutError:
                return []
        return self.updates

    def _post(self, method: str, body: Json) -> Any:
        text = body["text"]
        if body.get("parse_mode"):
            try:
                text = _Words.of(text)
            except ValueError as error:
                return _refusal(400, f"Bad Request: can't parse entities: {error}")
        if not text.strip() or len(text.encode("utf-16-le")) > 2 * 4096:
            return _refusal(400, "Bad Request: message is too long")
        message_id = body.get("message_id") or next(self._ids)
        posted = {"text": text, "html": body["text"], "reply_markup": body.get("reply_markup"), "body": body}
        before = self.messages.get((body["chat_id"], message_id))
        if method == "editMessageText" and before and before["html"] == posted["html"]:
            return _refusal(400, "Bad Request: message is not modified: same content")
        self.messages[body["chat_id"], message_id] = posted
        return {"message_id": message_id, "date": 1, "chat": chat_of(body["chat_id"]), "text": text}

    def _file(self, body: Json) -> Any:
        caption = _Words.of(body["caption"]) if body.get("parse_mode") else body["caption"]
        if len(caption.encode("utf-16-le")) > 2 * 1024:
            return _refusal(400, "Bad Request: message caption is too long")
        message_id = next(self._ids)
        self.messages[body["chat_id"], message_id] = {"text": caption, "body": body}
        return {"message_id": message_id, "date": 1, "chat": chat_of(body["chat_id"]), "caption": caption}

    def _chat_info(self, chat_id: int) -> Json:
        gifts = dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            True,
        )
        facts = {"accent_color_id": 0, "max_reaction_count": 1, "accepted_gift_types": gifts}
        return {**chat_of(chat_id), **facts, "linked_chat_id": self.linked.get(chat_id, 0)}

    # ------------------------------------------------------------ what people do

    async def push(self, body: Json) -> int:
        """Hand an update to whoever polls; return its id."""
        update_id = next(self._ids)
        self.updates.append({"update_id": update_id, **body})
        async with self._news:
            self._news.notify_all()
        return update_id

    async def say(self, text: str | None, chat_id: int = OWNER, **facts: Any) -> int:
        return await self.push({"message": message(text, chat_id, **facts)})

    async def press(self, chat_id: int, message_id: int, data: str, user: int = OWNER) -> int:
        shown = message("", chat_id, message_id=message_id)
        press = {"id": f"press-{next(self._ids)}", "from": _person(user), "chat_instance": "1", "message": shown}
        return await self.push({"callback_query": {**press, "data": data}})

    async def member(self, chat_id: int, new: Json, old: Json) -> int:
        bot = {"id": BOT_ID, "is_bot": True, "first_name": "News"}
        both = {"new_chat_member": {"user": bot, **new}, "old_chat_member": {"user": bot, **old}}
        change = {"chat": chat_of(chat_id), "from": _person(OWNER), "date": 1, **both}
        return await self.push({"my_chat_member": change})

    async def call_webhook(self, url: str, update: Json, secret: str) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        async with ClientSession() as session, session.post(url, json=update, headers=headers) as answer:
            return answer.status


def chat_of(chat_id: int) -> Json:
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": f"Person {chat_id}"}
    kind = "channel" if chat_id == -1009 else "supergroup" if chat_id <= -1000 else "group"
    return {"id": chat_id, "type": kind, "title": f"Chat {chat_id}"}


def message(text: str | None, chat_id: int = OWNER, user: int | None = OWNER, **facts: Any) -> Json:
    body = {"message_id": 900, "date": 1, "chat": chat_of(chat_id), "from": user and _person(user), "text": text}
    body |= facts
    return {name: value for name, value in body.items() if value is not None}


def _person(user: int) -> Json:
    return {"id": user, "is_bot": user == BOT_ID, "first_name": f"Person {user}", "language_code": "en"}


def _typed(form: Json) -> Json:
    """Return a form's values as the JSON they hold, as Telegram reads them."""
    typed = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            typed[name] = (value.filename, value.file.read())
            continue
        try:
            typed[name] = value if name in {"text", "caption"} else json.loads(value)
        except ValueError:
            typed[name] = value
    return typed


def _refusal(status: int, description: str, parameters: Json | None = None) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=status)


class _Words(HTMLParser):
    """The words of Telegram's HTML; a tag it does not know, or that is not closed, is an error."""

    TAGS = frozenset({"a", "b", "i", "code", "pre", "blockquote"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []

    @classmethod
    def of(cls, text_html: str) -> str:
        words = cls()
        words.feed(text_html)
        words.close()
        if words.open:
            raise ValueError(f"can't find end tag corresponding to start tag {words.open[-1]}")
        return "".join(words.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.TAGS:
            raise ValueError(f"unsupported start tag {tag}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"unexpected end tag {tag}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
