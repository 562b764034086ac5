"""The nouns of the summarizer: sentence, figure, bullet. A span is two offsets into the article's text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Span = tuple[int, int]


class SentenceKind(StrEnum):
    """What a stretch of an article is; only BODY may become a bullet."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"


class FigureKind(StrEnum):
    """What sort of quantity a figure states."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage point"
    RATE = "rate"
    RATIO = "ratio"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"
    SCORE = "score"
    VOTE = "vote"
    INDEX = "index"


class Status(StrEnum):
    """How far a figure is a fact: what was counted, guessed, ordered, foretold, claimed, denied."""

    REPORTED = "reported"
    ESTIMATE = "estimate"
    TARGET = "target"
    FORECAST = "forecast"
    CLAIM = "claim"
    DENIED = "denied"


Bound = Literal["=", "~", ">", ">=", "<", "<="]
Direction = Literal["", "up", "down"]
Basis = Literal["level", "delta", "ratio"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `article_text[start:end] == text`."""

    start: int
    end: int
    text: str
    kind: SentenceKind = SentenceKind.BODY


@dataclass(frozen=True, slots=True)
class Period:
    """When a figure holds: inclusive ISO dates cut to their grain (`2025`, `2025-07`, `2025-07-15`).

    `explicit` is true where the clause writes the date out, false where it was resolved ("this year").
    """

    start: str
    end: str
    explicit: bool = True

    @property
    def label(self) -> str:
        """The period as a reader writes it: `2025`, `2025-07-15` or `2015/2016`."""
        return self.start if self.start == self.end else f"{self.start}/{self.end}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who states a figure, by the shortest name in the text, and where that name stands."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity as one sentence states it.

    `value` is the number, or `(low, high)` for a range, in `unit`: a lower-case English singular name
    (`dollar`, `percentage`, `kilometre`, the counted head noun, or `-` where the text gives none).
    `counted` is what is counted in the words of the text (`conscripts`, `casualties`, `draft size`), `head` its
    head noun, lower-case and singular. `span` covers number, currency sign, scale word and unit of measure;
    `sentence` is the index of its sentence in the article. `computed_from` is empty unless we computed it.
    """

    span: Span
    sentence: int
    kind: FigureKind
    value: float | tuple[float, float]
    unit: str
    counted: str = ""
    head: str = ""
    bound: Bound = "="
    direction: Direction = ""
    basis: Basis = "level"
    as_of: Period | None = None
    place: str = ""
    source: Speaker | None = None
    status: Status = Status.REPORTED
    hedge: str = ""
    rule: str = ""
    computed_from: tuple[Span, ...] = ()

    @property
    def change(self) -> str:
        """One of `= ~ > < up down`: an explicit bound wins over direction, direction over `~`."""
        if self.bound in (">", ">="):
            return ">"
        if self.bound in ("<", "<="):
            return "<"
        return self.direction or self.bound


@dataclass(frozen=True, slots=True)
class Bullet:
    """One line for a reader: `docs[doc][start:end] == text`, an exact span of one sentence.

    `speaker` holds a trailing attribution that was cut off the span ("the ministry said"), or is empty.
    """

    doc: int
    start: int
    end: int
    text: str
    sentence: int
    speaker: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One article as the summarizer takes it. Documents of equal `witness` are copies and speak with one voice."""

    text: str
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...] = ()
    witness: int = 0
    language: str = "en"
    title: str = ""
