"""What the store's tests file, order and send."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.dedupe.packing import stepped
from bot.model import (
    Article,
    Chat,
    ChatRef,
    Decision,
    Delivery,
    Entry,
    Fingerprint,
    Observation,
    Order,
    Part,
    Told,
)
from bot.store import Claim, Filed, Store
from summarizer.model import Figure, FigureKind, Period, Sentence, SentenceKind, Speaker

NOON = datetime(2025, 3, 31, 12, tzinfo=UTC)
CHAT = ChatRef("telegram", "7")
FIGURE = Figure(
    (12, 14),
    0,
    FigureKind.COUNT,
    (40.0, 50.0),
    "passenger",
    bound="~",
    as_of=Period("2025-03", "2025-03", explicit=False),
    source=Speaker("Harbour Office", (0, 14)),
)


def entry(number: int) -> Entry:
    """Return an entry of its own."""
    return Entry(
        f"key-{number}", f"https://one.example/{number}", f"Ferry {number} delayed", NOON, text_html="Fog."
    )


def article(number: int, at: datetime = NOON) -> Article:
    """Return an article of its own, with a sentence and a figure."""
    text = "Fog delayed 40 to 50 passengers.\nBy Ann Oak"
    sentences = (Sentence(0, 32, text[:32]), Sentence(33, 43, text[33:], SentenceKind.BYLINE))
    url = f"https://one.example/{number}"
    return Article(
        0, url, f"Ferry {number} delayed", "One", text, at, at, 1, sentences=sentences, figures=(FIGURE,)
    )


def fingerprint(number: int, *terms: str, at: datetime = NOON, bands: tuple[str, ...] = ()) -> Fingerprint:
    """Return the fingerprint of article `number`, with these terms."""
    return Fingerprint(
        url=f"https://one.example/{number}",
        title_terms=(*terms[:1], "delay"),
        terms=stepped(dict.fromkeys(terms, 0.25)),
        entities=frozenset(terms[1:2]),
        figures=frozenset({"40 passenger"}),
        signature=bytes([number % 256, 255]) * 8,
        bands=bands,
        body_hash=f"{number:016x}",
        length=80,
        published_at=at,
    )


def observation() -> Observation:
    """Return an observation that is not filed yet."""
    return Observation(0, 0, "One", "https://one.example/1", "Ferry", NOON, "Fog delayed 40 to 50.", 0, FIGURE)


def order(number: int, text: str = "brief") -> Order:
    """Return an order of its own."""
    return Order(f"telegram:update:{number}", CHAT, "7", text, NOON, target={"message": str(number)})


def delivery(key: str, parts: int = 1, chat: ChatRef = CHAT, **buttons: str) -> Delivery:
    """Return a delivery of so many parts, each with these buttons."""
    held = tuple(Part({"text": f"part {number}"}, dict(buttons)) for number in range(parts))
    return Delivery(key, chat, held, NOON, asker="7")


async def tell(store: Store, told: Mapping[int, Told], ref: ChatRef = CHAT) -> None:
    """Tell a chat of stories as a slot does, its last one."""
    await store.due.subscriptions.add(ref.key, datetime.fromtimestamp(0, UTC))
    (claim,) = await store.due.subscriptions.take(1, 60)
    assert await store.outbox.brief_slot(claim, Chat(ref), None, None, told)


async def taken_entry(store: Store, number: int) -> Claim:
    """Bring an entry to a feed of the store and return the claim on it."""
    feed = await store.feeds.add("https://one.example/feed")
    await store.feeds.commit_poll(None, feed, [entry(number)], NOON)
    (claim,) = await store.due.articles.take(1, 60)
    return claim


async def filed(
    store: Store,
    number: int,
    *terms: str,
    story: int = 0,
    group: int = 0,
    at: datetime = NOON,
    bands: tuple[str, ...] = (),
    earlier: int = 0,
    **facts: Any,
) -> Filed:
    """File article `number`, with other facts than usual, into a story (0: a new one), with one observation."""
    claim = await taken_entry(store, number)
    marks = fingerprint(number, *terms, at=at, bands=bands)
    token = (await store.articles.candidates(marks)).token
    decision = Decision(story, group, 1.0, "same ferry", earlier)
    return await store.articles.file(
        claim, replace(article(number, at), **facts), marks, decision, [observation()], token
    )


def kept(one: Article, filed_as: Filed, group: int) -> Article:
    """Return the article as the store gives it back."""
    return replace(one, id=filed_as.article_id, story_id=filed_as.story_id, copy_group=group)


EVENTS = 20


async def file_all(store: Store) -> None:
    """File entries as articles of 20 events, taking turns with whoever else does, until none is left."""
    while await store.due.articles.size():
        for claim in await store.due.articles.take(3, 2):
            await _file_by_event(store, claim)
        await asyncio.sleep(0.01)


async def _file_by_event(store: Store, claim: Claim) -> None:
    pending = await store.articles.load_entry(claim.member)
    if pending is None:
        return
    number = int(pending.entry.key.removeprefix("key-"))
    event = f"event{number % EVENTS}"
    marks = fingerprint(number, event, "minister", bands=(f"wording of {event}",))
    outcome = "retry"
    while outcome == "retry":
        found = await store.articles.candidates(marks)
        members = [(story, one) for story, members in found.stories.items() for one in members]
        same = [(story, one.copy_group) for story, one in members if event in one.fingerprint.terms]
        decision = Decision(*(same or [(0, 0)])[0], 1.0, "")
        seen = [observation()]
        outcome = (await store.articles.file(claim, article(number), marks, decision, seen, found.token)).outcome
