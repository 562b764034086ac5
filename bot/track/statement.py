"""What one article says of one measure, and statements that agree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model import Observation
from bot.track.interval import Interval, interval
from bot.track.measure import Measure, measure
from summarizer.model import Status

NEWS_DAYS = 2


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
            key=lambda one: (not one.allows.exact, -len(heard[one.observation.figure.value]), sharpness(one)),
        )


def sharpness(statement: Statement) -> tuple[object, ...]:
    """Return what to sort statements by: exact ones first, then what allows least, with most digits, earliest."""
    allows = statement.allows
    return (not allows.exact, allows.high - allows.low, allows.rounding, statement.order)


def statements(seen: Iterable[Observation]) -> list[Statement]:
    """Return every figure with its measure, in the order in which they were published."""
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
