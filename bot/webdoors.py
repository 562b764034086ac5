"""Doors to the web's side of an article's journey: what `nutgraf inspect feed` and `inspect page` open.

Like those of `doors.py` each takes and returns one JSON object, `{id, path, url?}` or `{id, url}`, and calls the
very functions that a poll calls; strangers' bytes are read in worker processes.
"""

import asyncio
import gzip
import json
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bot import doors, extract, parse
from bot.errors import NutgrafError, UsageError
from bot.fetch import FEED_TYPES, PAGE_TYPES, Fetched, Fetcher
from bot.fetch.bodies import LARGEST_BODY
from bot.model import Entry, Parsed
from bot.parse import NotFeed
from bot.workers import Workers

EVERY_ENTRY = 1_000_000
AT_ONCE = 4

Door = Callable[[dict[str, Any], Fetcher, Workers], Awaitable[dict[str, Any]]]


async def feed(asked: dict[str, Any], fetcher: Fetcher, workers: Workers) -> dict[str, Any]:
    """`{id, path, url?}` → `{id, title, entries: [{title, link, id, published, …}], etag, …, warnings}`."""
    found = await _fetched(asked, fetcher, FEED_TYPES)
    stated = (found.body, found.content_type, found.url, EVERY_ENTRY)
    held: Parsed | NotFeed | None = parse.parse(*stated)
    if held is None:
        held = await workers.run(parse.parse_leniently, *stated)
    if isinstance(held, NotFeed):
        error = "This is too large to be read as a feed." if held.too_large else "There is no feed here."
        return {"entries": [], "error": error, "alternates": list(held.alternates)}
    return {
        "parser": held.parser,
        "title": held.title,
        "site": held.site,
        "language": held.language,
        "etag": found.etag,
        "last_modified": found.last_modified,
        "interval_seconds": held.interval_seconds,
        "hub": held.hub,
        "warnings": list(held.warnings),
        "entries": [_entry(entry) for entry in held.entries],
    }


async def page(asked: dict[str, Any], fetcher: Fetcher, workers: Workers) -> dict[str, Any]:
    """`{id, path, url?}` → `{id, text, title, published, stub}`."""
    found = await _fetched(asked, fetcher, PAGE_TYPES)
    held = await workers.run(extract.page, found.body, found.url)
    published = held.published_at.isoformat() if held.published_at else None
    return {"text": held.text, "title": held.title, "published": published, "stub": held.stub}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "link": entry.link,
        "id": entry.guid,
        "published": entry.published_at.isoformat() if entry.published_at else None,
        "updated": entry.updated_at.isoformat() if entry.updated_at else None,
        "author": entry.author,
        "text_length": len(extract.text(entry.text_html)),
    }


async def _fetched(asked: dict[str, Any], fetcher: Fetcher, accept: str) -> Fetched:
    """Return a file (also .gz) as if its URL had answered with it, or what the URL answers."""
    path, url = asked.get("path"), str(asked.get("url") or "")
    if path:
        return Fetched(url=url, status=200, body=await asyncio.to_thread(_file, Path(str(path))))
    found = await fetcher.fetch(url, accept=accept)
    if found.status != 200:
        raise UsageError(f"It answered {found.status}.")
    return found


def _file(path: Path) -> bytes:
    """Return what the file holds, of which no more is read than of an answer from the web."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as opened:
            body = opened.read(LARGEST_BODY + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error
    if len(body) > LARGEST_BODY:
        raise UsageError(f"{path} is longer than {LARGEST_BODY >> 20} MB.")
    return body


def lines_for(places: Iterable[str]) -> list[str]:
    """Return the lines of JSON that ask for files and URLs as a person names them."""
    kinds = {True: "url", False: "path"}
    return [json.dumps({"id": place, kinds[place.startswith(("http://", "https://"))]: place}) for place in places]


async def lines(
    door: Door, asked: Iterable[str], fetcher: Fetcher, workers: Workers
) -> AsyncIterator[dict[str, Any]]:
    """Yield the door's answer to each line of JSON, in order; what goes wrong is its `error`."""
    waiting: list[asyncio.Task[dict[str, Any]]] = []
    for line in asked:
        if line.strip():
            waiting.append(asyncio.create_task(answer(door, line, fetcher, workers)))
        if len(waiting) > AT_ONCE:
            yield await waiting.pop(0)
    for task in waiting:
        yield await task


async def answer(door: Door, line: str, fetcher: Fetcher, workers: Workers) -> dict[str, Any]:
    """Return a door's answer to one line of JSON, or its error."""
    name: Any = None
    try:
        asked = doors.read(line)
        name = asked.get("id")
        return {"id": name} | await door(asked, fetcher, workers)
    except (ValueError, NutgrafError) as error:
        return {"id": name, "error": str(error)}


def readable(answered: dict[str, Any]) -> Iterator[str]:
    """Yield a door's answer as lines for a person."""
    for name, value in answered.items():
        if name not in {"entries", "text", "id"} and value:
            yield f"{name.replace('_', ' ')}: {', '.join(value) if isinstance(value, list) else value}"
    for entry in answered.get("entries", ()):
        yield f"• {entry['published'] or 'undated'}  {extract.title(entry['title'])}"
        yield f"  {entry['link']}  id {entry['id']}, {entry['text_length']} characters"
    if answered.get("text"):
        yield ""
        yield answered["text"]
