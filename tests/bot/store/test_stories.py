"""Stories, their ledger of observations, merges and splits, on the real server."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Decision, Reason, Told
from bot.store import Store
from bot.store.observations import pack_observations, unpack_observations
from tests.bot.store.examples import (
    CHAT,
    NOON,
    article,
    delivery,
    filed,
    fingerprint,
    observation,
    taken_entry,
    tell,
)


async def test_a_story_grows_with_every_article(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "ferry", story=1, at=NOON + timedelta(hours=2))
    await filed(store, 3, "ferry", story=1, at=NOON + timedelta(hours=1))
    (story,) = await store.stories.load([1, 1, 9])
    assert (story.id, story.version, story.article_ids, story.saga_id) == (1, 3, (1, 2, 3), 0)
    assert (story.title, story.created_at) == ("Ferry 1 delayed", NOON)
    assert story.updated_at == NOON + timedelta(hours=2)


async def test_a_question_learns_the_time_the_newest_change_and_the_stories_at_once(store: Store) -> None:
    assert (await store.stories.ask([]))[1:] == ("0-0", ())
    await store.set_clock(NOON)
    await filed(store, 1, "ferry")
    now, newest, stories = await store.stories.ask([9, 1, 1])
    assert now - NOON < timedelta(seconds=30)
    assert newest == await store.changes.last()
    assert stories == await store.stories.load([1])


async def test_observations_know_the_article_and_the_group_they_were_filed_with(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "ferry", story=1, group=1)
    first = replace(observation(), article_id=1, copy_group=1)
    assert await store.stories.observations(1) == (first, replace(first, article_id=2))
    assert await store.stories.observations(9) == ()


async def test_observations_know_when_their_article_was_got(store: Store) -> None:
    seen = observation()
    for got in (None, NOON + timedelta(hours=5)):
        (kept,) = unpack_observations(b"\0" * 8 + pack_observations([replace(seen, retrieved_at=got)]))
        assert kept.retrieved_at == got
    (kept,) = unpack_observations(b"\0" * 8 + pack_observations([replace(seen, corrects=True)]))
    assert kept.corrects


async def test_recent_stories_come_latest_first(store: Store) -> None:
    for number in range(1, 5):
        await filed(store, number, f"term{number}", at=NOON + timedelta(hours=number))
    assert await store.stories.recent(NOON + timedelta(hours=2)) == (4, 3, 2)
    assert await store.stories.recent(NOON, limit=2) == (4, 3)
    assert await store.stories.load([]) == ()


async def test_I8_merging_keeps_the_older_id_and_redirects_the_younger(store: Store) -> None:
    for number in (1, 2, 3):
        await filed(store, number, f"term{number}", at=NOON + timedelta(hours=number))
    assert await store.stories.merge(3, 1) == 1
    (story,) = await store.stories.load([3])
    assert (story.id, story.article_ids, story.updated_at) == (1, (1, 3), NOON + timedelta(hours=3))
    assert [one.story_id for one in await store.articles.load([1, 2, 3])] == [1, 2, 1]
    assert [seen.article_id for seen in await store.stories.observations(3)] == [1, 3]
    assert await store.stories.recent(NOON) == (1, 2)
    assert await store.stories.follow([1, 2, 3, 4]) == {1: 1, 2: 2, 3: 1, 4: 0}
    ((_, witnesses),) = await store.stories.counted([1])
    assert witnesses == 2


async def test_I8_a_merge_repeated_or_of_nothing_changes_nothing(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "harbour")
    assert await store.stories.merge(1, 2) == 1
    version = (await store.stories.load([1]))[0].version
    assert await store.stories.merge(1, 2) == 1
    assert (await store.stories.load([1]))[0].version == version
    assert await store.stories.merge(1, 9) == 0


async def test_I8_an_article_decided_into_the_younger_goes_to_the_older(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "harbour")
    await store.stories.merge(1, 2)
    assert (await filed(store, 3, "fog", story=2)).story_id == 1


async def test_I8_what_a_chat_was_told_of_either_counts_for_both(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "harbour")
    await tell(store, {1: Told(3, {"delay": "1 h"}), 2: Told(1, {"fare": "2"})})
    await store.stories.merge(1, 2)
    assert await store.briefs.told(CHAT) == {1: Told(1, {"delay": "1 h", "fare": "2"})}


async def test_I8_a_merge_is_no_news_to_a_chat_that_knew_both(store: Store) -> None:
    await store.chats.change(CHAT, lambda chat: chat, "order:1")
    for number, home in ((1, 0), (2, 0), (3, 2), (4, 2)):
        await filed(store, number, f"term{number}", story=home, outlet=f"Outlet {number}")
    await tell(store, {1: Told(1, {"delay": "1 h"}, 1), 2: Told(3, {"fare": "2"}, 3)})
    await store.stories.merge(1, 2)
    (story,) = await store.stories.load([1])
    assert await store.briefs.told(CHAT) == {1: Told(story.version, {"delay": "1 h", "fare": "2"}, 4)}
    await store.stories.unmerge(2, "order:2")
    one, two = await store.stories.load([1, 2])
    told = await store.briefs.told(CHAT)
    assert (told[1].version, told[2].version) == (one.version, two.version)


async def test_I8_a_merge_with_a_story_that_a_chat_knew_less_of_is_news_to_it(store: Store) -> None:
    await store.chats.change(CHAT, lambda chat: chat, "order:1")
    for number, home in ((1, 0), (2, 0), (3, 2)):
        await filed(store, number, f"term{number}", story=home)
    await tell(store, {1: Told(1), 2: Told(1)})
    await store.stories.merge(1, 2)
    (story,) = await store.stories.load([1])
    assert (await store.briefs.told(CHAT))[1].version < story.version


async def test_a_merge_that_we_decided_on_is_off_if_either_story_changed(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "harbour")
    assert await store.stories.merge(1, 2, versions=(1, 2)) == -1
    await filed(store, 3, "fog", story=2)
    assert await store.stories.merge(1, 2, versions=(1, 1)) == -1
    assert await store.stories.merge(2, 1, versions=(2, 1)) == 1


async def test_an_unmerged_story_is_back_as_it_was_and_stays_apart(store: Store) -> None:
    for number in (1, 2, 3):
        await filed(store, number, f"term{number}", at=NOON + timedelta(hours=number))
    await store.stories.merge(2, 3)
    await store.stories.merge(1, 2)
    await filed(store, 4, "fog", story=2)
    assert await store.stories.unmerge(2, "order:1", "taken out again") == (1, 2)
    assert await store.stories.unmerge(2, "order:1", "taken out again") == (1, 2)
    assert await store.stories.unmerge(2, "order:2") == (0, 0)
    one, two = await store.stories.load([1, 2])
    assert (one.article_ids, two.article_ids, two.title) == ((1, 4), (2, 3), "Ferry 2 delayed")
    assert await store.stories.recent(NOON) == (2, 1)
    assert [seen.article_id for seen in await store.stories.observations(2)] == [2, 3]
    assert await store.stories.edits(1, [2]) == (frozenset({2}), frozenset({1, 2}))
    assert await store.stories.merge(1, 2, versions=(one.version, two.version)) == -1
    assert (await store.stories.reasons(2))[-1].text == "taken out again"
    assert await store.stories.unmerge(3, "order:3") == (2, 3)
    assert await store.stories.unmerge(9, "order:4") == (0, 0)


async def test_what_is_kept_apart_stays_so_through_merges_until_an_editor_merges_it(store: Store) -> None:
    for number in range(1, 5):
        await filed(store, number, f"term{number}", story=min(number - 1, 1))
    _, part = await store.stories.split(1, [3, 4], "order:1")
    await filed(store, 5, "term5")
    await store.stories.merge(3, part)
    assert (await store.stories.edits(1))[0] == {part}
    await store.stories.merge(1, part)
    assert (await store.stories.edits(1))[0] == frozenset()


async def test_nothing_is_unmerged_that_would_leave_nothing(store: Store) -> None:
    for number in (1, 2):
        await filed(store, number, f"term{number}")
    await store.stories.merge(1, 2)
    await store.stories.split(1, [2], "order:1")
    assert await store.stories.unmerge(2, "order:2") == (0, 0)


async def test_a_split_takes_articles_with_their_observations_and_undoes_a_merge(store: Store) -> None:
    for number in range(1, 4):
        await filed(store, number, "ferry", f"term{number}", story=min(number - 1, 1))
    assert await store.stories.split(1, [3, 2, 99], "order:1", "by its owner") == (1, 2)
    assert await store.stories.split(1, [3, 2, 99], "order:1", "by its owner") == (1, 2)
    old, new = await store.stories.load([1, 2])
    assert (old.article_ids, new.article_ids, new.title) == ((1,), (2, 3), "Ferry 2 delayed")
    assert [one.story_id for one in await store.articles.load([1, 2, 3])] == [1, 2, 2]
    assert [seen.article_id for seen in await store.stories.observations(2)] == [2, 3]
    assert len(await store.stories.observations(1)) == 1
    assert next(iter((await store.articles.candidates(fingerprint(9, "term3"))).stories)) == 2
    assert [(await store.stories.reasons(id_))[-1].text for id_ in (1, 2)] == ["by its owner"] * 2
    assert await store.stories.merge(1, 2) == 1


async def test_a_split_leaves_something_on_both_sides(store: Store) -> None:
    await filed(store, 1, "ferry")
    assert await store.stories.split(1, [1], "order:1") == (0, 0)
    assert await store.stories.split(1, [2], "order:2") == (0, 0)
    assert await store.stories.split(9, [1], "order:3") == (0, 0)


async def test_every_article_and_every_merge_says_why(store: Store) -> None:
    for number in (1, 2, 3):
        await filed(store, number, f"term{number}", at=NOON + timedelta(hours=number))
    await store.stories.merge(2, 3, "merged: fits at +1.2")
    await store.stories.merge(1, 2, "merged by its owner")
    reasons = await store.stories.reasons(3)
    assert [(one.article_id, one.text) for one in reasons] == [
        (1, "same ferry"),
        (2, "same ferry"),
        (3, "same ferry"),
        (0, "merged: fits at +1.2"),
        (0, "merged by its owner"),
    ]
    assert reasons[1] == Reason("same ferry", NOON + timedelta(hours=2), 2, "Ferry 2 delayed", "One")
    assert reasons[-1].at <= await store.now()
    assert await store.stories.reasons(9) == ()


async def test_a_saga_spans_stories(store: Store) -> None:
    for number in (1, 2, 3):
        await filed(store, number, f"term{number}", earlier=number - 1)
    assert [story.saga_id for story in await store.stories.load([1, 2, 3])] == [1, 1, 1]
    assert [seen.article_id for seen in await store.stories.observations(saga_id=1)] == [1, 2, 3]
    await store.stories.merge(2, 3)
    assert [seen.article_id for seen in await store.stories.observations(saga_id=1)] == [1, 2, 3]


async def test_a_merged_story_brings_its_saga(store: Store) -> None:
    for number, earlier in ((1, 0), (2, 0), (3, 2)):
        await filed(store, number, f"term{number}", earlier=earlier)
    assert await store.stories.merge(1, 3) == 1
    assert (await store.stories.load([1]))[0].saga_id == 1
    assert [seen.article_id for seen in await store.stories.observations(saga_id=1)] == [1, 3, 2]


async def test_sagas_that_meet_in_one_story_become_one(store: Store) -> None:
    for number, earlier in ((1, 0), (2, 1), (3, 0), (4, 3), (5, 0)):
        await filed(store, number, f"term{number}", earlier=earlier)
    assert [story.saga_id for story in await store.stories.load([2, 4])] == [1, 2]
    await store.stories.merge(2, 4)
    assert [story.saga_id for story in await store.stories.load([1, 2, 3, 5])] == [2, 2, 2, 0]
    assert [seen.article_id for seen in await store.stories.observations(saga_id=2)] == [1, 2, 4, 3]
    assert (await store.stories.reasons(2))[-1].text == "same ferry"


@pytest.mark.parametrize("title", ["", "é" * 100, "x" * 900, "海" * 400], ids=["none", "long", "too long", "cut"])
async def test_a_long_title_is_kept_up_to_512_bytes(store: Store, title: str) -> None:
    await filed(store, 1, "ferry", title=title)
    (story,) = await store.stories.load([1])
    assert story.title == title.encode()[:512].decode(errors="ignore")


async def test_a_story_is_called_by_the_article_published_first_whatever_comes_goes_or_is_merged(
    store: Store,
) -> None:
    async def titles() -> list[str]:
        return [story.title for story in await store.stories.load([1, 2, 3])]

    await filed(store, 1, "ferry", at=NOON + timedelta(hours=3))
    await filed(store, 2, "ferry", story=1, at=NOON + timedelta(hours=1))
    await filed(store, 3, "ferry", story=1, at=NOON + timedelta(hours=2))
    assert await titles() == ["Ferry 2 delayed"]
    await store.stories.split(1, [2], "order:1")
    assert await titles() == ["Ferry 3 delayed", "Ferry 2 delayed"]
    one, two = await store.stories.load([1, 2])
    assert (one.created_at, two.updated_at) == (NOON + timedelta(hours=2), NOON + timedelta(hours=1))
    await filed(store, 4, "ferry")
    await store.stories.merge(1, 3)
    assert await titles() == ["Ferry 4 delayed", "Ferry 2 delayed"]
    await store.stories.put_together(1, 2, "order:2", "again")
    assert await titles() == ["Ferry 4 delayed"]


# ---------------------------------------------------------------- moves


async def two_stories(store: Store) -> tuple[int, int]:
    """File articles 1 to 3 as a story and 4 as another one, and return their versions."""
    for number, home in ((1, 0), (2, 1), (3, 1), (4, 0)):
        at = NOON + timedelta(hours=number)
        await filed(store, number, f"term{number}", story=home, at=at, outlet=f"Outlet {number}")
    one, two = await store.stories.load([1, 2])
    return one.version, two.version


async def test_an_article_moves_with_its_observations_and_says_why(store: Store) -> None:
    versions = await two_stories(store)
    last = await store.changes.last()
    assert await store.stories.move([3], 1, 2, "moved here from story 1", versions) == (1, 2)
    one, two = await store.stories.load([1, 2])
    assert (one.article_ids, two.article_ids) == ((1, 2), (3, 4))
    assert (one.updated_at, two.created_at, two.title) == (
        NOON + timedelta(hours=2),
        NOON + timedelta(hours=3),
        "Ferry 3 delayed",
    )
    assert [one.story_id for one in await store.articles.load([2, 3])] == [1, 2]
    assert [seen.article_id for seen in await store.stories.observations(1)] == [1, 2]
    assert [seen.article_id for seen in await store.stories.observations(2)] == [4, 3]
    assert [told for _, told in await store.stories.counted([1, 2])] == [2, 2]
    assert 2 in (await store.articles.candidates(fingerprint(9, "term3"))).stories
    assert {row.story_id for row in (await store.changes.read(last))[1]} == {1, 2}
    (reason,) = await store.articles.reasons([3])
    assert (reason.text, reason.title) == ("moved here from story 1", "Ferry 3 delayed")
    assert (await store.stories.reasons(1))[-1].text == "parted: #3 went to story 2"


async def test_a_story_is_doubtful_once_an_article_hardly_joined_or_came_later(store: Store) -> None:
    for number in (1, 2):
        await filed(store, number, "ferry")
    claim = await taken_entry(store, 3)
    hardly = Decision(2, 0, 1.2, "shares ferry", doubtful=True)
    await store.articles.file(claim, article(3), fingerprint(3, "ferry"), hardly, [], "9:9")
    assert [story.doubtful for story in await store.stories.load([1, 2])] == [False, True]
    await filed(store, 4, "budget")
    await store.stories.merge(1, 3)
    assert [story.doubtful for story in await store.stories.load([1])] == [True]


async def test_an_article_moves_into_a_story_of_its_own_which_is_settled_and_found_again_after_years(
    store: Store,
) -> None:
    versions = await two_stories(store)
    assert await store.stories.move([2, 3], 1, 0, "fits nothing", (versions[0], 0)) == (1, 3)
    (new,) = await store.stories.load([3])
    assert (new.article_ids, new.title, new.version) == ((2, 3), "Ferry 2 delayed", 1)
    assert await store.due.stories.find("3 late")
    assert [one.story_id for one in await store.articles.earlier(("term2",) * 4, NOON)] == [3]


async def test_a_move_that_was_decided_on_something_else_is_off(store: Store) -> None:
    one, two = await two_stories(store)
    assert await store.stories.move([3], 1, 2, "", (one + 1, two)) == (-1, 0)
    assert await store.stories.move([3], 1, 2, "", (one, two + 1)) == (-1, 0)
    assert await store.stories.move([1, 2, 3], 1, 2, "", (one, two)) == (0, 0)
    assert await store.stories.move([4], 1, 2, "", (one, two)) == (0, 0)
    await filed(store, 5, "fog")
    await store.stories.merge(1, 3)
    assert await store.stories.move([4], 2, 3, "", (two, 1)) == (0, 0)
    assert await store.stories.move([5], 3, 2, "", (1, two)) == (0, 0)


async def test_no_article_leaves_a_story_that_an_editor_made(store: Store) -> None:
    await two_stories(store)
    await store.stories.split(1, [3], "order:1")
    await store.stories.put_together(1, 2, "order:2", "by its owner")
    assert await store.stories.edits(1, [2, 3]) == (frozenset({3}), frozenset({1, 3}))
    one, part = await store.stories.load([1, 3])
    assert await store.stories.move([4], 1, 0, "", (one.version, 0)) == (-1, 0)
    await filed(store, 5, "fog")
    await filed(store, 6, "fog", story=4)
    assert await store.stories.move([5], 4, 3, "", (2, part.version)) == (4, 3)
    await store.stories.merge(3, 4)
    assert (await store.stories.edits(3))[1] == {3}


async def test_I8_a_move_is_no_news_to_a_chat_that_knew_both_and_only_there_to_one_that_knew_less(
    store: Store,
) -> None:
    other, less = replace(CHAT, id="8"), replace(CHAT, id="9")
    for chat in (CHAT, other, less):
        await store.chats.change(chat, lambda chat: chat, f"order:{chat.id}")
    one, two = await two_stories(store)
    await tell(store, {1: Told(one, {"delay": "1 h"}, 3), 2: Told(two, {"fare": "2"}, 1)})
    await tell(store, {1: Told(one, {}, 3), 2: Told(0, {"fare": "1"}, 1)}, other)
    await tell(store, {1: Told(one - 1, {}, 2), 2: Told(two, {}, 1)}, less)
    await store.stories.move([3], 1, 2, "", (one, two))
    assert await store.briefs.told(CHAT) == {
        1: Told(one + 1, {"delay": "1 h"}, 2),
        2: Told(two + 1, {"delay": "1 h", "fare": "2"}, 2),
    }
    assert await store.briefs.told(other) == {1: Told(one + 1, {}, 2), 2: Told(0, {"fare": "1"}, 1)}
    assert await store.briefs.told(less) == {1: Told(one - 1, {}, 2), 2: Told(two, {}, 1)}


async def test_I8_after_a_split_a_chat_knows_the_witnesses_of_both(store: Store) -> None:
    less = replace(CHAT, id="9")
    for chat in (CHAT, less):
        await store.chats.change(chat, lambda chat: chat, f"order:{chat.id}")
    version, _ = await two_stories(store)
    await tell(store, {1: Told(version, {}, 3)})
    await tell(store, {1: Told(1, {}, 1)}, less)
    await store.stories.split(1, [1, 3], "order:1")
    assert await store.briefs.told(CHAT) == {1: Told(version + 1, {}, 1), 3: Told(1, {}, 2)}
    assert await store.briefs.told(less) == {1: Told(1, {}, 1), 3: Told(0, {}, 1)}


async def test_a_story_whose_articles_are_past_is_parted_and_merged_all_the_same(store: Store) -> None:
    await two_stories(store)
    await store.link.call("DEL", *(f"art:{number}" for number in range(1, 5)))
    one, two = [(story.title, story.created_at, story.updated_at) for story in await store.stories.load([1, 2])]
    assert await store.stories.split(1, [3], "order:1") == (1, 3)
    assert (await store.stories.put_together(1, 2, "order:2", "")) == (1, 2)
    assert await store.stories.unmerge(2, "order:3") == (1, 2)
    told = {
        story.id: (story.title, story.created_at, story.updated_at) for story in await store.stories.load([2, 3])
    }
    assert told == {2: two, 3: one}


async def test_D10_what_told_a_story_is_known_by_what_became_of_it(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "harbour")
    await store.outbox.enqueue(replace(delivery("one"), told=((1, 1),)))
    await store.outbox.enqueue(replace(delivery("other"), told=((2, 1),)))
    assert await store.due.corrections.size() == 0  # both told them as they are
    assert [sent.key for sent in await store.outbox.carrying(1)] == ["one"]
    await store.stories.merge(1, 2)
    assert await store.due.corrections.find("1")
    await store.outbox.enqueue(replace(delivery("late"), told=((2, 1),)))
    assert [sent.key for sent in await store.outbox.carrying(2)] == ["late", "one", "other"]
    _, part = await store.stories.unmerge(2, "op")
    assert [sent.key for sent in await store.outbox.carrying(part)] == ["late", "one", "other"]


async def test_D10_what_told_a_story_is_known_by_the_later_ones_of_its_saga(store: Store) -> None:
    await filed(store, 1, "ferry")
    await store.outbox.enqueue(replace(delivery("one"), told=((1, 1),)))
    await filed(store, 2, "harbour", earlier=1)
    assert await store.due.corrections.find("2")
    assert [sent.key for sent in await store.outbox.carrying(2)] == ["one"]


async def test_D10_a_story_that_changed_before_its_message_was_stored_is_looked_at(store: Store) -> None:
    await filed(store, 1, "ferry")
    await store.outbox.enqueue(replace(delivery("one"), told=((1, 0),)))
    assert await store.due.corrections.find("1")
