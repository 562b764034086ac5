"""HTML -> the clean text of an article: a feed's fragment in a moment, a whole page by trafilatura in a worker.

Text is NFC, its paragraphs stand apart by a blank line, and nothing in it is invisible or steers its surroundings.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Literal

from lxml import etree

WORKER_IMPORTS = ("trafilatura",)

SHORT_CHARACTERS = 600
LONGEST_TITLE = 500
LONGEST_TEXT_BYTES = 200 * 1024

_SKIPPED_NAMES = (
    "script style noscript template iframe object embed svg math head nav canvas button form select textarea "
    "audio video"
)
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody tfoot thead tr ul"
)
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
# Controls, noncharacters and lone surrogates; then what is invisible or turns the direction of text (rule S10).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACES = re.compile(r"[ \t\r\n\f\v\u1680\u2000-\u200a\u205f\u3000]+")
_LAYOUT_SPACE = re.compile(r"(?<!\d)\u00a0|\u00a0(?!\d)")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#a-zA-Z]")
_FEED_TAIL = re.compile(
    r"(?:the post .{1,300} (?:appeared first on|first appeared on) .{1,200}|(?:continue|keep) reading.{0,200}|"
    r"read (?:more|full (?:article|story)|the full .{1,60}|in full).{0,120}|\[?(?:…|\.\.\.)\]?|(?:\d+ )?comments?|"
    r"(?:share|tweet|permalink)|submitted by .{1,100})\W*",
    re.IGNORECASE,
)
_Stub = Literal["", "paywall", "consent", "challenge"]
_CHALLENGE = (
    r"verify(?:ing)? (?:that )?you are (?:a )?human",
    r"checking your browser",
    r"enable javascript",
    r"javascript is (?:disabled|required)",
    r"access (?:to this page has been )?denied",
    r"unusual traffic",
    r"are you a robot",
    r"just a moment",
    r"complete the captcha",
    r"attention required",
)
_CONSENT = (
    r"before you continue",
    r"we (?:and our \d* ?partners )?(?:use|store|value) .{0,60}(?:cookies|privacy)",
    r"accept (?:all )?cookies",
    r"cookie (?:consent|settings|preferences)",
    r"our \d* ?partners",
    r"your privacy choices",
    r"(?:cookies|alle) akzeptieren",
    r"accepter et (?:continuer|fermer)",
    r"gérer (?:vos|mes) (?:choix|cookies)",
    r"aceptar (?:todas las )?cookies",
    r"accetta (?:tutti i )?cookie",
)
_PAYWALL = (
    r"subscribe (?:now |today )?to (?:continue|read|keep|unlock|get)",
    r"(?:already|become|for) (?:a )?(?:subscriber|member)s?",
    r"subscribers? only",
    r"(?:create|register for) (?:a |your )?free account",
    r"(?:sign|log) in to (?:continue|read)",
    r"to continue reading",
    r"this (?:article|content|story) is (?:reserved )?for",
    r"unlock this (?:article|story)",
    r"you have (?:reached|read) your",
    r"free articles?",
    r"start your (?:free )?trial",
    r"abonnez-vous",
    r"réservé aux abonnés",
    r"jetzt abonnieren",
    r"mit .{1,20} weiterlesen",
    r"suscr[ií]b(?:ete|ase)",
    r"abbonati",
)
_STUBS: tuple[tuple[_Stub, re.Pattern[str]], ...] = (
    ("challenge", re.compile("|".join(_CHALLENGE), re.IGNORECASE)),
    ("consent", re.compile("|".join(_CONSENT), re.IGNORECASE)),
    ("paywall", re.compile("|".join(_PAYWALL), re.IGNORECASE)),
)
_STATED_TIMES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='article:published_time' or @name='datePublished' or @name='date' or @name='pubdate' or "
    "@name='parsely-pub-date' or @name='dc.date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished']/@datetime",
    "//article//time/@datetime",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds. `stub` says what stands in the article's place, if anything does."""

    text: str = ""
    title: str = ""
    published_at: datetime | None = None
    stub: _Stub = ""


# ---------------------------------------------------------------- text


