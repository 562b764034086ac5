"""The bot: feeds to articles, articles to stories, stories to briefings, briefings to chats."""

__version__ = "0.1.0"
