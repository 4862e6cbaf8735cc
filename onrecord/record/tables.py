"""The tables of the record, for SQLite and any other database that SQLAlchemy speaks.

Three layers: what came in (`blobs`, `sources`, `readings`, `failures`), the articles in it (`articles`), and what links
articles (`nodes` with their `group`, the weighted `links` between them, the `keys` by which a newcomer finds its like,
and the `names` by which people look). The last layer can be made again from the readings at any time.
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
)

metadata = MetaData()

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("outlet", Text),
    Column("outlet_key", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("published", Text),
    Column("updated", Text),
    Column("language", String(16), nullable=False),
    Column("truncated", Boolean, nullable=False),
    Column("words", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("casualties", Integer, nullable=False, default=0),
    Column("labels", Integer, nullable=False, default=0),
    Column("claims", Integer, nullable=False, default=0),
    Column("source", Integer, ForeignKey("sources.id", use_alter=True, name="articles_source")),
    Index("articles_by_publication", "published", "id"),
    Index("articles_by_outlet", "outlet_key"),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("reading_id", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("url", Text),
    Column("content_type", Text),
    Column("captured", Text),
    Column("added", Text, nullable=False),
    Column("article", String(16), ForeignKey("articles.id"), nullable=False, index=True),
    UniqueConstraint("sha256", "origin", "reading_id", name="sources_once"),
    Index("sources_by_reading", "reading_id"),
)

readings = Table(
    "readings",
    metadata,
    Column("source", Integer, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", String(32), nullable=False),
    Column("reading", Text, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("place", Text, primary_key=True),
    Column("sha256", String(64), index=True),
    Column("reason", Text, nullable=False),
    Column("advice", Text),
    Column("at", Text, nullable=False),
)

nodes = Table(
    "nodes",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("id", String(16), primary_key=True),
    Column("article", String(16), ForeignKey("articles.id"), nullable=False, index=True),
    Column("local", String(16), nullable=False),
    Column("rank", String(40), nullable=False),
    Column("group", String(16), nullable=False),
    Column("type", String(24)),
    Column("mode", String(24)),
    Column("since", String(10)),
    Column("until", String(10)),
    Column("features", LargeBinary, nullable=False),
    Index("nodes_by_group", "kind", "group"),
    Index("nodes_by_date", "kind", "since"),
)

links = Table(
    "links",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("a", String(16), primary_key=True),
    Column("b", String(16), primary_key=True),
    Column("weight", Float, nullable=False),
    sqlite_with_rowid=False,
)

keys = Table(
    "keys",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("node", String(16), primary_key=True),
    Index("keys_by_node", "kind", "node"),
    sqlite_with_rowid=False,
)

names = Table(
    "names",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("role", String(8), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("node", String(16), primary_key=True),
    Index("names_by_node", "kind", "node"),
    sqlite_with_rowid=False,
)
