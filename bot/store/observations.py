"""What an article observed, in few bytes: its facts and each sentence once, then its figures."""

import struct
from collections.abc import Sequence
from datetime import timedelta

from bot.model import Observation
from bot.store.records import deflated, inflated, moment, pack_plain, plain, reader, stamp, unpack
from summarizer.model import Figure

HEAD = struct.Struct(">II")
read_figure = reader(Figure)


def pack_observations(seen: Sequence[Observation]) -> bytes:
    """Return an article's observations as bytes, before which its id and copy group are still to be put."""
    if not seen:
        return b""
    first = seen[0]
    sentences = {one.offset: one.sentence for one in seen}
    figures = [(one.offset, plain(one.figure)) for one in seen]
    late = int((first.retrieved_at - first.published_at).total_seconds()) if first.retrieved_at else None
    facts = (first.outlet, first.url, first.title, stamp(first.published_at), sentences, figures, late)
    return deflated(pack_plain((*facts, True) if first.corrects else facts))


def unpack_observations(data: bytes) -> tuple[Observation, ...]:
    """Return the observations of one article, with its id and copy group."""
    article_id, group = HEAD.unpack_from(data)
    facts = unpack(list, inflated(data[HEAD.size :]))
    # what most articles lack is not written at all
    outlet, url, title, published, sentences, figures, late, corrects = (*facts, None, False)[:8]
    at = moment(published)
    got_at = None if late is None else at + timedelta(seconds=late)
    told = (article_id, group, outlet, url, title, at)
    return tuple(
        Observation(*told, sentences[offset], offset, read_figure(figure), got_at, corrects=bool(corrects))
        for offset, figure in figures
    )
