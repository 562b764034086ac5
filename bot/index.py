"""The search index of one process: a disposable SQLite FTS5 file, fed from the store's changes."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

from bot.search import Hit, Query

START = "0-0"
LONGEST_TEXT = 20_000
TITLE_WEIGHT = 5.0
SHORTEST_PREFIX = 4

_SCHEMA = """
CREATE TABLE stories (id INTEGER PRIMARY KEY, version INTEGER, updated_at REAL, witnesses INTEGER);
CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = "porter unicode61 remove_diacritics 2");
"""
_FIND = """
SELECT id, -bm25(words, ?, 1.0), updated_at, witnesses FROM words JOIN stories ON stories.id = words.rowid
WHERE words MATCH ? ORDER BY 2 DESC LIMIT ?
"""


class Row(Protocol):
    """A story as the store tells it; a `gone` one is taken out."""

    @property
    def story_id(self) -> int: ...  # noqa: D102  # as in Story
    @property
    def version(self) -> int: ...  # noqa: D102  # as in Story
    @property
    def title(self) -> str: ...  # noqa: D102  # as in Story
    @property
    def text(self) -> str: ...  # noqa: D102  # the words of its articles
    @property
    def updated_at(self) -> datetime: ...  # noqa: D102  # as in Story
    @property
    def witnesses(self) -> int: ...  # noqa: D102  # as in BriefStory
    @property
    def gone(self) -> bool: ...  # noqa: D102  # see above


class Index:
    """Finds stories by their words; a context manager. `position` is the last change that it knows of."""

    def __init__(self) -> None:
        self.position = START
        self._database = sqlite3.connect("")  # a private file, deleted when closed

    def __enter__(self) -> Self:
        """Make the tables."""
        self._database.executescript(_SCHEMA)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Delete the file."""
        self._database.close()

    def apply(self, position: str, rows: Iterable[Row]) -> None:
        """Take over stories as they stand at `position`."""
        with self._database:
            for row in rows:
                self._database.execute("DELETE FROM words WHERE rowid = ?", (row.story_id,))
                self._database.execute("DELETE FROM stories WHERE id = ?", (row.story_id,))
                if not row.gone:
                    self._add(row)
        self.position = position

    def _add(self, row: Row) -> None:
        facts = (row.story_id, row.version, row.updated_at.timestamp(), row.witnesses)
        self._database.execute("INSERT INTO stories VALUES (?, ?, ?, ?)", facts)
        self._database.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
            (row.story_id, row.title, row.text[:LONGEST_TEXT]),
        )

    def query(self, query: Query, limit: int = 50) -> tuple[Hit, ...]:
        """Return the stories that hold all words of the query; if none does, those that hold some of them."""
        for expression in _expressions(query):
            rows = self._database.execute(_FIND, (TITLE_WEIGHT, expression, limit)).fetchall()
            if rows:
                return tuple(
                    Hit(story_id, max(match, 1e-6), datetime.fromtimestamp(updated_at, UTC), witnesses)
                    for story_id, match, updated_at, witnesses in rows
                )
        return ()


def _expressions(query: Query) -> Iterator[str]:
    """Yield FTS5 expressions, strictest first: all words, all as beginnings of words, any of them."""
    words = [_quoted(word) for word in (*query.phrases, *query.words)]
    if not words:
        return
    beginnings = [f"{word}*" if len(word) > SHORTEST_PREFIX + 1 else word for word in words]
    without = "".join(f" NOT {_quoted(word)}" for word in query.excluded)
    yield f"({' AND '.join(words)}){without}"
    yield f"({' AND '.join(beginnings)}){without}"
    if len(words) > 1:
        yield f"({' OR '.join(words)}){without}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""').replace("\0", " ")
    return f'"{doubled}"'
