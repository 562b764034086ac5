"""What Slack sends becomes orders: stored first, then acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol

import structlog
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.errors import MaybeSent, RetryLater, UsageError
from bot.model import Chat, ChatRef, Delivery, Line, Order, Reply
from handlers.slack import home, read
from handlers.slack.call import LOST_ACCESS, Api
from handlers.slack.listen import Socket
from handlers.slack.manifest import EVENTS_PATH, REDIRECT_PATH
from handlers.slack.send import POST, SlackSender, posted
from handlers.slack.tab import Tab
from handlers.slack.workspaces import Client, Workspace, Workspaces

if TYPE_CHECKING:
    from handlers.slack.bolt import Bolt
    from handlers.slack.install import Installing, Installs, Vault

log = structlog.get_logger()


_OLD_BUTTON = Reply(lines=(Line("This button is too old. Ask again for a fresh answer."),))


Body = dict[str, Any]


class Orders(Protocol):
    """Where orders are kept."""

    async def accept(self, order: Order) -> bool:
        """Store an order; False if it was seen before."""


class Outbox(Protocol):
    """Where deliveries are kept."""

    async def enqueue(self, delivery: Delivery) -> bool:
        """Store a delivery; False if its key exists."""

    async def button(self, token: str) -> tuple[str, Delivery] | None:
        """Return what a button stands for, and the delivery it stands under."""


class Chats(Protocol):
    """Where chats are kept."""

    async def all(self) -> Sequence[Chat]:
        """Return every chat."""

    async def pause(self, ref: ChatRef, why: str) -> object:
        """Keep a chat's subscription without serving it."""

    async def change(self, ref: ChatRef, change: Callable[[Chat], Chat]) -> Chat:
        """Save what `change` makes of a chat."""


