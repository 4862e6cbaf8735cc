"""What was captured."""

from alembic import op

from onrecord.archive import tables as archive_tables
from onrecord.record import tables

revision = "0003"
down_revision = "0002"

_TABLES = ("captures", "media", "media_parts")


def upgrade() -> None:
    tables.metadata.create_all(op.get_bind(), [tables.metadata.tables[name] for name in _TABLES])
    archive_tables.guard(op.get_bind())
