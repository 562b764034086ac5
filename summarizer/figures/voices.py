"""Who says the figures of an article, sentence by sentence, read only where a figure asks for it."""

from collections.abc import Sequence

from summarizer.figures.atoms import Line, read_line
from summarizer.figures.speakers import Said, find_opening, find_speakers, speaker_at
from summarizer.model import Sentence, SentenceKind, Speaker

_FURTHEST = 3
# What is longer is no sentence; its rest is not read, so that time stays bounded whatever is fed in.
LONGEST = 8_000


class Voices:
    """The speakers of an article's sentences. A value is worked out once and kept."""

    def __init__(self, sentences: Sequence[Sentence], language: str) -> None:
        self._sentences = sentences
        self._language = language
        self._lines: dict[int, Line] = {}
        self._said: dict[int, list[Said]] = {}

    def line(self, index: int) -> Line:
        """Return a sentence's atoms."""
        if index not in self._lines:
            self._lines[index] = read_line(self._sentences[index].text[:LONGEST], self._language)
        return self._lines[index]

    def find(self, index: int, first: int) -> Speaker | None:
        """Return who says the quantity at atom `first` of a sentence, or None where the text does not tell."""
        said = speaker_at(self._spoken(index), first)
        if said is not None:
            return self._resolve(index, said, _FURTHEST)
        return self._quoted(index, first)

    def _spoken(self, index: int) -> list[Said]:
        if index not in self._said:
            self._said[index] = find_speakers(self.line(index))
        return self._said[index]

    def _resolve(self, index: int, said: Said, depth: int) -> Speaker | None:
        """Return the speaker, or for a pronoun whoever spoke last in this sentence or the one before."""
        if not said.pronoun:
            return self._named(index, said)
        for earlier in reversed(self._spoken(index)):
            if earlier.end <= said.first and not earlier.pronoun:
                return self._named(index, earlier)
        opening = find_opening(self.line(index)) if said.first >= said.scope_end else None
        if opening is not None and opening[1] <= said.first:
            return self._named(index, said._replace(first=opening[0], end=opening[1]))
        person = self.line(index).lows[said.first] in ("he", "she")
        return self._last(index - 1, depth - 1) or self._subject(index - 1, person)

    def _last(self, index: int, depth: int) -> Speaker | None:
        """Return who spoke last in a sentence."""
        if not self._is_body(index) or depth <= 0 or not self._spoken(index):
            return None
        return self._resolve(index, self._spoken(index)[-1], depth)

    def _subject(self, index: int, person: bool) -> Speaker | None:
        """Return who or what opens a sentence in which nobody speaks: the next sentence's "she" or "it"."""
        if not self._is_body(index) or self._spoken(index):
            return None
        opening = find_opening(self.line(index), person)
        return self._named(index, Said(*opening, 0, 0, pronoun=False)) if opening else None

    def _is_body(self, index: int) -> bool:
        return index >= 0 and self._sentences[index].kind is SentenceKind.BODY

    def _named(self, index: int, said: Said) -> Speaker:
        line, sentence = self.line(index), self._sentences[index]
        start, end = line.starts[said.first], line.ends[said.end - 1]
        return Speaker(sentence.text[start:end], (sentence.start + start, sentence.start + end))

    def _quoted(self, index: int, first: int) -> Speaker | None:
        """Return the speaker of a quotation that runs on from the sentence before, or on to the one after."""
        line = self.line(index)
        opened = self._opened(index)
        inside = (line.words[:first].count('"') + opened) % 2
        if not inside:
            return None
        return self._behind(index) or self._ahead(index, line.words.count('"') + opened)

    def _behind(self, index: int) -> Speaker | None:
        """Return who spoke last before a quotation that runs on from sentence to sentence."""
        for at in range(index - 1, max(-1, index - 1 - _FURTHEST), -1):
            runs_on = self._opened(at + 1) or self.line(at + 1).words[0] == '"'
            if not runs_on or not ('"' in self.line(at).words or self._opened(at)):
                return None
            before = self._last(at, _FURTHEST)
            if before is not None:
                return before
        return None

    def _opened(self, index: int, depth: int = _FURTHEST) -> int:
        """Return 1 where the sentence begins inside a quotation."""
        if index == 0 or depth == 0 or self.line(index).words[0] == '"':
            return 0
        before = self.line(index - 1)
        marks = before.words.count('"')
        if marks == 0:
            return self._opened(index - 1, depth - 1)
        return marks % 2 if before.words[before.size - 1] != '"' else 0

    def _ahead(self, index: int, marks: int) -> Speaker | None:
        if marks % 2 == 0 or index + 1 >= len(self._sentences):
            return None
        line = self.line(index + 1)
        for said in self._spoken(index + 1):
            if said.scope_first == 0 and '"' in line.words and not said.pronoun:
                return self._named(index + 1, said)
        return None
