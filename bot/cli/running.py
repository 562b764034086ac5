"""Everything built and wired: store, fetcher, workers, desk, loops and platforms; and its orderly end."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import structlog
from aiohttp import web
from prometheus_client import REGISTRY

from bot import __version__, answer, chart, correct, deliver, loop, opml, serve
from bot.config import Config
from bot.deliver import Post, Sender
from bot.desk import Desk, House
from bot.errors import NutgrafError, RetryLater, StoreAway, UsageError
from bot.fetch import Fetcher, Policy
from bot.index import Index
from bot.ingest import Ingester
from bot.model import Chat, Feed, Line, Reply
from bot.model import Platform as Name
from bot.poll import Poller
from bot.poll.add import add_feed, replacement
from bot.poll.push import Pushes
from bot.settle import Settler
from bot.store import Claim, Store, open_store
from bot.workers import Workers
from handlers import commands, console
from handlers.commands.words import many

log = structlog.get_logger()

CATCH_UP_SECONDS = 20.0
"""So long a single command waits for feeds that are due, before it answers from what there is."""

STARTER = "starter"
"""Stands for the list of public feeds that comes with the bot."""

SINGLE_LEASE_SECONDS = 15.0
SWEEP_SECONDS = 3600.0

NO_PLATFORM = """No chat platform is configured. Any of these lines in the environment or in {file} adds one:
  TELEGRAM_BOT_TOKEN=…
      the token from @BotFather
  SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-…
      from your Slack app, made with what `nutgraf slack manifest` prints
  SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… SLACK_MODE=http
      the same, over HTTP
"""


class Platform(Protocol):
    """What `run` needs of a chat platform."""

    @property
    def sender(self) -> Sender:
        """What deliveries are sent with."""

    @property
    def polls(self) -> bool:
        """Whether its updates are fetched, by one process alone, with `poll`."""

    async def poll(self) -> None:
        """Fetch what people send until cancelled."""

    async def start(self) -> None:
        """Check the tokens and connect; a UsageError says what is wrong with them."""

    async def run(self) -> None:
        """Take what people send until cancelled."""

    def routes(self) -> list[web.RouteDef]:
        """Return what the bot's HTTP server has to serve for it."""

    async def close(self) -> None:
        """Close the connections."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The open parts of a running Nutgraf."""

    config: Config
    store: Store
    poller: Poller
    ingester: Ingester
    desk: Desk
    workers: Workers


def policy(config: Config) -> Policy:
    """Return how we fetch by the settings."""
    contact = config.nutgraf_contact or config.bot_public_url
    return Policy(config.allowed_networks, contact, __version__, config.denied_hosts)


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Parts]:
    """Yield the parts, built from the settings; they are closed in order when the context ends."""
    _log_to_stderr(config.nutgraf_log)
    url = config.redis_url.get_secret_value()
    async with (
        open_store(url, config.nutgraf_data, config.nutgraf_clock) as store,
        Fetcher(policy(config)) as fetcher,
        built(config, store, fetcher) as parts,
    ):
        yield parts


@asynccontextmanager
async def built(config: Config, store: Store, fetcher: Fetcher) -> AsyncIterator[Parts]:
    """Yield the parts around a store and a fetcher that are open already."""
    house = House(config.nutgraf_access == "open", config.nutgraf_zone, config.nutgraf_ranker)
    async with Workers() as workers:
        pushes = Pushes(store, fetcher, config.bot_public_url) if config.bot_public_url else None
        poller = Poller(store, fetcher, workers, config.nutgraf_poll_minutes * 60, pushes=pushes)
        with Index() as index:
            desk = Desk(store, index, workers, partial(add_feed, poller), house)
            yield Parts(config, store, poller, Ingester(store, fetcher, workers), desk, workers)


def _log_to_stderr(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=("timestamp", "level", "event")),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


# ---------------------------------------------------------------- the bot


