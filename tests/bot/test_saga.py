"""A story that returns after its window opens a new one, and both make a saga, for years."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import dedupe
from bot.dedupe import saga
from bot.model import Decision, Earlier
from bot.store import Store
from tests.bot.store.examples import NOON, filed, fingerprint
from tests.bot.test_settle import bring

SPRING = datetime(2024, 3, 31, 12, tzinfo=UTC)
NEW = Decision(0, 0, -2.0, "new: no open story shares its telling words")
DRAFTS = (
    (
        "Ruritania calls up 15,000 for its spring draft",
        "Ruritania called up 15,000 conscripts for its spring draft. King Rudolf of Ruritania signed the "
        "draft order at Zenda castle. The Ruritanian army trains conscripts at Zenda for a year.",
    ),
    (
        "Ruritania drafts 16,000 conscripts at Zenda",
        "King Rudolf signed an order for Ruritania's spring draft: 16,000 conscripts are to report at Zenda. "
        "A year before 15,000 conscripts were drafted by Ruritania.",
    ),
    (
        "Zenda brewery opens a museum",
        "A brewery in Zenda opened a museum of beer. Its oldest barrel dates from 1624, the brewer said.",
    ),
)


def row(number: int, at: datetime) -> dict[str, object]:
    title, text = DRAFTS[number]
    return {"id": f"{number}{at}", "title": title, "text": text, "ts": at.timestamp()}


@pytest.mark.parametrize(
    ("words", "days", "taken_up"),
    [
        pytest.param(
            ("ruritania", "conscript", "rudolf", "zenda"), 365, True, id="what shares four telling words"
        ),
        pytest.param(("ruritania", "conscript", "rudolf"), 365, False, id="three are too few"),
        pytest.param(("vote", "democrat", "senat", "hous"), 365, False, id="common words of the news are too few"),
        pytest.param(("ruritania", "conscript", "rudolf", "zenda"), 5, True, id="a window ago"),
        pytest.param(("ruritania", "conscript", "rudolf", "zenda"), 2, False, id="what is open is another story"),
        pytest.param(("ruritania", "conscript", "rudolf", "zenda"), -30, True, id="told in the wrong order"),
    ],
)
async def test_a_new_story_takes_up(words: tuple[str, ...], days: int, taken_up: bool) -> None:
    marks = fingerprint(1, *words, at=NOON)
    then = NOON - timedelta(days=days)
    decision = saga.take_up(marks, [Earlier(7, words, then, then)], NEW)
    assert decision.earlier_id == (7 if taken_up else 0)
    assert decision.reason.endswith("; takes up story 7, shares " + ", ".join(words)) == taken_up


async def test_the_reason_names_the_words_of_the_text_not_their_stems() -> None:
    one = Earlier(7, ("ruritania", "conscript", "rudolf", "zenda"), NOON - timedelta(days=365))
    text = "Rudolf of Ruritania signed at Zenda; conscription begins."
    decision = saga.take_up(fingerprint(1, at=NOON), [one], NEW, text)
    assert decision.reason.endswith("shares Ruritania, conscription, Rudolf, Zenda")


async def test_an_old_story_that_still_grew_lately_is_taken_up_after_its_hard_age() -> None:
    words = ("ruritania", "conscript", "rudolf", "zenda")
    one = Earlier(7, words, NOON - timedelta(days=15), NOON)
    assert saga.take_up(fingerprint(1, at=NOON), [one], NEW).earlier_id == 7


async def test_a_story_of_which_only_words_are_left_is_taken_up_and_the_likest_of_several() -> None:
    words = ("ruritania", "conscript", "rudolf", "zenda")
    earlier = (Earlier(3, words), Earlier(5, (*words, "castl")), Earlier(4, words))
    decision = saga.take_up(fingerprint(1, at=NOON), earlier, NEW)
    assert decision.earlier_id == 5
    assert saga.take_up(fingerprint(1, at=NOON), (), NEW) == NEW


async def test_a_revival_opens_a_new_story_in_a_saga_and_says_why(store: Store) -> None:
    await bring(store, row(0, SPRING))
    await bring(store, row(2, SPRING + timedelta(days=350)))
    await bring(store, row(1, SPRING + timedelta(days=365)))
    old, beer, new = await store.stories.load([1, 2, 3])
    assert (old.article_ids, beer.article_ids, new.article_ids) == ((1,), (2,), (3,))
    assert old.saga_id == new.saga_id > 0
    assert beer.saga_id == 0
    assert "takes up story 1, shares " in (await store.stories.reasons(3))[-1].text


async def test_a_saga_spans_five_years_and_then_ends(store: Store) -> None:
    await store.set_clock(SPRING)
    await bring(store, row(0, SPRING))
    for years in (2, 4, 10):
        at = SPRING + timedelta(days=366 * years)
        await store.set_clock(at)
        await store.sweep()
        await bring(store, row(1, at))
    assert await store.stories.load([1, 2]) == ()
    assert [story.saga_id for story in await store.stories.load([4])] == [0]
    assert await store.link.call("HLEN", "sagas") == 0
    assert await store.link.call("SMEMBERS", "sg:1") == set()
    assert await store.link.call("SMEMBERS", "days:w") == {b"64"}


async def test_a_story_that_is_gone_still_lends_its_figures_to_its_saga(store: Store) -> None:
    await store.set_clock(SPRING)
    words = ("ruritania", "conscript", "rudolf", "zenda")
    await filed(store, 1, *words, at=SPRING)
    at = SPRING + timedelta(days=500)
    await store.set_clock(at)
    await store.sweep()
    marks = fingerprint(2, *words, at=at)
    assert await store.articles.earlier(dedupe.asked_terms(marks), at) == (Earlier(1, words),)
    await filed(store, 2, *words, at=at, earlier=1)
    (story,) = await store.stories.load([2])
    assert [seen.article_id for seen in await store.stories.observations(saga_id=story.saga_id)] == [1, 2]


async def test_earlier_stories_come_with_the_words_they_share_and_their_times(store: Store) -> None:
    words = ("ruritania", "conscript", "rudolf", "zenda", "castl")
    await filed(store, 1, *words[:4], at=SPRING)
    await filed(store, 2, "budget", at=SPRING + timedelta(days=3), story=1)
    for number in range(3, 13):
        await filed(store, number, *words, at=SPRING)
    found = await store.articles.earlier(words, NOON)
    assert [one.story_id for one in found] == [11, 10, 9, 8, 7, 6, 5, 4]
    found = await store.articles.earlier(words[:4], NOON)
    assert found[0] == Earlier(11, words[:4], SPRING, SPRING)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_revival_filed_by_the_bot_itself(newsroom: Any) -> None:
    (story,) = (await newsroom.desk.brief("season passes")).brief.stories
    text = (
        "Season passes for the harbour line sell out again, the authority said. Commuters on the harbour line "
        "bought 6,100 season passes this year, and the authority promised commuters a new timetable."
    )
    at = story.updated_at + timedelta(days=20)
    await newsroom.store.set_clock(at + timedelta(hours=1))
    await newsroom.publish("Gull Gazette", "Season passes sell out for commuters on the harbour line", text, at)
    last = int(await newsroom.store.link.call("GET", "id:story"))
    before, after = await newsroom.store.stories.load([story.story_id, last])
    assert before.id != after.id
    assert before.saga_id == after.saga_id > 0
