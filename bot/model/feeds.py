"""The nouns of feeds and what they bring: Feed, Push, Entry, Parsed. Callers import them from `bot.model`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Feed:
    """A URL we poll, with its validators byte for byte and the URL that gave them, its schedule and its health.

    `failures` counts failed polls in a row, `refusals` those of them answered 401, 403 or 404.
    """

    id: int
    url: str
    title: str = ""
    site: str = ""
    folder: str = ""
    language: str = ""
    etag: str | None = None
    last_modified: str | None = None
    validators_url: str = ""
    body_hash: str = ""
    interval_seconds: int = 3600
    added_at: datetime | None = None
    next_poll_at: datetime | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    refusals: int = 0
    error: str = ""
    state: Literal["active", "slow", "stopped"] = "active"
    moved_to: str = ""
    moved_count: int = 0
    moved_since: datetime | None = None

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.title or self.url


@dataclass(frozen=True, slots=True)
class Push:
    """What we asked a feed's hub for: to tell us what is new (WebSub). It is pending until the hub confirms."""

    feed_id: int
    hub: str
    topic: str
    secret: str
    pending: bool = True
    asked_at: datetime | None = None
    renew_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as its feed states it. `key` is its identity within the feed (rule I1); `text_html` is raw."""

    key: str
    link: str
    title: str
    published_at: datetime | None = None
    updated_at: datetime | None = None
    guid: str = ""
    author: str = ""
    language: str = ""
    text_html: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a feed's bytes hold: its own facts and its entries, newest first."""

    title: str
    site: str
    language: str
    entries: tuple[Entry, ...]
    interval_seconds: int = 0
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    hub: str = ""
    self_url: str = ""
    parser: str = ""
    warnings: tuple[str, ...] = ()
