"""What may stand behind each order's word; where something else does, the whole is a question: "stop the war"."""

import re

from bot.search import SMALL, asks_why
from handlers.commands.words import page

_BRIEF = re.compile(r"[0-9a-z]{4}|[0-9a-z]*\d[0-9a-z]*|#\d+|\[\d+\]", re.IGNORECASE)
_SITE = re.compile(r"\S+[.:/]\S+")
_TIME = re.compile(
    r"\d|(?:off|at|on|every|daily|everyday|weekdays|workdays|weekends"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)(?:\w*day)?)(?:$|[-,])"
)


def anything(rest: str) -> bool:
    """Whether this may be a topic, or words to look for: it always may."""
    return True


def nothing(rest: str) -> bool:
    """Whether nothing follows, or only what people add: "stop it please"."""
    return SMALL.issuperset(rest.casefold().split())


def reason(rest: str) -> bool:
    """Whether this names something told; "why did prices rise" asks about the world."""
    return not asks_why(rest)


def listed(rest: str) -> bool:
    """Whether this asks for a part of the list of feeds."""
    words, _ = page(rest)
    return nothing(words) or words.casefold() == "dropped"


def address(rest: str) -> bool:
    """Whether this may be the address of a feed or site; none is asked for."""
    return not rest or "://" in rest or _SITE.fullmatch(rest) is not None


def feed(rest: str) -> bool:
    """Whether this may name a feed that is read: its number, or its address."""
    return rest.isdecimal() or address(rest)


def times(rest: str) -> bool:
    """Whether this begins as a timetable does: with a time, a day or `off`."""
    return not rest or _TIME.match(rest.casefold().split()[0]) is not None


def cited(rest: str) -> bool:
    """Whether these are briefs, by their ids, and numbers of sources or articles."""
    return all(_BRIEF.fullmatch(word) for word in rest.split())


def charted(rest: str) -> bool:
    """Whether this is a brief with what says how to draw it."""
    brief, *how = rest.split() or [""]
    return cited(brief) and all(word.casefold() == "dark" or word[0] == "+" for word in how)


def code(rest: str) -> bool:
    """Whether this may be a code: one word."""
    return len(rest.split()) < 2


def guest(rest: str) -> bool:
    """Whether this may name a person or chat: `here`, or an id as platforms give them."""
    return code(rest) and (rest in {"", "here"} or ":" in rest or any(map(str.isdigit, rest)))
