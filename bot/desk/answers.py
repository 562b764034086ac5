"""What the desk answers with, and what the operator decided about it."""

from dataclasses import dataclass
from datetime import datetime

from bot.model import Article, Brief, Change, Story


@dataclass(frozen=True, slots=True)
class Spelled:
    """Which words of a topic no story holds, and the topic with known words like them in their place, if any."""

    missing: tuple[str, ...] = ()
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A brief, and how many stories match the question besides; `next_skip` asks for the next one.

    `lacks` are the words of the question that they do not hold, where no story holds all.
    """

    brief: Brief
    more: int = 0
    next_skip: int = 0
    spelled: Spelled = Spelled()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryNews:
    """What changed in a story, and its new `reports`; a new one's figures are all new."""

    story: Story
    is_new: bool
    changes: tuple[Change, ...]
    reports: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What changed since a moment, story by story, and how many stories more did."""

    since: datetime
    stories: tuple[StoryNews, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class House:
    """What the operator decided about chats: who may come in, which zone they live in, which ranker speaks."""

    open_to_all: bool = False
    zone: str = "UTC"
    ranker: str = "nutgraf"
