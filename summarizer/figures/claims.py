"""What a figure is worth that a party to a dispute gives: a claim, of whichever side."""

from summarizer.figures.atoms import Line
from summarizer.figures.lexicon import word_set
from summarizer.model import Speaker, Status

_PARTIES = word_set(
    "organisers organizers rebels rebel union unions protesters activists campaigners opposition militants"
    " separatists insurgents strikers guerrillas militia hamas hezbollah houthis taliban"
)
_LOSSES = word_set(
    "killed soldiers casualties losses drones tanks wounded warplanes aircraft jets helicopters missiles rockets"
)
_FOUGHT = word_set("shot downed intercepted repelled captured")
_MARCHERS = word_set("joined attended marched gathered demonstrated turned crowd rally")
_DISPUTES = (
    (word_set("army military troops force forces navy staff"), _LOSSES),
    (word_set("defence defense"), _FOUGHT),
    (word_set("police"), _MARCHERS),
)
"""Who is a party where these are counted: an army to its war, the police to the size of a march."""

_OF_CRIMES = word_set("arrested detained injured hurt wounded killed charged held")
_STRIKES = word_set("strike walkout stoppage")
_STRUCK = word_set("joined cancelled canceled walked stayed running participated took")
_CLAIMING = frozenset(("claims", "claim"))
_VERB_REACH = 3


def claimed(line: Line, offset: int, source: Speaker | None, status: Status) -> Status:
    """Return what a figure is worth that somebody reports: of a party, and of whoever "claims", it is a claim."""
    if source is None or status is not Status.REPORTED:
        return status
    if _claims(line, source.span[1] - offset):
        return Status.CLAIM
    speaker = frozenset(source.name.lower().replace("\u2019", "'").split())
    of_strike = not _STRIKES.isdisjoint(line.lows) and not _STRUCK.isdisjoint(line.lows)
    disputed = of_strike or any(_is_party(line, speaker, *dispute) for dispute in _DISPUTES)
    return Status.CLAIM if disputed or not _PARTIES.isdisjoint(speaker) else status


def _claims(line: Line, end: int) -> bool:
    """Whether the verb behind a name that ends at this offset says so: "the general claims"."""
    at = next((at for at in range(line.size) if line.ends[at] == end), line.size)
    return not _CLAIMING.isdisjoint(line.lows[at + 1 : at + _VERB_REACH])


def _is_party(line: Line, speaker: frozenset[str], parties: frozenset[str], counted: frozenset[str]) -> bool:
    if speaker.isdisjoint(parties) or counted.isdisjoint(line.lows):
        return False
    return "police" not in speaker or _OF_CRIMES.isdisjoint(line.lows)
