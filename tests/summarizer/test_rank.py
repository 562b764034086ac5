"""Rankers: our tokenizer under sumy, numpy cores that equal sumy's own, relevance and choice."""

import subprocess
import sys
import time
from typing import Any

import numpy as np
import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from summarizer import rank
from summarizer.rank import classic, topic, words
from summarizer.rank.features import NAMES, features
from summarizer.rank.weights import WEIGHTS

TEXTS = (
    "The dam near Karsk broke on Sunday night and flooded four villages.",
    "At least 31 people died and 1,200 lost their homes in the villages.",
    "Rescuers used boats to reach families on rooftops near the dam.",
    "The governor said the dam had been inspected in March.",
    "Officials said 1,200 people from the four villages were in tents.",
    "A farmer said he had warned the governor about cracks in the dam.",
    "It rained.",
)


def passages(texts: tuple[str, ...] = TEXTS, language: str = "en") -> list[rank.Passage]:
    return [rank.passage(text, float("1,200" in text), language) for text in texts]


def sumy_ratings(summarizer: type, language: str = "en") -> list[float]:
    class Rated(summarizer):  # type: ignore[misc]  # either of sumy's own classes
        @staticmethod
        def _get_best_sentences(
            sentences: list[Sentence], _count: int, rating: Any, *known: object
        ) -> list[float]:
            rate = rating.__getitem__ if isinstance(rating, dict) else rating
            return [rate(sentence, *known) for sentence in sentences]

    rated = Rated(words.stemmer_of(language))
    rated.stop_words = words.stop_words_of(language)
    tokenizer = rank.NewsTokenizer(language)
    document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in TEXTS])])
    found: list[float] = rated(document, len(TEXTS))
    return found


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("lexrank", LexRankSummarizer),
        ("textrank", TextRankSummarizer),
        ("lsa", LsaSummarizer),
        ("luhn", LuhnSummarizer),
    ],
)
def test_the_numpy_core_gives_the_ratings_of_sumys_own(name: str, theirs: type) -> None:
    assert classic.rate(TEXTS, "en", name) == pytest.approx(sumy_ratings(theirs))


@pytest.mark.parametrize("name", rank.RANKERS)
def test_equal_sentences_are_rated_by_place_not_by_text(name: str) -> None:
    texts = (TEXTS[0], TEXTS[1], TEXTS[0])
    assert len(rank.rate(passages(texts), "en", name)) == 3


@pytest.mark.parametrize("name", rank.RANKERS)
@pytest.mark.parametrize("texts", [(), ("",), ("...", "!"), ("One.",), ("It was.", "It was.")])
def test_thin_texts_are_rated_too(name: str, texts: tuple[str, ...]) -> None:
    ratings = rank.rate(passages(texts), "en", name)
    assert len(ratings) == len(texts)
    assert np.isfinite(ratings).all()


@pytest.mark.parametrize("name", rank.RANKERS)
def test_three_hundred_sentences_take_seconds_at_most(name: str) -> None:
    texts = tuple(f"{TEXTS[at % 6]} Ward {at} counted {at * 7} votes for the plan{at % 11}." for at in range(300))
    read = passages(texts)
    rank.rate(read[:10], "en", name)
    started = time.process_time()
    rank.rate(read, "en", name)
    assert time.process_time() - started < 15


def test_every_process_rates_alike() -> None:
    program = (
        "from summarizer import rank\n"
        f"read = [rank.passage(text, 0.0, 'en') for text in {TEXTS!r}]\n"
        "print([[float(value) for value in rank.rate(read, 'en', name)] for name in rank.RANKERS])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_the_tokenizer_keeps_numbers_and_needs_no_nltk_data() -> None:
    tokenizer = rank.NewsTokenizer("en")
    assert tokenizer.language == "english"
    assert tokenizer.to_sentences("Mr. Lee paid $1,200.50 in May. He left.") == (
        "Mr. Lee paid $1,200.50 in May.",
        "He left.",
    )
    assert tokenizer.to_words("It paid 1,200.50 to O’Neill-Smith.") == (
        "It",
        "paid",
        "1,200.50",
        "to",
        "O’Neill-Smith",
    )


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("en", "Drafted conscripts’ drafts and the conscription in 2024", ("draft", "conscript") * 2 + ("2024",)),
        ("cs", "Vláda schválila 300 zákonů", ("vlád", "schválil", "300", "zákon")),
        ("el", "Οι πυρκαγιές", ("πυρκαγ",)),
        ("he", "הממשלה אישרה", ("הממשלה", "אישרה")),
        ("zh", "征兵令", ("征兵", "兵令")),
        ("xx", "Extraordinary 5", ("extrao", "5")),
    ],
)  # fmt: skip
def test_terms_are_stems_of_words_with_content(language: str, text: str, terms: tuple[str, ...]) -> None:
    assert rank.terms_of(rank.words_of(text, language), language) == terms


