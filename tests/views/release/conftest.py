"""A record made up by a program, and its releases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.generated import Told, telling
from onrecord.record import Record
from onrecord.record.frozen import FrozenRecord
from onrecord.record.releases import Releases
from onrecord.views.release import make_release

WHEN = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def tellings() -> list[Told]:
    """Sixteen articles on four attacks."""
    return list(telling(16, seed=3))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, tellings: list[Told]) -> Path:
    """The record of the first twelve of them, made once."""
    path = tmp_path_factory.mktemp("built") / "war.db"
    with Record.open(path) as opened:
        for told in tellings[:12]:
            opened.add(told.source, told.reading)
    return path


@pytest.fixture
def record(tmp_path: Path, built: Path) -> Iterator[Record]:
    """That record, for a test to change."""
    with Record.open(shutil.copy(built, tmp_path / "war.db")) as opened:
        yield opened


@pytest.fixture(scope="session")
def released(built: Path) -> Iterator[tuple[Record, FrozenRecord]]:
    """A record and a release of it; only for looking at."""
    releases = Releases.beside(built)
    with Record.open(built) as opened:
        make_release(opened, releases, "one", by="Ann", made=WHEN)
        yield opened, releases.opened("one")


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path / "war.db.releases")
