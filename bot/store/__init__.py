"""Everything that speaks Redis: one file for each noun, Lua scripts beside them."""

from bot.store.articles import Filed, Neighbour, Pending
from bot.store.changes import Row
from bot.store.due import Claim, DueSet
from bot.store.store import Store, open_store

__all__ = ["Claim", "DueSet", "Filed", "Neighbour", "Pending", "Row", "Store", "open_store"]
