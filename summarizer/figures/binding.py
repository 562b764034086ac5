"""Which date belongs to which quantity: only one that the same clause gives it."""

import itertools
from collections.abc import Sequence

from summarizer.figures.atoms import Line
from summarizer.figures.lexicon import AUXILIARIES, DETERMINERS, FINITE, STOPS, is_plural, word_set
from summarizer.figures.quantity import Quantity
from summarizer.figures.when import LEADS, When
from summarizer.model import FigureKind

_BREAKS = word_set(
    "; — : but while whereas although though after before when which who because unless if compared versus"
)
_LEFT_BREAKS = _BREAKS | {"from", "since", "that"}
_TELLS_ON = _LEFT_BREAKS | {",", "and"}
_TOLD = word_set("said says announced told tells showed shows found warned")
_SAID = word_set(
    "said says announced told reported published released wrote added warned confirmed statement interview"
    " issued decree founded born established report posted tweeted briefing according launched signed released"
)
_NOT_TIMES = frozenset(("before", "after", "than"))
_BOUND_BEFORE_THAN = word_set("more less fewer greater better larger longer older younger bigger rather other")
_REACH = 12
_TO_REACH = 4
# "20 years in prison in 2019", "the 71-year-old was elected in 2014": the date is not theirs.
_LASTING = (FigureKind.DURATION, FigureKind.AGE)
_OPENING = 2
_DAY, _YEAR = len("2025-07-15"), len("2025")
# "the £95 million it forecast in January": then it was foretold.
_FORETOLD = word_set("forecast predicted projected pledged promised")
_NO_VERBS = (STOPS - AUXILIARIES - FINITE) | {"alone"}
_WHO = AUXILIARIES | {"who", "that", "which"}
_EARLIER = frozenset(("same", "corresponding", "comparable", "equivalent"))
_COORDINATES = frozenset(("and", "but", ";", ","))
# What goes on about the figure before: "$5m in 2023, of which $2m", "8 % in May, or 3,000 people".
_FURTHER = ([",", "or"], [",", "including"], [",", "of", "which"], [",", "up"], [",", "down"], [","])
# "down from 3 on Friday": the day is that of the 3.
_MOVED = frozenset(("up", "down", "compared"))
_FUTURE = frozenset(("will", "would"))
# "down 13 % on the same period of 2024" is no figure of 2024.
_AGAINST = frozenset(("on", "from", "than", "over"))
_COORDINATING = word_set("and more than about nearly around some at least over almost roughly")
_OPENING_REACH = 7
# "announced that in 2006, …": here a clause begins, and a date at its head governs it.
_CLAUSE_HEADS = _TOLD | {"that", '"', ";", "added", "noted", "estimated", "reported"}
_WITHIN = frozenset(("in", "across", "at", "among"))
_PLACED = [[word] for word in _WITHIN]
_DATED_NOUNS = word_set(
    "revenue revenues sales profit profits loss losses income earnings growth deficit surplus budget turnover"
    " output spending debt"
)
_OPENERS = LEADS | word_set(
    "last this next early late the end start beginning middle same day week month so far and but yet mid - just"
    " peak its year period on again also then however midday noon midnight dawn dusk morning afternoon"
    " evening night"
)
# "the 2023/24 season", "the January-March quarter" are times themselves, not things named after one.
_TIMES = frozenset(("season", "quarter", "period", "half", "year", "fiscal", "financial", "campaign", "term"))


def bind_dates(line: Line, quantities: Sequence[Quantity], dates: Sequence[When]) -> list[When | None]:
    """Return, for each quantity, the date it holds at, or None."""
    if not dates:
        return [None] * len(quantities)
    usable = [when for when in dates if when.start and not when.base and not _times_something_else(line, when)]
    right = [_right(line, quantities, at, usable) for at in range(len(quantities))]
    owners = {when.first: quantities[at] for at, when in enumerate(right) if when}
    _hand_on(line, quantities, right)
    for at in range(len(right) - 2, -1, -1):
        if is_base(line, quantities[at].first):
            continue
        if right[at] is None and _shares_date(line.lows[quantities[at].end : quantities[at + 1].first]):
            right[at] = right[at + 1]
    right = [day or _told_of(line, quantities[at], dates) for at, day in enumerate(right)]
    based = {when.first - gap for when in dates if when.base and not when.lead for gap in (0, 1)}
    bound = [
        right[at] or (None if quantity.end in based else _left(line, quantity, usable, owners))
        for at, quantity in enumerate(quantities)
    ]
    for at in range(1, len(bound)):
        if bound[at] is None and quantities[at].kind not in _LASTING:
            bound[at] = _handed_down(line, quantities[at - 1].end, quantities[at].first, bound[at - 1])
    return bound