async def run(config: Config, *, listening: bool = True) -> None:
    """Run until SIGTERM or SIGINT, or until the terminal chat is left where there is no platform."""
    stop = _stopped()
    async with opened(config) as parts:
        platforms = _platforms(parts)
        gc.freeze()  # what is loaded by now stays: to look for garbage there again and again finds none
        try:
            if listening:
                await asyncio.gather(*(platform.start() for platform in platforms.values()))
                await _listen(parts, platforms, stop)
            else:
                await _until(stop, _loops(parts, platforms), None)
        finally:
            await asyncio.gather(*(platform.close() for platform in platforms.values()))


async def _listen(parts: Parts, platforms: Mapping[Name, Platform], stop: asyncio.Event) -> None:
    config = parts.config
    routes = [route for platform in platforms.values() for route in platform.routes()]
    routes += serve.hub_routes(parts.poller.confirmed, parts.poller.pushed) if config.bot_public_url else []
    async with serve.serving(
        config.bot_http_host, config.bot_http_port, healthy=parts.store.now, metrics=REGISTRY, routes=routes
    ) as port:
        await _greet(parts, platforms, f"http://{config.bot_http_host}:{port}/healthz")
        work = [*_loops(parts, platforms), *(platform.run() for platform in platforms.values())]
        work.append(_alone(parts.store, {name: each.poll for name, each in platforms.items() if each.polls}))
        await _until(stop, work, None if platforms else parts)


def _loops(parts: Parts, platforms: Mapping[Name, Platform]) -> list[Coroutine[Any, Any, None]]:
    post = Post(parts.store, {name: platform.sender for name, platform in platforms.items()}, parts.workers)
    return [
        _poll(parts, post),
        parts.ingester.run(),
        Settler(parts.store).run(),
        answer.run(post, partial(commands.answer, desk=parts.desk)),
        deliver.run_subscriptions(post, parts.desk.briefing),
        deliver.run_deliveries(post),
        correct.run(post, parts.desk.corrections),
        _sweep(parts.store),
    ]


async def _poll(parts: Parts, post: Post) -> None:
    """Poll feeds until cancelled; publishers see for how many chats, the owner hears of dead feeds."""
    chats: tuple[Chat, ...] = ()
    with contextlib.suppress(StoreAway):
        chats = await parts.store.chats.all()
    subscribers = sum(chat.scheduled for chat in chats)
    tell = partial(tell_of_feed, post, parts.poller)
    await replace(parts.poller, tell=tell, subscribers=max(subscribers, 1)).run()


async def tell_of_feed(post: Post, poller: Poller, feed: Feed, text: str) -> None:
    """Tell the owner of a feed that refuses us or is gone, and of the one its site names instead."""
    other = await replacement(poller, feed)
    lines = [Line(text)] + ([Line(f"Its site names another feed now: `add {other}`", "note")] if other else [])
    await deliver.tell_owner(post, f"feed|{feed.id}|{feed.state}|{feed.succeeded_at}", Reply(tuple(lines)))


async def _alone(store: Store, polls: Mapping[str, Callable[[], Coroutine[Any, Any, None]]]) -> None:
    """Do what one process at a time may do: whoever holds a platform's claim fetches its updates."""

    async def fetch(claim: Claim) -> None:
        if claim.member not in polls:
            raise RetryLater(f"{claim.member} is not fetched here", SINGLE_LEASE_SECONDS)
        polling = asyncio.create_task(polls[claim.member]())
        try:
            while not (await asyncio.wait([polling], timeout=SINGLE_LEASE_SECONDS / 3))[0]:
                if not await store.due.singles.renew(claim, SINGLE_LEASE_SECONDS):
                    return  # another process fetches by now
            await polling
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)

    for name in polls:
        await store.due.singles.add(name)
    await loop.work(store, store.due.singles, fetch, loop.Pace(slots=1, lease_seconds=SINGLE_LEASE_SECONDS))


