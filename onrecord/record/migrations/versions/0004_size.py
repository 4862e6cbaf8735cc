"""Tables from which a large record is listed; `onrecord.record.linking_anew` fills them."""

from alembic import op
from sqlalchemy import inspect

from onrecord.record import listing_tables, tables  # noqa: F401  (the tables put themselves into `metadata`)

revision = "0004"
down_revision = "0003"

_TABLES = ("listings", "facets", "claims", "label_uses", "label_cells", "period_figures")
_SEARCH = """
CREATE TABLE article_words (number integer PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE,
words tsvector NOT NULL)
"""


def upgrade() -> None:
    bind = op.get_bind()
    tables.metadata.create_all(bind, [tables.metadata.tables[name] for name in _TABLES])
    if bind.dialect.name == "postgresql":
        op.execute(_SEARCH)
        op.execute("CREATE INDEX article_words_found ON article_words USING gin (words)")
    _bring_up_to_date()


def _bring_up_to_date() -> None:
    """Make the tables of an older version what those of a new record are, to the letter."""
    bind = op.get_bind()
    if "names" not in {column["name"] for column in inspect(bind).get_columns("nodes")}:
        for index in inspect(bind).get_indexes("nodes"):
            op.drop_index(str(index["name"]))
        op.rename_table("nodes", "former_nodes")
        tables.nodes.create(bind)
        fields = ", ".join(f'"{column.name}"' for column in tables.nodes.c if column.name != "names")
        op.execute(f"INSERT INTO nodes ({fields}) SELECT {fields} FROM former_nodes")
        op.drop_table("former_nodes")
        op.execute("DELETE FROM names WHERE kind = 'story'")
    if "articles_by_outlet" in {index["name"] for index in inspect(bind).get_indexes("articles")}:
        op.drop_index("articles_by_outlet")
        next(index for index in tables.articles.indexes if index.name == "articles_told").create(bind)
