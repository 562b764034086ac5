"""Which language a text is in, by its own commonest words, and which of its words say nothing there."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from bot.dedupe.common import LEVELS
from bot.dedupe.silent import SILENT

ENGLISH = "en"
PLAINLY_ENGLISH = ("the", "and", "with", "that")
PLAIN_SHARE = 1 / 25
"""So many words of nearly all English reports are one of these four, and hardly any elsewhere."""

FEWEST_HITS = 3
NONE: frozenset[str] = frozenset()
ENGLISH_WORDS = frozenset(LEVELS[0.0].split())


@cache
def _spoken() -> dict[str, tuple[str, ...]]:
    """In which languages each word says nothing; worked out when the first text is not plainly English."""
    spoken: dict[str, list[str]] = defaultdict(list)
    for language, words in (*SILENT.items(), (ENGLISH, LEVELS[0.0])):
        for word in words.split():
            spoken[word].append(language)
    return {word: tuple(languages) for word, languages in spoken.items()}


@cache
def _silent_in(language: str) -> frozenset[str]:
    return frozenset(SILENT.get(language, "").split())


def silent_words(counts: Mapping[str, int], length: int) -> frozenset[str]:
    """Return the words that say nothing in the language of a text of so many words, by how often it has each stem.

    None for English, whose common words have levels of rarity, and where the language is not plain.
    """
    if sum([counts.get(word, 0) for word in PLAINLY_ENGLISH]) > length * PLAIN_SHARE:
        return NONE
    if 2 * sum([counts[word] for word in counts.keys() & ENGLISH_WORDS]) >= length:
        return NONE  # no language can have more than twice as many: they need not be counted
    return _silent_in(_language(counts))


def _language(counts: Mapping[str, int]) -> str:
    hits: Counter[str] = Counter()
    spoken = _spoken()
    for word in counts.keys() & spoken.keys():
        for language in spoken[word]:
            hits[language] += counts[word]
    english = hits.pop(ENGLISH, 0)
    best = max(sorted(hits), key=hits.__getitem__, default=ENGLISH)
    return best if hits[best] >= FEWEST_HITS and hits[best] > 2 * english else ENGLISH
