"""Figures read out of sentences: value, unit, bound, date and speaker, each pointing at its span."""
