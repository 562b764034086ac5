"""What a value is to those told before it: an update, a conflict, or it says that they were revised."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from bot.track.corroboration import NEWS_AGES, Cluster
from bot.track.voice import other_voice, same_voice
from summarizer.model import Figure, Status

Relation = Literal["update", "conflict", "revised"]

AT_ONCE = timedelta(hours=4)
"""Two numbers no further apart than this contradict each other, be it of one speaker in two outlets."""

_AHEAD = (Status.FORECAST, Status.TARGET)
"""What is to come moves nothing yet: "will rise to 15.50" and "will rise to 16.20" are two accounts."""

_NOW = re.compile(
    r"\b(?:now|so far|by now|no longer|remain(?:s|ing)?"
    r"|(?:percent|%|per cent) of (?:the )?(?:votes?|ballots?|precincts|returns)"
    r"(?: were| was| had been)? (?:counted|tallied|reporting)"
    r"|final (?:official )?(?:counts?|results?|tally|figures?|tolls?|returns)|official results)\b"
)
_AT_FIRST = re.compile(
    r"\b(?:early|partial|preliminary|provisional|first|initial) (?:official )?(?:counts?|results?|tally|figures?"
    r"|returns|estimates?|reports?)\b"
)


def relation(before: Sequence[Cluster], now: Cluster, *, dated: bool) -> Relation:
    """Return what a value is to those before it."""
    said = max(before, key=lambda one: (is_one_voice(one, now), one.last_at))
    rises = now.sharpest.allows.middle > said.sharpest.allows.middle
    cumulative = now.sharpest.measure.counts_on
    if now.first_at > said.first_at and now.sharpest.revises:
        return "conflict" if now.sharpest.own else "revised"
    if _takes_over(said, now, dated=dated) or (not dated and _is_later(said, now, rises=rises)):
        return "revised" if (dated and not cumulative) or (cumulative and not rises) else "update"
    if dated or not (cumulative and rises):
        return "conflict"
    return "conflict" if _reckoned_anew(said, now) else "update"


def _takes_over(said: Cluster, now: Cluster, *, dated: bool) -> bool:
    """Whether who told the one value now tells the other, and no two outlets quote one speaker at once."""
    if not is_one_voice(said, now):
        return False
    may_quote = dated and not (now.sharpest.measure.counts_on or _is_one_outlet(said, now))
    return not (may_quote and now.first_at - said.last_at < AT_ONCE)


def _is_later(said: Cluster, now: Cluster, *, rises: bool) -> bool:
    """Whether a value without a date is of another day than the one before."""
    return now.first_at - said.last_at >= NEWS_AGES or _moved(said, now, rises=rises)


def is_one_voice(one: Cluster, other: Cluster) -> bool:
    """Return whether the same outlet or the same speaker gave both; two named speakers are two voices anywhere."""
    if _speakers(one) and _speakers(other):
        return any(same_voice(first, second) for first in _speakers(one) for second in _speakers(other))
    return _is_one_outlet(one, other)


def _is_one_outlet(one: Cluster, other: Cluster) -> bool:
    return not _outlets(one).isdisjoint(_outlets(other))


def _outlets(cluster: Cluster) -> set[str]:
    return {said.observation.outlet for said in cluster.statements if not said.contested}


def _speakers(cluster: Cluster) -> set[str]:
    sources = (statement.observation.figure.source for statement in cluster.statements)
    return {source.name.casefold() for source in sources if source}


def _moved(before: Cluster, now: Cluster, *, rises: bool) -> bool:
    """Whether the later text says itself that the value moved this way: "the toll was lowered to 108"."""
    first_day, day = before.sharpest.day, now.sharpest.day
    steps = _steps(now.sharpest.observation.figure, rises=rises) and not first_day == day != ""
    first, last = (one.sharpest.observation.sentence.lower() for one in (before, now))
    settled = _AT_FIRST.search(first) is not None and _AT_FIRST.search(last) is None
    moved = steps or settled or _NOW.search(last) is not None
    return before.last_at < now.first_at and (moved or "" < first_day < day)


def _steps(figure: Figure, *, rises: bool) -> bool:
    """Whether a figure is told as a level that was reached this way: "rose to 11"."""
    told = figure.basis != "delta" and figure.status not in _AHEAD
    return told and figure.direction == ("up" if rises else "down")


def _reckoned_anew(before: Cluster, now: Cluster) -> bool:
    """Whether a higher value is another reckoning rather than the same count a while later."""
    if before.sharpest.allows.agrees(now.sharpest.allows):
        return False
    rivals = any(other_voice(one, other) for one in _speakers(before) for other in _speakers(now))
    firm = all(_is_firm(cluster.sharpest.observation.figure) for cluster in (before, now))
    if rivals:
        return now.first_at - before.last_at < AT_ONCE or not firm
    return not firm and before.first_at.date() == now.first_at.date()


def _is_firm(figure: Figure) -> bool:
    return figure.status is Status.REPORTED and figure.bound != "~" and not isinstance(figure.value, tuple)
