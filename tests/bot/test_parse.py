"""Feeds of every kind and every fault, read without any network."""

import contextlib
import io
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import parse as stage
from bot.errors import GaveUp
from bot.model import Entry, Parsed
from bot.parse import NotFeed, discover, entries, gate, lenient, pages, parse, parse_leniently
from bot.store.records import pack
from bot.workers import Workers

URL = "https://harbour.example/feeds/news.xml"
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
SEEDS = sorted(
    file
    for file in (Path(__file__).parents[2] / "seeds").rglob("*")
    if file.suffix in {".xml", ".rdf", ".json"} and file.is_file()
)


def rss(*items: str, head: str = "", names: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {names}><channel><title>Harbour Post</title>'
        f"<link>https://harbour.example/</link>{head}{''.join(items)}</channel></rss>"
    ).encode()


def atom(*items: str, head: str = "", names: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" {names}><title>Lantern &amp; Co</title>'
        f'<link href="https://lantern.example/"/>{head}{"".join(items)}</feed>'
    ).encode()


def rdf(*items: str) -> bytes:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        "<channel rdf:about='https://tide.example/'><title>Tidewater</title><link>https://tide.example/</link>"
        "<dc:language>en</dc:language><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4"
        f"</sy:updateFrequency></channel>{''.join(items)}</rdf:RDF>"
    ).encode()


ITEM = (
    "<item><title>Ferry</title><link>https://harbour.example/ferry</link><guid isPermaLink='false'>7</guid>"
    "<pubDate>Wed, 04 Mar 2026 12:00:00 GMT</pubDate>"
    "<description>&lt;p&gt;It sails.&lt;/p&gt;</description></item>"
)
ENTRY = (
    '<entry><id>tag:lantern.example,2026:1</id><title>Ferry</title><link rel="self" href="/self"/>'
    '<link rel="alternate" type="text/html" href="/ferry"/><published>2026-03-04T13:00:00+01:00</published>'
    "<updated>2026-03-04T12:30:00Z</updated><author><name>A. Writer</name></author>"
    "<content type='html'>&lt;p&gt;It sails.&lt;/p&gt;</content></entry>"
)


def fast(body: bytes, content_type: str = "") -> Parsed:
    found = parse(body, content_type, URL)
    assert found is not None
    return found


def slow(body: bytes, content_type: str = "") -> Parsed:
    assert parse(body, content_type, URL) is None
    found = parse_leniently(body, content_type, URL)
    assert isinstance(found, Parsed)
    return found


# ---------------------------------------------------------------- well-formed feeds, in this process


def test_an_rss_feed() -> None:
    found = fast(rss(ITEM, head="<language>en-gb</language><ttl>90</ttl>"))
    assert (found.title, found.site, found.language, found.parser) == (
        "Harbour Post",
        "https://harbour.example/",
        "en",
        "gate",
    )
    assert found.interval_seconds == 5400
    (entry,) = found.entries
    assert (entry.title, entry.link, entry.guid) == ("Ferry", "https://harbour.example/ferry", "7")
    assert (entry.published_at, entry.updated_at, entry.text_html) == (NOON, None, "<p>It sails.</p>")


def test_an_atom_feed() -> None:
    hub = '<link rel="hub" href="https://hub.example/"/><link rel="self" href="https://lantern.example/atom"/>'
    found = fast(atom(ENTRY, head=hub + hub))
    assert (found.title, found.site, found.language) == ("Lantern & Co", "https://lantern.example/", "en")
    assert (found.hub, found.self_url) == ("https://hub.example/", "https://lantern.example/atom")
    (entry,) = found.entries
    assert (entry.link, entry.guid) == ("https://harbour.example/ferry", "tag:lantern.example,2026:1")
    assert (entry.published_at, entry.updated_at) == (NOON, NOON + timedelta(minutes=30))
    assert (entry.author, entry.text_html) == ("A. Writer", "<p>It sails.</p>")


def test_an_atom_feeds_links_stand_on_its_bases() -> None:
    body = atom(ENTRY.replace("<entry>", "<entry xml:base='x/'>").replace('"/ferry"', '"ferry"'))
    base = b'<feed xml:base="https://base.example/a/" '
    assert fast(body.replace(b"<feed ", base)).entries[0].link == "https://base.example/a/x/ferry"
    enclosed = atom('<entry><id>tag:x</id><title>T</title><link rel="enclosure" href="/x.mp3"/></entry>')
    assert fast(enclosed).entries[0].link == ""


