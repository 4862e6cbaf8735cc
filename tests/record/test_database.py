"""Opening: a record is made where there is none, brought up to date, and refused where it is none or too new."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from onrecord.errors import RecordError
from onrecord.record import Record, database


def test_the_last_migration_is_the_one_that_the_program_knows() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(settings).get_current_head() == database.HEAD


def test_a_record_is_made_where_there_is_none_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    for at in (path, str(path), f"sqlite:///{path}"):
        with Record.open(at) as record:
            assert record.summary().articles == 0


def test_writers_do_not_block_readers(tmp_path: Path) -> None:
    Record.open(tmp_path / "new.db").close()
    mode = sqlite3.connect(tmp_path / "new.db").execute("PRAGMA journal_mode").fetchone()
    assert mode == ("wal",)


def test_a_newer_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    Record.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordError, match=r"newer version.*upgrade"):
        Record.open(path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "songs.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(RecordError, match="no record of onrecord"):
        Record.open(path)


@pytest.mark.parametrize("at", ["missing/folder/r.db", "nosuch://x/y", "broken.db"])
def test_what_cannot_be_opened_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.db").write_bytes(b"no database, but many bytes that look like none at all" * 50)
    with pytest.raises(RecordError) as fault:
        Record.open(at)
    assert fault.value.where == at and fault.value.advice
