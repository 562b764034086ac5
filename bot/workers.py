"""Worker processes for whatever reads strangers' bytes: limited, one job at a time, expendable (rule S7).

A worker is a fresh Python that imports nothing of the bot but this file and the job's own module. Jobs go to it as
pickles; its answers are read by an unpickler that builds our own frozen values and nothing else, because a worker
that met hostile input is a stranger too. A process pool would not do: it breaks every pending job when one of its
processes is killed, and its CPU limit would count all jobs together.
"""

import asyncio
import io
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeVar

from bot.errors import GaveUp, UsageError

T = TypeVar("T")

STARTS = 3
CPU_SECONDS = 5  # set in whole seconds of the process, so a job gets 4 to 5
MEMORY_BYTES = 512 * 1024 * 1024
LARGEST_ANSWER = 64 * 1024 * 1024

_HEADER = struct.Struct(">I")
_TAKEN = b"taken"
_BOOTSTRAP = "import sys; sys.path[:] = {path!r}; from bot import workers; workers.serve()"
_KEPT_ENVIRONMENT = (
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "PATH",
    "TMPDIR",
    "TZ",
    "XDG_CACHE_HOME",
)
_HARMLESS = {kind.__name__: kind for kind in (date, datetime, time, timedelta, timezone)}
_RAISED = {kind.__name__: kind for kind in (GaveUp, UsageError)}


# ---------------------------------------------------------------- the bot's side


class Workers:
    """Runs jobs in worker processes: started on demand, at most `limit` at once, retired after `idle_seconds`.

    A job is a module-level function; its arguments must pickle, and its answer be made of plain values and our own
    frozen dataclasses. Its module may name what the job imports itself in `WORKER_IMPORTS`, a tuple of module
    names: these are loaded before the limits of the job begin to count.
    """

    def __init__(self, limit: int = 2, idle_seconds: float = 60, timeout_seconds: float = 30) -> None:
        self._slots = asyncio.Semaphore(limit)
        self._idle_seconds = idle_seconds
        self._timeout_seconds = timeout_seconds
        self._idle: list[_Worker] = []
        self._retiring: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run(self, job: Callable[..., T], *args: object) -> T:
        """Return what `job(*args)` returns in a worker.

        Raises GaveUp when the job raised, outgrew its memory, CPU time or wall-clock time, or killed its worker.
        """
        request = pickle.dumps((job.__module__, job.__qualname__, args, self._timeout_seconds))
        name = f"{job.__module__}.{job.__qualname__}"
        try:
            async with self._slots:
                answer = await self._answer(request)
        except TimeoutError as error:
            raise GaveUp(f"{name} took too long and was stopped") from error
        except (asyncio.IncompleteReadError, OSError) as error:
            raise GaveUp(f"{name} ended its worker: too much memory or processor time") from error
        return _open_answer(name, answer)  # type: ignore[no-any-return]  # the job's own return type

    async def close(self) -> None:
        """End every worker and wait until it is gone."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(worker.end() for worker in idle), *self._retiring)

    async def _answer(self, request: bytes) -> bytes:
        for _ in range(STARTS):
            worker = await self._take()
            try:
                async with asyncio.timeout(self._timeout_seconds):
                    answer = await worker.ask(request)
            except _NotTaken:
                await worker.kill()
            except BaseException:
                await worker.kill()
                raise
            else:
                self._give_back(worker)
                return answer
        raise GaveUp("worker processes do not start")

    async def _take(self) -> "_Worker":
        while self._idle:
            worker = self._idle.pop()
            worker.rest.cancel()
            if worker.alive:
                return worker
            await worker.end()
        return await _Worker.start()

    def _give_back(self, worker: "_Worker") -> None:
        worker.rest = asyncio.get_running_loop().call_later(self._idle_seconds, self._retire, worker)
        self._idle.append(worker)

    def _retire(self, worker: "_Worker") -> None:
        self._idle.remove(worker)
        task = asyncio.get_running_loop().create_task(worker.end())
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)


class _NotTaken(Exception):
    """The worker was gone before it read the job: another one may have it."""


class _Worker:
    """One worker process and the pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._stdin: asyncio.StreamWriter = process.stdin  # type: ignore[assignment]  # it was asked for: PIPE
        self._stdout: asyncio.StreamReader = process.stdout  # type: ignore[assignment]  # it was asked for: PIPE
        self.rest = asyncio.get_running_loop().call_later(0, lambda: None)

    @classmethod
    async def start(cls) -> Self:
        """Return a new worker; it knows our import path and none of our secrets."""
        kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _BOOTSTRAP.format(path=[entry or str(Path.cwd()) for entry in sys.path]),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
        )
        return cls(process)

    @property
    def alive(self) -> bool:
        """Whether the process has not ended yet, as far as we know."""
        return self._process.returncode is None

    async def ask(self, request: bytes) -> bytes:
        """Return the worker's answer to a request."""
        try:
            self._stdin.write(_HEADER.pack(len(request)) + request)
            await self._stdin.drain()
            await self._read()
        except (OSError, asyncio.IncompleteReadError) as error:
            raise _NotTaken from error
        return await self._read()

    async def _read(self) -> bytes:
        (size,) = _HEADER.unpack(await self._stdout.readexactly(_HEADER.size))
        if size > LARGEST_ANSWER:
            raise GaveUp(f"a worker's answer of {size} bytes is too large")
        return await self._stdout.readexactly(size)

    async def end(self) -> None:
        """Let the worker see the end of its pipe, and wait until it is gone."""
        self.rest.cancel()
        self._stdin.close()
        try:
            async with asyncio.timeout(2):
                await self._process.wait()
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """Kill the worker and wait until it is gone."""
        self.rest.cancel()
        if self.alive:
            self._process.kill()
        self._stdin.close()
        await self._process.wait()


