"""Files, folders and standard input as sources, in a fixed order, one fault for each that cannot be read."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import SourceError
from onrecord.lexicon import rows
from onrecord.sources.contents import HEAD, Content, content_of
from onrecord.sources.feeds import feed_sources
from onrecord.sources.json_lines import json_line_sources
from onrecord.sources.limits import LARGEST_ARTICLE, bounded
from onrecord.sources.pages import page_sources
from onrecord.sources.source import Source
from onrecord.sources.streams import Rejoined, Unpacked, buffered
from onrecord.sources.wacz import wacz_sources
from onrecord.sources.warc import warc_sources

STANDARD_INPUT = "-"


Visit = Callable[[str], Iterator[Source | SourceError]]


def sources_in(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, visit: Visit | None = None
) -> Iterator[Source | SourceError]:
    """The would-be articles in files and folders, in order; a `SourceError` stands in place of what could not be read.

    A path is a text, HTML, JSON Lines, RSS or Atom, WARC or WACZ file, plain or in gzip, told by its content more than
    by its name; a folder with such files, taken in the order of their names, hidden files and a saved page's images
    left out; "-" for standard input (`stdin`, else that of the process); or an http(s) address, of which `visit` gives
    the sources (else it is fetched, and nothing of it kept). Files of many articles are read as a stream.
    """
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield from _guarded(stdin or sys.stdin.buffer, "standard input")
        elif is_address(str(path)):
            yield from _address_sources(str(path), visit or _fetched)
        else:
            yield from _path_sources(str(path))


def is_address(name: str) -> bool:
    """Whether a path is an address on the web."""
    return name.lower().startswith(("http://", "https://"))


def _address_sources(address: str, visit: Visit) -> Iterator[Source | SourceError]:
    try:
        yield from visit(address)
    except SourceError as fault:
        yield fault


def _fetched(address: str) -> Iterator[Source | SourceError]:
    from onrecord.sources.fetching import fetch

    found = fetch(address)
    yield from page_sources(
        found.body, found.url, status=found.status, content_type=found.content_type, captured=found.at
    )


def _path_sources(name: str) -> Iterator[Source | SourceError]:
    path = Path(name)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as fault:
        yield _unreadable(fault, name)
        return
    if is_folder:
        yield from _folder_sources(path)
    else:
        yield from _file_sources(name)


def _folder_sources(folder: Path) -> Iterator[Source | SourceError]:
    faults: list[OSError] = []
    empty = True
    for parent, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and path.suffix.lower() not in _page_assets() and path.is_file():
                empty = False
                yield from _file_sources(str(path))
    for fault in faults:
        yield _unreadable(fault, str(fault.filename or folder))
    if empty and not faults:
        yield SourceError("is a folder without files to read", where=str(folder), advice="name another")


def _file_sources(name: str) -> Iterator[Source | SourceError]:
    try:
        with Path(name).open("rb") as stream:
            yield from _guarded(stream, name)
    except (OSError, ValueError) as fault:
        yield _unreadable(fault, name)


def _guarded(stream: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    """The sources in a stream; what stops its reading is the last of them."""
    try:
        yield from _stream_sources(stream, name)
    except SourceError as fault:
        yield fault
    except OSError as fault:
        yield _unreadable(fault, name)


def _stream_sources(stream: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    head = stream.read(HEAD)
    content = content_of(head, name)
    if content == "wacz":  # its table of contents stands at its end
        yield from wacz_sources(stream, name)
        return
    whole = buffered(Rejoined(head, stream))
    if content == "gzip":
        yield from _unpacked_sources(whole, name)
    else:
        yield from _content_sources(content, whole, name)


def _unpacked_sources(packed: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    unpacked = Unpacked(packed, name)
    stream = buffered(unpacked)
    head = stream.read(HEAD)
    if unpacked.fault and not head:
        raise unpacked.fault
    content = content_of(head, name)
    if content in {"gzip", "wacz"}:
        raise SourceError(f"is {content} within gzip", where=name, advice="unpack it once")
    for found in _content_sources(content, buffered(Rejoined(head, stream)), name):
        # Half a text is no article; of many articles in one file those before the fault are whole.
        if not (unpacked.fault and content in {"text", "html"}):
            yield found
    if unpacked.fault:
        raise unpacked.fault


def _content_sources(content: Content, stream: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    if content == "json-lines":
        yield from json_line_sources(stream, name)
    elif content == "feed":
        yield from feed_sources(stream, name)
    elif content == "warc":
        yield from warc_sources(stream, name)
    else:
        yield Source(bounded(stream, LARGEST_ARTICLE, where=name), "html" if content == "html" else "text", name)


def _unreadable(fault: OSError | ValueError, name: str) -> SourceError:
    if isinstance(fault, FileNotFoundError):
        return SourceError("there is no such file or folder", where=name, advice="check the path")
    reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    return SourceError(f"cannot be read ({reason})", where=name, advice="check the path and who may read it")


@cache
def _page_assets() -> frozenset[str]:
    return frozenset(row["suffix"] for row in rows("page-assets"))
