"""What a question means, and which of the stories found answers it best. Pure; linear in what is typed (S16)."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.model import Brief, Reason, Story

MOST_WORDS = 32
LONGEST = 200
"""A question to the bot itself, or about the news at large, is said in fewer characters."""
FRESH = timedelta(days=3)
"""After so long a story has lost two thirds of what freshness adds."""

OLD = 0.3
"""What is left of a score that no freshness adds to: an old story is found, behind the new ones."""

SHARE = 0.3
"""A word goes with a topic if so large a part of the articles that begin with it begin with the topic's, too."""

TOGETHER = 3
SURE = 10
TELLING = 6.0
"""Common words of the news (`spring`, `soldier`: 5) go with many topics; a related word is rarer."""

MOST_RELATED = 6
BORROWED = 0.5
"""A story that only a related word finds counts so much of the best one that the topic's own words find."""

SCATTERED = 0.5
"""A story that holds a question's words far apart, each for its own, counts so much."""

SAME_SENSE = 2.0
"""A story that holds the topic's words and related ones means what most do, and counts so much more."""

RELEVANT = 0.6
"""What scores less beside the best hit uses the word in another sense, more often than not."""

MOST_COMBINED = 6
"""So many sets of a question's words are looked for where no story holds them all and several tell alike."""

_PIECE = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SIGNS = re.compile(r"[\"#+]|(?<!\w)-")
_HOW_MANY = re.compile(r"\s*how\s+(?:many|much|big|large|high|long|old|far)\b", re.IGNORECASE)
_SMALL_WORDS = (
    "a about an and any anything are as at be been but by can could did do does for from give going had happen "
    "happened happening has have how i if in into is it its know latest many me much my new news of on or our "
    "please should show story summary tell than that the their them there these they this those to today up was "
    "we were what when where which who why will with would you your"
)
_NEWS_WORDS = "happen happened happening headlines latest new news stories summary today"
_VERB_WORDS = "are can could did do does had has have is should was were will would"
SMALL = frozenset(_SMALL_WORDS.split())
_NAMING = frozenset({"new", "news", "who", "will"})
"""Small words that begin names as well: New York, News Corp, Will Smith."""

_NEWS, _VERBS = frozenset(_NEWS_WORDS.split()), frozenset(_VERB_WORDS.split())
_AT_LARGE = SMALL | _NEWS | {"morning", "top", "world"}
_MOVE_WORDS = (
    "change changed cost costs decline declined drop dropped fall fallen fell gain gained go gone grew grow grown "
    "increase increased jump jumped lose lost rise risen rose rising worth"
)
_MOVES = frozenset(_MOVE_WORDS.split())
"""What a question for a figure asks of something; a text that answers it says so in a word of its own."""

_GREETING = frozenset({"bonjour", "ciao", "greetings", "hallo", "hello", "hey", "hi", "hola"})
_GREETED = frozenset({"all", "bot", "everybody", "everyone", "nutgraf", "there", "you"})
_GOOD_DAY = frozenset({"afternoon", "day", "evening", "good", "morning"})
_THANKS = frozenset({"thank", "thanks", "thx"})
_VERY_MUCH = frozenset({"a", "again", "lot", "many", "much", "so", "very", "you"})
_ASKING = frozenset({"how", "what", "which", "who", "you"})


@dataclass(frozen=True, slots=True)
class Query:
    """A topic as it was typed: words and phrases that must be there, others that must not.

    `asks_figure` is true for "how many …". `names` are small words with what follows, as `new york` is a name.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    asks_figure: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that the index found; `match` grows with how well its words fit and is above 0.

    `via` names the related words that it holds; `own` is false where they alone found it. `lacks` are the words of
    the question that it does not hold, where no story holds them all.
    """

    story_id: int
    match: float
    updated_at: datetime
    witnesses: int
    via: tuple[str, ...] = ()
    own: bool = True
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """A word in the company of a topic: in how many articles with it, in how many at all, and how rare it is."""

    word: str
    together: int
    articles: int
    rarity: float

    @property
    def is_close(self) -> bool:
        """Whether the two stand together far above chance."""
        return self.together >= max(TOGETHER, SHARE * self.articles) and self.rarity >= TELLING

    @property
    def is_sure(self) -> bool:
        """Whether it finds a story alone; a word that few articles tell of needs another beside it."""
        return self.together >= SURE


def parse_query(text: str) -> Query:
    """Return what is asked for (`climate "carbon tax" -football`); small words count where there are no others."""
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for minus_phrase, phrase, minus, piece in _PIECE.findall(text):
        found = _WORD.findall((phrase or piece).casefold())
        if minus_phrase or minus:
            excluded.append(" ".join(found))
        elif len(found) > 1 and phrase:
            phrases.append(" ".join(found))
        else:
            words += found
    asks_figure = bool(_HOW_MANY.match(text))
    names = (f"{one} {other}" for one, other in pairwise(words) if one in _NAMING and other not in SMALL)
    return Query(
        words=_telling(words, SMALL | _MOVES if asks_figure else SMALL, bool(phrases)),
        phrases=tuple(phrases[:MOST_WORDS]),
        excluded=tuple(word for word in excluded[:MOST_WORDS] if word),
        asks_figure=asks_figure,
        names=tuple(dict.fromkeys(names))[:MOST_WORDS],
    )


def _telling(words: Iterable[str], small: Set[str], others: bool) -> tuple[str, ...]:
    unique = tuple(dict.fromkeys(words))
    telling = tuple(word for word in unique if _whole(word) not in small)
    return (telling if telling or others else unique)[:MOST_WORDS]


