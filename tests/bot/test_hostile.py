"""Hostile answers end within the limits and do no harm: small ones here, full size in `make prove`."""

import asyncio
import contextlib
import os
import resource
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterable

import pytest

from bot import extract, fetch
from bot.errors import GaveUp, RetryLater
from bot.fetch import Fetcher, Policy, addresses
from bot.fetch.bodies import LARGEST_BODY
from bot.parse import NotFeed, parse, parse_leniently
from bot.poll import LARGEST_HERE
from bot.workers import CPU_SECONDS, MEMORY_BYTES, Workers
from tests.bot.origin import Answer, serving

SIZE = int(os.environ.get("NUTGRAF_HOSTILE_BYTES", "100000"))
IS_FULL = SIZE > 1_000_000
START_SECONDS = 4.0
"""What starting two workers and their imports may cost beside the job."""
URL = "https://hostile.example/feed"
IMPORTS_BYTES = 256 * 1024 * 1024
GOOD_PAGE = b"<html><body><article>" + b"<p>The ferry sails at noon from the north pier, the port said.</p>" * 9
GOOD_FEED = b"<rss version='2.0'><channel><title>T</title><item><title>Ferry</title></item></channel></rss>"


def rss(inside: str) -> bytes:
    return f"<rss version='2.0'><channel><title>T</title>{inside}</channel></rss>".encode()


