"""The nouns of the bot, Feed to Delivery. Values are frozen; times are aware UTC; ids come from the store."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal

from bot.model.chart import Chart
from bot.model.feeds import Entry as Entry
from bot.model.feeds import Feed as Feed
from bot.model.feeds import Parsed as Parsed
from bot.model.feeds import Push as Push
from summarizer.model import Figure, Sentence

Platform = Literal["telegram", "slack", "console"]


# ---------------------------------------------------------------- articles


@dataclass(frozen=True, slots=True)
class Article:
    """The clean text of one entry. `id` is 0 until it is filed; `published_at` falls back to when we got it."""

    id: int
    url: str
    title: str
    outlet: str
    text: str
    published_at: datetime
    retrieved_at: datetime
    feed_id: int = 0
    language: str = "en"
    story_id: int = 0
    copy_group: int = 0
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()


# ---------------------------------------------------------------- stories and their ledger


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What decides whether two articles are copies or tell one story: all that dedupe needs.

    `signature` is a MinHash of word shingles, `bands` its LSH bands, `terms` term -> weight of the text's telling
    words, `entities` its names, `figures` its figures as `value unit`, `body_hash` a hash of the folded text.
    It equals only itself, so that what is worked out from it once can be looked up by it.
    """

    url: str
    title_terms: tuple[str, ...]
    terms: dict[str, float]
    entities: frozenset[str]
    figures: frozenset[str]
    signature: bytes
    bands: tuple[str, ...]
    body_hash: str
    length: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story as dedupe sees it. `copy_group` is the id of the group's first article."""

    article_id: int
    copy_group: int
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class Earlier:
    """A story of the last years that shares an article's telling `words`; without times if it is gone."""

    story_id: int
    words: tuple[str, ...]
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the store found for a fingerprint: stories sharing a posted term or band, each with its newest members.

    `url_article_id` is the article filed under the same canonical URL, 0 if none. `token` tells the commit
    what was known when these were read (I7). `born_at` is when a story's first article was published.
    """

    stories: dict[int, tuple[Member, ...]]
    url_article_id: int = 0
    token: str = ""
    born_at: dict[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Where an article belongs: a story (0: a new one) and a copy group (0: its own); `reason` is for `/why`.

    A new story may take up an earlier one, with which it makes a saga. `doubtful` says that it may not stay there.
    """

    story_id: int
    copy_group: int
    score: float
    reason: str
    earlier_id: int = 0
    doubtful: bool = False


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
class Reason:
    """Why an article is where it is or, with `article_id` 0, what became of its story."""

    text: str
    at: datetime
    article_id: int = 0
    title: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """An entry that was given up, and why."""

    link: str
    title: str
    text: str
    at: datetime


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


# ---------------------------------------------------------------- briefs


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


# ---------------------------------------------------------------- chats, orders, deliveries


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


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a reply; pressing it is the order `action`. `changes` limits it to the asker and admins."""

    label: str
    action: str
    changes: bool = False


Style = Literal["text", "heading", "bullet", "detail", "table", "note", "source"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a reply: plain text with bold and link spans. `style` says how the whole line is set.

    A tab in `text` sets columns apart: in a heading its title from the facts about it, in a detail its label from
    its values.
    """

    text: str
    style: Style = "text"
    bold: tuple[tuple[int, int], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message: its `content`, or the `chart` that is drawn when it is sent."""

    name: str
    content: bytes = b""
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command answers: lines, or a brief, and buttons. `ephemeral`: to the asker alone, on Slack.

    `zone` is the IANA zone its times are shown in (empty: UTC). `edits` asks that the message whose button was
    pressed be replaced. An `attachment` goes out with its `caption`, the lines only where it cannot.
    """

    lines: tuple[Line, ...] = ()
    brief: Brief | None = None
    buttons: tuple[Button, ...] = ()
    ephemeral: bool = True
    zone: str = ""
    edits: bool = False
    attachment: Attachment | None = None
    caption: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """A brief for one chat at one slot: `news` is what changed since its last one, `late` why it is late.

    `zone` is the IANA zone its times are shown in (empty: UTC).
    """

    brief: Brief
    chat: ChatRef
    slot_at: datetime
    news: tuple[str, ...] = ()
    late: str = ""
    silent: bool = False
    zone: str = ""


PartState = Literal["pending", "sending", "sent", "unknown", "failed"]


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a delivery: the platform's own payload, and the orders its buttons stand for by token.

    With an `attachment` it is a file, and `payload` holds its caption and the words that go out where it cannot.
    `edits` is the id of the message it replaces; empty for a new message. `story_ids` are the stories it tells.
    """

    payload: dict[str, object]
    buttons: dict[str, str] = field(default_factory=dict)
    attachment: Attachment | None = None
    edits: str = ""
    story_ids: tuple[int, ...] = ()
    state: PartState = "pending"
    message_id: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message's or briefing's single trip to one chat, with its state part by part.

    `key` is unique (D2): `briefing|CHAT|SLOT`, `reply|ORDER` or `correction|DELIVERY|CHANGES`. `told` holds each
    story of its brief and that one's version.
    """

    key: str
    chat: ChatRef
    parts: tuple[Part, ...]
    created_at: datetime
    brief_id: str = ""
    asker: str = ""
    told: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What its sources took back of what a delivery told, by story: to be said in its messages (D10)."""

    sent: Delivery
    changes: dict[int, tuple[Change, ...]]


Outgoing = Reply | Briefing | Correction
