"""A record made up by a program, on either engine, and its releases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from benchmarks.generated import Told, telling
from onrecord.record import Record
from onrecord.record.frozen import FrozenRecord
from onrecord.record.releases import Releases
from onrecord.views.release import make_release
from tests.record.conftest import postgres  # noqa: F401  (a fixture)
from tests.servers import Server

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


@pytest.fixture(scope="session")
def built_on_server(request: pytest.FixtureRequest, tellings: list[Told]) -> Server:
    """A server with the same record, made once, as the database `released`."""
    running: Server = request.getfixturevalue("postgres")
    with Record.open(running.new_database("released", like="fresh")) as opened:
        for told in tellings[:12]:
            opened.add(told.source, told.reading)
    return running


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    """That record, for a test to change."""
    if request.param == "sqlite":
        at = str(shutil.copy(request.getfixturevalue("built"), tmp_path / "war.db"))
    else:
        at = request.getfixturevalue("built_on_server").new_database(f"released-{next(_NUMBERS)}", like="released")
    with Record.open(at) as opened:
        yield opened


_NUMBERS = count(1)


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
