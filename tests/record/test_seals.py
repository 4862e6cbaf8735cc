"""Seals: what nothing else proves shows every change that was not made through the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from benchmarks.generated import telling
from onrecord.errors import RecordError
from onrecord.record import Record, seals
from onrecord.watch.tables import feeds

FEED = {"address": "https://herald.example/feed", "due": 1.5, "held_until": 0.0, "failed": 0}


def unsealed(path: Path) -> str | None:
    with Record.open(path) as record, record.connection() as connection:
        return seals.first_broken(connection)


def changed_elsewhere(path: Path, command: str) -> None:
    """As a damaged disk or another program changes it: without the triggers."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        held = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE name LIKE 'seal\\_%' ESCAPE '\\'"
        ).fetchall()
        for name, _ in held:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(command).rowcount
        for _, sql in held:
            connection.execute(sql)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "onrecord.db"
    with Record.open(path) as record:
        for told in telling(3, seed=3):
            record.add(told.source, told.reading)
        record.add_failure("https://herald.example/x", RecordError("is broken", advice="try again"))
        with record.connection(writes=True) as connection:
            connection.execute(insert(feeds), [FEED, FEED | {"address": "https://post.example/feed"}])
            connection.execute(update(feeds).values(failed=3))
            connection.execute(delete(feeds).where(feeds.c.address.contains("post")))
    return path


def test_what_the_program_changes_keeps_its_seal(path: Path) -> None:
    assert unsealed(path) is None


@pytest.mark.parametrize(
    ("command", "table"),
    [
        ("UPDATE failures SET reason = 'was broken'", "failures"),
        ("DELETE FROM failures", "failures"),
        ("UPDATE feeds SET due = due + 0.001", "feeds"),
        ("UPDATE changed_incidents SET entry = entry + 1", "changed_incidents"),
        ("UPDATE seals SET seal = seal + 1 WHERE name = 'alerts'", "alerts"),
    ],
)
def test_what_was_changed_elsewhere_is_named(path: Path, command: str, table: str) -> None:
    changed_elsewhere(path, command)
    assert unsealed(path) == table


def test_a_table_that_is_defined_otherwise_is_found(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE added (a)")
    assert unsealed(path) == seals.SCHEMA


def test_another_program_cannot_change_what_is_sealed_unnoticed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.OperationalError, match="onrecord_sealed"):
        connection.execute("UPDATE feeds SET due = 0")
