"""Words around a quantity: bound, direction, basis, hedge, status."""

from typing import NamedTuple

from summarizer.figures.atoms import NUMBER, WORD, Line
from summarizer.figures.grammar import Quantity
from summarizer.figures.lexicon import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS, word_set
from summarizer.model import Basis, Bound, Direction, FigureKind, Status

_BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(
        (
            "more than", "over", "above", "exceeding", "exceeds", "exceeded", "exceed", "topped", "topping",
            "tops", "top",
            "surpassed", "surpassing", "surpasses", "surpass", "greater than", "in excess of", "upwards of",
            "upward of",
            "north of", "well over", "well above", "higher than", "larger than", "longer than", "better than",
            "beyond", "just over",
            "just above", "slightly more than", "a little over", "a little more than", "over than",
            "bigger than",
            "older than", "far more than", "well past", "past", ">", "eclipsed", "outnumbered",
            "just more than", "much more than",
            "heavier than", "taller than", "faster than", "plus de", "mehr als", "über", "más de", "более",
            "больше", "свыше",
        ),
        ">",
    ),
    **dict.fromkeys(
        (
            "at least", "no fewer than", "no less than", "not less than", "not fewer than", "a minimum of",
            "minimum of",
            "as few as", "as little as", "nothing less than", "at the very least", "≥", "a minimum", "au moins",
            "mindestens",
            "al menos", "по меньшей мере", "не менее", "minimum",
        ),
        ">=",
    ),
    **dict.fromkeys(
        (
            "less than", "fewer than", "under", "below", "just under", "just below", "slightly less than",
            "a little under",
            "smaller than", "lower than", "short of", "just short of", "shorter than", "younger than", "sub",
            "well under",
            "well below", "<", "just shy of", "shy of", "cheaper than", "slower than", "moins de",
            "weniger als", "unter",
            "menos de", "менее", "меньше",
        ),
        "<",
    ),
    **dict.fromkeys(
        (
            "up to", "as many as", "as much as", "no more than", "not more than", "at most", "a maximum of",
            "maximum of",
            "as high as", "as long as", "as large as", "no greater than", "no higher than", "no longer than",
            "no fewer more than",
            "until", "≤", "jusqu'à", "bis zu", "hasta", "до", "as far as", "as big as", "capped at",
            "limited to", "maximum",
        ),
        "<=",
    ),
    **dict.fromkeys(
        (
            "about", "around", "roughly", "approximately", "approx", "nearly", "almost", "close to", "some",
            "estimated",
            "an estimated", "circa", "barely", "~", "≈", "in the region of", "on the order of",
            "in the order of", "near",
            "somewhere around", "near to", "or about", "virtually", "more or less", "approaching", "c.", "ca",
            "nearing", "or around",
            "environ", "près de", "rund", "etwa", "ungefähr", "fast", "cerca de", "unos", "unas",
            "alrededor de", "casi",
            "около", "примерно", "почти", "approximatively", "presque", "knapp", "aproximadamente",
            "hovering around", "practically",
        ),
        "~",
    ),
}  # fmt: skip
_BOUND_LASTS = frozenset(phrase.split()[-1] for phrase in _BOUNDS)
_AFTER: dict[str, Bound] = {
    "or more": ">=", "or older": ">=", "or over": ">=", "or above": ">=", "or higher": ">=", "and over": ">=",
    "and older": ">=",
    "and above": ">=", "or greater": ">=", "and up": ">=", "or longer": ">=", "- plus": ">=", "or less": "<=",
    "or fewer": "<=",
    "or under": "<=", "and under": "<=", "or younger": "<=", "and younger": "<=", "or below": "<=",
    "or lower": "<=",
    "or so": "~", "or thereabouts": "~", "give or": "~", "at least": ">=", "at most": "<=", "- odd": "~",
}  # fmt: skip
_UP = word_set(
    "rose rise rises risen rising increased increase increases increasing grew grow grows grown growing gained"
    " gain gains gaining climbed climb climbs climbing jumped jump jumps jumping surged surge surges surging"
    " soared soar soars soaring advanced advance advances advancing added add adds adding rallied rally rallies"
    " rallying leapt leaped leaps spiked spike spikes swelled swelling swell expanded expand expanding"
    " expansion up higher raised raise raises raising lifted lift lifts lifting boosted boost boosts hiked hike"
    " hikes rebounded rebound growth appreciated appreciation uptick upturn rocketed skyrocketed ballooned"
    " accelerated accelerating quickened mounted improved improvement improving improve strengthened upward"
    " upwards edged-up inched-up recovered bounced doubling upped widened ticked-up crept-up nudged-up augmenté"
    " progressé bondi gestiegen stieg stiegen zugelegt subió aumentó aumentaron subieron вырос выросла выросли"
    " увеличился увеличилась"
)
_DOWN = word_set(
    "fell fall falls fallen falling dropped drop drops dropping declined decline declines declining decreased"
    " decrease decreases decreasing slipped slip slips slipping slid slide slides sliding sank sink sinks"
    " sinking sunk plunged plunge plunges plunging plummeted plummet plummeting tumbled tumble tumbles tumbling"
    " lost lose loses losing shed sheds shedding shrank shrink shrinks shrinking shrunk contracted contract"
    " contracting contraction down lower cut cuts cutting reduced reduce reduces reducing reduction dipped dip"
    " dips dipping eased ease eases easing narrowed narrow narrowing slumped slump slumps slumping retreated"
    " retreat lowered lowers lowering downward downwards slashed slash slashing trimmed trim trimming sagged"
    " crashed crash weakened weaken dwindled collapsed collapse depreciated depreciation downturn slowed"
    " slowing slows pared deteriorated baissé chuté reculé gesunken sank gefallen fiel fielen cayó bajó cayeron"
    " снизился снизилась упал упала сократилось fewer-than"
)
_CHANGE = _UP | _DOWN
_UP_NOUNS = word_set(
    "rise rises increase increases gain gains jump climb surge advance growth hike boost rebound improvement"
    " expansion spike uptick raise upturn leap rally uplift appreciation"
)
_DOWN_NOUNS = word_set(
    "fall drop decline decrease slip slide plunge tumble slump cut cuts reduction dip contraction loss"
    " downturn retreat crash collapse depreciation shrinkage falls drops declines decreases reductions"
)
CHANGE_NOUNS = _UP_NOUNS | _DOWN_NOUNS
# "lost 20 soldiers", "added a room", "cut a deal": a change of a level only where the figure is one of these.
_ONLY_MEASURED = word_set("lost lose loses losing lift lifted add narrow contract contracted slip")
_NOT_VERBS = frozenset(("advanced",))
_ADVERBS = word_set(
    "just only further another even sharply slightly by a an the another total combined whopping massive"
    " record mere modest cumulative whole up down as much to at back all out net full extra additional around"
    " about and"
)
_MEASURING = word_set(
    "more less fewer than least most many much total average hit reached totalled totaled stood reach reaches"
    " reaching came hits amounted amounts averaged averaging worth estimated valued priced costs cost costing"
    " stands posted closed ended close end ending closing settled trading traded trade finished sat record"
    " another exactly precisely only just now currently already fully still even also high low set forecast"
    " expected projected seen put puts grew measured made paid pay totalling totaling numbered numbering"
    " remained remain remains became combined whopping"
)
FILLERS = _CHANGE | PREPOSITIONS | AUXILIARIES | DETERMINERS | _BOUND_LASTS | _MEASURING
_ESTIMATE = word_set("estimated estimate estimates estimating likely reckoned believed thought")
_FORECAST = word_set(
    "forecast forecasts forecasted expected expects expect predicted predicts predict projected projects"
    " projection projections will would could may might poised anticipated anticipates outlook likely-to"
)
_TARGET = word_set(
    "target targets targeted targeting goal goals aim aims aimed aiming pledge pledged pledges promised plan"
    " plans planned planning ordered orders demanded demand wants quota commit committed vowed vows seeks"
    " intends must should"
)
_CLAIM = word_set("claimed claiming alleged alleges alleging allegedly accused accuses insisted boasted")
_DENIED = word_set("denied denies deny denying dismissed rejected refuted")
_HEDGES = word_set(
    "likely reportedly allegedly apparently possibly perhaps probably estimated believed reckoned maybe"
    " potentially seemingly"
)
_GO = frozenset(
    ("go", "goes", "went", "going", "take", "took", "taking", "hand", "handed", "turn", "turned", "look")
)
_MOVED = frozenset(("revised", "brought", "bringing", "brings", "moved", "went", "pushed", "taking", "took"))
_RAISED = frozenset(("raised", "raise", "raises", "raising"))
_PHRASAL = word_set(
    "gave give gives giving make made makes making set put puts picked pick pent end ended racked rack built"
    " build used use bought snapped opened open showed signed rounded freed added laid shut broken broke"
    " tracked come came line lined"
)
_CUE_REACH = {"by": 8, "to": 8, "of": 3, "at": 3}
_CLAUSE_ENDS = word_set("; — :")


