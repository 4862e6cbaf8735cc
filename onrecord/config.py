"""What a user may set: `onrecord.toml` in the working folder, or the file that `ONRECORD_CONFIG` names.

For instance:

    [record]
    url = "sqlite:///war.db"
    releases = "releases"           # where they go; beside the record's file if it has one and this is not given

    [watch]                         # for: onrecord watch
    feeds = ["https://example.org/rss", "feeds.opml"]

    [[alerts]]
    name = "Many dead in Aleppo"
    toll = 10
    place = "Aleppo"

    [lexicons]                      # files that add to the ones in onrecord/data, of the same form
    labels = ["my-labels.tsv"]

    [timestamps]                    # for: onrecord timestamp, onrecord verify
    authority = "https://freetsa.org/tsr"
    certificates = ["freetsa.pem"]

    [gazetteer]                     # made by `onrecord gazetteer import`; this name needs not be given
    files = ["onrecord-gazetteer.sqlite"]
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypedDict

from onrecord.errors import DataError

DEFAULT_RECORD = "onrecord.db"
OWN_GAZETTEER = "onrecord-gazetteer.sqlite"
"""The file beside the settings into which users import the places of a country."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's settings; `lexicons` maps the name of a data file to the files that add to it.

    `allowed_hosts` may be asked although their addresses are not public; `contact` stands in the user agent.
    """

    record: str = DEFAULT_RECORD
    lexicons: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    allowed_hosts: tuple[str, ...] = ()
    contact: str | None = None
    gazetteers: tuple[Path, ...] = ()
    """Files of places beside the packaged one."""
    releases: Path | None = None
    """The folder of the releases; `None`: beside the record's file."""
    watch: Mapping[str, object] = field(default_factory=dict)
    """What `[watch]` says; `onrecord.watch.rules` knows what it means, as of `alerts`."""
    alerts: tuple[Mapping[str, object], ...] = ()
    timestamp_authority: str | None = None
    timestamp_certificates: tuple[Path, ...] = ()
    """Of the authorities whose time stamps are believed, as PEM."""
    file: Path | None = None
    """The file that says all this."""


class _Timestamps(TypedDict):
    timestamp_authority: str | None
    timestamp_certificates: tuple[Path, ...]


class _Fetching(TypedDict):
    allowed_hosts: tuple[str, ...]
    contact: str | None


def settings() -> Settings:
    """The settings in force; raises `DataError` where the file cannot be read or is not what it should be."""
    return _held.get() or _in_force()


@contextmanager
def settings_held() -> Iterator[None]:
    """The settings stay as they are for as long as the context lasts, and asking for them takes no time.

    Reading an article asks for them at every other word; to ask the system where they are, each time, is slow.
    """
    token = _held.set(settings())
    try:
        yield
    finally:
        _held.reset(token)


_held: ContextVar[Settings | None] = ContextVar("settings held", default=None)


def _in_force() -> Settings:
    folder = os.getcwd()  # noqa: PTH109  (Path.cwd() takes ten times as long)
    return _read(folder, os.environ.get("ONRECORD_CONFIG", "onrecord.toml"), os.environ.get("ONRECORD_RECORD"))


@cache
def _read(folder: str, file: str, record: str | None) -> Settings:
    path = Path(folder, file)
    values: dict[str, object] = {}
    if path.exists():
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            raise DataError(f"is no TOML file ({fault})", where=str(path), advice="mend or remove it") from fault
    section = values.get("record")
    url = section.get("url") if isinstance(section, dict) else None
    releases = section.get("releases") if isinstance(section, dict) else None
    return Settings(
        record=record or (str(url) if url else DEFAULT_RECORD),
        lexicons=_lexicons(values.get("lexicons", {}), path),
        gazetteers=_gazetteers(values.get("gazetteer"), path),
        releases=path.parent / str(releases) if releases else None,
        watch=_table(values.get("watch", {}), "[watch]", path),
        alerts=_tables(values.get("alerts", []), "[[alerts]]", path),
        file=path if values else None,
        **_timestamps(values.get("timestamps", {}), path),
        **_fetching(values.get("fetching", {}), path),
    )


def _table(section: object, name: str, path: Path) -> Mapping[str, object]:
    if not isinstance(section, dict):
        raise DataError(f"{name} is no table", where=str(path), advice=f"write {name} on a line of its own")
    return section


def _tables(sections: object, name: str, path: Path) -> tuple[Mapping[str, object], ...]:
    if not isinstance(sections, list):
        raise DataError(f"{name} is no list of tables", where=str(path), advice=f"write {name} before each")
    return tuple(_table(section, name, path) for section in sections)


def _fetching(section: object, path: Path) -> _Fetching:
    allowed = section.get("allowed", []) if isinstance(section, dict) else None
    contact = section.get("contact") if isinstance(section, dict) else None
    if not isinstance(allowed, list) or not isinstance(contact, str | None) or not (contact or "x").isprintable():
        raise DataError(
            "[fetching] takes a list of hosts as allowed and one address as contact",
            where=str(path),
            advice='write allowed = ["wiki.intranet"] and contact = "mailto:desk@example.org"',
        )
    return {"allowed_hosts": tuple(str(host).lower() for host in allowed), "contact": contact}


def _timestamps(section: object, path: Path) -> _Timestamps:
    authority = section.get("authority") if isinstance(section, dict) else None
    certificates = section.get("certificates", []) if isinstance(section, dict) else None
    if not isinstance(certificates, list) or not isinstance(authority, str | None):
        raise DataError(
            "[timestamps] takes one address as authority and a list of files as certificates",
            where=str(path),
            advice='write authority = "https://freetsa.org/tsr" and certificates = ["freetsa.pem"]',
        )
    return {
        "timestamp_authority": authority,
        "timestamp_certificates": tuple(path.parent / str(file) for file in certificates),
    }


def _lexicons(section: object, path: Path) -> dict[str, tuple[Path, ...]]:
    if not isinstance(section, dict) or not all(isinstance(files, list) for files in section.values()):
        raise DataError(
            "[lexicons] must give a list of files for each name", where=str(path), advice='write labels = ["mine.tsv"]'
        )
    return {name: tuple(path.parent / str(file) for file in files) for name, files in section.items()}


def _gazetteers(section: object, path: Path) -> tuple[Path, ...]:
    own = path.parent / OWN_GAZETTEER
    if section is None:
        return (own,) if own.exists() else ()
    files = section.get("files") if isinstance(section, dict) else None
    if not isinstance(files, list):
        raise DataError(
            "[gazetteer] must give a list of files", where=str(path), advice=f'write files = ["{OWN_GAZETTEER}"]'
        )
    return tuple(path.parent / str(file) for file in files)
