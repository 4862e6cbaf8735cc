"""Which incidents changed when, for whoever keeps something beside the record; there is nothing to fill in."""

from alembic import op

from onrecord.record import listing_tables, tables  # noqa: F401  (the tables put themselves into `metadata`)

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    tables.metadata.create_all(op.get_bind(), [tables.metadata.tables["changed_incidents"]])
