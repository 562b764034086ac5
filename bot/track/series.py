"""A series over time: agreeing statements become points, others updates, revisions or conflicts."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from bot.model import Point, Series, independent
from bot.track.computed import computed
from bot.track.conflict import moments
from bot.track.corroboration import Cluster, clusters
from bot.track.label import are_claims, is_in_passing, label
from bot.track.period import by_period
from bot.track.standing import corrections, standing
from bot.track.statement import DAY, EARLIER, Statement
from summarizer.model import FigureKind

_UNNAMED = frozenset(FigureKind) - {FigureKind.SCORE, FigureKind.VOTE}
"""Labels of what the text does not name: a row of them tells nobody anything."""


def series(statements: Sequence[Statement]) -> Series:
    """Return one series: its points oldest first, and which of them contradict each other."""
    put_right = corrections(statements)
    points, conflicts = _told(standing(statements, put_right))
    first, called = statements[0], label(statements)
    told = _told_before(sorted(points, key=lambda point: (point.as_of != EARLIER, point.as_of)))
    ordered = _with_one_grain(told)
    if first.measure.counts_on:
        ordered = _with_falls(ordered)
    return Series(
        key=first.measure.key,
        label=called,
        unit=first.observation.figure.unit,
        points=ordered,
        conflicts=tuple(_as_dated(ordered, group) for group in conflicts),
        changes=() if first.measure.basis == "delta" else computed(ordered, counted_on=first.measure.counts_on),
        revised=any(point.revises for point in ordered),
        claims=any(are_claims([point.observations[0] for point in group]) for group in conflicts),
        corrected=tuple(one.told for one in put_right),
        passing=not (conflicts or put_right) and (called in _UNNAMED or is_in_passing(ordered, called)),
    )


def _told(statements: Sequence[Statement]) -> tuple[list[Point], list[tuple[Point, ...]]]:
    """The points of all periods, and those that contradict each other."""
    points: list[Point] = []
    conflicts: list[tuple[Point, ...]] = []
    for period, together in sorted(by_period(statements).items()):
        for moment in moments(clusters(together), dated=bool(period)):
            points.append(replace(_point(moment.told, period), revises=moment.revises))
            if moment.disputed_by:
                conflicts.append((points[-1], *(_point(other, period) for other in moment.disputed_by)))
    return points, conflicts


def _as_dated(points: Sequence[Point], group: Sequence[Point]) -> tuple[Point, ...]:
    """A conflict's points with no more than years where those of its series have no more."""
    if any(len(point.as_of) > len("2025") for point in points):
        return tuple(group)
    return tuple(replace(point, as_of=point.as_of[: len("2025")]) for point in group)


def _told_before(points: Sequence[Point]) -> Sequence[Point]:
    """Points without a "before" whose value somebody had told in its time; that one is then told once more."""
    if points[0].as_of != EARLIER:
        return points
    before, *later = points
    known = next((point for point in later[:-1] if point.value == before.value), None)
    if known is None:
        return points
    observations = (*known.observations, *before.observations)
    again = replace(known, observations=observations, witnesses=independent(observations))
    return [again if point is known else point for point in later]


def _with_falls(points: Sequence[Point]) -> tuple[Point, ...]:
    """Points of a count that only grows: what is lower as of a later day revises it."""
    days = [point for point in points if len(point.as_of) == DAY and point.bound == "="]
    fallen = [now for before, now in itertools.pairwise(days) if _end(now) < _end(before)]
    return tuple(replace(point, revises=True) if point in fallen else point for point in points)


def _end(point: Point) -> float:
    return point.value[1] if isinstance(point.value, tuple) else point.value


def _point(cluster: Cluster, period: str) -> Point:
    sharpest = cluster.sharpest
    rest = (statement for statement in cluster.statements if statement is not sharpest)
    return Point(
        value=sharpest.observation.figure.value,
        bound=sharpest.observation.figure.bound,
        as_of=period or cluster.first_at.date().isoformat(),
        observations=tuple(statement.observation for statement in (sharpest, *rest)),
        witnesses=cluster.witnesses,
    )


def _with_one_grain(points: Sequence[Point]) -> tuple[Point, ...]:
    """Points of years, with the one that has a day cut to its year: a deadline beside the years before it."""
    dates = {point.as_of for point in points}
    finer = [as_of for as_of in dates if len(as_of) > len("2025") and as_of != EARLIER]
    years = dates.difference(finer, [EARLIER])
    if len(finer) != 1 or not years or finer[0][: len("2025")] in years or "/" in finer[0]:
        return tuple(points)
    return tuple(
        replace(point, as_of=point.as_of[:4] if point.as_of in finer else point.as_of) for point in points
    )
