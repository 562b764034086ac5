"""A fingerprint in few bytes, for the store: common words as numbers, weights as shares of the greatest."""

import struct
import zlib
from collections.abc import Mapping
from datetime import datetime

from bot.dedupe.common import COMMON
from bot.model import Fingerprint

WORDS = tuple(sorted(COMMON))
NUMBERS = {word: number for number, word in enumerate(WORDS)}
EDITION = zlib.crc32("\n".join(WORDS).encode()) & 0xFFFF
"""Changes with the list of common words: what was packed with another one cannot be read."""

RARE = 0xFFFF
MOST_WORDS = 255
FINEST = 255
HEAVIEST = 0xFFFF
HEAD = struct.Struct(">HI8sHBBBBB")


def stepped(terms: Mapping[str, float]) -> dict[str, float]:
    """Return the weights as they come back from the store: packed and unpacked, these stay as they are."""
    most = max(terms.values(), default=1.0)
    finest = round(most * HEAVIEST) / HEAVIEST / FINEST
    return {term: int(weight / most * FINEST + 0.5) * finest for term, weight in terms.items()}


def pack(fp: Fingerprint) -> tuple[bytes, bytes]:
    """Return a fingerprint in two parts, of which only the second can be compressed.

    Bands are only for finding and are left out, like the address and the time, which the article knows.
    """
    words = tuple(dict.fromkeys((*fp.terms, *fp.title_terms, *sorted(fp.entities))))[:MOST_WORDS]
    places = dict(zip(words, range(MOST_WORDS), strict=False))
    titles = bytes([places[term] for term in fp.title_terms if term in places])
    names = bytes(sorted([places[name] for name in fp.entities if name in places]))
    most = max(fp.terms.values(), default=1.0)
    weights = bytes([int(weight / most * FINEST + 0.5) for weight in fp.terms.values()])
    numbers = [NUMBERS.get(word, RARE) for word in words]
    rare = [word for word, number in zip(words, numbers, strict=True) if number == RARE]
    sizes = (len(fp.signature), len(weights), len(words), len(titles), len(names))
    head = HEAD.pack(EDITION, fp.length, bytes.fromhex(fp.body_hash), round(most * HEAVIEST), *sizes)
    texts = "\n".join((" ".join(rare), *sorted(fp.figures)))
    stiff = head + fp.signature + struct.pack(f">{len(words)}H", *numbers)
    return stiff, _steps(weights) + titles + names + texts.encode(errors="surrogatepass")


def unpack(stiff: bytes, soft: bytes, url: str, published_at: datetime) -> Fingerprint | None:
    """Return the fingerprint of these parts; None if it was packed with another list of common words."""
    edition, length, body_hash, most, signed, weighed, counted, titled, named = HEAD.unpack_from(stiff)
    if edition != EDITION:
        return None
    at = HEAD.size + signed
    rare, *figures = soft[weighed + titled + named :].decode(errors="surrogatepass").split("\n")
    others = iter(rare.split(" "))
    numbers = struct.unpack_from(f">{counted}H", stiff, at)
    words = [next(others) if number == RARE else WORDS[number] for number in numbers]
    finest = most / HEAVIEST / FINEST
    return Fingerprint(
        url=url,
        title_terms=tuple(words[place] for place in soft[weighed : weighed + titled]),
        terms={word: step * finest for word, step in zip(words, _sums(soft[:weighed]), strict=False)},
        entities=frozenset(words[place] for place in soft[weighed + titled : weighed + titled + named]),
        figures=frozenset(figures),
        signature=stiff[HEAD.size : at],
        bands=(),
        body_hash=body_hash.hex() if any(body_hash) else "",
        length=length,
        published_at=published_at,
    )


def _steps(weights: bytes) -> bytes:
    """The differences of falling weights: small numbers, which compress well."""
    return bytes([(before - weight) & 255 for before, weight in zip(b"\0" + weights, weights, strict=False)])


def _sums(steps: bytes) -> list[int]:
    weights, weight = [], 0
    for step in steps:
        weight = (weight - step) & 255
        weights.append(weight)
    return weights
