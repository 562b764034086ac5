"""Learn the weights of `summarizer/rank/weights.py` from articles with their editors' highlights.

    python benchmarks/train_ranker.py EVALS            cross-validate and report
    python benchmarks/train_ranker.py EVALS --write    learn from all and write the table

EVALS is a folder with `summaries/cnndm_dev.jsonl`: lines of `{id, docs: [text], refs: [[sentence, ...]]}`. The aim
of each sentence is its ROUGE-1 plus ROUGE-2 (F1) against the highlights; the weights are a ridge regression on
features less their article's mean. Needs numpy and nltk, which sumy brings.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from nltk.stem.porter import PorterStemmer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from summarizer import bullets, figures, rank, sentences
from summarizer.model import Document
from summarizer.rank.features import NAMES, features

TABLE = Path("summarizer/rank/weights.py")
RIDGE = 30.0
FOLDS = 5
PICKED = 3

_stem = lru_cache(maxsize=None)(PorterStemmer().stem)


def main() -> None:
    """Report by cross-validation, or write the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("evals", type=Path)
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    lines = (options.evals / "summaries" / "cnndm_dev.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    articles = [_article(json.loads(line)) for line in lines]
    if options.write:
        TABLE.write_text(_table(_learn(articles)), "utf-8")
        return
    held_out = [_held_out(articles, fold) for fold in range(FOLDS)]
    print(f"ROUGE-1 + ROUGE-2 of the {PICKED} best rated sentences, held out: {np.mean(held_out):.3f}")
    print(f"the same, learned from all: {_quality(articles, _learn(articles)):.3f}")
    print(f"the first {PICKED} sentences: {_quality(articles, _lead()):.3f}")


def document(text: str, language: str = "en", witness: int = 0) -> Document:
    """Return a text as the bullets are chosen from it."""
    split = sentences.split(text, language)
    return Document(text, split, figures.extract(split, None, language), witness, language)


def _article(line: dict) -> tuple[np.ndarray, np.ndarray, list[list[str]], list[str]]:
    """Return an article's features, aims and words by sentence, and the words of its highlights."""
    found = bullets.candidates(document(line["docs"][0]))
    passages = [rank.passage(one.text, one.weight, "en") for one in found]
    highlights = _words(" ".join(line["refs"][0]))
    words = [_words(one.text) for one in found]
    aims = np.array([_rouge(held, highlights) for held in words])
    return features(passages), aims, words, highlights


def _words(text: str) -> list[str]:
    return [_stem(word) if len(word) > 3 else word for word in re.findall(r"[a-z0-9]+", text.lower())]


def _rouge(words: Sequence[str], reference: Sequence[str]) -> float:
    """Return ROUGE-1 plus ROUGE-2, as F1."""
    pairs = _f1(Counter(pairwise(words)), Counter(pairwise(reference)))
    return _f1(Counter(words), Counter(reference)) + pairs


def _f1(found: Counter, wanted: Counter) -> float:
    total = found.total() + wanted.total()
    return 2 * (found & wanted).total() / total if total else 0.0


def _learn(articles: Sequence) -> np.ndarray:
    rows = np.vstack([matrix - matrix.mean(axis=0) for matrix, *_ in articles])
    aims = np.concatenate([held - held.mean() for _, held, *_ in articles])
    spread = rows.std(axis=0) + 1e-9
    rows /= spread
    return np.linalg.solve(rows.T @ rows + RIDGE * np.eye(rows.shape[1]), rows.T @ aims) / spread


def _lead() -> np.ndarray:
    return np.array([-float(name == "depth") for name in NAMES])


def _held_out(articles: Sequence, fold: int) -> float:
    weights = _learn([one for at, one in enumerate(articles) if at % FOLDS != fold])
    return _quality(articles[fold::FOLDS], weights)


def _quality(articles: Sequence, weights: np.ndarray) -> float:
    """Return the mean ROUGE of the best rated sentences of each article."""
    scores = []
    for matrix, _, words, highlights in articles:
        best = sorted(np.argsort(-(matrix @ weights), kind="stable")[:PICKED])
        scores.append(_rouge([word for at in best for word in words[at]], highlights))
    return float(np.mean(scores)) * 100


def _table(weights: np.ndarray) -> str:
    rows = "".join(f'    "{name}": {weight:.4f},\n' for name, weight in zip(NAMES, weights, strict=True))
    return (
        '"""The weight of each feature of `features.NAMES`, written by `benchmarks/train_ranker.py`."""\n\n'
        f"WEIGHTS = {{\n{rows}}}\n"
    )


if __name__ == "__main__":
    main()
