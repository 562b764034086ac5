"""The sample feeds are valid, lead to their own pages only, and tell what seeds/README.md says they tell."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from bot import opml, parse

SEEDS = Path(__file__).parents[1] / "seeds"
FEEDS = sorted(
    path for path in SEEDS.glob("*.example/*") if path.suffix in {".xml", ".rdf", ".json"} and path.is_file()
)
ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
DATE = "{http://purl.org/dc/elements/1.1/}date"
FULL_TEXT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True)
class Item:
    link: str
    title: str
    published_at: datetime
    text_html: str


def read(path: Path) -> list[Item]:
    if path.suffix == ".json":
        return [read_json(item) for item in json.loads(path.read_text("utf-8"))["items"]]
    root = ElementTree.fromstring(path.read_bytes())  # noqa: S314  # our own files
    readers = {"rss": ("channel/item", read_rss), "feed": (f"{ATOM}entry", read_atom)}
    where, reader = readers.get(root.tag.rpartition("}")[2], (f"{RSS1}item", read_rdf))
    return [reader(item) for item in root.findall(where)]


def read_json(item: dict[str, str]) -> Item:
    published_at = datetime.fromisoformat(item["date_published"])
    return Item(item["url"], item["title"], published_at, item["content_html"])


def read_rss(item: ElementTree.Element) -> Item:
    text = item.findtext(FULL_TEXT) or item.findtext("description") or ""
    published_at = parsedate_to_datetime(item.findtext("pubDate", ""))
    return Item(item.findtext("link", ""), item.findtext("title", ""), published_at, text)


def read_rdf(item: ElementTree.Element) -> Item:
    published_at = datetime.fromisoformat(item.findtext(DATE, ""))
    text = item.findtext(f"{RSS1}description", "")
    return Item(item.findtext(f"{RSS1}link", ""), item.findtext(f"{RSS1}title", ""), published_at, text)


def read_atom(item: ElementTree.Element) -> Item:
    link = item.find(f"{ATOM}link[@rel='alternate']")
    assert link is not None
    published_at = datetime.fromisoformat(item.findtext(f"{ATOM}published", ""))
    text = item.findtext(f"{ATOM}content", "")
    return Item(link.attrib["href"], item.findtext(f"{ATOM}title", ""), published_at, text)


def page_of(link: str) -> Path:
    parts = urlsplit(link)
    return SEEDS / parts.netloc / (parts.path.removeprefix("/") + ".html")


def all_items() -> list[tuple[Path, Item]]:
    return [(path, item) for path in FEEDS for item in read(path)]


def test_there_are_eight_outlets_in_four_formats() -> None:
    assert len({path.parent.name for path in FEEDS}) == len(FEEDS) == 8
    assert Counter(path.name for path in FEEDS) == {"feed.xml": 4, "atom.xml": 2, "index.rdf": 1, "feed.json": 1}


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.parent.name)
def test_links_lead_to_the_outlet_itself_and_differ(path: Path) -> None:
    links = [item.link for item in read(path)]
    assert len(links) == len(set(links)) >= 2
    assert all(link.startswith(f"https://{path.parent.name}/") for link in links)


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.parent.name)
def test_feeds_pass_the_strict_parser(path: Path) -> None:
    parsed = parse.parse(path.read_bytes(), url=f"https://{path.parent.name}/{path.name}")
    assert parsed is not None
    assert parsed.warnings == ()
    found = sorted((entry.link, entry.title, entry.published_at) for entry in parsed.entries if entry.published_at)
    assert found == sorted((item.link, item.title, item.published_at) for item in read(path))


def test_entries_are_dated_in_the_three_days_around_the_decree() -> None:
    dates = [item.published_at for _, item in all_items()]
    assert all(date.tzinfo for date in dates)
    assert min(dates) >= datetime.fromisoformat("2025-03-31T06:00+00:00")
    assert max(dates) == datetime.fromisoformat("2025-04-02T06:10+00:00"), "the demo's clock stands here"


def test_an_entry_holds_its_article_or_has_a_page() -> None:
    short = {item.link for _, item in all_items() if len(item.text_html) < 400}
    pages = set(SEEDS.rglob("*.html"))
    assert {page_of(link) for link in short} <= pages <= {page_of(item.link) for _, item in all_items()}


def whole_text(item: Item) -> str:
    page = page_of(item.link)
    return page.read_text("utf-8") if page.exists() else item.text_html


def test_six_outlets_tell_the_story_with_its_series() -> None:
    tellers = [
        path for path, item in all_items() if "160,000" in whole_text(item) and "Russia" in whole_text(item)
    ]
    assert len({path.parent.name for path in tellers}) == len(tellers) == 6


def test_one_wire_report_is_printed_by_three() -> None:
    sentence = "The spring draft has been raised every year since the full-scale invasion of Ukraine"
    printers = {path.parent.name for path, item in all_items() if sentence in whole_text(item)}
    assert printers == {"northern-courier.example", "harbour-post.example", "tidewater-ledger.example"}


def test_one_outlet_differs_on_the_casualties() -> None:
    differing = {path.parent.name for path, item in all_items() if "about 700,000 casualties" in whole_text(item)}
    assert differing == {"cobalt-review.example"}


def test_one_account_was_corrected_after_it_was_published() -> None:
    [corrected] = [item for _, item in all_items() if "Correction, April 1" in item.text_html]
    assert corrected.link.startswith("https://lantern-daily.example/")
    assert "2025-04-01T11:15:00+01:00" in (SEEDS / "lantern-daily.example/atom.xml").read_text("utf-8")


def starter() -> tuple[opml.Listed, ...]:
    return opml.read((SEEDS / "starter.opml").read_bytes())


def test_starter_feeds_are_https_and_listed_once() -> None:
    urls = [feed.url for feed in starter()]
    assert len(urls) == len(set(urls)) >= 40
    assert all(url.startswith("https://") and urlsplit(url).hostname for url in urls)


def test_starter_feeds_have_titles_and_lie_in_folders_of_several_languages() -> None:
    assert all(feed.title for feed in starter())
    folders = {feed.folder for feed in starter()}
    assert {"World", "Business", "Science", "Technology", "Deutsch", "Français", "Español"} <= folders
