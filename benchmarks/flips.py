"""Is a flipped bit anywhere found: in a record, in SQLite's log of it, in a release, in what was given out?

    python -m benchmarks.flips                     # 400 flips
    python -m benchmarks.flips --flips 2000 --seed 7

Makes a record that holds something of every kind, its releases and what is given out of it; flips one bit at a random
place of one of these files, and lets `verify` look for it. Of a release, of what was given out and of SQLite's log
every bit counts. A database has bytes that say nothing: space that is free, and marks in the index of words that change
no answer, now or after SQLite has merged that index; flips of these are told apart. Exits with 1 where a flip that
changed something was not found.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, insert

from benchmarks.generated import telling
from benchmarks.kills import capture
from onrecord.archive.broken import Broken
from onrecord.archive.giving import give_out, given_as
from onrecord.archive.media import record_media
from onrecord.archive.proving import prove
from onrecord.errors import RecordError
from onrecord.record import Filter, Record
from onrecord.record.decisions.acts import Merge
from onrecord.record.releases import Releases
from onrecord.record.tables import metadata
from onrecord.record.write_ahead import state_of_log
from onrecord.team import people
from onrecord.views.exports import export_bytes
from onrecord.views.release import make_release

ARTICLES = 12
RECORD = "onrecord.db"
LOG = f"{RECORD}-wal"
GIVEN = ("archive.wacz", "archive.warc.gz", "incidents.csv")
_PHOTOGRAPH = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8
_WATCHED: dict[str, dict[str, object]] = {
    "feeds": {"address": "https://herald.example/feed", "title": "Herald", "due": 1.5, "held_until": 0.0, "failed": 2},
    "watched_pages": {
        **{"address": "https://herald.example/1", "feed": "https://herald.example/feed", "entry": b'{"title": "Told"}'},
        **{"state": "fetch", "due": 1.5, "held_until": 0.0, "tries": 1, "met": 1.25},
    },
    "alerts": {
        **{"key": "a" * 64, "rule": "children", "subject": "i1", "words": "Children were killed", "what": {"low": 3}},
        "at": "2031-03-01T08:30:00Z",
    },
    "alert_progress": {"entry": 3},
    "sign_ins": {"token_sha256": "b" * 64, "person": "ann", "began": 1.5, "used": 2.5},
    "sign_in_attempts": {"name": "ann", "address": "192.0.2.1", "at": 1.5},
}
"""A row of each table of what is watched and who is signed in."""


def made(folder: Path, seed: int) -> None:
    """A record with everything, a release of it, what was given out, and a copy of it in use, with SQLite's log."""
    with Record.open(folder / RECORD) as record:
        for told in telling(ARTICLES, seed=seed):
            record.add(told.source, told.reading)
    capture(folder)
    with Record.open(folder / RECORD) as record:
        record.add_failure("https://herald.example/broken", RecordError("is broken", advice="try again"))
        incidents = [incident.id for incident in record.incidents()]
        record.decide(Merge(tuple(incidents[:2])), by="A. Coder", why="The same raid.")
        _photographed(record, folder, next(incident.id for incident in record.incidents()))
        with record.connection(writes=True) as connection:
            _watched(connection)
        make_release(record, Releases.beside(folder / RECORD), "2031-03", by="A. Coder")
        for name in GIVEN[:2]:
            give_out(record, folder / name)
        _exported(record, folder / GIVEN[2])
    _in_use(folder, seed)


def _photographed(record: Record, folder: Path, incident: str) -> None:
    picture = folder / "picture.jpg"
    picture.write_bytes(_PHOTOGRAPH)
    record_media(record, str(picture), incident)


def _watched(connection: Connection) -> None:
    people.add(connection, "ann", "editor", "correct horse battery", by="Ann")
    for name, row in _WATCHED.items():
        connection.execute(insert(metadata.tables[name]), row)


def _exported(record: Record, path: Path) -> None:
    from onrecord.archive.packing import digest_of_file

    path.write_bytes(b"".join(export_bytes(record, Filter(), "csv", None)))
    record.log(kind="exported", subject=path.name, by="A. Coder", what={"sha256": digest_of_file(path)})


