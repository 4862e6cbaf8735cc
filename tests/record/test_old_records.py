"""A record of the first version is opened by this one: copied, brought up to date, and answered from as a new one."""

from __future__ import annotations

import gzip
import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.generated import telling
from onrecord.errors import RecordError
from onrecord.reading.schema import DateRange
from onrecord.record import Filter, Record, database, linking_anew
from tests.record.state import state_of

FIRST = Path(__file__).parent / "data" / "first-version.db.gz"
"""A record that the first version made of `telling(10, seed=5, per_attack=4)`."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "war.db"
    path.write_bytes(gzip.decompress(FIRST.read_bytes()))
    return path


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    with closing(sqlite3.connect(path)) as record:
        names = record.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: record.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}


def test_an_old_record_is_copied_before_it_is_brought_up_to_date(old: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = content(old)
    with caplog.at_level(logging.WARNING):
        Record.open(old).close()
    copy = old.with_name(f"war.before-{database.HEAD}.db")
    assert content(copy) == before and str(copy) in caplog.text
    assert before["alembic_version"] == [("0001",)]
    assert [path.name for path in old.parent.glob("*.part")] == []


def test_an_old_record_says_what_a_new_one_says(old: Path, tmp_path: Path) -> None:
    with Record.open(old) as record, Record.open(tmp_path / "new.db") as new:
        for told in telling(10, seed=5, per_attack=4):
            new.add(told.source, told.reading)
        assert [article.id for article in record.articles()] == [article.id for article in new.articles()]
        for kind in ("incidents", "truces", "labels", "claims", "tolls"):
            assert len(list(getattr(record, kind)())) == len(list(getattr(new, kind)()))
        side = telling(1, seed=5).__next__().attack.side
        assert record.count("incident", Filter(actor=side)) == new.count("incident", Filter(actor=side)) > 0


def test_an_old_record_is_added_to(old: Path) -> None:
    with Record.open(old) as record:
        before = state_of(record)
        for told in telling(10, seed=5, per_attack=4):
            record.add(told.source, told.reading)
        assert state_of(record)["summary"] == before["summary"]


def test_a_record_of_the_eighth_tables_finds_what_lasted_long(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    told = next(telling(1, seed=5))
    siege = replace(told.reading.incidents[0], date=DateRange("2030-01-01", "2031-02-20"))
    with Record.open(path) as record:
        record.add(told.source, replace(told.reading, incidents=(siege,)))
        spans = _spans(path)
    with closing(sqlite3.connect(path)) as held:
        held.executescript(_EIGHTH)
    with Record.open(path) as record:
        assert record.count("incident", Filter(since="2030-06-01", until="2030-06-02")) == 1
        assert not record.linked_otherwise()
    assert _spans(path) == spans and max(span for _, span in spans) == 4


_EIGHTH = """
DROP TABLE linked_by;
DROP INDEX facets_long;
UPDATE facets SET span = min(span, 1);
ALTER TABLE facets RENAME COLUMN span TO long;
CREATE INDEX facets_long ON facets (kind, facet, value, day, id) WHERE long;
UPDATE alembic_version SET version_num = '0008';
"""


def _spans(path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path)) as held:
        return held.execute("SELECT value, span FROM facets ORDER BY kind, facet, value, day, id").fetchall()


def test_where_there_is_no_room_for_the_copy_the_record_stays_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(old)
    real = sqlite3.connect

    def full(at: object, *options: object, **named: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(at, *options, **named)  # type: ignore[call-overload]
        if str(at).endswith(".part"):
            connection.execute("PRAGMA max_page_count = 10")
        return connection

    monkeypatch.setattr(database.sqlite3, "connect", full)
    with pytest.raises(RecordError, match=r"must be copied before.*make room"):
        Record.open(old)
    monkeypatch.undo()
    assert [path.name for path in old.parent.iterdir() if not path.name.endswith(("-wal", "-shm"))] == ["war.db"]
    assert content(old) == before
    Record.open(old).close()


def test_a_program_stopped_while_it_brings_a_record_up_to_date_leaves_it_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(old)

    class StoppedError(BaseException):
        pass

    def stopped(*_: object, **__: object) -> None:
        raise StoppedError

    monkeypatch.setattr(linking_anew, "refresh", stopped)
    with pytest.raises(StoppedError):
        Record.open(old)
    monkeypatch.undo()
    assert content(old) == before
    with Record.open(old) as record:
        assert record.count("article") == 10