def _open_answer(name: str, answer: bytes) -> Any:
    try:
        raised, value = _Unpickler(io.BytesIO(answer)).load()
    except Exception as error:
        raise GaveUp(f"{name} answered what we do not read") from error
    if raised:
        raise _RAISED.get(str(raised), GaveUp)(str(value))
    return value


class _Unpickler(pickle.Unpickler):
    """Builds plain values, dates, and the frozen dataclasses and enums of modules we have loaded ourselves."""

    def find_class(self, module: str, name: str) -> Any:
        """Return the class a pickle names, if it is one of ours."""
        if module == "datetime" and name in _HARMLESS:
            return _HARMLESS[name]
        if module == "builtins" and name in {"set", "frozenset", "bytearray"}:
            return {"set": set, "frozenset": frozenset, "bytearray": bytearray}[name]
        found = (
            getattr(sys.modules.get(module), name, None) if module.startswith(("bot.", "summarizer.")) else None
        )
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is not for a worker to send")


# ---------------------------------------------------------------- the worker's side


def serve() -> None:
    """Answer jobs from standard input until it ends. Whatever a library prints goes nowhere."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    allowance = Allowance(_address_space() + MEMORY_BYTES)
    while (request := _read_frame(requests)) is not None:
        _write_frame(answers, _TAKEN)
        _write_frame(answers, answer(request, allowance))


class Allowance:
    """The limits of a worker: memory over what its imports need, and CPU time for each job anew."""

    def __init__(self, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes

    def load(self, module_name: str) -> Any:
        """Return a job's module, its imports made, with the memory they need added to the limit."""
        signal.alarm(0)
        before = _address_space()
        self._set(resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        module = import_module(module_name)
        for name in getattr(module, "WORKER_IMPORTS", ()):
            import_module(name)
        self._memory_bytes += _address_space() - before
        return module

    def begin(self, timeout_seconds: float) -> None:
        """Start counting for one job. The alarm ends a sleeping job whose bot was killed."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        self._set(int(usage.ru_utime + usage.ru_stime) + CPU_SECONDS, self._memory_bytes)
        signal.alarm(int(timeout_seconds) + 1)

    def end(self) -> None:
        """Stop counting."""
        signal.alarm(0)

    def _set(self, cpu_seconds: int, memory_bytes: int) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, resource.RLIM_INFINITY))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.RLIM_INFINITY))


def answer(request: bytes, allowance: Allowance) -> bytes:
    """Return the framed outcome of one job: what it returned, or the kind and text of what it raised."""
    module_name, name, args, timeout_seconds = pickle.loads(request)  # noqa: S301 - from our own parent
    try:
        job = getattr(allowance.load(module_name), name)
        allowance.begin(timeout_seconds)
        outcome = pickle.dumps(("", job(*args)), protocol=5)
    except (GaveUp, UsageError) as error:
        outcome = pickle.dumps((type(error).__name__, str(error)))
    except MemoryError:
        raise  # and so end this worker: its libraries may be in any state now
    except Exception as error:  # the text may quote a stranger's bytes, so only the kind is told
        outcome = pickle.dumps(("GaveUp", f"{module_name}.{name} failed with {type(error).__name__}"))
    finally:
        allowance.end()
    return outcome


def _read_frame(stream: BinaryIO) -> bytes | None:
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    (size,) = _HEADER.unpack(header)
    request = stream.read(size)
    return request if len(request) == size else None


def _write_frame(stream: BinaryIO, payload: bytes) -> None:
    stream.write(_HEADER.pack(len(payload)) + payload)
    stream.flush()


def _address_space() -> int:
    if sys.platform != "linux":
        return 0
    pages = Path("/proc/self/statm").read_text().split()[0]
    return int(pages) * resource.getpagesize()
