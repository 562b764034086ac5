"""What a question means and which story answers it best."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search import Hit, Query, parse_query, rank, relevant

NOW = datetime(2025, 4, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param("draft", Query(("draft",)), id="a word"),
        pytest.param("the draft in Russia", Query(("draft", "russia")), id="small words do not count"),
        pytest.param("the who", Query(("the", "who")), id="unless there are no others"),
        pytest.param('"carbon tax" vote', Query(("vote",), ("carbon tax",)), id="a phrase"),
        pytest.param('the "carbon tax"', Query((), ("carbon tax",)), id="a phrase is telling enough"),
        pytest.param('"draft"', Query(("draft",)), id="a phrase of one word is a word"),
        pytest.param("draft -nba", Query(("draft",), excluded=("nba",)), id="a word that must not be there"),
        pytest.param('tax -"carbon tax"', Query(("tax",), excluded=("carbon tax",)), id="nor a phrase"),
        pytest.param("rate - cut", Query(("rate", "cut")), id="a lone hyphen excludes nothing"),
        pytest.param(
            "How many men will be drafted?",
            Query(("men", "drafted"), asks_figure=True),
            id="a question for a figure",
        ),
        pytest.param("D’Angelo O'Neill", Query(("d’angelo", "o'neill")), id="apostrophes stay"),
        pytest.param("draft draft", Query(("draft",)), id="a word twice is one word"),
        pytest.param('draft "unclosed', Query(("draft", "unclosed")), id="an open quotation mark"),
        pytest.param("  ", Query(()), id="nothing"),
    ],
)
def test_parse_query(text: str, query: Query) -> None:
    assert parse_query(text) == query


@given(st.text(max_size=300))
def test_any_text_is_a_query(text: str) -> None:
    query = parse_query(text)
    assert all(word and word == word.casefold() for word in query.words)


def test_s16_a_long_question_is_cut() -> None:
    assert len(parse_query(" ".join(f"w{i}" for i in range(100_000))).words) == 32


def hit(story_id: int, match: float = 4, days: float = 0, witnesses: int = 1) -> Hit:
    return Hit(story_id, match, NOW - timedelta(days=days), witnesses)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(hit(1, match=9), hit(2, match=4), id="the better match"),
        pytest.param(hit(1, witnesses=3), hit(2, witnesses=1), id="more independent witnesses"),
        pytest.param(hit(1, days=1), hit(2, days=20), id="the fresher story"),
        pytest.param(hit(1, days=-2), hit(2, days=1), id="a story dated ahead of our clock counts as of now"),
        pytest.param(hit(2), hit(1), id="of two alike the younger story"),
    ],
)
def test_rank(better: Hit, worse: Hit) -> None:
    assert rank([worse, better], NOW) == rank([better, worse], NOW) == (better, worse)


def test_what_is_far_behind_the_best_is_another_sense_of_the_word() -> None:
    best, near, far = hit(1, match=2), hit(2, match=1.3), hit(3, match=1.1)
    assert relevant([far, near, best], NOW) == (best, near)
    assert relevant([], NOW) == ()
