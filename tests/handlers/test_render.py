"""What a reader sees of a brief, on every surface."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Brief, Briefing, Button, Change, ChatRef, Line, Part, Point, Reply, Series, Source, Style
from handlers.render import changes, chart, document, plain, slack, table, telegram
from handlers.render.numbers import clock, date_labels, dated, dates_in, measured, number, sparkline
from handlers.render.slack import blocks_of
from handlers.render.text import clean, clean_line, runs_of, safe_link
from summarizer.model import FigureKind, Speaker
from tests.handlers.conftest import observation, point

NOW = datetime(2025, 3, 31, 14, 5, tzinfo=UTC)
TERMINAL = """\
Russia: spring draft        3 outlets, 2 independent · updated 15:05                      brief 7Q2M
• The decree asks for 160,000 men by July 15, up from 150,000 a year ago. [1][2]
    draft size   2022 134,500 → 2023 147,000 → 2024 150,000 → 2025 160,000   ▁▅▆█
        computed: +6.7 % on 2024, +19 % on 2022
• Russia “has likely” lost more than 900,000 people in three years of war. · UK Ministry of Defence
  [1]
    sources differ on casualties: more than 900,000 (UK Ministry of Defence) in Northern Ledger [1]
        · about 640,000 in Kite Daily [3]
• Men aged 18-30 can be called up. [3]

  [1] Northern Ledger, 31 Mar: Spring draft is the largest in years
      https://northern.example/1?a=1&b=2
  [2] Polar Wire, 31 Mar: Decree on call-up   same report as [1]
      https://polar.example/2
  [3] Kite Daily, 31 Mar: Who <must> serve & who not
      https://kite.example/3%7Cx

