"""The search index of one process: a disposable SQLite FTS5 file, fed from the store's changes."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Protocol, Self

from bot import search
from bot.dedupe.terms import STEMS, WORD, rarity, stem, words_of
from bot.search import Company, Hit, Query
from bot.spelling import nearest

START = "0-0"
LONGEST_TEXT = 20_000
SHORTEST_PREFIX = 4
LEADS = 8
LEAD_LENGTH = 600
"""So many articles of a story, and so much of each, tell which words it connects."""

LEADING_HITS = 10
MOST_RANKED = 100
MOST_TITLES = 50
"""So many of the newest stories that hold what is asked are ranked, and so many of those whose title does: ranking
takes thirty times as long as finding, and a word of everyday news is in ten thousand. They hold more than nine of
the ten that are best of all for such a word."""

NEAR = 20
"""So many words at most lie between those of a question where they belong together: about a sentence."""

MOST_HOLDING = 3000
"""So many of the newest stories that hold a word are asked which others of a question they hold, too."""

MOST_ANSWERS = 100
"""So many questions keep their answers until a story changes: many chats ask on one topic."""

_SCHEMA = """
PRAGMA cache_size = -32768;
CREATE TABLE stories (id INTEGER PRIMARY KEY, updated_at REAL, witnesses INTEGER);
CREATE TABLE openings (id INTEGER PRIMARY KEY, title TEXT, leads TEXT);
CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = "porter unicode61 remove_diacritics 2");
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(5.0, 1.0)');
"""
"""A word of the title counts as five of the text. What ranking reads of a story is short and stands apart, so that
much of it is in the 32 MB of the file that are kept at hand."""

_NEWEST = """
SELECT id, -rank, updated_at, witnesses
FROM (SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?) AS found
JOIN stories ON stories.id = found.rowid
"""
_HOLDING = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
_TOLD = "SELECT id, witnesses FROM stories WHERE id IN ({})"
_LEADS = "SELECT id, leads FROM openings WHERE id IN ({})"
_HELD = "SELECT id, title || leads FROM openings WHERE id IN ({})"


class Row(Protocol):
    """A story as the store tells it; a `gone` one is taken out."""

    @property
    def story_id(self) -> int: ...  # noqa: D102  # as in Story
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
        # by first letter, in how many headlines each word stood
        self._titles: dict[str, Counter[str]] = defaultdict(Counter)
        self._updated_at = datetime.min.replace(tzinfo=UTC)  # when the story was that changed last
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
            for row in sorted(rows, key=lambda row: row.story_id):  # FTS5 writes to its file where an id is lower
                self._answers.clear()
                self._remove(row.story_id)
                if not row.gone:
                    self._add(row)
        self.position = position

    def _remove(self, story_id: int) -> None:
        if not (known := self._known(_LEADS, [story_id])):
            return
        self._articles.subtract(known[0][1].split())
        for table in ("words", "stories", "openings"):
            self._database.execute(f"DELETE FROM {table} WHERE rowid = ?", (story_id,))  # noqa: S608  # our own names

    def _add(self, row: Row) -> None:
        leads = [self._lead(article) for article in row.text.split("\f")[:LEADS]]
        for lead in leads:
            self._articles.update(lead)
        title = words_of(row.title)
        for word in set(title) - search.SMALL:
            self._titles[word[0]][word] += 1
        held = (row.story_id, _spaced(map(stem, title)), "\n".join(map(_spaced, leads)))
        self._updated_at = max(self._updated_at, row.updated_at)
        facts = (row.story_id, row.updated_at.timestamp(), row.witnesses)
        self._database.execute("INSERT INTO stories VALUES (?, ?, ?)", facts)
        self._database.execute("INSERT INTO openings VALUES (?, ?, ?)", held)
        self._database.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
            (row.story_id, row.title, row.text[:LONGEST_TEXT]),
        )

    @property
    def is_empty(self) -> bool:
        """Whether no story is known here."""
        return self._database.execute("SELECT 1 FROM stories LIMIT 1").fetchone() is None

    def witnesses(self, story_ids: Sequence[int]) -> dict[int, int]:
        """Return how many independent witnesses tell each of the stories that are known here."""
        return dict(self._known(_TOLD, story_ids))

    def unknown(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return which of the words no story holds."""
        return tuple(
            word for word in words if not (self._holds(_quoted(word)) or self._holds(f"{_quoted(word)} *"))
        )

    def _holds(self, expression: str) -> bool:
        held = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
        return self._database.execute(held, (expression,)).fetchone() is not None

    def leads_with(self, word: str) -> bool:
        """Return whether a headline ever held just this word, no other form of it."""
        return word in self._titles.get(word[:1], ())

    def respelled(self, word: str) -> str:
        """Return the word of a headline that a mistyped one was probably to be, "" if none is like it."""
        return nearest(word, self._titles.get(word[:1], {}))

    def query(self, query: Query, limit: int = 50) -> tuple[Hit, ...]:
        """Return the stories that hold all words of the query, and those that a related word has in their title.

        If none holds all words, those that hold the most telling ones.
        """
        if (query, limit) not in self._answers:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            self._answers[query, limit] = self._answer(query, limit)
        return self._answers[query, limit]

    def _answer(self, query: Query, limit: int) -> tuple[Hit, ...]:
        without = "".join(f" NOT {_quoted(word)}" for word in query.excluded)
        for expression in _expressions(query):
            if hits := self._find(expression, without, limit):
                named = self._named(query, expression, without, hits)
                return self._with_related(query, without, self._gathered((*query.phrases, *query.words), named))
        return self._with_some(query, without, limit)

    def _named(self, query: Query, expression: str, without: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Return the hits, those raised that hold a name of the query, older ones among them."""
        if not query.names:
            return hits
        names = " OR ".join(map(_quoted, query.names))
        called = self._ranked(f"(({expression}) AND ({names})){without}", MOST_TITLES)
        best = search.SAME_SENSE * max(hit.match for hit in hits)
        known = {hit.story_id: hit for hit in hits}
        return tuple((known | {id_: replace(hit, match=best) for id_, hit in called.items()}).values())

    def _with_some(self, query: Query, without: str, limit: int) -> tuple[Hit, ...]:
        """Return the stories that hold together the most telling words of a query, each with what it lacks."""
        words = (*query.phrases, *query.words)
        expressions = {word: self._held(word) for word in words}
        holding = {word: self._holding(f"({held}){without}") for word, held in expressions.items() if held}
        found: dict[int, Hit] = {}
        for some in search.most_telling(holding, {word: rarity(stem(word)) for word in holding}):
            hits = self._find(" AND ".join(expressions[word] for word in some), without, limit)
            found |= {hit.story_id: hit for hit in self._gathered(some, hits) if hit.story_id not in found}
        best = search.rank(found.values(), self._updated_at)[:limit]
        return tuple(
            replace(hit, lacks=tuple(word for word in words if self._lacks(hit, word, holding))) for hit in best
        )

    def _held(self, word: str) -> str:
        """Return what finds a word, itself or else as a beginning; "" where no story holds it."""
        return next((one for one in (_quoted(word), _beginning(word)) if self._holds(one)), "")

    def _holding(self, expression: str) -> frozenset[int]:
        """Return the newest stories that hold what is asked."""
        return frozenset(id_ for (id_,) in self._database.execute(_HOLDING, (expression, MOST_HOLDING)))

    def _lacks(self, hit: Hit, word: str, holding: Mapping[str, Set[int]]) -> bool:
        """Whether a story does not hold a word; an old one is looked at where only the newest are known to."""
        stories = holding.get(word, frozenset())
        if hit.story_id in stories or len(stories) < MOST_HOLDING:
            return hit.story_id not in stories
        holds = "SELECT 1 FROM words WHERE words MATCH ? AND rowid = ?"
        return self._database.execute(holds, (_beginning(word), hit.story_id)).fetchone() is None

    def _find(self, expression: str, without: str, limit: int) -> tuple[Hit, ...]:
        """Return the best of the newest stories that hold what is asked, and of older ones whose title does."""
        newest = self._ranked(f"({expression}){without}", MOST_RANKED)
        titled = self._ranked(_titled(expression, without), MOST_TITLES) if len(newest) == MOST_RANKED else {}
        return search.rank((titled | newest).values(), self._updated_at)[:limit]

    def _ranked(self, expression: str, most: int) -> dict[int, Hit]:
        rows = self._database.execute(_NEWEST, (expression, most)).fetchall()
        return {
            story_id: Hit(story_id, max(match, 1e-6), datetime.fromtimestamp(updated_at, UTC), witnesses)
            for story_id, match, updated_at, witnesses in rows
        }

    def _gathered(self, words: Sequence[str], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Return the hits, those lowered that hold the words of a question far apart from each other."""
        if len(words) < 2 or not hits:
            return hits
        near = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
        ids, beside = [hit.story_id for hit in hits], " ".join(map(_quoted, words))
        together = self._database.execute(near, (f"NEAR({beside}, {NEAR})", min(ids), max(ids)))
        gathered = {id_ for (id_,) in together.fetchall()}
        return tuple(
            hit if hit.story_id in gathered else replace(hit, match=search.SCATTERED * hit.match) for hit in hits
        )

    def _with_related(self, query: Query, without: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        best = sorted(hits, key=lambda hit: -hit.match * hit.witnesses)[:LEADING_HITS]
        leads = dict(self._known(_LEADS, [hit.story_id for hit in best]))
        words = self._related(query, [lead for text in leads.values() for lead in text.split("\n")])
        if not words:
            return hits
        akin = {id_: self._meant(words, text) for id_, text in leads.items()}
        return search.weighed(hits, akin, tuple(self._found_by(words, without)))

    def _related(self, query: Query, leads: Iterable[str]) -> tuple[Company, ...]:
        """Return the words that articles which begin with the query's words connect with it, as stems."""
        asked = {_spaced([stem(word)]) for text in (*query.words, *query.phrases) for word in words_of(text)}
        company: Counter[str] = Counter()
        for lead in leads:
            if all(word in lead for word in asked):
                company.update(lead.split())
        return search.related(
            Company(word, together, articles, rarity(word))
            for word, together in company.items()
            if together >= search.TOGETHER
            and together >= search.SHARE * (articles := self._articles[word])
            and _spaced([word]) not in asked
        )

    def _meant(self, words: Iterable[Company], held: str) -> tuple[str, ...]:
        found = search.meant(words, {one.word for one in words if f" {one.word} " in held})
        return tuple(self._forms[word] for word in found)

    def _found_by(self, words: Sequence[Company], without: str) -> Iterator[Hit]:
        """Yield the stories that hold related words, one of them in the title."""
        any_of = " OR ".join(_quoted(self._forms[one.word]) for one in words)
        hits = self._ranked(_titled(any_of, without), MOST_TITLES)
        for story_id, held in self._known(_HELD, tuple(hits)):
            if via := self._meant(words, held):
                yield replace(hits[story_id], via=via)

    def _known(self, asked: str, story_ids: Sequence[int]) -> list[tuple[int, Any]]:
        """What is known of the stories: of each its id and what is asked for, a number or a text."""
        return self._database.execute(asked.format(", ".join("?" * len(story_ids))), story_ids).fetchall()

    def _lead(self, article: str) -> set[str]:
        """The stems of the words that an article begins with, without names, which are related to nothing."""
        found = WORD.findall(article[:LEAD_LENGTH])
        words = [word for word in found if len(word) >= SHORTEST_PREFIX and word[0].islower()]
        stems = [STEMS[word] for word in words]
        self._forms.update(zip(stems, words, strict=True))
        return set(stems)


def _expressions(query: Query) -> Iterator[str]:
    """Yield FTS5 expressions, strictest first: all words, all as beginnings of words."""
    words = (*query.phrases, *query.words)
    if words:
        yield " AND ".join(map(_quoted, words))
        yield " AND ".join(map(_beginning, words))


def _titled(expression: str, without: str) -> str:
    return f"({{title}} : ({expression})){without}"


def _spaced(stems: Iterable[str]) -> str:
    """Stems in a row, a space before and behind each."""
    return f" {' '.join(stems)} "


def _beginning(word: str) -> str:
    """What finds the words that begin with this one, unless it is too short to tell."""
    quoted = _quoted(word)
    return f"{quoted}*" if len(quoted) > SHORTEST_PREFIX + 1 else quoted


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""').replace("\0", " ")
    return f'"{doubled}"'
