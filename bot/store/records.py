"""Dataclasses to msgpack and back, guided by the types of their fields.

A record is a map of field names without those that hold their default, so a field may be added or removed
without touching what is stored. Times are seconds since 1970; sets are sorted lists.
"""

import dataclasses
import types
import zlib
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, datetime, time
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgpack

T = TypeVar("T")
Reader = Callable[[Any], Any]
ERRORS = "surrogatepass"
"""A stranger's half of a surrogate pair is stored as it came."""
WINDOW, MEMORY = 13, 7
"""Records and texts are short: for them these compress as well as the greatest, which cost far more to set up."""

AS_IT_IS = frozenset({type(None), str, bytes, float, bool})
LARGEST = 2**63
"""Greater integers do not fit; they become floats."""


def pack(value: object) -> bytes:
    """Return `value` (dataclasses, tuples, times, plain values) as msgpack bytes."""
    return pack_plain(plain(value))


def pack_plain(value: object) -> bytes:
    """Return as msgpack bytes what is made of msgpack's own types already."""
    return msgpack.packb(value, unicode_errors=ERRORS)


def compressed(data: bytes) -> bytes:
    """Return data in the zlib format (RFC 1950), as `zlib.decompress` reads it."""
    compress = zlib.compressobj(wbits=WINDOW, memLevel=MEMORY)
    return compress.compress(data) + compress.flush()


def deflated(data: bytes) -> bytes:
    """Return data in the fewest bytes, without header and checksum (RFC 1951), as `inflated` reads it."""
    deflate = zlib.compressobj(9, wbits=-WINDOW, memLevel=MEMORY)
    return deflate.compress(data) + deflate.flush()


def inflated(data: bytes) -> bytes:
    """Return what `deflated` was given."""
    return zlib.decompress(data, -zlib.MAX_WBITS)


def unpack(kind: type[T], data: bytes) -> T:
    """Return the `kind` that `pack` was given; fields we do not know are ignored."""
    value: T = reader(kind)(  # type: ignore[arg-type]  # a type can be hashed
        msgpack.unpackb(data, strict_map_key=False, unicode_errors=ERRORS)
    )
    return value


def stamp(moment: datetime) -> int | float:
    """Return seconds since 1970, as an integer where nothing is lost by it."""
    seconds = moment.timestamp()
    return int(seconds) if seconds.is_integer() else seconds


def moment(seconds: float | bytes | str) -> datetime:
    """Return the aware UTC time of so many seconds since 1970."""
    return datetime.fromtimestamp(float(seconds), UTC)


def plain(value: Any) -> Any:
    """Return `value` in the types that msgpack knows."""
    kind = type(value)
    if kind in AS_IT_IS:
        return value
    if isinstance(value, str | int | float | bytes):
        return float(value) if isinstance(value, int) and abs(value) >= LARGEST else value
    if isinstance(value, datetime | time):
        return stamp(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return _fields(value) if dataclasses.is_dataclass(kind) else [plain(item) for item in value]


def _fields(value: Any) -> dict[str, Any]:
    defaults = _defaults(type(value))  # type: ignore[arg-type]  # a type can be hashed
    return {name: plain(item) for name, default in defaults.items() if (item := getattr(value, name)) != default}


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    return {
        field.name: field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        for field in dataclasses.fields(kind)
    }


@cache
def reader(kind: Hashable) -> Reader:
    """Return the function that turns msgpack's plain value into a `kind`."""
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if origin is frozenset:
        item = reader(get_args(kind)[0])
        return lambda value: frozenset(map(item, value))
    if origin is dict:
        key, item = map(reader, get_args(kind))
        return lambda value: {key(name): item(part) for name, part in value.items()}
    if origin in (Union, types.UnionType):
        return _union_reader(get_args(kind))
    return _plain_reader(kind)


def _plain_reader(kind: Any) -> Reader:
    if kind is datetime:
        return moment
    if kind is time:
        return time.fromisoformat
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return lambda value: value


def _dataclass_reader(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: reader(hints[field.name]) for field in dataclasses.fields(kind)}

    def read(value: dict[str, Any]) -> Any:
        return kind(**{name: readers[name](item) for name, item in value.items() if name in readers})

    return read


def _tuple_reader(items: tuple[Any, ...]) -> Reader:
    if items[-1:] == (...,):
        item = reader(items[0])
        return lambda value: tuple(map(item, value))
    readers = tuple(map(reader, items))
    return lambda value: tuple(read(part) for read, part in zip(readers, value, strict=True))


def _union_reader(options: tuple[Any, ...]) -> Reader:
    """One option may be a tuple and one anything else; None stays None."""
    tuples = [reader(option) for option in options if get_origin(option) is tuple]
    others = [reader(option) for option in options if get_origin(option) is not tuple and option is not type(None)]

    def read(value: Any) -> Any:
        if value is None:
            return None
        return (tuples or others if isinstance(value, list) else others or tuples)[0](value)

    return read
