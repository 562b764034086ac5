"""From amounts to quantities: currency, unit, rate, range, fraction."""

from summarizer.figures.ages import AGE_UNIT, find_age, is_age
from summarizer.figures.amounts import Amount, read_amount
from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.exclude import is_excluded
from summarizer.figures.lexicon import is_plural, word_set
from summarizer.figures.pairs import read_pair
from summarizer.figures.quantity import AGES, Part, Quantity
from summarizer.figures.rates import with_rate
from summarizer.figures.units import (
    DURATION,
    MEASURE,
    MONEY,
    SHORT_UNITS,
    SIGNS,
    Unit,
    find_code,
    find_measure,
    find_percent,
    find_sign,
)
from summarizer.model import FigureKind

_CHANGES_BY = word_set(
    "rose rise rises risen rising fell fall falls fallen falling gained gain gains lost lose added adds jumped"
    " climbed dropped declined increased decreased surged slipped grew up down advanced slid sank plunged"
)

# "9 out of 10" is a share; of "9 out of 11 people" both numbers are counts.
_ROUND = 10
# "fell by 10 to 15" is a range, "fell by 92,000 to 498,000" an amount and a level.
_FAR = 2
_MILLION = 1e6
_PAYING = word_set(
    "cost costs costing price prices priced pay pays paid worth fine fined fee fees salary earn earns earned"
    " charge charged charges spend spent sold sell sells tax rent wage wages bill"
)
_CONNECTORS = word_set("- to or and through")
_WHOLE = frozenset(("digits", "words"))
# "between about 5 and 7", "between the ages of 18 and 30".
_BETWEEN_REACH, _AGES_REACH = 3, 4


def read_quantities(line: Line, dates: set[int]) -> list[Quantity]:
    """Return the quantities of a sentence, left to right; `dates` are the atoms that belong to a date."""
    found: list[Quantity] = []
    cursor = 0
    for index in line.numbers:
        if index < cursor or index in dates:
            continue
        for quantity in _read_at(line, index, dates):
            found.append(quantity)
            cursor = max(cursor, quantity.end)
    return found


def _read_at(line: Line, index: int, dates: set[int]) -> list[Quantity]:
    part = _read_part(line, index)
    if part is None:
        return []
    if line.lows[part.end] in _CONNECTORS or line.lows[part.amount.end] in _CONNECTORS:
        joined = _read_joined(line, part, dates)
        if joined:
            return joined
    return [_one_in(line, part) or _single(line, _scaled_from(line, part))]


def _read_joined(line: Line, part: Part, dates: set[int]) -> list[Quantity]:
    """Return the score, vote or range that a number begins, or nothing."""
    other = _read_other(line, part, dates)
    pair = read_pair(line, part, other) if other else []
    second = None if pair else _read_second(line, part, dates)
    return [_range(line, part, second)] if second else pair


def _read_other(line: Line, part: Part, dates: set[int]) -> Part | None:
    """Return the second number of a score or vote, if a bare whole number follows the first one."""
    at = _after_joint(line, part.amount.end)
    if part.unit or part.amount.shape not in _WHOLE or at not in line.numbers or at in dates:
        return None
    other = _read_part(line, at)
    if other is None or other.unit or other.signed or other.amount.shape not in _WHOLE:
        return None
    return other if other.amount.value.is_integer() else None


def _scaled_from(line: Line, part: Part) -> Part:
    """Return the number after "from" with the scale that stands after "to": "from $10 to $15 billion"."""
    if not part.signed or line.lows[part.end] != "to" or line.lows[part.first - 1] != "from":
        return part
    at = part.end + (2 if line.words[part.end + 1] in SIGNS else 1)
    if at not in line.numbers:
        return part
    other = read_amount(line, at, money=True)
    if other is None or part.amount.scale > 1 or part.amount.value >= other.mantissa:
        return part
    return part._replace(
        amount=part.amount._replace(value=part.amount.value * other.scale, high=part.amount.high * other.scale)
    )


def _read_part(line: Line, index: int) -> Part | None:
    sign = find_sign(line, index) if line.kinds[index] == NUMBER or line.words[index - 1] in SIGNS else None
    if is_excluded(line, index, sign is not None):
        return None
    amount = read_amount(line, index, sign is not None)
    if amount is None:
        return None
    if sign:
        return Part(amount, sign[1], amount.end, Unit(sign[0], MONEY, amount.end), signed=True)
    unit = _find_unit(line, amount)
    if line.glued(amount.end) and unit is None and _spoils(line, amount.end):
        return None
    return Part(amount, index, unit.end if unit else amount.end, unit, signed=False)


