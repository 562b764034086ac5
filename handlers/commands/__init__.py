"""What a person may say, in one table: a word, its function, its help. Every function answers with a `Reply`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from bot import search
from bot.desk import Desk
from bot.errors import UsageError
from bot.model import Button, Line, Order, Reply
from bot.spelling import nearest
from handlers.commands import access, arguments, asking, charts, editing, feeds, following, tables
from handlers.commands.words import UNDO, say

PRIVATE = (
    "This bot is private. Its owner can let you in by sending it `allow {user}`. "
    "If it is yours, send `claim CODE` with the code that it printed when it started."
)
NEEDS_ADMIN = (
    "Only an administrator of this chat can change what it gets. "
    "Ask one of them, or do it in a private chat with me."
)
WHAT_I_DO = (
    "I brief you on the news: ask about a topic in your own words (`draft`), say `brief` for the top stories, "
    "or `help` for all that you can say."
)
FOR_ANY_BOT = "stop"
"""Said to no bot by name, this is for each bot in a group: ours had better not answer, nor end its briefings."""

OWNER_ONLY = "Only the owner of this bot can do that. Ask whoever runs it."


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the table: what it does, how it is typed, and who may say it."""

    word: str
    run: Callable[[Desk, Order, str], Awaitable[Reply]]
    usage: str
    says: str
    takes: Callable[[str], bool] = arguments.anything
    changes_chat: bool = False
    owner_only: bool = False
    open_to_all: bool = False
    listed: bool = True
    in_terminal: bool = True


async def answer(order: Order, desk: Desk) -> Reply:
    """Return what to reply to an order; every error that a person can cause becomes a sentence in the reply."""
    try:
        return await obey(order, desk)
    except UsageError as error:
        return say(str(error))


async def obey(order: Order, desk: Desk) -> Reply:
    """Return what to reply to an order, empty where the words may have been for somebody else (T5).

    Raises:
        UsageError: The order cannot be carried out; the sentence says what to do.

    """
    command, rest = _command(_readable(order.text))
    if not order.addressed and not await _concerns_us(command, desk, order):
        return Reply()
    return await _admitted(command, desk, order, rest)


def _command(text: str) -> tuple[Command, str]:
    """Return what a text orders, and what about; an order's word before what it does not take is a question."""
    word, rest = _first_word(text)
    known = COMMANDS.get(word)
    return (known, rest) if known and known.takes(rest) else (_TOPIC, text)


def _readable(text: str) -> str:
    """Return what was typed without the slash before it, and without halves of characters."""
    return text.encode("utf-8", "replace").decode().strip().lstrip("/")


def _first_word(text: str) -> tuple[str, str]:
    """Return the word that says what to do, however it was capitalised, and what stands behind it."""
    word, *rest = text.split(maxsplit=1) or ("",)
    return word.casefold(), "".join(rest).strip()


async def _concerns_us(command: Command, desk: Desk, order: Order) -> bool:
    """Whether a word that any bot in the group may have been meant by is for this one (T5)."""
    if command.word == FOR_ANY_BOT:
        return False
    known = command is not _TOPIC or order.text.casefold() in (await desk.settings.of(order)).topics
    return known and await desk.may_use(order)


async def _admitted(command: Command, desk: Desk, order: Order, rest: str) -> Reply:
    if not command.open_to_all and not await desk.may_use(order):
        return say(PRIVATE.format(user=order.who))
    if command.owner_only and not await desk.is_owner(order):
        return say(OWNER_ONLY)
    if command.changes_chat and not order.may_change:
        return say(NEEDS_ADMIN)
    reply = await command.run(desk, order, rest)
    if undo := next((button.action for button in reply.buttons if button.label == UNDO), ""):
        await desk.settings.remember_undo(order, undo)
    return reply


# ---------------------------------------------------------------- asking


async def _start(desk: Desk, order: Order, rest: str) -> Reply:
    if rest and await desk.claim(rest, order):
        return say(access.YOURS)
    if not await desk.may_use(order):
        return say(PRIVATE.format(user=order.who))
    await desk.settings.resume(order)
    return say(
        WHAT_I_DO,
        "Every line that I tell is a sentence of an article, with its link. `follow draft` puts a topic into this "
        "chat's briefings, and `schedule 08:00 Europe/London` says when they come.",
        buttons=(Button("Today's briefing", "brief"), Button("Help", "help")),
    )


async def _help(desk: Desk, order: Order, rest: str) -> Reply:
    lead = "/brief " if order.chat.platform == "slack" else "/" if order.chat.platform == "telegram" else ""
    owner, here = await desk.is_owner(order), order.chat.platform
    rows = [
        Line(f"{typed} – {command.says}", "bullet", bold=((0, len(typed)),))
        for command in _TABLE
        if command.listed and (owner or not command.owner_only) and (command.in_terminal or here != "console")
        for typed in [lead + command.usage.removeprefix("brief " if here == "slack" else "")]
    ]
    return Reply(
        lines=(
            Line("What you can say", "heading"),
            *rows,
            Line("Any other words are a question about a topic.", "note"),
        )
    )


async def _topic(desk: Desk, order: Order, rest: str) -> Reply:
    if not rest:
        raise UsageError(
            "Say what you want to be briefed on, for instance `draft`, or `brief` for the top stories."
        )
    if said := await _without_topic(desk, order, rest):
        return said
    word, behind = _first_word(rest)
    verb = _nearest(word, behind)
    known = await desk.knows(word) if verb else "word"
    if known == "word":
        return await asking.tell(desk, order, rest, 0)
    meant = f"{verb} {behind}".strip()
    asks = (Button(meant, meant, changes=COMMANDS[verb].changes_chat),)
    if not known:
        return say(f"“{word}” is no command, and no story holds it. Did you mean `{meant}`?", buttons=asks)
    told = await asking.tell(desk, order, rest, 0)
    lines = (Line(f"Did you mean `{meant}`?", "note"), *told.lines)
    return replace(told, lines=lines, buttons=(*asks, *told.buttons))


