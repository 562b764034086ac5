"""Who publishes: an outlet by its feed's title and its article's host. Pure."""

import re
import unicodedata
from urllib.parse import urlsplit

LONG_TITLE = 30
_BETWEEN = re.compile(r"\s[-–—|»·:]\s|:\s")
_SECTIONS = frozenset(
    (
        "all stories",
        "breaking news",
        "business",
        "feed",
        "headlines",
        "home",
        "international",
        "latest",
        "latest news",
        "news",
        "politics",
        "rss",
        "rss feed",
        "science",
        "sport",
        "sports",
        "technology",
        "top stories",
        "world",
        "world news",
    )
)


def outlet_of(feed_title: str, url: str) -> str:
    """Return who publishes, by the title of a feed (`Dawn - World`, `WSJ.com: World News`, `World`) and its host.

    The part that the host's name bears out, else the first that is no section's name, else the host.
    """
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    parts = [part for part in map(str.strip, _BETWEEN.split(feed_title)) if _letters(part)]
    named = [part.removesuffix(".com") for part in parts if _letters(part.removesuffix(".com")) in _letters(host)]
    if len(feed_title) > LONG_TITLE and not named:
        named = [word for word in feed_title.split()[:1] if _letters(word) in _letters(host)]
    others = [part for part in parts if part.casefold() not in _SECTIONS]
    return max(named, key=len, default="") or next(iter(others), "") or host or feed_title


def _letters(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isalnum())
