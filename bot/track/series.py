"""A series over time: agreeing statements become points, others updates, revisions or conflicts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model import Point, Series
from bot.track.statement import Cluster, Statement, sharpness
from summarizer.model import FigureKind, Status

NEWS_AGES = timedelta(hours=36)
CUMULATIVE = frozenset(
    {"killed", "injured", "casualties", "rescued", "evacuated", "displaced", "arrested", "infected", "deported"}
)


def series(statements: Sequence[Statement]) -> Series:
    """Return one series: its points oldest first, and which of them contradict each other."""
    points: list[Point] = []
    conflicts: list[tuple[Point, ...]] = []
    revised = False
    for period, together in sorted(_by_period(statements).items()):
        for rivals, replaced in _moments(_clusters(together), dated=bool(period)):
            made = [_point(cluster, period) for cluster in rivals]
            points.append(made[0])
            revised = revised or replaced
            if len(made) > 1:
                conflicts.append(tuple(made))
    ordered = _with_one_grain(sorted(points, key=lambda point: point.as_of))
    first = statements[0]
    return Series(
        key=first.measure.key,
        label=_label(statements),
        unit=first.observation.figure.unit,
        points=ordered,
        conflicts=tuple(conflicts),
        changes=_computed(ordered, counted_on=first.measure.fate in CUMULATIVE),
        revised=revised,
    )


def _by_period(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Statements by when they held; one without a date goes where its year has a value it agrees with."""
    dated = [statement for statement in statements if statement.period]
    periods: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(dated, key=lambda one: (len(one.period), one.order)):
        periods[_home(statement, periods, statement.period)].append(statement)
    known = {period: list(together) for period, together in periods.items()}
    for statement in statements:
        if not statement.period:
            year = str(statement.observation.published_at.year)
            periods[_home(statement, known, year)].append(statement)
    return periods


def _home(statement: Statement, periods: dict[str, list[Statement]], period: str) -> str:
    """The period, among those known, whose values a statement repeats; else its own."""
    for known, together in sorted(periods.items()):
        within = known.startswith(period) or period.startswith(known)
        if known and within and any(statement.allows.agrees(other.allows) for other in together):
            return known
    return statement.period


def _clusters(together: Sequence[Statement]) -> list[Cluster]:
    """Agreeing statements of one period: exact ones first, then bounds to the best witnessed they fit."""
    clusters: list[list[Statement]] = []
    for statement in sorted(together, key=sharpness):
        fitting = [one for one in clusters if all(statement.allows.agrees(other.allows) for other in one)]
        if fitting:
            max(fitting, key=lambda one: len({other.observation.copy_group for other in one})).append(statement)
        else:
            clusters.append([statement])
    made = [Cluster(tuple(sorted(cluster, key=lambda one: one.order))) for cluster in clusters]
    return sorted(made, key=lambda cluster: cluster.statements[0].order)


def _moments(clusters: Sequence[Cluster], *, dated: bool) -> list[tuple[list[Cluster], bool]]:
    """The values in the order they were given: at each moment those that contradict each other, best witnessed
    first, and whether they revise what was said before."""
    moments: list[tuple[list[Cluster], bool]] = []
    for cluster in clusters:
        relation = _relation(moments[-1][0], cluster, dated=dated) if moments else "update"
        if relation == "conflict":
            moments[-1][0].append(cluster)
        else:
            moments.append(([cluster], relation == "revised"))
    for rivals, _ in moments:
        rivals.sort(key=lambda one: (-one.witnesses, one.statements[0].order))
    return moments


def _relation(before: Sequence[Cluster], now: Cluster, *, dated: bool) -> str:
    """What a value is to those before it: an `update`, a `conflict`, or it says they were `revised`."""
    said = max(before, key=lambda one: (_same_voice(one, now), one.last_at))
    aged = now.first_at - said.last_at >= NEWS_AGES
    rises = now.sharpest.allows.middle > said.sharpest.allows.middle
    cumulative = now.sharpest.measure.fate in CUMULATIVE
    if _same_voice(said, now) or (aged and not dated):
        return "revised" if dated or (cumulative and not rises) else "update"
    if dated or not (cumulative and rises):
        return "conflict"
    return "conflict" if _reckoned_anew(said, now) else "update"


def _same_voice(one: Cluster, other: Cluster) -> bool:
    """Whether the same outlet or the same speaker gave both values; two named speakers are two voices anywhere."""
    if _speakers(one) and _speakers(other):
        return bool(_speakers(one) & _speakers(other))
    outlets = {statement.observation.outlet for statement in one.statements}
    return any(statement.observation.outlet in outlets for statement in other.statements)


def _speakers(cluster: Cluster) -> set[str]:
    sources = (statement.observation.figure.source for statement in cluster.statements)
    return {source.name.casefold() for source in sources if source}


def _reckoned_anew(before: Cluster, now: Cluster) -> bool:
    """Whether a higher value is another reckoning rather than the same count a while later."""
    rivals = bool(_speakers(before) and _speakers(now))
    sharpest = (before.sharpest.observation.figure, now.sharpest.observation.figure)
    firm = all(figure.status is Status.REPORTED and figure.bound != "~" for figure in sharpest)
    if rivals:
        return not firm or now.sharpest.allows.middle > 2 * before.sharpest.allows.middle
    return not firm and before.first_at.date() == now.first_at.date()


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
    finer = [point for point in points if len(point.as_of) > 4]
    years = {point.as_of for point in points} - {point.as_of for point in finer}
    if len(finer) != 1 or not years or finer[0].as_of[:4] in years or "/" in finer[0].as_of:
        return tuple(points)
    return tuple(replace(point, as_of=point.as_of[:4]) for point in points)


def _label(statements: Sequence[Statement]) -> str:
    """What most witnesses call it; of equals, what was said first."""
    heard: dict[str, set[int]] = defaultdict(set)
    for statement in statements:
        heard[statement.observation.figure.counted].add(statement.observation.copy_group)
    named = [name for name in heard if name]
    measured = statements[0].measure
    if not named:
        return measured.fate or measured.kind
    return max(named, key=lambda name: len(heard[name]))


def _computed(points: Sequence[Point], *, counted_on: bool) -> tuple[str, ...]:
    """What we computed ourselves: the newest value against the one before and the first."""
    *earlier, newest = points
    bases = [point for point in dict.fromkeys((*earlier[-1:], *earlier[:1])) if point.as_of != newest.as_of]
    return tuple(text for base in bases if (text := _change(base, newest, counted_on=counted_on)))


def _change(base: Point, now: Point, *, counted_on: bool) -> str:
    """A change: of percentages in points, of a toll in numbers, else in percent; empty where one is no number."""
    before, after = base.value, now.value
    if isinstance(before, tuple) or isinstance(after, tuple) or {base.bound, now.bound} != {"="}:
        return ""
    if now.observations[0].figure.kind in (FigureKind.PERCENT, FigureKind.PERCENTAGE_POINT):
        return f"{after - before:+.3g} percentage points on {base.as_of}"
    if counted_on:
        return f"{after - before:+,.0f} on {base.as_of}"
    return f"{100 * (after - before) / before:+.1f} % on {base.as_of}" if before > 0 else ""
