"""What the gate lets through it reads as feedparser does: titles, links, ids and dates alike, no text shorter."""

import calendar
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import extract
from bot.model import Entry
from bot.parse import dates, entries, parse, parse_leniently

URL = "https://harbour.example/feeds/news.xml"
TYPE = "application/xml"
NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:a="http://www.w3.org/2005/Atom" '
    'xmlns:x="http://other.example/" xmlns:old="http://backend.userland.com/rss092"'
)


def rss(item: str, named: str = "") -> bytes:
    return (
        f'<rss version="2.0" {NAMES} {named}><channel><title>Harbour Post</title>{item}</channel></rss>'
    ).encode()


def atom(entry: str, named: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMES} {named}><title>Lantern</title>{entry}</feed>'.encode()
    )


def rdf(item: str) -> bytes:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f"{NAMES}><channel><title>Tide</title></channel>{item}</rdf:RDF>"
    ).encode()


def ours(body: bytes) -> tuple[Entry, ...] | None:
    found = parse(body, TYPE, URL)
    return found.entries if found else None


def theirs(body: bytes) -> list[Any]:
    headers = {"content-location": URL, "content-type": TYPE}
    return list(feedparser.parse(io.BytesIO(body), response_headers=headers)["entries"])


def moment(stated: Any) -> datetime | None:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=calendar.timegm(stated)) if stated else None


def check_alike(body: bytes) -> None:
    found = ours(body)
    assert found is not None
    expected = theirs(body)
    assert len(found) == len(expected)
    for entry, other in zip(found, expected, strict=True):
        assert entry.title == other.get("title", "")
        assert entry.link == entries.link(other.get("link", ""), URL)
        assert entry.guid == other.get("id", "")
        updated = moment(dict.get(other, "updated_parsed"))
        published = moment(other.get("published_parsed")) or moment(other.get("created_parsed"))
        assert (entry.published_at, entry.updated_at) == (published or updated, updated)
        texts = [other.get("summary", ""), *(each["value"] for each in other.get("content", ()))]
        assert len(extract.text(entry.text_html)) >= max(len(extract.text(text)) for text in texts)


ITEMS = {
    "a plain item": "<title>Ferry</title><link>https://harbour.example/ferry</link><guid>https://x.example/1</guid>",
    "an id that is a relative address": "<guid>7</guid><title>Ferry</title>",
    "an id that is no address": "<guid isPermaLink='false'>7</guid><link>/ferry</link>",
    "an id that says it is an address in its own spelling": "<guid ispermalink='true' x:y='z'>/7</guid>",
    "an id after the link": "<link>/ferry</link><guid>https://harbour.example/7</guid>",
    "two ids and two links": "<guid>/1</guid><guid>/2</guid><link>/3</link><link>/4</link>",
    "an empty id and an empty link": "<guid/><link/>",
    "links of Atom": "<a:link href='/a'/><a:link rel='self' href='/b'/><a:link rel='alternate' type='text/plain' "
    "href='/c'/>",
    "a link without its address": "<a:link rel='self'/><link x:y='z'>/d</link>",
    "a link that is none": "<link>http://[x</link>",
    "a link in the text of one with attributes": "<link type='text/html'>/x</link>",
    "a link with references left in it": "<link>https://harbour.example/?a=1&amp;amp;b=2&amp;copy;=3</link>",
    "a link with too many slashes": "<link>https:////harbour.example/a</link>",
    "a base of the item's own link": "<link xml:base='/sub/'>a</link>",
    "two titles": "<title>Ferry</title><title>Other</title>",
    "an empty title, then one": "<title/><title>Ferry</title>",
    "a title of Dublin Core first": "<dc:title>Ferry</dc:title><title>Other</title>",
    "titles of pictures": "<media:title>M</media:title><title>Ferry</title><media:content><media:title>N"
    "</media:title></media:content>",
    "a title in a namespace of its own": "<title>Ferry</title><x:title>Other</x:title><old:link>/old</old:link>",
    "a title with references": "<title>&amp;lt;Ferry&amp;gt; &amp;#8217;n&amp;#39; AT&amp;amp;T</title>",
    "a title with less-than signs": "<title>1 &lt; 2 &gt; 1</title>",
    "a title with a bare ampersand": "<title>Tom &amp; Ann</title>",
    "a title of another encoding": "<title>Ã©tÃ©</title>",
    "a title with Windows' quotes": "<title>&#147;Ferry&#148;</title>",
    "every date": "<pubDate>Wed, 04 Mar 2026 12:00:00 GMT</pubDate><dc:date>2026-03-04T12:00:00+01:00</dc:date>"
    "<dcterms:created>2026-03-01</dcterms:created>",
    "a date of creation": "<dcterms:created>2026-03-01T00:00Z</dcterms:created>",
    "an empty date after a good one": "<pubDate>Wed, 4 Mar 2026 12:00 EST</pubDate><pubDate/>",
    "the whole text beside a summary": "<description>Short.</description><content:encoded>Rather longer, this."
    "</content:encoded>",
    "markup longer than the text beside it": "<description>Rather longer, this one.</description>"
    "<content:encoded>&lt;iframe src='https://harbour.example/a/long/address'&gt;&lt;/iframe&gt;</content:encoded>",
    "references longer than the text beside them": "<description>abcdef</description>"
    "<content:encoded>&amp;amp;&amp;amp;</content:encoded>",
    "a text in unescaped markup": "<description>It <b>sails &lt; so</b> and <i>how</i></description>",
    "a text within a group": "<media:group><media:title>M</media:title><media:description>It sails."
    "</media:description></media:group><title>T</title>",
    "a podcast's summary": "<itunes:summary>It sails.</itunes:summary><title>T</title>",
    "a text in plain XHTML": "<content type='xhtml'>a &lt; b</content>",
    "an item with a source": "<source url='/s'><title>Other</title></source><title>Ferry</title>",
    "authors": "<author>a@harbour.example</author><dc:creator>A. Writer</dc:creator>",
}


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_items_are_read_as_feedparser_reads_them(item: str) -> None:
    check_alike(rss(f"<item>{item}</item>"))


