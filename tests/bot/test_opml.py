"""Lists of feeds, out and in."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import opml
from bot.errors import UsageError
from bot.model import Feed
from bot.opml import Listed

FEEDS = (
    Feed(1, "https://a.example/feed?x=1&y=2", title='A "quoted" <name>', folder="World & more"),
    Feed(2, "https://b.example/", folder="World & more", site="https://b.example/home"),
    Feed(3, "https://c.example/"),
)


def test_what_is_written_reads_back() -> None:
    assert opml.read(opml.write(FEEDS).encode()) == (
        Listed("https://c.example/"),
        Listed("https://a.example/feed?x=1&y=2", 'A "quoted" <name>', "World & more"),
        Listed("https://b.example/", "", "World & more"),
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            b'<opml><body><outline text="News"><outline text="EU"><outline XMLURL=" http://x.example/ " text="X"/>'
            b'</outline></outline><outline xmlUrl="http://y.example/" title="Y"/></body></opml>',
            (Listed("http://x.example/", "X", "EU"), Listed("http://y.example/", "Y")),
        ),
        (
            b'\xef\xbb\xbf[{"link": "https://x.example/", "title": "X", "subscribers": [17]},'
            b' {"feeds": ["https://y.example/", 5, null, "no address"]}]',
            (Listed("https://x.example/", "X"), Listed("https://y.example/")),
        ),
        (b'{"url": "https://x.example/", "title": 5}', (Listed("https://x.example/"),)),
        (
            b"my feeds:\nhttps://x.example/a, https://y.example/b\nhttps://x.example/a",
            (Listed("https://x.example/a"), Listed("https://y.example/b")),
        ),
        (
            b'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n\t<head>\n'
            b"\t\t<title>subscriptions in flowerss</title>\n"
            b"\t\t<dateCreated>Wed, 04 Mar 2026 12:00:00 CST</dateCreated>\n\t</head>\n\t<body>\n"
            b'\t\t<outline text="Harbour Post" type="rss" xmlUrl="https://x.example/feed?a=1&amp;b=2"></outline>\n'
            b"\t</body>\n</opml>",
            (Listed("https://x.example/feed?a=1&b=2", "Harbour Post"),),
        ),
        (
            b'<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Exported from RSSBot</title>'
            b"<docs>http://www.opml.org/spec2</docs></head><body>"
            b'<outline type="rss" text="Tide" xmlUrl="https://y.example/"/></body></opml>',
            (Listed("https://y.example/", "Tide"),),
        ),
        (
            b'[{"link": "https://y.example/", "title": "Tide", "down_time": null, "subscribers": [-100123, 17],'
            b' "ttl": 30, "hash_list": [1234, 5678]}]',
            (Listed("https://y.example/", "Tide"),),
        ),
        (
            b"<?xml version='1.0' encoding='utf-8'?>\n<opml version='2.0'>\n<head>\n<title>RSStT</title>\n"
            b"</head>\n<body>\n"
            b"<outline text='Feeds' title='Feeds'>\n<outline type='rss' text='My own name' title='My own name' "
            b"xmlUrl='https://z.example/rss'/>\n</outline>\n</body>\n</opml>",
            (Listed("https://z.example/rss", "My own name", "Feeds"),),
        ),
    ],
    ids=[
        "nested folders",
        "another bot's JSON",
        "one feed in JSON",
        "a text",
        "flowerss",
        "rssbot",
        "rssbot's database",
        "RSS-to-Telegram-Bot",
    ],
)
def test_lists_of_all_kinds_are_read(body: bytes, expected: tuple[Listed, ...]) -> None:
    assert opml.read(body) == expected


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<opml><body></opml>", "broken"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><opml/>', "declares entities"),
        (b"<opml>" + b"<outline>" * 60 + b"</outline>" * 60 + b"</opml>", "too deeply"),
        (b"<opml><body/></opml>", "no feed in that file"),
        (b"[{", "broken"),
        (b"[" * 100_000, "broken"),
        (b"nothing here", "no feed in that file"),
        (b"x" * (opml.LONGEST + 1), "larger than 4 MB"),
    ],
    ids=["broken", "S5 entities", "deep", "empty", "broken JSON", "deep JSON", "a text without", "too large"],
)
def test_what_is_no_list_says_so(body: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        opml.read(body)


@settings(max_examples=40)
@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with contextlib.suppress(UsageError):
        assert opml.read(body)
