"""The words of each language but English that say nothing, as stems: those of every text, and of all news."""

from bot.dedupe.silent.latin import LATIN
from bot.dedupe.silent.others import OTHERS

__all__ = ["SILENT"]

SILENT = {**LATIN, **OTHERS}
"""ISO 639-1 code -> words, spaced."""
