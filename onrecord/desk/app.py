"""The desk as an ASGI application."""

from __future__ import annotations

import sys
import threading
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio import to_thread
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.desk import api, faults, live, pages, people, signing_in
from onrecord.desk.csrf import FormTokens
from onrecord.desk.digests import Keeper
from onrecord.desk.guarding import LOOPBACK, HostCheck, SafeHeaders
from onrecord.desk.intake import Intake
from onrecord.desk.kept import Kept
from onrecord.desk.person import OnePerson
from onrecord.desk.rendering import FOLDER, environment
from onrecord.desk.signing_in import SignedIn
from onrecord.errors import OnRecordError, StaleDecisionError
from onrecord.record import Record
from onrecord.views import basemap
from onrecord.views.templating import TEMPLATES

_AT_ONCE = 3
"""Pages made at once; more threads would only take turns, each with a connection of its own."""
_TURN = 0.001
"""Seconds until a thread lets another on: a page asks the database many times, and each time waits so long after it."""
_CACHE = 8192
"""KiB of SQLite's page cache for each connection."""


def create_app(record_at: str | Path, *, team: bool = False, hosts: Collection[str] | None = LOOPBACK) -> Starlette:
    """The desk on the record at a path or URL, made where there is none.

    `hosts` are the names by which it may be called, None: any (sign-ins belong to one name, so that another name gives
    nobody anything). `team`: people sign in; else whoever runs it is the one at it. Every request has
    `app.state.record` and, where somebody is at the desk, `state.person`. Raises `RecordError` where the record cannot
    be opened.
    """
    record = Record.open(record_at)
    _keep_small(record)
    app = Starlette(
        routes=_routes(team),
        middleware=_middleware(team, hosts),
        exception_handlers={
            HTTPException: faults.refused,
            StaleDecisionError: faults.overtaken,
            OnRecordError: faults.not_on_record,
            Exception: faults.broken,
        },
        lifespan=_lifespan,
    )
    app.state.record = record
    app.state.keeper = Keeper(record)
    app.state.kept = Kept()
    app.state.intake = Intake(str(record_at))
    app.state.record_at = str(record_at)
    app.state.team = team
    return app


def look(request: Request) -> Response:
    """The stylesheet that the desk shares with the report."""
    return FileResponse(TEMPLATES / "look.css", media_type="text/css")


def _routes(team: bool) -> list[BaseRoute]:
    return [
        *pages.ROUTES,
        *api.ROUTES,
        *live.ROUTES,
        *((*signing_in.ROUTES, *people.ROUTES) if team else ()),
        Route("/static/look.css", look, name="look"),
        Mount("/static", StaticFiles(directory=FOLDER / "static"), name="static"),
    ]


def _middleware(team: bool, hosts: Collection[str] | None) -> list[Middleware]:
    """From the outside in: the name it is called by, the headers of every answer, the forms, who it is."""
    return [
        *(() if hosts is None else (Middleware(HostCheck, hosts=hosts),)),
        Middleware(SafeHeaders),
        Middleware(FormTokens),
        Middleware(SignedIn if team else OnePerson),
    ]


def _keep_small(record: Record) -> None:
    """Let each of the desk's connections to SQLite hold some pages only: there are several, and the system has them."""
    with record.connection() as connection:
        engine = connection.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _with_small_cache)
        engine.dispose()


def _with_small_cache(connection: Any, _record: object) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE}").close()


def _warm() -> None:
    """Have at hand what the first pages would have to wait for: the templates, and the world's outlines."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)
    next(basemap.countries_in(basemap.WORLD), None)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
    sys.setswitchinterval(_TURN)
    threading.Thread(target=_warm, name="warming", daemon=True).start()
    app.state.keeper.start()
    yield
    app.state.intake.stop()
    app.state.keeper.stop()
    app.state.record.close()
