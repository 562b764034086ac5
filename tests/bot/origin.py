"""A scripted origin: a real HTTP server on a free port that answers byte for byte what a test wrote."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Request:
    """One request as it arrived: header names in lower case, values as sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    raw: bytes
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """One answer. Headers are raw lines; without a length of their own they get the body's."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[bytes | str, bytes | str], ...] = ()
    chunks: Callable[[], AsyncIterator[bytes]] | None = None
    before: Callable[[], Awaitable[object]] | None = None

    def head(self) -> bytes:
        lines = [f"HTTP/1.1 {self.status} Scripted".encode()]
        lines += [_bytes(name) + b": " + _bytes(value) for name, value in self.headers]
        names = {_bytes(name).lower() for name, _ in self.headers}
        if b"content-length" not in names and self.chunks is None:
            lines.append(f"Content-Length: {len(self.body)}".encode())
        if b"connection" not in names:
            lines.append(b"Connection: close")
        return b"\r\n".join(lines) + b"\r\n\r\n"


Script = Answer | bytes | Callable[[Request], Answer | bytes]


@dataclass
class Origin:
    """The server: `pages` is what it answers, `requests` what it was asked, `most_at_once` how crowded it was."""

    port: int = 0
    scheme: str = "http"
    pages: dict[str, Script] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    now: int = 0
    most_at_once: int = 0

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            raw = await reader.readuntil(b"\r\n\r\n")
            self.now += 1
            self.most_at_once = max(self.most_at_once, self.now)
            try:
                request = _request(raw)
                body = await reader.readexactly(int(request.headers.get("content-length", "0")))
                await self._answer(replace(request, body=body), writer)
            finally:
                self.now -= 1
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> None:
        self.requests.append(request)
        script = self.pages.get(request.target, Answer(status=404))
        answer = script(request) if callable(script) else script
        if isinstance(answer, bytes):
            writer.write(answer)
            return
        if answer.before is not None:
            await answer.before()
        writer.write(answer.head() + answer.body)
        if answer.chunks is not None:
            async for chunk in answer.chunks():
                writer.write(chunk)
                await writer.drain()
        await writer.drain()


@asynccontextmanager
async def serving(
    pages: Mapping[str, Script] | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Origin]:
    """Yield a running origin."""
    origin = Origin(pages=dict(pages or {}), scheme="https" if tls else "http")
    server = await asyncio.start_server(origin.serve, "127.0.0.1", 0, ssl=tls)
    origin.port = server.sockets[0].getsockname()[1]
    try:
        yield origin
    finally:
        server.close()


def _request(raw: bytes) -> Request:
    lines = raw.decode("utf-8", "surrogateescape").split("\r\n")
    method, target, _ = lines[0].split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
    return Request(method, target, headers, raw)


def _bytes(value: bytes | str) -> bytes:
    return value if isinstance(value, bytes) else value.encode()
