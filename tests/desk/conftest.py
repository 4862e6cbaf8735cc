"""A record for the desk: twenty-four made-up articles on six attacks, only to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generated import telling
from onrecord.desk.app import create_app
from onrecord.record import Record
from tests.desk.serving import Server, served


@pytest.fixture(scope="session")
def war_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the record is."""
    path = tmp_path_factory.mktemp("war") / "onrecord.db"
    with Record.open(path) as record:
        for told in telling(24, seed=7):
            record.add(told.source, told.reading)
    return path


@pytest.fixture(scope="session")
def desk(war_at: Path) -> Iterator[Server]:
    """The desk on it, on a real server."""
    with served(create_app(war_at)) as server:
        yield server
