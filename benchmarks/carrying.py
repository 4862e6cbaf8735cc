"""A record of SQLite carried over to PostgreSQL row by row: adding gives the same rows on both, and costs more here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from onrecord.record import Record, tables
from onrecord.record.searching import put_words

_AT_ONCE = 1000
_ITS_OWN = frozenset({"alembic_version", "article_words", "seals"})


def carry(source: Path, target: Record) -> None:
    """Put all rows of a record in a file into an empty one on a server; neither triggers nor foreign keys act there."""
    with closing(sqlite3.connect(source)) as held, target.connection(writes=True) as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in _names(connection):
            _carry(held, connection, name)
        for number in connection.scalars(select(tables.articles.c.number)).all():
            put_words(connection, number)
        for name, column in _counted(connection):
            last = (
                f"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), greatest(max({column}), 1)) FROM {name}"
            )
            connection.execute(text(f"{last} HAVING count(*) > 0"))


def _names(connection: Connection) -> list[str]:
    """Of the tables that both have; the index of words is made anew, and a server has no seals."""
    wanted = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    return [name for name in connection.scalars(text(wanted)) if name not in _ITS_OWN]


def _carry(held: sqlite3.Connection, connection: Connection, name: str) -> None:
    rows = held.execute(f"SELECT * FROM {name}")
    columns = ", ".join(f'"{field[0]}"' for field in rows.description)
    connection.execute(text(f"DELETE FROM {name}"))
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        for row in _all(rows):
            copy.write_row(row)


def _all(rows: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    while some := rows.fetchmany(_AT_ONCE):
        yield from some


def _counted(connection: Connection) -> list[tuple[str, str]]:
    """Tables and columns that the database gives numbers to."""
    wanted = "SELECT table_name, column_name FROM information_schema.columns WHERE column_default LIKE 'nextval%'"
    return [(row.table_name, row.column_name) for row in connection.execute(text(wanted))]
