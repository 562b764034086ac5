"""Learn what tells stories apart: how common words are, and how much each likeness of two articles weighs.

    python benchmarks/train_stories.py EVALS                   report how well the weights in use group
    python benchmarks/train_stories.py EVALS --words           count words and write `bot/dedupe/common.py`
    python benchmarks/train_stories.py EVALS --weights 600     climb for 600 s and write `bot/dedupe/weights.py`

EVALS is a folder with `feeds/*`, `summaries/cnndm_dev.jsonl` and `stories/*_dev.jsonl`; only counts and weights
are taken from it. The weights start as a logistic regression on each article's nearest neighbours, then each is
moved as long as that raises the F1 of average-linkage clustering at odds of one. Needs numpy.
"""

import argparse
import html
import json
import math
import re
import sys
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fastfeedparser
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot import dedupe
from bot.dedupe import weights
from bot.dedupe.score import CERTAIN, features
from bot.dedupe.stream import UNDATED
from bot.dedupe.terms import stem, words_of
from bot.model import Fingerprint

WORDS_TABLE = Path("bot/dedupe/common.py")
WEIGHTS_TABLE = Path("bot/dedupe/weights.py")
SETS = ("allsides2021", "ecbplus", "neus")
KEPT_WORDS = 6000
RAREST_KEPT = 5
READ_CHARACTERS = 3000
NEIGHBOURS = 12
WINDOW_DAYS = 4
TAG = re.compile(r"<[^>]*>")
SAY_NOTHING = """
a about above after again against all also am an and any ap afp april are aren't as at august be because
been before being below between billion both but by can can't cannot cnn could couldn't day december did
didn't do does doesn't doing don't down during each edt eight est even february few five for four friday
from further gmt had has have having he he'd he'll he's her here hers herself him himself his how hundred i
i'd i'll i'm i've if in into is it it's its itself january july june just last like made make many march may
me might million monday month more most much must my myself new nine no nor not november now number october
of off on once one only or other our ours out over own people per percent cent pm reuters said same saturday
say says september seven she she's should since six so some still such sunday ten than that that's the their
theirs them themselves then there these they they'd they're this thousand those three through thursday time
to together told too trillion tuesday two under until up us very was we we're wednesday week were what when
where which while who whom whose why will with would year years you your yours
"""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a set's articles that share words: their features, and whether they tell one story."""

    gold: list[str]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    features: Floats
    same: Floats


def main() -> None:
    """Report, or write a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("evals", type=Path)
    arguments.add_argument("--words", action="store_true")
    arguments.add_argument("--weights", type=float, metavar="SECONDS")
    options = arguments.parse_args()
    if options.words:
        WORDS_TABLE.write_text(words_table(list(documents(options.evals))), "utf-8")
        return
    sets = {name: pairs(options.evals / "stories" / f"{name}_dev.jsonl") for name in SETS}
    learnt = np.array([*weights.WEIGHTS, weights.BIAS])
    if options.weights:
        learnt = climb(sets, logistic(sets), options.weights)
        WEIGHTS_TABLE.write_text(weights_table(learnt), "utf-8")
    for name, one in sets.items():
        print(name, f"pairwise F1 {quality(one, learnt):.3f}")


# ---------------------------------------------------------------- words


def documents(evals: Path) -> Iterator[str]:
    """Yield the texts whose words are counted."""
    for path in sorted((evals / "feeds").iterdir()):
        for entry in _entries(path):
            yield TAG.sub(" ", html.unescape(f"{entry.get('title', '')}. {entry.get('description', '')}"))
    for line in _lines(evals / "summaries" / "cnndm_dev.jsonl"):
        yield " ".join(line["docs"])
    for name in (*SETS, "neardup_clean"):
        for line in _lines(evals / "stories" / f"{name}_dev.jsonl"):
            if line.get("kind", "orig") == "orig":
                yield f"{line['title']}. {line['text']}"


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        return list(fastfeedparser.parse(path.read_bytes())["entries"])
    except ValueError:
        return []


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").rstrip("\n").split("\n"))


def words_table(texts: list[str]) -> str:
    """Return the module that says how telling common words are: ln(texts / texts with the word), in halves."""
    counts = Counter(term for text in texts for term in set(map(stem, words_of(text[:READ_CHARACTERS]))))
    silent = set(map(stem, SAY_NOTHING.split()))
    levels: dict[float, set[str]] = defaultdict(set, {0.0: silent})
    for term, count in counts.most_common(KEPT_WORDS):
        if count >= RAREST_KEPT and len(term) < 20 and term not in silent:
            levels[max(0.0, round(2 * math.log((len(texts) + 1) / (count + 0.5))) / 2)].add(term)
    rows = [
        '"""How common words of the news are; written by `benchmarks/train_stories.py`, not by hand."""',
        "",
        "LEVELS = {",
    ]
    for level, terms in sorted(levels.items()):
        wrapped = textwrap.wrap(" ".join(sorted(terms)), 100, break_on_hyphens=False, break_long_words=False)
        rows += [f"    {level}: (", *(f'        "{line} "' for line in wrapped), "    ),"]
    rows += ["}", "COMMON = {stem: level for level, stems in LEVELS.items() for stem in stems.split()}", ""]
    return "\n".join(rows)


# ---------------------------------------------------------------- weights


def pairs(path: Path) -> Pairs:
    """Return the pairs of a labelled set that are near enough in words and time to be compared."""
    rows = list(_lines(path))
    prints = [_fingerprint(row) for row in rows]
    places = [
        (one, other) for other in range(len(rows)) for one in range(other) if _near(prints[one], prints[other])
    ]
    told = np.array([features(prints[one], prints[other]) for one, other in places])
    first, second = (np.array(column) for column in zip(*places, strict=True))
    gold = [str(row["story"]) for row in rows]
    same = np.array([float(gold[one] == gold[other]) for one, other in places])
    return Pairs(gold, first, second, told, same)


def _fingerprint(row: dict[str, Any]) -> Fingerprint:
    made = dedupe.fingerprint(row["url"] or "", row["title"], row["text"], UNDATED)
    return replace(made, published_at=datetime.fromtimestamp(row["ts"], UTC)) if row["ts"] else made


def _near(one: Fingerprint, other: Fingerprint) -> bool:
    apart = abs((one.published_at - other.published_at).total_seconds())
    shared = one.terms.keys() & other.terms.keys()
    return apart <= WINDOW_DAYS * 86_400 and sum(one.terms[term] * other.terms[term] for term in shared) > 0.03


def logistic(sets: dict[str, Pairs]) -> Floats:
    """Return weights, the bias last, by ridge-penalised logistic regression (Newton) on nearest neighbours."""
    chosen = [_hard(one) for one in sets.values()]
    told = np.vstack([one.features[hard] for one, hard in zip(sets.values(), chosen, strict=True)])
    same = np.concatenate([one.same[hard] for one, hard in zip(sets.values(), chosen, strict=True)])
    share = np.concatenate([_shares(one.same[hard]) for one, hard in zip(sets.values(), chosen, strict=True)])
    design = np.hstack([told, np.ones((len(told), 1))])
    learnt = np.zeros(design.shape[1])
    ridge = 1e-3 * share.sum() * np.r_[np.ones(told.shape[1]), 1e-6]
    for _ in range(40):
        odds = 1 / (1 + np.exp(-np.clip(design @ learnt, -30, 30)))
        slope = design.T @ (share * (odds - same)) + ridge * learnt
        curve = (design * (share * odds * (1 - odds))[:, None]).T @ design + np.diag(ridge)
        learnt = learnt - np.linalg.solve(curve, slope)
    return learnt


def _hard(one: Pairs) -> NDArray[np.bool_]:
    """Whether a pair is among either article's nearest, or tells one story."""
    likeness = np.zeros((len(one.gold), len(one.gold)))
    likeness[one.first, one.second] = likeness[one.second, one.first] = one.features[:, 0]
    floor = -np.sort(-likeness, axis=1)[:, NEIGHBOURS]
    near = one.features[:, 0] >= np.minimum(floor[one.first], floor[one.second])
    return near | (one.same > 0)


