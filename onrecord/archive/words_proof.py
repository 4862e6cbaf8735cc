"""Proof that the words that can be searched are those of the articles, now and after SQLite has tidied the index up.

SQLite's own check of a full-text index passes over some of its bytes (marks of what was deleted, letters whose sums
come out alike). So the index is copied, all its parts are merged into one as SQLite does in time, and every word with
its place is compared with an index that was made anew.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from onrecord.archive.broken import NotWholeError
from onrecord.record.unfinished import unfinished

PART = "index of words"
_INDEX = "article_words"
_SHADOWS = tuple(f"{_INDEX}_{part}" for part in ("data", "idx", "docsize", "config"))
"""The tables in which FTS5 keeps an index (https://www.sqlite.org/fts5.html#fts5_data_structures)."""
_PLACES = f"CREATE VIRTUAL TABLE temp.word_places USING fts5vocab('main', '{_INDEX}', 'instance')"
_WORDS = "SELECT term, doc, col, offset FROM temp.word_places"
_AT_ONCE = 10_000


def words_proved(connection: Connection, anew: Connection) -> None:
    """Raise `NotWholeError` where a word of the index is another, or elsewhere, than in the record made anew.

    The articles of both must have the same numbers. PostgreSQL keeps no such index.
    """
    if connection.dialect.name != "sqlite":
        return
    with unfinished() as folder:
        try:
            _copy_index(connection, folder / "words.db")
            _compare(folder / "words.db", anew)
        except sqlite3.Error as fault:
            raise NotWholeError(PART, f"is damaged ({fault})") from fault


def _copy_index(connection: Connection, file: Path) -> None:
    made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (_INDEX,)).scalar_one()
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        copy.execute(made)
    # Opened again: FTS5 remembers what it made, and would not look at what is put in its place.
    with closing(sqlite3.connect(file)) as copy, copy:
        for name in _SHADOWS:
            copy.execute(f"DELETE FROM {name}")
            rows = connection.exec_driver_sql(f"SELECT * FROM {name}").yield_per(_AT_ONCE)
            for some in rows.partitions(_AT_ONCE):
                copy.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(some[0]))})", [*map(tuple, some)])


def _compare(file: Path, anew: Connection) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        copy.execute(f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('optimize')")
        copy.execute(_PLACES)
        anew.exec_driver_sql(_PLACES)
        held, made = copy.execute(_WORDS), anew.exec_driver_sql(_WORDS)
        while True:
            some, others = held.fetchmany(_AT_ONCE), [*map(tuple, made.fetchmany(_AT_ONCE))]
            if some != others:
                odd = next((pair for pair in zip(some, others, strict=False) if pair[0] != pair[1]), None)
                word = (odd[0] if odd else (some or others)[-1])[0]
                raise NotWholeError(PART, f"does not hold the words of the articles (at “{word}”)")
            if not some:
                return
