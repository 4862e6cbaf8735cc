"""Proof that a record is whole: archive, journal, readings, links, releases; or the first thing that is not.

What is proved, in this order: the database file itself; that no entry of the journal was changed, left out or put in;
that all bytes have the SHA-256 under which they are kept; that captures, readings and media are those that the journal
tells of; that articles and links are what the readings give; that releases are as they were made. What nobody can see
from within is a record that was cut short at its end, or made anew as a whole: for that the head of the journal must be
known from elsewhere (`known`, a release).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, func, select

from onrecord.archive import words_proof
from onrecord.archive.broken import Broken, NotWholeError, Unproved
from onrecord.archive.deciding_proof import decisions_proved
from onrecord.archive.moments import at_one_moment
from onrecord.archive.relinking import links_proved, schema_proved
from onrecord.archive.stamp_proof import PART as STAMPS
from onrecord.archive.stamp_proof import stamps_proved
from onrecord.archive.tables import captures, media, media_parts
from onrecord.errors import OnRecordError
from onrecord.record import Record, journal, seals, tables
from onrecord.record.linker import linker
from onrecord.record.linking_anew import linkers
from onrecord.record.releases import Releases
from onrecord.record.streaming import streamed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_AT_ONCE = 500
_LINKS = "articles with their links"


@dataclass(frozen=True, slots=True)
class Proved:
    """One part that is whole: what it is, and how many there are of it."""

    part: str
    number: int


Proof = Callable[[Connection], int]


def prove(
    record: Record,
    *,
    known: Iterable[journal.Head] = (),
    releases: Releases | None = None,
    links: bool = True,
    roots: Sequence[Certificate] = (),
) -> Iterator[Proved | Unproved | Broken]:
    """Each part that is whole, in order; where one is not, what is first wrong with it, and nothing after it.

    What an earlier state of the program has linked, and this one would link otherwise, is `Unproved`; so are time
    stamps where no `roots` are given, the certificates of the authorities that are believed.

    `known` are heads of the journal from elsewhere; those of `releases` are added to them. Without `links` it is left
    out that articles and links are made anew from the readings, which takes as long as adding them did. Everything is
    seen as of one moment: others may work meanwhile.
    """
    parts = tuple(_parts(known, releases))
    try:
        _prove_search(record)
        with at_one_moment(record) as connection:
            for part, proof in parts:
                yield Proved(part, proof(connection))
            signed = stamps_proved(connection, roots)
            yield signed if isinstance(signed, Unproved) else Proved(STAMPS, signed)
            if links:
                yield _links(connection)
    except NotWholeError as fault:
        yield fault.broken
    except OnRecordError as fault:
        yield Broken("database", fault.what)
    except (ValueError, TypeError, KeyError, LookupError, ArithmeticError) as fault:
        # What parsers of damaged values raise.
        yield Broken("database", f"holds what cannot be read ({fault})")


def _parts(known: Iterable[journal.Head], releases: Releases | None) -> Iterator[tuple[str, Proof]]:
    """What is proved by the record alone, in order, each with how."""
    heads = tuple(known)
    if releases is not None:
        heads += tuple(journal.Head(*release.journal) for release in releases.all() if release.journal)
    yield "database", _database
    yield "entries of the journal", lambda connection: _journal(connection, heads)
    yield "archived bytes", _blobs
    yield "captures", _captures
    yield "readings", _readings
    yield "media", _media
    yield "decisions", decisions_proved
    if releases is not None:
        yield "releases", lambda connection: _releases(connection, releases)


def _links(connection: Connection) -> Proved | Unproved:
    """What an earlier state of the program linked it may have linked otherwise: that is no sign of a forger."""
    try:
        return Proved(_LINKS, links_proved(connection))
    except NotWholeError as fault:
        if fault.broken.where == words_proof.PART or linkers(connection) == {linker()}:
            raise
        what = f"an earlier version linked them, this one links otherwise: {fault.broken.where} {fault.broken.what}"
        return Unproved(_LINKS, what, 'run "onrecord relink", then verify again')


def _prove_search(record: Record) -> None:
    """Have SQLite compare the words that can be searched with the articles; it asks for this as for a change."""
    with record.connection(writes=True) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("INSERT INTO article_words(article_words, rank) VALUES('integrity-check', 1)")


def _database(connection: Connection) -> int:
    if connection.dialect.name != "sqlite":
        return 1
    schema_proved(connection)
    for check in ("integrity_check(1)", "foreign_key_check"):
        for row in connection.exec_driver_sql(f"PRAGMA {check}"):
            if row[0] != "ok":
                raise NotWholeError("database", f"is damaged ({check.partition('(')[0]}: {' '.join(map(str, row))})")
    unsealed = seals.first_broken(connection)
    if unsealed is not None:
        raise NotWholeError(f"table {unsealed}", "is not what its seal says")
    return 1


def _journal(connection: Connection, known: tuple[journal.Head, ...]) -> int:
    fault = journal.first_fault(connection, known)
    if fault is not None:
        raise NotWholeError(f"journal, entry {fault.number}", fault.what)
    return journal.head(connection).number


def _blobs(connection: Connection) -> int:
    number = 0
    for row in streamed(connection, select(tables.blobs).order_by(tables.blobs.c.sha256), _AT_ONCE):
        if hashlib.sha256(row.data).hexdigest() != row.sha256:
            raise NotWholeError(f"archive, {row.sha256}", "does not have the SHA-256 under which it was kept")
        number += 1
    return number


def _captures(connection: Connection) -> int:
    number = 0
    for entry in journal.entries(connection, kind="captured"):
        if entry.subject.startswith("c"):
            row = connection.execute(select(captures).where(captures.c.id == int(entry.subject[1:]))).one_or_none()
            _compare(f"capture {entry.subject}", row, {"id": int(entry.subject[1:]), **entry.what})
            number += 1
    _count(connection, captures, number, "captures")
    return number


def _media(connection: Connection) -> int:
    number = parts = 0
    for entry in journal.entries(connection, kind="recorded"):
        named, _, part = entry.subject.partition("/")
        wanted: Select[Any] = select(media).where(media.c.id == int(named[1:]))
        if part:
            wanted = select(media_parts).where(media_parts.c.media == int(named[1:]), media_parts.c.number == int(part))
        _compare(f"media {entry.subject}", connection.execute(wanted).one_or_none(), dict(entry.what))
        number, parts = (number, parts + 1) if part else (number + 1, parts)
    _count(connection, media, number, "media")
    _count(connection, media_parts, parts, "parts of media")
    return number


def _readings(connection: Connection) -> int:
    """The last entry on each source tells the hash of its reading; and each source has an entry."""
    told: dict[bytes, str] = {}
    for entry in journal.entries(connection, kind="read"):
        told[_source_key(entry.what["sha256"], entry.what["origin"], entry.what["id"])] = (
            f"{entry.number} {entry.subject} {entry.what['reader']} {entry.what['reading']}"
        )
    sources, readings = tables.sources.c, tables.readings.c
    wanted = select(tables.sources, readings.reader, readings.reading).outerjoin(
        tables.readings, readings.source == sources.id
    )
    number = 0
    for row in streamed(connection, wanted.order_by(sources.id), _AT_ONCE):
        where = f"reading of {row.origin}"
        said = told.pop(_source_key(row.sha256, row.origin, row.reading_id), None)
        if said is None:
            raise NotWholeError(where, "is not in the journal")
        if row.reading is None:
            raise NotWholeError(where, "is missing")
        digest = hashlib.sha256(row.reading.encode("utf-8", "surrogatepass")).hexdigest()
        if said.split(" ")[1:] != [row.article, row.reader, digest]:
            raise NotWholeError(where, f"is not the one that the journal tells of (entry {said.split(' ')[0]})")
        number += 1
    if told:
        first = min(int(said.split(" ")[0]) for said in told.values())
        raise NotWholeError(f"reading of entry {first} of the journal", "is missing")
    return number


def _releases(connection: Connection, releases: Releases) -> int:
    entries = list(journal.entries(connection, kind="released"))
    releases.finish(entries)  # what was cut off before its last step
    fault = releases.first_fault(entries)
    if fault is not None:
        raise NotWholeError(f"release {fault.release}", " ".join(filter(None, (fault.file, fault.what))))
    return len(entries)


def _source_key(sha256: str, origin: str, id: str) -> bytes:
    return hashlib.blake2b(json.dumps([sha256, origin, id]).encode(), digest_size=16).digest()


def _compare(where: str, row: Row[Any] | None, told: dict[str, Any]) -> None:
    if row is None:
        raise NotWholeError(where, "is missing")
    for name, value in row._asdict().items():
        if value != told.get(name):
            raise NotWholeError(where, f"is not as the journal tells of it ({name})")


def _count(connection: Connection, table: Any, told: int, what: str) -> None:
    held = connection.scalar(select(func.count()).select_from(table)) or 0
    if held != told:
        raise NotWholeError(what, f"are {held}, where the journal tells of {told}")
