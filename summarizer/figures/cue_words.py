"""The words of bounds and of change. Written by hand from general knowledge."""

from summarizer.figures.lexicon import AUXILIARIES, DETERMINERS, PREPOSITIONS, word_set
from summarizer.model import Bound

BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(
        (
            "more than", "over", "above", "exceeding", "exceeds", "exceeded", "exceed", "topped", "passed",
            "topping",
            "tops", "top",
            "surpassed", "surpassing", "surpasses", "surpass", "greater than", "in excess of", "upwards of",
            "upward of",
            "north of", "well over", "well above", "higher than", "larger than", "longer than", "better than",
            "beyond", "just over",
            "just above", "slightly more than", "a little over", "a little more than", "over than",
            "bigger than",
            "older than", "far more than", "well past", "past", ">", "eclipsed", "outnumbered",
            "just more than", "much more than",
            "heavier than", "taller than", "faster than", "plus of", "more than", "über", "más of", "более",
            "больше", "свыше",
        ),
        ">",
    ),
    **dict.fromkeys(
        (
            "at least", "no fewer than", "no less than", "not less than", "not fewer than", "a minimum of",
            "minimum of",
            "as few as", "as little as", "nothing less than", "at the very least", "≥", "a minimum", "to moins",
            "mindestens",
            "to menos", "по меньшей мере", "не менее", "minimum",
        ),
        ">=",
    ),
    **dict.fromkeys(
        (
            "less than", "fewer than", "under", "below", "just under", "just below", "slightly less than",
            "a little under",
            "smaller than", "lower than", "short of", "just short of", "shorter than", "younger than", "sub",
            "well under",
            "well below", "<", "just shy of", "shy of", "cheaper than", "slower than", "moins of",
            "weniger than", "unter",
            "menos of", "менее", "меньше",
        ),
        "<",
    ),
    **dict.fromkeys(
        (
            "up to", "as many as", "as much as", "no more than", "not more than", "no older than",
            "no larger than", "at most", "a maximum of",
            "maximum of",
            "as high as", "as long as", "as large as", "no greater than", "no higher than", "no longer than",
            "no fewer more than",
            "until", "≤", "jusqu'à", "by zu", "as far as", "as big as", "capped at",
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
            "environ", "près of", "rund", "etwa", "ungefähr", "fast", "cerca of", "unos", "unas",
            "alrededor of", "casi",
            "около", "примерно", "почти", "approximatively", "presque", "knapp", "aproximadamente",
            "hovering around", "practically",
        ),
        "~",
    ),
}  # fmt: skip

BOUND_LASTS = frozenset(phrase.split()[-1] for phrase in BOUNDS)

AFTER: dict[str, Bound] = {
    "or more": ">=", "or older": ">=", "or over": ">=", "or above": ">=", "or higher": ">=", "and over": ">=",
    "and older": ">=",
    "and above": ">=", "or greater": ">=", "and up": ">=", "or longer": ">=", "- plus": ">=", "or less": "<=",
    "or fewer": "<=",
    "or under": "<=", "and under": "<=", "or younger": "<=", "and younger": "<=", "or below": "<=",
    "or lower": "<=",
    "or so": "~", "or thereabouts": "~", "give or": "~", "at least": ">=", "at most": "<=", "- odd": "~",
}  # fmt: skip

UP = word_set(
    "double doubles triple triples quadruple"
    " doubled doubling tripled tripling quadrupled rose rise rises risen rising increased increase increases"
    " increasing grew grow grows grown growing gained gain gains gaining climbed climb climbs climbing jumped"
    " jump jumps jumping surged surge surges surging soared soar soars soaring advanced advance advances"
    " advancing added add adds adding rallied rally rallies rallying leapt leaped leaps spiked spike spikes"
    " swelled swelling swell expanded expand expanding up higher raised raise raises raising lifted lift lifts"
    " lifting boosted boost boosts hiked hike hikes rebounded rebound appreciated rocketed skyrocketed"
    " ballooned accelerated accelerating quickened mounted improved improving improve strengthened upward"
    " upwards edged-up inched-up recovered bounced doubling upped widened ticked-up crept-up nudged-up augmenté"
    " progressé bondi gestiegen stieg stiegen zugelegt subió aumentó aumentaron subieron вырос выросла выросли"
    " увеличился увеличилась"
)

