"""The only way out to the web: an address -> what its server answered, within limits, and never to a private host.

Every hop is checked like a first address, bodies are read against the limits of rule S4 while they arrive, and
what may not be fetched is refused before a socket is opened.
"""

import asyncio
import contextlib
import errno
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from time import monotonic
from typing import Self

import aiohttp
from yarl import URL

from bot.errors import GaveUp, RetryLater, UsageError
from bot.fetch import addresses
from bot.fetch.addresses import Guard, Network, Refused
from bot.fetch.answers import Fetched, answered, is_redirect, target
from bot.fetch.bodies import Body
from bot.fetch.connector import GuardedConnector
from bot.fetch.verbatim import VerbatimRequest

__all__ = ["FEED_TYPES", "PAGE_TYPES", "Fetched", "Fetcher", "Policy", "addresses"]

CONNECT_SECONDS = 10
FIRST_BYTE_SECONDS = 15
TOTAL_SECONDS = 30
LARGEST_HEADERS = 32 * 1024
MOST_REDIRECTS = 5
EXEMPT_SECONDS = 60
"""So long it is remembered that a host lies in the operator's networks: this decides on spacing, not on access."""
MOST_EXEMPT = 10_000
MANY_MISSED = 5
"""When so many hosts in a row, and none between, cannot be reached, it is the network that is down, not they."""
_NETWORK_DOWN = frozenset({socket.EAI_AGAIN, errno.ENETUNREACH, errno.ENETDOWN})

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

