"""What the desk keeps to be quick: each incident in a line, and of each article its speakers.

All of it can be made again from the record at any time, so that these tables belong to no migration: the desk makes
them where they are not, and makes them anew where `FORM` has changed.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text, text

FORM = 7
"""Goes up with every change to what stands in these tables."""

metadata = MetaData()
_UNDATED = text("(since IS NULL)")
"""Stands in indexes as it stands in orders: what has no day comes last."""

incidents = Table(
    "desk_incidents",
    metadata,
    Column("id", String(16), primary_key=True),
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
    Column("disputed", Integer, nullable=False),
    Column("deaths", Integer, nullable=False),
    Column("pressing", Float, nullable=False),
    Column("placed", Boolean, nullable=False),
    Column("week", String(10)),
    Index("desk_incidents_by_day", "deed", _UNDATED, "since", "id"),
    Index("desk_incidents_by_last_day", "deed", _UNDATED, text("since DESC"), text("id DESC")),
    Index("desk_incidents_since", "since"),
    Index("desk_incidents_by_publication", "published", "id"),
    Index("desk_incidents_by_place", "latitude", "longitude"),
    Index("desk_incidents_by_week", "week"),
    Index("desk_incidents_by_deaths", "deaths", "since"),
    Index("desk_incidents_pressing", "decided", "deed", "pressing"),
)
Index(
    "desk_incidents_disputed",
    incidents.c.deed,
    _UNDATED,
    incidents.c.since,
    incidents.c.id,
    sqlite_where=incidents.c.disputed > text("0"),
    postgresql_where=incidents.c.disputed > text("0"),
)
"""Of what follows `decided`: how many matters are disputed, the best figure of the dead (0 where none is told), how
much it matters that a person looks, whether the place is told more closely than a country, and the Monday of the week
in whose sum of tolls it counts."""

figures = Table(
    "desk_figures",
    metadata,
    Column("incident", String(16), nullable=False),
    Column("outlet", Text, nullable=False),
    Column("killed", Integer, nullable=False),
    Column("others", Integer, nullable=False),
    Index("desk_figures_by_incident", "incident"),
    Index("desk_figures_by_outlet", "outlet", "killed", "others"),
)
"""What an outlet tells of those killed in an incident, and the middle of what the other outlets tell."""

articles = Table(
    "desk_articles",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("outlet", Text),
    Column("outlet_key", Text),
    Column("day", String(10)),
    Column("credited", Boolean, nullable=False),
    Index("desk_articles_by_day", "day", "outlet_key"),
    Index("desk_articles_by_outlet", "outlet_key", "outlet", "day", "credited"),
)
"""What of each article its outlet is judged by; `day` of publication, `credited`: it names an agency."""

speakers = Table(
    "desk_speakers",
    metadata,
    Column("article", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("claims", Integer, nullable=False),
    Index("desk_speakers_by_article", "article"),
    Index("desk_speakers_by_name", "name", "named", "claims"),
    Index("desk_speakers_by_folded_name", "folded", "article", "claims"),
)

form = Table(
    "desk_form",
    metadata,
    Column("form", Integer, primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("source", Integer, nullable=False),
)
"""Of which form the tables are, and up to which entry of the journal and which source they are level."""

FORMER = ("desk_labels",)
"""Tables that former forms had."""
