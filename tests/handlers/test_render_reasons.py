"""Why, in the words that a reader sees."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import Brief, BriefStory, Drop, Reason, Story
from bot.search import Hit, Rated, Why, weigh
from handlers.render.reasons import article, drop, lines, place

NOON = datetime(2025, 4, 1, 12, tzinfo=UTC)
STORY = Story(7, 1, "Draft ordered", (1,), NOON, NOON)


def rated(match: float, best: float, *via: str, own: bool = True) -> Rated:
    hit = Hit(7, match, NOON, 3, via, own)
    return Rated(STORY, hit, weigh(hit, NOON), best)


def test_a_place_says_which_related_words_were_held() -> None:
    assert place(rated(2, 4, "conscripts", "decree"), "draft") == (
        "match with “draft” 2 × 3 independent witnesses (2) × freshness 1 = 4; the best. "
        "It also holds “conscripts”, “decree”, which other articles use together with “draft”."
    )


def test_a_place_says_what_found_a_story_without_the_topic_s_words() -> None:
    assert place(rated(1, 4, "conscripts", own=False), "draft") == (
        "match with “draft” 1 × 3 independent witnesses (2) × freshness 1 = 2; the best has 4. "
        "It does not hold “draft” itself; found by “conscripts”, which other articles use together with “draft”."
    )


def test_a_long_story_names_its_first_articles_and_what_became_of_it() -> None:
    articles = tuple(Reason("joined", NOON, number, f"Title {number}", "Kite") for number in range(1, 15))
    told = BriefStory(7, 1, "Draft ordered", 3, 3, NOON, (), ())
    brief = Brief("7Q2M", "draft", NOON, (told,))
    why = Why(brief, (), (), {7: (*articles, Reason("merged with story 9", NOON))})
    texts = [line.text for line in lines(why, NOON, "Europe/London")]
    assert texts[:4] == [
        "Why brief 7Q2M tells what it tells",
        "",
        "Draft ordered",
        "#1 Kite: Title 1 – joined",
    ]
    assert texts[-2:] == ["and 2 more", "merged with story 9 (13:00)"]


def test_what_an_editor_did_is_told_once_and_an_article_put_back_is_there_by_that() -> None:
    split, merged = "split: #2 taken out by telegram:1", "merged: put together by telegram:1"
    later = NOON + timedelta(minutes=5)
    events = (Reason(split, NOON), Reason(split, NOON), Reason(merged, later))
    articles = (Reason("joined", NOON, 1, "One", "Kite"), Reason(split, NOON, 2, "Two", "Kite"))
    told = BriefStory(7, 1, "Draft ordered", 1, 1, NOON, (), ())
    why = Why(Brief("7Q2M", "draft", NOON, (told,)), (), (), {7: (*articles, *events)})
    assert [line.text for line in lines(why, later, "UTC")][3:] == [
        "#1 Kite: One – joined",
        f"#2 Kite: Two – {merged}",
        f"{split} (12:00 UTC)",
        f"{merged} (12:05 UTC)",
    ]
    still = replace(why, reasons={7: (*articles, *events[:2])})
    assert f"#2 Kite: Two – {split}" in [line.text for line in lines(still, later, "UTC")]


def test_what_was_left_out_says_why_in_words() -> None:
    slow = Drop("https://kite.example/1", "Ferry delayed", "bot.digest.digest took too long and was stopped", NOON)
    assert drop(slow, "12:00 UTC").text == "Ferry delayed (12:00 UTC) – reading it took too long and was stopped"
    assert drop(Drop("https://kite.example/2", "", "it is empty", NOON), "12:00").text.startswith("https://kite")


def test_a_copy_names_the_article_that_why_can_be_asked_about() -> None:
    assert article(Reason("copy: same text as article 4", NOON, 9, "Ferry", "Kite")).text.endswith(
        "same text as #4"
    )
