"""A figure that its sources took back is corrected where it was told: in the messages that carried it (D10)."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from hashlib import blake2b

from bot import loop
from bot.deliver import Post
from bot.errors import RetryLater
from bot.model import Correction, Delivery
from bot.store import Claim

PACE = loop.Pace(slots=1, lease_seconds=60)
PATIENCE_SECONDS = 30.0
LONGEST_PATIENCE_SECONDS = 300.0
TRIES = 300
"""So often it is looked again whether a message was sent, about as long as it is tried to send it."""

Find = Callable[[Iterable[Delivery]], Awaitable[Sequence[Correction]]]


async def run(post: Post, find: Find) -> None:
    """Correct what was told of every story that changed, until cancelled; `find` finds what was taken back."""
    await loop.work(post.store, post.store.due.corrections, partial(correct, post, find), PACE)


async def correct(post: Post, find: Find, claim: Claim) -> None:
    """Put a correction into the outbox for each delivery that told what was taken back since, once a change.

    Raises:
        RetryLater: Some of it is still to be sent, or its platform is not configured here.

    """
    told = await post.store.outbox.carrying(int(claim.member))
    waiting = [one for one in told if one.chat.platform not in post.senders or _is_open(one)]
    for correction in await find(one for one in told if one not in waiting):
        await _enqueue(post, correction)
    if waiting and claim.attempts < TRIES:
        wait = min(PATIENCE_SECONDS * claim.attempts, LONGEST_PATIENCE_SECONDS)
        raise RetryLater("what may have to be corrected is still to be sent", wait)
    await post.store.due.corrections.done(claim)


def _is_open(delivery: Delivery) -> bool:
    return any(part.state in {"pending", "sending"} for part in delivery.parts)


async def _enqueue(post: Post, correction: Correction) -> None:
    """Put a correction into the outbox; its key names what it says, so that it is said once."""
    sent = correction.sent
    firsts = [change.point.observations[0] for changes in correction.changes.values() for change in changes]
    said = repr([(seen.article_id, seen.figure.span) for seen in firsts])
    key = f"correction|{sent.key}|{blake2b(said.encode(), digest_size=8).hexdigest()}"
    if parts := post.sender(sent.chat).parts(correction, None):
        await post.store.outbox.enqueue(Delivery(key, sent.chat, parts, await post.store.now(), asker=sent.asker))
