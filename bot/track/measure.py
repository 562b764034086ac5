"""What a figure measures: the part of its key in the ledger that words decide.

Outlets word one measure in many ways, and two measures in nearly the same words. A small lexicon of what happens
to people keeps the killed from the injured, and brings conscripts, men to be drafted and the draft size together.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.model import Observation
from bot.track import subject
from bot.track.fate import (
    ANYBODY,
    CLAUSE_END,
    CUMULATIVE,
    FATES,
    FIGHTERS,
    MOVES,
    NEUTRAL,
    PEOPLE,
    STAFF,
    WORD,
    fate_of,
    is_part,
    place,
)
from summarizer.model import Figure, FigureKind, Status

STATED = frozenset({Status.REPORTED, Status.ESTIMATE, Status.CLAIM})
LITTLE_WORDS = """
a an the of in for to and or this that its his her their our more year years last some about new s at by on
from were was are is be with have been than said into over they which who also after before when while will
would could not but has had him all out up one two
"""
FUNCTION_WORDS = frozenset(LITTLE_WORDS.split())
_UNSURE = "expected forecast projected predicted planned estimated reported revised targeted"
UNSURE_WORDS = frozenset(_UNSURE.split())
ONE_NOUN = {
    "stock": "share", "position": "job", "post": "job", "role": "job", "blaze": "fire", "wildfire": "fire",
    "bushfire": "fire", "quake": "earthquake", "tremor": "earthquake", "crowd": "people", "spectator": "people",
    "attendance": "people", "audience": "people", "protester": "people", "demonstrator": "people",
    "marcher": "people",
}  # fmt: skip
"""What outlets call by two names."""

OWNER = re.compile(r"\b(?!men|women|people|children)[^\W\d_]+['’]s (?=\w)")
AMONG = re.compile(
    r"\b(?:among (?:the )?((?:[a-z-]+ ){0,2}?(?:men|women|children|people|youth|[a-z-]{3,}s))"
    r"|(?:in|for) ((?:[a-z-]+ )?(?:men|women|children|people|adults|patients|those)(?: (?:over|under|aged))?))\b"
)
SECTOR = re.compile(
    r"\b(manufactur|construction|retail(?!er)|health ?care|hospitality|education|mining|leisure|transport"
    r"|factor(?:y|ies)|government|public sector|federal|finance|technology|farm)"
)
ALONE = re.compile(r"(?: in [A-Z][\w-]*)?(?:\W*$|[.,;:!?—)])")
OWN_VERB = re.compile(r" (?:others? |more )?(?:were|was|are|is|have|has|had|remain|went|fled|escaped|needed)\b")
"""What tells that a bare number has a fate of its own: "six died and 23 were taken to hospital"."""

OWN_WORD = re.compile(r" (?:aboard|on board|dead|killed|wounded|injured|hurt|missing|arrested|rescued|others?)\b")
"""What says of a bare number that it counts not just what the number before it counts."""

FURTHER = re.compile(r"^ (?:[a-z]+ )?(?:new|more(?! than)|further|additional|extra|fresh)\b")
ANOTHER = re.compile(r"\b(?:another|an additional|a further|an extra) $")
POLLED = re.compile(
    r"\b(exit poll|opinion poll|polls? (?:showed|shows|put|puts|gave|gives|found|suggested|by|of)|survey|polled)"
)
SIZE_OF = re.compile(
    r"\b(magnitude|[a-z]{4,}(?= of ))(?: of)?(?: (?:about|around|some|nearly|just|over))? [$€£]?$"
)
_MOVED = (
    "rose|risen|rises?|fell|fallen|falls?|climbed|jumped|dropped|grew|grown|grows?|shrank|widened|narrowed|swelled|slid"
    "|increased|decreased|slipped|amounts?|amounted|stood|stands|came|comes|equal|equivalent"
)
SPENT = re.compile(
    rf"\b(?!(?:{_MOVED})\b)([a-z]{{4,}}) (?:(?:has |had |will |would )?(?:{_MOVED}) )?"
    r"(?:of|to|at|was|is|reached|hit|totals?)(?: (?:about|around|some|nearly))? $",
    re.IGNORECASE,
)
SIZED = re.compile(r"-(magnitude)\b")
TOLD_BY = (
    (re.compile(r"acre|hectare|square .*"), re.compile(r"\b(?:burn|fire|blaze|scorch|charr)"), "fire"),
    (re.compile(r".* per hour|knot"), re.compile(r"\b(?:winds?|gust(?:s|ed|ing)?)\b"), "wind"),
    (re.compile(r"year|month|life"), re.compile(r"\b(?:prison|jail|sentence|behind bars)"), "sentence"),
    (re.compile(r"percentage"), re.compile(r"\bcontain(?:ed|ment)\b"), "containment"),
)
"""What a figure that names nothing measures, by its unit and the words of its sentence."""

AVERAGE = re.compile(r"\b(?:average[ds]?|mean|median)\b")
NEW_ONES = frozenset({"killed", "found dead", "infected", "rescued", "arrested"})
FRESH = "new"
"""What tells those of one day from all until then."""

KEY_RATE = frozenset({"key", "interest", "benchmark", "main", "policy", "base", "official", "leading"})
ECONOMY = frozenset({"gdp", "economy", "economic"})
GROWING = frozenset({"containment", "fire"})
RATES = frozenset({"inflation", "growth"})
USUAL_SPAN = frozenset({"annual", "yearly"})
"""Of inflation these say what it is anyway."""

_GROSS = frozenset({"gross", "domestic"})
_POLLABLE = (FigureKind.PERCENT, FigureKind.VOTE)
NEAR_FINE = 60
"""So many letters to each side, about half a sentence, tell that a sum is a fine."""

TURNOVER = frozenset({"revenue", "profit", "sale", "turnover", "income", "earning", "spending"})
FINED = re.compile(r"\bfin(?:ed|es|e)\b")
OWN_SUM = re.compile(
    r"\b(?!(?:fines?|penalty|penalties|total|sum|record)\b)[a-z]{3,} (?:of|worth) (?:[a-z]+ ){0,2}[$€£]?$"
)
"""A sum that is another thing's: "fined for taking bribes of €14 million"."""

