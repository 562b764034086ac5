"""Typographic variants to one spelling, character for character, so that every offset stays what it was."""

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u02bc"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"

_GROUP_SPACE = "\u00a0"

_TABLE: dict[int, str] = {
    **dict.fromkeys(map(ord, _SPACES), _GROUP_SPACE),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    0xFF05: "%",
    0xFF04: "$",
    0xFFE1: "£",
    0xFFE5: "¥",
    0x2044: "/",
    0x2032: "'",
    0x2033: '"',
    0x00B5: "μ",
}


def normalise(text: str) -> str:
    """Return `text` with one kind of space, hyphen, quote and digit; `len` and every offset are unchanged."""
    return text if text.isascii() else text.translate(_TABLE)
