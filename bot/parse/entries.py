"""What each reader of feeds states about an entry, made one: links completed, text mended, identity decided."""

import html
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from urllib.parse import urljoin, urlsplit

from bot.address import canonical_url
from bot.model import Entry

MOST_ENTRIES = 1000
LONGEST_TITLE = 500
LONGEST_LINK = 2048
LONGEST_TEXT_BYTES = 200 * 1024

_TAG = re.compile(r"<[^<>]*>")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?]|$)")
_WINDOWS_1252 = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", errors="ignore"))
}
_C1 = re.compile("[\x80-\x9f]")
_COMMON_1252 = "\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99"  # euro, dots, quotes, bullet, dashes, trade mark


@dataclass(slots=True)
class Statement:
    """An entry as one reader of feeds states it."""

    guid: str = ""
    link: str = ""
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    language: str = ""
    text_html: str = ""


def finish(statements: Sequence[Statement], url: str, most: int) -> tuple[Entry, ...]:
    """Return a feed's entries in its order, each with its identity; of more than `most` the newest."""
    if len(statements) > most:
        statements = _newest(statements, most)
    guids = Counter(statement.guid for statement in statements if statement.guid)
    return tuple(_entry(statement, url, guids[statement.guid] > 1) for statement in statements)


def _newest(statements: Sequence[Statement], most: int) -> Sequence[Statement]:
    """Keep the newest in the feed's order; an entry without a date counts as old as the one before it."""
    aged: list[tuple[float, int]] = []
    age = 0.0
    for place, statement in enumerate(statements):
        moment = statement.published or statement.updated
        age = -moment.timestamp() if moment else age
        aged.append((age, place))
    return [statements[place] for place in sorted(place for _, place in sorted(aged)[:most])]


def _entry(statement: Statement, url: str, guid_is_shared: bool) -> Entry:
    address = link(statement.link, url)
    title = statement.title.strip()[:LONGEST_TITLE]
    return Entry(
        key=_key(statement, address, title, guid_is_shared),
        link=address,
        title=title,
        published_at=statement.published or statement.updated,
        updated_at=statement.updated,
        guid=statement.guid[:LONGEST_LINK],
        author=statement.author.strip()[:LONGEST_TITLE],
        language=statement.language,
        text_html=_cut(statement.text_html),
    )


def _key(statement: Statement, address: str, title: str, guid_is_shared: bool) -> str:
    """Rule I1: the guid, else the canonical link, else title and date. I5: a guid many share is not enough."""
    if statement.guid:
        identity = ("guid", statement.guid, canonical_url(address) if guid_is_shared else "")
    elif address:
        identity = ("link", canonical_url(address), "")
    else:
        identity = ("title", title, str(statement.published or statement.updated or ""))
    return blake2b("\0".join(identity).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def link(stated: str, url: str) -> str:
    """Return an http or https address, completed from the feed's own, or "" (rules S8, S13).

    Where the feed's own address is not known, a relative one stays as it is stated.
    """
    address = stated.strip()
    if not address.isprintable():
        address = _CONTROL.sub("", address)
    if len(address) <= LONGEST_LINK and _PLAIN.match(address):
        return address
    try:
        address = urljoin(url, address) if address else ""
        parts = urlsplit(address)
    except ValueError:
        return ""
    usable = parts.hostname if parts.scheme in {"http", "https"} else not (url or parts.scheme)
    return address if usable and len(address) <= LONGEST_LINK else ""


def date(stated: object) -> datetime | None:
    """Return an ISO date as a moment in UTC, or None."""
    if not isinstance(stated, str) or not stated:
        return None
    try:
        moment = datetime.fromisoformat(stated)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def sound(text: str) -> str:
    """Return text without lone surrogates, which JSON and numeric entities can spell and nobody can store."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def mend(text: str) -> str:
    """Return text with two common faults of feeds undone: UTF-8 read as Latin-1, and Windows characters as C1."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    if len(text) < LONGEST_TITLE:
        return text.translate(_WINDOWS_1252) if _C1.search(text) else text
    return text.translate(_WINDOWS_1252) if any(char in text for char in _COMMON_1252) else text


def plain_title(title: str) -> str:
    """Return a feed's title without markup, on one line."""
    return " ".join(html.unescape(_TAG.sub("", mend(title))).split())[:LONGEST_TITLE]


def as_html(value: str, kind: str) -> str:
    """Return text of a stated content type as HTML."""
    if kind in {"text", "text/plain"}:
        return html.escape(value, quote=False).replace("\n\n", "<p>")
    return value


def fullest(texts: Sequence[str]) -> str:
    """Return the one that says most, its markup not counted; the first of equals, "" of none."""
    if len(texts) < 2:
        return texts[0] if texts else ""
    longest, rival, *_ = sorted(texts, key=len, reverse=True)
    if _visible(longest[: 4 * len(rival) + 200]) >= len(rival):
        return longest  # its beginning alone says more
    return max(texts, key=_visible)


def _visible(text: str) -> int:
    text = _TAG.sub("", text) if "<" in text else text
    return len(html.unescape(text)) if "&" in text else len(text)


def _cut(text: str) -> str:
    """Return at most 200 KB of a text (rule S8), cut before a tag or entity that would be left open."""
    if 4 * len(text) <= LONGEST_TEXT_BYTES:
        return text
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) <= LONGEST_TEXT_BYTES:
        return text
    kept = raw[:LONGEST_TEXT_BYTES].decode("utf-8", "ignore")
    opened = max(kept.rfind("<", -1000), kept.rfind("&", -12) if ";" not in kept[-12:] else -1)
    return kept[:opened] if opened > kept.rfind(">") else kept