Since your last briefing: draft size new at 160,000"""


def briefing_of(brief: Brief) -> Briefing:
    news = ("draft size new at 160,000",)
    return Briefing(brief, ChatRef("telegram", "1"), NOW, news, zone="Europe/London")


def telegram_text(message: Reply | Briefing) -> str:
    return "\n\n".join(telegram.plain(str(part.payload["text"])) for part in telegram.parts(document.of(message)))


def test_D1_every_surface_shows_the_briefs_id_bullets_series_and_conflict(brief: Brief) -> None:
    shown = document.of(briefing_of(brief))
    everywhere = ["7Q2M", "2022 134,500 → 2023 147,000 → 2024 150,000 → 2025 160,000", "▁▅▆█", "+6.7 % on 2024"]
    everywhere += [
        "3 outlets, 2 independent",
        "UK Ministry of Defence",
        "Since your last briefing: draft size new",
    ]
    for part in telegram.parts(shown), slack.parts(shown), plain.text(shown, 200):
        assert [words for words in everywhere if words not in str(part)] == []


def test_a_brief_in_the_terminal_looks_as_designed(brief: Brief) -> None:
    assert plain.text(document.of(briefing_of(brief)), 100) == TERMINAL


def test_a_narrow_terminal_breaks_lines_at_blanks(brief: Brief) -> None:
    shown = plain.text(document.of(briefing_of(brief)), 60)
    assert all(len(line) <= 60 for line in shown.splitlines())
    assert shown.split() == TERMINAL.split()


def test_a_word_wider_than_the_terminal_is_broken() -> None:
    shown = plain.text(document.of(Reply((Line("a" * 70),))), 40)
    assert shown.splitlines() == ["a" * 40, "a" * 30]


def test_blanks_at_the_end_of_a_full_line_make_no_line_of_their_own() -> None:
    shown = plain.text(document.of(Reply((Line("a" * 40 + "   "), Line("\tfacts alone", "heading")))), 40)
    assert shown.splitlines() == ["a" * 40, "", "facts alone".rjust(40)]


def test_bold_spans_follow_their_words_onto_the_next_line(brief: Brief) -> None:
    lines = plain.lines(document.of(briefing_of(brief)), 50)
    bold = [line.text[start:end] for line in lines for start, end in line.bold]
    assert {"Russia: spring draft", "160,000", "900,000", "18-30"} <= set(bold)


def test_telegram_sets_ledger_and_sources_in_quotes_and_figures_bold(brief: Brief) -> None:
    (part,) = telegram.parts(document.of(briefing_of(brief)))
    text = str(part.payload["text"])
    assert text.startswith(
        "<b>Russia: spring draft</b>\n3 outlets, 2 independent · updated 15:05 · brief 7Q2M\n\n• "
    )
    assert 'for <b>160,000</b> men by July 15, up from 150,000 a year ago. <a href="https://northern.ex' in text
    assert "<blockquote><b>draft size</b>   2022 134,500" in text
    assert "2025 160,000\n▁▅▆█   computed: +6.7 % on 2024, +19 % on 2022</blockquote>" in text
    assert "<blockquote expandable>[1] Northern Ledger, 31 Mar: <a href=" in text
    assert "Who &lt;must&gt; serve &amp; who not</a></blockquote>" in text
    assert text.endswith("<i>Since your last briefing: draft size new at 160,000</i>")


def test_a_briefing_offers_sources_and_figures_and_each_press_has_a_short_token_of_its_own(brief: Brief) -> None:
    shown = document.of(briefing_of(brief))
    (part,) = telegram.parts(shown)
    assert sorted(part.buttons.values()) == ["charted 7Q2M", "cited 7Q2M", "figures draft"]
    assert all(len(token) == 12 and token.isalnum() for token in part.buttons)
    other = telegram.parts(document.of(Reply(brief=brief), "order-2"))[0]
    assert not part.buttons.keys() & other.buttons.keys()
    assert telegram.parts(shown) == telegram.parts(shown)


def test_several_stories_stand_under_their_topic_each_with_its_own_title(brief: Brief) -> None:
    second = replace(brief.stories[0], story_id=8, title="Ferry strike", update="now 3 outlets", series=())
    shown = telegram_text(Reply(brief=replace(brief, stories=(brief.stories[0], second))))
    assert shown.startswith("Draft\n2 stories · brief 7Q2M\n\nRussia: spring draft\n")
    assert "Ferry strike\n3 outlets, 2 independent · updated 14:05 UTC\nUpdate: now 3 outlets" in shown


def test_the_days_top_stories_have_no_topic_to_press_for(brief: Brief) -> None:
    top = replace(brief, topic="", stories=brief.stories * 2)
    (part,) = telegram.parts(document.of(Reply(brief=top)))
    assert str(part.payload["text"]).startswith("<b>Top stories</b>\n2 stories · brief 7Q2M")
    assert list(part.buttons.values()) == ["cited 7Q2M", "charted 7Q2M"]


def test_a_lone_outlet_is_not_counted_twice(brief: Brief) -> None:
    story = replace(brief.stories[0], outlets=1, witnesses=1)
    shown = telegram_text(Reply(brief=replace(brief, stories=(story,))))
    assert "\n1 outlet · updated" in shown


@pytest.mark.parametrize(
    ("note", "shown"), [("Nobody wrote on whales.", "Nobody wrote on whales."), ("", "Nothing on")]
)
def test_a_brief_without_stories_says_so(brief: Brief, note: str, shown: str) -> None:
    nothing = document.of(Reply(brief=replace(brief, stories=(), note=note)))
    assert shown in plain.text(nothing)
    assert telegram.parts(nothing)[0].buttons == {}
    assert str(slack.parts(nothing)[0].payload["text"]).startswith(shown)


def test_a_conflict_that_no_bullet_carries_is_shown_all_the_same(brief: Brief) -> None:
    story = brief.stories[0]
    bare = replace(story, bullets=tuple(replace(bullet, series=None) for bullet in story.bullets), sources=())
    shown = telegram_text(Reply(brief=replace(brief, stories=(bare,))))
    assert (
        "sources differ on casualties: more than 900,000 (UK Ministry of Defence) in Northern Ledger [link]"
        in shown
    )
    assert "134,500" not in shown


def test_nobody_is_credited_with_a_number_that_only_agrees_with_theirs(brief: Brief) -> None:
    story = brief.stories[0]
    series = next(one for one in story.series if one.conflicts)
    first, rival = series.conflicts[0][:2]
    seen = rival.observations[0]
    figure = replace(seen.figure, value=650_000.0, bound="~", source=Speaker("Arden Centre", (0, 0)))
    other = replace(seen, figure=figure, outlet="Ferrel Post", copy_group=99, sentence="About 650,000 fell.")
    mixed = replace(rival, observations=(seen, other), witnesses=2)
    disputed = replace(series, conflicts=((first, mixed),))
    shown = telegram_text(Reply(brief=replace(brief, stories=(replace(story, bullets=(), series=(disputed,)),))))
    assert "about 650,000 (Arden Centre) in Ferrel Post [" in shown
    assert f"{seen.outlet} [" in shown
    (row,) = [line.text for line in table.ledger((disputed,)) if "disputed" in line.text]
    assert "(Arden Centre)" in row
    assert row.count(" · ") == 2
    assert {650_000.0, rival.value} <= {one.value for one, dispute in chart.accounts(disputed) if dispute}


def test_what_an_outlet_put_right_is_told_with_both_numbers_and_links(brief: Brief) -> None:
    story = brief.stories[0]
    old, now = (
        observation(1, "Northern Ledger", 170_000),
        replace(observation(4, "Northern Ledger", 160_000), corrects=True),
    )
    told = replace(story.series[0], corrected=((old, now),))
    shown = document.of(Reply(brief=replace(brief, stories=(replace(story, bullets=(), series=(told,)),))))
    assert "corrected by Northern Ledger, draft size: 170,000 [1] → 160,000 [link]" in plain.text(shown)
    links = {link for piece in shown.pieces for line in piece.lines for *_, link in line.links}
    assert {old.url, now.url} <= links
    assert "corrected\tNorthern Ledger: 170,000 → 160,000" in [line.text for line in table.ledger((told,))]
    assert "Northern Ledger corrected 170,000 to 160,000." in chart.of(told, "War").notes
    silent = replace(told, corrected=((old, replace(now, corrects=False)),))
    assert "revised\tNorthern Ledger: 170,000 → 160,000" in [line.text for line in table.ledger((silent,))]


def test_an_outlet_of_two_articles_is_named_once(brief: Brief) -> None:
    story = brief.stories[0]
    series = next(one for one in story.series if one.conflicts)
    first, rival = series.conflicts[0][:2]
    again = replace(first.observations[0], article_id=8, copy_group=8)
    twice = replace(first, observations=(*first.observations, again))
    disputed = replace(series, conflicts=((twice, rival),))
    shown = telegram_text(Reply(brief=replace(brief, stories=(replace(story, bullets=(), series=(disputed,)),))))
    assert shown.split("differ on")[1].split("·")[0].count("Northern Ledger") == 1


def test_a_conflict_in_a_course_says_of_which_date_it_is(brief: Brief) -> None:
    story = brief.stories[0]
    course = story.series[0]
    rival = replace(course.points[1], value=149_000.0)
    disputed = replace(course, conflicts=((course.points[1], rival),))
    shown = telegram_text(Reply(brief=replace(brief, stories=(replace(story, bullets=(), series=(disputed,)),))))
    assert f"sources differ on draft size, {course.points[1].as_of}: " in shown
    (row,) = [line.text for line in table.ledger((disputed,)) if "disputed" in line.text]
    assert f"\t{course.points[1].as_of}: " in row


def test_twelve_reprints_are_named_once_in_a_conflict(brief: Brief) -> None:
    losses = brief.stories[0].series[1]
    point = losses.conflicts[0][0]
    reprinted = replace(point, observations=point.observations * 12)
    story = replace(
        brief.stories[0], bullets=(), series=(replace(losses, conflicts=((reprinted,),), revised=True),)
    )
    assert telegram_text(Reply(brief=replace(brief, stories=(story,)))).count("in Northern Ledger [") == 1


def test_an_account_told_by_many_names_three_outlets(brief: Brief) -> None:
    losses = brief.stories[0].series[1]
    point = losses.conflicts[0][0]
    first = point.observations[0]
    many = tuple(replace(first, outlet=f"Outlet {n}", article_id=n, copy_group=n) for n in (1, 3, 2, 9, 8))
    told = replace(losses, conflicts=((replace(point, observations=many),),))
    story = replace(brief.stories[0], bullets=(), series=(told,))
    shown = telegram_text(Reply(brief=replace(brief, stories=(story,))))
    assert "in Outlet 1 [1], Outlet 3 [3], Outlet 2 [2] and 2 more" in shown


@pytest.fixture
def vast(brief: Brief) -> Brief:
    """A story of 60 measures; each has a value for 40 years, and 12 accounts of each of these."""

    def account(year: int, outlet: int) -> Point:
        value = 9_000 + 7 * outlet + year - 1980
        seen = observation(outlet, f"Outlet {outlet}", value)
        return point(value, str(year), replace(seen, copy_group=outlet))

    def course(measure: int) -> Series:
        groups = tuple(tuple(account(year, n) for n in range(12)) for year in range(1980, 2020))
        told = tuple(group[0] for group in groups)
        return Series(f"m{measure}", f"measure {measure}", "person", told, groups, ("+1 % on 2018",))

    ledger = tuple(map(course, range(60)))
    cited = [account.observations[0] for account in ledger[0].conflicts[0]]
    sources = tuple(Source(n, n, one.outlet, one.title * 9, one.url, NOW, n) for n, one in enumerate(cited * 3))
    story = brief.stories[0]
    bullets = tuple(replace(story.bullets[0], series=series) for series in ledger[:5])
    return replace(brief, stories=(replace(story, bullets=bullets, series=ledger, sources=sources),))


def test_a_reader_is_shown_as_much_of_a_vast_story_as_he_takes_in(vast: Brief) -> None:
    shown = plain.text(document.of(Reply(brief=vast)), 400)
    assert shown.count("measure 0   1980 9,000 → … → 2015 9,035 → ") == 1
    assert shown.count("sources differ on ") == (5 + 3) * 2
    assert "on measure 0, 2019: 9,039 in Outlet 0 [0] · 9,046 in Outlet 1 [1] · " in shown
    assert shown.count(" · and 8 more") == (5 + 3) * 2
    assert shown.count("\n  [") == 15
    assert "\nNot shown: 272 values, 2,384 disputes. `figures Russia spring draft csv` has them all." in shown


def test_T1_K4_a_vast_story_makes_few_messages_each_within_its_limit(vast: Brief) -> None:
    ledger = vast.stories[0].series
    change = Change("conflict", ledger[0], ledger[0].points[-1], accounts=ledger[0].conflicts[-1])
    settled = replace(change, kind="settled")
    replies = (Reply(brief=vast), Reply(table.ledger(ledger[:10])), Reply(changes.lines([change, settled] * 4)))
    for reply in replies:
        sent = telegram.parts(document.of(reply))
        assert len(sent) <= 3
        assert all(telegram.units(telegram.plain(str(part.payload["text"]))) <= 4096 for part in sent)
        posted = slack.parts(document.of(reply))
        assert len(posted) <= 2
        assert all(fits_slack(part) for part in posted)


def test_a_vast_series_in_a_table_says_how_much_more_there_is(vast: Brief) -> None:
    rows = [line.text for line in table.ledger(vast.stories[0].series[:1])]
    assert rows[1:4] == ["1980\t9,000\t1 witness", "…\t34 more", "2015\t9,035\t1 witness"]
    assert [row.partition("\t")[2].count("Outlet") for row in rows if row.startswith("disputed")] == [4, 4, 0]
    assert rows[-1] == "disputed\t38 more"


def test_a_revised_series_says_so(brief: Brief) -> None:
    bullet = brief.stories[0].bullets[0]
    assert bullet.series is not None
    revised = replace(bullet, series=replace(bullet.series, revised=True, changes=()))
    story = replace(brief.stories[0], bullets=(revised, revised))
    shown = telegram_text(Reply(brief=replace(brief, stories=(story,))))
    assert shown.count("▁▅▆█   revised") == 1


# ---------------------------------------------------------------- replies


def test_a_reply_keeps_details_with_their_bullet_and_an_empty_line_is_a_gap() -> None:
    lines = (
        Line("Feeds", "heading"),
        Line("One", "bullet"),
        Line("polled at 8", "detail"),
        Line("Two", "bullet"),
        Line(""),
        Line("a\t1", "table"),
        Line("b\t2", "table"),
        Line("Say more.", "note"),
    )
    shown = document.of(Reply(lines))
    assert telegram.html(shown.pieces) == (
        "<b>Feeds</b>\n• One\n<blockquote>polled at 8</blockquote>\n"
        "• Two\n\n<pre>a  1\nb  2</pre>\n<i>Say more.</i>"
    )
    assert plain.text(shown) == "Feeds\n• One\n    polled at 8\n• Two\n\n  a  1\n  b  2\nSay more."
    kinds = [block["type"] for block in blocks_of(slack.parts(shown)[0].payload)]
    assert kinds == ["header", "section", "context", "section", "section", "context"]
    assert blocks_of(slack.parts(shown)[0].payload)[4]["text"]["text"] == "```a  1\nb  2```"


def test_a_table_has_its_columns_aligned_on_every_surface() -> None:
    rows = (
        "conscripts ▁█",
        "2022\t134,500\t3 witnesses",
        "Jul 2023\t147,000\t1 witness",
        "disputed\tmore than 900,000 (UK Ministry of Defence) · 2\tx",
    )
    shown = document.of(Reply(tuple(Line(row, "table") for row in rows)))
    drawn = (
        "conscripts ▁█\n"
        "2022      134,500  3 witnesses\n"
        "Jul 2023  147,000  1 witness\n"
        "disputed  more than 900,000 (UK Ministry of Defence) · 2  x"
    )
    assert telegram.html(shown.pieces) == f"<pre>{drawn}</pre>"
    assert blocks_of(slack.parts(shown)[0].payload)[0]["text"]["text"] == f"```{drawn}```"
    assert plain.text(shown) == drawn.replace("\n", "\n  ")


def test_a_row_wider_than_the_terminal_goes_on_below_its_last_cell() -> None:
    row = "disputed\tmore than 900,000 (UK Ministry of Defence) · about 700,000"
    shown = plain.text(document.of(Reply((Line(row, "table"),))), 60)
    assert shown == "  disputed  more than 900,000 (UK Ministry of Defence) ·\n            about 700,000"


def test_a_terminal_says_what_to_type_in_place_of_a_button() -> None:
    buttons = (Button("Undo", "unfollow draft"), Button("More (2)", "brief draft +1"))
    assert [row.text for row in plain.offers(buttons)] == ["Undo: `unfollow draft`   More (2): `brief draft +1`"]
    assert [row.text for row in plain.offers(buttons, 40)] == [
        "Undo: `unfollow draft`",
        "More (2): `brief draft +1`",
    ]
    assert plain.offers(()) == ()


def test_a_reply_that_only_lists_shares_one_block() -> None:
    shown = slack.parts(document.of(Reply(tuple(Line(f"Feed {n}", "bullet") for n in range(5)))))
    assert [block["text"]["text"] for block in blocks_of(shown[0].payload)] == [
        "• Feed 0\n• Feed 1\n• Feed 2\n• Feed 3\n• Feed 4"
    ]


def test_a_reply_without_words_is_no_message() -> None:
    nothing = document.of(Reply((Line(""), Line("\u200b")), buttons=(Button("Undo", "undo"),)))
    assert telegram.parts(nothing) == slack.parts(nothing) == ()


def test_T3_what_changes_things_is_guarded() -> None:
    buttons = (Button("Undo", "unfollow draft", changes=True), Button("Help", "help"))
    (part,) = telegram.parts(document.of(Reply((Line("Followed."),), buttons=buttons), "order-1"))
    assert part.payload["guarded"] == [token for token, action in part.buttons.items() if action != "help"]


def test_words_in_back_ticks_are_code_in_telegram() -> None:
    line = Line("Say `follow <draft>` or `", bold=((0, 3),))
    shown = telegram.html(document.of(Reply((line,))).pieces)
    assert shown == "<b>Say</b> <code>follow &lt;draft&gt;</code> or `"


def test_buttons_stand_three_in_a_row_under_the_last_message() -> None:
    buttons = tuple(Button(f"Number {n}", f"brief {n}") for n in range(4))
    long = document.of(Reply(tuple(Line("word " * 200) for _ in range(6)), buttons=buttons), "order-1")
    first, last = telegram.parts(long)
    assert first.payload["buttons"] == []
    assert first.buttons == {}
    assert [len(row) for row in last.payload["buttons"]] == [3, 1]  # type: ignore[attr-defined]  # rows of pairs
    assert list(last.buttons.values()) == ["brief 0", "brief 1", "brief 2", "brief 3"]


# ---------------------------------------------------------------- limits


def many_stories(brief: Brief, count: int) -> Reply:
    story = brief.stories[0]
    return Reply(brief=replace(brief, stories=tuple(replace(story, title=f"Story {n}") for n in range(count))))


def test_T1_messages_are_split_between_stories(brief: Brief) -> None:
    shown = telegram.parts(document.of(many_stories(brief, 12)))
    texts = [str(part.payload["text"]) for part in shown]
    assert len(texts) > 1
    assert all(text.startswith("<b>Story") for text in texts[1:])
    assert all(text.endswith("</blockquote>") for text in texts)


def test_T1_a_long_story_is_split_between_bullets_and_keeps_its_heading_with_the_first(brief: Brief) -> None:
    bullet = replace(brief.stories[0].bullets[2], text="Word " * 120)
    story = replace(brief.stories[0], bullets=(bullet,) * 12)
    texts = [
        str(p.payload["text"]) for p in telegram.parts(document.of(Reply(brief=replace(brief, stories=(story,)))))
    ]
    assert [text.count("• Word") for text in texts] == [6, 6]
    assert texts[0].startswith("<b>Russia: spring draft</b>")


def test_T1_a_heading_is_never_left_behind_alone() -> None:
    first = [Line("a" * 3000), Line("Second", "heading"), Line("b" * 3000), Line("c" * 1200)]
    texts = [str(part.payload["text"]) for part in telegram.parts(document.of(Reply(tuple(first))))]
    assert [text[:13] for text in texts] == ["a" * 13, "<b>Second</b>", "c" * 13]
    huge = [Line("a" * 3000), Line("S" * 1000, "heading"), Line("b" * 4000), Line("c" * 4000)]
    texts = [telegram.plain(str(part.payload["text"])) for part in telegram.parts(document.of(Reply(tuple(huge))))]
    assert [len(text) for text in texts] == [3000, 1000, 4000, 4000]


def test_T1_a_line_too_long_for_one_message_is_cut_at_a_blank() -> None:
    shown = telegram.parts(document.of(Reply((Line("zwölf Boxkämpfer " * 700, "bullet"), Line("x", "detail")))))
    texts = [telegram.plain(str(part.payload["text"])) for part in shown]
    assert all(telegram.units(text) <= 4096 for text in texts)
    assert " ".join(texts).split() == ["•", *("zwölf Boxkämpfer " * 700).split(), "x"]


def test_T2_a_message_holds_at_most_100_entities() -> None:
    line = Line("ab" * 240, bold=tuple((n, n + 1) for n in range(0, 480, 2)))
    texts = [str(part.payload["text"]) for part in telegram.parts(document.of(Reply((line,))))]
    assert all(text.count("</b>") <= 100 for text in texts)
    assert sum(text.count("</b>") for text in texts) == 240


def test_K4_blocks_stay_within_slacks_limits(brief: Brief) -> None:
    shown = slack.parts(document.of(many_stories(brief, 30)))
    assert len(shown) > 1
    for part in shown:
        blocks = blocks_of(part.payload)
        assert len(blocks) <= 50
        assert part.payload["text"]
        assert blocks[0]["type"] == "header"
        assert part.payload["unfurl_links"] is part.payload["unfurl_media"] is False


def test_K4_a_title_too_long_for_a_header_is_shortened() -> None:
    (part,) = slack.parts(document.of(Reply((Line("Title " * 60, "heading"), Line("\tno title", "heading")))))
    header, divider, facts = blocks_of(part.payload)
    assert len(header["text"]["text"]) == 150
    assert len(str(part.payload["text"])) == 300
    assert (divider["type"], facts["elements"][0]["text"]) == ("divider", "no title")


def test_K4_neighbours_share_a_block_only_as_far_as_it_goes() -> None:
    (part,) = slack.parts(document.of(Reply((Line("x" * 1600), Line("y" * 1600)))))
    assert [block["text"]["text"][0] for block in blocks_of(part.payload)] == ["x", "y"]


# ---------------------------------------------------------------- strangers' text


def test_S10_what_cannot_be_seen_does_not_go_out() -> None:
    hidden = "a\u200bb\u202ec\x07d\x9be\ufefff\U000e0041g\ud800h\u2066i\nj\r\nk\u0301\ud7ffl"
    assert clean(hidden) == "abcdefghi j  ḱ\ud7ffl"


def test_S10_bold_and_links_stay_over_their_words_when_text_is_cleaned() -> None:
    line = clean_line(
        Line("\u200be\u0301te\u0301 x\u200b", bold=((1, 6), (8, 9)), links=((7, 8, "https://a.example"),))
    )
    assert line == Line("été x", bold=((0, 3),), links=((4, 5, "https://a.example"),))


def test_S11_slack_shows_a_sources_mentions_and_links_letter_by_letter() -> None:
    nasty = "<!everyone> <!here> <@U123> <#C1> <!subteam^S1> <https://evil.example|bank> &amp; *x*"
    (part,) = slack.parts(document.of(Reply((Line(nasty, bold=((0, 11), (75, 78))),))))
    block = blocks_of(part.payload)[0]
    assert "<" not in block["text"]["text"]
    assert "<" not in str(part.payload["text"])
    assert block["text"]["text"].startswith("*&lt;!everyone&gt;* &lt;!here&gt; &lt;@U123&gt;")
    assert block["text"]["verbatim"] is True


def test_S11_pipes_and_brackets_in_a_link_are_percent_encoded() -> None:
    line = Line("[1]", links=((0, 3, 'https://a.example/x|y>z?q="<é>&r=%20'),))
    (part,) = slack.parts(document.of(Reply((line,))))
    shown = blocks_of(part.payload)[0]["text"]["text"]
    assert shown == "<https://a.example/x%7Cy%3Ez?q=%22%3C%C3%A9%3E&amp;r=%20|[1]>"


def test_S12_a_sources_name_with_an_at_sign_notifies_nobody() -> None:
    line = Line("Write to @durov, or me@mail.example <b>now</b>", bold=((0, 15),))
    assert telegram.html(document.of(Reply((line,))).pieces) == (
        "<b>Write to </b><code>@durov</code>, or me@mail.example &lt;b&gt;now&lt;/b&gt;"
    )


@pytest.mark.parametrize(
    "url",
    [
        "tg://user?id=1",
        "javascript:alert(1)",
        "https://",
        "http://[::1",
        "ftp://a.example",
        "https://a.example/\u202e",
        "https://a.example/" + "x" * 2048,
        "//a.example",
    ],
)
def test_S12_only_web_links_go_out(url: str) -> None:
    assert safe_link(url) == ""
    line = Line("words", "source", links=((0, 5, url),))
    shown = document.of(Reply((line,)))
    assert telegram.html(shown.pieces) == "<blockquote expandable>words</blockquote>"
    assert plain.text(shown) == "  words"


def test_S12_a_bold_link_is_one_link() -> None:
    line = Line("a b", bold=((0, 3),), links=((0, 1, "https://a.example"), (1, 2, "https://b.example")))
    assert telegram.html(document.of(Reply((line,))).pieces) == '<a href="https://a.example"><b>a</b></a> <b>b</b>'
    assert [run.text for run in runs_of(line)] == ["a", " ", "b"]


WORDS = st.text(st.characters(exclude_categories=()), max_size=80) | st.sampled_from(
    ["<b>", "&amp;", "</a>", "*x*", "```", "|", "@name", "\t", " ", "😀" * 300, "word " * 900]
)


@st.composite
def any_line(draw: st.DrawFn) -> Line:
    text = draw(WORDS)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(lambda s: (s[0], s[1]))
    links = tuple(
        (*span, url)
        for span, url in draw(st.lists(st.tuples(spans, WORDS.map("https://a.example/".__add__)), max_size=2))
    )
    style: Style = draw(st.sampled_from(["text", "heading", "bullet", "detail", "table", "note", "source"]))
    return Line(text, style, tuple(draw(st.lists(spans, max_size=3))), links)


def words_of(text: str) -> str:
    """Return the text without blanks and what the platforms' look adds or takes."""
    return re.sub(r"[\s•·`]", "", text)


