"""The terminal as a chat: the same commands and the same briefs, asked at a prompt or piped in line by line."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import FileIO
from itertools import count
from threading import Semaphore, Thread

from rich.console import Console
from rich.text import Text

from bot.desk import Desk
from bot.model import Button, ChatRef, Line, Order, Reply
from handlers import commands
from handlers.render import document, plain

TERMINAL = ChatRef("console", "terminal")
LEAVING = frozenset({"exit", "quit", "bye"})
WIDEST = 120
NARROWEST = 60
IN_SHELL = frozenset({"add", "brief", "figures", "remove"})
HINT = "Ask about a topic in your own words, or say `help`; `exit` leaves."
LINES_AHEAD = 10
LONGEST_LINE = 10_000
"""So much of what is piped in is read before it is answered; a longer line is taken for two."""

UNKNOWN = 100
"""So wide is what is piped elsewhere."""


async def ask(desk: Desk, text: str, number: int = 0) -> Reply:
    """Return the answer to what was typed in the terminal's own chat."""
    return await commands.answer(await _order(desk, text, number), desk)


async def obey(desk: Desk, text: str) -> Reply:
    """Return the answer to what was said in the shell; a UsageError says what was wrong with it."""
    return await commands.obey(await _order(desk, text), desk)


async def _order(desk: Desk, text: str, number: int = 0) -> Order:
    now = await desk.now()
    return Order(f"console:{now.timestamp()}:{number}", TERMINAL, "console:owner", text, received_at=now)


def show(reply: Reply, text: str = "", *, in_shell: bool = False) -> None:
    """Print the reply to `text` as wide as the terminal is, bold and linked where the terminal can.

    Below it stands what to type for more: at the prompt, or in the shell as far as that has the commands; and for
    the picture that the answer would bring elsewhere.
    """
    width = max(NARROWEST, min(shutil.get_terminal_size((UNKNOWN, 24)).columns, WIDEST))
    paper = Console(width=width, highlight=False, soft_wrap=True)
    for line in plain.lines(document.of(reply), width):
        paper.print(_styled(line))
    if reply.attachment and (hint := _as_picture(text, reply.attachment.name)):
        paper.print(_styled(Line(hint, "note")))
    for row in plain.offers(_for_shell(reply.buttons) if in_shell else _at_prompt(reply.buttons), width):
        paper.print(_styled(row))


def _as_picture(text: str, name: str) -> str:
    """Return what to type in the shell for the picture that the answer to `text` is, if it is one of a topic."""
    word, _, rest = text.strip().lstrip("/").partition(" ")
    if word.casefold() != "chart" or not rest:
        return ""
    return f"As a picture, in the shell: `{_typed_in_shell(f'chart {rest}', name)}`"


def _at_prompt(buttons: Iterable[Button]) -> tuple[Button, ...]:
    """Return the buttons without a picture's colours, which nobody sees here, and without what the lines say."""
    return tuple(
        button
        for button in buttons
        if button.label not in {"Dark", "Light"} and not button.action.endswith(button.label)
    )


def _for_shell(buttons: Iterable[Button]) -> tuple[Button, ...]:
    typed = (replace(button, action=_typed_in_shell(button.action)) for button in buttons)
    return tuple(button for button in typed if button.action.split()[1] in IN_SHELL)


def _typed_in_shell(action: str, picture: str = "chart.png") -> str:
    """Return what stands for an order in the shell: options for what is a file."""
    word, _, rest = action.partition(" ")
    if word == "chart":
        return f"nutgraf figures {rest} --chart {picture}"
    return f"nutgraf {action.removesuffix(' csv')} --csv" if action.endswith(" csv") else f"nutgraf {action}"


def _styled(line: Line) -> Text:
    text = Text(line.text, style="dim" if line.style in {"note", "source"} else "")
    for start, end in line.bold:
        text.stylize("bold", start, end)
    for start, end, url in line.links:
        text.stylize(f"link {url}", start, end)
    return text


async def chat(desk: Desk, ready: Callable[[], Awaitable[None]]) -> bool:
    """Answer line by line until the person leaves or the input ends; return whether anybody said anything.

    What is piped in waits until the bot is `ready`, so that an answer knows what a feed just added tells.
    """
    numbers = count(1)
    typed = said = sys.stdin.isatty()
    if typed:
        show(Reply((Line(HINT, "note"),)))
    async for line in _typed() if typed else _piped():
        said = True
        if line.strip().lstrip("/").casefold() in LEAVING:
            break
        if line.strip():
            if not typed:
                await ready()
            show(await ask(desk, line, next(numbers)), line)
            sys.stdout.write("\n")
            sys.stdout.flush()
    return said


async def demonstrate(desk: Desk) -> None:
    """Ask what a newcomer would ask, as if typed; in a terminal the newcomer goes on, else that is all."""
    for text in ("brief", "/draft"):
        sys.stdout.write(f"nutgraf> {text}\n")
        show(await ask(desk, text), text)
        sys.stdout.write("\n")
    if sys.stdin.isatty():
        await chat(desk, partial(asyncio.sleep, 0))


async def _piped() -> AsyncIterator[str]:
    """Yield what is piped in, line by line, in any encoding. A bot that is told to end does not wait for more."""
    lines: asyncio.Queue[bytes] = asyncio.Queue()
    room = Semaphore(LINES_AHEAD)
    Thread(target=_read_lines, args=(asyncio.get_running_loop(), lines, room), daemon=True).start()
    while line := await lines.get():
        room.release()
        yield line.decode(errors="replace")


def _read_lines(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[bytes], room: Semaphore) -> None:
    """Put the lines of the standard input into a queue of the loop while there is room, an empty one at their end.

    It is read unbuffered, for a buffer's lock held by this thread would be fatal when the program ends.
    """
    with suppress(RuntimeError), FileIO(sys.stdin.fileno(), closefd=False) as typed:  # no loop: nobody wants more
        for line in iter(partial(typed.readline, LONGEST_LINE), b""):
            room.acquire()
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, b"")


async def _typed() -> AsyncIterator[str]:
    from prompt_toolkit import PromptSession  # noqa: PLC0415  # half a second that only a prompt is worth
    from prompt_toolkit.completion import WordCompleter  # noqa: PLC0415  # as above

    words = WordCompleter([*commands.COMMANDS, *sorted(LEAVING)])
    session: PromptSession[str] = PromptSession("nutgraf> ", completer=words, complete_while_typing=False)
    while True:
        try:
            yield await session.prompt_async()
        except (EOFError, KeyboardInterrupt):
            return
