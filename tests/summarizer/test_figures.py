"""Figures, table by table: each case's id is the sentence it proves."""

from datetime import date

from summarizer.figures import extract
from summarizer.model import Figure, Sentence, SentenceKind

PUBLISHED = date(2025, 3, 31)


def figures(*texts: str, published: date | None = PUBLISHED, language: str = "en") -> tuple[Figure, ...]:
    sentences, at = [], 0
    for text in texts:
        sentences.append(Sentence(at, at + len(text), text))
        at += len(text) + 1
    return extract(sentences, published, language)


def test_a_caption_holds_no_figures() -> None:
    text = "The minister greets 300 nurses – Jane Roe"
    assert extract([Sentence(0, len(text), text, SentenceKind.CAPTION)], PUBLISHED) == ()


def test_a_series_in_one_sentence_has_its_years() -> None:
    found = figures(
        "The minister demanded that the intake for this autumn’s call-up reach 160,000 by July 15, "
        "up from 150,000 in 2024, 147,000 in 2023 and 134,500 in 2022."
    )
    assert [(f.value, f.as_of.label if f.as_of else "", f.status.value) for f in found] == [
        (160000, "2025-07-15", "target"),
        (150000, "2024", "reported"),
        (147000, "2023", "reported"),
        (134500, "2022", "reported"),
    ]
