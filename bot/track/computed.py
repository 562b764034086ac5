"""What we compute ourselves from a series' points, and say so."""

from collections.abc import Sequence

from bot.model import Point
from bot.track.statement import EARLIER
from summarizer.model import FigureKind


def computed(points: Sequence[Point], *, counted_on: bool) -> tuple[str, ...]:
    """Return what we computed: the newest value against the one before and the first."""
    *earlier, newest = points
    apart = [point for point in earlier if point.as_of != newest.as_of]
    apart = [point for point in apart if point.as_of != EARLIER] or apart
    bases = dict.fromkeys((*apart[-1:], *apart[:1]))
    return tuple(text for base in bases if (text := _change(base, newest, counted_on=counted_on)))


def _change(base: Point, now: Point, *, counted_on: bool) -> str:
    """A change: of percentages in points, of a toll in numbers, else in percent; empty for none and for ranges."""
    before, after = base.value, now.value
    if before == after:
        return ""
    if isinstance(before, tuple) or isinstance(after, tuple) or {base.bound, now.bound} != {"="}:
        return ""
    if now.observations[0].figure.kind in (FigureKind.PERCENT, FigureKind.PERCENTAGE_POINT):
        return f"{after - before:+.3g} percentage points{_on(base)}"
    if counted_on:
        return f"{after - before:+,.0f}{_on(base)}"
    return f"{100 * (after - before) / before:+.1f} %{_on(base)}" if before > 0 else ""


def _on(base: Point) -> str:
    return "" if base.as_of == EARLIER else f" on {base.as_of}"
