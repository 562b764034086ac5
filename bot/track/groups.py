"""Which statements measure one thing: several wordings of one measure, and one wording of several."""

import itertools
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.track.fate import NEUTRAL
from bot.track.measure import Measure
from bot.track.statement import EARLIER, ONE_SIZE, Statement
from bot.track.subject import Subject
from summarizer.model import FigureKind, Status

ONE_EPISODE = timedelta(days=14)
ONE_NIGHT = timedelta(hours=12)
"""Reports no further apart count as they come, each what it knows of; after that a toll is of the whole."""

TELLING_VALUE = 1000
BOTH = 2
SHARED_WORDS = 2
SHARED_PART = 0.4
SAME_PART = 0.5
ONE_GROUND = frozenset({"", Status.TARGET.value})
"""One outlet calls a number a target, another simply states it; what is foretold is neither."""

ROUND_DIGITS = 2
"""A number with fewer digits rounds too many others to be known again by."""

MOST_OF_ONE = 300
"""So many statements of one measure are compared; each is held against all others."""

SMALL_PART = 1 / 5
"""A count no greater than this part of another one may be a day's, or one building's, of that whole."""

_WHOLE = re.compile(
    r"\b(?:since|so far|to date|in total|in all|altogether|overall"
    r"|year[- ]to[- ]date|(?:this|the current)(?: (?:fiscal|financial))? year)\b"
)
_BARE = (FigureKind.COUNT, FigureKind.DURATION)
"""What says least without a noun: of such only sentences that are the same for the most part tell one measure."""

_UNITS = frozenset({"percent", "percentage"})

_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter)\b")

Quantity = tuple[FigureKind, float | tuple[float, float]]
Told = dict[int, set[Quantity]]


