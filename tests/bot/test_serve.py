"""The HTTP server: health, metrics, routes of platforms, and addresses that cannot be had."""

import socket

import pytest
from aiohttp import ClientSession, web
from prometheus_client import CollectorRegistry, Counter

from bot.errors import RetryLater, UsageError
from bot.serve import serving


async def fine() -> None:
    """Nothing is amiss."""


async def waiting() -> None:
    raise RetryLater("the store does not answer", 1)


async def hello(_: web.Request) -> web.Response:
    return web.Response(text="hello")


async def get(port: int, path: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_health_metrics_and_a_platforms_route_share_one_port() -> None:
    registry = CollectorRegistry()
    Counter("nutgraf_sent", "Parts sent.", registry=registry).inc()
    routes = [web.get("/hello", hello)]
    async with serving("127.0.0.1", 0, healthy=fine, metrics=registry, routes=routes) as port:
        assert await get(port, "/healthz") == (200, '{"status": "ok"}')
        assert await get(port, "/hello") == (200, "hello")
        assert "nutgraf_sent_total 1.0" in (await get(port, "/metrics"))[1]
        assert (await get(port, "/else"))[0] == 404
    with pytest.raises(OSError, match="onnect"):
        await get(port, "/healthz")


async def test_health_says_what_is_waited_for() -> None:
    async with serving("127.0.0.1", 0, healthy=waiting, metrics=CollectorRegistry()) as port:
        assert await get(port, "/healthz") == (503, '{"status": "waiting", "why": "the store does not answer"}')


async def test_a_port_in_use_is_named_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"^Port {port} on 127.0.0.1 is in use, .* BOT_HTTP_PORT"):
            async with serving("127.0.0.1", port, healthy=fine, metrics=CollectorRegistry()):
                pass


async def test_an_address_of_another_machine_is_named_in_a_sentence() -> None:
    with pytest.raises(UsageError, match=r"^Cannot listen on 203\.0\.113\.1:0 .* BOT_HTTP_HOST"):
        async with serving("203.0.113.1", 0, healthy=fine, metrics=CollectorRegistry()):
            pass


async def test_a_port_that_is_not_ours_is_named_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(web.TCPSite, "start", refused)  # root, as whom tests may run, may use every port
    with pytest.raises(UsageError, match=r"^Port 80 on 127\.0\.0\.1 is not ours to use"):
        async with serving("127.0.0.1", 80, healthy=fine, metrics=CollectorRegistry()):
            pass
