"""Web archives (WARC 1.0 and 1.1, ISO 28500): each captured page is a source of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.errors import SourceError
from onrecord.sources.limits import LARGEST_ARTICLE, LARGEST_SKIP, megabytes
from onrecord.sources.source import Source, SourceKind

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

_PAGE_TYPES: dict[str, SourceKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
DERIVED_BY = "Onrecord-Derived-By"
"""The field by which a record that this program gave out says that its text was made from another record's page."""
KIND = "Onrecord-Kind"
"""The field by which it says what kind of source a record holds."""
_ASSET = re.compile(r"/(?:robots|ads|humans|security)\.txt$|\.(?:ico|css|js|json|png|jpe?g|gif|svg|woff2?|xml)$", re.I)
_BREAKS_OFF = "the archive breaks off"


def warc_sources(stream: BinaryIO, name: str) -> Iterator[Source | SourceError]:
    """A source for each page that was captured, with `name#record` (counted from 1) as its origin.

    Requests, images, scripts, redirects and revisits (whose page stands in another record) are passed over; a page that
    the server refused and a record that breaks off are faults. Raises `SourceError` where the rest cannot be read.
    """
    number = overlong = 0
    tailed = _Tailed(stream)
    archive = _reader(tailed)
    records = iter(archive)
    while True:
        record = _next(records, f"{name}#{number + 1}")
        if archive.err_count > overlong:  # told when the next is looked for
            overlong = archive.err_count
            yield _overlong(f"{name}#{number}")
        if record is None:
            break
        number += 1
        found = _source(record, f"{name}#{number}")
        if found is not None:
            yield found
    if not tailed.tail.endswith((b"\n\r\n", b"\n\n")):
        raise SourceError(
            f"{_BREAKS_OFF} within record {number}", where=name, advice="fetch or copy it again; what is whole was read"
        )


def _reader(stream: _Tailed) -> ArchiveIterator:
    """A reader of archives that counts its warnings and does not print them."""
    from warcio.archiveiterator import ArchiveIterator

    class Quiet(ArchiveIterator):  # type: ignore[misc]
        INC_RECORD = ""

    return Quiet(stream)


def _overlong(where: str) -> SourceError:
    what = "goes on after the length that it gives: its page may be cut short"
    return SourceError(what, where=where, advice="capture the page again")


class _Tailed:
    """A stream that keeps its last bytes: an archive that is whole ends in blank lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.tail = (self.tail + data[-4:])[-4:]
        return data


def _next(records: Iterator[ArcWarcRecord], where: str) -> ArcWarcRecord | None:
    try:
        return next(records, None)
    except SourceError:
        raise
    except Exception as fault:  # the reader of archives raises what its parsers happen to raise on damaged bytes
        raise SourceError(
            f"{_BREAKS_OFF} or is damaged",
            where=where,
            advice="fetch or copy it again; the records before it were read",
        ) from fault


def _source(record: ArcWarcRecord, where: str) -> Source | SourceError | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    kind = _kind(record)
    if kind is None or (url and _ASSET.search(url.partition("?")[0])):
        return None
    where = f"{where} ({url})" if url else where
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not status.startswith("2"):
        return _refusal(status, where)
    data = _payload(record, where)
    if isinstance(data, SourceError):
        return data
    return Source(data, kind, where, url, _content_type(record), record.rec_headers.get_header("WARC-Date"))


def _kind(record: ArcWarcRecord) -> SourceKind | None:
    if record.rec_type not in {"response", "resource", "conversion"}:
        return None
    if record.rec_headers.get_header(DERIVED_BY):
        return None  # our own text of a page that stands in another record
    given = record.rec_headers.get_header(KIND)
    if given in {"json", "feed-entry", "html", "text"}:
        return cast(SourceKind, given)
    return _PAGE_TYPES.get((_content_type(record) or "").partition(";")[0].strip().lower())


def _content_type(record: ArcWarcRecord) -> str | None:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or None


def _refusal(status: str, where: str) -> SourceError | None:
    if status.startswith("3"):
        return None
    return SourceError(f"the server answered {status} instead of a page", where=where, advice="capture the page again")


def _payload(record: ArcWarcRecord, where: str) -> bytes | SourceError:
    """The page's bytes, unpacked from what HTTP packed them in."""
    declared = record.length or 0
    if declared > LARGEST_SKIP:
        raise SourceError(f"the record is larger than {megabytes(LARGEST_SKIP)}", where=where, advice="leave it out")
    try:
        data: bytes = record.content_stream().read(LARGEST_ARTICLE + 1)
    except SourceError:
        raise
    except Exception:  # as in `_next`
        return SourceError("the record is damaged", where=where, advice="capture the page again")
    if len(data) > LARGEST_ARTICLE:
        return SourceError(
            f"the page is larger than {megabytes(LARGEST_ARTICLE)}, which no article is",
            where=where,
            advice="leave it out",
        )
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise SourceError(f"{_BREAKS_OFF} within this page", where=where, advice="fetch or copy it again")
    return data