BURNT = re.compile(r"\b(?:burned|burnt|scorched|charred|destroyed by fire)\b")
CAPABLE = re.compile(
    r"\b(?:capacity of|can (?:hold|carry|seat|produce|take|treat|house|make)|seats|licen[sc]ed (?:to carry|for)"
    r"|(?:built|designed|meant) for|room for|(holds|fac(?:es?|ing)))"
    r"(?: (?:about|around|some|up to|as many as|a maximum of))? $"
)
"""What may be, not what is; one "holds" people and "faces" years, but other things too."""

NEEDED = re.compile(
    r"\b(?:needs?|needed|requires?|required|short of|threshold of|quorum of)"
    r"(?: (?:at least|about|around|some|the|a|a minimum of|a majority of))? ?[$€£]?$"
)
AHEAD = re.compile(r"\b(?:will|would)\b")
FORESEEN = re.compile(
    r"\b(?:forecasts?|expect(?:s|ed)?|predict(?:s|ed)?|project(?:s|ed|ions?)?|outlook|anticipate[sd]?|foresee[sn]?|sees?"
    r"|(?:will|would|could|may|might) (?:rise|fall|reach|grow|average|total|come|shrink|hit|slow|climb|drop))\b"
)


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """The key of a series within one story; never the value.

    `fate` is what happened to those counted ("killed"), if known; `head` the counted noun, empty for people and
    neutral words such as "number"; `words` what narrows it down ("civilian", "core"); `footing` keeps orders and
    forecasts from outcomes; `scope` keeps two values apart that one article states side by side.
    """

    kind: str
    unit: str
    basis: str
    direction: str
    fate: str
    head: str
    words: tuple[str, ...]
    footing: str
    scope: str = ""

    @property
    def is_named(self) -> bool:
        """Whether the text says what is counted; without that no two figures are known to measure the same."""
        return bool(self.fate or self.words or self.head not in NEUTRAL)

    def moves_as(self, other: "Measure") -> bool:
        """Return whether both are levels, or changes of one direction."""
        return (self.basis, self.direction) == (other.basis, other.direction)

    @property
    def counts_on(self) -> bool:
        """Whether it only grows: all who were killed until then, not the new cases of a day."""
        return (self.fate in CUMULATIVE or self.head in GROWING) and FRESH not in self.words

    @property
    def key(self) -> str:
        """Its name among the series of a story."""
        parts = (self.kind, self.unit, self.basis, self.direction, self.fate, self.head, " ".join(self.words))
        return "|".join((*parts, self.footing, self.scope))


