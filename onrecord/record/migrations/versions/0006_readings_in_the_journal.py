"""Readings from before there was a journal get their entries in it, which say so."""

from alembic import op

from onrecord.record.journal_backlog import tell_of_untold

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    tell_of_untold(op.get_bind())
