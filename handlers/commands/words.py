"""The words of orders and answers: what stands behind a topic (`+10`, `csv`), counts, sentences."""

import re

from bot.model import Button, Line, Reply

UNDO = "Undo"
"""The label of the button that takes a change back; `undo` says the same."""

PAGE = 10
"""Rows of a listing before it offers more."""


def many(count: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun: `1 feed`, `2 feeds`."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"


def say(*texts: str, buttons: tuple[Button, ...] = ()) -> Reply:
    """Return sentences as a reply."""
    return Reply(lines=tuple(Line(text) for text in texts), buttons=buttons)


def page(rest: str) -> tuple[str, int]:
    """Return what is asked for, and how many rows of it to skip."""
    words, plus, skip = rest.rpartition("+")
    return (words.strip(), int(skip)) if plus and skip.isdecimal() and len(skip) < 6 else (rest, 0)


def without(rest: str, word: str) -> tuple[str, bool]:
    """Return what is asked for without this last word, and whether it stood there."""
    words, _, last = rest.rpartition(" ")
    return (words.strip(), True) if words and last.casefold() == word else (rest, False)


def file_name(words: str) -> str:
    """Return what a file about this is called, without its ending."""
    return "-".join(re.findall(r"\w+", words.casefold()))[:60] or "figures"
