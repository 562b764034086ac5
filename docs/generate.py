"""Write the parts of the documents that the program itself knows: settings, commands, the README's briefing.

`python -m docs.generate` writes them; with `--check` it writes nothing and fails if a document is out of date.
"""

import asyncio
import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer
from platformdirs import user_config_path, user_data_path
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot import cli, demo
from bot.chart import draw
from bot.config import Config
from bot.desk import Desk
from bot.model.chart import Chart
from handlers import commands, console

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs/chart.png"
HOMES = {
    user_config_path("nutgraf", appauthor=False): "the user's configuration folder",
    user_data_path("nutgraf", appauthor=False): "the user's data folder",
}


def configuration() -> str:
    """Return the table of settings."""
    return "\n".join(
        ["| setting | default | what it does |", "|---|---|---|", *map(_row, Config.model_fields.items())]
    )


def _row(named: tuple[str, FieldInfo]) -> str:
    name, field = named
    described = (field.description or "").replace("|", "\\|")
    return f"| `{name.upper()}` | {_default(field)} | {described}{_choices(field)} |"


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, Path):
        home = next((home for home in HOMES if value.is_relative_to(home)), None)
        rest = "" if home in (None, value) else f"`{value.relative_to(home)}` in "
        return f"{rest}{HOMES.get(home, '') if home else f'`{value}`'}"
    plain = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    return f"`{plain}`" if plain else "none"


def _choices(field: FieldInfo) -> str:
    choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    told = all(f"`{choice}`" in (field.description or "") for choice in choices)
    return "" if told else f" One of {', '.join(f'`{choice}`' for choice in choices)}."


def chat_commands() -> str:
    """Return the table of what can be said in a chat."""
    known = [command for command in commands.COMMANDS.values() if command.listed]
    rows = [f"| {_code(command.usage)} | {command.says} |" for command in known]
    return "\n".join(["| say | and get |", "|---|---|", *rows])


def shell_commands() -> str:
    """Return the table of what can be said in the shell."""
    rows = [f"| {_code(line)} | {says} |" for line, says in _shell(typer.main.get_command(cli.app), "nutgraf")]
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def _shell(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield each command below with what it does; typer brings its own click, which has no types."""
    for word, below in getattr(command, "commands", {}).items():
        yield from _shell(below, f"{name} {word}")
    if not hasattr(command, "commands"):
        words = [_argument(each) for each in command.params if each.param_type_name == "argument"]
        yield " ".join((name, *words)), command.get_short_help_str(200)


def _argument(argument: Any) -> str:
    word = f"{argument.name.upper()}{'…' if argument.nargs < 0 else ''}"
    return word if argument.required else f"[{word}]"


def _code(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`"


def briefing() -> str:
    """Return what the demo prints, the answer to `/draft` first, as the README shows it."""
    morning, answer = asked(demo_output())
    summary = "Before that it prints this morning's briefing"
    folded = f"<details>\n<summary>{summary}</summary>\n\n```\n{morning}\n```\n\n</details>\n"
    return f"```\n{answer}\n```\n\n{folded}"


def demo_output() -> str:
    """Return what the demo prints where nobody can type."""
    command = [sys.executable, "-m", "bot", "demo"]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603  # our own program
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return done.stdout


def asked(printed: str) -> list[str]:
    """Return what the demo printed question by question, each with its answer."""
    return [part.strip() for part in re.split(r"(?m)^(?=nutgraf> )", printed) if part.startswith("nutgraf> ")]


def sample_chart() -> Chart:
    """Return what `/chart draft` draws from the sample news."""
    drawn: list[Chart] = []

    async def ask(desk: Desk) -> None:
        attachment = (await console.ask(desk, "chart draft")).attachment
        drawn.extend([attachment.chart] if attachment and attachment.chart else [])

    with contextlib.redirect_stdout(StringIO()):  # the log of the newsroom
        asyncio.run(demo.run([], ask))
    return drawn[0]


def picture() -> str:
    """Return the link to the picture of the sample chart, with what it shows in words."""
    shown = sample_chart()
    return f"![{shown.title}: {'; '.join(f'{mark.date} {mark.value}' for mark in shown.marks)}]({PICTURE.name})"


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "settings": ("docs/configuration.md", configuration),
    "commands": ("docs/commands.md", chat_commands),
    "shell": ("docs/commands.md", shell_commands),
    "chart": ("docs/commands.md", picture),
    "briefing": ("README.md", briefing),
}


def filled(document: str, part: str, text: str) -> str:
    """Return a document with the stretch between its two marks replaced."""
    begin, end = f"<!-- {part}: written by `python -m docs.generate` -->", f"<!-- end of {part} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(document):
        raise SystemExit(f"The marks of “{part}” are missing.")
    return pattern.sub(lambda _: f"{begin}\n{text}\n{end}", document)


def stale(write: bool) -> Iterator[str]:
    """Yield the documents that do not say what the program says, and mend them if asked to."""
    for part, (name, make) in PARTS.items():
        path = ROOT / name
        document = path.read_text("utf-8")
        mended = filled(document, part, make())
        if mended != document:
            if write:
                path.write_text(mended, "utf-8")
                if part == "chart":
                    PICTURE.write_bytes(draw(sample_chart()))
            yield f"{name} ({part})"


def main() -> None:
    """Write or check, and say what was out of date."""
    checking = "--check" in sys.argv[1:]
    found = list(stale(write=not checking))
    for name in found:
        sys.stdout.write(f"{'out of date' if checking else 'written'}: {name}\n")
    sys.exit(1 if checking and found else 0)


if __name__ == "__main__":
    main()
