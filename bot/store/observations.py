"""What an article observed, in few bytes: its facts and each sentence once, then its figures."""

import struct
import zlib
from collections.abc import Sequence

from bot.model import Observation
from bot.store.records import moment, pack_plain, plain, reader, stamp, unpack
from summarizer.model import Figure

HEAD = struct.Struct(">II")
RAW = -15
read_figure = reader(Figure)


def pack_observations(seen: Sequence[Observation]) -> bytes:
    """Return an article's observations as bytes, before which its id and copy group are still to be put."""
    if not seen:
        return b""
    first = seen[0]
    sentences = {one.offset: one.sentence for one in seen}
    figures = [(one.offset, plain(one.figure)) for one in seen]
    facts = (first.outlet, first.url, first.title, stamp(first.published_at), sentences, figures)
    squeeze = zlib.compressobj(9, wbits=RAW)
    return squeeze.compress(pack_plain(facts)) + squeeze.flush()


def unpack_observations(data: bytes) -> tuple[Observation, ...]:
    """Return the observations of one article, with its id and copy group."""
    article_id, group = HEAD.unpack_from(data)
    facts = unpack(list, zlib.decompress(data[HEAD.size :], RAW))
    outlet, url, title, published, sentences, figures = facts
    at = moment(published)
    return tuple(
        Observation(article_id, group, outlet, url, title, at, sentences[offset], offset, read_figure(figure))
        for offset, figure in figures
    )
