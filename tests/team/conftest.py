"""Quick hashing: tests try what a password does, not how long it takes to guess one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection

from onrecord.record import Record
from onrecord.team import people

PASSWORD = "lantern orbit gravel mint"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    people._nobodys.cache_clear()
    monkeypatch.setattr(people, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with Record.open(tmp_path / "onrecord.db") as record, record.connection(writes=True) as opened:
        yield opened
