"""Charts: a series as a picture that a phone can show. Only worker processes draw, and import matplotlib.

A few values that stand well apart are drawn over time; more of them, or accounts that differ, row by row. The
paper is measured in pixels from its top left corner.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Literal

from bot.model.chart import Chart, Mark

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

WORKER_IMPORTS = ("matplotlib.backends.backend_agg", "matplotlib.font_manager", "matplotlib.patheffects")

WIDTH = 1080
MARGIN = 56
MOST_LINES = 3
COURSE_HEIGHT = 560
ROW, TIGHT_ROW, SAID_BY = 86.0, 62.0, 44.0
MANY_ROWS = 12
DATES_ROOM, VALUES_ROOM = 340.0, 560.0
SMALLEST = 24.0
GAP = 20.0
"""So far apart words stand at least."""
ARROW = 54.0
TRACK = 64.0
SHORTEST_AXIS = 300.0
"""An axis with less room than this beside the words stands below them."""

FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "PingFang SC",
    "Hiragino Sans",
    "Arial Unicode MS",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
)
"""The first ships with matplotlib; the others stand in for its gaps where the machine has them."""

WEIGHTS = {False: "normal", True: "bold"}
Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Colours:
    """What a chart is drawn in."""

    paper: str
    words: str
    faint: str
    grid: str
    value: str
    dispute: str
    band: str


LIGHT = Colours("#ffffff", "#15202b", "#5b6875", "#e1e6eb", "#0b62c4", "#b8460b", "#fbf1e9")
DARK = Colours("#17212b", "#f3f6f9", "#a5b3c1", "#2f3d4b", "#62b0ff", "#ffab61", "#262c33")


def draw(chart: Chart) -> bytes:
    """Return the chart as a PNG, 1,080 pixels wide and as high as it takes."""
    paper = Paper(DARK if chart.dark else LIGHT)
    paper.trim(compose(paper, chart))
    return paper.png()


def compose(paper: "Paper", chart: Chart) -> float:
    """Put a chart on paper; return how far down it reaches."""
    below = _heading(paper, chart)
    course = _course(paper, chart, below)
    below = _draw_course(paper, chart, course) if course else _draw_rows(paper, chart, below)
    return _notes(paper, chart, below)


# ---------------------------------------------------------------- the paper


@dataclass(frozen=True, slots=True)
class Ink:
    """How words are written."""

    size: float
    colour: str
    bold: bool = False


class Paper:
    """Something to write and draw on, in pixels, downwards."""

    def __init__(self, colours: Colours) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg  # noqa: PLC0415  # in workers alone
        from matplotlib.figure import Figure  # noqa: PLC0415  # as above
        from matplotlib.patheffects import withStroke  # noqa: PLC0415  # as above

        self.colours = colours
        self.title, self.value = Ink(52, colours.words, bold=True), Ink(40, colours.words, bold=True)
        self.subtitle, self.date, self.small = (Ink(size, colours.faint) for size in (36, 34, 30))
        self._ruler = RendererAgg(WIDTH, 100, 72)  # type: ignore[no-untyped-call]  # the library's own gap
        self._figure = Figure(figsize=(WIDTH / 72, 1), dpi=72, facecolor=colours.paper)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._halo = [withStroke(linewidth=8, foreground=colours.paper)]
        self._letters = {bold: _letters(bold) for bold in (False, True)}

    def width(self, words: str, ink: Ink) -> float:
        """Return how wide words are."""
        known = self._known(words, ink)
        extent = self._ruler.get_text_width_height_descent(known, _font(ink), ismath=False)  # type: ignore[no-untyped-call]  # as above
        return float(extent[0])

    def fitted(self, words: str, ink: Ink, room: float) -> tuple[str, Ink]:
        """Return words that fit, and the ink to write them in: smaller, and cut where that is not enough."""
        while ink.size > SMALLEST and self.width(words, ink) > room:
            ink = replace(ink, size=ink.size - 1)
        return self.cut(words, ink, room), ink

    def cut(self, words: str, ink: Ink, room: float) -> str:
        """Return as many of the words as fit."""
        if self.width(words, ink) <= room:
            return words
        fitting = bisect_right(range(len(words)), room, key=lambda end: self.width(f"{words[:end]}…", ink))
        return words[: max(fitting - 1, 0)].rstrip() + "…"

    def write(self, x: float, y: float, words: str, ink: Ink, side: Side = "left") -> None:
        """Write words at a place, their middle at the height `y`; bold ones keep lines at a distance."""
        look: dict[str, Any] = {"ha": side, "va": "center_baseline", "parse_math": False, "zorder": 5}
        halo = self._halo if ink.bold else None
        known = self._known(words, ink)
        self._axes.text(x, y, known, fontproperties=_font(ink), color=ink.colour, path_effects=halo, **look)

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: float, **look: Any) -> None:
        """Draw a line through places; `look` is matplotlib's (markers, dashes)."""
        self._axes.plot(xs, ys, color=colour, linewidth=width, **look)

    def band(self, top: float, bottom: float, colour: str) -> None:
        """Colour a band across the paper."""
        self._axes.axhspan(top, bottom, color=colour, linewidth=0, zorder=0)

    def arrow(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """Draw an arrow from place to place."""
        look = {"arrowstyle": "-|>,head_width=0.45,head_length=0.7", "color": colour, "linewidth": 5.0}
        self._axes.annotate("", xy=end, xytext=start, arrowprops={**look, "shrinkA": 0.0, "shrinkB": 0.0})

    def trim(self, height: float) -> None:
        """Cut the paper at a height."""
        self._figure.set_size_inches(WIDTH / 72, round(height) / 72)
        self._axes.set_ylim(round(height), 0)

    def png(self) -> bytes:
        """Return what was drawn as a PNG; equal for equal charts."""
        picture = BytesIO()
        self._figure.savefig(picture, format="png", dpi=72, metadata={"Software": None})
        return picture.getvalue()

    def _known(self, words: str, ink: Ink) -> str:
        """Return the words with dots for letters that no font here has; the message beside has all of them."""
        runs = groupby(words, key=lambda letter: ord(letter) in self._letters[ink.bold])
        return "".join("".join(run) if known else "…" for known, run in runs)


def _font(ink: Ink) -> "FontProperties":
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415  # in workers alone

    return FontProperties(family=_families(), size=ink.size, weight=WEIGHTS[ink.bold])


@cache
def _families() -> list[str]:
    from matplotlib.font_manager import fontManager  # noqa: PLC0415  # as above

    here = set(fontManager.get_font_names())
    return [name for name in FONTS if name in here]


@cache
def _letters(bold: bool) -> frozenset[int]:
    """Return every letter that a font here can draw, by its code."""
    from matplotlib.font_manager import FontProperties, findfont, get_font  # noqa: PLC0415  # as above

    fonts = (FontProperties(family=name, weight=WEIGHTS[bold]) for name in _families())
    return frozenset(code for font in fonts for code in get_font(findfont(font)).get_charmap())


# ---------------------------------------------------------------- words above and below


def _heading(paper: Paper, chart: Chart) -> float:
    """Write title and subtitle; return where what follows begins."""
    below = _paragraph(paper, chart.title, paper.title, MARGIN)
    return _paragraph(paper, chart.subtitle, paper.subtitle, below + 6) + 34


def _notes(paper: Paper, chart: Chart, below: float) -> float:
    """Write the notes; return where the paper ends."""
    below += 26
    for note in chart.notes:
        below = _paragraph(paper, note, paper.small, below) + 8
    return below + MARGIN - 20


def _paragraph(paper: Paper, words: str, ink: Ink, top: float) -> float:
    """Write words over as many lines as they take, a few at most; return where they end."""
    lines = list(_lines(paper, words, ink))
    for line in (*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])):
        if line:
            paper.write(MARGIN, top + ink.size * 0.65, paper.cut(line, ink, WIDTH - 2 * MARGIN), ink)
            top += ink.size * 1.3
    return top


