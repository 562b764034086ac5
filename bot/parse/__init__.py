"""A feed's bytes -> its entries: the gate and fastfeedparser, or feedparser in a worker process; JSON Feed too.

`parse` reads what the gate lets through, in a millisecond or two. It answers None for everything else: then
`parse_leniently` is to be run in a worker, since feedparser on a stranger's bytes may take any time and memory.
"""

import re
from dataclasses import dataclass, replace

from bot.model import Parsed
from bot.parse import entries, gate, jsonfeed
from bot.parse.entries import MOST_ENTRIES

__all__ = ["MOST_ENTRIES", "NotFeed", "discover", "parse", "parse_leniently"]

WORKER_IMPORTS = ("feedparser", "lxml.html")

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)
_PERIOD_SECONDS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class NotFeed:
    """Bytes that are no feed, with the addresses of the feeds they point at (rule S9), or too many to be read."""

    alternates: tuple[str, ...] = ()
    too_large: bool = False


def parse(body: bytes, content_type: str = "", url: str = "", most: int = MOST_ENTRIES) -> Parsed | None:
    """Return what a feed holds, in the feed's order; None when only `parse_leniently` can tell.

    `url` is where the body came from; links relative to it are completed. Of more than `most` entries the newest
    are kept (rule S8).
    """
    if body.lstrip()[:1] == b"{":
        return jsonfeed.parse(body, url, most)
    held = gate.read(body, url) if _one_encoding(body, content_type) else None
    if held is None:
        return None
    facts = held.facts
    return Parsed(
        title=entries.plain_title(_first(facts, "title")),
        site=entries.link(_first(facts, "link") or held.links.get("alternate", ""), url),
        language=_language(*facts.get("language", ())),
        entries=entries.finish(held.statements, url, most),
        interval_seconds=_interval_seconds(facts),
        skip_hours=frozenset(int(hour) % 24 for hour in facts.get("hour", ()) if hour.isdecimal()),
        skip_days=frozenset(_DAYS.index(day.lower()) for day in facts.get("day", ()) if day.lower() in _DAYS),
        hub=entries.link(held.links.get("hub", ""), url),
        self_url=entries.link(held.links.get("self", ""), url),
        parser="gate",
    )


def _first(facts: dict[str, list[str]], name: str) -> str:
    return "".join(facts.get(name, ())[:1])


def _one_encoding(body: bytes, content_type: str) -> bool:
    """Whether the server and the document name the same encoding, or only one of them does."""
    stated = _CHARSET.search(content_type)
    declared = _DECLARED.match(body)
    names = {
        name.lower().replace("utf8", "utf-8")
        for name in (stated and stated[1], declared and declared[1].decode("ascii"))
        if name
    }
    return len(names) < 2 and (stated is None or names == {"utf-8"} or declared is not None)


def _interval_seconds(timing: dict[str, list[str]]) -> int:
    """How often the feed wants to be read at most: its ttl in minutes, or its sy:updatePeriod."""
    ttl = max((int(value) for value in timing.get("ttl", ()) if value.isdecimal()), default=0) * 60
    period = _PERIOD_SECONDS.get(_first(timing, "period").lower(), 0)
    frequency = _first(timing, "frequency") or "1"
    return max(ttl, period // max(int(frequency), 1) if frequency.isdecimal() else period)


def _language(*stated: str) -> str:
    for tag in stated:
        if match := _LANGUAGE.match(tag.strip()):
            return match[0].lower()
    return ""


# ---------------------------------------------------------------- in a worker process


def parse_leniently(
    body: bytes, content_type: str = "", url: str = "", most: int = MOST_ENTRIES
) -> Parsed | NotFeed:
    """Return what a feed holds that the gate did not let through, or that it is none. To be run in a worker."""
    parsed = parse(body, content_type, url, most)
    if parsed is not None:
        return parsed
    from bot.parse import lenient  # noqa: PLC0415 - the bot's own process is spared feedparser

    found = lenient.parse(body, content_type, url, most)
    if found is None:
        return NotFeed(discover(body, url), lenient.is_too_large(body))
    return replace(found, language=_language(found.language))


def discover(body: bytes, url: str) -> tuple[str, ...]:
    """Return the addresses of the feeds a page points at, best first. To be run in a worker."""
    from bot.parse import pages  # noqa: PLC0415 - the bot's own process is spared lxml.html

    return pages.alternates(body, url)
