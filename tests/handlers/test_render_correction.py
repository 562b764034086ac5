"""A correction in the messages that carried the old figure, within each platform's limits."""

from dataclasses import replace

import pytest

from bot.model import Attachment, Brief, Briefing, Change, ChatRef, Correction, Delivery, Part, Series
from handlers.render import document, slack, telegram
from handlers.slack.send import _briefing_parts
from tests.handlers.conftest import DRAFT, NOW, observation, point

FIXED = Change("revised", DRAFT, point(155_000, "2025", observation(5, "Kite Daily", 155_000)), DRAFT.points[-1])
NOTE = "Correction, 31 Mar: draft size 160,000 → 155,000 · Kite Daily"


def sent(parts: tuple[Part, ...]) -> Delivery:
    told = tuple(replace(part, state="sent", message_id=str(7 + at)) for at, part in enumerate(parts))
    return Delivery("briefing", ChatRef("slack", "T1/C1"), told, NOW)


def corrected(platform: str, parts: tuple[Part, ...], change: Change = FIXED) -> tuple[Part, ...]:
    correction = Correction(sent(parts), {7: (change,)})
    return telegram.corrected(correction) if platform == "telegram" else slack.corrected(correction)


def shown_on_slack(part: Part) -> str:
    return "\n".join(
        text["text"]
        for block in slack.blocks_of(part.payload)
        for text in (block.get("elements") or [block["text"]])
    )


def test_D10_a_note_stands_below_the_message_on_telegram(brief: Brief) -> None:
    parts = telegram.parts(document.of(Briefing(brief, ChatRef("telegram", "1"), NOW)))
    (part,) = corrected("telegram", parts)
    assert part.edits == "7"
    text = str(part.payload["text"])
    assert text.startswith(str(parts[0].payload["text"]))
    assert telegram.plain(text).endswith("\n\n" + NOTE)
    assert part.payload["buttons"] == parts[0].payload["buttons"]


def test_D10_a_note_stands_above_the_buttons_on_slack(brief: Brief) -> None:
    parts = slack.parts(document.of(Briefing(brief, ChatRef("slack", "T1/D1"), NOW)))
    (part,) = corrected("slack", parts)
    *_, note, buttons = slack.blocks_of(part.payload)
    assert (part.edits, note["type"], buttons["type"]) == ("7", "context", "actions")
    assert note["elements"][0]["text"].startswith("Correction, 31 Mar: draft size 160,000 → *155,000* · <https")


def test_D10_a_channel_s_summary_and_its_thread_are_corrected_where_they_carried_it(brief: Brief) -> None:
    second = replace(FIXED, before=point(900_000, "", observation(1, "Northern Ledger", 900_000)))
    parts = _briefing_parts(Briefing(brief, ChatRef("slack", "T1/C1"), NOW))
    summary, details = parts
    assert [part.edits for part in corrected("slack", parts)] == ["7"]
    assert [part.edits for part in corrected("slack", parts, second)] == ["8"]
    full = replace(details, payload=details.payload | {"blocks": slack.blocks_of(details.payload) * 40})
    (follows,) = corrected("slack", (summary, full), second)
    assert (follows.edits, follows.payload["to"]) == ("", {"thread": "7"})


def test_D10_a_note_that_does_not_fit_follows_as_an_answer(brief: Brief) -> None:
    (part,) = telegram.parts(document.of(Briefing(brief, ChatRef("telegram", "1"), NOW)))
    full = replace(part, payload=part.payload | {"text": str(part.payload["text"]) + "x" * 3_600})
    (follows,) = corrected("telegram", (full,))
    assert (follows.edits, follows.payload["reply_to"], follows.payload["silent"]) == ("", 7, True)
    (part,) = slack.parts(document.of(Briefing(brief, ChatRef("slack", "T1/C1"), NOW)))
    full = replace(
        part, payload=part.payload | {"blocks": slack.blocks_of(part.payload) * 9, "to": {"channel": "C2"}}
    )
    (follows,) = corrected("slack", (full,))
    assert (follows.edits, follows.payload["to"]) == ("", {"thread": "7", "channel": "C2"})
    assert NOTE.partition(" · ")[0] in shown_on_slack(follows).replace("*", "")


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        pytest.param("1160,000 and 160,000.5", "8", id="no number within another: the last that tells the story"),
        pytest.param("a draft of 160,000, it says", "7", id="the number as the source words it"),
    ],
)
def test_D10_the_message_that_shows_the_old_figure_is_found(text: str, edits: str) -> None:
    parts = tuple(Part({"text": words, "buttons": []}, story_ids=(7,)) for words in (text, "later"))
    assert [part.edits for part in corrected("telegram", parts)] == [edits]


def test_D10_only_messages_that_were_sent_and_tell_the_story_are_corrected(brief: Brief) -> None:
    (part,) = telegram.parts(document.of(Briefing(brief, ChatRef("telegram", "1"), NOW)))
    unsent = Correction(Delivery("x", ChatRef("telegram", "1"), (part,), NOW), {7: (FIXED,)})
    assert telegram.corrected(unsent) == ()
    assert corrected("telegram", (replace(part, story_ids=(8,)),)) == ()
    assert corrected("telegram", (replace(part, attachment=Attachment("x.png")),)) == ()
    alone = replace(FIXED, before=None, series=Series("k", "draft size", "person", (FIXED.point,)))
    assert [one.edits for one in corrected("telegram", (part,), alone)] == ["7"]
