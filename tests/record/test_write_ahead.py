"""SQLite's log of the latest changes: where it is damaged the record is not opened without them."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.record.write_ahead import state_of_log

ROWS = 30
HEADER = 32
FLIPS = 60


@pytest.fixture(scope="module")
def in_use(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with a log that nobody has written back yet, each row a change of its own."""
    folder = tmp_path_factory.mktemp("log")
    with closing(sqlite3.connect(folder / "working.db", isolation_level=None)) as working:
        working.execute("PRAGMA journal_mode = WAL")
        working.execute("CREATE TABLE told (text)")
        for number in range(ROWS):
            working.execute("INSERT INTO told VALUES (?)", (f"{number} " * 500,))
        for ending in ("", "-wal"):
            shutil.copy(folder / f"working.db{ending}", folder / f"in-use.db{ending}")
        yield folder / "in-use.db"


@pytest.fixture
def copy(in_use: Path, tmp_path: Path) -> Path:
    shutil.copy(f"{in_use}-wal", tmp_path / "in-use.db-wal")
    return Path(shutil.copy(in_use, tmp_path / "in-use.db"))


def log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def rows(database: Path) -> int:
    with closing(sqlite3.connect(database)) as held:
        (number,) = held.execute("SELECT count(*) FROM told").fetchone()
        return int(number)


def test_a_log_that_is_whole_is_found_whole(copy: Path) -> None:
    assert state_of_log(copy) == "whole"
    assert rows(copy) == ROWS
    assert state_of_log(copy) == "whole"  # it is gone: SQLite wrote it back


def test_every_flip_in_it_is_found(copy: Path) -> None:
    chance, data = random.Random(4), log_of(copy).read_bytes()
    for _ in range(FLIPS):
        flipped = bytearray(data)
        at = chance.randrange(len(data))
        flipped[at] ^= 1 << chance.randrange(8)
        log_of(copy).write_bytes(flipped)
        assert state_of_log(copy) != "whole", at


def test_what_sqlite_would_lose_in_silence_is_called_damaged(copy: Path) -> None:
    data = bytearray(log_of(copy).read_bytes())
    data[HEADER + 24 + 100] ^= 1  # in the first page
    log_of(copy).write_bytes(data)
    assert state_of_log(copy) == "damaged"


def test_a_last_change_that_was_not_written_whole_is_broken_off(copy: Path) -> None:
    data = log_of(copy).read_bytes()
    log_of(copy).write_bytes(data[:-4000] + bytes(4000))
    assert state_of_log(copy) == "broken off"
    assert rows(copy) == ROWS - 1


def test_a_log_that_was_begun_anew_may_have_old_pages_behind(tmp_path: Path) -> None:
    path = tmp_path / "working.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as working:
        working.execute("PRAGMA journal_mode = WAL")
        working.execute("CREATE TABLE told (text)")
        for number in range(ROWS):
            working.execute("INSERT INTO told VALUES (?)", (f"{number} " * 500,))
        working.execute("PRAGMA wal_checkpoint(RESTART)")
        working.execute("INSERT INTO told VALUES ('after')")
        assert log_of(path).stat().st_size > 20_000
        assert state_of_log(path) == "whole"


def test_a_record_whose_latest_changes_are_damaged_is_not_opened_without_them(tmp_path: Path) -> None:
    path, working = tmp_path / "war.db", tmp_path / "working.db"
    with Record.open(working) as record:
        for number in range(5):
            record.log(kind="exported", subject=str(number), by="A. Coder", what={})
        for ending in ("", "-wal"):
            shutil.copy(f"{working}{ending}", f"{path}{ending}")
    data = bytearray(log_of(path).read_bytes())
    data[len(data) // 2] ^= 1
    log_of(path).write_bytes(data)
    with pytest.raises(RecordError, match=r"latest changes .*war\.db-wal.* is damaged.*copy both files away"):
        Record.open(path)
    assert log_of(path).read_bytes() == data
