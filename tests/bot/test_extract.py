"""HTML of feeds and pages, made text."""

import time
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import extract
from bot.extract import Page

EIGHT = datetime(2026, 3, 4, 8, tzinfo=UTC)
BODY = """<p>The harbour reopened on Wednesday after eleven days, and the first nine ships came in before noon.</p>
<p>The harbour master said that 140 people had worked through the nights to clear the channel of sand.</p>
<p>Fishing boats will have to wait until Friday, when the northern basin is to be sounded once more.</p>"""


@pytest.mark.parametrize(
    ("text_html", "text"),
    [
        ("plain text, 3 < 5 & 7 > 2", "plain text, 3 < 5 & 7 > 2"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<div>One.<div>Two.</div>Three.</div>", "One.\n\nTwo.\n\nThree."),
        ("One.<br>Still one.<br><br>Two.", "One. Still one.\n\nTwo."),
        ("a <b>bo</b><i>ld</i> word", "a bold word"),
        ("Tom &amp; Ann &lt;3 &#8217;", "Tom & Ann <3 ’"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("<table><tr><td>1<td>2<tr><th>3</table>", "1 2\n\n3"),
        (
            "<p>Seen.<script>alert(1)</script><style>p{}</style> On.</p><svg><text>x</text></svg> Tail.",
            "Seen. On.\n\nTail.",
        ),
        ("<form><p>name</p><button>Go</button></form><p>Text.</p>", "Text."),
        ("<p>One\n  two\tthree.</p>", "One two three."),
        ("<p>Text.<!-- hidden --></p><?php x ?>", "Text."),
        ("<p>Text.</p><p>The post Ferry appeared first on Harbour Post.</p>", "Text."),
        ("<p>Text.</p><p>Continue reading…</p><p>3 Comments</p>", "Text."),
        ("<p>Read more</p>", "Read more"),
        ("<p>1&nbsp;500 ships,&nbsp;at least</p>", "1\u00a0500 ships, at least"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("<", "<"),
        ("", ""),
    ],
)
def test_a_feeds_html_becomes_paragraphs(text_html: str, text: str) -> None:
    assert extract.text(text_html) == text


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("  A <b>bold</b>\n title ", "A bold title"),
        ("AT&amp;T", "AT&T"),
        ("<p>Two</p><p>lines</p>", "Two lines"),
        ("x" * 600, "x" * 500),
    ],
)
def test_S8_a_title_is_one_line(stated: str, title: str) -> None:
    assert extract.title(stated) == title


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("cafe\u0301", "café"),
        ("a\x00b\x07c\x85d", "abc d"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\u200bb\u200dc\ufeffd\u2060e\u00adf", "abcdef"),
        ("a\U000e0041\U000e007fb", "ab"),
        ("a\ud800b\ufffeb", "abb"),
        ("a\u2028b\r\nc\rd", "a b c d"),
        ("a \t\u2003 b", "a b"),
        ("a\n \n\n  b  ", "a\n\nb"),
    ],
    ids=["NFC", "controls", "bidi", "invisible", "tags", "no characters", "line ends", "spaces", "paragraphs"],
)
def test_S10_text_that_goes_out_is_clean(text: str, cleaned: str) -> None:
    assert extract.clean(text) == cleaned


@settings(max_examples=80)
@given(st.text())
def test_S10_clean_text_is_clean_whatever_it_was(text: str) -> None:
    cleaned = extract.clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert all(unicodedata.category(char) not in {"Cc", "Cs"} for char in cleaned.replace("\n", ""))
    assert extract.clean(cleaned) == cleaned


@settings(max_examples=80)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div", ">", "<script>", "</script>", "x", "&", "&amp;", "<!--", "-->"])
    )
)
def test_no_html_breaks_the_text(pieces: list[str]) -> None:
    assert "<script" not in extract.text("<b></b>" + "".join(pieces))


def test_deep_nesting_is_read_as_far_as_it_goes() -> None:
    assert extract.text("<div>" * 5000 + "deep").count("<") == 0


@pytest.mark.parametrize(
    "run", [" ", "\u00a0", "\n ", "\t\u2003", "&nbsp;", "<p> ", "the post ", "continue reading "]
)
def test_S16_long_runs_take_linear_time(run: str) -> None:
    text = "a" + run * (200_000 // len(run)) + "b"
    began = time.process_time()
    extract.text(text)
    extract.clean(text)
    extract.title(text)
    assert time.process_time() - began < 10  # a quadratic one takes minutes


def test_S8_at_most_200_kilobytes_are_read() -> None:
    assert len(extract.text("<p>" + "x" * 300_000)) <= extract.LONGEST_TEXT_BYTES


def test_P22_short_texts_want_their_page() -> None:
    assert extract.is_short("x" * 599)
    assert not extract.is_short("x" * 600)


# ---------------------------------------------------------------- pages


def page(head: str = "", body: str = BODY) -> Page:
    return extract.page(f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode())


def test_a_page_is_read() -> None:
    found = page('<meta property="og:title" content="Harbour &amp; reopens"><title>x</title>')
    assert found.title == "Harbour & reopens"
    assert found.text.split("\n\n")[0].startswith("The harbour reopened on Wednesday")
    assert len(found.text.split("\n\n")) == 3
    assert (found.stub, found.published_at) == ("", None)


@pytest.mark.parametrize("body", [b"", b"hello", b"\x00\x01", b"<html></html>"])
def test_what_is_no_page_is_empty(body: bytes) -> None:
    assert extract.page(body).text == ""


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>From the title</title>", BODY, "From the title"),
        ("<title>x</title>", "<h1>From the <b>heading</b></h1>" + BODY, "From the heading"),
        ("", BODY, ""),
    ],
)
def test_a_page_has_a_title_somewhere(head: str, body: str, title: str) -> None:
    assert " ".join(page(head, body).title.split()) == title


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">[{"@graph": [{"datePublished": "2026-03-04T09:00:00+01:00"}]}]'
        "</script>",
        '<script type="application/ld+json">{broken</script>'
        '<meta property="article:published_time" content="2026-03-04T08:00:00Z">',
        '<script type="application/ld+json">{"datePublished": 5}</script>'
        '<meta itemprop="datePublished" content="2026-03-04T08:00">',
        '<meta name="parsely-pub-date" content="junk"><meta name="date" content="2026-03-04 08:00:00+00:00">',
    ],
    ids=["linked data", "a property", "an item property", "a name"],
)
def test_a_page_says_when_it_was_published(head: str) -> None:
    assert page(head).published_at == EIGHT


def test_a_page_may_say_when_in_its_body() -> None:
    assert page(body=f'<time datetime="2026-03-04T08:00:00Z">8 am</time>{BODY}').published_at == EIGHT


@pytest.mark.parametrize(
    ("text", "stub"),
    [
        ("The harbour reopened. Subscribe to continue reading this and all our stories.", "paywall"),
        ("Dieser Artikel ist exklusiv. Jetzt abonnieren und weiterlesen.", "paywall"),
        ("Before you continue. We use cookies and data to deliver our services.", "consent"),
        ("Please verify you are a human. Checking your browser.", "challenge"),
        ("The harbour reopened on Wednesday.", ""),
        ("Subscribe to continue reading. " + "The harbour reopened. " * 100, ""),
        ("The harbour reopened on Wednesday.\n\n" * 20 + "Become a member from 4 euros a month.", ""),
    ],
)
def test_stubs_are_told_from_articles(text: str, stub: str) -> None:
    assert extract.stub(text) == stub
