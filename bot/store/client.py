"""The only place that builds Redis clients: no silent repeats, a limit to every wait, and a way back.

A call whose answer was lost is repeated by us alone, once the server answers again, and only because every script
may be repeated: it is fenced by a claim, knows its operation, or sets what was set already.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import structlog
from hiredis import pack_command
from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import MasterNotFoundError, Sentinel
from redis.backoff import NoBackoff

from bot.errors import StoreAway, UsageError

T = TypeVar("T")
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
MOST_CONNECTIONS = 8
"""Each carries all that is asked at one moment, so a few serve hundreds of callers."""

PATIENCE_SECONDS = 5.0  # how long one call waits for a server that went away
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 1.28
OLDEST = (7, 0)
AWAY = (
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.ReadOnlyError,
    exceptions.OutOfMemoryError,
    OSError,
    asyncio.TimeoutError,
)
SCHEMES = ("redis", "rediss", "unix", "redis+sentinel")

log = structlog.get_logger()


def build(url: str, *, answer_seconds: float | None) -> Redis:
    """Return a client that repeats nothing by itself and waits at most so long for an answer (None: for ever).

    Raises:
        UsageError: The URL is none that we know.

    """
    settings: dict[str, Any] = {
        "retry": Retry(NoBackoff(), 0),
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": answer_seconds,
        "driver_info": None,
        "protocol": 2,
        "encoding_errors": "surrogatepass",
    }
    scheme = urlsplit(url).scheme
    if scheme not in SCHEMES:
        raise UsageError(
            f"REDIS_URL must begin with redis://, rediss://, unix:// or redis+sentinel://, not “{scheme}”."
        )
    try:
        if scheme == "redis+sentinel":
            return _from_sentinel(url, settings)
        return Redis.from_url(url, **settings)
    except ValueError as error:
        raise UsageError(f"REDIS_URL cannot be read: {error}.") from error


async def shut(client: Redis) -> None:
    """Close every connection of a client, those to Sentinel too."""
    await client.aclose()
    watch = getattr(client.connection_pool, "sentinel_manager", None)
    for sentinel in watch.sentinels if watch else ():
        await sentinel.aclose()


def _from_sentinel(url: str, settings: dict[str, Any]) -> Redis:
    """`redis+sentinel://[user:password@]host:port,host:port/service[/database]`."""
    parts = urlsplit(url)
    service, _, database = parts.path.strip("/").partition("/")
    if not service:
        raise UsageError("REDIS_URL names no Sentinel service: redis+sentinel://host:port,host:port/SERVICE/0.")
    login, _, hosts = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    addresses = [
        (host or "localhost", int(port or 26379)) for host, _, port in (h.partition(":") for h in hosts.split(","))
    ]
    sentinel = Sentinel(addresses, sentinel_kwargs=settings, **settings)  # type: ignore[no-untyped-call]  # redis-py
    master: Redis = sentinel.master_for(
        service, db=int(database or 0), username=unquote(user) or None, password=unquote(password) or None
    )
    return master


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, packed, that waits to be taken to the server, and who waits for its answer."""

    name: str
    packed: bytes
    answer: asyncio.Future[Any]


