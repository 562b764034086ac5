"""A correction as the messages say it that carried the old figure."""

import re
from collections.abc import Callable, Iterator

from bot.model import Change, Correction, Part
from handlers.render.changes import told_by
from handlers.render.document import Piece
from handlers.render.numbers import day_of, measured, quoted
from handlers.render.text import Run, line_of


def by_part(correction: Correction, shown: Callable[[Part], str]) -> Iterator[tuple[Part, Piece]]:
    """Yield every sent message that tells a figure which was taken back, with what is to be said in it.

    `shown` returns what a message shows.
    """
    sent = [part for part in correction.sent.parts if part.message_id and part.attachment is None]
    said: dict[str, list[Change]] = {}
    for story_id, changes in correction.changes.items():
        telling = [part for part in sent if story_id in part.story_ids]
        for change in changes:
            for part in [part for part in telling if _carries(shown(part), change)] or telling[-1:]:
                said.setdefault(part.message_id, []).append(change)
    for part in sent:
        if part.message_id in said:
            yield part, Piece(tuple(line_of([*_words(change)], "note") for change in said[part.message_id]))


def _words(change: Change) -> Iterator[Run | str]:
    published = change.point.observations[0].published_at
    day = day_of(published, "", published)
    before = quoted(change.before) if change.before else ""
    yield f"Correction, {day}: {change.series.label} {before} → "
    yield Run(quoted(change.point), bold=True)
    yield from told_by(change.point, " · ")


def _carries(text: str, change: Change) -> bool:
    """Whether a message shows the old value, as its source words it or as we do."""
    seen = change.before.observations if change.before else ()
    values = {
        word for one in seen for word in (one.quoted, measured(one.figure.value, one.figure.unit, one.figure.kind))
    }
    return any(re.search(rf"(?<![\w.,]){re.escape(value)}(?!\w|[.,]\d)", text) for value in values)
