"""What waits: feeds to be polled, pages to be fetched and read. It stands in the database and outlives every watcher.

Whoever takes something in hand holds it for a while; another watcher, or the same after it was killed, takes it when
that is over. Taking is one UPDATE that only one can win.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.record.tables import failures
from onrecord.sources.feeds import FeedEntry
from onrecord.watch.tables import feeds, pages

State = Literal["fetch", "read", "done", "failed"]
HOLD = 300.0
"""Seconds for which something is held: a fetch with its pauses, or the reading of one article, takes far less."""

_FEEDS, _PAGES = feeds.c, pages.c


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is polled; `failed` is how often in a row it could not be."""

    address: str
    etag: str | None
    modified: str | None
    failed: int


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page on its way to the record; `entry` is what its feed says of it."""

    number: int
    address: str
    feed: str
    entry: FeedEntry
    tries: int
    capture: int | None


def subscribe(connection: Connection, addresses: Iterable[str], now: float) -> None:
    """Have feeds among those that are polled."""
    for address in addresses:
        new = {"address": address, "due": now, "held_until": 0.0, "failed": 0}
        put_new(connection, feeds, new)


def take_feed(connection: Connection, among: Sequence[str], now: float) -> Feed | None:
    """A feed that is due, in hand now; None where none is."""
    wanted = (
        select(feeds)
        .where(_FEEDS.address.in_(among), _FEEDS.due <= now, _FEEDS.held_until <= now)
        .order_by(_FEEDS.due)
        .limit(20)
    )
    for row in connection.execute(wanted).all():
        if _won(connection, feeds, _FEEDS.address == row.address, now):
            return Feed(row.address, row.etag, row.modified, row.failed)
    return None


def feed_seen(
    connection: Connection, feed: Feed, *, now: float, due: float, etag: str | None, modified: str | None
) -> None:
    """Give a feed back that was polled."""
    values = {"etag": etag, "modified": modified, "checked": now, "due": due, "held_until": 0.0, "failed": 0}
    connection.execute(
        update(feeds).where(_FEEDS.address == feed.address).values(values | {"reason": None, "advice": None})
    )


def feed_failed(connection: Connection, feed: Feed, *, now: float, due: float, reason: str, advice: str | None) -> None:
    """Give a feed back that could not be polled, with the reason and when it is tried again."""
    values = {"checked": now, "due": due, "held_until": 0.0, "failed": feed.failed + 1, "reason": reason}
    connection.execute(update(feeds).where(_FEEDS.address == feed.address).values(values | {"advice": advice}))


def enqueue(
    connection: Connection, feed: str, entries: Iterable[tuple[str, FeedEntry]], now: float, *, state: State
) -> int:
    """Put pages by their addresses in the queue, each once for ever; how many were new."""
    new = 0
    for address, entry in entries:
        values = {"address": address, "feed": feed, "entry": json.dumps(entry, sort_keys=True).encode(), "state": state}
        new += put_new(connection, pages, values | {"due": now, "held_until": 0.0, "tries": 0, "met": now})
    return new


def due_pages(connection: Connection, state: State, now: float) -> list[tuple[int, str]]:
    """The pages in a state that are due and in nobody's hands, as (number, address), the first met first."""
    wanted = (
        select(_PAGES.number, _PAGES.address)
        .where(_PAGES.state == state, _PAGES.due <= now, _PAGES.held_until <= now)
        .order_by(_PAGES.number)
    )
    return [(row.number, row.address) for row in connection.execute(wanted)]


def take_page(connection: Connection, number: int, state: State, now: float) -> WaitingPage | None:
    """The page, in hand now; None where another was first."""
    if not _won(connection, pages, (_PAGES.number == number) & (_PAGES.state == state), now):
        return None
    return _page(connection.execute(select(pages).where(_PAGES.number == number)).one())


def page_moved(connection: Connection, page: WaitingPage, state: State, **values: Any) -> None:
    """Give a page back in another state, in which it has not been tried yet."""
    fresh = {"state": state, "held_until": 0.0, "tries": 0, "reason": None, "advice": None}
    connection.execute(update(pages).where(_PAGES.number == page.number).values(fresh | values))


def page_failed(
    connection: Connection, page: WaitingPage, *, due: float | None, reason: str, advice: str | None
) -> None:
    """Give a page back that failed: to be tried again when it is `due`, or (None) never."""
    values: dict[str, Any] = {"held_until": 0.0, "tries": page.tries + 1, "reason": reason, "advice": advice}
    values |= {"state": "failed"} if due is None else {"due": due}
    connection.execute(update(pages).where(_PAGES.number == page.number).values(values))


def mended(connection: Connection, place: str) -> None:
    """Forget that something failed there."""
    connection.execute(delete(failures).where(failures.c.place == place))


def next_due(connection: Connection, among: Sequence[str]) -> float | None:
    """When something is due next that nobody has in hand, or is held until: None where nothing ever is."""
    moments = [
        connection.scalar(select(func.min(_later(table))).where(which))
        for table, which in ((feeds, _FEEDS.address.in_(among)), (pages, _PAGES.state.in_(("fetch", "read"))))
    ]
    return min((float(moment) for moment in moments if moment is not None), default=None)


def put_new(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    """Put a row there unless one like it is: 1 if it was new, else 0."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table).values(values).on_conflict_do_nothing().returning(*table.primary_key)
    return int(connection.execute(new).first() is not None)


def _won(connection: Connection, table: Table, which: Any, now: float) -> bool:
    taken = update(table).where(which, table.c.due <= now, table.c.held_until <= now).values(held_until=now + HOLD)
    return connection.execute(taken).rowcount == 1


def _later(table: Table) -> Any:
    return case((table.c.held_until > table.c.due, table.c.held_until), else_=table.c.due)


def _page(row: Row[Any]) -> WaitingPage:
    return WaitingPage(row.number, row.address, row.feed, json.loads(row.entry), row.tries, row.capture)