class Link:
    """The connection of one store: runs commands and scripts, and finds the way back when the server went away."""

    def __init__(self, url: str, revive: Callable[[], None] | None = None) -> None:
        self.url = url
        self._redis: Any = build(url, answer_seconds=None)  # a trip ends its waits; its methods carry no types
        self._revive = revive
        self._asked: list[Asked] = []
        self._trips: set[asyncio.Task[None]] = set()
        self._lanes = asyncio.Semaphore(MOST_CONNECTIONS)
        self._idle: list[Any] = []  # connections, those that were cut off too: they connect again
        self._returning = asyncio.Lock()
        self._said = False

    async def call(self, *words: Any) -> Any:
        """Return the answer to a command that only reads, or may be repeated. Raises StoreAway."""
        return await self.repeatable(lambda again: self.ask(*words))

    async def run(self, script: str, *arguments: Any) -> Any:
        """Return the answer of a script that may be repeated. Raises StoreAway."""
        return await self.repeatable(lambda again: self.once(script, *arguments))

    async def once(self, script: str, *arguments: Any) -> Any:
        """Return the answer of a script; the caller sees the connection's errors."""
        text, digest = source(script)
        try:
            return await self.ask("EVALSHA", digest, 0, *arguments)
        except exceptions.NoScriptError:
            return await self.ask("EVAL", text, 0, *arguments)

    async def ask(self, *words: Any) -> Any:
        """Return the answer to a command; the caller sees the connection's errors.

        What is asked at one moment shares one trip to the server, which costs a fifth of a trip for each.
        """
        asked = Asked(words[0], _packed(words), asyncio.get_running_loop().create_future())
        self._asked.append(asked)
        if len(self._asked) == 1:
            trip = asyncio.create_task(self._trip())
            self._trips.add(trip)
            trip.add_done_callback(self._trips.discard)
        return await asked.answer

    async def _trip(self) -> None:
        """Take along all that is asked by now; everybody gets an answer, or what went wrong."""
        asked: list[Asked] = []
        try:
            async with self._lanes:
                asked, self._asked = self._asked, asked
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self._carry(asked)
        except Exception as error:  # whoever asked sees it
            for one in asked:
                if not one.answer.done():
                    one.answer.set_exception(error)

    async def _carry(self, asked: Sequence[Asked]) -> None:
        connection = self._idle.pop() if self._idle else self._redis.connection_pool.make_connection()
        try:
            if not connection.is_connected:
                await connection.connect()
            await connection.send_packed_command([one.packed for one in asked])
            for one in asked:
                await self._hear(connection, one)
        except BaseException:
            await connection.disconnect(nowait=True)  # its next answer would be somebody else's
            raise
        finally:
            self._idle.append(connection)

    async def _hear(self, connection: Any, one: Asked) -> None:
        """Hand on the next answer, to nobody if who asked has gone."""
        try:
            told = await self._redis.parse_response(connection, one.name)
        except exceptions.ResponseError as error:
            if not one.answer.done():
                one.answer.set_exception(error)
        else:
            if not one.answer.done():
                one.answer.set_result(told)

    async def repeatable(self, act: Callable[[bool], Awaitable[T]]) -> T:
        """Return what `act` answers; it is told whether it is repeated.

        Raises:
            StoreAway: It was cut off however often it was tried, for as long as one call waits.

        """
        try:
            return await act(False)
        except AWAY:
            deadline, pause = asyncio.get_running_loop().time() + PATIENCE_SECONDS, 0.0
        while True:
            await self.back(deadline - asyncio.get_running_loop().time())
            await asyncio.sleep(pause)
            try:
                return await act(True)
            except AWAY as error:
                if asyncio.get_running_loop().time() > deadline:
                    raise StoreAway(f"The store at {self.place} does not serve us: {_why(error)}") from error
                pause = max(FIRST_PAUSE_SECONDS, pause * 2)

    async def back(self, patience_seconds: float | None = None) -> None:
        """Return when the server answers, starting a private one again if it died.

        Raises:
            StoreAway: It did not within `patience_seconds` (None: wait as long as it takes).

        """
        try:
            async with asyncio.timeout(patience_seconds), self._returning:
                await self._until_it_answers()
        except TimeoutError as error:
            raise StoreAway(f"the store at {self.place} does not answer") from error

    async def _until_it_answers(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while error := await self._absence():
            if pause == LONGEST_PAUSE_SECONDS and not self._said:
                log.warning("waiting for the store", store=self.place, error=_why(error))
                self._said = True
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_SECONDS, pause * 2)
        if self._said:
            log.warning("the store is back", store=self.place)
            self._said = False

    async def _absence(self) -> Exception | None:
        try:
            if self._revive:
                await asyncio.to_thread(self._revive)
            await self.ask("PING")
        except (*AWAY, UsageError) as error:
            return error
        return None

    @property
    def place(self) -> str:
        """Where the store is, without its password."""
        return self.url.rpartition("@")[2]

    def blocking(self, longest_seconds: float | None = None) -> Redis:
        """Return a client for reads that block up to so long (None: for ever), on connections of its own."""
        return build(self.url, answer_seconds=longest_seconds and longest_seconds + ANSWER_SECONDS)

    async def close(self) -> None:
        """Close every connection."""
        for trip in self._trips:
            trip.cancel()
        await asyncio.gather(*self._trips, *(one.disconnect() for one in self._idle), return_exceptions=True)
        await shut(self._redis)


