"""The feeds a page points at; imported in worker processes alone."""

from urllib.parse import urljoin

import lxml.html
from lxml import etree

from bot.parse import entries

_TYPES = frozenset(f"application/{kind}" for kind in ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "json"))
_ENDINGS = (".rss", ".atom", "/rss", "/feed", "/atom", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json")
_MOST_BYTES = 1024 * 1024
_MOST = 10


def alternates(body: bytes, url: str) -> tuple[str, ...]:
    """Return the addresses of a page's feeds: those its head names, then links that look like one."""
    try:
        page = lxml.html.document_fromstring(body[:_MOST_BYTES])
    except (etree.LxmlError, ValueError):
        return ()
    base = next((urljoin(url, each) for each in page.xpath("//base/@href")), url)
    named = [each.get("href", "") for each in page.iter("link") if _names_a_feed(each)]
    guessed = [each.get("href", "") for each in page.iter("a") if _looks_like_a_feed(each.get("href", ""))]
    found = (entries.link(str(each), base) for each in named or guessed)
    return tuple(dict.fromkeys(each for each in found if each))[:_MOST]


def _names_a_feed(link: lxml.html.HtmlElement) -> bool:
    relations = link.get("rel", "").lower().split()
    kind = link.get("type", "").lower().partition(";")[0].strip()
    return "alternate" in relations and kind in _TYPES and "comments" not in link.get("title", "").lower()


def _looks_like_a_feed(address: str) -> bool:
    path = address.lower().partition("?")[0].rstrip("/")
    return path.endswith(_ENDINGS)
