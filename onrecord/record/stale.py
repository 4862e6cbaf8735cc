"""Noting that what is listed has changed, so that it is put together anew before the transaction ends.

Whoever changes what an article tells, or how things are linked, says so here; `onrecord.record.listing` does the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, select, text

from onrecord.record import tables
from onrecord.record.listing_tables import period_figures

ARTICLE, PERIOD = "article", "period"
TOLD = ("incident", "truce")
"""Kinds of groups whose shape says who tells of them, and whose copies they are."""
LINKED = ("story", *TOLD)
_AT_ONCE = 400

_MARK = text("INSERT INTO listings (kind, id) VALUES (:kind, :id) ON CONFLICT (kind, id) DO UPDATE SET card = NULL")
_NODES, _FIGURES = tables.nodes.c, period_figures.c
_GROUPS = (
    select(_NODES.kind, _NODES.group)
    .where(_NODES.article.in_(bindparam("articles", expanding=True)))
    .where(_NODES.kind.in_(bindparam("kinds", expanding=True)))
)
_PERIODS = select(_FIGURES.period).where(_FIGURES.article.in_(bindparam("articles", expanding=True))).distinct()


def mark(connection: Connection, kind: str, ids: Iterable[str]) -> None:
    """Note that these have changed, or that there may be such things now, or no longer."""
    rows = [{"kind": kind, "id": id} for id in sorted(set(ids))]
    if rows:
        connection.execute(_MARK, rows)


def mark_articles(connection: Connection, articles: Collection[str]) -> None:
    """Note that these articles have changed, and with them all that they tell of."""
    mark(connection, ARTICLE, articles)
    _mark_told(connection, articles, LINKED)


def mark_origins(connection: Connection, articles: Collection[str]) -> None:
    """Note that it may have changed from whom these articles have what they tell."""
    _mark_told(connection, articles, TOLD)


def _mark_told(connection: Connection, articles: Collection[str], kinds: Sequence[str]) -> None:
    for some in _portions(sorted(articles)):
        found = connection.execute(_GROUPS, {"articles": some, "kinds": list(kinds)}).all()
        for kind in kinds:
            mark(connection, kind, [row.group for row in found if row.kind == kind])
        mark(connection, PERIOD, connection.scalars(_PERIODS, {"articles": some}))


def _portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
