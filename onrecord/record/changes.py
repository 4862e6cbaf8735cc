"""Whether anything changed on record: a stamp that is cheap to ask for, whichever process made the change."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from sqlalchemy import Connection, func, select

from onrecord.record import tables
from onrecord.record.journal import head


@dataclass(frozen=True, slots=True)
class Stamp:
    """How far the record has come; two that are equal are of a record that says the same."""

    journal: int
    """The last entry of the journal."""
    source: int
    article: int
    failures: int
    failed: str
    """When something failed last."""

    def __str__(self) -> str:
        return ".".join(str(value) for value in astuple(self))


def stamp(connection: Connection) -> Stamp:
    """The stamp of now; look-ups at the ends of indexes, and a count of what failed."""
    failed = select(func.count(), func.max(tables.failures.c.at)).select_from(tables.failures)
    failures = connection.execute(failed).one()
    return Stamp(
        journal=head(connection).number,
        source=connection.scalar(select(func.max(tables.sources.c.id))) or 0,
        article=connection.scalar(select(func.max(tables.articles.c.number))) or 0,
        failures=failures[0],
        failed=failures[1] or "",
    )
