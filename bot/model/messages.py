"""What goes out: replies and briefings, and their trips to a chat."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.model.briefs import Brief
from bot.model.chart import Chart
from bot.model.chats import ChatRef
from bot.model.ledger import Change


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
