"""Articles to bullets: exact spans of their sentences, the key figures first, nothing told twice.

Imports the rankers (numpy, sumy) only when it chooses: the program's main process may name `choose` as a job for
a worker without loading them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from summarizer.model import Bullet, Document, Figure, FigureKind, Sentence, SentenceKind

if TYPE_CHECKING:
    from summarizer.rank import Line, Passage

# Lengths in characters.
SOFT_LENGTH = 240
HARD_LENGTH = 320
SHORTEST = 25
DATELINED = 3
MOST_SENTENCES = 400
MOST_LINES = 600

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_PLACE = rf"(?:, [A-Z][\w.’' ]{{1,24}}){{0,3}}(?:,? {_MONTH} \d{{1,2}})?,?"
_AGENCY = r"AP|PA|R(?:euters|EUTERS)|AFP|UPI|dpa|DPA|Xinhua|Bloomberg|ANSA|EFE|TASS|IANS|PTI"
_WIRE = rf"\((?:CNN(?: [A-Z]\w+){{0,2}}|{_AGENCY})\)"
_DATELINE = re.compile(
    rf"\d{{1,2}}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{{2,4}}\b)?\s*(?:[–—-]|:|(?<=[A-Z]))\s+(?=[\"“A-ZÀ-Þ])"
    rf"|(?:[A-ZÀ-Þ][\w.’'\- ]{{1,30}}{_PLACE} ?)?{_WIRE}\s*(?:[–—-]{{1,2}}\s*)?"
    rf"|[A-ZÀ-Þ]{{3,}}[A-ZÀ-Þ.’' -]{{0,30}}{_PLACE}(?: \([A-Z][\w ]{{1,24}}\))?(?:\s+[–—-]{{1,2}}"
    rf"|:)\s+(?=[\"“A-ZÀ-Þ\d])"
)
_CONNECTIVE = re.compile(
    r"(?:But|And|So|Yet|However|Also|Still|Instead|Meanwhile|Moreover|Furthermore|In addition|Besides"
    r"|Nevertheless"
    r"|Nonetheless|Elsewhere|Therefore|Thus|Additionally|Likewise|Similarly|At the same time|That said),\s+"
    r"|(?:But|And)\s+(?=(?:the|a|an|some|many|most) |[A-Z])"
)
_PICTURED = re.compile(r"\((?:pictured|above|left|right)[^)]{0,40}\)\s*", re.IGNORECASE)
_PICTURED_LAST = re.compile(r"\s*\((?:pictured|above|left|right)[^)]{0,40}\)\.?\Z", re.IGNORECASE)
_SAYS = r"(?:said|says|told [^,\"“”]{2,30}|added|announced|reported|tweeted|wrote)"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WHEN = rf"(?: (?:on|in|at|late|early|last|via|by|to|during) [^,\"“”]{{2,40}}| {_DAY})?"
_ROLE = (
    r"(?:mayor|minister|ministry|police|spokes(?:man|woman|person)|president|governor|council|judge|chief|director"
    r"|company|officials?|report|study|statement)"
)
_WORD = r"[A-Z][^\s,\"“”]{0,20}"
_NO_SPEAKER = (
    r"(?!(?:he|she|they|it|we|I|who|whom|whose|which|that|and|but|or|nor|so|as|than|if|when|where|while|though|although"
    r"|because|after|before|until|since|with|having|not) )"
)
_ATTRIBUTION = re.compile(
    rf",(?P<quote>[\"”’»]?) {_NO_SPEAKER}(?P<speaker>according to [^,\"“”]{{3,60}}"
    rf"|(?:[^\s,\"“”]{{1,20}} ){{1,8}}{_SAYS}{_WHEN}"
    rf"|(?:said|says|added|wrote) (?:(?:a|the) {_ROLE}|{_WORD}(?: (?:of|for|the|{_WORD})){{0,6}}))\.\Z"
)
_LONGEST_ATTRIBUTION = 120
_DIGIT = re.compile(r"\d")
_QUOTE = re.compile('["“”«»]')
_DENIAL = re.compile(
    r"\b(?:den(?:y|ied|ies)|reject(?:s|ed)?|dismiss(?:es|ed)|disputed?s?|no (?:link|connection|bearing)"
    r"|nothing to do with|in no way|ruled out)\b",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"[\"“]?(?:(?:But )?(?:He|She|They|It|This(?! (?:year|month|week))|That|These|Those|His|Her|Their|Its|Such"
    r"|Both|Er|Sie|Es|Il|Elle|Ils|Elles|Él|Ella|Он|Она|Они|Это)\b|[a-z]|(?:First|Second|Third|Finally|Then|Later),"
    r"|(?:Another|Others|In addition to|As well as) "
    r"|The (?:number|figure|total|count|latter|order|decree|document|statement|decision|move"
    r"|text|list) (?!of\b|by\b|from\b|to\b|that\b|for\b|on\b))"
)
_STATEMENT = re.compile(
    r"(?:[A-Z]\w+|ministry|government|police|officials?|spokes\w+|party|union|council|court|board|army|agency"
    r"|company)"
    r"(?: (?:in|of) [A-Z]\w+)?(?: (?:has|have|had|also|repeatedly|often)){0,2}"
    r" (?:sa(?:id|ys)|den(?:ied|ies)|accuse[sd]|claim(?:s|ed)|warn(?:s|ed)|reject(?:s|ed)|insist(?:s|ed)|announced"
    r"|promised|demanded)\b"
)
_WITHOUT_SPACES = frozenset(("zh", "ja", "ko", "th"))

_FIGURE_WEIGHT = {
    FigureKind.MONEY: 1.0,
    FigureKind.PERCENT: 1.0,
    FigureKind.PERCENTAGE_POINT: 1.0,
    FigureKind.RATE: 1.0,
    FigureKind.VOTE: 1.0,
    FigureKind.INDEX: 0.8,
    FigureKind.RATIO: 0.8,
    FigureKind.MEASURE: 0.6,
    FigureKind.SCORE: 0.6,
    FigureKind.DURATION: 0.3,
}
KEY_FIGURE = 0.5
LARGE_COUNT = 20
SMALL_COUNT = 4

# What adds to a rating or takes from it, in standard deviations of the ratings of an article's sentences. Set by
# hand: editors' highlights, from which the ranker learned, say nothing of topics, and little of lone pronouns.
FIGURE_BONUS = 0.1
NUMBER_BONUS = 0.5
TOPIC_FIGURE_BONUS = 1.5
TOPIC_WEIGHT = 1.5
STATEMENT_BONUS = 0.4
HANGING_FINE = 0.8
LOOSE_QUOTE_FINE = 0.8
QUESTION_FINE = 0.5
LENGTH_FINE = 1.5
THIN_FINE = 0.5
THIN_LENGTH = 50

# How many bullets leave room for a denial; among how many lines a choice is made, beside five a bullet; how much a
# shared figure is about any topic; how many terms make two sentences tell of one matter.
LEAST_FOR_BALANCE = 4
LEAST_PICKED_FROM = 12
SHARED_FIGURE = 0.4
SAME_MATTER = 3


class Candidate(NamedTuple):
    """A span of a sentence that may become a bullet; `place` counts the article's own sentences.

    `weight` is how much its figures tell together, `keys` are its key figures by value: what two sentences share
    that state the same one.
    """

    doc: int
    sentence: int
    place: int
    start: int
    end: int
    text: str
    speaker: str
    figures: tuple[Figure, ...]
    weight: float
    keys: frozenset[str]


def choose(
    docs: Sequence[Document], *, topic: str = "", count: int = 4, ranker: str = "nutgraf"
) -> tuple[Bullet, ...]:
    """Return up to `count` bullets of a story's documents: exact spans, the best first, then those with figures.

    With a `topic` only sentences about it are taken, as long as any is; those with key figures come first, then
    what a party denies of it. `ranker` is one of `rank.RANKERS`. The order of the documents does not matter: they
    are read in the order of their texts.
    """
    order = sorted(range(len(docs)), key=lambda at: (docs[at].text, at))
    chosen = _chosen([docs[at] for at in order], topic, count, ranker)
    return tuple(_bullet(candidate, order[candidate.doc]) for candidate in _ordered(chosen, topic))


def _ordered(chosen: Sequence[Candidate], topic: str) -> list[Candidate]:
    """Return the best first where no topic is asked for, then those with key figures, then what a party denies."""
    best = None if topic else chosen[:1]
    return sorted(
        chosen, key=lambda one: ([one] != best, not one.keys, bool(topic) and not _DENIAL.search(one.text))
    )


def figure_weight(figure: Figure) -> float:
    """Return how much a figure tells a reader of the news: 0 to 1."""
    if figure.kind is FigureKind.AGE:
        return 0.7 if isinstance(figure.value, tuple) else 0.2
    if figure.kind is FigureKind.COUNT:
        value = abs(figure.value[1] if isinstance(figure.value, tuple) else figure.value)
        return 1.0 if value >= LARGE_COUNT else 0.4 if value >= SMALL_COUNT else 0.1
    return _FIGURE_WEIGHT[figure.kind]


def _key(figure: Figure) -> str:
    value = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    percent = "%" if figure.kind in (FigureKind.PERCENT, FigureKind.PERCENTAGE_POINT) else ""
    return "#" + "-".join(f"{part:.6g}" for part in value) + percent


def _bullet(candidate: Candidate, doc: int) -> Bullet:
    return Bullet(
        doc,
        candidate.start,
        candidate.end,
        candidate.text,
        candidate.sentence,
        candidate.speaker,
        candidate.figures,
    )


# ---------------------------------------------------------------- what may become a bullet


def candidates(doc: Document, number: int = 0) -> tuple[Candidate, ...]:
    """Return the spans of a document's own sentences that could stand as bullets, cut as bullets may be cut."""
    by_sentence: dict[int, list[Figure]] = defaultdict(list)
    for figure in doc.figures:
        by_sentence[figure.sentence].append(figure)
    title = doc.title.casefold()
    own = [
        (at, sentence)
        for at, sentence in enumerate(doc.sentences)
        if sentence.kind is SentenceKind.BODY and not (title and sentence.text.rstrip(".").casefold() in title)
    ]
    if len(own) > 1 and is_cut_off(own[-1][1].text):
        own.pop()
    return tuple(
        _candidate(number, at, place, sentence, by_sentence[at])
        for place, (at, sentence) in enumerate(own[:MOST_SENTENCES])
    )


