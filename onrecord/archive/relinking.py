"""Articles and their links made anew from the readings and the decisions, and compared with those on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, String, Table, Text, insert, select

from onrecord.archive.broken import NotWholeError
from onrecord.archive.words_proof import words_proved
from onrecord.record import adding, tables
from onrecord.record.cards import LATER, same
from onrecord.record.database import open_database
from onrecord.record.decision_tables import anchors, bonds, decisions, withheld_in
from onrecord.record.decisions.linking import bind
from onrecord.record.ids import outlet_key
from onrecord.record.listing import refresh
from onrecord.record.listing_tables import claims, facets, label_cells, label_uses, listings, period_figures
from onrecord.record.readings import decoded
from onrecord.record.streaming import streamed
from onrecord.record.tallies import miscounted
from onrecord.record.unfinished import unfinished

_AT_ONCE = 500
_COMPARED: tuple[tuple[Table, str], ...] = (
    (tables.articles, "id"),
    (tables.nodes, "id"),
    (tables.links, "a"),
    (tables.keys, "node"),
    (tables.names, "node"),
    (bonds, "a"),
    (withheld_in, "article"),
    (listings, "id"),
    (facets, "id"),
    (claims, "article"),
    (label_uses, "article"),
    (label_cells, "id"),
    (period_figures, "article"),
)
"""What is made from readings and decisions, with the column that tells a person where a row belongs."""


def links_proved(connection: Connection) -> int:
    """How many articles there are, all linked as their readings say; raises `NotWholeError` where one is not."""
    with _new_record() as anew:
        number = _make_anew(connection, anew)
        words_proved(connection, anew)
        for table, place in _COMPARED:
            _compare(connection, anew, table, place)
    wrong = miscounted(connection)
    if wrong is not None:
        raise NotWholeError(f"tallies of {' '.join(filter(None, wrong))}", "is not what counting gives")
    return number


def schema_proved(connection: Connection) -> None:
    """Raise `NotWholeError` where SQLite lacks a table, a column or an index, or has another guard than a new record.

    A guard is a trigger that refuses changes; of the others an older version may have written the definition.
    """
    held = set(_schema(connection))
    for name in _new_schema():
        if name not in held:
            raise NotWholeError("database", f"has no {name.splitlines()[0]}, or another than a new record")


@cache
def _new_schema() -> tuple[str, ...]:
    with _new_record() as anew:
        return _schema(anew)


def _schema(connection: Connection) -> tuple[str, ...]:
    """Tables, columns and indexes by name; guards with all that they say, the name in the first line."""
    rows = connection.exec_driver_sql(
        """
        SELECT type || ' ' || name || iif(type = 'trigger', char(10) || sql, '') FROM sqlite_master
        UNION ALL
        SELECT 'column ' || held.name || '.' || columns.name
        FROM sqlite_master AS held, pragma_table_info(held.name) AS columns
        WHERE held.type = 'table' AND held.name NOT LIKE 'article_words%'
        ORDER BY 1
        """
    )
    return tuple(rows.scalars())


@contextmanager
def _new_record() -> Iterator[Connection]:
    """An empty record, of which nothing remains; what is put into it need not name what came in.

    Whoever puts much into it keeps it now and then: what is not kept stands in SQLite's log, once for each change.
    """
    with unfinished() as folder:
        engine = open_database(folder / "anew.db")
        with engine.connect().execution_options(writes=True) as anew:
            cursor = anew.connection.cursor()
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.close()
            yield anew
        engine.dispose()


def _make_anew(connection: Connection, anew: Connection) -> int:
    _copy(connection, anew, decisions)
    _copy(connection, anew, anchors)
    articles = _put_readings(connection, anew)
    for number, article in enumerate(articles):
        adding.settle_anew(anew, article)
        if number % _AT_ONCE == 0:
            anew.commit()
    bind(anew, anew.scalars(select(decisions.c.id)).all())
    refresh(anew, everything=True)
    return len(articles)


def _put_readings(connection: Connection, anew: Connection) -> list[str]:
    """Sources with their readings, and their articles still empty; gives the articles' ids."""
    articles: dict[str, None] = {}
    readings = tables.readings.c
    wanted = (
        select(tables.sources, readings.reader, readings.reading, tables.articles.c.number)
        .join(tables.readings, readings.source == tables.sources.c.id)
        .join(tables.articles, tables.articles.c.id == tables.sources.c.article)
    )
    for row in streamed(connection, wanted.order_by(tables.sources.c.id), _AT_ONCE):
        held = row._asdict()
        reader, reading, number = (held.pop(name) for name in ("reader", "reading", "number"))
        if row.article not in articles:
            articles[row.article] = None
            _put_article(anew, number, row.article, outlet_key(decoded(reading)))
        anew.execute(insert(tables.sources).values(held))
        anew.execute(insert(tables.readings).values(source=row.id, reader=reader, reading=reading))
        if row.id % _AT_ONCE == 0:
            anew.commit()
    return list(articles)


