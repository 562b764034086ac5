"""Observations become series: corroborated, updated, revised or in conflict, never averaged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model import Article, Observation, Point, Series
from bot.track.interval import Interval, interval
from bot.track.measure import NEUTRAL, Measure, measure
from summarizer.model import Status

NEWS_AGES = timedelta(hours=36)
NEWS_DAYS = 2
ONE_EPISODE = timedelta(days=14)
CUMULATIVE = frozenset(
    {"killed", "injured", "casualties", "rescued", "evacuated", "displaced", "arrested", "infected", "deported"}
)
TELLING_VALUE = 1000


@dataclass(frozen=True, slots=True)
class Statement:
    """An observation with what it measures, when that held, and what it allows."""

    observation: Observation
    measure: Measure
    period: str
    allows: Interval

    @property
    def order(self) -> tuple[datetime, int, int, int]:
        """Its place among all others, whatever order they came in."""
        seen = self.observation
        return (seen.published_at, seen.article_id, *seen.figure.span)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Statements of one measure that agree."""

    statements: tuple[Statement, ...]

    @property
    def first_at(self) -> datetime:
        """When it was first stated."""
        return self.statements[0].observation.published_at

    @property
    def last_at(self) -> datetime:
        """When it was last stated."""
        return self.statements[-1].observation.published_at

    @property
    def witnesses(self) -> int:
        """How many independent texts state it."""
        return len({statement.observation.copy_group for statement in self.statements})

    @property
    def sharpest(self) -> Statement:
        """The statement that stands for all: exact, most witnessed, with the most digits, earliest."""
        heard: dict[object, set[int]] = defaultdict(set)
        for statement in self.statements:
            heard[statement.observation.figure.value].add(statement.observation.copy_group)
        return min(
            self.statements,
            key=lambda one: (not one.allows.exact, -len(heard[one.observation.figure.value]), _sharpness(one)),
        )


def observations(article: Article) -> tuple[Observation, ...]:
    """Return an article's figures with all that is needed to verify each for years, in the order of the text."""
    return tuple(
        Observation(
            article_id=article.id,
            copy_group=article.copy_group,
            outlet=article.outlet,
            url=article.url,
            title=article.title,
            published_at=article.published_at,
            sentence=article.sentences[figure.sentence].text,
            offset=article.sentences[figure.sentence].start,
            figure=figure,
        )
        for figure in article.figures
    )


def ledger(seen: Iterable[Observation]) -> tuple[Series, ...]:
    """Return all series of a story, best witnessed first; the same whatever order the observations come in.

    Observations are of one story or saga, which is the first part of every key. Denied figures are no values.
    """
    groups = _linked(_by_measure(_statements(seen)))
    made = [_series(group) for group in groups]
    return tuple(sorted(made, key=lambda one: (-_heard(one), -len(one.points), one.key)))


def _heard(series: Series) -> int:
    return max(point.witnesses for point in series.points)


# ---------------------------------------------------------------- statements and what they measure


def _statements(seen: Iterable[Observation]) -> list[Statement]:
    """Every figure with its measure, in the order in which they were published."""
    sentences: dict[tuple[datetime, int, int], list[Observation]] = defaultdict(list)
    for observation in set(seen):
        if observation.figure.status is not Status.DENIED:
            sentences[observation.published_at, observation.article_id, observation.offset].append(observation)
    made = [
        statement
        for _, together in sorted(sentences.items())
        for statement in _sentence(sorted(together, key=lambda one: one.figure.span))
    ]
    return sorted(made, key=lambda statement: statement.order)


def _sentence(together: Sequence[Observation]) -> list[Statement]:
    """The statements of one sentence: a figure without a noun of its own takes that of the one before."""
    lead: Observation | None = None
    made: list[Statement] = []
    for observation in together:
        measured = measure(observation, lead)
        if lead and _is_comparator(observation, lead):
            measured = replace(measured, footing=measure(lead).footing)
        made.append(Statement(observation, measured, _period(observation), interval(observation)))
        if observation.figure.head:
            lead = (
                lead if lead and measure(lead).head == measured.head and lead.figure.as_of is None else observation
            )
    return made


def _period(observation: Observation) -> str:
    """When a figure held; empty for the days of its publication, which is what a figure without a date means."""
    if observation.figure.as_of is None:
        return ""
    label = observation.figure.as_of.label
    published = observation.published_at.date()
    days = {(published + timedelta(days=offset)).isoformat() for offset in range(-NEWS_DAYS, NEWS_DAYS + 1)}
    return "" if label in days else label


def _is_comparator(observation: Observation, lead: Observation) -> bool:
    """Whether a figure is an earlier value of what its sentence is about: part of the series as told there."""
    if observation.figure.as_of is None or observation.figure.kind is not lead.figure.kind:
        return False
    now = lead.figure.as_of.end if lead.figure.as_of else lead.published_at.date().isoformat()
    return observation.figure.as_of.end[:4] < now[:4]


