"""The first tables."""

from alembic import op

from onrecord.record import tables

revision = "0001"
down_revision = None

_SEARCH = """
CREATE VIRTUAL TABLE article_words USING fts5(
    title, text, content='articles', content_rowid='number', tokenize="unicode61 remove_diacritics 2"
)
"""


def upgrade() -> None:
    tables.metadata.create_all(op.get_bind())
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SEARCH)
