"""A document as lines for a terminal."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from bot.model import Button, Line
from handlers.render.document import Document, Piece
from handlers.render.table import aligned
from handlers.render.text import clean, columns, cut, safe_link

_GAPS = (" " * 8, " " * 3)
_INDENT = {"detail": 4, "source": 2}


def text(document: Document, width: int = 100) -> str:
    """Return the document as text, lines at most `width` wide where a word does not forbid it."""
    return "\n".join(line.text for line in lines(document, width))


def lines(document: Document, width: int = 100) -> tuple[Line, ...]:
    """Return the document as terminal lines; bold and link spans hold for each, so that colours can be put on."""
    found: list[Line] = []
    before = ""
    for piece in document.pieces:
        style = piece.lines[0].style
        close = style == "bullet" and before in {"bullet", "heading"}
        if piece.gap and found and not close:
            found.append(Line(""))
        found += _piece(piece, width)
        before = style
    return tuple(found)


def offers(buttons: Iterable[Button], width: int = 100) -> tuple[Line, ...]:
    """Return what can be typed in place of pressing a button: "More: `brief +5`"."""
    shown = "   ".join(f"{button.label}: `{button.action}`" for button in buttons)
    return tuple(_wrapped(Line(clean(shown), "note"), "", "", width))


def _piece(piece: Piece, width: int) -> Iterator[Line]:
    for style, lines in groupby(piece.lines, key=lambda line: line.style):
        if style == "table":
            yield from _table(list(lines), width)
        elif style == "heading":
            yield from (shown for line in lines for shown in _heading(line, width))
        else:
            yield from (shown for line in lines for shown in _line(line, width))


def _line(line: Line, width: int) -> Iterator[Line]:
    lead = "• " if line.style == "bullet" else " " * _INDENT.get(line.style, 0)
    hang = " " * (len(lead) + 4 if line.style in _INDENT else len(lead))
    yield from _wrapped(_spaced(line), lead, hang, width)
    if line.style == "source":
        yield from _addresses(line)


def _table(lines: list[Line], width: int) -> Iterator[Line]:
    """Yield a table's rows; one too wide goes on below its last cell."""
    for row in aligned(lines, indent=2):
        yield from _wrapped(Line(row.text, "table"), "", " " * min(row.last, width // 3), width)


def _heading(line: Line, width: int) -> Iterator[Line]:
    """Yield title, facts and id spread over the width, or the facts on a line of their own."""
    title, *facts = columns(line)
    bold = replace(title, bold=((0, len(title.text)),))
    texts = [column.text for column in (title, *facts)]
    if facts and len("   ".join(texts)) <= width:
        yield replace(bold, text=_spread(texts, width))
    else:
        yield from _wrapped(bold, "", "", width)
        yield from _wrapped(Line("   ".join(texts[1:])), "", "", width)


def _spread(texts: list[str], width: int) -> str:
    """Return the texts on one line, the last at its right end, the others well apart if there is room."""
    *left, last = texts
    shown = next(each for each in (gap.join(left) for gap in _GAPS) if len(each) + 3 + len(last) <= width)
    return shown + last.rjust(width - len(shown))


def _addresses(line: Line) -> Iterator[Line]:
    for *_, url in line.links:
        if safe := safe_link(url):
            yield Line("      " + safe, "source", links=((6, 6 + len(safe), safe),))


def _spaced(line: Line) -> Line:
    """Return the line with its columns set apart by three blanks, its spans moved along."""
    whole = Line("", line.style)
    for column in columns(line):
        start = len(whole.text) + 3 * bool(whole.text)
        bold = tuple((left + start, right + start) for left, right in column.bold)
        links = tuple((left + start, right + start, url) for left, right, url in column.links)
        gap = "   " * bool(whole.text)
        whole = Line(whole.text + gap + column.text, line.style, whole.bold + bold, whole.links + links)
    return whole


def _wrapped(line: Line, lead: str, hang: str, width: int) -> Iterator[Line]:
    """Yield the line broken at blanks, best where columns meet, each stretch behind its indent."""
    rest, indent = line, lead
    while len(rest.text) > (room := max(width - len(indent), 20)):
        at = _break_at(rest.text[: room + 1])
        yield _behind(indent, cut(rest, 0, at))
        at += len(rest.text[at:]) - len(rest.text[at:].lstrip(" "))
        rest, indent = cut(rest, at, len(rest.text)), hang
    if rest.text:
        yield _behind(indent, rest)


def _break_at(stretch: str) -> int:
    """Return where a stretch one character too long breaks: between columns, else at a blank, else at its end."""
    between = stretch.rfind("   ")
    blank = between if between > len(stretch) // 2 else stretch.rfind(" ")
    return blank if blank > 0 else len(stretch) - 1


def _behind(indent: str, line: Line) -> Line:
    shown, by = cut(line, 0, len(line.text.rstrip())), len(indent)
    bold = tuple((left + by, right + by) for left, right in shown.bold)
    links = tuple((left + by, right + by, url) for left, right, url in shown.links)
    return replace(line, text=(indent + shown.text).rstrip(), bold=bold, links=links)
