"""What Telegram sends becomes orders: stored first, then confirmed."""

import asyncio
import json
import logging
import os
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from hmac import compare_digest
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from time import monotonic
from typing import Any, Protocol

import structlog
from aiohttp import web
from httpx import create_ssl_context
from telegram import Bot, BotCommandScopeChat, CallbackQuery, ChatMember, Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.errors import NutgrafError, RetryLater, UsageError
from bot.model import Chat, ChatRef, Delivery, Order
from handlers.telegram import read
from handlers.telegram.menu import Verb, menus, own_menu
from handlers.telegram.send import TelegramSender, failure

log = structlog.get_logger()

WEBHOOK_PATH = "/telegram/webhook"
UPDATES = ["message", "channel_post", "callback_query", "my_chat_member"]
WEBHOOK_CONNECTIONS = 10
POLL_SECONDS = 30
CONFLICT_PAUSE_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 60.0
ADMIN_SECONDS = 60.0
"""For so long it is remembered who administers a chat."""
CONNECTIONS = 100
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 6.0
TRIES = 3
"""So often an update that nobody can read is tried, before it is left out."""
_SECOND_POLLER = (
    "Another program fetches this bot's updates from Telegram, and only one may. Stop the other one, or give this "
    "one a token of its own in TELEGRAM_BOT_TOKEN; it keeps trying until then."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The operator's settings for Telegram. `webhook_url` is the address, without a path, that Telegram calls."""

    token: str
    api_base_url: str = "https://api.telegram.org"
    mode: str = "polling"
    webhook_url: str = ""


class Orders(Protocol):
    """Where orders are kept."""

    async def accept(self, order: Order) -> bool:
        """Store an order; False if it was seen before."""


class Outbox(Protocol):
    """Where deliveries are kept."""

    async def button(self, token: str) -> tuple[str, Delivery] | None:
        """Return what a button stands for, and the delivery it stands under."""


class Chats(Protocol):
    """Where chats are kept."""

    async def find(self, ref: ChatRef) -> Chat | None:
        """Return a chat."""

    async def move(self, old: ChatRef, new: ChatRef) -> int:
        """Move everything of a chat to its new id."""

    async def pause(self, ref: ChatRef, why: str) -> object:
        """Keep a chat's subscription without serving it."""


class Store(Protocol):
    """What Telegram needs of the store."""

    @property
    def orders(self) -> Orders:
        """The orders."""

    @property
    def outbox(self) -> Outbox:
        """The deliveries."""

    @property
    def chats(self) -> Chats:
        """The chats."""

    async def now(self) -> datetime:
        """Return the time."""


class Telegram:
    """Telegram for the bot: `start` it, `run` it, `poll` in one process alone, send with its `sender`."""

    def __init__(self, settings: Settings, store: Store, verbs: Sequence[Verb]) -> None:
        self._settings = settings
        self._store = store
        self._verbs = verbs
        self._bot = _bot(settings)
        self._known = False
        self._called_back = False
        self._admins: dict[tuple[int, int], tuple[float, bool]] = {}
        self._menus: dict[ChatRef, tuple[str, ...]] = {}
        self._background: set[asyncio.Task[None]] = set()
        self.sender = TelegramSender(self._bot, self._sent)

    async def start(self) -> None:
        """Check the token and, in webhook mode, ask Telegram to call; one that cannot be reached is waited for.

        Raises:
            UsageError: Telegram does not accept the token, or the address to call.

        """
        try:
            await self._know()
            await self._be_called()
        except (RetryLater, TelegramError) as error:
            log.warning("waiting for Telegram", why=str(error))

    async def _know(self) -> None:
        if self._known:
            return
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise UsageError(
                "Telegram does not accept TELEGRAM_BOT_TOKEN. Copy the token that @BotFather gave you, or ask him "
                "for a new one with /token."
            ) from None  # the library's message holds the token
        except TelegramError as error:
            raise RetryLater(f"Telegram cannot be reached: {error}", 1.0) from error
        self._known = True

    async def run(self) -> None:
        """Offer the commands, do what `start` could not, then wait until cancelled."""
        pause = 1.0
        while True:
            try:
                await self._know()
                await self._be_called()
                for scope, commands in menus(self._verbs):
                    await self._bot.set_my_commands(commands, scope=scope)
                await asyncio.Event().wait()
            except (TelegramError, NutgrafError) as error:
                log.warning("waiting for Telegram", why=str(error), seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _be_called(self) -> None:
        """Tell Telegram once where to call, in webhook mode."""
        if self._settings.mode == "polling" or self._called_back:
            return
        address = self._settings.webhook_url.rstrip("/") + WEBHOOK_PATH
        try:
            await self._bot.set_webhook(
                address, allowed_updates=UPDATES, secret_token=self._secret, max_connections=WEBHOOK_CONNECTIONS
            )
        except BadRequest as error:
            raise UsageError(
                f"Telegram will not call {address} ({error}). Set TELEGRAM_WEBHOOK_URL to this bot's public https "
                "address, or TELEGRAM_MODE=polling, which needs none."
            ) from error
        self._called_back = True

    async def close(self) -> None:
        """Finish what goes on beside, within a second, and close the connections."""
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await asyncio.gather(*self._background, return_exceptions=True)
        with suppress(TelegramError, RuntimeError):
            await self._bot.shutdown()

    # ------------------------------------------------------------ long polling

    @property
    def polls(self) -> bool:
        """Whether updates are fetched; in webhook mode Telegram calls."""
        return self._settings.mode == "polling"

    async def poll(self) -> None:
        """Fetch updates until cancelled, confirming each once it is stored (T14); return where Telegram calls."""
        offset, pause = 0, 1.0
        while self._settings.mode == "polling":
            try:
                await self._know()
                updates = await self._bot.get_updates(offset, timeout=POLL_SECONDS, allowed_updates=UPDATES)
                offset, pause = await self._take_all(updates, offset), 1.0
            except Conflict as error:
                await self._conflict(error)
            except (TelegramError, NutgrafError) as error:
                why = failure(error) if isinstance(error, TelegramError) else error
                pause = max(pause, why.after_seconds if isinstance(why, RetryLater) else 0.0)
                log.warning("waiting for Telegram", why=str(why), seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _take_all(self, updates: Sequence[Update], offset: int) -> int:
        """Return the offset that confirms what was taken; a failing store leaves the rest with Telegram."""
        for update in updates:
            await self._take_surely(update)
            offset = update.update_id + 1
        return offset

    async def _take_surely(self, update: Update) -> None:
        """Take an update; one that fails for no passing reason is left out after a few tries, not for ever."""
        for tries in range(1, TRIES + 1):
            try:
                await self.take(update)
            except RetryLater:
                raise
            except Exception:
                log.exception("an update could not be taken", update=update.update_id, tries=tries)
            else:
                return

    async def _conflict(self, error: Conflict) -> None:
        if "webhook" in str(error):
            log.warning("a webhook is set for this bot; it is taken away, for TELEGRAM_MODE is polling")
            with suppress(TelegramError):
                await self._bot.delete_webhook()
                return
        log.error(_SECOND_POLLER)
        await asyncio.sleep(CONFLICT_PAUSE_SECONDS)

    # ------------------------------------------------------------ webhook

    def routes(self) -> list[web.RouteDef]:
        """Return what the bot's HTTP server has to serve: nothing when polling."""
        return [web.post(WEBHOOK_PATH, self._called)] if self._settings.mode == "webhook" else []

    @property
    def _secret(self) -> str:
        """The webhook's secret: the same in every process with this token, and of no use for anything else."""
        return blake2b(b"webhook", key=self._settings.token.encode()[:64], digest_size=24).hexdigest()

    async def _called(self, request: web.Request) -> web.Response:
        """Answer a call: 401 without the secret token (S17), 503 while its order cannot be stored."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=401, text="wrong secret token")
        try:
            await self._know()
            update = Update.de_json(json.loads(await request.read()), self._bot)
            await self._take_surely(update)
        except RetryLater as error:
            return web.Response(status=503, text=str(error))
        except (ValueError, TypeError, KeyError, AttributeError):
            return web.Response(status=400, text="not an update")
        return web.Response()

    # ------------------------------------------------------------ updates

    async def take(self, update: Update) -> None:
        """Store what an update orders, or follow what it says about a chat.

        Raises:
            RetryLater: It could not be stored; it is not to be confirmed.

        """
        if update.callback_query is not None:
            await self._press(update, update.callback_query)
        elif update.my_chat_member is not None:
            await self._member(update, read.member(update.my_chat_member))
        elif (move := read.moved(update)) is not None:
            await self._store.chats.move(*move)
        elif (what := read.said(update, self._bot.id, self._bot.username)) is not None:
            await self._say(update, what)

    async def _say(self, update: Update, what: read.Said) -> None:
        verbs = {verb.word for verb in self._verbs}
        followed: tuple[str, ...] = ()
        if what.command and what.command not in verbs:
            chat = await self._store.chats.find(what.chat)
            followed = chat.topics if chat else ()
        words = read.words_of(what, verbs, followed)
        may_change = what.admin_for_sure or await self._may(words, int(what.chat.id), what.user, what.sender_chat)
        await self._store.orders.accept(read.order(update, what, words, may_change, await self._store.now()))

    async def _press(self, update: Update, press: CallbackQuery) -> None:
        """Store what a button stands for, and answer the press, whatever comes of it (T3)."""
        found = await self._store.outbox.button(press.data or "")
        if found is None or press.message is None:
            self._beside(self._answer(press, "This button is too old. Ask again for a fresh answer."))
            return
        action, delivery = found
        chat_id, user = press.message.chat.id, press.from_user.id
        if not await self._may_press(str(press.data), delivery, chat_id, user):
            self._beside(self._answer(press, "Only who asked, or an administrator, may press this."))
            return
        may_change = chat_id > 0 or await self._may(action, chat_id, user, 0)
        now = await self._store.now()
        await self._store.orders.accept(read.pressed(update, press, press.message, action, may_change, now))
        self._beside(self._answer(press, ""))

    async def _may_press(self, token: str, delivery: Delivery, chat_id: int, user: int) -> bool:
        """Whether somebody may press: in a group, what changes things is for the asker and admins (T3)."""
        part = next(part for part in delivery.parts if token in part.buttons)
        guarded = part.payload.get("guarded") or ()
        if chat_id > 0 or not isinstance(guarded, list) or token not in guarded or delivery.asker == str(user):
            return True
        return await self._is_admin(chat_id, user, 0)

    async def _answer(self, press: CallbackQuery, text: str) -> None:
        try:
            await self._bot.answer_callback_query(press.id, text or None)
        except BadRequest:  # the press is older than Telegram waits for; nobody sees the answer any more
            return
        except TelegramError as error:
            log.warning("a press was not answered", why=str(error))

    async def _member(self, update: Update, change: read.Member) -> None:
        """Pause what a chat ordered that we may not write to any more; greet one that added us (T9)."""
        if change.gone:
            await self._store.chats.pause(change.chat, change.gone)
        elif change.added and change.kind != "private":
            now = await self._store.now()
            await self._store.orders.accept(
                Order(
                    key=read.key(update),
                    chat=change.chat,
                    user=str(change.user),
                    text="start",
                    received_at=now,
                    chat_kind=change.kind,
                    chat_title=change.title,
                    language=change.language,
                    private=False,
                )
            )

    async def _may(self, words: str, chat_id: int, user: int, sender_chat: int) -> bool:
        """Return whether somebody in a group may do this; Telegram is asked only about what changes it (T6)."""
        verb = words.casefold().split(maxsplit=1)[:1]
        if not any(each.changes for each in self._verbs if [each.word] == verb):
            return False
        return await self._is_admin(chat_id, user, sender_chat)

    async def _is_admin(self, chat_id: int, user: int, sender_chat: int) -> bool:
        who = (chat_id, sender_chat or user)
        until, is_admin = self._admins.get(who, (0.0, False))
        if until < monotonic():
            self._forget_admins()
            is_admin = await self._administers(chat_id, user, sender_chat)
            self._admins[who] = (monotonic() + ADMIN_SECONDS, is_admin)
        return is_admin

    def _forget_admins(self) -> None:
        """Drop what is remembered for too long."""
        self._admins = {who: known for who, known in self._admins.items() if known[0] >= monotonic()}

    async def _administers(self, chat_id: int, user: int, sender_chat: int) -> bool:
        """Whether a person, or the channel that a message was written as, administers the group."""
        try:
            if sender_chat:
                return (await self._bot.get_chat(chat_id)).linked_chat_id == sender_chat
            status = (await self._bot.get_chat_member(chat_id, user)).status
        except BadRequest:
            return False
        except NetworkError as error:
            raise RetryLater(f"Telegram does not say who administers {chat_id}: {error}", 1.0) from error
        except TelegramError as error:
            raise failure(error) from error
        return status in {ChatMember.OWNER, ChatMember.ADMINISTRATOR}

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what nobody has to wait for."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    # ------------------------------------------------------------ a chat's own menu

    def _sent(self, ref: ChatRef) -> None:
        """Look, beside the delivery, whether the chat's topics are still the ones in its menu."""
        self._beside(self._refresh_menu(ref))

    async def _refresh_menu(self, ref: ChatRef) -> None:
        whole = replace(ref, thread="")
        try:
            chat = await self._store.chats.find(ref)
            topics = chat.topics if chat else ()
            if self._menus.get(whole, ()) == topics:
                return
            self._menus[whole] = topics
            scope = BotCommandScopeChat(int(ref.id))
            await self._bot.set_my_commands(own_menu(self._verbs, topics), scope=scope)
        except (TelegramError, NutgrafError) as error:
            self._menus.pop(whole, None)
            log.warning("a chat's menu was not changed", chat=ref.key, why=str(error))


def _bot(settings: Settings) -> Bot:
    """Return the client, quiet about addresses that hold the token (S14), with time limits of its own."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns about its own durations on each 429
    base = settings.api_base_url.rstrip("/")
    trusted = create_ssl_context() if base.startswith("https:") else SSLContext(PROTOCOL_TLS_CLIENT)
    return Bot(
        settings.token,
        base_url=base + "/bot",
        base_file_url=base + "/file/bot",
        request=_transport(CONNECTIONS, trusted),
        get_updates_request=_transport(1, trusted),
    )


def _transport(connections: int, trusted: SSLContext) -> HTTPXRequest:
    """Return a pool of connections. Both pools share what they trust: reading it takes a fifth of a second."""
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_SECONDS,
        pool_timeout=CONNECT_SECONDS,
        read_timeout=ANSWER_SECONDS,
        write_timeout=ANSWER_SECONDS,
        httpx_kwargs={"verify": trusted},
    )
