"""A large record for benchmarks: some thousand articles added, then their rows copied into the past again and again.

Each copy is moved back in time by as many days as the articles span and has ids and wordings of its own, so that every
table and index grows as it would, and the last weeks, among which a newcomer is linked, are always what adding made of
them. Sources, readings, cards and the facets that name stories are copied as they are; the journal is left out. The ids
of one copy begin alike, so that its rows are written side by side; those of the articles that were really added lie
among all others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, Table, text
from sqlalchemy.exc import OperationalError

from benchmarks.carrying import carry
from benchmarks.generated import Told, telling
from onrecord.record import Record
from onrecord.record.ids import ALPHABET
from onrecord.record.listing_tables import claims, facets, label_uses, listings, period_figures
from onrecord.record.tables import articles, blobs, keys, links, names, nodes, readings, sources
from onrecord.record.tallies import keep, rest

BLOCK = 5_000
"""Articles that are really added, and that each copy has."""
MOST_BLOCKS = 511
"""Copies whose ids can be told apart from each other."""
ATTACKS_A_DAY, ARTICLES_AN_ATTACK = 25, 4
DAYS = BLOCK // (ATTACKS_A_DAY * ARTICLES_AN_ATTACK)

_ID, _HASH = "substr(t.{0}, 1, 1) || n.marks || substr(t.{0}, 2)", "'g' || n.marks || substr(t.{0}, 4)"
"""An id and a hash of a copy: with the marks of the copy in it, such as none has that was not copied."""
_NUMBER, _DAY = "t.{0} + n.numbers", "{back}"
_CHANGED: dict[Table, dict[str, str]] = {
    blobs: {"sha256": _HASH},
    articles: {"number": _NUMBER, "id": _ID, "published": _DAY, "source": _NUMBER},
    sources: {"id": _NUMBER, "sha256": _HASH, "article": _ID},
    readings: {"source": _NUMBER},
    nodes: {
        "id": _ID,
        "article": _ID,
        "rank": "{back_of_rank} || substr(t.rank, 11, 1) || " + _ID.format("id"),
        "group": _ID.replace("{0}", '"{0}"'),
        "since": _DAY,
        "until": _DAY,
    },
    links: {"a": _ID, "b": _ID},
    keys: {
        "key": "CASE WHEN t.kind = 'copy' THEN t.key || n.marks ELSE t.key END",
        "day": "CASE WHEN t.day = 0 THEN 0 ELSE t.day - n.days END",
        "node": _ID,
    },
    names: {"node": _ID},
    listings: {"id": _ID, "day": _DAY, "until": _DAY},
    facets: {"day": _DAY, "id": _ID, "until": _DAY},
    claims: {"article": _ID},
    label_uses: {"article": _ID, "day": _DAY},
    period_figures: {"article": _ID, "period": _ID},
}
"""The tables that are copied, with what changes in the rows `t` of them in the copy `n`."""
_SPREAD: dict[Table, tuple[str, ...]] = {
    keys: ("kind", "key"),
    facets: ("kind", "facet", "value"),
    names: ("kind", "role", "name"),
}
"""Tables in whose order the rows of all copies come between each other, and what they are put in order by."""


def generated(articles: int, first: int = 0) -> Iterator[Told]:
    """Articles of a war that goes on at the pace of the benchmark, from the so-manieth on."""
    told = telling(first + articles, per_attack=ARTICLES_AN_ATTACK, per_day=ATTACKS_A_DAY)
    for number, each in enumerate(told):
        if number >= first:
            yield each


def begin(record: Record) -> None:
    """Add the articles that are copied later; for a server they are added to a file, and carried over."""
    with record.connection() as connection:
        on_server = connection.dialect.name == "postgresql"
    if on_server:
        with TemporaryDirectory(prefix="onrecord-") as folder:
            path = Path(folder, "begun.db")
            with Record.open(path) as begun:
                begin(begun)
            carry(path, record)
        return
    for told in generated(BLOCK):
        record.add(told.source, told.reading)
    record.settle()


def copy_back(engine: Engine, first: int, blocks: int) -> None:
    """Copy the first articles so many times into the past; `first`: how many copies there are already."""
    if first + blocks > MOST_BLOCKS:
        raise ValueError(f"no more than {MOST_BLOCKS} copies can be told apart")
    with engine.connect().execution_options(writes=True) as connection, _fast(connection):
        with connection.begin():
            _keep_base(connection)
            _keep_blocks(connection, first, blocks)
        with _without_indexes(connection):
            for block in range(first + 1, first + blocks + 1):
                with connection.begin():
                    _copy_block(connection, block)
            for table in _SPREAD if _in_order(connection) else ():
                with connection.begin():
                    _copy_in_order(connection, table)
        with connection.begin():
            connection.execute(text(_COUNT_LABELS), {"blocks": blocks})


_COUNT_LABELS = """
UPDATE label_cells SET
uses = uses + :blocks * (SELECT count(*) FROM base_label_uses AS t WHERE t.cell = label_cells.id),
in_quotes = in_quotes + :blocks * (SELECT count(*) FROM base_label_uses AS t WHERE t.cell = label_cells.id AND
t.scare_quotes)
"""


def _in_order(connection: Connection) -> bool:
    """Whether the database keeps rows in the order of their key, so that it is quick to write them in this order."""
    return connection.dialect.name == "sqlite"


@contextmanager
def _fast(connection: Connection) -> Iterator[None]:
    """A database that waits for no disk and asks for no foreign keys, which are those of the base.

    It is left as one that has been in use for long: with statistics where it keeps them, and nothing in its log.
    """
    sqlite = connection.dialect.name == "sqlite"
    before, after = (_QUICK_SQLITE, _SAFE_SQLITE) if sqlite else (_QUICK_POSTGRESQL, _SAFE_POSTGRESQL)
    _set(connection, before)
    try:
        yield
    finally:
        _set(connection, after)


_QUICK_SQLITE = ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -1000000", "journal_mode = OFF")
_SAFE_SQLITE = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "cache_size = -16384",
    "foreign_keys = ON",
    "wal_checkpoint(TRUNCATE)",
    "shrink_memory",
)
_QUICK_POSTGRESQL = (
    "SET session_replication_role = replica",
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '1GB'",
    "SET work_mem = '256MB'",
)
_SAFE_POSTGRESQL = (
    "SELECT setval(pg_get_serial_sequence('articles', 'number'), (SELECT max(number) FROM articles))",
    "SELECT setval(pg_get_serial_sequence('sources', 'id'), (SELECT max(id) FROM sources))",
    "RESET ALL",
    "VACUUM ANALYZE",
)


def _set(connection: Connection, commands: Sequence[str]) -> None:
    connection.commit()
    raw = connection.connection.dbapi_connection
    if connection.dialect.name == "postgresql":
        raw.autocommit = True  # type: ignore[union-attr]
    cursor = connection.connection.cursor()
    for command in commands:
        with suppress(OperationalError, sqlite3.OperationalError):  # who else reads keeps SQLite at its log
            cursor.execute(command if connection.dialect.name == "postgresql" else f"PRAGMA {command}")
    cursor.close()
    if connection.dialect.name == "postgresql":
        raw.autocommit = False  # type: ignore[union-attr]


@contextmanager
def _without_indexes(connection: Connection) -> Iterator[None]:
    """Indexes are made when all rows are there: sorted once, not found for each row."""
    secondary = [index for table in _CHANGED for index in sorted(table.indexes, key=lambda each: str(each.name))]
    with connection.begin():
        for index in secondary:
            index.drop(connection)
        if not _in_order(connection):
            for command in _DROP_KEYS:
                connection.execute(text(command))
        rest(connection)
    yield
    for index in secondary:
        with connection.begin():
            index.create(connection)
    for command in () if _in_order(connection) else _MAKE_KEYS:
        with connection.begin():
            connection.execute(text(command))
    with connection.begin():
        keep(connection)


_DROP_KEYS = (
    *(f"ALTER TABLE {table.name} DROP CONSTRAINT {table.name}_pkey" for table in _SPREAD),
    "DROP INDEX article_words_found",
)
_MAKE_KEYS = (
    *(f"ALTER TABLE {table.name} ADD PRIMARY KEY ({', '.join(table.primary_key.c.keys())})" for table in _SPREAD),
    "CREATE INDEX article_words_found ON article_words USING gin (words)",
)


def _keep_base(connection: Connection) -> None:
    """Put the rows that are copied into tables of their own: all that is of the first articles alone."""
    _drop(connection, "base_ids", "base_hashes", "base_article_words", *(f"base_{table.name}" for table in _CHANGED))
    first = f"SELECT id FROM articles WHERE number <= {BLOCK}"
    connection.execute(
        text(f"""
        CREATE TEMPORARY TABLE base_ids AS SELECT id FROM nodes WHERE article IN ({first})
        UNION SELECT id FROM articles WHERE number <= {BLOCK}
        UNION SELECT period FROM period_figures WHERE article IN ({first})
    """)
    )
    of_first = f"FROM sources WHERE article IN ({first})"
    connection.execute(text(f"CREATE TEMPORARY TABLE base_hashes AS SELECT id, sha256 {of_first}"))
    for table in _CHANGED:
        order = ", ".join(f't."{column.name}"' for column in table.primary_key)
        kept = f"SELECT t.* FROM {table.name} AS t WHERE {_of_base(table)} ORDER BY {order}"
        connection.execute(text(f"CREATE TEMPORARY TABLE base_{table.name} AS {kept}"))
    for table, columns in _SPREAD.items():
        groups = f"SELECT DISTINCT {', '.join(columns)} FROM base_{table.name} ORDER BY {', '.join(columns)}"
        _drop(connection, f"base_{table.name}_groups")
        connection.execute(text(f"CREATE TEMPORARY TABLE base_{table.name}_groups AS {groups}"))
        index = f"CREATE INDEX base_{table.name}_order ON base_{table.name} ({', '.join(table.primary_key.c.keys())})"
        connection.execute(text(index.replace("INDEX base", "INDEX temp.base") if _in_order(connection) else index))
    if not _in_order(connection):
        words = f"SELECT * FROM article_words WHERE number <= {BLOCK}"
        connection.execute(text(f"CREATE TEMPORARY TABLE base_article_words AS {words}"))


def _of_base(table: Table) -> str:
    """The condition that a row `t` is of the first articles."""
    changed = _CHANGED[table]
    if table is blobs:
        return "t.sha256 IN (SELECT sha256 FROM base_hashes)"
    if table is readings:
        return "t.source IN (SELECT id FROM base_hashes)"
    ids = [name for name, value in changed.items() if value == _ID or name == "group"]
    return " AND ".join(f't."{name}" IN (SELECT id FROM base_ids)' for name in ids)


def _drop(connection: Connection, *names: str) -> None:
    for name in names:
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))


def _keep_blocks(connection: Connection, first: int, blocks: int) -> None:
    """What is the copies' own, the last copy, which goes back furthest, before the others."""
    _drop(connection, "blocks")
    fields = "number integer, numbers integer, days integer, marks varchar(2)"
    connection.execute(text(f"CREATE TEMPORARY TABLE blocks ({fields})"))
    apart = len(ALPHABET) ** 2 // (MOST_BLOCKS + 1)
    for number in range(first + blocks, first, -1):
        high, low = divmod(number * apart, len(ALPHABET))
        given = {
            "number": number,
            "numbers": number * 10 * BLOCK,
            "days": number * DAYS,
            "marks": ALPHABET[high] + ALPHABET[low],
        }
        connection.execute(text("INSERT INTO blocks VALUES (:number, :numbers, :days, :marks)"), given)


