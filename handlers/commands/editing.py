"""The orders that put stories right."""

from bot.desk import Desk
from bot.model import Button, Edited, Line, Order, Reply
from handlers.commands.words import UNDO, many


async def split(desk: Desk, order: Order, rest: str) -> Reply:
    """Take articles out of a story."""
    return _now(await desk.split(order, rest), "Two stories now; I will not put them together again.")


async def merge(desk: Desk, order: Order, rest: str) -> Reply:
    """Make one story of two."""
    return _now(await desk.merge(order, rest), "One story now; nothing is sent again.")


async def unmerge(desk: Desk, order: Order, rest: str) -> Reply:
    """Take a story out again that was merged."""
    return _now(await desk.unmerge(order, rest), "Two stories again, as they were.")


def _now(edited: Edited, says: str) -> Reply:
    rows = (f"{story.title} ({many(len(story.article_ids), 'article')})" for story in edited.stories)
    lines = (Line(says), *(Line(row, "bullet") for row in rows))
    return Reply(lines, buttons=(Button(UNDO, edited.undo, changes=True),))
