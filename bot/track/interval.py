"""What a stated value allows to be true, and whether two of them can both be."""

import math
import re
from dataclasses import dataclass, replace

from bot.model import Observation
from summarizer.model import Figure, FigureKind

ABOUT = 0.1
KEPT_DIGITS = 2
LARGEST = 1e15
_NUMBER = re.compile(r"\d[\d.,\u00a0\u202f\u2009 ]*")
OF_A_WHOLE = frozenset(("fraction", "one in"))
"""How a part is told that is no percentage: "two-thirds", "one in five"."""

PART_UNIT, PART_OF = 5.0, 5
"""A part is good to so many points, and to so small a part of itself."""

FINER = 100
"""A number with zeros at its end rounds another that is so many times finer: 1,200 rounds 1,187.

Of two round numbers neither rounds the other: 150,000 conscripts contradict 147,000.
"""


@dataclass(frozen=True, slots=True)
class Interval:
    """The values a statement allows, the numbers it gives, and how finely it gives them.

    `unit` is the place of the last digit as written (`4 million` is good to a million, `3.75` to a hundredth);
    `place` the same without zeros at the end.
    """

    low: float
    high: float
    stated: tuple[float, float] = (0.0, 0.0)
    unit: float = 0.0
    place: float = 0.0
    exact: bool = True

    def agrees(self, other: "Interval") -> bool:
        """Return whether both can be true: equal after rounding to the coarser of both, or overlapping."""
        is_same_score = self.low > self.high and self.stated == other.stated
        if is_same_score or (self.low <= other.high and other.low <= self.high):
            return True
        lesser, greater = (self, other) if self.high < other.low else (other, self)
        return _rounds_to(lesser, greater)

    def repeats(self, other: "Interval") -> bool:
        """Return whether both give the same number, whatever bound they set to it."""
        if self.exact and other.exact:
            return self.agrees(other)
        return self.stated == other.stated or (self._is_about(other) and other._is_about(self))

    def restates(self, other: "Interval") -> bool:
        """Return whether both give the same number, but for rounding."""
        return self.plain.agrees(other.plain)

    @property
    def plain(self) -> "Interval":
        """The numbers as stated, without a bound or "about"."""
        low, high = self.stated
        return replace(self, low=low, high=high, exact=low == high)

    def _is_about(self, other: "Interval") -> bool:
        """Whether the numbers are one where "about" stands, or after rounding."""
        return math.isfinite(self.low + self.high) and math.isfinite(other.low + other.high) and self.agrees(other)

    @property
    def middle(self) -> float:
        """A number to draw: the value, the middle of a range, the bound where there is only one."""
        if math.isinf(self.high):
            return self.low
        return self.high if math.isinf(self.low) else (self.low + self.high) / 2


def _rounds_to(lesser: Interval, greater: Interval) -> bool:
    """Whether the coarser of two numbers is the other one rounded, half up."""
    up = (greater.place, greater.unit) > (lesser.place, lesser.unit)
    coarse, fine = (greater, lesser) if up else (lesser, greater)
    slack = (coarse.place if fine.place * FINER <= coarse.place else max(coarse.unit, fine.unit)) / 2
    apart = greater.low - lesser.high
    return apart < slack or (up and math.isclose(apart, slack))


def interval(observation: Observation) -> Interval:
    """Return what a figure allows: a bound is open at one end, "about" a tenth wide to each side.

    Of a vote of 312 to 270 the first number counts, which others give alone.
    """
    figure = observation.figure
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    if figure.kind is FigureKind.VOTE:
        high = low
    quoted = "" if low != high else observation.quoted
    unit = min(written_to(low, quoted), written_to(high, quoted))
    unit = max(unit, _coarse(figure))
    place = min(rounded_to(low, unit), rounded_to(high, unit))
    ends = {
        ">": (low, math.inf),
        ">=": (low, math.inf),
        "<": (-math.inf, high),
        "<=": (-math.inf, high),
        "~": (low - ABOUT * abs(low), high + ABOUT * abs(high)),
    }.get(figure.bound)
    return Interval(*(ends or (low, high)), (low, high), unit, place, exact=ends is None and low == high)


def _coarse(figure: Figure) -> float:
    """How coarse a part told in small numbers is: who says "two-thirds" does not deny 66 percent."""
    told = figure.kind is FigureKind.PERCENT and figure.rule in OF_A_WHOLE
    return min(PART_UNIT, figure.value / PART_OF) if told and not isinstance(figure.value, tuple) else 0.0


def written_to(value: float, quoted: str = "") -> float:
    """Return the place of a number's last digit as it is written: 0.1 for `5.0`, a million for `4 million`."""
    if not math.isfinite(value) or abs(value) >= LARGEST:
        return 1.0
    numbers = _NUMBER.findall(quoted)
    if len(numbers) == 1:
        digits = "".join(filter(str.isdecimal, numbers[0]))
        whole = len(str(int(abs(value))))
        return float(10.0 ** (whole - len(digits.lstrip("0") if abs(value) >= 1 else digits)))
    _, _, decimals = f"{abs(value):.12f}".rstrip("0").partition(".")
    return float(10.0 ** -len(decimals))


def rounded_to(value: float, unit: float = 1.0) -> float:
    """Return the place of a number's last digit that is no zero; at least two digits count.

    So 160,000 is good to 10,000, 147,500 to 100 and 12 to 1.
    """
    if not value or not math.isfinite(value) or abs(value) >= LARGEST or unit < 1:
        return unit
    whole = str(int(abs(value)))
    zeros = len(whole) - len(whole.rstrip("0"))
    return max(unit, float(10.0 ** min(zeros, len(whole) - KEPT_DIGITS)) if len(whole) > KEPT_DIGITS else unit)
