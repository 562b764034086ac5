"""Stories in other languages than English."""

import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from bot import dedupe
from bot.dedupe.languages import silent_words
from bot.dedupe.stream import Grouped
from bot.dedupe.terms import STEMS, WEIGHTS, stem, words_of

ROOT = Path(__file__).resolve().parents[2]
EVENTS: dict[str, dict[str, list[list[str]]]] = json.loads(
    (ROOT / "tests" / "data" / "stories_in_languages.json").read_text("utf-8")
)
"""Language -> event -> two accounts of it in different words, each a title and a text."""


def rows(language: str) -> Iterator[dict[str, object]]:
    """Two accounts of each event, and a reprint of the first one, one after the other."""
    for event, ((title, text), other) in EVENTS[language].items():
        for name, head, body in (
            ("first", title, text),
            ("second", *other),
            ("reprint", f"{title} | NNA", f"{text} (NNA)"),
        ):
            yield {"id": f"{event}/{name}", "title": head, "text": body, "ts": "2026-03-10T08:00:00Z"}


def grouped(language: str) -> dict[str, Grouped]:
    return {row["id"]: row for row in dedupe.group(rows(language))}


@pytest.mark.parametrize("language", EVENTS)
def test_accounts_of_one_event_are_one_story_and_other_events_stay_apart(language: str) -> None:
    stories = {name: row["story"] for name, row in grouped(language).items()}
    told = [{stories[name] for name in names} for _, names in groupby(stories, lambda name: name.split("/")[0])]
    assert [len(one) for one in told] == [1, 1, 1]
    assert len(set.union(*told)) == 3


@pytest.mark.parametrize("language", EVENTS)
def test_a_reprint_is_a_copy_and_an_account_in_other_words_is_none(language: str) -> None:
    found = grouped(language)
    groups = {name: row["copy_group"] for name, row in found.items()}
    for event in EVENTS[language]:
        assert groups[f"{event}/first"] == groups[f"{event}/reprint"] != groups[f"{event}/second"]


def silent(text: str) -> frozenset[str]:
    words = words_of(text)
    return silent_words(Counter(map(STEMS.__getitem__, words)), len(words))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param(
            "Le président a dit que son pays n'était pas pour une guerre.",
            "son",
            id="a word that tells in English",
        ),
        pytest.param("Der Krieg ist aus, sagte die Ministerin. Das war gestern.", "war", id="another one"),
        pytest.param("Президент сказал, что он не поедет в Самару.", "сказал", id="who says it"),
        pytest.param("记者表示，目前没有发生问题。", "记者", id="a pair of characters"),
    ],
)
def test_words_that_say_nothing_in_a_text_s_language_are_left_out(text: str, word: str) -> None:
    assert stem(word) in silent(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The president of the country said to reporters that he and the minister would go.", id="plain"
        ),
        pytest.param("Fire in Los Angeles: what we know so far", id="a headline with a foreign name"),
        pytest.param(
            "“Je ne regrette rien”, the singer told the crowd of thousands at the end of the show.", id="a quote"
        ),
        pytest.param("Les Misérables", id="too short to tell"),
        pytest.param("", id="nothing"),
    ],
)
def test_english_and_what_is_too_short_to_tell_keeps_all_its_words(text: str) -> None:
    assert silent(text) == frozenset()


def test_a_word_that_says_nothing_stands_neither_in_the_terms_nor_in_the_title() -> None:
    title, text = EVENTS["fr"]["banque"][0]
    fp = dedupe.fingerprint("", title, text, dedupe.moment(None))
    assert {stem("mercredi"), stem("sa"), stem("une"), stem("à")}.isdisjoint({*fp.terms, *fp.title_terms})
    assert stem("norlande") in fp.terms
    assert stem("relève") in fp.title_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("президента", "президентом", id="declined in Russian"),
        pytest.param("الحكومة", "حكومة", id="with the Arabic article"),
        pytest.param("وبالحكومة", "بالحكومة", id="with an Arabic conjunction"),
        pytest.param("הממשלה", "ממשלה", id="with the Hebrew article"),
        pytest.param("대통령이", "대통령은", id="with Korean particles"),
        pytest.param("सरकारों", "सरकारी", id="inflected in Hindi"),
        pytest.param("président", "présidente", id="a woman in French"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_vowel_sign_is_part_of_its_word() -> None:
    assert words_of("में पुल गिरा।") == ["में", "पुल", "गिरा"]


def test_japanese_endings_weigh_nothing() -> None:
    assert not any(WEIGHTS[pair] for pair in words_of("している"))
    assert WEIGHTS["台風"]


def test_the_tables_are_what_their_script_writes() -> None:
    script = ROOT / "benchmarks" / "train_languages.py"
    spec = importlib.util.spec_from_file_location("train_languages", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, text in module.tables().items():
        assert text == (ROOT / module.FOLDER / f"{name}.py").read_text("utf-8")
