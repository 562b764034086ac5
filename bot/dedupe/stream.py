"""A stream of articles grouped in memory, in one pass, by the very functions that filing calls."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from typing import TypedDict

from bot.dedupe.decide import MERGE, decide, merge_score
from bot.dedupe.fingerprint import fingerprint
from bot.model import Candidates, Fingerprint, Member

POSTED_TERMS = 8
POSTINGS_CAP = 48
UNDATED = datetime(1, 1, 1, tzinfo=UTC)


class Grouped(TypedDict):
    """Where one article of a stream ended up."""

    id: str
    story: int
    copy_group: int


def postings(fp: Fingerprint) -> tuple[str, ...]:
    """Return the words under which an article is posted and looked up: its telling terms, and its bands."""
    return (*list(fp.terms)[:POSTED_TERMS], *fp.bands)


@dataclass(slots=True)
class Shelf:
    """Stories in memory with their postings: what the store keeps, for one stream."""

    posted: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=POSTINGS_CAP)))
    stories: dict[int, list[Member]] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    by_url: dict[str, Member] = field(default_factory=dict)
    home: dict[int, int] = field(default_factory=dict)
    filed: int = 0

    def candidates(self, fp: Fingerprint) -> Candidates:
        """Return the stories that share a posting with an article."""
        found = {self.story_of(article) for key in postings(fp) for article in self.posted.get(key, ())}
        known = self.by_url.get(fp.url) if fp.url else None
        return Candidates(
            {story_id: tuple(self.stories[story_id]) for story_id in found},
            url_article_id=known.article_id if known else 0,
        )

    def story_of(self, article_id: int) -> int:
        """Return the story an article is in by now."""
        story_id = self.home[article_id]
        while story_id in self.moved:
            story_id = self.moved[story_id]
        return story_id

    def file(self, fp: Fingerprint, story_id: int, copy_group: int) -> Member:
        """Add an article to a story (0: a new one) and return it as a member."""
        self.filed += 1
        member = Member(self.filed, copy_group or self.filed, fp)
        self.home[self.filed] = story_id or self.filed
        self.stories.setdefault(story_id or self.filed, []).append(member)
        for key in postings(fp):
            self.posted[key].append(self.filed)
        if fp.url:
            self.by_url.setdefault(fp.url, member)
        return member

    def neighbours(self) -> set[tuple[int, int]]:
        """Return the pairs of stories that share a posting, the older one first."""
        pairs = set[tuple[int, int]]()
        for articles in self.posted.values():
            stories = sorted({self.story_of(article) for article in articles})
            pairs.update(combinations(stories, 2))
        return pairs

    def merge_score(self, older: int, younger: int) -> float:
        """Return how well two stories fit together."""
        return merge_score(self.stories[older], self.stories[younger])

    def merge(self, older: int, younger: int) -> None:
        """Put the younger story into the older one."""
        self.moved[younger] = older
        both = self.stories[older] + self.stories.pop(younger)
        self.stories[older] = sorted(both, key=lambda member: member.article_id)


def group(stream: Iterable[Mapping[str, object]]) -> tuple[Grouped, ...]:
    """Return story and copy group of each `{id, title, text, source, url, ts}`, in the order of the stream.

    `ts` is a Unix time; it, `url` and `source` may be null. Stories and copy groups are numbered from 1.
    """
    shelf = Shelf()
    members = [(str(row["id"]), _file(shelf, row)) for row in stream]
    for older, younger in merges(shelf):
        shelf.merge(older, younger)
    return tuple(
        Grouped(id=name, story=shelf.story_of(member.article_id), copy_group=member.copy_group)
        for name, member in members
    )


def _file(shelf: Shelf, row: Mapping[str, object]) -> Member:
    stamp = row.get("ts")
    at = datetime.fromtimestamp(float(stamp), UTC) if isinstance(stamp, int | float) else UNDATED
    fp = fingerprint(str(row.get("url") or ""), str(row.get("title") or ""), str(row.get("text") or ""), at)
    candidates = shelf.candidates(fp)
    if candidates.url_article_id:
        known = shelf.by_url[fp.url]
        return shelf.file(fp, shelf.story_of(known.article_id), known.copy_group)
    decision = decide(fp, candidates)
    return shelf.file(fp, decision.story_id, decision.copy_group)


def merges(shelf: Shelf) -> Iterator[tuple[int, int]]:
    """Yield pairs of stories that are one, best first; the caller merges each before it asks on."""
    neighbours = shelf.neighbours()
    scores = {pair: shelf.merge_score(*pair) for pair in sorted(neighbours)}
    while scores:
        older, younger = max(scores, key=lambda pair: (scores[pair], -pair[0], -pair[1]))
        if scores[older, younger] < MERGE:
            return
        yield older, younger
        touched = [pair for pair in scores if younger in pair or older in pair]
        for pair in touched:
            del scores[pair]
        others = {story_id for pair in touched for story_id in pair} - {older, younger}
        scores |= {
            pair: shelf.merge_score(*pair) for pair in sorted((min(older, one), max(older, one)) for one in others)
        }
