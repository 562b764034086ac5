"""Due articles become members of stories: digest, dedupe, file. The second loop of an article's journey."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog

from bot import dedupe, extract, loop, track
from bot.address import canonical_url
from bot.digest import digest
from bot.errors import GaveUp, RetryLater
from bot.fetch import Fetcher
from bot.model import Article, Feed, Fingerprint
from bot.outlet import outlet_of
from bot.store import Claim, Pending, Store
from bot.visits import read_page
from bot.workers import Workers

log = structlog.get_logger()

PACE = loop.Pace(slots=16, lease_seconds=60)
PATIENCE_SECONDS = 2.0
"""How long an article waits for its turn at a host before it lets others go first."""

RACES = 20
"""So often a lost race is run again before the article waits its turn: each means that a newer story appeared."""


class Turns:
    """Whose turn it is: of those who name the same word, one after the other, as they came."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Future[None]] = {}  # by word, done when the last who named it is

    @asynccontextmanager
    async def take(self, words: Iterable[str]) -> AsyncIterator[None]:
        """Wait for all who came before and named one of the words."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        named = tuple(words)
        before = {self._last[word] for word in named if word in self._last}
        self._last.update(dict.fromkeys(named, mine))
        try:
            if before:
                await asyncio.wait(before)
            yield
        finally:
            mine.set_result(None)
            for word in named:
                if self._last.get(word) is mine:
                    del self._last[word]


@dataclass(frozen=True, slots=True)
class Ingester:
    """Files articles: reads the page where the feed's own text is short, digests, decides, commits."""

    store: Store
    fetcher: Fetcher
    workers: Workers
    turns: Turns = field(default_factory=Turns)

    async def run(self) -> None:
        """File every due article, side by side, until cancelled."""
        await loop.work(self.store, self.store.due.articles, self.ingest, PACE)

    async def ingest(self, claim: Claim) -> None:
        """File the claimed entry as an article of a story, or drop it with its reason."""
        pending = await self.store.articles.load_entry(claim.member)
        if pending is None:
            await self.store.articles.drop(claim)
            return
        feed = await self.store.feeds.find(pending.feed_id)
        try:
            text_html = await self._text_html(pending)
            article, fingerprint = await self.workers.run(digest, article_of(pending, feed), text_html)
        except GaveUp as error:
            log.warning("an entry was dropped", link=pending.entry.link, why=str(error))
            await self.store.articles.drop(claim, str(error), pending)
            return
        await file(self.store, self.turns, claim, article, fingerprint)

    async def _text_html(self, pending: Pending) -> str:
        """Return the feed's own text, or its page's where that says more (P22)."""
        own = pending.entry.text_html
        text = extract.text(own)
        if not pending.entry.link or not extract.is_short(text):
            return own
        page = await read_page(
            pending.entry.link, self.store, self.fetcher, self.workers, patience_seconds=PATIENCE_SECONDS
        )
        return page.text if not page.stub and len(page.text) > len(text) else own


async def file(store: Store, turns: Turns, claim: Claim, article: Article, fingerprint: Fingerprint) -> None:
    """Decide and commit, again whenever another worker was faster (I7).

    Articles that may tell one story take turns here, for the second would have to be decided again.

    Raises:
        RetryLater: Others were faster again and again.

    """
    text, seen = f"{article.title} {article.text}", track.observations(article)
    async with turns.take(dedupe.postings(fingerprint)):
        for _ in range(RACES):
            candidates = await store.articles.candidates(fingerprint)
            decision = dedupe.decide(fingerprint, candidates, text)
            if not decision.story_id:
                earlier = await store.articles.earlier(dedupe.asked_terms(fingerprint), fingerprint.published_at)
                decision = dedupe.take_up(fingerprint, earlier, decision, text)
            filed = await store.articles.file(claim, article, fingerprint, decision, seen, candidates.token)
            if filed.outcome != "retry":
                log.debug("filed", title=article.title, outcome=filed.outcome, why=decision.reason)
                return
    raise RetryLater("other workers filed the same story faster", after_seconds=1)


def article_of(pending: Pending, feed: Feed | None) -> Article:
    """Return the entry as an article whose text is still to be read; it is published now where it does not say."""
    entry, now = pending.entry, pending.retrieved_at
    url = canonical_url(entry.link)
    return Article(
        id=0,
        url=url,
        title=entry.title or url,
        outlet=outlet_of(feed.title if feed else "", url),
        text="",
        published_at=min(entry.published_at or now, now),
        retrieved_at=now,
        feed_id=pending.feed_id,
        language=entry.language or (feed.language if feed else ""),
    )
