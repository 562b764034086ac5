"""feedparser, for what the gate does not let through; imported in worker processes alone."""

import calendar
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import fastfeedparser
import feedparser
from feedparser.sanitizer import _sanitize_html
from feedparser.urls import resolve_relative_uris

from bot.model import Parsed
from bot.parse import entries, gate
from bot.parse.entries import Statement

MOST_MARKS = 150_000
"""With more tags or entities feedparser does not come to an end in its five seconds, so it is not asked."""

_PAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?(?:<!doctype\s+html|<html)", re.IGNORECASE | re.DOTALL)
_DECLARATION = re.compile(r"<!(?:ENTITY|NOTATION|ELEMENT|ATTLIST)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]{1,8}|[0-9]{1,10});?")
_WIDE = re.compile(rb"\xff\xfe|\xfe\xff|\x00<|<\x00")
_DECLARED = re.compile(r"^<\?xml[^>]{0,200}\?>")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_NOTHING: dict[str, Any] = {"entries": (), "feed": {}, "bozo": 1}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse(body: bytes, content_type: str, url: str, most: int) -> Parsed | None:
    """Return what a feed holds by feedparser, or by fastfeedparser where that finds more; None for no feed."""
    if _PAGE.match(body) or gate.is_absurd(body):
        return None
    body = with_real_characters(without_declarations(body))
    quick = _by_fastfeedparser(body)
    found = _by_feedparser(body, content_type, url)
    statements = [_statement(entry) for entry in found["entries"]]
    if len(quick) > len(statements):
        statements = quick
    if not statements and not found.get("version"):
        return None
    feed = found["feed"]
    return Parsed(
        title=entries.plain_title(_text(feed, "title")),
        site=entries.link(_text(feed, "link"), url),
        language=_text(feed, "language"),
        entries=entries.finish(statements, url, most),
        interval_seconds=_number(feed.get("ttl")) * 60,
        hub=entries.link(_related(feed, "hub"), url),
        self_url=entries.link(_related(feed, "self"), url),
        parser="fastfeedparser" if statements is quick else "feedparser",
        warnings=("the feed is not well-formed XML",) if found["bozo"] else (),
    )


def without_declarations(body: bytes) -> bytes:
    """Return a document without entity declarations (rule S5); feedparser would expand some."""
    if _WIDE.match(body):
        text = body.decode("utf-16", "replace")
        if "<!ENTITY" in text.upper():
            body = _DECLARED.sub("", text.lstrip("\ufeff")).encode()
    if b"<!entity" not in body[:100_000].lower():
        return body
    head = body.decode("latin-1")
    return _DECLARATION.sub("", head).encode("latin-1")


def with_real_characters(body: bytes) -> bytes:
    """Return a document whose numeric references name characters; feedparser gives up at those that cannot."""
    return _REFERENCE.sub(lambda found: found[0] if _is_character(found[1]) else b"&#xFFFD;", body)


def _is_character(number: bytes) -> bool:
    code = int(number[1:], 16) if number[:1] in b"xX" else int(number)
    return code < 0xD800 or 0xDFFF < code < 0x110000


def is_too_large(body: bytes) -> bool:
    """Return whether an ill-formed document is one that nobody reads here: its marks would take minutes."""
    return max(body.count(b"<"), body.count(b"&")) > MOST_MARKS


def _by_feedparser(body: bytes, content_type: str, url: str) -> Any:
    if is_too_large(body):
        return _NOTHING
    headers = {"content-type": content_type, "content-location": url}
    try:
        return feedparser.parse(
            io.BytesIO(body),  # never bytes: feedparser would open a file of that name (rule S6)
            response_headers={name: value for name, value in headers.items() if value},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except UnicodeError:  # the stated encoding is one that reads nothing, such as `undefined`
        return _NOTHING


def _by_fastfeedparser(body: bytes) -> list[Statement]:
    try:
        found = fastfeedparser.parse(body, include_tags=False, include_media=False, include_enclosures=False)
    except Exception:  # whatever it stumbles over; feedparser is asked as well
        return []
    return [
        Statement(
            guid=str(entry.get("id") or ""),
            link=str(entry.get("link") or ""),
            title=entries.mend(str(entry.get("title") or "")),
            published=entries.date(entry.get("published")),
            updated=entries.date(entry.get("updated")),
            author=str(entry.get("author") or ""),
            text_html=entries.mend(entries.fullest([*_contents(entry), str(entry.get("description") or "")])),
        )
        for entry in found["entries"]
    ]


def _statement(entry: Any) -> Statement:
    return Statement(
        guid=_text(entry, "id"),
        link=_text(entry, "link"),
        title=entries.sound(_title(entry)),
        published=_moment(entry.get("published_parsed")) or _moment(entry.get("created_parsed")),
        updated=_moment(entry["updated_parsed"] if "updated_parsed" in dict.keys(entry) else None),
        author=_text(entry, "author"),
        language=str((entry.get("title_detail") or {}).get("language") or "")[:2].lower(),
        text_html=entries.sound(entries.fullest([*_contents(entry), str(entry.get("summary") or "")])),
    )


def _text(mapping: Any, name: str) -> str:
    return entries.sound(str(mapping.get(name) or ""))


def _title(entry: Any) -> str:
    """Return a title as feedparser gives it by default: without dangerous markup, its links completed.

    The whole feed is not treated like this because that costs three times as much as parsing; titles are short.
    """
    title, detail = str(entry.get("title") or ""), entry.get("title_detail") or {}
    kind = str(detail.get("type") or "")
    if "<" not in title or kind not in _HTML_TYPES:
        return title
    title = resolve_relative_uris(title[: 4 * entries.LONGEST_TITLE], detail.get("base") or "", "utf-8", kind)
    return str(_sanitize_html(title, "utf-8", kind))


def _contents(entry: Any) -> list[str]:
    return [
        entries.as_html(str(each.get("value") or ""), str(each.get("type") or ""))
        for each in entry.get("content") or ()
    ]


def _moment(stated: Any) -> datetime | None:
    try:
        return _EPOCH + timedelta(seconds=calendar.timegm(stated)) if stated else None
    except (ValueError, OverflowError):
        return None


def _number(stated: object) -> int:
    return int(stated) if isinstance(stated, str) and stated.isdecimal() else 0


def _related(feed: Any, relation: str) -> str:
    return next((str(each.get("href", "")) for each in feed.get("links", ()) if each.get("rel") == relation), "")
