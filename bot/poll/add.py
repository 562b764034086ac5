"""A typed address becomes a feed: asked once, its body used for everything (P1), a page's feed found."""

from dataclasses import dataclass, replace
from urllib.parse import urljoin

from bot.errors import GaveUp, RetryLater, StoreAway, UsageError
from bot.fetch import Fetched, addresses
from bot.model import Feed, Parsed
from bot.parse import NotFeed
from bot.poll import Poller, decide, read_feed
from bot.visits import visit

PATIENCE_SECONDS = 15.0
MOST_ALTERNATES = 3
COMMON_PATHS = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")


@dataclass(frozen=True, slots=True)
class Discovered:
    """A feed at an address: what was fetched there, and what it holds."""

    url: str
    found: Fetched
    parsed: Parsed


async def add_feed(poller: Poller, typed: str, *, title: str = "", folder: str = "") -> Feed:
    """Return the feed at a typed address, or the one its page names; a new one with its first entries saved.

    Raises:
        UsageError: There is no feed, or it cannot be fetched; the sentence says what to do.

    """
    url = str(addresses.url(typed if "://" in typed else f"https://{typed.strip()}"))
    known = await poller.store.feeds.find_url(url)
    if known is not None and known.state != "stopped":
        return known
    return await _save(poller, await discover(poller, url), title, folder)


async def discover(poller: Poller, url: str) -> Discovered:
    """Return the feed at an address, at one its page names, or at a path where sites commonly have theirs."""
    first = await _try(poller, url)
    if isinstance(first, Discovered):
        return first
    guesses = [urljoin(url, path) for path in COMMON_PATHS] if not (first.alternates or first.too_large) else []
    for other in (*first.alternates[:MOST_ALTERNATES], *guesses):
        if (feed := await _guess(poller, other)) is not None:
            return feed
    raise UsageError(decide.no_feed(first))


async def replacement(poller: Poller, feed: Feed) -> str:
    """Return the address of another feed that a dead feed's site (its host, if it named none) names now, or ""."""
    try:
        found = await _try(poller, feed.site or urljoin(feed.url, "/"))
    except UsageError:
        return ""
    others = found.alternates if isinstance(found, NotFeed) else (found.url,)
    return next((other for other in others if other != feed.url), "")


async def _guess(poller: Poller, url: str) -> Discovered | None:
    try:
        feed = await _try(poller, url)
    except UsageError:
        return None
    return feed if isinstance(feed, Discovered) else None


async def _try(poller: Poller, url: str) -> Discovered | NotFeed:
    """Return the feed at an address, or that there is none; raise UsageError if it cannot be fetched."""
    try:
        async with visit(poller.store, poller.fetcher, PATIENCE_SECONDS) as paid:
            found = await poller.fetcher.fetch(url, enter=paid.enter)
            paid.heed(found)
        parsed = await read_feed(found, poller.workers) if found.status == 200 else None
    except StoreAway:
        raise
    except (GaveUp, RetryLater) as error:
        raise UsageError(f"{error}. Nothing was added; try again later or give another address.") from error
    if parsed is None:
        raise UsageError(decide.refusal(found.status))
    if isinstance(parsed, NotFeed):
        return parsed
    moved = found.moved_to and not decide.is_downgrade(url, found.moved_to)
    return Discovered(found.moved_to if moved else url, found, parsed)


async def _save(poller: Poller, feed: Discovered, title: str, folder: str) -> Feed:
    known = await poller.store.feeds.find_url(feed.url)
    if known is not None and known.state != "stopped":
        return known
    moment = await poller.moment()
    hashed = decide.body_hash(Feed(0, feed.url), feed.found)
    later = decide.succeeded(Feed(0, feed.url), feed.found, feed.parsed, moment, hashed).next_at
    kept = await poller.store.feeds.add(feed.url, title or feed.parsed.title, folder, next_at=later)
    outcome = decide.succeeded(kept, replace(feed.found, moved_to=""), feed.parsed, moment, hashed)
    seen = await poller.store.feeds.known(kept.id, [entry.key for entry in feed.parsed.entries])
    new = decide.new_entries(feed.parsed.entries, seen, first=True)
    keys = {entry.key for entry in new}
    shown = [entry for entry in feed.parsed.entries if entry.key not in keys]
    await poller.store.feeds.commit_poll(None, outcome.feed, new, outcome.next_at or moment.now, shown=shown)
    if poller.pushes:
        await poller.pushes.after_poll(outcome.feed, feed.found, feed.parsed, moment.now)
    return outcome.feed
