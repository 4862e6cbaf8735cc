"""What the record derives to answer quickly at any size: what can be listed, by what it is found, and who said what.

A listing is an article, a story, an incident, a truce or a toll of a period. `listings` has a row for each with the
thing as it was last put together (`card`; null where something in it has changed since), `facets` a row for everything
that it is found by, kept in the order of its day, so that a page is read from an index and nothing else. All of it can
be made again from the other tables at any time.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, literal_column

from onrecord.record.tables import code, metadata, words

listings = Table(
    "listings",
    metadata,
    Column("kind", code(8), primary_key=True),
    Column("id", code(16), primary_key=True),
    Column("day", code(10), nullable=False, server_default=""),
    Column("until", code(10), nullable=False, server_default=""),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("facets", words(), nullable=False, server_default="[]"),
    Column("card", LargeBinary),
)
Index(
    "listings_stale",
    listings.c.kind,
    listings.c.id,
    sqlite_where=listings.c.card.is_(None),
    postgresql_where=listings.c.card.is_(None),
)

facets = Table(
    "facets",
    metadata,
    Column("kind", code(8), primary_key=True),
    Column("facet", code(8), primary_key=True),
    Column("value", words(), primary_key=True),
    Column("day", code(10), primary_key=True),
    Column("id", code(16), primary_key=True),
    Column("until", code(10), nullable=False),
    Column("span", Integer, nullable=False),
    Column("name", words()),
    sqlite_with_rowid=False,
)
"""`day`: the first day of it, else of its first publication, else empty; `name`: as a place or actor is shown.

`span`: of which class it is by the days that it lasts (`onrecord.record.facets.span_class`).
"""
LASTING = facets.c.span > literal_column("0")
"""What lasts longer than most. (SQLite takes the index only for a condition in the same words.)"""
Index(
    "facets_long",
    *(facets.c[name] for name in ("kind", "facet", "value", "span", "day", "id")),
    sqlite_where=LASTING,
    postgresql_where=LASTING,
)

claims = Table(
    "claims",
    metadata,
    Column("article", code(16), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("local", code(16), nullable=False),
    Column("quote", code(16), nullable=False),
    Column("sides", words(), nullable=False),
    sqlite_with_rowid=False,
)
"""The statements of each article in the order of its text; `sides`: JSON of the names of who speaks, folded."""

label_uses = Table(
    "label_uses",
    metadata,
    Column("article", code(16), primary_key=True),
    Column("local", code(16), primary_key=True),
    Column("cell", code(16), nullable=False),
    Column("scare_quotes", Boolean, nullable=False),
    Column("day", code(10), nullable=False),
    Column("sides", words(), nullable=False),
    Column("evidence", words(), nullable=False),
    Index("label_uses_by_cell", "cell", "day", "article", "local"),
    sqlite_with_rowid=False,
)

label_cells = Table(
    "label_cells",
    metadata,
    Column("id", code(16), primary_key=True),
    Column("by", words(), nullable=False),
    Column("by_outlet", Boolean, nullable=False),
    Column("of", words()),
    Column("label", words(), nullable=False),
    Column("tone", code(16), nullable=False),
    Column("uses", Integer, nullable=False),
    Column("in_quotes", Integer, nullable=False),
    Column("spelled", code(80), nullable=False, server_default=""),
)
Index("label_cells_by_uses", label_cells.c.uses.desc(), label_cells.c.spelled, label_cells.c.id)
"""Who calls whom what, how often, and how often of these in scare quotes.

`spelled`: how the four begin, one after the other, by which those that are used as often are put in order.
"""

period_figures = Table(
    "period_figures",
    metadata,
    Column("article", code(16), primary_key=True),
    Column("local", code(16), primary_key=True),
    Column("period", code(16), nullable=False),
    Index("period_figures_by_period", "period"),
    sqlite_with_rowid=False,
)
"""The figures that belong to no single incident, by the people, place and time that they count."""

changed_incidents = Table(
    "changed_incidents",
    metadata,
    Column("id", code(16), primary_key=True),
    Column("entry", Integer, nullable=False, index=True),
)
"""The incidents put together anew, or gone, since there is this table, each with the last entry of the journal then.

Whoever keeps something of each incident beside the record (the desk does) learns from it what to make anew.
"""
