"""Why: where a story stands and what put its articles there, in words and numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.model import Drop, Line, Reason
from bot.search import Rated, Why
from handlers.render.numbers import clock, number
from handlers.render.text import Run, line_of

ARTICLES_NAMED = 12
EVENTS_TOLD = 6
_ARTICLE = re.compile(r"\barticle (?=\d)")


def lines(why: Why, now: datetime, zone: str) -> Iterator[Line]:
    """Yield why the brief tells each of its stories, and why not others; times are of the zone."""
    yield Line(f"Why brief {why.brief.id} tells what it tells", "heading")
    told = {rated.story.id: rated for rated in why.told}
    for story in why.brief.stories:
        yield Line("")
        yield Line(story.title, bold=((0, len(story.title)),))
        if rated := told.get(story.story_id):
            yield Line(place(rated, why.brief.topic), "note")
        yield from _story(why.reasons[story.story_id], now, zone)
    if why.left_out:
        yield Line("")
        yield Line("Not told, for they weigh less", bold=((0, 29),))
    for rated in why.left_out:
        yield Line(
            f"{rated.story.title}: {place(rated, why.brief.topic)}", "bullet", bold=((0, len(rated.story.title)),)
        )


def place(rated: Rated, topic: str) -> str:
    """Return what a story's place is made of: `match 1.6 × 4 witnesses (2.3) × freshness 0.9 = 3.3`."""
    weight, hit = rated.weight, rated.hit
    match = f"match with “{topic}” {_short(weight.match)} × " if topic else ""
    witnesses = "1 witness" if hit.witnesses == 1 else f"{hit.witnesses} independent witnesses"
    made = f"{match}{witnesses} ({_short(weight.witnesses)}) × freshness {_short(weight.freshness)}"
    best = "the best" if weight.total >= rated.best else f"the best has {_short(rated.best)}"
    return f"{made} = {_short(weight.total)}; {best}.{_related(rated, topic)}"


def _related(rated: Rated, topic: str) -> str:
    if not rated.hit.via:
        return ""
    words = ", ".join(f"“{word}”" for word in rated.hit.via[:3])
    how = f"It does not hold “{topic}” itself; found by" if not rated.hit.own else "It also holds"
    return f" {how} {words}, which other articles use together with “{topic}”."


def article(reason: Reason) -> Line:
    """Return an article's number, outlet and title, and why it is where it is."""
    name = f"#{reason.article_id} {reason.outlet}: {reason.title}" if reason.article_id else reason.title
    return Line(f"{name} – {_in_words(reason.text)}", "bullet", bold=((0, len(name)),))


def drop(dropped: Drop, when: str) -> Line:
    """Return the title of an entry that was given up, when that was, and why."""
    name = dropped.title or dropped.link
    return line_of([Run(name, bold=True, url=dropped.link), f" ({when}) – {_in_words(dropped.text)}"], "bullet")


def _in_words(text: str) -> str:
    """Return a reason as a reader takes it: articles by the number that `why` takes, no names of our functions."""
    return _ARTICLE.sub("#", text).replace("bot.digest.digest", "reading it")


def _story(reasons: Sequence[Reason], now: datetime, zone: str) -> Iterator[Line]:
    """Yield the articles in the order they came, then what became of the story itself, its newest events."""
    articles = [reason for reason in reasons if reason.article_id]
    events = sorted((reason for reason in reasons if not reason.article_id), key=lambda event: event.at)
    yield from (article(_since(reason, events)) for reason in articles[:ARTICLES_NAMED])
    if len(articles) > ARTICLES_NAMED:
        yield Line(f"and {len(articles) - ARTICLES_NAMED} more", "note")
    told = dict.fromkeys(f"{event.text} ({clock(event.at, now, zone)})" for event in events)  # both of two stories
    yield from (Line(text, "note") for text in [*told][-EVENTS_TOLD:])


def _since(reason: Reason, events: Sequence[Reason]) -> Reason:
    """Return why an article is in its story; one that was taken out and put back is there by the latter."""
    parted = [event.at for event in events if event.text == reason.text]
    back = [event for event in events if parted and event.at > parted[-1] and event.text.startswith("merged")]
    return replace(reason, text=back[-1].text) if back else reason


def _short(value: float) -> str:
    return number(round(value, 2))