def _packed(words: Any) -> bytes:
    """A command as the server reads it, with a stranger's half of a surrogate pair as it came."""
    packed: bytes
    try:
        packed = pack_command(words)
    except UnicodeEncodeError:
        encoded: Any = (word.encode(errors="surrogatepass") if isinstance(word, str) else word for word in words)
        packed = pack_command(tuple(encoded))
    return packed


def _why(error: Exception) -> str:
    """Return what is wrong, in words that say what to do where the server's do not."""
    if isinstance(error, MasterNotFoundError):  # its own words show our settings, the password among them
        return "no Sentinel there names a primary"
    if isinstance(error, exceptions.OutOfMemoryError):
        return "it is full; raise its maxmemory, what it holds is kept"
    return str(error)


def _lua(name: str) -> str:
    return (Path(__file__).parent / f"{name}.lua").read_text(encoding="utf-8")


@cache
def source(script: str) -> tuple[str, str]:
    """Return a script with what stands before it, and its digest."""
    texts = [_lua("prelude"), _lua(script)]
    texts[1:1] = [_lua(line[4:]) for line in texts[1].splitlines() if line.startswith("--@ ")]
    text = "\n".join(texts)
    return text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


async def reach(link: Link) -> None:
    """Return if the server answers; whoever names a server wants to hear at once that it does not.

    Raises:
        UsageError: It cannot be reached, or refuses us.

    """
    try:
        await link.ask("PING")
    except (*AWAY, exceptions.RedisError) as error:
        if isinstance(error.__cause__ or error, exceptions.AuthenticationError):
            raise UsageError(f"The store at {link.place} refuses our user or password; mend REDIS_URL.") from error
        raise UsageError(
            f"The store at {link.place} cannot be reached ({_why(error)}); start it, mend REDIS_URL, or leave "
            "REDIS_URL empty to use the private store."
        ) from error


async def check(link: Link) -> None:
    """Refuse a server that would lose what we store, with a sentence that says what to do.

    Raises:
        UsageError: It is too old, a cluster, a replica, or set to evict keys.

    """
    facts = {str(name): str(value) for name, value in (await link.call("INFO")).items()}
    if fault := unfit(facts):
        raise UsageError(f"The store at {link.place} {fault}")
    if facts.get("aof_enabled") != "1":
        log.warning("the store keeps no append-only file; a crash may lose minutes of work", store=link.place)


def unfit(facts: dict[str, str]) -> str:
    """Return the end of a sentence saying why a server with these facts will not do; empty if it will."""
    version = facts.get("redis_version", "0.0")
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        return f"is Redis {version}; Nutgraf needs Redis 7.0 or newer, or Valkey."
    if facts.get("redis_mode", facts.get("server_mode")) == "cluster":
        return "is a Cluster; Nutgraf needs one primary, because its commits span many keys."
    if facts.get("role") != "master":
        return "is a replica; point REDIS_URL at the primary or at Sentinel."
    if facts.get("maxmemory_policy") != "noeviction":
        return (
            f"may evict keys (maxmemory-policy {facts.get('maxmemory_policy')}), which would lose stories "
            "and send briefings twice; run CONFIG SET maxmemory-policy noeviction there."
        )
    return ""
