"""What the desk keeps to be quick: each incident in a line, and of each article its labels and its speakers.

All of it can be made again from the record at any time, so that these tables belong to no migration: the desk makes
them where they are not, and makes them anew where `FORM` has changed.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

FORM = 3
"""Goes up with every change to what stands in these tables."""

metadata = MetaData()

incidents = Table(
    "desk_incidents",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("signature", String(64), nullable=False),
    Column("type", String(24), nullable=False),
    Column("mode", String(24)),
    Column("status", String(16), nullable=False),
    Column("deed", Boolean, nullable=False),
    Column("since", String(10)),
    Column("until", String(10)),
    Column("published", String(10)),
    Column("place", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("level", String(16)),
    Column("killed_low", Integer),
    Column("killed_best", Integer),
    Column("killed_high", Integer),
    Column("killed_open", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("accounts", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("disputes", Text, nullable=False),
    Column("doubts", Text, nullable=False),
    Column("uncertainty", Float, nullable=False),
    Column("consequence", Float, nullable=False),
    Column("decided", Boolean, nullable=False),
    Index("desk_incidents_by_day", "since"),
    Index("desk_incidents_by_uncertainty", "decided", "uncertainty"),
    Index("desk_incidents_by_consequence", "decided", "consequence"),
)

figures = Table(
    "desk_figures",
    metadata,
    Column("incident", String(16), nullable=False),
    Column("outlet", Text, nullable=False),
    Column("killed", Integer, nullable=False),
    Column("others", Integer, nullable=False),
    Index("desk_figures_by_incident", "incident"),
    Index("desk_figures_by_outlet", "outlet"),
)
"""What an outlet tells of those killed in an incident, and the middle of what the other outlets tell."""

articles = Table(
    "desk_articles",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("source", Integer, nullable=False),
)

labels = Table(
    "desk_labels",
    metadata,
    Column("article", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("by_outlet", Boolean, nullable=False),
    Column("of", Text),
    Column("label", Text, nullable=False),
    Column("tone", String(12), nullable=False),
    Column("scare_quotes", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("desk_labels_by_article", "article"),
)

speakers = Table(
    "desk_speakers",
    metadata,
    Column("article", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("claims", Integer, nullable=False),
    Index("desk_speakers_by_article", "article"),
    Index("desk_speakers_by_name", "name"),
)

form = Table(
    "desk_form",
    metadata,
    Column("form", Integer, primary_key=True),
    Column("journal", Integer, nullable=False, default=0),
)
"""Of which form the tables are, and up to which entry of the journal the decisions are digested."""
