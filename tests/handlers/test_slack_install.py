import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession, CookieJar, web
from aiohttp.test_utils import TestServer

from bot.errors import ChatGone, UsageError
from bot.model import Chat, ChatRef, Delivery, Line, Reply
from bot.store import Store
from handlers.slack.call import LOST_ACCESS
from handlers.slack.install import Vault
from handlers.slack.receive import Settings, Slack
from handlers.slack.workspaces import Client, Workspace
from tests.handlers.slack_server import BOT_TOKEN, SECRET, Fault, SlackServer, post

SECOND = ChatRef("slack", "T2/C1")


def settings(server: SlackServer, **more: Any) -> Settings:
    client = {"client_id": "17.42", "client_secret": "client-secret", "public_url": "http://127.0.0.1"}
    facts = {"signing_secret": SECRET, "mode": "http", "api_base_url": server.api_base_url}
    return Settings(**{**client, **facts, **more})


@pytest.fixture
async def slack(server: SlackServer, store: Store) -> AsyncIterator[Slack]:
    made = Slack(settings(server, bot_token=BOT_TOKEN), store)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def bot(slack: Slack) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(slack.routes())
    async with TestServer(app) as served:
        yield str(served.make_url("/slack"))


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


async def begin(browser: ClientSession, bot: str) -> dict[str, list[str]]:
    async with browser.get(f"{bot}/install", allow_redirects=False) as response:
        assert response.status == 302
        return parse_qs(urlsplit(response.headers["Location"]).query)


async def finish(browser: ClientSession, bot: str, **query: str) -> tuple[int, str]:
    async with browser.get(f"{bot}/oauth_redirect", params=query) as response:
        return response.status, await response.text()


async def sends(slack: Slack, store: Store) -> str:
    parts = slack.sender.parts(Reply(lines=(Line("Hello."),)), None)
    return await slack.sender.send(Delivery("k", SECOND, parts, await store.now()), parts[0])


async def test_K7_a_second_workspace_installs_the_bot_and_is_served(
    slack: Slack, server: SlackServer, store: Store, bot: str, browser: ClientSession
) -> None:
    asked = await begin(browser, bot)
    assert asked["client_id"] == ["17.42"]
    assert "chat:write" in asked["scope"][0]
    status, page = await finish(browser, bot, code="good-code", state=asked["state"][0])
    assert (status, "Second" in page) == (200, True)
    await sends(slack, store)
    assert server.teams[server.calls[-1].token] == "T2"
    mention = server.mention("draft") | {"team_id": "T2", "authorizations": [{"team_id": "T2"}]}
    assert (await post(f"{bot}/events", mention))[0] == 200
    (claim,) = await store.due.orders.take(5, 60)
    order = await store.orders.load(claim.member)
    assert order is not None
    assert order.chat == SECOND


async def test_K7_tokens_are_encrypted_in_the_store(store: Store, bot: str, browser: ClientSession) -> None:
    asked = await begin(browser, bot)
    await finish(browser, bot, code="good-code", state=asked["state"][0])
    sealed = await store.installs.find("T2")
    assert sealed is not None
    assert b"xoxb" not in sealed
    found = await Vault(store.installs, "client-secret").find("T2")
    assert found is not None
    assert (found.token, found.name) == ("xoxb-second", "Second")
    assert await Vault(store.installs, "another").find("T2") is None


@pytest.mark.parametrize("which", ["no state", "another's state", "twice"])
async def test_K7_an_installation_not_begun_in_this_browser_does_nothing(
    store: Store, bot: str, browser: ClientSession, which: str
) -> None:
    state = (await begin(browser, bot))["state"][0]
    if which == "no state":
        answer = await finish(browser, bot, code="good-code")
    elif which == "another's state":
        async with ClientSession() as other:
            answer = await finish(other, bot, code="good-code", state=state)
    else:
        await finish(browser, bot, code="bad-code", state=state)
        browser.cookie_jar.update_cookies({"nutgraf-install": state})
        answer = await finish(browser, bot, code="good-code", state=state)
    assert answer[0] == 400
    assert "Begin again" in answer[1]
    assert await store.installs.find("T2") is None