def _shares(same: Floats) -> Floats:
    """Weights that let either answer count the same."""
    shares: Floats = np.where(same > 0, 1000 / same.sum(), 1000 / (1 - same).sum())
    return shares


def climb(sets: dict[str, Pairs], start: Floats, seconds: float) -> Floats:
    """Return the weights after moving one at a time for as long as that raises the mean F1."""
    random = np.random.default_rng(0)
    best, value = start, _mean_quality(sets, start)
    steps = np.maximum(0.15 * np.abs(start), 0.1)
    end = time.monotonic() + seconds
    while time.monotonic() < end and steps.max() > 0.02:
        for place in random.permutation(len(start)):
            for sign in (1, -1):
                tried = best.copy()
                tried[place] += sign * steps[place]
                reached = _mean_quality(sets, tried)
                if reached > value:
                    best, value = tried, reached
                    steps[place] *= 1.3
                    break
            else:
                steps[place] *= 0.6
    return best


def _mean_quality(sets: dict[str, Pairs], learnt: Floats) -> float:
    return float(np.mean([quality(one, learnt) for one in sets.values()]))


def quality(one: Pairs, learnt: Floats) -> float:
    """Return the pairwise F1 of average-linkage clustering at odds of one."""
    odds = np.full((len(one.gold), len(one.gold)), -CERTAIN)
    told = np.clip(one.features @ learnt[:-1] + learnt[-1], -CERTAIN, CERTAIN)
    odds[one.first, one.second] = odds[one.second, one.first] = told
    found = clusters(odds)
    both = Counter(zip(one.gold, found, strict=True))
    right, put, wanted = (
        sum(n * (n - 1) // 2 for n in counted.values()) for counted in (both, Counter(found), Counter(one.gold))
    )
    return 2 * right / (put + wanted) if put + wanted else 0.0


def clusters(odds: Floats) -> list[int]:
    """Return a cluster for each article: the two with the highest mean odds join, while above 0."""
    odds = odds.copy()
    np.fill_diagonal(odds, -np.inf)
    home = np.arange(len(odds))
    size = np.ones(len(odds))
    nearest = odds.max(axis=1)
    while (one := int(nearest.argmax()), nearest[one])[1] >= 0:
        other = int(odds[one].argmax())
        mean = (odds[one] * size[one] + odds[other] * size[other]) / (size[one] + size[other])
        size[one] += size[other]
        home[home == other] = one
        odds[one] = odds[:, one] = mean
        odds[other] = odds[:, other] = -np.inf
        odds[one, one] = -np.inf
        nearest = np.maximum(nearest, odds[one])
        nearest[other] = -np.inf
        stale = (odds.max(axis=1) < nearest) & np.isfinite(nearest)
        nearest[stale] = odds[stale].max(axis=1)
    return [int(cluster) for cluster in home]


def weights_table(learnt: Floats) -> str:
    """Return the module that holds the weights."""
    old = WEIGHTS_TABLE.read_text("utf-8")
    rounded = ", ".join(f"{weight:.3f}" for weight in learnt[:-1])
    wrapped = textwrap.fill(f"WEIGHTS = ({rounded})", 110, subsequent_indent=" " * 11)
    return f"{old[: old.index('WEIGHTS')]}{wrapped}\nBIAS = {learnt[-1]:.3f}\n"


if __name__ == "__main__":
    main()