ENTRIES = {
    "texts of every type": "<title type='html'>Tom &amp; Ann</title><summary>a &lt; b</summary>"
    "<content type='html'>&lt;p&gt;It sails.&lt;/p&gt;</content>",
    "a title with markup as text": "<title>The &lt;b&gt; tag</title>",
    "a text in XHTML": "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a &lt; b</p> c</div>"
    "</content>",
    "a text that became markup": "<content>a &lt; b <b>c</b></content>",
    "links": "<link href='/a'/><link rel='alternate' type='text/html' href='b'/><link rel='edit' href='/c'/>",
    "a relative id": "<id>7</id>",
    "a base": "<link href='a' xml:base='https://base.example/x/'/><id xml:base='/y/'>7</id>",
    "dates": "<published>2026-03-04T12:00:00.5Z</published><updated>2026-03-04t12:00:00-05:00</updated>",
    "an author with an address": "<author><uri>/u</uri><name>A. Writer</name><email>a@x.example</email></author>",
    "an entry with a source": "<source><id>s</id><title>S</title><updated>2020-01-01</updated></source><title>T"
    "</title>",
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_entries_are_read_as_feedparser_reads_them(entry: str) -> None:
    check_alike(atom(f"<entry>{entry}</entry>"))
    check_alike(atom(f"<entry xml:base='/sub/'>{entry}</entry>", "xml:base='https://base.example/a/'"))


def test_the_whole_text_of_an_RDF_feed_is_read() -> None:
    body = rdf(
        "<item rdf:about='https://tide.example/1'><title>Ferry</title><link>https://tide.example/1</link>"
        "<description>It sails.</description><content:encoded>&lt;p&gt;It sails at noon from the north pier."
        "&lt;/p&gt;</content:encoded></item>"
    )
    check_alike(body)
    assert parse(body, TYPE, URL).entries[0].text_html == "<p>It sails at noon from the north pier.</p>"  # type: ignore[union-attr]  # checked above


def test_a_feed_is_named_by_its_own_title_and_link() -> None:
    head = "<image><title>Logo</title><link>/logo</link></image><a:link href='/other'/><link>/home</link>"
    found = parse(rss("<item/>").replace(b"<channel>", f"<channel>{head}".encode()), TYPE, URL)
    assert found is not None
    assert (found.title, found.site) == ("Harbour Post", "https://harbour.example/home")


def test_an_author_is_the_name_among_what_is_known_of_him() -> None:
    found = ours(atom(f"<entry>{ENTRIES['an author with an address']}</entry>"))
    assert found is not None
    assert found[0].author == "A. Writer"


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>&lt;b&gt;Ferry&lt;/b&gt;</title></item>"),
        rss("<item><title>&amp;bogus; Ferry</title></item>"),
        rss("<item><title>&amp;#150; Ferry</title></item>"),
        rdf("<item><title>A &amp;eacute; B</title></item>"),
        rss("<item><title>T</title><image><title>I</title></image></item>"),
        rss("<item><image/></item>"),
        rss("<item><x:thing><pubDate>2026-03-04</pubDate></x:thing></item>"),
        rss("<item><media:group><media:title>M</media:title></media:group></item>"),
        rss("<item><pubDate>4 Mar 2026</pubDate></item>"),
        rss("<item><pubDate>Wed, 04 Mar 2026 12:00:00 BST</pubDate></item>"),
        rss("<item><pubDate>2026-02-30</pubDate></item>"),
        rss("<item><pubDate>9999-12-31T23:59:59-10:00</pubDate></item>"),
        rss("<item><description type='application/pdf'>JVBE</description></item>"),
        rss("<item><description mode='base64'>JVBE</description></item>"),
        atom("<entry><title type='xhtml'>T</title></entry>"),
        atom("<entry><link href='/x' base='javascript:x'/></entry>"),
        rss("<a:entry><title>T</title></a:entry>"),
        b"<rss version='2.0'><item><title>T</title></item></rss>",
        rss("<item>" + "<description>" + "<b>" * 200 + "</b>" * 200 + "</description></item>"),
    ],
    ids=[
        "markup in a title",
        "a reference nobody knows",
        "a reference to Windows' characters",
        "a reference in a title of RDF",
        "a picture of its own",
        "an empty picture of its own",
        "a date within something else",
        "a picture's title alone",
        "a date without a time",
        "a zone that feedparser does not know",
        "no such day",
        "a date out of all bounds",
        "a text that is no text",
        "a text in base64",
        "a title in XHTML",
        "a base that is no address",
        "an entry of Atom in RSS",
        "an item outside the channel",
        "markup that is too deep",
    ],
)
def test_what_only_feedparser_can_tell_does_not_pass(body: bytes) -> None:
    assert ours(body) is None


