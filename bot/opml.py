"""Lists of feeds as OPML, out and in, and the subscription files of other bots."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bot.errors import UsageError
from bot.model import Feed

MOST_FEEDS = 10_000
LONGEST = 4 * 1024 * 1024
DEEPEST = 50

_ADDRESS = re.compile(r"https?://[^\s\"'<>|,;]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """One feed of a list: its address, its title if it has one, and the folder it lies in."""

    url: str
    title: str = ""
    folder: str = ""


def write(feeds: Iterable[Feed], title: str = "Nutgraf") -> str:
    """Return an OPML 2.0 document of feeds, each folder an outline around its own."""
    folders: dict[str, list[Feed]] = {}
    for feed in feeds:
        folders.setdefault(feed.folder, []).append(feed)
    lines = [line for folder in sorted(folders) for line in _folder(folder, folders[folder])]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<opml version="2.0">',
            f"  <head><title>{escape(title)}</title></head>",
            "  <body>",
            *lines,
            "  </body>",
            "</opml>",
            "",
        ]
    )


def _folder(folder: str, feeds: list[Feed]) -> Iterator[str]:
    indent = "      " if folder else "    "
    if folder:
        yield f"    <outline text={quoteattr(folder)}>"
    for feed in feeds:
        site = f" htmlUrl={quoteattr(feed.site)}" if feed.site else ""
        name = quoteattr(feed.name)
        yield f'{indent}<outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed.url)}{site}/>'
    if folder:
        yield "    </outline>"


def read(body: bytes) -> tuple[Listed, ...]:
    """Return the feeds of an OPML file, or of another bot's subscriptions (JSON, or any text with addresses).

    RSS-to-Telegram-Bot and flowerss write OPML, rssbot a JSON file; each feed is listed once.

    Raises:
        UsageError: The file is too large, broken, or names no feed; the sentence says which.

    """
    if len(body) > LONGEST:
        raise UsageError("That file is larger than 4 MB; split the list and add the parts one by one.")
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    found: Iterable[Listed]
    if start == b"<":
        found = _from_opml(body)
    elif start in {b"{", b"["}:
        found = _from_json(body)
    else:
        found = (Listed(each) for each in _ADDRESS.findall(body.decode("utf-8", "replace")))
    listed = {each.url: each for each in found}
    if not listed:
        raise UsageError("There is no feed in that file; give an OPML file, or a text with one address a line.")
    return tuple(listed.values())[:MOST_FEEDS]


def _from_opml(body: bytes) -> list[Listed]:
    reader = _Outlines()
    try:
        reader.parser.Parse(body, True)
    except (expat.ExpatError, ValueError) as error:
        raise UsageError(f"That OPML file is broken ({error}); export it again.") from error
    return reader.found


class _Outlines:
    """Collects the feeds of an OPML document and the folders around them; declarations are refused (S5)."""

    def __init__(self) -> None:
        self.found: list[Listed] = []
        self._folders: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = _refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.lower() != "outline":
            return
        if len(self._folders) >= DEEPEST:
            raise ValueError("its outlines are nested too deeply")
        stated = {key.lower(): value.strip() for key, value in attributes.items()}
        text = stated.get("text") or stated.get("title") or ""
        url = stated.get("xmlurl", "")
        if url:
            folder = next((each for each in reversed(self._folders) if each), "")
            title = stated.get("title") or text
            self.found.append(Listed(url, "" if title == url else title, folder))
        self._folders.append("" if url else text)

    def _end(self, name: str) -> None:
        if name.lower() == "outline":
            self._folders.pop()


def _refuse(*_: object) -> None:
    raise ValueError("it declares entities")


def _from_json(body: bytes) -> Iterator[Listed]:
    """Yield whatever in a JSON file has a feed's address: rssbot's own, and lists of addresses."""
    try:
        waiting: list[Any] = [json.loads(body)]
    except (ValueError, RecursionError) as error:
        raise UsageError("That file begins like JSON but is broken; export it again.") from error
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            links = [value for key, value in node.items() if key in {"link", "url", "xmlUrl", "feed_url"}]
            title = node.get("title")
            yield from (Listed(each, title if isinstance(title, str) else "") for each in links if _is_url(each))
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(reversed(node))
        elif _is_url(node):
            yield Listed(node)


def _is_url(value: object) -> bool:
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None
