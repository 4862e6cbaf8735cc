"""Streams that can be looked at before they are read, and gzip that cannot blow up."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO

from onrecord.errors import SourceError
from onrecord.sources.limits import megabytes

LARGEST_UNJUDGED = 100_000_000
"""Unpacked bytes up to which no ratio is held against a gzip stream."""
LARGEST_RATIO = 200
"""Pages of news pack to a fifth or tenth; a bomb to a thousandth."""


class Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already, put before it again; it need not be seekable."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._head:
            data = self._rest.read(len(buffer))
            buffer[: len(data)] = data
            return len(data)
        part = self._head[: len(buffer)]
        buffer[: len(part)] = part
        self._head = self._head[len(part) :]
        return len(part)


class Unpacked(io.RawIOBase):
    """The content of a gzip stream of one or more members, unpacked as it is read.

    Where it breaks off, is damaged, or unpacks to far more than text does, it ends there and `fault` says so, so that
    what stands before is not lost.
    """

    fault: SourceError | None = None

    def __init__(self, packed: BinaryIO, name: str) -> None:
        super().__init__()
        self._counted = _Counted(packed)
        self._content = gzip.GzipFile(fileobj=io.BufferedReader(self._counted))
        self._unpacked = 0
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.fault is not None:
            return 0
        try:
            # At most one read below, for a fault must not take with it what was unpacked before.
            data = self._content.read1(len(buffer))
        except EOFError:
            return self._ended("the gzip file breaks off", "fetch or copy it again")
        except (OSError, ValueError, zlib.error) as fault:
            return self._ended(f"is damaged gzip ({fault})", "fetch or copy it again")
        buffer[: len(data)] = data
        self._unpacked += len(data)
        if self._unpacked > max(LARGEST_UNJUDGED, LARGEST_RATIO * self._counted.count):
            what = f"unpacks to over {megabytes(LARGEST_UNJUDGED)} and {LARGEST_RATIO} times its size, as gzip bombs do"
            return self._ended(what, "unpack it yourself if you trust it")
        return len(data)

    def _ended(self, what: str, advice: str) -> int:
        self.fault = SourceError(what, where=self._name, advice=advice)
        return 0


class _Counted(io.RawIOBase):
    """A stream that counts what was read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """A raw stream with the buffer that makes reading by lines quick."""
    return io.BufferedReader(raw, buffer_size=1 << 16)
