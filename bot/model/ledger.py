"""A story's figures as they were observed, over time, and what changes of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from summarizer.model import Figure


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure as one article states it, with all that is needed to verify it for years.

    `retrieved_at` is when we got the article, which may be long after its publication; None where nobody noted it.
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

    @property
    def quoted(self) -> str:
        """The figure in the words of its sentence."""
        start, end = self.figure.span
        return self.sentence[start - self.offset : end - self.offset]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series: what all its observations agree on. `witnesses` counts copy groups, not outlets.

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
