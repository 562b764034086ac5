"""A document as Slack messages: blocks within Slack's limits, and their text for notifications (K4, S10, S11)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.model import Button, Correction, Line, Part
from handlers.render.correction import by_part
from handlers.render.document import Document, Piece, stories_of
from handlers.render.parts import pack, token, tokens
from handlers.render.table import aligned
from handlers.render.text import Run, columns, runs_of, set_apart

BLOCK_LIMIT = 49  # and one block of buttons
SECTION_LIMIT = 3000
HEADER_LIMIT = 150
TEXT_LIMIT = 9300  # of Slack's 9,500, so that buttons have room
NOTICE_LIMIT = 300
_BUTTON_LIMIT = 24


def parts(document: Document) -> tuple[Part, ...]:
    """Return the messages of a document, its buttons under the last one.

    A payload holds `text`, `blocks`, and `unfurl_links` and `unfurl_media`, both off. A file has its `caption`
    there, too, and no more than one message of words.
    """
    shown = [
        Part(_payload(blocks(pieces), pieces), story_ids=stories_of(pieces))
        for pieces in pack(document.pieces, fits)
        if blocks(pieces)
    ]
    if document.attachment:
        payload = shown[0].payload | {"caption": caption(document)}
        shown = [replace(shown[0], payload=payload, attachment=document.attachment)]
    if shown and document.buttons:
        buttons = document.buttons[:_BUTTON_LIMIT]
        row = {"type": "actions", "elements": [_button(document.salt, button) for button in buttons]}
        last = dict(shown[-1].payload)
        last["blocks"] = [*blocks_of(last), row]
        shown[-1] = replace(shown[-1], payload=last, buttons=tokens(document.salt, buttons))
    return tuple(shown)


def corrected(correction: Correction) -> tuple[Part, ...]:
    """Return what is put in place of each message that told what was taken back: the same, and a note below it.

    Where that is too long, or Slack takes no other text (`instead`), the note goes into the message's thread.
    """
    first = correction.sent.parts[0].message_id
    return tuple(_noted(part, note, first) for part, note in by_part(correction, lambda part: str(part.payload)))


def _noted(part: Part, note: Piece, first: str) -> Part:
    shown = blocks_of(part.payload)
    at = next((at for at, block in enumerate(shown) if block["type"] == "actions"), len(shown))
    amended = [*shown[:at], *blocks([note]), *shown[at:]]
    to = part.payload.get("to")
    where = to if isinstance(to, dict) else {}
    under = {"thread": where.get("thread") or (first if where.get("details") else part.message_id)}
    under |= {"channel": where["channel"]} if where.get("channel") else {}
    follows = _payload(blocks([note]), [note]) | {"to": under}
    if not _fit(amended, BLOCK_LIMIT + 1):
        return Part(follows)
    return Part(part.payload | {"blocks": amended, "instead": follows}, edits=part.message_id)


def caption(document: Document) -> str:
    """Return what is said beside a file."""
    pieces = pack(document.caption, fits)[0]
    return "\n".join(_spaced(line) for piece in pieces for line in piece.lines)


def blocks_of(payload: dict[str, object]) -> list[dict[str, Any]]:
    """Return the blocks of a payload made here."""
    found = payload["blocks"]
    return list(found) if isinstance(found, list) else []


def _payload(shown: list[dict[str, Any]], pieces: Sequence[Piece]) -> dict[str, object]:
    return {"text": _notice(pieces), "blocks": shown, "unfurl_links": False, "unfurl_media": False}


def _notice(pieces: Sequence[Piece]) -> str:
    """Return what a notification shows and a screen reader reads: the first two lines' words."""
    lines = [line.text.replace("\t", " · ") for piece in pieces for line in piece.lines if line.text.strip()]
    words = " — ".join(lines[:2]) or "Nutgraf"
    return escape(words if len(words) <= NOTICE_LIMIT else words[: NOTICE_LIMIT - 1] + "…")


