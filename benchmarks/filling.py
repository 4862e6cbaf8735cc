"""A large record for benchmarks: some thousand articles added, then their rows copied into the past again and again.

Each copy is moved back in time by as many days as the articles span and has ids and wordings of its own, so that every
table and index grows as it would, and the last weeks, among which a newcomer is linked, are always what adding made of
them. Sources, readings and cards are copied byte for byte, and so are the facets that name stories; the journal is left
out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, Engine, text

from benchmarks.generated import Told, telling
from onrecord.record import Record
from onrecord.record.ids import code

BLOCK = 10_000
"""Articles that are really added, and that each copy has."""
ATTACKS_A_DAY, ARTICLES_AN_ATTACK = 25, 4
DAYS = BLOCK // (ATTACKS_A_DAY * ARTICLES_AN_ATTACK)
_AT_ONCE = 5000

_COPIED = (
    ("blobs", "sha256, data", "sha256.new, t.data"),
    (
        "articles",
        "number, id, outlet, outlet_key, url, title, byline, published, updated, language, truncated, words, text, "
        "agencies, casualties, labels, claims, source",
        "t.number + :numbers, id.new, t.outlet, t.outlet_key, t.url, t.title, t.byline, {published}, t.updated, "
        "t.language, t.truncated, t.words, t.text, t.agencies, t.casualties, t.labels, t.claims, t.source + :numbers",
    ),
    (
        "sources",
        "id, sha256, origin, reading_id, kind, url, content_type, captured, added, article",
        "t.id + :numbers, sha256.new, t.origin, t.reading_id, t.kind, t.url, t.content_type, t.captured, t.added, "
        "article.new",
    ),
    ("readings", "source, reader, reading", "t.source + :numbers, t.reader, t.reading"),
    (
        "nodes",
        'kind, id, article, local, rank, "group", type, mode, since, until, features, names',
        't.kind, id.new, article.new, t.local, {rank}, "group".new, t.type, t.mode, {since}, {until}, t.features, '
        "t.names",
    ),
    ("links", "kind, a, b, weight", "t.kind, a.new, b.new, t.weight"),
    ("keys", "kind, key, day, node", "t.kind, {key}, {ordinal}, node.new"),
    ("names", "kind, role, name, node", "t.kind, t.role, t.name, node.new"),
    (
        "listings",
        "kind, id, day, until, size, facets, card",
        "t.kind, id.new, {day}, {until}, t.size, t.facets, t.card",
    ),
    (
        "facets",
        "kind, facet, value, day, id, until, long, name",
        "t.kind, t.facet, t.value, {day}, id.new, {until}, t.long, t.name",
    ),
    ("claims", "article, position, local, quote, sides", "article.new, t.position, t.local, t.quote, t.sides"),
    (
        "label_uses",
        "article, local, cell, scare_quotes, day, sides, evidence",
        "article.new, t.local, t.cell, t.scare_quotes, {day}, t.sides, t.evidence",
    ),
    ("period_figures", "article, local, period", "article.new, t.local, period.new"),
)
"""Table, its columns, and what of a row `t` each is in the copy; `x.new` is the new id for that in column `x`."""
_IDS = {
    "blobs": ("sha256",),
    "articles": ("id",),
    "sources": ("sha256", "article"),
    "nodes": ("id", "article", "group"),
    "links": ("a", "b"),
    "keys": ("node",),
    "names": ("node",),
    "listings": ("id",),
    "facets": ("id",),
    "claims": ("article",),
    "label_uses": ("article",),
    "period_figures": ("article", "period"),
}
_ORDER = {"keys": "t.kind, t.key, t.day", "facets": "t.kind, t.facet, t.value, t.day"}
"""In the order of a large index its pages are written one after the other."""


def generated(articles: int, first: int = 0) -> Iterator[Told]:
    """Articles of a war that goes on at the pace of the benchmark, from the so-manieth on."""
    told = telling(first + articles, per_attack=ARTICLES_AN_ATTACK, per_day=ATTACKS_A_DAY)
    for number, each in enumerate(told):
        if number >= first:
            yield each


def begin(record: Record) -> None:
    """Add the articles that are copied later."""
    for told in generated(BLOCK):
        record.add(told.source, told.reading)
    record.settle()


def copy_back(engine: Engine, first: int, blocks: int) -> None:
    """Copy the first articles so many times into the past; `first`: how many copies there are already."""
    with engine.connect().execution_options(writes=True) as connection:
        _make_fast(connection)
        with connection.begin():
            ids = _keep_base(connection)
        for block in range(first + 1, first + blocks + 1):
            with connection.begin():
                _copy(connection, ids, block)
        with connection.begin():
            connection.execute(text(_COUNT_LABELS), {"blocks": blocks})
        _make_safe(connection)


_COUNT_LABELS = """
UPDATE label_cells SET
uses = uses + :blocks * (SELECT count(*) FROM base_label_uses AS t WHERE t.cell = label_cells.id),
in_quotes = in_quotes + :blocks * (SELECT count(*) FROM base_label_uses AS t WHERE t.cell = label_cells.id AND
t.scare_quotes)
"""


def _make_fast(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        raw = connection.connection.cursor()
        for setting in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -1500000", "temp_store = FILE"):
            raw.execute(f"PRAGMA {setting}")
    else:
        with connection.begin():
            connection.exec_driver_sql("SET session_replication_role = replica")  # foreign keys are those of the base


def _make_safe(connection: Connection) -> None:
    """Leave the database as one that has been in use for long: with statistics, and nothing in its log."""
    connection.commit()
    if connection.dialect.name == "sqlite":
        raw = connection.connection.cursor()
        for setting in ("wal_checkpoint(TRUNCATE)", "cache_size = -16384", "synchronous = NORMAL", "shrink_memory"):
            raw.execute(f"PRAGMA {setting}")
        return
    with connection.begin():
        for table, column in (("articles", "number"), ("sources", "id")):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT max({column}) FROM {table}))"
                )
            )
        connection.exec_driver_sql("ANALYZE")


def _keep_base(connection: Connection) -> list[str]:
    """Put the rows that are copied into tables of their own, and give all ids in them."""
    first = "SELECT id FROM articles WHERE number <= :block"
    ids: set[str] = set()
    for wanted in (
        first,
        f"SELECT id FROM nodes WHERE article IN ({first})",
        f"SELECT period FROM period_figures WHERE article IN ({first})",
        f"SELECT sha256 FROM sources WHERE article IN ({first})",
    ):
        ids |= set(connection.scalars(text(wanted), {"block": BLOCK}))
    _keep_moved(connection, {id: id for id in ids})
    for table, _, _ in _COPIED:
        joins = _joined(table) or "JOIN sources AS s ON s.id = t.source JOIN moved AS m ON m.old = s.article"
        order = f"ORDER BY {_ORDER[table]}" if table in _ORDER else ""
        connection.execute(text(f"DROP TABLE IF EXISTS base_{table}"))
        connection.execute(text(f"CREATE TEMPORARY TABLE base_{table} AS SELECT t.* FROM {table} AS t {joins} {order}"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP TABLE IF EXISTS base_article_words"))
        connection.execute(text(_KEEP_WORDS))
    return sorted(ids)


_KEEP_WORDS = """
CREATE TEMPORARY TABLE base_article_words AS SELECT t.* FROM article_words AS t
JOIN articles AS a ON a.number = t.number JOIN moved AS m ON m.old = a.id
"""


def _keep_moved(connection: Connection, moved: dict[str, str]) -> None:
    connection.execute(text("DROP TABLE IF EXISTS moved"))
    connection.execute(text("CREATE TEMPORARY TABLE moved (old VARCHAR(64) PRIMARY KEY, new VARCHAR(64) NOT NULL)"))
    rows = [{"old": old, "new": new} for old, new in moved.items()]
    for at in range(0, len(rows), _AT_ONCE):
        connection.execute(text("INSERT INTO moved VALUES (:old, :new)"), rows[at : at + _AT_ONCE])


def _moved(id: str, block: int) -> str:
    """The id of the same thing in a copy, of the same form."""
    digest = hashlib.sha256(f"{block} {id}".encode()).hexdigest()
    return digest if len(id) == len(digest) else id[0] + code(digest)


def _copy(connection: Connection, ids: list[str], block: int) -> None:
    _keep_moved(connection, {id: _moved(id, block) for id in ids})
    given = {"numbers": block * 10 * BLOCK, "days": block * DAYS, "block": f"~{block}"}
    for table, columns, values in _COPIED:
        statement = _statement(connection, table, columns, values)
        used = {name: value for name, value in given.items() if f":{name}" in statement}
        connection.execute(text(statement), used)
    connection.execute(text(_WORDS[connection.dialect.name]), {"numbers": given["numbers"]})


_WORDS = {
    "sqlite": "INSERT INTO article_words(rowid, title, text) SELECT number + :numbers, title, text FROM base_articles",
    "postgresql": "INSERT INTO article_words SELECT number + :numbers, words FROM base_article_words",
}


def _statement(connection: Connection, table: str, columns: str, values: str) -> str:
    sqlite = connection.dialect.name == "sqlite"

    def back(column: str) -> str:
        earlier = (
            f"date({column}, '-' || :days || ' days')"
            if sqlite
            else f"to_char(CAST({column} AS date) - CAST(:days AS integer), 'YYYY-MM-DD')"
        )
        return f"CASE WHEN {column} IS NULL OR {column} = '' THEN {column} ELSE {earlier} END"

    filled = values.format(
        published=back("t.published"),
        rank=f"{back('substr(t.rank, 1, 10)')} || substr(t.rank, 11, 1) || id.new",
        since=back("t.since"),
        until=back("t.until"),
        day=back("t.day"),
        ordinal="CASE WHEN t.day = 0 THEN 0 ELSE t.day - :days END",
        key="CASE WHEN t.kind = 'copy' THEN t.key || :block ELSE t.key END",
    )
    return f"INSERT INTO {table} ({columns}) SELECT {filled} FROM base_{table} AS t {_joined(table)}"


def _joined(table: str) -> str:
    return " ".join(f'JOIN moved AS "{name}" ON "{name}".old = t."{name}"' for name in _IDS.get(table, ()))
