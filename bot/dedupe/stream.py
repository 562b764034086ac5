"""A stream of articles grouped in memory, in one pass, by the very functions that filing calls."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heappop, heappush
from typing import TypedDict

from bot.dedupe.decide import MERGE, decide, merge_score, same_story
from bot.dedupe.fingerprint import fingerprint
from bot.dedupe.score import is_dated
from bot.errors import UsageError
from bot.model import Candidates, Fingerprint, Member

POSTED_TERMS = 8
POSTINGS_CAP = 48
COMPARED_STORIES = 24
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
        shared = Counter(
            story_id
            for key in postings(fp)
            for story_id in {self.story_of(article) for article in self.posted.get(key, ())}
        )
        found = sorted(shared, key=lambda story_id: (-shared[story_id], -story_id))[:COMPARED_STORIES]
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

    def neighbours(self) -> dict[int, set[int]]:
        """Return, for each story, the stories that share a posting with it."""
        found: dict[int, set[int]] = defaultdict(set)
        for articles in self.posted.values():
            stories = {self.story_of(article) for article in articles}
            for story_id in stories:
                found[story_id] |= stories - {story_id}
        return found

    def merge(self, one: int, other: int) -> int:
        """Put the younger of two stories into the older one, whose id is returned."""
        older, younger = sorted((one, other))
        self.moved[younger] = older
        both = self.stories[older] + self.stories.pop(younger)
        self.stories[older] = sorted(both, key=lambda member: member.article_id)
        return older


def group(stream: Iterable[Mapping[str, object]]) -> tuple[Grouped, ...]:
    """Return story and copy group of each `{id, title, text, source, url, ts}`, in the order of the stream.

    `ts`, as `moment` reads it, `url` and `source` may be null. Stories and copy groups are numbered from 1.
    """
    shelf = Shelf()
    members = [(str(row["id"]), _file(shelf, row)) for row in stream]
    settle(shelf)
    return tuple(
        Grouped(id=name, story=shelf.story_of(member.article_id), copy_group=member.copy_group)
        for name, member in members
    )


def moment(stamp: object) -> datetime:
    """Return the moment that a Unix time or an ISO 8601 text names, one without a zone in UTC; None is undated.

    Raises UsageError for anything else: an article that is silently undated would be open to every story.
    """
    if stamp is None:
        return UNDATED
    try:
        at = _moment(stamp)
    except (ValueError, OverflowError, OSError):
        at = UNDATED
    if not is_dated(at):
        raise UsageError("“ts” is neither a Unix time in seconds nor a moment such as 2026-02-03T08:00:00Z.")
    return at


def _moment(stamp: object) -> datetime:
    if isinstance(stamp, int | float) and not isinstance(stamp, bool):
        return datetime.fromtimestamp(float(stamp), UTC)
    at = datetime.fromisoformat(stamp) if isinstance(stamp, str) else UNDATED
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _file(shelf: Shelf, row: Mapping[str, object]) -> Member:
    at = moment(row.get("ts"))
    fp = fingerprint(str(row.get("url") or ""), str(row.get("title") or ""), str(row.get("text") or ""), at)
    candidates = shelf.candidates(fp)
    if candidates.url_article_id:
        known = shelf.by_url[fp.url]
        return shelf.file(fp, shelf.story_of(known.article_id), known.copy_group)
    decision = decide(fp, candidates)
    return shelf.file(fp, decision.story_id, decision.copy_group)


def settle(shelf: Shelf) -> None:
    """Merge the stories that turn out to be one now that all is known, best first."""
    neighbours = shelf.neighbours()
    queue: list[tuple[float, int, int, int]] = []
    told = _once_for_each_two()

    def consider(one: int, other: int) -> None:
        score = merge_score(shelf.stories[one], shelf.stories[other], told)
        if score >= MERGE:
            older, younger = min(one, other), max(one, other)
            heappush(queue, (-score, older, younger, _articles(shelf, one, other)))

    for story_id in sorted(neighbours):
        for other in sorted(one for one in neighbours[story_id] if one > story_id):
            consider(story_id, other)
    while queue:
        _, one, other, articles = heappop(queue)
        if not {one, other} <= shelf.stories.keys() or _articles(shelf, one, other) != articles:
            continue
        older = shelf.merge(one, other)
        around = (neighbours.pop(one) | neighbours.pop(other)) - {one, other}
        neighbours[older] = {story_id for story_id in around if story_id in shelf.stories}
        for story_id in sorted(neighbours[older]):
            neighbours[story_id] = neighbours[story_id] - {one, other} | {older}
            consider(older, story_id)


def _once_for_each_two() -> Callable[[Member, Member], float]:
    """The score of two members, remembered: as stories grow it is asked for again and again."""
    known: dict[tuple[int, int], float] = {}

    def told(first: Member, second: Member) -> float:
        pair = (first.article_id, second.article_id)
        if pair not in known:
            known[pair] = known[pair[::-1]] = same_story(first, second)
        return known[pair]

    return told


def _articles(shelf: Shelf, one: int, other: int) -> int:
    """How many articles two stories hold together: by this a score from before a merge is known to be stale."""
    return len(shelf.stories[one]) + len(shelf.stories[other])
