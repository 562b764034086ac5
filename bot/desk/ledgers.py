"""The figures of stories, compared with each other, and with what was told of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot import brief, track
from bot.model import BriefStory, Change, Correction, Delivery, Observation, Series, Story
from bot.store import Store
from bot.workers import Workers

T = TypeVar("T")
FEW_OBSERVATIONS = 200
MOST_OBSERVATIONS = 2000
"""Each is held against all others: a few at once, many in a worker process, of years of news the latest."""


class Ledgers:
    """Compares what was observed in the stories of a store."""

    def __init__(self, store: Store, workers: Workers) -> None:
        self._store = store
        self._workers = workers

    async def of(self, story: Story) -> tuple[Series, ...]:
        """Return all figures of a story, and of the earlier ones that it takes up, as series."""
        return await self.compared(track.ledger, await self.observations(story))

    async def observations(self, story: Story) -> Sequence[Observation]:
        """Return what was observed in the story, and in the earlier ones that it takes up."""
        of = self._store.stories.observations
        seen = await (of(saga_id=story.saga_id) if story.saga_id else of(story.id))
        return sorted(seen, key=lambda one: one.published_at)[-MOST_OBSERVATIONS:]

    async def compared(self, job: Callable[..., T], seen: Sequence[Observation], *more: object) -> T:
        """Return what `job` makes of observations; where they are many, it holds nobody up meanwhile."""
        return await self._workers.run(job, seen, *more) if len(seen) > FEW_OBSERVATIONS else job(seen, *more)

    async def corrections(self, sent: Iterable[Delivery]) -> tuple[Correction, ...]:
        """Return what the sources of each delivery took back of what it told, where they did (D10)."""
        series: dict[int, tuple[Series, ...]] = {}
        found = []
        for delivery in sent:
            made = await self._store.briefs.load(delivery.brief_id)
            stories = made.stories if made else ()
            for story in stories:
                if story.story_id not in series:
                    series[story.story_id] = await self._today(story.story_id)
            changes = {story.story_id: _taken_back(story, series[story.story_id]) for story in stories}
            if any(changes.values()):
                found.append(Correction(delivery, changes))
        return tuple(found)

    async def _today(self, story_id: int) -> tuple[Series, ...]:
        """The figures of what is called this story today; none that were never taken back."""
        stories = await self._store.stories.load([story_id])
        return tuple([series for story in stories for series in await self.of(story) if series.revised])


def _taken_back(story: BriefStory, ledger: Sequence[Series]) -> tuple[Change, ...]:
    return tuple(
        change for series, points in brief.shown(story) for change in track.taken_back(series, points, ledger)
    )
