"""Which statements measure one thing: several wordings of one measure, and one wording of several."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.track.measure import FUNCTION_WORDS, NEUTRAL, WORD, Measure, singular
from bot.track.statement import Statement
from summarizer.model import FigureKind

ONE_EPISODE = timedelta(days=14)
TELLING_VALUE = 1000
SHORTEST_CONTEXT = 4

Quantity = tuple[FigureKind, float | tuple[float, float]]
Told = dict[int, set[Quantity]]


def groups(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Return the statements of each measure together; when unsure, apart."""
    told = _told(statements)
    return [one for group in _linked(_by_measure(statements)) for one in _by_context(group, told)]


def _by_measure(statements: Sequence[Statement]) -> dict[Measure, list[Statement]]:
    """Statements by key. What one article states side by side is not one measure, whatever the words say."""
    groups: dict[Measure, list[Statement]] = defaultdict(list)
    by_article: dict[tuple[int, Measure, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_article[statement.observation.article_id, statement.measure, statement.period].append(statement)
    for (_, measured, _), together in by_article.items():
        clusters = _in_text_order(together)
        for cluster in clusters:
            aside = cluster is not clusters[0] and not _rivals(clusters[0][0], cluster[0])
            scope = _scope(cluster[0]) if aside or not measured.is_named else ""
            groups[replace(measured, scope=scope)].extend(cluster)
    return groups


def _scope(statement: Statement) -> str:
    """A name for what only one place in one text measures."""
    return f"{statement.observation.copy_group}.{statement.observation.figure.span[0]}"


def _rivals(one: Statement, other: Statement) -> bool:
    """Whether two named speakers stand behind two values."""
    first, second = one.observation.figure.source, other.observation.figure.source
    return first is not None and second is not None and first.name.casefold() != second.name.casefold()


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
    if isinstance(value, tuple):
        return True
    return abs(value) >= TELLING_VALUE or len(f"{value:g}".strip("0.-")) > 2


def _say_the_same(one: Measure, first: Statement, other: Measure, second: Statement) -> bool:
    fates = {one.fate, other.fate} - {""}
    heads = {one.head, other.head} - NEUTRAL
    places = {one.place, other.place} - {""}
    narrower = set(one.words) <= set(other.words) or set(other.words) <= set(one.words)
    apart = abs(first.observation.published_at - second.observation.published_at)
    periods = first.period.startswith(second.period) or second.period.startswith(first.period)
    return len(fates) < 2 and len(heads) < 2 and len(places) < 2 and narrower and periods and apart <= ONE_EPISODE


# ---------------------------------------------------------------- one wording for several measures


def _by_context(group: Sequence[Statement], told: Told) -> list[list[Statement]]:
    """The statements of a key, those without a date set apart where nothing says they measure the same.

    "1,200 soldiers joined the search" and "210 soldiers guard the dam" count soldiers, and contradict nobody.
    """
    parts: list[list[Statement]] = []
    for statement in group:
        kin = [part for part in parts if any(_are_kin(statement, other, told) for other in part)]
        merged = [*(one for part in kin for one in part), statement]
        parts = [part for part in parts if part not in kin] + [merged]
    ordered = [sorted(part, key=lambda one: one.order) for part in parts]
    ordered.sort(key=lambda part: part[0].order)
    return [ordered[0], *(_set_apart(part) for part in ordered[1:])]


def _set_apart(part: Sequence[Statement]) -> list[Statement]:
    scoped = replace(part[0].measure, scope=_scope(part[0]))
    return [replace(part[0], measure=scoped), *part[1:]]


def _are_kin(one: Statement, other: Statement, told: Told) -> bool:
    """Whether two statements of a key measure the same.

    They agree, or are dated, or count a fate; else their sentences must share a word. An outlet that gives the
    other value too, about something else, contradicts nobody, unless two speakers are set against each other.
    """
    if one.allows.agrees(other.allows) or one.period or other.period or one.measure.fate or _rivals(one, other):
        return True
    if one.observation.outlet == other.observation.outlet:
        return True
    if (
        _quantity(other) in told[one.observation.article_id]
        or _quantity(one) in told[other.observation.article_id]
    ):
        return False
    return bool((_context(one) & _context(other)) - {*one.measure.words, one.measure.head})


def _told(statements: Iterable[Statement]) -> Told:
    """All quantities that each article gives."""
    told: Told = defaultdict(set)
    for statement in statements:
        told[statement.observation.article_id].add(_quantity(statement))
    return told


def _quantity(statement: Statement) -> Quantity:
    figure = statement.observation.figure
    return figure.kind, figure.value


def _context(statement: Statement) -> frozenset[str]:
    words = (singular(word) for word in WORD.findall(statement.observation.sentence.lower()))
    return frozenset(word for word in words if len(word) >= SHORTEST_CONTEXT and word not in FUNCTION_WORDS)
