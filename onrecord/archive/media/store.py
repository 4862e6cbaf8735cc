"""Media on record: each part kept under its SHA-256 and entered in the journal as it is written, gaps too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from onrecord.archive.capturing import PROGRAM, put
from onrecord.archive.tables import media, media_parts
from onrecord.errors import RecordError
from onrecord.record import Record, journal, tables

Kind = Literal["photograph", "video", "stream"]
PartKind = Literal["part", "gap", "end"]
_MEDIA, _PARTS = media.c, media_parts.c
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a medium: `content` is the SHA-256 of its bytes; of a gap there is none, and `why` says why.

    Moments are ISO 8601 in UTC by this machine's clock. After the part of kind "end" nothing comes.
    """

    number: int
    kind: PartKind
    begun: str
    ended: str
    content: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Medium:
    """A photograph, a video or a stream about an incident or a truce, with its parts in order.

    `claims` is what the file says of itself (when and where it was made, by what), of which nothing was verified.
    """

    id: str
    subject: str
    source: str
    kind: Kind
    content_type: str
    begun: str
    claims: Mapping[str, str]
    parts: tuple[Part, ...]

    @property
    def is_running(self) -> bool:
        """Whether its recording has not come to an end: it runs, or the program that ran it was stopped."""
        return not any(part.kind == "end" for part in self.parts)


class Keeper:
    """Writes one medium, part by part, each in a transaction of its own."""

    def __init__(self, record: Record, subject: str, source: str, kind: Kind, content_type: str) -> None:
        self._record = record
        self._values = {
            "subject": subject,
            "source": source,
            "kind": kind,
            "content_type": content_type[:64],
            "begun": now(),
        }
        self._number: int | None = None
        self._parts = 0

    def keep(self, data: bytes, begun: str, claims: Mapping[str, str] | None = None) -> None:
        """Put a part on record; `claims` count with the first."""
        self._write("part", begun, data=data, claims=claims or {})

    def gap(self, begun: str, why: str) -> None:
        """Put on record that from that moment until now nothing came."""
        self._write("gap", begun, why=why)

    def end(self, why: str) -> str:
        """Put the end on record, and give the id of the medium; raises `RecordError` where there was no part."""
        if self._number is None:
            raise RecordError("nothing came that could be kept", where=str(self._values["source"]), advice=why)
        self._write("end", now(), why=why)
        return f"m{self._number}"

    def _write(
        self,
        kind: PartKind,
        begun: str,
        *,
        data: bytes | None = None,
        why: str | None = None,
        claims: Mapping[str, str] | None = None,
    ) -> None:
        with self._record.connection(writes=True) as connection:
            if self._number is None:
                self._number = self._begin(connection, claims or {})
            values = {
                "media": self._number,
                "number": self._parts + 1,
                "kind": kind,
                "begun": begun,
                "ended": now(),
                "content": None if data is None else put(connection, data),
                "why": why,
            }
            connection.execute(insert(media_parts).values(values))
            subject = f"m{self._number}/{self._parts + 1}"
            journal.append(connection, kind="recorded", subject=subject, by=PROGRAM, what=values)
        self._parts += 1

    def _begin(self, connection: Connection, claims: Mapping[str, str]) -> int:
        number = (connection.scalar(select(func.max(_MEDIA.id))) or 0) + 1
        values = {"id": number, **self._values, "claims": dict(claims)}
        connection.execute(insert(media).values(values))
        journal.append(connection, kind="recorded", subject=f"m{number}", by=PROGRAM, what=values)
        return int(number)


def media_of(record: Record, subject: str | None = None) -> Iterator[Medium]:
    """The media about an incident or a truce, or all of them, the first recorded first."""
    wanted = select(media).order_by(_MEDIA.id)
    if subject is not None:
        wanted = wanted.where(_MEDIA.subject == subject)
    with record.connection() as connection:
        for row in connection.execute(wanted).all():
            yield _medium(connection, row)


def media_about(record: Record, subjects: Collection[str]) -> Iterator[Medium]:
    """The media about any of these incidents, accounts or truces, the first recorded first."""
    wanted = sorted(set(subjects))
    with record.connection() as connection:
        for at in range(0, len(wanted), _AT_ONCE):
            some = _MEDIA.subject.in_(wanted[at : at + _AT_ONCE])
            for row in connection.execute(select(media).where(some).order_by(_MEDIA.id)).all():
                yield _medium(connection, row)


def medium_of(record: Record, id: str) -> Medium:
    """The medium of this id; raises `RecordError` where there is none."""
    wanted = select(media).where(_MEDIA.id == (int(id[1:]) if id[:1] == "m" and id[1:].isdecimal() else 0))
    with record.connection() as connection:
        row = connection.execute(wanted).one_or_none()
        if row is None:
            raise RecordError(f"there is no medium {id} on record", advice="see onrecord archive media")
        return _medium(connection, row)


def part_data(record: Record, id: str, number: int) -> bytes:
    """The bytes of a part as they came; raises `RecordError` where there is none."""
    wanted = (
        select(tables.blobs.c.data)
        .join(media_parts, _PARTS.content == tables.blobs.c.sha256)
        .where(_PARTS.media == (int(id[1:]) if id[1:].isdecimal() else 0), _PARTS.number == number)
    )
    with record.connection() as connection:
        data = connection.scalar(wanted)
    if data is None:
        raise RecordError(f"there is no part {number} of {id} on record", advice="see onrecord archive media")
    return bytes(data)


def now() -> str:
    """This moment by this machine's clock, as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _medium(connection: Connection, row: Any) -> Medium:
    rows = connection.execute(select(media_parts).where(_PARTS.media == row.id).order_by(_PARTS.number))
    parts = tuple(Part(part.number, part.kind, part.begun, part.ended, part.content, part.why) for part in rows)
    return Medium(
        id=f"m{row.id}",
        subject=row.subject,
        source=row.source,
        kind=row.kind,
        content_type=row.content_type,
        begun=row.begun,
        claims=row.claims,
        parts=parts,
    )
