from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import ChatGone, GaveUp, MaybeSent, RetryLater
from bot.model import (
    Attachment,
    Brief,
    BriefBullet,
    Briefing,
    BriefStory,
    Button,
    ChatRef,
    Delivery,
    Line,
    Order,
    Part,
    Reply,
    Source,
)
from bot.model.chart import Chart, Mark
from handlers.slack import read
from handlers.slack.call import Api
from handlers.slack.send import POST, SlackSender, posted
from handlers.slack.workspaces import Workspaces
from tests.handlers.slack_server import BOT_TOKEN, Fault, SlackServer

NOW = datetime(2025, 5, 2, 9, tzinfo=UTC)
CHANNEL, DIRECT = ChatRef("slack", "T1/C1"), ChatRef("slack", "T1/D1")


class Clock:
    """The store's clock, as far as a sender asks it."""

    def __init__(self) -> None:
        self.at = NOW

    async def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sender(server: SlackServer, clock: Clock) -> AsyncIterator[SlackSender]:
    api = Api(server.api_base_url)
    workspaces = Workspaces(api, BOT_TOKEN)
    await workspaces.connect()
    yield SlackSender(api, workspaces, clock.now)
    await api.close()


def asked(server: SlackServer, word: str = "/draft", **more: Any) -> Order:
    return read.command(server.command(word, **more), "T1", read.Person(), NOW, {})


def mentioned(server: SlackServer) -> Order:
    return read.message(server.mention("draft"), "T1", read.Person(), NOW)


def written(server: SlackServer) -> Order:
    return read.message(server.direct("draft"), "T1", read.Person(), NOW)


def said(*texts: str, **more: Any) -> Reply:
    return Reply(lines=tuple(Line(text) for text in texts), **more)


def delivery(parts: tuple[Part, ...], chat: ChatRef = CHANNEL) -> Delivery:
    return Delivery("reply|k", chat, parts, NOW)


def bullet(text: str) -> BriefBullet:
    return BriefBullet(text, (1,), 1, 0, len(text))


def story(number: int) -> BriefStory:
    source = Source(1, 1, "Ostland Post", f"Title {number}", "https://post.example/1", NOW, 1)
    bullets = (bullet(f"First line of story {number}."), bullet(f"Second line of story {number}."))
    return BriefStory(number, 1, f"Story {number}", 1, 1, NOW, bullets, (source,))


BRIEF = Brief("7Q2M", "draft", NOW, (story(1), story(2)))


def words(payload: dict[str, Any]) -> str:
    return str(payload["blocks"])


# ---------------------------------------------------------------- where an answer goes


async def test_K3_a_command_is_answered_to_its_asker_alone(sender: SlackSender, server: SlackServer) -> None:
    (part,) = sender.parts(said("Following draft."), asked(server))
    assert await sender.send(delivery((part,)), part) == ""
    (body,) = server.sent()
    assert (body["response_type"], body["replace_original"]) == ("ephemeral", False)
    assert "Following draft." in words(body)
    assert "to" not in body


async def test_K4_no_message_unfurls_links_or_names(sender: SlackSender, server: SlackServer) -> None:
    (part,) = sender.parts(said("See @channel."), written(server))
    await sender.send(delivery((part,), DIRECT), part)
    (body,) = server.sent("chat.postMessage")
    assert (body["unfurl_links"], body["unfurl_media"], body["link_names"], body["parse"]) == (
        False,
        False,
        False,
        "none",
    )
    assert body["text"]


async def test_K3_a_brief_for_its_asker_can_be_posted(sender: SlackSender, server: SlackServer) -> None:
    parts = sender.parts(Reply(brief=BRIEF), asked(server))
    assert POST.action in parts[-1].buttons.values()
    assert POST.action not in sender.parts(said("Done."), asked(server))[-1].buttons.values()
    assert POST.action not in sender.parts(Reply(brief=BRIEF), mentioned(server))[-1].buttons.values()
    direct = asked(server, channel="D1")
    assert POST.action not in sender.parts(Reply(brief=BRIEF), direct)[-1].buttons.values()


async def test_an_answer_for_everybody_is_a_message_in_the_channel(
    sender: SlackSender, server: SlackServer
) -> None:
    (part,) = sender.parts(said("For all.", ephemeral=False), asked(server))
    await sender.send(delivery((part,)), part)
    assert server.sent("chat.postMessage")[0]["channel"] == "C1"


