"""Text to sentences: where each begins and ends, what kind it is, and in which language. Standard library."""

from collections.abc import Iterator

from summarizer.model import Sentence
from summarizer.sentences.boundaries import sentence_spans
from summarizer.sentences.kinds import paragraph_kinds
from summarizer.sentences.language import common_words, detect_language
from summarizer.sentences.paragraphs import paragraph_spans

__all__ = ["common_words", "detect_language", "split"]


def split(text: str, language: str = "") -> tuple[Sentence, ...]:
    """Return the sentences of a text in order, with exact offsets and kinds.

    A paragraph's end always ends a sentence. Without a `language` (ISO 639-1) it is detected. Takes time linear
    in the length of the text, whatever the text is.
    """
    language = language or detect_language(text)
    paragraphs = tuple(spans for spans in _paragraphs_of_spans(text, language) if spans)
    kinds = paragraph_kinds(text, paragraphs)
    return tuple(
        Sentence(start, end, text[start:end], kind)
        for spans, sentence_kinds in zip(paragraphs, kinds, strict=True)
        for (start, end), kind in zip(spans, sentence_kinds, strict=True)
    )


def _paragraphs_of_spans(text: str, language: str) -> Iterator[tuple[tuple[int, int], ...]]:
    for start, end in paragraph_spans(text):
        yield tuple(sentence_spans(text, start, end, language))
