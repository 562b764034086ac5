"""A story's figures as files, by the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import config as settings
from bot.cli import app, running
from bot.desk import NO_FEEDS
from bot.errors import UsageError
from tests.bot import origin
from tests.bot.origin import Answer

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Dock Diary</title><link>http://dock.example/</link>
<item><guid>1</guid><title>Ferries carry more lorries</title><link>http://dock.example/1</link>
<pubDate>Tue, 01 Apr 2025 18:00:00 GMT</pubDate><description>The harbour ferries carried 12,000 lorries in 2023,
15,000 in 2024 and 19,000 in 2025, the port said. More quays are to open before the summer, and more ferries
will sail by night. The port has asked the town to widen the road there.</description></item></channel></rss>
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUTGRAF_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("NUTGRAF_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NUTGRAF_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("NUTGRAF_CLOCK", "2025-04-02T05:00:00+00:00")
    return tmp_path


async def test_the_figures_of_a_story_become_a_picture_and_a_sheet(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    config = settings.load()
    async with origin.serving() as web:
        web.pages["/feed"] = Answer(body=FEED.encode(), headers=(("Content-Type", "application/rss+xml"),))
        assert await running.add(config, [web.url("/feed")])
    assert await running.one_file(config, "chart ferries", folder / "ferries.png")
    assert (folder / "ferries.png").read_bytes().startswith(b"\x89PNG")
    capfdbinary.readouterr()
    assert await running.one_file(config, "figures ferries csv", None)
    sheet = capfdbinary.readouterr().out.decode().splitlines()
    assert sheet[0].startswith("series,label,value")
    assert [row.split(",")[2] for row in sheet[1:4]] == ["12000", "15000", "19000"]
    with pytest.raises(UsageError, match="cannot be written: No such file or directory"):
        await running.one_file(config, "chart ferries", folder / "nowhere" / "ferries.png")


@pytest.mark.parametrize("how", [["--csv"], ["--chart", "ferries.png"], ["--chart", "f.png", "--dark"], []])
def test_without_a_story_nothing_is_written(folder: Path, how: list[str]) -> None:
    asked = CliRunner().invoke(app, ["figures", "ferries", *how])
    assert str(asked.exception) == NO_FEEDS
    assert asked.stdout == ""
