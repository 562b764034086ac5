"""What other ways of grouping reach on a labelled set: tf-idf, SimHash, and datasketch's MinHash.

Each links every two articles that are alike enough (single linkage). How much is enough is chosen on the set
itself and for each set anew, which flatters them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from datasketch import MinHash, MinHashLSH

from bot.dedupe.terms import words_of

Links = Iterator[tuple[int, int, float]]
SIMHASH_BITS = 64
READ_CHARACTERS = 6000
LEAST_COSINE = 0.1
THRESHOLDS = tuple(step / 100 for step in range(10, 100, 5))


def peers() -> dict[str, Callable[[Sequence[Mapping[str, Any]]], Links]]:
    """Return by name what finds the pairs of articles that are alike, and how alike they are, from 0 to 1."""
    return {"tf-idf": tfidf, "SimHash": simhash, "datasketch MinHash": minhash}


def linked(count: int, links: Sequence[tuple[int, int, float]], least: float) -> list[int]:
    """Return a group for each article: those linked by pairs at least so much alike."""
    group = list(range(count))
    for one, other, alike in links:
        if alike >= least:
            group[_root(group, other)] = _root(group, one)
    return [_root(group, place) for place in range(count)]


def _root(group: list[int], place: int) -> int:
    while group[place] != place:
        group[place] = place = group[group[place]]
    return place


def _words(row: Mapping[str, Any]) -> list[str]:
    return words_of(f"{row['title']} {row['text'][:READ_CHARACTERS]}")


def tfidf(rows: Sequence[Mapping[str, Any]]) -> Links:
    """Yield the pairs by cosine of their tf-idf vectors, the rarity of words being that within the set."""
    counts = [Counter(_words(row)) for row in rows]
    spread = Counter(word for one in counts for word in one)
    posted: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, one in enumerate(counts):
        weights = {word: (1 + math.log(n)) * math.log(len(rows) / spread[word]) for word, n in one.items()}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        cosines: dict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for other, theirs in posted[word]:
                cosines[other] += weight / norm * theirs
            posted[word].append((place, weight / norm))
        yield from ((other, place, cosine) for other, cosine in cosines.items() if cosine >= LEAST_COSINE)


def simhash(rows: Sequence[Mapping[str, Any]]) -> Links:
    """Yield the pairs by equal bits of their SimHash (Charikar 2002) over words; half of them is chance."""
    hashes: list[int] = []
    for place, row in enumerate(rows):
        hashes.append(_simhash(Counter(_words(row))))
        for other in range(place):
            apart = (hashes[place] ^ hashes[other]).bit_count()
            if apart < SIMHASH_BITS * (1 - LEAST_COSINE) / 2:
                yield other, place, 1 - 2 * apart / SIMHASH_BITS


def _simhash(counts: Mapping[str, int]) -> int:
    votes = [0] * SIMHASH_BITS
    for word, count in counts.items():
        code = int.from_bytes(blake2b(word.encode(), digest_size=SIMHASH_BITS // 8).digest(), "big")
        for bit in range(SIMHASH_BITS):
            votes[bit] += count if code >> bit & 1 else -count
    return sum(1 << bit for bit, vote in enumerate(votes) if vote > 0)


def minhash(rows: Sequence[Mapping[str, Any]]) -> Links:
    """Yield the pairs by estimated resemblance of their shingles of three words."""
    index = MinHashLSH(threshold=LEAST_COSINE, num_perm=128)
    sketches = []
    for place, row in enumerate(rows):
        words = _words(row)
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[at : at + 3]).encode() for at in range(max(1, len(words) - 2))])
        for other in index.query(sketch):
            yield other, place, sketch.jaccard(sketches[other])
        index.insert(place, sketch)
        sketches.append(sketch)
