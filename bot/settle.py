"""Stories are settled: soon after one grew, and again hours later, when more is told.

Those that turn out to be one are merged; articles that came before the story they belong to move there.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

import structlog

from bot import dedupe, loop
from bot.model import Member
from bot.store import Claim, Neighbour, Store

log = structlog.get_logger()

MOST_STEPS = 24
"""Only new articles make a story due again: so settling ends, even where two stories disagree on an article."""

MOST_MOVES = 3
"""So often does one process move an article; stories that it fits alike would hand it on without end."""

MOST_MOVED = 10_000
"""So many articles that moved are counted; with more, all are counted anew."""

MOST_AROUND = 1_000
"""So many articles, those of the likeliest stories first, show what company two of them share: each that is
settled is compared with all of these, which takes seconds."""

MOST_COMPANIES = 2
"""So many surroundings are remembered: one for each story that is settled at the same time."""

PACE = loop.Pace(slots=2, lease_seconds=60)


@dataclass(frozen=True, slots=True)
class Settler:
    """Regroups stories with the neighbours that touch them, step by step; `told` scores two articles once.

    `moves` counts how often each article was moved; `company` scores two articles among those around them, and is
    kept while the same are around, as they mostly are from step to step.
    """

    store: Store
    told: dedupe.Told = field(default_factory=dedupe.Told)
    moves: Counter[int] = field(default_factory=Counter)
    company: dict[frozenset[int], dedupe.Told] = field(default_factory=dict)

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
            await due.hasten(await self.store.now() + within)

    async def settle(self, claim: Claim) -> None:
        """Bring the claimed story and its neighbours nearer to where they belong, the best step first.

        Soon, stories and articles have to fit as well as an article that joins; later, when more is told, better
        than elsewhere.
        """
        story, _, late = claim.member.partition(" ")
        least = dedupe.MERGE if late else dedupe.JOIN
        for _ in range(MOST_STEPS):
            if not await self._take_best(int(story), least):
                break  # else what came of it may fit another story
        await self.store.due.stories.done(claim)

    async def _take_best(self, story_id: int, least: float) -> bool:
        """Take the best step, unless a story changed meanwhile; False if nothing belongs elsewhere."""
        story = next(iter(await self.store.stories.load([story_id])), None)
        members = await self.store.articles.newest(story) if story else ()
        if not story or not members:
            return False
        near = await self.store.articles.neighbours(members)
        around = {id_: near[id_].members for id_ in near if id_ != story.id}
        touching = dedupe.touching(members, around, self.told, dedupe.MAY_TOUCH)
        if not touching and (not story.doubtful or dedupe.hang_together(members, self.told)):
            return False
        apart, kept = await self.store.stories.edits(story.id, touching)
        stories = {story.id: members, **{id_: touching[id_] for id_ in touching.keys() - apart}}
        versions = {story.id: story.version, **{id_: near[id_].version for id_ in touching}}
        told = await self._among(near, touching)
        # in a thread: many long stories that touch take seconds, and chats are answered meanwhile
        found = await asyncio.to_thread(dedupe.steps, stories, story.id, told, least, kept)
        step = next((step for step in found if step.whole or self._may_move(step)), None)
        if step:
            await self._take(step, versions)
        return bool(step)

    async def _among(self, near: Mapping[int, Neighbour], touching: Mapping[int, Sequence[Member]]) -> dedupe.Told:
        """Return how well members of the stories that touch fit among all that is around them."""
        beyond = await asyncio.gather(*map(self.store.articles.neighbours, touching.values()))
        stories = {id_: one for found in (near, *beyond) for id_, one in found.items()}
        around = tuple(islice((member for one in stories.values() for member in one.members), MOST_AROUND))
        ids = frozenset(member.article_id for member in around)
        if ids not in self.company and len(self.company) >= MOST_COMPANIES:
            self.company.clear()
        return self.company.setdefault(ids, dedupe.Told(dedupe.in_company(lambda _: around)))

    def _may_move(self, step: dedupe.Step) -> bool:
        return max(self.moves[article] for article in step.articles) < MOST_MOVES

    def _count(self, moved: Sequence[int]) -> None:
        if len(self.moves) >= MOST_MOVED:
            self.moves.clear()
        self.moves.update(moved)

    async def _take(self, step: dedupe.Step, versions: Mapping[int, int]) -> None:
        known = (versions[step.story_id], versions.get(step.to, 0))
        if step.whole:
            why = f"merged: story {max(step.to, step.story_id)} came in, it fits at {step.fits:+.1f}"
            await self.store.stories.merge(step.story_id, step.to, why, known)
        else:
            better = f"it fits this one better ({step.fits:+.1f} against {step.fitted:+.1f})"
            alone = f"it fits nothing told there ({step.fitted:+.1f})"
            why = f"moved here from story {step.story_id}, {better if step.to else alone}"
            moved, _ = await self.store.stories.move(step.articles, step.story_id, step.to, why, known)
            if moved > 0:
                self._count(step.articles)
        log.debug("settled", story=step.story_id, to=step.to, why=why)
