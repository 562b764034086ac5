"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from bot.model import Parsed
from bot.parse import entries
from bot.parse.entries import Statement


def parse(body: bytes, url: str, most: int) -> Parsed | None:
    """Return what a JSON Feed holds, or None when the body is none."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in _text(feed, "version"):
        return None
    hubs = [hub for hub in _dicts(feed.get("hubs")) if _text(hub, "type").lower() == "websub"]
    return Parsed(
        title=entries.plain_title(_text(feed, "title")),
        site=entries.link(_text(feed, "home_page_url"), url),
        language=_text(feed, "language")[:2].lower(),
        entries=entries.finish([_statement(item) for item in _dicts(feed.get("items"))], url, most),
        hub=entries.link(_text(hubs[0], "url"), url) if hubs else "",
        self_url=entries.link(_text(feed, "feed_url"), url),
        parser="jsonfeed",
    )


def _statement(item: dict[str, Any]) -> Statement:
    authors = _dicts(item.get("authors")) or _dicts([item.get("author")])
    return Statement(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        published=entries.date(_text(item, "date_published")),
        updated=entries.date(_text(item, "date_modified")),
        author=_text(authors[0], "name") if authors else "",
        language=_text(item, "language")[:2].lower(),
        text_html=entries.fullest(
            [
                _text(item, "content_html"),
                entries.as_html(_text(item, "content_text"), "text"),
                entries.as_html(_text(item, "summary"), "text"),
            ]
        ),
    )


def _text(mapping: dict[str, Any], name: str) -> str:
    """Return a member as text; a number, as old feeds give for ids, too."""
    value = mapping.get(name)
    stated = isinstance(value, str | int | float) and not isinstance(value, bool)
    return entries.sound(str(value)) if stated else ""


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
