"""What a reader calls a measure, and whether it is worth a row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.model import Observation, Point, Series
from bot.track.fate import FATES, JOBS, PEOPLE, WORD, fate_of
from bot.track.measure import Measure, singular
from bot.track.name import name_of
from bot.track.statement import Statement
from bot.track.voice import other_voice
from summarizer.model import FigureKind, Status

_PARTIES = """
union unions organiser organisers organizer organizers protesters campaigners activists employers management army
military forces troops staff rebels militants guerrillas opposition party coalition prosecutors lawyers
lobby company maker operator
"""
PARTIES = frozenset(_PARTIES.split())
"""Who speaks of his own cause: where two such differ, each makes a claim."""

ARMED = frozenset(
    {"army", "military", "force", "forces", "troops", "navy", "defence", "defense", "staff", "militia"}
)
"""Who fights: of a war each side tells what serves it."""

STEM_LENGTH = 6
"""So many letters of a word are asked for: `casualties` is answered by a `casualty` figure."""

_OF_COUNTRY = re.compile(r"[A-Z]\w+['’]s\b|\w+(?:[ei]an|ican|ish|ese|nch|tch|aqi|eli|stani|kish)s?\b")
"""A first word that keeps its capital anywhere: `French exports`, `Oshana's population`."""

CALLED = {
    "fine": "fine",
    "sentence": "prison sentence",
    "wind": "wind speed",
    "containment": "containment",
    "fire": "area burnt",
}
"""Measures that texts tell by a verb: "fined the bank 28 million"."""

FOOTINGS = {"forecast": ", forecast", "poll": ", in a poll", "capacity": ", capacity", "needed": ", needed"}
"""How a label tells what is not counted but foretold, asked in a poll, possible or needed."""

FEW = 9
"""So many at most are a few: "nine lawmakers" are told in passing."""

MINOR = frozenset({FigureKind.DURATION, FigureKind.AGE})


def label(statements: Sequence[Statement]) -> str:
    """Return what most witnesses call the measure; of equals, what was said first."""
    heard: dict[str, set[int]] = defaultdict(set)
    for statement in statements:
        heard[_counted(statement.observation)].add(statement.observation.copy_group)
    heard.pop("", None)
    measured = statements[0].measure
    if measured.kind == FigureKind.AGE.value:
        ages = [name.rpartition(" ")[2] for name in heard if singular(name.rpartition(" ")[2].lower()) in PEOPLE]
        return f"age of {ages[0]}" if ages else "age"
    if measured.kind != FigureKind.COUNT.value and measured.head in CALLED:
        return CALLED[measured.head]
    if measured.head == "magnitude":
        return measured.head
    if not heard:
        refused = singular(statements[0].observation.figure.head)
        return measured.fate or (measured.head if measured.head != refused else "") or measured.kind
    return _worded(max(heard, key=lambda one: len(heard[one])), measured) + FOOTINGS.get(measured.footing, "")


def _worded(name: str, measured: Measure) -> str:
    """What is counted, with what happened to it: `people killed`, `rise in prices`; a measure by its own noun."""
    if measured.kind == FigureKind.DURATION.value and not name.startswith("length"):
        return f"length of {name}"
    if measured.kind == FigureKind.MEASURE.value and measured.head not in map(singular, name.lower().split()):
        return measured.head or name
    if measured.basis == "delta" and measured.direction and measured.kind != FigureKind.PERCENTAGE_POINT.value:
        return f"{'rise' if measured.direction == 'up' else 'fall'} in {name}"
    return name if not measured.fate or _tells_fate(name) else f"{name} {_as_participle(measured.fate, name)}"


def asked_for(ledger: Iterable[Series], words: Sequence[str]) -> Series | None:
    """Return the series that names most of what a question does ("how many people died"), None if none does.

    Of equals, it is the one that most witnesses tell: a place's toll stands beside the whole one's in many texts.
    What happened to those counted says more than who they are; where nobody tells of the dead alone, the dead and
    injured together come nearest. "How old" asks for an age.
    """
    fates = {FATES[singular(word)] for word in words if singular(word) in FATES}
    fates = {"age"} if "old" in words else fates
    named = [(_named(series, fates, words), _heard(series), series) for series in ledger]
    score, _, best = max(named, key=lambda one: one[:2], default=(0, 0, None))
    return best if score else None


def _heard(series: Series) -> int:
    """By how many independent witnesses a series is told."""
    return len({seen.copy_group for point in series.points for seen in point.observations})


def _named(series: Series, fates: set[str], words: Iterable[str]) -> int:
    """How much of a question a series names."""
    label = [singular(word) for word in WORD.findall(series.label.lower())]
    known = {FATES.get(word, word) for word in label}
    stems = {word[:STEM_LENGTH] for word in label}
    nearest = "casualties" in known and not fates.isdisjoint({"killed", "injured"})
    fitting = 3 * (not known.isdisjoint(fates)) + 2 * nearest
    return fitting + sum(singular(word)[:STEM_LENGTH] in stems for word in words)


def _counted(observation: Observation) -> str:
    """What is counted in the words of the text; a first word's capital is the sentence's, not its own."""
    counted = name_of(observation)
    opens = observation.sentence.startswith(counted) and counted[1:2].islower() and not _OF_COUNTRY.match(counted)
    return counted[:1].lower() + counted[1:] if opens else counted


def _tells_fate(name: str) -> bool:
    return any(singular(word) in FATES for word in WORD.findall(name.lower()))


def _as_participle(fate: str, name: str) -> str:
    """What happened, as one says it of those: people are dismissed, jobs are cut."""
    if not JOBS.isdisjoint(map(singular, name.lower().split())):
        return {"dismissed": "cut", "hired": "added"}.get(fate, fate)
    return "killed or injured" if fate == "casualties" else fate


def is_in_passing(points: Sequence[Point], called: str) -> bool:
    """Return whether a row says little: one text's one figure that names nothing, or only how long or how old.

    So does a few, counted in words, whoever tells it.
    """
    first = points[0].observations[0]
    if len(points) > 1 or points[0].witnesses > 1:
        return all(map(_is_small_talk, (seen for point in points for seen in point.observations)))
    in_words = not any(letter.isdecimal() for letter in first.quoted)
    told_in_words = in_words and not fate_of(first, set(first.figure.counted.lower().split()))
    named = name_of(first) or called in CALLED.values()
    return not named or first.figure.kind in MINOR or told_in_words


def _is_small_talk(seen: Observation) -> bool:
    """Whether a few are counted in words and nothing is said to have happened to them: "two lawmakers"."""
    figure, in_words = seen.figure, seen.quoted.isalpha()
    small = not isinstance(figure.value, tuple) and figure.value <= FEW
    return (
        figure.kind is FigureKind.COUNT and in_words and small and not fate_of(seen, set(figure.counted.split()))
    )


def are_claims(accounts: Sequence[Observation]) -> bool:
    """Return whether named speakers contradict each other of whom one claims, or has a cause of his own."""
    names = [seen.figure.source.name for seen in accounts if seen.figure.source]
    rivals = any(other_voice(names[0], name) for name in names[1:])
    spoken = [frozenset(name.casefold().split()) for name in names]
    fighting = sum(not ARMED.isdisjoint(words) for words in spoken) > 1
    claimed = any(seen.figure.status is Status.CLAIM for seen in accounts)
    return rivals and (claimed or fighting or any(not PARTIES.isdisjoint(words) for words in spoken))
