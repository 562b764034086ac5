"""What changed in a ledger between two moments."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import track
from bot.model import Observation
from summarizer.model import Figure, FigureKind, Period, Speaker

NOON = datetime(2025, 3, 31, 12, tzinfo=UTC)
DAY = 24.0


def said(number: int, hours: float, text: str, counted: str, as_of: str = "", speaker: str = "") -> Observation:
    """What an outlet of its own tells some hours after noon; the figure is marked *like this*."""
    start, quoted = text.index("*"), text.split("*")[1]
    figure = Figure(
        span=(start, start + len(quoted)),
        sentence=0,
        kind=FigureKind.COUNT,
        value=float(quoted.replace(",", "")),
        unit="-",
        counted=counted,
        head=counted,
        as_of=Period(as_of, as_of) if as_of else None,
        source=Speaker(speaker, (0, 0)) if speaker else None,
    )
    at = NOON + timedelta(hours=hours)
    plain = text.replace("*", "")
    return Observation(number, number, f"Outlet {number}", f"https://{number}.example/", "", at, plain, 0, figure)


TOLL = said(1, 0, "*41* people were killed", "people")
HIGHER = said(2, DAY, "*87* people were killed", "people")
BARNS = said(1, 0, "the fire destroyed *41* barns", "barns")
OTHER_BARNS = said(2, 1, "the fire destroyed *60* barns", "barns")

CASES = {
    "nothing, where nothing was said since": ([TOLL], 1, []),
    "nothing, where a number is told again by one who told it": (
        [TOLL, said(1, 2, "*41* people were killed", "people")],
        1,
        [],
    ),
    "a new figure": ([TOLL, BARNS], -1, [("new", "people killed", 41), ("new", "barns", 41)]),
    "an update": ([TOLL, HIGHER], 1, [("update", "people killed", 87)]),
    "a revision": (
        [TOLL, said(2, 2 * DAY, "*38* people were killed", "people")],
        1,
        [("revised", "people killed", 38)],
    ),
    "a revision of what nobody knew yet is an update": (
        [TOLL, HIGHER, said(3, 2 * DAY, "it was revised: *84* people were killed", "people")],
        0.5,
        [("update", "people killed", 84)],
    ),
    "a new figure that is disputed at once": (
        [BARNS, OTHER_BARNS],
        -1,
        [("conflict", "barns", 41), ("new", "barns", 41)],
    ),
    "one more witness": (
        [TOLL, said(2, 2, "*41* people were killed", "people")],
        1,
        [("confirmed", "people killed", 41)],
    ),
    "a conflict that arose": ([BARNS, OTHER_BARNS], 0.5, [("conflict", "barns", 41)]),
    "a conflict that a later value settles": (
        [BARNS, OTHER_BARNS, said(3, 3 * DAY, "the fire destroyed *52* barns", "barns")],
        2,
        [("update", "barns", 52), ("settled", "barns", 52)],
    ),
    "a conflict that stands is no news": (
        [BARNS, OTHER_BARNS, said(3, 2, "the fire destroyed *41* barns", "barns")],
        1.5,
        [("confirmed", "barns", 41)],
    ),
    "a value of an earlier year that is told only now": (
        [
            said(1, 0, "*150,000* conscripts in 2024", "conscripts", "2024"),
            said(2, 2, "*147,000* conscripts in 2023", "conscripts", "2023"),
        ],
        1,
        [("earlier", "conscripts", 147_000)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_changes(case: str) -> None:
    observations, hours, expected = CASES[case]
    found = track.changes(observations, NOON + timedelta(hours=hours))
    assert [(change.kind, change.series.label, change.point.value) for change in found] == expected


def test_a_change_tells_the_value_before() -> None:
    (change,) = track.changes([TOLL, HIGHER], NOON)
    assert change.before
    assert change.before.value == 41


def test_what_was_published_before_and_got_since_is_news_to_whoever_was_briefed() -> None:
    late = replace(HIGHER, retrieved_at=NOON + timedelta(hours=3 * DAY))
    since = NOON + timedelta(hours=2 * DAY)
    assert track.changes([TOLL, late], since) == ()
    assert [change.kind for change in track.changes([TOLL, late], since, True)] == ["update"]
    assert track.changes([TOLL, HIGHER], since, True) == ()  # nobody noted when we got it


LOWERED = said(2, 2 * DAY, "the toll was revised: *38* people were killed", "people")
LOWEST = said(3, 3 * DAY, "the toll was revised again: *36* people were killed", "people")
AGAIN = said(4, 5 * DAY, "*40* people were killed", "people")


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        pytest.param([TOLL], [HIGHER], [], id="not what a later value overtook"),
        pytest.param([TOLL], [LOWERED], [(41, 38)], id="what was taken back"),
        pytest.param([TOLL], [LOWERED, LOWEST], [(41, 36)], id="what was taken back twice, for the last value"),
        pytest.param([TOLL], [LOWERED, AGAIN], [(41, 38)], id="for the value that took it back, not a later one"),
        pytest.param([TOLL, LOWERED], [BARNS], [], id="not what was known to be taken back when it was told"),
        pytest.param([BARNS], [TOLL, LOWERED], [], id="not what nobody told"),
    ],
)
def test_D10_what_was_told_and_then_taken_back(
    then: list[Observation], now: list[Observation], expected: list[tuple[float, float]]
) -> None:
    ledger = track.ledger([*then, *now])
    back = [change for told in track.ledger(then) for change in track.taken_back(told, told.points, ledger)]
    assert [(change.before and change.before.value, change.point.value) for change in back] == expected
