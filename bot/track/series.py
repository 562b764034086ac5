"""A series over time: agreeing statements become points, others updates, revisions or conflicts."""

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model import Point, Series
from bot.track.label import are_claims, is_in_passing, label
from bot.track.statement import EARLIER, Cluster, Statement, as_cluster, sharpness
from bot.track.voice import other_voice, same_voice
from summarizer.model import Figure, FigureKind, Status

NEWS_AGES = timedelta(hours=36)
COUNTED_ON = timedelta(hours=12)
"""After so long a higher number is no longer what an earlier "at least" left open: the count went on."""

AT_ONCE = timedelta(hours=4)
"""Two numbers no further apart than this contradict each other, be it of one speaker in two outlets."""

_UNNAMED = frozenset(FigureKind) - {FigureKind.SCORE, FigureKind.VOTE}
"""Labels of what the text does not name: a row of them tells nobody anything."""

_DAY_LENGTH = len("2025-03-31")
_LEVELS = (FigureKind.PERCENT, FigureKind.MEASURE, FigureKind.INDEX, FigureKind.RATE)
"""What goes up and down: another number days later is another level, be it a rounder one."""

_AHEAD = (Status.FORECAST, Status.TARGET)
"""What is to come moves nothing yet: "will rise to 15.50" and "will rise to 16.20" are two accounts."""

_NOW = re.compile(
    r"\b(?:now|so far|by now|no longer|(?:percent|%|per cent) of (?:the )?(?:votes?|ballots?|precincts|returns)"
    r"(?: were| was| had been)? (?:counted|tallied|reporting)"
    r"|final (?:official )?(?:counts?|results?|tally|figures?|tolls?|returns)|official results)\b"
)
_AT_FIRST = re.compile(
    r"\b(?:early|partial|preliminary|provisional|first|initial) (?:official )?(?:counts?|results?|tally|figures?"
    r"|returns|estimates?|reports?)\b"
)


def series(statements: Sequence[Statement]) -> Series:
    """Return one series: its points oldest first, and which of them contradict each other."""
    points, conflicts = _told(_standing(statements))
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
        changes=_computed(ordered, counted_on=first.measure.counts_on),
        revised=any(point.revises for point in ordered),
        claims=any(are_claims([point.observations[0] for point in group]) for group in conflicts),
        passing=not conflicts and (called in _UNNAMED or is_in_passing(ordered)),
    )


def _told(statements: Sequence[Statement]) -> tuple[list[Point], list[tuple[Point, ...]]]:
    """The points of all periods, and those that contradict each other."""
    points: list[Point] = []
    conflicts: list[tuple[Point, ...]] = []
    for period, together in sorted(_by_period(statements).items()):
        moments = _moments(_clusters(together), dated=bool(period))
        disputes = _disputes([rivals for rivals, _ in moments], dated=bool(period))
        for (rivals, replaced), others in zip(moments, disputes, strict=True):
            points.append(replace(_point(rivals[0], period), revises=replaced))
            if others:
                conflicts.append((points[-1], *(_point(cluster, period) for cluster in others)))
    return points, conflicts