def clean(text: str) -> str:
    """Return text fit to go out: NFC, no control, bidi, zero-width or tag characters; paragraphs kept (S10)."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    text = _LAYOUT_SPACE.sub(" ", unicodedata.normalize("NFC", text))
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    paragraphs = (" ".join(group) for filled, group in groupby(lines, bool) if filled)
    return "\n\n".join(paragraphs)


def title(stated: str) -> str:
    """Return a title as one clean line without markup, at most 500 characters (rule S8)."""
    return text(stated).replace("\n\n", " ")[:LONGEST_TITLE].strip()


def text(text_html: str) -> str:
    """Return the clean text of a feed's HTML: paragraphs, without what feeds add below an article.

    What is no HTML is cleaned as it stands. At most 200 KB are read (rule S8).
    """
    text_html = text_html[:LONGEST_TEXT_BYTES]
    if not _MARKUP.search(text_html):
        return clean(text_html)
    paragraphs = clean(_unmarked(text_html)).split("\n\n")
    while len(paragraphs) > 1 and _FEED_TAIL.fullmatch(paragraphs[-1]):
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def _unmarked(text_html: str) -> str:
    """Return the text between the tags, with a blank line where a block begins or ends."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.feed(b"<div>" + _UNSEEN.sub("", text_html).encode())
    root = parser.close()
    found: list[str] = []
    skipped: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS:
            found.append("\n\n")
        if event == "start":
            skipped = element if skipped is None and element.tag in _SKIPPED else skipped
            written = "\n" if element.tag == "br" else " " if element.tag in {"td", "th"} else ""
            own = element.text
        else:
            skipped = None if skipped is element else skipped
            written, own = "", element.tail
        if skipped is None:
            found.append(written + _SPACES.sub(" ", own or ""))
    return "".join(found)


def is_short(article_text: str) -> bool:
    """Whether a feed's own text is too short to stand for the article, so that its page is worth a visit (P22)."""
    return len(article_text) < SHORT_CHARACTERS


# ---------------------------------------------------------------- pages, in a worker


def page(body: bytes, url: str = "") -> Page:
    """Return the text, title and time of an article's page. To be run in a worker: it imports trafilatura."""
    import trafilatura  # noqa: PLC0415 - the bot's own process is spared it

    tree = trafilatura.load_html(body)
    if tree is None:
        return Page()
    stated = published_at(tree)
    found = trafilatura.bare_extraction(
        tree, url=url or None, fast=True, include_comments=False, with_metadata=False
    )
    article_text = clean((found.text or "").replace("\n", "\n\n")) if found else ""
    return Page(
        text=article_text[:LONGEST_TEXT_BYTES],
        title=_page_title(tree),
        published_at=stated,
        stub=stub(article_text),
    )


def stub(article_text: str) -> _Stub:
    """Return what stands in an article's place, or "": a short text that says so itself, and says little else."""
    if len(article_text) > 3 * SHORT_CHARACTERS:
        return ""
    paragraphs = article_text.split("\n\n")
    for kind, pattern in _STUBS:
        others = [paragraph for paragraph in paragraphs if not pattern.search(paragraph)]
        if len(others) < len(paragraphs) and is_short("\n\n".join(others)):
            return kind
    return ""


def _page_title(tree: Any) -> str:
    for path in ("//meta[@property='og:title']/@content", "//h1//text()", "//title/text()"):
        if stated := title(" ".join(tree.xpath(path)[:10])):
            return stated
    return ""


def published_at(tree: Any) -> datetime | None:
    """Return when a page says it was published, in UTC: its linked data, its meta elements, its first time."""
    for block in tree.xpath("//script[@type='application/ld+json']/text()"):
        if moment := _moment(_linked_date(str(block))):
            return moment
    for path in _STATED_TIMES:
        if moment := next(filter(None, map(_moment, tree.xpath(path))), None):
            return moment
    return None


def _linked_date(block: str) -> str:
    try:
        waiting = [json.loads(block)]
    except (ValueError, RecursionError):
        return ""
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                return str(node["datePublished"])
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return ""


def _moment(stated: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stated.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