def _button(salt: str, button: Button) -> dict[str, Any]:
    name = token(salt, button.action)
    label = {"type": "plain_text", "text": button.label[:75], "emoji": False}
    return {"type": "button", "text": label, "action_id": name, "value": name}


def fits(pieces: Sequence[Piece]) -> bool:
    """Return whether the pieces make one message: 50 blocks, 3,000 characters in each, 9,500 in all."""
    return _fit(blocks(pieces), BLOCK_LIMIT)


def _fit(shown: Sequence[dict[str, Any]], most: int) -> bool:
    lengths = [_length(block) for block in shown]
    return len(shown) <= most and sum(lengths) <= TEXT_LIMIT and max(lengths, default=0) <= SECTION_LIMIT


def _length(block: dict[str, Any]) -> int:
    """Return how much text a block holds; that of buttons has its own room."""
    inside = [block["text"]] if "text" in block else block.get("elements", [])
    return 0 if block["type"] == "actions" else sum(len(text["text"]) for text in inside)


def blocks(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return the pieces as blocks: a divider between stories, pieces without a gap in one block."""
    shown: list[dict[str, Any]] = []
    for piece in pieces:
        if piece.opens and shown:
            shown.append({"type": "divider"})
        held = len(shown) if piece.gap else len(shown) - 1
        shown = [*shown[: max(held, 0)], *_joined([*shown[max(held, 0) :], *_piece(piece)])]
    return shown


def _piece(piece: Piece) -> Iterator[dict[str, Any]]:
    table = [line for line in piece.lines if line.style == "table"]
    if table:
        rows = "\n".join(row.text for row in aligned(table)).replace("```", "")
        yield _section(f"```{escape(rows)}```")
    for line in piece.lines:
        if not line.text.strip() or line.style == "table":
            continue
        if line.style == "heading":
            yield from _heading(line)
        elif line.style == "detail":
            yield _context(set_apart([_inline(column) for column in columns(line)]))
        elif line.style in {"note", "source"}:
            yield _context(_spaced(line))
        else:
            yield _section(("• " if line.style == "bullet" else "") + _spaced(line))


def _heading(line: Line) -> Iterator[dict[str, Any]]:
    title, *facts = columns(line)
    if title.text.strip():
        text = title.text if len(title.text) <= HEADER_LIMIT else title.text[: HEADER_LIMIT - 1] + "…"
        yield {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}
    if facts:
        yield _context(" · ".join(map(_inline, facts)))


def _joined(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks with neighbours of one look in one block, as far as a block goes."""
    found: list[dict[str, Any]] = []
    for block in shown:
        before = found[-1] if found else {"type": ""}
        if block["type"] == before["type"] in {"section", "context"}:
            together = _merged(before, block)
            if _length(together) <= SECTION_LIMIT:
                found[-1] = together
                continue
        found.append(block)
    return found


def _merged(before: dict[str, Any], block: dict[str, Any]) -> dict[str, Any]:
    make, left, right = (
        (_section, before["text"], block["text"])
        if block["type"] == "section"
        else (_context, before["elements"][0], block["elements"][0])
    )
    together = f"{left['text']}\n{right['text']}"
    return make(together.replace("```\n```", "\n"))


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def escape(text: str) -> str:
    """Return text that Slack shows letter by letter: nothing in it is a mention, a channel or a link (S11)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spaced(line: Line) -> str:
    return "   ".join(map(_inline, columns(line)))


def _inline(line: Line) -> str:
    """Return a line in mrkdwn. Bold is set only where Slack would see it: between words."""
    text, runs = "", list(runs_of(line))
    for index, run in enumerate(runs):
        after = runs[index + 1].text[:1] if index + 1 < len(runs) else ""
        text += _marked(run, text[-1:], after)
    return text


def _marked(run: Run, before: str, after: str) -> str:
    if run.url and run.text.strip():
        return f"<{run.url.replace('&', '&amp;')}|{escape(run.text)}>"
    loose = not before.isalnum() and not after.isalnum() and "*" not in run.text
    if run.bold and loose and run.text and run.text == run.text.strip():
        return f"*{escape(run.text)}*"
    return escape(run.text)
