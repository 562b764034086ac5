"""The app's Home tab: the next briefing, what is followed with its last figures, the feeds, and two forms (K5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from bot.errors import UsageError
from bot.model import Chat, Feed, Line, Order, Reply, Series, Story
from bot.schedule import timetable_words
from handlers.render import document, slack
from handlers.render.feeds import health
from handlers.render.numbers import date_labels, day_of, pointed, zone_of
from handlers.render.parts import pack

SETTINGS, SOURCES = "settings", "sources"
"""The two forms: the name of each is its button's and its own."""

TOPICS_SHOWN, SERIES_SHOWN, FEEDS_SHOWN = 10, 3, 15

View = dict[str, Any]


class Settings(Protocol):
    """What the Home tab asks and orders of a chat's settings."""

    async def of(self, order: Order) -> Chat:
        """Return the chat's settings."""

    async def schedule(self, order: Order, words: str) -> Chat:
        """Set when the chat is briefed; UsageError if the words cannot be understood."""

    async def follow(self, order: Order, words: str) -> Chat:
        """Put a topic into the chat's briefings; UsageError if it cannot be."""

    async def unfollow(self, order: Order, words: str) -> Chat:
        """Take a topic out of the chat's briefings."""


class Desk(Protocol):
    """What the Home tab asks."""

    @property
    def settings(self) -> Settings:
        """The settings of every chat."""

    async def may_use(self, order: Order) -> bool:
        """Whether the bot answers this person."""

    async def feeds(self) -> Sequence[Feed]:
        """Return all feeds."""

    async def ledger(self, topic: str) -> tuple[Story, tuple[Series, ...]]:
        """Return the story that answers a topic, with its figures; UsageError if there is none."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A topic with its last figures, as far as there are any."""

    topic: str
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """All that the tab shows."""

    chat: Chat
    followed: tuple[Followed, ...]
    feeds: tuple[Feed, ...]
    now: datetime


async def find(desk: Desk, order: Order) -> Home | None:
    """Return what a person's Home tab shows; None for whom the bot does not answer (S15)."""
    if not await desk.may_use(order):
        return None
    chat = await desk.settings.of(order)
    followed = [Followed(topic, await _figures(desk, topic)) for topic in chat.topics[:TOPICS_SHOWN]]
    return Home(chat, tuple(followed), tuple(await desk.feeds()), order.received_at)


async def _figures(desk: Desk, topic: str) -> tuple[Series, ...]:
    try:
        return (await desk.ledger(topic))[1][:SERIES_SHOWN]
    except UsageError:  # no story on this topic yet
        return ()


def view(home: Home | None, order: Order) -> View:
    """Return the tab. A person whom the bot does not answer is told how to be let in."""
    tab: View = {"type": "home", "private_metadata": order.target["channel"]}
    if home is None:
        how = Line(f"Its owner can let you in with `allow {order.user}`.")
        return tab | {"blocks": _blocks([Line("This bot is private", "heading"), how])}
    buttons = [_button("Settings", SETTINGS, primary=True), _button("Add a source", SOURCES)]
    return tab | {"blocks": [*_blocks(list(_lines(home))), {"type": "actions", "elements": buttons}]}


def form(name: str, chat: Chat, order: Order) -> View:
    """Return the form of a button: the chat's settings, or a feed to add."""
    inputs = (
        _settings_inputs(chat) if name == SETTINGS else [_input("url", "Address of a feed or site", "https://…")]
    )
    return {
        "type": "modal",
        "callback_id": name,
        "private_metadata": order.target["channel"],
        "title": _plain("Settings" if name == SETTINGS else "Add a source"),
        "submit": _plain("Save" if name == SETTINGS else "Add"),
        "close": _plain("Cancel"),
        "blocks": inputs,
    }