async def test_K2_a_mention_is_answered_in_its_thread(sender: SlackSender, server: SlackServer) -> None:
    (part,) = sender.parts(said("Yes."), mentioned(server))
    message_id = await sender.send(delivery((part,)), part)
    (body,) = server.sent("chat.postMessage")
    assert (body["channel"], body["thread_ts"]) == ("C1", "5.5")
    assert message_id.startswith("1700000000.")


async def test_K11_an_old_response_url_gives_way_to_a_message_for_the_asker(
    sender: SlackSender, server: SlackServer, clock: Clock
) -> None:
    (part,) = sender.parts(said("Late."), asked(server))
    clock.at = NOW + timedelta(minutes=31)
    await sender.send(delivery((part,)), part)
    (body,) = server.sent()
    assert (body["channel"], body["user"]) == ("C1", "U1")
    assert server.calls[-1].method == "chat.postEphemeral"


@pytest.mark.parametrize("reason", ["expired_url", "used_url"])
async def test_K11_a_spent_response_url_gives_way(sender: SlackSender, server: SlackServer, reason: str) -> None:
    server.faults["response_url"].append(Fault(404, {"ok": False, "error": reason}))
    (part,) = sender.parts(said("Late."), asked(server))
    await sender.send(delivery((part,)), part)
    assert [call.method for call in server.calls[-2:]] == ["response_url", "chat.postEphemeral"]


async def test_K11_where_the_bot_is_absent_the_asker_gets_a_direct_message(
    sender: SlackSender, server: SlackServer, clock: Clock
) -> None:
    server.absent.add("C1")
    (part,) = sender.parts(said("Late."), asked(server))
    clock.at = NOW + timedelta(minutes=31)
    await sender.send(delivery((part,)), part)
    assert server.sent("chat.postMessage")[0]["channel"] == "U1"


async def test_K1_a_response_url_is_used_five_times_at_most(sender: SlackSender, server: SlackServer) -> None:
    long = said(*(f"{number} " + "word " * 400 for number in range(30)))
    parts = sender.parts(long, asked(server))
    assert len(parts) > 5
    for part in parts:
        await sender.send(delivery(parts), part)
    assert len(server.sent("response_url")) == 5
    assert len(server.sent("chat.postEphemeral")) == len(parts) - 5


# ---------------------------------------------------------------- briefings


def briefing(chat: ChatRef = CHANNEL) -> Briefing:
    return Briefing(BRIEF, chat, NOW, news=("draft size new at 160,000",))


async def test_K3_a_channel_gets_a_short_message_and_details_in_its_thread(
    sender: SlackSender, server: SlackServer
) -> None:
    short, rest = sender.parts(briefing(), None)
    assert "First line of story 1." in words(short.payload)
    assert "First line of story 2." in words(short.payload)
    assert "draft size new" in words(short.payload)
    assert "Second line" not in words(short.payload)
    assert "Second line of story 2." in words(rest.payload)
    assert "Story 2" in words(rest.payload)
    sent = replace(short, message_id=await sender.send(delivery((short, rest)), short), state="sent")
    await sender.send(delivery((sent, rest)), rest)
    first, second = server.sent("chat.postMessage")
    assert "thread_ts" not in first
    assert second["thread_ts"] == sent.message_id


async def test_a_person_gets_the_whole_briefing_as_one_message(sender: SlackSender, server: SlackServer) -> None:
    (part,) = sender.parts(briefing(DIRECT), None)
    await sender.send(delivery((part,), DIRECT), part)
    (body,) = server.sent("chat.postMessage")
    assert body["channel"] == "D1"
    assert "Second line of story 2." in words(body)


async def test_a_brief_too_short_for_details_has_no_thread(sender: SlackSender) -> None:
    bare = replace(story(1), bullets=(bullet("Only line."),), sources=())
    assert len(sender.parts(Briefing(replace(BRIEF, stories=(bare,)), CHANNEL, NOW), None)) == 1


async def test_a_reply_without_an_order_goes_to_its_chat(sender: SlackSender, server: SlackServer) -> None:
    (part,) = sender.parts(said("Correction."), None)
    await sender.send(delivery((part,)), part)
    assert server.sent("chat.postMessage")[0]["channel"] == "C1"


# ---------------------------------------------------------------- posting and replacing


