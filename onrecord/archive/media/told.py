"""The media that may be told of: those about incidents and truces that are on record and not withheld."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.archive.media.store import Medium, media_about, media_of
from onrecord.errors import RecordError
from onrecord.record import Record


def media_told(record: Record, about: str | None = None) -> Iterator[Medium]:
    """The media about an incident or a truce, by the id of it or of anything in it, or all; the first recorded first.

    There are none about what is withheld, or not on record.
    """
    if about is not None:
        yield from media_about(record, _subjects(record, about))
        return
    for medium in media_of(record):
        if _subjects(record, medium.subject):
            yield medium


def _subjects(record: Record, id: str) -> list[str]:
    """The ids under which somebody may have recorded something about a thing; empty where it may not be told of."""
    try:
        if id.startswith("i"):
            incident = record.incident(id)
            return [incident.id, *(account.id for account in incident.accounts)]
        truce = record.truce(id)
    except RecordError:
        return []
    return [truce.id, *(step.id for step in truce.steps)]
