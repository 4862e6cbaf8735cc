"""What was read once, to be read again: the kept bytes of every source, with what a person had said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, func, select

from onrecord.record import tables
from onrecord.record.readings import decoded
from onrecord.sources.source import Source, SourceKind


@dataclass(frozen=True, slots=True)
class Kept:
    """A source as it came, with what its reading holds of its publication: `published` only where a person gave it."""

    source: Source
    published: str | None
    outlet: str | None
    url: str | None


def last_number(connection: Connection) -> int:
    """The number of the source that came last; 0 where there is none."""
    return connection.scalar(select(func.max(tables.sources.c.id))) or 0


def next_kept(connection: Connection, after: int, until: int) -> tuple[int, Kept] | None:
    """The first source after a number, with its own; None where none is left up to `until`.

    A source whose reading has changed comes on record under a new number, so the last is to be asked for at the start.
    """
    sources, blobs, readings = tables.sources.c, tables.blobs.c, tables.readings.c
    wanted = (
        select(tables.sources, blobs.data, readings.reading)
        .join(tables.blobs, blobs.sha256 == sources.sha256)
        .join(tables.readings, readings.source == sources.id)
        .where(sources.id > after, sources.id <= until)
        .order_by(sources.id)
        .limit(1)
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    reading = decoded(row.reading)
    source = Source(bytes(row.data), cast(SourceKind, row.kind), row.origin, row.url, row.content_type, row.captured)
    published = reading.published if reading.published_from == "given" else None
    return row.id, Kept(source, published, reading.outlet, reading.url)