def _spoils(line: Line, end: int) -> bool:
    """Whether letters that touch the digits and are no unit make them a name: "3x", "12b"."""
    return line.words[end].isalpha() and line.kinds[end - 1] == NUMBER


def _find_unit(line: Line, amount: Amount) -> Unit | None:
    """Return the unit after an amount; a hyphen or "of" may stand between."""
    end = amount.end
    hyphen = line.lows[end] == "-" and (line.glued(end) or line.lows[end + 1] in ("year", "years"))
    at = end + 1 if hyphen else end
    if line.lows[at] == "of" and (amount.shape == "vague" or (line.language != "en" and amount.scale > 1)):
        at += 1
    age = find_age(line, at)
    if age:
        return age
    if line.kinds[amount.start] == WORD and line.words[at] in SHORT_UNITS:
        return None
    if line.lows[at] in ("pound", "pounds") and _is_paid(line, amount):
        return Unit("pound sterling", MONEY, at + 1)
    if amount.shape == "fraction" and line.lows[at] == "point":
        return Unit("percentage point", FigureKind.PERCENTAGE_POINT, at + 1)
    unit = find_percent(line, at) or (find_code(line, at) if not hyphen else None) or find_measure(line, at)
    if unit is None and amount.shape == "fraction" and line.lows[at] in ("of", "a", "an"):
        unit = _unit_of_fraction(line, at)
    return None if unit and not hyphen and _is_attribute(line, unit, amount) else unit


def _is_attribute(line: Line, unit: Unit, amount: Amount) -> bool:
    """Whether a time only says of what kind the counted things are: "5,200 season passes"."""
    is_single = unit.kind is DURATION and line.lows[unit.end - 1] == unit.name
    return is_single and amount.value > 1 and is_plural(line.lows[unit.end])


def _is_paid(line: Line, amount: Amount) -> bool:
    """Whether pounds are money here, by their number or by a word of paying before them."""
    return amount.scale >= _MILLION or not _PAYING.isdisjoint(line.lows[max(0, amount.start - 6) : amount.start])


def _unit_of_fraction(line: Line, at: int) -> Unit | None:
    """Return the unit in "half a mile", "1/16 of a US pint"."""
    step = at + 1
    while line.lows[step] in ("a", "an", "u.s."):
        step += 1
    unit = find_percent(line, step) or find_measure(line, step)
    return (
        unit
        if unit and unit.kind in (MEASURE, DURATION, FigureKind.PERCENT, FigureKind.PERCENTAGE_POINT)
        else None
    )


def _after_joint(line: Line, end: int) -> int:
    """Return the atom after "-", "to" or "-to-", or the padding where none of them stands there."""
    if line.lows[end : end + 3] == ["-", "to", "-"]:
        return end + 3
    return end + 1 if line.lows[end] in ("-", "to") else line.size


def _read_second(line: Line, part: Part, dates: set[int]) -> Part | None:
    """Return the upper end of a range that begins with `part`, or None."""
    joint = part.end
    if line.lows[joint] not in _CONNECTORS:
        joint = part.amount.end
    connector = line.lows[joint]
    at = _after_joint(line, joint) if connector in ("-", "to") else joint + 1
    if line.lows[at] == "-":
        at += 1
    while line.words[at] in SIGNS or (line.words[at + 1] in SIGNS and line.words[at].isupper()):
        at += 1
    if at in dates or (line.kinds[at] != NUMBER and at not in line.numbers):
        return None
    other = _read_part(line, at)
    return other if other and _is_range(line, part, other, connector) else None


def _is_range(line: Line, part: Part, other: Part, connector: str) -> bool:
    low, high = _shared(part, other), other.amount.value
    if low >= high or not _compatible(part, other, connector) or "fold" in (part.amount.shape, other.amount.shape):
        return False
    before = line.lows[part.first - 1]
    if connector == "and":
        reach = _AGES_REACH if line.lows[part.first - 2] in AGES else _BETWEEN_REACH
        return (
            line.lows[part.amount.end] != "-" and "between" in line.lows[max(0, part.first - reach) : part.first]
        )
    if connector == "or":
        return not part.signed and not other.signed and high <= 2 * low + 1
    if connector == "to":
        if before == "from" or line.lows[part.first - 2] == "from":
            return not AGES.isdisjoint(line.lows[max(0, part.first - 3) : part.first])
        moves = part.signed or (part.unit is None and other.unit is None)
        return not (moves and _is_move(line, part.first, high / (low or 1)))
    return True


