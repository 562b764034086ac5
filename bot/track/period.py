"""When statements held: by the date they give, or by the dated value that they repeat."""

from collections import defaultdict
from collections.abc import Sequence

from bot.track.corroboration import NEWS_AGES
from bot.track.statement import EARLIER, Statement
from summarizer.model import FigureKind

MONTH = len("2025-03")
_RETOLD = (FigureKind.COUNT, FigureKind.MONEY)


def by_period(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Return statements by when they held; one without a date goes where its year has a value it agrees with."""
    dated = [statement for statement in statements if statement.period not in ("", EARLIER)]
    periods: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(dated, key=lambda one: (len(one.period), one.order)):
        periods[_home(statement, periods, statement.period)].append(statement)
    known = {period: list(together) for period, together in periods.items()}
    for statement in statements:
        if statement.period == EARLIER:
            periods[_home(statement, known, "")].append(statement)
        elif not statement.period:
            year = str(statement.observation.published_at.year)
            home = _home(statement, known, year)
            home = home or _restated(statement, statements, known) or _retold(statement, known)
            periods[home].append(statement)
    return periods


def _retold(statement: Statement, known: dict[str, list[Statement]]) -> str:
    """The newest period, where that is a quarter or so gone by of which a statement repeats the sum or count."""
    newest = max(known, key=lambda period: period.rpartition("/")[2], default="")
    begun, _, ended = newest.partition("/")
    over = len(begun) == len(ended) == MONTH and ended < statement.observation.published_at.date().isoformat()
    again = (one for one in known.get(newest, ()) if _is_same(statement, one, exactly=True))
    retold = over and statement.observation.figure.kind in _RETOLD
    return newest if retold and any(_at_once(statement, one) for one in again) else ""


def _at_once(one: Statement, other: Statement) -> bool:
    return abs(one.observation.published_at - other.observation.published_at) < NEWS_AGES


def _restated(statement: Statement, group: Sequence[Statement], known: dict[str, list[Statement]]) -> str:
    """The period of the value that a sentence says it revises: "revised jobs added to 185,000 from 228,000"."""
    if not statement.revises:
        return ""
    said = statement.observation.sentence
    old = (one for one in group if one.period == EARLIER and one.observation.sentence == said)
    return next((home for one in old if (home := _home(one, known, "")) != EARLIER), "")


def _home(statement: Statement, periods: dict[str, list[Statement]], period: str) -> str:
    """The period, among those known, whose values a statement repeats; else its own."""
    moved = statement.observation.figure.direction != "" or statement.period == EARLIER
    for known, together in sorted(periods.items()):
        within = known.startswith(period) or period.startswith(known)
        if known and within and any(_is_same(statement, other, exactly=moved) for other in together):
            return known
    return statement.period


def _is_same(one: Statement, other: Statement, *, exactly: bool) -> bool:
    """Whether two statements agree; where a value is said to have moved, the one before may be near it."""
    apart = abs(one.observation.published_at - other.observation.published_at)
    if exactly or apart >= NEWS_AGES:
        return one.observation.figure.value == other.observation.figure.value
    return one.allows.agrees(other.allows)
