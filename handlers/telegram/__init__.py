"""Telegram: updates become orders (`read`, `receive`), and replies become messages (`send`)."""
