"""`onrecord verify`, `backup` and `restore`, as a user runs them."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

from onrecord.record import Record
from tests.cli.conftest import Run


def test_a_whole_record_is_found_whole(onrecord_in: Run, copied_record: Path) -> None:
    done = onrecord_in("verify")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"whole: readings \(\d+\)", next(line for line in lines if "readings" in line))
    head = re.fullmatch(r"The journal's head is (\d+:[0-9a-f]{64})", lines[-1])
    assert head and onrecord_in("verify", "--quick", "--known", head[1]).returncode == 0


def test_what_is_not_whole_is_named(onrecord_in: Run, copied_record: Path) -> None:
    with sqlite3.connect(copied_record) as connection:
        other = "SELECT reading FROM readings WHERE source = (SELECT max(source) FROM readings)"
        connection.execute(f"UPDATE readings SET reading = ({other}) WHERE source = (SELECT min(source) FROM readings)")
    done = onrecord_in("verify")
    assert done.returncode == 1
    assert re.search(r"onrecord: not whole: reading of \S+ is not the one that the journal tells of", done.stderr)


def test_a_head_that_is_not_in_the_journal_is_named(onrecord_in: Run, copied_record: Path) -> None:
    done = onrecord_in("verify", "--quick", "--known", f"99999:{'a' * 64}")
    assert done.returncode == 1 and "journal, entry" in done.stderr
    assert onrecord_in("verify", "--known", "12").returncode == 2


def test_a_record_goes_into_a_back_up_and_out_of_it(onrecord_in: Run, copied_record: Path) -> None:
    done = onrecord_in("backup", "copy.db")
    assert done.returncode == 0 and done.stdout.startswith("Wrote copy.db, and found it whole."), done.stderr
    assert onrecord_in("backup", "copy.db").returncode == 1
    assert onrecord_in("restore", "copy.db").returncode == 1
    assert onrecord_in("restore", "copy.db", "--record", "again.db").returncode == 0
    assert onrecord_in("incidents", "--record", "again.db").stdout == onrecord_in("incidents").stdout


def test_a_file_that_was_given_out_is_found_whole_or_not(onrecord_in: Run, copied_record: Path) -> None:
    given = copied_record.parent / "incidents.csv"
    assert onrecord_in("export", "csv", "-o", str(given)).returncode == 0
    done = onrecord_in("verify", "--quick", "--given", str(given))
    assert done.returncode == 0, done.stderr
    assert re.search(r"whole: \S*incidents\.csv, given out at \S+ by .+ \(entry \d+ of the journal\)", done.stdout)
    given.write_bytes(given.read_bytes().replace(b"2", b"3", 1))
    done = onrecord_in("verify", "--quick", "--given", str(given))
    assert done.returncode == 1 and "incidents.csv is no file that the journal tells of" in done.stderr


def test_a_last_change_that_broke_off_is_not_passed_over_in_silence(onrecord_in: Run, copied_record: Path) -> None:
    with Record.open(copied_record) as record:
        record.log(kind="exported", subject="one", by="A. Coder", what={})
        record.log(kind="exported", subject="two", by="A. Coder", what={})
        for ending in ("", "-wal"):
            shutil.copy(f"{copied_record}{ending}", f"{copied_record.with_name('stopped.db')}{ending}")
    log = copied_record.with_name("stopped.db-wal")
    log.write_bytes(log.read_bytes()[:-2000] + bytes(2000))
    done = onrecord_in("verify", "--quick", "--record", "stopped.db")
    assert done.returncode == 0 and "not told: the last change" in done.stderr, done.stderr
