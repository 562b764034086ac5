"""Doors into single steps of an article's journey, for measuring and the curious: what `nutgraf inspect` opens.

Each door calls the very functions that a briefing calls. A door takes and returns one JSON object.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from bot import dedupe
from bot.errors import UsageError
from summarizer import bullets, figures, sentences
from summarizer.model import Bullet, Document, Figure, Sentence

DEFAULT_COUNT = 4
MOST_BULLETS = 100
CHANGES = {"=": "", "up": "up ", "down": "down "}
"""How a person is told a figure's change; a bound or a hedge is told by its sign."""

Door = Callable[[dict[str, Any]], dict[str, Any]]


def split(asked: dict[str, Any]) -> dict[str, Any]:
    """`{id, text, lang?}` → `{id, sentences: [{start, end, text, kind}]}`."""
    found = sentences.split(_text(asked), _optional(asked, "lang"))
    return {"id": asked.get("id"), "sentences": [_sentence(sentence) for sentence in found]}


def figures_of(asked: dict[str, Any]) -> dict[str, Any]:
    """`{id, text, published?, lang?}` → `{id, figures: [{span, kind, value, unit, change, …}]}`."""
    text, language = _text(asked), _optional(asked, "lang")
    found = figures.extract(
        sentences.split(text, language),
        published=_day(_optional(asked, "published")),
        language=language or sentences.detect_language(text),
    )
    return {"id": asked.get("id"), "figures": [_figure(figure, text) for figure in found]}


def bullets_of(asked: dict[str, Any]) -> dict[str, Any]:
    """`{id, docs: [text, …], lang?, count?, topic?}` → `{id, bullets: [{doc, start, end, text}]}`."""
    language = _optional(asked, "lang")
    documents = [document(text, place, language) for place, text in enumerate(_docs(asked))]
    chosen = bullets.choose(documents, topic=_optional(asked, "topic"), count=_count(asked))
    return {"id": asked.get("id"), "bullets": [_bullet(bullet) for bullet in chosen]}


