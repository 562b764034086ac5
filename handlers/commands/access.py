"""The orders about who may use the bot."""

from bot.desk import Desk
from bot.errors import UsageError
from bot.model import Button, Order, Reply
from handlers.commands.words import UNDO, say

YOURS = "This bot is yours now. Add a feed with `add URL`, ask with `brief`, or read `help`."


async def claim(desk: Desk, order: Order, rest: str) -> Reply:
    """Make the asker the owner, by the code that was printed."""
    if await desk.claim(rest, order):
        return say(YOURS)
    raise UsageError("That is not the code. The bot prints it when it starts: send `claim CODE` with that one.")


async def allow(desk: Desk, order: Order, rest: str) -> Reply:
    """Let a person or this chat use the bot."""
    allowed = await desk.allow(rest, order)
    return say(f"{allowed} may use this bot now.", buttons=(Button(UNDO, f"disallow {rest}", changes=True),))


async def disallow(desk: Desk, order: Order, rest: str) -> Reply:
    """Take that back."""
    return say(f"{await desk.disallow(rest, order)} may no longer use this bot.")
