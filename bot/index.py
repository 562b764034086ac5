"""The search index of one process: a disposable SQLite FTS5 file, fed from the store's changes."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

from bot import search
from bot.dedupe.terms import WORD, rarity, stem, words_of
from bot.search import Company, Hit, Query
from bot.spelling import nearest

START = "0-0"
LONGEST_TEXT = 20_000
SHORTEST_PREFIX = 4
LEADS = 8
LEAD_LENGTH = 600
"""So many articles of a story, and so much of each, tell which words it connects."""

LEADING_HITS = 10
NEAR = 20
"""So many words at most lie between those of a question where they belong together: about a sentence."""
MOST_NEAR = 1000

MOST_ANSWERS = 100
"""So many questions keep their answers until a story changes: many chats ask on one topic."""

_SCHEMA = """
CREATE TABLE stories (id INTEGER PRIMARY KEY, version INTEGER, updated_at REAL, witnesses INTEGER, leads TEXT);
CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = "porter unicode61 remove_diacritics 2");
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(5.0, 1.0)');
"""
"""A word of the title counts as five of the text."""

_FIND = """
SELECT id, -rank, updated_at, witnesses
FROM (SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?) AS found
JOIN stories ON stories.id = found.rowid ORDER BY rank, id
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
    def text(self) -> str: ...  # noqa: D102  # the words of its articles, a form feed between any two
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
        self._articles: Counter[str] = Counter()  # by stem, how many begin with a word of it
        self._forms: dict[str, str] = {}  # by stem, a word of it
        self._titles: Counter[str] = Counter()  # by word of a headline, how many stories began with it
        self._answers: dict[tuple[Query, int], tuple[Hit, ...]] = {}  # until a story changes

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
                self._answers.clear()
                self._remove(row.story_id)
                if not row.gone:
                    self._add(row)
        self.position = position

    def _remove(self, story_id: int) -> None:
        if not (known := self._leads([story_id])):
            return
        for lead in known[story_id]:
            self._articles.subtract(lead)
        self._database.execute("DELETE FROM words WHERE rowid = ?", (story_id,))
        self._database.execute("DELETE FROM stories WHERE id = ?", (story_id,))

    def _add(self, row: Row) -> None:
        leads = [self._lead(article) for article in row.text.split("\f")[:LEADS]]
        for lead in leads:
            self._articles.update(lead)
        text = "\n".join(" ".join(sorted(lead)) for lead in leads)
        self._titles.update(set(words_of(row.title)) - search.SMALL)
        facts = (row.story_id, row.version, row.updated_at.timestamp(), row.witnesses, text)
        self._database.execute("INSERT INTO stories VALUES (?, ?, ?, ?, ?)", facts)
        self._database.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
            (row.story_id, row.title, row.text[:LONGEST_TEXT]),
        )

    def witnesses(self, story_ids: Sequence[int]) -> dict[int, int]:
        """Return how many independent witnesses tell each of the stories that are known here."""
        marks = ", ".join("?" * len(story_ids))
        counted = f"SELECT id, witnesses FROM stories WHERE id IN ({marks})"  # noqa: S608  # marks alone
        return dict(self._database.execute(counted, story_ids).fetchall())

    def unknown(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return which of the words no story holds."""
        known = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
        return tuple(
            word for word in words if not self._database.execute(known, (f"{_quoted(word)} *",)).fetchone()
        )

    def leads_with(self, word: str) -> bool:
        """Return whether a headline ever held just this word, no other form of it."""
        return word in self._titles

    def respelled(self, word: str) -> str:
        """Return the word of a headline that a mistyped one was probably to be, "" if none is like it."""
        return nearest(word, {other: count for other, count in self._titles.items() if other[0] == word[0]})

    def query(self, query: Query, limit: int = 50) -> tuple[Hit, ...]:
        """Return the stories that hold all words of the query, and those that a related word has in their title.

        If none holds all words, those that hold some of them.
        """
        if (query, limit) not in self._answers:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            self._answers[query, limit] = self._answer(query, limit)
        return self._answers[query, limit]

    def _answer(self, query: Query, limit: int) -> tuple[Hit, ...]:
        for expression in _expressions(query):
            if hits := self._find(expression, limit):
                return self._with_related(query, self._gathered(query, hits), limit)
        return ()

    def _gathered(self, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Return the hits, those lowered that hold the words of a question far apart from each other."""
        words = [_quoted(word) for word in (*query.phrases, *query.words)]
        if len(words) < 2:
            return hits
        near = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"
        together = self._database.execute(near, (f"NEAR({' '.join(words)}, {NEAR})", MOST_NEAR)).fetchall()
        gathered = {id_ for (id_,) in together}
        return tuple(
            hit if hit.story_id in gathered else replace(hit, match=search.SCATTERED * hit.match) for hit in hits
        )

    def _with_related(self, query: Query, hits: tuple[Hit, ...], limit: int) -> tuple[Hit, ...]:
        best = sorted(hits, key=lambda hit: -hit.match * hit.witnesses)[:LEADING_HITS]
        leads = self._leads([hit.story_id for hit in best])
        words = self._related(query, [lead for articles in leads.values() for lead in articles])
        if not words:
            return hits
        akin = {id_: self._meant(words, set().union(*articles)) for id_, articles in leads.items()}
        return search.weighed(hits, akin, tuple(self._found_by(words, query, limit)))

    def _find(self, expression: str, limit: int) -> tuple[Hit, ...]:
        rows = self._database.execute(_FIND, (expression, limit)).fetchall()
        return tuple(
            Hit(story_id, max(match, 1e-6), datetime.fromtimestamp(updated_at, UTC), witnesses)
            for story_id, match, updated_at, witnesses in rows
        )

    def _related(self, query: Query, leads: Iterable[set[str]]) -> tuple[Company, ...]:
        """Return the words that articles which begin with the query's words connect with it, as stems."""
        asked = {stem(word) for text in (*query.words, *query.phrases) for word in words_of(text)}
        company: Counter[str] = Counter()
        for lead in leads:
            if asked <= lead:
                company.update(lead)
        return search.related(
            Company(word, together, self._articles[word], rarity(word))
            for word, together in company.items()
            if together >= search.TOGETHER and word not in asked
        )

    def _meant(self, words: Iterable[Company], held: set[str]) -> tuple[str, ...]:
        return tuple(self._forms[word] for word in search.meant(words, held))

    def _found_by(self, words: Sequence[Company], query: Query, limit: int) -> Iterator[Hit]:
        """Yield the stories that hold related words, one of them in the title."""
        any_of = " OR ".join(_quoted(self._forms[one.word]) for one in words)
        without = "".join(f" NOT {_quoted(word)}" for word in query.excluded)
        found = self._find(f"({{title}} : ({any_of})){without}", limit)
        leads = self._leads([hit.story_id for hit in found])
        for hit in found:
            if via := self._meant(words, set().union(*leads[hit.story_id], self._title(hit.story_id))):
                yield replace(hit, via=via)

    def _leads(self, story_ids: Sequence[int]) -> dict[int, list[set[str]]]:
        """The stems with which each article of the stories begins."""
        marks = ", ".join("?" * len(story_ids))
        rows = self._database.execute(f"SELECT id, leads FROM stories WHERE id IN ({marks})", story_ids)  # noqa: S608  # marks alone
        return {id_: [set(lead.split()) for lead in leads.split("\n")] for id_, leads in rows}

    def _title(self, story_id: int) -> set[str]:
        (title,) = self._database.execute("SELECT title FROM words WHERE rowid = ?", (story_id,)).fetchone()
        return set(map(stem, words_of(title)))

    def _lead(self, article: str) -> set[str]:
        """The stems of the words that an article begins with, without names, which are related to nothing."""
        found = WORD.findall(article[:LEAD_LENGTH])
        words = [word for word in found if len(word) >= SHORTEST_PREFIX and word[0].islower()]
        stems = dict(zip(map(stem, words), words, strict=True))
        self._forms |= stems
        return set(stems)


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
