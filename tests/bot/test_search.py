"""What a question means and which story answers it best."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search import (
    Company,
    Hit,
    Query,
    asks_about_bot,
    asks_for_news,
    asks_why,
    greets,
    has_words,
    meant,
    most_telling,
    parse_query,
    rank,
    related,
    relevant,
    thanks,
    weigh,
    weighed,
)

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
        pytest.param(
            "how much did rents rise in Orlo", Query(("rents", "orlo"), asks_figure=True), id="what a figure did"
        ),
        pytest.param(
            "how much did it cost", Query(("how", "much", "did", "it", "cost"), asks_figure=True), id="of what?"
        ),
        pytest.param("what's the toll", Query(("toll",)), id="a small word with its verb"),
        pytest.param("D’Angelo O'Neill", Query(("d’angelo", "o'neill")), id="apostrophes stay"),
        pytest.param("draft draft", Query(("draft",)), id="a word twice is one word"),
        pytest.param("new york " * 300, Query(("york",), names=("new york",)), id="nor a name"),
        pytest.param('draft "unclosed', Query(("draft", "unclosed")), id="an open quotation mark"),
        pytest.param("  ", Query(()), id="nothing"),
    ],
)
def test_parse_query(text: str, query: Query) -> None:
    assert parse_query(text) == query


@pytest.mark.parametrize(
    ("text", "is_news", "about_bot"),
    [
        pytest.param("news", True, False, id="the news"),
        pytest.param("What's new today?", True, False, id="a question with a drawn-in verb"),
        pytest.param("what’s happening in the world", True, False, id="with a typographic apostrophe"),
        pytest.param("please give me a summary", True, False, id="a plea"),
        pytest.param("top stories", True, False, id="what a front page holds"),
        pytest.param("news of Cuba", False, False, id="news of something"),
        pytest.param('"what\'s new"', False, False, id="a phrase is meant word for word"),
        pytest.param("new york today", False, False, id="a place"),
        pytest.param("the who", False, False, id="two small words are a name"),
        pytest.param("Who are you?", False, True, id="who it is"),
        pytest.param("what can you do", False, True, id="what it can do"),
        pytest.param("how are the Rovers", False, False, id="how others are"),
        pytest.param("who are " * 200, False, False, id="too long to be small talk"),
        pytest.param("", False, False, id="nothing"),
    ],
)
def test_what_names_no_topic_is_for_the_news_at_large_or_for_the_bot(
    text: str, is_news: bool, about_bot: bool
) -> None:
    assert (asks_for_news(text), asks_about_bot(text)) == (is_news, about_bot)


@pytest.mark.parametrize(
    ("behind", "is_question"),
    [
        pytest.param("did prices rise", True, id="why did prices rise"),
        pytest.param("draft", False, id="why draft"),
        pytest.param("7Q2M", False, id="why 7Q2M"),
        pytest.param("is", False, id="why is"),
        pytest.param("", False, id="why"),
    ],
)
def test_why_before_a_verb_asks_about_the_world(behind: str, is_question: bool) -> None:
    assert asks_why(behind) is is_question


@given(st.text(max_size=300))
def test_any_text_is_a_query(text: str) -> None:
    query = parse_query(text)
    assert all(word and word == word.casefold() for word in query.words)


def test_S16_a_long_question_is_cut() -> None:
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


# ---------------------------------------------------------------- related words


def company(word: str, together: int = 5, articles: int = 6, rarity: float = 8.5) -> Company:
    return Company(word, together, articles, rarity)


@pytest.mark.parametrize(
    ("word", "is_related"),
    [
        pytest.param(company("conscript"), True, id="a word that seldom stands without the topic's"),
        pytest.param(company("coach", together=40, articles=900), False, id="a word of many other articles"),
        pytest.param(company("spring", rarity=5.0), False, id="a common word of the news"),
        pytest.param(company("decree", together=2, articles=2), False, id="a word that hardly any article holds"),
    ],
)
def test_a_related_word_stands_with_the_topic_far_above_chance(word: Company, is_related: bool) -> None:
    assert bool(related([word])) is is_related


def test_the_closest_words_come_first_and_only_a_few() -> None:
    words = [company(f"w{number}", together=3 + number, articles=20) for number in range(9)]
    assert [one.word for one in related(words)] == ["w8", "w7", "w6", "w5", "w4", "w3"]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        pytest.param({"conscript"}, (), id="one word that few articles tell of is not enough"),
        pytest.param({"conscript", "decree", "rain"}, ("conscript", "decree"), id="two are"),
        pytest.param({"muster"}, ("muster",), id="so is one that many tell of"),
        pytest.param({"rain"}, (), id="none is none"),
    ],
)
def test_what_a_story_must_hold_to_be_meant(held: set[str], expected: tuple[str, ...]) -> None:
    words = [company("conscript"), company("decree"), company("muster", together=10, articles=12)]
    assert meant(words, held) == expected


def test_related_words_raise_the_same_sense_and_bring_in_what_they_alone_find() -> None:
    found = weighed([hit(1), hit(2)], {1: ("conscript",), 2: ()}, [hit(2, match=9), hit(3, match=3)])
    assert [(one.story_id, one.match, one.via, one.own) for one in found] == [
        (1, 8, ("conscript",), True),
        (2, 4, (), True),
        (3, 0.5 * 8 * 3 / 9, (), False),
    ]
    assert weighed([hit(1)], {}, []) == (hit(1),)


def test_a_weight_is_match_times_witnesses_times_freshness() -> None:
    weight = weigh(hit(1, match=2, witnesses=3), NOW)
    assert (weight.match, weight.witnesses, weight.freshness, weight.total) == (2, 2, 1, 4)


@pytest.mark.parametrize("text", ["hi", "Hey there!", "good evening", "hello nutgraf"])
def test_a_greeting_asks_nothing(text: str) -> None:
    assert greets(text)


@pytest.mark.parametrize("text", ["hello kitty", "good", "good hope", "morning", "you", "", "“"])
def test_what_only_looks_like_a_greeting_is_a_topic(text: str) -> None:
    assert not greets(text)


@pytest.mark.parametrize(
    ("text", "only"), [("thanks a lot!", True), ("Thank you", True), ("thanks giving", False)]
)
def test_thanks_ask_nothing(text: str, only: bool) -> None:
    assert thanks(text) is only


@pytest.mark.parametrize(("text", "has"), [("…!", False), ("👍🏽", False), ("призыв", True), ("徴兵", True)])
def test_a_word_of_any_script_can_be_looked_for(text: str, has: bool) -> None:
    assert has_words(text) is has


WEIGHTS = {"new": 0.2, "budget": 4.0, "orlo": 8.5, "karsava": 8.5}


@pytest.mark.parametrize(
    ("holding", "words"),
    [
        pytest.param({"orlo": [1], "budget": [2], "new": [2]}, [("orlo",)], id="one rare word before two common"),
        pytest.param({"orlo": [2, 3], "karsava": [1]}, [("orlo",), ("karsava",)], id="alike"),
        pytest.param(
            {"budget": [7, 8, 9], "new": [8]}, [("budget",), ("budget", "new")], id="a word that says little"
        ),
        pytest.param({"orlo": [1, 2], "karsava": [2]}, [("orlo", "karsava")], id="two before one"),
        pytest.param({}, [], id="nothing"),
    ],
)
def test_of_a_questions_words_those_are_looked_for_that_tell_most(
    holding: dict[str, list[int]], words: list[tuple[str, ...]]
) -> None:
    assert list(most_telling(holding, WEIGHTS)) == words
