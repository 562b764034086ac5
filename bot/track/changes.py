"""What changed in a ledger between two moments: new figures, updates, revisions, conflicts that arose or ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import takewhile

from bot.model import Change, Observation, Point, Series
from bot.track.label import MINOR
from bot.track.ledger import ledger

Place = tuple[int, tuple[int, int]]
ORDER = ("revised", "conflict", "update", "settled", "new", "earlier", "confirmed")


def changes(seen: Iterable[Observation], since: datetime, heard: bool = False) -> tuple[Change, ...]:
    """Return what articles published after `since` changed, weightiest first, without what is told in passing.

    With `heard`, what counts is when we got them: what came late is news to whoever was briefed before.
    """
    observations = tuple(seen)
    fresh = frozenset(one for one in observations if ((heard and one.retrieved_at) or one.published_at) > since)
    before = ledger(one for one in observations if one not in fresh)
    found = [change for now in ledger(observations) if not now.passing for change in _of(now, before, fresh)]
    return tuple(sorted(found, key=lambda change: ORDER.index(change.kind)))


def taken_back(told: Series, shown: Sequence[Point], ledger_now: Iterable[Series]) -> tuple[Change, ...]:
    """Return which of the `shown` points of a series that was told its sources took back since, and for what."""
    known = _places(told.points)
    found = []
    for now in ledger_now:
        for point in shown:
            place = next((at for at, one in enumerate(now.points) if _meet(one, point)), len(now.points))
            revising = tuple(takewhile(lambda one: one.revises, now.points[place + 1 :]))
            revising = revising or _put_in_place(point, now)
            if revising and known.isdisjoint(_places(revising[-1:])) and not _say_one_thing(point, revising[-1]):
                found.append(Change("revised", now, revising[-1], point))
    return tuple(found)


def _put_in_place(point: Point, now: Series) -> tuple[Point, ...]:
    """The value that all who told a point tell in its place, where nobody else does."""
    instead = _corrected(now)
    places = _places([point])
    if not places <= instead.keys() or any(_meet(point, one) for one in now.points):
        return ()
    later = {instead[place] for place in places}
    return tuple(one for one in now.points if not later.isdisjoint(_places([one])))[-1:]


def _corrected(now: Series) -> dict[Place, Place]:
    """Where each number stood that its outlet took back, and where the one stands that it put in its place."""
    return {_place(old): _place(instead) for old, instead in now.corrected}


def _place(seen: Observation) -> Place:
    return seen.article_id, seen.figure.span


def _of(now: Series, ledger_before: Sequence[Series], fresh: frozenset[Observation]) -> Iterable[Change]:
    places = _places(now.points) | _places(point for group in now.conflicts for point in group)
    places |= _corrected(now).keys()
    known = [series for series in ledger_before if not places.isdisjoint(_places(series.points))]
    if not known:
        yield Change("new", now, now.points[-1])
        yield from _disputed(known, now)
        return
    newest = now.points[-1]
    before = max(
        known, key=lambda series: (any(_meet(point, newest) for point in series.points), series.points[-1].as_of)
    )
    yield from _moved(before, now)
    yield from _disputed(known, now)
    yield from _filled_in(known, now, fresh)


def _moved(before: Series, now: Series) -> Iterable[Change]:
    """The newest value, where it is another one than before, or one more witness tells it.

    A value that takes back one which nobody knew yet is an update to those.
    """
    newest = now.points[-1]
    then = next((point for point in before.points if _meet(point, newest)), before.points[-1])
    if not _meet(then, newest) and not _say_one_thing(then, newest):
        missed = newest.revises and not _say_one_thing(then, now.points[-2])
        corrected = _places([then]) <= _corrected(now).keys()
        revised = corrected or (now.revised and not before.revised and not missed)
        yield Change("revised" if revised else "update", now, newest, then)
    elif newest.witnesses > then.witnesses and newest.observations[0].figure.kind not in MINOR:
        yield Change("confirmed", now, newest, then)


def _disputed(known: Sequence[Series], now: Series) -> Iterable[Change]:
    """Conflicts that nobody knew of, and those that the newest value has left behind."""
    groups = [group for series in known for group in series.conflicts]
    for group in now.conflicts:
        if not any(_accounts(group) <= _accounts(other) for other in groups):
            yield Change("conflict", now, group[0], accounts=group)
    open_before = [
        group for group in groups if any(_meet(point, series.points[-1]) for series in known for point in group)
    ]
    still_open = any(_meet(point, now.points[-1]) for group in now.conflicts for point in group)
    if open_before and not still_open:
        yield Change("settled", now, now.points[-1], accounts=open_before[-1])


def _filled_in(known: Sequence[Series], now: Series, fresh: frozenset[Observation]) -> Iterable[Change]:
    """Values of times before the newest known one that only new articles give."""
    newest = max(series.points[-1].as_of for series in known)
    values = {(point.as_of, point.value) for series in known for point in series.points}
    for point in now.points[:-1]:
        if (
            fresh.issuperset(point.observations)
            and point.as_of < newest
            and (point.as_of, point.value) not in values
        ):
            yield Change("earlier", now, point)


def _places(points: Iterable[Point]) -> set[Place]:
    return {_place(seen) for point in points for seen in point.observations}


def _meet(one: Point, other: Point) -> bool:
    """Whether two points hold a statement in common."""
    return not _places([one]).isdisjoint(_places([other]))


def _say_one_thing(one: Point, other: Point) -> bool:
    return (one.value, one.bound) == (other.value, other.bound)


def _accounts(group: Sequence[Point]) -> set[float | tuple[float, float]]:
    return {point.value for point in group}
