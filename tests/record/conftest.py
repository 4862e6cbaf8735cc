"""Records in temporary folders and on a server, and readings that a program made up."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from benchmarks.generated import Told, telling
from onrecord.record import Record
from tests.servers import Server, programs, server

Places = Callable[[], str]
"""Gives the address of a new record each time."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL server."""
    if programs() is None and not os.environ.get("CI"):
        pytest.skip("there is no PostgreSQL here, and none could be had by pip; continuous integration has one")
    with server() as running:
        Record.open(running.new_database("fresh")).close()
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """Where to make records, on either engine."""
    return _places(request, tmp_path)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_places(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The same for records that the tests of a file share."""
    return _places(request, tmp_path_factory.mktemp("records"))


@pytest.fixture
def record(places: Places) -> Iterator[Record]:
    with Record.open(places()) as opened:
        yield opened


@pytest.fixture(scope="session")
def war() -> list[Told]:
    """Twenty-four articles on six attacks."""
    return list(telling(24, seed=7))


_NUMBERS = count(1)


def _places(request: pytest.FixtureRequest, folder: Path) -> Places:
    if request.param == "sqlite":
        return lambda: str(folder / f"onrecord-{next(_NUMBERS)}.db")
    running: Server = request.getfixturevalue("postgres")
    return lambda: running.new_database(f"record-{next(_NUMBERS)}", like="fresh")
