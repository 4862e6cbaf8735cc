"""Who and what the record names, and how often: outlets, and the places and actors of incidents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Row, Select, func, or_, select

from onrecord.record import tables
from onrecord.record.accounts import ROLE_ACTOR, ROLE_PLACE
from onrecord.record.decisions.withholding import WITHHELD
from onrecord.record.shapes import Filter
from onrecord.record.shelf import Shelf
from onrecord.record.tallies import ACCOUNT, tallies

_ARTICLES, _NODES, _NAMES, _TALLIES = tables.articles.c, tables.nodes.c, tables.names.c, tallies.c
_KEYS = {"place": ("geonames:", "place:"), "actor": ("wikidata:", "actor:", "geonames:", "place:")}
"""What keys begin with; states are parties too, and are known by their places."""


@dataclass(frozen=True, slots=True)
class OutletOnRecord:
    """An outlet with how much of it is on record; `since` and `until` are days of publication."""

    name: str
    articles: int
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class NamedOnRecord:
    """A place or an actor that incidents name; `accounts` is how many tellings of incidents do so.

    Coordinates are decimal degrees (WGS 84). By its `key` or `name` the filters `place` and `actor` find it.
    """

    name: str
    key: str
    kind: Literal["place", "actor"]
    accounts: int
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    level: str | None = None


def outlets(connection: Connection) -> Iterator[OutletOnRecord]:
    """The outlets by how many articles they have, the most first."""
    articles = func.count()
    wanted = (
        select(
            func.min(_ARTICLES.outlet).label("name"),
            articles.label("articles"),
            func.substr(func.min(_ARTICLES.published), 1, 10).label("since"),
            func.substr(func.max(_ARTICLES.published), 1, 10).label("until"),
        )
        .where(_ARTICLES.outlet.is_not(None))
        .group_by(_ARTICLES.outlet_key)
        .order_by(articles.desc(), _ARTICLES.outlet_key)
    )
    for row in connection.execute(wanted):
        yield OutletOnRecord(row.name, row.articles, row.since, row.until)


def count_named(connection: Connection, kind: Literal["place", "actor"]) -> int:
    """How many places or actors with a key there are."""
    return connection.scalar(select(func.count()).select_from(_keyed(kind).subquery())) or 0


def named(
    shelf: Shelf, kind: Literal["place", "actor"], *, limit: int | None = None, offset: int = 0
) -> Iterator[NamedOnRecord]:
    """The places or actors that have a key, the most often named first; of those withheld not even the key."""
    for row in shelf.connection.execute(_keyed(kind).limit(limit).offset(offset)).all():
        yield _named(shelf, kind, row)


def _keyed(kind: Literal["place", "actor"]) -> Select[tuple[str, int]]:
    role = ROLE_PLACE if kind == "place" else ROLE_ACTOR
    has_key = or_(*(_TALLIES.value.startswith(beginning) for beginning in _KEYS[kind]))
    return (
        select(_TALLIES.value.label("name"), _TALLIES.number.label("accounts"))
        .where(_TALLIES.kind == ACCOUNT, _TALLIES.facet == role, has_key)
        .order_by(_TALLIES.number.desc(), _TALLIES.value)
    )


def _named(shelf: Shelf, kind: Literal["place", "actor"], row: Row[tuple[str, int]]) -> NamedOnRecord:
    """The name and place as one of the articles has them; keys are kept in small letters."""
    if shelf.forbids(Filter(actor=row.name)):
        return NamedOnRecord(WITHHELD, WITHHELD, kind, row.accounts)
    role = ROLE_PLACE if kind == "place" else ROLE_ACTOR
    named_by = select(func.min(_NAMES.node)).where(
        _NAMES.kind == "incident", _NAMES.role == role, _NAMES.name == row.name
    )
    known = select(_NODES.article).where(_NODES.kind == "incident", _NODES.id == named_by.scalar_subquery())
    article = shelf.connection.scalar(known) or ""
    for entity in shelf.telling(article).reading.entities:
        if entity.key is not None and entity.key.casefold() == row.name:
            where = (entity.latitude, entity.longitude, entity.country, entity.level)
            return NamedOnRecord(entity.name, entity.key, kind, row.accounts, *where)
    return NamedOnRecord(row.name, row.name, kind, row.accounts)
