"""An article, and what decides where it belongs."""

from dataclasses import dataclass, field
from datetime import datetime

from summarizer.model import Figure, Sentence


@dataclass(frozen=True, slots=True)
class Article:
    """The clean text of one entry. `id` is 0 until it is filed; `published_at` falls back to when we got it."""

    id: int
    url: str
    title: str
    outlet: str
    text: str
    published_at: datetime
    retrieved_at: datetime
    feed_id: int = 0
    language: str = "en"
    story_id: int = 0
    copy_group: int = 0
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What decides whether two articles are copies or tell one story: all that dedupe needs.

    `signature` is a MinHash of word shingles, `bands` its LSH bands, `terms` term -> weight of the text's telling
    words, `entities` its names, `figures` its figures as `value unit`, `body_hash` a hash of the folded text.
    It equals only itself, so that what is worked out from it once can be looked up by it.
    """

    url: str
    title_terms: tuple[str, ...]
    terms: dict[str, float]
    entities: frozenset[str]
    figures: frozenset[str]
    signature: bytes
    bands: tuple[str, ...]
    body_hash: str
    length: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story as dedupe sees it. `copy_group` is the id of the group's first article."""

    article_id: int
    copy_group: int
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class Earlier:
    """A story of the last years that shares an article's telling `words`; without times if it is gone."""

    story_id: int
    words: tuple[str, ...]
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the store found for a fingerprint: stories sharing a posted term or band, each with its newest members.

    `url_article_id` is the article filed under the same canonical URL, 0 if none. `token` tells the commit
    what was known when these were read (I7). `born_at` is when a story's first article was published.
    """

    stories: dict[int, tuple[Member, ...]]
    url_article_id: int = 0
    token: str = ""
    born_at: dict[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Where an article belongs: a story (0: a new one) and a copy group (0: its own); `reason` is for `/why`.

    A new story may take up an earlier one, with which it makes a saga. `doubtful` says that it may not stay there.
    """

    story_id: int
    copy_group: int
    score: float
    reason: str
    earlier_id: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is where it is or, with `article_id` 0, what became of its story."""

    text: str
    at: datetime
    article_id: int = 0
    title: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """An entry that was given up, and why."""

    link: str
    title: str
    text: str
    at: datetime
