"""How many there are of what is counted often, kept in the database itself so that nobody has to count.

A tally goes up and down with the rows that it counts, in the transaction that puts or takes them: triggers see to it,
whoever writes. `kind` and `facet` of things that are listed: how many are found by each value of a facet. Kind
`account`: how many accounts of incidents name a place or actor. Kind `total`: how many sources, accounts, copies,
labels and claims there are, and tolls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Index, Integer, Table, select

from onrecord.record.tables import code, metadata, words

TOTAL, ACCOUNT = "total", "account"
tallies = Table(
    "tallies",
    metadata,
    Column("kind", code(8), primary_key=True),
    Column("facet", code(8), primary_key=True),
    Column("value", words(), primary_key=True),
    Column("number", Integer, nullable=False),
    Index("tallies_by_number", "kind", "facet", "number"),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the rows of a table are counted under; `each` is what a row counts, in the words of SQL, `{0}` the row."""

    name: str
    table: str
    kind: str
    facet: str
    value: str = "''"
    each: str = "1"
    changes: str = ""
    """The column on which `each` depends, where rows change in it."""


_COUNTED = (
    _Counted("facets", "facets", "{0}.kind", "{0}.facet", "{0}.value"),
    _Counted(
        "names", "names", f"'{ACCOUNT}'", "{0}.role", "{0}.name", "CASE WHEN {0}.kind = 'incident' THEN 1 ELSE 0 END"
    ),
    _Counted("sources", "sources", f"'{TOTAL}'", "'sources'"),
    _Counted("labels", "label_uses", f"'{TOTAL}'", "'labels'"),
    _Counted("claims", "claims", f"'{TOTAL}'", "'claims'"),
    _Counted("accounts", "nodes", f"'{TOTAL}'", "'accounts'", each="CASE WHEN {0}.kind = 'incident' THEN 1 ELSE 0 END"),
    _Counted(
        "copies",
        "nodes",
        f"'{TOTAL}'",
        "'copies'",
        each="CASE WHEN {0}.kind = 'copy' AND {0}.\"group\" <> {0}.id THEN 1 ELSE 0 END",
        changes='"group"',
    ),
    _Counted(
        "tolls",
        "articles",
        f"'{TOTAL}'",
        "'tolls'",
        each="CASE WHEN {0}.source IS NULL THEN 0 ELSE {0}.casualties END",
        changes="source, casualties",
    ),
)


def total(connection: Connection, of: str) -> int:
    """How many sources, accounts, copies, labels, claims or tolls there are."""
    held = tallies.c
    wanted = select(held.number).where(held.kind == TOTAL, held.facet == of, held.value == "")
    return connection.scalar(wanted) or 0


def number_of(connection: Connection, kind: str, facet: str, value: str) -> int:
    """How many things of a kind are found by a value of a facet."""
    held = tallies.c
    return (
        connection.scalar(select(held.number).where(held.kind == kind, held.facet == facet, held.value == value)) or 0
    )


def keep(connection: Connection) -> None:
    """Count what there is, and have the database go on counting."""
    count_anew(connection)
    for counted in _COUNTED:
        for command in _triggers(connection.dialect.name, counted):
            connection.exec_driver_sql(command)


def count_anew(connection: Connection) -> None:
    """Count all rows: after rows were put in without the triggers."""
    connection.exec_driver_sql("DELETE FROM tallies")
    for counted in _COUNTED:
        connection.exec_driver_sql(f"INSERT INTO tallies ({_FIELDS}) {_all_counted(counted)}")


def rest(connection: Connection) -> None:
    """Have the database count no more, until `keep`: for who puts in rows by the million."""
    for counted in _COUNTED:
        for name in _names(counted):
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            else:
                connection.exec_driver_sql(f"DROP FUNCTION {name}() CASCADE")


def _names(counted: _Counted) -> Iterator[str]:
    """Of the triggers."""
    for event in ("comes", "goes", *(["changes"] if counted.changes else [])):
        yield f"tally_{counted.name}_{event}"


def miscounted(connection: Connection) -> tuple[str, str, str] | None:
    """The first tally (kind, facet, value) that is not what counting all rows gives; `None` where all are."""
    held, counted = f"SELECT {_FIELDS} FROM tallies", " UNION ALL ".join(map(_all_counted, _COUNTED))
    for one, other in ((held, counted), (counted, held)):
        row = connection.exec_driver_sql(
            f"SELECT {_FIELDS} FROM ({one}) AS a EXCEPT {_one(other)} ORDER BY 1, 2, 3"
        ).first()
        if row is not None:
            return row[0], row[1], row[2]
    return None


def _one(selection: str) -> str:
    return f"SELECT {_FIELDS} FROM ({selection}) AS b"


_FIELDS = "kind, facet, value, number"


def _all_counted(counted: _Counted) -> str:
    """A selection of the tallies of a table, from all of its rows."""
    kind, facet, value, each = (part.format("t") for part in (counted.kind, counted.facet, counted.value, counted.each))
    return (
        f"SELECT {kind} AS kind, {facet} AS facet, {value} AS value, sum({each}) AS number "
        f"FROM {counted.table} AS t GROUP BY 1, 2, 3 HAVING sum({each}) <> 0"
    )


def _triggers(dialect: str, counted: _Counted) -> Iterator[str]:
    """The commands that have rows counted that come, that go, and where it matters that change."""
    new, old = counted.each.format("NEW"), counted.each.format("OLD")
    yield from _trigger(dialect, counted, "comes", "INSERT", "NEW", new)
    yield from _trigger(dialect, counted, "goes", "DELETE", "OLD", f"-({old})")
    if counted.changes:
        yield from _trigger(dialect, counted, "changes", f"UPDATE OF {counted.changes}", "NEW", f"({new}) - ({old})")


def _trigger(dialect: str, counted: _Counted, name: str, event: str, row: str, change: str) -> Iterator[str]:
    name = f"tally_{counted.name}_{name}"
    key = ", ".join(part.format(row) for part in (counted.kind, counted.facet, counted.value))
    body = f"""
        INSERT INTO tallies (kind, facet, value, number) VALUES ({key}, {change})
        ON CONFLICT (kind, facet, value) DO UPDATE SET number = tallies.number + excluded.number;
    """
    if event != "INSERT":
        body += f"DELETE FROM tallies WHERE (kind, facet, value) = ({key}) AND number = 0;"
    when = f"AFTER {event} ON {counted.table} FOR EACH ROW WHEN (({change}) <> 0)"
    if dialect == "sqlite":
        yield f"CREATE TRIGGER {name} {when} BEGIN {body} END"
        return
    yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
    yield f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()"
