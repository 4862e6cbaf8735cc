"""A record as it is at one moment, whatever others add to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from onrecord.errors import RecordError
from onrecord.record.record import Record


class Snapshot(Record):
    """A record for reading only, all of whose answers come from one transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection.engine)
        self._connection = connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        raise RecordError(
            "this is the record as it was at one moment; it takes nothing", advice="open the record itself"
        )
        yield self._connection


@contextmanager
def snapshot(record: Record) -> Iterator[Snapshot]:
    """The record as it is now, without what is withheld; its answers agree with each other as long as it is open."""
    with record.connection() as first:
        engine = first.engine
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield Snapshot(connection)
