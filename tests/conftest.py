"""What every test gets: no network but loopback."""

import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from bot.store import Store, open_store, private


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
