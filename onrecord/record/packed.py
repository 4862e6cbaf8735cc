"""Columns whose values are kept packed, and are unpacked as they are read."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from onrecord.errors import RecordError

_AS_IT_IS, _COMPRESSED = b"\0", b"\1"
_LEVEL = 6
"""Of zlib: more takes much longer and gains little."""


def pack(value: str | bytes) -> bytes:
    """A value as it is kept: compressed where that makes it shorter."""
    data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else bytes(value)
    compressed = zlib.compress(data, _LEVEL)
    return _COMPRESSED + compressed if len(compressed) < len(data) else _AS_IT_IS + data


def unpack(kept: bytes) -> bytes:
    """The value that `pack` was given; raises `RecordError` where what is kept is damaged."""
    mark, data = kept[:1], kept[1:]
    try:
        if mark == _COMPRESSED:
            return zlib.decompress(data)
    except zlib.error as fault:
        raise _damaged() from fault
    if mark != _AS_IT_IS:
        raise _damaged()
    return bytes(data)


class PackedBytes(TypeDecorator[bytes]):
    """Bytes, packed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else unpack(value)


class PackedText(TypeDecorator[str]):
    """A text, packed; what an older version kept as a text is read as well."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else pack(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None]:
        return _as_text


def _as_text(kept: bytes | str | None) -> str | None:
    if kept is None or isinstance(kept, str):
        return kept
    try:
        return unpack(bytes(kept)).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as fault:
        raise _damaged() from fault


def _damaged() -> RecordError:
    return RecordError("holds a reading that is damaged", advice='run "onrecord verify", and restore a back-up')
