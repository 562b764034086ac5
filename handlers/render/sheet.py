"""A story's figures as a table for a spreadsheet: one observation a row."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from bot.model import Observation, Series
from handlers.render.chart import accounts
from handlers.render.numbers import stated
from handlers.render.text import clean

COLUMNS = (
    "series",
    "label",
    "value",
    "low",
    "high",
    "unit",
    "bound",
    "as_of",
    "outlet",
    "speaker",
    "url",
    "sentence",
    "published_at",
    "corrected_to",
)
BOUNDS = {"=": "exactly", "~": "about", ">": "more than", ">=": "at least", "<": "less than", "<=": "up to"}


def csv_of(ledger: Sequence[Series]) -> bytes:
    """Return every observation of these series as CSV in UTF-8.

    `value` is empty for a range; `low` and `high` are what the figure allows, empty where it leaves that open;
    `corrected_to` is empty but for what its outlet took back.
    """
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(COLUMNS)
    for series in ledger:
        for point, _ in accounts(series):
            writer.writerows(_row(series, point.as_of, seen) for seen in point.observations)
        writer.writerows(_row(series, _day(old), old, stated(now)) for old, now in series.corrected)
    return sheet.getvalue().encode()


def _day(seen: Observation) -> str:
    return seen.figure.as_of.label if seen.figure.as_of else seen.published_at.date().isoformat()


def _row(series: Series, as_of: str, seen: Observation, corrected_to: str = "") -> Iterator[str]:
    figure = seen.figure
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    speaker = figure.source.name if figure.source else ""
    yield from map(_text, (series.key, series.label))
    yield "" if isinstance(figure.value, tuple) else _number(low)
    yield "" if figure.bound[0] == "<" else _number(low)
    yield "" if figure.bound[0] == ">" else _number(high)
    yield from map(_text, (figure.unit, BOUNDS[figure.bound], as_of, seen.outlet, speaker))
    yield from map(_text, (seen.url, seen.sentence, seen.published_at.isoformat(), corrected_to))


def _number(value: float) -> str:
    return f"{value:.15g}"


def _text(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    shown = clean(words)
    return f"'{shown}" if shown.lstrip().startswith(("=", "+", "-", "@")) else shown
