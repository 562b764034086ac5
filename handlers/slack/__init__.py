"""Slack: events become orders (`read`, `receive`, `listen`), and replies become messages (`send`)."""
