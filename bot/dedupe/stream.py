"""A stream of articles grouped in memory by the very functions that filing and settling call."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from typing import TypedDict

from bot.dedupe.company import in_company
from bot.dedupe.decide import decide
from bot.dedupe.fingerprint import fingerprint
from bot.dedupe.regroup import MAY_TOUCH, Stories, Told, regroup, touch
from bot.dedupe.score import is_dated
from bot.errors import UsageError
from bot.model import Candidates, Fingerprint, Member

POSTED_TERMS = 8
SETTLED_TERMS = 12
"""So many terms a story's neighbours are looked up by, for not every article puts the same ones first."""

POSTINGS_CAP = 48
COMPARED_STORIES = 24
SHOWN_MEMBERS = 48
"""An article is held against so many newest ones of a story, and those that share a band, however long it is."""

MOST_TOGETHER = 400
"""So many articles of stories that touch are regrouped at once, however many in a stream are alike."""

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

    posted: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    stories: dict[int, list[Member]] = field(default_factory=dict)
    by_url: dict[str, Member] = field(default_factory=dict)
    home: dict[int, int] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    members: dict[int, Member] = field(default_factory=dict)

    def candidates(self, fp: Fingerprint) -> Candidates:
        """Return the stories that share a posting with an article."""
        posted = (self.posted.get(key, ()) for key in postings(fp))
        shared = Counter(chain.from_iterable(set(map(self.home.__getitem__, articles)) for articles in posted))
        found = sorted(shared, key=lambda story_id: (-shared[story_id], -story_id))[:COMPARED_STORIES]
        known = self.by_url.get(fp.url) if fp.url else None
        sharing = sorted({article for band in fp.bands for article in self.posted.get(band, ())})
        return Candidates(
            {story_id: self._shown(story_id, sharing) for story_id in found},
            url_article_id=known.article_id if known else 0,
            born_at={one: born_at for one in found if is_dated(born_at := self._born_at(one))},
        )

    def _shown(self, story_id: int, sharing: Iterable[int]) -> tuple[Member, ...]:
        """Return the newest of a story's articles, and before them those that share a band."""
        newest = self.stories[story_id][-SHOWN_MEMBERS:]
        older = (one for one in sharing if self.home[one] == story_id and one < newest[0].article_id)
        return (*(self.members[one] for one in older), *newest)

    def _born_at(self, story_id: int) -> datetime:
        return self.stories[story_id][0].fingerprint.published_at

    def story_of(self, article_id: int) -> int:
        """Return the story an article is in by now."""
        return self.home[article_id]

    def file(self, fp: Fingerprint, story_id: int, copy_group: int) -> Member:
        """Add an article to a story (0: a new one) and return it as a member."""
        filed = len(self.members) + 1
        member = self.members[filed] = Member(filed, copy_group or filed, fp)
        self.home[filed] = story_id or filed
        self.stories.setdefault(story_id or filed, []).append(member)
        for key in postings(fp):
            articles = self.posted[key]
            articles.append(filed)
            del articles[:-POSTINGS_CAP]
        if fp.url:
            self.by_url.setdefault(fp.url, member)
        return member

    def neighbours(self) -> dict[int, set[int]]:
        """Return, for each story, those that one of its articles finds, and those of which one finds it."""
        under = {key: {self.home[article] for article in articles} for key, articles in self.posted.items()}
        found: dict[int, set[int]] = defaultdict(set)
        for story_id, members in self.stories.items():
            keys = {key for member in members for key in looked_up(member.fingerprint)}
            for other in set().union(*(under.get(key, ()) for key in keys)) - {story_id}:
                found[story_id].add(other)
                found[other].add(story_id)
        return found

    def around(self, member: Member) -> list[Member]:
        """Return the articles that one finds."""
        found = set().union(*(self.posted.get(key, ()) for key in looked_up(member.fingerprint)))
        return [self.members[article] for article in found]

    def replace(self, stories: Iterable[int], others: Iterable[Iterable[Member]]) -> None:
        """Put other stories of the same articles in the place of some; each is called by its first article."""
        for story_id in stories:
            del self.stories[story_id]
        for members in others:
            filed = sorted(members, key=lambda member: member.article_id)
            self.stories[filed[0].article_id] = filed
            self.home.update((member.article_id, filed[0].article_id) for member in filed)


def looked_up(fp: Fingerprint) -> tuple[str, ...]:
    """Return the words by which settling looks for stories that an article may belong to."""
    return (*list(fp.terms)[:SETTLED_TERMS], *fp.bands)


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
    if decision.doubtful:
        shelf.doubtful.add(decision.story_id)
    return shelf.file(fp, decision.story_id, decision.copy_group)


def settle(shelf: Shelf) -> None:
    """Regroup the stories that touch, and those that an article hardly joined, now that all is known."""
    told = Told(in_company(shelf.around))
    links = _links(shelf, told)
    for touching in _connected(links, shelf.stories):
        shelf.replace(touching, regroup({one: shelf.stories[one] for one in touching}, links, told))


def _links(shelf: Shelf, told: Told) -> dict[int, set[int]]:
    """The stories that are to be regrouped, with those that they touch."""
    links: dict[int, set[int]] = defaultdict(set, {one: set() for one in shelf.doubtful})
    alone = Told()
    for one, others in shelf.neighbours().items():
        for other in others:
            if one < other and _touch(shelf.stories[one], shelf.stories[other], alone, told):
                links[one].add(other)
                links[other].add(one)
    return links


def _touch(one: Sequence[Member], other: Sequence[Member], alone: Told, told: Told) -> bool:
    """Whether two stories touch in company, which is dear to ask: seldom if their articles alone are far apart."""
    return touch(one, other, alone, MAY_TOUCH) and touch(one, other, told)


def _connected(links: Mapping[int, set[int]], stories: Stories) -> Iterator[list[int]]:
    """Yield the stories that are linked, by one another too, together: as many as are regrouped at once."""
    left = set(links)
    for start in sorted(links):
        if start in left:
            left.discard(start)
            yield _reached(start, links, stories, left)


def _reached(start: int, links: Mapping[int, set[int]], stories: Stories, left: set[int]) -> list[int]:
    """Take a story, and those left that lead from it to one another, while they are few enough."""
    reached, room = [start], MOST_TOGETHER - len(stories[start])
    for one in reached:
        for other in sorted(links[one] & left):
            if len(stories[other]) <= room:
                left.discard(other)
                reached.append(other)
                room -= len(stories[other])
    return reached
