"""What a message says, before any platform sets it: pieces in reading order, and where it may best be split."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model import (
    DISPUTED_SHOWN,
    Attachment,
    Brief,
    BriefBullet,
    Briefing,
    BriefStory,
    Button,
    Line,
    Observation,
    Point,
    Reply,
    Series,
    Source,
)
from handlers.render import chart
from handlers.render.numbers import (
    accounts_of,
    clock,
    corrected,
    date_labels,
    dates_in,
    day_of,
    disputed,
    middle,
    pointed,
    sparkline,
    stated,
    witnessing,
)
from handlers.render.text import Run, asking_for, clean_line, line_of
from summarizer.model import Status

_CLAIMED = {
    Status.CLAIM: "claim",
    Status.ESTIMATE: "estimate",
    Status.DENIED: "denied",
}


NOTHING = "Nothing on this yet."
SOURCES_SHOWN = 15
"""So many sources are listed below a story; each is linked where it is cited, and `cited` lists all."""

OUTLETS_NAMED = 3
"""So many outlets are named behind one account of a conflict."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that stay together: a bullet and its ledger. `opens` a story, `gap` asks for a blank before.

    `story_id` is the story of a brief that they tell, 0 for none.
    """

    lines: tuple[Line, ...]
    opens: bool = False
    gap: bool = True
    story_id: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """All of a message. `salt` makes the tokens of its buttons its own.

    With an `attachment` it is that file with its `caption`, and one message of the pieces where files cannot go.
    """

    pieces: tuple[Piece, ...]
    buttons: tuple[Button, ...] = ()
    salt: str = ""
    silent: bool = False
    attachment: Attachment | None = None
    caption: tuple[Piece, ...] = ()


def of(message: Reply | Briefing, salt: str = "") -> Document:
    """Return a reply or briefing as pieces and buttons. `salt` is the key of the order it answers, if any."""
    if isinstance(message, Briefing):
        salt = salt or f"briefing|{message.chat.key}|{message.slot_at.isoformat()}"
        return Document(tuple(_briefing(message)), _buttons(message.brief), salt, message.silent)
    pieces = tuple(_grouped(message.lines))
    if message.brief is not None and message.brief.stories:
        pieces += tuple(_brief(message.brief, message.zone))
    elif message.brief is not None:
        pieces += (Piece((line_of([message.brief.note or NOTHING], "text"),)),)
    buttons = message.buttons or (_buttons(message.brief) if message.brief else ())
    caption = tuple(_grouped(message.caption))
    return Document(pieces, buttons, salt, attachment=message.attachment, caption=caption)


def stories_of(pieces: Iterable[Piece]) -> tuple[int, ...]:
    """Return the stories that pieces tell."""
    return tuple(dict.fromkeys(piece.story_id for piece in pieces if piece.story_id))


def _buttons(brief: Brief) -> tuple[Button, ...]:
    """Return what a briefing offers; a chat that follows several topics has no one topic to ask on."""
    if not brief.stories:
        return ()
    first = (Button("Sources", f"cited {brief.id}"), *chart.offered(brief))
    one_topic = brief.topic and "," not in brief.topic
    return (*first, Button("Figures", f"figures {brief.topic}")) if one_topic else first


def _grouped(lines: tuple[Line, ...]) -> Iterator[Piece]:
    """Yield a reply's lines as pieces: details stay with their bullet, an empty line asks for a gap."""
    held: list[Line] = []
    gap = False
    for line in map(clean_line, lines):
        joins = (
            held and line.text and (line.style in {"detail", "source"} or line.style == held[-1].style == "table")
        )
        if not joins and held:
            yield Piece(tuple(held), held[0].style == "heading", gap or held[0].style == "heading")
            held, gap = [], False
        if line.text:
            held.append(line)
        else:
            gap = True
    if held:
        yield Piece(tuple(held), held[0].style == "heading", gap or held[0].style == "heading")


# ---------------------------------------------------------------- briefs


