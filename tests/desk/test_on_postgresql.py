"""The desk on PostgreSQL shows what it shows on SQLite."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from benchmarks.generated import telling
from onrecord.desk.app import create_app
from onrecord.record import Record
from tests.desk.serving import Server, served
from tests.servers import programs, server

_TOKEN = re.compile(r'name="csrf"[^>]*>|value="[\w.-]{40,}"')
PATHS = (
    "/",
    "/?place=xz",
    "/?since=2031-03&until=2031-03-02",
    "/?outlet=Outlet+0",
    "/incidents",
    "/incidents?show=disputed&order=toll",
    "/incidents?show=disputed&order=date",
    "/incidents?order=late",
    "/incidents?order=new",
    "/articles?outlet=Outlet+0",
    "/truces",
    "/labels",
    "/labels?outlet=Outlet+0",
    "/claims",
    "/outlets",
    "/outlets/Outlet%200",
    "/search?q=killed",
    "/review",
    "/api/incidents",
    "/api/articles",
    "/api/media",
)


@pytest.fixture(scope="module")
def desks(war_at: Path) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """The desk on a record in PostgreSQL, and on the same in SQLite."""
    if programs() is None and not os.environ.get("CI"):
        pytest.skip("there is no PostgreSQL here, and none could be had by pip; continuous integration has one")
    with server() as running:
        at = running.new_database("desk")
        with Record.open(at) as record:
            for told in telling(24, seed=7):
                record.add(told.source, told.reading)
        apps = [create_app(where) for where in (at, war_at)]
        for app in apps:
            app.state.keeper.refresh()
        with served(apps[0]) as one, served(apps[1]) as other, _client(one) as first, _client(other) as second:
            yield first, second


def _client(server: Server) -> httpx2.Client:
    return httpx2.Client(base_url=server.url, timeout=60)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same(desks: tuple[httpx2.Client, httpx2.Client], path: str) -> None:
    on_postgresql, on_sqlite = (desk.get(path) for desk in desks)
    assert (on_postgresql.status_code, on_sqlite.status_code) == (200, 200)
    assert _shown(on_postgresql.text) == _shown(on_sqlite.text)


def _shown(page: str) -> str:
    """The page without what is another each time: the tokens of its forms, and when something was added."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "", _TOKEN.sub("", page))
