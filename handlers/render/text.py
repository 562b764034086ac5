"""Clean text, and lines as runs of one look each."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import quote, urlsplit

from bot.model import Line, Style

LINK_LIMIT = 2048

_BREAK = re.compile("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_WORD = re.compile(r"\w(?:[\w’',.]*\w)?")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"  # C0 and C1, without the tab that sets columns apart
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufe00-\ufe0f\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def clean(text: str) -> str:
    """Return the text as it may go out (S10): NFC on one line, nothing that cannot be seen. Tabs stay."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _BREAK.sub(" ", text)))


def clean_line(line: Line) -> Line:
    """Return the line cleaned, its spans still over the same words."""
    text = clean(line.text)
    if text == line.text:
        return line

    def moved(start: int, end: int) -> tuple[int, int]:
        return min(len(clean(line.text[:start])), len(text)), min(len(clean(line.text[:end])), len(text))

    bold = tuple(span for start, end in line.bold if (span := moved(start, end))[0] < span[1])
    links = tuple((*span, url) for start, end, url in line.links if (span := moved(start, end))[0] < span[1])
    return replace(line, text=text, bold=bold, links=links)


def asking_for(title: str) -> str:
    """Return the words of a headline, as a question that finds its story: without signs that mean something."""
    return " ".join(_WORD.findall(title))


def safe_link(url: str) -> str:
    """Return the link percent-encoded where a platform's markup would trip over it, or "" where it may not go out.

    Only http and https with a host (S12, S13); `|`, `<`, `>`, quotes, blanks and non-ASCII are encoded (S11).
    """
    if _UNSEEN.search(url) or _BREAK.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    encoded = quote(url, safe="!#$%&'()*+,-./:;=?@[]_~")
    return encoded if len(encoded.replace("&", "&amp;")) <= LINK_LIMIT else ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look."""

    text: str
    bold: bool = False
    url: str = ""


def line_of(runs: Iterable[Run | str], style: Style) -> Line:
    """Return the line that the runs make up, cleaned."""
    text, bold, links = "", [], []
    for run in (Run(run) if isinstance(run, str) else run for run in runs):
        start, text = len(text), text + run.text
        if run.bold:
            bold.append((start, len(text)))
        if run.url:
            links.append((start, len(text), run.url))
    return clean_line(Line(text, style, tuple(bold), tuple(links)))


def runs_of(line: Line) -> Iterator[Run]:
    """Yield the line's runs in order; links that may not go out are left as words."""
    links = [(start, end, safe) for start, end, url in line.links if (safe := safe_link(url))]
    spans = [*line.bold, *((start, end) for start, end, _ in links)]
    inside = {min(max(edge, 0), len(line.text)) for span in spans for edge in span}
    cuts = sorted(inside | {0, len(line.text)})
    for start, end in pairwise(cuts):
        yield Run(
            line.text[start:end],
            any(left <= start and end <= right for left, right in line.bold),
            next((url for left, right, url in links if left <= start and end <= right), ""),
        )


def cut(line: Line, start: int, end: int) -> Line:
    """Return the stretch `text[start:end]` of a line, with its part of the spans."""
    bold = tuple((max(left, start) - start, min(right, end) - start) for left, right in line.bold)
    links = tuple((max(left, start) - start, min(right, end) - start, url) for left, right, url in line.links)
    return replace(
        line,
        text=line.text[start:end],
        bold=tuple(span for span in bold if span[0] < span[1]),
        links=tuple(link for link in links if link[0] < link[1]),
    )


def set_apart(columns_shown: Sequence[str]) -> str:
    """Return a detail's columns for a narrow screen: label and values, then on a line of its own the rest."""
    first, rest = columns_shown[:2], columns_shown[2:]
    return "\n".join("   ".join(part) for part in (first, rest) if part)


def columns(line: Line) -> tuple[Line, ...]:
    """Return what the tabs of a line set apart."""
    start, found = 0, []
    for column in line.text.split("\t"):
        found.append(cut(line, start, start + len(column)))
        start += len(column) + 1
    return tuple(found)