def _briefing(message: Briefing) -> Iterator[Piece]:
    yield from _brief(message.brief, message.zone)
    notes = [("Since your last briefing: " + "; ".join(message.news))] if message.news else []
    notes += [message.late] if message.late else []
    if notes:
        yield Piece(tuple(line_of([note], "note") for note in notes))


def _brief(brief: Brief, zone: str) -> Iterator[Piece]:
    """Yield the heading, then story by story."""
    alone = brief.stories[0] if len(brief.stories) == 1 else None
    if alone is None:
        title = brief.topic[:1].upper() + brief.topic[1:] or "Top stories"
        count = f"\t{len(brief.stories)} stories" if brief.stories else ""
        yield Piece((line_of([f"{title}{count}\tbrief {brief.id}"], "heading"),), opens=True)
    else:
        yield _title(alone, brief, zone, f"\tbrief {brief.id}")
    if brief.note or not brief.stories:
        yield Piece((line_of([brief.note or NOTHING], "note"),))
    for story in brief.stories:
        if story is not alone:
            yield _title(story, brief, zone, "")
        yield from (replace(piece, story_id=story.story_id) for piece in _story(story, zone, brief.asked_at))


def _title(story: BriefStory, brief: Brief, zone: str, end: str) -> Piece:
    outlets = "1 outlet" if story.outlets == 1 else f"{story.outlets} outlets, {story.witnesses} independent"
    facts = f"{outlets} · updated {clock(story.updated_at, brief.asked_at, zone)}"
    lines = [line_of([f"{story.title}\t{facts}{end}".replace("\t\t", "\t")], "heading")]
    if story.update:
        lines.append(line_of([f"Update: {story.update}"], "note"))
    return Piece(tuple(lines), opens=True)


def _story(story: BriefStory, zone: str, now: datetime) -> Iterator[Piece]:
    shown: set[str] = set()
    for bullet in story.bullets:
        details: tuple[Line, ...] = ()
        if bullet.series is not None and bullet.series.key not in shown:
            shown.add(bullet.series.key)
            details = tuple(_ledger(bullet.series, story.sources))
        yield Piece((_said(bullet, story.sources), *details))
    for series in story.disputed[:DISPUTED_SHOWN]:
        yield Piece(tuple(_ledger(series, story.sources)))
    if more := _left_out(story):
        yield Piece((line_of([more], "note"),))
    if story.sources:
        yield Piece(tuple(_source(source, story, zone, now) for source in story.sources[:SOURCES_SHOWN]))


def _left_out(story: BriefStory) -> str:
    """Return how much more is told of a story's figures, and what to say for it; empty where that was all."""
    opened = {bullet.series.key: bullet.series for bullet in story.bullets if bullet.series}
    whole = (*opened.values(), *story.disputed[:DISPUTED_SHOWN])
    shown = [series.shown for series in whole]
    values = sum(len(one.points) for one in whole) - sum(len(one.points) for one in shown)
    disputes = sum(len(one.conflicts) for one in story.series) - sum(len(one.conflicts) for one in shown)
    counted = ((values, "value"), (disputes, "dispute"))
    rest = ", ".join(f"{count:,} {what}{'s' * (count > 1)}" for count, what in counted if count)
    return f"Not shown: {rest}. `figures {asking_for(story.title)} csv` has them all." if rest else ""


def _said(bullet: BriefBullet, sources: tuple[Source, ...]) -> Line:
    """Return a bullet: its words with the figures in bold, who said it, and links to its sources."""
    line = clean_line(Line(bullet.text.replace("\t", " "), bold=bullet.bold))
    by_number = {source.number: source for source in sources}
    runs: list[Run | str] = [f" · {bullet.speaker}"] if bullet.speaker else []
    cited = [by_number[number] for number in bullet.sources if number in by_number]
    runs += [" "] * bool(cited)
    runs += [Run(f"[{source.number}]", url=source.url) for source in cited]
    tail = line_of(runs, "text")
    start = len(line.text)
    links = tuple((left + start, right + start, url) for left, right, url in tail.links)
    return Line(line.text + tail.text, "bullet", line.bold, links)


