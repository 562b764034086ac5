"""News from files instead of the net: what was given is served by a server of our own on this machine.

A file `HOST/PATH` within a given folder stands for `https://HOST/PATH`, and `HOST/PATH.html` for the page at
`https://HOST/PATH`; that is how `seeds/` is laid out and how `wget --mirror` saves. Any other file has the address
that the server gives it. Nothing else is asked of anybody.
"""

import asyncio
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from bot import parse
from bot.errors import GaveUp, UsageError
from bot.fetch import Fetched, Fetcher, Policy
from bot.model import Parsed
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


class _Handler(BaseHTTPRequestHandler):
    server_version = "nutgraf-demo"

    def do_GET(self) -> None:
        """Answer with the file, or 404."""
        file = find(self.server.files, unquote(urlsplit(self.path).path))  # type: ignore[attr-defined]  # see Origin
        if file is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = file.read_bytes()
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
