"""How much is on the record, or on a part of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select

from onrecord.record import selecting, tables
from onrecord.record.listing_tables import claims, label_uses, listings
from onrecord.record.shapes import Filter, Summary
from onrecord.record.stale import ARTICLE

_ARTICLES, _NODES, _LISTINGS = tables.articles.c, tables.nodes.c, listings.c


def summary_of(connection: Connection, of: Filter, but: Collection[str] = (), *, nothing: bool = False) -> Summary:
    """How much fits a filter, without the incidents `but`; `nothing`: the filter asks for what is withheld."""
    if nothing:
        of = Filter(article=_NOWHERE)
    told = _articles(connection, of, func.count(), func.count(_ARTICLES.outlet.distinct()), *_SUMS)
    articles, outlets, tolls, since, until = connection.execute(told).one()
    incidents = _counted(connection, "incident", of, but)
    return Summary(
        sources=_with(connection, of, tables.sources.c.article),
        articles=articles,
        copies=_copies(connection, of),
        outlets=outlets,
        stories=_counted(connection, "story", of)[0],
        incidents=incidents[0],
        accounts=incidents[1],
        tolls=tolls or 0,
        truces=_counted(connection, "truce", of)[0],
        labels=_with(connection, of, label_uses.c.article),
        claims=_with(connection, of, claims.c.article),
        failures=connection.scalar(select(func.count()).select_from(tables.failures)) or 0,
        since=since[:10] if since else None,
        until=until[:10] if until else None,
    )


_NOWHERE = "-"
"""The id of no article."""
_SUMS = (func.sum(_ARTICLES.casualties), func.min(_ARTICLES.published), func.max(_ARTICLES.published))


def _articles(connection: Connection, of: Filter, *what: ColumnElement[Any]) -> Select[Any]:
    wanted = select(*what).select_from(tables.articles).where(_ARTICLES.source.is_not(None))
    if not of.narrows:
        return wanted
    found = selecting.fitting(connection, ARTICLE, of).subquery()
    return wanted.join(found, found.c.id == _ARTICLES.id)


def _with(connection: Connection, of: Filter, article: ColumnElement[str]) -> int:
    """The rows of a table that belong to articles that fit."""
    wanted = select(func.count()).select_from(article.table)
    if of.narrows:
        found = selecting.fitting(connection, ARTICLE, of).subquery()
        wanted = wanted.join(found, found.c.id == article)
    return connection.scalar(wanted) or 0


def _copies(connection: Connection, of: Filter) -> int:
    """The articles that share the wording of one published before."""
    copied = (_NODES.kind == literal_column("'copy'"), _NODES.group != _NODES.id)  # as the index has it
    if not of.narrows:
        counted = select(func.count()).select_from(tables.nodes).where(*copied)
        # Without statistics SQLite takes the index of all nodes for as good as that of copies.
        return connection.scalar(counted.with_hint(tables.nodes, "INDEXED BY nodes_copied", "sqlite")) or 0
    found = selecting.fitting(connection, ARTICLE, of).subquery()
    wanted = select(func.count()).select_from(tables.nodes).join(found, found.c.id == _NODES.id).where(*copied)
    return connection.scalar(wanted) or 0


def _counted(connection: Connection, kind: str, of: Filter, but: Collection[str] = ()) -> tuple[int, int]:
    """How many things of a kind fit, and how many tellings they have together."""
    if not of.narrows and not but:
        things = select(func.count()).select_from(listings).where(_LISTINGS.kind == kind)
        tellings = select(func.count()).select_from(tables.nodes).where(_NODES.kind == kind)
        return connection.scalar(things) or 0, connection.scalar(tellings) or 0
    found = selecting.fitting(connection, kind, of).subquery()
    wanted = select(func.count(), func.sum(_LISTINGS.size)).select_from(listings)
    wanted = wanted.join(found, found.c.id == _LISTINGS.id)
    wanted = wanted.where(_LISTINGS.kind == kind, _LISTINGS.id.not_in(but))
    number, size = connection.execute(wanted).one()
    return number or 0, size or 0