def _lines(paper: Paper, words: str, ink: Ink) -> Iterator[str]:
    line, length, blank = "", 0.0, paper.width(" ", ink)
    for word in words.split():
        width = paper.width(word, ink)
        if line and length + blank + width > WIDTH - 2 * MARGIN:
            yield line
            line, length = "", 0.0
        line, length = f"{line} {word}".strip(), length + blank + width
    yield line


# ---------------------------------------------------------------- over time


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values stand between two edges of the paper."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Course:
    """A chart over time: its scale, and for each mark its place from the left and whether its value is above."""

    values: Scale
    places: tuple[float, ...]
    above: tuple[bool, ...]


def _course(paper: Paper, chart: Chart, top: float) -> Course | None:
    """Return how the marks stand over time; None where what is written beside them would overlap."""
    marks, known = chart.marks, [mark.day for mark in chart.marks if mark.day is not None]
    if len(known) < max(2, len(marks)) or any(mark.dispute for mark in marks) or known[0] == known[-1]:
        return None
    ends = [max(paper.width(mark.value, paper.value), paper.width(mark.date, paper.date)) / 2 for mark in marks]
    axis = max(paper.width(label, paper.small) for _, label in chart.ticks)
    days = Scale(known[0], known[-1], MARGIN + axis + 24 + ends[0], WIDTH - MARGIN - ends[-1])
    places = tuple(map(days.at, known))
    values = Scale(chart.ticks[0][0], chart.ticks[-1][0], top + COURSE_HEIGHT, top + 60)
    return Course(values, places, tuple(_above(marks))) if _is_legible(paper, marks, places) else None


