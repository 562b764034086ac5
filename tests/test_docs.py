"""The documents tell the truth: what is generated is up to date, and links lead somewhere."""

import re
from pathlib import Path

import pytest

from bot.config import Config
from docs import generate

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "seeds/README.md"])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("part", generate.PARTS)
def test_generated_parts_are_up_to_date(part: str) -> None:
    name, make = generate.PARTS[part]
    document = (ROOT / name).read_text("utf-8")
    assert generate.filled(document, part, make()) == document, "run: python -m docs.generate"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_within_the_repository_lead_somewhere(path: Path) -> None:
    missing = [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert missing == []


def test_a_document_without_its_marks_is_told() -> None:
    with pytest.raises(SystemExit, match="settings"):
        generate.filled("# Nothing here", "settings", "")


def test_every_command_named_exists() -> None:
    text = "\n".join(path.read_text("utf-8") for path in DOCUMENTS)
    named = {
        tuple(words.split())
        for words in re.findall(r"(?<!@)nutgraf ((?:inspect |slack )?[a-z]+)\b(?! in| and)", text)
    }
    known = {tuple(line.split()[1:]) for line in re.findall(r"`(nutgraf [a-z ]+[a-z])", generate.shell_commands())}
    assert known >= {("run",), ("demo",), ("inspect", "figures")}
    groups = {words[:1] for words in known}
    assert named - known - groups == set()


def test_every_setting_named_exists() -> None:
    text = "\n".join(path.read_text("utf-8") for path in DOCUMENTS)
    named = set(re.findall(r"\b(?:NUTGRAF|TELEGRAM|SLACK|BOT|REDIS)_[A-Z_]+\b", text))
    assert {name for name in named if name.lower() not in Config.model_fields} == set()


def test_every_part_named_in_the_design_exists() -> None:
    named = re.findall(
        r"`((?:bot|handlers|summarizer)/\w+)(?:\.py)?`", (ROOT / "docs/design.md").read_text("utf-8")
    )
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).is_dir() and not (ROOT / f"{name}.py").is_file()] == []


def test_every_part_is_named_in_the_design() -> None:
    design = (ROOT / "docs/design.md").read_text("utf-8")
    parts = {path.stem for path in (ROOT / "bot").iterdir() if not path.name.startswith(("_", "seeds"))}
    assert {part for part in parts if f"bot/{part}" not in design} == {"errors"}
