"""What both platforms share: packing pieces into messages and naming buttons."""

from base64 import b32encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

from bot.model import Button
from handlers.render.document import Piece
from handlers.render.text import cut

Fits = Callable[[Sequence[Piece]], bool]


def pack(pieces: Sequence[Piece], fits: Fits) -> list[tuple[Piece, ...]]:
    """Return the pieces as messages that fit: split between stories, else between bullets, else within (T1)."""
    messages: list[tuple[Piece, ...]] = []
    held: tuple[Piece, ...] = ()
    for story in _stories(pieces):
        if fits((*held, *story)):
            held += story
        elif fits(story):
            messages, held = [*messages, held], story
        else:
            *full, held = _pack_story(held, story, fits)
            messages += full
    return [message for message in (*messages, held) if message]


def _stories(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    story: tuple[Piece, ...] = ()
    for piece in pieces:
        if piece.opens and story:
            yield story
            story = ()
        story += (piece,)
    if story:
        yield story


def _pack_story(held: tuple[Piece, ...], story: tuple[Piece, ...], fits: Fits) -> list[tuple[Piece, ...]]:
    """Return messages for a story too long for one: begin behind what is held, keep a heading with its bullet."""
    full: list[tuple[Piece, ...]] = []
    for piece in (small for whole in story for small in _fitting(whole, fits)):
        if fits((*held, piece)):
            held += (piece,)
        elif held and held[-1].opens and len(held) > 1:
            full, held = [*full, held[:-1]], (held[-1],)
            full, held = (full, (*held, piece)) if fits((*held, piece)) else ([*full, held], (piece,))
        else:
            full, held = [*full, held], (piece,)
    return [*full, held]


def _fitting(piece: Piece, fits: Fits) -> Iterator[Piece]:
    """Yield the piece, or its lines one by one, or a line's halves cut at a blank, until each fits."""
    if fits((piece,)) or (len(piece.lines) == 1 and len(piece.lines[0].text) < 2):
        yield piece
    elif len(piece.lines) > 1:
        for index, line in enumerate(piece.lines):
            first = index == 0
            yield from _fitting(
                replace(piece, lines=(line,), opens=piece.opens and first, gap=piece.gap and first), fits
            )
    else:
        line = piece.lines[0]
        middle = len(line.text) // 2
        at = line.text.rfind(" ", 1, middle + 1) if " " in line.text[1 : middle + 1] else middle
        follows = "text" if line.style == "bullet" else line.style
        yield from _fitting(replace(piece, lines=(cut(line, 0, at),)), fits)
        rest = replace(cut(line, at, len(line.text)), style=follows)
        yield from _fitting(replace(piece, lines=(rest,), opens=False, gap=False), fits)


def token(salt: str, action: str) -> str:
    """Return the opaque name under which a button of one message is stored: 12 characters."""
    return b32encode(blake2b(f"{salt}|{action}".encode()).digest())[:12].decode().lower()


def tokens(salt: str, buttons: Sequence[Button]) -> dict[str, str]:
    """Return what a part remembers of its buttons: token -> action."""
    return {token(salt, button.action): button.action for button in buttons}
