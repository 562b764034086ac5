"""Which statements still stand when an outlet has put its own number right."""

from collections.abc import Sequence
from dataclasses import replace

from bot.track.statement import EARLIER, Statement

Place = tuple[str, object]
"""An outlet and a value that it told."""


def standing(statements: Sequence[Statement]) -> Sequence[Statement]:
    """Return the statements without those that their own outlet put right where others still say the same.

    Where the outlet had not said so before, or nobody else does, what it puts right is a revision for all.
    """
    gone = {_told(one) for one in statements if _takes_back_its_own(one, statements)}
    outlets = {outlet for outlet, _ in gone}
    return [
        one if one.observation.outlet in outlets else replace(one, own=False)
        for one in statements
        if _told(one) not in gone
    ]


def _takes_back_its_own(statement: Statement, among: Sequence[Statement]) -> bool:
    """Whether it takes back what only its own outlet no longer says: told there before, and elsewhere still."""
    if not (statement.own and statement.period == EARLIER):
        return False
    seen = statement.observation
    told = [one.observation for one in among if one.observation.figure.value == seen.figure.value]
    before = any(one.outlet == seen.outlet and one.article_id != seen.article_id for one in told)
    return before and any(one.outlet != seen.outlet for one in told)


def _told(statement: Statement) -> Place:
    return statement.observation.outlet, statement.observation.figure.value
