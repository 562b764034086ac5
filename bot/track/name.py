"""What a reader would call what a figure counts: a noun of the text, without words that only point at it."""

import re

from bot.model import Observation
from bot.track.fate import NEUTRAL
from summarizer.model import FigureKind

_NO_NOUN_WORDS = """
see seen saw say says show shows mean means allow allows reflect reflects invest spend pay raise love get make take
faster slower higher lower bigger smaller better worse effective west east north south northwest northeast
southwest southeast inland offshore away right short plus
"""
NO_NOUNS = frozenset(_NO_NOUN_WORDS.split())
"""What stands where a noun does, and is none."""

_VAGUE_WORDS = """
part left good bad half third quarter rest time times average mean median peak record estimate estimates level
milestone rate ratio percent percentage count counts rise increase gain jump surge fall drop decrease decline
cut cuts survey poll report study
"""
VAGUE = frozenset(_VAGUE_WORDS.split())
"""What names nothing without another word: an interest rate, not a rate."""

SHORTEST = 2
_POINTING = re.compile(
    r"\b(?:(?:own|such|other|previous|overall|running|so-called|whopping|staggering|last year"
    r"|(?!men|women|people)[a-z]+['’]s) )+(?=\w)"
)
_DONE = re.compile(r"(?<![\w.’'])(?:[A-Z][\w.’']* ){1,6}[a-z]+ed (?=[a-z])")
"""A name with what it did before the noun: "President Trump imposed tariffs"."""

_DOING = re.compile(r"^(?:taking|making|paying|receiving|accepting|causing|using|offering) (?=[a-z])")
_JOINED = re.compile(r"[a-z]+ed [A-Z][\w-]*$")
"""No noun but what somebody did: "joined Rovers"."""

_MODAL = re.compile(r"\b(?:to|will|would|can|could|may|might|must|should|not) $")
_PAID = (
    ("spending", r"spen[dt]s?|spending"),
    ("payment", r"pa(?:y|id|ys|ying)"),
    ("investment", r"invest(?:s|ed|ing)?"),
    ("cost", r"costs?|costing"),
    ("earnings", r"earn(?:s|ed|ing)?|made"),
    ("loss", r"los[et]s?|losing"),
    ("debt", r"ow(?:e|ed|es|ing)"),
    ("savings", r"sav(?:e|ed|es|ing)"),
    ("donation", r"donat(?:e|es|ed|ing)"),
    ("price", r"(?:sold|bought|fetched)(?: for)?"),
    ("price", r"(?:sold|sells?|bought|buys?)\b[^.;:\d]{1,40} for"),
    ("fee", r"(?:signed|signs?|joined|joins?)\b[^.;:\d]{1,40} for"),
    ("value", r"(?:worth|valued at)"),
)
_RECORD = r"an? (?:estimated |(?:club-|world-)?record )?"
_NEAR_BY = (
    r"(?: (?:the |its |their |his |her )?[a-z]{3,})?"
    rf" (?:up to |more than |over |about |around |nearly |almost |at least |some |{_RECORD})?$"
)
PAID = tuple((name, re.compile(rf"\b(?:{verb}){_NEAR_BY}")) for name, verb in _PAID)
"""What a sum is by the verb before it: "the government spent $18 billion" tells its spending."""


def name_of(observation: Observation) -> str:
    """Return what is counted as a reader would name it; empty where the text names nothing."""
    figure = observation.figure
    start, end = (at - observation.offset for at in figure.span)
    before, behind = observation.sentence[:start], observation.sentence[end:]
    leads = (
        figure.counted != "" and figure.counted in before and not behind.lstrip(" -").startswith(figure.counted)
    )
    bare = figure.counted == "" or leads
    if figure.kind is FigureKind.MONEY and bare and (paid := _paid(before)):
        return paid
    name = _DOING.sub("", _DONE.sub("", _POINTING.sub("", figure.counted)))
    if _JOINED.match(name):
        return ""
    if _names_nothing(name) or (leads and _is_verb(name, before)):
        return ""
    if figure.kind is FigureKind.COUNT and behind.startswith("-") and name.islower():
        return f"{name.removesuffix('y')}ies" if name.endswith("y") else f"{name.removesuffix('s')}s"
    in_those = figure.rule == "one in" and behind.lstrip().startswith(figure.counted)
    of_those = behind.startswith(" of ") or in_those
    shared = figure.kind is FigureKind.PERCENT and figure.basis == "ratio" and of_those
    return f"share of {name}" if shared else name


def _paid(before: str) -> str:
    return next((name for name, verb in PAID if verb.search(before)), "")


def _names_nothing(name: str) -> bool:
    low = name.casefold()
    last = low.rpartition(" ")[2]
    return low in NEUTRAL or low in VAGUE or last in NO_NOUNS or last.endswith("ly") or len(last) < SHORTEST


def _is_verb(name: str, before: str) -> bool:
    """Whether it is no noun but what somebody will do: "will invest $3 billion"."""
    return " " not in name and _MODAL.search(before[: before.rfind(name)]) is not None
