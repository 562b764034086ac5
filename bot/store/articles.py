"""Entries waiting to be filed, and articles with all that dedupe needs of them."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any, Literal, NamedTuple

from bot.dedupe import packing
from bot.model import (
    Article,
    Candidates,
    Decision,
    Drop,
    Earlier,
    Entry,
    Fingerprint,
    Member,
    Observation,
    Reason,
    Story,
)
from bot.store.client import Link
from bot.store.due import Claim
from bot.store.observations import pack_observations
from bot.store.records import (
    compressed,
    deflated,
    inflated,
    moment,
    pack,
    pack_plain,
    plain,
    reader,
    stamp,
    unpack,
)
from summarizer.model import Figure, Sentence, SentenceKind

POSTED_TERMS = 8
MOST_STORIES = 24
MOST_MEMBERS = 12
SETTLED_TERMS = 12
SETTLED_MEMBERS = 24
"""As in `bot/dedupe`, so that a stream in memory ends in the same stories."""

MOST_DROPS = 1000
MOST_KNOWN = 4096
"""So many articles, some 6 KB each, does a process keep at hand as dedupe sees them."""

SHARED_TERMS = 4
"""So many of its terms an earlier story shares at least with what is asked for."""

FINER = 8
BUCKETS = 1024
"""So many that a day of 30,000 articles leaves each hash small enough for the server to keep it packed."""

HEAD = struct.Struct(">III")
STIFF = struct.Struct(">H")
PLACE = struct.Struct(">HB4s")
KINDS = tuple(SentenceKind)
read_figures = reader(tuple[Figure, ...])


class Pending(NamedTuple):
    """An entry that waits to be filed, the feed that brought it, and when."""

    entry: Entry
    feed_id: int
    retrieved_at: datetime


class Neighbour(NamedTuple):
    """A story as its neighbours see it: its newest members, when its first article was published, its version."""

    members: tuple[Member, ...]
    born_at: datetime
    version: int


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
        self._known: dict[int, Member] = {}

    async def load_entry(self, entry_id: str) -> Pending | None:
        """Return the entry that a claim on `due.articles` names; None if it was filed or dropped."""
        data = await self._link.call("GET", f"ent:{entry_id}")
        return None if data is None else Pending(*unpack(tuple[Entry, int, datetime], zlib.decompress(data)))

    async def load(self, ids: Iterable[int]) -> tuple[Article, ...]:
        """Return the articles that are still kept, in the order asked for; texts live for 7 days."""
        return tuple(_article(id_, record, *_read_text(text)) for id_, record, text in await self._texts(ids))

    async def skim(self, ids: Iterable[int]) -> tuple[Article, ...]:
        """Return the articles as `load` does, without their sentences and figures."""
        return tuple(_article(id_, record, _packed_text(text)[0]) for id_, record, text in await self._texts(ids))

    async def _texts(self, ids: Iterable[int]) -> list[tuple[int, bytes, bytes | None]]:
        wanted = tuple(ids)
        keys = [f"{kind}:{id_}" for kind in ("art", "txt") for id_ in wanted]
        found = await self._link.call("MGET", *keys) if keys else []
        rows = zip(wanted, found[: len(wanted)], found[len(wanted) :], strict=True)
        return [(id_, record, text) for id_, record, text in rows if record]

    async def heads(self, ids: Iterable[int]) -> tuple[Article, ...]:
        """Return the articles that are still kept, in the order asked for, without their texts."""
        records = await self._records(wanted := tuple(ids))
        return tuple(_article(id_, record, "") for id_, record in zip(wanted, records, strict=True) if record)

    async def _records(self, ids: Sequence[int]) -> Sequence[Any]:
        found: Sequence[Any] = await self._link.call("MGET", *(f"art:{id_}" for id_ in ids)) if ids else []
        return found

    async def find_url(self, url: str) -> int | None:
        """Return the article filed under this canonical URL in the last 35 days."""
        return await self._link.run("url_find", _places([url])) or None

    async def candidates(self, fingerprint: Fingerprint) -> Candidates:
        """Return the stories that share a posted term or band, each with its newest members."""
        found = await self._near([fingerprint])
        near = await self._neighbours(found[2:])
        return Candidates(
            {story_id: one.members for story_id, one in near.items()},
            token=f"{found[0]}:{found[1]}",
            born_at={story_id: one.born_at for story_id, one in near.items()},
        )

    async def earlier(self, terms: Sequence[str], published_at: datetime) -> tuple[Earlier, ...]:
        """Return the stories of years that share most of these terms, most first."""
        found = await self._link.run("earlier", stamp(published_at), _places(terms), SHARED_TERMS)
        return tuple(_earlier(terms, *found[at : at + 4]) for at in range(0, len(found), 4))

    async def neighbours(self, members: Sequence[Member]) -> dict[int, Neighbour]:
        """Return the stories that may be told by one of the newest members, likeliest first."""
        newest = [member.fingerprint for member in members[-MOST_MEMBERS:]]
        return await self._neighbours((await self._near(newest, SETTLED_TERMS, SETTLED_MEMBERS))[2:])

    async def _near(
        self, prints: Sequence[Fingerprint], terms: int = POSTED_TERMS, most: int = MOST_MEMBERS
    ) -> Any:
        lookups = chain.from_iterable(_lookup(fingerprint, terms) for fingerprint in prints)
        return await self._link.run("candidates", MOST_STORIES, most, *lookups)

    async def _neighbours(self, found: Sequence[Any]) -> dict[int, Neighbour]:
        ids = [unpack_ids(packed) for packed in found[3::4]]
        known = {member.article_id: member for member in await self.members(chain.from_iterable(ids))}
        return {
            story_id: Neighbour(tuple(known[id_] for id_ in shown if id_ in known), moment(born_at), version)
            for story_id, version, born_at, shown in zip(found[::4], found[1::4], found[2::4], ids, strict=True)
        }

    async def newest(self, story: Story) -> tuple[Member, ...]:
        """Return the story's newest members, as many as are settled."""
        return await self.members(story.article_ids[-SETTLED_MEMBERS:])

    async def members(self, ids: Iterable[int]) -> tuple[Member, ...]:
        """Return the articles that are still kept as dedupe sees them; those at hand are not asked for."""
        found = {id_: self._known.get(id_) for id_ in ids}
        missing = [id_ for id_, member in found.items() if member is None]
        for id_, record in zip(missing, await self._records(missing), strict=True):
            if record and (member := _member(id_, record)):
                found[id_] = member
                self._know(member)
        return tuple(filter(None, found.values()))

    def _know(self, member: Member) -> None:
        """Keep a member at hand, for what dedupe sees of an article never changes; the longest kept goes."""
        self._known[member.article_id] = member
        if len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]

    async def moved(self, ids: Sequence[int], why: str) -> tuple[int | bytes, ...]:
        """Return in turn articles, the days and places of their terms, and records that say why they moved."""
        records = await self._records(ids)
        known = {member.article_id: _lookup(member.fingerprint)[:2] for member in await self.members(ids)}
        words = (
            (id_, *known.get(id_, (0, b"")), _moved(record, why)) for id_, record in zip(ids, records, strict=True)
        )
        return tuple(chain.from_iterable(words))

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
        outcome, story_id, article_id = await self._link.run(
            "file",
            claim.member,
            claim.token,
            *token.split(":"),
            decision.story_id,
            decision.copy_group,
            *_written(article, fingerprint, decision),
            pack_observations(observations),
            decision.earlier_id,
            decision.reason if decision.earlier_id else "",
            int(decision.doubtful),
        )
        filed = Filed(outcome.decode(), story_id, article_id)
        if filed.outcome in ("new", "joined"):
            self._know(Member(article_id, decision.copy_group or article_id, fingerprint))
        return filed

    async def reasons(self, ids: Iterable[int]) -> tuple[Reason, ...]:
        """Return why each of the articles that are still kept is where it is."""
        wanted = tuple(ids)
        found = await self._records(wanted)
        return tuple(_reason(id_, record) for id_, record in zip(wanted, found, strict=True) if record)

    async def drop(self, claim: Claim, why: str = "", pending: Pending | None = None) -> bool:
        """Give the claimed entry up and remember why, unless it is gone already; False if it is no longer ours."""
        dropped: tuple[int | bytes, ...] = ()
        if pending:
            entry = pending.entry
            dropped = (MOST_DROPS, pack(Drop(entry.link, entry.title, why, pending.retrieved_at)))
        return bool(await self._link.run("drop_entry", claim.member, claim.token, *dropped))

    async def drops(self) -> tuple[Drop, ...]:
        """Return the entries that were given up, newest first; the last thousand are kept."""
        found = await self._link.call("LRANGE", "drops", 0, -1)
        return tuple(unpack(Drop, data) for data in found)


