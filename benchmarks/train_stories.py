"""Learn what tells stories apart: how common words are, and how much each likeness of two articles weighs.

    python benchmarks/train_stories.py EVALS              report how stories not learnt from are grouped
    python benchmarks/train_stories.py EVALS --words      count words and write `bot/dedupe/common.py`
    python benchmarks/train_stories.py EVALS --weights    learn and write `bot/dedupe/weights.py`

EVALS is a folder with `feeds/*`, `summaries/cnndm_dev.jsonl`, `stories/*_dev.jsonl` and, in the same form,
`days/*.jsonl`: days of real headlines grouped into stories by hand. Only counts and weights are taken from it. The
weights are logistic regressions over each article's nearest neighbours, of two articles alone and in company;
those in the repository were learnt with five days of 2,168 headlines: without any, lone articles are joined too
easily. Needs numpy.
"""

import argparse
import html
import json
import math
import random
import re
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fastfeedparser
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.stories import bcubed, pairwise
from bot import dedupe
from bot.dedupe.company import company
from bot.dedupe.decide import MERGE
from bot.dedupe.score import CERTAIN, OUTLYING, STRANGERS_COSINE, features, is_dated
from bot.dedupe.stream import UNDATED
from bot.dedupe.terms import stem, words_of
from bot.dedupe.weights import NAMES, NAMES_IN_COMPANY
from bot.model import Fingerprint

WORDS_TABLE = Path("bot/dedupe/common.py")
WEIGHTS_TABLE = Path("bot/dedupe/weights.py")
SETS = ("allsides2021", "ecbplus", "neus")
STRANGERS = "strangers"
KEPT_WORDS = 6000
RAREST_KEPT = 5
READ_CHARACTERS = 3000
NEIGHBOURS = 25
LEAST_COSINE = 0.05
WINDOW_DAYS = 5
EPOCH = 1_700_000_000
DATED = 0.75
FEED_SHARE = 40
SHORT_SHARE = 0.3
STRANGERS_SHARE = 0.5
DAY_SHARE = 0.5
FOLDS = 3
RIDGE = 0.03
STEPS = 10
LEAST_WEIGHT = 0.012
"""Smaller weights of products change nothing but the cost."""

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
    """The pairs of a set's articles that share words: their features, whether they tell one story, what is hard.

    The features are those of two articles alone, then those of their company. `share` is how much the set counts
    beside the others.
    """

    gold: list[str]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    features: Floats
    same: Floats
    hard: NDArray[np.bool_]
    share: float

    def of(self, stories: Collection[str]) -> NDArray[np.bool_]:
        """Return which pairs have an article of these stories."""
        told = np.array([story in stories for story in self.gold])
        touched: NDArray[np.bool_] = told[self.first] | told[self.second]
        return touched


@dataclass(frozen=True, slots=True)
class Learnt:
    """A quadratic form over 1 and the features, each less its centre by its spread."""

    centres: Floats
    spreads: Floats
    form: Floats


def main() -> None:
    """Report, or write a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("evals", type=Path)
    arguments.add_argument("--words", action="store_true")
    arguments.add_argument("--weights", action="store_true")
    options = arguments.parse_args()
    if options.words:
        WORDS_TABLE.write_text(words_table(list(documents(options.evals))), "utf-8")
        return
    sets = learning(options.evals)
    if options.weights:
        WEIGHTS_TABLE.write_text(weights_table(learn(sets.values(), len(NAMES)), learn(sets.values())), "utf-8")
        return
    for name in (name for name in sets if "," not in name and name != STRANGERS):
        f1 = quality(sets, name)
        print(f"{name}: pairwise / BCubed F1 {f1[0]:.3f} / {f1[1]:.3f} for stories not learnt from")


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


def learning(evals: Path) -> dict[str, Pairs]:
    """Return what is learned from: days, the labelled sets, whole and as feeds carry them, and strangers."""
    days = sorted((evals / "days").glob("*.jsonl"))
    sets = {path.stem: pairs(list(_lines(path)), DAY_SHARE) for path in days}
    for name in SETS:
        rows = list(_lines(evals / "stories" / f"{name}_dev.jsonl"))
        sets[name] = pairs(rows, 1.0)
        sets[f"{name}, short"] = pairs(shortened(rows), SHORT_SHARE)
    strange = pairs(strangers(evals), STRANGERS_SHARE)
    sets[STRANGERS] = replace(strange, same=np.zeros_like(strange.same))
    return sets


def shortened(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the articles as real feeds carry them: many with a title and a sentence only, most with a date."""
    chance = random.Random(0)
    opened: dict[str, float] = {}
    short = []
    for row in rows:
        words = row["text"].split()
        kept = chance.choices((0, chance.randint(12, 45), len(words)), (0.3, 0.55, 0.15))[0]
        at = opened.setdefault(row["story"], chance.uniform(0, 6)) + abs(chance.gauss(0, 0.6))
        ts = EPOCH + at * 86_400 if chance.random() < DATED else None
        short.append({**row, "text": " ".join(words[:kept]), "ts": ts})
    return short


