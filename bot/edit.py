"""What an editor decides about stories: articles are taken out, two are put together, and back; for good."""

from collections.abc import Sequence

from bot.errors import UsageError
from bot.model import Article, Edited
from bot.store import Store

HOW = "Say which: `split 7Q2M 2 4` or `merge 7Q2M 1 3` by a brief's sources, or articles by number: `split #812`."


async def split(store: Store, words: str, operation: str, who: str) -> Edited:
    """Take articles of one story out into a story of their own, for good.

    Raises:
        UsageError: The words name no articles, those of several stories, or all of one.

    """
    articles = await _named(store, words)
    story_id = articles[0].story_id
    if any(article.story_id != story_id for article in articles):
        raise UsageError("These are of several stories already. Name articles of one story.")
    leaving = [article.id for article in articles]
    why = f"split: {', '.join(f'#{id_}' for id_ in leaving)} taken out by {who}"
    parted = await store.stories.split(story_id, leaving, operation, why)
    if not all(parted):
        raise UsageError("That is the whole story: an article at least has to stay. Leave one out.")
    return await _edited(store, parted)


async def merge(store: Store, words: str, operation: str, who: str) -> Edited:
    """Put two stories together; the older takes the younger in.

    Raises:
        UsageError: The words name no articles, or not those of two stories.

    """
    articles = await _named(store, words)
    ids = sorted({article.story_id for article in articles})
    why = f"merged: put together by {who}"
    older, younger = await store.stories.put_together(ids[0], ids[-1], operation, why) if len(ids) < 3 else (0, 0)
    if not younger:
        raise UsageError("Name articles of two stories, for instance a source of each: `merge 7Q2M 1 3`.")
    return Edited(await store.stories.load([older]), f"unmerge {younger}")


async def unmerge(store: Store, words: str, operation: str, who: str) -> Edited:
    """Take a story out again that was merged, with the articles it had.

    Raises:
        UsageError: It was not merged, or nothing of it is left.

    """
    story_id = _number(words.strip())
    parted = await store.stories.unmerge(story_id, operation, f"split: taken out again by {who}")
    if not all(parted):
        raise UsageError("That story was not merged with another one, or its time is over.")
    return await _edited(store, parted)


async def _edited(store: Store, parted: Sequence[int]) -> Edited:
    """Return two stories that were one, and what makes them one again."""
    stories = await store.stories.load(parted)
    return Edited(stories, "merge " + " ".join(f"#{story.article_ids[0]}" for story in stories))


async def _named(store: Store, words: str) -> Sequence[Article]:
    """Return the articles named: `#812`, or a brief's id with numbers of its sources; without, its first one."""
    ids: list[int] = []
    sources: dict[str, int] = {}
    first = 0
    for word in words.replace("[", " ").replace("]", " ").split():
        if word.startswith("#") and (number := _number(word[1:])):
            ids.append(number)
        elif word in sources:
            ids.append(sources[word])
            first = 0
        else:
            ids += [first] if first else []
            sources, first = await _sources(store, word)
    found = await store.articles.load([*ids, *([first] if first else [])])
    if not found:
        raise UsageError(HOW)
    return found


def _number(word: str) -> int:
    """Return the id that a word is, 0 where it is none."""
    return int(word) if word.isdecimal() and len(word) < 10 else 0


async def _sources(store: Store, word: str) -> tuple[dict[str, int], int]:
    """Return a brief's sources by number, and the article it cites first."""
    brief = await store.briefs.load(word)
    sources = [source for story in brief.stories for source in story.sources] if brief else []
    if not sources:
        raise UsageError(f"There is no brief or source “{word}”. {HOW}")
    return {str(source.number): source.article_id for source in sources}, sources[0].article_id
