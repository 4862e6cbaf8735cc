"""Records in temporary folders, and readings that a program made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generated import Told, telling
from onrecord.record import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "onrecord.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def war() -> list[Told]:
    """Twenty-four articles on six attacks."""
    return list(telling(24, seed=7))