@lru_cache(maxsize=1 << 10)
def _lookup(one: Fingerprint, terms: int = POSTED_TERMS) -> tuple[int, bytes, bytes]:
    """The day of an article, and the places of its terms and of its bands."""
    day = int(one.published_at.timestamp() // 86400)
    return day, _places(list(one.terms)[:terms]), _places(one.bands)


def _places(texts: Iterable[str]) -> bytes:
    """Return of each text its bucket, what divides that further, and its field there; an empty one has none."""
    return b"".join(_place(text) for text in texts if text)


@lru_cache(maxsize=1 << 14)
def _place(text: str) -> bytes:
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=6).digest()
    return PLACE.pack(int.from_bytes(digest[:2]) % BUCKETS, digest[2] % FINER, digest[2:])


def unpack_ids(packed: bytes) -> tuple[int, ...]:
    """Return the ids that a script packed, four bytes each."""
    return struct.unpack(f">{len(packed) // 4}I", packed)


# ---------------------------------------------------------------- records: head, what does not compress, the rest


def _read(record: bytes) -> tuple[bytes, list[Any]]:
    """Return what does not compress, and the facts, which do."""
    start = HEAD.size + STIFF.size
    end = start + STIFF.unpack_from(record, HEAD.size)[0]
    return record[start:end], unpack(list[Any], inflated(record[end:]))


