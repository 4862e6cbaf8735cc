"""How much is on the record, or on a part of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, literal_column, select

from onrecord.record import selecting, tables
from onrecord.record.facets import EVERY
from onrecord.record.listing_tables import claims, label_uses, listings
from onrecord.record.shapes import Filter, Summary
from onrecord.record.stale import ARTICLE
from onrecord.record.tallies import number_of, total

_ARTICLES, _NODES, _LISTINGS = tables.articles.c, tables.nodes.c, listings.c


def summary_of(connection: Connection, of: Filter, but: Collection[str] = (), *, nothing: bool = False) -> Summary:
    """How much fits a filter, without the incidents `but`; `nothing`: the filter asks for what is withheld."""
    if nothing:
        of = Filter(article=_NOWHERE)
    found = _of_part(connection, of) if of.narrows else _of_all(connection)
    incidents = _counted(connection, "incident", of, but)
    return Summary(
        sources=found.sources,
        articles=found.articles,
        copies=found.copies,
        outlets=found.outlets,
        stories=_counted(connection, "story", of)[0],
        incidents=incidents[0],
        accounts=incidents[1],
        tolls=found.tolls,
        truces=_counted(connection, "truce", of)[0],
        labels=found.labels,
        claims=found.claims,
        failures=connection.scalar(select(func.count()).select_from(tables.failures)) or 0,
        since=found.since[:10] if found.since else None,
        until=found.until[:10] if found.until else None,
    )


class _OfArticles(NamedTuple):
    """What is counted by articles."""

    sources: int
    articles: int
    copies: int
    outlets: int
    tolls: int
    labels: int
    claims: int
    since: str | None
    until: str | None


_NOWHERE = "-"
"""The id of no article."""
_ON_RECORD = _ARTICLES.source.is_not(None)


def _of_all(connection: Connection) -> _OfArticles:
    """The same of the whole record, as it is kept: nothing is counted here but outlets."""
    return _OfArticles(
        sources=total(connection, "sources"),
        articles=number_of(connection, ARTICLE, *EVERY[:2]),
        copies=total(connection, "copies"),
        outlets=_outlets(connection),
        tolls=total(connection, "tolls"),
        labels=total(connection, "labels"),
        claims=total(connection, "claims"),
        since=connection.scalar(select(func.min(_ARTICLES.published)).where(_ON_RECORD)),
        until=connection.scalar(select(func.max(_ARTICLES.published)).where(_ON_RECORD)),
    )


def _of_part(connection: Connection, of: Filter) -> _OfArticles:
    sums = func.sum(_ARTICLES.casualties), func.min(_ARTICLES.published), func.max(_ARTICLES.published)
    found = selecting.fitting(connection, ARTICLE, of).subquery()
    told = (
        select(func.count(), func.count(_ARTICLES.outlet.distinct()), *sums)
        .select_from(tables.articles)
        .join(found, found.c.id == _ARTICLES.id)
        .where(_ON_RECORD)
    )
    articles, outlets, tolls, since, until = connection.execute(told).one()
    return _OfArticles(
        sources=_with(connection, of, tables.sources.c.article),
        articles=articles,
        copies=_copies(connection, of),
        outlets=outlets,
        tolls=tolls or 0,
        labels=_with(connection, of, label_uses.c.article),
        claims=_with(connection, of, claims.c.article),
        since=since,
        until=until,
    )


def _outlets(connection: Connection) -> int:
    """How many names outlets have, found one after the other in the order of an index."""
    first = select(func.min(_ARTICLES.outlet).label("outlet")).cte("names", recursive=True)
    after = select(func.min(_ARTICLES.outlet)).where(_ARTICLES.outlet > first.c.outlet).scalar_subquery()
    names = first.union_all(select(after).where(first.c.outlet.is_not(None)))
    return connection.scalar(select(func.count(names.c.outlet))) or 0


def _with(connection: Connection, of: Filter, article: ColumnElement[str]) -> int:
    """The rows of a table that belong to articles that fit."""
    found = selecting.fitting(connection, ARTICLE, of).subquery()
    wanted = select(func.count()).select_from(article.table).join(found, found.c.id == article)
    return connection.scalar(wanted) or 0


def _copies(connection: Connection, of: Filter) -> int:
    """The articles that share the wording of one published before."""
    copied = (_NODES.kind == literal_column("'copy'"), _NODES.group != _NODES.id)  # as the index has it
    found = selecting.fitting(connection, ARTICLE, of).subquery()
    wanted = select(func.count()).select_from(tables.nodes).join(found, found.c.id == _NODES.id).where(*copied)
    return connection.scalar(wanted) or 0


def _counted(connection: Connection, kind: str, of: Filter, but: Collection[str] = ()) -> tuple[int, int]:
    """How many things of a kind fit, and how many tellings of incidents they have together."""
    if not of.narrows and not but:
        return number_of(connection, kind, *EVERY[:2]), total(connection, "accounts")
    found = selecting.fitting(connection, kind, of).subquery()
    wanted = select(func.count(), func.sum(_LISTINGS.size)).select_from(listings)
    wanted = wanted.join(found, found.c.id == _LISTINGS.id)
    wanted = wanted.where(_LISTINGS.kind == kind, _LISTINGS.id.not_in(but))
    number, size = connection.execute(wanted).one()
    return number or 0, size or 0
