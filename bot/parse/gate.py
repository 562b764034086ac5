"""Which feeds fastfeedparser may read: well-formed, without entities, built the way it expects.

fastfeedparser silently damages ill-formed XML and reads some well-formed feeds otherwise than feedparser does. One
strict pass of expat finds both kinds, and picks up on its way what fastfeedparser leaves out: how often the feed
wants to be read, its hub, and the link of every Atom entry.
"""

from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.parsers import expat

ATOM = "http://www.w3.org/2005/Atom "
RSS1 = "http://purl.org/rss/1.0/ "
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/ "
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/ "
XML = "http://www.w3.org/XML/1998/namespace "
BASE = XML + "base"

DEEPEST = 100
MOST_ATTRIBUTES = 200
MOST_ITEMS = 20_000

_SINGLE = frozenset(
    {"title", "link", "guid", "id", "pubdate", "published", "issued", "created", "date", "updated", "modified"}
)
_RSS_OWN = frozenset({"title", "link", "guid", "pubDate", DUBLIN_CORE + "date"})
_ATOM_OWN = frozenset(ATOM + name for name in ("id", "title", "link", "published", "updated"))
_RDF_OWN = frozenset({RSS1 + "title", RSS1 + "link", DUBLIN_CORE + "date"})
_IDS = frozenset({"guid", "id"})
_LINKS = frozenset({"link", "guid"})
_DATES = frozenset({"pubdate", "published", "date", "updated"})
_TIMING = {
    "ttl": "ttl",
    "hour": "hour",
    "day": "day",
    "language": "language",
    DUBLIN_CORE + "language": "language",
    SYNDICATION + "updatePeriod": "period",
    SYNDICATION + "updateFrequency": "frequency",
}
_HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})


@dataclass(slots=True)
class Item:
    """What the gate saw of one entry."""

    link: str = ""
    has_id: bool = False
    has_date: bool = False
    text_type: str = ""
    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Facts:
    """What the gate saw of a feed that passed: its entries in order, its timing, its hub and its own address."""

    kind: str = ""
    items: list[Item] = field(default_factory=list)
    timing: dict[str, list[str]] = field(default_factory=dict)
    hub: str = ""
    self_url: str = ""
    based: bool = False


class _Odd(Exception):
    """This feed is not for fastfeedparser."""


class _Absurd(_Odd):
    """No feed is built like this."""


def look(body: bytes) -> Facts | None:
    """Return what the gate saw of a feed it lets through, or None."""
    found = _watched(body)
    return found if isinstance(found, Facts) else None


def is_absurd(body: bytes) -> bool:
    """Whether a body has more entries, deeper elements or more attributes on one of them than any feed."""
    return isinstance(_watched(body), _Absurd)


def _watched(body: bytes) -> Facts | Exception:
    watch = _Watch()
    try:
        watch.parser.Parse(body, True)
    except (expat.ExpatError, _Odd, ValueError, LookupError) as error:  # the last two: an encoding it cannot read
        return error
    return watch.facts


