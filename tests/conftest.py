"""What every test gets: no network but loopback, and no deadline."""

import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import structlog
from hypothesis import settings

from bot.desk import Desk, House
from bot.errors import GaveUp
from bot.fetch import Fetched, Fetcher
from bot.index import Index
from bot.ingest import Ingester
from bot.model import Entry, Feed
from bot.store import Store, open_store, private
from bot.workers import Workers

settings.register_profile("no deadline", deadline=None)  # an example takes its time on a busy machine
settings.load_profile("no deadline")


class OutsideConnection(AssertionError):
    """A test tried to leave this machine."""


def _refuse_outside(address: Any) -> None:
    if isinstance(address, tuple) and not ip_address(address[0].split("%")[0]).is_loopback:
        raise OutsideConnection(f"a test may connect to loopback only, not to {address[0]}")


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection to another machine before it is made, in this process."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_outside(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_outside(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)


@pytest.fixture(autouse=True)
def own_log() -> None:
    """Let no test's log settings reach another one: the program sets them up once for a whole process."""
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def store_data() -> Iterator[Path]:
    """Yield the data folder of a private store whose server runs as long as this session."""
    data = Path(tempfile.mkdtemp(prefix="store-"))
    seat = private.sit_down(data / "store")
    yield data
    private.stand_up(seat)
    shutil.rmtree(data)


@pytest.fixture
async def store(store_data: Path) -> AsyncIterator[Store]:
    """Yield an open, empty store on the session's real server, its clock at the server's own time."""
    async with open_store(data=store_data) as opened:
        await opened.link.call("FLUSHALL")
        yield opened


# ---------------------------------------------------------------- a newsroom

MORNING = datetime(2025, 4, 1, 6, tzinfo=UTC)
NEWS = (
    (
        "Northern Rail News",
        "Season passes sell out on the harbour line",
        "The rail authority sold 5,200 season passes in March 2025, it said on Monday. It had sold 4,100 season "
        "passes in March 2024. Commuters on the harbour line bought most of them. The authority expects a new "
        "timetable to bring more commuters to the harbour line before the summer.",
    ),
    (
        "Gull Gazette",
        "Commuters rush for season passes",
        "Queues stood round the block at the harbour station. Commuters bought 5,200 season passes in March 2025, "
        "according to the rail authority. A rail union said that trains on the harbour line were full already. "
        "A new timetable is to ease that before the summer, but the union has its doubts about the timetable.",
    ),
    (
        "Gull Gazette",
        "Ebbing flood reaches 340 homes",
        "A burst river bank flooded 340 homes in Ebbing on Monday night, the fire service said. Nobody was hurt. "
        "Pumps will run until Thursday, the fire service said, and the bridge at Ebbing stays closed.",
    ),
)


class NoWeb(Fetcher):
    """A fetcher for entries that carry their whole text."""

    async def fetch(self, url: str, **how: Any) -> Fetched:
        raise GaveUp(f"{url} is not to be fetched")

    async def is_exempt(self, url: str) -> bool:
        return True


@dataclass(frozen=True)
class Newsroom:
    """An open store with filed stories, and the desk that answers from it."""

    store: Store
    desk: Desk
    ingester: Ingester
    feeds: dict[str, Feed]

    async def publish(self, outlet: str, title: str, text: str, at: datetime) -> None:
        """Bring an entry in as a poll would, and file it."""
        feed = self.feeds.get(outlet) or await self.store.feeds.add(
            f"https://{len(self.feeds)}.example/feed", outlet
        )
        self.feeds[outlet] = feed
        link = f"https://{feed.id}.example/{title.replace(' ', '-')}"
        entry = Entry(link, link, title, published_at=at, text_html="".join(f"<p>{text}</p>"))
        await self.store.feeds.commit_poll(None, feed, [entry], at + timedelta(days=30))
        for claim in await self.store.due.articles.take(10, 60):
            await self.ingester.ingest(claim)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(store_data: Path) -> AsyncIterator[Newsroom]:
    """Yield a newsroom with two stories; one for all tests of a module, which must run in the module's loop."""
    async with open_store(data=store_data) as store, NoWeb() as fetcher, Workers() as workers:
        await store.link.call("FLUSHALL")
        await store.set_clock(MORNING)
        with Index() as index:

            async def add(url: str) -> Feed:
                return await store.feeds.add(url, "A feed that was added")

            desk = Desk(store, index, workers, add, House(zone="Europe/London"))
            room = Newsroom(store, desk, Ingester(store, fetcher, workers), {})
            for hours, (outlet, title, text) in enumerate(NEWS):
                await room.publish(outlet, title, text, MORNING - timedelta(hours=9 - hours))
            yield room