def test_an_rdf_feed() -> None:
    item = (
        "<item rdf:about='https://tide.example/1'><title>Ferry</title><link>https://tide.example/1</link>"
        "<dc:date>2026-03-04T12:00:00Z</dc:date><description>It sails.</description></item>"
    )
    found = fast(rdf(item))
    assert (found.title, found.language, found.interval_seconds) == ("Tidewater", "en", 21600)
    (entry,) = found.entries
    assert (entry.guid, entry.link, entry.published_at) == (entry.link, "https://tide.example/1", NOON)


JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Cobalt", "home_page_url": "/",
"feed_url": "https://cobalt.example/feed.json", "language": "en-US",
"hubs": [{"type": "other", "url": "https://no.example/"}, {"type": "WebSub", "url": "https://hub.example/"}],
"items": [{"id": 5, "url": "/ferry", "title": "Ferry", "content_text": "a < b\\n\\nc",
 "authors": [{"name": "A"}],
 "date_published": "2026-03-04T12:00:00Z", "date_modified": "garbage", "language": "de-DE"},
 {"id": "x", "external_url": "https://far.example/", "content_html": "<p>y</p>",
 "author": {"name": "B"}}, "junk"]}"""


def test_a_json_feed() -> None:
    found = fast(JSON)
    assert (found.title, found.site, found.language) == ("Cobalt", "https://harbour.example/", "en")
    assert (found.hub, found.self_url) == ("https://hub.example/", "https://cobalt.example/feed.json")
    first, second = found.entries
    assert (first.guid, first.link, first.language) == ("5", "https://harbour.example/ferry", "de")
    assert (first.published_at, first.updated_at, first.author) == (NOON, None, "A")
    assert first.text_html == "a &lt; b<p>c"
    assert (second.link, second.author, second.text_html) == ("https://far.example/", "B", "<p>y</p>")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"items": []}',
        b'{"version": 1}',
        b" [1]",
        b'{"a": ' * 100_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": 5}',
    ],
    ids=["broken", "no version", "a number", "a list", "deep", "no items"],
)
def test_S9_json_that_is_no_feed(body: bytes) -> None:
    found = parse_leniently(body, "", URL)
    assert isinstance(found, NotFeed) or found.entries == ()


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_sample_feeds_pass_the_gate_and_read_as_feedparser_reads_them(file: Path) -> None:
    found = fast(file.read_bytes())
    if file.suffix == ".json":
        assert found.entries
        return
    theirs = feedparser.parse(io.BytesIO(file.read_bytes()), resolve_relative_uris=False, sanitize_html=False)
    assert [(each.title, each.link) for each in found.entries] == [
        (each["title"], each["link"]) for each in theirs["entries"]
    ]


@pytest.mark.parametrize(
    ("head", "hours", "days", "seconds"),
    [
        ("<skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>x</hour></skipHours>", {0, 5}, set(), 0),
        ("<skipDays><day>Saturday</day><day> sunday </day><day>Someday</day></skipDays>", set(), {5, 6}, 0),
        ("<ttl>junk</ttl>", set(), set(), 0),
        (
            '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">weekly</sy:updatePeriod>',
            set(),
            set(),
            604800,
        ),
        (
            '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>'
            '<sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">0</sy:updateFrequency>',
            set(),
            set(),
            3600,
        ),
        (
            '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>'
            '<sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">x</sy:updateFrequency>',
            set(),
            set(),
            86400,
        ),
    ],
    ids=["hours", "days", "no number", "weekly", "never", "no frequency"],
)
def test_P16_what_a_feed_asks_for(head: str, hours: set[int], days: set[int], seconds: int) -> None:
    found = fast(rss(ITEM, head=head))
    assert (set(found.skip_hours), set(found.skip_days), found.interval_seconds) == (hours, days, seconds)


# ---------------------------------------------------------------- the gate

MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
DUBLIN_CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
ATOM_NAME = 'xmlns:a="http://www.w3.org/2005/Atom"'


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM, head='<a:link rel="self" href="/x"/>', names=ATOM_NAME),
        rss("<item><title>T</title><link>/x</link><a:link rel='related' href='/y'/></item>", names=ATOM_NAME),
        rss(
            "<item><title>T</title><media:content><media:title>M</media:title></media:content></item>", names=MEDIA
        ),
        rss("<item><title>T</title><media:title>M</media:title></item>", names=MEDIA),
        rss(ITEM, head="<image><title>I</title><link>https://x.example/</link></image>"),
        rss("<item><title>T</title><dc:date>2026-03-04T12:00:00Z</dc:date></item>", names=DUBLIN_CORE),
        atom(ENTRY.replace("type='html'", "type='xhtml'").replace("&lt;p&gt;It sails.&lt;/p&gt;", "<p>It</p>")),
        atom(ENTRY, names='xml:base="https://lantern.example/"').replace(b'href="/', b'href="https://x.example/'),
        b"\xef\xbb\xbf" + rss(ITEM),
        rss(ITEM).decode().replace("utf-8", "iso-8859-1").encode("latin-1"),
    ],
    ids=[
        "a link of the channel",
        "another link after the link",
        "a title within media",
        "another title after the title",
        "an image of the channel",
        "a Dublin Core date",
        "a text in XHTML",
        "a base that no link needs",
        "a byte order mark",
        "another encoding",
    ],
)
def test_what_both_parsers_read_alike_passes_the_gate(body: bytes) -> None:
    assert fast(body).entries


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM).replace(b"Ferry", b"Ferry & co"),
        rss(ITEM).replace(b"Ferry", b"Ferry&nbsp;"),
        rss(ITEM).replace(b"</item>", b""),
        b"<!DOCTYPE rss>" + rss(ITEM)[38:],
        rss("<item><title>T</title><source>S</source><title>U</title></item>"),
        rss("<item><media:title>M</media:title></item>", names=MEDIA),
        rss("<item href='/x'><title>T</title></item>"),
        rss("<item><title>T <b>bold</b></title></item>"),
        rss("<item><title>T</title><modified>2026</modified></item>"),
        rss("<item><title>T</title><x><item><title>U</title></item></x></item>"),
        rss().replace(b"</channel>", b"</channel><item><title>T</title></item>"),
        rss("<item><title>T</title><pubDate>12 o'clock on no day at all</pubDate></item>"),
        rss("<item><title mode='escaped'>T</title></item>"),
        rss("<item>" + "<x>" * 200 + "</x>" * 200 + "</item>"),
        rss("<x>" * 200 + "</x>" * 200),
        rss(f"<item><x {' '.join(f'a{n}=&quot;&quot;' for n in range(300))}/></item>".replace("&quot;", '"')),
        rss("<item><title>T</title><link>/x</link></item>", names='xml:base="file:///etc/"'),
        rss("<item xml:base='data:x'><title>T</title><link>/x</link></item>"),
        atom(ENTRY.replace("<title>", "<title type='xhtml'>")),
        atom(ENTRY).replace(b"2005/Atom", b"2005/Other"),
        b"<rss><a/></rss>",
        b"<a/>",
        b"",
        b"\xff\xfe\x00",
    ],
    ids=[
        "a bare ampersand",
        "an undeclared entity",
        "an unclosed item",
        "a document type",
        "two titles around a source",
        "the title of a picture alone",
        "an address in the item's own tag",
        "markup in a title",
        "a date of another kind",
        "an item within an item",
        "an item outside the channel",
        "a date nobody reads",
        "a mode",
        "deep nesting",
        "deep nesting outside the items",
        "many attributes",
        "a base in a file",
        "a base that is none",
        "a title in XHTML",
        "another namespace",
        "no channel",
        "another root",
        "nothing",
        "no text",
    ],
)
def test_what_they_may_read_differently_does_not_pass_the_gate(body: bytes) -> None:
    assert parse(body, "", URL) is None


@pytest.mark.parametrize(
    ("content_type", "declared", "passes"),
    [
        ("application/rss+xml", "utf-8", True),
        ("text/xml; charset=UTF8", "utf-8", True),
        ("text/xml; charset=utf-8", "", True),
        ("text/xml; charset='iso-8859-1'", "iso-8859-1", True),
        ("text/xml; charset=iso-8859-1", "utf-8", False),
        ("text/xml; charset=iso-8859-1", "", False),
    ],
)
def test_a_server_and_a_document_that_name_two_encodings_do_not_pass(
    content_type: str, declared: str, passes: bool
) -> None:
    head = f' encoding="{declared}"' if declared else ""
    body = rss(ITEM).replace(b' encoding="utf-8"', head.encode())
    assert (parse(body, content_type, URL) is not None) == passes


def test_S5_entities_are_never_expanded() -> None:
    for declaration in (
        '<!ENTITY x "EXPANDED">',
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY % x "y">',
    ):
        body = rss("<item><title>A &x; B</title></item>").replace(
            b"<rss", f"<!DOCTYPE rss [{declaration}]><rss".encode()
        )
        found = slow(body)
        assert "EXPANDED" not in found.entries[0].title
        assert found.entries[0].title.startswith("A")


def test_S5_entities_are_not_expanded_in_wide_encodings_either() -> None:
    text = rss("<item><title>A &x; B</title></item>").decode().replace("utf-8", "utf-16")
    text = text.replace("<rss", '<!DOCTYPE rss [<!ENTITY x "EXPANDED">]><rss')
    found = slow(text.encode("utf-16"))
    assert "EXPANDED" not in found.entries[0].title
    assert lenient.without_declarations(rss().decode().encode("utf-16")) == rss().decode().encode("utf-16")


def test_S5_an_entity_bomb_costs_nothing() -> None:
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(20))
    body = rss("<item><title>&e20;</title></item>").replace(
        b"<rss", f'<!DOCTYPE rss [<!ENTITY e0 "lol">{bomb}]><rss'.encode()
    )
    began = time.process_time()
    slow(body)
    assert time.process_time() - began < 30


# ---------------------------------------------------------------- behind the gate


def test_an_ill_formed_feed_is_read_whole() -> None:
    found = slow(rss(ITEM, ITEM.replace("7", "8")).replace(b"Ferry", b"Ferry & co"), "text/xml; charset=utf-8")
    assert (found.parser, len(found.entries), found.warnings) == (
        "feedparser",
        2,
        ("the feed is not well-formed XML",),
    )
    assert found.entries[0].title == "Ferry & co"
    assert found.entries[0].published_at == NOON
    assert found.entries[0].text_html == "<p>It sails.</p>"


def test_the_parser_that_finds_more_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(*_: object) -> dict[str, Any]:
        return {"entries": [], "feed": {"ttl": "60"}, "version": "", "bozo": 1}

    monkeypatch.setattr(lenient, "_by_feedparser", blind)
    found = slow(rss(ITEM).replace(b"Ferry", b"Ferry & co"))
    assert (found.parser, len(found.entries), found.interval_seconds) == ("fastfeedparser", 1, 3600)


def test_a_feed_without_entries_is_an_empty_success() -> None:
    assert fast(rss()).entries == ()
    assert slow(b"<!DOCTYPE rss>" + rss()[38:]).entries == ()


def test_facts_of_an_old_feed() -> None:
    body = (
        b'<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="de"><title>Alt</title>'
        b'<link rel="alternate" href="https://alt.example/"/><link rel="hub" href="https://hub.example/"/><entry>'
        b"<id>1</id><title mode='escaped'>&lt;b&gt;T&lt;/b&gt;</title><modified>2026-03-04T12:00:00Z</modified>"
        b"<issued>2026-03-04T11:00:00Z</issued><content type='text/plain'>a</content></entry></feed>"
    )
    found = slow(body)
    assert (found.title, found.language, found.hub) == ("Alt", "de", "https://hub.example/")
    (entry,) = found.entries
    assert (entry.published_at, entry.updated_at) == (NOON - timedelta(hours=1), NOON)
    assert (entry.title, entry.text_html) == ("<b>T</b>", "a")


def test_markup_in_titles_is_made_harmless() -> None:
    title = (
        "&lt;b onclick='x()'&gt;Fer&lt;/b&gt;ry &lt;a href='/x'&gt;sails&lt;/a&gt;&lt;script&gt;y()&lt;/script&gt;"
    )
    found = slow(atom(ENTRY.replace("<title>Ferry", f"<title type='html'>{title}")))
    assert found.entries[0].title == '<b>Fer</b>ry <a href="https://harbour.example/x">sails</a>'
    plain = fast(atom(ENTRY.replace("<title>Ferry", "<title type='text'>The &lt;b&gt; tag")))
    assert plain.entries[0].title == "The <b> tag"


def test_dates_out_of_all_bounds_are_no_dates() -> None:
    assert lenient._moment((99999999999, 1, 1, 0, 0, 0, 0, 0, 0)) is None
    assert entries.date("9999-12-31T23:59:59-14:00") is None
    assert entries.date("junk") is None
    assert entries.date("2026-03-04T12:00:00") == NOON


@pytest.mark.parametrize(
    ("body", "alternates"),
    [
        (
            b"<!DOCTYPE html><html><head><base href='/x/'><link rel='alternate' type='application/atom+xml' "
            b"href='a.xml'><link rel='ALTERNATE home' type='application/rss+xml; charset=utf-8' href='/b.xml'>"
            b"<link rel='alternate' type='application/rss+xml' title='Comments' href='/c'>"
            b"<link rel='alternate' hreflang='de' href='/de'></head><body><a href='/feed'>f</a></body></html>",
            ("https://harbour.example/x/a.xml", "https://harbour.example/b.xml"),
        ),
        (
            b"<html><body><a href='/feed/'>f</a><a href='/about'>a</a><a href='rss.xml?x=1'>r</a><a>n</a></body>",
            ("https://harbour.example/feed/", "https://harbour.example/feeds/rss.xml?x=1"),
        ),
        (b"<html><head><link rel=alternate type='application/rss+xml' href='javascript:x'></head></html>", ()),
        (b"hello", ()),
        (b"", ()),
        (b"\x00\x01\x02", ()),
        (b"\x1f\x8b" + bytes(50), ()),
        (b"%PDF-1.7\n" + bytes(range(256)), ()),
        (b"/etc/passwd", ()),
    ],
    ids=["named", "linked", "no address", "text", "empty", "binary", "packed", "PDF", "S6 a path"],
)
def test_S9_what_is_no_feed_is_told_with_the_feeds_it_points_at(body: bytes, alternates: tuple[str, ...]) -> None:
    assert parse_leniently(body, "text/html", URL) == NotFeed(alternates)
    assert discover(body, URL) == alternates
    assert pages.alternates(body, URL) == alternates


def test_S6_feedparser_is_only_ever_given_a_stream(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trap = tmp_path / "feed.xml"
    trap.write_bytes(rss(ITEM))
    given_types: list[type] = []
    real = feedparser.parse

    def watched(source: Any, **how: Any) -> Any:
        given_types.append(type(source))
        return real(source, **how)

    monkeypatch.setattr(feedparser, "parse", watched)
    assert parse_leniently(str(trap).encode(), "", URL) == NotFeed()
    assert given_types == [io.BytesIO]


@pytest.mark.parametrize("declared", ["utf-8", "klingon", "zlib", "undefined"])
@pytest.mark.parametrize("stated", ["", "klingon", "zlib", "undefined"])
def test_an_encoding_that_nobody_can_read_fails_nothing(declared: str, stated: str) -> None:
    body = rss(ITEM).replace(b'"utf-8"', f'"{declared}"'.encode())
    content_type = f"application/rss+xml; charset={stated}" if stated else ""
    found = parse(body, content_type, URL) or parse_leniently(body, content_type, URL)
    assert isinstance(found, Parsed | NotFeed)
    assert "undefined" in {declared, stated} or isinstance(found, Parsed)


# ---------------------------------------------------------------- identity and limits


def key(item: str) -> str:
    return fast(rss(item)).entries[0].key


def test_I1_identity_is_the_guid_else_the_link_else_title_and_date() -> None:
    assert key(ITEM) == key(ITEM.replace("/ferry", "/other").replace("Ferry", "Boat").replace("04 Mar", "05 Mar"))
    assert key(ITEM) != key(ITEM.replace("7", "8"))
    bare = ITEM.replace("<guid isPermaLink='false'>7</guid>", "")
    assert key(bare) == key(bare.replace("Ferry", "Boat").replace("It sails", "It sank"))
    assert key(bare) == key(
        bare.replace("https://harbour", "http://www.harbour").replace("ferry<", "ferry/?utm_a=b#c<")
    )
    assert key(bare) != key(bare.replace("/ferry<", "/ferry?id=2<"))
    plain = bare.replace("<link>https://harbour.example/ferry</link>", "")
    assert key(plain) == key(plain.replace("It sails", "It sank"))
    assert len({key(plain), key(plain.replace("Ferry", "Boat")), key(plain.replace("12:00", "13:00"))}) == 3


def test_I5_a_guid_that_several_share_is_told_apart_by_the_links() -> None:
    found = fast(rss(ITEM, ITEM.replace("/ferry", "/other"))).entries
    assert found[0].key != found[1].key


def test_S8_at_most_a_thousand_entries_the_newest() -> None:
    items = [
        f"<item><guid isPermaLink='false'>{n}</guid>"
        f"<pubDate>{NOON - timedelta(hours=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for n in range(1100)
    ]
    undated = "<item><guid isPermaLink='false'>undated</guid></item>"
    found = fast(rss(*reversed(items), undated)).entries
    assert len(found) == stage.MOST_ENTRIES == 1000
    assert {entry.guid for entry in found} == {*(str(n) for n in range(999)), "undated"}
    assert [entry.guid for entry in found[-2:]] == ["0", "undated"]
    every = parse(rss(*items), "", URL, 5000)
    assert every is not None
    assert len(every.entries) == 1100


def test_S8_titles_links_and_texts_are_limited() -> None:
    found = fast(
        rss(
            f"<item><title>{'t' * 600}</title><link>https://x.example/{'y' * 2100}</link>"
            f"<description>{'ü' * 200_000}&lt;a href='x'&gt;</description></item>"
        )
    ).entries[0]
    assert (len(found.title), found.link) == (500, "")
    assert 204_000 < len(found.text_html.encode()) <= 200 * 1024


@pytest.mark.parametrize(
    ("cut", "kept"), [("<a href='", ""), ("&am", ""), ("&amp; a", "&amp; a"), ("<b>x", "<b>x")]
)
def test_S8_a_text_is_not_cut_within_a_tag_or_entity(cut: str, kept: str) -> None:
    text = "x" * (entries.LONGEST_TEXT_BYTES - len(cut))
    assert entries._cut(text + cut + "yyyy") == text + kept
    assert entries._cut(text) == text


@pytest.mark.parametrize(
    ("stated", "link"),
    [
        (" /a b ", "https://harbour.example/a b"),
        ("javascript:alert(1)", ""),
        ("mailto:a@b.example", ""),
        ("http://[::1", ""),
        ("//other.example/x", "https://other.example/x"),
        ("https://x.example/a\n\tb\u2028", "https://x.example/ab"),
        ("https:///x", "https://harbour.example/x"),
        ("https://:80/x", ""),
        ("", ""),
    ],
)
def test_S13_links_are_addresses_of_the_web(stated: str, link: str) -> None:
    assert entries.link(stated, URL) == link


def test_without_an_address_of_the_feed_relative_links_stay() -> None:
    assert entries.link("/ferry", "") == "/ferry"
    assert entries.link("mailto:a@b.example", "") == ""


@pytest.mark.parametrize(
    ("text", "mended"),
    [("plain", "plain"), ("Ã©crit", "écrit"), ("été", "été"), ("it\x92s", "it’s"), ("a\x81b–", "a\x81b–")],
)
def test_two_common_faults_are_mended(text: str, mended: str) -> None:
    assert entries.mend(text) == mended


def test_text_is_made_html() -> None:
    assert entries.as_html("a < b", "text") == "a &lt; b"
    assert entries.as_html("<p>", "html") == "<p>"


# ---------------------------------------------------------------- hostile inputs


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_gate(body: bytes) -> None:
    assert gate.read(body) is None
    found = parse(body, "", URL)
    assert found is None


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.just("\ud800\x00 https://x.example/\n"),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(["name", "url"]), inside),
    max_leaves=5,
)
MEMBERS = ["id", "url", "title", "content_html", "content_text", "date_published", "authors", "author", "language"]


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(MEMBERS), VALUES), VALUES)
def test_no_json_breaks_the_reader_and_what_it_reads_can_be_stored(item: dict[str, Any], title: object) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": [item, title]}
    found = fast(json.dumps(feed).encode())
    assert pack(found)
    assert not any(set(entry.link) & {"\n", "\t", "\x00", "\ud800"} for entry in found.entries)


def test_lone_surrogates_are_not_read() -> None:
    found = slow(rss("<item><title>A &#xD800; &#65; &#x110000; &x;</title><guid>&#57343;1</guid></item>"))
    assert pack(found)
    assert found.entries[0].title == "A \ufffd A \ufffd &x;"


PIECES = st.sampled_from(
    [
        *(
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<link>",
            "</link>",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&lt;b&gt;",
        ),
        *(
            "<guid>",
            "</guid>",
            "x",
            "https://x.example/",
            "<pubDate>",
            "</pubDate>",
            "&nbsp;",
            "<entry>",
            "\x00",
            "é",
        ),
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=30))
def test_no_feed_breaks_the_parsers(pieces: list[str]) -> None:
    found = parse_leniently(rss("".join(pieces)), "", URL)
    assert isinstance(found, Parsed | NotFeed)
    if isinstance(found, Parsed):
        assert all(isinstance(entry, Entry) and entry.key for entry in found.entries)


HOSTILE = {
    "deep nesting": rss("<item>" + "<x>" * 200_000 + "</x>" * 200_000 + "</item>"),
    "deep and unclosed": rss("<item>" + "<x>" * 300_000),
    "100,000 attributes": rss("<item><x " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/></item>"),
    "20,000 broken attributes": rss("<item><x " + " ".join(f"a{n}=&" for n in range(20_000)) + "/></item>"),
    "a million ampersands": rss("<item><title>" + "&" * 1_000_000 + "</title></item>"),
    "a million open tags": rss("<item><title>" + "<" * 1_000_000 + "</title></item>"),
    "an endless comment": rss("<!--" + "-" * 2_000_000),
    "an endless declaration": b"<!DOCTYPE rss [" + b'<!ENTITY a "' + b"x" * 3_000_000,
    "many declarations": b"<!DOCTYPE rss [" + b'<!ENTITY a "x">' * 100_000 + b"]>" + rss(ITEM)[38:],
    "a wide title": rss("<item><title>" + "x" * 4_000_000 + "</title></item>"),
    "many items": rss("<item/>" * 500_000),
    "many broken items": rss("<item><title>&</title></item>" * 40_000),
    "a date of a megabyte": rss("<item><pubDate>" + "1 " * 500_000 + "</pubDate></item>"),
    "an e-mail of a megabyte": rss("<item><author>" + "a@" * 500_000 + "&</author></item>"),
    "html": b"<html>" + b"<div><a href='/feed'>" * 300_000,
    "zeros": bytes(8_000_000),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
async def test_S7_hostile_feeds_end_within_the_limits_and_the_next_one_is_read(body: bytes) -> None:
    async with Workers() as workers:
        with contextlib.suppress(GaveUp):
            assert isinstance(await workers.run(parse_leniently, body, "", URL), Parsed | NotFeed)
        assert isinstance(await workers.run(parse_leniently, rss(ITEM), "", URL), Parsed)


def test_S7_more_entries_than_any_feed_has_are_no_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "MOST_ITEMS", 2)
    assert parse_leniently(rss(ITEM * 3), "", URL) == NotFeed()
    assert isinstance(parse_leniently(rss(ITEM * 2), "", URL), Parsed)


def test_S7_what_is_too_large_to_be_read_as_a_feed_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lenient, "MOST_MARKS", 5)
    assert parse_leniently(b"<p>" * 6, "", URL) == NotFeed(too_large=True)
    assert parse_leniently(b"<p>" * 5, "", URL) == NotFeed()


def test_S7_feedparser_is_not_asked_what_it_would_not_finish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lenient, "MOST_MARKS", 10)
    assert slow(rss(ITEM).replace(b"Ferry", b"Ferry & co")).parser == "fastfeedparser"


@pytest.mark.parametrize("body", [body for body in HOSTILE.values() if len(body) <= 2_200_000][:9])
def test_the_gate_is_quick_on_hostile_feeds(body: bytes) -> None:
    began = time.process_time()
    gate.read(body)
    assert time.process_time() - began < 30
