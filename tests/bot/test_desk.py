"""What a chat's briefing holds, on a newsroom of its own."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot import brief
from bot.desk import find, ledgers
from bot.index import Index
from bot.model import Chat, ChatRef
from tests.bot.store.examples import tell
from tests.conftest import MORNING, NEWS

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_D9_a_reprint_brings_no_story_back_and_a_new_report_does(newsroom: Any) -> None:
    chat = Chat(ChatRef("telegram", "21"), topics=("passes harbour",), scheduled=True)
    first = await newsroom.desk.briefing(chat, MORNING)
    await tell(newsroom.store, brief.told(first.brief), chat.ref)
    await newsroom.publish("Reprint Herald", NEWS[0][1], NEWS[0][2], MORNING)
    again = await newsroom.desk.briefing(chat, MORNING)
    assert again.brief.stories == ()
    assert again.brief.note == "Nothing new on passes harbour since your last briefing."
    report = (
        NEWS[0][2].replace("It had sold", "Ferries were full. Last year it had sold").replace("5,200", "5,400")
    )
    await newsroom.publish(
        "Third Eye", "Harbour line passes: rail authority counts 5,400", f"Late. {report}", MORNING
    )
    (story,) = (await newsroom.desk.briefing(chat, MORNING)).brief.stories
    assert story.update


async def test_many_observations_are_compared_in_a_worker_with_the_same_result(
    newsroom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await newsroom.desk.ledger("harbour passes")
    monkeypatch.setattr(ledgers, "FEW_OBSERVATIONS", 0)
    assert await newsroom.desk.ledger("harbour passes") == here
    monkeypatch.setattr(ledgers, "MOST_OBSERVATIONS", 1)
    assert await newsroom.desk.ledger("harbour passes") != here


async def test_a_question_is_answered_while_the_index_is_built_of_all_that_is_kept_and_says_so(
    newsroom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (story,) = (await newsroom.desk.brief("season passes")).brief.stories
    await newsroom.store.link.call("XTRIM", "changes", "MAXLEN", "=", 1)
    with Index() as index:
        finder = find.Finder(newsroom.store, index)
        assert finder.note == ""
        monkeypatch.setattr(find, "PATIENCE_SECONDS", 0)
        assert await finder.hits("passes") == ()
        assert finder.note == find.INCOMPLETE
        await finder.complete()
        assert finder.note == ""
        assert story.story_id in {hit.story_id for hit in await finder.hits("season passes")}


@pytest.mark.parametrize(
    ("pauses", "first", "late"),
    [
        pytest.param(0, "A larkspur bloomed on the quay", "Gardeners called it vermilion", id="at once"),
        pytest.param(4, "Orlo museum bought a lantern clock", "Curators found it counterfeit", id="soon"),
        pytest.param(12, "Otters returned to the Karsava weir", "Wardens saw a litter of nine whelps", id="late"),
    ],
)
async def test_what_changes_while_the_index_is_built_is_in_it_in_the_end(
    newsroom: Any, monkeypatch: pytest.MonkeyPatch, pauses: int, first: str, late: str
) -> None:
    monkeypatch.setattr(find, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(find, "BATCH", 1)
    await newsroom.publish("Gull Gazette", first, f"{first}. " * 9, MORNING)
    await newsroom.store.link.call("XTRIM", "changes", "MAXLEN", "=", 1)
    with Index() as index:
        finder = find.Finder(newsroom.store, index)
        await finder.hits(first)
        assert finder.note == find.INCOMPLETE
        for _ in range(pauses):
            await asyncio.sleep(0)
        text = f"{first}, and more came to light. {late}. " * 9
        await newsroom.publish("Third Eye", f"{first}: {late}", text, MORNING + timedelta(hours=1))
        await finder.complete()
        assert await finder.matching(f"{first} {late}")
