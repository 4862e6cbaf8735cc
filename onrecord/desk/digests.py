"""Keeping the desk's digests level with the record, in the background: what came or was decided is digested again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.desk import digest_tables as digests
from onrecord.desk.digesting import article_rows, figure_rows, incident_row
from onrecord.errors import OnRecordError
from onrecord.record import Record, journal, tables
from onrecord.record.decision_tables import anchors, decisions, withheld_in
from onrecord.record.happenings import incident_of
from onrecord.record.shelf import Shelf

_LOG = logging.getLogger(__name__)
_AT_ONCE = 100
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
            for left in _levelled(self._record, at):
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
        known = {column["name"] for column in _columns(connection)}
        if known != set(digests.form.c.keys()) or connection.scalar(select(digests.form.c.form)) != digests.FORM:
            digests.metadata.drop_all(connection)
            digests.metadata.create_all(connection)
            connection.execute(insert(digests.form).values(form=digests.FORM, journal=0))


def _columns(connection: Connection) -> Sequence[dict[str, object]]:
    from sqlalchemy import inspect

    return inspect(connection).get_columns(digests.form.name)  # type: ignore[return-value]


def _levelled(record: Record, at: Stamp) -> Iterator[int]:
    """Digest what is new or has changed, a few at a time; after each, how many are left."""
    _forget_decided(record, upto=at[1])
    with record.connection() as connection:
        withheld = Shelf(connection).withheld_groups
        now = {id: signature for id, signature in _signatures(connection) if id not in withheld}
        held = dict(_held(connection))
        gone = [id for id in held if id not in now]
        changed = [id for id, signature in now.items() if held.get(id) != signature]
        articles, lost = _undigested(connection), _lost(connection)
    left = len(changed) + len(articles)
    _forget(record, gone, lost)
    if gone or lost or left:
        yield left
    for some in _portions(changed):
        _digest_incidents(record, [(id, now[id]) for id in some])
        left -= len(some)
        yield left
    for few in _portions(articles):
        _digest_articles(record, few)
        left -= len(few)
        yield left


def _forget_decided(record: Record, *, upto: int) -> None:
    """Forget the digests of what people decided on since the last time, so that it is digested anew."""
    with record.connection(writes=True) as connection:
        since = connection.scalar(select(digests.form.c.journal)) or 0
        if since >= upto:
            return
        for some in _portions(_decided_articles(connection, since)):
            nodes = tables.nodes.c
            groups = select(nodes.group).where(nodes.kind == "incident", nodes.article.in_(some))
            of_groups = digests.incidents.c.id.in_(groups)
            connection.execute(update(digests.incidents).where(of_groups).values(signature=""))
            connection.execute(delete(digests.articles).where(digests.articles.c.id.in_(some)))
        connection.execute(update(digests.form).values(journal=upto))


def _decided_articles(connection: Connection, since: int) -> list[str]:
    """The articles that decisions since an entry of the journal, or those that they undo, hold on to."""
    made = decisions.c
    new = select(made.id, made.subject).where(made.number > since)
    ids = {id for row in connection.execute(new) for id in (row.id, row.subject)}
    found: set[str] = set()
    for some in _portions(sorted(ids)):
        wanted = select(anchors.c.holder).where(anchors.c.decision.in_(some), anchors.c.holder.is_not(None))
        found |= {holder for holder in connection.scalars(wanted) if holder is not None}
        found |= set(connection.scalars(select(withheld_in.c.article).where(withheld_in.c.decision.in_(some))))
    return sorted(found)


def _signatures(connection: Connection) -> Iterator[tuple[str, str]]:
    """Of each incident what changes when what is told of it does: its accounts, their readings, their copies."""
    nodes, articles = tables.nodes.alias("accounts"), tables.articles
    copies, firsts = tables.nodes.alias("copies"), tables.articles.alias("firsts")
    wanted = (
        select(
            nodes.c.group,
            func.count(),
            func.sum(articles.c.source),
            func.sum(firsts.c.number),
            func.sum(articles.c.number),
        )
        .select_from(nodes)
        .join(articles, articles.c.id == nodes.c.article)
        .join(copies, (copies.c.kind == "copy") & (copies.c.id == articles.c.id))
        .join(firsts, firsts.c.id == copies.c.group)
        .where(nodes.c.kind == "incident")
        .group_by(nodes.c.group)
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
            _forget_incidents(connection, some)
    for few in _portions(articles):
        with record.connection(writes=True) as connection:
            _forget_articles(connection, few)


def _forget_incidents(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(delete(digests.figures).where(digests.figures.c.incident.in_(ids)))
    connection.execute(delete(digests.incidents).where(digests.incidents.c.id.in_(ids)))


def _forget_articles(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(delete(digests.labels).where(digests.labels.c.article.in_(ids)))
    connection.execute(delete(digests.speakers).where(digests.speakers.c.article.in_(ids)))
    connection.execute(delete(digests.articles).where(digests.articles.c.id.in_(ids)))


def _digest_incidents(record: Record, some: Sequence[tuple[str, str]]) -> None:
    with record.connection() as connection:
        shelf = Shelf(connection)
        found = [(incident_of(shelf, id), signature) for id, signature in some]
    rows = [incident_row(incident, signature) for incident, signature in found]
    figures = [row for incident, _ in found for row in figure_rows(incident)]
    with record.connection(writes=True) as connection:
        _forget_incidents(connection, [id for id, _ in some])
        connection.execute(insert(digests.incidents), rows)
        if figures:
            connection.execute(insert(digests.figures), figures)


def _digest_articles(record: Record, few: Sequence[tuple[str, int]]) -> None:
    with record.connection() as connection:
        shelf = Shelf(connection)
        labels, speakers = article_rows(shelf.telling(id) for id, _ in few)
    with record.connection(writes=True) as connection:
        _forget_articles(connection, [id for id, _ in few])
        if labels:
            connection.execute(insert(digests.labels), labels)
        if speakers:
            connection.execute(insert(digests.speakers), speakers)
        connection.execute(insert(digests.articles), [{"id": id, "source": source} for id, source in few])


def _portions(all_of: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (all_of[at : at + _AT_ONCE] for at in range(0, len(all_of), _AT_ONCE))
