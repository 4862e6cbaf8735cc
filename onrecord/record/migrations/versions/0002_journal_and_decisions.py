"""The journal and the decisions of people."""

from alembic import op

from onrecord.record import journal_tables, tables

revision = "0002"
down_revision = "0001"

_TABLES = ("journal",)


def upgrade() -> None:
    tables.metadata.create_all(op.get_bind(), [tables.metadata.tables[name] for name in _TABLES])
    journal_tables.guard(op.get_bind())
