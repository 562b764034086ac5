"""Stories, and what is told of them."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.ledger import Series, weight

DISPUTED_SHOWN = 3
"""So many series are shown below the bullets because sources differ on them."""


@dataclass(frozen=True, slots=True)
class Story:
    """The articles of several outlets about one event. `version` grows with every article filed or taken out.

    `doubtful` is true where an article hardly joined, or came or went later.
    """

    id: int
    version: int
    title: str
    article_ids: tuple[int, ...]
    created_at: datetime
    updated_at: datetime
    saga_id: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """Stories as an editor made them, and the order that undoes it."""

    stories: tuple[Story, ...]
    undo: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article as a brief cites it: `[number]`. Articles of one copy group share a `witness` number."""

    number: int
    article_id: int
    outlet: str
    title: str
    url: str
    published_at: datetime
    witness: int


@dataclass(frozen=True, slots=True)
class BriefBullet:
    """An exact span of a sentence, with the sources that say it (the first is the one quoted).

    `start` and `end` are offsets into the quoted article's text, `bold` spans within `text`.
    """

    text: str
    sources: tuple[int, ...]
    article_id: int
    start: int
    end: int
    speaker: str = ""
    bold: tuple[tuple[int, int], ...] = ()
    series: Series | None = None


@dataclass(frozen=True, slots=True)
class BriefStory:
    """One story within a brief, as it stood at `version`."""

    story_id: int
    version: int
    title: str
    outlets: int
    witnesses: int
    updated_at: datetime
    bullets: tuple[BriefBullet, ...]
    sources: tuple[Source, ...]
    series: tuple[Series, ...] = ()
    update: str = ""

    @property
    def disputed(self) -> tuple[Series, ...]:
        """The series that no bullet opens where sources differ or one put itself right, weightiest first."""
        opened = {bullet.series.key for bullet in self.bullets if bullet.series}
        closed = (one for one in self.series if one.key not in opened)
        told = (one for one in closed if one.conflicts or one.corrected)
        return tuple(sorted(told, key=lambda one: max(map(weight, one.conflicts or (one.points,))), reverse=True))


@dataclass(frozen=True, slots=True)
class Brief:
    """The stored answer on a topic at a moment; the same object for everybody who asks then.

    `id` is what every surface shows (`7Q2M`). `topic` is empty for the top stories of the day.
    """

    id: str
    topic: str
    asked_at: datetime
    stories: tuple[BriefStory, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a chat was last told of a story: version, each series' value in its source's words, witnesses."""

    version: int
    values: dict[str, str] = field(default_factory=dict)
    witnesses: int = 0
