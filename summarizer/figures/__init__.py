"""Figures: every quantity a sentence states, with its unit, what it counts, its bound, date and speaker."""

from summarizer.figures.extract import extract

__all__ = ["extract"]
