"""What of the record the desk's digests are not level with: what is new, changed, or gone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.desk import digest_tables as digests
from onrecord.desk.portions import portions
from onrecord.record import listing, tables
from onrecord.record.decision_tables import anchors, decisions, withheld_in
from onrecord.record.listing_tables import listings
from onrecord.record.shelf import Shelf

_LISTINGS, _ARTICLES, _SOURCES = listings.c, tables.articles.c, tables.sources.c
_INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Changed:
    """The incidents and articles to digest, and those whose digests are to be forgotten."""

    incidents: list[str]
    gone: list[str]
    articles: list[str]
    lost: list[str]

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.incidents) + len(self.gone) + len(self.articles) + len(self.lost)


def changed(connection: Connection, *, everything: bool) -> Changed:
    """What changed since the digests were level; `everything`: also whatever else is not as it should be.

    What nobody decided on and no article brought cannot have changed, so that this costs the same at any size.
    """
    level = connection.execute(select(digests.form.c.entry, digests.form.c.source)).one()
    decided = _decided_articles(connection, level.entry)
    incidents = {*listing.changed_incidents_since(connection, level.entry + (not everything))}
    articles = {*decided, *connection.scalars(select(_SOURCES.article).where(_SOURCES.id > level.source))}
    incidents |= _incidents_of(connection, decided)
    gone, lost = incidents - _listed(connection, incidents), set[str]()
    if everything:
        incidents |= _undigested_incidents(connection)
        gone |= _forgotten_incidents(connection)
        articles |= _undigested_articles(connection)
        lost = _lost_articles(connection)
    withheld = Shelf(connection).withheld_groups
    return Changed(
        incidents=sorted(incidents - gone - withheld),
        gone=sorted(gone | (incidents & withheld)),
        articles=sorted(id for id in articles if id is not None),
        lost=sorted(lost),
    )


def _listed(connection: Connection, incidents: set[str]) -> set[str]:
    found: set[str] = set()
    for some in portions(sorted(incidents)):
        found |= set(
            connection.scalars(select(_LISTINGS.id).where(_LISTINGS.kind == _INCIDENT, _LISTINGS.id.in_(some)))
        )
    return found


def _undigested_incidents(connection: Connection) -> set[str]:
    held = digests.incidents.c.id
    wanted = select(_LISTINGS.id).outerjoin(digests.incidents, held == _LISTINGS.id)
    return set(connection.scalars(wanted.where(_LISTINGS.kind == _INCIDENT, held.is_(None))))


def _forgotten_incidents(connection: Connection) -> set[str]:
    held = digests.incidents.c.id
    there = (_LISTINGS.kind == _INCIDENT) & (_LISTINGS.id == held)
    return set(connection.scalars(select(held).outerjoin(listings, there).where(_LISTINGS.id.is_(None))))


def _undigested_articles(connection: Connection) -> set[str]:
    held = digests.articles.c.id
    wanted = select(_ARTICLES.id).outerjoin(digests.articles, held == _ARTICLES.id)
    return set(connection.scalars(wanted.where(held.is_(None), _ARTICLES.source.is_not(None))))


def _lost_articles(connection: Connection) -> set[str]:
    held = digests.articles.c.id
    wanted = select(held).outerjoin(tables.articles, _ARTICLES.id == held)
    return set(connection.scalars(wanted.where(_ARTICLES.source.is_(None))))


def _decided_articles(connection: Connection, since: int) -> set[str]:
    """The articles that decisions since an entry of the journal, or those that they undo, hold on to."""
    made = decisions.c
    new = select(made.id, made.subject).where(made.number > since)
    ids = {id for row in connection.execute(new) for id in (row.id, row.subject)}
    found: set[str] = set()
    for some in portions(sorted(ids)):
        wanted = select(anchors.c.holder).where(anchors.c.decision.in_(some), anchors.c.holder.is_not(None))
        found |= {holder for holder in connection.scalars(wanted) if holder is not None}
        found |= set(connection.scalars(select(withheld_in.c.article).where(withheld_in.c.decision.in_(some))))
    return found


def _incidents_of(connection: Connection, articles: set[str]) -> set[str]:
    nodes = tables.nodes.c
    found: set[str] = set()
    for some in portions(sorted(articles)):
        wanted = select(nodes.group).where(nodes.kind == _INCIDENT, nodes.article.in_(some))
        found |= set(connection.scalars(wanted))
    return found