Enter = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Policy:
    """How we appear and where we may go.

    `contact` is what publishers find in the User-Agent header: a page, an address or both (`page; address`).
    """

    allowed_networks: tuple[Network, ...] = ()
    contact: str = ""
    version: str = "0"
    denied_hosts: frozenset[str] = frozenset()

    def denies(self, host: str) -> bool:
        """Whether the operator wants nothing from a host, or from a domain it lies in (P22)."""
        labels = host.lower().split(".")
        return any(".".join(labels[place:]) in self.denied_hosts for place in range(len(labels)))

    def user_agent(self, subscribers: int = 1) -> str:
        """Return the User-Agent of rule P18."""
        stated = [part.strip() for part in self.contact.split(";") if part.strip()] or ["self-hosted"]
        parts = [f"+{part}" if part.startswith(("http://", "https://")) else part for part in stated]
        return f"Nutgraf/{self.version} ({'; '.join(parts)}; {subscribers} subscriber{'s' * (subscribers != 1)})"


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes a request conditional, byte for byte, and the one URL it is good for (rules P2, P3)."""

    url: str = ""
    etag: str | None = None
    last_modified: str | None = None

    def headers(self, url: str) -> dict[str, str]:
        """Return the conditional headers of a request for `url`."""
        if url != self.url:
            return {}
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in stated.items() if value is not None}


async def _freely(host: str) -> None:
    """Enter a host without waiting: the caller minds its budget himself."""


@dataclass(slots=True)
class Fetcher:
    """Fetches; an async context manager, one for a process. `tls` is for hosts with an authority of their own."""

    policy: Policy = field(default_factory=Policy)
    tls: ssl.SSLContext | None = None
    _session: aiohttp.ClientSession | None = None
    _exempt: dict[str, tuple[bool, float]] = field(default_factory=dict)
    _missed: set[str] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=GuardedConnector(Guard(self.policy.allowed_networks), self.tls),
            request_class=VerbatimRequest,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        accept: str = FEED_TYPES,
        subscribers: int = 1,
        enter: Enter = _freely,
    ) -> Fetched:
        """Return what the server at the end of at most five redirects answered, whatever its status.

        `enter` is awaited with each host of the chain before the first request to it.

        Raises:
            UsageError: The address, or one it leads to, may not be fetched, or its host does not exist.
            RetryLater: The host is out of reach, too slow, or broke off.
            GaveUp: The answer is too large, a bomb, or not readable.

        """
        headers = self._headers(accept, subscribers)
        validators = validators or Validators()
        address, moved, permanent = addresses.url(url), "", True
        entered: set[str] = set()
        seconds_left = float(TOTAL_SECONDS)
        for _ in range(MOST_REDIRECTS + 1):
            if (host := str(address.raw_host)) not in entered:
                if self.policy.denies(host):
                    raise UsageError(
                        f"{host} is on the list of hosts that are not fetched (NUTGRAF_DENIED_HOSTS)."
                    )
                await enter(host)
                entered.add(host)
            began = monotonic()
            found = await self._get(address, headers | validators.headers(str(address)), seconds_left)
            seconds_left -= monotonic() - began
            if not is_redirect(found):
                return found.moved(moved) if moved else found
            permanent = permanent and found.status in {301, 308}
            address = target(found)
            moved = str(address) if permanent else moved
        raise GaveUp(f"{host} redirects more than {MOST_REDIRECTS} times; give the address it ends at")

    async def post(self, url: str, fields: Mapping[str, str], *, enter: Enter = _freely) -> int:
        """Return the status of a form sent to an address; redirects are not followed. Raises as `fetch` does."""
        address = addresses.url(url)
        await enter(str(address.raw_host))
        async with self._asked("POST", address, TOTAL_SECONDS, data=fields) as response:
            return response.status

    def _headers(self, accept: str, subscribers: int) -> dict[str, str]:
        headers = {
            "User-Agent": self.policy.user_agent(subscribers),
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate",
        }
        return headers | {"A-IM": "feed"} if accept == FEED_TYPES else headers

    async def is_exempt(self, url: str) -> bool:
        """Whether a host lies in the operator's own networks, where requests need no spacing."""
        if not self.policy.allowed_networks:
            return False
        host, now = str(URL(url).raw_host), monotonic()
        known, at = self._exempt.get(host, (False, -EXEMPT_SECONDS))
        if now - at >= EXEMPT_SECONDS:
            if len(self._exempt) >= MOST_EXEMPT:
                self._exempt.clear()
            known = await self._lies_in_allowed_networks(host)
            self._exempt[host] = known, now
        return known

    async def _lies_in_allowed_networks(self, host: str) -> bool:
        guard = Guard(self.policy.allowed_networks)
        with contextlib.suppress(ValueError):
            return guard.exempt(ip_address(host))
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except OSError:
            return False
        return all(guard.exempt(ip_address(str(entry[4][0]).partition("%")[0])) for entry in found)

    async def _get(self, address: URL, headers: dict[str, str], seconds_left: float) -> Fetched:
        async with self._asked("GET", address, seconds_left, headers=headers) as response:
            if sum(len(name) + len(value) for name, value in response.raw_headers) > LARGEST_HEADERS:
                raise GaveUp(f"{address.host} sent more than 32 KB of headers; it is not read")
            return answered(str(address), response, await _read(response))

    @asynccontextmanager
    async def _asked(
        self,
        method: str,
        address: URL,
        seconds_left: float,
        *,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Yield the answer to one request; what goes wrong while it is read becomes an error of ours."""
        host = str(address.host)
        if self._session is None or seconds_left <= 0:
            raise RetryLater(f"{host} is too slow: it did not answer in time", 0)
        try:
            async with self._session.request(
                method,
                address,
                headers=headers or {"User-Agent": self.policy.user_agent()},
                data=data,
                allow_redirects=False,
                max_headers=256,
                timeout=_timeout(seconds_left),
            ) as response:
                yield response
        except Refused as error:
            raise UsageError(f"{host} cannot be fetched: {error}.") from error
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise RetryLater(f"{host} {self._fault(host, error)}", 0) from error
        else:
            self._missed.clear()

    def _fault(self, host: str, error: Exception) -> str:
        """Return what is wrong, in words; where host after host cannot be reached, it is our own network."""
        if isinstance(error, aiohttp.ClientConnectorError):
            self._missed.add(host)
            code = error.errno if isinstance(error.errno, int) else 0
            if code in _NETWORK_DOWN or len(self._missed) >= MANY_MISSED:
                return "cannot be reached: the network seems to be down here"
        return next(told for kind, told in _FAULTS if isinstance(error, kind))


def _timeout(seconds_left: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds_left, sock_connect=CONNECT_SECONDS, sock_read=FIRST_BYTE_SECONDS)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    if response.status not in {200, 226}:
        if response.status != 304:  # which has no body, so that its connection can be used again
            response.close()
        return b""
    body = Body(response.headers.getall("Content-Encoding", []), str(response.url.host))
    async for chunk in response.content.iter_any():
        body.add(chunk)
    return body.end()


_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (aiohttp.ClientConnectorDNSError, "is not known: check the spelling of the address"),
    (aiohttp.ClientConnectorCertificateError, "has a certificate that is not valid; its owner has to mend it"),
    (TimeoutError, "is too slow: it did not answer in time"),
    (aiohttp.ClientConnectorError, "cannot be reached: it may be down, or the address may be wrong"),
    (Exception, "broke off its answer, or sent what is no HTTP"),
)
