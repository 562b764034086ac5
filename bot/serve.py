"""The one HTTP server: health, metrics, and what the platforms post to us."""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest

from bot.errors import RetryLater, UsageError

HEADER_LIMIT = 32 * 1024
BODY_LIMIT = 2 * 1024 * 1024
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@asynccontextmanager
async def serving(
    host: str,
    port: int,
    *,
    healthy: Callable[[], Awaitable[object]],
    metrics: CollectorRegistry,
    routes: Sequence[web.RouteDef] = (),
) -> AsyncIterator[int]:
    """Yield the port on which the server listens; 0 takes a free one.

    `/healthz` answers 200 if `healthy` does not raise RetryLater, else 503; `/metrics` shows the registry.

    Raises:
        UsageError: The address cannot be listened on.

    """
    app = application(healthy=healthy, metrics=metrics, routes=routes)
    runner = web.AppRunner(app, access_log=None, max_field_size=HEADER_LIMIT, shutdown_timeout=2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise UsageError(_why(host, port, error)) from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def application(
    *, healthy: Callable[[], Awaitable[object]], metrics: CollectorRegistry, routes: Sequence[web.RouteDef] = ()
) -> web.Application:
    """Return the application with its own two routes and the platforms'."""

    async def healthz(_: web.Request) -> web.Response:
        try:
            await healthy()
        except RetryLater as error:
            return web.json_response({"status": "waiting", "why": str(error)}, status=503)
        return web.json_response({"status": "ok"})

    async def shown(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(metrics), headers={"Content-Type": METRICS_TYPE})

    app = web.Application(client_max_size=BODY_LIMIT)
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", shown), *routes])
    return app


def hub_routes(
    confirm: Callable[[int, str, Mapping[str, str]], Awaitable[str | None]],
    receive: Callable[[int, str, Mapping[str, str], bytes], Awaitable[bool]],
) -> list[web.RouteDef]:
    """Return the routes at which hubs confirm what we asked for, and push what is new (WebSub)."""

    async def challenged(request: web.Request) -> web.Response:
        facts = request.match_info
        challenge = await confirm(int(facts["feed"]), facts["token"], request.query)
        return web.Response(status=404) if challenge is None else web.Response(text=challenge)

    async def pushed(request: web.Request) -> web.Response:
        facts = request.match_info
        known = await receive(int(facts["feed"]), facts["token"], request.headers, await request.read())
        return web.Response(status=202 if known else 410)

    path = r"/websub/{feed:\d{1,15}}/{token:[0-9a-f]{1,64}}"
    return [web.get(path, challenged), web.post(path, pushed)]


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use, perhaps by another Nutgraf. Stop that one, or set BOT_HTTP_PORT to "
            "another port (0 takes a free one)."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} on {host} is not ours to use. Set BOT_HTTP_PORT to one above 1023."
    why = error.strerror or str(error)
    return f"Cannot listen on {host}:{port} ({why}). Set BOT_HTTP_HOST to an address of this machine."