async def test_K7_a_code_that_slack_refuses_installs_nothing(
    store: Store, bot: str, browser: ClientSession
) -> None:
    asked = await begin(browser, bot)
    status, page = await finish(browser, bot, code="bad-code", state=asked["state"][0])
    assert (status, "did not complete" in page) == (400, True)
    assert await store.installs.find("T2") is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["revoked first", "uninstalled first"])
async def test_K7_an_uninstalled_workspace_is_forgotten_and_paused_and_may_come_back(
    slack: Slack, server: SlackServer, store: Store, bot: str, browser: ClientSession, order: tuple[int, int]
) -> None:
    asked = await begin(browser, bot)
    await finish(browser, bot, code="good-code", state=asked["state"][0])
    await store.chats.save(Chat(SECOND, scheduled=True))
    leaving = ({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}, {"type": "app_uninstalled"})
    for place in order:
        event = server.event(leaving[place]) | {"team_id": "T2", "authorizations": []}
        assert (await post(f"{bot}/events", json.loads(json.dumps(event))))[0] == 200
    assert await store.installs.find("T2") is None
    with pytest.raises(ChatGone):
        await sends(slack, store)
    assert [chat.paused for chat in await store.chats.all()] == [LOST_ACCESS]
    asked = await begin(browser, bot)
    await finish(browser, bot, code="good-code", state=asked["state"][0])
    assert [chat.paused for chat in await store.chats.all()] == [""]


async def test_K7_a_workspace_that_never_installed_it_is_told_so(
    server: SlackServer, store: Store, bot: str
) -> None:
    command = server.command("/draft") | {"team_id": "T9"}
    assert (await post(f"{bot}/events", command))[0] == 200
    assert await store.due.orders.take(5, 60) == ()


async def test_K7_a_worker_that_never_asked_slack_uses_each_workspace_s_own_token(
    server: SlackServer, store: Store, slack: Slack, bot: str, browser: ClientSession
) -> None:
    asked = await begin(browser, bot)
    await finish(browser, bot, code="good-code", state=asked["state"][0])
    worker = Slack(settings(server, bot_token=BOT_TOKEN), store)
    await sends(worker, store)
    assert server.teams[server.calls[-1].token] == "T2"
    await worker.close()


async def test_an_installation_for_an_organisation_is_refused(
    server: SlackServer, store: Store, bot: str, browser: ClientSession
) -> None:
    server.faults["oauth.v2.access"].append(Fault(200, {"ok": True, "access_token": "x", "team": None}))
    asked = await begin(browser, bot)
    status, _ = await finish(browser, bot, code="good-code", state=asked["state"][0])
    assert status == 400


async def test_K7_an_installation_without_a_token_of_our_own_works(
    server: SlackServer, store: Store, browser: ClientSession
) -> None:
    slack = Slack(settings(server), store)
    await slack.start()
    app = web.Application()
    app.add_routes(slack.routes())
    async with TestServer(app) as served:
        bot = str(served.make_url("/slack"))
        asked = await begin(browser, bot)
        await finish(browser, bot, code="good-code", state=asked["state"][0])
        await sends(slack, store)
    await slack.close()


@pytest.mark.parametrize("missing", ["client_secret", "public_url"])
async def test_an_installation_half_set_up_is_one_sentence(
    server: SlackServer, store: Store, missing: str
) -> None:
    slack = Slack(settings(server, **{missing: ""}), store)
    with pytest.raises(UsageError, match="SLACK_CLIENT_SECRET and SLACK_PUBLIC_URL"):
        await slack.start()
    await slack.close()


def test_S14_a_workspace_does_not_show_its_token() -> None:
    assert "xoxb" not in repr(Workspace("T1", "xoxb-1"))
    assert "hush" not in repr(Client("1", "hush"))