def measure(observation: Observation, lead: Observation | None = None) -> Measure:
    """Return what an observation measures; `lead` is the figure before it in its sentence, for an ellipsis.

    "160,000 conscripts, up from 150,000 in 2024" counts conscripts twice.
    """
    figure = observation.figure
    named = lead if lead and _is_ellipsis(observation, lead) else observation
    head, words = _named(named)
    counts = figure.kind is FigureKind.COUNT
    _, end = place(observation)
    telling = observation if OWN_VERB.match(observation.sentence, end) else named
    fate = fate_of(telling, words | {head}) or _fate_of_all(observation, lead) if counts else ""
    words |= _scope_words(observation, fate)
    bare = counts or head == "magnitude"
    moves = fate in MOVES or head in RATES
    return Measure(
        kind="count" if bare else figure.kind.value,
        unit="" if bare else figure.unit,
        basis="level" if moves else figure.basis,
        direction=figure.direction if figure.basis == "delta" and not _grows(figure, head, fate) else "",
        fate=fate,
        head=_plain(head, fate) if counts else head,
        words=tuple(sorted(word for word in words if not fate or FATES.get(word) != fate)),
        footing=_footing(named),
    )


def _grows(figure: Figure, head: str, fate: str) -> bool:
    """Whether a rise is the measure itself: inflation of 2 percent, 228,000 jobs added."""
    return fate in MOVES or (head in RATES and figure.direction == "up")


def _plain(head: str, fate: str) -> str:
    """The noun of a count; none where it only says that people or figures are meant."""
    plain = (
        (fate == "casualties" and head in FIGHTERS)
        or head in ANYBODY
        or head in NEUTRAL
        or head in FATES
        or (fate in MOVES and head in STAFF)
    )
    return "" if plain and fate else "people" if head in ANYBODY else head


def _is_ellipsis(observation: Observation, lead: Observation) -> bool:
    one, other = observation.figure, lead.figure
    _, end = place(observation)
    bare = not one.head and OWN_WORD.match(observation.sentence, end) is None
    return bare and one.kind is other.kind and (one.unit in ("-", other.unit))


def _footing(observation: Observation) -> str:
    """On what ground a figure stands: empty for what is, else what is planned, foretold or asked in a poll."""
    figure, sentence = observation.figure, observation.sentence
    able = CAPABLE.search(sentence[: place(observation)[0]].lower())
    if able and (able[1] is None or figure.kind is FigureKind.DURATION or figure.head in PEOPLE):
        return "capacity"
    if figure.kind in _POLLABLE and NEEDED.search(sentence[: place(observation)[0]].lower()):
        return "needed"
    if figure.kind in _POLLABLE and POLLED.search(sentence):
        return "poll"
    if figure.status is not Status.FORECAST:
        return "" if figure.status in STATED else figure.status.value
    if FORESEEN.search(sentence):
        return Status.FORECAST.value
    return Status.TARGET.value if AHEAD.search(sentence) else ""


def _named(observation: Observation) -> tuple[str, set[str]]:
    """The counted noun and the words that narrow it down."""
    figure = observation.figure
    words = {singular(word) for word in WORD.findall(OWNER.sub("", figure.counted.lower()))}
    words -= {singular(word) for word in (*subject.named(observation), *figure.counted.lower().split()[-1:])}
    sized = "magnitude" if figure.unit == "magnitude" else _noun_of_size(observation)
    if sized and (figure.kind is FigureKind.MEASURE or figure.head in ("", "gdp")):
        return sized, set()
    head = singular(figure.head.lower())
    if told := _told_by_unit(observation, head):
        return told, set()
    head = head if head == "stock" and len(words) > 1 else ONE_NOUN.get(head, head)
    if figure.kind is FigureKind.VOTE:
        return head or figure.unit, set()
    words = {word for word in words if word not in FUNCTION_WORDS} - {head, singular(figure.head.lower())}
    return _rate(figure, head, words - NEUTRAL - ANYBODY - UNSURE_WORDS)


