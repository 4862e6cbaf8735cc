"""Seals of the tables that nothing else proves; they are made whenever tables were changed."""

from alembic import op

from onrecord.record.seals import seals

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    seals.create(op.get_bind(), checkfirst=True)
