"""The orders that ask for news, and for why it is told."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from bot import search as question
from bot.desk import Desk, Found
from bot.errors import UsageError
from bot.model import Button, Line, Order, Reply, Source
from bot.search import Rated
from handlers.commands.words import PAGE, many, page, say
from handlers.render import chart, numbers, reasons
from handlers.render.text import asking_for

SOURCES_A_PAGE = 30
"""A brief seldom cites more."""


async def brief(desk: Desk, order: Order, rest: str) -> Reply:
    """Return the top stories, or the story on a topic."""
    topic, skip = page(rest)
    return await tell(desk, order, "" if question.asks_for_news(topic) else topic, skip)


async def tell(desk: Desk, order: Order, topic: str, skip: int) -> Reply:
    """Return the brief on a topic, on the top stories where it is empty, with what to ask next."""
    found, chat = await asyncio.gather(desk.brief(topic, skip), desk.settings.of(order))
    meant = found.spelled.meant
    buttons = (Button(meant, f"brief {meant}"),) if meant else ()
    if meant and found.brief.stories:
        return say(f"No story holds {_listed(found.spelled.missing)}. Did you mean “{meant}”?", buttons=buttons)
    lacks = f"No story has all your words; this one is without {_listed(found.lacks)}."
    lines = (Line(lacks, "note"),) if found.lacks else ()
    return Reply(lines, found.brief, (*buttons, *_offered(found, topic, skip)), zone=chat.zone)


def _offered(found: Found, topic: str, skip: int) -> Iterator[Button]:
    """Yield what can be asked next: of another story than the one that the topic means, by its title."""
    brief = found.brief
    if brief.stories:
        meant = topic and not skip and not found.lacks
        asked = topic if meant or not topic else asking_for(brief.stories[0].title)
        yield Button("Sources", f"cited {brief.id}")
        yield from chart.offered(brief, f"chart {topic}" if meant else "")
        yield Button("Changes", f"changes {asked}".strip())
        yield Button("Why?", f"why {brief.id}")
        if topic:
            yield Button("Figures", f"figures {asked}")
        if topic and not found.lacks:
            yield Button("Follow", f"follow {topic}", changes=True)
    if found.more:
        yield Button(f"More ({found.more})", f"brief {topic} +{found.next_skip}".replace("  ", " "))


def _listed(words: Sequence[str]) -> str:
    return " and ".join(f"“{word}”" for word in words)


async def search(desk: Desk, order: Order, rest: str) -> Reply:
    """Return the stories that match, page by page."""
    topic, skip = page(rest)
    if not topic:
        raise UsageError("Say what to look for, for instance `search draft -football`.")
    found, count = await desk.matches(topic, skip, PAGE)
    zone, now = (await desk.settings.of(order)).zone, await desk.now()
    lines = [Line(f"Stories on {topic}\t{many(count, 'story', 'stories')}", "heading")]
    lines += [
        _match(place, rated, numbers.clock(rated.story.updated_at, now, zone))
        for place, rated in enumerate(found, skip + 1)
    ]
    if count > 1:
        lines.append(Line(f"`brief {topic} +1` tells the second one, and so on.", "note"))
    more = (Button("More", f"search {topic} +{skip + PAGE}"),) if count > skip + PAGE else ()
    return Reply(lines=tuple(lines), buttons=more)


def _match(place: int, rated: Rated, when: str) -> Line:
    """Return a story that matches: who tells it, since when, and how it was found if not by all words."""
    title, hit = f"{place}. {rated.story.title}", rated.hit
    independent = f"{len(rated.outlets)} outlets, {hit.witnesses} independent"
    told = independent if len(rated.outlets) > 1 else "".join(rated.outlets)
    by = "" if hit.own else f" · by “{hit.via[0]}”"
    lacks = f" · without {_listed(hit.lacks)}" if hit.lacks else ""
    return Line(f"{title} · {told} · {when}{by}{lacks}", "text", bold=((0, len(title)),))


async def why(desk: Desk, order: Order, rest: str) -> Reply:
    """Return why a brief tells what it tells, or why an article is in its story."""
    number = rest.removeprefix("#")
    if number != rest and number.isdecimal() and len(number) < 10:
        return Reply(lines=(reasons.article(await desk.why_article(int(number))),))
    if "://" in rest:
        return Reply(lines=(reasons.article(await desk.why_url(rest)),))
    why = await desk.why("" if rest == "brief" else rest)
    if not why.brief.stories:
        raise UsageError(why.brief.note)
    zone = (await desk.settings.of(order)).zone
    return Reply(lines=tuple(reasons.lines(why, await desk.now(), zone)))


async def cited(desk: Desk, order: Order, rest: str) -> Reply:
    """Return the articles that a brief cites."""
    brief_id, skip = page(rest)
    brief = await desk.stored_brief(brief_id)
    zone, now = (await desk.settings.of(order)).zone, await desk.now()
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
