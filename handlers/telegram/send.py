"""Replies and briefings as messages in Telegram: the platform's `Sender`, and what Telegram's errors mean."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import ChatGone, ChatMoved, GaveUp, MaybeSent, NutgrafError, RetryLater
from bot.model import Attachment, ChatRef, Correction, Delivery, Order, Outgoing, Part, Reply
from handlers.render import document, telegram

log = structlog.get_logger()

_NOT_SENT = {"ConnectError", "ConnectTimeout", "PoolTimeout"}
"""The transport's failures before anything was written (httpx is python-telegram-bot's own choice, not ours)."""

_CHAT_GONE = re.compile(
    "chat not found|not enough rights|have no rights|need administrator rights|chat_write_forbidden|topic_closed|"
    "thread not found|topic_deleted|peer_id_invalid|user is deactivated|chat_restricted|bot is not a member|"
    "chat_admin_required|group chat was deactivated",
    re.IGNORECASE,
)
_UNCHANGED = re.compile("not modified|message to edit not found", re.IGNORECASE)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TOKEN_PAUSE_SECONDS = 300.0


class TelegramSender:
    """Sends the parts of a delivery to Telegram, each at most once. `sent` is told of every chat written to."""

    def __init__(self, bot: Bot, sent: Callable[[ChatRef], None]) -> None:
        self._bot = bot
        self._sent = sent

    def parts(self, message: Outgoing, order: Order | None) -> tuple[Part, ...]:
        """Return the messages of a reply or briefing. In a group an answer replies to the question."""
        if isinstance(message, Correction):
            return telegram.corrected(message)
        parts = telegram.parts(document.of(message, order.key if order else ""))
        if order is None or not parts:
            return parts
        pressed_message = order.target.get("message", "")
        if isinstance(message, Reply) and message.edits and pressed_message:
            return (replace(parts[0], edits=pressed_message), *parts[1:])
        answered = order.target.get("reply_to") or pressed_message
        if order.private or not answered:
            return parts
        first = replace(parts[0], payload={**parts[0].payload, "reply_to": int(answered)})
        return (first, *parts[1:])

    async def send(self, delivery: Delivery, part: Part) -> str:
        """Send a part and return the message's id.

        Raises:
            RetryLater, MaybeSent, GaveUp, ChatGone, ChatMoved: as Telegram's answer means for the part.

        """
        arguments = _arguments(delivery.chat, part)
        message = await self._send_file(part, arguments) if part.attachment else None
        if message is None:
            message = await self._send_words(arguments)
        self._sent(delivery.chat)
        return str(message.message_id)

    async def _send_words(self, arguments: dict[str, Any]) -> Message:
        try:
            return await self._bot.send_message(**arguments)
        except BadRequest as error:
            if "parse entities" not in str(error):
                raise failure(error) from error
            return await self._send_plain(arguments)
        except TelegramError as error:
            raise failure(error) from error

    async def _send_file(self, part: Part, arguments: dict[str, Any]) -> Message | None:
        """Send a picture or document with its caption; None where the chat takes none: then words go there."""
        try:
            return await _sending(self._bot, part, arguments)
        except (BadRequest, Forbidden) as error:
            log.warning("a file goes out in words", why=str(error))
            return None
        except TelegramError as error:
            raise failure(error) from error

    async def _send_plain(self, arguments: dict[str, Any]) -> Message:
        """Send the words alone, once: HTML that Telegram cannot read is our mistake, not the reader's (T1)."""
        try:
            return await self._bot.send_message(**_unformatted(arguments))
        except TelegramError as error:
            raise failure(error) from error

    async def edit(self, delivery: Delivery, part: Part, message_id: str) -> None:
        """Put the part in place of a message; one that is so already stays, one that is gone is let go.

        Errors as `send`.
        """
        arguments = _arguments(delivery.chat, part)
        for name in ("message_thread_id", "disable_notification", "reply_parameters"):
            arguments.pop(name)
        try:
            await self._bot.edit_message_text(message_id=int(message_id), **arguments)
        except BadRequest as error:
            await self._not_edited(delivery, part, error)
        except TelegramError as error:
            raise failure(error) from error
        self._sent(delivery.chat)

    async def _not_edited(self, delivery: Delivery, part: Part, error: BadRequest) -> None:
        """Send what a part says instead of the message it was to replace, where that takes no other text."""
        instead = part.payload.get("instead")
        if "can't be edited" in str(error) and isinstance(instead, dict):
            await self.send(delivery, replace(part, payload=instead))
        elif not _UNCHANGED.search(str(error)):
            raise failure(error) from error


def _arguments(chat: ChatRef, part: Part) -> dict[str, Any]:
    payload: dict[str, Any] = part.payload
    rows = [
        [InlineKeyboardButton(label, callback_data=token) for label, token in row] for row in payload["buttons"]
    ]
    answered = payload.get("reply_to")
    return {
        "chat_id": int(chat.id),
        "message_thread_id": int(chat.thread) if chat.thread else None,
        "text": payload["text"],
        "parse_mode": ParseMode.HTML,
        "link_preview_options": _NO_PREVIEW,
        "disable_notification": bool(payload["silent"]),
        "reply_markup": InlineKeyboardMarkup(rows) if rows else None,
        "reply_parameters": ReplyParameters(answered, allow_sending_without_reply=True) if answered else None,
    }


def _sending(bot: Bot, part: Part, arguments: dict[str, Any]) -> Awaitable[Message]:
    """Return the call that sends the part's file."""
    file: Attachment = part.attachment  # type: ignore[assignment]  # the caller saw one
    common = {name: value for name, value in arguments.items() if name not in {"text", "link_preview_options"}}
    common |= {"caption": part.payload["caption"], "filename": file.name}
    if file.chart:
        return bot.send_photo(photo=file.content, **common)
    return bot.send_document(document=file.content, **common)


def _unformatted(arguments: dict[str, Any]) -> dict[str, Any]:
    return {**arguments, "text": telegram.plain(arguments["text"]), "parse_mode": None}


def failure(error: TelegramError) -> NutgrafError:
    """Return what an error of Telegram's means for what was being done."""
    match error:
        case RetryAfter():
            return RetryLater(str(error), _seconds(error.retry_after))
        case ChatMigrated():
            return ChatMoved("the group became a supergroup", str(error.new_chat_id))
        case InvalidToken():
            return RetryLater("Telegram no longer accepts TELEGRAM_BOT_TOKEN", TOKEN_PAUSE_SECONDS)
        case Forbidden() | BadRequest():
            return _refused(error)
        case Conflict() | NetworkError():
            return _unanswered(error)
        case _:
            return GaveUp(_reason(error))


def _refused(error: TelegramError) -> NutgrafError:
    gone = isinstance(error, Forbidden) or _CHAT_GONE.search(str(error))
    return ChatGone(_reason(error)) if gone else GaveUp(_reason(error))


def _unanswered(error: TelegramError) -> NutgrafError:
    unsent = isinstance(error, Conflict) or type(error.__cause__).__name__ in _NOT_SENT
    return RetryLater(_reason(error), 1.0) if unsent else MaybeSent(_reason(error))


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _reason(error: TelegramError) -> str:
    """Return what Telegram says, as words: `Topic closed` for its TOPIC_CLOSED."""
    return str(error).removeprefix("Forbidden: ").replace("_", " ").rstrip(".")
