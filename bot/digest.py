"""What worker processes make of articles: text, sentences, figures, fingerprint; bullets of many. Pure.

The summarizer is imported where it runs, so that the bot's own process starts without it.
"""

from dataclasses import replace

from bot.model import Article, Fingerprint
from summarizer.model import Bullet, Document

FEW = 3
"""With fewer bullets about its topic a story is hardly told."""

WORKER_IMPORTS = ("bot.dedupe", "bot.extract", "summarizer.bullets", "summarizer.figures", "summarizer.sentences")


def digest(article: Article, text_html: str) -> tuple[Article, Fingerprint]:
    """Return the article with its clean text, language, sentences and figures, and what dedupe needs of it."""
    from bot import dedupe, extract  # noqa: PLC0415  # see above
    from summarizer import figures, sentences  # noqa: PLC0415  # see above

    text = extract.text(text_html)
    language = article.language[:2].casefold() or sentences.detect_language(text or article.title)
    split = sentences.split(text, language)
    found = figures.extract(split, published=article.published_at.date(), language=language)
    whole = replace(article, text=text, language=language, sentences=split, figures=found)
    return whole, dedupe.fingerprint(whole.url, whole.title, whole.text, whole.published_at)


def choose(documents: tuple[Document, ...], topic: str, count: int, ranker: str) -> tuple[Bullet, ...]:
    """Return the bullets that tell what the documents say together, about `topic` if there is one.

    A story that hardly speaks of the topic is told by its gist besides: "Its leader put the cost at 900 million"
    says nothing alone.
    """
    from summarizer import bullets  # noqa: PLC0415  # see above

    about = bullets.choose(documents, topic=topic, count=count, ranker=ranker)
    if not topic or len(about) >= min(FEW, count):
        return about
    gist = bullets.choose(documents, count=FEW, ranker=ranker)
    return tuple(dict.fromkeys((*gist[:1], *about, *gist[1:])))
