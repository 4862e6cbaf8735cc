"""A record copied from one database to another, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Integer, Table, bindparam, func, insert, inspect, select, text, update

from onrecord.record import tables
from onrecord.record.seals import seals
from onrecord.record.tallies import tallies

_AT_ONCE = 200


def copy_record(held: Connection, into: Connection) -> None:
    """Put all rows of a record into a new one, which has the tables already, in the transactions of both."""
    if into.dialect.name == "sqlite":
        into.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in _tables(held, into):
        if table not in (tallies, seals):  # which the others' triggers keep
            _copy(held, into, table)
    _point_to_sources(held, into)
    if into.dialect.name == "sqlite":
        into.exec_driver_sql("INSERT INTO article_words(article_words) VALUES('rebuild')")
    if into.dialect.name == "postgresql":
        _count_on(into)


def _tables(held: Connection, into: Connection) -> Iterator[Table]:
    """The tables that both have, those first to which others refer."""
    _import_all()
    present = set(inspect(held).get_table_names()) & set(inspect(into).get_table_names())
    yield from (table for table in tables.metadata.sorted_tables if table.name in present)


def _import_all() -> None:
    """Import the tables of all parts, as the migrations do that make them."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(tables.__file__).parent / "migrations"))
    for _ in scripts.walk_revisions():
        pass


def _copy(held: Connection, into: Connection, table: Table) -> None:
    # An article refers to a source and a source to its article: the first is filled in afterwards.
    columns = [column for column in table.columns if not (table is tables.articles and column.name == "source")]
    order = list(table.primary_key.columns)
    rows = held.execute(select(*columns).order_by(*order).execution_options(yield_per=_AT_ONCE))
    for some in rows.mappings().partitions(_AT_ONCE):
        into.execute(insert(table), [dict(row) for row in some])


def _point_to_sources(held: Connection, into: Connection) -> None:
    articles = tables.articles
    pointing = update(articles).where(articles.c.id == bindparam("article")).values(source=bindparam("from_source"))
    wanted = select(articles.c.id.label("article"), articles.c.source.label("from_source"))
    rows = held.execute(wanted.execution_options(yield_per=_AT_ONCE))
    for some in rows.mappings().partitions(_AT_ONCE):
        into.execute(pointing, [dict(row) for row in some])


def _count_on(into: Connection) -> None:
    """Let PostgreSQL number new rows after those that were copied."""
    for table in tables.metadata.sorted_tables:
        for column in table.primary_key.columns:
            if isinstance(column.type, Integer):
                sequence = into.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
                highest = into.scalar(select(func.max(column)))
                if sequence and highest:
                    into.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})
