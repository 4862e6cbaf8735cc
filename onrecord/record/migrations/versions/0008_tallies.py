"""Tallies of what is counted often; readings and features packed; labels in an order that an index has."""

from collections.abc import Iterator, Sequence
from typing import Any

from alembic import op
from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Row,
    Select,
    Table,
    bindparam,
    column,
    inspect,
    select,
    table,
    text,
    update,
)

from onrecord.record import listing_tables, tables
from onrecord.record.packed import pack
from onrecord.record.tallies import keep, tallies

revision = "0008"
down_revision = "0007"

_AT_ONCE = 1000


def upgrade() -> None:
    bind = op.get_bind()
    _pack_readings(bind)
    _pack_features(bind)
    _add_columns(bind)
    for each in (tables.nodes, listing_tables.label_uses, listing_tables.label_cells):
        _make_indexes_anew(bind, each)
    tallies.create(bind)
    keep(bind)


def _pack_readings(bind: Connection) -> None:
    if isinstance(_columns(bind, "readings")["reading"], LargeBinary):
        return
    op.rename_table("readings", "former_readings")
    tables.readings.create(bind)
    former = table("former_readings", column("source"), column("reader"), column("reading"))
    for rows in _portions(bind, select(former), former.c.source):
        packed = [{"source": row.source, "reader": row.reader, "reading": pack(row.reading)} for row in rows]
        bind.execute(text("INSERT INTO readings VALUES (:source, :reader, :reading)"), packed)
    op.drop_table("former_readings")


def _pack_features(bind: Connection) -> None:
    nodes = table("nodes", column("kind"), column("id"), column("features", LargeBinary))
    change = update(nodes).where(nodes.c.kind == bindparam("of_kind"), nodes.c.id == bindparam("of_id"))
    for kind in ("copy", "story", "incident", "truce"):
        for rows in _portions(bind, select(nodes).where(nodes.c.kind == kind), nodes.c.id):
            packed = [{"of_kind": kind, "of_id": row.id, "features": pack(row.features)} for row in rows]
            bind.execute(change, packed)


def _add_columns(bind: Connection) -> None:
    if "spelled" not in _columns(bind, "label_cells"):
        op.execute("ALTER TABLE label_cells ADD COLUMN spelled VARCHAR(80) NOT NULL DEFAULT ''")
        spelled = """ "by" || ' ' || coalesce("of", '') || ' ' || label || ' ' || tone """
        op.execute(f"UPDATE label_cells SET spelled = substr({spelled.strip()}, 1, 80)")
    if "day" not in _columns(bind, "label_uses"):
        op.execute("ALTER TABLE label_uses ADD COLUMN day VARCHAR(10) NOT NULL DEFAULT ''")
        published = "SELECT substr(rank, 1, 10) FROM nodes WHERE kind = 'story' AND nodes.id = label_uses.article"
        op.execute(f"UPDATE label_uses SET day = coalesce(({published}), '')")


def _make_indexes_anew(bind: Connection, of: Table) -> None:
    for held in inspect(bind).get_indexes(of.name):
        op.drop_index(str(held["name"]), table_name=of.name)
    for index in of.indexes:
        index.create(bind)


def _columns(bind: Connection, name: str) -> dict[str, object]:
    return {each["name"]: each["type"] for each in inspect(bind).get_columns(name)}


def _portions(bind: Connection, wanted: Select[Any], key: ColumnElement[Any]) -> Iterator[Sequence[Row[Any]]]:
    last: list[Any] = []
    while rows := bind.execute(wanted.where(*(key > value for value in last)).order_by(key).limit(_AT_ONCE)).all():
        yield rows
        last = [rows[-1]._mapping[key]]
