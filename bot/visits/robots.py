"""What a host's robots.txt allows (RFC 9309). Pure, and linear in what a stranger writes there."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

OUR_NAME = "nutgraf"
LONGEST = 500 * 1024
MOST_RULES = 2000
ALLOW_ALL = ""
DENY_ALL = "User-agent: *\nDisallow: /\n"

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


def allows(robots_txt: str, url: str) -> bool:
    """Whether we may fetch an address: by the longest rule that fits it, the allowing one of two as long."""
    parts = urlsplit(url)
    path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
    fitting = [(len(pattern), allowed) for allowed, pattern in _rules(robots_txt) if _fits(pattern, path)]
    return max(fitting, default=(0, True))[1]


def _rules(robots_txt: str) -> list[tuple[bool, str]]:
    """Return the rules of the groups that name us, or of those for everybody; (allowed, pattern)."""
    groups: dict[str, list[tuple[bool, str]]] = {OUR_NAME: [], "*": []}
    named: set[str] = set()
    ours, open_group = False, False
    for name, value in _lines(robots_txt[:LONGEST]):
        if name == "user-agent":
            named = {value.lower()} | (named if open_group else set())
            open_group = True
            ours = ours or OUR_NAME in named
        elif name in {"allow", "disallow"}:
            open_group = False
            for agent in named & groups.keys():
                groups[agent].append((name == "allow", _normal(value)))
    return [rule for rule in groups[OUR_NAME if ours else "*"] if rule[1]][:MOST_RULES]


def _lines(robots_txt: str) -> Iterator[tuple[str, str]]:
    for line in robots_txt.splitlines():
        if match := _LINE.match(line):
            yield match[1].lower(), match[2].strip()


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says; `*` is anything, `$` the end. Each piece is found once: linear."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not anchored or path == first
    place = len(first)
    for piece in others[:-1]:
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    if anchored:
        return path.endswith(others[-1]) and len(path) - len(others[-1]) >= place
    return path.find(others[-1], place) >= 0


def _normal(text: str) -> str:
    return quote(text, safe="/%?&=+$*:@,;~!'()[]#-._")
