"""Of whom, where and in which sense a figure is told.

Two statements about different names measure different things: Smith's votes and Jones's, a city's dead and a
country's, growth on a year before and on a quarter before. A statement that names nobody may be about anybody.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.model import Observation
from summarizer.model import Figure, FigureKind

STEM = 5
"""So many letters tell that two names are one: `Russia` and `Russian`."""

SHORTEST = 3
BOTH_SIDES = 2
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Spring Summer Autumn Winter Christmas Easter"
_OPENERS = """
A About According Across After All Almost Already Although Among An And Another Around As At Back Because
Before Behind Between Both But By Despite During Each Early Earlier Elsewhere Even Every Exactly Few Fewer
First For Four From Five Further Half He Her Here His How However I If In Including Instead Into It Its Just
Last Late Later Least Less Many Meanwhile More Most Mr Mrs Ms Much Near Nearly Nine No Nobody None Nor Not Now
Of Off On One Only Or Other Our Out Over Overall Overnight Part Per President Prime Minister Second Seven She
Since Six So Some Still Such Ten That The Their Then There These They Third This Those Three Though Through
Thus To Today Together Tomorrow Tonight Two Under Until Up We What When Where While Who Why With Within
Without Yesterday Yet You
"""
NO_NAMES = frozenset(f"{_MONTHS} {_DAYS} {_OPENERS}".split())
_EVERYWHERE = re.compile(
    r"\b(?:nationwide|nationally|worldwide|globally"
    r"|(?:across|throughout|in) the (?:whole |entire )?(?:country|world|nation))\b",
    re.IGNORECASE,
)
EVERYWHERE = "everywhere"
CAPITAL = "<capital>"
"""Stands for "the capital of Westmark", which is not Westmark."""

_EURO_ZONE = re.compile(r"\beuro[ -]?(?:zone|area)\b", re.IGNORECASE)
_NAME = r"[A-Z][\w.-]*(?:\s+(?:of\s+)?[A-Z][\w.-]*){0,3}"
_HEAD = re.compile(
    rf"\W*(?:(?:[Tt]he|[Hh]er|[Hh]is|[Ii]ts|[Tt]heir)\s+(?:[a-z-]+\s+){{0,2}}?)?({_NAME})(['’]s?\b)?"
)
_ANY = re.compile(_NAME)
_VERB = re.compile(
    r"\s+(?:cut|will|would|has|had|is|was|won|lost|said|plans?|sold|raised|expects?|added|reported)\b"
)
_WINS = re.compile(r"\s+(?:won|wins|beat|beats|defeated)\b")
_PLACE = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Aa]cross|[Nn]ear|[Tt]hroughout|for|(?<!ahead )of)\s+(?:[a-z]+\s+){{0,4}}?({_NAME})"
)
_CLAUSES = re.compile(r"[.;:—–!?\n]|, (?=and|but|while|with|which|who)|\b(?:and|but|while|whereas)\b")
_BEHIND = re.compile(r"[^.;:—–!?\n\d]{0,80}")
_PRONOUN = re.compile(r"\b(?:it|its|they|their|we|our|he|his|she|her)\b")
_SPANS = {
    "year": re.compile(
        r"year[- ]on[- ]year|annual|yearly|(?:from|than) a year (?:ago|earlier|before)"
        r"|\b(?:in|over|within) (?:a|one) year"
    ),
    "half": re.compile(r"(?:first|second) half\b|half[- ]year|six months"),
    "quarter": re.compile(r"quarter[- ]on[- ]quarter|quarterly|in the (?:\w+ )?quarter|previous quarter"),
    "month": re.compile(
        r"month[- ]on[- ]month|monthly|previous month|a month earlier|\b(?:in|over|within) (?:a|one) month"
        r"|from (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    ),
}
_ACTS = {
    "ordered": re.compile(r"\border(?:ed|s)?\b"),
    "delivered": re.compile(r"\b(?:deliver(?:ed|s|ies)|hand(?:ed|s)? over|received|receives)\b"),
    "traded": re.compile(r"\b(?:sold|sells?|bought|buys?)\b"),
    "built": re.compile(r"\b(?:built|builds?|produce[ds]?|made|makes)\b"),
    "exported": re.compile(r"\bexport(?:ed|s)?\b"),
    "imported": re.compile(r"\bimport(?:ed|s)?\b"),
    "gone": re.compile(r"\b(?:(?:have|has|had) (?:left|fled)|fled|flee(?:ing)?|escaped)\b"),
    "there": re.compile(r"\b(?:trapped|remain(?:s|ed|ing)?|stranded|stuck|besieged)\b"),
    "destroyed": re.compile(r"\b(?:destroy(?:ed|s)?|razed|gutted)\b"),
    "damaged": re.compile(r"\bdamage[ds]?\b"),
    "flooded": re.compile(r"\b(?:flooded|inundated|submerged)\b"),
    "cut off": re.compile(
        r"\blost (?:power|electricity|water)|without (?:power|electricity|water)|knocked out power"
        r"|cut (?:off )?power\b"
    ),
    "restored": re.compile(r"\b(?:restor|reconnect)(?:ed|es|ing)\b"),
    "vaccinated": re.compile(r"\b(?:were|was|been|be|got) (?:\w+ )?vaccinated\b"),
    "infected": re.compile(r"\b(?:were|was|been|be|got) (?:\w+ )?infected\b"),
    "cancelled": re.compile(r"\bcancel(?:led|ed|s)?\b"),
    "delayed": re.compile(r"\bdelay(?:ed|s)?\b"),
    "opened": re.compile(r"\bopen(?:ed|s)?\b"),
    "closed": re.compile(r"\b(?:clos(?:ed|es?)|shut)\b"),
}
"""What was done with what is counted: an order is not yet an outcome, nor a damaged home a destroyed one."""

GROWING = frozenset({"destroyed", "damaged", "flooded"})
_CHAMBERS = {
    "upper": re.compile(r"\b(?:Senate|upper house|Lords|upper chamber)\b"),
    "lower": re.compile(r"\b(?:House of Representatives|lower house|Commons|lower chamber|the House)\b"),
    "committee": re.compile(r"\b(?:[Cc]ommittee|[Cc]ommission)\b"),
}
_FOR = re.compile(r"^ ?(?:in a |fee |deal |move |bid )*(?:for|on) ")
_ARTICLES = frozenset(("the", "a", "an", "its", "their", "his", "her", "this", "that", "new"))
_NO_THING_WORDS = """
in at from of to and or but who which after before as with by over under on for is was has had it them him all
each every year years quarter month months week weeks day days season time times period half first second sale
good about more
"""
_NO_THING = frozenset(_NO_THING_WORDS.split())
_CAPITAL = re.compile(rf"\bcapital(?: city)? (?:of|in) (?:the )?{_NAME}|\b{_NAME}['’]s (?:[a-z]+ )?capital\b")
_SIZES = re.compile(r"^\W*(long|wide|tall|high|deep|thick|broad|away)\b")
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """The names that a figure's clause is about, the places in it; what span, act or extent it measures.

    `place` is where alone the figure itself holds: the same company's sales in Germany are not those in China.
    `thing` is what a sum is paid for: the striker, not the keeper.
    """

    names: frozenset[str]
    places: frozenset[str]
    senses: tuple[frozenset[str], ...] = ()
    sides: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    thing: str = ""

    @property
    def grows(self) -> bool:
        """Whether what was done to what is counted goes on while it lasts: homes flooded."""
        return any(not GROWING.isdisjoint(sense) for sense in self.senses)

    @property
    def is_named(self) -> bool:
        """Whether the text says of whom or where."""
        return bool(self.names or self.places)

    def differs_in_sense(self, other: "Subject") -> bool:
        """Return whether the spans, acts or extents, or what is paid for, are surely two."""
        unnamed = not (self.places and other.places)
        if self.thing and other.thing and unnamed and self.thing != other.thing:
            return True
        return any(one and two and one.isdisjoint(two) for one, two in zip(self.senses, other.senses, strict=True))

    def is_apart(self, other: "Subject") -> bool:
        """Return whether two figures are surely not of the same."""
        if self.differs_in_sense(other) or _play_apart(self.sides, other.sides) or _apart(self.place, other.place):
            return True
        if (CAPITAL in self.places) != (CAPITAL in other.places) and self.is_named and other.is_named:
            return True
        if _share(self.names | self.places, other.names | other.places):
            return _apart(self.places, other.places) and not _share(self.names, other.names | other.places)
        return _apart(self.names, other.names) or _apart(self.places, other.places)


def subject(observation: Observation) -> Subject:
    """Return of whom and where a figure is told, in folded words; empty where its clause does not say."""
    figure, sentence = observation.figure, observation.sentence
    start, end = (at - observation.offset for at in figure.span)
    clause = _CAPITAL.sub(CAPITAL, _CLAUSES.split(sentence[:start])[-1])
    behind = _CAPITAL.sub(CAPITAL, _BEHIND.match(sentence, end)[0])  # type: ignore[index]  # it matches nothing too
    speaker = frozenset(_words(figure.source.name)) if figure.source else frozenset()
    spoken_of = speaker if _PRONOUN.search(clause) else frozenset()
    names = {*_heading(clause, opens=clause == sentence[:start])} - {*figure.counted.casefold().split()}
    names |= {*named(observation)}
    places = _places(figure, clause, behind)
    senses = (
        _found(_SPANS, f"{clause[:1].lower()}{clause[1:]} {behind}"),
        _found(_ACTS, f"{clause[-_NEAR:]} {behind[:_NEAR]}"),
        frozenset(_SIZES.findall(behind)),
        _found(_CHAMBERS, sentence) if figure.kind is FigureKind.VOTE else frozenset(),
    )
    sides = frozenset(_words(" ".join(_ANY.findall(sentence)))) if figure.kind is FigureKind.SCORE else frozenset()
    place = frozenset(_words(figure.place)) or places & {EVERYWHERE}
    return Subject(
        frozenset(names - places - speaker) | spoken_of,
        places - speaker,
        senses,
        sides,
        place,
        _thing(figure, behind),
    )


def _thing(figure: Figure, behind: str) -> str:
    """What a sum is paid for or spent on, where the words behind it say so."""
    paid = _FOR.match(behind) if figure.kind is FigureKind.MONEY else None
    words: list[str] = []
    for word in behind[paid.end() :].split() if paid else ():
        plain = word.strip(",'’”\"")
        if not plain.islower() or plain in _NO_THING:
            break
        words += [] if plain in _ARTICLES else [plain]
        if plain != word:
            break
    return words[-1].removesuffix("s") if words else ""


def _places(figure: Figure, clause: str, behind: str) -> frozenset[str]:
    """The places that a clause names before and behind a figure; everywhere, where it says so and names none."""
    named_here = {word for found in _PLACE.findall(f"{clause}, {behind}") for word in _words(found)}
    euro_zone = {"eurozone"} if _EURO_ZONE.search(f"{clause} {behind}") else set()
    capital = {CAPITAL} if CAPITAL in f"{clause} {behind}" else set()
    places = frozenset(named_here.union(_words(figure.place), euro_zone, capital))
    return places or frozenset({EVERYWHERE} if _EVERYWHERE.search(f"{clause} {behind}") else ())


def named(observation: Observation) -> tuple[str, ...]:
    """Return the names among the words for what is counted: `Westmark soldiers`, not `Exports` nor `GDP`."""
    counted = observation.figure.counted
    first = "" if observation.sentence.startswith(counted.partition(" ")[0]) else "A"
    words = counted.split() if first else counted.split()[1:]
    return _words(" ".join(word for word in words if word[:1].isupper() and not word.isupper()))


def _heading(clause: str, *, opens: bool) -> Iterable[str]:
    """The name that a clause begins with; a first word of a sentence is one where nothing else it could be."""
    match = _HEAD.match(clause)
    if match is None:
        return ()
    begins = opens and clause.lstrip("“\"' ").startswith(match[1])
    plain = begins and " " not in match[1] and not match[2] and not _does(match, clause)
    return () if plain and (match[1].endswith(("s", "ly", "ing")) or match[1].isupper()) else _words(match[1])


def _does(match: re.Match[str], clause: str) -> bool:
    """Whether a first word is one who acts: "Pemberly cut 800 jobs", not "Nearly 800 jobs" nor "Exports fell"."""
    acts = not match[1].endswith("s") and _VERB.match(clause, match.end()) is not None
    return acts or _WINS.match(clause, match.end()) is not None


def _words(name: str) -> tuple[str, ...]:
    words = (word.strip(".-") for word in name.replace("’", " ").replace("'", " ").split())
    return tuple(
        word.casefold()
        for word in words
        if (len(word) >= SHORTEST or (len(word) > 1 and word.isupper())) and word not in NO_NAMES
    )


def _found(patterns: Mapping[str, re.Pattern[str]], text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in patterns.items() if pattern.search(text))


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not _share(one, other)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    if any(_alike(first, second) for first in one for second in other):
        return True
    return _shortens(one, other) or _shortens(other, one)


def _shortens(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a name is made of the other's first letters: ECB, the European Central Bank."""
    initials = sorted(word[0] for word in other)
    return len(initials) > 1 and any(sorted(word) == initials for word in one)


def _play_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two scores are of two matches: each names a side of which the other does not know."""
    shared = {name for name in one if any(_alike(name, rival) for rival in other)}
    strange = {rival for rival in other if not any(_alike(name, rival) for name in one)}
    return len(shared) < BOTH_SIDES and bool(one - shared) and bool(strange)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one[:STEM] == other[:STEM] or (len(shorter) >= SHORTEST and longer.startswith(shorter))
