"""What a stated value allows to be true, and whether two of them can both be."""

import math
from dataclasses import dataclass

from bot.model import Observation

ABOUT = 0.1
KEPT_DIGITS = 1


@dataclass(frozen=True, slots=True)
class Interval:
    """The values a statement allows, and the unit it was rounded to."""

    low: float
    high: float
    rounding: float = 0.0
    exact: bool = True

    def agrees(self, other: "Interval") -> bool:
        """Return whether both can be true: equal after rounding to the coarser unit, or overlapping."""
        slack = max(self.rounding, other.rounding) / 2
        apart = max(self.low - other.high, other.low - self.high)
        return apart <= 0 or apart < slack

    @property
    def middle(self) -> float:
        """A number to draw: the value, the middle of a range, the bound where there is only one."""
        if math.isinf(self.high):
            return self.low
        return self.high if math.isinf(self.low) else (self.low + self.high) / 2


def interval(observation: Observation) -> Interval:
    """Return what a figure allows: a bound is open at one end, "about" a tenth wide to each side."""
    figure = observation.figure
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    rounding = min(rounded_to(low, observation.quoted), rounded_to(high, observation.quoted))
    if figure.bound in (">", ">="):
        return Interval(low, math.inf, rounding, exact=False)
    if figure.bound in ("<", "<="):
        return Interval(-math.inf, high, rounding, exact=False)
    if figure.bound == "~":
        return Interval(low - ABOUT * abs(low), high + ABOUT * abs(high), rounding, exact=False)
    return Interval(low, high, rounding, exact=low == high)


def rounded_to(value: float, quoted: str = "") -> float:
    """Return the unit a number was rounded to: the place of its last digit, but at least two digits count.

    So 160,000 is good to 10,000 and 1.2 million to 100,000, while 147,500 is good to 100 and 12 to 1.
    """
    if not value or not math.isfinite(value):
        return 1.0
    digits = f"{abs(value):.12g}" if abs(value) < 1e12 else f"{abs(value):.0f}"
    if "e" in digits:
        return abs(value)
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    if abs(value) < 100:
        return 0.1 if _writes_tenths(quoted) else 1.0
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(10.0 ** min(zeros, len(whole) - 1 - KEPT_DIGITS))


def _writes_tenths(quoted: str) -> bool:
    """Whether a whole number was written with a decimal: 5.0 %."""
    return ".0" in quoted or (",0" in quoted and not quoted.partition(",0")[2][:2].isdigit())
