"""Which statements of one period agree: they are one value, with so many witnesses."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import independent
from bot.track.statement import Statement
from summarizer.model import FigureKind, Status

NEWS_AGES = timedelta(hours=36)
"""After so long news is old: another value may only be a later one."""

COUNTED_ON = timedelta(hours=12)
"""After so long a higher number is no longer what an earlier "at least" left open: the count went on."""

_LEVELS = (FigureKind.PERCENT, FigureKind.MEASURE, FigureKind.INDEX, FigureKind.RATE)
"""What goes up and down: another number days later is another level, be it a rounder one."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Statements of one measure that agree, in their order; `sharpest` stands for all."""

    statements: tuple[Statement, ...]
    sharpest: Statement

    @property
    def order(self) -> tuple[datetime, int, int, int]:
        """Its place among all others: that of its first statement."""
        return self.statements[0].order

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
        return independent(statement.observation for statement in self.statements)


def clusters(together: Sequence[Statement]) -> list[Cluster]:
    """Return agreeing statements of one period together: exact ones first, then bounds to the best witnessed."""
    agreeing: list[list[Statement]] = []
    for statement in sorted(together, key=_sharpness):
        fitting = [one for one in agreeing if all(_corroborate(statement, other) for other in one)]
        if fitting:
            max(fitting, key=lambda one: _closeness(statement, one)).append(statement)
        else:
            agreeing.append([statement])
    return sorted(map(_as_cluster, agreeing), key=lambda one: one.order)


def _as_cluster(statements: Iterable[Statement]) -> Cluster:
    """Statements as one: the exact one stands for all, most witnessed, with the most digits, earliest."""
    ordered = tuple(sorted(statements, key=lambda one: one.order))
    heard: dict[object, set[int]] = defaultdict(set)
    for statement in ordered:
        heard[statement.observation.figure.value].add(statement.observation.copy_group)
    sharpest = min(
        ordered,
        key=lambda one: (not one.allows.exact, -len(heard[one.observation.figure.value]), _sharpness(one)),
    )
    return Cluster(ordered, sharpest)


def _sharpness(statement: Statement) -> tuple[object, ...]:
    """What to sort statements by: exact ones first, then what allows least, with most digits, earliest."""
    allows = statement.allows
    return (not allows.exact, allows.high - allows.low, allows.place, statement.order)


def _corroborate(one: Statement, other: Statement) -> bool:
    """Whether two statements of one period agree."""
    if not one.allows.agrees(other.allows) or _is_mere_claim(one, other):
        return False
    if one.period or other.period or one.allows.stated == other.allows.stated:
        return True
    before, now = sorted((one, other), key=lambda said: said.order)
    return not _is_of_a_later_day(before, now) and _tells_the_same(before, now, grows=one.counts_on)


def _is_mere_claim(one: Statement, other: Statement) -> bool:
    """Whether one speaker only claims a number that another's bound leaves open: that one does not bear it out."""
    claimed = Status.CLAIM in (one.observation.figure.status, other.observation.figure.status)
    return claimed and one.rivals(other) and not one.allows.repeats(other.allows)


def _is_of_a_later_day(before: Statement, now: Statement) -> bool:
    """Whether the text says so, or a level was given that long after: levels move."""
    return "" < before.day < now.day or (
        _apart(before, now) >= NEWS_AGES and now.observation.figure.kind in _LEVELS
    )


def _tells_the_same(before: Statement, now: Statement, *, grows: bool) -> bool:
    """Whether a later number repeats one that it agrees with, or rounds it.

    "At least 41" and next day 87 are a count that went on; a number of days later only repeats what it rounds.
    """
    apart = _apart(before, now)
    goes_on = grows and (apart >= COUNTED_ON or _says_it_rose(now))
    floors = grows and are_floors(before, now)
    if apart >= NEWS_AGES or floors or (goes_on and now.allows.stated > before.allows.stated):
        return now.allows.restates(before.allows)
    return not goes_on or now.allows.repeats(before.allows)


def _apart(before: Statement, now: Statement) -> timedelta:
    return now.observation.published_at - before.observation.published_at


def _says_it_rose(now: Statement) -> bool:
    """Whether the text itself tells that a count went on: "the death toll rose to 11"."""
    return now.observation.figure.direction == "up" and now.observation.figure.basis == "level"


def are_floors(one: Statement, other: Statement) -> bool:
    """Return whether both only set a lower bound: "at least 1.1 million" says more than "over 900,000" does."""
    return math.isinf(one.allows.high) and math.isinf(other.allows.high)


def _closeness(statement: Statement, cluster: Sequence[Statement]) -> tuple[bool, int]:
    """How well a statement fits: to the very number it gives, then to what most witnesses say."""
    repeats = any(statement.allows.repeats(other.allows) for other in cluster)
    return repeats, len({other.observation.copy_group for other in cluster})
