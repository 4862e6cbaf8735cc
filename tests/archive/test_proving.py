"""Verification: a whole record is found whole, and whatever is flipped, left out or put in is found."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.flips import flipped
from benchmarks.generated import telling
from onrecord.archive.broken import Broken, Unproved
from onrecord.archive.capturing import captured
from onrecord.archive.proving import Proved, prove
from onrecord.errors import RecordError
from onrecord.record import Record, adding, journal
from onrecord.record.decisions.acts import Merge
from onrecord.record.journal_backlog import WHY
from onrecord.sources.fetching import Policy
from tests.archive.pages import ARTICLE
from tests.record.state import state_of
from tests.record.test_old_records import FIRST
from tests.sites import response, site

FLIPS = 40
"""Of bits that say something, in files of every kind."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with articles, captures, a revisit and decisions."""
    path = tmp_path_factory.mktemp("whole") / "onrecord.db"
    policy = Policy(allowed=frozenset({"localhost"}), robots=False)
    with Record.open(path) as record, site() as here:
        for told in telling(12, seed=3):
            record.add(told.source, told.reading)
        here.answers["/a"] = response(ARTICLE)
        for _ in range(2):
            captured(record, here.url("/a"), policy)
        incidents = [incident.id for incident in record.incidents()]
        record.decide(Merge(tuple(incidents[:2])), by="A. Coder", why="The same raid.")
    return path


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "onrecord.db"))


def first_broken(path: Path, **options: object) -> Broken | None:
    """What is first found not to be whole; a record that cannot even be opened is found so too."""
    try:
        with Record.open(path) as record:
            return next((found for found in prove(record, **options) if isinstance(found, Broken)), None)  # type: ignore[arg-type]
    except RecordError as fault:
        return Broken("database", fault.what)


def without_guards(path: Path) -> sqlite3.Connection:
    """The database as somebody has it who takes its triggers away, makes a change, and puts them back."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def changed(path: Path, command: str, *values: object) -> int:
    with without_guards(path) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        number = connection.execute(command, values).rowcount
        for _, sql in guards:
            connection.execute(sql)
    connection.close()
    return number


def test_a_whole_record_is_found_whole(whole: Path) -> None:
    with Record.open(whole) as record:
        found = list(prove(record))
    assert all(isinstance(part, Proved) for part in found)
    numbers = {part.part: part.number for part in found if isinstance(part, Proved)}
    assert numbers["captures"] == 2 and numbers["readings"] == 12 and numbers["decisions"] == 1
    assert numbers["articles with their links"] == 12


def test_a_flipped_byte_anywhere_is_found() -> None:
    """In the record, in SQLite's log of it, in a release, in what was given out."""
    found = flipped(FLIPS, seed=9)
    assert [each.missed for each in found] == [[], [], [], []]
    assert sum(each.found for each in found) == FLIPS


