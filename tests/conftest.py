"""What every test gets: no network but loopback."""

import socket
from ipaddress import ip_address
from typing import Any

import pytest


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