def _is_move(line: Line, first: int, ratio: float) -> bool:
    """Whether a change stands before two numbers: "rose 37,000 to 412,000", "fell by 92,000 to 498,000"."""
    if line.lows[first - 1] == "by":
        return line.lows[first - 2] in _CHANGES_BY and ratio > _FAR
    return line.lows[first - 1] in _CHANGES_BY


def _compatible(part: Part, other: Part, connector: str) -> bool:
    if part.unit is None:
        return True
    if other.unit is None:
        return connector != "to" or (part.signed and other.amount.value <= 10 * _shared(part, other))
    return part.unit.name == other.unit.name


def _shared(part: Part, other: Part) -> float:
    """Return the lower value, with the scale or thousands it shares: "$10 to $15 billion", "45-50,000"."""
    low, high = part.amount, other.amount
    if low.scale == 1 and high.scale > 1 and low.value < high.mantissa:
        return low.value * high.scale
    thousands = high.scale == 1 and high.value % 1000 == 0 and high.value / 10 < low.value * 1000 < high.value
    return low.value * 1000 if thousands else low.value


def _range(line: Line, part: Part, other: Part) -> Quantity:
    unit = part.unit if part.signed else other.unit or part.unit
    whole = Part(other.amount, part.first, other.end, unit, part.signed or other.signed)
    single = _single(line, whole)
    rule = "age range" if single.kind is FigureKind.AGE else "range"
    return single._replace(low=_shared(part, other), high=other.amount.value, rule=rule)


def _one_in(line: Line, part: Part) -> Quantity | None:
    """Return the fraction "1 in 8" or "one out of five"; "68 of 105" is two counts."""
    at = part.amount.end
    every = line.lows[at : at + 2] == ["of", "every"]
    if (
        part.unit
        or not (every or line.lows[at] in ("in", "out"))
        or part.amount.value > 9
        or part.amount.shape == "fraction"
    ):
        return None
    step = at + 2 if line.lows[at] == "out" and line.lows[at + 1] == "of" else at + 1
    step = step + 1 if line.lows[step] == "every" else step
    if step not in line.numbers or (line.kinds[step] == NUMBER and len(line.words[step]) == 4):
        return None
    other = read_amount(line, step)
    if other is None or other.value <= part.amount.value or _find_unit(line, other):
        return None
    if part.amount.value > 1 and other.value > _ROUND and other.value % 5:
        return None
    value = part.amount.value / other.value
    return Quantity(
        part.first,
        other.end,
        line.starts[part.first],
        line.ends[other.end - 1],
        value,
        value,
        FigureKind.RATIO,
        "-",
        "one in",
    )


def _single(line: Line, part: Part) -> Quantity:
    amount, unit, end = part.amount, part.unit, part.end
    kind, name = (unit.kind, unit.name) if unit else (_bare_kind(amount), "-")
    if unit is None and line.lows[part.first - 1 - (line.lows[part.first - 1] == "-")] == "magnitude":
        kind, name = MEASURE, "magnitude"
    if is_age(line, part):
        kind, name = FigureKind.AGE, AGE_UNIT
    if unit is not None:
        end += kind is MONEY and line.lows[end] == "u.s."
        name, kind, end = with_rate(line, name, kind, end)
    hyphen = unit is not None and not part.signed and line.lows[amount.end] == "-"
    compound = hyphen or (unit is None and line.lows[end] == "-" and line.glued(end) and line.glued(end + 1))
    first = _signed_first(line, part.first)
    sign = -1.0 if first < part.first and line.lows[first] in ("-", "minus") else 1.0
    return Quantity(
        first, end, line.starts[first], line.ends[end - 1], amount.value * sign, amount.high * sign, kind, name,
        amount.shape, compound,
    )  # fmt: skip


def _signed_first(line: Line, first: int) -> int:
    """Return the atom of the minus or plus that belongs to the number, else `first`."""
    before = first - 1
    if line.words[before] in ("-", "+") and line.glued(first) and not line.glued(before) and first > 0:
        return before
    minus = line.lows[before] == "minus" and line.kinds[first] == NUMBER and line.lows[before - 1] != "or"
    return before if minus else first


def _bare_kind(amount: Amount) -> FigureKind:
    return FigureKind.RATIO if amount.shape == "fraction" else FigureKind.COUNT
