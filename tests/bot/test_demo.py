"""The demo offers what it was given under the addresses it stands for, and nothing else."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from bot import demo
from bot.desk import Desk
from bot.errors import GaveUp, UsageError
from bot.model import Brief, BriefStory
from bot.workers import Workers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "gull.example" / "news"
    pages.mkdir(parents=True)
    (tmp_path / "gull.example" / "feed.xml").write_text("<rss/>")
    (pages / "high-tide.html").write_text("<p>High tide</p>")
    (pages / "low tide.html").write_text("<p>Low tide</p>")
    (tmp_path / ".hidden.xml").write_text("<rss/>")
    (tmp_path / "NOTES.md").write_text("Notes")
    (tmp_path / "loose.xml").write_text("<rss/>")
    return tmp_path


def test_a_hosts_folder_stands_for_its_host(folder: Path) -> None:
    given = demo.gather([str(folder)])
    assert given.feeds == ("/gull.example/feed.xml", "/1/loose.xml")
    assert "/gull.example/news/high-tide.html" in given.files


def test_a_hosts_folder_may_be_given_itself(folder: Path) -> None:
    assert demo.gather([str(folder / "gull.example")]).feeds == ("/gull.example/feed.xml",)


def test_hidden_files_are_left_alone(folder: Path) -> None:
    assert not any("hidden" in path for path in demo.gather([str(folder)]).files)


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        files.append(tmp_path / name / "feed.xml")
        files[-1].write_text("<rss/>")
    given = demo.gather([str(file) for file in files])
    assert given.feeds == ("/1/feed.xml", "/2/feed.xml")


def test_urls_are_kept_as_they_are() -> None:
    given = demo.gather(["https://gull.example/feed.xml"])
    assert (given.urls, given.feeds) == (("https://gull.example/feed.xml",), ())


def test_nothing_given_means_the_sample_feeds() -> None:
    assert len(demo.gather([]).feeds) == 8


@pytest.mark.parametrize("word", ["nowhere", "ftp://gull.example/feed.xml"])
def test_a_word_that_names_nothing_is_told(word: str) -> None:
    with pytest.raises(UsageError, match="no file, folder or URL"):
        demo.gather([word])


def test_a_folder_without_feeds_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no feed in"):
        demo.gather([str(tmp_path)])


def fetched(url: str | None) -> tuple[str, str]:
    assert url is not None
    with urlopen(url, timeout=5) as answer:  # noqa: S310  # our own server
        return answer.read().decode(), answer.headers["Content-Type"]


def test_a_given_page_is_offered_at_the_address_that_links_to_it(folder: Path) -> None:
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        page = origin.address_of("https://gull.example/news/high-tide")
        assert fetched(page) == ("<p>High tide</p>", "text/html; charset=utf-8")


def test_names_with_blanks_survive(folder: Path) -> None:
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        url = origin.url_of("/gull.example/news/low tide.html")
        assert url == "https://gull.example/news/low%20tide.html"
        assert fetched(origin.address_of(url))[0] == "<p>Low tide</p>"


def test_a_loose_file_has_our_servers_address(folder: Path) -> None:
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        url = origin.url_of("/1/loose.xml")
        assert url == origin.address_of(url) == f"{origin.root}/1/loose.xml"
        assert fetched(url) == ("<rss/>", "application/xml")


def test_an_index_stands_for_its_folder(folder: Path) -> None:
    (folder / "gull.example" / "index.html").write_text("<p>Gull</p>")
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        assert fetched(origin.address_of("https://gull.example/"))[0] == "<p>Gull</p>"


def test_a_page_that_was_not_given_is_not_found_on_its_host(folder: Path) -> None:
    with demo.Origin(demo.gather([str(folder)]).files) as origin, pytest.raises(HTTPError, match="404") as caught:
        fetched(origin.address_of("https://gull.example/other"))
    caught.value.close()


@pytest.mark.parametrize("url", ["https://example.org/", "http://127.0.0.1:9/1/loose.xml"])
def test_a_host_of_which_nothing_was_given_has_no_address(folder: Path, url: str) -> None:
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        assert origin.address_of(url) is None


@pytest.mark.parametrize("path", ["/none.xml", "/../../etc/passwd", "/1/../loose.xml", "/gull.example/%00"])
def test_the_server_offers_nothing_else(folder: Path, path: str) -> None:
    with demo.Origin(demo.gather([str(folder)]).files) as origin, pytest.raises(HTTPError, match="404") as caught:
        fetched(origin.root + path)
    caught.value.close()


def test_a_file_that_went_away_is_empty(folder: Path) -> None:
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        (folder / "loose.xml").unlink()
        assert fetched(f"{origin.root}/1/loose.xml")[0] == ""


async def test_a_file_larger_than_a_feed_may_be_is_refused_quietly(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "loose.xml").write_bytes(b" " * 12_000_000)
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        async with demo.LocalFetcher(origin) as fetcher:
            with pytest.raises(GaveUp, match="8 MB"):
                await fetcher.fetch(f"{origin.root}/1/loose.xml")
    assert capfd.readouterr().err == ""


async def test_the_local_fetcher_answers_in_place_of_the_host(folder: Path) -> None:
    url = "https://gull.example/news/high-tide"
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        async with demo.LocalFetcher(origin) as fetcher:
            found = await fetcher.fetch(url)
            assert (found.url, found.status, found.body) == (url, 200, b"<p>High tide</p>")
            assert await fetcher.is_exempt(url)


async def test_the_local_fetcher_asks_nobody_else(folder: Path) -> None:
    with demo.Origin(demo.gather([str(folder)]).files) as origin:
        async with demo.LocalFetcher(origin) as fetcher:
            with pytest.raises(GaveUp, match="not given"):
                await fetcher.fetch("https://example.org/feed.xml")


def feed(*dates: str) -> bytes:
    entries = "".join(f"<entry><id>{date}</id><title>T</title><updated>{date}</updated></entry>" for date in dates)
    head = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><id>f</id>"
    return f"{head}<updated>2025-04-01T00:00:00Z</updated>{entries}</feed>".encode()


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        pytest.param(
            [feed("2025-04-01T08:00:00Z", "2025-04-02T06:10:00Z"), feed()], (2025, 4, 2, 6, 10), id="newest"
        ),
        pytest.param([feed("2025-04-01T08:00:00Z", "2199-01-01T00:00:00Z")], (2025, 4, 1, 8), id="not the future"),
        pytest.param([feed()], (2026, 1, 1), id="now without dates"),
        pytest.param([b"no feed at all"], (2026, 1, 1), id="now without feeds"),
    ],
)
async def test_the_clock_stands_at_the_newest_entry(bodies: list[bytes], expected: tuple[int, ...]) -> None:
    async with Workers() as workers:
        found = await demo.newest(bodies, workers, datetime(2026, 1, 1, tzinfo=UTC))
    assert found.timetuple()[: len(expected)] == expected


# ---------------------------------------------------------------- the whole journey


QUESTIONS = (("draft", 0), ("", 0), ("", 5), ("", 10), ("earthquake", 0))


async def asked(questions: Sequence[tuple[str, int]], *words: str) -> list[Brief]:
    """The answers to questions (a topic, and how many stories to skip) about what was given."""
    answers: list[Brief] = []

    async def talk(desk: Desk) -> None:
        answers.extend([(await desk.brief(topic, skip)).brief for topic, skip in questions])

    await demo.run(words, talk)
    return answers


@pytest.fixture(scope="module")
def briefs() -> list[Brief]:
    return asyncio.run(asked(QUESTIONS))


@pytest.fixture
def story(briefs: list[Brief]) -> BriefStory:
    [found] = briefs[0].stories
    return found


def test_the_sample_story_is_told_as_the_newsroom_knows_it(story: BriefStory) -> None:
    assert (story.outlets, story.witnesses) == (6, 4), "one wire report in three papers is one witness"
    told = " ".join(bullet.text for bullet in story.bullets)
    assert "160,000" in told
    assert not re.search(r"Trump|tariff|mineral|Kharkiv|rent|stout|Estavia|Copper League", told), "other stories"


def test_the_sample_storys_figures_are_a_series_with_their_years(story: BriefStory) -> None:
    [series] = [one for one in story.series if any(point.value == 134_500 for point in one.points)]
    years = {point.as_of[:4]: point.value for point in series.points}
    assert years == {"2022": 134_500, "2023": 147_000, "2024": 150_000, "2025": 160_000}


def test_the_sample_articles_are_thirteen_stories_and_none_is_mixed(briefs: list[Brief]) -> None:
    stories = [story for brief in briefs[1:4] for story in brief.stories]
    several = {story.title: (story.outlets, story.witnesses) for story in stories if story.outlets > 1}
    assert len(stories) == 13
    assert sorted(several.values()) == [(2, 2), (2, 2), (2, 2), (3, 3), (6, 4)]


def test_a_rising_toll_is_a_series_and_no_disagreement(briefs: list[Brief]) -> None:
    [story] = briefs[4].stories
    [toll] = [series for series in story.series if any(point.value == 112 for point in series.points)]
    assert [point.value for point in toll.points] == [41, 87, 112]
    assert toll.conflicts == ()


def test_the_sample_outlets_that_differ_are_shown_differing(story: BriefStory) -> None:
    differing = [point for series in story.series for group in series.conflicts for point in group]
    assert [(point.bound, point.value, point.witnesses) for point in differing] == [
        (">", 900_000, 3),
        ("~", 700_000, 1),
    ]


def test_the_clock_stands_at_the_newest_entry_when_questions_are_asked(briefs: list[Brief]) -> None:
    assert all(f"{brief.asked_at:%d %H:%M}" == "02 06:10" for brief in briefs)


async def test_the_same_feeds_give_the_same_briefs(briefs: list[Brief]) -> None:
    again = await asked(QUESTIONS)
    assert [replace(brief, asked_at=first.asked_at) for brief, first in zip(again, briefs, strict=True)] == briefs


async def test_what_is_no_feed_is_left_out_by_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "loose.xml").write_bytes(feed("2025-04-01T08:00:00Z"))
    (folder / "gull.example" / "feed.xml").write_text("no feed at all")
    [brief] = await asked([("", 0)], str(folder))
    assert f"{brief.asked_at:%Y-%m-%d %H:%M}" == "2025-04-01 08:00"
    assert "feed.xml is left out: " in capsys.readouterr().err


async def test_a_feed_that_outlasts_its_worker_dates_nothing() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with Workers(timeout_seconds=0.001) as workers:
        assert await demo.newest([b"no feed at all"], workers, now) == now


async def test_the_demo_reads_no_other_feeds(folder: Path) -> None:
    (folder / "loose.xml").write_bytes(feed("2025-04-01T08:00:00Z"))

    async def talk(desk: Desk) -> None:
        with pytest.raises(UsageError, match="reads only what it was given"):
            await desk.add("https://example.org/feed.xml")

    await demo.run([str(folder / "loose.xml")], talk)


async def test_nothing_but_what_is_no_feed_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text("no feed at all")
    with pytest.raises(UsageError, match="None of what was given"):
        await asked([("", 0)], str(tmp_path))