def _candidate(doc: int, at: int, place: int, sentence: Sentence, figures: Sequence[Figure]) -> Candidate:
    start, end, speaker = _cut(sentence.text, place, [figure.span[0] - sentence.start for figure in figures])
    begin, stop = sentence.start + start, sentence.start + end
    held = tuple([one for one in figures if begin <= one.span[0] and one.span[1] <= stop])
    weights = [figure_weight(figure) for figure in held]
    return Candidate(
        doc=doc,
        sentence=at,
        place=place,
        start=begin,
        end=stop,
        text=sentence.text[start:end],
        speaker=speaker,
        figures=held,
        weight=sum(weights),
        keys=frozenset([_key(one) for one, weight in zip(held, weights, strict=True) if weight >= KEY_FIGURE]),
    )


def _cut(text: str, place: int, figures: Sequence[int]) -> tuple[int, int, str]:
    """Return where a bullet begins and ends within its sentence, and who is cut off its end.

    Only a dateline, a connective or "(pictured)" goes from the front; from the end goes "(pictured)", or an
    attribution that holds no figure.
    """
    start = _cut_front(text, place)
    tail = text.rfind(",", 0, len(text) - 2)
    if text.endswith((")", ").")):
        pictured = _PICTURED_LAST.search(text, max(start, len(text) - 60))
        return start, pictured.start() if pictured else len(text), ""
    said = (
        _ATTRIBUTION.match(text, tail) if tail >= max(start + SHORTEST, len(text) - _LONGEST_ATTRIBUTION) else None
    )
    if not said or _is_needed(said, text, figures):
        return start, len(text), ""
    return start, said.end("quote") if said["quote"] else said.start(), said["speaker"]


