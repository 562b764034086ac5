"""Figures become a ledger: what is measured, how it moved, who says so, and where outlets disagree. Pure."""

from bot.track.changes import changes, taken_back
from bot.track.ledger import ledger, observations

__all__ = ["changes", "ledger", "observations", "taken_back"]
