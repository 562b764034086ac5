"""A sentence to words and terms: sumy's tokenizer over our own sentences, with numbers, without nltk data."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from sumy.nlp.stemmers import Stemmer
from sumy.utils import get_stop_words

from summarizer import sentences

_WORD = re.compile(r"\d[\d.,]*\d|\w[\w’'-]*")
_RUN = re.compile(r"\w+")
_WITHOUT_SPACES = frozenset(("zh", "ja", "th"))
_PREFIX = 6
_MOST_WORDS = 1 << 17

NAMES = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "he": "hebrew",
    "hu": "hungarian",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sv": "swedish",
    "th": "thai",
    "uk": "ukrainian",
    "zh": "chinese",
}

_IDLE = {
    "en": "said says say told also would could may might mr mrs ms dr one two us monday tuesday wednesday"
    " thursday friday"
    " saturday sunday january february march april june july august september october november december"
    " year years day"
    " days week weeks month months today yesterday tomorrow according",
    "ru": "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне"
    " было вот от меня"
    " еще нет о из ему теперь когда даже ну ли если уже или ни быть был него до вас нибудь вам сказал они"
    " тут где есть"
    " для мы тебя их чем была чтоб без чего себя также это этого этот этом который которые после при",
    "hi": "के का की को में से है हैं और पर ने कि यह एक कर इस था थी थे हो लिए भी नहीं तो ही या वह जो कहा"
    " अपने गया किया रहा"
    " रहे रही द्वारा साथ तक बाद उन्होंने उनके इन ये कुछ होने करने जा दिया गए कई वे",
}


def words_of(text: str, language: str) -> list[str]:
    """Return the words and numbers of a text; overlapping pairs of characters where words are not spaced."""
    if language not in _WITHOUT_SPACES:
        return _WORD.findall(text)
    return [run[at : at + 2] for run in _RUN.findall(text) for at in range(max(len(run) - 1, 1))]


def split_of(text: str, language: str) -> list[str]:
    """Return the words of a text with the marks around them, at once; terms come from them all the same."""
    return words_of(text, language) if language in _WITHOUT_SPACES else text.split()


class NewsTokenizer:
    """What sumy asks of a tokenizer: a language's name, sentences and words."""

    def __init__(self, language: str) -> None:
        self.code = language
        self.language = NAMES.get(language, language)

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Return the sentences of the article itself."""
        return tuple(sentence.text for sentence in sentences.split(text, self.code))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Return words and numbers as they stand."""
        return tuple(words_of(sentence, self.code))


@lru_cache(maxsize=64)
def stop_words_of(language: str) -> frozenset[str]:
    """Return a language's words without content: sumy's, and those that news repeats without telling anything."""
    idle = frozenset(_IDLE.get(language, "").split()) | sentences.common_words(language)
    try:
        return idle | frozenset(get_stop_words(NAMES.get(language, language)))
    except LookupError:
        return idle


@lru_cache(maxsize=64)
def stemmer_of(language: str) -> Callable[[str], str]:
    """Return a function from a lower-case word to its stem; a prefix where sumy knows no stemmer."""
    try:
        stem = Stemmer(NAMES.get(language, language))
        stem("word")  # sumy's Greek stemmer finds out at its first word that it needs another library
    except (LookupError, ValueError):
        return _prefix
    return lru_cache(maxsize=_MOST_WORDS)(lambda word: stem(word) if word.isalpha() else word)


def _prefix(word: str) -> str:
    return word[:_PREFIX]


class _Terms(dict[str, str]):
    """Words to terms of one language: each word is folded and stemmed once; words without content give ""."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.stop_words = stop_words_of(language)
        self.stem = stemmer_of(language)

    def __missing__(self, word: str) -> str:
        bare = _WORD.search(word)
        folded = bare.group().lower().replace("’", "'").removesuffix("'s").rstrip("'-") if bare else ""
        term = "" if not folded or folded in self.stop_words else self.stem(folded)
        if len(self) < _MOST_WORDS:
            self[word] = term
        return term


_terms_by_word = lru_cache(maxsize=64)(_Terms)


def terms_of(words: Iterable[str], language: str) -> tuple[str, ...]:
    """Return the stems of the words with content, and the numbers, in order."""
    return tuple(filter(None, map(_terms_by_word(language).__getitem__, words)))
