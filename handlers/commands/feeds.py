"""The orders about what is read."""

from datetime import datetime

from bot.desk import NO_FEEDS, Desk
from bot.errors import UsageError
from bot.model import Attachment, Button, Feed, Line, Order, Reply
from handlers.commands.words import PAGE, UNDO, many, page, say
from handlers.render import numbers, reasons
from handlers.render.feeds import health

DROPPED = "dropped"
"""Behind `sources`, asks for the entries that were given up."""


async def sources(desk: Desk, order: Order, rest: str) -> Reply:
    """Return the feeds and how they are."""
    words, skip = page(rest)
    if words.casefold() == DROPPED:
        return await _dropped(desk, order, skip)
    feeds = await desk.feeds()
    if not feeds:
        return say(NO_FEEDS)
    end = len(feeds) if order.chat.platform == "console" else skip + PAGE
    zone, now = (await desk.settings.of(order)).zone, await desk.now()
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
    zone, now = (await desk.settings.of(order)).zone, await desk.now()
    if not dropped:
        return say("No entry of a feed was left out: each was read and is in a story.")
    lines = [Line(f"Left out\t{many(len(dropped), 'entry', 'entries')}", "heading")]
    lines += [reasons.drop(one, numbers.clock(one.at, now, zone)) for one in dropped[skip : skip + PAGE]]
    more = (Button("More", f"sources {DROPPED} +{skip + PAGE}"),) if len(dropped) > skip + PAGE else ()
    return Reply(lines=tuple(lines), buttons=more)


def _health(feed: Feed, now: datetime, zone: str) -> Line:
    name = f"{feed.id}. {feed.name}"
    return Line(f"{name}: {health(feed, now, zone)}", "bullet", bold=((0, len(name)),))


async def export(desk: Desk, order: Order, rest: str) -> Reply:
    """Return the list of feeds as a file."""
    if order.chat_kind != "private":
        raise UsageError("Feeds' addresses may hold passwords. Ask for the list in a private chat with me.")
    feeds = many(len(await desk.feeds()), "feed")
    return Reply(
        lines=(Line("This chat takes no files. In the shell, `nutgraf export` prints the list."),),
        attachment=Attachment("feeds.opml", (await desk.opml()).encode()),
        caption=(Line(f"{feeds} as OPML, which `nutgraf add` and other readers take."),),
    )


async def add(desk: Desk, order: Order, rest: str) -> Reply:
    """Read a feed from now on."""
    if not rest:
        raise UsageError("Say which feed or site to add, for instance `add https://example.org/feed.xml`.")
    feed = await desk.add(rest)
    return say(f"Added {feed.name} as feed {feed.id}.", buttons=(Button(UNDO, f"remove {feed.id}", changes=True),))


async def remove(desk: Desk, order: Order, rest: str) -> Reply:
    """Stop reading a feed."""
    if not rest:
        raise UsageError("Say which feed to remove, by its number or URL; `sources` lists them.")
    feed = await desk.remove(rest)
    return say(
        f"Removed {feed.name}. What it told stays in the stories.",
        buttons=(Button(UNDO, f"add {feed.url}", changes=True),),
    )
