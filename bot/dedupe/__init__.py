"""Which articles are copies, and which tell one story. Pure: it decides among the candidates it is given."""

from bot.dedupe.decide import JOIN, MERGE, decide, merge_score
from bot.dedupe.fingerprint import fingerprint
from bot.dedupe.saga import asked_terms, take_up
from bot.dedupe.stream import group, moment

__all__ = [
    "JOIN",
    "MERGE",
    "asked_terms",
    "decide",
    "fingerprint",
    "group",
    "merge_score",
    "moment",
    "take_up",
]
