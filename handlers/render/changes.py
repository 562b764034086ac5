"""What changed, line by line: each change in a few words, with the outlets that tell it as links."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.model import Article, Change, Line, Point, Series
from handlers.render.numbers import accounts_of, dated, disputed, in_words, quoted, witnessing
from handlers.render.text import Run, line_of

OUTLETS_NAMED = 2
REPORTS_NAMED = 4


def lines(changes: Sequence[Change]) -> tuple[Line, ...]:
    """Return a bullet for each change; where several are called the same, with the words around the figure."""
    labels = Counter(change.series.label for change in changes)
    return tuple(line_of([*_words(change), *_around(change, labels)], "bullet") for change in changes)


def _around(change: Change, labels: Mapping[str, int]) -> Iterator[str]:
    if labels[change.series.label] > 1 and change.kind == "new":
        yield f": “{in_words(change.point.observations[0])}”"


def reports(articles: Sequence[Article], *, is_new: bool) -> Line:
    """Return who reports what changed no figure: `2 more reports: Courier, Review`."""
    links = {article.outlet: article.url for article in articles}
    count = f"{len(articles)} {'' if is_new else 'more '}report{'s' * (len(articles) > 1)}"
    named = [Run(outlet, url=url) for outlet, url in [*links.items()][:REPORTS_NAMED]]
    rest = f" and {len(links) - REPORTS_NAMED} more" if len(links) > REPORTS_NAMED else ""
    runs = [run for index, link in enumerate(named) for run in (", " if index else f"{count}: ", link)]
    return line_of([*runs, rest], "bullet")


def _words(change: Change) -> Iterator[Run | str]:
    series, point = change.series, change.point
    value = Run(quoted(point), bold=True)
    before = f"{quoted(change.before)} → " if change.before else ""
    match change.kind:
        case "conflict":
            yield f"{'claims' if series.claims else 'sources'} differ on {disputed(series, change.accounts)}: "
            yield from _accounts(change.accounts, series)
            return
        case "settled":
            told, more = accounts_of(change.accounts)
            before = " · ".join(map(quoted, told)) + more
            yield from (f"{series.label}: ", value, f", where sources differed before ({before})")
        case "confirmed":
            yield from (f"{series.label}: still ", value, f", now from {point.witnesses} witnesses")
        case "earlier":
            yield from (f"{series.label} in {dated(point.as_of)}: ", value, ", told only now")
        case "new":
            yield from (f"{series.label}: ", value)
        case _:
            yield from (f"{series.label}{' revised' if change.kind == 'revised' else ''}: {before}", value)
    yield from told_by(point, " · ")


def _accounts(group: Sequence[Point], series: Series) -> Iterator[Run | str]:
    told, more = accounts_of(group)
    for index, point in enumerate(told):
        yield " · " * (index > 0)
        yield Run(quoted(point), bold=True)
        speaker = next((seen.figure.source.name for seen in point.observations if seen.figure.source), "")
        yield f" ({speaker})" * bool(speaker)
        yield from told_by(point, " in ")
    yield more


def told_by(point: Point, lead: str) -> Iterator[Run | str]:
    """Yield `lead` and the outlets of the first independent witnesses, each a link to its article."""
    for index, seen in enumerate(witnessing(point.observations)[:OUTLETS_NAMED]):
        yield ", " if index else lead
        yield Run(seen.outlet, url=seen.url)