def _copy_block(connection: Connection, block: int) -> None:
    """Copy the rows once that are written beside each other."""
    for table in _CHANGED:
        if table not in _SPREAD or not _in_order(connection):
            copied = f"{_copy(connection, table)} FROM base_{table.name} AS t CROSS JOIN blocks AS n"
            connection.execute(text(f"{copied} WHERE n.number = :block"), {"block": block})
    connection.execute(text(_WORDS[connection.dialect.name]), {"numbers": block * 10 * BLOCK})


def _copy_in_order(connection: Connection, table: Table) -> None:
    """Copy rows as often as there are blocks, in the order of their table: SQLite goes through a cross join as told."""
    groups = " AND ".join(f"t.{name} = g.{name}" for name in _SPREAD[table])
    among = f"base_{table.name}_groups AS g CROSS JOIN blocks AS n CROSS JOIN base_{table.name} AS t ON {groups}"
    connection.execute(text(f"{_copy(connection, table)} FROM {among}"))


_WORDS = {
    "sqlite": "INSERT INTO article_words(rowid, title, text) SELECT number + :numbers, title, text FROM base_articles",
    "postgresql": "INSERT INTO article_words SELECT number + :numbers, words FROM base_article_words",
}


def _copy(connection: Connection, table: Table) -> str:
    """The beginning of a statement that puts copies of rows `t` into a table."""
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    values = (_value(connection, name, _CHANGED[table].get(name, 't."{0}"')) for name in map(str, table.c.keys()))
    return f"INSERT INTO {table.name} ({columns}) SELECT {', '.join(values)}"


def _value(connection: Connection, name: str, value: str) -> str:
    back, back_of_rank = _back(connection, f"t.{name}"), _back(connection, "substr(t.rank, 1, 10)")
    return value.format(name, back=back, back_of_rank=back_of_rank)


def _back(connection: Connection, day: str) -> str:
    """A day as many days earlier as the copy goes back; what is none stays."""
    earlier = (
        f"date({day}, '-' || n.days || ' days')"
        if connection.dialect.name == "sqlite"
        else f"to_char(CAST({day} AS date) - n.days, 'YYYY-MM-DD')"
    )
    return f"CASE WHEN {day} IS NULL OR {day} = '' THEN {day} ELSE {earlier} END"
