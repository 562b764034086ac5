"""What a poll means for its feed. Pure: a feed and what happened to it become the feed as it is now."""

from collections import Counter
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from urllib.parse import urlsplit

from bot import schedule
from bot.fetch import Fetched
from bot.model import Entry, Feed, Parsed
from bot.parse import NotFeed

MOVED_POLLS = 3
MOVED_FOR = timedelta(days=1)
REFUSALS_BEFORE_SLOW = 3
FIRST_ENTRIES = 10

_REFUSED = frozenset({401, 403, 404})
_ASKED_TO_WAIT = frozenset({429, 503})
_REASONS = {
    400: "it finds our request wrong",
    401: "it wants a password",
    403: "it does not let us in",
    404: "there is nothing at this address any more",
    410: "it is gone for good",
    429: "it asked us to come less often",
    451: "it may not be shown for legal reasons",
    500: "its server failed",
    502: "its server failed",
    503: "its server is not available",
    504: "its server failed",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When a poll took place, the floor below which no feed is asked again, and a chance from 0 up to 1."""

    now: datetime
    floor_seconds: int
    chance: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A feed after a poll. `next_at` is None for one that is not asked again; `tell` is for the owner."""

    feed: Feed
    next_at: datetime | None
    tell: str = ""


def body_hash(feed: Feed, found: Fetched) -> str:
    """Return what tells a feed's body from its last one; a part of it (226) or none (304) leaves that as it is."""
    return blake2b(found.body, digest_size=12).hexdigest() if found.status == 200 else feed.body_hash


def succeeded(feed: Feed, found: Fetched, parsed: Parsed | None, moment: Moment, hashed: str) -> Outcome:
    """Return a feed after an answer we understood; without `parsed`, one that brought nothing new (P4, P5)."""
    after = feed
    if parsed is not None and found.status == 200:
        after = _keep_facts(feed, parsed, moment)
    after = _follow_move(after, found, moment.now)
    at = schedule.next_poll(
        moment.now, max(after.interval_seconds, moment.floor_seconds), found.fresh_seconds, moment.chance
    )
    if parsed is not None:
        at = schedule.skip_closed_hours(at, parsed.skip_hours, parsed.skip_days)
    etag, last_modified, validators_url = _validators(feed, found)
    after = replace(
        after,
        etag=etag,
        last_modified=last_modified,
        validators_url=validators_url,
        body_hash=hashed,
        polled_at=moment.now,
        succeeded_at=moment.now,
        next_poll_at=at,
        failures=0,
        refusals=0,
        error="",
        state="active",
    )
    return Outcome(after, at)


def not_before(outcome: Outcome, at: datetime) -> Outcome:
    """Return an outcome whose next poll is at a later moment."""
    return replace(outcome, feed=replace(outcome.feed, next_poll_at=at), next_at=at)


def refused(feed: Feed, found: Fetched, moment: Moment) -> Outcome:
    """Return a feed after an answer that is no success (P10 to P12)."""
    why = refusal(found.status)
    if found.status == 410:
        return _stopped(feed, why, moment)
    if found.status in _REFUSED:
        return _slowed(replace(feed, refusals=feed.refusals + 1), why, moment)
    if found.status in _ASKED_TO_WAIT and found.retry_after_seconds is not None:
        return failed(feed, why, moment, moment.now + timedelta(seconds=found.retry_after_seconds))
    return failed(feed, why, moment)


def refusal(status: int) -> str:
    """Return the sentence for an answer that is no success."""
    return f"It answered {status}: {_REASONS.get(status, 'that is no feed')}."


def failed(feed: Feed, why: str, moment: Moment, not_before: datetime | None = None) -> Outcome:
    """Return a feed after a poll that brought nothing to understand; its validators stay (P3, P11)."""
    return _again(replace(feed, refusals=0), why, moment, not_before)


def _slowed(feed: Feed, why: str, moment: Moment) -> Outcome:
    """Three refusals in a row slow a feed to once a day; the owner hears of the third."""
    if feed.refusals < REFUSALS_BEFORE_SLOW:
        return _again(feed, why, moment)
    after = replace(feed, failures=feed.failures + 1, error=why, state="slow")
    at = schedule.next_poll(moment.now, schedule.CAP_SECONDS, 0, moment.chance)
    told = f"{_name(feed)} has refused us {feed.refusals} times. {why} It is asked once a day from now on."
    return _next(after, at, moment, told if feed.refusals == REFUSALS_BEFORE_SLOW else "")


def _again(feed: Feed, why: str, moment: Moment, not_before: datetime | None = None) -> Outcome:
    after = replace(feed, failures=feed.failures + 1, error=why)
    at = schedule.next_try(moment.now, moment.floor_seconds, after.failures, moment.chance)
    return _next(after, max(at, not_before or at), moment)


def _stopped(feed: Feed, why: str, moment: Moment) -> Outcome:
    after = replace(
        feed, failures=feed.failures + 1, error=why, state="stopped", polled_at=moment.now, next_poll_at=None
    )
    return Outcome(after, None, f"{_name(feed)} is polled no more. {why} Add it again if it has come back.")


def _name(feed: Feed) -> str:
    """Return what to call a feed in a message; an address may hold a secret, its host does not (S14)."""
    return feed.title or urlsplit(feed.url).hostname or feed.url


def _next(feed: Feed, at: datetime, moment: Moment, tell: str = "") -> Outcome:
    return Outcome(replace(feed, polled_at=moment.now, next_poll_at=at), at, tell)


def _validators(feed: Feed, found: Fetched) -> tuple[str | None, str | None, str]:
    """Return etag, last-modified and the URL that gave them: those of a 200, of a 304 where it has them (P3)."""
    if found.status != 304:
        return found.etag, found.last_modified, found.url
    etag = feed.etag if found.etag is None else found.etag
    return etag, feed.last_modified if found.last_modified is None else found.last_modified, feed.validators_url


def _keep_facts(feed: Feed, parsed: Parsed, moment: Moment) -> Feed:
    return replace(
        feed,
        title=feed.title or parsed.title,
        site=parsed.site or feed.site,
        language=parsed.language or feed.language,
        interval_seconds=schedule.interval_seconds(parsed.entries, parsed.interval_seconds, moment.floor_seconds),
    )


def _follow_move(feed: Feed, found: Fetched, now: datetime) -> Feed:
    """P13: three polls in a row over a day, moved for good to one address that is this feed, change its URL."""
    target = found.moved_to
    if not target and not feed.moved_to:
        return feed
    if not target or is_downgrade(feed.url, target):
        return replace(feed, moved_to="", moved_count=0, moved_since=None)
    if target != feed.moved_to or feed.moved_since is None:
        return replace(feed, moved_to=target, moved_count=1, moved_since=now)
    count = feed.moved_count + 1
    if count >= MOVED_POLLS and now - feed.moved_since >= MOVED_FOR:
        return replace(feed, url=target, moved_to="", moved_count=0, moved_since=None)
    return replace(feed, moved_count=count)


def is_downgrade(url: str, target: str) -> bool:
    """Whether a feed would be read in the clear at its new address, and was not at the old one."""
    return url.startswith("https:") and not target.startswith("https:")


def same_feed(feed: Feed, parsed: Parsed, known: Collection[str]) -> bool:
    """Whether what was found at another address is the feed we know: by its title, or by an entry (P13)."""
    return feed.title == parsed.title or any(entry.key in known for entry in parsed.entries)


def new_entries(entries: Sequence[Entry], known: Collection[str], *, first: bool) -> tuple[Entry, ...]:
    """Return the entries to deliver: those the feed has not shown before (I1 to I5).

    `known` holds keys and links that it has shown. A known link under a new key is an entry whose guid changed,
    unless one body gives that link to several entries; but where over half of a body are new keys under known
    links, the feed changed all its guids, and none of them is new (I4). The first poll delivers the newest few.
    """
    links = Counter(entry.link for entry in entries if entry.link)
    unknown = [entry for entry in {entry.key: entry for entry in entries}.values() if entry.key not in known]
    if first:
        newest = sorted(unknown, key=lambda entry: -entry.published_at.timestamp() if entry.published_at else 0)
        return tuple(newest[:FIRST_ENTRIES])
    wholesale = 2 * sum(entry.link in known for entry in unknown) > len(entries)
    return tuple(
        entry for entry in unknown if entry.link not in known or not (wholesale or links[entry.link] == 1)
    )


def to_remember(
    feed: Feed, entries: Sequence[Entry], new: Collection[Entry], known: Set[str], now: datetime
) -> tuple[Entry, ...]:
    """Return the entries, besides the new ones, whose keys and links are to be kept for longer.

    Those not known yet, and once a day all that the feed still shows (I3).
    """
    fresh = {entry.key for entry in new}
    renew = feed.succeeded_at is None or feed.succeeded_at.date() != now.date()
    return tuple(
        entry
        for entry in entries
        if entry.key not in fresh and (renew or not {entry.key, entry.link or entry.key} <= known)
    )


def no_feed(found: NotFeed) -> str:
    """Return the sentence for an address that holds no feed, with the feed it points at, if any (S9)."""
    if found.alternates:
        return f"There is no feed at this address; it points at {found.alternates[0]}. Add that one instead."
    if found.too_large:
        return "What is at this address is too large to be read as a feed. Give the address of a shorter one."
    return "There is no feed at this address. Give the address of a feed, or of a page that names one."
