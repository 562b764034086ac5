"""Which statements still stand when an outlet has put its own number right."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from bot.model import Observation
from bot.track.corroboration import NEWS_AGES
from bot.track.statement import EARLIER, Statement

_FORESEEN = frozenset(("forecast", "poll"))

Place = tuple[int, int]
"""Where a sentence stands: its article and its offset there."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What an outlet told before, and what it tells in its place."""

    old: Statement
    now: Statement

    @property
    def told(self) -> tuple[Observation, Observation]:
        """What the outlet told before, and what it tells now; marked where it says that it puts that right."""
        return self.old.observation, replace(self.now.observation, corrects=self.now.own or self.old.own)


def corrections(statements: Sequence[Statement]) -> list[Correction]:
    """Return what outlets put in the place of numbers of their own, in the order in which they did.

    An outlet may say so, or tell another number of the same time, or of a count that cannot fall.
    """
    by_outlet: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda one: one.order):
        if not statement.contested:
            by_outlet[statement.observation.outlet].append(statement)
    found = (one for told in by_outlet.values() for one in _corrections_of_one(told))
    return _first_printed(sorted(found, key=lambda one: (one.old.period == EARLIER, one.now.order)))


def _first_printed(found: Iterable[Correction]) -> list[Correction]:
    """Corrections without those that an outlet only prints again, which never told the old number."""
    kept: list[Correction] = []
    for one in found:
        groups = {other.now.observation.copy_group for other in kept}
        if one.old.period != EARLIER or one.now.observation.copy_group not in groups:
            kept.append(one)
    return sorted(kept, key=lambda one: one.now.order)


def _corrections_of_one(told: Sequence[Statement]) -> Iterable[Correction]:
    """What one outlet put right: each number by the first that takes its place; one of an article unknown, too."""
    gone = [one for one in told if one.period == EARLIER]
    for place, old in enumerate(told):
        later = (now for now in told[place + 1 :] if _puts_right(now, old, gone))
        now = next(later, None)
        if now is not None:
            yield Correction(old, now)
    for old in gone:
        if old.own and not _was_told(old, told):
            now = _instead(old, told)
            if now is not None:
                yield Correction(old, now)


def _instead(gone: Statement, told: Iterable[Statement]) -> Statement | None:
    """The number that an article puts in the place of one: of its sentence, else the only other one."""
    others = [one for one in told if one.period != EARLIER and _in_one_article(one, gone)]
    beside = (one for one in others if _place(one) == _place(gone))
    return next(beside, others[0] if len(others) == 1 else None)


def _was_told(gone: Statement, told: Iterable[Statement]) -> bool:
    """Whether an article before told the number that this one takes back."""
    return any(one.order < gone.order and _repeats(one, gone) and not _in_one_article(one, gone) for one in told)


def _puts_right(now: Statement, old: Statement, gone: Iterable[Statement]) -> bool:
    """Whether a number of a later article takes the place of an older one of its outlet."""
    if EARLIER in (now.period, old.period) or _in_one_article(now, old):
        return False
    if old.allows.agrees(now.allows) or now.rivals(old):
        return False
    grows = now.counts_on and old.counts_on
    rises = now.allows.middle > old.allows.middle
    one_time = now.period == old.period or (now.own and _is_of_today(now) and _is_of_today(old))
    taken_back = [one for one in gone if one.own and _in_one_article(one, now)]
    if taken_back:
        return any(_repeats(one, old) and (one_time or _place(one) == _place(now)) for one in taken_back)
    if now.own:
        return one_time and not (grows and rises)
    return one_time and not (grows and rises) and (now.period != "" or grows) and not _is_news(now, old, gone)


def _is_of_today(statement: Statement) -> bool:
    """Whether it holds for the year in which it is told, as far as the text says."""
    year = f"{statement.observation.published_at.year}"
    return statement.period in ("", EARLIER) or statement.period.startswith(year)


def _is_news(now: Statement, old: Statement, gone: Iterable[Statement]) -> bool:
    """Whether another number tells of a change, or of what is only foreseen, or comes days later."""
    apart = now.observation.published_at - old.observation.published_at
    moved = now.observation.figure.direction != "" or any(_place(one) == _place(now) for one in gone)
    return moved or apart >= NEWS_AGES or now.measure.footing in _FORESEEN


def standing(statements: Sequence[Statement], put_right: Sequence[Correction]) -> Sequence[Statement]:
    """Return the statements without those that only their own outlet took back.

    Others still tell the old number, or told the new one before. Else the new one is a revision for all. A number
    that an outlet came back to is told when it did so. What is all that is known stands.
    """
    replaced = {one.old.order for one in put_right}
    mended = [one for one in put_right if _is_its_own(one, statements, replaced)]
    gone = {one.old.order for one in mended}
    gone |= {one.old.order for one in put_right if _came_back_to(one.old, put_right, replaced)}
    values = {one.old.observation.figure.value for one in mended}
    taken_back = [one for one in statements if one.period == EARLIER and one.revises]
    taken_back = [one for one in taken_back if one.own or one.observation.figure.value in values]
    gone |= {one.order for one in taken_back}
    places = {_place(one) for one in taken_back if one.observation.figure.value in values}
    places |= {_place(one.now) for one in mended}
    since = {one.now.order: one.old.period for one in put_right if one.old.period != EARLIER}
    kept = [
        replace(one, own=_place(one) in places, period=one.period or since.get(one.order, ""))
        for one in statements
        if one.order not in gone
    ]
    return kept or statements


def _came_back_to(old: Statement, put_right: Iterable[Correction], replaced: Set[object]) -> bool:
    """Whether its outlet put it right, and the other number by this one again."""
    return old.period != EARLIER and any(
        one.now.order > old.order
        and one.now.order not in replaced
        and one.now.observation.outlet == old.observation.outlet
        and _repeats(one.now, old)
        for one in put_right
    )


def _is_its_own(correction: Correction, statements: Iterable[Statement], replaced: Set[object]) -> bool:
    """Whether an outlet stands alone with what it put right: others hold the old number, or had the new one."""
    old, now = correction.old, correction.now
    group = now.observation.copy_group
    others = [one for one in statements if one.observation.outlet != old.observation.outlet]
    others = [one for one in others if one.period != EARLIER and not one.contested]
    held = (one for one in others if one.order not in replaced and _repeats(one, old))
    if any(not _left_it(one, others) for one in held):
        return True
    known = (one for one in others if one.order < now.order and one.observation.copy_group != group)
    return any(_repeats(one, now) for one in known)


def _left_it(statement: Statement, among: Iterable[Statement]) -> bool:
    """Whether its outlet tells another number later."""
    return any(
        one.observation.outlet == statement.observation.outlet
        and one.order > statement.order
        and not _in_one_article(one, statement)
        and one.period == statement.period
        and not one.allows.agrees(statement.allows)
        for one in among
    )


def _repeats(one: Statement, other: Statement) -> bool:
    return one.observation.figure.value == other.observation.figure.value


def _in_one_article(one: Statement, other: Statement) -> bool:
    return one.observation.article_id == other.observation.article_id


def _place(statement: Statement) -> Place:
    return statement.observation.article_id, statement.observation.offset
