"""Words of dates, and what a date is: found in the text, then bound by its preposition."""

from datetime import date
from typing import NamedTuple

from summarizer.figures.atoms import Line
from summarizer.figures.lexicon import word_set

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

SHORT_WEEKDAYS = word_set("mon tue tues wed thu thurs fri sat sun")

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}

QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}

NUMBERED = {"1": 1, "2": 2, "3": 3, "4": 4}

LEADS = word_set(
    "in by since from until till on during of to through before after at for over between throughout than as"
)

RELATIVE = {"last": -1, "this": 0, "next": 1, "coming": 1, "current": 0}

ERAS = frozenset(("a.d.", "ad", "bc", "b.c.", "bce", "b.c.e."))


class When(NamedTuple):
    """A date as it stands in the text. `start` is empty where the day of publication is needed and not known.

    `lead` is the preposition before it; `base` is true where it only dates a comparison ("than in 2019").
    """

    first: int
    end: int
    start: str
    stop: str
    explicit: bool
    lead: str
    base: bool


class Found(NamedTuple):
    """A date without its preposition: the atom after it, first and last day."""

    end: int
    start: str
    stop: str
    explicit: bool = True


def is_year(line: Line, index: int) -> bool:
    """Whether four plain digits at `index` may be a year."""
    word = line.words[index]
    return len(word) == 4 and word.isdecimal() and "1500" <= word <= "2100"


def is_month(line: Line, index: int) -> bool:
    """Whether the atom is the capitalised name of a month."""
    low = line.lows[index]
    return low in MONTHS and (line.capital(index) or line.language != "en")


def year_at(line: Line, at: int, published: date | None) -> tuple[int, int]:
    """Return the atom after a year and the year: "2024", "the year", "last year"; 0 for what is not there."""
    if is_year(line, at):
        split = line.words[at + 1] == "-" and len(line.words[at + 2]) == 2
        return at + (3 if split else 1), int(line.words[at])
    if line.lows[at + 1] != "year" or line.lows[at] not in ("the", "this", "last"):
        return 0, 0
    return at + 2, published.year - (line.lows[at] == "last") if published else 0
