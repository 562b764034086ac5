"""Who denies that two things have to do with each other, and whether two sentences tell of one such denial."""

import re

_NO_LINK = re.compile(
    r"\b(?:(?:any|no)thing (?:at all )?to do with|(?:any|no) (?:link|connection|bearing|relation)"
    r"|(?:not|nor) (?:linked|connected|related)|unrelated|unconnected)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""So many letters tell that two words are one: `defence`, `defense` and `defensive`."""

_SAME_PARTY = 2
_LITTLE_WORDS = "that with have this which their would there been were from such they said says into"
_LITTLE = frozenset(_LITTLE_WORDS.split())


def denies_link(text: str) -> bool:
    """Return whether a text says that two things have nothing to do with each other."""
    return _NO_LINK.search(text) is not None


def denies_again(one: str, other: str) -> bool:
    """Return whether two sentences tell of one denial: both deny a link, and name the same party."""
    return denies_link(one) and denies_link(other) and len(_telling(one) & _telling(other)) >= _SAME_PARTY


def _telling(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(_NO_LINK.sub(" ", text)))
    return frozenset(word[:_STEM] for word in words if word not in _LITTLE)
