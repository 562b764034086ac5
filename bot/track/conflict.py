"""Which values of one period cannot all be true, in the order in which they were told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.track.corroboration import Cluster, are_floors
from bot.track.relation import is_one_voice, relation
from summarizer.model import Status

Rivals = list[Cluster]
"""Values told at one moment that contradict each other, or the only one, best witnessed first."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A value as it was told, whether it revises what was told before, and what still contradicts it."""

    told: Cluster
    revises: bool
    disputed_by: tuple[Cluster, ...]


def moments(clusters: Iterable[Cluster], *, dated: bool) -> list[Moment]:
    """Return the values of a period in the order they were given; of one dispute only the last has the others."""
    given = _given(clusters, dated=dated)
    disputes = _last_of_each(_disputes([rivals for rivals, _ in given], dated=dated))
    return [
        Moment(rivals[0], revises, tuple(one for one in dispute if one is not rivals[0]))
        for (rivals, revises), dispute in zip(given, disputes, strict=True)
    ]


def _given(clusters: Iterable[Cluster], *, dated: bool) -> list[tuple[Rivals, bool]]:
    """The values of each moment, and whether they revise those before; a lower bound said late takes none back."""
    given: list[tuple[Rivals, bool]] = []
    for cluster in clusters:
        is_now = relation(given[-1][0], cluster, dated=dated) if given else "update"
        if is_now == "conflict" and all(_allows_more(cluster, other) for other in given[-1][0]):
            given.insert(-1, ([cluster], False))
        elif is_now == "conflict":
            given[-1][0].append(cluster)
        else:
            given.append(([cluster], is_now == "revised"))
    return [(sorted(rivals, key=_weight), revises) for rivals, revises in given]


def _allows_more(one: Cluster, other: Cluster) -> bool:
    """Whether a lower bound only says less than another: it takes nothing back."""
    floor, higher = one.sharpest, other.sharpest
    claimed = Status.CLAIM in (floor.observation.figure.status, higher.observation.figure.status)
    if claimed and floor.rivals(higher):
        return False
    return floor.counts_on and are_floors(floor, higher) and floor.allows.low <= higher.allows.low


def _weight(cluster: Cluster) -> tuple[object, ...]:
    """What to sort accounts by: the best witnessed first, of equals what was told first."""
    return (-cluster.witnesses, cluster.order)


def _disputes(given: Iterable[Rivals], *, dated: bool) -> list[list[Cluster]]:
    """What cannot all be true at each moment, its own value among it; nothing where that one is undisputed.

    A value stands until another one replaces it: "more than 900,000" stands beside a later "at least 1.1 million",
    and both contradict "about 700,000".
    """
    standing: list[Cluster] = []
    disputed: set[object] = set()
    found = []
    for rivals in given:
        standing = [one for one in standing if not any(_replaces(now, one, dated=dated) for now in rivals)]
        disputed |= _at_odds(standing, rivals, dated=dated)
        standing += rivals
        open_now = sorted((one for one in standing if one.order in disputed), key=_weight)
        found.append(open_now if rivals[0].order in disputed else [])
    return found


def _at_odds(standing: Iterable[Cluster], rivals: Rivals, *, dated: bool) -> set[object]:
    """The places of the new values that contradict what stands or each other, and of what they contradict."""
    pairs = [(one, now) for now in rivals for one in standing if _contradicts(now, one, dated=dated)]
    among_themselves = rivals if len(rivals) > 1 else ()
    return {one.order for pair in (*pairs, among_themselves) for one in pair}


def _last_of_each(disputes: Sequence[list[Cluster]]) -> list[list[Cluster]]:
    """Disputes, empty where a later one goes on with any of their values."""
    later: set[object] = set()
    kept: list[list[Cluster]] = []
    for dispute in reversed(disputes):
        places = {one.order for one in dispute}
        kept.append(dispute if later.isdisjoint(places) else [])
        later |= places
    return kept[::-1]


def _replaces(now: Cluster, before: Cluster, *, dated: bool) -> bool:
    """Whether a value takes the place of one told before: that is no longer possible, or who told it says so."""
    if relation([before], now, dated=dated) == "conflict":
        return False
    return is_one_voice(before, now) or not before.sharpest.allows.agrees(now.sharpest.allows)


def _contradicts(now: Cluster, before: Cluster, *, dated: bool) -> bool:
    if before.sharpest.allows.agrees(now.sharpest.allows):
        return False
    return relation([before], now, dated=dated) == "conflict"
