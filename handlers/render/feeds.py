"""A feed's health in one line, the same on every surface."""

from datetime import datetime

from bot.model import Feed
from handlers.render.numbers import clock


def health(feed: Feed, now: datetime, zone: str) -> str:
    """Return how a feed does: when it was read, or what is wrong with it, and when it is asked next."""
    if feed.state == "stopped":
        return f"stopped: {feed.error}"
    if feed.error:
        often = "slow" if feed.state == "slow" else f"failed {feed.failures} time{'s' * (feed.failures != 1)}"
        state, then = f"{often}: {feed.error.rstrip('.')}", "; next try"
    else:
        state = f"read {clock(feed.succeeded_at, now, zone)}" if feed.succeeded_at else "not read yet"
        then = ", next"
    return f"{state}{then} {clock(feed.next_poll_at, now, zone)}" if feed.next_poll_at else state
