"""Who works at the desk, and what is watched."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass
