"""Filling the tables that a large record is listed from, for a record that was made before there were any."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from onrecord.record import tables
from onrecord.record.accounts import accounts_of, steps_of
from onrecord.record.days import rank
from onrecord.record.evidence import Telling
from onrecord.record.links import names_as_json
from onrecord.record.listing import refresh
from onrecord.record.periods import put_figures
from onrecord.record.said import put_said
from onrecord.record.shelf import Shelf
from onrecord.record.stale import mark_articles
from onrecord.record.stories import news

_ARTICLES, _NODES = tables.articles.c, tables.nodes.c


def fill(connection: Connection) -> None:
    """Derive from the readings what is listed and by what it is found."""
    shelf = Shelf(connection, with_withheld=True)
    articles = select(_ARTICLES.id).where(_ARTICLES.source.is_not(None)).order_by(_ARTICLES.id)
    for article in connection.scalars(articles).all():
        telling = shelf.telling(article)
        _fill_names(connection, telling)
        put_figures(connection, telling)
        put_said(connection, telling)
        mark_articles(connection, [article])
    refresh(connection, everything=True)


def _fill_names(connection: Connection, telling: Telling) -> None:
    article, reading = telling.article, telling.reading
    place = rank(reading.published, article)
    for kind, nodes in (
        ("story", [news(article, reading, place)]),
        ("incident", accounts_of(article, reading, place)),
        ("truce", steps_of(article, reading, place)),
    ):
        for node in nodes:
            known = update(tables.nodes).where(_NODES.kind == kind, _NODES.id == node.id)
            connection.execute(known.values(names=names_as_json(node.names)))
