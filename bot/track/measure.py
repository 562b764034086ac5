"""What a figure measures: the part of its key in the ledger that words decide.

Outlets word one measure in many ways, and two measures in nearly the same words. A small lexicon of what happens
to people keeps the killed from the injured, and brings conscripts, men to be drafted and the draft size together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.model import Observation
from bot.track import subject
from summarizer.model import FigureKind, Status

KINDS_OF_FATE = {
    "killed": "killed dead died die dies death deaths toll fatality fatalities kill kills killing slain perished",
    "injured": "injured injuring injury injuries wounded wounding wounds hurt hospitalised hospitalized",
    "casualties": "casualty casualties losses",
    "missing": "missing unaccounted",
    "rescued": "rescued rescue pulled saved",
    "evacuated": "evacuated evacuees evacuee evacuate evacuation",
    "displaced": "displaced homeless displacement refugee refugees",
    "arrested": "arrested arrest arrests detained detainees detentions custody",
    "infected": "infected infection infections cases tested",
    "drafted": "draft drafted drafts drafting conscript conscripts conscripted conscription draftees recruit "
    "recruits recruited call-up call-ups called-up called call calls intake enlist enlisted mobilised mobilized",
    "dismissed": "layoffs layoff laid redundancies redundant fired sacked dismissed",
    "found dead": "body bodies",
    "hired": "hired hires hiring added",
    "deported": "deported deportations expelled",
    "without power": "outage outages blackout",
}
FATES = {word: fate for fate, words in KINDS_OF_FATE.items() for word in words.split()}
MOVES = frozenset({"hired", "dismissed"})
"""Fates that are a change themselves: "added 228,000 jobs" counts the jobs added."""

ANYBODY = frozenset(
    {"people", "person", "man", "men", "adult", "citizen", "resident", "individual", "human", "other"}
)
PEOPLE = ANYBODY | {"woman", "women", "child", "children", "civilian", "soldier", "troop", "worker", "student"}
NEUTRAL_WORDS = "size number total figure count toll amount sum quota level least percent percentage same"
NEUTRAL = frozenset(("", *NEUTRAL_WORDS.split()))
STATED = frozenset({Status.REPORTED, Status.ESTIMATE, Status.CLAIM})
LITTLE_WORDS = """
a an the of in for to and or this that its his her their our more year years last some about new s at by on
from were was are is be with have been than said into over they which who also after before when while will
would could not but has had him all out up one two
"""
FUNCTION_WORDS = frozenset(LITTLE_WORDS.split())
SUM = re.compile(r"([a-z]+),? (?:and|or) (?:were )?([a-z]+)\b")
"""Killed and injured people together are casualties, neither killed nor injured ones."""

AMONG = re.compile(
    r"\b(?:among (?:the )?((?:[a-z-]+ ){0,2}?(?:men|women|children|people|youth|[a-z-]{3,}s))"
    r"|(?:in|for) ((?:[a-z-]+ )?(?:men|women|children|people|adults|patients|those)(?: (?:over|under|aged))?))\b"
)
SIZE_OF = re.compile(
    r"\b(magnitude|[a-z]{4,}(?= of ))(?: of)?(?: (?:about|around|some|nearly|just|over))? [$€£]?$"
)
SIZED = re.compile(r"-(magnitude)\b")
INCLUDED = re.compile(r"\b(?:including|among (?:them|those|the dead)|of whom|of them)\b[^.;\d]*$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CLAUSE_END = re.compile(r"[.;:—–!?\n]|\d|, (?:and|but|while|with|after|who|which)\b|\b(?:and|but|while|from)\b")
READ_BEHIND = 70
READ_BEFORE = 24


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
    fate = _fate(named, words | {head}) or _fate_of_all(observation, lead) if counts else ""
    words |= _scope_words(observation)
    plain = head in ANYBODY or head in NEUTRAL or FATES.get(head) == fate
    bare = counts or head == "magnitude"
    return Measure(
        kind="count" if bare else figure.kind.value,
        unit="" if bare else figure.unit,
        basis="level" if fate in MOVES else figure.basis,
        direction=figure.direction if figure.basis == "delta" and fate not in MOVES else "",
        fate=fate,
        head="" if counts and plain and fate else "people" if counts and head in ANYBODY else head,
        words=tuple(sorted(word for word in words if not fate or FATES.get(word) != fate)),
        footing=_footing(named.figure.status),
    )


def _is_ellipsis(observation: Observation, lead: Observation) -> bool:
    one, other = observation.figure, lead.figure
    return not one.head and one.kind is other.kind and (one.unit in ("-", other.unit))


def _footing(status: Status) -> str:
    return "" if status in STATED else status.value


def _named(observation: Observation) -> tuple[str, set[str]]:
    """The counted noun and the words that narrow it down."""
    figure = observation.figure
    words = {singular(word) for word in WORD.findall(figure.counted.lower())}
    words -= {singular(word) for word in subject.named(observation)}
    sized = "magnitude" if figure.unit == "magnitude" else _noun_of_size(observation)
    if sized and (figure.kind is FigureKind.MEASURE or not figure.head):
        return sized, set()
    head = singular(figure.head.lower())
    return head, {word for word in words if word not in FUNCTION_WORDS} - {head} - NEUTRAL - ANYBODY


def _noun_of_size(observation: Observation) -> str:
    """What a figure that counts nothing is the measure of: "a depth of 12 kilometres", "a magnitude 6.4 quake"."""
    start, end = _place(observation)
    before, behind = SIZE_OF.search(observation.sentence[:start]), SIZED.match(observation.sentence[end:])
    return singular(before[1]) if before else singular(behind[1]) if behind else ""


def _fate(observation: Observation, named: set[str]) -> str:
    """What happened to those counted: by the noun itself, else by the verb of the clause."""
    for word in sorted(named):
        if word in FATES:
            return FATES[word]
    start, end = _place(observation)
    if _is_sum(observation.sentence[max(0, start - READ_BEFORE) : start].lower()) or _is_sum(
        observation.sentence[end : end + READ_BEHIND].lower()
    ):
        return "casualties"
    behind = WORD.findall(CLAUSE_END.split(observation.sentence[end : end + READ_BEHIND], maxsplit=1)[0].lower())
    left = CLAUSE_END.split(observation.sentence[max(0, start - READ_BEFORE) : start])[-1]
    before = WORD.findall(left.lower())[::-1]
    if named & PEOPLE or named <= NEUTRAL:
        return _first_fate(behind) or _first_fate(before[:3])
    return _first_fate(behind[:4]) or _first_fate(before[:1])


def _is_sum(text: str) -> bool:
    return any({FATES.get(one), FATES.get(other)} == {"killed", "injured"} for one, other in SUM.findall(text))


def _fate_of_all(observation: Observation, lead: Observation | None) -> str:
    """What happened to all of whom this figure counts some: "41 people were killed, among them 12 children"."""
    before = observation.sentence[: _place(observation)[0]].lower()
    return measure(lead).fate if lead and INCLUDED.search(before) else ""


def _scope_words(observation: Observation) -> set[str]:
    """Whom alone a figure holds for: "unemployment among young men"."""
    start, end = _place(observation)
    around = (
        CLAUSE_END.split(observation.sentence[:start].lower())[-1],
        CLAUSE_END.split(observation.sentence[end:].lower(), maxsplit=1)[0],
    )
    found = (word for text in around for pair in AMONG.findall(text) for named in pair for word in named.split())
    return {singular(word) for word in found}


def _place(observation: Observation) -> tuple[int, int]:
    """Where a figure stands in its sentence."""
    start, end = observation.figure.span
    return start - observation.offset, end - observation.offset


def _first_fate(words: Sequence[str]) -> str:
    return next((FATES[word] for word in words if word in FATES), "")


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """Return a noun's singular, crudely; figures bring theirs already."""
    if word in FATES or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
