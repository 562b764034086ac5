"""The command line: read the settings, build everything, wire the handlers to the desk, end in order."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import config as settings
from bot.cli import running
from bot.config import Config
from bot.errors import NutgrafError, UsageError
from bot.fetch import Fetcher
from bot.workers import Workers

app = typer.Typer(
    name="nutgraf",
    help="Briefs people on the news: in the terminal, in Telegram and in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
slack = typer.Typer(help="What Slack needs to know of the bot.", no_args_is_help=True)
inspect = typer.Typer(help="Look at one step of an article's journey.", no_args_is_help=True)
app.add_typer(slack, name="slack")
app.add_typer(inspect, name="inspect")

Words = Annotated[list[str], typer.Argument(help="The words of the question.")]


def main() -> None:
    """Run the command line; a mistake that a person can mend ends in one sentence and exit status 2."""
    try:
        app()
    except NutgrafError as error:
        sys.stderr.write(f"nutgraf: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


# ---------------------------------------------------------------- the bot


@app.command()
def run() -> None:
    """Run the bot: feeds, briefings, and every platform whose token is set."""
    asyncio.run(running.run(settings.load()))


@app.command()
def work() -> None:
    """Poll, file and deliver beside other processes on the same store, without listening to chats."""
    asyncio.run(running.run(settings.load(), listening=False))


@app.command()
def chat() -> None:
    """Talk to the bot in this terminal."""
    _ask(running.chat)


@app.command()
def demo(
    feeds: Annotated[list[str] | None, typer.Argument(help="Feed files, folders of them, or URLs.")] = None,
) -> None:
    """Show a briefing and an answer made from sample news, or from the feeds given."""
    _ask(lambda config: running.demo(config, feeds or []))


# ---------------------------------------------------------------- one order


def _ask(act: Callable[[Config], Awaitable[bool]]) -> None:
    """Do it and exit with status 2 where the answer says that it did not work."""

    async def asked() -> bool:
        return await act(settings.load())

    if not asyncio.run(asked()):
        raise typer.Exit(2)


def _order(word: str, *rest: str) -> None:
    _ask(lambda config: running.one_order(config, " ".join((word, *rest)).strip()))


@app.command()
def brief(
    topic: Annotated[list[str] | None, typer.Argument(help="What about; the top stories if left out.")] = None,
) -> None:
    """Print the briefing on a topic, or on the top stories."""
    _order("brief", *(topic or ()))


@app.command()
def figures(
    topic: Words,
    csv: Annotated[bool, typer.Option("--csv", help="As CSV, one observation a row.")] = False,
    chart: Annotated[Path | None, typer.Option(help="Draw the main one into this PNG file instead.")] = None,
    dark: Annotated[bool, typer.Option("--dark", help="Draw on black.")] = False,
) -> None:
    """Print the figures of a story with their history; or draw them, or write them as CSV."""
    words = " ".join(topic)
    if chart is not None:
        _ask(lambda config: running.one_file(config, f"chart {words}{' dark' * dark}", chart))
    elif csv:
        _ask(lambda config: running.one_file(config, f"figures {words} csv", None))
    else:
        _order("figures", words)


@app.command()
def add(
    what: Annotated[list[str], typer.Argument(help="Feed or site URLs, OPML files, or `starter`.")],
) -> None:
    """Read a feed, a site's feed, or all feeds of an OPML file from now on; `starter` is a list of public ones."""
    _ask(lambda config: running.add(config, what))


@app.command()
def sources() -> None:
    """List the feeds and how they are."""
    _order("sources")


@app.command()
def remove(feed: Annotated[str, typer.Argument(help="Its number in the list, or its URL.")]) -> None:
    """Stop reading a feed."""
    _order("remove", feed)


@app.command()
def export() -> None:
    """Print the list of feeds as OPML, with their folders; `nutgraf add` reads it back."""
    _ask(running.export)


@slack.command("manifest")
def slack_manifest(
    url: Annotated[str, typer.Option(help="The public address of the bot, for HTTP mode.")] = "",
) -> None:
    """Print the manifest to make the Slack app from."""
    from handlers.slack import manifest  # noqa: PLC0415  # a second of imports, for this command alone

    config = settings.load()
    sys.stdout.write(
        json.dumps(manifest.manifest(config.topics, config.slack_mode, url or config.slack_public_url), indent=2)
        + "\n"
    )


# ---------------------------------------------------------------- doors