async def test_K3_posting_shows_the_channel_what_the_asker_saw(sender: SlackSender, server: SlackServer) -> None:
    parts = sender.parts(Reply(brief=BRIEF, buttons=(Button("Sources", "cited 7Q2M"),)), asked(server))
    press = read.press(server.press("t", ephemeral=True), "T1", NOW)
    assert press is not None
    shown = posted(delivery(parts), press.target, NOW)
    assert shown.key == "post|reply|k"
    assert list(shown.parts[-1].buttons.values()) == ["cited 7Q2M"]
    await sender.send(shown, shown.parts[0])
    (body,) = server.sent("chat.postMessage")
    assert "First line of story 1." in words(body)
    assert "Posted by <@U1>" in words(body)
    assert "Post to channel" not in words(body)


async def test_K8_posting_works_where_the_bot_is_no_member(sender: SlackSender, server: SlackServer) -> None:
    server.absent.add("C1")
    press = read.press(server.press("t", ephemeral=True), "T1", NOW)
    assert press is not None
    shown = posted(delivery(sender.parts(Reply(brief=BRIEF), asked(server))), press.target, NOW)
    await sender.send(shown, shown.parts[0])
    assert server.sent("response_url")[0]["response_type"] == "in_channel"


async def test_a_press_may_replace_what_only_its_asker_sees(sender: SlackSender, server: SlackServer) -> None:
    press = read.press(server.press("t", ephemeral=True), "T1", NOW)
    assert press is not None
    order = read.pressed(press, "sources +10", read.Person(), NOW)
    (part,) = sender.parts(said("Page 2", edits=True), order)
    assert part.edits == ""
    await sender.send(delivery((part,)), part)
    assert server.sent()[0]["replace_original"] is True


async def test_a_press_never_replaces_what_the_channel_sees(sender: SlackSender, server: SlackServer) -> None:
    press = read.press(server.press("t"), "T1", NOW)
    assert press is not None
    (part,) = sender.parts(said("Page 2", edits=True), read.pressed(press, "sources +10", read.Person(), NOW))
    await sender.send(delivery((part,)), part)
    assert (part.edits, server.sent()[0]["replace_original"]) == ("", False)


async def test_a_press_in_direct_messages_replaces_the_message(sender: SlackSender, server: SlackServer) -> None:
    press = read.press(server.press("t", channel="D1"), "T1", NOW)
    assert press is not None
    (part,) = sender.parts(said("Page 2", edits=True), read.pressed(press, "sources +10", read.Person(), NOW))
    await sender.edit(delivery((part,), DIRECT), part, part.edits)
    (body,) = server.sent("chat.update")
    assert (body["channel"], body["ts"]) == ("D1", "7.7")


async def test_what_was_to_replace_a_deleted_message_is_sent_anew(
    sender: SlackSender, server: SlackServer
) -> None:
    server.faults["chat.update"].append(Fault(200, {"ok": False, "error": "message_not_found"}))
    (part,) = sender.parts(said("Page 2"), written(server))
    await sender.edit(delivery((part,), DIRECT), part, "7.7")
    assert server.sent("chat.postMessage")[0]["channel"] == "D1"
    server.faults["chat.update"].append(Fault(200, {"ok": False, "error": "invalid_metadata"}))
    with pytest.raises(GaveUp):
        await sender.edit(delivery((part,), DIRECT), part, "7.7")


async def test_a_posted_message_keeps_to_fifty_blocks(sender: SlackSender, server: SlackServer) -> None:
    long = tuple(replace(story(number), sources=()) for number in range(60))
    parts = sender.parts(
        Reply(brief=replace(BRIEF, stories=long), buttons=(Button("Help", "help"),)), asked(server)
    )
    shown = posted(delivery(parts), {"user": "U1", "channel": "C1"}, NOW)
    assert all(len(part.payload["blocks"]) <= 50 for part in shown.parts)  # type: ignore[arg-type]  # a list
    assert "Posted by <@U1>" in words(shown.parts[-1].payload)


# ---------------------------------------------------------------- what goes wrong


async def attempt(sender: SlackSender, server: SlackServer, fault: Fault) -> None:
    server.faults["chat.postMessage"].append(fault)
    (part,) = sender.parts(said("Hello."), mentioned(server))
    await sender.send(delivery((part,)), part)


async def test_K8_a_429_is_waited_for_as_long_as_slack_says(sender: SlackSender, server: SlackServer) -> None:
    limited = Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "7"})
    with pytest.raises(RetryLater) as caught:
        await attempt(sender, server, limited)
    assert caught.value.after_seconds == 7


async def test_K8_a_429_without_a_time_is_waited_for_half_a_minute(
    sender: SlackSender, server: SlackServer
) -> None:
    with pytest.raises(RetryLater) as caught:
        await attempt(sender, server, Fault(200, {"ok": False, "error": "ratelimited"}))
    assert caught.value.after_seconds == 30


