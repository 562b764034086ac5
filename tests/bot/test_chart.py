"""Charts as they are drawn: pictures of one width, words that never meet, nobody but workers that draws."""

import struct
import subprocess
import sys
import zlib
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import chart
from bot.chart import DARK, LIGHT, WIDTH, Paper, compose, draw
from bot.model.chart import Chart, Mark
from bot.workers import Workers

YEARS = tuple(Mark(738_000 + 365 * n, v, v, "=", f"{2022 + n}", f"{v:,.0f}") for n, v in enumerate((134e3, 16e4)))
TICKS = ((130e3, "130,000"), (160e3, "160,000"))
DRAFT = Chart("Draft size", "Russia: spring draft", YEARS, TICKS, ("Sources: Northern Ledger",))


def mark(
    low: float, high: float | None = None, *, day: float | None = 0, bound: str = "=", **facts: object
) -> Mark:
    words: dict[str, object] = {
        "date": "before" if day is None else f"day {day:g}",
        "value": f"{low:,.6g}",
    } | facts
    return Mark(day, low, low if high is None else high, bound, **words)  # type: ignore[arg-type]  # fields of Mark


def of(*marks: Mark, notes: tuple[str, ...] = ()) -> Chart:
    low, high = min(each.low for each in marks), max(each.high for each in marks)
    return Chart(
        "A title", "About something", marks, ((low, f"{low:,.6g}"), (high + 1, f"{high + 1:,.6g}")), notes
    )


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def first_pixel(png: bytes) -> bytes:
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", png[start - 8 : start - 4])
    return zlib.decompressobj().decompress(png[start : start + length], 5)[1:4]


