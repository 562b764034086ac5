"""Chats, what they are set to, and what is said in them."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal

Platform = Literal["telegram", "slack", "console"]


@dataclass(frozen=True, slots=True)
class ChatRef:
    """Where a message goes: a platform, a chat there (`team/channel` on Slack) and a thread, if any."""

    platform: Platform
    id: str
    thread: str = ""

    @property
    def key(self) -> str:
        """Its name in the store."""
        return f"{self.platform}:{self.id}" + (f"#{self.thread}" if self.thread else "")

    @classmethod
    def from_key(cls, key: str) -> "ChatRef":
        """Read a `key` back."""
        platform, _, rest = key.partition(":")
        chat_id, _, thread = rest.partition("#")
        return cls(platform, chat_id, thread)  # type: ignore[arg-type]  # written by `key` alone


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a subscription is due: local times on weekdays (Monday is 0) in an IANA zone."""

    times: tuple[time, ...] = (time(8),)
    weekdays: frozenset[int] = frozenset(range(7))
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat's settings and its one subscription: the topics it follows and when it is briefed on them.

    `scheduled` is false until the chat asks for briefings. Without topics it is briefed on the top stories.
    """

    ref: ChatRef
    title: str = ""
    kind: Literal["private", "group", "channel"] = "private"
    zone: str = ""
    topics: tuple[str, ...] = ()
    timetable: Timetable = Timetable()
    scheduled: bool = False
    paused: str = ""
    next_slot_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What a person typed or pressed, stored before it is acknowledged.

    `key` is the platform's own id of the event (`telegram:update:17`), by which a repeat is known. `text` is the
    command line ("draft", "follow climate"). `private` is true where only the asker and the bot read;
    `may_change` where the asker may change this chat's settings; `addressed` where the bot was spoken to.
    `target` is what the platform's sender needs to answer in place (a response URL, a message to edit).
    """

    key: str
    chat: ChatRef
    user: str
    text: str
    received_at: datetime
    chat_kind: Literal["private", "group", "channel"] = "private"
    chat_title: str = ""
    user_zone: str = ""
    language: str = ""
    private: bool = True
    may_change: bool = True
    addressed: bool = True
    pressed: bool = False
    target: dict[str, str] = field(default_factory=dict)

    @property
    def who(self) -> str:
        """The asker by a name that holds on every platform: `telegram:12345`, `slack:T1/U1`."""
        platform = f"{self.chat.platform}:"
        return platform + self.user.removeprefix(platform)