def _cut_front(text: str, place: int) -> int:
    """Return where a sentence begins without its dateline, "(pictured)" and connective."""
    start = _past(_DATELINE, text, 0) if place < DATELINED else 0
    if text.startswith("("):
        start = _past(_PICTURED, text, start)
    return _past(_CONNECTIVE, text, start)


def _past(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return where a text goes on behind what a pattern takes off it; it never takes all."""
    found = pattern.match(text, start)
    return found.end() if found and found.end() < len(text) else start


def _is_needed(said: re.Match[str], text: str, figures: Sequence[int]) -> bool:
    """Tell whether an attribution holds a figure, or belongs to a quotation that began before it."""
    held = any(at >= said.start() for at in figures) or bool(_DIGIT.search(said["speaker"]))
    return held or (not said["quote"] and _open_quote(text[: said.start()]))


def _open_quote(text: str) -> bool:
    """Tell whether a quotation is opened but not closed, or closed but not opened."""
    if not _QUOTE.search(text):
        return False
    return text.count("“") != text.count("”") or text.count('"') % 2 == 1 or text.count("«") != text.count("»")


def is_cut_off(text: str) -> bool:
    """Tell whether a feed broke a sentence off: "arguing that the ferry company engaged in..."."""
    return text.rstrip("])").endswith(("...", "…"))


def stands_alone(candidate: Candidate, language: str) -> bool:
    """Tell whether a span can be a bullet at all: neither too short nor too long, and not left hanging."""
    shortest = SHORTEST // 2 if language in _WITHOUT_SPACES else SHORTEST
    return shortest <= len(candidate.text) <= HARD_LENGTH and not candidate.text.endswith(":")


def _fine(text: str) -> float:
    """Return what a span's manner takes off its rating, in standard deviations."""
    return (
        HANGING_FINE * bool(_HANGING.match(text))
        + LOOSE_QUOTE_FINE * _open_quote(text)
        + QUESTION_FINE * text.endswith(("?", "؟", "?”", '?"'))
        + THIN_FINE * (len(text) < THIN_LENGTH and not _DIGIT.search(text))
        + LENGTH_FINE * max(len(text) - SOFT_LENGTH, 0) / (HARD_LENGTH - SOFT_LENGTH)
    )


# ---------------------------------------------------------------- which of them do


def _chosen(docs: Sequence[Document], topic: str, count: int, ranker: str) -> list[Candidate]:
    from summarizer import rank  # noqa: PLC0415  # numpy and sumy are loaded in workers alone

    rated = _told_best(_rated(docs, topic, ranker))
    picks = (rated[at][0] for at in rank.pick([line for _, line in rated], LEAST_PICKED_FROM + 5 * count))
    picked = list(islice(picks, count))
    return _balanced(picked, picks) if topic else picked


def _rated(docs: Sequence[Document], topic: str, ranker: str) -> list[tuple[Candidate, Line]]:
    """Return each document's candidates that are about the topic and can stand alone, with their ratings."""
    from summarizer import rank  # noqa: PLC0415  # numpy and sumy are loaded in workers alone

    found = [candidates(doc, number) for number, doc in enumerate(docs)]
    read = [
        [rank.passage(one.text, one.weight, doc.language) for one in own]
        for doc, own in zip(docs, found, strict=True)
    ]
    rated: list[tuple[Candidate, Line]] = []
    for doc, own, passages, about in zip(docs, found, read, _about(docs, found, read, topic), strict=True):
        ratings = rank.rate(passages, doc.language, ranker).tolist()
        lines = [
            (one, rank.Line(one.place, doc.witness, rating + _bonus(one, value, topic), told.terms, one.keys))
            for one, told, rating, value in zip(own, passages, ratings, about, strict=True)
            if value and stands_alone(one, doc.language)
        ]
        rated += sorted(lines, key=lambda line: -line[1].rating)[: max(MOST_LINES // len(docs), 1)]
    return rated


def _about(
    docs: Sequence[Document],
    found: Sequence[Sequence[Candidate]],
    read: Sequence[Sequence[Passage]],
    topic: str,
) -> list[list[float]]:
    """Return how much each candidate is about the topic; a key figure of two witnesses is never left out."""
    from summarizer import rank  # noqa: PLC0415  # numpy and sumy are loaded in workers alone

    if not topic:
        return [[1.0] * len(own) for own in found]
    languages = sorted({doc.language for doc in docs})
    wanted = [term for language in languages for term in rank.terms_of(rank.words_of(topic, language), language)]
    values = rank.relevance([[frozenset(one.terms) for one in own] for own in read], frozenset(wanted))
    shared = _shared_keys(docs, found)
    return [
        [
            max(float(value), SHARED_FIGURE * (not shared.isdisjoint(one.keys)))
            for one, value in zip(own, held, strict=True)
        ]
        for own, held in zip(found, values, strict=True)
    ]


def _shared_keys(docs: Sequence[Document], found: Sequence[Sequence[Candidate]]) -> frozenset[str]:
    """Return the key figures that two or more witnesses state."""
    told_by: dict[str, set[int]] = defaultdict(set)
    for doc, own in zip(docs, found, strict=True):
        for candidate in own:
            for key in candidate.keys:
                told_by[key].add(doc.witness)
    return frozenset(key for key, witnesses in told_by.items() if len(witnesses) > 1)


def _bonus(candidate: Candidate, relevance: float, topic: str) -> float:
    """Return what figures and the topic add to a rating, less what its manner takes off."""
    figures = FIGURE_BONUS * bool(candidate.keys) + NUMBER_BONUS * bool(_DIGIT.search(candidate.text))
    if topic:
        figures += TOPIC_FIGURE_BONUS * bool(candidate.keys) + TOPIC_WEIGHT * relevance
        figures += STATEMENT_BONUS * bool(_STATEMENT.search(candidate.text))
        figures -= HANGING_FINE * bool(_HANGING.match(candidate.text))
    return figures - _fine(candidate.text)


def _balanced(picked: list[Candidate], others: Iterator[Candidate]) -> list[Candidate]:
    """Return the picked; where none of them denies anything, the last gives way to one that does."""
    if len(picked) < LEAST_FOR_BALANCE or any(_DENIAL.search(candidate.text) for candidate in picked):
        return picked
    denial = next((candidate for candidate in others if _DENIAL.search(candidate.text)), None)
    return [*picked[:-1], denial] if denial else picked


def _told_best(rated: Sequence[tuple[Candidate, Line]]) -> list[tuple[Candidate, Line]]:
    """Return candidates without those whose key figures another sentence of the article states with more.

    The fullest takes the place of those it outdoes, and the best rating among them.
    """
    full = [at for at, (candidate, _) in enumerate(rated) if len(candidate.keys) > 1]
    best = [line.rating for _, line in rated]
    outdone: set[int] = set()
    for at, one in enumerate(rated):
        fuller = [other for other in full if one[0].keys and _outdoes(rated[other], one)]
        if fuller:
            outdone.add(at)
            fullest = max(fuller, key=lambda other: (len(rated[other][0].keys), rated[other][1].rating, -other))
            best[fullest] = max(best[fullest], one[1].rating)
    return [
        (candidate, line if line.rating == rating else line._replace(rating=rating))
        for at, ((candidate, line), rating) in enumerate(zip(rated, best, strict=True))
        if at not in outdone
    ]


def _outdoes(fuller: tuple[Candidate, Line], one: tuple[Candidate, Line]) -> bool:
    """Tell whether one candidate states all key figures of another of its article and more, of the same matter."""
    more = fuller[0].doc == one[0].doc and one[0].keys < fuller[0].keys and not _HANGING.match(fuller[0].text)
    return more and len(frozenset(fuller[1].terms).intersection(one[1].terms)) >= SAME_MATTER
