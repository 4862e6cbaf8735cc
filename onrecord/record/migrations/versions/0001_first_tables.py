"""The first tables."""

from alembic import op

from onrecord.record import tables

revision = "0001"
down_revision = None

_TABLES = ("blobs", "articles", "sources", "readings", "failures", "nodes", "links", "keys", "names")
_SEARCH = """
CREATE VIRTUAL TABLE article_words USING fts5(
    title, text, content='articles', content_rowid='number', tokenize="unicode61 remove_diacritics 2"
)
"""


def upgrade() -> None:
    # By name: tables that came later have migrations of their own.
    tables.metadata.create_all(op.get_bind(), [tables.metadata.tables[name] for name in _TABLES])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SEARCH)
