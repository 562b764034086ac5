"""The list of feeds, out to OPML and in again by the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import opml
from bot.cli import app, running
from bot.desk import NO_FEEDS
from bot.opml import Listed

LIST = """<opml version="2.0"><body><outline text="Coast">
<outline type="rss" text="Harbour Post" xmlUrl="http://10.0.0.1/feed"/></outline></body></opml>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUTGRAF_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("NUTGRAF_DATA", str(tmp_path / "data"))
    return tmp_path


def test_a_list_of_feeds_is_added_and_exported_with_its_folders(folder: Path) -> None:
    (folder / "feeds.opml").write_text(LIST)
    added = CliRunner().invoke(app, ["add", str(folder / "feeds.opml")])
    assert "Added 1 feed from feeds.opml" in added.stdout
    exported = CliRunner().invoke(app, ["export"])
    assert opml.read(exported.stdout.encode()) == (Listed("http://10.0.0.1/feed", "Harbour Post", "Coast"),)


def test_the_starter_list_comes_with_the_bot() -> None:
    assert len(opml.read(running.starter().read_bytes())) >= 40
    assert "`nutgraf add starter`" in NO_FEEDS
