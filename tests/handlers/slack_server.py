"""A Slack of our own: Web API, response URLs, socket and signed requests, over real HTTP on a free port."""

import asyncio
import hashlib
import hmac
import itertools
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from time import time  # noqa: TID251  # a signature is by the wall clock, as Slack signs
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from aiohttp import ClientSession, WSMsgType, web
from aiohttp.test_utils import TestServer

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-own", "xapp-own", "own-secret"
TEAM, BOT_USER = "T1", "UBOT"


@dataclass(frozen=True)
class Call:
    """A call that the bot made."""

    method: str
    body: dict[str, Any]
    token: str = ""


@dataclass
class Fault:
    """What the server answers instead: a status and body, a cut connection, or silence."""

    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    cut: bool = False
    hang: bool = False


class SlackServer:
    """Plays Slack: records calls, answers them, pushes events, and knows what it accepted."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.absent: set[str] = set()
        self.teams = {BOT_TOKEN: TEAM}
        self.people: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._ids = itertools.count(1)
        self._tickets: set[str] = set()
        self._news = asyncio.Condition()
        app = web.Application()
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.post("/response/{id}", self._response),
                web.post("/upload/{id}", self._upload),
                web.get("/link", self._link),
            ]
        )
        self._server = TestServer(app)

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for socket in list(self.sockets):
            await socket.close()
        await self._server.close()

    @property
    def api_base_url(self) -> str:
        return str(self._server.make_url("/api/"))

    def response_url(self, name: str = "r1") -> str:
        return str(self._server.make_url(f"/response/{name}"))

    def sent(self, *methods: str) -> list[dict[str, Any]]:
        wanted = methods or ("chat.postMessage", "chat.postEphemeral", "chat.update", "response_url")
        return [call.body for call in self.calls if call.method in wanted]

    async def wait_for(self, method: str, count: int = 1) -> list[dict[str, Any]]:
        async with self._news, asyncio.timeout(25):
            await self._news.wait_for(lambda: len(self.sent(method)) >= count)
        return self.sent(method)

    async def wait_for_sockets(self, count: int) -> None:
        async with self._news, asyncio.timeout(25):
            await self._news.wait_for(lambda: len(self.sockets) == count)

    # ------------------------------------------------------------ what the bot calls

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body: dict[str, Any] = dict(request.query)
        if request.can_read_body:
            sent = await request.json() if request.content_type == "application/json" else await request.post()
            body.update(sent)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(body.pop("token", ""))
        fault = await self._record(Call(method, body, token))
        if fault is not None:
            return await self._fail(request, fault)
        if method == "oauth.v2.access":
            return web.json_response(self._exchanged(body))
        filing = method.startswith("files.")
        return web.json_response(self._filed(method, body) if filing else self._answer(method, body, token))

    async def _response(self, request: web.Request) -> web.StreamResponse:
        fault = await self._record(Call("response_url", await request.json() | {"url": str(request.url)}))
        return web.Response(text="ok") if fault is None else await self._fail(request, fault)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        fault = await self._record(Call("upload", {"length": len(content)}))
        if fault is not None:
            return await self._fail(request, fault)
        self.files[request.match_info["id"]] = content
        return web.Response(text=f"OK - {len(content)}")

    async def _record(self, call: Call) -> Fault | None:
        self.calls.append(call)
        async with self._news:
            self._news.notify_all()
        waiting = self.faults[call.method]
        return waiting.popleft() if waiting else None

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hang:
            await asyncio.sleep(30)
        if fault.cut and request.transport is not None:
            request.transport.abort()
        if fault.text:
            return web.Response(
                status=fault.status, text=fault.text, headers=fault.headers, content_type="text/html"
            )
        return web.json_response(fault.body, status=fault.status, headers=fault.headers)

    def _answer(self, method: str, body: dict[str, Any], token: str) -> dict[str, Any]:
        if token not in ({APP_TOKEN} if method == "apps.connections.open" else self.teams):
            return {"ok": False, "error": "invalid_auth"}
        if method.startswith("chat.") and body["channel"] in self.absent:
            return {"ok": False, "error": "not_in_channel"}
        if method == "auth.test":
            return {"ok": True, "team_id": self.teams[token], "team": "Own", "user_id": BOT_USER, "bot_id": "BBOT"}
        if method == "users.info":
            return {
                "ok": True,
                "user": {"id": body["user"], "tz": "Europe/London", **self.people.get(body["user"], {})},
            }
        if method == "apps.connections.open":
            ticket = str(next(self._ids))
            self._tickets.add(ticket)
            return {"ok": True, "url": str(self._server.make_url("/link").with_query(ticket=ticket))}
        return {"ok": True, "ts": f"1700000000.{next(self._ids):06d}", "channel": body.get("channel", "")}

    def _filed(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        if method == "files.getUploadURLExternal":
            name = f"F{next(self._ids)}"
            return {"ok": True, "file_id": name, "upload_url": str(self._server.make_url(f"/upload/{name}"))}
        if body["channel_id"] in self.absent:
            return {"ok": False, "error": "not_in_channel"}
        return {"ok": all(file["id"] in self.files for file in json.loads(body["files"])), "files": []}

    def _exchanged(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("code") != "good-code":
            return {"ok": False, "error": "invalid_code"}
        self.teams["xoxb-second"] = "T2"
        team = {"id": "T2", "name": "Second"}
        return {"ok": True, "access_token": "xoxb-second", "bot_user_id": BOT_USER, "team": team}

    # ------------------------------------------------------------ the socket

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(request.query["ticket"])  # an address is good for one try
        if self.faults["link"]:
            return await self._fail(request, self.faults["link"].popleft())
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets) + 1})
        self.sockets.append(socket)
        async with self._news:
            self._news.notify_all()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    ack = json.loads(frame.data)
                    self._acks[ack["envelope_id"]].set_result(ack.get("payload") or {})
        finally:
            self.sockets.remove(socket)
            async with self._news:
                self._news.notify_all()
        return socket

    async def push(self, kind: str, payload: dict[str, Any], seconds: float = 25.0) -> dict[str, Any] | None:
        """Send an envelope over the newest socket and return its acknowledgement, None if none came in time."""
        envelope_id = f"e{next(self._ids)}"
        acked = self._acks[envelope_id] = asyncio.get_running_loop().create_future()
        await self.sockets[-1].send_json({"type": kind, "envelope_id": envelope_id, "payload": payload})
        try:
            return await asyncio.wait_for(acked, seconds)
        except TimeoutError:
            return None

    async def disconnect(self, *, close: bool = True) -> None:
        socket = self.sockets[-1]
        await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
        if close:
            await socket.close()

    # ------------------------------------------------------------ what people do

    def command(self, command: str, text: str = "", *, channel: str = "C1", user: str = "U1") -> dict[str, Any]:
        return {
            "command": command,
            "text": text,
            "team_id": TEAM,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "general",
            "user_id": user,
            "trigger_id": f"1.2.{next(self._ids)}",
            "response_url": self.response_url(),
            "api_app_id": "A1",
        }

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{next(self._ids)}",
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        }

    def mention(self, text: str, **more: Any) -> dict[str, Any]:
        said = {"type": "app_mention", "user": "U1", "text": f"<@{BOT_USER}> {text}", "channel": "C1", "ts": "5.5"}
        return self.event(said | more)

    def direct(self, text: str, **more: Any) -> dict[str, Any]:
        said = {"type": "message", "channel_type": "im", "user": "U1", "text": text, "channel": "D1", "ts": "6.6"}
        return self.event(said | more)

    def press(self, value: str, *, channel: str = "C1", ephemeral: bool = False) -> dict[str, Any]:
        return {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": "U1", "team_id": TEAM},
            "channel": {"id": channel, "name": "general"},
            "container": {
                "type": "message",
                "message_ts": "7.7",
                "channel_id": channel,
                "is_ephemeral": ephemeral,
            },
            "trigger_id": f"3.4.{next(self._ids)}",
            "response_url": self.response_url("r2"),
            "actions": [{"type": "button", "action_id": value, "block_id": "b", "value": value}],
        }


def signed_headers(body: str, *, secret: str = SECRET, age_seconds: float = 0) -> dict[str, str]:
    """Return what Slack signs a request with."""
    stamp = str(int(time() - age_seconds))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def post(url: str, payload: dict[str, Any], **signing: Any) -> tuple[int, str]:
    """Post what Slack would over HTTP and return status and body."""
    if payload.get("type") == "event_callback":
        body, kind = json.dumps(payload), "application/json"
    else:
        form = {"payload": json.dumps(payload)} if payload.get("type") == "block_actions" else payload
        body, kind = urlencode(form), "application/x-www-form-urlencoded"
    headers = {"Content-Type": kind} | signed_headers(body, **signing)
    async with ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status, await response.text()
