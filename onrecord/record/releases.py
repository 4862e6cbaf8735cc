"""Releases: frozen, citable versions of a record, as folders of plain files beside it.

A release is made whole in a folder of another name, entered in the journal with the SHA-256 of its list of sums, and
only then given its name; so a program that is killed leaves either no release or one that the next run brings to its
end. Nothing in it changes afterwards: making it again is refused, its files are read-only, and `first_fault` finds
what is not as it was.

    onrecord.db.releases/2016-11/SHA256SUMS       the sums of all other files, as sha256sum takes them
                                /release.json     what it is: name, when, by whom, counts, the release before
                                /...              what `onrecord.views.release` puts into it
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from onrecord.config import settings
from onrecord.errors import RecordError
from onrecord.record.frozen import FrozenRecord
from onrecord.record.journal import Entry

FORMAT = "onrecord-release/1"
MANIFEST = "release.json"
SUMS = "SHA256SUMS"
KIND = "released"
"""The kind of the journal's entries on releases."""

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?", re.ASCII)
_READ_ONLY = 0o444
_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Release:
    """One release, as its `release.json` describes it."""

    name: str
    made: str
    """The moment in UTC."""
    by: str
    note: str | None
    program: str
    """The version of onrecord that made it."""
    previous: str | None
    """The release before it."""
    previous_sums: str | None
    """The SHA-256 of that one's list of sums."""
    journal: tuple[int, str] | None
    """Number and hash of the last entry of the journal when it was made."""
    counts: Mapping[str, int]
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing in releases that is not as it was: in which release, in which file, and what."""

    release: str
    file: str | None
    what: str

    def __str__(self) -> str:
        return " ".join(part for part in ("release", self.release, self.file, self.what) if part)


class Releases:
    """The releases of one record, in their folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def beside(cls, record_at: str | Path, folder: str | Path | None = None) -> Self:
        """The releases of the record at a path or address: in the folder given, else beside the record's file.

        Raises `RecordError` where the record is on a server and no folder is given.
        """
        if folder or settings().releases:
            return cls(Path(folder or settings().releases or ""))
        address = str(record_at).removeprefix("sqlite:///")
        if "://" in address:
            raise RecordError(
                "a record on a server has no folder beside it for its releases",
                where=_without_password(address),
                advice='name one by --into, or in onrecord.toml: [record] releases = "releases"',
            )
        return cls(Path(f"{address}.releases"))

    def names(self) -> list[str]:
        """The names of all that are there."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if _NAME.fullmatch(path.name) and path.is_dir())

    def all(self) -> list[Release]:
        """Every release, the first made first."""
        return sorted((self.one(name) for name in self.names()), key=lambda release: (release.made, release.name))

    def last(self) -> Release | None:
        """The release made last."""
        return next(reversed(self.all()), None)

    def one(self, name: str) -> Release:
        """The release of this name; raises `RecordError` where there is none, or it cannot be read."""
        path = self.path(name) / MANIFEST
        if not _NAME.fullmatch(name) or not path.exists():
            raise RecordError("there is no release of this name", where=name, advice="see onrecord releases")
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            journal = values["journal"]
            return Release(**(values | {"journal": tuple(journal) if journal else None}))
        except (OSError, ValueError, TypeError, KeyError) as fault:
            raise RecordError(
                f"cannot be read as a release ({fault})", where=str(path), advice="see onrecord verify"
            ) from (fault)

    def opened(self, name: str) -> FrozenRecord:
        """What the release of this name holds; raises `RecordError` where there is none."""
        return FrozenRecord(self.path(self.one(name).name))

    def path(self, name: str) -> Path:
        """The folder of the release of this name."""
        return self.folder / name

    def sums_of(self, name: str) -> str:
        """The SHA-256 of a release's list of sums: what a citation and the journal name it by."""
        return _sha256(self.path(name) / SUMS)

    def begin(self, name: str) -> Path:
        """An empty folder in which the release of this name is to be made.

        Raises `RecordError` where the name cannot be one, is taken (in whatever letter case), or the folder cannot be
        written.
        """
        if not _NAME.fullmatch(name):
            advice = "take letters, digits, full stops, hyphens and underscores, such as 2016-11 or v1.2"
            raise RecordError("cannot be the name of a release", where=name, advice=advice)
        taken = next((other for other in self.names() if other.casefold() == name.casefold()), None)
        if taken is not None:
            raise RecordError(
                "is released already, and a release never changes", where=taken, advice="take another name"
            )
        unfinished = self._unfinished(name)
        try:
            if unfinished.exists():
                _remove(unfinished)
            unfinished.mkdir(parents=True)
        except OSError as fault:
            raise RecordError(
                f"cannot be written ({fault.strerror})", where=str(self.folder), advice="name another folder by --into"
            ) from fault
        return unfinished

    def seal(self, release: Release) -> str:
        """Describe what was made in the folder that `begin` gave, sum its files up, and give the SHA-256 of the sums.

        The release has no name yet: `publish` gives it one, once it stands in the journal.
        """
        folder = self._unfinished(release.name)
        text = json.dumps(asdict(release), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        sums = "".join(f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder))
        (folder / SUMS).write_text(sums, encoding="utf-8")
        for path in _files(folder):
            _settle(path)
        return _sha256(folder / SUMS)

    def publish(self, name: str) -> None:
        """Give a sealed release its name."""
        self._unfinished(name).replace(self.path(name))

    def finish(self, entries: Iterable[Entry]) -> None:
        """Give their names to releases that stand in the journal, but whose making was cut off before the last step."""
        for entry in entries:
            unfinished = self._unfinished(entry.subject)
            if not self.path(entry.subject).exists() and _is_sealed(unfinished, str(entry.what["sums"])):
                unfinished.replace(self.path(entry.subject))

    def first_fault(self, entries: Iterable[Entry]) -> Fault | None:
        """The first thing that is not as it was released; `None` where all is whole.

        `entries` are the journal's on releases (kind `released`): one that is there must stand in the journal, and the
        other way round.
        """
        known = {entry.subject: str(entry.what["sums"]) for entry in entries}
        for name, sums in known.items():
            fault = self._fault_in(name, sums)
            if fault is not None:
                return fault
        return next((Fault(name, None, "is not in the journal") for name in self.names() if name not in known), None)

    def _fault_in(self, name: str, sums: str) -> Fault | None:
        folder = self.path(name)
        if not folder.exists() and _is_sealed(self._unfinished(name), sums):
            folder = self._unfinished(name)
        if not (folder / SUMS).exists():
            return Fault(name, None, "is gone")
        if _sha256(folder / SUMS) != sums:
            return Fault(name, SUMS, "is not what it was when it was released")
        return first_fault_in(folder, name)

    def _unfinished(self, name: str) -> Path:
        return self.folder / f".{name}{_UNFINISHED}"


def first_fault_in(folder: Path, name: str) -> Fault | None:
    """The first file of a release that is missing, changed or too many, by its own list of sums."""
    listed = dict(_listed(folder))
    for file, digest in listed.items():
        path = folder / file
        if not path.is_file():
            return Fault(name, file, "is gone")
        if _sha256(path) != digest:
            return Fault(name, file, "is not what it was when it was released")
    present = (path.relative_to(folder).as_posix() for path in _files(folder))
    return next(
        (Fault(name, file, "is not part of it") for file in present if file not in listed and file != SUMS), None
    )


def _listed(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, file = line.partition("  ")
        yield file, digest


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(path: Path) -> None:
    """Have a file on the disk before it is spoken of, and keep it from being written to by mistake."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.chmod(_READ_ONLY)


def _is_sealed(folder: Path, sums: str) -> bool:
    return (folder / SUMS).exists() and _sha256(folder / SUMS) == sums


def _remove(folder: Path) -> None:
    for path in _files(folder):
        with suppress(OSError):
            path.chmod(0o644)
    shutil.rmtree(folder)


def _without_password(address: str) -> str:
    return re.sub(r"//[^@/]*@", "//…@", address)