DOWN = word_set(
    "halve halves"
    " halved halving fell fall falls fallen falling dropped drop drops dropping declined decline declines"
    " declining decreased decrease decreases decreasing slipped slip slips slipping slid slide slides sliding"
    " sank sink sinks sinking sunk plunged plunge plunges plunging plummeted plummet plummeting tumbled tumble"
    " tumbles tumbling lost lose loses losing shed sheds shedding shrank shrink shrinks shrinking shrunk"
    " contracted contract contracting down lower cut cuts cutting reduced reduce reduces reducing dipped dip"
    " dips dipping eased ease eases easing narrowed narrow narrowing slumped slump slumps slumping retreated"
    " retreat lowered lowers lowering downward downwards slashed slash slashing trimmed trim trimming sagged"
    " crashed crash weakened weaken dwindled collapsed collapse depreciated slowed slowing slows pared"
    " deteriorated baissé chuté reculé gesunken sank gefallen fiel fielen cayó bajó cayeron снизился снизилась"
    " упал упала сократилось fewer-than"
)

CHANGE = UP | DOWN

UP_NOUNS = word_set(
    "rise rises increase increases gain gains jump climb surge advance growth hike boost rebound improvement"
    " expansion spike uptick raise upturn leap rally uplift appreciation"
)

DOWN_NOUNS = word_set(
    "fall drop decline decrease slip slide plunge tumble slump cut cuts reduction dip contraction loss"
    " downturn retreat crash collapse depreciation shrinkage falls drops declines decreases reductions"
)

CHANGE_NOUNS = UP_NOUNS | DOWN_NOUNS

# "lost 20 soldiers", "added a room", "cut a deal": a change of a level only where the figure is one of these.
ONLY_MEASURED = word_set(
    "lost lose loses losing lift lifted add narrow contract contracted slip recovered collapsed crashed"
    " mounted advanced"
)

ADVERBS = word_set(
    "between almost nearly roughly average just only further another even sharply slightly by a an the another"
    " total combined whopping massive record mere modest cumulative whole up down as much to at back all out"
    " net full extra additional around about and"
)

_MEASURING = word_set(
    "steady flat unchanged stand start starts started begin began ran went came made took gave got won held kept"
    " left sold bought spent lay led met sent built saw more less fewer than least most many much total average"
    " hit reached totalled totaled stood reach reaches reaching came hits amounted amounts averaged averaging"
    " worth estimated valued priced costs cost costing stands posted closed ended close end ending closing"
    " settled trading traded trade finished sat record another exactly precisely only just now currently"
    " already fully still even also high low set forecast expected projected seen put puts grew measured made"
    " paid pay totalling totaling numbered numbering remained remain remains became combined whopping"
)

FILLERS = CHANGE | PREPOSITIONS | AUXILIARIES | DETERMINERS | BOUND_LASTS | _MEASURING

PHRASAL = word_set(
    "gave give gives giving make made makes making set put puts picked pick pent end ended racked rack built"
    " build used use bought snapped opened open showed signed rounded freed added laid shut broken broke"
    " tracked come came line lined took take takes taken taking turn turned"
)

PHRASAL_PRESENT = word_set(
    "adds blows breaks builds buys calls frees lays lines opens racks rounds signs snaps turns"
)
"""These look like plurals: "a decree calls up 150,000 conscripts" tells of no rise."""

MOVED = word_set("revised brought bringing brings moved went pushed taking took ticked inched edged crept nudged")


GO = frozenset(
    ("go", "goes", "went", "going", "take", "took", "taking", "hand", "handed", "turn", "turned", "look")
)

# With things for their object these change no number: "sank 3 ships".
PHYSICAL = word_set(
    "sank sink sinks sinking sunk dropped drop drops dropping plunged crashed climbed climb crash ease lower"
    " lowered slid slashed trimmed boosted expanded widened"
)
RAISED = frozenset(("raised", "raise", "raises", "raising"))
ON_THINGS = PHYSICAL | RAISED
