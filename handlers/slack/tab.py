"""Keeps people's Home tabs shown, opens their forms and does what those say (K5)."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from bot.errors import NutgrafError
from bot.model import Order
from handlers.slack import home
from handlers.slack.call import Api
from handlers.slack.workspaces import Workspaces

log = structlog.get_logger()


class Tab:
    """The Home tabs of everybody, each filled from the desk."""

    def __init__(self, api: Api, workspaces: Workspaces, desk: home.Desk) -> None:
        self._api = api
        self._workspaces = workspaces
        self._desk = desk
        self._showing: set[asyncio.Task[None]] = set()

    def show(self, order: Order, team: str) -> None:
        """Show the tab after the acknowledgement; if the process dies, opening it again shows it."""
        task = asyncio.create_task(self._publish(order, team))
        self._showing.add(task)
        task.add_done_callback(self._showing.discard)

    async def open_form(self, name: str, order: Order, team: str, trigger: str) -> None:
        """Open a form for who pressed its button, if the bot answers him."""
        workspace = await self._workspaces.find(team)
        if workspace is not None and await self._desk.may_use(order):
            form = home.form(name, await self._desk.settings.of(order), order)
            await self._api.call("views.open", workspace.token, trigger_id=trigger, view=form)

    async def save(self, values: Mapping[str, str], order: Order, team: str) -> dict[str, str]:
        """Save the settings form and return its faults by field."""
        if not await self._desk.may_use(order):
            return {}
        faults = await home.save(self._desk, order, values)
        self.show(order, team)
        return faults

    async def close(self) -> None:
        """Stop what is being shown."""
        for task in self._showing:
            task.cancel()
        await asyncio.gather(*self._showing, return_exceptions=True)

    async def _publish(self, order: Order, team: str) -> None:
        workspace = await self._workspaces.find(team)
        if workspace is None:
            return
        try:
            shown: dict[str, Any] = home.view(await home.find(self._desk, order), order)
            await self._api.call("views.publish", workspace.token, user_id=order.target["user"], view=shown)
        except NutgrafError as error:
            log.warning("a Home tab in Slack could not be shown", why=str(error))
