"""Stories, their ledger of observations, merges and splits, on the real server."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Reason, Told
from bot.store import Store
from bot.store.observations import pack_observations, unpack_observations
from tests.bot.store.examples import CHAT, NOON, delivery, filed, fingerprint, observation, tell


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
        await filed(store, number, f"term{number}", story=home)
    await tell(store, {1: Told(1, {"delay": "1 h"}, 1), 2: Told(3, {"fare": "2"}, 2)})
    await store.stories.merge(1, 2)
    (story,) = await store.stories.load([1])
    assert await store.briefs.told(CHAT) == {1: Told(story.version, {"delay": "1 h", "fare": "2"}, 3)}
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
    assert await store.stories.strangers(1) == {2}
    assert await store.stories.merge(1, 2, versions=(one.version, two.version)) == -1
    assert (await store.stories.reasons(2))[-1].text == "taken out again"
    assert await store.stories.unmerge(3, "order:3") == (2, 3)
    assert await store.stories.unmerge(9, "order:4") == (0, 0)


async def test_what_is_kept_apart_stays_so_through_merges_until_an_editor_merges_it(store: Store) -> None:
    for number in range(1, 5):
        await filed(store, number, f"term{number}", story=min(number - 1, 1))
    _, part = await store.stories.split(1, [3, 4], "Fares", "order:1")
    await filed(store, 5, "term5")
    await store.stories.merge(3, part)
    assert await store.stories.strangers(1) == {part}
    await store.stories.merge(1, part)
    assert await store.stories.strangers(1) == frozenset()


async def test_nothing_is_unmerged_that_would_leave_nothing(store: Store) -> None:
    for number in (1, 2):
        await filed(store, number, f"term{number}")
    await store.stories.merge(1, 2)
    await store.stories.split(1, [2], "Fares", "order:1")
    assert await store.stories.unmerge(2, "order:2") == (0, 0)


async def test_a_split_takes_articles_with_their_observations_and_undoes_a_merge(store: Store) -> None:
    for number in range(1, 4):
        await filed(store, number, "ferry", f"term{number}", story=min(number - 1, 1))
    assert await store.stories.split(1, [3, 2, 99], "Fares", "order:1", "by its owner") == (1, 2)
    assert await store.stories.split(1, [3, 2, 99], "Fares", "order:1", "by its owner") == (1, 2)
    old, new = await store.stories.load([1, 2])
    assert (old.article_ids, new.article_ids, new.title) == ((1,), (2, 3), "Fares")
    assert [one.story_id for one in await store.articles.load([1, 2, 3])] == [1, 2, 2]
    assert [seen.article_id for seen in await store.stories.observations(2)] == [2, 3]
    assert len(await store.stories.observations(1)) == 1
    assert next(iter((await store.articles.candidates(fingerprint(9, "term3"))).stories)) == 2
    assert [(await store.stories.reasons(id_))[-1].text for id_ in (1, 2)] == ["by its owner"] * 2
    assert await store.stories.merge(1, 2) == 1


async def test_a_split_leaves_something_on_both_sides(store: Store) -> None:
    await filed(store, 1, "ferry")
    assert await store.stories.split(1, [1], "Fares", "order:1") == (0, 0)
    assert await store.stories.split(1, [2], "Fares", "order:2") == (0, 0)
    assert await store.stories.split(9, [1], "Fares", "order:3") == (0, 0)


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


async def test_a_long_title_is_kept_up_to_512_bytes(store: Store) -> None:
    await filed(store, 1, "ferry")
    await filed(store, 2, "ferry", story=1)
    for number, title in enumerate(("", "é" * 100, "x" * 900, "海" * 400)):
        _, new = await store.stories.split(1, [2], title, f"order:{number}")
        (story,) = await store.stories.load([new])
        assert story.title == title.encode()[:512].decode(errors="ignore")
        await store.stories.merge(1, new)


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