def _above(marks: Sequence[Mark]) -> Iterator[bool]:
    """Yield for each mark whether its value is written above it: below it only in a valley of the line."""
    middles = [(mark.low + mark.high) / 2 for mark in marks]
    for place, middle in enumerate(middles):
        yield any(
            middle >= other for other in (*middles[max(place - 1, 0) : place], *middles[place + 1 : place + 2])
        )


def _is_legible(paper: Paper, marks: Sequence[Mark], places: Sequence[float]) -> bool:
    """Whether the dates of neighbours, and their values, leave a gap between them."""
    for (left, here), (right, there) in pairwise(zip(marks, places, strict=True)):
        dates = paper.width(left.date, paper.date) + paper.width(right.date, paper.date)
        values = paper.width(left.value, paper.value) + paper.width(right.value, paper.value)
        if there - here < max(dates, values) / 2 + GAP:
            return False
    return True


def _draw_course(paper: Paper, chart: Chart, course: Course) -> float:
    for value, label in chart.ticks:
        height = course.values.at(value)
        paper.line((MARGIN, WIDTH - MARGIN), (height, height), paper.colours.grid, 2.0, zorder=1)
        paper.write(MARGIN, height - 20, label, paper.small)
    for (left, right), xs in zip(pairwise(chart.marks), pairwise(course.places), strict=True):
        exact = all(mark.low == mark.high and mark.bound in "=~" for mark in (left, right))
        ys = [course.values.at((mark.low + mark.high) / 2) for mark in (left, right)]
        paper.line(xs, ys, paper.colours.value, 5.0, linestyle="-" if exact else ":", zorder=2)
    lowest = course.values.start
    for mark, x, above in zip(chart.marks, course.places, course.above, strict=True):
        _draw_mark(paper, mark, Place(course.values, x=x))
        height = course.values.at(mark.high if above else mark.low) + (-1 if above else 1) * _reach(mark, above)
        paper.write(x, height, mark.value, paper.value, "center")
        lowest = max(lowest, height)
    for mark, x in zip(chart.marks, course.places, strict=True):
        paper.write(x, lowest + 50, mark.date, paper.date, "center")
    return lowest + 76


def _reach(mark: Mark, above: bool) -> float:
    """Return how far from its mark a value is written: past an arrow that points there."""
    arrow = mark.bound[:1] == (">" if above else "<")
    return 44.0 + (ARROW if arrow else 0.0)


# ---------------------------------------------------------------- row by row


@dataclass(frozen=True, slots=True)
class Rows:
    """How rows are set: date on the left, value on the right, between them the axis; below where that is short.

    `height` is that of a row's words; `track` how far below them the axis is, 0 for beside.
    """

    axis: Scale
    date: Ink
    value: Ink
    height: float
    track: float = 0.0


def _rows(paper: Paper, chart: Chart) -> Rows:
    dates = max((mark.date for mark in chart.marks), key=lambda words: paper.width(words, paper.date))
    values = max((mark.value for mark in chart.marks), key=lambda words: paper.width(words, paper.value))
    dates, date = paper.fitted(dates, paper.date, DATES_ROOM)
    values, value = paper.fitted(values, paper.value, VALUES_ROOM)
    left = MARGIN + paper.width(dates, date) + ARROW + 10
    right = WIDTH - MARGIN - paper.width(values, value) - ARROW - 10
    low, high = chart.ticks[0][0], chart.ticks[-1][0]
    height = ROW if len(chart.marks) <= MANY_ROWS else TIGHT_ROW
    if right - left < SHORTEST_AXIS:
        whole = Scale(low, high, MARGIN + ARROW, WIDTH - MARGIN - ARROW)
        return Rows(whole, date, value, TIGHT_ROW, TRACK)
    return Rows(Scale(low, high, left, right), date, value, height)