def fill(piece: str, share: int = 1) -> str:
    return piece * (SIZE // share // len(piece))


def many_attributes(form: str) -> str:
    return "".join(form.format(number) for number in range(SIZE // 10))


FEEDS: dict[str, Callable[[], bytes]] = {
    "deep nesting": lambda: rss("<item>" + fill("<x>", 2) + fill("</x>", 2) + "</item>"),
    "nesting without an end": lambda: rss("<item>" + fill("<x>")),
    "nested items": lambda: rss(fill("<item>", 2) + fill("</item>", 2)),
    "100,000 attributes": lambda: rss("<item><x " + many_attributes("a{}='1' ") + "/></item>"),
    "attributes without quotes": lambda: rss("<item><x " + many_attributes("a{}=& ") + "/></item>"),
    "ampersands": lambda: rss("<item><title>" + fill("&") + "</title></item>"),
    "open tags": lambda: rss("<item><title>" + fill("<") + "</title></item>"),
    "markup in a title": lambda: rss("<item><title>" + fill("&lt;b&gt;") + "</title></item>"),
    "an endless comment": lambda: rss("<!--" + fill("-")),
    "an endless declaration": lambda: b"<!DOCTYPE rss [<!ENTITY a '" + b"x" * SIZE,
    "many declarations": lambda: b"<!DOCTYPE rss [" + fill("<!ENTITY a 'x'>").encode() + b"]>" + rss(""),
    "an entity bomb": lambda: (
        b"<!DOCTYPE rss [<!ENTITY e0 '"
        + b"x" * (SIZE // 2)
        + b"'>"
        + b"".join(b"<!ENTITY e%d '%s'>" % (n + 1, b"&e%d;" % n * 10) for n in range(20))
        + b"]>"
        + rss("<item><title>&e20;</title></item>")
    ),
    "many items": lambda: rss(fill("<item/>")),
    "many broken items": lambda: rss(fill("<item><title>&</title></item>")),
    "a wide title": lambda: rss("<item><title>" + fill("x") + "</title></item>"),
    "a wide text": lambda: rss("<item><description>" + fill("&lt;p&gt;x") + "</description></item>"),
    "spaces": lambda: rss("<item><pubDate>" + fill(" ") + "</pubDate></item>"),
    "a long date": lambda: rss("<item><pubDate>" + fill("1 ") + "</pubDate></item>"),
    "a long address": lambda: rss("<item><author>" + fill("a@") + "&</author></item>"),
    "the path of a file": lambda: b"/etc/passwd",
    "zeros": lambda: bytes(SIZE),
    "JSON within JSON": lambda: fill('{"a":').encode(),
    "a page of links": lambda: b"<html>" + fill("<div><a href='/feed'>").encode(),
}
PAGES: dict[str, Callable[[], bytes]] = {
    "deep nesting": lambda: b"<html><body>" + fill("<div>").encode(),
    "paragraphs": lambda: b"<html><body><article>" + fill("<p>It sails. ").encode(),
    "scripts": lambda: b"<html><body>" + fill("<script>x</script>").encode(),
    "data about itself": lambda: b"<html><script type='application/ld+json'>" + fill("[").encode(),
    "attributes": lambda: b"<html><body><p " + many_attributes("a{}=1 ").encode() + b">x",
}


def batches(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return each by itself where they are large; small ones may share a worker."""
    return [(name,) for name in names] if IS_FULL else [tuple(names)]


async def within_limits(
    job: Callable[..., object], hostile: list[tuple[object, ...]], good: tuple[object, ...]
) -> None:
    """Run a job on hostile bytes, each time then on good ones, and look at what its workers used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    async with Workers() as workers:
        for arguments in hostile:
            with contextlib.suppress(GaveUp):
                assert await workers.run(job, *arguments)
            assert await workers.run(job, *good) not in {NotFeed(), extract.Page()}
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{spent:.1f} s of processor time, at most {after.ru_maxrss / 1024:.0f} MB")
    assert spent < CPU_SECONDS * len(hostile) + START_SECONDS
    assert after.ru_maxrss * 1024 < MEMORY_BYTES + IMPORTS_BYTES


@pytest.mark.timeout(120)
@pytest.mark.parametrize("names", batches(FEEDS))
async def test_prove_S7_hostile_feeds_end_within_the_limits(names: tuple[str, ...]) -> None:
    feeds: list[tuple[object, ...]] = [(FEEDS[name]()[:LARGEST_BODY], "", URL) for name in names]
    await within_limits(parse_leniently, feeds, (GOOD_FEED, "", URL))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("names", batches(PAGES))
async def test_prove_S7_hostile_pages_end_within_the_limits(names: tuple[str, ...]) -> None:
    pages: list[tuple[object, ...]] = [(PAGES[name]()[:LARGEST_BODY], URL) for name in names]
    await within_limits(extract.page, pages, (GOOD_PAGE, URL))


@pytest.mark.parametrize("name", FEEDS)
def test_prove_S7_what_is_read_in_the_bots_own_process_is_read_at_once(name: str) -> None:
    body = FEEDS[name]()[:LARGEST_HERE]
    began = time.process_time()
    parse(body, "", URL)
    assert time.process_time() - began < 2


async def endless(chunk: bytes, pause_seconds: float = 0.0) -> AsyncIterator[bytes]:
    while True:
        yield chunk
        await asyncio.sleep(pause_seconds)


BOMB = zlib.compress(bytes(64 * 1024 * 1024), 9)
ANSWERS = {
    "an endless body": Answer(chunks=lambda: endless(b"x" * 65536)),
    "a slow drip": Answer(chunks=lambda: endless(b"x", 0.05)),
    "a packed bomb": Answer(BOMB, headers=(("Content-Encoding", "deflate"),)),
    "a bomb within a bomb": Answer(zlib.compress(BOMB), headers=(("Content-Encoding", "deflate, deflate"),)),
    "less than it says": Answer(b"x", headers=(("Content-Length", "99999999"),)),
    "a length that is none": Answer(b"x", headers=(("Content-Length", "-5"),)),
    "endless headers": Answer(b"x", headers=tuple((f"X-{n}", "y" * 1000) for n in range(200))),
    "a circle": Answer(status=302, headers=(("Location", "/feed"),)),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", ANSWERS)
async def test_prove_S4_hostile_answers_are_dropped_at_a_limit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not IS_FULL:
        monkeypatch.setattr(fetch, "TOTAL_SECONDS", 1)
    began = time.process_time()
    async with serving() as origin, Fetcher(Policy(addresses.networks("127.0.0.0/8"))) as fetcher:
        origin.pages |= {"/feed": ANSWERS[name], "/good": Answer(GOOD_FEED)}
        with pytest.raises((GaveUp, RetryLater)) as told:
            await fetcher.fetch(origin.url())
        assert (await fetcher.fetch(origin.url("/good"))).body == GOOD_FEED
    print(f"{told.value}; {time.process_time() - began:.1f} s of processor time")
    assert time.process_time() - began < CPU_SECONDS