class Cues(NamedTuple):
    """What the words around a quantity say about it."""

    bound: Bound
    direction: Direction
    basis: Basis
    hedge: str


def find_bound(line: Line, quantity: Quantity) -> tuple[Bound, str, int]:
    """Return the bound, its words, and the atom before them."""
    at = quantity.first - 1
    if line.lows[at] == "-" and line.lows[at - 1] == "sub":
        return "<", "sub", at - 2
    while (
        line.lows[at] in ("a", "the", "an", "(", "total", "of", "combined")
        and line.lows[at] not in _BOUND_LASTS
        and at > 0
    ):
        if line.lows[at] == "the" or (
            line.lows[at] == "of" and line.lows[at - 1] not in ("excess", "minimum", "maximum", "total")
        ):
            break
        at -= 1
    if line.lows[at - 1 : at + 1] == ["age", "of"] or (quantity.kind is FigureKind.AGE and line.lows[at] == "age"):
        at -= 3 if line.lows[at] == "of" else 1
    found = _bound_ending(line, at, quantity)
    if found:
        return found
    right = _bound_after(line, quantity)
    return right or ("=", "", quantity.first - 1)


def _bound_ending(line: Line, at: int, quantity: Quantity) -> tuple[Bound, str, int] | None:
    if line.lows[at] not in _BOUND_LASTS:
        return None
    for length in (4, 3, 2, 1):
        if at - length + 1 < 0:
            continue
        phrase = " ".join(line.lows[at - length + 1 : at + 1])
        if phrase in _BOUNDS and not _other_sense(line, phrase, at - length, quantity):
            return _BOUNDS[phrase], phrase, at - length
    return None