@pytest.mark.parametrize(
    "fault",
    [
        Fault(cut=True),
        Fault(500, {"ok": False, "error": "internal_error"}),
        Fault(502, text="<html>Bad gateway</html>"),
        Fault(200, {"ok": False, "error": "fatal_error"}),
    ],
    ids=["cut", "500", "a page of html", "fatal_error"],
)
async def test_D3_a_send_without_a_clear_answer_may_have_arrived(
    sender: SlackSender, server: SlackServer, fault: Fault
) -> None:
    with pytest.raises(MaybeSent):
        await attempt(sender, server, fault)
    assert len(server.sent("chat.postMessage")) == 1


async def test_D3_a_timed_out_send_may_have_arrived(
    sender: SlackSender, server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.slack.call.TIMEOUT_SECONDS", 2)
    await sender._api.close()  # the session that was opened with the long time-out
    with pytest.raises(MaybeSent):
        await attempt(sender, server, Fault(hang=True))


async def test_D3_a_refused_connection_is_tried_again(clock: Clock) -> None:
    api = Api("http://127.0.0.1:1/api/")
    sender = SlackSender(api, Workspaces(api, BOT_TOKEN), clock.now)
    (part,) = sender.parts(said("Hello."), None)
    with pytest.raises(RetryLater):
        await sender.send(delivery((part,)), part)
    with pytest.raises(RetryLater):
        await api.respond("http://127.0.0.1:1/response/r1", {})
    await api.close()


@pytest.mark.parametrize(
    ("reason", "way_out"),
    [
        ("not_in_channel", "/invite"),
        ("channel_not_found", "/invite"),
        ("is_archived", "Unarchive"),
        ("restricted_action", "admin"),
        ("token_revoked", "Install the app again"),
        ("account_inactive", "Install the app again"),
    ],
)
async def test_K8_a_closed_chat_names_the_way_out(
    sender: SlackSender, server: SlackServer, reason: str, way_out: str
) -> None:
    with pytest.raises(ChatGone, match=way_out):
        await attempt(sender, server, Fault(200, {"ok": False, "error": reason}))


async def test_a_missing_scope_names_the_manifest(sender: SlackSender, server: SlackServer) -> None:
    with pytest.raises(GaveUp, match="manifest"):
        await attempt(sender, server, Fault(200, {"ok": False, "error": "missing_scope"}))


async def test_blocks_that_slack_refuses_are_sent_as_text_once(sender: SlackSender, server: SlackServer) -> None:
    await attempt(sender, server, Fault(200, {"ok": False, "error": "invalid_blocks"}))
    first, second = server.sent("chat.postMessage")
    assert "blocks" in first
    assert "blocks" not in second
    assert second["text"] == "Hello."


async def test_another_workspace_is_gone(sender: SlackSender, server: SlackServer) -> None:
    (part,) = sender.parts(said("Hello."), None)
    with pytest.raises(ChatGone):
        await sender.send(delivery((part,), ChatRef("slack", "T9/C1")), part)


async def test_a_response_url_that_fails_otherwise_is_reported(sender: SlackSender, server: SlackServer) -> None:
    (part,) = sender.parts(said("Hello."), asked(server))
    server.faults["response_url"].append(Fault(404, text="no_service"))
    with pytest.raises(GaveUp, match="no_service"):
        await sender.send(delivery((part,)), part)
    server.faults["response_url"].append(Fault(cut=True))
    with pytest.raises(MaybeSent):
        await sender.send(delivery((part,)), part)


# ---------------------------------------------------------------- files


FILE = Attachment("draft.csv", b"series,label")
SHEET = said(
    "A table.", attachment=FILE, caption=(Line("Figures of draft"),), buttons=(Button("Chart", "chart draft"),)
)


async def test_a_file_is_uploaded_and_shared_in_direct_messages(sender: SlackSender, server: SlackServer) -> None:
    (part,) = sender.parts(SHEET, written(server))
    assert await sender.send(delivery((part,), DIRECT), part) == ""
    (asked_for,) = server.sent("files.getUploadURLExternal")
    (shared,) = server.sent("files.completeUploadExternal")
    assert (asked_for["filename"], asked_for["length"]) == ("draft.csv", "12")
    assert list(server.files.values()) == [b"series,label"]
    assert (shared["channel_id"], "thread_ts" in shared) == ("D1", False)
    assert shared["initial_comment"] == "Figures of draft\nChart: `/brief chart draft`"
    assert server.sent() == []


async def test_a_picture_tells_what_it_shows_to_those_who_cannot_see_it(
    sender: SlackSender, server: SlackServer
) -> None:
    marks = (Mark(1, 1, 1, "=", "2024", "150,000"), Mark(2, 2, 2, ">", "2025", "more than 160,000"))
    picture = Attachment("draft.png", b"PNG", Chart("Draft size", "Russia", marks, ()))
    (part,) = sender.parts(replace(SHEET, attachment=picture), written(server))
    await sender.send(delivery((part,), DIRECT), part)
    (asked_for,) = server.sent("files.getUploadURLExternal")
    assert asked_for["alt_txt"] == "2024: 150,000; 2025: more than 160,000"


async def test_K2_a_file_asked_for_by_mention_is_shared_in_its_thread(
    sender: SlackSender, server: SlackServer
) -> None:
    (part,) = sender.parts(replace(SHEET, buttons=()), mentioned(server))
    await sender.send(delivery((part,)), part)
    (shared,) = server.sent("files.completeUploadExternal")
    assert (shared["channel_id"], shared["thread_ts"]) == ("C1", "5.5")
    assert shared["initial_comment"] == "Figures of draft"


async def test_a_file_for_a_command_in_direct_messages_is_shared_there(
    sender: SlackSender, server: SlackServer
) -> None:
    (part,) = sender.parts(SHEET, asked(server, channel="D1"))
    await sender.send(delivery((part,), DIRECT), part)
    assert len(server.files) == 1


async def test_K3_in_a_channel_words_go_to_the_asker_and_the_file_with_its_button(
    sender: SlackSender, server: SlackServer
) -> None:
    parts = sender.parts(SHEET, asked(server))
    await sender.send(delivery(parts), parts[0])
    (body,) = server.sent("response_url")
    assert "Figures of draft" in words(body)
    assert "A table." not in words(body)
    assert "everybody or nobody" in words(body)
    assert POST.action in parts[0].buttons.values()
    target = {
        "channel": "C1",
        "user": "U1",
        "url": server.response_url("r2"),
        "until": "2025-05-02T09:20:00+00:00",
    }
    post = posted(delivery(parts), target, NOW)
    await sender.send(post, post.parts[0])
    (shared,) = server.sent("files.completeUploadExternal")
    assert shared["channel_id"] == "C1"
    assert shared["initial_comment"].endswith("\nPosted by <@U1>")


async def test_K3_a_file_asked_for_under_a_public_message_is_shared_in_its_thread(
    sender: SlackSender, server: SlackServer
) -> None:
    press = read.press(server.press("token"), "T1", NOW)
    assert press
    (part,) = sender.parts(SHEET, read.pressed(press, "figures draft csv", read.Person(), NOW))
    await sender.send(delivery((part,)), part)
    (shared,) = server.sent("files.completeUploadExternal")
    assert (shared["channel_id"], shared["thread_ts"]) == ("C1", "7.7")
    assert POST.action not in part.buttons.values()


@pytest.mark.parametrize(
    ("method", "reason"),
    [
        pytest.param("files.getUploadURLExternal", "missing_scope", id="an app without files:write"),
        pytest.param("files.completeUploadExternal", "not_in_channel", id="K8 a channel without the bot"),
    ],
)
async def test_where_a_file_cannot_go_its_words_do(
    sender: SlackSender, server: SlackServer, method: str, reason: str
) -> None:
    server.faults[method].append(Fault(body={"ok": False, "error": reason}))
    (part,) = sender.parts(SHEET, written(server))
    assert await sender.send(delivery((part,), DIRECT), part)
    (body,) = server.sent("chat.postMessage")
    assert "A table." in words(body)
    assert "caption" not in body


@pytest.mark.parametrize(
    ("method", "fault", "error"),
    [
        pytest.param("files.getUploadURLExternal", Fault(cut=True), RetryLater, id="cut before anything is seen"),
        pytest.param("upload", Fault(cut=True), RetryLater, id="cut while the file is carried"),
        pytest.param("upload", Fault(503), RetryLater, id="a store of files that is down"),
        pytest.param("files.completeUploadExternal", Fault(cut=True), MaybeSent, id="cut while it is shared"),
    ],
)
async def test_D3_only_the_last_step_of_an_upload_may_have_been_seen(
    sender: SlackSender, server: SlackServer, method: str, fault: Fault, error: type[Exception]
) -> None:
    server.faults[method].append(fault)
    (part,) = sender.parts(SHEET, written(server))
    with pytest.raises(error):
        await sender.send(delivery((part,), DIRECT), part)
    assert server.sent() == []
