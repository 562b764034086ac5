"""The end of everything that has had its time, by our clock. Nothing of value hangs on the server's expiry."""

from dataclasses import dataclass
from datetime import datetime

from bot.store.articles import BUCKETS, FINER
from bot.store.client import Link
from bot.store.clock import now
from bot.store.records import stamp

DAY_SECONDS = 86400
STEP = 500
"""So much is ended in one script, so that nobody waits long for the server."""


@dataclass(frozen=True, slots=True)
class Lives:
    """How many days everything is kept."""

    article: int = 30
    text: int = 7
    posting: int = 15
    url: int = 36
    mark: int = 90
    story: int = 380
    observation: int = 5 * 365
    saga_years: int = 5
    recent: int = 15
    brief: int = 60
    delivery: int = 60
    told: int = 60
    order: int = 30
    operation: int = 7


LIVES = Lives()


async def sweep(link: Link, lives: Lives = LIVES) -> int:
    """End what has had its time and return how much that was; safe to stop and repeat at any point."""
    at = await now(link)
    ended = 0
    for kind, counted, days in (
        ("art", "article", lives.article),
        ("txt", "article", lives.text),
        ("st", "story", lives.story),
        ("log", "story", lives.story),
        ("obs", "story", lives.observation),
    ):
        ended += await _drain(link, "sweep_ids", kind, counted, _day(at) - days, STEP)
    ended += await _drain(link, "sweep_day", "days:x", _day(at) - lives.posting, BUCKETS, 0, "x", "b")
    ended += await _drain(link, "sweep_day", "days:w", _day(at) // 365.25 - lives.saga_years, BUCKETS, FINER, "w")
    ended += await _drain(link, "sweep_day", "weeks:u", (_day(at) - lives.url) // 7, BUCKETS, 0, "u")
    for name, days in (
        ("recent", lives.recent),
        ("briefs:at", lives.brief),
        ("outs", lives.delivery),
        ("carries", lives.delivery),
        ("ords", lives.order),
        ("ops:at", lives.operation),
    ):
        ended += await _drain(link, "sweep_list", name, stamp(at) - days * DAY_SECONDS, STEP)
    return ended + await _memories(link, at, lives)


async def _memories(link: Link, at: datetime, lives: Lives) -> int:
    ended = 0
    for feed in await link.call("HVALS", "feeds"):
        ended += await link.run("sweep_marks", feed, _day(at) - lives.mark)
    for chat in await link.call("SMEMBERS", "chats"):
        ended += await link.run("sweep_told", chat, stamp(at) - lives.told * DAY_SECONDS)
    return ended


async def _drain(link: Link, script: str, *words: str | float) -> int:
    ended = 0
    while step := await link.run(script, *words):
        ended += step
    return ended


def _day(at: datetime) -> int:
    return int(at.timestamp() // DAY_SECONDS)