def _handed_down(line: Line, end: int, first: int, before: When | None) -> When | None:
    """Return the date of the figure before for one that goes on about it: "$5m in 2023, of which $2m"."""
    if before is None:
        return None
    between = line.lows[max(end, before.end if before.end <= first else end) : first]
    comma = len(between) - 1 - between[::-1].index(",") if "," in between else 0
    return before if between[comma:] in _FURTHER and _LEFT_BREAKS.isdisjoint(between[:comma]) else None


def _hand_on(line: Line, quantities: Sequence[Quantity], right: list[When | None]) -> None:
    """Give the day of a move to the level reached: "cut it to 3.75 % from 4 % on Tuesday"."""
    for at, when in enumerate(right):
        if (
            at > 0
            and when
            and not when.explicit
            and len(when.start) == _DAY
            and is_base(line, quantities[at].first)
            and line.lows[quantities[at].first - 2] not in _MOVED
        ):
            right[at - 1], right[at] = right[at - 1] or when, None


def _shares_date(between: Sequence[str]) -> bool:
    """Whether the next quantity's date holds for this one too: "4 % to £5m in May", "2 men and 3 boys"."""
    if between in (["of"], ["out", "of"], ["of", "the"]):
        return True
    if between[:1] in (["to"], ["("], ["lower"], ["higher"]):
        return len(between) <= _TO_REACH
    if between[-1:] == ["to"] and "votes" in between:
        return True
    joined = "and" in between or between[-1:] in _PLACED
    return (
        joined
        and "," not in between
        and all(word in _COORDINATING or word in _WITHIN or word not in STOPS for word in between)
    )


def is_base(line: Line, first: int) -> bool:
    """Whether the quantity at atom `first` is what another is compared with: "from 3", "than 5"."""
    low = line.lows[first - 1]
    if low == "than":
        return line.lows[first - 2] not in _BOUND_BEFORE_THAN
    return low == "from" or line.lows[first - 2] == "from" or line.lows[first - 2 : first] == ["compared", "with"]


def _times_something_else(line: Line, when: When) -> bool:
    """Whether a date tells when something was said, or what a change is measured against ("up 5 % on 2023")."""
    if when.lead in _NOT_TIMES or _dates_participle(line, when):
        return True
    bare_year = len(when.start) == 4 and when.start == when.stop
    if bare_year and (when.lead in ("on", "over", "to") or (when.lead == "from" and when.first > 1)):
        return True
    if when.lead == "for" and not when.explicit and _goes_on(line, when.end):
        return True
    if when.lead == "from" and when.start == when.stop and _FUTURE.isdisjoint(line.lows):
        return True
    before = line.lows[max(0, when.first - 3) : when.first]
    told = not _SAID.isdisjoint(before) and not _adds_things(before)
    told = told or (when.lead == "in" and line.lows[when.first - 2] in _FORETOLD and len(when.start) > _YEAR)
    return told or line.lows[when.end] in _SAID


def _adds_things(before: Sequence[str]) -> bool:
    """Whether somebody added things, not words: "the jobs added in March"."""
    return any(after == "added" and is_plural(low) for low, after in itertools.pairwise(before))


def _dates_participle(line: Line, when: When) -> bool:
    """Whether a date belongs to a participle before it: "hostages abducted on Oct. 7 remain"."""
    back = when.first - 2 - (line.lows[when.first - 1] in DETERMINERS)
    tied = bool(when.lead) and line.lows[back].endswith("ed")
    return tied and _goes_on(line, when.end, _NO_VERBS) and line.lows[back - 1] not in _WHO


def _goes_on(line: Line, at: int, stops: frozenset[str] = STOPS) -> bool:
    """Whether a verb or noun, and none of `stops`, follows a date: "for May delivery", "held in 2019 stays"."""
    low = line.lows[at]
    return low.isalpha() and low not in stops and not line.capital(at)


def _right(line: Line, quantities: Sequence[Quantity], at: int, dates: Sequence[When]) -> When | None:
    first = quantities[at].end
    limit = quantities[at + 1].first if at + 1 < len(quantities) else line.size
    for when in dates:
        if first <= when.first < limit:
            if at + 1 < len(quantities) and _opens_next(line, when, quantities[at + 1]):
                return None
            if _qualifies_noun(line, when):
                return None
            near = quantities[at].kind not in _LASTING or (when.explicit and when.first - first <= 1)
            return when if near and _reaches(line, first, when) else None
    return None


