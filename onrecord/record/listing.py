"""Putting together what can be listed: each article, story, incident, truce and toll of a period once it has changed.

What is listed is kept as it was put together, with the facets by which it is found. All that a transaction changes is
marked stale (`onrecord.record.stale`) and put together anew before its end, so that readers never wait for it. Only
what is large and has hardly changed waits, so that the hundredth copy of a report costs what the tenth did: readers put
that together themselves until `refresh` is told to leave nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, or_, select, text, update

from onrecord.record import tables
from onrecord.record.accounts import folded
from onrecord.record.cards import LATER, MARK, NONE, SHAPES, Shape, form, packed, unpacked
from onrecord.record.days import ordinal
from onrecord.record.facets import EVERY, Facet, span_class
from onrecord.record.groups import portions
from onrecord.record.happenings import incident_of, truce_of
from onrecord.record.ids import story_id
from onrecord.record.journal import head
from onrecord.record.links import Name
from onrecord.record.listing_tables import changed_incidents, facets, listings, period_figures
from onrecord.record.periods import figures_of, period_facets, tolls_of_period
from onrecord.record.said import facets_of_article
from onrecord.record.shapes import EVERYTHING, IncidentOnRecord, Story, TruceOnRecord
from onrecord.record.shelf import Shelf
from onrecord.record.stale import ARTICLE, PERIOD
from onrecord.record.storylines import story_of

LARGE = 60
"""Accounts from which a group may wait until it has grown by a tenth."""
_GROWN = 1.1


class Listed(NamedTuple):
    """A thing as it is to be listed."""

    day: str
    until: str
    size: int
    facets: tuple[Facet, ...]
    card: bytes


def refresh(connection: Connection, *, everything: bool = False) -> None:
    """Put together anew what is stale.

    `everything`: also what is large and has changed a little, and what an earlier version of the program put together.
    """
    shelf = Shelf(connection, with_withheld=True)
    stale = connection.execute(_all_stale() if everything else _STALE).all()
    for kind, id, size in stale:
        if not everything and size > LARGE and _members(connection, kind, id) <= size * _GROWN:
            _keep_card(connection, kind, id, LATER)
        else:
            _keep(connection, kind, id, _put_together(shelf, kind, id))
    _note_changed(connection, [row.id for row in stale if row.kind == "incident"])


def changed_incidents_since(connection: Connection, entry: int) -> list[str]:
    """The incidents that changed with an entry of the journal or after it, also those that are no more."""
    changed = changed_incidents.c
    return list(connection.scalars(select(changed.id).where(changed.entry >= entry).order_by(changed.entry)))


def card_of(shelf: Shelf, kind: str, id: str, card: bytes | None) -> Shape:
    """The thing as it is kept.

    It is put together here where it has changed since, something of it is withheld, or another rule is asked for.
    """
    shape: Shape | None = None if shelf.rule != EVERYTHING.rule else unpacked(kind, card)
    if shape is None or any(map(shelf.hides, _articles_in(shape))):
        return _shape(shelf, kind, id)
    return shape


def is_told(shape: Shape) -> bool:
    """Whether any article tells of it that is not withheld."""
    return bool(_articles_in(shape))


def cards(connection: Connection, kind: str, ids: Sequence[str]) -> dict[str, bytes | None]:
    """The things of these ids as they are kept."""
    found: dict[str, bytes | None] = {}
    for some in portions(ids):
        found |= {row.id: row.card for row in connection.execute(_CARDS, {"of_kind": kind, "ids": some})}
    return found


_LISTINGS, _NODES, _ARTICLES = listings.c, tables.nodes.c, tables.articles.c
_STALE = select(_LISTINGS.kind, _LISTINGS.id, _LISTINGS.size).where(_LISTINGS.card.is_(None))
_ONE = (_LISTINGS.kind == bindparam("of_kind"), _LISTINGS.id == bindparam("of_id"))
_CARDS = select(_LISTINGS.id, _LISTINGS.card).where(
    _LISTINGS.kind == bindparam("of_kind"), _LISTINGS.id.in_(bindparam("ids", expanding=True))
)
_HELD = select(_LISTINGS.day, _LISTINGS.until, _LISTINGS.facets).where(*_ONE)
_DROP = delete(listings).where(*_ONE)
_UPDATE = update(listings).where(*_ONE)
_TAKE_FACET = text(
    "DELETE FROM facets WHERE kind = :kind AND facet = :facet AND value = :value AND day = :day AND id = :id"
)
_PUT_FACET = insert(facets)
_CHANGED = text(
    "INSERT INTO changed_incidents (id, entry) VALUES (:id, :entry) ON CONFLICT (id) DO UPDATE SET entry = :entry"
)
_MEMBERS = (
    select(
        _NODES.article,
        _NODES.type,
        _NODES.mode,
        _NODES.since,
        _NODES.until,
        _NODES.names,
        _ARTICLES.outlet_key,
        _ARTICLES.published,
    )
    .join(tables.articles, _ARTICLES.id == _NODES.article)
    .where(_NODES.kind == bindparam("of_kind"), _NODES.group == bindparam("of_group"))
    .order_by(_NODES.rank, _NODES.id)
)
_COUNT = (
    select(func.count())
    .select_from(tables.nodes)
    .where(_NODES.kind == bindparam("of_kind"), _NODES.group == bindparam("of_group"))
)
_STORIES = select(_NODES.group).where(_NODES.kind == "story", _NODES.id.in_(bindparam("articles", expanding=True)))


def _all_stale() -> Select[tuple[str, str, int]]:
    others = (
        (_LISTINGS.kind == kind) & (func.substr(_LISTINGS.card, 1, MARK) != form(kind)) & (_LISTINGS.card != NONE)
        for kind in SHAPES
    )
    wanted = select(_LISTINGS.kind, _LISTINGS.id, _LISTINGS.size)
    return wanted.where(or_(_LISTINGS.card.is_(None), _LISTINGS.card == LATER, *others))


def _note_changed(connection: Connection, incidents: Sequence[str]) -> None:
    if incidents:
        entry = head(connection).number
        connection.execute(_CHANGED, [{"id": id, "entry": entry} for id in incidents])


def _put_together(shelf: Shelf, kind: str, id: str) -> Listed | None:
    """The thing as it is now; `None` where it is no more."""
    if kind == ARTICLE:
        return _article(shelf.connection, id)
    if kind == PERIOD:
        return _period(shelf, id)
    members: Sequence[Any] = shelf.connection.execute(_MEMBERS, {"of_kind": kind, "of_group": id}).all()
    return _group(shelf, kind, id, members) if members else None


def _shape(shelf: Shelf, kind: str, id: str) -> Shape:
    if kind == "incident":
        return incident_of(shelf, id)
    if kind == "truce":
        return truce_of(shelf, id)
    if kind == "story":
        return story_of(shelf, story_id(id))
    return tolls_of_period(shelf, id)


def _articles_in(shape: Shape) -> set[str]:
    """The articles that tell of a thing."""
    match shape:
        case IncidentOnRecord():
            return {account.article.id for account in shape.accounts}
        case TruceOnRecord():
            return {step.article.id for step in shape.steps}
        case Story():
            return {article.id for article in shape.articles}
    figures = [figure for toll in shape for figure in toll.range.figures]
    return {sentence.article for figure in figures for origin in figure.origins for sentence in origin.evidence}


def _group(shelf: Shelf, kind: str, id: str, members: Sequence[Any]) -> Listed:
    shape = _shape(shelf, kind, id)
    days = [day for row in members if (day := row.since or _day(row.published))]
    lasts = [day for row in members if (day := row.until or row.since or _day(row.published))]
    found = [
        EVERY,
        *(Facet(name.role, name.name, name.shown) for row in members for name in _names(row.names)),
        *(Facet("type", value.lower()) for row in members for value in (row.type, row.mode) if value),
        *(Facet("outlet", folded(row.outlet_key)) for row in members if row.outlet_key),
        *(Facet("story", group) for group in _stories(shelf.connection, [row.article for row in members])),
    ]
    if isinstance(shape, IncidentOnRecord):
        found += [Facet("toll", effect) for toll in shape.tolls for effect in ("", toll.effect)]
    return Listed(min(days, default=""), max(lasts, default=""), len(members), _once(found), packed(kind, shape))


def _article(connection: Connection, id: str) -> Listed | None:
    wanted = select(_ARTICLES.published, _ARTICLES.outlet_key).where(_ARTICLES.id == id, _ARTICLES.source.is_not(None))
    article = connection.execute(wanted).one_or_none()
    if article is None:
        return None
    nodes = connection.execute(
        select(_NODES.kind, _NODES.group, _NODES.type, _NODES.mode, _NODES.names).where(_NODES.article == id)
    ).all()
    news = [node for node in nodes if node.kind == "story"]
    found = [
        EVERY,
        *(Facet(name.role, name.name, name.shown) for node in news for name in _names(node.names)),
        *(Facet("type", value.lower()) for node in nodes for value in (node.type, node.mode) if value),
        *(Facet("outlet", folded(article.outlet_key)) for _ in range(1) if article.outlet_key),
        *(Facet("story", node.group) for node in news),
        *(Facet(facet, value) for facet, value in facets_of_article(connection, id)),
    ]
    day = _day(article.published)
    return Listed(day, day, 1, _once(found), NONE)


def _period(shelf: Shelf, id: str) -> Listed | None:
    figures = figures_of(shelf, id)
    if not figures:
        return None
    tolls = tolls_of_period(shelf, id)
    if not tolls:
        return None
    since, until, named = period_facets(shelf, figures)
    found = [EVERY, *(Facet(*each) for each in named)]
    return Listed(since, until, len(figures), _once(found), packed(PERIOD, tolls))


def _keep(connection: Connection, kind: str, id: str, listed: Listed | None) -> None:
    held = connection.execute(_HELD, {"of_kind": kind, "of_id": id}).one()
    before = {(*facet, held.day, held.until) for facet in map(tuple, json.loads(held.facets))}
    now = {(*facet, listed.day, listed.until) for facet in listed.facets} if listed else set()
    _take_facets(connection, kind, id, before - now)
    if listed is None:
        connection.execute(_DROP, {"of_kind": kind, "of_id": id})
        return
    _put_facets(connection, kind, id, now - before)
    values = {"day": listed.day, "until": listed.until, "size": listed.size, "card": listed.card}
    if now != before:
        values["facets"] = json.dumps(listed.facets, ensure_ascii=False, separators=(",", ":"))
    connection.execute(_UPDATE.values(**values), {"of_kind": kind, "of_id": id})


def _take_facets(connection: Connection, kind: str, id: str, rows: Iterable[tuple[str | None, ...]]) -> None:
    gone = [{"kind": kind, "id": id, "facet": row[0], "value": row[1], "day": row[3]} for row in sorted(rows, key=str)]
    if gone:
        connection.execute(_TAKE_FACET, gone)


def _put_facets(connection: Connection, kind: str, id: str, rows: Iterable[tuple[str | None, ...]]) -> None:
    fields = ("facet", "value", "name", "day", "until")
    given = [dict(zip(fields, row, strict=True)) for row in sorted(rows, key=str)]
    if given:
        span = span_class(given[0]["day"] or "", given[0]["until"] or "")
        connection.execute(_PUT_FACET, [row | {"kind": kind, "id": id, "span": span} for row in given])


def _keep_card(connection: Connection, kind: str, id: str, card: bytes) -> None:
    connection.execute(_UPDATE.values(card=card), {"of_kind": kind, "of_id": id})


def _members(connection: Connection, kind: str, id: str) -> int:
    if kind == PERIOD:
        counted = select(func.count()).select_from(period_figures).where(period_figures.c.period == id)
        return connection.scalar(counted) or 0
    return connection.scalar(_COUNT, {"of_kind": kind, "of_group": id}) or 0


def _stories(connection: Connection, articles: Sequence[str]) -> Iterator[str]:
    for some in portions(sorted(set(articles))):
        yield from connection.scalars(_STORIES, {"articles": some})


def _names(stored: str) -> Iterator[Name]:
    return (Name(*name) for name in json.loads(stored))


def _once(found: Iterable[Facet]) -> tuple[Facet, ...]:
    """Each facet once; of the names under which one is shown the first in the alphabet."""
    shown: dict[tuple[str, str], str | None] = {}
    for facet, value, name in found:
        known = shown.get((facet, value))
        shown[facet, value] = min(filter(None, (known, name)), default=None)
    return tuple(Facet(facet, value, name) for (facet, value), name in sorted(shown.items()))


def _day(published: str | None) -> str:
    return published[:10] if published and ordinal(published) else ""
