"""Whether two names mean one speaker: `the country’s civil protection agency`, `civil protection agency`."""

import re
from functools import lru_cache

_WORD = re.compile(r"\w+")
_NOBODY = """
a an the of for and in at on s its his her their our this that mr mrs ms dr sir prof spokesman spokeswoman
spokesperson official officials survey surveys poll polls study studies report reports data figures source sources
researchers analysts experts witnesses residents authorities media country nation state local national regional
federal statement update
"""
_LITTLE = frozenset(_NOBODY.split())
_OTHERS = frozenset(("rival", "other", "another", "second", "opposing", "former", "separate"))


def same_voice(one: str, other: str) -> bool:
    """Return whether the names share all telling words of the shorter one; "officials" have none.

    A rival union is not the union.
    """
    first, second = _telling(one), _telling(other)
    if not _OTHERS.isdisjoint(first ^ second):
        return False
    return bool(first and second) and (first <= second or second <= first)


def other_voice(one: str, other: str) -> bool:
    """Return whether the names are surely not of one speaker."""
    return one.casefold() != other.casefold() and not same_voice(one, other)


@lru_cache(maxsize=4096)
def _telling(name: str) -> frozenset[str]:
    words = _WORD.findall(name.casefold())
    return frozenset(word for word in words if word not in _LITTLE)
