"""Figures become a ledger: what is measured, how it moved, who says so, and where outlets disagree. Pure."""

from bot.track.changes import changes, taken_back
from bot.track.label import asked_for
from bot.track.ledger import ledger, observations

__all__ = ["asked_for", "changes", "ledger", "observations", "taken_back"]
