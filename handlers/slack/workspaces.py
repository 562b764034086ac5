"""The workspaces that the bot may speak in: the one place that hands out their tokens, and knows their people."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Protocol

from bot.errors import NutgrafError
from handlers.slack.call import Api, wrong_token
from handlers.slack.read import Person, person_of

PEOPLE = 5_000
"""So many people's time zones are remembered at a time."""

PERSON_SECONDS = 24 * 3600
"""For so long: people move."""

LOOK_UP_SECONDS = 1.0
"""A question about a person may take this long: the order waits for it, and Slack waits for the order (K1)."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace with the token that speaks there and the user that the bot is there."""

    team: str
    token: str = field(repr=False)
    name: str = ""
    bot_user: str = ""
    bot_id: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """The app as Slack's OAuth knows it, and where Slack sends a browser back to."""

    id: str
    secret: str = field(repr=False)
    redirect_url: str = ""


class Kept(Protocol):
    """Where the workspaces are kept that installed the bot by OAuth."""

    async def find(self, team: str) -> Workspace | None:
        """Return the workspace of a team."""


class Workspaces:
    """Finds the workspace of a team, and its people."""

    def __init__(self, api: Api, bot_token: str, kept: Kept | None = None) -> None:
        self._api = api
        self._own = Workspace("", bot_token) if bot_token else None
        self._kept = kept
        self._people: OrderedDict[tuple[str, str], tuple[float, Person]] = OrderedDict()

    async def connect(self) -> Workspace | None:
        """Return the workspace of the operator's token, if there is one.

        Raises:
            UsageError: Slack does not accept the token.
            RetryLater: Slack cannot be reached.

        """
        if self._own is None:
            return None
        try:
            answer = await self._api.call("auth.test", self._own.token)
        except NutgrafError as error:
            raise wrong_token(error, "SLACK_BOT_TOKEN") from error
        self._own = Workspace(
            team=str(answer["team_id"]),
            token=self._own.token,
            name=str(answer.get("team") or ""),
            bot_user=str(answer.get("user_id") or ""),
            bot_id=str(answer.get("bot_id") or ""),
        )
        return self._own

    async def find(self, team: str) -> Workspace | None:
        """Return the workspace of a team; None where the bot is not installed. Any team until `connect`."""
        installed = await self._kept.find(team) if self._kept else None
        if installed is None and self._own and self._own.team in {"", team}:
            return replace(self._own, team=team)
        return installed

    async def person(self, team: str, user: str) -> Person:
        """Return a person's time zone and standing; an unknown one where Slack does not tell in time (K10)."""
        known = self._people.get((team, user))
        if known and monotonic() - known[0] < PERSON_SECONDS:
            self._people.move_to_end((team, user))
            return known[1]
        workspace = await self.find(team)
        if workspace is None:
            return Person()
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                answer = await self._api.call("users.info", workspace.token, user=user, include_locale="true")
        except (NutgrafError, TimeoutError):
            return Person()
        person = person_of(answer.get("user") or {}, team)
        self._people[team, user] = (monotonic(), person)
        if len(self._people) > PEOPLE:
            self._people.popitem(last=False)
        return person
