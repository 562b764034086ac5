"""News from files instead of the net: what was given is served by a server of our own on this machine.

A file `HOST/PATH` within a given folder stands for `https://HOST/PATH`, and `HOST/PATH.html` for the page at
`https://HOST/PATH`; that is how `seeds/` is laid out and how `wget --mirror` saves. Any other file has the address
that the server gives it. Nothing else is asked of anybody.
"""

import asyncio
import contextlib
import re
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from types import TracebackType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import loop, parse
from bot.desk import Desk, House
from bot.errors import GaveUp, NutgrafError, UsageError
from bot.fetch import Fetched, Fetcher, Policy
from bot.index import Index
from bot.ingest import Ingester
from bot.model import Feed, Parsed
from bot.poll import Poller
from bot.poll.add import add_feed
from bot.settle import Settler
from bot.store import Store, open_store
from bot.workers import Workers

HOST_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".rdf": "application/rdf+xml",
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".json": "application/feed+json",
}
LARGEST_BYTES = 16 * 1024 * 1024
"""So much of a file is read: more than the fetcher accepts, so that a larger one is refused as on the net."""
FEW_ARTICLES = 100
"""So few are filed one by one: the same feeds always give the same briefing. More are filed side by side."""
SLOTS = 4
LEASE_SECONDS = 600
GLANCE_SECONDS = 0.05
SETTLED_WITHIN = timedelta(minutes=1)
PATIENCE_SECONDS = 45.0
"""Longer than any one article can take: what is left after that keeps failing, and the briefing goes without."""
NO_FEEDS = frozenset({".html", ".htm", ".txt", ".md", ".opml", ".css", ".js", ".png", ".jpg", ".gif", ".svg"})


@dataclass(frozen=True, slots=True)
class Given:
    """What to read: `files` by the path at which our server offers them, `feeds` those of them that may be feeds,
    and `urls` of feeds elsewhere.
    """

    files: dict[str, Path]
    feeds: tuple[str, ...]
    urls: tuple[str, ...] = ()


def seeds() -> Path:
    """Return the folder of the sample feeds: in a checkout beside the package, in an installation within it."""
    inside = Path(__file__).parent / "seeds"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "seeds"


def gather(words: Sequence[str]) -> Given:
    """Return what files, folders and URLs hold; without any, what the sample feeds hold.

    Raises:
        UsageError: A word is none of these, or nothing among them can be a feed.

    """
    files: dict[str, Path] = {}
    urls = tuple(word for word in words if word.startswith(("http://", "https://")))
    for number, word in enumerate(words or [str(seeds())], start=1):
        if word not in urls:
            files.update(_offered(Path(word), number))
    feeds = tuple(path for path, file in files.items() if file.suffix.lower() not in NO_FEEDS)
    if not feeds and not urls:
        raise UsageError(f"There is no feed in {' '.join(words)}. Give feed files, a folder of them, or URLs.")
    return Given(files, feeds, urls)


def _offered(given: Path, number: int) -> Iterator[tuple[str, Path]]:
    """Yield each file with its path on our server, which begins with its host's name or else with `number`."""
    if given.is_file():
        yield f"/{number}/{given.name}", given
    elif given.is_dir():
        root = given.parent if HOST_NAME.fullmatch(given.resolve().name) else given
        for file in sorted(given.rglob("*")):
            inside = file.relative_to(root)
            if file.is_file() and not any(part.startswith(".") for part in inside.parts):
                hosted = len(inside.parts) > 1 and HOST_NAME.fullmatch(inside.parts[0])
                yield f"/{inside.as_posix()}" if hosted else f"/{number}/{inside.as_posix()}", file
    else:
        raise UsageError(f"There is no file, folder or URL “{given}”. Give feed files, a folder of them, or URLs.")


class Origin:
    """A web server on this machine that offers the given files; entering starts it, leaving stops it."""

    def __init__(self, files: dict[str, Path]) -> None:
        self._hosts = {path.split("/")[1] for path in files}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler, bind_and_activate=False)
        self._server.files = files  # type: ignore[attr-defined]  # the library's own way to hand things to a handler
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> "Origin":
        """Listen on a free port."""
        self._server.server_bind()
        self._server.server_activate()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def root(self) -> str:
        """The address of the server, without a path."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def url_of(self, path: str) -> str:
        """Return the URL that a file is known by: that of the host it stands for, or our server's."""
        host, _, rest = path.removeprefix("/").partition("/")
        return f"https://{host}/{quote(rest)}" if HOST_NAME.fullmatch(host) else self.root + quote(path)

    def address_of(self, url: str) -> str | None:
        """Return where on our server a URL is asked for; None if nothing of its host was given."""
        if url.startswith(f"{self.root}/"):
            return url
        parts = urlsplit(url)
        return f"{self.root}/{parts.hostname}{parts.path}" if parts.hostname in self._hosts else None


def find(files: dict[str, Path], path: str) -> Path | None:
    """Return the file that a path stands for: itself, its page, or the index of its folder."""
    return files.get(path) or files.get(f"{path}.html") or files.get(f"{path.rstrip('/')}/index.html")


def read(file: Path) -> bytes:
    """Return what a file holds, as far as a feed may reach; nothing if it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_BYTES)
    except OSError:
        return b""


class _Handler(BaseHTTPRequestHandler):
    server_version = "nutgraf-demo"

    def do_GET(self) -> None:
        """Answer with the file, or 404. A file that went away is empty; who hangs up early needs no answer."""
        file = find(self.server.files, unquote(urlsplit(self.path).path))  # type: ignore[attr-defined]  # see Origin
        with contextlib.suppress(OSError):
            if file is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            body = read(file)
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", CONTENT_TYPES.get(file.suffix.lower(), "application/xml"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing: the demo shows its own progress."""