def _draw_rows(paper: Paper, chart: Chart, top: float) -> float:
    rows, bottom = _rows(paper, chart), top
    for dispute, together in groupby(chart.marks, key=lambda mark: mark.dispute):
        rivals = list(together)
        height = rows.height + rows.track + (SAID_BY if dispute else 0)
        if dispute:
            paper.band(bottom, bottom + height * len(rivals) + GAP, paper.colours.band)
            bottom += GAP / 2
        for mark in rivals:
            _draw_row(paper, mark, rows, bottom + rows.height / 2)
            _draw_track(paper, mark, chart, rows, bottom + rows.height / 2)
            bottom += height
        bottom += GAP / 2 if dispute else 0
    _write_ticks(paper, chart, rows.axis, bottom + 28)
    return bottom + 56


def _draw_row(paper: Paper, mark: Mark, rows: Rows, middle: float) -> None:
    paper.write(MARGIN, middle, *paper.fitted(mark.date, rows.date, DATES_ROOM))
    paper.write(WIDTH - MARGIN, middle, *paper.fitted(mark.value, rows.value, VALUES_ROOM), "right")
    if mark.said_by:
        said_by = paper.fitted(mark.said_by, paper.small, WIDTH - 2 * MARGIN)
        paper.write(WIDTH - MARGIN, middle + SAID_BY, *said_by, "right")


def _draw_track(paper: Paper, mark: Mark, chart: Chart, rows: Rows, middle: float) -> None:
    """Draw a row's stretch of the axis and what stands there: beside the words, or below them."""
    height = middle + (rows.track + (SAID_BY if mark.dispute else 0) - GAP / 2 if rows.track else 0)
    reach = GAP if rows.track else rows.height / 2
    for value, _ in chart.ticks:
        x = rows.axis.at(value)
        paper.line((x, x), (height - reach, height + reach), paper.colours.grid, 2.0, zorder=0.5)
    ends = (rows.axis.start - 10, rows.axis.end + 10)
    paper.line(ends, (height, height), paper.colours.grid, 2.0, zorder=1)
    _draw_mark(paper, mark, Place(rows.axis, y=height))


def _write_ticks(paper: Paper, chart: Chart, axis: Scale, height: float) -> None:
    """Write as many ticks as leave each other room, as far apart from each other, zero among them if it is one."""
    zero = next((at for at, (value, _) in enumerate(chart.ticks) if value == 0), 0)
    places = [(axis.at(value), paper.width(label, paper.small), label) for value, label in chart.ticks]
    choices = (places[zero % step :: step] for step in range(1, len(places) + 1))
    for x, _, label in next(filter(_leave_room, choices)):
        paper.write(x, height, label, paper.small, "center")


def _leave_room(words: Sequence[tuple[float, float, str]]) -> bool:
    """Whether words, centred at their places and so wide, leave a gap between them."""
    return all(there - here > (left + right) / 2 + 16 for (here, left, _), (there, right, _) in pairwise(words))


# ---------------------------------------------------------------- marks


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark's values stand: on a line across at `y`, or on one downwards at `x`."""

    values: Scale
    x: float = 0.0
    y: float = 0.0

    def of(self, value: float, further: float = 0.0) -> tuple[float, float]:
        """Return the place of a value, or one so much further towards greater values."""
        away = further if self.values.end > self.values.start else -further
        at = self.values.at(value) + away
        return (at, self.y) if self.y else (self.x, at)


def _draw_mark(paper: Paper, mark: Mark, place: Place) -> None:
    """Draw a value where it stands: a dot, hollow if about, a bar for a range, an arrow to where truth lies."""
    colour = paper.colours.dispute if mark.dispute else paper.colours.value
    here, there = place.of(mark.low), place.of(mark.high)
    if mark.low != mark.high:
        xs, ys = zip(here, there, strict=True)
        paper.line(xs, ys, colour, 16.0, solid_capstyle="butt", zorder=3)
        return
    if mark.bound[:1] in {"<", ">"}:
        paper.arrow(here, place.of(mark.low, ARROW if mark.bound[0] == ">" else -ARROW), colour)
    shape = "D" if mark.computed else "s" if mark.dispute else "o"
    filled = paper.colours.paper if mark.bound == "~" or mark.computed else colour
    paper.line(
        here[:1], here[1:], colour, 0.0, marker=shape, markersize=22.0 if shape == "o" else 19.0,
        markerfacecolor=filled, markeredgecolor=colour, markeredgewidth=5.0, zorder=4,
    )  # fmt: skip
