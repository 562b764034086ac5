"""Write the parts of the documents that the program itself knows: settings, commands, the README's briefing.

`python -m docs.generate` writes them; with `--check` it writes nothing and fails if a document is out of date.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

from platformdirs import user_config_path, user_data_path
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.config import Config

ROOT = Path(__file__).parents[1]
HOMES = {
    user_config_path("nutgraf", appauthor=False): "the user's configuration folder",
    user_data_path("nutgraf", appauthor=False): "the user's data folder",
}


def configuration() -> str:
    """Return the table of settings."""
    return "\n".join(
        ["| setting | default | what it does |", "|---|---|---|", *map(_row, Config.model_fields.items())]
    )


def _row(named: tuple[str, FieldInfo]) -> str:
    name, field = named
    described = (field.description or "").replace("|", "\\|")
    return f"| `{name.upper()}` | {_default(field)} | {described}{_choices(field)} |"


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, Path):
        home = next((home for home in HOMES if value.is_relative_to(home)), None)
        rest = "" if home in (None, value) else f"`{value.relative_to(home)}` in "
        return f"{rest}{HOMES.get(home, '') if home else f'`{value}`'}"
    plain = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    return f"`{plain}`" if plain else "none"


def _choices(field: FieldInfo) -> str:
    choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    told = all(f"`{choice}`" in (field.description or "") for choice in choices)
    return "" if told else f" One of {', '.join(f'`{choice}`' for choice in choices)}."


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "settings": ("docs/configuration.md", configuration),
}


def filled(document: str, part: str, text: str) -> str:
    """Return a document with the stretch between its two marks replaced."""
    begin, end = f"<!-- {part}: written by `python -m docs.generate` -->", f"<!-- end of {part} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(document):
        raise SystemExit(f"The marks of “{part}” are missing.")
    return pattern.sub(lambda _: f"{begin}\n{text}\n{end}", document)


def stale(write: bool) -> Iterator[str]:
    """Yield the documents that do not say what the program says, and mend them if asked to."""
    for part, (name, make) in PARTS.items():
        path = ROOT / name
        document = path.read_text("utf-8")
        mended = filled(document, part, make())
        if mended != document:
            if write:
                path.write_text(mended, "utf-8")
            yield f"{name} ({part})"


def main() -> None:
    """Write or check, and say what was out of date."""
    checking = "--check" in sys.argv[1:]
    found = list(stale(write=not checking))
    for name in found:
        sys.stdout.write(f"{'out of date' if checking else 'written'}: {name}\n")
    sys.exit(1 if checking and found else 0)


if __name__ == "__main__":
    main()
