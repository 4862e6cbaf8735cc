"""Seals: one number for each table that nothing else proves, so that a changed byte in any of its rows shows.

What came in, was read, decided and captured is proved by the journal, and what is made from that by making it again.
The rest (failures, feeds, alerts, who works at the desk, how the tables are defined) has a seal: 63 bits of a hash over
each row, all put together by exclusive or, kept by triggers in the transaction that changes the row. It shows damage,
no forgery: who may change a row can change the seal.

SQLite alone needs them. PostgreSQL proves its pages by checksums of its own (`initdb --data-checksums`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import blake2b

from sqlalchemy import Column, Connection, Integer, Table, insert, select

from onrecord.record.tables import code, metadata

seals = Table("seals", metadata, Column("name", code(64), primary_key=True), Column("seal", Integer, nullable=False))
SEALED = (
    *("failures", "linked_by", "changed_incidents"),
    *("people", "sign_ins", "sign_in_attempts"),
    *("feeds", "watched_pages", "alerts", "alert_deliveries", "alert_progress"),
)
SCHEMA = "sqlite_master"
_FUNCTION = "onrecord_sealed"
_SCHEMA_ROWS = f"SELECT type, name, tbl_name, sql FROM {SCHEMA}"


def sealed(seal: int, *values: object) -> int:
    """A seal with the hash of some values put to it; put to it once more they are out again."""
    digest = blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return seal ^ (int.from_bytes(digest, "big") >> 1)


def teach(connection: sqlite3.Connection) -> None:
    """Let the triggers of a connection's database call `sealed`."""
    connection.create_function(_FUNCTION, -1, sealed, deterministic=True)


def rest(connection: Connection) -> None:
    """Keep no seals until `keep`: before tables are changed."""
    if connection.dialect.name == "sqlite":
        for name in connection.exec_driver_sql(f"SELECT name FROM {SCHEMA} WHERE type = 'trigger'").scalars().all():
            if name.startswith("seal_"):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")


def keep(connection: Connection) -> None:
    """Seal what there is, and have the database keep the seals from now on."""
    if connection.dialect.name != "sqlite":
        return
    rest(connection)
    for name in SEALED:
        for command in _triggers(name, _columns(connection, name)):
            connection.exec_driver_sql(command)
    connection.exec_driver_sql("DELETE FROM seals")
    connection.execute(insert(seals), [{"name": name, "seal": seal} for name, seal in _counted(connection)])


def first_broken(connection: Connection) -> str | None:
    """The first table whose rows are not those that were sealed; `None` where all are."""
    if connection.dialect.name != "sqlite":
        return None
    held = {row.name: row.seal for row in connection.execute(select(seals))}
    return next((name for name, seal in _counted(connection) if held.get(name) != seal), None)


def _counted(connection: Connection) -> Iterator[tuple[str, int]]:
    """Each table with its seal as its rows give it."""
    for name in SEALED:
        columns = ", ".join(_columns(connection, name))
        yield name, _seal_of(connection, name, f'SELECT {columns} FROM "{name}"')
    yield SCHEMA, _seal_of(connection, SCHEMA, _SCHEMA_ROWS)


def _seal_of(connection: Connection, name: str, rows: str) -> int:
    seal = 0
    for row in connection.exec_driver_sql(rows):
        seal = sealed(seal, name, *row)
    return seal


def _columns(connection: Connection, name: str) -> list[str]:
    rows = connection.exec_driver_sql("SELECT name FROM pragma_table_info(?) ORDER BY cid", (name,))
    return [f'"{column}"' for column in rows.scalars()]


def _triggers(name: str, columns: list[str]) -> Iterator[str]:
    """The commands that have the seal of a table follow what is done to its rows."""
    added, gone = (f"'{name}', " + ", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    exchanged = f"{_FUNCTION}({_FUNCTION}(seal, {gone}), {added})"
    for event, seal in (
        ("INSERT", f"{_FUNCTION}(seal, {added})"),
        ("DELETE", f"{_FUNCTION}(seal, {gone})"),
        ("UPDATE", exchanged),
    ):
        body = f"UPDATE seals SET seal = {seal} WHERE name = '{name}'"
        yield f"CREATE TRIGGER seal_{name}_{event.lower()} AFTER {event} ON {name} BEGIN {body}; END"
