"""Measure the summarizer beside what is published, in one run, and print the result as a page of Markdown.

    python benchmarks/summarizer.py EVALS > docs/summarizer-benchmark.md

EVALS is a folder with `summaries/` and `figures/`, each with its data (`*_dev.jsonl`) and its scorer (`score.py`).
Needs rouge-score; quantulum3 is measured where it is installed. Nothing of EVALS is copied.
"""

import argparse
import importlib.util
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run by its path, this file hides the package

from summarizer import bullets, figures, rank, sentences
from summarizer.model import Document, Figure, SentenceKind

PICKED = 3
STORY_WORDS = 250
STORY_BULLETS = 12
LANGUAGES = {
    "english": "en",
    "french": "fr",
    "czech": "cs",
    "greek": "el",
    "arabic": "ar",
    "hebrew": "he",
    "hindi": "hi",
}
METRICS = ("value", "value+unit", "value+change", "value+unit+change")
NAMES = {"lexrank": "LexRank", "textrank": "TextRank", "lsa": "LSA", "luhn": "Luhn"}


def main() -> None:
    """Print the page."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("evals", type=Path)
    evals = arguments.parse_args().evals
    for line in _page(evals):
        print(line, flush=True)


def _page(evals: Path) -> Iterator[str]:
    yield from (
        "# How good and how fast is the summarizer?",
        "",
        "Written by `python benchmarks/summarizer.py EVALS` on development halves; CPU time of one core, on a",
        "machine busy with other work. sumy's rankers run with our tokenizer: theirs needs data from the network.",
        "",
    )
    yield from _articles(evals)
    yield from _stories(evals)
    yield from _figures(evals)
    yield from _speed(evals)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


# ---------------------------------------------------------------- one article


def _articles(evals: Path) -> Iterator[str]:
    score = _scorer(evals / "summaries")
    gold = _lines(evals / "summaries" / "cnndm_dev.jsonl")
    leads = [[one.text for one in _body(line["docs"][0], "en")] for line in gold]
    systems: dict[str, Callable[[str], list[str]]] = {"first 3 sentences": _first}
    systems |= {f"sumy {title}": _ranked(name) for name, title in NAMES.items()}
    systems["Nutgraf"] = _bullets
    yield f"## {PICKED} sentences of an article (CNN/DailyMail, {len(gold)} articles)"
    yield ""
    yield "In brackets: how much more than the article's first words, as many as the summary has on average."
    yield "Figure recall is the share of the highlights' figures stated. Nutgraf's time holds its figures."
    yield ""
    rows = [_article_row(name, system, gold, leads, score) for name, system in systems.items()]
    yield from _table(("", "ROUGE-1", "ROUGE-2", "ROUGE-L", "figure recall", "words", "articles/s"), rows)


def _article_row(
    name: str,
    system: Callable[[str], list[str]],
    gold: Sequence[dict],
    leads: Sequence[Sequence[str]],
    score: ModuleType,
) -> list[str]:
    system(gold[0]["docs"][0])
    summaries, seconds = _timed(lambda: [system(line["docs"][0]) for line in gold])
    found = _scored(score, summaries, gold)
    lead = _scored(score, leads, gold, round(found["words"]))
    measures = [f"{found[key]:.1f} ({found[key] - lead[key]:+.1f})" for key in ("rouge1", "rouge2", "rougeLsum")]
    figure_recall = f"{found['figrec']:.0f} % ({found['figrec'] - lead['figrec']:+.0f})"
    return [name, *measures, figure_recall, f"{found['words']:.0f}", f"{len(gold) / seconds:.0f}"]


def _first(text: str) -> list[str]:
    return [one.text for one in _body(text, "en")][:PICKED]


def _ranked(name: str) -> Callable[[str], list[str]]:
    def summarize(text: str) -> list[str]:
        texts = [one.text for one in _body(text, "en")]
        ratings = rank.rate([rank.passage(one, 0.0, "en") for one in texts], "en", name)
        best = sorted(range(len(texts)), key=lambda at: -ratings[at])[:PICKED]
        return [texts[at] for at in sorted(best)]

    return summarize


def _bullets(text: str) -> list[str]:
    return [bullet.text for bullet in bullets.choose([document(text, "en")], count=PICKED)]


def document(text: str, language: str, witness: int = 0) -> Document:
    """Return a text as bullets are chosen from it."""
    split = sentences.split(text, language)
    return Document(text, split, figures.extract(split, None, language), witness, language)


# ---------------------------------------------------------------- stories of ten articles


def _stories(evals: Path) -> Iterator[str]:
    score = _scorer(evals / "summaries")
    yield f"## A story of ten articles in {STORY_WORDS} words (MultiLing 2011): ROUGE-1 / ROUGE-2"
    yield ""
    rows: dict[str, list[str]] = {"first sentences in turn": [], "sumy LexRank": [], "Nutgraf": []}
    for name, language in LANGUAGES.items():
        lines = _lines(evals / "summaries" / f"multiling11_{name}_dev.jsonl")
        gold = [line for line in lines if line["docs"]]
        stories = [[document(text, language, at) for at, text in enumerate(line["docs"])] for line in gold]
        for row, system in zip(rows.values(), (_leads, _lex_ranked, _told), strict=True):
            found = _scored(score, [system(story) for story in stories], gold, STORY_WORDS)
            row.append(f"{found['rouge1']:.1f} / {found['rouge2']:.1f}")
    yield from _table(("", *LANGUAGES), [[name, *row] for name, row in rows.items()])


def _leads(story: Sequence[Document]) -> list[str]:
    own = [[one.text for one in doc.sentences if one.kind is SentenceKind.BODY] for doc in story]
    return [texts[at] for at in range(STORY_BULLETS) for texts in own if at < len(texts)]


def _lex_ranked(story: Sequence[Document]) -> list[str]:
    texts = [one.text for doc in story for one in doc.sentences if one.kind is SentenceKind.BODY]
    language = story[0].language
    ratings = rank.rate([rank.passage(text, 0.0, language) for text in texts], language, "lexrank")
    return [texts[at] for at in sorted(range(len(texts)), key=lambda at: -ratings[at])[: 2 * STORY_BULLETS]]


def _told(story: Sequence[Document]) -> list[str]:
    return [bullet.text for bullet in bullets.choose(story, count=STORY_BULLETS)]


# ---------------------------------------------------------------- figures


def _figures(evals: Path) -> Iterator[str]:
    score = _scorer(evals / "figures")
    gold = _lines(evals / "figures" / "newsquant_dev.jsonl")
    rows = [_figure_row("Nutgraf", _quantities, gold, score)]
    theirs = _quantulum()
    if theirs:
        rows.insert(0, _figure_row("quantulum3", theirs, gold, score))
    yield f"## Figures (NewsQuant, {len(gold)} sentences): F1, one to one"
    yield ""
    yield from _table(("", *METRICS, "sentences/s"), rows)


def _figure_row(
    name: str, system: Callable[[str], list[dict[str, Any]]], gold: Sequence[dict], score: ModuleType
) -> list[str]:
    system(gold[0]["text"])
    found, seconds = _timed(lambda: [system(line["text"]) for line in gold])
    wanted = sum(len(line["quantities"]) for line in gold)
    given = sum(len(quantities) for quantities in found)
    matched = [
        sum(
            score.match(line["quantities"], held, score.METRICS[metric])[0]
            for line, held in zip(gold, found, strict=True)
        )
        for metric in METRICS
    ]
    f1 = [f"{100 * score.prf(count, wanted, given)[2]:.1f}" for count in matched]
    return [name, *f1, f"{len(gold) / seconds:.0f}"]


def _quantities(text: str) -> list[dict[str, Any]]:
    return [_quantity(figure) for figure in figures.extract(sentences.split(text, "en"), None, "en")]


def _quantity(figure: Figure) -> dict[str, Any]:
    value = list(figure.value) if isinstance(figure.value, tuple) else figure.value
    return {"value": value, "unit": figure.unit, "change": figure.change}


def _quantulum() -> Callable[[str], list[dict[str, Any]]] | None:
    if not importlib.util.find_spec("quantulum3"):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantulum3 import parser  # noqa: PLC0415  # measured only where it is installed

    def parse(text: str) -> list[dict[str, Any]]:
        return [
            {"value": one.value, "unit": _unit(one.unit.name), "change": "~" if one.uncertainty else "="}
            for one in parser.parse(text)
        ]

    return parse


def _unit(name: str) -> str:
    return "-" if name == "dimensionless" else name


# ---------------------------------------------------------------- speed


def _speed(evals: Path) -> Iterator[str]:
    texts = [line["docs"][0] for line in _lines(evals / "summaries" / "cnndm_dev.jsonl")]
    stories = [line["docs"] for line in _lines(evals / "summaries" / "multiling11_english_dev.jsonl")]
    read = [[document(text, "en", at) for at, text in enumerate(story)] for story in stories]
    long = " ".join(texts)
    longest = document(long[: sentences.split(long, "en")[299].end], "en")
    _told(read[0])
    count = sum(len(sentences.split(text, "en")) for text in texts)
    yield "## Speed"
    yield ""
    rows = [
        ["sentences split, /s", count / _seconds(lambda: [sentences.split(text, "en") for text in texts])],
        ["articles to figures and bullets, /s", len(texts) / _seconds(lambda: [_bullets(text) for text in texts])],
        ["ten-article stories to bullets, /s", len(read) / _seconds(lambda: [_told(story) for story in read])],
        ["300 sentences to bullets, ms", 1000 * _seconds(lambda: bullets.choose([longest]))],
    ]
    yield from _table(("", "one core"), [[name, f"{value:,.0f}"] for name, value in rows])


def _seconds(run: Callable[[], object]) -> float:
    """Return the least CPU time of three runs."""
    return min(_timed(run)[1] for _ in range(3))


# ---------------------------------------------------------------- what all of them use


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    started = time.process_time()
    result = run()
    return result, time.process_time() - started


def _body(text: str, language: str) -> list:
    return [one for one in sentences.split(text, language) if one.kind is SentenceKind.BODY]


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def _scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"score_{folder.name}", folder / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scored(
    score: ModuleType, summaries: Sequence[Sequence[str]], gold: Sequence[dict], words: int | None = None
) -> dict[str, float]:
    scored = [
        score.score_one(held, line["refs"], line["lang"], words)
        for held, line in zip(summaries, gold, strict=True)
    ]
    return dict(score.agg(scored))


if __name__ == "__main__":
    main()