def _other_sense(line: Line, phrase: str, before: int, quantity: Quantity) -> bool:
    """Whether the words mean something else here: "over three years" is during, "until 2020" a date."""
    low = line.lows[before]
    if phrase in ("over", "past", "beyond") and quantity.kind is FigureKind.DURATION:
        return low not in (
            "for",
            "after",
            "well",
            "just",
            "of",
            "with",
            "took",
            "lasted",
            "lasting",
            "spent",
            "is",
            "was",
            "in",
            "to",
        )
    if phrase in ("top", "minimum", "maximum", "past", "until", "near", "top", "fast"):
        return (
            low in DETERMINERS
            or low in AUXILIARIES - {"will", "could", "would", "may", "might", "can"}
            or phrase == "until"
        )
    if phrase == "over" and low in _GO:
        return True
    if phrase == "up to":
        return low in ("it's", "is", "was", "are") or low in _CHANGE or low in _MOVED
    if phrase in ("about", "around") and low in ("said", "talk", "talked"):
        return False
    return phrase == "some" and quantity.low < 3 and quantity.rule != "fraction"


def _bound_after(line: Line, quantity: Quantity) -> tuple[Bound, str, int] | None:
    for end in (quantity.end, quantity.end + 1):
        pair = f"{line.lows[end]} {line.lows[end + 1]}"
        if pair in _AFTER and (pair[-5:] not in ("least", " most") or line.words[end + 2] in (",", ".", "")):
            return _AFTER[pair], pair, quantity.first - 1
        if line.lows[end] == "+" and line.glued(end):
            return ">=", "+", quantity.first - 1
        if line.kinds[end] != WORD:
            break
    return None


def find_cues(line: Line, quantity: Quantity, levelled: bool) -> Cues:
    """Return bound, direction and basis of a quantity; `levelled`: an amount of change stood before it."""
    bound, words, before = find_bound(line, quantity)
    direction, basis = _direction(line, quantity, before, levelled)
    if quantity.kind in (FigureKind.AGE, FigureKind.SCORE, FigureKind.VOTE):
        direction = ""
    if basis == "level" and quantity.kind in (FigureKind.PERCENT, FigureKind.RATIO):
        basis = "ratio"
    hedge = words if bound == "~" else _hedge(line, quantity)
    return Cues(bound, direction, basis, hedge)


def _direction(line: Line, quantity: Quantity, before: int, levelled: bool) -> tuple[Direction, Basis]:
    """Return where a quantity moves and whether it is the amount of the move or the level reached."""
    signed: dict[str, Direction] = {"+": "up", "-": "down"}
    if line.words[quantity.first] in signed:
        return signed[line.words[quantity.first]], "delta"
    step, lead = _skip(line, before)
    if lead in ("from", "than", "with", "between"):
        return "", "level"
    noun = _noun_after(line, quantity)
    if noun and lead not in ("to", "at"):
        return noun, "delta"
    cue = (_cue_at(line, step, quantity) if lead or line.lows[step] not in _RAISED else "") or _cue_before(
        line, step, lead, quantity
    )
    if lead in ("to", "at", "below", "above"):
        return ("" if levelled else cue), "level"
    return cue, "delta" if cue else "level"


