"""The import contracts hold, and each kind of breach is caught; what we install owns its names alone."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINTER = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path) -> tuple[int, str]:
    ran = subprocess.run(
        [LINTER, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    return ran.returncode, ran.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("bot", "handlers", "summarizer"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    status, shown = lint(copy)
    assert (status, "0 broken" in shown) == (0, True), shown


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        pytest.param(
            "bot/schedule.py", "import bot.desk", "Imports point downwards", id="a stage imports the desk"
        ),
        pytest.param(
            "summarizer/bullets.py", "import bot.model", "knows no files", id="the summarizer imports the bot"
        ),
        pytest.param(
            "handlers/commands/__init__.py", "import bot.store", "Handlers know", id="a command reads the store"
        ),
        pytest.param("bot/brief.py", "import redis", "redis has one home", id="Redis outside the store"),
        pytest.param("bot/ingest.py", "import trafilatura", "trafilatura has one home", id="a second extractor"),
        pytest.param("bot/deliver.py", "import matplotlib", "matplotlib has one home", id="a sender that draws"),
        pytest.param("bot/search.py", "import socket", "Pure stages", id="a pure stage opens a socket"),
        pytest.param("bot/poll/decide.py", "import telegram", "telegram has one home", id="a poller that chats"),
    ],
)
def test_a_planted_breach_is_caught(copy: Path, file: str, line: str, contract: str) -> None:
    path = copy / file
    path.write_text(f"{path.read_text()}\n{line}\n")
    status, shown = lint(copy)
    broken = [row for row in shown.splitlines() if row.endswith("BROKEN")]
    assert status != 0
    assert any(contract in row for row in broken), shown


def test_no_other_distribution_owns_our_packages() -> None:
    owners = packages_distributions()
    assert {owner for name in ("bot", "handlers", "summarizer") for owner in owners.get(name, ["nutgraf"])} == {
        "nutgraf"
    }
