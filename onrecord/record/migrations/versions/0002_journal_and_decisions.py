"""The journal and the decisions of people."""

from alembic import op

from onrecord.record.decision_tables import anchors, bonds, decisions, withheld_in
from onrecord.record.journal_tables import guard, journal
from onrecord.record.tables import metadata

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    metadata.create_all(op.get_bind(), [journal, decisions, anchors, bonds, withheld_in])
    guard(op.get_bind())
