"""What one article says of one measure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model import Observation
from bot.track.fate import FATES, NEUTRAL, WORD
from bot.track.interval import Interval, interval
from bot.track.measure import FUNCTION_WORDS, Measure, measure, singular
from bot.track.revision import corrects_itself, is_contested, revises, taken_back
from bot.track.subject import Subject, subject
from bot.track.voice import other_voice
from summarizer.model import Status

NEWS_DAYS = 2
DAY = len("2025-03-31")
SHORTEST_CONTEXT = 4
NEAR = 40
_FROM = re.compile(
    r"\b(?:from|against)(?: (?:about|around|some|nearly|almost|just))?(?: an?| the)?(?: \w+)? ?[$€£]?$"
)
_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|vs\.?|up from|down from)"
    r"(?: (?:about|around|some|nearly|almost|just))?(?: an?| the)? ?[$€£]?$"
)
_YEAR_BACK = re.compile(
    r"(?: (?!in\b|of\b)[a-z]+){0,2}? (?:a year (?:earlier|before|ago)|the (?:year before|previous year|prior year)"
    r"|(?:in|of) the (?:same \w+ (?:of|a) )?(?:the )?(?:previous year|year before|year earlier))\b"
)
_STEPPED = re.compile(r"\b(?:up|down|lowered|raised|cut) from(?: an?| the)? ?[$€£]?$")
_TO = re.compile(r"\b(?:to|at)(?: (?:about|around|some|nearly|almost|just|a))? ?[$€£]?$")
_CLAUSE = re.compile(r"[.;:,]|\b(?:and|but|while)\b")
YEAR = len("2025")
SHORTEST_LIST, LARGEST_GAP = 2, 3
ONE_SIZE = 2
"""Values of one yearly count are within this factor of each other; others count something else."""

POINTING = frozenset(("order", "goal", "plan", "tally", "decree", "one", "bill"))
"""What points at a number told before, beside the neutral words."""

EARLIER = "before"
"""When a value held that another one replaced, where nobody says since when: "cut to 3.75 percent from 4"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """An observation with what it measures, when that held, what it allows, and the words and names around it.

    `revises` is true where its sentence says that an earlier number is no longer the number, `contested` where it
    gives this number only as what others claim, `own` where an outlet corrects itself.
    """

    observation: Observation
    measure: Measure
    period: str
    allows: Interval
    subject: Subject
    context: frozenset[str]
    revises: bool = False
    contested: bool = False
    own: bool = False

    @property
    def order(self) -> tuple[datetime, int, int, int]:
        """Its place among all others, whatever order they came in."""
        seen = self.observation
        return (seen.published_at, seen.article_id, *seen.figure.span)

    @property
    def day(self) -> str:
        """The day for which it is given; empty where the text does not say."""
        period = self.observation.figure.as_of
        return period.start if period and period.start == period.end and len(period.start) == DAY else ""

    @property
    def counts_on(self) -> bool:
        """Whether it only grows: the killed, homes destroyed."""
        return self.measure.counts_on or self.subject.grows

    def rivals(self, other: "Statement") -> bool:
        """Return whether two named speakers stand behind two values, or a text sets one against others' claim."""
        if self.observation.article_id == other.observation.article_id and (self.contested or other.contested):
            return True
        first, second = self.observation.figure.source, other.observation.figure.source
        return first is not None and second is not None and other_voice(first.name, second.name)


def statements(seen: Iterable[Observation]) -> list[Statement]:
    """Return every figure with its measure, in the order in which they were published."""
    sentences: dict[tuple[datetime, int, int], list[Observation]] = defaultdict(list)
    for observation in set(seen):
        if observation.figure.status is not Status.DENIED:
            sentences[observation.published_at, observation.article_id, observation.offset].append(observation)
    made: list[Statement] = []
    before: list[Statement] = []
    for _, together in sorted(sentences.items()):
        told = _sentence(sorted(together, key=lambda one: one.figure.span))
        before = _going_on(told, before)
        made += before
    return sorted(made, key=lambda statement: statement.order)


def _going_on(told: list[Statement], before: Sequence[Statement]) -> list[Statement]:
    """A sentence's statements: years of what the sentence before is about, where it only lists them.

    "The army wants 160,000 conscripts. The figure was 150,000 in 2024, 147,000 in 2023 and 134,500 in 2022."
    """
    lead = next(
        (one for one in before if one.observation.figure.head and one.observation.figure.basis == "level"), None
    )
    if lead is None or not _follows(told[0].observation, lead.observation) or not _lists_years(told, lead):
        return told
    return [replace(one, measure=lead.measure, subject=lead.subject) for one in told]


def _follows(seen: Observation, before: Observation) -> bool:
    """Whether a sentence stands right behind another one of its article."""
    gap = seen.offset - before.offset - len(before.sentence)
    return seen.article_id == before.article_id and 0 <= gap <= LARGEST_GAP


def _lists_years(told: Sequence[Statement], lead: Statement) -> bool:
    """Whether figures of several years, of about the lead's size, name nothing but what points back at it."""
    years = {one.period[:YEAR] for one in told} - {"", lead.period[:YEAR]}
    size = lead.allows.middle
    return len(years) == len(told) >= SHORTEST_LIST and all(
        one.observation.figure.kind is lead.observation.figure.kind
        and one.observation.figure.basis == "level"
        and _points_back(one, lead)
        and size < ONE_SIZE * one.allows.middle < ONE_SIZE * ONE_SIZE * size
        for one in told
    )