@settings(max_examples=30)
@given(st.lists(any_line(), max_size=8))
def test_T1_S10_any_reply_fits_telegram_and_keeps_its_words(lines: list[Line]) -> None:
    shown = document.of(Reply(tuple(lines)))
    texts = [telegram.plain(str(part.payload["text"])) for part in telegram.parts(shown)]
    assert all(0 < telegram.units(text) <= 4096 for text in texts)
    assert words_of("".join(texts)) == words_of("".join(clean(line.text) for line in lines))
    assert all(clean(text.replace("\n", "")) == text.replace("\n", "") for text in texts)


def slack_texts(part: Part) -> list[str]:
    return [
        block["text"]["text"] if "text" in block else block["elements"][0]["text"]
        for block in blocks_of(part.payload)
        if block["type"] not in {"divider", "actions"}
    ]


def fits_slack(part: Part) -> bool:
    texts = slack_texts(part)
    within = all(0 < len(text) <= 3000 for text in texts) and sum(map(len, texts)) <= 9500
    return within and 0 < len(blocks_of(part.payload)) <= 50


@settings(max_examples=30)
@given(st.lists(any_line(), max_size=8))
def test_K4_S11_any_reply_fits_slack_and_nothing_of_it_is_markup(lines: list[Line]) -> None:
    for part in slack.parts(document.of(Reply(tuple(lines)))):
        assert fits_slack(part)
        shown = "".join(slack_texts(part)).replace("<https://a.example/", "")
        assert "<" not in shown or any(block["type"] == "header" for block in blocks_of(part.payload))


