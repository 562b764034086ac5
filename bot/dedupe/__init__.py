"""Which articles are copies, and which tell one story. Pure: it decides among the candidates it is given."""

from bot.dedupe.company import in_company
from bot.dedupe.decide import JOIN, MERGE, decide, merge_score
from bot.dedupe.fingerprint import fingerprint
from bot.dedupe.regroup import MAY_TOUCH, Step, Told, hang_together, steps, touching
from bot.dedupe.saga import asked_terms, take_up
from bot.dedupe.stream import group, moment, postings

__all__ = [
    "JOIN",
    "MAY_TOUCH",
    "MERGE",
    "Step",
    "Told",
    "asked_terms",
    "decide",
    "fingerprint",
    "group",
    "hang_together",
    "in_company",
    "merge_score",
    "moment",
    "postings",
    "steps",
    "take_up",
    "touching",
]