def _by_measure(statements: Sequence[Statement]) -> dict[Measure, list[Statement]]:
    """Statements by key. What one article states side by side is not one measure, whatever the words say."""
    groups: dict[Measure, list[Statement]] = defaultdict(list)
    by_article: dict[tuple[int, Measure, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_article[statement.observation.article_id, statement.measure, statement.period].append(statement)
    for (_, measured, _), together in by_article.items():
        for place, cluster in enumerate(_in_text_order(together)):
            first = cluster[0].observation
            scope = f"{first.copy_group}.{first.figure.span[0]}" if place or not measured.is_named else ""
            groups[replace(measured, scope=scope)].extend(cluster)
    return groups


def _in_text_order(together: Sequence[Statement]) -> list[list[Statement]]:
    """An article's agreeing statements together, first mentioned first."""
    clusters: list[list[Statement]] = []
    for statement in together:
        agreeing = (one for one in clusters if all(statement.allows.agrees(other.allows) for other in one))
        found = next(agreeing, None)
        if found is None:
            clusters.append([statement])
        else:
            found.append(statement)
    return clusters


# ---------------------------------------------------------------- one measure in several wordings


def _linked(groups: dict[Measure, list[Statement]]) -> list[list[Statement]]:
    """Groups of statements, put together where two wordings give one telling value."""
    root = {measured: measured for measured in groups}

    def find(measured: Measure) -> Measure:
        while root[measured] != measured:
            measured = root[measured]
        return measured

    for one, other in _links(groups):
        first, second = sorted((find(one), find(other)))
        root[second] = first
    together: dict[Measure, list[Statement]] = defaultdict(list)
    for measured, statements in groups.items():
        together[find(measured)].extend(statements)
    return [sorted(statements, key=lambda one: one.order) for _, statements in sorted(together.items())]


def _links(groups: dict[Measure, list[Statement]]) -> list[tuple[Measure, Measure]]:
    by_value: dict[tuple[object, ...], list[tuple[Measure, Statement]]] = defaultdict(list)
    for measured, statements in sorted(groups.items()):
        for statement in statements:
            if _is_telling(statement):
                figure = statement.observation.figure
                value = (measured.kind, measured.unit, measured.basis, measured.direction, figure.value)
                by_value[value].append((measured, statement))
    return [
        (one, other)
        for equal in by_value.values()
        for place, (one, first) in enumerate(equal)
        for other, second in equal[place + 1 :]
        if one != other and _say_the_same(one, first, other, second)
    ]


def _is_telling(statement: Statement) -> bool:
    """Whether two outlets hardly give this value by chance."""
    value = statement.observation.figure.value
    return isinstance(value, float | int) and (abs(value) >= TELLING_VALUE or len(f"{value:g}".strip("0.-")) > 2)


def _say_the_same(one: Measure, first: Statement, other: Measure, second: Statement) -> bool:
    fates = {one.fate, other.fate} - {""}
    heads = {one.head, other.head} - NEUTRAL
    places = {one.place, other.place} - {""}
    narrower = set(one.words) <= set(other.words) or set(other.words) <= set(one.words)
    apart = abs(first.observation.published_at - second.observation.published_at)
    periods = first.period.startswith(second.period) or second.period.startswith(first.period)
    return len(fates) < 2 and len(heads) < 2 and len(places) < 2 and narrower and periods and apart <= ONE_EPISODE


# ---------------------------------------------------------------- a series over time


def _series(statements: Sequence[Statement]) -> Series:
    """One series: its points oldest first, and which of them contradict each other."""
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
        changes=_computed(ordered),
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
    for statement in sorted(together, key=_sharpness):
        fitting = [one for one in clusters if all(statement.allows.agrees(other.allows) for other in one)]
        if fitting:
            max(fitting, key=lambda one: len({other.observation.copy_group for other in one})).append(statement)
        else:
            clusters.append([statement])
    made = [Cluster(tuple(sorted(cluster, key=lambda one: one.order))) for cluster in clusters]
    return sorted(made, key=lambda cluster: cluster.statements[0].order)


def _sharpness(statement: Statement) -> tuple[object, ...]:
    allows = statement.allows
    return (not allows.exact, allows.high - allows.low, allows.rounding, statement.order)


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
    return "update" if _counted_on(said, now) else "conflict"


def _same_voice(one: Cluster, other: Cluster) -> bool:
    """Whether the same outlet or the same speaker gave both values."""
    outlets = {statement.observation.outlet for statement in one.statements}
    same_outlet = any(statement.observation.outlet in outlets for statement in other.statements)
    return same_outlet or bool(_speakers(one) & _speakers(other))


def _speakers(cluster: Cluster) -> set[str]:
    sources = (statement.observation.figure.source for statement in cluster.statements)
    return {source.name.casefold() for source in sources if source}


def _counted_on(before: Cluster, now: Cluster) -> bool:
    """Whether a higher value can be the same count a while later, rather than another reckoning."""
    firm = all(
        statement.observation.figure.status is Status.REPORTED and statement.observation.figure.bound != "~"
        for statement in (before.sharpest, now.sharpest)
    )
    doubled = now.sharpest.allows.middle > 2 * before.sharpest.allows.middle
    return firm and not (doubled and _speakers(before) and _speakers(now))


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
        return measured.fate or measured.head or measured.unit or measured.kind
    return max(named, key=lambda name: len(heard[name]))


def _computed(points: Sequence[Point]) -> tuple[str, ...]:
    """What we computed ourselves: the newest value against the one before and the first."""
    firm = [point for point in points if point.bound == "=" and isinstance(point.value, float | int)]
    if len(firm) < 2 or firm[-1] is not points[-1]:
        return ()
    bases = list(dict.fromkeys((firm[-2].as_of, firm[0].as_of)))
    by_label = {point.as_of: point for point in reversed(firm[:-1])}
    return tuple(text for base in bases if base != firm[-1].as_of and (text := _change(by_label[base], firm[-1])))


def _change(base: Point, now: Point) -> str:
    before, after = base.value, now.value
    if isinstance(before, tuple) or isinstance(after, tuple):
        return ""
    kind = now.observations[0].figure.kind
    if kind in ("percent", "percentage point"):
        return f"{after - before:+.3g} percentage points on {base.as_of}"
    return f"{100 * (after - before) / before:+.1f} % on {base.as_of}" if before > 0 else ""
