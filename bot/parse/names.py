"""What the elements of feeds are called, and what each of them says of an item."""

PREFIXES = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://search.yahoo.com/mrss": "media:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}
NAMES = {
    "title": "title dc:title",
    "media_title": "media:title",
    "link": "link",
    "id": "guid id",
    "published": "published issued pubdate dcterms:issued",
    "updated": "updated modified lastbuilddate dc:date dcterms:modified",
    "created": "created dcterms:created",
    "html": "description dc:description content:encoded fullitem",
    "media_text": "media:description",
    "text": "abstract summary content itunes:summary",
    "author": "author managingeditor dc:author dc:creator itunes:author",
    "name": "name itunes:name",
    "aside": "source contributor",
    "odd": "image textinput item entry channel feed rss body xhtml:body",
}
ROLES = {name: role for role, names in NAMES.items() for name in names.split()}


def name_of(full: str) -> str:
    """Return an element's name as feedparser knows it: the usual prefix of its namespace, in small letters."""
    uri, local, prefix = ("", *full.split(" "), "")[-3:] if " " not in full else (*full.split(" "), "")[:3]
    uri = uri.lower()
    if uri not in PREFIXES and "backend.userland.com/rss" not in uri:
        return f"{prefix}:{local}".lower() if prefix else local.lower()
    return PREFIXES.get(uri, "") + local.lower()


def local_name(full: str) -> str:
    """Return an element's name without its namespace."""
    return full.split(" ")[1] if " " in full else full