def strangers(evals: Path) -> list[dict[str, Any]]:
    """Return entries of the feeds as if of few days: those months apart tell different stories, however alike."""
    chance = random.Random(1)
    found = []
    for path in sorted((evals / "feeds").iterdir()):
        entries = [entry for entry in _entries(path) if entry.get("published")]
        for entry in chance.sample(entries, min(FEED_SHARE, len(entries))):
            text = TAG.sub(" ", html.unescape(entry.get("description") or ""))
            at = EPOCH + chance.uniform(0, 3) * 86_400
            row = {"title": entry.get("title") or "", "text": " ".join(text.split()), "url": entry.get("link")}
            found.append({**row, "story": entry["published"][:7], "ts": at if chance.random() < DATED else None})
    return found


def pairs(rows: list[dict[str, Any]], share: float) -> Pairs:
    """Return the pairs of a labelled set that are near enough in words and time to be compared."""
    prints = [_fingerprint(row) for row in rows]
    gold = [str(row["story"]) for row in rows]
    likeness = _likeness(prints)
    first, second = np.nonzero(np.triu(likeness >= LEAST_COSINE, 1))
    alone = [features(prints[one], prints[other]) for one, other in zip(first, second, strict=True)]
    told = np.hstack([alone, _company(likeness, first, second)])
    same = np.array([float(gold[one] == gold[other]) for one, other in zip(first, second, strict=True)])
    floor = -np.sort(-likeness, axis=1)[:, NEIGHBOURS]
    hard = (likeness[first, second] >= np.minimum(floor[first], floor[second])) | (same > 0)
    return Pairs(gold, first, second, told, same, hard, share)


def _likeness(prints: list[Fingerprint]) -> Floats:
    """The cosine of every two articles, -1 for those too far apart in time."""
    places: dict[str, int] = {}
    for fp in prints:
        for term in fp.terms:
            places.setdefault(term, len(places))
    vectors = np.zeros((len(prints), len(places)))
    for row, fp in enumerate(prints):
        vectors[row, [places[term] for term in fp.terms]] = list(fp.terms.values())
    days = np.array(
        [fp.published_at.timestamp() / 86_400 if is_dated(fp.published_at) else np.nan for fp in prints]
    )
    likeness: Floats = np.where(np.abs(days[:, None] - days) > WINDOW_DAYS, -1.0, vectors @ vectors.T)
    return likeness


def _company(likeness: Floats, first: NDArray[np.int64], second: NDArray[np.int64]) -> Floats:
    """What is weighed of the company of two articles each."""
    near = np.where(likeness >= STRANGERS_COSINE, likeness, 0.0)
    np.fill_diagonal(near, 0.0)
    alone = near.sum(axis=1)
    told = [
        company(np.minimum(near[one], near[other]).sum(), *(alone[[one, other]] - near[one, other]))
        for one, other in zip(first, second, strict=True)
    ]
    return np.array(told)


def _fingerprint(row: dict[str, Any]) -> Fingerprint:
    made = dedupe.fingerprint(row["url"] or "", row["title"], row["text"], UNDATED)
    return replace(made, published_at=datetime.fromtimestamp(row["ts"], UTC)) if row["ts"] else made


def learn(sets: Iterable[Pairs], count: int | None = None, unseen: Collection[str] = ()) -> Learnt:
    """Return the quadratic form that logistic regression finds (Newton, ridge-penalised) on nearest neighbours.

    It weighs the first `count` features, or all. Pairs with an article of an unseen story are left out.
    """
    known = [(one, one.hard & ~one.of(unseen)) for one in sets]
    kept = [(one.features[mask, :count], one.same[mask], one.share) for one, mask in known if mask.any()]
    told = np.vstack([features for features, _, _ in kept])
    same = np.concatenate([same for _, same, _ in kept])
    share = np.concatenate([share * _shares(same) for _, same, share in kept])
    centres, spreads = told.mean(axis=0), told.std(axis=0) + 1e-9
    design = _products(told, centres, spreads)
    learnt = np.zeros(design.shape[1])
    ridge = RIDGE * share.sum() * _penalties(told.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ learnt, -30, 30)))
        slope = design.T @ (share * (chance - same)) + ridge * learnt
        curve = (design * (share * chance * (1 - chance))[:, None]).T @ design + np.diag(ridge)
        learnt = learnt - np.linalg.solve(curve, slope)
    slight = (np.abs(learnt) < LEAST_WEIGHT) & (_penalties(told.shape[1]) == 1.0)
    return Learnt(centres, spreads, np.where(slight, 0.0, learnt))


