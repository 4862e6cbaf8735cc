"""What goes wrong with a database is said in words that help, and nothing that was on record is lost by it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.generated import telling
from onrecord.errors import RecordError
from onrecord.record import Filter, Record, database, selecting
from tests.record.state import state_of
from tests.record.test_crash import ADD, ARTICLES, ROOT, SEED
from tests.servers import Server, server

WAR = list(telling(ARTICLES, seed=SEED))


def added(record: Record, first: int = 0) -> None:
    for told in WAR[first:]:
        record.add(told.source, told.reading)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    with Record.open(tmp_path_factory.mktemp("whole") / "whole.db") as record:
        added(record)
        return state_of(record)


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path, undisturbed: dict[str, object]) -> None:
    path = tmp_path / "war.db"
    with Record.open(path) as record:
        added_before = [record.add(told.source, told.reading) for told in WAR[:3]]
        with record._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(RecordError, match=r"disk is full.*make room"):
            added(record, 3)
    with Record.open(path) as record:
        assert {article.id for article in record.articles()} >= set(added_before)
        added(record)
        assert state_of(record) == undisturbed


def test_a_locked_record_is_told_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_WAIT", 50)
    path = tmp_path / "war.db"
    with Record.open(path) as record, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match=r"another program has it locked.*run this again"):
            record.add(WAR[0].source, WAR[0].reading)
        other.execute("ROLLBACK")
        assert record.add(WAR[0].source, WAR[0].reading)


def test_a_record_that_may_not_be_written_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    Record.open(path).close()
    with Record.open(path) as record:
        with record._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(RecordError, match=r"may not be written.*permissions"):
            record.add(WAR[0].source, WAR[0].reading)


def test_a_record_whose_tables_are_damaged_to_bytes_that_are_no_text_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    Record.open(path).close()
    data = path.read_bytes()
    path.write_bytes(data.replace(b"BEGIN SELECT", b"BEG\xe1N SELECT"))
    with pytest.raises(RecordError, match=r"damaged.*restore a back-up"):
        Record.open(path)


def test_a_damaged_record_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    with Record.open(path) as record:
        added(record)
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(8192, size - 4096, 4096):
            file.seek(page)
            file.write(b"\xff" * 200)
    with pytest.raises(RecordError, match=r"damaged|disk cannot be read|failed"), Record.open(path) as record:
        list(record.articles())


def test_a_server_that_is_not_there_is_told_so() -> None:
    with pytest.raises(RecordError, match="cannot be reached") as fault:
        Record.open("postgresql://onrecord:secret@127.0.0.1:1/war?connect_timeout=2")
    assert "secret" not in str(fault.value)


@pytest.fixture(scope="module")
def own_server(postgres: Server) -> Iterator[Server]:
    """A server of this file's own, that may be stopped."""
    with server() as running:
        yield running


def test_a_database_that_is_not_there_is_told_so(own_server: Server) -> None:
    with pytest.raises(RecordError, match="no such database"):
        Record.open(own_server.address("nowhere"))


def test_a_server_that_is_restarted_under_load_costs_nobody_an_article(
    own_server: Server, undisturbed: dict[str, object]
) -> None:
    at = own_server.new_database("restarted")
    Record.open(at).close()
    command = [sys.executable, "-c", ADD, at, *map(str, range(ARTICLES))]
    adders = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)
    ]
    for line in adders[0].stdout or ():
        if "txt" in line:
            break
    own_server.stop()
    said = [adder.communicate(timeout=120)[1] for adder in adders]
    assert all(adder.returncode for adder in adders)
    assert all("RecordError" in each and "run this again" in each for each in said)
    own_server.start()
    with Record.open(at) as record:
        assert record.count("article") >= 1
        added(record)
        assert state_of(record) == undisturbed


def test_one_who_has_a_record_open_goes_on_after_a_restart(own_server: Server) -> None:
    with Record.open(own_server.new_database("open")) as record:
        record.add(WAR[0].source, WAR[0].reading)
        own_server.stop()
        with pytest.raises(RecordError, match="run this again"):
            record.add(WAR[1].source, WAR[1].reading)
        own_server.start()
        added(record)
        assert record.count("article") == ARTICLES


def test_readers_see_one_state_while_others_add(record: Record) -> None:
    added_meanwhile = threading.Event()
    record.add(WAR[0].source, WAR[0].reading)
    with record.connection() as connection:
        assert selecting.count(connection, "article", Filter()) == 1

        def add() -> None:
            added(record, 1)
            added_meanwhile.set()

        thread = threading.Thread(target=add)
        thread.start()
        assert added_meanwhile.wait(120)
        thread.join()
        assert selecting.count(connection, "article", Filter()) == 1
    assert record.count("article") == ARTICLES