class Store(Protocol):
    """What Slack needs of the store."""

    @property
    def orders(self) -> Orders:
        """The orders."""

    @property
    def outbox(self) -> Outbox:
        """The deliveries."""

    @property
    def chats(self) -> Chats:
        """The chats."""

    @property
    def installs(self) -> "Installs":
        """The workspaces that installed the bot."""

    async def now(self) -> datetime:
        """Return the time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator says about Slack."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    mode: Literal["socket", "http"] = "socket"
    api_base_url: str = "https://slack.com/api/"
    topics: tuple[str, ...] = ()
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    public_url: str = ""


class Slack:
    """Slack for the bot: `start` it, `run` it, send with its `sender`, and in HTTP mode serve its `routes`."""

    def __init__(self, settings: Settings, store: Store, desk: home.Desk | None = None) -> None:
        self._settings = settings
        self._store = store
        self._api = Api(settings.api_base_url)
        self._vault: Vault | None = None
        self._installing: Installing | None = None
        if settings.client_id:
            self._vault, self._installing = self._oauth()
        self._workspaces = Workspaces(self._api, settings.bot_token, self._vault)
        self._topics = {read.command_of(topic): topic for topic in settings.topics}
        self._loading: asyncio.Task[type[Bolt]] | None = None
        self._bolt: Bolt | None = None
        self._socket = Socket(self._api, settings.app_token, self._enveloped)
        self._tab = Tab(self._api, self._workspaces, desk) if desk else None
        self.sender = SlackSender(self._api, self._workspaces, store.now)

    async def start(self) -> None:
        """Check the tokens and, in Socket Mode, open the socket; a Slack that cannot be reached is waited for.

        Raises:
            UsageError: A token is missing or not accepted.

        """
        _check(self._settings)
        opening: list[Awaitable[object]] = [self._workspaces.connect()]
        if self._settings.mode == "socket":
            opening.append(self._socket.connect())
        for outcome in await asyncio.gather(*opening, return_exceptions=True):
            if isinstance(outcome, RetryLater | MaybeSent):
                log.warning("waiting for Slack", why=str(outcome))
            elif isinstance(outcome, BaseException):
                raise outcome
            elif isinstance(outcome, Workspace):
                await self._return(outcome.team)

    async def run(self) -> None:
        """Take what Slack sends until cancelled; over HTTP the server brings it."""
        await self._loaded()
        if self._settings.mode == "socket":
            await self._socket.run()
        await asyncio.Event().wait()

    @property
    def polls(self) -> bool:
        """Whether one process alone must fetch: no, Slack tells each event to one of those that listen."""
        return False

    async def poll(self) -> None:
        """Fetch nothing."""

    def routes(self) -> list[web.RouteDef]:
        """Return what the bot's HTTP server has to serve: events in HTTP mode, the pages of an installation."""
        events = [web.post(EVENTS_PATH, self._posted)] if self._settings.mode == "http" else []
        return events + (self._installing.routes() if self._installing else [])

    async def close(self) -> None:
        """Close the connections."""
        if self._tab:
            await self._tab.close()
        await self._socket.close()
        await self._api.close()

    def _oauth(self) -> "tuple[Vault, Installing]":
        from handlers.slack.install import Installing, Vault  # noqa: PLC0415  # cryptography, for OAuth alone

        redirect_url = self._settings.public_url.rstrip("/") + REDIRECT_PATH
        client = Client(self._settings.client_id, self._settings.client_secret, redirect_url)
        vault = Vault(self._store.installs, client.secret)
        return vault, Installing(client, self._api, self._store.installs, partial(self._installed, vault))

    async def _posted(self, request: web.Request) -> web.Response:
        """Answer a request over HTTP: 401 without a fresh signature (S17)."""
        body = await request.read()
        if not signed(body, request.headers, self._settings.signing_secret):
            return web.Response(status=401, text="wrong signature")
        return await (await self._loaded()).respond(request, body)

    async def _enveloped(self, payload: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return await (await self._loaded()).answer(payload)

    async def _loaded(self) -> "Bolt":
        """Return Bolt. Nobody waits for its import at the start, but whoever needs it before `run` has it."""
        if self._loading is None:
            self._loading = asyncio.create_task(asyncio.to_thread(_load))
        bolt = await asyncio.shield(self._loading)
        if self._bolt is None:
            self._bolt = bolt(self._api.client, self._workspaces, self)
        return self._bolt

    # ------------------------------------------------------------ what comes in

    async def command(self, body: Body, team: str) -> None:
        """Store the order of a slash command."""
        person = await self._workspaces.person(team, str(body["user_id"]))
        order = read.command(body, team, person, await self._store.now(), self._topics)
        await self._store.orders.accept(order)

    async def press(self, body: Body, team: str) -> None:
        """Store the order of a pressed button, or what it posts; open a form for a button on the Home tab."""
        name = str(body["actions"][0].get("action_id")).removeprefix("home:")
        if name in {home.SETTINGS, home.SOURCES}:
            if self._tab:
                order = await self._at_home(body, team, str(body["user"]["id"]))
                await self._tab.open_form(name, order, team, str(body["trigger_id"]))
            return
        press = read.press(body, team, await self._store.now())
        if press is not None:
            await self._take(press)

    async def event(self, body: Body, team: str) -> None:
        """Store the order of a mention or a message, or pause what an uninstalled workspace ordered."""
        event = body["event"]
        if event["type"] in {"app_mention", "message"}:
            if read.is_order(event):
                person = await self._workspaces.person(team, str(event["user"]))
                order = read.message(body, team, person, await self._store.now())
                await self._store.orders.accept(order)
        elif event["type"] == "app_home_opened":
            if self._tab and event.get("tab") == "home":
                self._tab.show(await self._at_home(body, team, str(event["user"])), team)
        elif event["type"] == "app_uninstalled" or (event.get("tokens") or {}).get("bot"):
            await self._leave(team)

    async def form(self, body: Body, team: str) -> Mapping[str, str]:
        """Save the settings form, or store the order to add a source; return the faults by field."""
        values, order = home.values_of(body), await self._at_home(body, team, str(body["user"]["id"]))
        if body["view"]["callback_id"] == home.SETTINGS:
            return await self._tab.save(values, order, team) if self._tab else {}
        faults = home.fault_of(values["url"])
        if not faults:
            await self._store.orders.accept(replace(order, text=f"add {values['url'].strip()}"))
        return faults

    async def _at_home(self, body: Body, team: str, user: str) -> Order:
        person = await self._workspaces.person(team, user)
        return read.at_home(body, team, person, await self._store.now())

    async def _take(self, press: read.Press) -> None:
        now = await self._store.now()
        found = await self._store.outbox.button(press.token)
        if found is None:
            parts = self.sender.parts(_OLD_BUTTON, read.pressed(press, "", read.Person(), now))
            note = Delivery(f"reply|{press.key}", press.chat, parts, now, asker=press.user)
            await self._store.outbox.enqueue(note)
        elif found[0] == POST.action:
            await self._store.outbox.enqueue(posted(found[1], press.target, now))
        else:
            person = await self._workspaces.person(*read.team_and_user(press.user))
            await self._store.orders.accept(read.pressed(press, found[0], person, now))

    async def _return(self, team: str) -> None:
        """Serve again what was paused when the app was uninstalled; a slot missed since then is due now (D5)."""
        now = await self._store.now()
        for chat in await self._store.chats.all():
            if _of(team, chat) and chat.paused == LOST_ACCESS:
                await self._store.chats.change(chat.ref, lambda kept: replace(kept, paused="", next_slot_at=now))

    async def _installed(self, vault: "Vault", workspace: Workspace) -> None:
        await vault.save(workspace)
        await self._return(workspace.team)
        log.info("installed in a workspace of Slack", team=workspace.team)

    async def _leave(self, team: str) -> None:
        """Pause what a workspace ordered and forget its token, whichever of the two events comes first (K7)."""
        if self._vault:
            await self._vault.remove(team)
        for chat in await self._store.chats.all():
            if _of(team, chat) and not chat.paused:
                await self._store.chats.pause(chat.ref, LOST_ACCESS)
        log.warning("Slack took back the bot's access; its chats there are paused", team=team)


def _of(team: str, chat: Chat) -> bool:
    return chat.ref.platform == "slack" and chat.ref.id.startswith(f"{team}/")


def signed(body: bytes, headers: Mapping[str, str], secret: str) -> bool:
    """Return whether Slack signed this body within the last five minutes. By the wall clock, as Slack does."""
    try:
        return SignatureVerifier(secret).is_valid_request(body, headers)
    except (ValueError, OverflowError, TypeError):  # a time stamp that is no time, a signature that is no ASCII
        return False


def _load() -> "type[Bolt]":
    from handlers.slack.bolt import Bolt  # noqa: PLC0415  # a third of a second that readiness does not wait for

    return Bolt


def _check(settings: Settings) -> None:
    if settings.client_id and not (settings.client_secret and settings.public_url):
        raise UsageError(
            "SLACK_CLIENT_ID lets other workspaces install the bot; that needs SLACK_CLIENT_SECRET and "
            "SLACK_PUBLIC_URL, the https address of this bot, too."
        )
    if settings.mode == "socket" and not settings.app_token:
        raise UsageError(
            "SLACK_APP_TOKEN is missing. Make an app-level token with the scope connections:write under Basic "
            "Information in the app's settings, or set SLACK_MODE=http."
        )
    if settings.mode == "http" and not settings.signing_secret:
        raise UsageError("SLACK_SIGNING_SECRET is missing. Copy it from Basic Information in the app's settings.")
