"""Which articles tell one story, looked at again: in whatever order they came, they end in the same stories.

Stories that touch are taken apart and put together anew by average linkage (Sokal and Michener 1958): the two that
fit best become one, while any two fit. What was filed first has no say in it; of equals, what was published first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import chain, combinations
from typing import TypeVar

from bot.dedupe.decide import MERGE, merge_score, same_story
from bot.dedupe.score import STRANGERS_COSINE, most_cosine
from bot.model import Member

MOST_SINGLE = 24
"""Older copy groups of a story that has more stay together: a long story costs no more than others."""

MOST_UNITS = 160
MOST_UNITS_NEAR = 48
"""So many copy groups are told apart at once, for it costs their square; fewer where one story is settled alone.
In the stories that have most the older ones stay together, so far as need be."""

MANY_PAIRS = 16
"""From so many on, what all of them have in common at most costs less than the pairs."""

ONE_PAIR = 0.05
"""A pair that stands alone counts for so much less than one of many: scores end at 3, and an article that two
stories fit as well belongs to the one that more articles tell."""

TOUCHING_MEMBERS = 6
"""So many newest articles show whether two stories touch as well as all that are compared then."""

MAY_TOUCH = -1.0
"""Two articles that fit worse alone hardly ever belong together in company."""

MOST_REMEMBERED = 100_000
"""So many scores of two articles, some 10 MB, are remembered; then it begins anew."""

MOST_FITS = 20_000
"""So many fits of two clusters, some 10 MB, likewise."""

Stories = Mapping[int, Sequence[Member]]
Links = Mapping[int, Collection[int]]
Unit = tuple[Member, ...]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Step:
    """Articles that belong into another story than theirs, or into one of their own (`to` is 0).

    `fits` is how well they fit there, `fitted` how well where they are; `whole` says that they are all of a story.
    """

    articles: tuple[int, ...]
    story_id: int
    to: int
    fits: float
    fitted: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Told:
    """How likely two articles tell one story, and how well two clusters fit, each worked out once.

    As stories grow both are asked for again and again, and for each neighbour that settles.
    """

    score: Callable[[Member, Member], float] = same_story
    scores: dict[tuple[int, int], float] = field(default_factory=dict)
    fits: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = field(default_factory=dict)

    def __call__(self, first: Member, second: Member) -> float:
        """Return the log-odds that two members tell one story."""
        one, other = first.article_id, second.article_id
        pair = (one, other) if one < other else (other, one)
        score = self.scores.get(pair)
        return _remember(self.scores, MOST_REMEMBERED, pair, self.score(first, second)) if score is None else score

    def fit(self, one: Sequence[Member], other: Sequence[Member]) -> float:
        """Return how well two clusters fit; of those that fit alike, better where more articles say so."""
        both = tuple([member.article_id for member in one]), tuple([member.article_id for member in other])
        fit = self.fits.get(both)
        return _remember(self.fits, MOST_FITS, both, _fit(one, other, self)) if fit is None else fit


def _remember(known: dict[Key, float], most: int, key: Key, value: float) -> float:
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value


def _fit(one: Sequence[Member], other: Sequence[Member], told: Told) -> float:
    mean, pairs = merge_score(one, other, told), len(one) * len(other)
    return mean * pairs / (pairs + ONE_PAIR) if mean > 0 else mean


def touch(one: Sequence[Member], other: Sequence[Member], told: Told, least: float = MERGE) -> bool:
    """Return whether one of the newest articles of a story fits one of the other well enough to belong there."""
    mine, theirs = one[-TOUCHING_MEMBERS:], other[-TOUCHING_MEMBERS:]
    if len(mine) * len(theirs) >= MANY_PAIRS and _are_all_strangers(mine, theirs):
        return False
    return any(told(first, second) >= least for first in mine for second in theirs)


def _are_all_strangers(some: Sequence[Member], others: Sequence[Member]) -> bool:
    """Whether no pair can have enough in common for a closer look."""
    prints, other_prints = ([member.fingerprint for member in story] for story in (some, others))
    return most_cosine(prints, other_prints) < STRANGERS_COSINE


def touching(
    members: Sequence[Member], others: Stories, told: Told, least: float = MERGE
) -> dict[int, Sequence[Member]]:
    """Return those of the other stories that touch these members."""
    return {one: theirs for one, theirs in others.items() if touch(members, theirs, told, least)}


def hang_together(members: Sequence[Member], told: Told) -> bool:
    """Return whether any two of the articles fit: nothing takes such a story apart."""
    return all(told(first, second) >= 0 for first, second in combinations(members, 2))


def regroup(
    stories: Stories, links: Links, told: Told, kept: Collection[int] = (), most: int = MOST_UNITS
) -> tuple[Unit, ...]:
    """Return the members of stories as stories made anew; those `kept` are only put together, not taken apart.

    `links` names, for each story, those that touch it: only their articles are compared. At most `most` copy
    groups, or one of each story, are told apart.
    """
    clusters = dict(enumerate(sorted(_units(stories, kept, most), key=_age)))
    home = {member.article_id: story_id for story_id, members in stories.items() for member in members}
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in combinations(clusters, 2):
        first, second = home[clusters[one][0].article_id], home[clusters[other][0].article_id]
        if (first == second or second in links[first]) and touch(clusters[one], clusters[other], told):
            near[one].add(other)
            near[other].add(one)
    _put_together(clusters, near, told)
    return tuple(clusters.values())


def _put_together(clusters: dict[int, Unit], near: dict[int, set[int]], told: Told) -> None:
    """Make one of the two clusters that fit best, as long as two near each other fit."""

    def scored(one: int, other: int) -> tuple[float, int, int]:
        return -told.fit(clusters[one], clusters[other]), one, other

    queue = [scored(one, other) for one in near for other in near[one] if one < other]
    heapify(queue)
    while queue and -queue[0][0] >= MERGE:
        _, one, other = heappop(queue)
        if one in clusters and other in clusters:
            both = max(clusters) + 1
            clusters[both] = _in_order((*clusters.pop(one), *clusters.pop(other)))
            near[both] = (near[one] | near[other]) & clusters.keys()
            for third in near[both]:
                near[third].add(both)
                heappush(queue, scored(third, both))


def _units(stories: Stories, kept: Collection[int], most: int) -> Iterator[Unit]:
    """The copy groups of stories; those of one that is kept together, and old ones of a long one, as one."""
    groups = {story_id: _copy_groups(members) for story_id, members in stories.items()}
    single = _most_single([len(units) for units in groups.values()], most)
    for story_id, units in groups.items():
        old = units if story_id in kept else units[:-single]
        yield from ([_in_order(chain.from_iterable(old))] if old else [])
        yield from units[len(old) :]


def _copy_groups(members: Iterable[Member]) -> list[Unit]:
    groups: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        groups[member.copy_group].append(member)
    return sorted(map(_in_order, groups.values()), key=_age)


def _most_single(counts: Sequence[int], most: int) -> int:
    """How many copy groups of each story are told apart, where stories have so many."""
    fitting = (one for one in range(MOST_SINGLE, 1, -1) if sum(min(count, one + 1) for count in counts) <= most)
    return next(fitting, 1)


def _in_order(members: Iterable[Member]) -> Unit:
    return tuple(sorted(members, key=lambda member: _age((member,))))


def _age(unit: Sequence[Member]) -> tuple[object, ...]:
    """What orders articles alike in every process, in whatever order they came."""
    oldest = unit[0].fingerprint
    return oldest.published_at, oldest.signature, oldest.url, oldest.body_hash


def steps(
    stories: Stories, centre: int, told: Told, least: float = MERGE, kept: Collection[int] = ()
) -> list[Step]:
    """Return what brings the story `centre` nearer to its place among those that touch it, what gains most first.

    Soon (`least` is JOIN) articles only go where they clearly belong, and leave where they clearly do not; late,
    wherever the regrouped stories are.
    """
    others = {one: members for one, members in stories.items() if one != centre}
    stories = {centre: stories[centre], **touching(stories[centre], others, told)}
    links = {one: [other for other in stories if other != one] for one in stories}
    found = (
        _step(stories[story_id], story_id, to, cluster, told)
        for to, cluster in _named(stories, regroup(stories, links, told, kept, MOST_UNITS_NEAR))
        for story_id in stories
        if centre in (story_id, to) and story_id != to and _ids(stories[story_id]) & _ids(cluster)
    )
    due = (step for step in found if _is_due(step, least))
    return sorted(due, key=lambda step: (step.fitted - step.fits, step.articles))


def _named(stories: Stories, clusters: Iterable[Unit]) -> Iterator[tuple[int, Unit]]:
    """Each cluster with the story that goes on as it: the one with most of its articles there; 0 for a new one."""
    home = {member.article_id: story_id for story_id, members in stories.items() for member in members}
    shares = {
        (count, -story_id, place): cluster
        for place, cluster in enumerate(clusters)
        for story_id, count in Counter(home[member.article_id] for member in cluster).items()
    }
    named: dict[int, int] = {}
    for _, negative_id, place in sorted(shares, reverse=True):
        if place not in named and -negative_id not in named.values():
            named[place] = -negative_id
    places = {place: cluster for (_, _, place), cluster in shares.items()}
    return ((named.get(place, 0), cluster) for place, cluster in places.items())


def _ids(members: Iterable[Member]) -> frozenset[int]:
    return frozenset(member.article_id for member in members)


def _step(members: Sequence[Member], story_id: int, to: int, cluster: Unit, told: Told) -> Step:
    places = _ids(cluster)
    leaving = [member for member in members if member.article_id in places]
    rest = [member for member in members if member.article_id not in places]
    there = [member for member in cluster if member not in leaving]
    fits, fitted = (told.fit(leaving, others) if others else MERGE for others in (there, rest))
    return Step(tuple(member.article_id for member in leaving), story_id, to, fits, fitted, not rest)


def _is_due(step: Step, least: float) -> bool:
    clear = step.fits >= least if step.to else step.fitted <= -least
    return (step.whole or step.fits > step.fitted) and (least == MERGE or clear)
