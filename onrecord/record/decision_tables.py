"""The tables of what people decided. It all stands in the journal, which is what counts; these are for finding it.

`anchors` say to what a decision holds on: a fact by its article, its sentence and its words, and where that is in the
reading of today (`holder`, `local`; null where it is gone). `bonds` are what decisions on links come down to: two nodes
that must be in one group, or must not. `withheld_in` are the articles in which a withheld person is named.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from onrecord.record.tables import metadata

decisions = Table(
    "decisions",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("act", String(8), nullable=False),
    Column("subject", Text, nullable=False),
    Column("field", String(24)),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("undone_by", String(16)),
    Index("decisions_by_act", "act", "number"),
    Index("decisions_by_subject", "subject"),
)

anchors = Table(
    "anchors",
    metadata,
    Column("decision", String(16), ForeignKey("decisions.id"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("role", String(8), nullable=False),
    Column("section", String(16), nullable=False),
    Column("article", String(16), nullable=False, index=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("anchor", Text, nullable=False),
    Column("holder", String(16)),
    Column("local", String(16)),
    Index("anchors_by_holder", "holder", "local"),
)

bonds = Table(
    "bonds",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("a", String(16), primary_key=True),
    Column("b", String(16), primary_key=True),
    Column("one", Boolean, nullable=False),
    Column("decision", String(16), nullable=False, index=True),
)

withheld_in = Table(
    "withheld_in",
    metadata,
    Column("decision", String(16), ForeignKey("decisions.id"), primary_key=True),
    Column("article", String(16), primary_key=True),
    Index("withheld_by_article", "article"),
)
