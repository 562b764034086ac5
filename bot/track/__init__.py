"""Figures become a ledger: what is measured, how it moved, who says so, and where outlets disagree. Pure."""

from bot.track.ledger import ledger, observations
from bot.track.show import changes, disagreement, history, sparkline, spreadsheet, table, value_text

__all__ = [
    "changes",
    "disagreement",
    "history",
    "ledger",
    "observations",
    "sparkline",
    "spreadsheet",
    "table",
    "value_text",
]
