"""The journal grows at its end alone, and whatever else happens to it is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, text, update
from sqlalchemy.exc import DatabaseError

from benchmarks.generated import telling
from onrecord.record import Record
from onrecord.record.database import open_database
from onrecord.record.journal import Head, append, entries, first_fault, head
from onrecord.record.journal_tables import journal
from tests.servers import Server

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
WRITTEN = st.lists(
    st.tuples(st.sampled_from(["read", "decided", "exported"]), st.text(), st.dictionaries(st.text(), JSON)),
    min_size=1,
    max_size=5,
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "onrecord.db")
    yield engine
    engine.dispose()


def write(engine: Engine, *written: tuple[str, str, dict[str, Any]]) -> None:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for kind, subject, what in written:
            append(connection, kind=kind, subject=subject, by="Ann", what=what)


@given(WRITTEN)
@settings(max_examples=30)
def test_what_is_written_is_read_back_and_the_chain_holds(written: list[tuple[str, str, dict[str, Any]]]) -> None:
    engine = open_database("sqlite://")
    write(engine, *written)
    with engine.connect() as connection, connection.begin():
        found = list(entries(connection))
        assert [(entry.kind, entry.what) for entry in found] == [(kind, what) for kind, _, what in written]
        assert [entry.number for entry in found] == list(range(1, len(written) + 1))
        assert head(connection) == Head(len(written), found[-1].hash)
        assert first_fault(connection) is None
    engine.dispose()


def test_entries_are_found_by_kind_and_by_subject(database: Engine) -> None:
    write(database, ("read", "a1", {}), ("decided", "i1", {}), ("read", "a2", {}))
    with database.connect() as connection:
        assert [entry.subject for entry in entries(connection, kind="read")] == ["a1", "a2"]
        assert [entry.number for entry in entries(connection, subject="i1")] == [2]
        assert [entry.number for entry in entries(connection, after=1, limit=1)] == [2]


@pytest.mark.parametrize(
    "change",
    [
        update(journal).values(why="no"),
        delete(journal),
        insert(journal)
        .prefix_with("OR REPLACE")
        .values(number=1, at="", kind="", subject="", by="", what="{}", before="", hash=""),
        insert(journal).values(number=9, at="", kind="", subject="", by="", what="{}", before="", hash=""),
    ],
)
def test_the_database_refuses_every_other_change(database: Engine, change: Any) -> None:
    write(database, ("read", "a1", {}), ("read", "a2", {}))
    with pytest.raises(DatabaseError, match="entries of the journal"), database.begin() as connection:
        connection.execute(change)
    with database.connect() as connection:
        assert first_fault(connection) is None and len(list(entries(connection))) == 2


@given(
    at=st.integers(1, 4),
    column=st.sampled_from(["at", "kind", "subject", "by", "what", "why", "before", "hash"]),
    value=st.text(st.characters(codec="utf-8", exclude_characters="\0")),
)
@settings(max_examples=40)
def test_a_field_changed_behind_its_back_is_found(
    tmp_path_factory: pytest.TempPathFactory, at: int, column: str, value: str
) -> None:
    path = tmp_path_factory.mktemp("journal") / "onrecord.db"
    engine = open_database(path)
    write(engine, *(("read", f"a{number}", {"number": number}) for number in range(4)))
    with tampered(path) as connection:
        (was,) = connection.execute(f'SELECT "{column}" FROM journal WHERE number = ?', (at,)).fetchone()
        connection.execute(f'UPDATE journal SET "{column}" = ? WHERE number = ?', (value, at))
    with engine.connect() as opened:
        fault = first_fault(opened)
    assert (fault is None) == (was == value)
    assert fault is None or fault.number in (at, at + 1)
    engine.dispose()


@pytest.mark.parametrize(
    ("command", "at", "what"),
    [
        ("DELETE FROM journal WHERE number = 2", 2, "is missing"),
        ("DELETE FROM journal WHERE number = 1", 1, "is missing"),
        ("UPDATE journal SET number = number + 1 WHERE number = 4", 4, "is missing"),
        ("DELETE FROM journal WHERE number > 2", 3, "is missing, and with it all up to 4"),
    ],
)
def test_what_is_left_out_is_found(tmp_path: Path, command: str, at: int, what: str) -> None:
    engine = open_database(tmp_path / "onrecord.db")
    write(engine, *(("read", f"a{number}", {}) for number in range(4)))
    with engine.connect() as opened:
        known = head(opened)
    with tampered(tmp_path / "onrecord.db") as connection:
        connection.execute(command)
    with engine.connect() as opened:
        fault = first_fault(opened, [known])
    assert fault is not None and (fault.number, fault.what) == (at, what)
    engine.dispose()


@pytest.mark.parametrize(
    "command",
    ["UPDATE journal SET why = 'no'", "DELETE FROM journal", "TRUNCATE journal"],
)
def test_a_server_refuses_every_other_change_too(postgres: Server, command: str) -> None:
    engine = open_database(postgres.new_database(f"journal {command}", like="fresh"))
    write(engine, ("read", "a1", {}), ("read", "a2", {"odd": "\0"}))
    connection = engine.connect().execution_options(writes=True)
    with pytest.raises(DatabaseError, match="entries of the journal"), connection, connection.begin():
        connection.execute(text(command))
    with engine.connect() as opened:
        assert first_fault(opened) is None and [entry.number for entry in entries(opened)] == [1, 2]
    engine.dispose()


def test_many_who_write_at_once_make_one_chain(postgres: Server) -> None:
    engine = open_database(postgres.new_database("journal of many", like="fresh"))
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: write(engine, ("read", f"a{number}", {})), range(30)))
    with engine.connect() as opened:
        assert first_fault(opened) is None
        assert {entry.subject for entry in entries(opened)} == {f"a{number}" for number in range(30)}
    engine.dispose()


def test_another_journal_is_not_the_one_that_was_written_down(database: Engine) -> None:
    write(database, ("read", "a1", {}))
    with database.connect() as connection:
        fault = first_fault(connection, [replace(head(connection), hash="f" * 64)])
    assert fault is not None and fault.number == 1


def test_each_article_that_is_read_is_in_the_journal_once(tmp_path: Path) -> None:
    first, second = telling(2, seed=1)
    with Record.open(tmp_path / "onrecord.db") as record:
        ids = [record.add(told.source, told.reading) for told in (first, second, first)]
        found = list(record.journal(kind="read"))
        assert [entry.subject for entry in found] == ids[:2]
        assert [entry.what["sha256"] for entry in found] == [first.source.sha256, second.source.sha256]
        record.log(kind="exported", subject="csv", by="Ann", what={"rows": 2}, why="for the team")
        assert [(entry.by, entry.why) for entry in record.journal(after=2)] == [("Ann", "for the team")]
        assert record.journal_fault() is None


class tampered:  # noqa: N801
    """A connection of somebody who has dropped the triggers first."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def __enter__(self) -> sqlite3.Connection:
        for trigger in ("journal_keeps_entries", "journal_loses_no_entry", "journal_grows_at_its_end"):
            self._connection.execute(f"DROP TRIGGER {trigger}")
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.commit()
        self._connection.close()
