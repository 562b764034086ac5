"""Slack's OAuth: a workspace installs the bot in a browser, and its token is kept encrypted (K7)."""

import base64
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Protocol
from urllib.parse import urlencode, urljoin

import structlog
from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import GaveUp, NutgrafError
from handlers.slack.call import Api
from handlers.slack.manifest import REDIRECT_PATH, SCOPES
from handlers.slack.workspaces import Client, Workspace

log = structlog.get_logger()

INSTALL_PATH = "/slack/install"
STATE_SECONDS = 600
_COOKIE = "nutgraf-install"

_DONE = "Nutgraf is installed in {name}. Type /brief help there. You can close this page."
_STALE = "This installation was not begun here, or too long ago. Begin again at {path}."
_REFUSED = "Slack did not complete the installation. Begin again at {path}."


class Installs(Protocol):
    """Where installations are kept."""

    async def save(self, team: str, sealed: bytes) -> None:
        """Keep a team's installation."""

    async def find(self, team: str) -> bytes | None:
        """Return a team's installation as it was sealed."""

    async def remove(self, team: str) -> None:
        """Forget a team's installation."""

    async def issue(self, state: str, seconds: int) -> None:
        """Remember a state for so long."""

    async def redeem(self, state: str) -> bool:
        """Whether the state was issued and nobody redeemed it."""


class Vault:
    """Installations in the store, sealed with a key made of the app's client secret."""

    def __init__(self, installs: Installs, client_secret: str) -> None:
        self._installs = installs
        key = HKDF(SHA256(), 32, salt=None, info=b"nutgraf slack installations").derive(client_secret.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    async def save(self, workspace: Workspace) -> None:
        """Keep a workspace with its token."""
        words = [workspace.team, workspace.token, workspace.name, workspace.bot_user, workspace.bot_id]
        await self._installs.save(workspace.team, self._fernet.encrypt(json.dumps(words).encode()))

    async def find(self, team: str) -> Workspace | None:
        """Return the workspace of a team; None where it is unknown or was sealed with another secret."""
        sealed = await self._installs.find(team)
        if sealed is None:
            return None
        try:
            return Workspace(*json.loads(self._fernet.decrypt(sealed)))
        except InvalidToken:
            log.warning("SLACK_CLIENT_SECRET changed; this workspace has to install the app again", team=team)
            return None

    async def remove(self, team: str) -> None:
        """Forget a workspace."""
        await self._installs.remove(team)


class Installing:
    """The two pages of an installation: one sends the browser to Slack, Slack sends it back to the other."""

    def __init__(
        self,
        client: Client,
        api: Api,
        installs: Installs,
        installed: Callable[[Workspace], Awaitable[None]],
    ) -> None:
        self._client = client
        self._api = api
        self._installs = installs
        self._installed = installed

    def routes(self) -> list[web.RouteDef]:
        """Return the two pages."""
        return [web.get(INSTALL_PATH, self._begin), web.get(REDIRECT_PATH, self._finish)]

    async def _begin(self, request: web.Request) -> web.Response:
        state = secrets.token_urlsafe(32)
        await self._installs.issue(state, STATE_SECONDS)
        asked = {"client_id": self._client.id, "scope": ",".join(SCOPES), "state": state}
        asked["redirect_uri"] = self._client.redirect_url
        address = f"{urljoin(self._api.base_url, '../oauth/v2/authorize')}?{urlencode(asked)}"
        response = web.Response(status=302, headers={"Location": address})
        secure = self._client.redirect_url.startswith("https:")
        response.set_cookie(
            _COOKIE, state, max_age=STATE_SECONDS, httponly=True, secure=secure, samesite="Lax", path="/slack"
        )
        return response

    async def _finish(self, request: web.Request) -> web.Response:
        """Exchange Slack's code for a token, in the browser that began and once only."""
        state = request.query.get("state", "")
        begun_here = secrets.compare_digest(state.encode(), request.cookies.get(_COOKIE, "").encode())
        if not state or not begun_here or not await self._installs.redeem(state):
            return web.Response(status=400, text=_STALE.format(path=INSTALL_PATH))
        try:
            workspace = await self._exchanged(request.query.get("code", ""))
        except NutgrafError as error:
            log.warning("an installation in Slack failed", why=str(error))
            return web.Response(status=400, text=_REFUSED.format(path=INSTALL_PATH))
        await self._installed(workspace)
        response = web.Response(text=_DONE.format(name=workspace.name))
        response.del_cookie(_COOKIE, path="/slack")
        return response

    async def _exchanged(self, code: str) -> Workspace:
        answer = await self._api.exchange(code, self._client.id, self._client.secret, self._client.redirect_url)
        team = answer.get("team") or {}
        if not team.get("id"):
            raise GaveUp("Slack installed the app for an organisation; install it in a workspace")
        token = str(answer["access_token"])
        tested = await self._api.call("auth.test", token)
        return Workspace(
            team=str(team["id"]),
            token=token,
            name=str(team.get("name") or ""),
            bot_user=str(answer.get("bot_user_id") or ""),
            bot_id=str(tested.get("bot_id") or ""),
        )