def stories(asked: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Return for each line of `{id, title, text, source, url, ts}`, in time order, its `{id, story, copy_group}`.

    All are grouped together, so that the answers hold after every merge. A line that is no such object, or whose
    `ts` is no moment, is answered with an `error`.
    """
    rows = [_row(line) for line in asked if line.strip()]
    grouped = iter(dedupe.group(row for row in rows if "error" not in row))
    return tuple(row if "error" in row else dict(next(grouped)) for row in rows)


def _row(line: str) -> dict[str, Any]:
    answer, well = _answered(_identified, line)
    return answer if well else {"id": answer["id"], "error": answer["error"]}


def _identified(row: dict[str, Any]) -> dict[str, Any]:
    if row.get("id") is None:
        raise UsageError("“id” is missing; give each article one.")
    dedupe.moment(row.get("ts"))
    return row


def lines(door: Door, asked: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield for each line of JSON the door's answer as a line of JSON, and whether it went well.

    A line that is not an object, or lacks what the door needs, is answered with an `error`.
    """
    for line in asked:
        if line.strip():
            answer, well = _answered(door, line)
            yield written(answer), well


def written(answer: dict[str, Any]) -> str:
    """Return an answer as a line of JSON; halves of characters, which cannot be written, stand as their codes."""
    line = json.dumps(answer, ensure_ascii=False)
    return line if line.encode("utf-8", "replace").decode() == line else json.dumps(answer)


def _answered(door: Door, line: str) -> tuple[dict[str, Any], bool]:
    asked: dict[str, Any] = {}
    try:
        asked = read(line)
        return door(asked), True
    except UsageError as error:
        return {"id": asked.get("id"), "error": str(error)}, False


def read(line: str) -> dict[str, Any]:
    """Return the object that a line of JSON holds; raises UsageError, which says what a line must be."""
    try:
        held = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        where = f" at character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UsageError(f"This line is no JSON{where}; write one object a line, in braces.") from error
    if not isinstance(held, dict):
        raise UsageError("This line is JSON, but no object; write one object a line, in braces.")
    return held


# ---------------------------------------------------------------- what is asked


def _text(asked: dict[str, Any]) -> str:
    text = asked.get("text")
    if not isinstance(text, str):
        raise UsageError("“text” is missing; give the article's text as a string.")
    return text


def _docs(asked: dict[str, Any]) -> list[str]:
    docs = asked.get("docs")
    if not isinstance(docs, list) or not all(isinstance(text, str) for text in docs):
        raise UsageError("“docs” is missing; give the articles' texts as a list of strings.")
    return docs


def _optional(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str | None):
        raise UsageError(f"“{name}” is no string; put it in quotation marks or leave it out.")
    return value or ""


def _count(asked: dict[str, Any]) -> int:
    count = asked.get("count")
    if count is None:
        return DEFAULT_COUNT
    if not isinstance(count, int) or not 1 <= count <= MOST_BULLETS:
        raise UsageError(f"“count” must be a whole number from 1 to {MOST_BULLETS}.")
    return count


def _day(published: str) -> date | None:
    try:
        return datetime.fromisoformat(published).date() if published else None
    except ValueError as error:
        raise UsageError(f"“{published}” is no date; write it as 2025-03-31.") from error


def document(text: str, place: int, language: str | None) -> Document:
    """Return a text as the summarizer takes it, a witness of its own."""
    language = language or sentences.detect_language(text)
    split_text = sentences.split(text, language)
    found = figures.extract(split_text, language=language)
    return Document(text=text, sentences=split_text, figures=found, witness=place, language=language)


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {"start": sentence.start, "end": sentence.end, "text": sentence.text, "kind": sentence.kind.value}


def _bullet(bullet: Bullet) -> dict[str, Any]:
    return {"doc": bullet.doc, "start": bullet.start, "end": bullet.end, "text": bullet.text}


def _figure(figure: Figure, text: str) -> dict[str, Any]:
    as_of, source = figure.as_of, figure.source
    return {
        "span": list(figure.span),
        "text": text[slice(*figure.span)],
        "kind": figure.kind.value,
        "value": figure.value if not isinstance(figure.value, tuple) else list(figure.value),
        "unit": figure.unit,
        "change": figure.change,
        "counted": figure.counted,
        "bound": figure.bound,
        "as_of": as_of and (as_of.start if as_of.start == as_of.end else {"start": as_of.start, "end": as_of.end}),
        "source": source and {"name": source.name, "span": list(source.span)},
        "direction": figure.direction,
        "basis": figure.basis,
        "place": figure.place,
        "status": figure.status.value,
        "hedge": figure.hedge,
        "sentence": figure.sentence,
        "rule": figure.rule,
    }


# ---------------------------------------------------------------- for reading


def readable(answer: dict[str, Any]) -> Iterator[str]:
    """Yield a door's answer as lines for a person."""
    for sentence in answer.get("sentences", ()):
        mark = "" if sentence["kind"] == "body" else f"  ({sentence['kind']})"
        yield f"{sentence['start']:>6}  {sentence['text']}{mark}"
    for bullet in answer.get("bullets", ()):
        yield f"• {bullet['text']}"
    for figure in answer.get("figures", ()):
        yield _told(figure)


def _told(figure: dict[str, Any]) -> str:
    as_of = figure["as_of"]
    facts = (
        f"{CHANGES.get(figure['change'], figure['change'])}{_number(figure['value'])} {figure['unit']}",
        figure["kind"],
        figure["counted"] and f"counts {figure['counted']}",
        as_of and f"as of {as_of if isinstance(as_of, str) else as_of['start'] + ' to ' + as_of['end']}",
        figure["source"] and f"says {figure['source']['name']}",
        figure["status"] if figure["status"] != "reported" else "",
        figure["hedge"] and f"“{figure['hedge']}”",
    )
    return f"{figure['text']:<24} " + " · ".join(fact for fact in facts if fact)


def _number(value: float | list[float]) -> str:
    return " to ".join(f"{one:,.15g}" for one in (value if isinstance(value, list) else [value]))


def grouped(answer: dict[str, Any]) -> str:
    """Return where an article ended up as a line for a person."""
    place = answer.get("error") or f"story {answer['story']}, copy group {answer['copy_group']}"
    return f"{answer['id']}: {place}"