def _in_use(folder: Path, seed: int) -> None:
    """A record as it stands in the midst of work, with the latest changes in SQLite's log alone."""
    used = folder / "used"
    used.mkdir()
    with Record.open(used / "working.db") as record:
        for told in telling(ARTICLES // 2, seed=seed):
            record.add(told.source, told.reading)
        for ending in ("", "-wal"):
            shutil.copy(used / f"working.db{ending}", used / f"{RECORD}{ending}")


def content(path: Path) -> list[object] | None:
    """All that a database says; None where it cannot be said."""
    try:
        with closing(sqlite3.connect(path)) as held:
            schema = held.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
            said: list[object] = [schema]
            for kind, name, *_ in schema:
                if kind == "table" and not name.startswith("article_words"):
                    said.append(sorted(map(repr, held.execute(f'SELECT * FROM "{name}"'))))
            return [*said, _words(held)]
    except (sqlite3.Error, UnicodeDecodeError, ValueError):
        return None


def _words(held: sqlite3.Connection) -> list[object]:
    """The words with their places as the index gives them, and gives them once its parts are merged."""
    held.execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab('main', 'article_words', 'instance')")
    words, ranks = "SELECT * FROM temp.places", "SELECT rowid, rank FROM article_words('the OR of OR said')"
    before: list[object] = [*held.execute(words), *held.execute(ranks)]
    held.execute("INSERT INTO article_words(article_words) VALUES ('optimize')")
    after: list[object] = [*held.execute(words), *held.execute(ranks)]
    held.rollback()
    return [before, after]


def finds_in_record(folder: Path) -> bool:
    """Whether anything is found to be wrong with the record or its releases."""
    try:
        with Record.open(folder / RECORD) as record:
            return any(isinstance(found, Broken) for found in prove(record, releases=Releases.beside(folder / RECORD)))
    except RecordError:
        return True


def finds_in_log(folder: Path) -> bool:
    """Whether SQLite's log is found not to be whole, before anybody opens the record."""
    return state_of_log(folder / "used" / RECORD) != "whole"


def finds_in_given(folder: Path) -> bool:
    """Whether one of the files that were given out is found to be another."""
    with Record.open(folder / RECORD) as record:
        return any(given_as(record, folder / name) is None for name in GIVEN)


@dataclass(slots=True)
class Flips:
    """Of one kind of file: how many bits were flipped, how many of them said nothing, and the places not found."""

    kind: str
    done: int = 0
    silent: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def found(self) -> int:
        """Flips that changed something and were found."""
        return self.done - self.silent - len(self.missed)


def _kinds(folder: Path) -> dict[str, tuple[list[Path], Callable[[Path], bool]]]:
    """By name: the files of a kind, and what finds a flip in them."""
    released = Releases.beside(folder / RECORD).path("2031-03").rglob("*")
    release = [path for path in released if path.is_file() and path.stat().st_size]
    return {
        "record": ([folder / RECORD], finds_in_record),
        "log of the latest changes": ([folder / "used" / LOG], finds_in_log),
        "release": (sorted(release), finds_in_record),
        "archive or table given out": ([folder / name for name in GIVEN], finds_in_given),
    }


SHARES = {"record": 0.6, "log of the latest changes": 0.2, "release": 0.1, "archive or table given out": 0.1}


def flipped(flips: int, seed: int) -> list[Flips]:
    """What became of so many flips, by the kind of file."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="onrecord-flips-") as place:
        folder = Path(place)
        made(folder, seed)
        before = content(folder / RECORD)
        found = [Flips(kind) for kind in SHARES]
        for each, (files, finds) in zip(found, _kinds(folder).values(), strict=True):
            while each.done - each.silent < round(flips * SHARES[each.kind]):
                _flip(folder, chance, each, files, finds, before)
    return found


def _flip(
    folder: Path,
    chance: random.Random,
    into: Flips,
    files: list[Path],
    finds: Callable[[Path], bool],
    before: list[object] | None,
) -> None:
    """Flip one bit of one of the files, look whether it is found, and flip it back."""
    path = chance.choice(files)
    data = path.read_bytes()
    changed = bytearray(data)
    at, bit = chance.randrange(len(data)), chance.randrange(8)
    changed[at] ^= 1 << bit
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    path.write_bytes(changed)
    into.done += 1
    if path.name == RECORD and content(path) == before:
        into.silent += 1
    elif not finds(folder):
        into.missed.append(f"{path.name} {at}.{bit}")
    for left in folder.glob(f"{RECORD}-*"):
        left.unlink()
    path.write_bytes(data)


def main() -> int:
    """Flip, look, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--flips", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    found = flipped(arguments.flips, arguments.seed)
    for each in found:
        flips = each.done - each.silent
        print(f"{each.kind}: {flips} bits flipped, {each.found} found; {each.silent} more said nothing", flush=True)
        print(*(f"  not found: {place}" for place in each.missed), sep="\n", end="\n" * bool(each.missed))
    return any(each.missed for each in found)


if __name__ == "__main__":
    sys.exit(main())
