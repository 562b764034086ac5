"""A server's answer as a value: what its headers say about identity, freshness, waiting and moving."""

import re
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import aiohttp
from multidict import CIMultiDictProxy
from yarl import URL

from bot.errors import UsageError
from bot.fetch import addresses

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=?\s*(?:\"[^\"]*\"|[^\s,;\"]*))*)")
_RELATION = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]+))", re.IGNORECASE)
_FAR_SECONDS = 31 * 86400


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered. Validators are byte for byte; `moved_to` is set where the URL moved for good.

    `fresh_seconds` is how long the answer is fresh; `retry_after_seconds` how long to stay away, if it says so.
    """

    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    fresh_seconds: float = 0
    retry_after_seconds: float | None = None
    links: tuple[tuple[str, str], ...] = ()
    location: str = ""
    moved_to: str = ""

    def moved(self, target_url: str) -> "Fetched":
        """Return the same answer, reached over permanent redirects to `target_url` (or none)."""
        return replace(self, moved_to=target_url)

    def link(self, relation: str) -> str:
        """Return the first address of a relation in the Link headers, or ""."""
        return next((address for name, address in self.links if name == relation), "")


def answered(url: str, response: aiohttp.ClientResponse, body: bytes) -> Fetched:
    """Return a response as a value."""
    headers = response.headers
    return Fetched(
        url=url,
        status=response.status,
        body=body,
        content_type=headers.get("Content-Type", ""),
        etag=headers.get("ETag"),
        last_modified=headers.get("Last-Modified"),
        fresh_seconds=fresh_seconds(headers),
        retry_after_seconds=retry_after_seconds(headers),
        links=tuple(_links(headers.getall("Link", []), url)),
        location=headers.get("Location", ""),
    )


def is_redirect(found: Fetched) -> bool:
    """Whether an answer sends us elsewhere."""
    return found.status in _REDIRECTS and bool(found.location)


def target(found: Fetched) -> URL:
    """Return where a redirect leads; raise UsageError when that may not be fetched."""
    try:
        return addresses.url(urljoin(found.url, found.location))
    except ValueError as error:
        raise UsageError(f"{URL(found.url).host} leads to what is no address; give the feed's own.") from error
    except UsageError as error:
        raise UsageError(f"{URL(found.url).host} leads to an address that is not fetched: {error}") from error


def fresh_seconds(headers: CIMultiDictProxy[str]) -> float:
    """Return max-age less Age, else Expires less Date, else 0; no-store and no-cache make it 0 (rule P9)."""
    stated = ",".join(headers.getall("Cache-Control", [])).lower()
    directives = dict(part.strip().partition("=")[::2] for part in stated.split(","))
    if "no-store" in directives or "no-cache" in directives:
        return 0
    if (age := _seconds(directives.get("max-age"))) is not None:
        return max(age - (_seconds(headers.get("Age")) or 0), 0)
    return max(_since_date(headers, "Expires") or 0, 0)


def retry_after_seconds(headers: CIMultiDictProxy[str]) -> float | None:
    """Return how long a server asks us to stay away, at most 31 days; None for past or garbage values (P10)."""
    seconds = _seconds(headers.get("Retry-After"))
    if seconds is None:
        seconds = _since_date(headers, "Retry-After")
    return min(seconds, _FAR_SECONDS) if seconds is not None and seconds > 0 else None


def _seconds(stated: str | None) -> float | None:
    text = (stated or "").strip().strip('"')
    return float(text) if text.isdecimal() and text.isascii() and len(text) < 16 else None


def _since_date(headers: CIMultiDictProxy[str], name: str) -> float | None:
    """Return the seconds between the server's own Date and another of its dates."""
    try:
        moments = [parsedate_to_datetime(headers[each]) for each in (name, "Date")]
        return (moments[0] - moments[1]).total_seconds()
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _links(stated: list[str], url: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for address, parameters in _LINK.findall(",".join(stated)[:8192]):
        relation = _RELATION.search(parameters)
        names = (relation[1] or relation[2]).lower().split() if relation else []
        found.extend((name, urljoin(url, address)) for name in names)
    return found
