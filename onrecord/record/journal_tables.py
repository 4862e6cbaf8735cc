"""The table of the journal, and what keeps its entries from being changed or taken away.

The database itself refuses it: triggers let entries in at the end alone. Somebody who may drop a trigger can still
change the file, and that is what the chain of hashes is there to show (`onrecord.record.journal`).
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Index, Integer, String, Table, Text

from onrecord.record.tables import metadata

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("subject", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("journal_by_subject", "subject", "number"),
    Index("journal_by_kind", "kind", "number"),
)

_SQLITE = (
    """
    CREATE TRIGGER journal_keeps_entries BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'entries of the journal cannot be changed'); END
    """,
    """
    CREATE TRIGGER journal_loses_no_entry BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'entries of the journal cannot be taken away'); END
    """,
    # INSERT OR REPLACE takes a row away without asking the trigger on DELETE.
    """
    CREATE TRIGGER journal_grows_at_its_end BEFORE INSERT ON journal
    WHEN NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM journal)
    BEGIN SELECT RAISE(ABORT, 'entries of the journal come at its end'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'entries of the journal cannot be changed or taken away'; END $$
    """,
    """
    CREATE TRIGGER journal_keeps_entries BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_refuses()
    """,
    """
    CREATE TRIGGER journal_is_not_emptied BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()
    """,
)
_GUARDS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def guard(connection: Connection) -> None:
    """Have the database refuse every change of the journal but a new entry at its end."""
    for command in _GUARDS.get(connection.dialect.name, ()):
        connection.exec_driver_sql(command)
