"""A story's figures as they were observed, over time, and what changes of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from summarizer.model import Figure

POINTS_SHOWN = 6
CONFLICTS_SHOWN = 2
ACCOUNTS_SHOWN = 4
"""So much of one series is shown in one place: more nobody takes in. The CSV file holds all."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure as one article states it, with all that is needed to verify it for years.

    `retrieved_at` is when we got the article, which may be long after its publication; None where nobody noted it.
    `corrects` is true where its article says that it puts right what its outlet told before.
    """

    article_id: int
    copy_group: int
    outlet: str
    url: str
    title: str
    published_at: datetime
    sentence: str
    offset: int
    figure: Figure
    retrieved_at: datetime | None = None
    corrects: bool = False

    @property
    def quoted(self) -> str:
        """The figure in the words of its sentence."""
        start, end = self.figure.span
        return self.sentence[start - self.offset : end - self.offset]


class Witness(Protocol):
    """What an outlet tells, in words of its own or in those of its copy group."""

    @property
    def outlet(self) -> str:
        """Who tells it."""

    @property
    def copy_group(self) -> int:
        """Whose words it is in: the first article's that has them."""


def independent(told: Iterable[Witness]) -> int:
    """Return how many of them are told independently: as many copy groups as different outlets tell.

    Of an outlet that tells it twice, and of one report in three outlets, one counts, each for itself.
    """
    pairs = {(one.outlet, one.copy_group) for one in told}
    outlets, groups = len({outlet for outlet, _ in pairs}), len({group for _, group in pairs})
    if len(pairs) in (outlets, groups):
        return min(outlets, groups)
    return sum(min(sides) for sides in _connected(pairs))


def _connected(pairs: Iterable[tuple[str, int]]) -> list[tuple[int, int]]:
    """Return how many outlets and copy groups each part has that no outlet and no report connects with others."""
    root: dict[str | int, str | int] = {}

    def find(side: str | int) -> str | int:
        while root.setdefault(side, side) != side:
            root[side] = side = root[root[side]]
        return side

    for outlet, group in pairs:
        root[find(outlet)] = find(group)
    parts: dict[str | int, list[int]] = defaultdict(lambda: [0, 0])
    for side in tuple(root):
        parts[find(side)][isinstance(side, int)] += 1
    return [(outlets, groups) for outlets, groups in parts.values()]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series: what all its observations agree on. `witnesses` counts copy groups, an outlet once.

    `revises` is true where it takes back the value before it.
    """

    value: float | tuple[float, float]
    bound: str
    as_of: str
    observations: tuple[Observation, ...]
    witnesses: int
    revises: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over time, oldest first. `conflicts` holds groups of points that cannot all be true.

    `changes` are sentences about what we computed ourselves, such as `+6.7 % on 2024`. `claims` is true where
    those who contradict each other are parties to the matter, `passing` for one text's figure that says little.
    `corrected` holds what an outlet told before, and what it tells in its place.
    """

    key: str
    label: str
    unit: str
    points: tuple[Point, ...]
    conflicts: tuple[tuple[Point, ...], ...] = ()
    changes: tuple[str, ...] = ()
    revised: bool = False
    claims: bool = False
    passing: bool = False
    corrected: tuple[tuple[Observation, Observation], ...] = ()

    @property
    def shown(self) -> "Series":
        """As much of it as a reader takes in: the first value and the newest, the weightiest conflicts."""
        ranked = sorted(self.conflicts, key=self._weight, reverse=True)[:CONFLICTS_SHOWN]
        points = (*self.points[:1], *self.points[1:][1 - POINTS_SHOWN :])
        conflicts = tuple(one for one in self.conflicts if one in ranked)
        return replace(self, points=points, conflicts=conflicts, corrected=self.corrected[-CONFLICTS_SHOWN:])

    def _weight(self, conflict: Sequence[Point]) -> tuple[bool, int, datetime]:
        return conflict[0].as_of == self.points[-1].as_of, *weight(conflict)


def weight(conflict: Sequence[Point]) -> tuple[int, datetime]:
    """Return what to rank conflicts by: how many independent witnesses tell their accounts, then how lately."""
    told = [seen for account in conflict for seen in account.observations]
    return independent(told), max(seen.published_at for seen in told)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a series between two moments: its newest value is another, is disputed, is confirmed.

    `before` is the point it had then, `accounts` those that contradict each other, or did until now.
    """

    kind: Literal["new", "update", "revised", "conflict", "settled", "earlier", "confirmed"]
    series: Series
    point: Point
    before: Point | None = None
    accounts: tuple[Point, ...] = ()
