"""The gate: one strict pass of expat that reads a feed as feedparser would, or refuses it.

What it lets through is well-formed, without a document type or entities, and built as feeds commonly are; whatever
might be understood in two ways is left to feedparser in a worker process, at some fifty times the cost. Roles and
rules are feedparser's own (its `mixin.py` and `namespaces/`).
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html.entities import name2codepoint
from urllib.parse import urljoin
from xml.parsers import expat

from bot.parse import dates, entries
from bot.parse.entries import Statement
from bot.parse.names import ROLES, local_name, name_of

DEEPEST = 100
MOST_ATTRIBUTES = 200
MOST_ITEMS = 20_000

_XML = "http://www.w3.org/XML/1998/namespace"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ROOTS = {"rss": "rss", "http://www.w3.org/2005/Atom feed": "atom", f"{_RDF} RDF": "rdf"}
_DEEP = frozenset({"", "media_title", "media_text", "name"})
_TEXTS = frozenset({"html", "text", "media_text"})
_MINDED = _TEXTS | {"title", "link", "id"}
_CLOSED = frozenset({"title", "link", "id", "published", "updated", "created", "media_title", "odd"})
_FACTS = {
    "ttl": "ttl",
    "hour": "hour",
    "day": "day",
    "language": "language",
    "dc:language": "language",
    "sy:updateperiod": "period",
    "sy:updatefrequency": "frequency",
    "title": "title",
    "link": "link",
}
_OF_THE_FEED = frozenset({"title", "link"})  # but of a picture or a search field where they lie deeper
_PLAIN_TYPES = frozenset({"", "text", "plain", "text/plain"})
_XHTML_TYPES = frozenset({"xhtml", "application/xhtml+xml"})
_MARKUP_TYPES = frozenset({"html", "text/html"}) | _XHTML_TYPES
_LOOKS_LIKE_HTML = re.compile(r"</\w+>|&#?\w+;")
_REFERENCE = re.compile(r"&(#?[\w.-]+;?)")
_KEPT_NUMBER = re.compile(r"#(?!0*1[2-5]\d;)(?:\d+|[xX]2\w{3});", re.ASCII)
_QUERY_REFERENCE = re.compile(r"&(\w+);", re.ASCII)
_COMPLETE = re.compile(r"https?://[^\s/?#;\\\[\]]+(?:/[^?#;]*)?(?:\?[^#]+)?(?:#.+)?")
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/*")


@dataclass(slots=True)
class Read:
    """A feed that passed: its entries as they are stated, its links, and what else it says of itself, by name."""

    statements: list[Statement] = field(default_factory=list)
    facts: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


class _Odd(Exception):
    """This feed is for feedparser to read."""


class _Absurd(_Odd):
    """No feed is built like this."""


def read(body: bytes, url: str = "") -> Read | None:
    """Return a feed as feedparser would read it, or None for what only feedparser can tell."""
    found = _watched(body, url)
    return found if isinstance(found, Read) else None


def is_absurd(body: bytes) -> bool:
    """Whether a body has more entries, deeper elements or more attributes on one of them than any feed."""
    return isinstance(_watched(body, ""), _Absurd)


def _watched(body: bytes, url: str) -> Read | Exception:
    reader = _Reader(url)
    try:
        reader.parser.Parse(body, True)
    except (expat.ExpatError, _Odd, ValueError, LookupError) as error:  # the last two: an encoding it cannot read
        return error
    return reader.found


class _Reader:
    """Follows expat through a document and raises _Odd at the first thing that is."""

    def __init__(self, url: str) -> None:
        self.found = Read()
        self._kind = ""
        self._base = self._item_base = url
        self._depth = self._item_depth = 0
        self._has_channel = False
        self._names: dict[str, str] = {}
        self._fact = ""
        self._pieces: list[str] = []
        # within an item:
        self._item = Statement()
        self._created: datetime | None = None
        self._texts: list[str] = []
        self._is_linked = self._has_media_title = self._has_aside = False
        self._level = 0
        self._roles: dict[str, str] = {}
        self._ends: dict[str, Callable[[str], None]] = {}
        # within one of its elements:
        self._open = ""
        self._forget_attributes()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self._watch()

    def _watch(self) -> None:
        parser = self.parser
        parser.namespace_prefixes = parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.CharacterDataHandler = self._pieces.append
        parser.StartElementHandler = self._root
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse

    # ------------------------------------------------------------ outside the items

    def _root(self, full: str, attributes: dict[str, str]) -> None:
        kind = _ROOTS.get(" ".join(full.split(" ")[:2]))
        if kind is None:
            raise _Odd
        self._kind = kind
        self._item_depth = 3 if kind == "rss" else 2
        if kind == "atom":
            self.found.facts["language"] = [attributes.get(f"{_XML} lang xml", "")]
        self._depth = 1
        self._has_channel = kind == "atom"
        self._base = _based(self._base, attributes)
        self.parser.StartElementHandler = self._start

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        name = self._names.get(full)
        if name is None:
            name = self._names[full] = name_of(full)
        depth = self._depth = self._depth + 1
        _mind(attributes, depth)
        if name in {"item", "entry"}:
            self._enter_item(name, attributes)
        elif name == "link" and attributes:
            self.found.links.setdefault(attributes.get("rel", "alternate"), attributes.get("href", ""))
        elif name in _FACTS and (depth < 4 or name not in _OF_THE_FEED):
            self._fact = _FACTS[name]
            self._pieces.clear()
        elif name == "channel":
            self._has_channel = True
            self._base = _based(self._base, attributes) if self._kind == "rss" else self._base

    def _end(self, _: str) -> None:
        if self._fact:
            self.found.facts.setdefault(self._fact, []).append("".join(self._pieces).strip())
            self._fact = ""
        self._depth -= 1
        if not self._depth and not self._has_channel:
            raise _Odd

    # ------------------------------------------------------------ within an item, where most elements are

    def _enter_item(self, name: str, attributes: dict[str, str]) -> None:
        if (name == "entry") != (self._kind == "atom") or self._depth != self._item_depth:
            raise _Odd
        if len(self.found.statements) == MOST_ITEMS:
            raise _Absurd
        self._item = Statement()
        self._item_base = self._element_base = self._base
        if attributes:
            self._take_attributes_of_item(attributes)
        self._created = None
        self._texts = []
        self._is_linked = self._has_media_title = self._has_aside = False
        self._level = 0
        self.parser.StartElementHandler = self._start_inside
        self.parser.EndElementHandler = self._end_inside

    def _take_attributes_of_item(self, attributes: dict[str, str]) -> None:
        if "href" in attributes or "lastmod" in attributes:
            raise _Odd  # of Microsoft's CDF
        self._item.guid = attributes.get(f"{_RDF} about rdf", "")
        self._item_base = self._element_base = _based(self._base, attributes)

    def _start_inside(self, full: str, attributes: dict[str, str]) -> None:
        if self._level:
            self._start_nested(full, attributes)
            return
        self._level = 1
        self._open = full
        self._pieces.clear()
        if attributes:
            _mind(attributes)
            self._take_attributes(attributes)

    def _end_inside(self, full: str) -> None:
        if self._level == 1:
            self._level = 0
            end = self._ends.get(full)
            if end is None:
                end = self._end_of(full)
            if end is not _nothing:
                value = "".join(self._pieces).strip()
                end(value if value.isascii() else entries.mend(value))
            if self._has_attributes:
                self._forget_attributes()
        elif self._level:
            self._end_nested(full)
        else:
            self._leave_item()

    def _end_of(self, full: str) -> Callable[[str], None]:
        """Return what to do with the text of an element of this name."""
        role = self._role_of(full)
        end: Callable[[str], None] = getattr(self, f"_end_{role}", _nothing)
        self._ends[full] = end
        return end

    def _role_of(self, full: str) -> str:
        role = self._roles.get(full)
        if role is None:
            role = self._roles[full] = ROLES.get(name_of(full), "")
        return role

    def _leave_item(self) -> None:
        item = self._item
        if self._has_media_title and not item.title:
            raise _Odd
        if self._created and not item.published:
            item.published = self._created
        if self._texts:
            item.text_html = entries.fullest(self._texts)
        self.found.statements.append(item)
        self._depth -= 1
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    # ------------------------------------------------------------ elements with attributes, elements within others

    def _take_attributes(self, attributes: dict[str, str]) -> None:
        role = self._role_of(self._open)
        if role not in _MINDED:
            return
        self._has_attributes = True
        if role == "id" and attributes.keys() == {"isPermaLink"}:  # as in most feeds
            self._is_permanent = attributes["isPermaLink"] == "true"
            return
        stated = {name.lower(): value for name, value in attributes.items()}
        if role in {"link", "id"}:
            self._element_base = _based(self._item_base, attributes)
            self._is_permanent = stated.get("ispermalink", "true") == "true"
            if role == "link":
                self._take_link(stated)
            return
        if "mode" in stated:
            raise _Odd
        self._type = _type(stated.get("type", "").lower())
        if role == "title" and self._type == "xhtml":
            raise _Odd

    def _take_link(self, stated: dict[str, str]) -> None:
        """Note the address in a link's attributes, if it is there and not in its text."""
        address = stated.get("url") or stated.get("uri") or stated.get("href")
        if address is None:
            return
        self._is_noted = True
        kind = stated.get("type", "text/html").lower()
        if stated.get("rel", "alternate").lower() == "alternate" and kind in _MARKUP_TYPES:
            self._item.link, self._is_linked = self._resolved(address), True

    def _forget_attributes(self) -> None:
        self._type = ""
        self._is_permanent = True
        self._is_noted = self._is_markup = self._has_attributes = False
        self._element_base = self._item_base

    def _start_nested(self, full: str, attributes: dict[str, str]) -> None:
        self._level += 1
        _mind(attributes, self._level)
        outer, role = self._role_of(self._open), self._role_of(full)
        if outer in _TEXTS:
            self._start_markup(outer, full)
        elif outer in _CLOSED or (not outer and role not in _DEEP):
            raise _Odd
        elif outer != "aside":
            self._pieces.clear()

    def _end_nested(self, full: str) -> None:
        outer, role = self._role_of(self._open), self._role_of(full)
        if role and outer in {"", "author"}:
            value = entries.mend("".join(self._pieces).strip())
            if outer:
                self._item.author = value if role == "name" else self._item.author
            else:
                self._end_of(full)(value)
        self._pieces.clear()
        self._level -= 1

    def _start_markup(self, outer: str, full: str) -> None:
        """Take the rest of a text as markup that need not have been escaped."""
        if self._type == "xhtml" or (outer == "text" and self._type != "html"):
            self._pieces[:] = [html.escape("".join(self._pieces), quote=False)]
        self._pieces.append(f"<{local_name(full)}>")
        self._is_markup = self._has_attributes = True
        self.parser.CharacterDataHandler = self._add_escaped
        self.parser.StartElementHandler = self._start_within
        self.parser.EndElementHandler = self._end_within

    def _start_within(self, full: str, attributes: dict[str, str]) -> None:
        self._level += 1
        _mind(attributes, self._level)
        self._pieces.append(f"<{local_name(full)}>")

    def _add_escaped(self, text: str) -> None:
        self._pieces.append(html.escape(text, quote=False))

    def _end_within(self, full: str) -> None:
        self._level -= 1
        if self._level:
            self._pieces.append(f"</{local_name(full)}>")
            return
        self.parser.CharacterDataHandler = self._pieces.append
        self.parser.StartElementHandler = self._start_inside
        self.parser.EndElementHandler = self._end_inside
        self._level = 1
        self._end_inside(full)

    # ------------------------------------------------------------ what the elements of an item say

    def _end_title(self, value: str) -> None:
        """The first title that says anything holds, unless another feed's stood in between."""
        if not self._item.title:
            self._item.title = self._harmless(value) if "<" in value or "&" in value else value
        elif self._has_aside:
            raise _Odd

    def _harmless(self, title: str) -> str:
        """Return a title as feedparser's sanitiser would: markup is for it, common references are known."""
        if self._type != "html":
            if self._kind == "atom" or not _LOOKS_LIKE_HTML.search(title):
                return title
            if self._kind == "rdf":
                raise _Odd  # feedparser takes some of them for Atom
        if "<" in title or not all(_is_kept(reference) for reference in _REFERENCE.findall(title)):
            raise _Odd
        return title.replace("&#39;", "'").replace("&#34;", '"')

    def _end_link(self, value: str) -> None:
        if self._is_noted:
            return
        address = self._resolved(value) if value else ""
        if "&" in address:
            address = _QUERY_REFERENCE.sub(r"&\1", address.replace("&amp;", "&"))
        self._item.link, self._is_linked = address, True

    def _end_id(self, value: str) -> None:
        """An id is an address too unless it says that it is none; the item's link if it has no other."""
        if not self._is_permanent:
            self._item.guid = value
            return
        self._item.guid = self._resolved(value) if value else ""
        if not self._is_linked:
            self._item.link, self._is_linked = self._item.guid, True

    def _end_published(self, value: str) -> None:
        self._item.published = _moment(value)

    def _end_updated(self, value: str) -> None:
        self._item.updated = _moment(value)

    def _end_created(self, value: str) -> None:
        self._created = _moment(value)

    def _end_author(self, value: str) -> None:
        self._item.author = value or self._item.author

    def _end_text(self, value: str) -> None:
        if self._type != "html" and self._kind == "atom" and not self._is_markup:
            value = entries.as_html(value, "text")
        self._end_html(value)

    def _end_html(self, value: str) -> None:
        if self._type == "xhtml" and not self._is_markup:
            value = html.escape(value, quote=False)
        if value:
            self._texts.append(value)

    _end_media_text = _end_html

    def _end_media_title(self, _: str) -> None:
        self._has_media_title = True

    def _end_aside(self, _: str) -> None:
        self._has_aside = True

    def _end_odd(self, _: str) -> None:
        raise _Odd

    def _resolved(self, address: str) -> str:
        if _COMPLETE.fullmatch(address):
            return address
        try:
            return urljoin(self._element_base, _SLASHES.sub(r"\1", address))
        except ValueError:
            return ""


