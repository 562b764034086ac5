"""Laws that hold for whatever text comes in: spans, order, repeatability, bounded time, no crash."""

import itertools
import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.figures import extract
from summarizer.figures.normalise import normalise
from summarizer.model import Figure, Sentence, SentenceKind

PIECES = (
    "5 1,234 .5 1/2 ½ two-thirds million thousand bn m k dozen dozens half a an one $ € US$ Rs % percent per cent"
    " points – - to and or from between more than at least about up down rose fell by of the in on since July 15"
    " 2024 2015-16 Q3 last year Monday yesterday said "
    "according “ ” ' \" ( ) , . ; : — He She Ada Obi ministry report"
    " men workers year-old years old aged 18-30 times fold km mph °C /h is was will likely seats votes won 2-1 312"
    " US Mr. No. No 7 \x00 \u202e 😀 ٣ ² 1\u202f000 x9 F-16 #4 24/7 12:30 a.m. 007 1.2.3 p st th BC Boeing 737 Max"
    " S&P 500 turning every couple"
)
STRETCHES = st.lists(st.sampled_from(PIECES.split(" ")), max_size=25).map(" ".join)
TEXTS = st.one_of(st.text(max_size=120), STRETCHES)
LANGUAGES = st.sampled_from(["en", "fr", "de", "es", "ru", "it", "zh", ""])
DAYS = st.one_of(st.none(), st.dates())
KINDS = st.sampled_from(list(SentenceKind))
READ_SECONDS = 20


def article(texts: list[str], kinds: list[SentenceKind]) -> tuple[str, list[Sentence]]:
    sentences, at = [], 0
    for text, kind in zip(texts, kinds, strict=False):
        sentences.append(Sentence(at, at + len(text), text, kind))
        at += len(text) + 1
    return " ".join(texts), sentences


@settings(max_examples=100)
@given(st.lists(TEXTS, max_size=4), st.lists(KINDS, min_size=4, max_size=4), DAYS, LANGUAGES)
def test_spans_and_speakers_stand_in_the_article(
    texts: list[str], kinds: list[SentenceKind], published: date | None, language: str
) -> None:
    whole, sentences = article(texts, kinds)
    found = extract(sentences, published, language)
    assert found == extract(sentences, published, language)
    for figure in found:
        _check(figure, whole, sentences)
    assert [f.sentence for f in found] == sorted(f.sentence for f in found)


def _check(figure: Figure, whole: str, sentences: list[Sentence]) -> None:
    sentence = sentences[figure.sentence]
    assert sentence.kind is SentenceKind.BODY
    assert sentence.start <= figure.span[0] < figure.span[1] <= sentence.end
    assert figure.counted in sentence.text
    assert figure.place in sentence.text
    assert figure.unit
    assert figure.unit == figure.unit.lower()
    if figure.source:
        assert whole[slice(*figure.source.span)] == figure.source.name
    if figure.as_of:
        assert figure.as_of.start


@settings(max_examples=50)
@given(TEXTS, TEXTS, LANGUAGES)
def test_a_sentence_is_read_alike_wherever_it_stands(text: str, before: str, language: str) -> None:
    alone = extract([Sentence(0, len(text), text)], None, language)
    caption = Sentence(0, len(before), before, SentenceKind.CAPTION)
    at = len(before) + 1
    behind = extract([caption, Sentence(at, at + len(text), text)], None, language)
    assert [(f.span[0] + at, f.value, f.unit, f.change) for f in alone] == [
        (f.span[0], f.value, f.unit, f.change) for f in behind
    ]


@given(st.text())
def test_normalising_moves_no_offset(text: str) -> None:
    assert len(normalise(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("7" * 1_000_000, id="a line of digits"),
        pytest.param("123 " * 250_000, id="groups of digits"),
        pytest.param("1," * 500_000, id="digits and commas"),
        pytest.param("1-" * 500_000, id="digits and hyphens"),
        pytest.param("5' " * 300_000, id="feet"),
        pytest.param("one-" * 250_000, id="hyphenated number words"),
        pytest.param("a man of " * 100_000 + "said 5", id="a chain of owners"),
        pytest.param("hundred thousand " * 60_000, id="scales"),
        pytest.param("he said 5 in 2019 " * 50_000, id="speakers and dates"),
        pytest.param("“5” (" * 200_000, id="quotes and brackets"),
        pytest.param("\x00😀\u202e" * 300_000, id="no words at all"),
    ],
)
def test_time_is_bounded(text: str) -> None:
    started = time.monotonic()
    extract([Sentence(0, len(text), text)], date(2025, 3, 31))
    assert time.monotonic() - started < READ_SECONDS


def test_two_thousand_sentences_take_seconds() -> None:
    text = "The toll rose to 31 in 2024, officials said."
    sentences = [Sentence(at * 50, at * 50 + len(text), text) for at in range(2_000)]
    started = time.monotonic()
    assert len(extract(sentences, date(2025, 3, 31))) == len(sentences)
    assert time.monotonic() - started < READ_SECONDS


def test_importing_is_light() -> None:
    code = "import sys, summarizer.figures; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"sumy", "numpy", "babel", "nltk", "bot"}.isdisjoint(loaded)


def test_words_without_end_are_read_as_those_before_them() -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    strange = ["".join(word) for word in itertools.product(letters, letters, letters, letters[:9])]
    words = ["three " + " ".join(strange[at : at + 1_000]) for at in range(0, 70_000, 1_000)]
    words += [" ".join(strange[at : at + 1_000]) for at in range(0, 70_000, 1_000)]
    text = "The toll rose to 31 in 2024, officials said."
    _, sentences = article([*words, text], [SentenceKind.BODY] * (len(words) + 1))
    assert extract(sentences)[-1].value == 31
