"""A disk that is full or may not be written, a clock set back, two programs on one record."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from benchmarks.generated import Told, telling
from onrecord.archive import giving
from onrecord.archive.backing_up import back_up
from onrecord.archive.broken import Broken
from onrecord.archive.capturing import captured, captures_of
from onrecord.archive.giving import give_out
from onrecord.archive.proving import prove
from onrecord.errors import RecordError
from onrecord.record import Record, journal
from onrecord.sources.fetching import Policy
from tests.archive.pages import ARTICLE
from tests.sites import response, site

TOLD = list(telling(6, seed=5))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "onrecord.db") as opened:
        for told in TOLD[:3]:
            opened.add(told.source, told.reading)
        yield opened


def add(record: Record, told: Told) -> None:
    record.add(told.source, told.reading)


def is_whole(record: Record) -> bool:
    return not any(isinstance(found, Broken) for found in prove(record))


def test_a_full_disk_takes_nothing_half(record: Record) -> None:
    def fill(connection: object, *_: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")

    with record.connection() as connection:
        engine = connection.engine
    engine.dispose()
    event.listen(engine, "connect", fill)
    with pytest.raises(RecordError, match="full") as told:
        add(record, TOLD[3])
    assert "the disk is full" in told.value.what
    assert told.value.advice and "make room" in told.value.advice
    event.remove(engine, "connect", fill)
    engine.dispose()
    assert is_whole(record) and record.summary().articles == 3
    add(record, TOLD[3])
    assert is_whole(record) and record.summary().articles == 4


def test_a_back_up_and_an_archive_for_which_there_is_no_room_leave_nothing(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(path.name for path in tmp_path.iterdir())
    monkeypatch.setattr(Path, "replace", full)
    for write in (lambda: back_up(record, tmp_path / "copy.db"), lambda: give_out(record, tmp_path / "war.wacz")):
        with pytest.raises(RecordError, match="No space left"):
            write()
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert is_whole(record)
    assert giving.__doc__


def test_a_folder_that_may_not_be_written_is_told() -> None:
    """As a user who may not write; root may write anything, and takes on another user for it."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="onrecord-readonly-") as place:
        folder = Path(place)
        with Record.open(folder / "held.db"):
            pass
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            if os.geteuid() == 0:
                os.setuid(65534)
            try:
                Record.open(folder / "new.db")
                said = "opened"
            except RecordError as fault:
                said = str(fault)
            except BaseException as fault:
                said = f"raised {fault!r}"
            os.write(write, said.encode())
            os._exit(0)
        os.waitpid(child, 0)
        said = os.read(read, 4096).decode()
        folder.chmod(stat.S_IRWXU)
    assert "cannot be opened as a record" in said and "check the path, its folder and its permissions" in said


def test_a_clock_that_was_set_back_breaks_nothing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    class Earlier(datetime):
        @classmethod
        def now(cls, zone: object = None) -> datetime:  # type: ignore[override]
            return datetime(2001, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(journal, "datetime", Earlier)
    add(record, TOLD[3])
    monkeypatch.undo()
    add(record, TOLD[4])
    with record.connection() as connection:
        moments = [entry.at for entry in journal.entries(connection)]
    assert moments[3] < moments[2] < moments[4]  # as the clock said; the order is that of the numbers
    assert is_whole(record)


def test_two_programs_that_capture_at_once_lose_and_double_nothing(record: Record, tmp_path: Path) -> None:
    policy = Policy(allowed=frozenset({"localhost"}), robots=False)
    faults: list[Exception] = []
    with site() as here:
        here.answers |= {f"/{number}": response(ARTICLE + b"<p>%d</p>" % number) for number in range(6)}

        def work(numbers: range) -> None:
            try:
                with Record.open(tmp_path / "onrecord.db") as own:
                    for number in numbers:
                        captured(own, here.url(f"/{number}"), policy)
            except Exception as fault:
                faults.append(fault)

        threads = [threading.Thread(target=work, args=(range(start, 6, 2),)) for start in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert faults == []
    assert sorted(capture.asked[-1] for capture in captures_of(record)) == list("012345")
    assert is_whole(record)
