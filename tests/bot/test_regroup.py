"""In whatever order articles come, they end in the same stories; what an editor keeps together stays together."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import dedupe
from bot.dedupe import regroup as regrouping
from bot.dedupe import stream as streaming
from bot.dedupe.decide import MANY_NAMES, MERGE, are_strangers
from bot.dedupe.regroup import (
    MOST_SINGLE,
    MOST_UNITS,
    MOST_UNITS_NEAR,
    Step,
    Stories,
    Told,
    regroup,
    steps,
    touch,
)
from bot.dedupe.score import mean_cosine, most_cosine
from bot.dedupe.stream import SHOWN_MEMBERS, UNDATED, Shelf
from bot.model import Member

NOON = datetime(2025, 4, 1, 12, tzinfo=UTC)
TARIFFS = (
    (
        "Norwick threatens tariffs on buyers of oil",
        "Norwick will put tariffs of 25 percent on whoever buys crude from Hadran, president Ellen Marsh said. "
        "Refiners and tanker owners warned of dearer petrol. Crude rose by four dollars a barrel.",
    ),
    (
        "Crude rises as Marsh threatens buyers",
        "A barrel of crude rose by four dollars after president Ellen Marsh threatened tariffs of 25 percent. "
        "Refiners in Norwick expect dearer petrol; tanker owners look for other buyers.",
    ),
)
DRAFT = (
    (
        "Hadran drafts 160,000 conscripts",
        "Hadran calls up 160,000 conscripts for its spring draft, a decree says. Conscripts aged 18 to 30 serve a "
        "year. The largest draft of conscripts in fourteen years begins on Tuesday.",
    ),
    (
        "Spring draft: Hadran calls up 160,000",
        "The spring draft in Hadran takes 160,000 conscripts, more than in fourteen years. Men aged 18 to 30 "
        "have to report until July, the decree on the draft says.",
    ),
    (
        "Draft of 160,000 begins in Hadran",
        "Conscripts report from Tuesday on: Hadran drafts 160,000 men aged 18 to 30 this spring, by a decree that "
        "calls up more conscripts than any draft in fourteen years.",
    ),
)
BOTH = (
    "Hadran drafts 160,000 conscripts as Marsh threatens tariffs",
    "Hadran calls up 160,000 conscripts for its spring draft, by decree. Conscripts are 18 to 30. "
    "The draft is the largest in fourteen years. President Ellen Marsh threatened tariffs on buyers of crude.",
)
FERRY = (
    ("Fog halts the Skarnes ferry", "Fog halted the Skarnes ferry on Monday, the harbour office said."),
    ("Skarnes strands 400 passengers", "The ferry from Skarnes stranded 400 passengers in the fog on Monday."),
    ("Ferry waits at Skarnes harbour", "At Skarnes harbour 400 passengers waited for the ferry in thick fog."),
)
SCHOOL = (
    (
        "Mayor opens school at Skarnes",
        "Mayor Tilda Bruhn opened the school of Skarnes for travellers on Monday. Children brought soup.",
    ),
    (
        "Ferry stays in port",
        "Late on Monday the Skarnes ferry was still in port, captain Ole Rask said. Passengers were given soup.",
    ),
    (
        "Town brings blankets to stranded travellers",
        "Bread and blankets came from the town of Skarnes for travellers whom fog kept from crossing the sound. "
        "Mayor Tilda Bruhn opened the school.",
    ),
)
NEWS = (*TARIFFS, BOTH, *DRAFT, DRAFT[0], *FERRY)


def grouped(order: Sequence[int], news: Sequence[tuple[str, str]] = NEWS) -> set[frozenset[int]]:
    """Return which of the news are together when they come in this order."""
    rows = [
        {"id": str(number), "title": news[number][0], "text": news[number][1], "ts": at(number)}
        for number in order
    ]
    stories: dict[int, set[int]] = {}
    for found in dedupe.group(rows):
        stories.setdefault(found["story"], set()).add(int(found["id"]))
    return set(map(frozenset, stories.values()))


def at(number: int) -> float:
    return (NOON + timedelta(minutes=number)).timestamp()


def member(number: int, news: tuple[str, str], group: int = 0) -> Member:
    published = NOON + timedelta(minutes=number)
    return Member(number, group or number, dedupe.fingerprint("", *news, published))


def story(first: int, *news: tuple[str, str]) -> tuple[Member, ...]:
    return tuple(member(number, one) for number, one in enumerate(news, start=first))


def found(
    stories: Stories, centre: int, least: float = dedupe.MERGE, kept: frozenset[int] = frozenset()
) -> list[Step]:
    return steps(stories, centre, Told(), least, kept)


@settings(max_examples=40)
@given(st.permutations(range(len(NEWS))))
def test_any_order_of_arrival_gives_the_same_stories(order: list[int]) -> None:
    assert grouped(order) == {frozenset({0, 1}), frozenset({2, 3, 4, 5, 6}), frozenset({7, 8, 9})}


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_an_article_that_hardly_joined_leaves_again_in_any_order(order: tuple[int, ...]) -> None:
    assert grouped(order, SCHOOL) == {frozenset({0, 2}), frozenset({1})}


@pytest.mark.parametrize("least", [dedupe.JOIN, dedupe.MERGE], ids=["soon", "late"])
def test_an_article_that_came_before_its_story_moves_there(least: float) -> None:
    stories = {1: story(1, TARIFFS[0], BOTH, TARIFFS[1]), 4: story(4, *DRAFT)}
    for centre in stories:
        (step,) = found(stories, centre, least)
        assert (step.articles, step.story_id, step.to, step.whole) == ((2,), 1, 4, False)
        assert step.fits > step.fitted
    assert found({**stories, 9: story(9, *FERRY)}, 9, least) == []


def test_an_article_that_two_stories_fit_alike_belongs_to_the_one_that_more_tell() -> None:
    told = {(1, 2): 3.0, **{(2, other): 3.0 for other in range(3, 8)}, (2, 8): 2.5}
    together = dict.fromkeys(combinations(range(3, 9), 2), 3.02)

    def score(one: Member, other: Member) -> float:
        pair = min(one.article_id, other.article_id), max(one.article_id, other.article_id)
        return {**told, **together}.get(pair, -3.0)

    lone, draft = story(1, DRAFT[0], DRAFT[0]), story(3, *[DRAFT[0]] * 6)
    (step,) = steps({1: lone, 3: draft}, 1, Told(score), dedupe.JOIN)
    assert (step.articles, step.to) == ((2,), 3)


def test_an_article_that_names_none_of_the_many_that_a_story_names_is_a_stranger() -> None:
    abroad = (
        "Ostrel weighs a return to conscription",
        "In Ostrel the chamber debates a draft of conscripts. Minister Klara Voss, the leader Peder Holm, the "
        "pollster Kompas and the list Civic Reform argued over conscripts, and Lunden voted for the draft.",
    )
    correction = ("Correction: draft of 165,000", "The draft calls up 165,000 conscripts, as was said earlier.")
    prints = [dedupe.fingerprint("", *one, NOON) for one in (abroad, correction)]
    assert len(prints[0].entities) >= MANY_NAMES
    assert not prints[1].entities
    assert are_strangers(*([one] for one in prints))


def test_copies_move_together() -> None:
    copies = (member(2, BOTH, group=2), member(3, BOTH, group=2))
    stories = {1: (*story(1, TARIFFS[0]), *copies), 5: story(5, *DRAFT, *DRAFT)}
    assert [step.articles for step in found(stories, 5)] == [(2, 3)]


def test_stories_that_are_one_become_one_whichever_looks() -> None:
    stories = {1: story(1, *DRAFT[:2]), 3: story(3, DRAFT[2])}
    for centre in stories:
        (step,) = found(stories, centre)
        assert (step.articles, step.story_id, step.to, step.whole) == ((3,), 3, 1, True)


@pytest.mark.parametrize("least", [dedupe.JOIN, dedupe.MERGE], ids=["soon", "late"])
def test_what_fits_nothing_there_gets_a_story_of_its_own(least: float) -> None:
    stories = {1: story(1, *DRAFT, FERRY[0])}
    (step,) = found(stories, 1, least)
    assert (step.articles, step.to, step.whole) == ((4,), 0, False)


def test_what_an_editor_keeps_together_is_not_taken_apart() -> None:
    stories = {1: story(1, *DRAFT, FERRY[0])}
    assert found(stories, 1, kept=frozenset({1})) == []


def test_scores_are_the_same_however_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = list(combinations(story(1, *DRAFT, *FERRY), 2))
    remembered = [Told()(*pair) for pair in pairs]
    monkeypatch.setattr(regrouping, "MOST_REMEMBERED", 2)
    told = Told()
    assert [told(*pair) for pair in pairs] == [told(*pair[::-1]) for pair in pairs] == remembered


def test_no_pair_of_many_has_more_in_common_than_all_of_them_together() -> None:
    for one, other in ((story(1, *DRAFT), story(9, *FERRY)), (story(1, *TARIFFS, BOTH), story(9, *DRAFT))):
        some, others = ([member.fingerprint for member in members] for members in (one, other))
        most = most_cosine(some, others)
        assert all(mean_cosine([first], [second]) <= most for first in some for second in others)


@pytest.mark.parametrize(
    ("others", "touching"), [pytest.param(FERRY, False, id="strangers"), pytest.param(DRAFT, True, id="one event")]
)
def test_long_stories_touch_where_any_two_of_their_articles_fit(
    others: Sequence[tuple[str, str]], touching: bool
) -> None:
    one, other = story(1, *DRAFT, *DRAFT), story(11, *others, *others)
    told = Told()
    assert touch(one, other, told) is touching
    assert any(told(first, second) >= MERGE for first in one for second in other) is touching


def test_old_articles_of_a_long_story_stay_together() -> None:
    retold = [
        (f"{DRAFT[0][0]} {number}", f"{DRAFT[0][1]} Conscript {number} said so.") for number in range(MOST_SINGLE)
    ]
    stories = {1: story(1, *FERRY[:1], *retold, *DRAFT)}
    told = Told()
    (long,) = regroup(stories, {1: ()}, told)
    assert len(long) == len(stories[1])


@pytest.mark.parametrize("most", [MOST_UNITS, MOST_UNITS_NEAR])
@pytest.mark.parametrize("count", [2, 24])
def test_of_stories_that_touch_only_so_many_copy_groups_are_told_apart(count: int, most: int) -> None:
    articles = [member(number, DRAFT[0], group=number) for number in range(1, count * MOST_SINGLE + 1)]
    stories = {first: articles[first - 1 :: count] for first in range(1, count + 1)}
    links = {one: tuple(stories) for one in stories}
    asked: set[tuple[Member, Member]] = set()

    def apart(one: Member, other: Member) -> float:
        asked.add((one, other))
        return -1.0

    units = regroup(stories, links, Told(apart), (), most)
    assert len(units) == min(count * MOST_SINGLE, count * (most // count))
    assert len(asked) <= 36 * most * most / 2
    assert sorted(one.article_id for unit in units for one in unit) == [one.article_id for one in articles]


@pytest.mark.parametrize(("most", "longest"), [(3, 3), (400, 6)])
def test_of_a_stream_all_alike_so_many_articles_are_regrouped_at_once(
    monkeypatch: pytest.MonkeyPatch, most: int, longest: int
) -> None:
    monkeypatch.setattr(streaming, "MOST_TOGETHER", most)
    shelf = Shelf()
    for number, news in enumerate((*DRAFT, *TARIFFS, *DRAFT, *TARIFFS)):
        shelf.file(member(number, news).fingerprint, 0, 0)
    streaming.settle(shelf)
    sizes = [len(members) for members in shelf.stories.values()]
    assert max(sizes) == longest
    assert sum(sizes) == 10


def test_an_article_is_held_against_the_newest_of_a_long_story_and_those_it_shares_wording_with() -> None:
    shelf = Shelf()
    first = shelf.file(member(1, DRAFT[0]).fingerprint, 0, 0)
    for number in range(2, SHOWN_MEMBERS + 3):
        shelf.file(member(number, (f"Draft of {number}", f"Hadran drafts conscript {number}.")).fingerprint, 1, 0)
    found = shelf.candidates(first.fingerprint)
    assert [one.article_id for one in found.stories[1]] == [1, *range(3, SHOWN_MEMBERS + 3)]
    assert found.born_at == {1: first.fingerprint.published_at}
    undated = dedupe.fingerprint("", *FERRY[0], UNDATED)
    shelf.file(undated, 0, 0)
    assert not shelf.candidates(undated).born_at
