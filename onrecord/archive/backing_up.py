"""Back-ups of a record while others work on it, and records made of them.

A back-up is a record in one SQLite file, whatever the database of the record: it can be opened, read and verified as it
is. It shows the record as of one moment, is verified after it was written, and has its name only then.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from onrecord.archive.broken import Broken
from onrecord.archive.copying import copy_record
from onrecord.archive.moments import at_one_moment
from onrecord.archive.proving import prove
from onrecord.errors import RecordError
from onrecord.record import Record, journal
from onrecord.record.unfinished import unfinished


def back_up(record: Record, path: Path) -> journal.Head:
    """Write a back-up to a new file, and give the head of the journal that it holds.

    Raises `RecordError` where there is a file of that name, where it cannot be written, or where what was written is
    not whole, for then the record is not whole either.
    """
    _refuse_taken(path)
    with _unfinished(path) as file:
        with at_one_moment(record) as connection:
            if connection.dialect.name == "sqlite":
                _copy_file(connection.connection.driver_connection, file)
            else:
                with Record.open(file) as copy, copy.connection(writes=True) as into:
                    copy_record(connection, into)
        return _finished(file, path)


def restore(path: Path, at: str) -> journal.Head:
    """Make a record of a back-up, where there is none, and give the head of its journal.

    `at` is a path or a SQLAlchemy URL. Raises `RecordError` where the back-up is not whole, where there is a record
    already, or where it cannot be written.
    """
    if not path.is_file() or not path.stat().st_size:
        what = "is empty" if path.is_file() else "there is no such file"
        raise RecordError(what, where=str(path), advice="name a file that onrecord backup wrote")
    address = at.removeprefix("sqlite:///")
    target = Path(address)
    with _unfinished(path if "://" in address else target) as file:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as held:
            _copy_file(held, file)
        if "://" not in address:
            _refuse_taken(target)
            return _finished(file, target)
        head = _proved(file)
        with Record.open(file) as held_record, Record.open(at) as made:
            with held_record.connection() as connection, made.connection(writes=True) as into:
                if journal.head(into).number:
                    raise RecordError("holds something already", where=at, advice="name an empty database")
                copy_record(connection, into)
            _refuse_broken(made)
        return head


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A file in a folder of its own beside the one to be, which goes with all that is left in it."""
    try:
        with unfinished(path) as folder:
            yield folder / "unfinished.db"
    except UnicodeDecodeError as fault:  # what SQLite says of a damaged file quotes from it
        raise RecordError("the back-up is damaged", where=str(path), advice="take another") from fault
    except (OSError, sqlite3.Error) as fault:
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        raise RecordError(
            f"cannot be written ({reason})", where=str(path), advice="check the folder, its space and who may write it"
        ) from fault


def _copy_file(held: object, file: Path) -> None:
    """A copy of a database by SQLite itself, as of one moment, while others write (https://sqlite.org/backup.html)."""
    if not isinstance(held, sqlite3.Connection):
        raise TypeError(type(held))
    with closing(sqlite3.connect(file)) as copy:
        held.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, that can be put on any disk


def _finished(file: Path, path: Path) -> journal.Head:
    """Give a verified file its name, once it is on the disk."""
    head = _proved(file)
    with file.open("rb+") as written:
        os.fsync(written.fileno())
    file.replace(path)
    return head


def _proved(file: Path) -> journal.Head:
    with Record.open(file) as made:
        _refuse_broken(made)
        with made.connection() as connection:
            return journal.head(connection)


def _refuse_broken(made: Record) -> None:
    broken = next((found for found in prove(made, links=False) if isinstance(found, Broken)), None)
    if broken is not None:
        raise RecordError(
            f"is not whole: {broken.where} {broken.what}", advice='run "onrecord verify" on the record it came from'
        )


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise RecordError("is there already", where=str(path), advice="give another name, or move it away")
