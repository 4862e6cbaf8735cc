"""`onrecord verify`, `backup` and `restore`, as a user runs them."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

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
