"""What a person says and what he gets: the table of commands, on a newsroom with two stories."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import pytest_asyncio

from bot.model import Brief, Chat, ChatRef, Delivery, Entry, Order, Reply
from handlers import commands

pytestmark = pytest.mark.asyncio(loop_scope="module")

MORNING = datetime(2025, 4, 1, 6, tzinfo=UTC)
NUMBERS = count(1)
OWNER = "1"


def said(text: str, chat: str = "5", **facts: Any) -> Order:
    """Return an order of the owner in a private chat on Telegram, where nothing else is said."""
    plain = Order(f"t:{next(NUMBERS)}", ChatRef("telegram", chat), OWNER, text, received_at=None)  # type: ignore[arg-type]  # unused
    return replace(plain, **facts)


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def _owned(newsroom: Any) -> None:
    if not await newsroom.store.access.owner():
        assert await newsroom.store.access.claim(await newsroom.store.access.claim_code(), f"telegram:{OWNER}")


def told(reply: Reply) -> str:
    return "\n".join(line.text for line in reply.lines)


def actions(reply: Reply) -> list[str]:
    return [button.action for button in reply.buttons]


async def ask(newsroom: Any, text: str, **facts: Any) -> Reply:
    return await commands.answer(said(text, **facts), newsroom.desk)


# ---------------------------------------------------------------- asking


async def test_any_words_are_a_question_about_a_topic(newsroom: Any) -> None:
    reply = await ask(newsroom, "season passes")
    assert reply.brief
    (story,) = reply.brief.stories
    assert (story.outlets, story.witnesses) == (2, 2)
    assert "5,200" in story.bullets[0].text
    assert actions(reply) == [
        f"cited {reply.brief.id}",
        "chart season passes",
        "changes season passes",
        f"why {reply.brief.id}",
        "figures season passes",
        "follow season passes",
    ]


async def test_D1_whoever_asks_gets_the_same_brief(newsroom: Any) -> None:
    first, second = await ask(newsroom, "passes"), await ask(newsroom, "/brief Passes", chat="6")
    assert first.brief
    assert second.brief
    assert first.brief.id == second.brief.id


async def test_without_a_topic_the_top_stories_are_told_most_witnessed_first(newsroom: Any) -> None:
    reply = await ask(newsroom, "brief")
    assert reply.brief
    witnesses = [story.witnesses for story in reply.brief.stories]
    assert (witnesses[0], witnesses[-1]) == (2, 1)


async def test_a_mistyped_verb_is_asked_back(newsroom: Any) -> None:
    reply = await ask(newsroom, "figuers passes")
    assert told(reply) == "“figuers” is no command, and no story holds it. Did you mean `figures passes`?"
    assert actions(reply) == ["figures passes"]
    assert reply.brief is None
    (button,) = (await ask(newsroom, "folow passes")).buttons
    assert button.changes


async def test_a_word_of_the_news_that_is_like_a_verb_is_a_question(newsroom: Any) -> None:
    text = "The orchestra of Vellmark plays Mahler tonight. Its recording led the charts for two months."
    await newsroom.publish("Gull Gazette", "Vellmark plays Mahler", text, MORNING - timedelta(days=5))
    reply = await ask(newsroom, "charts")
    assert told(reply) == "Did you mean `chart`?"
    assert actions(reply)[0] == "chart"
    assert reply.brief
    assert reply.brief.stories[0].title == "Vellmark plays Mahler"


@pytest.mark.parametrize("text", ["news", "what's new today?", "/brief headlines", "Any news?"])
async def test_who_asks_for_the_news_at_large_gets_the_top_stories(newsroom: Any, text: str) -> None:
    assert (await ask(newsroom, text)).brief == (await ask(newsroom, "brief")).brief


@pytest.mark.parametrize("text", ["Hello", "hi", "who are you?", "What can you do?"])
async def test_who_speaks_to_the_bot_itself_is_greeted(newsroom: Any, text: str) -> None:
    assert told(await ask(newsroom, text)).startswith("I brief you on the news")
    assert told(await ask(newsroom, "Thank you")) == "You are welcome."


async def test_a_question_why_something_is_so_is_a_question_about_it(newsroom: Any) -> None:
    reply = await ask(newsroom, "why did season passes sell out?")
    assert reply.brief
    assert reply.brief.stories[0].title == "Season passes sell out on the harbour line"
    assert told(reply) == ""


async def test_stop_ends_the_briefings_of_the_chat_that_says_it_to_the_bot(newsroom: Any) -> None:
    await ask(newsroom, "follow tram", chat="63")
    for may_change in (True, False):
        assert await ask(newsroom, "/stop", chat="63", addressed=False, may_change=may_change) == Reply()
    assert told(await ask(newsroom, "/stop", chat="63")).startswith("No briefing is scheduled")
    assert (await ask(newsroom, "stop the passes", chat="63")).brief


async def test_a_mistyped_topic_is_asked_back(newsroom: Any) -> None:
    reply = await ask(newsroom, "seasn passes")
    assert told(reply) == "No story holds “seasn”. Did you mean “season passes”?"
    assert actions(reply) == ["brief season passes"]
    assert reply.brief is None, "what holds the other words alone is not what was meant"
    nothing = await ask(newsroom, "floood")
    assert nothing.brief
    assert nothing.brief.note == "No story matches “floood”. Did you mean “flood”?"
    assert actions(nothing) == ["brief flood"]
    unknown = await ask(newsroom, "passes zeppelin")
    assert told(unknown) == "No story has all your words; this one is without “zeppelin”."
    assert unknown.brief
    assert "· without “zeppelin”" in told(await ask(newsroom, "search passes zeppelin"))


async def test_undo_takes_the_asker_s_last_change_in_this_chat_back(newsroom: Any) -> None:
    await ask(newsroom, "follow tram", chat="61")
    await ask(newsroom, "follow ferry", chat="61")
    assert told(await ask(newsroom, "undo", chat="62")).startswith("There is nothing of yours to undo here")
    assert told(await ask(newsroom, "/undo", chat="61")).startswith("No longer following ferry. Following tram.")
    assert "Following tram, ferry." in told(await ask(newsroom, "undo", chat="61"))
    assert told(await ask(newsroom, "undo", chat="61", may_change=False)) == commands.NEEDS_ADMIN


async def test_a_question_nothing_answers_says_what_to_do(newsroom: Any) -> None:
    reply = await ask(newsroom, "volcano")
    assert reply.brief
    assert reply.brief.note == "No story matches “volcano”. Try other words, or `brief` for the top stories."
    assert actions(reply) == []


async def test_more_stories_are_offered(newsroom: Any) -> None:
    reply = await ask(newsroom, "authority service")
    assert actions(reply)[-1] == "brief authority service +1"
    more = await ask(newsroom, actions(reply)[-1])
    assert reply.brief
    assert more.brief
    assert reply.brief.stories[0].story_id != more.brief.stories[0].story_id


@pytest.mark.parametrize(
    "question",
    [
        "stop the war",
        "Stop the war now",
        "export ban on grain",
        "sources of energy",
        "following the money",
        "undo brexit",
        "schedule of the Olympics",
        "add value tax",
        "remove carbon from the air",
        "split decision",
        "merge talks",
        "cited for bravery",
        "charted waters",
        "claim for benefits",
        "allow women to drive",
        "disallow goal",
        "start up funding",
        "help Ukraine",
        "why did the ferries stop",
    ],
)
async def test_an_orders_word_before_what_it_does_not_take_is_a_question(newsroom: Any, question: str) -> None:
    reply = await ask(newsroom, question, may_change=False)
    assert reply.brief
    assert reply.brief.topic == question


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("stop it please", "No briefing is scheduled"),
        ("help figures", "What you can say"),
        ("sources please", "2 feeds"),
        ("sources dropped", "No entry of a feed was left out"),
        ("schedule mon-fri", "Say at what time"),
        ("schedule at noon", "“noon”"),
        ("schedule 25:00", "25:00"),
        ("remove 99", "There is no feed “99”"),
        ("remove feeds.example/1", "There is no feed “feeds.example/1”"),
        ("cited zzzz +30", "There is no brief “zzzz”"),
        ("charted zzzz dark +1", "There is no brief “zzzz”"),
        ("claim 2345ABCD", "This bot is yours now"),
    ],
)
async def test_an_order_with_what_it_takes_is_obeyed(newsroom: Any, order: str, says: str) -> None:
    assert says in told(await ask(newsroom, order, chat="71"))


@pytest.mark.parametrize("text", ["Hi!", "hello there", "good morning", "Hola", "?!", "👍", "who are you?"])
async def test_a_greeting_is_answered_with_what_there_is_to_say(newsroom: Any, text: str) -> None:
    reply = await ask(newsroom, text)
    assert told(reply) == commands.WHAT_I_DO
    assert reply.brief is None


async def test_what_only_some_words_find_is_not_offered_as_more(newsroom: Any) -> None:
    told_of_it = {
        "Tarvik museum lights its kiln": "Potters of the Tarvik museum lit its old kiln on Sunday.",
        "Thieves leave Tarvik museum empty": "Thieves took 12 clocks from the museum in Tarvik.",
        "Tarvik museum ends free entry": "Visitors of the museum in Tarvik pay 4 crowns from June.",
    }
    for weeks, (title, text) in enumerate(told_of_it.items(), 2):
        await newsroom.publish("Gull Gazette", title, text, MORNING - timedelta(weeks=weeks))
    reply = await ask(newsroom, "Tarvik museum kiln zeppelin")
    assert told(reply) == "No story has all your words; this one is without “zeppelin”."
    assert reply.brief
    assert [story.title for story in reply.brief.stories] == ["Tarvik museum lights its kiln"]
    asked = "Tarvik museum lights its kiln"
    assert actions(reply)[1:] == [f"changes {asked}", f"why {reply.brief.id}", f"figures {asked}"]
    assert "brief Tarvik museum +1" in actions(await ask(newsroom, "Tarvik museum"))


async def test_the_sources_of_a_brief_are_links(newsroom: Any) -> None:
    brief = (await ask(newsroom, "season passes")).brief
    assert brief
    reply = await ask(newsroom, f"cited {brief.id.lower()}")
    assert "[1] Northern Rail News: Season passes sell out on the harbour line (" in told(reply)
    assert any(url.startswith("https://") for line in reply.lines for *_, url in line.links)


async def test_the_figures_of_a_story_show_their_history(newsroom: Any) -> None:
    reply = await ask(newsroom, "figures season passes")
    assert "4,100" in told(reply)
    assert "2 witnesses" in told(reply)


FERRIES = (
    "The harbour ferries carried 12,000 lorries in 2023, 15,000 in 2024 and 19,000 in 2025, the port said. "
    "The ferries had 310 crew members in 2024 and 340 in 2025."
)


async def ask_of_ferries(newsroom: Any, text: str) -> Reply:
    """Return the answer where an older story tells two figures with their history."""
    await newsroom.publish("Gull Gazette", "Ferries carry more lorries", FERRIES, MORNING - timedelta(days=9))
    return await ask(newsroom, text)


async def test_a_figure_is_drawn_with_its_history_and_told_in_words_beside(newsroom: Any) -> None:
    reply = await ask_of_ferries(newsroom, "chart ferries lorries")
    assert reply.attachment
    assert reply.attachment.chart
    assert reply.attachment.name == "lorries.png"
    assert [mark.value for mark in reply.attachment.chart.marks] == ["12,000", "15,000", "19,000"]
    assert reply.caption[0].text.startswith("Lorries\tFerries carry more lorries\tbrief ")
    assert "12,000" in told(reply)
    assert actions(reply) == ["chart ferries lorries dark", "chart ferries lorries +1"]


async def test_the_next_chart_is_of_the_next_figure_and_as_dark(newsroom: Any) -> None:
    reply = await ask_of_ferries(newsroom, "chart ferries lorries dark")
    assert actions(reply) == ["chart ferries lorries", "chart ferries lorries dark +1"]
    following = await ask(newsroom, actions(reply)[1])
    assert following == await ask(newsroom, "chart ferries lorries +1 dark")
    assert following.attachment
    assert following.attachment.chart
    assert (following.attachment.name, following.attachment.chart.dark) == ("crew-members.png", True)
    assert actions(following) == ["chart ferries lorries +1"]


async def test_the_figure_that_a_question_names_is_drawn_first(newsroom: Any) -> None:
    reply = await ask_of_ferries(newsroom, "chart ferries crew")
    assert reply.attachment
    assert reply.attachment.name == "crew-members.png"


async def test_figures_and_changes_stand_under_the_headline_of_the_brief(newsroom: Any) -> None:
    counts = {
        300: "Wardens of the Karsava heath trust counted 300 hawk moths in the Lenne marshes, with traps.",
        420: "The count of hawk moths in the Lenne marshes rose to 420 hawk moths, said the Karsava heath trust.",
    }
    outlets = ("Northern Rail News", "Gull Gazette")
    for hours, (outlet, (moths, text)) in enumerate(zip(outlets, counts.items(), strict=True)):
        headline = f"Lenne marshes hawk moth count reaches {moths}"
        await newsroom.publish(outlet, headline, text, MORNING + timedelta(hours=hours))
    brief = (await ask(newsroom, "hawk moths")).brief
    assert brief
    assert [story.title for story in brief.stories] == [headline]
    assert told(await ask(newsroom, "figures hawk moths")).startswith(f"Figures: {headline}")
    assert headline in told(await ask(newsroom, "changes hawk moths since yesterday"))


async def test_a_table_of_figures_offers_their_chart(newsroom: Any) -> None:
    assert "chart ferries lorries" in actions(await ask_of_ferries(newsroom, "figures ferries lorries"))


async def test_the_chart_of_a_brief_is_offered_and_can_be_asked_for_by_its_id(newsroom: Any) -> None:
    reply = await ask_of_ferries(newsroom, "ferries lorries")
    assert reply.brief
    assert "chart ferries lorries" in actions(reply)
    drawn = await ask(newsroom, f"charted {reply.brief.id}")
    assert drawn.attachment
    assert actions(drawn)[0] == f"charted {reply.brief.id} dark"


async def test_a_chart_is_of_the_next_story_where_the_best_one_has_no_history(newsroom: Any) -> None:
    text = "The ferries museum opened its ferries hall. Its curator told of ferries that burnt coal."
    await newsroom.publish("Gull Gazette", "Ferries museum shows ferries", text, MORNING + timedelta(hours=1))
    best = (await ask_of_ferries(newsroom, "ferries")).brief
    assert best
    assert best.stories[0].title == "Ferries museum shows ferries"
    reply = await ask(newsroom, "chart ferries")
    assert reply.attachment
    assert reply.caption[0].text.startswith("Lorries\tFerries carry more lorries\tbrief ")
    following = await ask(newsroom, actions(reply)[1])
    assert following.attachment
    assert following.attachment.name == "crew-members.png"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("chart volcano", "No story matches “volcano”", id="no story"),
        pytest.param(
            "chart Ebbing flood",
            "No figure of “Ebbing flood",
            id="no history",
        ),
        pytest.param("chart ferries lorries +7", "That was the last chart.", id="no more charts"),
        pytest.param("charted ZZZZ", "There is no brief", id="no brief"),
    ],
)
async def test_a_chart_that_cannot_be_says_why(newsroom: Any, text: str, says: str) -> None:
    assert told(await ask_of_ferries(newsroom, text)).startswith(says)


async def test_figures_come_as_a_table_for_spreadsheets(newsroom: Any) -> None:
    assert "figures season passes csv" in actions(await ask(newsroom, "figures season passes"))
    reply = await ask(newsroom, "figures season passes csv")
    assert reply.attachment
    assert reply.attachment.name == "season-passes.csv"
    assert reply.attachment.content.count(b"\n") > 3
    assert b"5200" in reply.attachment.content
    assert [line.text.partition(":")[0] for line in reply.caption] == [
        "Figures",
        "1 figure, each value with its source, for a spreadsheet.",
    ]
    assert told(reply) == (
        "This chat takes no files. In the shell, `nutgraf figures season passes --csv` prints the table."
    )


async def test_the_owner_gets_the_list_of_feeds_as_opml_in_private_alone(newsroom: Any) -> None:
    reply = await ask(newsroom, "export")
    assert reply.attachment
    assert reply.attachment.name == "feeds.opml"
    assert b"<opml" in reply.attachment.content
    assert told(await ask(newsroom, "export", chat_kind="group")).startswith("Feeds' addresses may hold passwords")
    assert told(await ask(newsroom, "export", user="2")).startswith("This bot is private")


async def test_what_changed_is_told_since_a_moment_with_its_sources(newsroom: Any) -> None:
    reply = await ask(newsroom, "changes passes since yesterday")
    assert told(reply).startswith("Changes on passes since 31 Mar 00:00\n\nNew: Season passes sell out")
    assert "passes: 5,200" in told(reply)
    assert any(url.startswith("https://") for line in reply.lines for *_, url in line.links)


async def test_of_many_changes_of_a_story_the_weightiest_are_told_and_what_tells_the_rest(newsroom: Any) -> None:
    animals = (
        "geese",
        "herons",
        "otters",
        "beavers",
        "badgers",
        "martens",
        "lizards",
        "beetles",
        "newts",
        "storks",
    )
    counts = (f"Rangers counted {31 + 7 * at} {animal} in the Ostrel delta." for at, animal in enumerate(animals))
    text = " ".join(counts)
    await newsroom.publish(
        "Gull Gazette", "Ostrel delta: rangers end their count", text, MORNING - timedelta(days=3)
    )
    reply = await ask(newsroom, "changes Ostrel delta since 4 days")
    assert len([line for line in reply.lines if line.style == "bullet"]) == 8
    assert told(reply).endswith(
        "and 2 more changes: `figures Ostrel delta rangers end their count` shows what is told now."
    )
    table = await ask(newsroom, "figures Ostrel delta rangers end their count")
    assert told(table).startswith("Figures: Ostrel delta")


async def test_a_brief_that_cites_many_lists_its_sources_page_by_page(newsroom: Any) -> None:
    brief = (await ask(newsroom, "season passes")).brief
    assert brief
    (story,) = brief.stories
    sources = tuple(replace(story.sources[0], number=number) for number in range(1, 41))
    cites_many = replace(brief, id="", stories=(replace(story, sources=sources),))

    async def vast() -> Brief:
        return cites_many

    made = await newsroom.store.briefs.find_or_save("vast", vast)
    first = await ask(newsroom, f"cited {made.id}")
    assert actions(first) == [f"cited {made.id} +30"]
    assert told(await ask(newsroom, actions(first)[0])).count("[") == 10


async def test_without_a_moment_the_last_briefing_counts(newsroom: Any) -> None:
    await ask(newsroom, "schedule 06:30 UTC", chat="31")
    reply = await ask(newsroom, "changes", chat="31")
    assert "since 31 Mar 06:30" in told(reply)
    assert "340" in told(reply)
    same = await ask(newsroom, "changes since my last briefing", chat="31")
    assert told(same) == told(reply)


async def test_what_came_late_is_news_since_the_briefing_that_was_sent(newsroom: Any) -> None:
    await ask(newsroom, "schedule 06:30 UTC", chat="32")
    chat, briefed_at = ChatRef("telegram", "32"), MORNING + timedelta(minutes=-40)
    sent = Delivery("briefing|telegram:32|2025-03-31T06:30:00+00:00", chat, (), briefed_at)
    await newsroom.store.outbox.enqueue(sent)
    text = "Divers found the bell of a ferry off Ebbing on Saturday. It weighs 90 kilograms and rang at once."
    await newsroom.publish("Gull Gazette", "Ferry bell found", text, MORNING - timedelta(days=2))
    reply = await ask(newsroom, "changes bell", chat="32")
    assert told(reply).startswith("Changes on bell since 05:20 UTC\n\nNew: Ferry bell found")
    yesterday = await ask(newsroom, "changes bell since yesterday", chat="32")
    assert told(yesterday).endswith("Nothing has changed since 31 Mar 00:00 UTC.")


async def test_figures_are_of_the_best_story_that_tells_any(newsroom: Any) -> None:
    text = "The lighthouse of Vellmark gets a new lamp. Its keeper painted the door green, and gulls came back."
    await newsroom.publish("Gull Gazette", "Lighthouse gets a lamp", text, MORNING - timedelta(days=4))
    assert told(await ask(newsroom, "figures lighthouse")).startswith("No figures are told on “lighthouse” yet.")
    text = "A storm at sea broke 40 windows of the school at Oshana, and the lighthouse went dark for a while."
    await newsroom.publish("Gull Gazette", "Storm at Oshana", text, MORNING - timedelta(days=12))
    assert told(await ask(newsroom, "figures lighthouse")).startswith("Figures: Storm at Oshana")


async def test_where_nothing_changed_that_is_said(newsroom: Any) -> None:
    reply = await ask(newsroom, "changes passes since 1 hour")
    assert told(reply).endswith("Nothing has changed since 06:00.")


@pytest.mark.parametrize("question", ["season passes", "seasn passes", "floood", "zeppelin"])
async def test_a_question_asked_again_takes_three_trips_to_the_store(newsroom: Any, question: str) -> None:
    order = replace(said(question), chat=ChatRef("console", "terminal"))
    await commands.answer(order, newsroom.desk)
    link = newsroom.store.link
    sent: list[object] = []
    ask = link.ask

    async def noted(*words: Any) -> Any:
        sent.append(words[0])
        return await ask(*words)

    link.ask = noted
    await commands.answer(order, newsroom.desk)
    del link.ask
    assert len(sent) <= 3


async def test_all_stories_that_match_are_listed_best_first(newsroom: Any) -> None:
    reply = await ask(newsroom, "search authority service")
    assert told(reply).splitlines()[0] == "Stories on authority service\t2 stories"
    assert "1. Season passes sell out on the harbour line · 2 outlets, 2 independent · 31 Mar" in told(reply)
    assert "`brief authority service +1`" in told(reply)
    assert "`brief" not in told(await ask(newsroom, "search season passes"))


async def test_why_says_what_a_place_is_made_of_and_why_each_article_is_in_its_story(newsroom: Any) -> None:
    brief = (await ask(newsroom, "authority service")).brief
    assert brief
    text = told(await ask(newsroom, f"why {brief.id}"))
    assert "match with “authority service”" in text
    assert "2 independent witnesses (1.58) × freshness" in text
    assert "#1 Northern Rail News: Season passes sell out on the harbour line – new:" in text
    assert "Not told, for they weigh less\n" in text
    assert "Ebbing flood" in text.partition("Not told")[2]
    assert told(await ask(newsroom, "why authority service")) == text


async def test_what_was_given_up_is_listed_and_why_tells_of_it(newsroom: Any) -> None:
    assert told(await ask(newsroom, "sources dropped")).startswith("No entry of a feed was left out")
    feed = newsroom.feeds["Gull Gazette"]
    entry = Entry("lost", "https://gull.example/lost?utm_source=x", "A lost page", published_at=MORNING)
    await newsroom.store.feeds.commit_poll(None, feed, [entry], MORNING + timedelta(days=30))
    (claim,) = await newsroom.store.due.articles.take(1, 60)
    pending = await newsroom.store.articles.load_entry(claim.member)
    await newsroom.store.articles.drop(claim, "bot.digest.digest took too long and was stopped", pending)
    listed = await ask(newsroom, "sources")
    assert told(listed).endswith("1 entry could not be read; `sources dropped` says why.")
    assert actions(listed)[-1] == "sources dropped"
    left_out = told(await ask(newsroom, "sources dropped"))
    assert "1 entry\nA lost page (" in left_out
    assert left_out.endswith(" – reading it took too long and was stopped")
    why = told(await ask(newsroom, "why https://gull.example/lost"))
    assert why == "A lost page – given up: reading it took too long and was stopped"
    await newsroom.store.link.call("DEL", "drops")


async def test_why_tells_of_an_article_by_its_address(newsroom: Any) -> None:
    numbered = told(await ask(newsroom, "why #2"))
    article = (await newsroom.store.articles.load([2]))[0]
    assert told(await ask(newsroom, f"why {article.url}")) == numbered


async def test_why_names_other_stories_by_their_titles(newsroom: Any) -> None:
    text = "Shipwrights at Ebbing lay the keel of a new lifeboat for the harbour station. The harbour pays for it."
    await newsroom.publish("Gull Gazette", "Lifeboat keel laid", text, MORNING - timedelta(days=6))
    text = "Shipwrights at Ebbing sang in the chapel of Vellmark on Sunday. The collection went to the organ."
    await newsroom.publish("Gull Gazette", "Shipwrights sing", text, MORNING - timedelta(days=6))
    assert "– new: the nearest, “" in told(await ask(newsroom, "why shipwrights sang"))


async def test_why_asks_about_the_top_stories_or_one_article_too(newsroom: Any) -> None:
    assert "1 witness (1) × freshness" in told(await ask(newsroom, "why brief"))
    assert told(await ask(newsroom, "why #2")).startswith("#2 Gull Gazette: Commuters rush for season passes – ")


# ---------------------------------------------------------------- following


async def test_following_schedules_and_can_be_undone(newsroom: Any) -> None:
    reply = await ask(newsroom, "follow Season  Passes", chat="7")
    assert told(reply) == (
        "Following season passes. The next briefing comes on Tuesday 1 April at 08:00 (08:00 Europe/London)."
    )
    assert told(await ask(newsroom, "following", chat="7")) == told(reply)
    undone = await ask(newsroom, actions(reply)[0], chat="7")
    assert told(undone) == (
        "No longer following Season  Passes. Following no topic. "
        "No briefing is scheduled; say `schedule 08:00 Europe/London` for one every day."
    )
    assert actions(undone) == ["follow Season  Passes"]
    await ask(newsroom, "schedule 08:00 Europe/London", chat="7")
    again = await ask(newsroom, "follow passes", chat="7")
    undone = await ask(newsroom, actions(again)[0], chat="7")
    assert "Following no topic: you get the top stories. The next briefing comes on" in told(undone)


async def test_beyond_the_last_story_no_more_is_promised(newsroom: Any) -> None:
    found = (await ask(newsroom, "brief +99")).brief
    assert found
    assert found.note == "That was all."


async def test_remove_wants_to_know_which(newsroom: Any) -> None:
    assert told(await ask(newsroom, "remove")).startswith("Say which feed to remove")


async def test_a_schedule_is_set_shown_undone_and_ended(newsroom: Any) -> None:
    first = await ask(newsroom, "schedule 07:30 weekdays Paris", chat="8")
    assert told(first) == "The next briefing comes on Wednesday 2 April at 07:30 (07:30 mon-fri Europe/Paris)."
    assert actions(first) == ["schedule off"]
    second = await ask(newsroom, "schedule 9pm", chat="8")
    assert "(21:00 Europe/Paris)" in told(second)
    assert actions(second) == ["schedule 07:30 mon-fri Europe/Paris"]
    assert told(await ask(newsroom, "schedule off", chat="8")).startswith("No briefing is scheduled")


async def test_D5_a_slot_that_is_due_stays_due_whatever_is_ordered_meanwhile(newsroom: Any) -> None:
    desk, store = newsroom.desk, newsroom.store
    order = said("schedule 07:30", chat="12")
    await commands.answer(order, desk)
    due = (await desk.settings.of(order)).next_slot_at
    morning = await store.now()
    await store.set_clock(due + timedelta(minutes=20))
    await ask(newsroom, "follow passes", chat="12")
    assert (await desk.settings.of(order)).next_slot_at == due
    await ask(newsroom, "schedule 08:30", chat="12")
    assert (await desk.settings.of(order)).next_slot_at == due + timedelta(hours=1)
    await store.set_clock(morning)


async def test_the_asker_s_own_zone_is_the_default(newsroom: Any) -> None:
    reply = await ask(newsroom, "follow passes", chat="9", user_zone="America/New_York")
    assert "(08:00 America/New_York)" in told(reply)


@pytest.mark.parametrize("text", ["Follow passes", "follow\tpasses", "/FOLLOW\npasses"])
async def test_a_command_is_known_however_it_is_written(newsroom: Any, text: str) -> None:
    assert told(await ask(newsroom, text, chat="13")).startswith("Following passes.")


async def test_half_a_character_is_a_question_mark(newsroom: Any) -> None:
    assert "No story matches “volcano ?”" in str(await ask(newsroom, "brief volcano \ud83d"))


async def test_an_order_that_is_run_again_changes_nothing_twice(newsroom: Any) -> None:
    order = said("follow passes", chat="10")
    await commands.answer(order, newsroom.desk)
    await ask(newsroom, "unfollow passes", chat="10")
    await commands.answer(order, newsroom.desk)
    assert "no topic" in told(await ask(newsroom, "following", chat="10"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("follow", "Say which topic, for instance `follow draft`.", id="follow nothing"),
        pytest.param("follow \x00", "Say which topic, for instance `follow draft`.", id="follow what nobody sees"),
        pytest.param("follow " + "x" * 101, "at most 100 characters", id="follow a novel"),
        pytest.param("unfollow chess", "This chat does not follow “chess”.", id="unfollow what was not followed"),
        pytest.param("schedule", "Say at what time", id="schedule nothing"),
        pytest.param(
            "schedule 8:00 Atlantis", "“Atlantis” is no time zone that I know.", id="a zone there is not"
        ),
        pytest.param("figures", "Say which topic's figures", id="figures of nothing"),
        pytest.param("figures volcano", "No story matches “volcano”.", id="figures of what nobody tells"),
        pytest.param("changes passes since soon", "Say since when", id="since no moment"),
        pytest.param("search", "Say what to look for", id="search nothing"),
        pytest.param("search volcano", "No story matches “volcano”.", id="search what nobody tells"),
        pytest.param("why https://nowhere.example/x", "No article at https://nowhere.example/x", id="an address"),
        pytest.param("why #999", "There is no article #999", id="an article there is not"),
        pytest.param("why volcano", "No story matches “volcano”.", id="nothing to explain"),
        pytest.param("cited ZZZZ", "There is no brief “ZZZZ”", id="a brief there is not"),
        pytest.param("add", "Say which feed or site to add", id="add nothing"),
        pytest.param("remove 99", "There is no feed “99”.", id="remove what is not there"),
        pytest.param("allow", "Say whom", id="allow nobody"),
        pytest.param("/", "Say what you want to be briefed on", id="nothing at all"),
    ],
)
async def test_a_mistake_is_answered_with_what_to_do(newsroom: Any, text: str, sentence: str) -> None:
    assert sentence in told(await ask(newsroom, text, chat="11"))


async def test_a_chat_follows_a_bounded_number_of_topics(newsroom: Any) -> None:
    replies = [await ask(newsroom, f"follow topic {number}", chat="12") for number in range(51)]
    assert "at most 50 topics" in told(replies[-1])


# ---------------------------------------------------------------- feeds


async def test_feeds_are_added_listed_and_removed(newsroom: Any) -> None:
    added = await ask(newsroom, "add https://new.example/feed")
    feed = await newsroom.store.feeds.find_url("https://new.example/feed")
    assert told(added) == f"Added A feed that was added as feed {feed.id}."
    listed = await ask(newsroom, "sources")
    assert "3 feeds" in told(listed)
    assert f"{feed.id}. A feed that was added: not read yet" in told(listed)
    removed = await ask(newsroom, f"remove {feed.id}")
    assert actions(removed) == ["add https://new.example/feed"]
    assert await newsroom.store.feeds.find_url("https://new.example/feed") is None


async def test_a_long_listing_has_more(newsroom: Any) -> None:
    feeds = [await newsroom.store.feeds.add(f"https://many.example/{number}") for number in range(10)]
    first = await ask(newsroom, "sources")
    assert actions(first) == ["sources +10"]
    assert len((await ask(newsroom, "sources +10")).lines) == 3
    for feed in feeds:
        await newsroom.store.feeds.remove(feed.id)


async def test_a_feed_s_trouble_is_told_in_plain_words(newsroom: Any) -> None:
    feed = await newsroom.store.feeds.add("https://trouble.example/feed")
    await newsroom.store.feeds.save(replace(feed, error="It answers 404: not found.", failures=2, state="slow"))
    assert "slow: It answers 404: not found" in told(await ask(newsroom, "sources"))
    await newsroom.store.feeds.save(replace(feed, error="It is too slow.", failures=2))
    assert "failed 2 times: It is too slow" in told(await ask(newsroom, "sources"))
    await newsroom.store.feeds.remove(feed.id)


# ---------------------------------------------------------------- who may


async def test_S15_a_stranger_is_told_how_to_get_in_and_nothing_else(newsroom: Any) -> None:
    for text in ("brief", "season passes", "sources", "start"):
        reply = await ask(newsroom, text, user="66", chat="66")
        assert "This bot is private." in told(reply)
        assert "`allow telegram:66`" in told(reply)
        assert reply.brief is None


async def test_S15_the_name_that_a_stranger_in_slack_is_told_lets_him_in(newsroom: Any) -> None:
    stranger = replace(said("passes", user="slack:T1/U7"), chat=ChatRef("slack", "T1/C1"))
    assert "`allow slack:T1/U7`" in told(await commands.answer(stranger, newsroom.desk))
    await ask(newsroom, "allow slack:T1/U7")
    assert (await commands.answer(stranger, newsroom.desk)).brief


async def test_S15_a_wrong_code_makes_no_owner(newsroom: Any) -> None:
    assert "That is not the code." in told(await ask(newsroom, "claim 12345678", user="66", chat="66"))
    assert await newsroom.store.access.owner() == f"telegram:{OWNER}"


async def test_S15_the_owner_lets_people_and_chats_in_and_out(newsroom: Any) -> None:
    assert told(await ask(newsroom, "allow 67")) == "telegram:67 may use this bot now."
    assert (await ask(newsroom, "passes", user="67")).brief
    assert told(await ask(newsroom, "disallow telegram:67")) == "telegram:67 may no longer use this bot."
    assert (await ask(newsroom, "passes", user="67")).brief is None
    allowed = await ask(newsroom, "allow here", chat="-100")
    assert (told(allowed), actions(allowed)) == ("This chat may use this bot now.", ["disallow here"])
    assert (await ask(newsroom, "passes", user="68", chat="-100")).brief


async def test_S15_a_guest_lets_nobody_in(newsroom: Any) -> None:
    await ask(newsroom, "allow 69")
    assert "Only the owner" in told(await ask(newsroom, "allow 70", user="69"))


async def test_T6_settings_of_a_group_need_an_administrator(newsroom: Any) -> None:
    reply = await ask(newsroom, "follow passes", chat="-5", chat_kind="group", may_change=False)
    assert "Only an administrator" in told(reply)
    assert (await ask(newsroom, "passes", chat="-5", chat_kind="group", may_change=False)).brief


async def test_the_owner_is_greeted_and_helped(newsroom: Any) -> None:
    assert actions(await ask(newsroom, "/start")) == ["brief", "help"]
    helped = told(await ask(newsroom, "help"))
    assert "/follow TOPIC" in helped
    assert "charted" not in helped
    stranger = told(await ask(newsroom, "help", user="stranger"))
    assert ("/export" in helped, "/export" in stranger) == (True, False)
    in_slack = replace(said("help"), chat=ChatRef("slack", "T1/C1"))
    assert "/brief follow TOPIC" in told(await commands.answer(in_slack, newsroom.desk))


async def test_claiming_again_is_no_mistake_for_the_owner(newsroom: Any) -> None:
    code = await newsroom.store.access.claim_code()
    assert "yours now" in told(await ask(newsroom, f"claim {code.lower()}"))
    assert "yours now" in told(await ask(newsroom, f"start {code}"))


async def test_the_terminal_is_the_owner_s_but_gets_no_briefings(newsroom: Any) -> None:
    here = {"user": "owner"}
    order = replace(said("schedule 08:00", **here), chat=ChatRef("console", "terminal"))
    assert "Schedule in Telegram or Slack" in told(await commands.answer(order, newsroom.desk))
    followed = await commands.answer(replace(order, key="c2", text="follow passes"), newsroom.desk)
    assert "is sent no briefings" in told(followed)
    allowed = await commands.answer(replace(order, key="c3", text="allow slack:T1/U9"), newsroom.desk)
    assert told(allowed) == "slack:T1/U9 may use this bot now."


async def test_a_briefing_on_a_topic_leaves_other_senses_of_its_word_out(newsroom: Any) -> None:
    text = (
        "A fortune teller in Aldport reads passes of the hand. She has done so for years, and charges 12 crowns."
    )
    await newsroom.publish("Gull Gazette", "The reader of hands", text, MORNING)
    chat = Chat(ChatRef("telegram", "20"), topics=("passes",), scheduled=True)
    briefing = await newsroom.desk.briefing(chat, MORNING)
    assert [story.title for story in briefing.brief.stories] == ["Season passes sell out on the harbour line"]
    nothing = await newsroom.desk.briefing(replace(chat, topics=("chess",)), MORNING)
    assert nothing.brief.note == "Nothing new on chess since your last briefing."
    assert (await newsroom.desk.briefing(replace(chat, topics=()), MORNING)).brief.stories
