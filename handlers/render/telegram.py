"""A document as Telegram messages: HTML in Telegram's own tags, within its limits (T1, T2, S10, S12)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from bot.model import Correction, Line, Part
from handlers.render.correction import by_part
from handlers.render.document import Document, Piece, stories_of
from handlers.render.parts import pack, token, tokens
from handlers.render.table import aligned
from handlers.render.text import Run, columns, runs_of, set_apart

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
_ROW = 3
_CODE = re.compile(r"(?<!\w)(@\w+)|`([^`]+)`")
_TAG = re.compile(r"<[^>]*>")


def parts(document: Document) -> tuple[Part, ...]:
    """Return the messages of a document, its buttons under the last one.

    A payload holds `text` (HTML), `silent` and `buttons`: rows of (label, callback data); `guarded` names the
    buttons that only the asker and administrators may press. A file has its `caption` there, too.
    """
    messages = pack(document.pieces, fits)[: 1 if document.attachment else None]
    shown = [
        Part({"text": html(pieces), "silent": document.silent, "buttons": []}, story_ids=stories_of(pieces))
        for pieces in messages
        if plain(html(pieces)).strip()
    ]
    if shown and document.buttons:
        labels = [[button.label, token(document.salt, button.action)] for button in document.buttons]
        rows = [labels[at : at + _ROW] for at in range(0, len(labels), _ROW)]
        guarded = [token(document.salt, button.action) for button in document.buttons if button.changes]
        last = {**shown[-1].payload, "buttons": rows, "guarded": guarded}
        shown[-1] = replace(shown[-1], payload=last, buttons=tokens(document.salt, document.buttons))
    if document.attachment:
        caption = html(pack(document.caption, fits_caption)[0])
        shown[0] = replace(
            shown[0], payload=shown[0].payload | {"caption": caption}, attachment=document.attachment
        )
    return tuple(shown)


def corrected(correction: Correction) -> tuple[Part, ...]:
    """Return what is put in place of each message that told what was taken back: the same, and a note below it.

    Where that is too long, or Telegram takes no other text for the message (`instead`), the note answers it.
    """
    return tuple(
        _noted(part, html([note])) for part, note in by_part(correction, lambda part: str(part.payload["text"]))
    )


def _noted(part: Part, note: str) -> Part:
    text = f"{part.payload['text']}\n\n{note}"
    follows = {"text": note, "silent": True, "buttons": [], "reply_to": int(part.message_id)}
    if not _fits(text, TEXT_LIMIT):
        return Part(follows)
    return Part(part.payload | {"text": text, "instead": follows}, edits=part.message_id)


def fits(pieces: Sequence[Piece], limit: int = TEXT_LIMIT) -> bool:
    """Return whether the pieces make one message: 4,096 UTF-16 units when parsed, 100 entities."""
    return _fits(html(pieces), limit)


def _fits(text_html: str, limit: int) -> bool:
    return units(plain(text_html)) <= limit and text_html.count("</") <= ENTITY_LIMIT


def fits_caption(pieces: Sequence[Piece]) -> bool:
    """Return whether the pieces make the caption of a file: 1,024 UTF-16 units when parsed."""
    return fits(pieces, CAPTION_LIMIT)


def units(text: str) -> int:
    """Return a text's length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def plain(text_html: str) -> str:
    """Return the words of HTML that `html` made."""
    text = _TAG.sub("", text_html)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def html(pieces: Sequence[Piece]) -> str:
    """Return the pieces as one message text, a blank line before each that asks for a gap."""
    text = ""
    for piece in pieces:
        text += ("\n\n" if piece.gap else "\n") * bool(text) + "\n".join(_block(piece))
    return text


def _block(piece: Piece) -> Iterator[str]:
    """Yield the lines of a piece; those of one style that stand in a box together are one."""
    for style, group in groupby(piece.lines, key=lambda line: line.style):
        lines = list(group)
        if style == "heading":
            yield from map(_heading, lines)
        elif style == "table":
            yield f"<pre>{_escaped(chr(10).join(row.text for row in aligned(lines)))}</pre>"
        elif style == "source":
            yield f"<blockquote expandable>{chr(10).join(map(_spaced, lines))}</blockquote>"
        elif style == "detail":
            yield f"<blockquote>{chr(10).join(map(_detail, lines))}</blockquote>"
        elif style == "note":
            yield from (f"<i>{_spaced(line)}</i>" for line in lines)
        else:
            yield from (("• " if style == "bullet" else "") + _spaced(line) for line in lines)


def _heading(line: Line) -> str:
    title, *facts = columns(line)
    shown = f"<b>{_escaped(title.text)}</b>" if title.text.strip() else ""
    return shown + ("\n" + " · ".join(_inline(fact) for fact in facts) if facts else "")


def _detail(line: Line) -> str:
    return set_apart([_inline(column) for column in columns(line)])


def _spaced(line: Line) -> str:
    """Return a line with its columns set apart by three blanks."""
    return "   ".join(map(_inline, columns(line)))


def _inline(line: Line) -> str:
    return "".join(map(_tagged, runs_of(line)))


def _tagged(run: Run) -> str:
    """Return a run in its tags. Words in back-ticks are code; so is a @name, which then notifies nobody (S12)."""
    if run.url:
        return f'<a href="{escape(run.url)}">{_bold(run.text, run.bold)}</a>' if run.text.strip() else run.text
    shown, end = "", 0
    for found in _CODE.finditer(run.text):
        shown += _bold(run.text[end : found.start()], run.bold)
        shown += f"<code>{_escaped(found[1] or found[2])}</code>"
        end = found.end()
    return shown + _bold(run.text[end:], run.bold)


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _bold(text: str, bold: bool) -> str:
    return f"<b>{_escaped(text)}</b>" if bold and text.strip() else _escaped(text)
