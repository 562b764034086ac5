"""From the sentences of one article to its figures: each of the eight steps in its order."""

from collections.abc import Sequence
from datetime import date

from summarizer.figures.anchored import last_anchor
from summarizer.figures.atoms import Line, may_hold_figures
from summarizer.figures.binding import bind_dates
from summarizer.figures.claims import claimed
from summarizer.figures.counted import count_all
from summarizer.figures.cues import Cues, find_cues
from summarizer.figures.dates import find_dates
from summarizer.figures.grammar import read_quantities
from summarizer.figures.places import find_place
from summarizer.figures.quantity import Counted, Quantity
from summarizer.figures.status import find_statuses
from summarizer.figures.voices import LONGEST, Voices
from summarizer.figures.when import When
from summarizer.model import Figure, FigureKind, Period, Sentence, SentenceKind, Status

_LEVEL_REACH = 10
# A day outside these years is a feed's mistake, and "last week" may not exist on its calendar.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_OR_REACH = 4
_COORDINATED = (["and"], [","], [",", "and"])
_CONVERTED = (FigureKind.MONEY, FigureKind.MEASURE, FigureKind.RATE, FigureKind.INDEX, FigureKind.COUNT)


def extract(
    sentences: Sequence[Sentence], published: date | None = None, language: str = "en"
) -> tuple[Figure, ...]:
    """Return the figures of an article in their order, with spans in the article's text.

    Only BODY sentences are read. Relative dates are resolved against `published` and stay out without it.
    """
    if published is not None and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None
    voices = Voices(sentences, language)
    figures: list[Figure] = []
    dates: list[When] = []
    for index, sentence in enumerate(sentences):
        told, dates = dates, []
        if sentence.kind is SentenceKind.BODY and (language != "en" or may_hold_figures(sentence.text[:LONGEST])):
            dates = find_dates(voices.line(index), published, last_anchor(voices.line(index - 1), told))
            figures += _from_sentence(sentence, index, published, voices, dates)
    return tuple(figures)


def _from_sentence(
    sentence: Sentence, index: int, published: date | None, voices: Voices, dates: Sequence[When]
) -> list[Figure]:
    line = voices.line(index)
    taken = {atom for when in dates for atom in range(when.first, when.end)}
    quantities = read_quantities(line, taken)
    if not quantities:
        return []
    counted = count_all(line, quantities)
    cues = _cue_all(line, quantities, counted)
    periods = bind_dates(line, quantities, dates)
    statuses = find_statuses(line, quantities, counted, [_is_gone(when, published) for when in periods])
    return [
        _figure(line, sentence.start, index, row, voices)
        for row in zip(quantities, counted, cues, periods, statuses, strict=True)
    ]


def _is_gone(when: When | None, published: date | None) -> bool:
    """Whether a date was over when the article came out."""
    return when is not None and published is not None and when.stop < published.isoformat()[: len(when.stop)]


def _cue_all(line: Line, quantities: Sequence[Quantity], counted: Sequence[Counted]) -> list[Cues]:
    """Return each quantity's cues, with what a conversion or an "or" takes over from the quantity before it."""
    found: list[Cues] = []
    for at, quantity in enumerate(quantities):
        levelled = at > 0 and found[-1].basis == "delta" and quantity.first - quantities[at - 1].end < _LEVEL_REACH
        kind = counted[at].kind
        cues = find_cues(line, quantity if kind is quantity.kind else quantity._replace(kind=kind), levelled)
        if at > 0:
            cues = _taken_over(line, quantities[at - 1], quantity, found[-1], cues)
        found.append(cues)
    return found


def _taken_over(line: Line, before: Quantity, quantity: Quantity, earlier: Cues, own: Cues) -> Cues:
    between = line.lows[before.end : quantity.first]
    converted = between == ["/"] or (between[:1] == ["("] and len(between) <= 2)
    if converted and own.bound == "=" and before.kind in _CONVERTED and quantity.kind in _CONVERTED:
        return earlier
    if between in _COORDINATED and not own.direction and quantity.unit == before.unit != "-":
        return own._replace(direction=earlier.direction, basis=earlier.basis)
    if "or" in between and len(between) <= _OR_REACH and not own.direction:
        return own._replace(direction=earlier.direction, basis=earlier.basis)
    return own


def _value(quantity: Quantity) -> float | tuple[float, float]:
    """Return one number, or two for a range and for a score, be it a draw."""
    if quantity.low == quantity.high and quantity.rule not in ("score", "votes"):
        return quantity.low
    return quantity.low, quantity.high


def _figure(
    line: Line,
    offset: int,
    index: int,
    row: tuple[Quantity, Counted, Cues, When | None, Status],
    voices: Voices,
) -> Figure:
    quantity, counted, cues, when, status = row
    source = voices.find(index, quantity.first)
    return Figure(
        span=(offset + quantity.start, offset + quantity.stop),
        sentence=index,
        kind=counted.kind,
        value=_value(quantity),
        unit=counted.unit,
        counted=counted.phrase,
        head=counted.head,
        bound=cues.bound,
        direction=cues.direction,
        basis=cues.basis,
        as_of=Period(when.start, when.stop, when.explicit) if when else None,
        place=find_place(line, counted.end, line.size),
        source=source,
        status=claimed(line, offset, source, status),
        hedge=cues.hedge,
        rule=quantity.rule,
    )
