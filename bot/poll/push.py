"""WebSub (W3C Recommendation, 2018): feeds whose hub tells us what is new are polled once a day (P23).

A push is asked for when a poll finds a hub, confirmed by the hub's challenge, believed only with its signature.
Whatever goes wrong with it, the feed is polled as if it had no hub.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

import structlog

from bot.errors import GaveUp, RetryLater, StoreAway, UsageError
from bot.fetch import Fetched, Fetcher
from bot.model import Feed, Parsed, Push
from bot.store import Store
from bot.visits import visit

log = structlog.get_logger()

LEASE = timedelta(days=10)
LONGEST_LEASE = timedelta(days=30)
SLOWLY = timedelta(days=1)
ASK_AGAIN = timedelta(hours=6)
SECRET_BYTES = 32
PATIENCE_SECONDS = 5.0
METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})


@dataclass(frozen=True, slots=True)
class Pushes:
    """Asks hubs to push, and knows what they send for theirs. `public_url` is where hubs reach this bot."""

    store: Store
    fetcher: Fetcher
    public_url: str

    async def after_poll(
        self, feed: Feed, found: Fetched, parsed: Parsed | None, now: datetime
    ) -> datetime | None:
        """Return until when a feed need not be polled, if it is pushed; ask its hub when it is time."""
        push = await self.store.feeds.find_push(feed.id)
        hub = found.link("hub") or (parsed.hub if parsed else "")
        if hub and (push is None or push.hub != hub):
            topic = found.link("self") or (parsed.self_url if parsed else "") or feed.url
            push = Push(feed.id, hub, topic, secrets.token_hex(SECRET_BYTES))
        if push is None:
            return None
        if wants_asking(push, now):
            push = await self._ask(replace(push, pending=True, asked_at=now))
        return slow_until(push, now)

    async def _ask(self, push: Push) -> Push:
        """Return the push once it is asked for: saved first, so that the hub's challenge finds it pending."""
        await self.store.feeds.save_push(push)
        wanted = {
            "hub.mode": "subscribe",
            "hub.topic": push.topic,
            "hub.callback": f"{self.public_url.rstrip('/')}/websub/{push.feed_id}/{token(push)}",
            "hub.secret": push.secret,
            "hub.lease_seconds": str(int(LEASE.total_seconds())),
        }
        try:
            async with visit(self.store, self.fetcher, PATIENCE_SECONDS) as paid:
                status = await self.fetcher.post(push.hub, wanted, enter=paid.enter)
        except StoreAway:
            raise
        except (UsageError, RetryLater, GaveUp) as error:
            log.info("a hub was not asked", feed_id=push.feed_id, why=str(error))
        else:
            log.debug("a hub was asked", feed_id=push.feed_id, status=status)
        return push

    async def confirm(self, feed_id: int, sent_token: str, query: Mapping[str, str]) -> str | None:
        """Return the challenge to answer a hub with, None for what we did not ask for."""
        push = await self._find(feed_id, sent_token)
        if push is None or query.get("hub.topic") != push.topic:
            return None
        if query.get("hub.mode") == "denied":
            await self.store.feeds.drop_push(feed_id)
            return None
        if query.get("hub.mode") != "subscribe" or not push.pending:
            return None
        await self.store.feeds.save_push(leased(push, query.get("hub.lease_seconds", ""), await self.store.now()))
        return query.get("hub.challenge", "")

    async def accept(self, feed_id: int, sent_token: str, signature: str, body: bytes) -> bool:
        """Whether a push is to be believed. One with a wrong signature ends its subscription."""
        push = await self._find(feed_id, sent_token)
        if push is None or push.expires_at is None or push.expires_at <= await self.store.now():
            return False
        if signed(push, signature, body):
            return True
        await self.store.feeds.drop_push(feed_id)
        await self.store.due.feeds.add(str(feed_id))  # polled as before, though not below the floor
        return False

    async def _find(self, feed_id: int, sent_token: str) -> Push | None:
        push = await self.store.feeds.find_push(feed_id)
        known = push is not None and hmac.compare_digest(token(push).encode(), sent_token.encode())
        return push if known else None


def token(push: Push) -> str:
    """Return the part of the callback that nobody can guess."""
    return blake2b(push.secret.encode(), digest_size=12).hexdigest()


def wants_asking(push: Push, now: datetime) -> bool:
    """Whether it is time to ask the hub: at first, at two thirds of the lease, and not again within hours."""
    if push.asked_at is not None and now - push.asked_at < ASK_AGAIN:
        return False
    return push.renew_at is None or now >= push.renew_at


def slow_until(push: Push, now: datetime) -> datetime | None:
    """Return when a feed with this push is to be polled next: within a day, or when its lease is to be renewed."""
    if push.expires_at is None or push.renew_at is None or now >= push.expires_at:
        return None
    return min(now + SLOWLY, push.renew_at if push.renew_at > now else push.expires_at)


def leased(push: Push, lease_seconds: str, now: datetime) -> Push:
    """Return a push that its hub has granted for so long; renewed at two thirds of it."""
    granted = (
        timedelta(seconds=int(lease_seconds)) if lease_seconds.isdecimal() and len(lease_seconds) < 10 else LEASE
    )
    lease = min(granted or LEASE, LONGEST_LEASE)
    return replace(push, pending=False, renew_at=now + lease * 2 / 3, expires_at=now + lease)


def signed(push: Push, signature: str, body: bytes) -> bool:
    """Whether a body carries the signature that our secret gives it; compared in constant time."""
    method, _, digest = signature.partition("=")
    if method not in METHODS:
        return False
    ours = hmac.new(push.secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(ours.encode(), digest.lower().encode())