def test_a_word_of_the_index_is_found_that_sqlite_passes_over(copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as held:
        id, block = held.execute("SELECT id, block FROM article_words_data ORDER BY id DESC LIMIT 1").fetchone()
        passed_over = [at for at in range(4, len(block)) if _sqlite_passes_over(held, id, flipped_at(block, at))]
    for at in passed_over:
        path = Path(shutil.copy(copy, tmp_path / "flipped.db"))
        changed(path, "UPDATE article_words_data SET block = ? WHERE id = ?", flipped_at(block, at), id)
        if found := first_broken(path):
            assert found.where == "index of words"
            return
    pytest.fail(f"none of {passed_over} was found")


def flipped_at(block: bytes, at: int) -> bytes:
    return block[:at] + bytes([block[at] ^ 4]) + block[at + 1 :]


def _sqlite_passes_over(held: sqlite3.Connection, id: int, block: bytes) -> bool:
    held.execute("BEGIN")
    try:
        held.execute("UPDATE article_words_data SET block = ? WHERE id = ?", (block, id))
        held.execute("INSERT INTO article_words(article_words, rank) VALUES('integrity-check', 1)")
    except sqlite3.Error:
        return False
    finally:
        held.execute("ROLLBACK")
    return True


SWAPPED = "UPDATE readings SET reading = (SELECT reading FROM readings WHERE source = 4) WHERE source = 3"
CHANGES: dict[str, tuple[str, str]] = {
    "a blob": ("UPDATE blobs SET data = CAST(X'00' || substr(data, 2) AS BLOB)", "archive"),
    "a reading": (SWAPPED, "reading"),
    "a reading left out": ("DELETE FROM readings WHERE source = 4", "reading"),
    "a source left out": ("DELETE FROM sources WHERE id = 4", "database"),
    "a reader's version": ("UPDATE readings SET reader = 'onrecord-reading/0' WHERE source = 3", "reading"),
    "an entry of the journal": (
        "UPDATE journal SET what = what || ' ' WHERE number = 5",
        "journal, entry 5",
    ),
    "an entry left out": ("DELETE FROM journal WHERE number = 5", "journal, entry 5"),
    "the clock of an entry": (
        "UPDATE journal SET at = '2016-10-14' WHERE number = 7",
        "journal, entry 7",
    ),
    "the last entries left out": ("DELETE FROM journal WHERE number > 12", "captures"),
    "a capture's moment": ("UPDATE captures SET at = '2016-10-14T00:00:00.000+00:00' WHERE id = 2", "capture c2"),
    "a capture left out": ("DELETE FROM captures WHERE id = 2", "capture c2"),
    "an article's text": ("UPDATE articles SET text = text || '.' WHERE number = 2", "articles"),
    "an article's outlet": ("UPDATE articles SET outlet = 'The Forger' WHERE number = 2", "articles"),
    "a link's weight": ("UPDATE links SET weight = 0.9 WHERE weight < 0.9", "links"),
    "a link left out": ("DELETE FROM links WHERE kind = 'incident'", "links"),
    "a name to look for": ("UPDATE names SET name = name || 'x'", "names"),
    "a key to link by": ("UPDATE keys SET day = day + 1", "keys"),
    "an incident's day": ("UPDATE nodes SET since = '1999-01-01' WHERE kind = 'incident'", "nodes"),
    "an incident's group": ("UPDATE nodes SET \"group\" = id WHERE kind = 'incident'", "nodes"),
    "a tally": ("UPDATE tallies SET number = number + 1 WHERE facet = 'place'", "tallies"),
    "a decision's reason": ("UPDATE decisions SET why = 'Because.'", "decision"),
    "a decision left out": ("DELETE FROM anchors; ", "decision"),
    "a decision undone": ("UPDATE decisions SET undone_by = 'dffff'", "decision"),
}


@pytest.mark.parametrize("what", list(CHANGES))
def test_what_somebody_changed_is_found_and_named(copy: Path, what: str) -> None:
    command, where = CHANGES[what]
    assert changed(copy, command) > 0
    found = first_broken(copy)
    assert found is not None and found.where.startswith(where), found


def test_a_guard_that_was_taken_away_is_found(copy: Path) -> None:
    with without_guards(copy) as connection:
        connection.execute("DROP TRIGGER blobs_keeps_update")
    connection.close()
    assert first_broken(copy) == Broken("database", "has no trigger blobs_keeps_update, or another than a new record")


def test_a_record_that_was_cut_short_is_found_by_a_head_from_elsewhere(whole: Path, tmp_path: Path) -> None:
    with Record.open(whole) as record, record.connection() as connection:
        head = journal.head(connection)
    with Record.open(tmp_path / "anew.db") as anew:
        for told in telling(2, seed=3):
            anew.add(told.source, told.reading)
    assert first_broken(tmp_path / "anew.db") is None
    assert first_broken(whole, known=[head]) is None
    cut = first_broken(tmp_path / "anew.db", known=[head])
    assert cut is not None and cut.where == "journal, entry 3"


def test_a_proof_does_not_keep_others_from_working(whole: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(whole, tmp_path / "onrecord.db"))
    (newcomer,) = list(telling(1, seed=99))
    with Record.open(path) as record, Record.open(path) as other:
        proof: Iterator[Proved | Broken] = prove(record)
        next(proof), next(proof)
        other.add(newcomer.source, newcomer.reading)
        assert all(isinstance(part, Proved) for part in proof)
        assert all(isinstance(part, Proved) for part in prove(record))


def test_what_an_earlier_version_linked_is_no_forgery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "onrecord.db"
    monkeypatch.setattr(adding, "linker", lambda: "an earlier one")
    monkeypatch.setattr("onrecord.record.linker.linker", lambda: "an earlier one")
    with Record.open(path) as record:
        for told in telling(4, seed=3):
            record.add(told.source, told.reading)
    monkeypatch.undo()
    assert first_broken(path) is None
    changed(path, "UPDATE keys SET day = day + 1")
    with Record.open(path) as record:
        *_, last = prove(record)
        assert isinstance(last, Unproved) and ": keys of" in last.what
        assert record.linked_otherwise()
        assert record.link_anew() == 4 and not record.linked_otherwise()
        *_, last = prove(record)
        assert last == Proved("articles with their links", 4)
    changed(path, "UPDATE keys SET day = day + 1")
    found = first_broken(path)
    assert found is not None and found.where.startswith("keys of")


def test_linking_anew_changes_nothing_where_nothing_is_linked_otherwise(copy: Path) -> None:
    with Record.open(copy) as record:
        before = state_of(record)
        record.link_anew()
        assert state_of(record) == before
        assert all(isinstance(part, Proved) for part in prove(record))


def test_a_record_from_before_the_journal_is_whole_once_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    path.write_bytes(gzip.decompress(FIRST.read_bytes()))
    with Record.open(path) as record:
        assert all(isinstance(part, Proved) for part in prove(record))
        entries = list(record.journal(kind="read"))
    assert [entry.why for entry in entries] == [WHY] * 10
    assert all(entry.what["added"] < entry.at for entry in entries)
    changed(path, SWAPPED)
    found = first_broken(path)
    assert found is not None and found.where.startswith("reading")


def test_reading_anew_is_no_fault(copy: Path) -> None:
    told = next(iter(telling(12, seed=3)))
    with Record.open(copy) as record:
        record.add(told.source, replace(told.reading, title="Another title"))
    assert first_broken(copy) is None
