"""Entries waiting to be filed, and articles with all that dedupe needs of them."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal, NamedTuple

from bot.model import Article, Candidates, Decision, Drop, Entry, Fingerprint, Member, Observation, Reason
from bot.store.client import Link
from bot.store.due import Claim
from bot.store.records import moment, pack, reader, stamp, unpack
from summarizer.model import Figure, Sentence, SentenceKind

POSTED_TERMS = 8
MOST_STORIES = 12
MOST_MEMBERS = 4
MOST_DROPS = 1000
BUCKETS = 1024
"""So many that a day of 30,000 articles leaves each hash small enough for the server to keep it packed."""

HEAD = struct.Struct(">III")
KINDS = tuple(SentenceKind)
read_figures = reader(tuple[Figure, ...])


class Pending(NamedTuple):
    """An entry that waits to be filed, the feed that brought it, and when."""

    entry: Entry
    feed_id: int
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of an article: a new story, one more of a story, filed before under its URL (`dup`);
    or nothing: read the candidates again (`retry`), or the claim is no longer ours (`lost`).
    """

    outcome: Literal["new", "joined", "dup", "retry", "lost"]
    story_id: int
    article_id: int


class Articles:
    """The articles of every story."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def load_entry(self, entry_id: str) -> Pending | None:
        """Return the entry that a claim on `due.articles` names; None if it was filed or dropped."""
        data = await self._link.call("GET", f"ent:{entry_id}")
        return None if data is None else Pending(*unpack(tuple[Entry, int, datetime], zlib.decompress(data)))

    async def load(self, ids: Iterable[int]) -> tuple[Article, ...]:
        """Return the articles that are still kept, in the order asked for; texts live for 7 days."""
        wanted = tuple(ids)
        keys = [f"{kind}:{id_}" for kind in ("art", "txt") for id_ in wanted]
        found = await self._link.call("MGET", *keys) if keys else []
        return tuple(
            _article(id_, record, text)
            for id_, record, text in zip(wanted, found[: len(wanted)], found[len(wanted) :], strict=True)
            if record
        )

    async def find_url(self, url: str) -> int | None:
        """Return the article filed under this canonical URL in the last 35 days."""
        return await self._link.run("url_find", *_place(url)) or None

    async def candidates(self, fingerprint: Fingerprint) -> Candidates:
        """Return the stories that share a posted term or band, each with its newest members, in one round trip."""
        found = await self._link.run(
            "candidates",
            _day(fingerprint),
            MOST_STORIES,
            MOST_MEMBERS,
            *_place(fingerprint.url),
            *_posted(fingerprint),
        )
        stories: dict[int, tuple[Member, ...]] = {}
        for story_id, article_id, record in zip(found[3::3], found[4::3], found[5::3], strict=True):
            group = HEAD.unpack_from(record)[1]
            member = Member(article_id, group, _fingerprint(record))
            stories[story_id] = (*stories.get(story_id, ()), member)
        return Candidates(stories, found[2], f"{found[0]}:{found[1]}")

    async def file(
        self,
        claim: Claim,
        article: Article,
        fingerprint: Fingerprint,
        decision: Decision,
        observations: Sequence[Observation],
        token: str,
    ) -> Filed:
        """File the claimed entry's article as decided, with its observations, in one step (I7).

        The article's id and, where the decision leaves them open, its story and copy group are given here, to it
        and to its observations.
        """
        records = [pack(replace(seen, article_id=0, copy_group=0)) for seen in observations]
        outcome, story_id, article_id = await self._link.run(
            "file",
            claim.member,
            claim.token,
            *token.split(":"),
            decision.story_id,
            decision.copy_group,
            _record(article, fingerprint, decision.reason),
            _text(article),
            article.title,
            stamp(article.published_at),
            _day(fingerprint),
            *_place(fingerprint.url),
            len(records),
            *records,
            *_posted(fingerprint),
        )
        return Filed(outcome.decode(), story_id, article_id)

    async def reasons(self, ids: Iterable[int]) -> tuple[Reason, ...]:
        """Return why each of the articles that are still kept is where it is."""
        wanted = tuple(ids)
        found = await self._link.call("MGET", *(f"art:{id_}" for id_ in wanted)) if wanted else []
        return tuple(_reason(id_, record) for id_, record in zip(wanted, found, strict=True) if record)

    async def drop(self, claim: Claim, why: str = "", pending: Pending | None = None) -> bool:
        """Give the claimed entry up and remember why, unless it is gone already; False if it is no longer ours."""
        dropped: tuple[int | bytes, ...] = ()
        if pending:
            entry = pending.entry
            dropped = (MOST_DROPS, pack(Drop(entry.link, entry.title, why, pending.retrieved_at)))
        return bool(await self._link.run("drop_entry", claim.member, claim.token, *dropped))

    async def drops(self, limit: int = 100) -> tuple[Drop, ...]:
        """Return the entries that were given up, newest first; the last thousand are kept."""
        found = await self._link.call("LRANGE", "drops", 0, limit - 1)
        return tuple(unpack(Drop, data) for data in found)


def _day(fingerprint: Fingerprint) -> int:
    return int(fingerprint.published_at.timestamp() // 86400)


def _posted(fingerprint: Fingerprint) -> Iterator[str | bytes | int]:
    for texts in (list(fingerprint.terms)[:POSTED_TERMS], fingerprint.bands):
        yield len(texts)
        for text in texts:
            yield from _place(text)


def _place(text: str) -> tuple[int, bytes]:
    """Return a text's bucket and its field there."""
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=6).digest() if text else b""
    return int.from_bytes(digest[:2]) % BUCKETS, digest[1:]


