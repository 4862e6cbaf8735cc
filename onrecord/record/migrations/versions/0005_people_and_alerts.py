"""Who works at the desk, and what is watched."""

from alembic import op

from onrecord.record import tables
from onrecord.team import tables as team
from onrecord.watch import tables as watch

revision = "0005"
down_revision = "0004"

_TABLES = (*team.NAMES, *watch.NAMES)


def upgrade() -> None:
    tables.metadata.create_all(op.get_bind(), [tables.metadata.tables[name] for name in _TABLES])
