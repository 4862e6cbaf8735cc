"""Entries for what was on record before there was a journal to tell of it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from onrecord.record import adding, journal, tables
from onrecord.record.readings import digest_of

WHY = "It was on record before the journal was; from this entry on it is fixed."


def tell_of_untold(connection: Connection) -> None:
    """Write an entry for each reading that the journal does not tell of.

    Its moment is that of writing; `added` says when the source came by the record of that time, which nothing proves.
    """
    told = {
        (entry.what["sha256"], entry.what["origin"], entry.what["id"])
        for entry in journal.entries(connection, kind="read")
    }
    sources = tables.sources
    wanted = select(sources, tables.readings.c.reader).join(tables.readings, tables.readings.c.source == sources.c.id)
    for row in connection.execute(wanted.order_by(sources.c.id)).all():
        if (row.sha256, row.origin, row.reading_id) in told:
            continue
        reading = connection.execute(
            select(tables.readings.c.reading).where(tables.readings.c.source == row.id)
        ).scalar_one()
        what = {
            "sha256": row.sha256,
            "origin": row.origin,
            "id": row.reading_id,
            "reader": row.reader,
            "reading": digest_of(reading),
            "added": row.added,
        }
        journal.append(connection, kind="read", subject=row.article, by=adding.PROGRAM, what=what, why=WHY)