def _qualifies_noun(line: Line, when: When) -> bool:
    """Whether a date only names a thing: "a 2017 data breach", "the Jan. 6 hearing"."""
    after = line.lows[when.end]
    if after == "'s":
        return True
    held = when.lead in ("in", "at", "during")
    named = not held and line.lows[when.first - 1] in ("a", "an", "the") and after.isalpha()
    return named and after not in STOPS and after not in _TIMES


def _opens_next(line: Line, when: When, following: Quantity) -> bool:
    """Whether a date belongs to the quantity after it: "…, and in February 900,000"."""
    if following.first - when.end > _OPENING:
        return False
    the = line.lows[when.first - 1] == "the"
    joint = line.lows[when.first - 1 - the - bool(when.lead)]
    return joint in ("and", "but") or (joint in (",", ";") and (the or bool(when.lead)))


def _reaches(line: Line, first: int, when: When) -> bool:
    between = line.lows[first : when.first]
    if between[:1] in (["who"], ["that"], ["which"]):
        between = between[1:]
    if not _EARLIER.isdisjoint(between) and not _AGAINST.isdisjoint(between):
        return False
    if (
        _begins_verb(between)
        or len(between) > _REACH
        or not _BREAKS.isdisjoint(between)
        or not _SAID.isdisjoint(between)
    ):
        return False
    return "," not in between or len(between) - between.index(",") <= 3


def _begins_verb(between: Sequence[str]) -> bool:
    """Whether a second verb takes the date: "served two tours and retired in 2011"."""
    if "and" not in between:
        return False
    after = between[between.index("and") + 1 : between.index("and") + 3]
    return any(word.endswith("ed") for word in after)


def _left(line: Line, quantity: Quantity, dates: Sequence[When], owners: dict[int, Quantity]) -> When | None:
    if quantity.kind in _LASTING:
        return None
    if is_base(line, quantity.first):
        return None
    for when in reversed(dates):
        if when.end <= quantity.first:
            return when if _governs(line, when, quantity, owners) else None
    return None


def _governs(line: Line, when: When, quantity: Quantity, owners: dict[int, Quantity]) -> bool:
    """Whether a date to the left holds for the quantity: it opens the sentence, or its clause goes on."""
    owner = owners.get(when.first)
    if owner is not None and is_base(line, owner.first):
        return False
    between = line.lows[when.end : quantity.first]
    if between[:1] == [","] and when.lead and line.lows[when.first - 2] in _COORDINATES:
        between = between[1:]
    if between[:1] == ["when"]:
        between = between[1:]
    if (
        not _LEFT_BREAKS.isdisjoint(between)
        or not _TOLD.isdisjoint(between)
        or not (_stands_free(line, when) or not _DATED_NOUNS.isdisjoint(between[:_OPENING]))
    ):
        return False
    if _opens_sentence(line, when):
        return True
    return "," not in between and "and" not in (between[:-1] or between) and len(between) <= _REACH


def _told_of(line: Line, quantity: Quantity, dates: Sequence[When]) -> When | None:
    """Return the date of which a clause tells: "fewer than in 2024, when 150,000 were called up"."""
    before = [when for when in dates if when.start and when.end < quantity.first]
    if not before or quantity.kind in _LASTING or is_base(line, quantity.first):
        return None
    clause = line.lows[before[-1].end : quantity.first]
    told = clause[:2] == [",", "when"] and len(clause) <= _REACH and _TELLS_ON.isdisjoint(clause[2:])
    if not told:
        return None
    return before[-1]._replace(stop=before[-1].start) if before[-1].lead == "since" else before[-1]


def _opens_sentence(line: Line, when: When) -> bool:
    """Whether nothing but words of time stands before a date: "At the end of June 2024", "So far this year"."""
    before = line.lows[: when.first]
    head = next((at for at in range(len(before) - 1, -1, -1) if before[at] in _CLAUSE_HEADS), -1)
    if head >= 0 and when.lead and line.words[when.end] == ",":
        before = before[head + 1 :]
    return len(before) <= _OPENING_REACH and all(low in _OPENERS for low in before)


def _stands_free(line: Line, when: When) -> bool:
    """Whether a date is no mere attribute of something else: "possible 2020 candidate"."""
    before = line.lows[when.first - 1]
    return bool(when.lead) or when.first == 0 or before in DETERMINERS or before == "'s" or not when.explicit
