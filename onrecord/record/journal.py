"""The journal: what was captured, read, decided and given out, in one chain of hashes that only grows.

Each entry holds the SHA-256 of the one before it and is hashed with it, so that no entry can be changed, left out, put
in or moved without every later hash being wrong (S. Haber and W. S. Stornetta, "How to time-stamp a digital document",
1991). What the chain alone cannot show is that entries are missing at its end: whoever wrote down a former `head` (a
release, a back-up, a time stamp) can have `first_fault` look for it.

    with engine.connect() as connection, connection.begin():
        append(connection, kind="read", subject="a91c0…", by="onrecord 0.1.0", what={"sha256": …})
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from onrecord.characters import storable
from onrecord.record.journal_tables import journal
from onrecord.record.streaming import streamed

BEGINNING = "0" * 64
"""Stands for the hash before the first entry."""
_LOCK = 0x0E0C04D5
"""Of PostgreSQL's advisory locks the one that is ours: who holds it may append."""
_AT_ONCE = 1000
_COLUMNS = journal.c
_HASHED = ("number", "at", "kind", "subject", "by", "what", "why", "before")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. `at` is the moment in UTC by this machine's clock; `by` is who, or which program."""

    number: int
    at: str
    kind: str
    """captured, read, decided, exported, released, …"""
    subject: str
    """The id of what it is about."""
    by: str
    what: Mapping[str, Any]
    why: str | None
    before: str
    """The hash of the entry before; zeros for the first."""
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a journal at some time: all before it is fixed by its hash."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry that is not as it was written, and what is wrong with it."""

    number: int
    what: str


def append(
    connection: Connection, *, kind: str, subject: str, by: str, what: Mapping[str, Any], why: str | None = None
) -> Entry:
    """Write an entry at the end of the journal, in the transaction of the connection, which must be one that writes.

    What is done and its entry are then kept or lost together. Writers take turns: nobody else can append until the
    transaction ends. `what` must be JSON without floating-point numbers that are not numbers.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = head(connection)
    values = {
        "number": last.number + 1,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "kind": storable(kind),
        "subject": storable(subject),
        "by": storable(by),
        "what": canonical(what),
        "why": storable(why),
        "before": last.hash,
    }
    values["hash"] = _hash(values)
    connection.execute(insert(journal), values)
    return Entry(**(values | {"what": json.loads(str(values["what"]))}))  # type: ignore[arg-type]


def entries(
    connection: Connection,
    *,
    kind: str | None = None,
    subject: str | None = None,
    after: int = 0,
    limit: int | None = None,
) -> Iterator[Entry]:
    """The entries after a number, the first written first; of one kind, on one subject."""
    wanted = select(journal).where(_COLUMNS.number > after).order_by(_COLUMNS.number).limit(limit)
    if kind is not None:
        wanted = wanted.where(_COLUMNS.kind == kind)
    if subject is not None:
        wanted = wanted.where(_COLUMNS.subject == subject)
    for row in streamed(connection, wanted, _AT_ONCE):
        yield Entry(**(row._asdict() | {"what": json.loads(row.what)}))


def head(connection: Connection) -> Head:
    """The last entry; number 0 and zeros where there is none yet."""
    wanted = select(_COLUMNS.number, _COLUMNS.hash).order_by(_COLUMNS.number.desc()).limit(1)
    row = connection.execute(wanted).one_or_none()
    return Head(0, BEGINNING) if row is None else Head(row.number, row.hash)


def first_fault(connection: Connection, known: Iterable[Head] = ()) -> Fault | None:
    """The first entry that is missing or not as it was written; `None` where the journal is whole.

    `known` are heads that were written down elsewhere: each must be in the journal still.
    """
    expected = {head.number: head.hash for head in known}
    before, last = BEGINNING, 0
    for row in streamed(connection, select(journal).order_by(_COLUMNS.number), _AT_ONCE):
        fault = _fault(row, last, before, expected.pop(row.number, None))
        if fault is not None:
            return fault
        before, last = row.hash, row.number
    missing = min((number for number in expected if number > 0), default=None)
    return None if missing is None else Fault(last + 1, f"is missing, and with it all up to {missing}")


def hashed(entry: Entry) -> bytes:
    """The bytes of which an entry's hash is the SHA-256: the canonical JSON of all its other fields."""
    fields = {"what": canonical(entry.what), **{name: getattr(entry, name) for name in _HASHED if name != "what"}}
    return canonical(fields).encode()


def canonical(what: Mapping[str, Any]) -> str:
    """The one way to write a JSON object: ASCII, names sorted, no blanks."""
    return json.dumps(what, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _fault(row: Row[Any], last: int, before: str, expected: str | None) -> Fault | None:
    if row.number != last + 1:
        return Fault(last + 1, "is missing")
    if row.before != before:
        return Fault(row.number, "does not follow the one before it")
    if row.hash != _hash(row._asdict()):
        return Fault(row.number, "is not what it was when it was written")
    if expected is not None and row.hash != expected:
        return Fault(row.number, "is another than the one that was written down")
    return None


def _hash(values: Mapping[str, Any]) -> str:
    """The SHA-256 over the canonical JSON of all fields of an entry, the hash of the one before it among them."""
    fields = {name: values[name] for name in _HASHED}
    return hashlib.sha256(canonical(fields).encode()).hexdigest()