def _written(article: Article, fingerprint: Fingerprint, decision: Decision) -> tuple[object, ...]:
    """An article as the script takes it: its record, text and title, its time, and what it is looked up by."""
    day, terms, bands = _lookup(fingerprint)
    record = _record(article, fingerprint, decision.reason)
    by = (day, _places([fingerprint.url]), terms, bands)
    return (record, _text(article), article.title, stamp(article.published_at), *by)


def _record(article: Article, fingerprint: Fingerprint, reason: str) -> bytes:
    stiff, soft = packing.pack(fingerprint)
    facts = (
        article.url,
        article.title,
        article.outlet,
        stamp(article.published_at),
        stamp(article.retrieved_at),
        article.feed_id,
        article.language,
        reason,
        soft,
        fingerprint.url if fingerprint.url != article.url else "",
        stamp(fingerprint.published_at) if fingerprint.published_at != article.published_at else 0,
    )
    return STIFF.pack(len(stiff)) + stiff + deflated(pack_plain(facts))


def _member(article_id: int, record: bytes) -> Member | None:
    """The article as dedupe sees it; None if its words were numbered by another release."""
    stiff, facts = _read(record)
    soft, url, published = facts[8:]
    fingerprint = packing.unpack(stiff, soft, url or facts[0], moment(published or facts[3]))
    return Member(article_id, HEAD.unpack_from(record)[1], fingerprint) if fingerprint else None


def _moved(record: bytes | None, why: str) -> bytes:
    """The record without its head, with another reason."""
    if not record:
        return b""
    stiff, facts = _read(record)
    facts[7] = why
    return STIFF.pack(len(stiff)) + stiff + deflated(pack_plain(facts))


def _earlier(asked: Sequence[str], story_id: int, shared: bytes, first: bytes, last: bytes) -> Earlier:
    words = tuple(asked[place] for place in shared)
    return Earlier(story_id, words, moment(first) if first else None, moment(last) if last else None)


def _reason(article_id: int, record: bytes) -> Reason:
    _, title, outlet, _, retrieved, _, _, text = _read(record)[1][:8]
    return Reason(text, moment(retrieved), article_id, title, outlet)


def _article(
    article_id: int,
    record: bytes,
    body: str,
    sentences: tuple[Sentence, ...] = (),
    figures: tuple[Figure, ...] = (),
) -> Article:
    story_id, group, _ = HEAD.unpack_from(record)
    url, title, outlet, published, retrieved, feed_id, language = _read(record)[1][:7]
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
    return compressed(pack_plain((article.text, sentences, plain(article.figures))))


def _packed_text(data: bytes | None) -> list[Any]:
    return unpack(list[Any], zlib.decompress(data)) if data else ["", (), ()]


def _read_text(data: bytes | None) -> tuple[str, tuple[Sentence, ...], tuple[Figure, ...]]:
    text, sentences, figures = _packed_text(data)
    return (
        text,
        tuple(Sentence(start, end, text[start:end], KINDS[kind]) for start, end, kind in sentences),
        read_figures(figures),
    )
