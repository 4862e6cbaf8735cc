"""A record as of one moment, while others work on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from onrecord.record import Record


@contextmanager
def at_one_moment(record: Record) -> Iterator[Connection]:
    """A transaction in which all that is asked for is as it was at its beginning; what is withheld is in it."""
    with record.connection() as connection:
        if connection.dialect.name != "postgresql":  # SQLite's transactions are so by themselves
            yield connection
            return
        with connection.engine.connect() as opened:
            frozen = opened.execution_options(isolation_level="REPEATABLE READ")
            with frozen.begin():
                yield frozen
