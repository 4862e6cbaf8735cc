"""Back-ups: whole, of one moment, while others work; and records made of them."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from benchmarks.generated import telling
from onrecord.archive.backing_up import back_up, restore
from onrecord.archive.broken import Broken
from onrecord.archive.copying import copy_record
from onrecord.archive.proving import prove
from onrecord.errors import RecordError
from onrecord.record import Record
from tests.record.state import state_of


@pytest.fixture
def filled(record: Record) -> Record:
    for told in telling(8, seed=4):
        record.add(told.source, told.reading)
    return record


def is_whole(record: Record) -> bool:
    return not any(isinstance(found, Broken) for found in prove(record))


def test_a_back_up_is_the_same_record(filled: Record, tmp_path: Path) -> None:
    head = back_up(filled, tmp_path / "copy.db")
    assert head.number == 8
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.db"]
    with Record.open(tmp_path / "copy.db") as copy:
        assert state_of(copy) == state_of(filled)
        assert is_whole(copy)


def test_a_back_up_that_was_restored_is_the_same_record(filled: Record, tmp_path: Path) -> None:
    head = back_up(filled, tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", str(tmp_path / "again.db")) == head
    with Record.open(tmp_path / "again.db") as again:
        assert state_of(again) == state_of(filled)
        (newcomer,) = telling(1, seed=99)
        again.add(newcomer.source, newcomer.reading)
        assert is_whole(again)


def test_a_back_up_is_of_one_moment_while_others_add(tmp_path: Path) -> None:
    told = list(telling(30, seed=5))
    stop, added = threading.Event(), []

    def add() -> None:
        with Record.open(tmp_path / "onrecord.db") as record:
            for one in told:
                added.append(record.add(one.source, one.reading))
                if stop.is_set():
                    return

    with Record.open(tmp_path / "onrecord.db") as record:
        adding = threading.Thread(target=add)
        adding.start()
        heads = []
        for number in range(3):
            heads.append(back_up(record, tmp_path / f"copy{number}.db"))
        stop.set()
        adding.join()
    for number, head in enumerate(heads):
        with Record.open(tmp_path / f"copy{number}.db") as copy:
            assert is_whole(copy)
            assert copy.summary().articles == head.number


def test_nothing_is_ever_written_over(filled: Record, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    with pytest.raises(RecordError, match="is there already"):
        back_up(filled, tmp_path / "copy.db")
    with pytest.raises(RecordError, match="is there already"):
        restore(tmp_path / "copy.db", str(tmp_path / "onrecord.db"))
    assert (tmp_path / "copy.db").read_bytes() == before


def test_a_back_up_that_is_not_whole_is_not_restored(filled: Record, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as connection:
        connection.execute("DROP TRIGGER journal_loses_no_entry")
        connection.execute("DELETE FROM journal WHERE number = 3")
    with pytest.raises(RecordError, match="not whole"):
        restore(tmp_path / "copy.db", str(tmp_path / "again.db"))
    assert not (tmp_path / "again.db").exists()


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_what_is_no_back_up_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "copy.db").write_bytes(data)
    with pytest.raises(RecordError):
        restore(tmp_path / "copy.db", str(tmp_path / "again.db"))
    with pytest.raises(RecordError, match="no such file"):
        restore(tmp_path / "none.db", str(tmp_path / "again.db"))
    assert not (tmp_path / "again.db").exists() or not data


def test_a_back_up_whose_tables_are_damaged_to_bytes_that_are_no_text_is_told(filled: Record, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(filled, copy)
    copy.write_bytes(copy.read_bytes().replace(b"BEGIN SELECT", b"BEG\xe1N SELECT"))
    with pytest.raises(RecordError, match=r"damaged.*take another"):
        restore(copy, str(tmp_path / "made.db"))


def test_a_folder_that_is_not_there_is_told(filled: Record, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be written"):
        back_up(filled, tmp_path / "none" / "copy.db")


def test_a_record_copied_table_by_table_is_the_same(filled: Record, tmp_path: Path) -> None:
    """As is done between a server and a file."""
    with Record.open(tmp_path / "copy.db") as copy:
        with filled.connection() as held, copy.connection(writes=True) as into:
            copy_record(held, into)
        assert state_of(copy) == state_of(filled)
        assert is_whole(copy)
        assert [hit.article.id for hit in copy.search("killed")] == [hit.article.id for hit in filled.search("killed")]