def _products(told: Floats, centres: Floats, spreads: Floats) -> Floats:
    """1, the features and their products, row by row of the form's upper triangle."""
    values = np.hstack([np.ones((len(told), 1)), np.clip((told - centres) / spreads, -OUTLYING, OUTLYING)])
    above = np.triu_indices(values.shape[1])
    products: Floats = values[:, above[0]] * values[:, above[1]]
    return products


def _penalties(features_count: int) -> Floats:
    """None for the constant, little for the features, all for their products."""
    first, _ = np.triu_indices(features_count + 1)
    penalties: Floats = np.where(first == 0, 0.1, 1.0)
    penalties[0] = 1e-6
    return penalties


def _shares(same: Floats) -> Floats:
    """Weights that let the rarer answer count for more, yet not as much as the other one in all."""
    rare = max(1.0, same.sum()) ** -0.5
    shares: Floats = np.where(same > 0, rare, (1 - same).sum() ** -0.5)
    even: Floats = 2000 * shares / shares.sum()
    return even


def quality(sets: Mapping[str, Pairs], name: str) -> tuple[float, float]:
    """Return the pairwise and BCubed F1 of average-linkage clustering at the odds at which stories are merged.

    No pair is weighed by what was learnt from a story it touches: the stories are learnt from in turn, by thirds.
    """
    one = sets[name]
    odds = np.full((len(one.gold), len(one.gold)), -CERTAIN)
    stories = sorted(set(one.gold))
    random.Random(0).shuffle(stories)
    for fold in range(FOLDS):
        unseen = frozenset(stories[fold::FOLDS])
        learnt, at = learn(sets.values(), unseen=unseen), one.of(unseen)
        told = _products(one.features[at], learnt.centres, learnt.spreads) @ learnt.form
        odds[one.first[at], one.second[at]] = np.clip(told, -CERTAIN, CERTAIN)
    found = clusters(np.maximum(odds, odds.T))
    return pairwise(one.gold, found), bcubed(one.gold, found)


def clusters(odds: Floats) -> list[int]:
    """Return a cluster for each article: the two with the highest mean odds join, while stories would be."""
    odds = odds.copy()
    np.fill_diagonal(odds, -np.inf)
    home = np.arange(len(odds))
    size = np.ones(len(odds))
    nearest = odds.max(axis=1)
    while (one := int(nearest.argmax()), nearest[one])[1] >= MERGE:
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


def weights_table(alone: Learnt, in_company: Learnt) -> str:
    """Return the module that holds the weights, the forms written out: to read one from a table costs thrice."""
    old = WEIGHTS_TABLE.read_text("utf-8")
    lines = ["# fmt: off", *_weights("alone", NAMES, alone), *_weights("in_company", NAMES_IN_COMPANY, in_company)]
    return "\n".join([old[: old.index("# fmt: off")] + lines[0], *lines[1:], "# fmt: on", ""])


def _weights(kind: str, features: Sequence[str], learnt: Learnt) -> Iterator[str]:
    """Yield the lines of a form and of its weights."""
    names = [name.replace(" ", "_") for name in features]
    rows, at = [], 0
    for name, count in zip(["", *names], range(len(names) + 1, 0, -1), strict=True):
        rows.append(_row(name, learnt.form[at : at + count], ["", *names][-count:]))
        at += count
    yield f"def _{kind}(nears: Iterable[float]) -> float:"
    yield _wrapped(f"({', '.join(names)}) = nears", "    ")
    yield "    return ("
    yield from (_wrapped(row, "        ") for row in rows if row)
    yield from ("    )", "", "")
    yield f"{kind.upper()} = Weights("
    yield _wrapped(f"{_numbers(learnt.centres)},", "    ")
    yield _wrapped(f"{_numbers(learnt.spreads)},", "    ")
    yield from (f"    _{kind},", ")", *(["", ""] if kind == "alone" else []))


def _row(name: str, weights: Floats, others: Sequence[str]) -> str:
    """What a feature, 1 if it has no name, adds together with itself and those behind it."""
    parts = [
        f"{weight:.3f}" + (f" * {other}" if other else "")
        for weight, other in zip(weights, others, strict=True)
        if round(weight, 3)
    ]
    told = " + ".join(parts).replace("+ -", "- ")
    return f"+ {name} * ({told})" if name and parts else told


def _numbers(row: Floats) -> str:
    return f"({', '.join(f'{value:.3f}' for value in row)})"


def _wrapped(text: str, indent: str = "") -> str:
    """Code, wrapped as lines of this project are."""
    return textwrap.fill(text, 104, initial_indent=indent, subsequent_indent=f"{indent} ")


if __name__ == "__main__":
    main()