class _Watch:
    """Follows the parser through a document and raises _Odd at the first thing that is."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._root
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self._depth = 0
        self._item_depth = 0
        self._item_name = ""
        self._own: frozenset[str] = frozenset()
        self._base = ""
        self._text: list[str] = []
        self._text_of = ""
        # within an item:
        self._item = Item()
        self._item_base = ""
        self._level = 0
        self._in_title = False
        self._roles: dict[str, str] = {}

    # ------------------------------------------------------------ outside the items

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rss":
            self._shape("rss", 3, "item", _RSS_OWN)
        elif name == ATOM + "feed":
            self._shape("atom", 2, ATOM + "entry", _ATOM_OWN)
            self.facts.timing["language"] = [attributes.get(XML + "lang", "")]
        elif name == RDF + "RDF":
            self._shape("rdf", 2, RSS1 + "item", _RDF_OWN)
        else:
            raise _Odd
        self._mind(attributes)
        self._base = attributes.get(BASE, "")
        self._depth = 1
        self.parser.StartElementHandler = self._start

    def _shape(self, kind: str, item_depth: int, item_name: str, own: frozenset[str]) -> None:
        self.facts.kind = kind
        self._item_depth, self._item_name, self._own = item_depth, item_name, own

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._mind(attributes)
        if self._depth == self._item_depth and name == self._item_name:
            self._enter_item(attributes)
        elif self._depth <= self._item_depth and name.rpartition(" ")[2] in {"item", "entry"}:
            raise _Odd
        elif self._depth > DEEPEST:
            raise _Absurd
        elif name in _TIMING:
            self._text, self._text_of = [], _TIMING[name]
            self.parser.CharacterDataHandler = self._text.append
        elif name == ATOM + "link":
            self._start_link_of_feed(attributes.get("rel", ""), attributes.get("href", ""))

    def _start_link_of_feed(self, relation: str, address: str) -> None:
        if relation == "hub":
            self.facts.hub = self.facts.hub or address
        elif relation == "self":
            self.facts.self_url = self.facts.self_url or address

    def _mind(self, attributes: dict[str, str]) -> None:
        if len(attributes) > MOST_ATTRIBUTES:
            raise _Absurd
        if BASE in attributes:
            self.facts.based = True

    def _end(self, name: str) -> None:
        if self._text_of:
            self.facts.timing.setdefault(self._text_of, []).append("".join(self._text).strip())
            self._text_of = ""
            self.parser.CharacterDataHandler = None
        self._depth -= 1

    # ------------------------------------------------------------ within an item, where most elements are

    def _enter_item(self, attributes: dict[str, str]) -> None:
        self._item = Item(has_id=RDF + "about" in attributes)
        self._item_base = urljoin(self._base, attributes.get(BASE, ""))
        self.facts.items.append(self._item)
        if len(self.facts.items) > MOST_ITEMS:
            raise _Absurd
        self._level = 0
        self.parser.StartElementHandler = self._start_inside
        self.parser.EndElementHandler = self._end_inside

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        level = self._level = self._level + 1
        if level == 1:
            role = self._roles.get(name)
            if role is None:
                role = self._roles[name] = self._role(name)
            if role:
                self._start_named(name, role, attributes)
        elif level > DEEPEST:
            raise _Absurd
        elif self._in_title or name == self._item_name:
            raise _Odd  # a title with markup inside; an item within an item
        if attributes:
            self._mind(attributes)
            if "mode" in attributes or "encoding" in attributes:
                raise _Odd  # base64

    def _role(self, name: str) -> str:
        """Return what an element of an item is to us: its local name, or "" if it does not matter here."""
        local = name.rpartition(" ")[2].lower()
        return local if local in _SINGLE or name == ATOM + "content" else ""

    def _start_named(self, name: str, role: str, attributes: dict[str, str]) -> None:
        item = self._item
        if role == "content":
            item.text_type = attributes.get("type", "text")
            return
        if name == ATOM + "link" and self._start_link(item, attributes):
            return
        if (name in self._own) == (role in item.seen):
            raise _Odd  # of two of its own fastfeedparser takes the first, feedparser the last; nor do others lead
        item.seen.add(role)
        if role == "title":
            self._in_title = True
            if attributes.get("type", "text") not in {"text", "html"}:
                raise _Odd
        elif role in _IDS:
            item.has_id = True
        elif role in _DATES:
            item.has_date = True

    def _start_link(self, item: Item, attributes: dict[str, str]) -> bool:
        """Note an Atom entry's link, the last alternate as in feedparser; True when there is no more to check."""
        alternate = attributes.get("rel", "alternate") == "alternate"
        if self.facts.kind != "atom":
            return not alternate and bool(_LINKS & item.seen)
        if alternate and attributes.get("type", "") in _HTML_TYPES:
            item.link = urljoin(urljoin(self._item_base, attributes.get(BASE, "")), attributes.get("href", ""))
        return True

    def _end_inside(self, name: str) -> None:
        if self._level == 1:
            self._in_title = False
        elif self._level == 0:
            self._depth -= 1
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end
        self._level -= 1


def _refuse(*_: object) -> None:
    raise _Odd
