"""Telegram's updates as orders. Pure: nothing here asks Telegram or the store anything."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, MaybeInaccessibleMessage, Message, Update

from bot.model import ChatRef, Order

COMMAND_LIMIT = 32

_COMMAND = re.compile(r"/(?P<word>\w{1,64})(?:@(?P<bot>\w+))?(?:\s+|$)(?P<rest>.*)", re.DOTALL)
_KINDS: dict[str, Literal["private", "group", "channel"]] = {"private": "private", "channel": "channel"}
_GONE = {ChatMember.LEFT, ChatMember.BANNED}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to the bot, or may have: `command` is the word behind a slash, or empty.

    `admin_for_sure` is true where Telegram itself shows that an administrator writes: in channels, and for
    administrators who write as their group. `sender_chat` is the chat a message was written as, 0 for a person.
    """

    chat: ChatRef
    kind: Literal["private", "group", "channel"]
    title: str
    user: int
    language: str
    message_id: int
    command: str
    text: str
    addressed: bool
    admin_for_sure: bool
    sender_chat: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """How the bot now stands in a chat: `gone` says why it may not write there; empty if it may."""

    chat: ChatRef
    kind: Literal["private", "group", "channel"]
    title: str
    user: int
    language: str
    gone: str
    added: bool


def key(update: Update) -> str:
    """Return what an update's order is stored under (T10)."""
    return f"telegram:update:{update.update_id}"


def said(update: Update, bot_id: int, username: str) -> Said | None:
    """Return what an update says to the bot; None for edits, what bots say, and talk among people (T5, T15)."""
    message = update.message or update.channel_post
    if message is None or not message.text or _by_a_bot(message):
        return None
    text, command, to_other, addressed = _addressed(message, bot_id, username)
    kind = _KINDS.get(message.chat.type, "group")
    if to_other or not (addressed or command or kind == "private"):
        return None
    user, as_chat = message.from_user, message.sender_chat
    return Said(
        chat=_ref(message),
        kind=kind,
        title=_title(message.chat),
        user=user.id if user else message.chat.id,
        language=(user.language_code or "") if user else "",
        message_id=message.message_id,
        command=command,
        text=text,
        addressed=addressed or kind == "private",
        admin_for_sure=kind != "group" or (as_chat is not None and as_chat.id == message.chat.id),
        sender_chat=as_chat.id if as_chat and as_chat.id != message.chat.id else 0,
    )


def _by_a_bot(message: Message) -> bool:
    return bool(message.via_bot) or (
        message.sender_chat is None and message.from_user is not None and message.from_user.is_bot
    )


def _addressed(message: Message, bot_id: int, username: str) -> tuple[str, str, bool, bool]:
    """Return the words, the command if any, whether they are another bot's, and whether they are for this one."""
    text = str(message.text).strip()
    found = _COMMAND.match(text)
    if found:
        named = (found["bot"] or "").lower()
        ours = named == username.lower()
        return found["rest"].strip(), found["word"].lower(), bool(named) and not ours, ours
    mention = re.compile(rf"(?<!\w)@{re.escape(username)}(?!\w)", re.IGNORECASE)
    answered = message.reply_to_message
    to_us = answered is not None and answered.from_user is not None and answered.from_user.id == bot_id
    words = " ".join(mention.sub(" ", text).split(" ")).strip(" ,:")
    return words, "", False, to_us or mention.search(text) is not None


def order(update: Update, what: Said, words: str, may_change: bool, now: datetime) -> Order:
    """Return the order that was said; `words` is its command line."""
    return Order(
        key=key(update),
        chat=what.chat,
        user=str(what.user),
        text=words,
        received_at=now,
        chat_kind=what.kind,
        chat_title=what.title,
        language=what.language,
        private=what.kind == "private",
        may_change=may_change,
        addressed=what.addressed,
        target={} if what.kind == "private" else {"reply_to": str(what.message_id)},
    )


def words_of(what: Said, verbs: Iterable[str], topics: Iterable[str]) -> str:
    """Return the command line of what was said: a followed topic's own command asks for that topic (T4)."""
    if not what.command:
        return what.text or "help"
    if what.command not in verbs:
        followed = {menu_word(topic): topic for topic in topics}
        asked = followed.get(what.command) or what.command.replace("_", " ").strip()
        return f"{asked} {what.text}".strip()
    return f"{what.command} {what.text}".strip()


def pressed(
    update: Update,
    press: CallbackQuery,
    message: MaybeInaccessibleMessage,
    action: str,
    may_change: bool,
    now: datetime,
) -> Order:
    """Return the order that the pressed button under a message stands for."""
    kind = _KINDS.get(message.chat.type, "group")
    ref = _ref(message) if isinstance(message, Message) else ChatRef("telegram", str(message.chat.id))
    return Order(
        key=key(update),
        chat=ref,
        user=str(press.from_user.id),
        text=action,
        received_at=now,
        chat_kind=kind,
        chat_title=_title(message.chat),
        language=press.from_user.language_code or "",
        private=kind == "private",
        may_change=may_change,
        pressed=True,
        target={"message": str(message.message_id)},
    )


def moved(update: Update) -> tuple[ChatRef, ChatRef] | None:
    """Return a chat's old and new reference, if that is what a service message tells (T8)."""
    message = update.message
    if message is None:
        return None
    here = message.chat.id
    if message.migrate_to_chat_id:
        return ChatRef("telegram", str(here)), ChatRef("telegram", str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id:
        return ChatRef("telegram", str(message.migrate_from_chat_id)), ChatRef("telegram", str(here))
    return None


def member(change: ChatMemberUpdated) -> Member:
    """Return how the bot stands in a chat after a change of its membership (T9)."""
    new, old = change.new_chat_member, change.old_chat_member
    return Member(
        chat=ChatRef("telegram", str(change.chat.id)),
        kind=_KINDS.get(change.chat.type, "group"),
        title=_title(change.chat),
        user=change.from_user.id,
        language=change.from_user.language_code or "",
        gone=_gone(change.chat, new),
        added=bool(_gone(change.chat, old)) or old.status in _GONE,
    )


def _gone(chat: Chat, bot: ChatMember) -> str:
    if bot.status in _GONE:
        return "the user blocked the bot" if chat.type == Chat.PRIVATE else "the bot was removed"
    if bot.status == ChatMember.RESTRICTED and not getattr(bot, "can_send_messages", False):
        return "the bot may not write there"
    if chat.type == Chat.CHANNEL and not getattr(bot, "can_post_messages", False):
        return "the bot may not post there"
    return ""


def _ref(message: Message) -> ChatRef:
    """Return the chat, with the thread where it is a forum's topic (T7)."""
    thread = str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else ""
    return ChatRef("telegram", str(message.chat.id), thread)


def _title(chat: Chat) -> str:
    return chat.title or chat.full_name or ""


# ---------------------------------------------------------------- topics as commands

_LETTERS = dict(
    zip(
        "абвгдеёзийклмнопрстуфыэіїґў" + "αβγδεζηικλμνξοπρσςτυφω" + "øđłıð",
        "abvgdeeziyklmnoprstufyeiigu" + "avgdeziiklmnxoprsstyfo" + "odlid",
        strict=True,
    )
)
_LETTERS |= {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
_LETTERS |= {"є": "ye", "θ": "th", "χ": "ch", "ψ": "ps", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}


def menu_word(topic: str) -> str:
    """Return a topic as a command word of `[a-z0-9_]`, at most 32 long; empty if it has no such letters (T4)."""
    folded = "".join(_LETTERS.get(letter, letter) for letter in topic.lower())
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:COMMAND_LIMIT].strip("_")