def test_words_are_remembered_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_MOST_WORDS", 0)
    assert rank.terms_of(["Unseenwords"], "en") == ("unseenword",)


def test_every_feature_has_a_weight() -> None:
    assert tuple(WEIGHTS) == NAMES
    assert features([]).shape == (0, len(NAMES))
    assert features(passages()).shape == (len(TEXTS), len(NAMES))


def test_the_summarizer_serves_sumys_own_interface() -> None:
    document = classic.document_of(TEXTS, "en")
    best = rank.NutgrafSummarizer("en")(document, 2)
    assert len(best) == 2
    assert all(sentence in document.sentences for sentence in best)


# ---------------------------------------------------------------- topics


def terms(*sentences: str) -> list[frozenset[str]]:
    return [frozenset(sentence.split()) for sentence in sentences]


def test_a_sentence_that_names_the_topic_is_about_it_and_a_far_one_is_not() -> None:
    (values,) = topic.relevance([terms("draft size", "spring", "steel duty", "steel price")], frozenset({"draft"}))
    assert values.tolist() == [1, 0, 0, 0]


def test_terms_that_stand_beside_the_topic_stand_for_it() -> None:
    held = terms(
        "draft army", "conscript ranks", "steel duty", "steel price", "conscript captive", "draft size", "steel"
    )
    (values,) = topic.relevance([held], frozenset({"draft"}))
    assert values[1] in (topic.KIN, topic.CLOSE_KIN)
    assert values[4] in (topic.KIN, topic.CLOSE_KIN)
    assert values[2] == values[3] == values[6] == 0


def test_what_is_said_of_any_number_makes_no_kin() -> None:
    held = terms(
        "strike drivers 6 per cent", "drivers lose 4 per cent", "rain", "wind", "bank rate 6 per cent", "ice"
    )
    (values,) = topic.relevance([held], frozenset({"strike"}))
    assert values[1] > 0
    assert values[4] == 0


def test_what_carries_on_from_the_topic_is_nearly_about_it() -> None:
    (values,) = topic.relevance([terms("draft army", "army cake", "army oil", "rain")], frozenset({"draft"}))
    assert values.tolist() == [1, topic.CARRIES_ON, 0, 0]


def test_half_of_a_topic_of_several_words_is_enough_by_weight() -> None:
    held = terms("russia draft", "russia oil", "russia gas", "russia ice", "draft")
    (values,) = topic.relevance([held], frozenset({"russia", "draft"}))
    assert values[0] == values[4] == 1
    assert values[2] == 0


def test_all_is_about_a_topic_that_nothing_names() -> None:
    values = topic.relevance([terms("a", "b"), []], frozenset({"draft"}))
    assert [held.tolist() for held in values] == [[1, 1], []]


# ---------------------------------------------------------------- choice


def line(text: str, rating: float, witness: int = 0, place: int = 0) -> rank.Line:
    return rank.Line(place, witness, rating, tuple(text.split()))


def test_the_best_line_comes_first_and_its_echo_is_left_out() -> None:
    lines = [line("dam broke sunday", 1), line("dam broke sunday night", 2), line("board rejects claims", 0)]
    assert list(rank.pick(lines)) == [1, 2]


def test_what_independent_witnesses_share_is_worth_more() -> None:
    lines = [
        line("minister resigned", 0, 0, 9),
        line("harbour festival opened", 0, 0, 9),
        line("minister resigned monday", 0, 1, 9),
    ]
    assert next(rank.pick(lines)) in (0, 2)


def test_what_was_told_is_worth_less_than_what_no_line_told_yet() -> None:
    lines = [
        line("flood drowned the old harbour town", 0.0, 0),
        line("flood drowned the harbour market hall", 0.0, 1),
        line("mayor resigned over broken dyke contract", -0.4, 0),
        line("contract for broken dyke cost mayor his office", -0.4, 1),
    ]
    first, second, *_ = rank.pick(lines)
    assert {first, second} & {0, 1}
    assert {first, second} & {2, 3}


def test_witnesses_that_share_nothing_are_rated_alone() -> None:
    assert list(rank.pick([line("flood drowned harbour", 0.0, 0), line("mayor resigned today", 1.0, 1)])) == [1, 0]


def test_nothing_is_picked_from_nothing() -> None:
    assert list(rank.pick([])) == []


def test_the_rankers_have_the_names_of_the_configuration() -> None:
    assert rank.RANKERS == ("nutgraf", "lexrank", "textrank", "lsa", "luhn")
