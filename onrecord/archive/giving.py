"""The archive given out: everything that was captured and added, as WARC or WACZ, for other programs and other people.

A file holds the captures as they were written when they were made; what came from files as `resource` records; and the
text of each article as a `conversion` record that names the program which made it (WARC 1.1, sections 6.2 and 6.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, select

from onrecord.archive.capturing import PROGRAM
from onrecord.archive.moments import at_one_moment
from onrecord.archive.packing import digest_of_file, pack
from onrecord.archive.tables import captures
from onrecord.archive.warc_records import SOFTWARE, date_of, new_id, record, warcinfo
from onrecord.errors import RecordError
from onrecord.record import Record, journal, tables
from onrecord.record.shelf import Shelf
from onrecord.record.streaming import streamed
from onrecord.record.unfinished import unfinished
from onrecord.sources.warc import DERIVED_BY, KIND

_AT_ONCE = 200
_TYPES = {"html": "text/html", "text": "text/plain", "json": "application/json", "feed-entry": "application/json"}


def give_out(held: Record, path: Path) -> int:
    """Write the whole archive to a new file, WACZ by its name or else WARC in gzip, and give the number of records.

    Left out are the sources of articles in which something is withheld. The file takes its place when it is whole.
    Raises `RecordError` where it cannot be written.
    """
    try:
        with unfinished(path) as folder:
            warc = folder / "data.warc.gz"
            with warc.open("wb") as out:
                number = _write(held, out, path.name)
            if path.suffix.lower() == ".wacz":
                made = folder / path.name
                pack(warc, made)
            else:
                made = warc
            digest = digest_of_file(made)
            made.replace(path)
    except OSError as fault:
        raise RecordError(
            f"cannot be written ({fault.strerror or fault})", where=str(path), advice="check the folder and its space"
        ) from fault
    with held.connection(writes=True) as connection:
        what = {"form": "wacz" if path.suffix.lower() == ".wacz" else "warc", "sha256": digest, "records": number}
        journal.append(connection, kind="exported", subject="archive", by=PROGRAM, what=what)
    return number


def given_as(held: Record, path: Path) -> journal.Entry | None:
    """The journal's entry on a file that was given out (an archive, an export), `None` where its bytes are in none.

    Raises `RecordError` where the file cannot be read.
    """
    try:
        digest = digest_of_file(path)
    except OSError as fault:
        raise RecordError(f"cannot be read ({fault.strerror})", where=str(path), advice="name another file") from fault
    with held.connection() as connection:
        entries = journal.entries(connection, kind="exported")
        return next((entry for entry in entries if entry.what.get("sha256") == digest), None)


def _write(held: Record, out: BinaryIO, name: str) -> int:
    out.write(warcinfo(name, {"description": "All that was captured and added to a record"}))
    number = 1
    with at_one_moment(held) as connection:
        for data in _records(connection):
            out.write(data)
            number += 1
    return number


def _records(connection: Connection) -> Iterator[bytes]:
    hidden = _hidden(connection)
    for row in streamed(connection, select(captures.c.warc, captures.c.content).order_by(captures.c.id), _AT_ONCE):
        if row.content not in hidden:
            yield _blob(connection, row.warc)
    sources, readings = tables.sources.c, tables.readings.c
    wanted = (
        select(tables.sources, tables.articles.c.text, readings.reader)
        .join(tables.readings, readings.source == sources.id)
        .outerjoin(tables.articles, tables.articles.c.source == sources.id)
        .order_by(sources.id)
    )
    for row in streamed(connection, wanted, _AT_ONCE):
        if row.sha256 in hidden:
            continue
        made = _capture_of(connection, row)
        record_id = made or new_id()
        if made is None:
            yield _resource(connection, row, record_id)
        if row.text is not None:
            yield _conversion(row, record_id)


def _hidden(connection: Connection) -> set[str]:
    """The SHA-256 of the sources of articles in which something is withheld."""
    shelf = Shelf(connection)
    rows = streamed(connection, select(tables.sources.c.sha256, tables.sources.c.article), _AT_ONCE)
    return {row.sha256 for row in rows if shelf.hides(row.article)}


def _capture_of(connection: Connection, row: Row[Any]) -> str | None:
    """The record id of the capture that a source was taken from; None where it came otherwise."""
    wanted = select(captures.c.record_id).where(
        captures.c.content == row.sha256, captures.c.url == row.origin, captures.c.original.is_(None)
    )
    return connection.scalar(wanted.limit(1))


def _resource(connection: Connection, row: Row[Any], record_id: str) -> bytes:
    headers = {
        "WARC-Target-URI": _uri(row),
        "WARC-Date": _moment(row),
        "Content-Type": row.content_type or _TYPES[row.kind],
        KIND: row.kind,
        "Onrecord-Origin": row.origin,
    }
    return record("resource", headers, _blob(connection, row.sha256), record_id=record_id)


def _conversion(row: Row[Any], of: str) -> bytes:
    headers = {
        "WARC-Target-URI": _uri(row),
        "WARC-Date": _moment(row),
        "WARC-Refers-To": of,
        "Content-Type": "text/plain; charset=utf-8",
        DERIVED_BY: f"{SOFTWARE} ({row.reader})",
    }
    return record("conversion", headers, row.text.encode("utf-8", "replace"))


def _uri(row: Row[Any]) -> str:
    return str(row.url) if row.url and urlsplit(row.url).scheme in {"http", "https"} else f"urn:sha256:{row.sha256}"


def _moment(row: Row[Any]) -> str:
    """When it was captured, where that is given in full and in UTC, else when it was added."""
    said = str(row.captured or "")
    return date_of(said if len(said) >= 20 and said.endswith(("Z", "+00:00")) else row.added)


def _blob(connection: Connection, name: str) -> bytes:
    data = connection.scalar(select(tables.blobs.c.data).where(tables.blobs.c.sha256 == name))
    if data is None:
        raise RecordError(f"the bytes {name[:12]}… are missing", advice='run "onrecord verify"')
    return bytes(data)
