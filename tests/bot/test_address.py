"""One address for one article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.address import canonical_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("http://www.example.org/a/", "https://example.org/a", id="scheme, www and closing slash"),
        pytest.param("https://example.org/a?utm_id=x&id=7&fbclid=1", "https://example.org/a?id=7", id="tracking"),
        pytest.param("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2", id="order of parameters"),
        pytest.param("https://m.example.org/a#top", "https://example.org/a", id="mobile host, fragment"),
        pytest.param("https://en.m.example.org/wiki/A", "https://en.example.org/wiki/A", id="mobile label within"),
        pytest.param("https://amp.example.org/a", "https://example.org/a", id="amp host"),
        pytest.param("https://example.org/news/a/amp/", "https://example.org/news/a", id="amp at the end"),
        pytest.param("https://example.org/amp/news/a", "https://example.org/news/a", id="amp in front"),
        pytest.param("https://example.org/a.amp.html", "https://example.org/a.html", id="amp file"),
        pytest.param("https://example.org/a?amp=1", "https://example.org/a", id="amp parameter"),
        pytest.param(
            "https://example-org.cdn.ampproject.org/c/s/example.org/a",
            "https://example.org/a",
            id="amp cache",
        ),
        pytest.param("https://www.google.com/amp/s/example.org/a", "https://example.org/a", id="amp viewer"),
        pytest.param(
            "https://google.com/amp/s/google.com/amp/s/google.com/amp/s/google.com/amp/s/example.org/a",
            "https://google.com/s/example.org/a",
            id="a nest of amp viewers",
        ),
        pytest.param("https://www.google.com/search?q=a", "https://google.com/search?q=a", id="no amp viewer"),
        pytest.param("https://user:pw@Example.ORG:443/%7ea", "https://example.org/~a", id="user, port, escapes"),
        pytest.param("https://example.org:8443/a", "https://example.org:8443/a", id="a port that matters"),
        pytest.param("https://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a", id="address literal"),
        pytest.param("urn:uuid:17", "urn:uuid:17", id="no web address"),
        pytest.param("http://[bad", "http://[bad", id="broken address"),
        pytest.param("http://a:b:c/x", "https://a:b:c/x", id="odd host"),
        pytest.param("https://www.co.uk/a", "https://co.uk/a", id="short host"),
    ],
)
def test_S13_links_to_one_article_have_one_address(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@given(st.text(max_size=80).map(lambda tail: f"https://example.org/{tail}") | st.text(max_size=80))
@settings(max_examples=150)
def test_a_canonical_address_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
