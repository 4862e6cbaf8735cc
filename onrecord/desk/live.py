"""What comes while the desk is open: server-sent events at `/events` (WHATWG HTML, 9.2), and the page of alerts.

Whoever adds to the record, a watcher in another process or a colleague at another desk, is noticed by looking at how
far the record has come: three look-ups at the ends of indexes, once a second, and only while somebody listens. The id
of an event says how far that was, so that a browser that was away is told what it missed.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, field

from sqlalchemy import Connection, func, select
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from onrecord.desk.problems import problem
from onrecord.desk.rendering import page
from onrecord.errors import RecordError
from onrecord.record import Record, tables
from onrecord.record.journal import entries, head
from onrecord.watch.alerts import alerts_since, last_alerts, last_number, shown

LOOK_EVERY = 1.0
"""Seconds between two looks at the record."""
STILL_HERE = 15.0
"""Seconds after which a quiet line is told that it is still there, so that nothing between takes it for dead."""
LONGEST = 300.0
"""Seconds after which a line ends and the browser comes again: a sign-in may have ended meanwhile."""
MOST_LISTENERS = 200
RETRY = 3000
"""Milliseconds after which a browser comes again."""
_TOLD = 100
_SHOWN_ON_PAGE = 200
_POSITION = re.compile(r"(\d{1,15})\.(\d{1,15})\.(\d{1,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """How far the record has come: the last article, entry of the journal and alert."""

    article: int
    entry: int
    alert: int

    def __str__(self) -> str:
        return f"{self.article}.{self.entry}.{self.alert}"


@dataclass(slots=True)
class Pulse:
    """Looks at a record as long as somebody wants to know, once for all of them."""

    record: Record
    every: float = LOOK_EVERY
    listeners: int = 0
    _last: tuple[float, Position] | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def now(self) -> Position:
        """How far the record has come, as of less than `every` seconds ago."""
        async with self._looking:
            if self._last is None or time.monotonic() - self._last[0] >= self.every:
                position = await run_in_threadpool(self._look)
                self._last = (time.monotonic(), position)
            return self._last[1]

    async def after(self, seen: Position) -> Position:
        """How far it has come as soon as that is another position."""
        while (position := await self.now()) == seen:
            await asyncio.sleep(self.every)
        return position

    def _look(self) -> Position:
        with self.record.connection() as connection:
            return position_of(connection)


def position_of(connection: Connection) -> Position:
    """How far the record has come."""
    article = connection.scalar(select(func.max(tables.articles.c.number))) or 0
    return Position(article, head(connection).number, last_number(connection))


def news(record: Record, seen: Position) -> list[tuple[str, dict[str, object]]]:
    """What came after a position, as (kind of event, what it tells)."""
    with record.connection() as connection:
        return list(_news(connection, seen))


async def events(request: Request) -> Response:
    """The events from now on, or from where the browser lost the line."""
    pulse = _pulse(request.app)
    if pulse.listeners >= MOST_LISTENERS:
        return problem(503, "Too many listen", "Close some pages of the desk.", {"retry-after": "60"})
    given = _POSITION.fullmatch(request.headers.get("last-event-id", ""))
    seen = Position(*map(int, given.groups())) if given else await pulse.now()
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_stream(pulse, seen), media_type="text/event-stream", headers=headers)


def alerts_page(request: Request) -> Response:
    """The alerts, the last raised first."""
    record: Record = request.app.state.record
    with record.connection() as connection:
        raised = shown(connection, last_alerts(connection, _SHOWN_ON_PAGE))
    return page(request, "alerts.html", alerts=raised)


async def _stream(pulse: Pulse, seen: Position) -> AsyncIterator[str]:
    pulse.listeners += 1
    until = time.monotonic() + LONGEST
    try:
        yield f"retry: {RETRY}\nid: {seen}\n\n"
        while time.monotonic() < until:
            try:
                now = await asyncio.wait_for(pulse.after(seen), STILL_HERE)
                told = await run_in_threadpool(news, pulse.record, seen)
            except (TimeoutError, RecordError):
                yield ": still here\n\n"
                continue
            seen = now
            for kind, what in told:
                yield f"event: {kind}\nid: {seen}\ndata: {json.dumps(what)}\n\n"
    finally:
        pulse.listeners -= 1


def _news(connection: Connection, seen: Position) -> Iterator[tuple[str, dict[str, object]]]:
    articles = tables.articles.c
    came = select(func.count()).where(articles.number > seen.article, articles.source.is_not(None))
    new = connection.scalar(came) or 0
    if new:
        yield "articles", {"new": new}
    if any(entries(connection, kind="recorded", after=seen.entry, limit=1)):
        yield "media", {}
    for entry in entries(connection, kind="decided", after=seen.entry, limit=_TOLD):
        # The name of somebody who is withheld must not go out by this door.
        subject = entry.subject if entry.subject[:1] in "ait" else None
        yield "decision", {"by": entry.by, "subject": subject}
    for alert in shown(connection, alerts_since(connection, seen.alert, _TOLD)):
        yield "alert", asdict(alert)


def _pulse(app: Starlette) -> Pulse:
    if not hasattr(app.state, "pulse"):
        app.state.pulse = Pulse(app.state.record)
    pulse: Pulse = app.state.pulse
    return pulse


ROUTES = [Route("/events", events, methods=["GET"]), Route("/alerts", alerts_page, methods=["GET"], name="alerts")]