def _whole(word: str) -> str:
    """Return what a word stands for that a small verb is drawn to: `what` for "what's"."""
    return word.replace("’", "'").removesuffix("'s").removesuffix("'re")


def most_telling(holding: Mapping[str, Iterable[int]], weights: Mapping[str, float]) -> Sequence[tuple[str, ...]]:
    """Return which of a question's words the stories hold together that hold what tells most.

    `holding` names the stories that hold each word, `weights` says how much each tells. Where several sets of
    words tell alike, they are all returned, those of most stories first.
    """
    held: dict[int, list[str]] = defaultdict(list)
    for word, stories in holding.items():
        for story in stories:
            held[story].append(word)
    together = Counter(map(tuple, held.values()))
    tells = {words: round(sum(weights[word] for word in words)) for words in together}
    best = max(tells.values(), default=0)
    return tuple(words for words, _ in together.most_common() if tells[words] == best)[:MOST_COMBINED]


def asks_for_news(text: str) -> bool:
    """Whether a question is about the news at large, with no topic ("what's new today?")."""
    words = _plain(text)
    return words <= _AT_LARGE and not words.isdisjoint(_NEWS)


def asks_about_bot(text: str) -> bool:
    """Whether a question names nothing and no topic, so that the bot itself is meant ("who are you?")."""
    words = _plain(text)
    return len(words) > 2 and words <= SMALL - _NEWS and not words.isdisjoint(_ASKING)


def greets(text: str) -> bool:
    """Whether a text only says hello; who asks about a company or song of that name says more."""
    words = _plain(text) - _GREETED
    return bool(words) and (words <= _GREETING or ("good" in words and len(words) == 2 and words <= _GOOD_DAY))


def thanks(text: str) -> bool:
    """Whether a text only says thank you."""
    words = _plain(text)
    return not words.isdisjoint(_THANKS) and words <= _THANKS | _VERY_MUCH | _GREETED


def has_words(text: str) -> bool:
    """Whether there is any word to look for, in any script."""
    return _WORD.search(text) is not None


def _plain(text: str) -> set[str]:
    """Return the words of a question; none of one with a phrase or a minus, which is meant word for word."""
    if len(text) > LONGEST or _SIGNS.search(text):
        return set()
    return {_whole(word) for word in _WORD.findall(text.casefold())}


def asks_why(text: str) -> bool:
    """Whether what stands behind `why` goes on as a question about the world ("why did prices rise?")."""
    first, *rest = text.casefold().split(maxsplit=1) or ("",)
    return first in _VERBS and bool(rest)


def related(company: Iterable[Company]) -> tuple[Company, ...]:
    """Return the words that the articles themselves connect with a topic, closest first.

    "Draft" and "conscript" stand together in many articles, and "conscript" seldom without "draft".
    """
    close = [one for one in company if one.is_close]
    close.sort(key=lambda one: (-one.together / one.articles * math.log2(1 + one.together), one.word))
    return tuple(close[:MOST_RELATED])


def meant(words: Iterable[Company], held: Collection[str]) -> tuple[str, ...]:
    """Return the related words that a story holds, if they say enough that it is about the topic."""
    found = [one for one in words if one.word in held]
    return tuple(one.word for one in found) if len(found) > 1 or any(one.is_sure for one in found) else ()


def weighed(hits: Sequence[Hit], akin: Mapping[int, tuple[str, ...]], others: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits, those that hold the related words of `akin` raised, then what these words found besides."""
    known = {hit.story_id for hit in hits}
    sensed = tuple(
        replace(hit, match=SAME_SENSE * hit.match, via=akin[hit.story_id]) if akin.get(hit.story_id) else hit
        for hit in hits
    )
    best, highest = max(hit.match for hit in sensed), max((hit.match for hit in others), default=1.0)
    return (
        *sensed,
        *(
            replace(hit, match=BORROWED * best * hit.match / highest, own=False)
            for hit in others
            if hit.story_id not in known
        ),
    )


def rank(hits: Iterable[Hit], now: datetime) -> tuple[Hit, ...]:
    """Return the hits, best first: by match, independent witnesses and freshness."""
    return tuple(
        sorted(hits, key=lambda hit: (hit.match * _told(hit) * _fresh(hit, now), hit.story_id), reverse=True)
    )


def relevant(hits: Iterable[Hit], now: datetime) -> tuple[Hit, ...]:
    """Return the hits nearly as good as the best: those that a topic means where its word has other senses."""
    ranked = rank(hits, now)
    return tuple(hit for hit in ranked if weigh(hit, now).total >= RELEVANT * weigh(ranked[0], now).total)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a hit's place is made of."""

    match: float
    witnesses: float
    freshness: float

    @property
    def total(self) -> float:
        """The three multiplied."""
        return self.match * self.witnesses * self.freshness


def weigh(hit: Hit, now: datetime) -> Weight:
    """Return what counts for a hit: how well words fit, how many tell it independently, how lately."""
    return Weight(hit.match, _told(hit), _fresh(hit, now))


def _told(hit: Hit) -> float:
    return math.log2(1 + hit.witnesses)


def _fresh(hit: Hit, now: datetime) -> float:
    return OLD + (1 - OLD) * math.exp(min(0.0, (hit.updated_at - now) / FRESH))


@dataclass(frozen=True, slots=True)
class Rated:
    """A story with what found it and what its place is made of; `best` is the weight of the first one.

    `outlets` tell it, each once, where somebody looked.
    """

    story: Story
    hit: Hit
    weight: Weight
    best: float
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Why a brief, as things stand now, tells these stories and not those; `reasons` go by story."""

    brief: Brief
    told: tuple[Rated, ...]
    left_out: tuple[Rated, ...]
    reasons: dict[int, tuple[Reason, ...]]
