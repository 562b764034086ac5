"""What changed, in the words that a reader sees."""

from datetime import UTC, datetime

import pytest

from bot.model import Article, Change, Observation, Point, Series
from handlers.render.changes import lines, reports
from summarizer.model import Figure, FigureKind, Speaker

NOON = datetime(2025, 3, 31, 12, tzinfo=UTC)


def point(number: int, value: str, speaker: str = "", as_of: str = "2025-03-31", bound: str = "=") -> Point:
    sentence = f"{value} homes were flooded"
    source = Speaker(speaker, (0, 0)) if speaker else None
    figure = Figure((0, len(value)), 0, FigureKind.COUNT, float(value), "home", "homes", "home", source=source)
    seen = Observation(
        number, number, f"Outlet {number}", f"https://{number}.example/", "", NOON, sentence, 0, figure
    )
    return Point(float(value), bound, as_of, (seen,), 1)


ONE, OTHER = point(1, "340", "mayor", bound=">"), point(2, "410")
HOMES = Series("k", "homes", "home", (ONE, OTHER))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(Change("new", HOMES, ONE), "homes: more than 340 · Outlet 1", id="new"),
        pytest.param(Change("update", HOMES, OTHER, ONE), "homes: more than 340 → 410 · Outlet 2", id="update"),
        pytest.param(
            Change("revised", HOMES, OTHER, ONE), "homes revised: more than 340 → 410 · Outlet 2", id="revised"
        ),
        pytest.param(
            Change("confirmed", HOMES, OTHER, OTHER),
            "homes: still 410, now from 1 witnesses · Outlet 2",
            id="confirmed",
        ),
        pytest.param(
            Change("earlier", HOMES, point(2, "120", as_of="2023")),
            "homes in 2023: 120, told only now · Outlet 2",
            id="earlier",
        ),
        pytest.param(
            Change("conflict", HOMES, ONE, accounts=(ONE, OTHER)),
            "sources differ on homes, 31 Mar 2025: more than 340 (mayor) in Outlet 1 · 410 in Outlet 2",
            id="conflict",
        ),
        pytest.param(
            Change("settled", HOMES, OTHER, accounts=(ONE, OTHER)),
            "homes: 410, where sources differed before (more than 340 · 410) · Outlet 2",
            id="settled",
        ),
    ],
)
def test_a_change_in_words(change: Change, expected: str) -> None:
    (line,) = lines([change])
    assert line.text == expected
    assert all(url.startswith("https://") for *_, url in line.links)
    assert line.links


def test_parties_make_claims() -> None:
    claims = Series("k", "homes", "home", (ONE, OTHER), claims=True)
    (line,) = lines([Change("conflict", claims, ONE, accounts=(ONE, OTHER))])
    assert line.text.startswith("claims differ on homes")


def test_new_figures_of_one_name_are_told_apart_by_the_words_around_them() -> None:
    first, second = lines([Change("new", HOMES, ONE), Change("new", HOMES, OTHER)])
    assert first.text == "homes: more than 340 · Outlet 1: “340 homes were flooded”"
    assert second.text == "homes: 410 · Outlet 2: “410 homes were flooded”"


@pytest.mark.parametrize(
    ("outlets", "is_new", "expected"),
    [
        pytest.param("A", True, "1 report: A", id="of a new story"),
        pytest.param("A B A", False, "3 more reports: A, B", id="each outlet once"),
        pytest.param("A B C D E F", False, "6 more reports: A, B, C, D and 2 more", id="a few by name"),
    ],
)
def test_who_reports_what_changed_no_figure(outlets: str, is_new: bool, expected: str) -> None:
    told = [Article(1, f"https://{name}.example/", "T", name, "", NOON, NOON) for name in outlets.split()]
    line = reports(told, is_new=is_new)
    assert line.text == expected
    assert line.links[0][2] == "https://A.example/"
