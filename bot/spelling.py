"""Which known word a mistyped one was to be. Pure; no word is compared that differs too much in length."""

from collections.abc import Mapping

SHORTEST, LONG, LONGEST = 3, 6, 40
"""Shorter words are like too many others; a long one bears a second slip; nothing longer is a word."""


def nearest(word: str, known: Mapping[str, int]) -> str:
    """Return the known word that is one slip away, or two where it is long, most frequent first; "" if none is.

    A slip is a letter too many, too few, another one, or two that changed places.
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return ""
    most = 2 if len(word) >= LONG else 1
    fits = range(max(SHORTEST, len(word) - most), len(word) + most + 1)
    near = [
        (slips, -count, other)
        for other, count in known.items()
        if len(other) in fits and (slips := _slips(word, other, most)) <= most
    ]
    return min(near)[2] if near else ""


def _slips(one: str, other: str, most: int) -> int:
    """Return how many slips lead from one word to the other, or more than `most` (Damerau 1964, by rows)."""
    if len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, its in enumerate(other, start=1):
            slips = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                slips = min(slips, before[column - 2] + 1)
            now.append(slips)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]
