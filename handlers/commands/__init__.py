"""What a person may say, in one table: a word, its function, its help. Every function answers with a `Reply`."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from bot import search
from bot.desk import Desk
from bot.errors import UsageError
from bot.model import Attachment, Button, Chat, Edited, Feed, Line, Order, Reply, Source
from bot.schedule import timetable_words
from bot.spelling import nearest
from handlers.commands import charts, tables
from handlers.commands.words import PAGE, many, page
from handlers.render import chart, numbers, reasons
from handlers.render.feeds import health
from handlers.render.text import asking_for

SOURCES_A_PAGE = 30
"""A brief seldom cites more."""

DROPPED = "dropped"
"""Behind `sources`, asks for the entries that were given up."""

PRIVATE = (
    "This bot is private. Its owner can let you in by sending it `allow {user}`. "
    "If it is yours, send `claim CODE` with the code that it printed when it started."
)
NEEDS_ADMIN = (
    "Only an administrator of this chat can change what it gets. "
    "Ask one of them, or do it in a private chat with me."
)
YOURS = "This bot is yours now. Add a feed with `add URL`, ask with `brief`, or read `help`."
UNDO = "Undo"
"""The label of the button that takes a change back; `undo` says the same."""

GREETINGS, THANKS = frozenset({"hello", "hey", "hi"}), frozenset({"thanks", "thank you", "thx"})
"""Said to the bot itself; whoever wants the news of a company or a song of that name says `brief hello`."""

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
        return _say(str(error))


async def obey(order: Order, desk: Desk) -> Reply:
    """Return what to reply to an order, empty where the words may have been for somebody else (T5).

    Raises:
        UsageError: The order cannot be carried out; the sentence says what to do.

    """
    text = _readable(order.text)
    word, rest = _first_word(text)
    command = COMMANDS.get(word)
    if not order.addressed and not await _concerns_us(command, desk, order):
        return Reply()
    if command is None:
        return await _admitted(_TOPIC, desk, order, text)
    return await _admitted(command, desk, order, rest.strip())


def _readable(text: str) -> str:
    """Return what was typed without the slash before it, and without halves of characters."""
    return text.encode("utf-8", "replace").decode().strip().lstrip("/")


def _first_word(text: str) -> tuple[str, str]:
    """Return the word that says what to do, however it was capitalised, and what stands behind it."""
    word, *rest = text.split(maxsplit=1) or ("",)
    return word.casefold(), "".join(rest)


async def _concerns_us(command: Command | None, desk: Desk, order: Order) -> bool:
    """Whether a word that any bot in the group may have been meant by is for this one (T5)."""
    if command is not None and command.word == FOR_ANY_BOT:
        return False
    known = command is not None or order.text.casefold() in (await desk.chat(order)).topics
    return known and await desk.may_use(order)


async def _admitted(command: Command, desk: Desk, order: Order, rest: str) -> Reply:
    if not command.open_to_all and not await desk.may_use(order):
        return _say(PRIVATE.format(user=order.who))
    if command.owner_only and not await desk.is_owner(order):
        return _say(OWNER_ONLY)
    if command.changes_chat and not order.may_change:
        return _say(NEEDS_ADMIN)
    reply = await command.run(desk, order, rest)
    if undo := next((button.action for button in reply.buttons if button.label == UNDO), ""):
        await desk.remember_undo(order, undo)
    return reply


def _say(*texts: str, buttons: tuple[Button, ...] = ()) -> Reply:
    return Reply(lines=tuple(Line(text) for text in texts), buttons=buttons)


# ---------------------------------------------------------------- asking


async def _start(desk: Desk, order: Order, rest: str) -> Reply:
    if rest and await desk.claim(rest, order):
        return _say(YOURS)
    if not await desk.may_use(order):
        return _say(PRIVATE.format(user=order.who))
    await desk.resume(order)
    return _say(
        "I brief you on the news: every line is a sentence of an article, with its link.",
        "Ask me about a topic (`draft`), see the day's news with `brief`, follow a topic with `follow draft`, "
        "and choose when I write with `schedule 08:00 Europe/London`.",
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


async def _brief(desk: Desk, order: Order, rest: str) -> Reply:
    topic, skip = page(rest)
    return await _tell(desk, order, "" if search.asks_for_news(topic) else topic, skip)


async def _topic(desk: Desk, order: Order, rest: str) -> Reply:
    if not rest:
        raise UsageError(
            "Say what you want to be briefed on, for instance `draft`, or `brief` for the top stories."
        )
    if said := await _without_topic(desk, order, rest):
        return said
    word, behind = _first_word(rest)
    verb = nearest(word, _VERBS) if word not in search.SMALL else ""
    known = await desk.knows(word) if verb else "word"
    if known == "word":
        return await _tell(desk, order, rest, 0)
    meant = f"{verb} {behind}".strip()
    asks = (Button(meant, meant, changes=COMMANDS[verb].changes_chat),)
    if not known:
        return _say(f"“{word}” is no command, and no story holds it. Did you mean `{meant}`?", buttons=asks)
    told = await _tell(desk, order, rest, 0)
    lines = (Line(f"Did you mean `{meant}`?", "note"), *told.lines)
    return replace(told, lines=lines, buttons=(*asks, *told.buttons))


async def _without_topic(desk: Desk, order: Order, rest: str) -> Reply | None:
    """Return the answer to what names no topic: the news at large, thanks, a greeting; None for a topic."""
    if search.asks_for_news(rest):
        return await _tell(desk, order, "", 0)
    if rest.casefold() in THANKS:
        return _say("You are welcome.")
    if rest.casefold() in GREETINGS or search.asks_about_bot(rest):
        return await _start(desk, order, "")
    return None


async def _tell(desk: Desk, order: Order, topic: str, skip: int) -> Reply:
    found, chat = await asyncio.gather(desk.brief(topic, skip), desk.chat(order))
    meant, missing = found.spelled.meant, " and ".join(f"“{word}”" for word in found.spelled.missing)
    buttons = [Button(meant, f"brief {meant}")] if meant else []
    if meant and found.brief.stories:
        return _say(f"No story holds {missing}. Did you mean “{meant}”?", buttons=tuple(buttons))
    if found.brief.stories:
        buttons.append(Button("Sources", f"cited {found.brief.id}"))
        buttons += chart.offered(found.brief, f"chart {topic}" if topic and not skip else "")
        buttons.append(Button("Changes", f"changes {topic}".strip()))
        buttons.append(Button("Why?", f"why {found.brief.id}"))
        if topic:
            asked = asking_for(found.brief.stories[0].title) if skip else topic
            buttons += [Button("Figures", f"figures {asked}"), Button("Follow", f"follow {topic}", changes=True)]
    if found.more:
        buttons.append(Button(f"More ({found.more})", f"brief {topic} +{found.next_skip}".replace("  ", " ")))
    others = f"No story holds {missing}. These hold other words of your question."
    lines = (Line(others, "note"),) if missing and found.brief.stories else ()
    return Reply(lines, found.brief, tuple(buttons), zone=chat.zone)


async def _search(desk: Desk, order: Order, rest: str) -> Reply:
    topic, skip = page(rest)
    if not topic:
        raise UsageError("Say what to look for, for instance `search draft -football`.")
    found, count = await desk.matches(topic, skip, PAGE)
    zone, now = (await desk.chat(order)).zone, await desk.now()
    lines = [Line(f"Stories on {topic}\t{many(count, 'story', 'stories')}", "heading")]
    for place, rated in enumerate(found, skip):
        title = f"{place + 1}. {rated.story.title}"
        independent = f"{len(rated.outlets)} outlets, {rated.hit.witnesses} independent"
        told = independent if len(rated.outlets) > 1 else "".join(rated.outlets)
        when = numbers.clock(rated.story.updated_at, now, zone)
        by = "" if rated.hit.own else f" · by “{rated.hit.via[0]}”"
        lines.append(Line(f"{title} · {told} · {when}{by}", "text", bold=((0, len(title)),)))
    if count > 1:
        lines.append(Line(f"`brief {topic} +1` tells the second one, and so on.", "note"))
    more = (Button("More", f"search {topic} +{skip + PAGE}"),) if count > skip + PAGE else ()
    return Reply(lines=tuple(lines), buttons=more)


async def _why(desk: Desk, order: Order, rest: str) -> Reply:
    if search.asks_why(rest):
        return await _tell(desk, order, f"why {rest}", 0)
    number = rest.removeprefix("#")
    if number != rest and number.isdecimal() and len(number) < 10:
        return Reply(lines=(reasons.article(await desk.why_article(int(number))),))
    if "://" in rest:
        return Reply(lines=(reasons.article(await desk.why_url(rest)),))
    why = await desk.why("" if rest == "brief" else rest)
    if not why.brief.stories:
        raise UsageError(why.brief.note)
    zone = (await desk.chat(order)).zone
    return Reply(lines=tuple(reasons.lines(why, await desk.now(), zone)))


async def _cited(desk: Desk, order: Order, rest: str) -> Reply:
    brief_id, skip = page(rest)
    brief = await desk.stored_brief(brief_id)
    zone, now = (await desk.chat(order)).zone, await desk.now()
    cited = [(story, source) for story in brief.stories for source in story.sources]
    end = skip + SOURCES_A_PAGE
    lines = [Line(f"Sources of brief {brief.id}", "heading")]
    for story, sources in groupby(cited[skip:end], key=lambda each: each[0]):
        lines.append(Line(story.title, "text", bold=((0, len(story.title)),)))
        lines += [_source(source, now, zone) for _, source in sources]
    more = (Button(f"More ({len(cited) - end})", f"cited {brief.id} +{end}"),) if len(cited) > end else ()
    return Reply(lines=tuple(lines), buttons=more)


def _source(source: Source, now: datetime, zone: str) -> Line:
    lead = f"[{source.number}] {source.outlet}: "
    at = numbers.clock(source.published_at, now, zone)
    linked = (len(lead), len(lead) + len(source.title), source.url)
    return Line(f"{lead}{source.title} ({at})", "bullet", links=(linked,))


# ---------------------------------------------------------------- feeds


async def _sources(desk: Desk, order: Order, rest: str) -> Reply:
    words, skip = page(rest)
    if words.casefold() == DROPPED:
        return await _dropped(desk, order, skip)
    feeds = await desk.feeds()
    if not feeds:
        return _say(
            "I read no feeds yet. Add one with `add URL`, or a whole list in the shell: `nutgraf add FILE.opml`."
        )
    end = len(feeds) if order.chat.platform == "console" else skip + PAGE
    zone, now = (await desk.chat(order)).zone, await desk.now()
    shown = (_health(feed, now, zone) for feed in feeds[skip:end])
    lines = [Line(many(len(feeds), "feed"), "heading"), *shown]
    more = [Button("More", f"sources +{end}")] if len(feeds) > end else []
    if dropped := len(await desk.dropped()):
        left_out = many(dropped, "entry", "entries")
        lines.append(Line(f"{left_out} could not be read; `sources {DROPPED}` says why.", "note"))
        more.append(Button("Left out", f"sources {DROPPED}"))
    return Reply(lines=tuple(lines), buttons=tuple(more))


async def _dropped(desk: Desk, order: Order, skip: int) -> Reply:
    """Tell which entries of feeds were given up, and why."""
    dropped = await desk.dropped()
    zone, now = (await desk.chat(order)).zone, await desk.now()
    if not dropped:
        return _say("No entry of a feed was left out: each was read and is in a story.")
    lines = [Line(f"Left out\t{many(len(dropped), 'entry', 'entries')}", "heading")]
    lines += [reasons.drop(one, numbers.clock(one.at, now, zone)) for one in dropped[skip : skip + PAGE]]
    more = (Button("More", f"sources {DROPPED} +{skip + PAGE}"),) if len(dropped) > skip + PAGE else ()
    return Reply(lines=tuple(lines), buttons=more)


def _health(feed: Feed, now: datetime, zone: str) -> Line:
    name = f"{feed.id}. {feed.name}"
    return Line(f"{name}: {health(feed, now, zone)}", "bullet", bold=((0, len(name)),))


async def _export(desk: Desk, order: Order, rest: str) -> Reply:
    if order.chat_kind != "private":
        raise UsageError("Feeds' addresses may hold passwords. Ask for the list in a private chat with me.")
    feeds = many(len(await desk.feeds()), "feed")
    return Reply(
        lines=(Line("This chat takes no files. In the shell, `nutgraf export` prints the list."),),
        attachment=Attachment("feeds.opml", (await desk.opml()).encode()),
        caption=(Line(f"{feeds} as OPML, which `nutgraf add` and other readers take."),),
    )


async def _add(desk: Desk, order: Order, rest: str) -> Reply:
    if not rest:
        raise UsageError("Say which feed or site to add, for instance `add https://example.org/feed.xml`.")
    feed = await desk.add(rest)
    return _say(
        f"Added {feed.name} as feed {feed.id}.", buttons=(Button(UNDO, f"remove {feed.id}", changes=True),)
    )


async def _remove(desk: Desk, order: Order, rest: str) -> Reply:
    if not rest:
        raise UsageError("Say which feed to remove, by its number or URL; `sources` lists them.")
    feed = await desk.remove(rest)
    return _say(
        f"Removed {feed.name}. What it told stays in the stories.",
        buttons=(Button(UNDO, f"add {feed.url}", changes=True),),
    )


# ---------------------------------------------------------------- editing


async def _split(desk: Desk, order: Order, rest: str) -> Reply:
    return _now(await desk.split(order, rest), "Two stories now; I will not put them together again.")


async def _merge(desk: Desk, order: Order, rest: str) -> Reply:
    return _now(await desk.merge(order, rest), "One story now; nothing is sent again.")


async def _unmerge(desk: Desk, order: Order, rest: str) -> Reply:
    return _now(await desk.unmerge(order, rest), "Two stories again, as they were.")


def _now(edited: Edited, says: str) -> Reply:
    rows = (f"{story.title} ({many(len(story.article_ids), 'article')})" for story in edited.stories)
    lines = (Line(says), *(Line(row, "bullet") for row in rows))
    return Reply(lines, buttons=(Button(UNDO, edited.undo, changes=True),))


# ---------------------------------------------------------------- following


async def _follow(desk: Desk, order: Order, rest: str) -> Reply:
    before = await desk.chat(order)
    chat = await desk.follow(order, rest)
    undo = "unfollowed" if chat.scheduled and not before.scheduled else "unfollow"
    return _say(f"Following {_list(chat)}. {_when(chat)}", buttons=(Button(UNDO, f"{undo} {rest}", changes=True),))


async def _unfollow(desk: Desk, order: Order, rest: str, *, ends: bool = False) -> Reply:
    chat = await desk.unfollow(order, rest, ends=ends)
    return _say(
        f"No longer following {rest}. Following {_list(chat)}. {_when(chat)}",
        buttons=(Button(UNDO, f"follow {rest}", changes=True),),
    )


async def _following(desk: Desk, order: Order, rest: str) -> Reply:
    chat = await desk.chat(order)
    return _say(f"Following {_list(chat)}. {_when(chat)}")


async def _schedule(desk: Desk, order: Order, rest: str) -> Reply:
    before = await desk.chat(order)
    chat = await desk.schedule(order, rest)
    if not before.scheduled and not chat.scheduled:
        return _say(_when(chat))
    undo = f"schedule {timetable_words(before.timetable)}" if before.scheduled else "schedule off"
    return _say(_when(chat), buttons=(Button(UNDO, undo, changes=True),))


async def _stop(desk: Desk, order: Order, rest: str) -> Reply:
    return await _tell(desk, order, f"stop {rest}", 0) if rest else await _schedule(desk, order, "off")


async def _undo(desk: Desk, order: Order, rest: str) -> Reply:
    action = await desk.last_undo(order)
    if not action:
        raise UsageError("There is nothing of yours to undo here; a change can be taken back for a week.")
    return await obey(replace(order, text=action), desk)


def _list(chat: Chat) -> str:
    return ", ".join(chat.topics) or ("no topic: you get the top stories" if chat.scheduled else "no topic")


def _when(chat: Chat) -> str:
    if chat.ref.platform == "console":
        return "A terminal is sent no briefings: `brief` prints one; Telegram and Slack chats get theirs on time."
    if chat.next_slot_at is None:
        return "No briefing is scheduled; say `schedule 08:00 Europe/London` for one every day."
    at = chat.next_slot_at.astimezone(ZoneInfo(chat.timetable.zone))
    return f"The next briefing comes on {at:%A %-d %B at %H:%M} ({timetable_words(chat.timetable)})."


# ---------------------------------------------------------------- who may


async def _claim(desk: Desk, order: Order, rest: str) -> Reply:
    if await desk.claim(rest, order):
        return _say(YOURS)
    raise UsageError("That is not the code. The bot prints it when it starts: send `claim CODE` with that one.")


async def _allow(desk: Desk, order: Order, rest: str) -> Reply:
    allowed = await desk.allow(rest, order)
    return _say(f"{allowed} may use this bot now.", buttons=(Button(UNDO, f"disallow {rest}", changes=True),))


async def _disallow(desk: Desk, order: Order, rest: str) -> Reply:
    return _say(f"{await desk.disallow(rest, order)} may no longer use this bot.")


_TOPIC = Command("", _topic, "TOPIC", "what is known about a topic")

_TABLE = (
    Command("brief", _brief, "brief [TOPIC]", "the top stories, or the story on a topic"),
    Command("figures", tables.figures, "figures TOPIC [csv]", "the figures of a story, with their history"),
    Command("chart", charts.of_topic, "chart [TOPIC] [dark]", "a figure and its history as a picture"),
    Command("charted", charts.of_brief, "charted BRIEF", "the same of a brief", listed=False),
    Command(
        "changes",
        tables.changes,
        "changes [TOPIC] [since WHEN]",
        "what changed since yesterday, or your last briefing",
    ),
    Command("search", _search, "search WORDS", "all stories that match, best first"),
    Command("why", _why, "why BRIEF|TOPIC|#ARTICLE|URL", "why stories are told, and articles in them or left out"),
    Command("follow", _follow, "follow TOPIC", "put a topic into this chat's briefings", changes_chat=True),
    Command("unfollow", _unfollow, "unfollow TOPIC", "take it out again", changes_chat=True),
    Command(
        "unfollowed",
        partial(_unfollow, ends=True),
        "unfollowed TOPIC",
        "the same, and end this chat's briefings",
        changes_chat=True,
        listed=False,
    ),
    Command("following", _following, "following", "the topics of this chat and its next briefing"),
    Command(
        "schedule",
        _schedule,
        "schedule 08:00 [mon-fri] [ZONE]",
        "when this chat is briefed; `schedule off` ends it",
        changes_chat=True,
        in_terminal=False,
    ),
    Command(
        "stop", _stop, "stop", "end this chat's briefings", changes_chat=True, listed=False, in_terminal=False
    ),
    Command("undo", _undo, "undo", "take your last change here back", changes_chat=True),
    Command("sources", _sources, "sources [dropped]", "the feeds and how they are, or what was left out"),
    Command("add", _add, "add URL", "read a feed, or the feed of a site"),
    Command("remove", _remove, "remove NUMBER|URL", "stop reading a feed"),
    Command("export", _export, "export", "the list of feeds as an OPML file", owner_only=True),
    Command("split", _split, "split BRIEF SOURCE…", "take articles out of a story, for good", owner_only=True),
    Command("merge", _merge, "merge BRIEF SOURCE SOURCE", "make one story of two", owner_only=True),
    Command("unmerge", _unmerge, "unmerge STORY", "take that back", owner_only=True, listed=False),
    Command("cited", _cited, "cited BRIEF", "the articles that a brief cites", listed=False),
    Command("claim", _claim, "claim CODE", "make this bot yours", open_to_all=True, in_terminal=False),
    Command(
        "allow",
        _allow,
        "allow USER|here",
        "let a person, or this chat, use the bot",
        owner_only=True,
        in_terminal=False,
    ),
    Command("disallow", _disallow, "disallow USER|CHAT", "take that back", owner_only=True, in_terminal=False),
    Command("start", _start, "start", "hello", open_to_all=True, in_terminal=False),
    Command("help", _help, "help", "this list", open_to_all=True),
)

COMMANDS = {command.word: command for command in _TABLE}
_VERBS = {command.word: 1 for command in _TABLE if command.listed}
