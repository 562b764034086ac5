"""Which articles are copies, which tell one story."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import dedupe
from bot.dedupe import packing
from bot.dedupe.decide import are_strangers
from bot.dedupe.score import CERTAIN, features, pair_score
from bot.dedupe.stream import UNDATED, Shelf, settle
from bot.dedupe.terms import MOST_REMEMBERED, Remembered, stem, words_of
from bot.dedupe.weights import NAMES
from bot.errors import UsageError
from bot.model import Candidates, Decision, Fingerprint, Member

Stories = dict[int, tuple[Member, ...]]

AT = datetime(2025, 4, 1, 8, tzinfo=UTC)
DRAFT = (
    "The president signed a decree on Monday that calls up 160,000 men for the spring draft, the largest intake "
    "in fourteen years. Conscripts aged 18 to 30 must report to their commissariats before 15 July. The defence "
    "ministry said none of them would be sent to the front. Last spring 150,000 men were called up."
)
DRAFT_RETOLD = (
    "Moscow has ordered its biggest spring draft in more than a decade on Monday: 160,000 men aged between 18 and "
    "30 are to be called up by mid-July. The defence ministry insists that conscripts will not fight at the front."
)
FLOOD = (
    "Heavy rain burst the banks of the river Lenne overnight and flooded the old town of Altena. Firefighters "
    "brought 212 residents to safety in boats, the district council said. Two bridges were closed."
)


# ---------------------------------------------------------------- copies


def article(text: str, title: str = "", *, hours: float = 0, url: str = "") -> Fingerprint:
    return dedupe.fingerprint(url, title, text, AT + timedelta(hours=hours))


def decide(text: str, *known: Fingerprint, title: str = "", hours: float = 1) -> Decision:
    """Where a text goes when each known article is a story of its own."""
    stories: Stories = {number: (Member(number, number, fp),) for number, fp in enumerate(known, start=1)}
    return dedupe.decide(article(text, title, hours=hours), Candidates(stories))


FOOTER = " Sign up for our newsletter. All rights reserved. This article was supplied by an agency."
REPORT = " ".join([DRAFT, FLOOD])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(DRAFT, id="unchanged"),
        pytest.param(DRAFT.upper(), id="in capitals"),
        pytest.param(DRAFT + FOOTER, id="with a footer"),
        pytest.param(
            DRAFT.replace("decree on", "decree late on").replace("largest", "biggest"), id="lightly edited"
        ),
        pytest.param(DRAFT[:300] + "... Continue reading", id="cut short"),
    ],
)
def test_a_reprint_joins_its_copy_group(text: str) -> None:
    decision = decide(text, article(FLOOD, "Flood"), article(DRAFT, "Draft"), title="Another headline")
    assert (decision.story_id, decision.copy_group) == (2, 2)
    assert decision.reason.startswith("copy: ")


def test_an_account_in_other_words_is_no_copy() -> None:
    assert decide(DRAFT_RETOLD, article(DRAFT)).copy_group == 0


def test_figures_in_another_house_style_are_the_same() -> None:
    report = (
        "Halm Tools sold goods for 7.285 billion crowns in May, 3 percent more than in April, and made 41 million "
        "crowns. It wants to open 12 shops and to spend 1.4 billion crowns on a plant by the river."
    )
    restyled = report.replace(" billion", "bn").replace(" percent", "pc").replace(" million", "m")
    assert decide(restyled, article(report)).copy_group == 1


def test_texts_that_share_only_a_long_footer_are_no_copies() -> None:
    footer = (
        " This article was supplied by an agency and published from a syndicated feed. Sign up for our newsletter "
        "to get the best of the day each morning, and follow us wherever you are. All rights reserved."
    )
    one = "The potters of Lowick fired the oldest kiln of the valley again after a century of silence." + footer
    other = "A ferry ran aground off Tarsk; tugs pulled it free at noon and nobody came to harm." + footer
    assert decide(other, article(one)).copy_group == 0


def test_texts_from_one_template_are_neither_copies_nor_one_story() -> None:
    template = (
        "{} reported first-quarter results on Tuesday. Revenue came to {} million crowns, {} percent more than "
        "a year ago. Net profit was {} million crowns, or {} crowns a share. The company employs {} people. "
        "Shares of {} closed at {} crowns on the exchange before the figures were published."
    )
    one = template.format("Halm Tools", 418, 7.2, 36.5, 1.12, "3,150", "Halm", 74.2)
    other = template.format("Pember Foods", 1290, 2.4, 58.1, 0.43, "8,900", "Pember", 18.65)
    assert decide(other, article(one, "Halm Tools: results"), title="Pember Foods: results").story_id == 0


@pytest.mark.parametrize("text", ["", "Sold out"], ids=["empty", "two words"])
def test_texts_too_short_to_compare_are_no_copies(text: str) -> None:
    decision = decide(text, article("Rain", "A dry spell"), title="Something else entirely")
    assert decision.copy_group == 0


def test_equal_short_texts_are_copies() -> None:
    assert decide("Sold out", article("Sold out")).copy_group == 1


# ---------------------------------------------------------------- stories


def test_two_accounts_of_one_event_are_one_story() -> None:
    decision = decide(
        DRAFT_RETOLD, article(FLOOD, "Flood in Altena"), article(DRAFT, "160,000 called up"), title="Draft"
    )
    assert decision.story_id == 2
    assert decision.reason.startswith("joined: ")


def test_another_event_is_a_new_story_and_says_what_was_nearest() -> None:
    decision = decide(FLOOD, article(DRAFT, "160,000 called up"), title="Flood in Altena")
    assert decision.story_id == 0
    assert "story 1" in decision.reason


def test_without_candidates_it_is_a_new_story() -> None:
    assert decide(FLOOD) == Decision(0, 0, 0.0, "new: no open story shares its telling words")


@pytest.mark.parametrize(
    ("hours", "born_days_ago", "expected"),
    [
        pytest.param(90, 0, 1, id="within 96 hours of the last article"),
        pytest.param(100, 0, 0, id="after 96 hours"),
        pytest.param(1, 13, 1, id="a story of 13 days that still gets articles"),
        pytest.param(1, 15, 0, id="a story of more than 14 days"),
    ],
)
def test_a_story_closes(hours: float, born_days_ago: int, expected: int) -> None:
    known = Candidates(
        {1: (Member(1, 1, article(DRAFT)),)},
        born_at={1: AT - timedelta(days=born_days_ago)} if born_days_ago else {},
    )
    assert dedupe.decide(article(DRAFT, hours=hours), known).story_id == expected


def test_a_dated_article_may_join_a_story_without_dates() -> None:
    undated = dedupe.fingerprint("", "", DRAFT, UNDATED)
    assert decide(DRAFT, undated).story_id == 1


def test_what_shares_little_more_than_a_word_hardly_fits() -> None:
    other = (
        "A museum in Hagen shows what firefighters wore in the days of Kaiser Wilhelm. Residents, hikers and a "
        "cycling club had lent helmets, jackets and lanterns from their attics."
    )
    assert pair_score(article(FLOOD), article(other)) == -CERTAIN


def test_a_story_without_members_is_no_candidate() -> None:
    assert dedupe.decide(article(DRAFT), Candidates({1: ()})).story_id == 0


def test_the_reason_names_whole_words_as_the_article_spells_them() -> None:
    candidates = Candidates({1: (Member(1, 1, article(DRAFT)),)})
    title = "Conscripts called up for the spring draft"
    reason = dedupe.decide(article(DRAFT_RETOLD, title), candidates, f"{title} {DRAFT_RETOLD}").reason
    assert reason.startswith("joined: shares ")
    shared = reason.removeprefix("joined: shares ").partition(" with its articles")[0].split(", ")
    assert set(shared) <= set(f"{title} {DRAFT_RETOLD}".replace(".", " ").replace(",", " ").split())


def test_events_that_share_no_name_are_kept_apart() -> None:
    one = article(
        "A fire gutted a warehouse in Lowick; Mayor Adele Brandt thanked Jonas Weil of the brigade.", "Fire"
    )
    other = "A fire gutted a warehouse, said the brigade of Tarsk, whose Ivo Kranz and Mira Solberg led the hoses."
    assert decide(other, one, title="Fire").story_id == 0


VELDT = (
    "After eleven years without a draft, the parliament of Veldtmark debates whether to bring conscription back: "
    "12,000 conscripts a year would serve nine months. A volunteer army cannot hold the border, argued minister "
    "Klara Voss. The opposition around Peder Holm wants higher pay; in a survey by Kompas most were for the draft."
)
RUSK = (
    "The army of Orlovia calls up 160,000 conscripts for its spring draft, the largest since 2011, said minister "
    "Yelena Sorokin. Conscripts serve a year in Orlovia and are not sent to the border, as Dmitri Pesk of the "
    "palace put it. The parliament in Karsk had raised the age of the draft; a survey found most for the army."
)


def test_two_countries_drafts_stay_apart_when_an_article_comes_and_when_stories_settle() -> None:
    one, other = article(RUSK, "Conscripts: biggest spring draft"), article(VELDT, "Parliament debates conscripts")
    assert dedupe.decide(other, Candidates({1: (Member(1, 1, one),)})).story_id == 0
    assert dedupe.merge_score([Member(1, 1, one)], [Member(2, 2, other)]) < dedupe.MERGE


def test_stories_told_weeks_apart_and_those_of_which_few_members_fit_are_not_merged() -> None:
    draft, flood = Member(1, 1, article(DRAFT)), Member(2, 2, article(FLOOD))
    late, again = Member(3, 3, article(DRAFT_RETOLD, hours=24 * 20)), Member(3, 3, article(DRAFT_RETOLD))
    assert dedupe.merge_score([draft], [again]) > dedupe.MERGE
    assert dedupe.merge_score([draft], [late]) == -CERTAIN
    assert dedupe.merge_score([draft], [late], lambda *_: CERTAIN) == -CERTAIN, "however well they fit"
    assert dedupe.merge_score([draft, flood, flood, flood], [again]) == -CERTAIN
    assert dedupe.merge_score([draft, draft, draft], [flood, flood, flood]) == -CERTAIN


def test_what_the_pair_score_weighs_has_a_name_each_and_does_not_depend_on_which_comes_first() -> None:
    one, other = article(DRAFT, "Spring draft"), article(DRAFT_RETOLD, "Biggest draft")
    assert len(features(one, other)) == len(NAMES)
    assert features(one, other) == features(other, one)
    assert pair_score(one, other) == pair_score(other, one)


def test_stories_that_each_name_several_and_never_the_other_s_are_strangers() -> None:
    one, other = article(RUSK), article(VELDT)
    assert are_strangers([one], [other])
    assert not are_strangers([one], [other, article("The draft was debated in the capital of Orlovia. " + RUSK)])
    brief = article("A draft of conscripts was debated, said Klara Voss.")
    assert are_strangers([one], [brief])
    assert not are_strangers([article("Conscripts report on Tuesday, said Peder Holm.")], [brief])


def test_a_stranger_that_shares_only_a_place_is_a_new_story() -> None:
    one = article(
        "Karvia: Pilots of the state airline warn of fatigue as the strike goes on", "Karvia: Pilots tired"
    )
    other = "Karvia: A record crowd is expected at the golf tournament near Tolm next weekend."
    decision = decide(other, one, title="Karvia: Champions return to the open")
    assert decision.story_id == 0


# ---------------------------------------------------------------- a stream


def row(name: str, text: str, **facts: object) -> dict[str, object]:
    return {"id": name, "title": "", "text": text, "source": None, "url": None, "ts": None, **facts}


def test_a_stream_is_grouped_into_stories_and_copies() -> None:
    grouped = dedupe.group(
        [
            row("draft", DRAFT, title="160,000 called up", url="https://a.example/men-called-up-for-draft"),
            row("flood", FLOOD, title="Flood in Altena"),
            row("reprint", DRAFT + FOOTER, title="Moscow calls"),
            row("retold", DRAFT_RETOLD, title="160,000 drafted"),
            row("same address", "A paywall.", url="https://www.a.example/men-called-up-for-draft/?utm_source=x"),
        ]
    )
    assert [(one["id"], one["story"], one["copy_group"]) for one in grouped] == [
        ("draft", 1, 1),
        ("flood", 2, 2),
        ("reprint", 1, 1),
        ("retold", 1, 4),
        ("same address", 1, 1),
    ]


def test_dated_articles_far_apart_are_not_one_story() -> None:
    first, second = dedupe.group([row("a", DRAFT, ts=1743400000), row("b", DRAFT_RETOLD, ts=1743400000 + 9e5)])
    assert first["story"] != second["story"]


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param(1743494400, id="a Unix time"),
        pytest.param(1743494400.0, id="a fraction"),
        pytest.param("2025-04-01T08:00:00Z", id="a text in UTC"),
        pytest.param("2025-04-01T10:00:00+02:00", id="a text with a zone"),
        pytest.param("2025-04-01 08:00", id="a text without a zone"),
    ],
)
def test_a_moment_is_a_unix_time_or_an_iso_text(stamp: object) -> None:
    assert dedupe.moment(stamp) == AT


def test_an_article_without_a_moment_is_undated() -> None:
    assert dedupe.moment(None) == UNDATED


@pytest.mark.parametrize(
    "stamp",
    ["yesterday", "", "Tue, 01 Apr 2025 08:00:00 GMT", "0001-01-01", True, [], 1e18, float("nan"), -1e12],
)
def test_anything_else_is_no_moment(stamp: object) -> None:
    with pytest.raises(UsageError, match="neither a Unix time"):
        dedupe.moment(stamp)


def test_stories_opened_apart_are_merged_in_the_end() -> None:
    shelf = Shelf()
    for text in (DRAFT, FLOOD, DRAFT_RETOLD, f"{DRAFT} {DRAFT_RETOLD}", DRAFT[:300]):
        shelf.file(article(text), 0, 0)
    settle(shelf)
    assert {story_id: len(members) for story_id, members in shelf.stories.items()} == {1: 4, 2: 1}
    assert [shelf.story_of(number) for number in range(1, 6)] == [1, 2, 1, 1, 1]


@given(st.lists(st.tuples(st.sampled_from([DRAFT, DRAFT_RETOLD, FLOOD, ""]), st.integers(0, 10**6)), max_size=8))
@settings(max_examples=25)
def test_grouping_is_repeatable_and_gives_every_article_a_story(texts: list[tuple[str, int]]) -> None:
    stream = [row(str(n), text, ts=at) for n, (text, at) in enumerate(texts)]
    grouped = dedupe.group(stream)
    assert grouped == dedupe.group(stream)
    assert [one["id"] for one in grouped] == [one["id"] for one in stream]


@given(st.text(max_size=300), st.text(max_size=40))
@settings(max_examples=100)
def test_any_text_has_a_fingerprint_that_comes_back_from_the_store_as_it_was(text: str, title: str) -> None:
    fp = dedupe.fingerprint("", title, text, AT)
    assert fp.entities <= fp.terms.keys()
    assert len(fp.signature) == 128
    back = packing.unpack(*packing.pack(fp), fp.url, fp.published_at)
    assert back
    assert {**asdict(back), "bands": fp.bands} == asdict(fp)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            "The Mayor's plan -- 'madness', say rock'n'roll fans.", "the mayor's plan madness say rock'n'roll fans"
        ),
        pytest.param("'" * 99_999 + "Fog''bound" + "’" * 99_999, "fog bound"),
        pytest.param("“Don’t go”\u00a0– it’s late…", "don't go it's late"),
        pytest.param("snake_case, 7.5 %", "snake case 7 5"),
        pytest.param("Élan d’été", "élan d’été"),
    ],
    ids=["apostrophes", "apostrophes in a row", "marks of print", "other marks", "other letters"],
)
def test_words_are_what_stands_between_marks(text: str, words: str) -> None:
    assert words_of(text) == words.split()


def test_scripts_without_spaces_are_read_as_pairs() -> None:
    assert {"東京", "京都"} <= article("東京都で地震").terms.keys()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("drafted", "draft"),
        ("drafting", "draft"),
        ("countries", "countri"),
        ("country's", "countri"),
        ("stopped", "stop"),
        ("nationalisation", "nationaliz"),
        ("losses", "loss"),
        ("crises", "cris"),
        ("élections", "électi"),
        ("war", "war"),
    ],
)
def test_forms_of_a_word_share_a_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_no_more_words_than_so_many_are_remembered() -> None:
    lengths = Remembered(len)
    assert [lengths[f"{number:06}"] for number in range(MOST_REMEMBERED + 1)] == [6] * (MOST_REMEMBERED + 1)
    assert len(lengths) == 1