# ---------------------------------------------------------------- the ledger


def _ledger(series: Series, sources: tuple[Source, ...]) -> Iterator[Line]:
    """Yield what is known of one measure: its course, what we computed from it, and where outlets differ."""
    label = series.label.replace("\t", " ")
    known = series.shown
    dated = [point for point in known.points if point.as_of]
    if len(dated) > 1:
        stops = [f"{day} {pointed(point, series)}" for day, point in zip(date_labels(dated), dated, strict=True)]
        stops[1:1] = ["…"] * (len(known.points) < len(series.points))
        columns = [" → ".join(stops), sparkline([middle(point.value) for point in dated])]
        columns += ["computed: " + dates_in(", ".join(series.changes))] if series.changes else []
        columns += ["revised"] if series.revised else []
        yield line_of([Run(label, bold=True), *(f"\t{column}" for column in columns if column)], "detail")
    for old, now in known.corrected:
        yield line_of(_corrected(old, now, series, sources), "detail")
    for group in known.conflicts:
        yield line_of(_differ(group, series, sources), "detail")


def _corrected(
    old: Observation, now: Observation, series: Series, sources: tuple[Source, ...]
) -> Iterator[Run | str]:
    """Yield what an outlet told before and what it tells in its place, each with its link."""
    by_article = {source.article_id: source for source in sources}
    yield f"{corrected(now)} by {now.outlet}, {series.label}: {stated(old)} "
    yield _link(old, by_article)
    yield " → "
    yield Run(stated(now), bold=True)
    yield " "
    yield _link(now, by_article)


def _link(seen: Observation, by_article: Mapping[int, Source]) -> Run:
    source = by_article.get(seen.article_id)
    return Run(f"[{source.number}]" if source else "[link]", url=seen.url)


def _differ(group: tuple[Point, ...], series: Series, sources: tuple[Source, ...]) -> Iterator[Run | str]:
    """Yield the accounts that cannot all be true, each with who says it and where."""
    who = "claims" if series.claims else "sources"
    yield f"{who} differ on {disputed(series, group)}: "
    told, more = accounts_of(group)
    for index, point in enumerate(told):
        yield " · " * (index > 0)
        yield Run(pointed(point, series), bold=True)
        yield from _witnesses(point.observations, sources)
    yield more


def _witnesses(observations: tuple[Observation, ...], sources: tuple[Source, ...]) -> Iterator[Run | str]:
    """Yield who says it, and outlet and link of each independent witness, three at most."""
    by_article = {source.article_id: source for source in sources}
    heard = witnessing(observations)
    said = next((words for seen in heard if (words := _speaker(seen))), "")
    yield (f" ({said})" if said else "") + " in "
    for index, seen in enumerate(heard[:OUTLETS_NAMED]):
        yield ", " * (index > 0) + f"{seen.outlet} "
        yield _link(seen, by_article)
    if len(heard) > OUTLETS_NAMED:
        yield f" and {len(heard) - OUTLETS_NAMED} more"


def _speaker(seen: Observation) -> str:
    """Return who states a figure, and whether as a claim or an estimate; a label says what is foretold."""
    claimed = _CLAIMED.get(seen.figure.status, "")
    return " ".join(word for word in (seen.figure.source.name if seen.figure.source else "", claimed) if word)


def _source(source: Source, story: BriefStory, zone: str, now: datetime) -> Line:
    first = next((other for other in story.sources if other.witness == source.witness), source)
    copied = f"\tsame report as [{first.number}]" if first.number != source.number else ""
    title = source.title.replace("\t", " ")
    day = day_of(source.published_at, zone, now)
    return line_of([f"[{source.number}] {source.outlet}, {day}: ", Run(title, url=source.url), copied], "source")