def _points_back(statement: Statement, lead: Statement) -> bool:
    """Whether it counts nothing of its own: "the order was for 150,000", "it drafted 147,000"."""
    noun = singular(statement.observation.figure.counted.lower().rpartition(" ")[2])
    same = statement.measure.fate in ("", lead.measure.fate) or noun in POINTING
    return same and (noun in NEUTRAL or noun in POINTING or FATES.get(noun) == lead.measure.fate != "")


def _sentence(together: Sequence[Observation]) -> list[Statement]:
    """The statements of one sentence: a figure without a noun of its own takes that of the one before."""
    lead: Observation | None = None
    footing = ""
    made: list[Statement] = []
    gone = taken_back(together)
    corrects = bool(gone) or revises(together[0].sentence)
    own = together[0].corrects or (corrects and corrects_itself(together[0]))
    for observation in together:
        is_gone = observation in gone
        measured = _measure_of_gone(observation, lead) if lead and is_gone else measure(observation, lead)
        replaced = lead is not None and _is_replaced(observation, lead)
        if replaced or (lead and _is_comparator(observation, lead)):
            measured = replace(measured, footing=footing)
        before = _year_before(lead) if lead and _is_compared(observation, lead) else ""
        period = EARLIER if is_gone else _period(observation) or before or (EARLIER if replaced else "")
        made.append(
            Statement(
                observation,
                measured,
                period,
                interval(observation),
                subject(observation),
                _context(observation, measured),
                revises=corrects,
                contested=is_contested(observation),
                own=own,
            )
        )
        if observation.figure.head or lead is None:
            stays = lead and lead.figure.as_of is None and _counts_as(observation, measured, lead)
            lead, footing = (lead, footing) if stays else (observation, measured.footing)
    return made


def _measure_of_gone(observation: Observation, lead: Observation) -> Measure:
    """What a figure measures in whose place its sentence puts another: the same as that one."""
    one, other = observation.figure, lead.figure
    return measure(lead if one.kind is other.kind and one.head in ("", other.head) else observation)


def _counts_as(observation: Observation, measured: Measure, lead: Observation) -> bool:
    return measure(lead).head == measured.head and lead.figure.kind is observation.figure.kind


def _period(observation: Observation) -> str:
    """When a figure held; empty for the days of its publication, which is what a figure without a date means."""
    if observation.figure.as_of is None:
        return ""
    label = observation.figure.as_of.label
    published = observation.published_at.date()
    days = {(published + timedelta(days=offset)).isoformat() for offset in range(-NEWS_DAYS, NEWS_DAYS + 1)}
    return "" if label in days else label


def _is_comparator(observation: Observation, lead: Observation) -> bool:
    """Whether a figure is an earlier value of what its sentence is about: part of the series as told there."""
    if observation.figure.as_of is None or observation.figure.kind is not lead.figure.kind:
        return False
    now = lead.figure.as_of.end if lead.figure.as_of else lead.published_at.date().isoformat()
    return observation.figure.as_of.end[:4] < now[:4]


def _is_replaced(observation: Observation, lead: Observation) -> bool:
    """Whether a figure is the value from which its sentence's lead moved: "to 3.75 percent from 4 percent"."""
    figure, start = observation.figure, observation.figure.span[0] - observation.offset
    levels = figure.kind is lead.figure.kind and figure.unit in ("-", lead.figure.unit) and not figure.direction
    moved = lead.figure.direction != "" and lead.figure.basis != "delta"
    begun, ended = (at - lead.offset for at in lead.figure.span)
    between = observation.sentence[ended:start]
    reached = _TO.search(observation.sentence[:begun]) is not None and _CLAUSE.search(between) is None
    beside = between.strip() == "from" or _STEPPED.search(between) is not None
    return levels and (moved or reached or beside) and _FROM.search(observation.sentence[:start]) is not None


def _is_compared(observation: Observation, lead: Observation) -> bool:
    """Whether a lead is compared with a figure of the year before: "210,000, against 190,000 a year earlier"."""
    figure = observation.figure
    start, end = (at - observation.offset for at in figure.span)
    level = figure.basis != "delta" and figure.as_of is None and not figure.direction
    alike = figure.kind is lead.figure.kind and figure.unit in ("-", lead.figure.unit)
    told = _AGAINST.search(observation.sentence[:start]) and _YEAR_BACK.match(observation.sentence, end)
    return level and alike and told is not None


def _year_before(lead: Observation) -> str:
    """The year, or the part of a year, before that of the lead; before it, where that one has no date."""
    period = lead.figure.as_of
    if period is None:
        return EARLIER
    ends = dict.fromkeys(f"{int(day[:4]) - 1}{day[4:]}" for day in (period.start, period.end))
    return "/".join(ends)


def _context(observation: Observation, measured: Measure) -> frozenset[str]:
    """The telling words of a figure's sentence; where it counts anybody at all, only those next to it."""
    start, end = (at - observation.offset for at in observation.figure.span)
    near = measured.head == "people" and not measured.fate
    text = observation.sentence[max(0, start - NEAR) : end + NEAR] if near else observation.sentence
    words = (singular(word) for word in WORD.findall(text.lower()))
    return frozenset(word for word in words if len(word) >= SHORTEST_CONTEXT and word not in FUNCTION_WORDS)
