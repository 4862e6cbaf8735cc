"""Indexes and derived tables for a large record."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pass
