"""What happened to those whom a figure counts: killed, rescued, drafted, dismissed; read from noun and verb."""

import re
from collections.abc import Sequence

from bot.model import Observation

KINDS_OF_FATE = {
    "killed": "killed dead died die dies death deaths toll fatality fatalities kill kills killing slain perished",
    "injured": "injured injuring injury injuries wounded wounding wounds hurt hospitalised hospitalized",
    "casualties": "casualty casualties losses",
    "missing": "missing unaccounted",
    "rescued": "rescued rescuing rescue pulled saved",
    "evacuated": "evacuated evacuating evacuees evacuee evacuate evacuation",
    "displaced": "displaced displacing homeless displacement refugee refugees",
    "arrested": "arrested arresting arrest arrests detained detainees detentions custody",
    "infected": "infected infecting infection infections cases tested",
    "drafted": "draft drafted drafts drafting conscript conscripts conscripted conscription draftees recruit "
    "recruits recruited call-up call-ups called-up called call calls intake enlist enlisted mobilised mobilized",
    "dismissed": "layoffs layoff laid redundancies redundant fired sacked dismissed",
    "found dead": "body bodies",
    "hired": "hired hires hiring added",
    "deported": "deported deportations expelled",
    "without power": "outage outages blackout",
    "survived": "survived survive survives survivor survivors",
}
FATES = {word: fate for fate, words in KINDS_OF_FATE.items() for word in words.split()}
MOVES = frozenset({"hired", "dismissed"})
"""Fates that are a change themselves: "added 228,000 jobs" counts the jobs added."""

CUMULATIVE = frozenset(
    {
        "killed",
        "injured",
        "casualties",
        "rescued",
        "evacuated",
        "displaced",
        "arrested",
        "infected",
        "deported",
        "found dead",
    }
)
ANYBODY = frozenset(
    {"people", "person", "man", "men", "adult", "citizen", "resident", "individual", "human", "other"}
)
PEOPLE = ANYBODY | {"woman", "women", "child", "children", "civilian", "soldier", "troop", "worker", "student"}
FIGHTERS = frozenset({"soldier", "troop", "serviceman", "servicewoman"})
JOBS = frozenset({"job", "position", "post", "role", "redundancy", "job cut"})
STAFF = JOBS | {"worker", "employee", "staff", "staffer", "people"}
NEUTRAL_WORDS = "size number total figure count toll amount sum quota level least percent percentage same target"
NEUTRAL = frozenset(("", *NEUTRAL_WORDS.split()))
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CLAUSE_END = re.compile(
    r"[.;:—–!?\n]|\d|, (?:[a-z]+ing|and|but|while|with|after|who|which)\b|\b(?:and|but|while|from)\b"
)
_SAID = re.compile(r", (?:[\w’'-]+ ){1,6}?(?:said|says|reported|announced)\b")
_SUM = re.compile(r"([a-z]+),? (?:and|or) (?:were )?([a-z]+)\b")
"""Killed and injured people together are casualties, neither killed nor injured ones."""

_DOES = re.compile(
    r"\b(killed|killing|kills|injured|injuring|wounded|wounding|hurt|rescued|rescuing|saved|evacuated|evacuating"
    r"|displaced|displacing|arrested|arresting|detained|infected|infecting|deported|expelled)"
    r"(?: (?:at least|more than|about|around|some|nearly|almost|over|up to|as many as))? $"
)
_INCLUDED = re.compile(
    r"\b(?:including|among (?:them|those|the dead)|of whom|of them)\b(?:(?!\bwhere\b|\bwhich\b)[^.;\d])*$"
)
_TOLL = re.compile(r"\btoll (?:\w+ ){0,2}(?:to|at|of)(?: (?:at least|more than|about|around|over|nearly))? $")
_LOST = re.compile(
    r"\b(?:cut(?:s|ting)?|eliminat(?:e|es|ed|ing)|axe(?:s|d)?|axing|slash(?:es|ed|ing)?|shed(?:s|ding)?"
    r"|los[et]s?|losing|lay(?:s|ing)? off|laid off|go|goes|gone)\b"
)
_GAINED = re.compile(r"\b(?:add(?:s|ed|ing)?|gain(?:s|ed)?|creat(?:e|es|ed|ing)|hir(?:e|es|ed|ing))\b")
_READ_BEHIND, _READ_BEFORE, _READ_VERB = 70, 24, 40
"""So many letters are read: verbs stand behind those counted, before them hardly more than "killed at least"."""


def fate_of(observation: Observation, named: set[str]) -> str:
    """Return what happened to those counted: by the noun itself, else by the verb of the clause; may be empty."""
    start, end = place(observation)
    before = observation.sentence[max(0, start - _READ_BEFORE) : start].lower()
    behind = _SAID.split(observation.sentence[end : end + _READ_BEHIND].lower(), maxsplit=1)[0]
    if told := _first(["toll"] if _TOLL.search(before) else sorted(named)):
        return told
    if _is_sum(before) or _is_sum(behind):
        return "casualties"
    if not named.isdisjoint(JOBS):
        return _of_jobs(observation)
    if done := _DOES.search(before):
        return FATES[done[1]]
    after = WORD.findall(CLAUSE_END.split(behind, maxsplit=1)[0])
    left = WORD.findall(CLAUSE_END.split(before)[-1])[::-1]
    if named & PEOPLE or (named <= NEUTRAL and observation.figure.unit != "count"):
        return _first(after) or _first(left[:3]) or _first(_told_behind(observation, start))
    return _first(after[:4]) or _first(left[:1])


def _told_behind(observation: Observation, start: int) -> Sequence[str]:
    """The words between those counted and a number behind them: "the number of people who died … was 48"."""
    counted, before = observation.figure.counted, observation.sentence[:start].lower()
    at = before.rfind(counted.lower()) if counted else -1
    between = before[at + len(counted) :] if at >= 0 else ""
    return () if CLAUSE_END.search(between) else WORD.findall(between)


def _of_jobs(observation: Observation) -> str:
    """What happens to jobs: they are added, or go."""
    start, end = place(observation)
    around = observation.sentence[max(0, start - _READ_VERB) : end + _READ_VERB].lower()
    if _GAINED.search(around):
        return "hired"
    return "dismissed" if _LOST.search(around) else ""


def _is_sum(text: str) -> bool:
    return any({FATES.get(one), FATES.get(other)} == {"killed", "injured"} for one, other in _SUM.findall(text))


def is_part(observation: Observation) -> bool:
    """Return whether a figure counts some of those before it: "41 were killed, among them 12 children"."""
    return _INCLUDED.search(observation.sentence[: place(observation)[0]].lower()) is not None


def place(observation: Observation) -> tuple[int, int]:
    """Return where a figure stands in its sentence."""
    start, end = observation.figure.span
    return start - observation.offset, end - observation.offset


def _first(words: Sequence[str]) -> str:
    return next((FATES[word] for word in words if word in FATES), "")