def _standing(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements without those that their own outlet put right where others still say the same.

    Where the outlet had not said so before, or nobody else does, what it puts right is a revision for all.
    """
    gone: set[tuple[str, object]] = set()
    for statement in statements:
        if statement.own and statement.period == EARLIER:
            seen = statement.observation
            told = [one.observation for one in statements if one.observation.figure.value == seen.figure.value]
            before = any(one.outlet == seen.outlet and one.article_id != seen.article_id for one in told)
            if before and any(one.outlet != seen.outlet for one in told):
                gone.add((seen.outlet, seen.figure.value))
    outlets = {outlet for outlet, _ in gone}
    return [
        one if one.observation.outlet in outlets else replace(one, own=False)
        for one in statements
        if (one.observation.outlet, one.observation.figure.value) not in gone
    ]


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
    witnesses = len({seen.copy_group for seen in observations})
    again = replace(known, observations=observations, witnesses=witnesses)
    return [again if point is known else point for point in later]


def _with_falls(points: Sequence[Point]) -> tuple[Point, ...]:
    """Points of a count that only grows: what is lower as of a later day revises it."""
    days = [point for point in points if len(point.as_of) == _DAY_LENGTH and point.bound == "="]
    fallen = [now for before, now in itertools.pairwise(days) if _end(now) < _end(before)]
    return tuple(replace(point, revises=True) if point in fallen else point for point in points)


def _end(point: Point) -> float:
    return point.value[1] if isinstance(point.value, tuple) else point.value


def _by_period(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Statements by when they held; one without a date goes where its year has a value it agrees with."""
    dated = [statement for statement in statements if statement.period not in ("", EARLIER)]
    periods: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(dated, key=lambda one: (len(one.period), one.order)):
        periods[_home(statement, periods, statement.period)].append(statement)
    known = {period: list(together) for period, together in periods.items()}
    for statement in statements:
        if statement.period == EARLIER:
            periods[_home(statement, known, "")].append(statement)
        elif not statement.period:
            year = str(statement.observation.published_at.year)
            home = _home(statement, known, year)
            periods[home or _restated(statement, statements, known)].append(statement)
    return periods


def _restated(statement: Statement, group: Sequence[Statement], known: dict[str, list[Statement]]) -> str:
    """The period of the value that a sentence says it revises: "revised jobs added to 185,000 from 228,000"."""
    if not statement.revises:
        return ""
    said = statement.observation.sentence
    old = (one for one in group if one.period == EARLIER and one.observation.sentence == said)
    return next((home for one in old if (home := _home(one, known, "")) != EARLIER), "")


def _home(statement: Statement, periods: dict[str, list[Statement]], period: str) -> str:
    """The period, among those known, whose values a statement repeats; else its own."""
    moved = statement.observation.figure.direction != "" or statement.period == EARLIER
    for known, together in sorted(periods.items()):
        within = known.startswith(period) or period.startswith(known)
        if known and within and any(_is_same(statement, other, exactly=moved) for other in together):
            return known
    return statement.period


def _is_same(one: Statement, other: Statement, *, exactly: bool) -> bool:
    """Whether two statements agree; where a value is said to have moved, the one before may be near it."""
    apart = abs(one.observation.published_at - other.observation.published_at)
    if exactly or apart >= NEWS_AGES:
        return one.observation.figure.value == other.observation.figure.value
    return one.allows.agrees(other.allows)


def _clusters(together: Sequence[Statement]) -> list[Cluster]:
    """Agreeing statements of one period: exact ones first, then bounds to the best witnessed they fit."""
    clusters: list[list[Statement]] = []
    for statement in sorted(together, key=sharpness):
        fitting = [one for one in clusters if all(_corroborate(statement, other) for other in one)]
        if fitting:
            max(fitting, key=lambda one: _closeness(statement, one)).append(statement)
        else:
            clusters.append([statement])
    return sorted(map(as_cluster, clusters), key=lambda one: one.order)


def _corroborate(one: Statement, other: Statement) -> bool:
    """Whether two statements of one period agree.

    "At least 41" and next day 87 are a count that went on; levels move, and a number of days later only repeats
    what it rounds.
    """
    if not one.allows.agrees(other.allows):
        return False
    if one.period or other.period or one.allows.stated == other.allows.stated:
        return True
    before, now = sorted((one, other), key=lambda said: said.order)
    apart = now.observation.published_at - before.observation.published_at
    if "" < before.day < now.day or (apart >= NEWS_AGES and now.observation.figure.kind in _LEVELS):
        return False
    goes_on = one.counts_on and (apart >= COUNTED_ON or _says_it_rose(now))
    floors = one.counts_on and _are_floors(before, now)
    if apart >= NEWS_AGES or floors or (goes_on and now.allows.stated > before.allows.stated):
        return now.allows.restates(before.allows)
    return not goes_on or now.allows.repeats(before.allows)


def _says_it_rose(now: Statement) -> bool:
    """Whether the text itself tells that a count went on: "the death toll rose to 11"."""
    return now.observation.figure.direction == "up" and now.observation.figure.basis == "level"


def _are_floors(one: Statement, other: Statement) -> bool:
    """Whether both only set a lower bound: "at least 1.1 million" says more than "over 900,000" does."""
    return math.isinf(one.allows.high) and math.isinf(other.allows.high)


def _allows_more(one: Cluster, other: Cluster) -> bool:
    """Whether a lower bound only says less than another: it takes nothing back."""
    floor, higher = one.sharpest, other.sharpest
    return floor.counts_on and _are_floors(floor, higher) and floor.allows.low <= higher.allows.low


def _closeness(statement: Statement, cluster: Sequence[Statement]) -> tuple[bool, int]:
    """How well a statement fits: to the very number it gives, then to what most witnesses say."""
    repeats = any(statement.allows.repeats(other.allows) for other in cluster)
    return repeats, len({other.observation.copy_group for other in cluster})


def _moments(clusters: Sequence[Cluster], *, dated: bool) -> list[tuple[list[Cluster], bool]]:
    """The values in the order they were given: at each moment those that contradict each other, best witnessed
    first, and whether they revise what was said before."""
    moments: list[tuple[list[Cluster], bool]] = []
    for cluster in clusters:
        relation = _relation(moments[-1][0], cluster, dated=dated) if moments else "update"
        if relation == "conflict" and all(_allows_more(cluster, other) for other in moments[-1][0]):
            moments.insert(-1, ([cluster], False))
        elif relation == "conflict":
            moments[-1][0].append(cluster)
        else:
            moments.append(([cluster], relation == "revised"))
    for rivals, _ in moments:
        rivals.sort(key=_weight)
    return moments


def _weight(cluster: Cluster) -> tuple[object, ...]:
    """What to sort accounts by: the best witnessed first, of equals what was told first."""
    return (-cluster.witnesses, cluster.order)


def _disputes(moments: Sequence[Sequence[Cluster]], *, dated: bool) -> list[tuple[Cluster, ...]]:
    """What else had been told by each moment and cannot all be true beside its value; of one dispute the last.

    A value stays open until another one replaces it: "more than 900,000" stands beside a later "at least 1.1
    million", and both contradict "about 700,000".
    """
    held: list[Cluster] = []
    disputed: set[object] = set()
    found: list[tuple[Cluster, ...]] = []
    for rivals in moments:
        held = [one for one in held if not any(_replaces(now, one, dated=dated) for now in rivals)]
        pairs = [(one, now) for now in rivals for one in held if _contradict(one, now, dated=dated)]
        held += rivals
        disputed.update(one.order for pair in (*pairs, rivals if len(rivals) > 1 else ()) for one in pair)
        others = (one for one in held if one.order in disputed and one is not rivals[0])
        found.append(tuple(sorted(others, key=_weight)) if rivals[0].order in disputed else ())
    accounts = [{one.order for one in (rivals[0], *others)} for rivals, others in zip(moments, found, strict=True)]
    goes_on = [any(not one.isdisjoint(later) for later in accounts[at:]) for at, one in enumerate(accounts, 1)]
    return [() if later else others for later, others in zip(goes_on, found, strict=True)]


def _replaces(now: Cluster, before: Cluster, *, dated: bool) -> bool:
    """Whether a value takes the place of one told before: that is no longer possible, or who told it says so."""
    if _relation([before], now, dated=dated) == "conflict":
        return False
    return _same_voice(before, now) or not before.sharpest.allows.agrees(now.sharpest.allows)


def _contradict(before: Cluster, now: Cluster, *, dated: bool) -> bool:
    if before.sharpest.allows.agrees(now.sharpest.allows):
        return False
    return _relation([before], now, dated=dated) == "conflict"


def _relation(before: Sequence[Cluster], now: Cluster, *, dated: bool) -> str:
    """What a value is to those before it: an `update`, a `conflict`, or it says they were `revised`."""
    said = max(before, key=lambda one: (_same_voice(one, now), one.last_at))
    aged = now.first_at - said.last_at >= NEWS_AGES
    rises = now.sharpest.allows.middle > said.sharpest.allows.middle
    cumulative = now.sharpest.measure.counts_on
    if now.first_at > said.first_at and now.sharpest.revises:
        return "conflict" if now.sharpest.own else "revised"
    at_once = dated and not (cumulative or _same_outlet(said, now)) and now.first_at - said.last_at < AT_ONCE
    if (_same_voice(said, now) and not at_once) or (not dated and (aged or _moved(said, now, rises=rises))):
        return "revised" if dated or (cumulative and not rises) else "update"
    if dated or not (cumulative and rises):
        return "conflict"
    return "conflict" if _reckoned_anew(said, now) else "update"


def _same_voice(one: Cluster, other: Cluster) -> bool:
    """Whether the same outlet or the same speaker gave both values; two named speakers are two voices anywhere."""
    if _speakers(one) and _speakers(other):
        return any(same_voice(first, second) for first in _speakers(one) for second in _speakers(other))
    return _same_outlet(one, other)


def _same_outlet(one: Cluster, other: Cluster) -> bool:
    return not _outlets(one).isdisjoint(_outlets(other))


def _outlets(cluster: Cluster) -> set[str]:
    return {said.observation.outlet for said in cluster.statements if not said.contested}


def _speakers(cluster: Cluster) -> set[str]:
    sources = (statement.observation.figure.source for statement in cluster.statements)
    return {source.name.casefold() for source in sources if source}


def _moved(before: Cluster, now: Cluster, *, rises: bool) -> bool:
    """Whether the later text says itself that the value moved this way: "the toll was lowered to 108"."""
    stated = now.sharpest.observation
    one_move = before.sharpest.day == now.sharpest.day != ""
    figure = stated.figure
    told = figure.basis != "delta" and figure.status not in _AHEAD
    steps = told and figure.direction == ("up" if rises else "down") and not one_move
    first, last = before.sharpest.observation.sentence.lower(), stated.sentence.lower()
    settled = _AT_FIRST.search(first) is not None and _AT_FIRST.search(last) is None
    moved = steps or settled or _NOW.search(last) is not None
    return before.last_at < now.first_at and (moved or "" < before.sharpest.day < now.sharpest.day)


def _reckoned_anew(before: Cluster, now: Cluster) -> bool:
    """Whether a higher value is another reckoning rather than the same count a while later."""
    if before.sharpest.allows.agrees(now.sharpest.allows):
        return False
    rivals = any(other_voice(one, other) for one in _speakers(before) for other in _speakers(now))
    firm = all(_is_firm(cluster.sharpest.observation.figure) for cluster in (before, now))
    if rivals:
        return now.first_at - before.last_at < AT_ONCE or not firm
    return not firm and before.first_at.date() == now.first_at.date()


def _is_firm(figure: Figure) -> bool:
    return figure.status is Status.REPORTED and figure.bound != "~" and not isinstance(figure.value, tuple)


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
    finer = [as_of for as_of in dates if len(as_of) > len("2025")]
    years = dates.difference(finer)
    if len(finer) != 1 or not years or finer[0][: len("2025")] in years or "/" in finer[0]:
        return tuple(points)
    return tuple(replace(point, as_of=point.as_of[:4]) for point in points)


def _computed(points: Sequence[Point], *, counted_on: bool) -> tuple[str, ...]:
    """What we computed ourselves: the newest value against the one before and the first."""
    *earlier, newest = points
    apart = [point for point in earlier if point.as_of != newest.as_of]
    bases = dict.fromkeys((*apart[-1:], *apart[:1]))
    return tuple(text for base in bases if (text := _change(base, newest, counted_on=counted_on)))


def _change(base: Point, now: Point, *, counted_on: bool) -> str:
    """A change: of percentages in points, of a toll in numbers, else in percent; empty for none and for ranges."""
    before, after = base.value, now.value
    if before == after:
        return ""
    if isinstance(before, tuple) or isinstance(after, tuple) or {base.bound, now.bound} != {"="}:
        return ""
    if now.observations[0].figure.kind in (FigureKind.PERCENT, FigureKind.PERCENTAGE_POINT):
        return f"{after - before:+.3g} percentage points{_on(base)}"
    if counted_on:
        return f"{after - before:+,.0f}{_on(base)}"
    return f"{100 * (after - before) / before:+.1f} %{_on(base)}" if before > 0 else ""


def _on(base: Point) -> str:
    return "" if base.as_of == EARLIER else f" on {base.as_of}"