# ---------------------------------------------------------------- records: head, signature, packed facts


def _read(record: bytes) -> tuple[bytes, list[Any]]:
    """Return the signature, which does not compress, and the facts, which do."""
    start = HEAD.size + 1
    end = start + record[HEAD.size]
    return record[start:end], unpack(list[Any], zlib.decompress(record[end:]))


def _record(article: Article, fingerprint: Fingerprint, reason: str) -> bytes:
    facts = (
        article.url,
        article.title,
        article.outlet,
        stamp(article.published_at),
        stamp(article.retrieved_at),
        article.feed_id,
        article.language,
        reason,
    )
    packed = zlib.compress(pack((*facts, *_sketch(fingerprint, article))), 9)
    return bytes([len(fingerprint.signature)]) + fingerprint.signature + packed


def _sketch(fingerprint: Fingerprint, article: Article) -> tuple[Any, ...]:
    """Names and title words that are terms too are kept as their numbers there, weights as half floats."""
    places = {term: place for place, term in enumerate(fingerprint.terms)}
    return (
        fingerprint.url if fingerprint.url != article.url else "",
        [places.get(term, term) for term in fingerprint.title_terms],
        list(fingerprint.terms),
        struct.pack(f">{len(places)}e", *fingerprint.terms.values()),
        [places.get(name, name) for name in sorted(fingerprint.entities)],
        sorted(fingerprint.figures),
        fingerprint.body_hash,
        fingerprint.length,
        stamp(fingerprint.published_at),
    )


def _fingerprint(record: bytes) -> Fingerprint:
    """Bands are only for finding; they are not kept with the article."""
    signature, facts = _read(record)
    url, titles, terms, weights, names, figures, body_hash, length, published = facts[8:]
    return Fingerprint(
        url=url or facts[0],
        title_terms=tuple(terms[term] if isinstance(term, int) else term for term in titles),
        terms=dict(zip(terms, struct.unpack(f">{len(terms)}e", weights), strict=True)),
        entities=frozenset(terms[name] if isinstance(name, int) else name for name in names),
        figures=frozenset(figures),
        signature=signature,
        bands=(),
        body_hash=body_hash,
        length=length,
        published_at=moment(published),
    )


def _reason(article_id: int, record: bytes) -> Reason:
    _, title, outlet, _, retrieved, _, _, text = _read(record)[1][:8]
    return Reason(text, moment(retrieved), article_id, title, outlet)


def _article(article_id: int, record: bytes, text: bytes | None) -> Article:
    story_id, group, _ = HEAD.unpack_from(record)
    url, title, outlet, published, retrieved, feed_id, language = _read(record)[1][:7]
    body, sentences, figures = _read_text(text) if text else ("", (), ())
    return Article(
        article_id,
        url,
        title,
        outlet,
        body,
        moment(published),
        moment(retrieved),
        feed_id,
        language,
        story_id,
        group,
        sentences,
        figures,
    )


def _text(article: Article) -> bytes:
    sentences = [(one.start, one.end, KINDS.index(one.kind)) for one in article.sentences]
    return zlib.compress(pack((article.text, sentences, article.figures)))


def _read_text(data: bytes) -> tuple[str, tuple[Sentence, ...], tuple[Figure, ...]]:
    text, sentences, figures = unpack(list[Any], zlib.decompress(data))
    return (
        text,
        tuple(Sentence(start, end, text[start:end], KINDS[kind]) for start, end, kind in sentences),
        read_figures(figures),
    )
