"""The questions and orders that a chat may give, answered from the store; what handlers talk to."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from bot import brief, edit, opml, schedule, search, track
from bot.address import canonical_url
from bot.dedupe.terms import stem, words_of
from bot.desk.answers import Found, House, News, Spelled, StoryNews
from bot.desk.briefs import Briefs
from bot.desk.chats import guest_named
from bot.desk.find import NEWS_SPAN, Finder
from bot.desk.ledgers import Ledgers
from bot.desk.settings import Settings
from bot.errors import UsageError
from bot.index import Index
from bot.model import (
    Article,
    Brief,
    Briefing,
    Chat,
    Correction,
    Delivery,
    Drop,
    Edited,
    Feed,
    Order,
    Reason,
    Series,
    Story,
)
from bot.search import Rated, Why
from bot.store import Store
from bot.workers import Workers

__all__ = ["NO_FEEDS", "Desk", "Found", "House", "News", "StoryNews"]

NO_FEEDS = (
    "I read no feeds yet. Add one with `add URL`, or some forty public ones in the shell: `nutgraf add starter`."
)
STORIES_A_BRIEFING = 5
BULLETS_A_STORY = 5
BULLETS_A_HEADLINE = 3
A_DAY = timedelta(days=1)
LEFT_OUT = 5
STORIES_WITH_FIGURES = 10
"""So many of the stories on a topic are looked at for one that tells figures."""


class Desk:
    """Answers what chats ask. It is the only thing of the program that handlers talk to."""

    def __init__(
        self,
        store: Store,
        index: Index,
        workers: Workers,
        add_feed: Callable[[str], Awaitable[Feed]],
        house: House,
    ) -> None:
        self._store = store
        self._find = Finder(store, index)
        self._workers = workers
        self._add_feed = add_feed
        self._house = house
        self._ledgers = Ledgers(store, workers)
        self._briefs = Briefs(store, workers, self._ledgers, house.ranker)
        self.settings = Settings(store, house)

    async def now(self) -> datetime:
        """Return our time."""
        return await self._store.now()

    # ------------------------------------------------------------ who may

    async def may_use(self, order: Order) -> bool:
        """Whether the bot answers this person in this chat (S15)."""
        if self._house.open_to_all or order.chat.platform == "console":
            return True
        return await self._store.access.allowed(order.user, order.chat)

    async def is_owner(self, order: Order) -> bool:
        """Whether this person claimed the bot; the terminal is always the owner's."""
        return order.chat.platform == "console" or await self._store.access.owner() == order.who

    async def claim(self, code: str, order: Order) -> bool:
        """Make the asker the owner if `code` is the one that was printed; False if it is not."""
        return await self._store.access.claim(code, order.who)

    async def allow(self, who: str, order: Order) -> str:
        """Let a person (`telegram:12345`) or this chat (`here`) use the bot, and return its name."""
        name, guest = guest_named(who, order)
        await self._store.access.allow(guest)
        return name

    async def disallow(self, who: str, order: Order) -> str:
        """Take that back, and return the name."""
        name, guest = guest_named(who, order)
        await self._store.access.disallow(guest)
        return name

    # ------------------------------------------------------------ asking

    async def brief(self, topic: str, skip: int = 0) -> Found:
        """Return the stored brief on `topic`, or on the top stories where it is empty.

        A question gets the story that answers it best; `skip` asks for the next ones.
        """
        stories = await self._find.matching(topic) if topic else await self._find.top()
        size = 1 if topic else STORIES_A_BRIEFING
        chosen = stories[skip : skip + size]
        asked = self._find.spelled(topic)
        told = "" if chosen else "That was all." if stories else await self._nothing(topic, asked)
        note = " ".join(filter(None, (told, self._find.note)))
        made = await self._briefs.of(topic, chosen, BULLETS_A_STORY if topic else BULLETS_A_HEADLINE, note)
        lacks = self._find.lacking(topic, chosen[0]) if topic and chosen else ()
        return Found(made, max(0, len(stories) - skip - size), skip + size, asked, lacks)

    async def stored_brief(self, brief_id: str) -> Brief:
        """Return a brief by the id that was shown.

        Raises:
            UsageError: There is none, or it is older than sixty days.

        """
        found = await self._store.briefs.load(brief_id.strip().upper())
        if found is None:
            raise UsageError(
                f"There is no brief “{brief_id}”; they are kept for 60 days. Ask anew for a fresh one."
            )
        return found

    async def ledger(self, topic: str) -> tuple[Story, tuple[Series, ...]]:
        """Return the story that answers `topic` best and tells figures, with all of them as series.

        Raises:
            UsageError: No story matches, or none tells figures.

        """
        stories = await self._find.matching(topic)
        if not stories:
            raise UsageError(await self._nothing(topic))
        told: tuple[Story, tuple[Series, ...]] | None = None
        for story in stories[:STORIES_WITH_FIGURES]:
            ledger = await self._ledgers.of(story)
            told = told or ((story, ledger) if ledger else None)
            if any(not series.passing for series in ledger):
                told = story, ledger
                break
        if told is None:
            raise UsageError(f"No figures are told on “{topic}” yet. `brief {topic}` tells what is.")
        return _headlined(told[0], await self._briefs.articles(told[0]), told[1]), told[1]

    async def place_of(self, topic: str, fits: Callable[[Series], bool]) -> int:
        """Return how many stories come before the first with a series that fits and `topic` in its headline.

        It is 0 where there is none.
        """
        query = search.parse_query(topic)
        asked = {stem(word) for words in (*query.words, *query.phrases) for word in words_of(words)}
        stories = await self._find.matching(topic)
        for place, story in enumerate(stories[:STORIES_WITH_FIGURES]):
            if asked.isdisjoint(map(stem, words_of(story.title))):
                continue
            ledger = brief.told_by(await self._briefs.articles(story), await self._ledgers.of(story))
            if any(map(fits, ledger)):
                return place
        return 0

    async def changes(self, order: Order, topic: str, since_words: str, skip: int = 0) -> News:
        """Return what changed on `topic`, or in the top stories, since a moment in words or the last briefing.

        Raises:
            UsageError: The words name no moment.

        """
        since, heard = await self._since(order, since_words)
        reach = since - NEWS_SPAN if heard else since
        stories = await self._find.meant(topic) if topic else await self._find.top(reach)
        told = [
            (story, await self._briefs.articles(story)) for story in stories if heard or story.updated_at > since
        ]
        newer = [(story, articles) for story, articles in told if _reports(articles, since, heard)]
        chosen = newer[skip : skip + STORIES_A_BRIEFING]
        news = tuple([await self._news_of(story, articles, since, heard) for story, articles in chosen])
        return News(since, news, max(0, len(newer) - skip - len(chosen)))

    async def _since(self, order: Order, words: str) -> tuple[datetime, bool]:
        """Return the moment meant, and whether it is the last briefing: then what came late is news, too."""
        chat, now = await self.settings.of(order), await self._store.now()
        if words and "briefing" not in words.casefold():
            return schedule.parse_since(words, now, chat.zone), False
        if not chat.scheduled:
            return now - A_DAY, False
        slot = schedule.last_slot(chat.timetable, now)
        briefed = await self._store.outbox.load(f"briefing|{chat.ref.key}|{slot.isoformat()}")
        return briefed.created_at if briefed else slot, True

    async def _news_of(self, story: Story, articles: Sequence[Article], since: datetime, heard: bool) -> StoryNews:
        seen = await self._ledgers.observations(story)
        ledger = await self._ledgers.compared(track.ledger, seen)
        changed = await self._ledgers.compared(track.changes, seen, since, heard)
        reports = _reports(articles, since, heard)
        return StoryNews(_headlined(story, articles, ledger), len(reports) == len(articles), changed, reports)

    async def knows(self, word: str) -> Literal["", "stem", "word"]:
        """Return "word" where a headline holds just this word, "stem" where a story has a form of it, else ""."""
        return await self._find.knows(word)

    async def matches(self, topic: str, skip: int, count: int) -> tuple[Sequence[Rated], int]:
        """Return so many of the stories that match, best first, each with what found it; and how many there are.

        Raises:
            UsageError: No story matches.

        """
        found = await self._find.rated(await self._find.hits(topic))
        if not found:
            raise UsageError(await self._nothing(topic))
        return [await self._titled(one) for one in found[skip : skip + count]], len(found)

    async def _titled(self, rated: Rated) -> Rated:
        articles = await self._briefs.articles(rated.story)
        story = _headlined(rated.story, articles, await self._ledgers.of(rated.story))
        return replace(rated, story=story, outlets=tuple(dict.fromkeys(one.outlet for one in articles)))

    async def why(self, which: str) -> Why:
        """Return why a brief, by its id or by its topic, tells its stories and leaves out others."""
        about = await self._store.briefs.load(which) or (await self.brief(which)).brief
        hits = await self._find.hits_of([topic.strip() for topic in about.topic.split(",") if topic])
        told = await self._store.stories.follow(story.story_id for story in about.stories)
        rated = await self._find.rated(hits)
        left_out = [one for one in rated if one.story.id not in told.values()][:LEFT_OUT]
        reasons = {id_: await self._store.stories.reasons(today) for id_, today in told.items()}
        return Why(
            about,
            tuple(one for one in rated if one.story.id in told.values()),
            tuple([await self._titled(one) for one in left_out]),
            {id_: await self._find.named(those) for id_, those in reasons.items()},
        )

    async def why_url(self, url: str) -> Reason:
        """Return why the article at an address is in its story, or why it was given up.

        Raises:
            UsageError: Nothing is known of it.

        """
        canonical = canonical_url(url)
        if article_id := await self._store.articles.find_url(canonical):
            return await self.why_article(article_id)
        dropped = (one for one in await self.dropped() if canonical_url(one.link) == canonical)
        if one := next(dropped, None):
            return Reason(f"given up: {one.text}", one.at, title=one.title or one.link)
        raise UsageError(
            f"No article at {url} was filed in the last 35 days, and none was given up. `sources` lists the feeds."
        )

    async def dropped(self) -> Sequence[Drop]:
        """Return the entries of feeds that were given up, newest first."""
        return await self._store.articles.drops()

    async def why_article(self, article_id: int) -> Reason:
        """Return why an article is in its story.

        Raises:
            UsageError: It is not kept.

        """
        found = await self._store.articles.reasons([article_id])
        if not found:
            raise UsageError(f"There is no article #{article_id}; articles are kept for 30 days.")
        return (await self._find.named(found))[0]

    async def _nothing(self, topic: str, spelled: Spelled | None = None) -> str:
        if (not topic or self._find.knows_no_story) and not await self._store.feeds.all():
            return NO_FEEDS
        if not topic:
            return "There is no news of the last day and a half; `sources` shows how the feeds are."
        asked = topic.replace('"', "")
        if meant := (spelled or self._find.spelled(topic)).meant:
            return f"No story matches “{asked}”. Did you mean “{meant}”?"
        return f"No story matches “{asked}”. Try other words, or `brief` for the top stories."

    # ------------------------------------------------------------ making briefs

    async def briefing(self, chat: Chat, slot_at: datetime) -> Briefing:
        """Return the briefing for a chat at a slot.

        A story that the chat knows returns only with what changed since its last briefing, and not for a reprint
        (D9); a figure that its sources took back is corrected where it was told (D10).
        """
        await self._find.complete()
        told = await self._store.briefs.told(chat.ref)
        stories = await self._for_chat(chat)
        fresh = [story for story in stories if story.id not in told or told[story.id].version < story.version]
        made = await self._headlines(chat, fresh)
        while stale := brief.stale(made, told):
            fresh = [story for story in fresh if story.id not in stale]
            made = await self._headlines(chat, fresh)
        updated = brief.with_updates(made, told)
        return Briefing(updated, chat.ref, slot_at, news=brief.news(updated), zone=chat.zone)

    async def _headlines(self, chat: Chat, stories: Sequence[Story]) -> Brief:
        chosen = stories[:STORIES_A_BRIEFING]
        note = "" if chosen else await self._nothing_new(chat)
        return await self._briefs.of(", ".join(chat.topics), chosen, BULLETS_A_HEADLINE, note)

    async def _for_chat(self, chat: Chat) -> Sequence[Story]:
        if not chat.topics:
            return await self._find.top()
        since = await self._store.now() - NEWS_SPAN
        stories: dict[int, Story] = {}
        for topic in chat.topics:
            found = await self._find.meant(topic)
            stories |= {story.id: story for story in found if story.updated_at >= since}
        return tuple(stories.values())

    async def _nothing_new(self, chat: Chat) -> str:
        if not await self._store.feeds.all():
            return await self._nothing("")
        about = f" on {', '.join(chat.topics)}" if chat.topics else ""
        return f"Nothing new{about} since your last briefing."

    async def corrections(self, sent: Iterable[Delivery]) -> Sequence[Correction]:
        """Return what the sources of each delivery took back of what it told, where they did (D10)."""
        return await self._ledgers.corrections(sent)

    # ------------------------------------------------------------ editing

    async def split(self, order: Order, words: str) -> Edited:
        """Take articles of one story out into one of their own. Raises UsageError."""
        return await edit.split(self._store, words, order.key, order.who)

    async def merge(self, order: Order, words: str) -> Edited:
        """Put two stories together. Raises UsageError."""
        return await edit.merge(self._store, words, order.key, order.who)

    async def unmerge(self, order: Order, words: str) -> Edited:
        """Take a story out again that was merged. Raises UsageError."""
        return await edit.unmerge(self._store, words, order.key, order.who)

    # ------------------------------------------------------------ feeds

    async def feeds(self) -> Sequence[Feed]:
        """Return all feeds by number."""
        return sorted(await self._store.feeds.all(), key=lambda feed: feed.id)

    async def opml(self) -> str:
        """Return the list of feeds as OPML, with their folders."""
        return opml.write(await self._store.feeds.all())

    async def add(self, url: str) -> Feed:
        """Read a feed, or a site's feed, from now on, and return it; a known one is returned as it is.

        Raises:
            UsageError: It cannot be reached or is no feed; the sentence says what to do.

        """
        return await self._add_feed(url)

    async def remove(self, which: str) -> Feed:
        """Stop reading a feed named by its number or URL, and return it.

        Raises:
            UsageError: There is no such feed.

        """
        found = next((feed for feed in await self.feeds() if which.strip() in (str(feed.id), feed.url)), None)
        if found is None:
            raise UsageError(f"There is no feed “{which}”. `sources` lists them with their numbers.")
        await self._store.feeds.remove(found.id)
        return found


def _headlined(story: Story, articles: Sequence[Article], ledger: Sequence[Series]) -> Story:
    """Return a story under the headline that a brief gives it; its own is that of what was filed first."""
    title = brief.headlined(articles, brief.told_by(articles, ledger)) if articles else story.title
    return replace(story, title=title)


def _reports(articles: Iterable[Article], since: datetime, heard: bool) -> tuple[Article, ...]:
    """Return the articles published since then, or those `heard` of since."""
    return tuple(one for one in articles if (one.retrieved_at if heard else one.published_at) > since)