@settings(max_examples=30)
@given(st.lists(any_line(), max_size=8), st.integers(20, 120))
def test_any_reply_is_shown_whole_in_a_terminal(lines: list[Line], width: int) -> None:
    shown = plain.lines(document.of(Reply(tuple(lines))), width)
    kept = words_of("".join(line.text for line in shown if not (line.style == "source" and line.links)))
    assert all(0 <= start <= end <= len(line.text) for line in shown for start, end in line.bold)
    assert all(0 <= start <= end <= len(line.text) for line in shown for start, end, _ in line.links)
    if not any(line.style == "source" for line in lines):
        assert kept == words_of("".join(clean(line.text) for line in lines))


# ---------------------------------------------------------------- tables


def test_a_table_shows_points_witnesses_changes_and_disputes(brief: Brief) -> None:
    draft, casualties = brief.stories[0].series
    twice = replace(casualties, points=(replace(casualties.points[0], as_of="2025", witnesses=2),), revised=True)
    rows = [row.text.split("\t") for row in table.ledger([draft, twice])]
    assert rows == [
        ["draft size ▁▅▆█"],
        ["2022", "134,500", "1 witness"],
        ["2023", "147,000", "1 witness"],
        ["2024", "150,000", "1 witness"],
        ["15 Jul 2025", "160,000", "1 witness"],
        ["computed", "+6.7 % on 2024"],
        ["computed", "+19 % on 2022"],
        ["casualties (revised)"],
        ["2025", "900,000", "2 witnesses"],
        ["disputed", "more than 900,000 (UK Ministry of Defence) · about 640,000 (Kite Daily)"],
    ]


