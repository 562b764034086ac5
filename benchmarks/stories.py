"""Measure how well and how fast articles are put into stories, beside other ways of doing it.

    python benchmarks/stories.py EVALS                 pairwise and BCubed F1 on the labelled sets
    python benchmarks/stories.py --cost 1000 10000     articles a second, and how the cost grows

EVALS is a folder with `stories/*_dev.jsonl`. The cost is that of synthetic articles of about 200 words, a story
for every 20 of them, without a store. All times are CPU time of one core. What is printed is Markdown: both
together are `docs/stories-benchmark.md`. Needs datasketch.
"""

import argparse
import gc
import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.story_peers import THRESHOLDS, linked, peers
from bot import dedupe
from bot.dedupe.common import COMMON

INTRODUCTION = """
Written by `python benchmarks/stories.py EVALS --cost 1000 10000 100000` on development halves; CPU time of one
core. The others link what is alike enough for them; how much that is was chosen for each set anew, on the set
itself. Nutgraf has one threshold for all."""
SETS = {"allsides2021": "story", "ecbplus": "story", "neus": "story", "neardup_clean": "copy_group"}
FIELDS = {"story": "stories", "copy_group": "copy groups"}
STORY_ARTICLES = 20
ARTICLE_WORDS = 200
SECONDS_BETWEEN = 30


def main() -> None:
    """Print what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("evals", type=Path, nargs="?")
    arguments.add_argument("--cost", type=int, nargs="+", metavar="ARTICLES")
    options = arguments.parse_args()
    gc.freeze()  # what the others loaded is not to cost Nutgraf time
    print(__doc__.splitlines()[0].replace("Measure how", "# How").replace(".", "?"))
    print(INTRODUCTION)
    if options.evals:
        for name, field in SETS.items():
            print("\n".join(table(name, field, options.evals / "stories" / f"{name}_dev.jsonl")))
    if options.cost:
        costs(options.cost)


def table(name: str, field: str, path: Path) -> Iterator[str]:
    """Yield the lines of a labelled set's table: Nutgraf, and its peers at their best threshold."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").rstrip("\n").split("\n")]
    gold = [row["story"] for row in rows]
    yield f"\n## {name}: {len(rows)} articles, {len(set(gold))} {FIELDS[field]}"
    yield "\n|  | pairwise F1 | BCubed F1 | templates merged | articles/s |\n|---|---:|---:|---:|---:|"
    started = time.process_time()
    grouped: Sequence[Any] = dedupe.group(rows)
    yield _row("Nutgraf", rows, [one[field] for one in grouped], time.process_time() - started)
    for peer, alike in peers().items():
        started = time.process_time()
        links = list(alike(rows))
        seconds = time.process_time() - started
        found = max((linked(len(rows), links, least) for least in THRESHOLDS), key=lambda one: pairwise(gold, one))
        yield _row(peer, rows, found, seconds)


def _row(name: str, rows: Sequence[Mapping[str, Any]], found: Sequence[int], seconds: float) -> str:
    gold = [row["story"] for row in rows]
    templates = [one for one, row in zip(found, rows, strict=True) if row.get("kind") == "template"]
    merged = len(templates) - len(set(templates)) if templates else "–"
    quality = f"{pairwise(gold, found):.3f} | {bcubed(gold, found):.3f}"
    return f"| {name} | {quality} | {merged} | {len(rows) / seconds:,.0f} |"


def pairwise(gold: Sequence[object], found: Sequence[object]) -> float:
    """Return the F1 over pairs of articles that are together."""
    right, wanted, put = (
        sum(n * (n - 1) // 2 for n in Counter(named).values())
        for named in (zip(gold, found, strict=True), gold, found)
    )
    return 2 * right / (wanted + put) if wanted + put else 1.0


def bcubed(gold: Sequence[object], found: Sequence[object]) -> float:
    """Return the F1 over articles (Amigó et al. 2009)."""
    both, wanted, put = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(n * n / put[pair[1]] for pair, n in both.items()) / len(gold)
    recall = sum(n * n / wanted[pair[0]] for pair, n in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


def costs(sizes: Sequence[int]) -> None:
    """Print articles a second for each size, and the exponent by which the cost grows."""
    print("\n## Cost\n\n| articles | stories | articles/s |\n|---:|---:|---:|")
    seconds = []
    for size in sizes:
        rows = list(articles(size))
        started = time.process_time()
        grouped = dedupe.group(rows)
        seconds.append(time.process_time() - started)
        stories = len({one["story"] for one in grouped})
        print(f"| {size:,} | {stories:,} | {size / seconds[-1]:,.0f} |", flush=True)
    if len(sizes) > 1:
        exponent = math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])
        print(f"\nThe cost grows with the exponent {exponent:.3f}.")


def articles(count: int) -> Iterator[dict[str, object]]:
    """Yield synthetic articles in time order: words as common as in the news, and a story's own mixed in."""
    chance = random.Random(7)
    words = [word for word in COMMON if word.isalpha()]
    shares = list(accumulate(math.exp(-COMMON[word]) for word in words))
    own: list[list[str]] = []
    for number in range(count):
        if number % STORY_ARTICLES == 0:
            own.append([_name(chance) for _ in range(30)])
        told = own[max(0, len(own) - 1 - chance.randrange(4))]
        common = chance.choices(words, cum_weights=shares, k=ARTICLE_WORDS)
        text = " ".join(chance.choice(told) if chance.random() < 0.2 else word for word in common)
        at = 1_700_000_000 + number * SECONDS_BETWEEN
        title = " ".join(chance.sample(told, 6))
        yield {"id": number, "title": title, "text": text, "url": None, "ts": at}


def _name(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprtvz") + chance.choice("aeiou") for _ in range(4))


if __name__ == "__main__":
    main()