def _rate(figure: Figure, head: str, words: set[str]) -> tuple[str, set[str]]:
    """Growth and inflation by one name: "GDP grew 2 percent", "consumer prices rose 2 percent"."""
    if figure.kind is not FigureKind.PERCENT or figure.basis == "level":
        return head, words
    if head == "rate" and not words.isdisjoint(KEY_RATE):
        return head, words - KEY_RATE or {"key"}
    if head == "rate" and (noun := singular(figure.counted.lower().split()[-2:][0])) != "rate":
        return noun, words - {noun}
    if head == "price" and "consumer" in words:
        return "inflation", words - {"consumer"}
    if (
        (head in ECONOMY and figure.basis == "delta")
        or (head == "product" and words >= _GROSS)
        or (head == "growth" and words & ECONOMY)
    ):
        return "growth", words - _GROSS - ECONOMY
    return head, words - USUAL_SPAN if head == "inflation" else words


def _told_by_unit(observation: Observation, head: str) -> str:
    """What a figure without a noun measures by its unit and sentence: years of prison, acres burnt."""
    figure, sentence = observation.figure, observation.sentence.lower()
    start, end = place(observation)
    near = sentence[max(0, start - NEAR_FINE) : end + NEAR_FINE]
    apart = OWN_SUM.search(sentence[:start])
    if figure.kind is FigureKind.MONEY and head not in TURNOVER and FINED.search(near) and not apart:
        return "fine"
    if head and not BURNT.search(sentence):
        return ""
    found = (name for units, cue, name in TOLD_BY if units.fullmatch(figure.unit) and cue.search(sentence))
    return next((name for name in found if not head or name == "fire"), "")


def _noun_of_size(observation: Observation) -> str:
    """What a figure that counts nothing is the measure of: "a depth of 12 kilometres", "a magnitude 6.4 quake"."""
    start, end = place(observation)
    size = SPENT if observation.figure.head == "gdp" else SIZE_OF
    before, behind = size.search(observation.sentence[:start]), SIZED.match(observation.sentence[end:])
    return singular(before[1].lower()) if before else singular(behind[1]) if behind else ""


def _fate_of_all(observation: Observation, lead: Observation | None) -> str:
    """What happened to all of whom this figure counts some: "41 people were killed, among them 12 children".

    So it is where another number stands alone for the same: "900 people were killed, the rebels say 300."
    """
    return measure(lead).fate if lead and (is_part(observation) or _stands_alone(observation, lead)) else ""


def _stands_alone(observation: Observation, lead: Observation) -> bool:
    """Whether a figure counts what the one before it counts, with no word of its own behind it."""
    _, end = place(observation)
    shared = observation.figure.head == lead.figure.head != ""
    return shared and ALONE.match(observation.sentence, end) is not None


def _scope_words(observation: Observation, fate: str) -> set[str]:
    """Whom alone a figure holds for: "unemployment among young men", "factories cut 54,000 jobs", "new cases"."""
    start, end = place(observation)
    before, behind = observation.sentence[:start].lower(), observation.sentence[end:].lower()
    left, right = CLAUSE_END.split(before)[-1], CLAUSE_END.split(behind, maxsplit=1)[0]
    words = {
        word for text in (left, right) for pair in AMONG.findall(text) for one in pair for word in one.split()
    }
    if fate in MOVES and (sector := SECTOR.search(left)):
        words.add(sector[1])
    if fate in NEW_ONES and (FURTHER.search(behind) or ANOTHER.search(before)):
        words.add(FRESH)
    if AVERAGE.search(left):
        words.add("average")
    return {singular(word) for word in words}


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """Return a noun's singular, crudely; figures bring theirs already."""
    if word in FATES or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
