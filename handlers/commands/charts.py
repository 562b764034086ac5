"""The orders that are answered with a picture."""

from bot.desk import Desk
from bot.errors import UsageError
from bot.model import Attachment, Brief, Button, Line, Order, Reply
from handlers.commands.words import file_name, page, without
from handlers.render import chart, table

NO_CHART = "No figure {where} has a history yet."


async def of_topic(desk: Desk, order: Order, rest: str) -> Reply:
    """Return a figure of the story on a topic, or of the top stories, with its history, as a picture.

    Where the story that answers a topic best has none, it is of the next one that has.
    """
    topic, skip, dark = _how(rest)
    brief = (await desk.brief(topic)).brief
    if not brief.stories:
        raise UsageError(brief.note)
    if not topic:
        return _drawn(brief, skip, f"charted {brief.id}", dark)
    if not chart.drawable(brief) and (place := await desk.place_of(topic, chart.is_drawable)):
        brief = (await desk.brief(topic, place)).brief
    return _drawn(brief, skip, f"chart {topic}", dark)


async def of_brief(desk: Desk, order: Order, rest: str) -> Reply:
    """Return the same of the brief with this id."""
    brief_id, skip, dark = _how(rest)
    return _drawn(await desk.stored_brief(brief_id), skip, f"charted {brief_id}", dark)


def _how(rest: str) -> tuple[str, int, bool]:
    """Return what to draw, which of its charts, and whether on black, in whatever order that was said."""
    words, dark = without(rest, "dark")
    words, skip = page(words)
    words, dark_too = without(words, "dark")
    return words, skip, dark or dark_too


def _drawn(brief: Brief, skip: int, action: str, dark: bool) -> Reply:
    """Return one series of a brief as a picture, with the same in words."""
    drawable = chart.drawable(brief)
    if skip >= len(drawable):
        where = f"of “{brief.stories[0].title}”" if len(brief.stories) == 1 else "here"
        raise UsageError("That was the last chart." if drawable else NO_CHART.format(where=where))
    story, series = drawable[skip]
    here = f" +{skip}" if skip else ""
    buttons = [Button("Light", action + here) if dark else Button("Dark", f"{action} dark{here}")]
    if skip + 1 < len(drawable):
        following = f"{action}{' dark' * dark} +{skip + 1}"
        buttons.append(Button(f"Next chart ({len(drawable) - skip - 1})", following))
    return Reply(
        lines=(Line(f"Figures: {story.title}", "heading"), *table.ledger([series])),
        attachment=Attachment(f"{file_name(series.label)}.png", chart=chart.of(series, story.title, dark=dark)),
        caption=chart.caption(series, story, brief.id),
        buttons=tuple(buttons),
    )