def test_series_of_one_name_are_told_apart_by_the_words_around_them(brief: Brief) -> None:
    seats = replace(brief.stories[0].series[1], label="seats", conflicts=())
    sentence = "The harbour party won 209 seats, its rival 68 seats after a long night of counting in Vellmark."
    told = [
        replace(seen, sentence=sentence, figure=replace(seen.figure, span=span))
        for seen, span in (
            (seats.points[0].observations[0], (22, 25)),
            (seats.points[0].observations[0], (43, 45)),
        )
    ]
    both = [replace(seats, points=(replace(seats.points[0], observations=(seen,)),)) for seen in told]
    rows = [row.text.split("\t") for row in table.ledger(both)]
    assert rows[2] == ["in words", "The harbour party won 209 seats, its rival 68 seats…"]
    assert rows[5] == ["in words", "…won 209 seats, its rival 68 seats after a long night of…"]


def test_a_table_of_nothing_has_no_lines() -> None:
    assert table.ledger([]) == ()


# ---------------------------------------------------------------- numbers, dates, sparklines


@pytest.mark.parametrize(
    ("value", "unit", "kind", "shown"),
    [
        pytest.param(160_000.0, "conscript", FigureKind.COUNT, "160,000", id="a count stands alone"),
        pytest.param(9.4, "percentage", FigureKind.PERCENT, "9.4 %", id="percent"),
        pytest.param(0.5, "percentage point", FigureKind.PERCENTAGE_POINT, "0.5 percentage points", id="points"),
        pytest.param(3.2e9, "dollar", FigureKind.MONEY, "$3.2 billion", id="dollars"),
        pytest.param((10e9, 15e9), "dollar", FigureKind.MONEY, "$10 billion–15 billion", id="a range of dollars"),
        pytest.param(1.0, "kilometre", FigureKind.MEASURE, "1 kilometre", id="one of a measure"),
        pytest.param(12.25, "kilometre", FigureKind.MEASURE, "12.25 kilometres", id="several of a measure"),
        pytest.param(3.0, "death per day", FigureKind.RATE, "3 death per day", id="a rate"),
        pytest.param((18.0, 30.0), "year", FigureKind.AGE, "18–30 years", id="ages"),
        pytest.param(2.0, "-", FigureKind.MEASURE, "2", id="no unit"),
        pytest.param(7.0, "ruble", FigureKind.MONEY, "7 rubles", id="a currency without a sign"),
    ],
)
def test_a_value_is_written_with_its_unit(
    value: float | tuple[float, float], unit: str, kind: FigureKind, shown: str
) -> None:
    assert measured(value, unit, kind) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (1_234_567.0, "1,234,567"),
        (2_500_000.0, "2.5 million"),
        (1e12, "1 trillion"),
        (-1500.0, "-1,500"),
        (0.00012, "0.00012"),
        (2.1, "2.1"),
        (2e-9, "2e-09"),
        (1234.5678, "1,234.568"),
    ],
)
def test_a_number_is_written_for_readers(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2025", "2025"),
        ("2025-07", "Jul 2025"),
        ("2025-07-05", "5 Jul 2025"),
        ("2015/2016", "2015/2016"),
        ("2025-07-11/2025-07-17", "11–17 Jul 2025"),
        ("2025-06-27/2025-07-03", "27 Jun–3 Jul 2025"),
        ("2024-12/2025-02", "Dec 2024–Feb 2025"),
        ("2025-07-05/2025-07-05", "5 Jul 2025"),
        ("2025-44", "2025-44"),
    ],
)
def test_a_date_is_written_to_its_grain(iso: str, shown: str) -> None:
    assert dated(iso) == shown