Files = Annotated[list[Path] | None, typer.Argument(help="Files to read; standard input if left out.")]
Places = Annotated[list[str] | None, typer.Argument(help="Files or URLs; with --jsonl, files of lines.")]
Lines = Annotated[bool, typer.Option("--jsonl", help="One JSON object a line, in and out.")]


@inspect.command("sentences")
def inspect_sentences(files: Files = None, jsonl: Lines = False) -> None:
    """Split a text into sentences; JSON: `{id, text, lang?}`."""
    from bot import doors  # noqa: PLC0415  # the summarizer, for this command alone

    _open(doors.split, files, jsonl, lambda texts: {"text": "\n\n".join(texts)})


@inspect.command("figures")
def inspect_figures(
    files: Files = None,
    jsonl: Lines = False,
    published: Annotated[str, typer.Option(help="The text's date, to resolve “this year” by.")] = "",
) -> None:
    """Read the figures out of a text; JSON: `{id, text, published?, lang?}`."""
    from bot import doors  # noqa: PLC0415  # as above

    _open(doors.figures_of, files, jsonl, lambda texts: {"text": "\n\n".join(texts), "published": published})


@inspect.command("bullets")
def inspect_bullets(
    files: Files = None,
    jsonl: Lines = False,
    topic: Annotated[str, typer.Option(help="What the bullets are to be about.")] = "",
    count: Annotated[int, typer.Option(help="How many at most.", min=1, max=20)] = 4,
) -> None:
    """Choose the bullets of a story, one file an article; JSON: `{id, docs: texts, lang?, count?, topic?}`."""
    from bot import doors  # noqa: PLC0415  # as above

    wanted = {"topic": topic, "count": count}
    _open(lambda asked: doors.bullets_of(wanted | asked), files, jsonl, lambda texts: {"docs": texts})


@inspect.command("stories")
def inspect_stories(files: Files = None, jsonl: Lines = False) -> None:
    """Group articles into stories; the input is JSON lines in time order: `{id, title, text, source, url, ts}`."""
    from bot import doors  # noqa: PLC0415  # as above

    texts = [_read(path) for path in files] if files else [sys.stdin.read()]
    answers = doors.stories(line for text in texts for line in text.split("\n"))
    told = (doors.written(answer) if jsonl else doors.grouped(answer) for answer in answers)
    sys.stdout.writelines(f"{line}\n" for line in told)
    raise typer.Exit(1 if any("error" in answer for answer in answers) else 0)


@inspect.command("feed")
def inspect_feed(places: Places = None, jsonl: Lines = False) -> None:
    """Read feeds, files (also .gz) or URLs; JSON: `{id, path, url?}` or `{id, url}`."""
    from bot import webdoors  # noqa: PLC0415  # as above

    asyncio.run(_look(webdoors.feed, places or [], jsonl))


@inspect.command("page")
def inspect_page(places: Places = None, jsonl: Lines = False) -> None:
    """Read the article on pages, files (also .gz) or URLs; JSON: `{id, path, url?}` or `{id, url}`."""
    from bot import webdoors  # noqa: PLC0415  # as above

    asyncio.run(_look(webdoors.page, places or [], jsonl))


async def _look(door: Any, places: list[str], jsonl: bool) -> None:
    """Write what a door to the web answers for each place, or for each line of JSON in the files given."""
    from bot import doors, webdoors  # noqa: PLC0415  # as above

    if jsonl:
        lines = "\n".join([_read(Path(place)) for place in places] or [sys.stdin.read()]).split("\n")
    else:
        lines = webdoors.lines_for(places)
    all_well = True
    async with Fetcher(running.policy(settings.load())) as fetcher, Workers() as workers:
        async for answer in webdoors.lines(door, lines, fetcher, workers):
            all_well = all_well and "error" not in answer
            told = [doors.written(answer)] if jsonl else webdoors.readable(answer)
            sys.stdout.writelines(f"{line}\n" for line in told)
    raise typer.Exit(0 if all_well else 1)


def _open(
    door: Callable[[dict[str, Any]], dict[str, Any]],
    files: list[Path] | None,
    jsonl: bool,
    asked: Callable[[list[str]], dict[str, Any]],
) -> None:
    from bot import doors  # noqa: PLC0415  # as above

    texts = [_read(path) for path in files] if files else [sys.stdin.read()]
    if not jsonl:
        sys.stdout.writelines(f"{line}\n" for line in doors.readable(door(asked(texts))))
        return
    all_well = True
    for answer, well in doors.lines(door, (line for text in texts for line in text.split("\n"))):
        sys.stdout.write(answer + "\n")
        all_well = all_well and well
    raise typer.Exit(0 if all_well else 1)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Give a file of text.") from error
