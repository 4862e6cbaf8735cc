"""How long things last by classes, so that few are looked at in vain; which states of the program made the links."""

from alembic import op
from sqlalchemy import inspect

from onrecord.record import listing_tables
from onrecord.record.facets import SPANS, longest
from onrecord.record.linking_anew import linkers
from onrecord.record.tables import linked_by

revision = "0009"
down_revision = "0008"

_DAYS = {
    "sqlite": "julianday(substr(until, 1, 10)) - julianday(substr(day, 1, 10))",
    "postgresql": "CAST(substr(until, 1, 10) AS date) - CAST(substr(day, 1, 10) AS date)",
}


def upgrade() -> None:
    bind = op.get_bind()
    linked_by.create(bind)
    for linker in sorted(linkers(bind)):
        bind.execute(linked_by.insert(), {"linker": linker})
    if "long" in {column["name"] for column in inspect(bind).get_columns("facets")}:
        _class_spans(bind.dialect.name)


def _class_spans(dialect: str) -> None:
    op.drop_index("facets_long", table_name="facets")
    op.execute('ALTER TABLE facets RENAME COLUMN "long" TO span')
    if dialect == "postgresql":
        op.execute("ALTER TABLE facets ALTER COLUMN span TYPE integer USING CAST(span AS integer)")
    cases = " ".join(f"WHEN {_DAYS[dialect]} <= {longest(span)} THEN {span}" for span in range(1, SPANS))
    op.execute(f"UPDATE facets SET span = CASE {cases} ELSE {SPANS} END WHERE span > 0")
    next(index for index in listing_tables.facets.indexes if index.name == "facets_long").create(op.get_bind())