def _nothing(_: str) -> None:
    """Leave what says nothing of an item."""


def _is_kept(reference: str) -> bool:
    """Whether feedparser's sanitiser leaves a reference (without its ampersand) as it is."""
    if reference.startswith("#"):
        return _KEPT_NUMBER.fullmatch(reference) is not None
    return (reference.removesuffix(";") in name2codepoint) == reference.endswith(";")


def _moment(value: str) -> datetime | None:
    if not value:
        return None
    if (found := dates.moment(value)) is None:
        raise _Odd
    return found


def _type(stated: str) -> str:
    """Return which of three ways a text is written in, "" for as usual; raise _Odd for what may be base64."""
    if stated in _PLAIN_TYPES:
        return "text" if stated else ""
    if stated in _XHTML_TYPES:
        return "xhtml"
    if not stated.startswith("text/") and not stated.endswith(("+xml", "/xml")) and stated != "html":
        raise _Odd
    return "html"


def _based(base: str, attributes: dict[str, str]) -> str:
    """Return what relative addresses within an element stand on."""
    stated = attributes.get(f"{_XML} base xml") or attributes.get("base")
    if not stated:
        return base
    base = urljoin(base, stated)
    if not base.startswith(("http://", "https://")):
        raise _Odd
    return base


def _mind(attributes: dict[str, str], depth: int = 0) -> None:
    if depth > DEEPEST or len(attributes) > MOST_ATTRIBUTES:
        raise _Absurd


def _refuse(*_: object) -> None:
    raise _Odd
