"""Keeping the desk's digests level with the record, in the background: what came or was decided is digested again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, Select, String, delete, func, insert, inspect, select, text, update

from onrecord.desk import digest_tables as digests
from onrecord.desk.changed import Changed, changed
from onrecord.desk.digesting import figure_rows, incident_row, speaker_rows
from onrecord.desk.portions import portions
from onrecord.errors import OnRecordError
from onrecord.record import Record, journal, listing, tables
from onrecord.record.shapes import IncidentOnRecord
from onrecord.record.shelf import Shelf

_LOG = logging.getLogger(__name__)
_SECONDS = 2.0
"""How long the keeper waits before it looks whether anything came."""

Stamp = tuple[int, int]
"""Changes whenever the record does: the last source, the last entry of the journal."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the digests are: `left` incidents and articles are still to be digested."""

    left: int

    @property
    def level(self) -> bool:
        """Whether everything on record is digested."""
        return self.left == 0


class Keeper:
    """Keeps the digests of a record level with it; `start` does so in the background until `stop`."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._turn = threading.Lock()
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._level_at: Stamp | None = None
        self._made = 0
        self.progress = Progress(1)
        _set_up(record)

    @property
    def state(self) -> int:
        """Changes whenever the digests do."""
        return self._made

    def start(self) -> None:
        """Begin to keep the digests level, on a thread of its own."""
        self._thread = threading.Thread(target=self._keep, name="digests", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def wake(self) -> None:
        """Look now whether anything came."""
        self._wake.set()

    def refresh(self) -> None:
        """Bring the digests level with the record now."""
        with self._turn:
            at = stamp(self._record)
            if at == self._level_at:
                return
            for left in _levelled(self._record, at, everything=self._level_at is None):
                self.progress = Progress(left)
                self._made += 1
                if self._stopped.is_set():
                    return
            self.progress = Progress(0)
            self._level_at = at

    def _keep(self) -> None:
        while not self._stopped.is_set():
            try:
                self.refresh()
            except OnRecordError as fault:  # a locked or full disk may pass; the pages show what is digested
                _LOG.warning("the digests could not be brought up to date: %s", fault)
            self._wake.wait(_SECONDS)
            self._wake.clear()


def stamp(record: Record) -> Stamp:
    """The record's state; cheap to ask."""
    with record.connection() as connection:
        last = connection.scalar(select(func.max(tables.sources.c.id))) or 0
        return int(last), journal.head(connection).number


def _set_up(record: Record) -> None:
    """Make the tables, or make them anew where they are of another form."""
    with record.connection(writes=True) as connection:
        digests.form.create(connection, checkfirst=True)
        known = {column["name"] for column in inspect(connection).get_columns(digests.form.name)}
        if known == set(digests.form.c.keys()) and connection.scalar(select(digests.form.c.form)) == digests.FORM:
            return
        digests.metadata.drop_all(connection)
        for table in digests.FORMER:
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
        digests.metadata.create_all(connection)
        now = journal.head(connection).number
        connection.execute(insert(digests.form).values(form=digests.FORM, entry=now, source=0))


def _levelled(record: Record, at: Stamp, *, everything: bool) -> Iterator[int]:
    """Digest what is new or has changed, a few at a time; after each, how many are left.

    `everything`: whatever is not digested, not only what changed since the digests were level.
    """
    with record.connection() as connection:
        found = changed(connection, everything=everything)
    left = found.number
    if left:
        yield left
    for some in portions(found.incidents):
        _digest_incidents(record, some)
        left -= len(some)
        yield left
    for few in portions(found.articles):
        _digest_articles(record, few)
        left -= len(few)
        yield left
    _forget(record, found)
    with record.connection(writes=True) as connection:
        connection.execute(update(digests.form).values(source=at[0], entry=at[1]))


def _forget(record: Record, found: Changed) -> None:
    for some in portions(found.gone):
        with record.connection(writes=True) as connection:
            _forget_incidents(connection, some)
    for few in portions(found.lost):
        with record.connection(writes=True) as connection:
            _forget_articles(connection, few)


def _forget_incidents(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(delete(digests.figures).where(digests.figures.c.incident.in_(ids)))
    connection.execute(delete(digests.incidents).where(digests.incidents.c.id.in_(ids)))


def _forget_articles(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(delete(digests.speakers).where(digests.speakers.c.article.in_(ids)))
    connection.execute(delete(digests.articles).where(digests.articles.c.id.in_(ids)))


def _digest_incidents(record: Record, ids: Sequence[str]) -> None:
    with record.connection() as connection:
        shelf = Shelf(connection)
        cards = listing.cards(connection, "incident", ids)
        shown = [id for id in cards if id not in shelf.withheld_groups]
        shapes = [cast(IncidentOnRecord, listing.card_of(shelf, "incident", id, cards[id])) for id in shown]
        found = [shape for shape in shapes if listing.is_told(shape)]
    figures = [row for incident in found for row in figure_rows(incident)]
    with record.connection(writes=True) as connection:
        _forget_incidents(connection, ids)
        if found:
            connection.execute(insert(digests.incidents), [incident_row(incident) for incident in found])
        if figures:
            connection.execute(insert(digests.figures), figures)


def _digest_articles(record: Record, ids: Sequence[str]) -> None:
    with record.connection() as connection:
        shelf = Shelf(connection)
        speakers = [row for id in ids for row in speaker_rows(shelf.telling(id))]
    with record.connection(writes=True) as connection:
        _forget_articles(connection, ids)
        connection.execute(insert(digests.articles).from_select(list(digests.articles.c.keys()), _of_articles(ids)))
        if speakers:
            connection.execute(insert(digests.speakers), speakers)


def _of_articles(ids: Sequence[str]) -> Select[tuple[object, ...]]:
    articles = tables.articles.c
    credited = func.length(articles.agencies.cast(String)) > len("[]")
    day = func.substr(articles.published, 1, 10)
    return select(articles.id, articles.outlet, articles.outlet_key, day, credited).where(articles.id.in_(ids))
