"""Socket Mode: a web socket that we open, over which Slack sends what it would post over HTTP.

slack_sdk's own client tries one spent address for ever when a reconnection fails, and logs payloads; this loop
asks for a new address each time. https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

import aiohttp
import structlog

from bot.errors import NutgrafError, RetryLater
from handlers.slack.call import RETRY_SECONDS, Api, wrong_token

log = structlog.get_logger()

HEARTBEAT_SECONDS = 30.0
LEAVING_SECONDS = 15.0
"""How long an old connection is still read after Slack has asked for a new one."""

ACKNOWLEDGE_SECONDS = 3.0
STEADY_SECONDS = 10.0
"""A connection that lasts longer was a good one, and the next is opened at once."""

LONGEST_PAUSE_SECONDS = 60.0

Answer = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]
"""Takes a payload; returns what to acknowledge it with, or None for no acknowledgement."""


class Socket:
    """One connection after another, each handing its envelopes to `answer`."""

    def __init__(self, api: Api, app_token: str, answer: Answer) -> None:
        self._api = api
        self._app_token = app_token
        self._answer = answer
        self._first: aiohttp.ClientWebSocketResponse | None = None

    async def connect(self) -> None:
        """Open the first connection, which `run` then reads.

        Raises:
            UsageError: Slack does not accept the app-level token.
            RetryLater, MaybeSent: It cannot be reached.

        """
        try:
            self._first = await self._open()
        except NutgrafError as error:
            raise wrong_token(error, "SLACK_APP_TOKEN") from error

    async def run(self) -> None:
        """Read one connection after another until cancelled."""
        pause = 0.0
        async with asyncio.TaskGroup() as group:
            while True:
                began = monotonic()
                try:
                    socket, self._first = self._first or await self._open(), None
                    leaving = asyncio.Event()
                    group.create_task(self._read(socket, leaving))
                    await leaving.wait()
                except NutgrafError as error:
                    pause = max(pause, error.after_seconds if isinstance(error, RetryLater) else 0.0)
                    log.warning("waiting for Slack", why=str(error), seconds=pause)
                await asyncio.sleep(pause)
                lasted = monotonic() - began - pause
                pause = 0.0 if lasted > STEADY_SECONDS else min(max(pause * 2, 1.0), LONGEST_PAUSE_SECONDS)

    async def close(self) -> None:
        """Close a connection that was opened and never read."""
        if self._first is not None:
            await self._first.close()

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        answer = await self._api.call("apps.connections.open", self._app_token)
        try:
            return await self._api.session.ws_connect(
                str(answer["url"]), heartbeat=HEARTBEAT_SECONDS, timeout=aiohttp.ClientWSTimeout(ws_close=1.0)
            )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise RetryLater("Slack's socket cannot be opened.", RETRY_SECONDS) from error

    async def _read(self, socket: aiohttp.ClientWebSocketResponse, leaving: asyncio.Event) -> None:
        """Read a connection to its end; `leaving` is set when another one is wanted."""
        in_hand: set[asyncio.Task[None]] = set()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(None) as patience:
                    async for frame in socket:
                        message = _envelope(frame)
                        if message.get("type") == "disconnect":
                            leaving.set()
                            patience.reschedule(asyncio.get_running_loop().time() + LEAVING_SECONDS)
                        elif message.get("envelope_id"):
                            task = asyncio.create_task(self._acknowledge(socket, message))
                            in_hand.add(task)
                            task.add_done_callback(in_hand.discard)
        finally:
            leaving.set()
            if in_hand:
                await asyncio.wait(in_hand, timeout=ACKNOWLEDGE_SECONDS)
            await socket.close()

    async def _acknowledge(self, socket: aiohttp.ClientWebSocketResponse, message: Mapping[str, Any]) -> None:
        """Hand an envelope on, and tell Slack if it was taken; what is not acknowledged Slack sends again."""
        answer = await self._answer(message.get("payload") or {})
        if answer is not None:
            with suppress(ConnectionError, aiohttp.ClientError):
                payload = {"payload": answer} if answer else {}
                await socket.send_json({"envelope_id": message["envelope_id"], **payload})


def _envelope(frame: aiohttp.WSMessage) -> Mapping[str, Any]:
    """Return what a frame holds; nothing for what is no JSON object."""
    if frame.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        held = json.loads(frame.data)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
