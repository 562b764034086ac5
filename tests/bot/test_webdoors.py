"""The doors to feeds and pages, as `nutgraf inspect` opens them."""

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot import webdoors
from bot.cli import app
from bot.fetch import Fetcher, Policy, addresses
from bot.fetch.bodies import LARGEST_BODY
from bot.workers import Workers
from tests.bot.origin import Answer, Origin, serving

FEED = (
    b"<rss version='2.0'><channel><title>Harbour Post</title><item><title>Ferry</title><guid>7</guid>"
    b"<link>https://harbour.example/ferry</link><pubDate>Wed, 04 Mar 2026 12:00:00 GMT</pubDate>"
    b"<description>It sails.</description></item><item><title>Bare</title></item></channel></rss>"
)
PAGE = (
    b"<html><head><title>Harbour reopens</title><meta property='article:published_time' "
    b"content='2026-03-04T12:00:00Z'></head><body><article>"
    + b"<p>The harbour reopened on Wednesday after eleven days, and the first nine ships came in before noon.</p>"
    * 4
    + b"</article></body></html>"
)


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    async with serving({"/feed": Answer(FEED, headers=(("ETag", '"1"'),)), "/page": Answer(PAGE)}) as started:
        yield started


async def opened(door: webdoors.Door, *asked: object) -> list[dict[str, Any]]:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in asked]
    async with Fetcher(Policy(addresses.networks("127.0.0.1"))) as fetcher, Workers() as workers:
        return [answer async for answer in webdoors.lines(door, lines, fetcher, workers)]


async def test_a_feed_of_a_file_and_of_a_url(origin: Origin, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(FEED)
    (tmp_path / "feed.xml.gz").write_bytes(gzip.compress(FEED.replace(b"Ferry", b"Ferry & co")))
    plain, packed, fetched = await opened(
        webdoors.feed,
        {"id": 1, "path": str(tmp_path / "feed.xml")},
        {"id": 2, "path": str(tmp_path / "feed.xml.gz"), "url": "https://harbour.example/"},
        {"id": 3, "url": origin.url()},
    )
    assert plain["entries"][0] == {
        "title": "Ferry",
        "link": "https://harbour.example/ferry",
        "id": "7",
        "published": "2026-03-04T12:00:00+00:00",
        "updated": None,
        "author": "",
        "text_length": 9,
    }
    assert (plain["parser"], plain["title"], plain["etag"]) == ("gate", "Harbour Post", None)
    assert (packed["parser"], packed["entries"][0]["title"]) == ("feedparser", "Ferry & co")
    assert packed["warnings"]
    assert (fetched["id"], fetched["etag"], len(fetched["entries"])) == (3, '"1"', 2)


async def test_a_page(origin: Origin) -> None:
    (found,) = await opened(webdoors.page, {"id": "p", "url": origin.url("/page")})
    assert found["text"].startswith("The harbour reopened on Wednesday")
    assert (found["title"], found["published"], found["stub"]) == (
        "Harbour reopens",
        "2026-03-04T12:00:00+00:00",
        "",
    )


async def test_what_goes_wrong_is_said_in_order(origin: Origin, tmp_path: Path) -> None:
    (tmp_path / "bad.gz").write_bytes(b"no gzip")
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(LARGEST_BODY + 1)))
    found = await opened(
        webdoors.feed,
        {"id": 0, "url": origin.url("/page")},
        {"id": 1, "url": origin.url("/none")},
        {"id": 2, "path": str(tmp_path / "none")},
        {"id": 3, "path": str(tmp_path / "bad.gz")},
        "",
        {"id": 4, "url": "http://10.0.0.1/"},
        {"id": 5, "path": "/dev/zero"},
        {"id": 6, "path": str(tmp_path / "bomb.gz")},
        "[]",
        "{",
    )
    assert [each["id"] for each in found] == [0, 1, 2, 3, 4, 5, 6, None, None]
    assert all(each["error"] for each in found)
    assert all("longer than 16 MB" in found[place]["error"] for place in (5, 6))
    assert found[0]["entries"] == found[0]["alternates"] == []


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUTGRAF_CONFIG", str(tmp_path / "none.toml"))
    feed, page = tmp_path / "feed.xml", tmp_path / "page.html"
    feed.write_bytes(FEED)
    page.write_bytes(PAGE)
    run = CliRunner().invoke
    told = run(app, ["inspect", "feed", str(feed)])
    assert (told.exit_code, "• 2026-03-04T12:00:00+00:00  Ferry" in told.stdout) == (0, True)
    assert "• undated  Bare" in told.stdout
    told = run(app, ["inspect", "page", str(page)])
    assert told.stdout.startswith("title: Harbour reopens\n")
    assert "first nine ships" in told.stdout
    told = run(app, ["inspect", "feed", "--jsonl"], input=json.dumps({"id": 5, "path": str(feed)}))
    assert json.loads(told.stdout)["id"] == 5
    (tmp_path / "lines").write_text("{")
    assert run(app, ["inspect", "page", "--jsonl", str(tmp_path / "lines")]).exit_code == 1
    assert json.loads(webdoors.lines_for(["https://x.example/"])[0])["url"] == "https://x.example/"