def groups(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Return the statements of each measure together; when unsure, apart."""
    told = _told(statements)
    linked = map(_most_telling, _linked(_by_measure(_bounded(statements))))
    return [one for group in linked for part in _by_context(group, told) for one in _by_grain(part)]


def _bounded(statements: Sequence[Statement]) -> list[Statement]:
    """No more statements of one measure than can be compared: the first of each value, then the newest."""
    by_measure: dict[Measure, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_measure[statement.measure].append(statement)
    return [one for together in by_measure.values() for one in _most_telling(together)]


def _most_telling(together: Sequence[Statement]) -> Sequence[Statement]:
    """As many statements as are compared: of each value the first, then the newest repetitions."""
    if len(together) <= MOST_OF_ONE:
        return together
    first: dict[object, Statement] = {}
    repeats: list[Statement] = []
    for statement in sorted(together, key=lambda one: one.order):
        value = (statement.observation.figure.value, statement.period)
        if first.setdefault(value, statement) is not statement:
            repeats.append(statement)
    kept = [*list(first.values())[-MOST_OF_ONE:][::-1], *repeats[::-1]]
    return kept[:MOST_OF_ONE]


def _by_measure(statements: Sequence[Statement]) -> dict[Measure, list[Statement]]:
    """Statements by key. What one article states side by side is not one measure, whatever the words say."""
    groups: dict[Measure, list[Statement]] = defaultdict(list)
    by_article: dict[tuple[int, Measure, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_article[statement.observation.article_id, statement.measure, statement.period].append(statement)
    for (_, measured, _), together in by_article.items():
        clusters = _in_text_order(together)
        for cluster in clusters:
            aside = cluster is not clusters[0] and not clusters[0][0].rivals(cluster[0])
            groups[replace(measured, scope=_scope(cluster[0]) if aside else "")].extend(cluster)
    return groups


def _scope(statement: Statement) -> str:
    """A name for what only one place in one text measures."""
    return f"{statement.observation.copy_group}.{statement.observation.figure.span[0]}"


def _in_text_order(together: Sequence[Statement]) -> list[list[Statement]]:
    """An article's agreeing statements together, first mentioned first."""
    clusters: list[list[Statement]] = []
    for statement in together:
        agreeing = (one for one in clusters if all(_says_again(statement, other) for other in one))
        found = next(agreeing, None)
        if found is None:
            clusters.append([statement])
        else:
            found.append(statement)
    return clusters


def _says_again(one: Statement, other: Statement) -> bool:
    """Whether an article states a value twice; within one sentence nobody rounds the number just given."""
    if one.observation.offset == other.observation.offset:
        return one.observation.figure.value == other.observation.figure.value
    return one.allows.agrees(other.allows)


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
    told = [(measured, statement) for measured, group in sorted(groups.items()) for statement in group]
    corrected = {_quantity(statement) for _, statement in told if _corrects(statement)}
    by_value: dict[Hashable, list[tuple[Measure, Statement]]] = defaultdict(list)
    for measured, statement in told:
        for name in _names_of_value(measured, statement, corrected):
            by_value[name].append((measured, statement))
    return [*_put_right(told)] + [
        (one, other)
        for equal in by_value.values()
        for place, (one, first) in enumerate(equal[:MOST_OF_ONE])
        for other, second in equal[place + 1 : MOST_OF_ONE]
        if one != other and _agree_closely(first, second) and _say_the_same(one, first, other, second)
    ]


def _put_right(told: Sequence[tuple[Measure, Statement]]) -> Iterable[tuple[Measure, Measure]]:
    """Measures of which an outlet corrects its number without repeating it, where it told only one such before."""
    for measured, now in told:
        if now.own and now.period != EARLIER:
            before = {other for other, old in told if other != measured and _may_put_right(now, old)}
            if len(before) == 1:
                yield measured, before.pop()


def _may_put_right(now: Statement, old: Statement) -> bool:
    """Whether a correction may mean an older number of its outlet: of the same fate, or the same thing."""
    one, other = now.measure, old.measure
    if now.observation.outlet != old.observation.outlet or old.order > now.order:
        return False
    plain = len({one.head, other.head} - NEUTRAL - {"people"}) < BOTH
    alike = replace(one, head=other.head, words=other.words, footing=other.footing, scope=other.scope) == other
    named = one.head == other.head or (one.fate != "" and plain)
    return alike and named and _narrows(one, other) and not now.subject.is_apart(old.subject)


def _narrows(one: Measure, other: Measure) -> bool:
    return set(one.words) <= set(other.words) or set(other.words) <= set(one.words)


def _names_of_value(measured: Measure, statement: Statement, corrected: set[Quantity]) -> Iterable[Hashable]:
    """What statements that may give one number have in common: the number itself, or its size and noun."""
    value = statement.observation.figure.value
    if _quantity(statement) in corrected:
        yield measured.kind, measured.unit, value
    if _is_telling(statement):
        yield measured.kind, measured.unit, measured.basis, measured.direction, value
    elif measured.is_named:
        yield replace(measured, footing=""), value
    if statement.allows.exact or statement.observation.figure.bound == "~":
        yield measured.kind, measured.unit, measured.basis, measured.head, f"{statement.allows.middle:.0e}"


def _agree_closely(one: Statement, other: Statement) -> bool:
    """Whether two numbers are one, or the finer one rounds to the other and is telling."""
    if one.observation.figure.value == other.observation.figure.value:
        return (
            _is_telling(one)
            or one.measure.footing != other.measure.footing
            or (_corrects(one) or _corrects(other))
        )
    named = one.measure.head not in NEUTRAL and one.measure.direction == other.measure.direction
    digits = sorted(_digits(said.allows.stated[0]) for said in (one, other))
    fine = digits[0] >= ROUND_DIGITS and digits[1] > ROUND_DIGITS
    return named and fine and one.measure.footing == other.measure.footing and one.allows.restates(other.allows)


def _corrects(statement: Statement) -> bool:
    """Whether its sentence says that this value is revised: "corrected the number to 48 from 61"."""
    return statement.period == EARLIER and statement.revises


def _digits(value: float) -> int:
    """How many digits a number has without zeros at its ends."""
    return len(f"{abs(value):g}".replace(".", "").strip("0"))


def _is_telling(statement: Statement) -> bool:
    """Whether two outlets hardly give this value by chance."""
    value = statement.observation.figure.value
    if isinstance(value, tuple):
        return True
    return abs(value) >= TELLING_VALUE or len(f"{value:g}".strip("0.-")) > 2


def _say_the_same(one: Measure, first: Statement, other: Measure, second: Statement) -> bool:
    fates = {one.fate, other.fate} - {""}
    heads = {one.head, other.head} - NEUTRAL
    apart = abs(first.observation.published_at - second.observation.published_at)
    replaced = EARLIER in (first.period, second.period)
    periods = first.period.startswith(second.period) or second.period.startswith(first.period)
    same_time = replaced or (periods and apart <= ONE_EPISODE)
    grounds = {one.footing, other.footing}
    if len(fates) > 1 or not same_time or not (len(grounds) == 1 or grounds <= ONE_GROUND):
        return False
    return (
        _corrects(first) or _corrects(second) or (len(heads) < 2 and _narrows(one, other) and one.moves_as(other))
    )


# ---------------------------------------------------------------- one wording for several measures


def _by_context(group: Sequence[Statement], told: Told) -> list[list[Statement]]:
    """The statements of a key, set apart where nothing says that they measure the same, or names say they do not.

    "1,200 soldiers joined the search" and "210 soldiers guard the dam" count soldiers, and contradict nobody.
    """
    parts: list[list[Statement]] = []
    alike = _alike(group)
    for statement in sorted(group, key=lambda one: one.order):
        merged, others = [statement], []
        for part in parts:
            kin = any(_are_kin(statement, other, told) for other in part)
            if kin and not any(_are_foreign(one, other, alike) for one in merged for other in part):
                merged += part
            else:
                others.append(part)
        parts = [*others, merged]
    ordered = [sorted(part, key=lambda one: one.order) for part in parts]
    ordered.sort(key=lambda part: part[0].order)
    return [ordered[0], *(_set_apart(part) for part in ordered[1:])]


def _set_apart(part: Sequence[Statement]) -> list[Statement]:
    scoped = replace(part[0].measure, scope=_scope(part[0]))
    return [replace(part[0], measure=scoped), *part[1:]]


def _are_foreign(one: Statement, other: Statement, alike: set[tuple[Subject, Subject]]) -> bool:
    """Whether two statements are told of two names, and no telling value says that these are one."""
    if _is_day_of(one, other) or _is_day_of(other, one) or one.subject.differs_in_sense(other.subject):
        return True
    if _falls_short(one, other) or _falls_short(other, one) or _is_of_other_span(one, other):
        return True
    if not one.subject.is_apart(other.subject) or (one.subject, other.subject) in alike:
        return False
    return not (_is_telling(one) and one.allows.agrees(other.allows))


def _falls_short(now: Statement, before: Statement) -> bool:
    """Whether a count is a small part of what a growing one had come to: one building's dead, not the city's."""
    apart = now.observation.published_at - before.observation.published_at
    if apart < ONE_NIGHT or not (now.counts_on and before.counts_on) or now.revises or now.rivals(before):
        return False
    return not (now.period or before.period) and now.allows.middle < SMALL_PART * before.allows.middle


def _is_of_other_span(one: Statement, other: Statement) -> bool:
    """Whether one rise is told for a span of time and another is not: prices on a year ago, and in May."""
    figures = (one.observation.figure, other.observation.figure)
    inflation = one.measure.head == other.measure.head == "inflation"
    rises = all(figure.basis == "delta" and figure.kind is FigureKind.PERCENT for figure in figures)
    if not (inflation or rises) or one.allows.agrees(other.allows):
        return False
    return _span(one) != _span(other)


def _span(statement: Statement) -> frozenset[str]:
    """For what span of time a rise is told: inflation of which nobody says more is that of a year."""
    usual = frozenset(() if statement.observation.figure.basis == "delta" else ("year",))
    return statement.subject.senses[0] or usual


def _is_day_of(one: Statement, other: Statement) -> bool:
    """Whether a count of one day or month stands beside that of the whole time until then."""
    if one.measure.basis != "level" or one.allows.middle > SMALL_PART * other.allows.middle:
        return False
    day = one.observation.figure.as_of
    short = day is not None and day.start == day.end and len(day.start) > len("2025")
    return short and _WHOLE.search(other.observation.sentence) is not None


def _alike(group: Sequence[Statement]) -> set[tuple[Subject, Subject]]:
    """Names of whom two texts tell one telling value of one time: Russia's draft is Putin's."""
    told: dict[tuple[str, object], set[Subject]] = defaultdict(set)
    for statement in group:
        if _is_telling(statement):
            told[statement.period[:4], statement.observation.figure.value].add(statement.subject)
    pairs = (pair for subjects in told.values() for pair in itertools.permutations(subjects, 2))
    return {(one, other) for one, other in pairs if not one.differs_in_sense(other)}


def _are_kin(one: Statement, other: Statement, told: Told) -> bool:
    """Whether two statements of a key measure the same.

    They agree, or are dated, or count a fate; else their sentences must share a word, and those that count
    people of no kind the words next to them. An article that gives the other value too, about something else,
    contradicts nobody, unless two speakers are set against each other.
    """
    if EARLIER in (one.period, other.period) and one.observation.sentence == other.observation.sentence:
        return True
    if not (one.measure.is_named and other.measure.is_named):
        agreeing = _is_telling(one) and one.allows.repeats(other.allows)
        return agreeing or _are_about_one_thing(one, other)
    if one.allows.agrees(other.allows) or one.period or other.period or one.measure.fate:
        return True
    if one.observation.outlet == other.observation.outlet and one.measure.head != "people":
        return True
    first, second = told[one.observation.article_id], told[other.observation.article_id]
    if not {_quantity(one), _quantity(other)}.isdisjoint(first & second) and not one.rivals(other):
        return False
    alike = (one.context & other.context) - {*one.measure.words, one.measure.head}
    return bool(alike - _UNITS if _is_share(one) and _is_share(other) else alike)


def _is_share(statement: Statement) -> bool:
    """Whether it is a share of those counted, of whom other shares do other things: "12 percent of voters"."""
    seen = statement.observation
    return (
        seen.figure.kind is FigureKind.PERCENT and seen.sentence[seen.figure.span[1] - seen.offset :][:4] == " of "
    )


def _are_about_one_thing(one: Statement, other: Statement) -> bool:
    """Whether the sentences of two figures that count nothing known say nearly the same."""
    shared = (one.context & other.context) - {one.measure.unit, one.measure.kind}
    sizes = sorted((len(one.context), len(other.context)))
    most = SHARED_PART * sizes[0] if one.observation.figure.kind not in _BARE else SAME_PART * sizes[1]
    enough = len(shared) >= max(SHARED_WORDS, most)
    return enough and one.observation.article_id != other.observation.article_id


# ---------------------------------------------------------------- one measure over spans of several lengths


def _by_grain(group: Sequence[Statement]) -> list[list[Statement]]:
    """The statements of a measure by the length of what they cover: a month's exports are no year's.

    Days and undated statements go with the length that has one of their values, else with the first; a change
    goes with no other, for a day's rise is no year's.
    """
    dated: dict[str, list[Statement]] = defaultdict(list)
    for statement in group:
        if grain := _year_told_of(statement, group) or _grain(statement.period):
            dated[grain].append(statement)
    changes = group[0].measure.basis == "delta"
    if len(dated) + changes < 2:
        return [list(group)]
    parts = list(dated.values())
    undated: list[Statement] = []
    for statement in group:
        if not _grain(statement.period):
            home = (part for part in parts if any(statement.allows.agrees(other.allows) for other in part))
            next(home, undated if changes else parts[0]).append(statement)
    parts += [undated] if undated else []
    ordered = [sorted(part, key=lambda one: one.order) for part in parts]
    ordered.sort(key=lambda part: part[0].order)
    return [ordered[0], *(_set_apart(part) for part in ordered[1:])]


def _year_told_of(statement: Statement, group: Sequence[Statement]) -> str:
    """`year` where a telling value of a part of a year is given for that year, too: what one text dates closer."""
    told = _is_telling(statement) and any(
        _grain(other.period) == "year"
        and statement.period.startswith(other.period)
        and statement.observation.figure.value == other.observation.figure.value
        for other in group
    )
    return "year" if told or _is_of_season(statement, group) else ""


def _is_of_season(statement: Statement, group: Sequence[Statement]) -> bool:
    """Whether a sentence names a season for one year and not again for the next: "in spring 2024, 147 in 2023"."""
    if _SEASON.search(statement.observation.sentence) is None:
        return False
    middle = statement.allows.middle
    return any(
        _grain(other.period) == "year"
        and other.observation.sentence == statement.observation.sentence
        and middle < ONE_SIZE * other.allows.middle < ONE_SIZE * ONE_SIZE * middle
        for other in group
    )


def _grain(period: str) -> str:
    """How long a period is: a `year`, a `month`, or so many months from one to the other; empty for days."""
    start, _, end = period.partition("/")
    if period in ("", EARLIER) or len(start) == len("2025-03-31"):
        return ""
    if end and len(start) == len(end) == len("2025-03"):
        return str((int(end[:4]) - int(start[:4])) * 12 + int(end[5:]) - int(start[5:]))
    return "month" if len(period) == len("2025-03") else "year"


def _told(statements: Iterable[Statement]) -> Told:
    """All quantities that each article gives."""
    told: Told = defaultdict(set)
    for statement in statements:
        told[statement.observation.article_id].add(_quantity(statement))
    return told


def _quantity(statement: Statement) -> Quantity:
    figure = statement.observation.figure
    return figure.kind, figure.value
