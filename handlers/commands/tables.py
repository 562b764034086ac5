"""The orders that are answered with tables: the figures of a story, and what changed."""

from collections.abc import Iterator, Sequence

from bot.desk import Desk, StoryNews
from bot.errors import UsageError
from bot.model import Attachment, Button, Line, Order, Reply, Series
from handlers.commands.words import PAGE, file_name, many, page, without
from handlers.render import changes as changed
from handlers.render import chart, numbers, sheet, table
from handlers.render.text import asking_for

CHANGES_A_STORY = 8
CHANGES_A_HEADLINE = 4


async def figures(desk: Desk, order: Order, rest: str) -> Reply:
    """Return the figures of the story on a topic, as a table or as a file for spreadsheets."""
    words, skip = page(rest)
    words, as_csv = without(words, "csv")
    topic, everything = without(words, "all")
    if not topic:
        raise UsageError("Say which topic's figures you want, for instance `figures draft`.")
    story, ledger = await desk.ledger(topic)
    chosen = tuple(series for series in ledger if everything or not series.passing) or ledger
    left_out = len(ledger) - len(chosen)
    heading = Line(f"Figures: {story.title}", "heading")
    if as_csv:
        return _sheet(topic, heading, ledger)
    shown = chosen[skip : skip + PAGE]
    notes = [f"{many(left_out, 'figure')} told in passing left out."] if left_out else []
    notes += [f"`figures {topic} csv` holds every value."] if any(one != one.shown for one in shown) else []
    lines = (heading, *table.ledger(shown), *(Line(note, "note") for note in notes))
    following = len(chosen) - skip - PAGE
    more = [Button(f"More ({following})", f"figures {words} +{skip + PAGE}")] if following > 0 else []
    more += [Button("All", f"figures {topic} all")] if left_out else []
    more += [Button("Chart", f"chart {topic}")] if any(map(chart.is_drawable, chosen)) else []
    return Reply(lines=lines, buttons=(*more, Button("CSV", f"figures {topic} csv")))


def _sheet(topic: str, heading: Line, ledger: Sequence[Series]) -> Reply:
    """Return all figures as a file; the order for the shell where a chat takes none."""
    shell = f"This chat takes no files. In the shell, `nutgraf figures {topic} --csv` prints the table."
    return Reply(
        lines=(Line(shell),),
        attachment=Attachment(f"{file_name(topic)}.csv", sheet.csv_of(ledger)),
        caption=(
            heading,
            Line(f"{many(len(ledger), 'figure')}, each value with its source, for a spreadsheet.", "note"),
        ),
    )


async def changes(desk: Desk, order: Order, rest: str) -> Reply:
    """Return what changed on a topic, or in the top stories, since a moment or the last briefing."""
    words, skip = page(rest)
    topic, since_words = _since(words)
    news = await desk.changes(order, topic, since_words, skip)
    zone = (await desk.settings.of(order)).zone
    when = f"since {numbers.clock(news.since, await desk.now(), zone)}"
    lines = [Line(f"Changes{f' on {topic}' if topic else ''} {when}", "heading")]
    if not news.stories:
        lines.append(Line(f"Nothing has changed {when}.", "note"))
    for told in news.stories:
        lines += _changed(told, CHANGES_A_STORY if topic else CHANGES_A_HEADLINE)
    next_page = " ".join(filter(None, ("changes", words, f"+{skip + len(news.stories)}")))
    more = (Button(f"More ({news.more})", next_page),) if news.more else ()
    return Reply(lines=tuple(lines), buttons=more, zone=zone)


def _changed(told: StoryNews, most: int) -> Iterator[Line]:
    """Yield what changed in a story, no more than `most`, and what to say for the rest."""
    title = f"{'New: ' if told.is_new else ''}{told.story.title}"
    yield Line("")
    yield Line(title, bold=((0, len(title)),))
    yield from changed.lines(told.changes[:most]) or [changed.reports(told.reports, is_new=told.is_new)]
    if left_out := len(told.changes[most:]):
        asked = f"figures {asking_for(told.story.title)}"
        yield Line(f"and {many(left_out, 'more change')}: `{asked}` shows what is told now.", "note")


def _since(words: str) -> tuple[str, str]:
    """Return the topic and the words for a moment in `draft since yesterday`."""
    topic, since, moment = f" {words}".rpartition(" since ")
    return (topic.strip(), moment.strip()) if since else (words, "")