# ---------------------------------------------------------------- the newsroom


class LocalFetcher(Fetcher):
    """A fetcher that asks our server in place of every host, and nobody else."""

    def __init__(self, origin: Origin) -> None:
        super().__init__(Policy(allowed_networks=(ip_network("127.0.0.1/32"),)))
        self._origin = origin

    async def fetch(self, url: str, **how: Any) -> Fetched:
        """Return what our server offers for `url`, as if its host had answered.

        Raises:
            GaveUp: Nothing of that host was given.

        """
        address = self._origin.address_of(url)
        if address is None:
            raise GaveUp(f"{url} was not given, so it is not fetched")
        return replace(await super().fetch(address, **how), url=url)

    async def is_exempt(self, url: str) -> bool:
        """Whether requests need no spacing: none does."""
        return True


async def newest(bodies: Iterable[bytes], workers: Workers, now: datetime) -> datetime:
    """Return the time of the newest entry of all these feeds that is not in the future; `now` if none is dated."""
    dates = await asyncio.gather(*(_dates(body, workers) for body in bodies))
    return max((date for found in dates for date in found if date <= now), default=now)


async def _dates(body: bytes, workers: Workers) -> list[datetime]:
    parsed: Parsed | parse.NotFeed | None = parse.parse(body)
    if parsed is None:
        try:
            parsed = await workers.run(parse.parse_leniently, body)
        except GaveUp:
            return []
    entries = parsed.entries if isinstance(parsed, Parsed) else ()
    return [date for entry in entries for date in (entry.published_at, entry.updated_at) if date]


# ---------------------------------------------------------------- the whole journey


async def run(words: Sequence[str], talk: Callable[[Desk], Awaitable[None]], policy: Policy | None = None) -> None:
    """Read what was given into a private store in a temporary folder, and let `talk` ask the desk about it.

    URLs among the words are fetched as `policy` allows; nothing else on the net is.

    Raises:
        UsageError: Nothing was given that can be read.

    """
    given = gather(words)
    with TemporaryDirectory(prefix="nutgraf-") as folder, Origin(given.files) as origin, Index() as index:
        async with (
            open_store(data=Path(folder)) as store,
            LocalFetcher(origin) as local,
            Fetcher(policy or Policy()) as web,
            Workers() as workers,
        ):
            await _read(given, Reading(store, workers, local, web, origin))
            await talk(Desk(store, index, workers, _no_more, House()))


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the given feeds takes."""

    store: Store
    workers: Workers
    local: LocalFetcher
    web: Fetcher
    origin: Origin


async def _read(given: Given, reading: Reading) -> None:
    """Set the clock, poll every feed, file every article; say how far it is.

    The clock stands at the newest entry at the beginning and again at the end; with feeds from the net it is left.
    """
    now = await reading.store.now()
    bodies = (read(given.files[path]) for path in given.feeds)
    at = None if given.urls else await newest(bodies, reading.workers, now)
    await reading.store.set_clock(at)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        await _poll(given, reading, progress)
        await _file(reading, progress)
        await Settler(reading.store).settle_now(SETTLED_WITHIN)
    await reading.store.set_clock(at)


async def _poll(given: Given, reading: Reading, progress: Progress) -> None:
    """Poll every feed once, in order; what is no feed is named and left out."""
    local = ((str(given.files[path]), reading.origin.url_of(path), reading.local) for path in given.feeds)
    feeds = (*local, *((url, url, reading.web) for url in given.urls))
    bar = progress.add_task("Reading feeds", total=len(feeds))
    for name, url, fetcher in feeds:
        try:
            await add_feed(Poller(reading.store, fetcher, reading.workers), url)
        except NutgrafError as error:
            progress.console.print(f"{name} is left out: {error}", markup=False, highlight=False, soft_wrap=True)
        progress.advance(bar)
    if not await reading.store.feeds.all():
        raise UsageError("None of what was given is a feed that can be read. Give feed files, folders or URLs.")


async def _file(reading: Reading, progress: Progress) -> None:
    """File every article that was found, in the order of publication, as they would have come in."""
    store = reading.store
    total = await _put_in_order(store)
    bar = progress.add_task("Filing articles", total=total)
    ingester = Ingester(store, reading.local, reading.workers)
    pace = loop.Pace(slots=1 if total <= FEW_ARTICLES else SLOTS)
    filing = asyncio.create_task(loop.work(store, store.due.articles, ingester.ingest, pace))
    try:
        async for left in _shrinking(store, filing):
            progress.update(bar, completed=total - left)
    finally:
        filing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await filing


async def _shrinking(store: Store, filing: asyncio.Task[None]) -> AsyncIterator[int]:
    """Yield how many articles are left, until none is or nothing has moved for long."""
    left, moved_at = await store.due.articles.size(), monotonic()
    while left and not filing.done() and monotonic() - moved_at < PATIENCE_SECONDS:
        await asyncio.wait((filing,), timeout=GLANCE_SECONDS)
        before, left = left, await store.due.articles.size()
        moved_at = moved_at if left == before else monotonic()
        yield left


async def _put_in_order(store: Store) -> int:
    """Make every waiting article due at its publication, and return how many there are."""
    due, now = store.due.articles, await store.now()
    claims = await due.take(await due.size(), LEASE_SECONDS)
    for claim in claims:
        pending = await store.articles.load_entry(claim.member)
        published_at = pending.entry.published_at if pending else None
        await due.done(claim, min(published_at or now, now))
    return len(claims)


async def _no_more(url: str) -> Feed:
    raise UsageError(f"The demo reads only what it was given. Say `nutgraf add {url}` in your shell to read it.")