TEXTS = st.sampled_from(
    [
        "Ferry",
        "",
        "  It\n sails ",
        "a &lt; b",
        "&lt;b&gt;x&lt;/b&gt;",
        "&amp;eacute;",
        "Ã©tÃ©",
        "<![CDATA[<p>A]]>",
        "🚢",
    ]
)
ADDRESSES = st.sampled_from(
    ["/a", "b?c=1&amp;d=2", "https://x.example/1", "tag:x,2026:1", "", "#e", "//y.example/é"]
)
DATES = st.sampled_from(
    [
        "Wed, 04 Mar 2026 12:00:00 GMT",
        "4 Mar 2026 12:00 -0330",
        "2026-03-04",
        "2026-03-04T12:00:00+02:00",
        "noon",
        "",
    ]
)
ELEMENTS = st.one_of(
    st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(["title", "dc:title", "media:title", "description"]), TEXTS
    ),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["content:encoded", "itunes:summary", "summary"]), TEXTS),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["link", "guid", "id", "a:id"]), ADDRESSES),
    st.builds("<guid isPermaLink='{0}'>{1}</guid>".format, st.sampled_from(["true", "false"]), ADDRESSES),
    st.builds("<a:link rel='{0}' href='{1}'/>".format, st.sampled_from(["alternate", "self"]), ADDRESSES),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["pubDate", "dc:date", "updated", "created"]), DATES),
    st.builds("<x:thing>{0}</x:thing>".format, TEXTS),
)


@settings(max_examples=100)
@given(st.lists(st.lists(ELEMENTS, max_size=7), min_size=1, max_size=3), st.sampled_from([rss, rdf]))
def test_whatever_passes_is_read_as_feedparser_reads_it(items: list[list[str]], kind: Any) -> None:
    body = kind("".join(f"<item>{''.join(elements)}</item>" for elements in items))
    if ours(body) is None:
        assert parse_leniently(body, TYPE, URL)
    else:
        check_alike(body)


@pytest.mark.parametrize(
    "stated", ["Wed, 04 Mar 2026 12:00:00 CEST", "Foo, 04 Mar 2026 12:00:00 GMT", "2026-W10-3"]
)
def test_a_date_in_no_usual_form_is_left_to_feedparser(stated: str) -> None:
    assert dates.moment(stated) is None