async def _sweep(store: Store) -> None:
    """End the lives of what is old, an hour after the start and every hour from then on."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            await store.sweep()
        except StoreAway:
            await store.back()


async def _until(stop: asyncio.Event, work: Sequence[Coroutine[Any, Any, None]], chatting: Parts | None) -> None:
    """Work until stopped, or until the chat in the terminal is left; what a loop raises ends everything."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in work]
            ends: list[asyncio.Task[Any]] = [group.create_task(stop.wait())]
            if chatting and sys.stdin:
                ends.append(group.create_task(_left(chatting)))
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for task in [*ends, *tasks]:
                task.cancel()
    except* NutgrafError as group_of_errors:
        raise group_of_errors.exceptions[0] from group_of_errors


async def _left(parts: Parts) -> None:
    """Return when the chat in the terminal is left, or all that was piped in is answered; never if nothing was."""
    if not await console.chat(parts.desk, partial(caught_up, parts.store)):
        await asyncio.Event().wait()


def _stopped() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


def _platforms(parts: Parts) -> dict[Name, Platform]:
    """Return every platform whose token is set."""
    config = parts.config
    platforms: dict[Name, Platform] = {}
    if config.telegram_bot_token.get_secret_value():
        platforms["telegram"] = _telegram(parts)
    if config.slack_bot_token.get_secret_value() or config.slack_client_id:
        platforms["slack"] = _slack(parts)
    return platforms


def _telegram(parts: Parts) -> Platform:
    from handlers.telegram import menu, receive  # noqa: PLC0415  # half a second that other platforms need not wait

    config = parts.config
    settings = receive.Settings(
        token=config.telegram_bot_token.get_secret_value(),
        mode=config.telegram_mode,
        api_base_url=config.telegram_api_base_url,
        webhook_url=config.telegram_webhook_url or f"http://{config.bot_http_host}:{config.bot_http_port}",
    )
    verbs = [
        menu.Verb(each.word, each.says, each.changes_chat, each.listed)
        for each in commands.COMMANDS.values()
        if not each.owner_only
    ]
    return receive.Telegram(settings, parts.store, verbs)


def _slack(parts: Parts) -> Platform:
    from handlers.slack import receive  # noqa: PLC0415  # as above

    config = parts.config
    settings = receive.Settings(
        bot_token=config.slack_bot_token.get_secret_value(),
        app_token=config.slack_app_token.get_secret_value(),
        signing_secret=config.slack_signing_secret.get_secret_value(),
        mode=config.slack_mode,
        api_base_url=config.slack_api_base_url,
        topics=config.topics,
        client_id=config.slack_client_id,
        client_secret=config.slack_client_secret.get_secret_value(),
        public_url=config.slack_public_url,
    )
    return receive.Slack(settings, parts.store, parts.desk)


async def _greet(parts: Parts, platforms: Mapping[Name, Platform], health: str) -> None:
    """Print the one line that says the bot is ready, and what a newcomer has to know."""
    if not await parts.store.access.owner() and parts.config.nutgraf_access != "open" and platforms:
        code = await parts.store.access.claim_code()
        _print(f"Nobody owns this bot yet: send it `claim {code}` in a chat, and it is yours.")
    if not platforms:
        _print(NO_PLATFORM.format(file=parts.config.nutgraf_config).rstrip())
    feeds = len(await parts.store.feeds.all())
    chats = ", ".join(sorted(platforms)) or "the terminal"
    _print(f"Nutgraf is ready: {chats}; {many(feeds, 'feed')}; {health}")


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


# ---------------------------------------------------------------- the terminal


async def chat(config: Config) -> bool:
    """Chat in the terminal; feeds are read meanwhile, whether or not a bot runs beside."""
    async with opened(_quiet(config)) as parts, _working(parts):
        await console.chat(parts.desk, partial(caught_up, parts.store))
    return True


async def demo(config: Config, words: Sequence[str]) -> bool:
    """Read the given feeds, or the sample news, into a store of their own, and ask it the first questions."""
    from bot import demo as newsroom  # noqa: PLC0415  # rich and a web server, for this command alone

    _log_to_stderr(_quiet(config).nutgraf_log)
    await newsroom.run(words, console.demonstrate, policy(config))
    return True


async def one_order(config: Config, text: str) -> bool:
    """Give one order as the terminal's chat and print the answer, once due feeds are read."""
    async with opened(_quiet(config)) as parts:
        await catch_up(parts)
        console.show(await console.obey(parts.desk, text), in_shell=True)
    return True