def _skip(line: Line, at: int) -> tuple[int, str]:
    """Step left over adverbs and articles: the atom before them and the preposition among them."""
    lead = ""
    steps = 0
    while at >= 0 and steps < 6:
        low = line.lows[at]
        if low in ("to", "by", "from", "of", "at", "than", "with", "between"):
            if lead:
                break
            lead = low
        elif low in _CHANGE or not (low in _ADVERBS or low.endswith("ly")):
            break
        at, steps = at - 1, steps + 1
    return at, lead


def _cue_at(line: Line, at: int, quantity: Quantity) -> Direction:
    low = line.lows[at]
    if low == "loss":
        return "down" if quantity.kind is FigureKind.COUNT else ""
    if low in _ONLY_MEASURED and quantity.kind is FigureKind.COUNT:
        return ""
    if (line.capital(at) and at > 0) or (low in ("up", "down") and line.lows[at - 1] in _PHRASAL):
        return ""
    if low in _UP:
        return "up"
    return "down" if low in _DOWN else ""


def _cue_before(line: Line, at: int, lead: str, quantity: Quantity) -> Direction:
    """Find the change that "by", "to" or "of" belongs to: "raised its target price to"."""
    reach = _CUE_REACH.get(lead, 0)
    for back in range(at, max(-1, at - reach), -1):
        low = line.lows[back]
        if low in _CHANGE:
            return _cue_at(line, back, quantity)
        if lead == "to" and (line.kinds[back] == NUMBER or low in "$£€¥%"):
            continue
        if line.kinds[back] != WORD or low in CONJUNCTIONS or low in PRONOUNS:
            return ""
    return ""


def _noun_after(line: Line, quantity: Quantity) -> Direction:
    """Return the direction of "a 30 % drop", "a 7 % share price increase", "5 % higher"."""
    at = quantity.end
    if quantity.kind not in (
        FigureKind.PERCENT,
        FigureKind.PERCENTAGE_POINT,
        FigureKind.MONEY,
        FigureKind.MEASURE,
        FigureKind.COUNT,
    ):
        return ""
    if line.lows[at] == "-":
        at += 1
    for step in range(3):
        low = line.lows[at + step]
        if low in _UP_NOUNS:
            return "up"
        if low in _DOWN_NOUNS and (step or low != "cut" or quantity.kind is not FigureKind.COUNT):
            return "down"
        if step == 0 and low in ("higher", "lower"):
            return "up" if low == "higher" else "down"
        if (
            line.kinds[at + step] != WORD
            or low in PREPOSITIONS
            or low in AUXILIARIES
            or low in CONJUNCTIONS
            or low in DETERMINERS
        ):
            return ""
    return ""


def _hedge(line: Line, quantity: Quantity) -> str:
    first = max(0, quantity.first - 8)
    for at in range(quantity.first - 1, first - 1, -1):
        if line.lows[at] in _HEDGES:
            return line.lows[at]
        if line.lows[at] in _CLAUSE_ENDS or line.kinds[at] == NUMBER:
            break
    return ""


def find_status(line: Line, quantity: Quantity, base: bool, past: bool) -> Status:
    """Return how far the figure is a fact; the earlier level of a comparison, and a date gone by, are reported."""
    if base or past:
        return Status.REPORTED
    left = _clause(line, quantity)
    for words, status in (
        (_DENIED, Status.DENIED),
        (_TARGET, Status.TARGET),
        (_CLAIM, Status.CLAIM),
        (_FORECAST, Status.FORECAST),
        (_ESTIMATE, Status.ESTIMATE),
    ):
        if not words.isdisjoint(left):
            return status
    return Status.REPORTED


def _clause(line: Line, quantity: Quantity) -> list[str]:
    """Return the words of the quantity's clause: back to its beginning, and a little ahead."""
    first = quantity.first
    while (
        first > 0
        and quantity.first - first < 25
        and line.lows[first - 1] not in _CLAUSE_ENDS | {"but", "while", "whereas"}
    ):
        first -= 1
    last = quantity.end
    while last < line.size and last - quantity.end < 6 and line.words[last] not in (",", ";", "."):
        last += 1
    return line.lows[first:last]
