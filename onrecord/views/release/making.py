"""A release from its first file to its name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from onrecord import __version__
from onrecord.record import journal
from onrecord.record.record import Record
from onrecord.record.releases import KIND, Release, Releases
from onrecord.record.snapshot import snapshot
from onrecord.views.release.changes import Change, write_changes
from onrecord.views.release.contents import Contents, write_data, write_tables
from onrecord.views.release.methodology import write_methodology


def make_release(
    record: Record, releases: Releases, name: str, *, by: str, note: str | None = None, made: datetime | None = None
) -> Release:
    """Freeze the record as it is now, without what is withheld, as the release of this name.

    `made` is the moment that it bears, else the present one. The same record, name and moment give the same bytes.
    Raises `RecordError` where the name is taken or cannot be one, or the folder cannot be written.
    """
    moment = (made or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    with record.connection() as connection:
        releases.finish(journal.entries(connection, kind=KIND))
    previous = releases.last()
    with _folder(releases, name) as folder:
        contents, head = _write(record, folder)
        changes = write_changes(folder, releases.opened(previous.name) if previous else None)
        release = Release(
            name=name,
            made=moment,
            by=by,
            note=note,
            program=__version__,
            previous=previous.name if previous else None,
            previous_sums=releases.sums_of(previous.name) if previous else None,
            journal=(head.number, head.hash),
            counts=contents.counts | _counted(changes),
        )
        write_methodology(folder, release, contents)
        sums = releases.seal(release)
    _enter(record, release, sums)
    releases.publish(name)
    return release


def _write(record: Record, folder: Path) -> tuple[Contents, journal.Head]:
    with snapshot(record) as still:
        contents = write_data(still, folder)
        with still.connection() as connection:
            head = journal.head(connection)
    write_tables(folder)
    return contents, head


def _enter(record: Record, release: Release, sums: str) -> None:
    what = {"sums": sums, "previous": release.previous, "counts": dict(release.counts), "program": release.program}
    with record.connection(writes=True) as connection:
        journal.append(connection, kind=KIND, subject=release.name, by=release.by, what=what, why=release.note)


def _counted(changes: dict[Change, int]) -> dict[str, int]:
    return {f"incidents_{change}": number for change, number in changes.items()}


@contextmanager
def _folder(releases: Releases, name: str) -> Iterator[Path]:
    """The folder in which a release is made; gone again where it could not be made."""
    folder = releases.begin(name)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
