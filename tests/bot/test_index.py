"""The index finds stories by their words, in any form, and forgets what is gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.index import MOST_ANSWERS, MOST_RANKED, Index
from bot.search import parse_query
from bot.store import Row

MONDAY = datetime(2025, 3, 31, tzinfo=UTC)


def row(story_id: int, title: str, text: str = "", *, gone: bool = False) -> Row:
    return Row(story_id, title, text, MONDAY, witnesses=2, gone=gone)


@pytest.fixture
def index() -> Iterator[Index]:
    with Index() as opened:
        opened.apply(
            "1-0",
            [
                row(
                    1,
                    "Spring conscription ordered",
                    "The decree drafts 160,000 men, the minister of défence said.",
                ),
                row(2, "League draft: first pick is a goalkeeper", "Scouts praised the goalkeeper."),
                row(3, "Central bank cuts its rate", "The rate fell to 4.5 per cent."),
            ],
        )
        yield opened


def found(index: Index, text: str) -> set[int]:
    return {hit.story_id for hit in index.query(parse_query(text))}


@pytest.mark.parametrize(
    ("text", "stories"),
    [
        pytest.param("draft", {1, 2}, id="every form of a word"),
        pytest.param("drafted men", {1}, id="all words"),
        pytest.param("draft -goalkeeper", {1}, id="but not the excluded ones"),
        pytest.param('"central bank"', {3}, id="a phrase"),
        pytest.param('"bank central"', set(), id="not in another order"),
        pytest.param("defence", {1}, id="without accents"),
        pytest.param("conscr", {1}, id="a beginning, where nothing is whole"),
        pytest.param("conscription goalkeeper", {1, 2}, id="some words, where no story has all"),
        pytest.param("volcano", set(), id="nothing"),
        pytest.param("-draft", set(), id="exclusions alone find nothing"),
    ],
)
def test_query(index: Index, text: str, stories: set[int]) -> None:
    assert found(index, text) == stories


def test_where_no_story_has_all_words_the_most_telling_ones_find_it(index: Index) -> None:
    rows = [
        row(4, "Minister praises spring", "The minister said that the spring was mild this year."),
        row(5, "Karsava drafts nurses", "Karsava drafts nurses for the spring, its minister said."),
    ]
    index.apply("2-0", rows)
    (hit,) = index.query(parse_query("which nurses does the minister of Orlo draft in spring"))
    assert (hit.story_id, hit.lacks) == (5, ("orlo",))
    (first, *_) = index.query(parse_query("minister conscription goalkeeper nurses"))
    assert set(first.lacks) < {"minister", "conscription", "goalkeeper", "nurses"}


def test_an_old_story_lacks_no_everyday_word_that_it_holds(index: Index) -> None:
    newer = [row(number, f"Budget {number}", "The budget grows.") for number in range(10, 3015)]
    old = row(5, "Karsava counts herons and otters", "The budget of Karsava is small.")
    index.apply("2-0", [old, *newer])
    (hit,) = index.query(parse_query("herons otters budget zeppelin"))
    assert (hit.story_id, hit.lacks) == (5, ("zeppelin",))
    assert {one.lacks for one in index.query(parse_query("herons budget grows"))} <= {("grows",), ("herons",)}


def test_what_may_be_a_name_is_found_as_one(index: Index) -> None:
    rows = [
        row(4, "A new fire in Mexico", "Mexico fights a fire."),
        row(5, "New Mexico fire", "The fire spreads."),
    ]
    index.apply("2-0", [*rows, row(6, "Mexico fire out", "A fire in Mexico is out.")])
    hits = index.query(parse_query("new mexico fire"))
    assert max(hits, key=lambda hit: hit.match).story_id == 5
    assert {hit.story_id for hit in hits} == {4, 5, 6}


LEADS = "\f".join(
    f"Call-up {number}\nA decree drafts men: the draft of conscripts in {place} begins in May."
    for number, place in enumerate(("Orlo", "Karsava", "Lenne", "Ebbing"))
)


def test_words_that_articles_connect_find_stories_that_hold_only_these(index: Index) -> None:
    rows = [
        row(4, "Spring draft begins", LEADS),
        row(5, "Estavia debates conscription", "Estavia debates conscription\nA decree is expected."),
        row(6, "Conscription once", "Conscription once\nA museum shows old uniforms."),
    ]
    index.apply("2-0", rows)
    hits = {hit.story_id: hit for hit in index.query(parse_query("draft"))}
    assert 6 not in hits
    assert not hits[5].own
    assert set(hits[5].via) == {"conscription", "decree"}
    assert hits[4].own
    assert hits[4].match > hits[2].match
    assert 5 not in found(index, "draft -conscription")


def test_a_story_that_is_gone_connects_no_words(index: Index) -> None:
    index.apply("2-0", [row(4, "Spring draft begins", LEADS), row(5, "Estavia debates conscription")])
    index.apply("3-0", [row(4, "", gone=True)])
    assert 5 not in found(index, "draft")


def test_a_changed_story_is_found_by_its_new_words_alone(index: Index) -> None:
    index.apply("2-0", [row(3, "Central bank holds its rate")])
    assert found(index, '"cuts its rate"') == set()
    assert found(index, '"holds its rate"') == {3}
    assert index.position == "2-0"


def test_an_answer_is_remembered_until_a_story_changes(index: Index) -> None:
    for number in range(MOST_ANSWERS + 1):
        found(index, f"draft -player{number}")
    assert found(index, "draft") == found(index, "draft") == {1, 2}
    index.apply("2-0", [row(4, "A draft of fresh air")])
    assert found(index, "draft") == {1, 2, 4}


def test_of_everyday_news_the_newest_stories_are_ranked_and_older_ones_whose_title_has_the_word() -> None:
    with Index() as index:
        old = [row(1, "Storm over Vellmark"), row(2, "Ferry late", "A storm kept it in port.")]
        index.apply("1-0", [*old, *(row(3 + n, "Notes", "A storm is near.") for n in range(MOST_RANKED))])
        hits = index.query(parse_query("storm"), limit=2 * MOST_RANKED)
    assert {hit.story_id for hit in hits} == {1, *range(3, 3 + MOST_RANKED)}


def test_the_best_are_those_that_rank_best_not_those_that_match_best_alone() -> None:
    with Index() as index:
        old = replace(row(1, "Storm"), updated_at=MONDAY - timedelta(days=30))
        index.apply("1-0", [old, row(2, "Storm at sea")])
        assert [hit.story_id for hit in index.query(parse_query("storm"), limit=1)] == [2]


def test_a_story_that_is_gone_is_not_found(index: Index) -> None:
    index.apply("2-0", [row(2, "", gone=True)])
    assert found(index, "goalkeeper") == set()


def test_a_hit_tells_what_ranking_needs(index: Index) -> None:
    (hit,) = index.query(parse_query("rate"))
    assert (hit.story_id, hit.updated_at, hit.witnesses) == (3, MONDAY, 2)
    assert hit.match > 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=80))
def test_whatever_is_typed_is_no_syntax(index: Index, text: str) -> None:
    index.query(parse_query(text))


def test_words_that_stand_together_count_for_more_than_scattered_ones() -> None:
    padding = "The council met and talked about many other things for hours. " * 9
    with Index() as index:
        far = f"A ferry sank in the bay. {padding} Two years ago a tram burned in Vellmark."
        near = f"{padding} A ferry burned in the bay. {padding}"
        index.apply("1-0", [row(1, "Minutes", far), row(2, "Notes", near), row(3, "Tram", "A tram")])
        first, second = sorted(index.query(parse_query("ferry burned")), key=lambda hit: -hit.match)
    assert (first.story_id, second.story_id) == (2, 1)
    assert second.match < 0.7 * first.match