def words_on(paper: Paper, height: float) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return what is written on the paper and where: left, top, right, bottom."""
    paper.trim(height)
    found = []
    for text in paper._axes.texts:
        if text.get_text():
            box = text.get_window_extent()
            found.append((text.get_text(), (box.x0, box.y0, box.x1, box.y1)))
    return found


def assert_legible(shown: Chart) -> None:
    paper = Paper(LIGHT)
    height = compose(paper, shown)
    written = words_on(paper, height)
    for words, (left, low, right, high) in written:
        assert left >= -1, words
        assert right <= WIDTH + 1, words
        assert low >= 0, words
        assert high <= height, words
    for (words, one), (others, other) in combinations(written, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 2 or other[3] <= one[1] + 2
        assert apart, (words, others)


# ---------------------------------------------------------------- pictures


def test_a_chart_is_a_png_as_wide_as_a_phone_and_the_same_each_time() -> None:
    png = draw(DRAFT)
    assert size(png)[0] == WIDTH
    assert png == draw(DRAFT)


@pytest.mark.parametrize(("dark", "colours"), [(False, LIGHT), (True, DARK)], ids=["light", "dark"])
def test_a_chart_is_light_or_dark(dark: bool, colours: chart.Colours) -> None:
    png = draw(Chart("T", "S", YEARS, TICKS, dark=dark))
    assert first_pixel(png).hex() == colours.paper.removeprefix("#")


async def test_S7_a_worker_draws() -> None:
    async with Workers() as workers:
        assert await workers.run(draw, DRAFT) == draw(DRAFT)


def test_the_bot_itself_never_loads_matplotlib() -> None:
    code = "import sys; import bot.cli.running, handlers.telegram.receive, handlers.slack.receive; "
    code += "sys.exit(bool({'numpy', 'matplotlib', 'PIL'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_signs_that_matplotlib_reads_as_formulas_are_written_as_they_stand() -> None:
    paper = Paper(LIGHT)
    paper.write(10, 10, "$3 to $5_000", paper.date)
    assert [words for words, _ in words_on(paper, 100)] == ["$3 to $5_000"]


def test_letters_that_no_font_has_become_dots_and_no_boxes() -> None:
    paper = Paper(LIGHT)
    paper.write(10, 10, "размер \U00013000\U00013001 γ", paper.date)
    assert [words for words, _ in words_on(paper, 100)] == ["размер … γ"]


# ---------------------------------------------------------------- what stands where


LONG = "more than 36,123,456,789,012 tonnes"
CASES = [
    pytest.param(of(mark(5, date="2025")), id="one value"),
    pytest.param(DRAFT, id="two values"),
    pytest.param(of(mark(4, day=0), mark(9, day=1), mark(2, day=2), mark(9, day=3)), id="peaks and valleys"),
    pytest.param(of(mark(7, day=0), mark(7, day=1), mark(7, day=2)), id="equal values"),
    pytest.param(of(mark(-7, day=0), mark(3, day=1)), id="negative values"),
    pytest.param(of(mark(1, day=0), mark(2, day=3000), mark(3, day=3001)), id="values close in time"),
    pytest.param(of(*(mark(n * n, day=n) for n in range(12))), id="twelve values"),
    pytest.param(of(*(mark(n % 7, day=n) for n in range(40))), id="forty values"),
    pytest.param(
        Chart("T", "S", (mark(1, value=LONG), mark(2, value=LONG)), tuple((n, f"{n} trillion") for n in range(5))),
        id="more ticks than have room",
    ),
    pytest.param(of(mark(1, 3, day=0), mark(2, 9, day=9)), id="ranges"),
    pytest.param(of(mark(1, day=0, bound=">"), mark(9, day=9, bound="<="), mark(4, day=20)), id="bounds"),
    pytest.param(of(mark(9, day=0, bound="~"), mark(4, day=9, computed=True)), id="about and computed"),
    pytest.param(
        of(mark(1, value=LONG, date="1 Jan 2024/31 Mar 2024"), mark(2, value=LONG, day=1)), id="long words"
    ),
    pytest.param(
        of(
            mark(3, day=0, dispute=1, said_by="Northern Ledger"),
            mark(9, day=0, dispute=1, said_by="A ministry in Kite Daily"),
            mark(4, 6, day=5, dispute=2, said_by="Polar Wire " * 20),
            mark(7, day=5, dispute=2, said_by="Kite Daily", bound=">"),
            mark(5, day=9),
        ),
        id="two disputes",
    ),
    pytest.param(of(mark(5, day=None), mark(9, day=3), mark(7, day=900)), id="a value without a date"),
    pytest.param(of(mark(1, day=0), mark(2, day=9), notes=("word " * 90, "Sources: A, B")), id="long notes"),
    pytest.param(Chart("title " * 40, "W" * 300, YEARS, TICKS), id="long titles"),
]


@pytest.mark.parametrize("shown", CASES)
def test_no_words_meet_or_leave_the_paper(shown: Chart) -> None:
    assert_legible(shown)


@settings(max_examples=10)
@given(values=st.lists(st.tuples(st.integers(0, 3000), st.floats(-1e9, 1e9)), min_size=2, max_size=12))
def test_no_words_meet_whatever_the_values(values: list[tuple[int, float]]) -> None:
    assert_legible(of(*(mark(value, day=day) for day, value in sorted(values))))


def kinds(shown: Chart) -> list[str]:
    """Return the shapes of a chart's marks in order, and `>` for each arrow."""
    paper = Paper(LIGHT)
    compose(paper, shown)
    shapes = [str(line.get_marker()) for line in paper._axes.lines if line.get_marker() not in {"None", None, ""}]
    return shapes + [">" for text in paper._axes.texts if not text.get_text()]


def test_each_kind_of_value_has_its_own_mark() -> None:
    shown = of(mark(1, day=0), mark(2, day=1, computed=True), mark(3, day=2, dispute=1), mark(4, day=3, bound="<"))
    assert kinds(shown) == ["o", "D", "s", "o", ">"]


def test_between_values_that_are_no_numbers_the_line_is_dotted() -> None:
    paper = Paper(LIGHT)
    compose(paper, of(mark(1, day=0), mark(2, day=500), mark(3, day=1000, bound=">")))
    joined = [line.get_linestyle() for line in paper._axes.lines if line.get_color() == LIGHT.value]
    assert joined[:2] == ["-", ":"]


def test_rows_stand_in_the_order_of_time() -> None:
    paper = Paper(LIGHT)
    height = compose(paper, of(*(mark(n, day=n) for n in range(12))))
    heights = [box[1] for words, box in words_on(paper, height) if words.startswith("day")]
    assert all(above > below for above, below in pairwise(heights))


def test_the_ticks_that_have_room_are_as_far_apart_and_zero_is_one() -> None:
    ticks = tuple((place / 2, f"{place / 2:g} percent") for place in range(-3, 3))
    shown = Chart("Growth", "", (mark(-1.1, day=None), mark(0.6, day=None)), ticks)
    paper = Paper(LIGHT)
    words = [text for text, _ in words_on(paper, compose(paper, shown)) if text.endswith("percent")]
    assert words == ["-1 percent", "0 percent", "1 percent"]
