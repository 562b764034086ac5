"""Visits to strangers' hosts, one at a time and spaced, whoever pays them (P15); pages as robots.txt allows."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from bot import extract
from bot.errors import GaveUp, NutgrafError, RetryLater, StoreAway, UsageError
from bot.extract import Page
from bot.fetch import PAGE_TYPES, Fetched, Fetcher
from bot.store import Store
from bot.visits import robots
from bot.workers import Workers

SPACING_SECONDS = 1.0
LEASE_SECONDS = 90.0
"""How long a host stays ours when the process dies during a visit; longer than any fetch."""

_ROBOTS_DAYS = timedelta(days=1)
_MAY_BE_PAGE = re.compile(r"\s*(?:text/html|application/xhtml\+xml|text/plain|$)", re.IGNORECASE)
_GONE = frozenset({400, 401, 403, 404, 405, 410})
_ASKED_TO_WAIT = frozenset({429, 503})


class HostBusy(RetryLater):
    """Nothing was sent: somebody else is at the host, or it asked us to stay away."""


@dataclass(slots=True)
class Visit:
    """One chain of requests. `hosts` are those it entered, with the spacing each is left with at its end.

    The operator's own hosts are entered by as many as like, without spacing; but what they ask for is heeded.
    `asking` is the id of the feed that is visited.
    """

    store: Store
    fetcher: Fetcher
    patience_seconds: float
    stay_away_seconds: float = 0.0
    hosts: dict[str, float] = field(default_factory=dict)
    asking: int = 0

    async def enter(self, host: str) -> None:
        """Wait for our turn at a host; raise HostBusy when that takes longer than our patience."""
        shown = f"[{host}]" if ":" in host else host
        exempt = await self.fetcher.is_exempt(f"http://{shown}/")
        lease, spacing = (0.0, 0.0) if exempt else (LEASE_SECONDS, SPACING_SECONDS)
        patience = self.patience_seconds
        while wait := await self.store.feeds.enter_host(host, lease, spacing, asking=self.asking):
            if wait > patience:
                raise HostBusy(f"{host} is not to be asked for another {wait:.0f} seconds", wait)
            await asyncio.sleep(wait)
            patience -= wait
        self.hosts[host] = spacing

    def heed(self, found: Fetched) -> None:
        """Keep away from the host for as long as its answer asks (P10)."""
        if found.status in _ASKED_TO_WAIT:
            self.stay_away_seconds = found.retry_after_seconds or 0.0


@asynccontextmanager
async def visit(store: Store, fetcher: Fetcher, patience_seconds: float, asking: int = 0) -> AsyncIterator[Visit]:
    """Yield a visit, and leave its hosts at the end."""
    paid = Visit(store, fetcher, patience_seconds, asking=asking)
    try:
        yield paid
    finally:
        for number, (host, spacing) in enumerate(paid.hosts.items(), start=1):
            away = paid.stay_away_seconds if number == len(paid.hosts) else 0.0
            if seconds := max(away, spacing):
                await store.feeds.leave_host(host, seconds)


async def read_page(
    url: str, store: Store, fetcher: Fetcher, workers: Workers, *, patience_seconds: float
) -> Page:
    """Return an article's page, or an empty one if its host does not let us read it or it has no text (P24).

    Raises:
        HostBusy: Nothing was sent; do it again later.
        StoreAway: The store does not answer.

    """
    try:
        if not await _allowed(url, store, fetcher, patience_seconds):
            return Page()
        async with visit(store, fetcher, patience_seconds) as paid:
            found = await fetcher.fetch(url, accept=PAGE_TYPES, enter=paid.enter)
            paid.heed(found)
        if found.status != 200 or not _MAY_BE_PAGE.match(found.content_type):
            return Page()
        return await workers.run(extract.page, found.body, found.url)
    except (StoreAway, HostBusy):
        raise
    except (UsageError, RetryLater, GaveUp):
        return Page()


async def _allowed(url: str, store: Store, fetcher: Fetcher, patience_seconds: float) -> bool:
    """Whether the host's robots.txt allows an address; the file is read once a day for each host."""
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    now = await store.now()
    known = await store.feeds.find_robots(site)
    if known is not None and now - known[1] < _ROBOTS_DAYS:
        return robots.allows(known[0], url)
    rules = await _robots_txt(site, store, fetcher, patience_seconds)
    await store.feeds.save_robots(site, rules, now)
    return robots.allows(rules, url)


async def _robots_txt(site: str, store: Store, fetcher: Fetcher, patience_seconds: float) -> str:
    """Return the rules of a site: none without the file, nothing allowed while it cannot be read (RFC 9309)."""
    try:
        async with visit(store, fetcher, patience_seconds) as paid:
            found = await fetcher.fetch(f"{site}/robots.txt", accept="text/plain, */*;q=0.1", enter=paid.enter)
            paid.heed(found)
    except (StoreAway, HostBusy):
        raise
    except NutgrafError:
        return robots.DENY_ALL
    if found.status == 200:
        return found.body[: robots.LONGEST].decode("utf-8", "replace")
    return robots.ALLOW_ALL if found.status in _GONE else robots.DENY_ALL
