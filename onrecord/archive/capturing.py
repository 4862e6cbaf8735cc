"""Captures: what stood at an address at a moment, kept with the proof of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from onrecord.archive.tables import captures
from onrecord.archive.warc_records import SOFTWARE, Original, records_of
from onrecord.articles import article_of
from onrecord.articles.language import ForeignLanguageError
from onrecord.errors import OnRecordError, SourceError
from onrecord.record import Record, journal, tables
from onrecord.sources.fetching import Fetched, Policy, fetch
from onrecord.sources.pages import page_sources
from onrecord.sources.source import Source

PROGRAM = SOFTWARE.replace("/", " ")
_CAPTURES = captures.c


@dataclass(frozen=True, slots=True)
class Capture:
    """What came of one fetch; `at` is ISO 8601 in UTC.

    `content` is the SHA-256 of what the server gave, `original` the number of the earlier capture that it is unchanged
    from, `lacks` why there is no article in it (None where there is, or where nobody looked: a feed).
    """

    number: int
    asked: str
    url: str
    at: str
    status: int
    content_type: str | None
    content: str | None
    original: int | None
    lacks: str | None


def captured(record: Record, address: str, policy: Policy | None = None) -> Capture:
    """Fetch an address and keep what came; what was captured before is asked for only if it has changed.

    Raises `FetchError` where nothing came, of which nothing is kept.
    """
    with record.connection() as connection:
        last = _last(connection, address)
    marks = {} if last is None else {"etag": last.etag, "modified": last.modified}
    return keep(record, fetch(address, policy=policy, **marks))


def keep(record: Record, fetched: Fetched) -> Capture:
    """Put what was fetched into the archive, with an entry in the journal, and give it back as a capture."""
    lacks = _lacks(fetched)
    with record.connection(writes=True) as connection:
        last = _last(connection, fetched.asked)
        written = records_of(fetched, _original(connection, last))
        unchanged = last is not None and (fetched.is_unchanged or written.digest == last.digest)
        content = last.content if last is not None and unchanged else put(connection, fetched.body)
        values = {
            "asked": fetched.asked,
            "url": fetched.url,
            "at": fetched.at,
            "address": fetched.answer.address,
            "status": fetched.status,
            "content_type": fetched.content_type,
            "etag": fetched.etag,
            "modified": fetched.modified,
            "record_id": written.record_id,
            "digest": written.digest,
            "content": content,
            "warc": put(connection, written.data),
            "original": (last.original or last.id) if last is not None and unchanged else None,
            "lacks": last.lacks if last is not None and unchanged else lacks,
        }
        number = connection.execute(insert(captures).values(values).returning(_CAPTURES.id)).scalar_one()
        journal.append(connection, kind="captured", subject=f"c{number}", by=PROGRAM, what=values)
        row = connection.execute(select(captures).where(_CAPTURES.id == number)).one()
    return _capture(row)


def visitor(record: Record, policy: Policy | None = None) -> Callable[[str], Iterator[Source | SourceError]]:
    """Gives the sources at an address, having captured it; as `sources_in` takes it."""

    def visit(address: str) -> Iterator[Source | SourceError]:
        yield from sources_of(record, captured(record, address, policy))

    return visit


def captures_of(record: Record, address: str | None = None) -> Iterator[Capture]:
    """The captures, of one address if it is given, in the order in which they were made."""
    wanted = select(captures).order_by(_CAPTURES.id)
    if address is not None:
        wanted = wanted.where((_CAPTURES.asked == address) | (_CAPTURES.url == address))
    with record.connection() as connection:
        for row in connection.execute(wanted.execution_options(yield_per=500)):
            yield _capture(row)


def sources_of(record: Record, capture: Capture) -> Iterator[Source | SourceError]:
    """The would-be articles in a capture."""
    with record.connection() as connection:
        data = connection.scalar(select(tables.blobs.c.data).where(tables.blobs.c.sha256 == capture.content))
    status = 200 if capture.original is not None else capture.status
    yield from page_sources(
        bytes(data or b""), capture.url, status=status, content_type=capture.content_type, captured=capture.at
    )


def put(connection: Connection, data: bytes) -> str:
    """Keep bytes under their SHA-256, once, and give it."""
    name = sha256(data).hexdigest()
    if connection.scalar(select(tables.blobs.c.sha256).where(tables.blobs.c.sha256 == name)) is None:
        connection.execute(insert(tables.blobs).values(sha256=name, data=data))
    return name


def _last(connection: Connection, address: str) -> Row[Any] | None:
    """The last capture of an address that is a page and not the mere word that it has not changed."""
    good = select(captures).where(_CAPTURES.asked == address, _CAPTURES.status.between(200, 299))
    return connection.execute(good.order_by(_CAPTURES.id.desc()).limit(1)).one_or_none()


def _original(connection: Connection, last: Row[Any] | None) -> Original | None:
    """The first of the captures that are the same as the last one."""
    if last is None:
        return None
    first = connection.execute(select(captures).where(_CAPTURES.id == (last.original or last.id))).one()
    return Original(first.record_id, first.url, first.at, first.digest)


def _lacks(fetched: Fetched) -> str | None:
    """Why there is no article in what was fetched: an error, a consent wall, an empty shell; told when it is kept."""
    if fetched.is_unchanged:
        return None
    found = list(
        page_sources(
            fetched.body, fetched.url, status=fetched.status, content_type=fetched.content_type, captured=fetched.at
        )
    )
    if len(found) != 1 or (isinstance(found[0], Source) and found[0].kind == "feed-entry"):
        return None
    (only,) = found
    try:
        if isinstance(only, OnRecordError):
            raise only
        article_of(only)
    except ForeignLanguageError:
        return None
    except OnRecordError as fault:
        return fault.what
    return None


def _capture(row: Row[Any]) -> Capture:
    return Capture(
        number=row.id,
        asked=row.asked,
        url=row.url,
        at=row.at,
        status=row.status,
        content_type=row.content_type,
        content=row.content,
        original=row.original,
        lacks=row.lacks,
    )
