"""Bolt between Slack's requests and the functions that take them. Imported late: Bolt takes long to import."""

import json
import re
from collections.abc import Mapping
from traceback import extract_tb
from typing import Any, Protocol

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import RetryLater
from handlers.slack.call import QUIET
from handlers.slack.workspaces import Workspace, Workspaces

log = structlog.get_logger()

Body = dict[str, Any]


class Taker(Protocol):
    """Whoever takes what Slack sends; what returns is acknowledged, what raises is not and comes again."""

    async def command(self, body: Body, team: str) -> None:
        """Take a slash command."""

    async def press(self, body: Body, team: str) -> None:
        """Take a pressed button."""

    async def event(self, body: Body, team: str) -> None:
        """Take an event."""

    async def form(self, body: Body, team: str) -> Mapping[str, str]:
        """Take a form and return its faults by field; with none it closes."""


AWAY = "The bot cannot keep your order just now, so it did nothing. Send it again in a minute."


class Bolt:
    """Answers Slack's requests, from the socket or over HTTP, once `taker` has taken them."""

    def __init__(self, client: AsyncWebClient, workspaces: Workspaces, taker: Taker) -> None:
        async def authorized(team_id: str | None) -> AuthorizeResult | None:  # Bolt calls no bound method here
            return _authorization(await workspaces.find(team_id or ""))

        async def take_command(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
            try:
                await taker.command(body, str(context.team_id))
            except RetryLater:
                await ack(AWAY)  # Slack repeats no command
            else:
                await ack()

        async def take_press(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
            await taker.press(body, str(context.team_id))
            await ack()

        async def take_form(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
            faults = await taker.form(body, str(context.team_id))
            await (ack(response_action="errors", errors=dict(faults)) if faults else ack())

        async def take_event(body: Body, context: AsyncBoltContext) -> None:
            await taker.event(body, str(context.team_id))

        self._app = AsyncApp(
            name="nutgraf",
            logger=QUIET,
            client=client,
            authorize=authorized,  # type: ignore[arg-type]  # None means "not installed there"
            process_before_response=True,  # so that an order is stored before it is acknowledged (K11)
            request_verification_enabled=False,  # done before Bolt parses what nobody signed
        )
        everything = re.compile("")
        self._app.command(everything)(take_command)
        self._app.action(everything)(take_press)
        self._app.view(everything)(take_form)
        self._app.event(everything)(take_event)
        self._app.error(_report)

    async def answer(self, payload: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return what to acknowledge a socket's payload with; None leaves it unacknowledged."""
        response = await self._app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=dict(payload)))
        if response.status != 200:
            return None
        if not response.body:
            return {}
        held: Mapping[str, Any] = (
            json.loads(response.body) if response.body.startswith("{") else {"text": response.body}
        )
        return held

    async def respond(self, request: web.Request, body: bytes) -> web.Response:
        """Return the answer to a request whose signature was found good; 400 for what Slack would not send."""
        try:
            asked = AsyncBoltRequest(body=body.decode(), query=request.query_string, headers=dict(request.headers))
        except (ValueError, AttributeError, TypeError):
            return web.Response(status=400, text="not a request of Slack's")
        return await to_aiohttp_response(await self._app.async_dispatch(asked))


def _authorization(workspace: Workspace | None) -> AuthorizeResult | None:
    if workspace is None:
        return None
    return AuthorizeResult(
        enterprise_id=None,
        team_id=workspace.team,
        bot_token=workspace.token,
        bot_id=workspace.bot_id or None,
        bot_user_id=workspace.bot_user or None,
    )


async def _report(error: Exception) -> None:
    """Log what was not taken by its place; a traceback could be shown with payloads in it (S14)."""
    if isinstance(error, RetryLater):
        log.warning("an event from Slack was not taken; Slack sends it again", why=str(error))
    else:
        places = [f"{frame.name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-3:]]
        log.error("an event from Slack was not taken", why=type(error).__name__, where=" > ".join(places))