def _nearest(word: str, behind: str) -> str:
    """Return the order whose word was probably mistyped, "" where there is none that takes what is behind it."""
    verb = nearest(word, _VERBS) if word not in search.SMALL and word not in COMMANDS else ""
    return verb if verb and COMMANDS[verb].takes(behind) else ""


async def _without_topic(desk: Desk, order: Order, rest: str) -> Reply | None:
    """Return the answer to what names no topic: the news at large, thanks, a greeting; None for a topic."""
    if search.asks_for_news(rest):
        return await asking.tell(desk, order, "", 0)
    if search.thanks(rest):
        return say("You are welcome.")
    if search.greets(rest) or search.asks_about_bot(rest) or not search.has_words(rest):
        return say(WHAT_I_DO)
    return None


async def _undo(desk: Desk, order: Order, rest: str) -> Reply:
    action = await desk.settings.last_undo(order)
    if not action:
        raise UsageError("There is nothing of yours to undo here; a change can be taken back for a week.")
    return await obey(replace(order, text=action), desk)


def _about_order(rest: str) -> bool:
    """Whether help is asked for with an order, or as such; "help Ukraine" is a question."""
    return arguments.nothing(rest) or rest.casefold() in COMMANDS


_TOPIC = Command("", _topic, "TOPIC", "what is known about a topic")

_TABLE = (
    Command("brief", asking.brief, "brief [TOPIC]", "the top stories, or the story on a topic"),
    Command("figures", tables.figures, "figures TOPIC [csv]", "the figures of a story, with their history"),
    Command("chart", charts.of_topic, "chart [TOPIC] [dark]", "a figure and its history as a picture"),
    Command("charted", charts.of_brief, "charted BRIEF", "the same of a brief", arguments.charted, listed=False),
    Command(
        "changes",
        tables.changes,
        "changes [TOPIC] [since WHEN]",
        "what changed since yesterday, or your last briefing",
    ),
    Command("search", asking.search, "search WORDS", "all stories that match, best first"),
    Command(
        "why",
        asking.why,
        "why BRIEF|TOPIC|#ARTICLE|URL",
        "why stories are told, and articles in them or left out",
        arguments.reason,
    ),
    Command(
        "follow", following.follow, "follow TOPIC", "put a topic into this chat's briefings", changes_chat=True
    ),
    Command("unfollow", following.unfollow, "unfollow TOPIC", "take it out again", changes_chat=True),
    Command(
        "unfollowed",
        partial(following.unfollow, ends=True),
        "unfollowed TOPIC",
        "the same, and end this chat's briefings",
        changes_chat=True,
        listed=False,
    ),
    Command(
        "following",
        following.following,
        "following",
        "the topics of this chat and its next briefing",
        arguments.nothing,
    ),
    Command(
        "schedule",
        following.schedule,
        "schedule 08:00 [mon-fri] [ZONE]",
        "when this chat is briefed; `schedule off` ends it",
        arguments.times,
        changes_chat=True,
        in_terminal=False,
    ),
    Command(
        "stop",
        following.stop,
        "stop",
        "end this chat's briefings",
        arguments.nothing,
        changes_chat=True,
        listed=False,
        in_terminal=False,
    ),
    Command("undo", _undo, "undo", "take your last change here back", arguments.nothing, changes_chat=True),
    Command(
        "sources",
        feeds.sources,
        "sources [dropped]",
        "the feeds and how they are, or what was left out",
        arguments.listed,
    ),
    Command("add", feeds.add, "add URL", "read a feed, or the feed of a site", arguments.address),
    Command("remove", feeds.remove, "remove NUMBER|URL", "stop reading a feed", arguments.feed),
    Command(
        "export", feeds.export, "export", "the list of feeds as an OPML file", arguments.nothing, owner_only=True
    ),
    Command(
        "split",
        editing.split,
        "split BRIEF SOURCE…",
        "take articles out of a story, for good",
        arguments.cited,
        owner_only=True,
    ),
    Command(
        "merge",
        editing.merge,
        "merge BRIEF SOURCE SOURCE",
        "make one story of two",
        arguments.cited,
        owner_only=True,
    ),
    Command("unmerge", editing.unmerge, "unmerge STORY", "take that back", owner_only=True, listed=False),
    Command(
        "cited", asking.cited, "cited BRIEF", "the articles that a brief cites", arguments.charted, listed=False
    ),
    Command(
        "claim",
        access.claim,
        "claim CODE",
        "make this bot yours",
        arguments.code,
        open_to_all=True,
        in_terminal=False,
    ),
    Command(
        "allow",
        access.allow,
        "allow USER|here",
        "let a person, or this chat, use the bot",
        arguments.guest,
        owner_only=True,
        in_terminal=False,
    ),
    Command(
        "disallow",
        access.disallow,
        "disallow USER|CHAT",
        "take that back",
        arguments.guest,
        owner_only=True,
        in_terminal=False,
    ),
    Command("start", _start, "start", "hello", arguments.code, open_to_all=True, in_terminal=False),
    Command("help", _help, "help", "this list", _about_order, open_to_all=True),
)

COMMANDS = {command.word: command for command in _TABLE}
_VERBS = {command.word: 1 for command in _TABLE if command.listed}