async def one_file(config: Config, text: str, file: Path | None) -> bool:
    """Give one order that is answered with a file; save it, or write it to standard output."""
    async with opened(_quiet(config)) as parts:
        await catch_up(parts)
        attachment = (await console.obey(parts.desk, text)).attachment
        if attachment is not None:
            content = attachment.content
            if attachment.chart is not None:
                content = await parts.workers.run(chart.draw, attachment.chart)
            await asyncio.to_thread(_write, content, file)
    return True


def _write(content: bytes, file: Path | None) -> None:
    if file is None:
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}. Name another file.") from error


async def add(config: Config, what: Sequence[str]) -> bool:
    """Add feeds, sites and the feeds of OPML files; say of each what became of it. False if one failed."""
    all_well = True
    async with opened(_quiet(config)) as parts:
        for word in what:
            try:
                _print(await _added(parts, word))
            except NutgrafError as error:
                sys.stderr.write(f"nutgraf: {error}\n")
                all_well = False
        await catch_up(parts)
    return all_well


async def export(config: Config) -> bool:
    """Write the list of feeds to standard output as OPML."""
    async with opened(_quiet(config)) as parts:
        sys.stdout.write(await parts.desk.opml())
    return True


async def _added(parts: Parts, word: str) -> str:
    path = starter() if word == STARTER else Path(word)
    body = await asyncio.to_thread(_file, path)
    if body is None:
        feed = await parts.desk.add(word)
        return f"Added {feed.name} as feed {feed.id}."
    outlines = opml.read(body)
    before = len(await parts.store.feeds.all())
    for outline in outlines:
        await parts.store.feeds.add(outline.url, title=outline.title, folder=outline.folder)
    new = len(await parts.store.feeds.all()) - before
    known = f"; {len(outlines) - new} known before" if len(outlines) > new else ""
    return f"Added {many(new, 'feed')} from {path.name}{known}."


def starter() -> Path:
    """Return the list of public feeds that comes with the bot."""
    from bot.demo import seeds  # noqa: PLC0415  # a web server, for this word alone

    return seeds() / "starter.opml"


def _file(path: Path) -> bytes | None:
    """Return the file's bytes, None where there is no such file and the name may be an address."""
    try:
        if path.is_file():
            return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Give an OPML file or a URL.") from error
    listed = path.suffix == ".opml" and not str(path).startswith("http")
    if listed or str(path).startswith((".", "/", "~")):
        raise UsageError(f"There is no file “{path}”. Give an OPML file or a URL.")
    return None


async def catch_up(parts: Parts, seconds: float = CATCH_UP_SECONDS) -> None:
    """Read due feeds and file what waits, until nothing does or the time is over."""
    async with _working(parts):
        await caught_up(parts.store, seconds)


async def caught_up(store: Store, seconds: float = CATCH_UP_SECONDS) -> None:
    """Return when due feeds are read and what waited is filed, or the time is over."""
    try:
        async with asyncio.timeout(seconds):
            await quiet(store)
    except TimeoutError:
        log.info("some feeds are still to be read")


async def quiet(store: Store) -> None:
    """Return when no feed is due, no article waits and no story is to be settled now."""
    while not await _is_quiet(store):  # noqa: ASYNC110  # in other processes too
        await asyncio.sleep(0.05)


async def _is_quiet(store: Store) -> bool:
    read = await store.due.feeds.idle() and await store.due.articles.size() == 0
    return read and await store.due.stories.idle()


@asynccontextmanager
async def _working(parts: Parts) -> AsyncIterator[None]:
    """Poll and file beside what the context does."""
    loops = (parts.poller.run(), parts.ingester.run(), Settler(parts.store).run())
    tasks = [asyncio.create_task(each) for each in loops]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _quiet(config: Config) -> Config:
    """Return the settings for a command whose output is its answer: the log speaks of trouble only."""
    return config if config.nutgraf_log == "debug" else config.model_copy(update={"nutgraf_log": "error"})