async def save(desk: Desk, order: Order, values: Mapping[str, str]) -> dict[str, str]:
    """Save the settings form and return its faults by field; with a fault in the times nothing is saved."""
    times = values["times"].strip()
    try:
        chat = await desk.settings.schedule(_step(order, f"schedule {times}"), times)
    except UsageError as fault:
        return {"times": str(fault)}
    wanted = tuple(dict.fromkeys(line.strip() for line in values["topics"].splitlines() if line.strip()))
    try:
        for topic in (topic for topic in wanted if topic not in chat.topics):
            await desk.settings.follow(_step(order, f"follow {topic}"), topic)
        for topic in (topic for topic in chat.topics if topic not in wanted):
            await desk.settings.unfollow(_step(order, f"unfollow {topic}"), topic)
    except UsageError as fault:
        return {"topics": str(fault)}
    if times.casefold() == "off":
        await desk.settings.schedule(_step(order, "off"), "off")  # following a topic schedules it
    return {}


def _step(order: Order, does: str) -> Order:
    """Return the order of one step of a form: the desk does every order once, by its key."""
    return replace(order, key=f"{order.key}:{does}")


def fault_of(url: str) -> dict[str, str]:
    """Return what is wrong with an address at first sight, by field; the rest shows when it is fetched."""
    if url.strip().lower().startswith(("http://", "https://")) and " " not in url.strip():
        return {}
    return {"url": "Write the whole address, beginning with https:// or http://."}


def values_of(body: Mapping[str, Any]) -> dict[str, str]:
    """Return what a form was filled in with, by field."""
    state = body["view"]["state"]["values"]
    return {name: str(held["typed"].get("value") or "") for name, held in state.items()}


def timetable(chat: Chat) -> str:
    """Return when the chat is briefed in the words that `schedule` takes."""
    return timetable_words(chat.timetable) if chat.scheduled else "off"


def _lines(home: Home) -> Iterator[Line]:
    chat, zone = home.chat, home.chat.timetable.zone
    yield Line("Next briefing", "heading")
    if chat.paused:
        yield Line(f"Paused: {chat.paused}")
    elif chat.scheduled and chat.next_slot_at:
        at = chat.next_slot_at.astimezone(zone_of(zone))
        yield Line(f"{at:%A} {day_of(chat.next_slot_at, zone, chat.next_slot_at)}, {at:%H:%M} ({timetable(chat)})")
    else:
        yield Line("None. Choose a time under Settings.")
    yield Line("Followed", "heading")
    for followed in home.followed:
        yield Line(followed.topic, "bullet", bold=((0, len(followed.topic)),))
        yield from (_figure(series) for series in followed.series)
    if not home.followed:
        yield Line("No topic: a briefing brings the top stories.")
    failing = sum(1 for feed in home.feeds if feed.error)
    yield Line(f"Feeds\t{len(home.feeds)} read, {failing} failing", "heading")
    worst_first = sorted(home.feeds, key=lambda feed: (not feed.error, feed.id))
    for feed in worst_first[:FEEDS_SHOWN]:
        yield Line(f"{feed.name}: {health(feed, home.now, zone)}", "note")


def _figure(series: Series) -> Line:
    last = series.points[-1]
    dated = f" ({date_labels((last,))[0]})" if last.as_of else ""
    return Line(f"{series.label}\t{pointed(last, series)}{dated}", "detail")


def _blocks(lines: list[Line]) -> list[View]:
    """Return as much as one message holds, which is less than a tab does."""
    pieces = document.of(Reply(lines=tuple(lines))).pieces
    return slack.blocks(pack(pieces, slack.fits)[0])


def _settings_inputs(chat: Chat) -> list[View]:
    times = _input("times", "Times, days and time zone", "08:00 mon-fri Europe/London", timetable(chat))
    topics = _input("topics", "Topics, one a line", "draft", "\n".join(chat.topics))
    topics["element"]["multiline"] = True
    return [times, topics | {"optional": True}]


def _input(name: str, label: str, example: str, value: str = "") -> View:
    element = {"type": "plain_text_input", "action_id": "typed", "placeholder": _plain(example)}
    if value:
        element["initial_value"] = value[:3000]
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def _button(label: str, name: str, *, primary: bool = False) -> View:
    made: View = {"type": "button", "text": _plain(label), "action_id": f"home:{name}"}
    return made | {"style": "primary"} if primary else made


def _plain(text: str) -> View:
    return {"type": "plain_text", "text": text}
