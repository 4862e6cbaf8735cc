"""A record, a site on loopback, and a policy under which it may be asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.record import Record
from onrecord.sources.fetching import Policy, fetch
from onrecord.sources.fetching.robots import Robots
from tests.sites import Site, site

ALLOWED = Policy(allowed=frozenset({"localhost"}), seconds=20.0)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "onrecord.db") as opened:
        yield opened


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as served:
        yield served


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """No robots.txt of an earlier test, whose port may come again."""
    monkeypatch.setattr(sys.modules[fetch.__module__], "_robots", Robots())


@pytest.fixture
def policy() -> Policy:
    return ALLOWED
