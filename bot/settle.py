"""Stories that turn out to be one are merged: soon after one grew, and again hours later, when more is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot import dedupe, loop
from bot.model import Member
from bot.store import Claim, Store

log = structlog.get_logger()

FEW = 3
FAR = 2.0
"""Stories of which a few members fit so much worse than they have to are not compared member by member."""

PACE = loop.Pace(slots=2, lease_seconds=60)


@dataclass(frozen=True, slots=True)
class Settler:
    """Compares stories with their neighbours and merges those that fit."""

    store: Store

    async def run(self) -> None:
        """Settle every story that is due, until cancelled."""
        await loop.work(self.store, self.store.due.stories, self.settle, PACE)

    async def settle_now(self, within: timedelta) -> None:
        """Settle what would be due within that time."""
        due = self.store.due.stories
        await due.hasten(await self.store.now() + within)
        while claims := await due.take(PACE.slots, PACE.lease_seconds):
            for claim in claims:
                await self.settle(claim)

    async def settle(self, claim: Claim) -> None:
        """Merge the claimed story with its neighbours, the best first.

        Soon, two stories have to fit as well as an article has to; later, when both are told, as well as not.
        """
        story, _, late = claim.member.partition(" ")
        least = dedupe.MERGE if late else dedupe.JOIN
        while await self._merge_best(int(story), least):
            pass  # the story that came of it may fit another one
        await self.store.due.stories.done(claim)

    async def _merge_best(self, story_id: int, least: float) -> bool:
        """Merge the story with what fits it best, unless either changed meanwhile; False if nothing fits."""
        story = next(iter(await self.store.stories.load([story_id])), None)
        members = await self.store.articles.newest(story) if story else ()
        if not story or not members:
            return False
        near = await self.store.articles.neighbours(members)
        others = {id_: near[id_].members for id_ in near if id_ != story.id and near[id_].members}
        scores = {id_: _score(members, theirs, least) for id_, theirs in others.items()}
        fitting = {id_ for id_, score in scores.items() if score >= least}
        if not fitting or not (fitting := fitting - await self.store.stories.strangers(story.id)):
            return False
        best = min(fitting, key=lambda id_: (-scores[id_], id_))
        why = f"merged: story {max(best, story.id)} came in, it fits at {scores[best]:+.1f}"
        await self.store.stories.merge(story.id, best, why, (story.version, near[best].version))
        log.debug("merged", story=story.id, other=best, why=why)
        return True


def _score(one: Sequence[Member], other: Sequence[Member], least: float) -> float:
    glance = dedupe.merge_score(one[-FEW:], other[-FEW:])
    return glance if glance < least - FAR else dedupe.merge_score(one, other)
