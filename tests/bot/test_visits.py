"""Visits to hosts, and pages as robots.txt allows."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import visits
from bot.errors import StoreAway
from bot.extract import Page
from bot.fetch import Fetcher, Policy, addresses
from bot.store import Store
from bot.visits import HostBusy, read_page, robots
from bot.workers import Workers
from tests.bot.origin import Answer, Origin, serving

ARTICLE = b"""<html><head><meta property="og:title" content="Harbour reopens">
<script type="application/ld+json">{"datePublished": "2026-03-04T08:00:00+01:00"}</script></head><body><article>
<p>The harbour reopened on Wednesday after eleven days, and the first nine ships came in before noon.</p>
<p>The harbour master said that 140 people had worked through the nights to clear the channel of sand.</p>
<p>Fishing boats will have to wait until Friday, when the northern basin is to be sounded once more.</p>
</article></body></html>"""


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    async with serving({"/article": Answer(ARTICLE, headers=(("Content-Type", "text/html"),))}) as started:
        yield started


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(Policy(addresses.networks("127.0.0.0/8"))) as started:
        yield started


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers() as started:
        yield started


async def read(origin: Origin, store: Store, fetcher: Fetcher, workers: Workers, path: str = "/article") -> Page:
    return await read_page(origin.url(path), store, fetcher, workers, patience_seconds=1)


async def test_P22_P24_a_page_is_read_after_its_robots_txt_and_that_once_a_day(
    origin: Origin, store: Store, fetcher: Fetcher, workers: Workers
) -> None:
    found = await read(origin, store, fetcher, workers)
    assert found.title == "Harbour reopens"
    assert found.text.startswith("The harbour reopened on Wednesday after eleven days")
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-03-04T07:00:00+00:00"
    await read(origin, store, fetcher, workers)
    assert [request.target for request in origin.requests] == ["/robots.txt", "/article", "/article"]
    await store.set_clock(await store.now() + timedelta(days=1, seconds=1))
    await read(origin, store, fetcher, workers)
    assert [request.target for request in origin.requests[3:]] == ["/robots.txt", "/article"]
    assert all("a-im" not in request.headers for request in origin.requests)


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (Answer(b"User-agent: *\nDisallow: /art"), False),
        (Answer(b"User-agent: nutgraf\nAllow: /\n\nUser-agent: *\nDisallow: /"), True),
        (Answer(status=404), True),
        (Answer(status=403), True),
        (Answer(status=500), False),
        (Answer(status=302, headers=(("Location", "http://10.0.0.1/robots.txt"),)), False),
        (b"garbage\r\n\r\n", False),
    ],
    ids=["denied", "allowed by name", "no file", "refused", "server error", "private redirect", "no HTTP"],
)
async def test_P24_robots_txt_decides(
    origin: Origin, store: Store, fetcher: Fetcher, workers: Workers, answer: Answer | bytes, allowed: bool
) -> None:
    origin.pages["/robots.txt"] = answer
    found = await read(origin, store, fetcher, workers)
    assert bool(found.text) == allowed
    assert [request.target for request in origin.requests] == ["/robots.txt"] + ["/article"] * allowed


async def test_pages_that_cannot_be_read_are_empty(
    origin: Origin, store: Store, fetcher: Fetcher, workers: Workers
) -> None:
    origin.pages["/packed"] = Answer(b"x", headers=(("Content-Encoding", "br"),))
    origin.pages["/film"] = Answer(ARTICLE, headers=(("Content-Type", "video/mp4"),))
    assert await read(origin, store, fetcher, workers, "/none") == Page()
    assert await read(origin, store, fetcher, workers, "/film") == Page()
    assert await read(origin, store, fetcher, workers, "/packed") == Page()


async def test_P15_pages_wait_for_their_host_within_our_patience(
    origin: Origin, store: Store, fetcher: Fetcher, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def not_exempt(*_: object) -> bool:
        return False

    monkeypatch.setattr(Fetcher, "is_exempt", not_exempt)
    monkeypatch.setattr(visits, "SPACING_SECONDS", 0.2)
    assert (await read(origin, store, fetcher, workers)).text
    await store.feeds.leave_host("127.0.0.1", 60)
    with pytest.raises(HostBusy, match=r"127\.0\.0\.1"):
        await read(origin, store, fetcher, workers)
    await store.set_clock(await store.now() + timedelta(days=2))
    await store.feeds.leave_host("127.0.0.1", 60)
    with pytest.raises(HostBusy):
        await read(origin, store, fetcher, workers)
    assert len(origin.requests) == 2


async def test_P10_a_page_that_asks_us_to_wait_is_heeded(
    origin: Origin, store: Store, fetcher: Fetcher, workers: Workers
) -> None:
    origin.pages["/article"] = Answer(status=503, headers=(("Retry-After", "600"),))
    assert await read(origin, store, fetcher, workers) == Page()
    with pytest.raises(HostBusy):
        await read(origin, store, fetcher, workers)


async def test_D12_a_store_that_is_away_is_no_empty_page(
    origin: Origin, store: Store, fetcher: Fetcher, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> float:
        raise StoreAway("away", 1)

    monkeypatch.setattr(type(store.feeds), "enter_host", away)
    with pytest.raises(StoreAway):
        await read(origin, store, fetcher, workers)
    monkeypatch.undo()
    await read(origin, store, fetcher, workers)
    monkeypatch.setattr(type(store.feeds), "enter_host", away)
    with pytest.raises(StoreAway):
        await read(origin, store, fetcher, workers)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("user-agent:*\ndisallow:/a # why", "/ab", False),
        ("User-agent: *\nDisallow: /a\nAllow: /ab", "/abc", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: NutGraf\nDisallow: /\n\nUser-agent: *\nDisallow: /b", "/a", False),
        ("User-agent: nutgraf\nDisallow: /b\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /b\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a1c2b3", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a1c2", True),
        ("User-agent: *\nDisallow: /*?id=", "/x?id=5", False),
        ("User-agent: *\nDisallow: /für", "/f%C3%BCr", False),
        ("Disallow: /\nno line at all\nUser-agent: *", "/a", True),
    ],
)
def test_P24_rules_are_read_as_the_standard_says(rules: str, path: str, allowed: bool) -> None:
    assert robots.allows(rules, f"https://x.example{path}") == allowed


@settings(max_examples=50)
@given(st.text(), st.text())
def test_P24_no_rules_break_the_reader(rules: str, path: str) -> None:
    assert robots.allows(f"User-agent: *\nDisallow: {rules}", f"https://x.example/{path}") in {True, False}
