"""Keeping the desk's digests level with the record, in the background: what came or was decided is digested again."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, delete, func, insert, select

from onrecord.desk import digest_tables as digests
from onrecord.desk.reckoning import reckoned
from onrecord.errors import OnRecordError
from onrecord.record import Record, journal, tables
from onrecord.record.evidence import Telling
from onrecord.record.happenings import incident_of
from onrecord.record.shapes import IncidentOnRecord
from onrecord.record.shelf import UNNAMED_OUTLET, Shelf

_LOG = logging.getLogger(__name__)
_AT_ONCE = 200
_SECONDS = 2.0
"""How long the keeper waits before it looks whether anything came."""

Thing = TypeVar("Thing")
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
            for left in _levelled(self._record):
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


def _portions(all_of: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (all_of[at : at + _AT_ONCE] for at in range(0, len(all_of), _AT_ONCE))


def _set_up(record: Record) -> None:
    """Make the tables, or make them anew where they are of another form."""
    with record.connection(writes=True) as connection:
        digests.metadata.create_all(connection)
        if connection.scalar(select(digests.form.c.form)) != digests.FORM:
            digests.metadata.drop_all(connection)
            digests.metadata.create_all(connection)
            connection.execute(insert(digests.form).values(form=digests.FORM))


def _levelled(record: Record) -> Iterator[int]:
    """Digest what is new or has changed, a few at a time; after each, how many are left."""
    with record.connection() as connection:
        now, held = dict(_signatures(connection)), dict(_held(connection))
        gone = [id for id in held if id not in now]
        changed = [id for id, signature in now.items() if held.get(id) != signature]
        articles = _undigested(connection)
        lost = _lost(connection)
    left = len(changed) + len(articles)
    _forget(record, gone, lost)
    yield left
    for some in _portions(changed):
        _digest_incidents(record, [(id, now[id]) for id in some])
        left -= len(some)
        yield left
    for few in _portions(articles):
        _digest_articles(record, few)
        left -= len(few)
        yield left


def _signatures(connection: Connection) -> Iterator[tuple[str, str]]:
    """Of each incident what changes when any of it does: its accounts, their readings, their copies, its decisions."""
    nodes, articles = tables.nodes.alias("accounts").c, tables.articles.c
    copies, firsts = tables.nodes.alias("copies").c, tables.articles.alias("firsts").c
    wanted = (
        select(nodes.group, func.count(), func.sum(articles.source), func.sum(firsts.number), func.sum(articles.number))
        .join_from(nodes.id.table, tables.articles, articles.id == nodes.article)
        .join(copies.id.table, (copies.kind == "copy") & (copies.id == articles.id))
        .join(firsts.id.table, firsts.id == copies.group)
        .where(nodes.kind == "incident")
        .group_by(nodes.group)
    )
    for id, *parts in connection.execute(wanted):
        yield id, "-".join(map(str, parts))


def _held(connection: Connection) -> Iterator[tuple[str, str]]:
    for row in connection.execute(select(digests.incidents.c.id, digests.incidents.c.signature)):
        yield row.id, row.signature


def _undigested(connection: Connection) -> list[tuple[str, int]]:
    articles, held = tables.articles.c, digests.articles.c
    wanted = (
        select(articles.id, articles.source)
        .outerjoin(digests.articles, (held.id == articles.id) & (held.source == articles.source))
        .where(held.id.is_(None), articles.source.is_not(None))
    )
    return [(row.id, row.source) for row in connection.execute(wanted)]


def _lost(connection: Connection) -> list[str]:
    articles, held = tables.articles.c, digests.articles.c
    wanted = select(held.id).outerjoin(tables.articles, articles.id == held.id).where(articles.id.is_(None))
    return list(connection.scalars(wanted))


def _forget(record: Record, incidents: Sequence[str], articles: Sequence[str]) -> None:
    for some in _portions(incidents):
        with record.connection(writes=True) as connection:
            connection.execute(delete(digests.incidents).where(digests.incidents.c.id.in_(some)))
    for few in _portions(articles):
        with record.connection(writes=True) as connection:
            _forget_articles(connection, few)


def _forget_articles(connection: Connection, ids: Sequence[str]) -> None:
    for table, column in (
        (digests.labels, digests.labels.c.article),
        (digests.speakers, digests.speakers.c.article),
        (digests.articles, digests.articles.c.id),
    ):
        connection.execute(delete(table).where(column.in_(ids)))


def _digest_incidents(record: Record, some: Sequence[tuple[str, str]]) -> None:
    with record.connection() as connection:
        shelf = Shelf(connection)
        lines = [_line(incident_of(shelf, id), signature) for id, signature in some]
    with record.connection(writes=True) as connection:
        connection.execute(delete(digests.incidents).where(digests.incidents.c.id.in_([id for id, _ in some])))
        connection.execute(insert(digests.incidents), lines)


def _line(incident: IncidentOnRecord, signature: str) -> dict[str, object]:
    known = reckoned(incident)
    place, killed = known.place, known.killed
    published = [account.article.published[:10] for account in incident.accounts if account.article.published]
    return {
        "id": incident.id,
        "signature": signature,
        "type": incident.type,
        "mode": incident.mode,
        "status": incident.status,
        "deed": known.deed,
        "since": incident.since,
        "until": incident.until,
        "published": min(published, default=None),
        "place": place.name if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "level": place.level if place else None,
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
        "killed_open": bool(killed and killed.open),
        "by": ", ".join(incident.perpetrators),
        "accounts": len(incident.accounts),
        "outlets": len(incident.outlets),
        "origins": incident.origins,
        "disputes": json.dumps(known.disputes),
        "doubts": json.dumps(known.doubts, ensure_ascii=False),
        "uncertainty": known.uncertainty,
        "consequence": known.consequence,
        "decided": False,
    }


def _digest_articles(record: Record, few: Sequence[tuple[str, int]]) -> None:
    with record.connection() as connection:
        shelf = Shelf(connection)
        tellings = [shelf.telling(id) for id, _ in few]
    labels = [line for telling in tellings for line in _labels(telling)]
    speakers = [line for telling in tellings for line in _speakers(telling)]
    with record.connection(writes=True) as connection:
        _forget_articles(connection, [id for id, _ in few])
        if labels:
            connection.execute(insert(digests.labels), labels)
        if speakers:
            connection.execute(insert(digests.speakers), speakers)
        connection.execute(insert(digests.articles), [{"id": id, "source": source} for id, source in few])


def _labels(telling: Telling) -> Iterator[dict[str, object]]:
    for label in telling.reading.labels:
        own = label.by is None or label.by == "outlet"
        by = (telling.reading.outlet or UNNAMED_OUTLET) if own else telling.name_of(label.by)
        yield {
            "article": telling.article,
            "by": by or "",
            "by_outlet": own,
            "of": telling.name_of(label.of),
            "label": " ".join(label.text.casefold().split()),
            "tone": label.tone,
            "scare_quotes": label.scare_quotes,
            "start": label.start,
            "end": label.end,
        }


def _speakers(telling: Telling) -> Iterator[dict[str, object]]:
    said: dict[tuple[str, bool], int] = {}
    for given in telling.reading.attributions:
        if given.act == "statement" and given.content:
            voice = telling.speaker(given)
            key = (voice.name, voice.kind == "speaker")
            said[key] = said.get(key, 0) + 1
    for (name, named), claims in said.items():
        yield {"article": telling.article, "name": name, "named": named, "claims": claims}
