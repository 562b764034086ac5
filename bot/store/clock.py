"""The one clock: the server's time plus an offset kept in the store."""

from datetime import datetime

from bot.errors import UsageError
from bot.store.client import Link
from bot.store.due import NAMES
from bot.store.records import moment, stamp

YEARS = range(1970, 2200)
"""A clock outside these leaves no room to reckon from it, back or on."""


def parse(text: str) -> datetime:
    """Return the moment that `NUTGRAF_CLOCK` names.

    Raises:
        UsageError: It is no ISO 8601 time, has no zone, or lies centuries away.

    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or at.year not in YEARS:
        raise UsageError(f"NUTGRAF_CLOCK is “{text}”; write it as 2025-03-31T06:59:30+01:00, with the zone.")
    return at


async def now(link: Link) -> datetime:
    """Return our time."""
    return moment(await link.run("now"))


async def set_clock(link: Link, at: datetime | None) -> None:
    """Make our clock show `at` now and run on from there; None: the server's own time. Wakes every loop."""
    await link.run("clock", "" if at is None else stamp(at), *NAMES)