def _put_article(anew: Connection, number: int, id: str, key: str) -> None:
    empty = {"language": "", "truncated": False, "words": 0, "text": "", "agencies": []}
    anew.execute(insert(tables.articles).values(number=number, id=id, outlet_key=key, **empty))


def _copy(connection: Connection, anew: Connection, table: Table) -> None:
    rows = [row._asdict() for row in connection.execute(select(table))]
    if rows:
        anew.execute(insert(table), rows)


def _compare(connection: Connection, anew: Connection, table: Table, place: str) -> None:
    if table in (listings, facets):
        _compare_listed(connection, anew, table)
        return
    columns = [column for column in table.columns if column.name != "number"]
    at = [column.name for column in columns].index(place)
    order = [column for column in columns if column.primary_key or column.name == place]
    for held, made in _paired(_sorted(connection, columns, order), _sorted(anew, columns, order)):
        if held != made:
            odd = held or made
            differing = [
                column.name
                for number, column in enumerate(columns)
                if held is None or made is None or held[number] != made[number]
            ]
            what = "is missing" if held is None else "is too much" if made is None else f"differs ({differing[0]})"
            where = f"{table.name} of {odd[at] if odd else ''}"
            raise NotWholeError(where, f"{what} from what the readings and decisions give")


def _compare_listed(connection: Connection, anew: Connection, table: Table) -> None:
    """The same for what is listed; what is large and waits to be put together anew is passed over."""
    waiting = set(connection.execute(select(listings.c.kind, listings.c.id).where(listings.c.card == LATER)).all())
    columns = list(table.columns)
    order = [column for column in columns if column.primary_key]
    kind, id = (columns.index(table.c[name]) for name in ("kind", "id"))
    both = [
        (row for row in _sorted(each, columns, order) if (row[kind], row[id]) not in waiting)
        for each in (connection, anew)
    ]
    for held, made in _paired(*both):
        if held is None or made is None or not all(map(same, held, made)):
            odd = held or made or ()
            raise NotWholeError(f"{table.name} of {odd[id]}", "differs from what the readings and decisions give")


def _paired(
    held: Iterator[tuple[Any, ...]], made: Iterator[tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    while True:
        one, other = next(held, None), next(made, None)
        if one is None and other is None:
            return
        yield one, other


def _sorted(
    connection: Connection, columns: Sequence[Column[Any]], order: Sequence[Column[Any]]
) -> Iterator[tuple[Any, ...]]:
    """The rows in an order that every database has: that of the characters' numbers."""
    plain = connection.dialect.name == "sqlite"
    by = [column if plain or not isinstance(column.type, String | Text) else column.collate("C") for column in order]
    for row in streamed(connection, select(*columns).order_by(*by), _AT_ONCE):
        yield tuple(round(value, 9) if isinstance(value, float) else value for value in row)
