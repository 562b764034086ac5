"""Which feeds fastfeedparser may read: well-formed, without entities, built the way it expects.

fastfeedparser silently damages ill-formed XML and reads some well-formed feeds otherwise than feedparser does. One
strict pass of expat finds both kinds, and picks up on its way what fastfeedparser leaves out: how often the feed
wants to be read, its hub, and the link of every Atom entry.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

ATOM = "http://www.w3.org/2005/Atom "
RSS1 = "http://purl.org/rss/1.0/ "
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/ "
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/ "
XML = "http://www.w3.org/XML/1998/namespace "

DEEPEST = 100
MOST_ATTRIBUTES = 200
MOST_ITEMS = 20_000

_SINGLE = frozenset(
    {"title", "link", "guid", "id", "pubdate", "published", "issued", "created", "date", "updated", "modified"}
)
_RSS_OWN = frozenset({"title", "link", "guid", "pubDate", DUBLIN_CORE + "date"})
_ATOM_OWN = frozenset(ATOM + name for name in ("id", "title", "link", "published", "updated"))
_RDF_OWN = frozenset({RSS1 + "title", RSS1 + "link", DUBLIN_CORE + "date"})
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
    except (expat.ExpatError, _Odd, ValueError) as error:  # ValueError: an encoding expat cannot read
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
        self._item: Item | None = None
        self._in_title = False
        self._text: list[str] = []
        self._text_of = ""

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
        self.facts.based = XML + "base" in attributes
        self._depth = 1
        self.parser.StartElementHandler = self._start

    def _shape(self, kind: str, item_depth: int, item_name: str, own: frozenset[str]) -> None:
        self.facts.kind = kind
        self._item_depth, self._item_name, self._own = item_depth, item_name, own

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST or len(attributes) > MOST_ATTRIBUTES:
            raise _Absurd
        if attributes and XML + "base" in attributes:
            self.facts.based = True
        if self._depth <= self._item_depth:
            self._start_above(name, attributes)
        elif self._item is None:
            self._start_in_feed(name, attributes)
        elif self._depth == self._item_depth + 1:
            self._start_in_item(self._item, name, attributes)
        elif self._in_title or name == self._item_name:
            raise _Odd  # a title with markup inside; an item within an item

    def _start_above(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth == self._item_depth and name == self._item_name:
            self._item = Item(has_id=RDF + "about" in attributes)
            self.facts.items.append(self._item)
            if len(self.facts.items) > MOST_ITEMS:
                raise _Absurd
        elif name.endswith(("item", "entry")) and name.rpartition(" ")[2] in {"item", "entry"}:
            raise _Odd
        else:
            self._start_in_feed(name, attributes)

    def _start_in_feed(self, name: str, attributes: dict[str, str]) -> None:
        if name in _TIMING:
            self._text, self._text_of = [], _TIMING[name]
            self.parser.CharacterDataHandler = self._text.append
        elif name == ATOM + "link":
            relation = attributes.get("rel", "")
            if relation == "hub":
                self.facts.hub = self.facts.hub or attributes.get("href", "")
            elif relation == "self":
                self.facts.self_url = self.facts.self_url or attributes.get("href", "")

    def _start_in_item(self, item: Item, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2].lower()
        if local in _SINGLE and not (name == ATOM + "link" and self._start_link(item, attributes)):
            own = name in self._own
            if local in item.seen:
                if own:
                    raise _Odd  # fastfeedparser takes the first, feedparser the last
            elif not own:
                raise _Odd  # fastfeedparser takes what feedparser may not
            item.seen.add(local)
            item.has_id = item.has_id or local in {"guid", "id"}
            item.has_date = item.has_date or local in _DATES
            self._in_title = local == "title"
            if self._in_title and attributes.get("type", "text") not in {"text", "html"}:
                raise _Odd
        elif name == ATOM + "content":
            item.text_type = attributes.get("type", "text")
        if "mode" in attributes or "encoding" in attributes:
            raise _Odd  # base64

    def _start_link(self, item: Item, attributes: dict[str, str]) -> bool:
        """Note an Atom entry's link, the last alternate as in feedparser; True when there is no more to check."""
        alternate = attributes.get("rel", "alternate") == "alternate"
        if self.facts.kind != "atom":
            return not alternate and bool({"link", "guid"} & item.seen)
        if alternate and attributes.get("type", "") in _HTML_TYPES:
            item.link = attributes.get("href", "")
        return True

    def _end(self, name: str) -> None:
        if self._text_of:
            self.facts.timing.setdefault(self._text_of, []).append("".join(self._text).strip())
            self._text_of = ""
            self.parser.CharacterDataHandler = None
        if self._depth == self._item_depth:
            self._item = None
        elif self._depth == self._item_depth + 1:
            self._in_title = False
        self._depth -= 1


def _refuse(*_: object) -> None:
    raise _Odd
