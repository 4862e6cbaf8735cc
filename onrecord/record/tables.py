"""The tables of the record, for SQLite and PostgreSQL.

Three layers: what came in (`blobs`, `sources`, `readings`, `failures`), the articles in it (`articles`), and what links
articles (`nodes` with their `group`, the weighted `links` between them, and the `keys` by which a newcomer finds its
like). The last layer can be made again from the readings at any time, and so can what is derived from it to be quick
(`onrecord.record.listing_tables`).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.types import TypeEngine

from onrecord.record.packed import PackedBytes, PackedText

metadata = MetaData()


def code(length: int) -> TypeEngine[str]:
    """A short text that is compared byte by byte on every database, whatever the language of the server."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def words() -> TypeEngine[str]:
    """A text of any length that is compared byte by byte on every database."""
    return Text().with_variant(Text(collation="C"), "postgresql")


blobs = Table(
    "blobs",
    metadata,
    Column("sha256", code(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", code(16), nullable=False, unique=True),
    Column("outlet", words()),
    Column("outlet_key", words(), nullable=False),
    Column("url", words()),
    Column("title", words()),
    Column("byline", words()),
    Column("published", words()),
    Column("updated", words()),
    Column("language", code(16), nullable=False),
    Column("truncated", Boolean, nullable=False),
    Column("words", Integer, nullable=False),
    Column("text", words(), nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("casualties", Integer, nullable=False, default=0),
    Column("labels", Integer, nullable=False, default=0),
    Column("claims", Integer, nullable=False, default=0),
    Column("source", Integer, ForeignKey("sources.id", use_alter=True, name="articles_source")),
    Index("articles_by_publication", "published", "id"),
    Index("articles_told", "outlet", "published", "casualties", "source"),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", code(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("origin", words(), nullable=False),
    Column("reading_id", words(), nullable=False),
    Column("kind", code(16), nullable=False),
    Column("url", words()),
    Column("content_type", words()),
    Column("captured", words()),
    Column("added", words(), nullable=False),
    Column("article", code(16), ForeignKey("articles.id"), nullable=False, index=True),
    UniqueConstraint("sha256", "origin", "reading_id", name="sources_once"),
    Index("sources_by_reading", "reading_id"),
)

readings = Table(
    "readings",
    metadata,
    Column("source", Integer, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", code(32), nullable=False),
    Column("reading", PackedText, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("place", words(), primary_key=True),
    Column("sha256", code(64), index=True),
    Column("reason", words(), nullable=False),
    Column("advice", words()),
    Column("at", words(), nullable=False),
)

nodes = Table(
    "nodes",
    metadata,
    Column("kind", code(8), primary_key=True),
    Column("id", code(16), primary_key=True),
    Column("article", code(16), ForeignKey("articles.id"), nullable=False),
    Column("local", code(16), nullable=False),
    Column("rank", code(40), nullable=False),
    Column("group", code(16), nullable=False),
    Column("type", code(24)),
    Column("mode", code(24)),
    Column("since", code(10)),
    Column("until", code(10)),
    Column("features", PackedBytes, nullable=False),
    Column("names", words(), nullable=False, server_default="[]"),
    Index("nodes_by_article", "article", "kind"),
    Index("nodes_by_group", "kind", "group"),
)
"""`names`: JSON, `[role, name as it is looked for, name as it is shown or null]` of each place and actor."""
Index(
    "nodes_copied",
    nodes.c.id,
    nodes.c.group,
    sqlite_where=(nodes.c.kind == literal_column("'copy'")) & (nodes.c.group != nodes.c.id),
    postgresql_where=(nodes.c.kind == literal_column("'copy'")) & (nodes.c.group != nodes.c.id),
)

names = Table(
    "names",
    metadata,
    Column("kind", code(8), primary_key=True),
    Column("role", code(8), primary_key=True),
    Column("name", words(), primary_key=True),
    Column("node", code(16), primary_key=True),
    Index("names_by_node", "kind", "node"),
    sqlite_with_rowid=False,
)
"""Of accounts of incidents and steps of truces."""

links = Table(
    "links",
    metadata,
    Column("kind", code(8), primary_key=True),
    Column("a", code(16), primary_key=True),
    Column("b", code(16), primary_key=True),
    Column("weight", Float, nullable=False),
    sqlite_with_rowid=False,
)

keys = Table(
    "keys",
    metadata,
    Column("kind", code(8), primary_key=True),
    Column("key", code(80), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("node", code(16), primary_key=True),
    Index("keys_by_node", "kind", "node"),
    sqlite_with_rowid=False,
)

linked_by = Table("linked_by", metadata, Column("linker", code(16), primary_key=True))
"""The states of the program that made the links there are (`onrecord.record.linker`)."""
