"""Web archives in a ZIP file with their index (WACZ 1.1.1): the pages in each WARC within."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from onrecord.errors import SourceError
from onrecord.sources.limits import megabytes
from onrecord.sources.source import Source
from onrecord.sources.streams import LARGEST_RATIO, LARGEST_UNJUDGED, Rejoined, Unpacked, buffered
from onrecord.sources.warc import warc_sources

FOLDER = "archive/"
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, NotImplementedError, OSError, RuntimeError, ValueError),
)
"""What reading a damaged or an encrypted ZIP file may raise."""


def wacz_sources(stream: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    """A source for each captured page, as `warc_sources` gives them, with `name/archive/…#record` as its origin.

    Nothing is unpacked onto the disk. Raises `SourceError` where it is no ZIP file, or holds no WARC.
    """
    if not stream.seekable():
        raise SourceError("is a ZIP file, which cannot be read from a pipe", where=name, advice="hand in the file")
    try:
        with zipfile.ZipFile(stream) as packed:
            members = [found for found in packed.infolist() if _is_warc(found.filename)]
            if not members:
                raise SourceError("is a ZIP file without a WARC in it", where=name, advice="unpack it")
            for member in sorted(members, key=lambda found: found.filename):
                yield from _guarded(packed, member, f"{name}/{member.filename}")
    except _DAMAGES as fault:
        raise _damaged(fault, name) from fault


def _is_warc(name: str) -> bool:
    return name.startswith(FOLDER) and name.lower().endswith((".warc", ".warc.gz"))


def _guarded(packed: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Source | SourceError]:
    """The sources in one WARC; what stops its reading is the last of them, and no hindrance to the next WARC."""
    if member.file_size > max(LARGEST_UNJUDGED, LARGEST_RATIO * member.compress_size):
        yield SourceError(
            f"unpacks to over {megabytes(LARGEST_UNJUDGED)} and {LARGEST_RATIO} times its size, as ZIP bombs do",
            where=name,
            advice="unpack it yourself if you trust it",
        )
        return
    try:
        with packed.open(member) as stream:
            yield from _sources(cast(BinaryIO, stream), name)
    except SourceError as fault:
        yield fault
    except _DAMAGES as fault:
        yield _damaged(fault, name)


def _damaged(fault: Exception, name: str) -> SourceError:
    return SourceError(f"is a damaged ZIP file ({fault})", where=name, advice="fetch or copy it again")


def _sources(stream: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    mark = stream.read(2)
    whole = buffered(Rejoined(mark, stream))
    if mark != b"\x1f\x8b":
        yield from warc_sources(whole, name)
        return
    unpacked = Unpacked(whole, name)
    yield from warc_sources(buffered(unpacked), name)
    if unpacked.fault:
        raise unpacked.fault
