"""Everything that speaks Redis: one file for each noun, Lua scripts beside them."""

from bot.store.due import Claim, DueSet
from bot.store.store import Store, open_store

__all__ = ["Claim", "DueSet", "Store", "open_store"]