def test_dates_in_one_year_are_told_apart_by_month() -> None:
    points = [Point(1.0, "=", as_of, (), 1) for as_of in ("2025-01", "2025-02")]
    assert date_labels(points) == ("Jan:", "Feb:")
    assert date_labels([*points, Point(1.0, "=", "2024", (), 1)]) == ("Jan 2025:", "Feb 2025:", "2024")
    assert date_labels([Point(1.0, "=", "2024/2025", (), 1)] * 2) == ("2024/2025:", "2024/2025:")
    week, day = (Point(1.0, "=", as_of, (), 1) for as_of in ("2025-07-11/2025-07-17", "2025-07-20"))
    assert date_labels([week, day]) == ("11–17 Jul:", "20 Jul:")


def test_dates_in_what_we_computed_are_written_for_readers() -> None:
    assert (
        dates_in("+25 on 2025-03-31, +6.7 % on 2024, -3 on 2025-01")
        == "+25 on 31 Mar 2025, +6.7 % on 2024, -3 on Jan 2025"
    )


def test_a_sparkline_needs_three_differing_values() -> None:
    assert sparkline([1, 2]) == sparkline([3, 3, 3]) == ""
    assert sparkline([134_500, 147_000, 150_000, 160_000]) == "▁▅▆█"
    assert sparkline([0.0, 1.0, 0.1]) == "▁█▂"


def test_times_are_the_chats_own_and_name_the_day_when_it_is_another() -> None:
    assert clock(NOW, NOW, "Asia/Tokyo") == "23:05"
    assert clock(NOW, NOW + timedelta(days=1), "") == "31 Mar 14:05 UTC"
    assert clock(NOW, NOW, "Mars/Olympus") == "14:05 UTC"
    assert clock(NOW, NOW + timedelta(days=300), "") == "31 Mar 2025"
