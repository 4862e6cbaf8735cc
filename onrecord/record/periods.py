"""Tolls that belong to no single incident: what is counted of the same people, place and time is one toll."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from onrecord.reading.schema import Casualty
from onrecord.record import tables
from onrecord.record.accounts import ROLE_ACTOR, ROLE_PLACE, folded, names_of
from onrecord.record.days import ordinal
from onrecord.record.evidence import Telling
from onrecord.record.features import places_of
from onrecord.record.ids import code, outlet_key
from onrecord.record.listing_tables import period_figures
from onrecord.record.shapes import Toll
from onrecord.record.shelf import Shelf
from onrecord.record.stale import PERIOD, mark
from onrecord.record.tolls import toll_ranges

MOST = 300
"""Figures of one period that are put together, the last published; what goes on for years has many thousands."""
_FIGURES, _ARTICLES = period_figures.c, tables.articles.c


class Told(NamedTuple):
    """A figure with the telling that gives it."""

    telling: Telling
    figure: Casualty


def put_figures(connection: Connection, telling: Telling) -> None:
    """Keep which figures of an article are of no incident, and of which period they are."""
    incidents = {incident.id for incident in telling.reading.incidents}
    apart = [figure for figure in telling.reading.casualties if figure.incident not in incidents]
    rows = [{"article": telling.article, "local": each.id, "period": period_of(telling, each)} for each in apart]
    if rows:
        connection.execute(insert(period_figures), rows)
        mark(connection, PERIOD, [row["period"] for row in rows])


def take_figures(connection: Connection, article: str) -> None:
    """Forget the figures of an article."""
    gone = connection.scalars(select(_FIGURES.period).where(_FIGURES.article == article)).all()
    mark(connection, PERIOD, gone)
    connection.execute(delete(period_figures).where(_FIGURES.article == article))


def figures_of(shelf: Shelf, period: str) -> list[Told]:
    """The figures of a period, the first published first; the last `MOST` of them."""
    wanted = (
        select(_FIGURES.article, _FIGURES.local)
        .join(tables.articles, _ARTICLES.id == _FIGURES.article)
        .where(_FIGURES.period == period)
        .order_by(_ARTICLES.published.is_(None).desc(), _ARTICLES.published.desc(), _ARTICLES.id.desc())
        .order_by(_FIGURES.local.desc())
        .limit(MOST)
    )
    told = []
    for article, local in reversed(shelf.connection.execute(wanted).all()):
        telling = shelf.telling(article)
        told += [Told(telling, figure) for figure in telling.reading.casualties if figure.id == local]
    return told


def tolls_of_period(shelf: Shelf, period: str) -> tuple[Toll, ...]:
    """The tolls of a period: of all who were harmed, then by status and group."""
    told = figures_of(shelf, period)
    return tuple(_tolls(shelf, period, told)) if told else ()


def period_facets(shelf: Shelf, told: Sequence[Told]) -> tuple[str, str, list[tuple[str, str, str | None]]]:
    """First and last day of the figures of a period, and by what it is found."""
    found: list[tuple[str, str, str | None]] = []
    first, last = [], []
    for telling, figure in told:
        published = telling.reading.published
        first.append(figure.since if ordinal(figure.since) else published)
        last.append(figure.until if ordinal(figure.until) else published)
        found += _facets(shelf, telling, figure)
    days = [day[:10] for day in first if day and ordinal(day)]
    ends = [day[:10] for day in last if day and ordinal(day)]
    return min(days, default=""), max(ends, default=""), found


def period_of(telling: Telling, figure: Casualty) -> str:
    """The id of the people, place and time that a figure counts; without place and time only its article has it."""
    whole = next((other for other in telling.reading.casualties if other.id == figure.part_of), figure)
    places = sorted(place.key for place in places_of(whole.where, telling.entities))
    alone = "" if places or whole.since else telling.article
    return "p" + code(figure.effect, telling.name_of(figure.of) or "", whole.since or "", alone, *places)


def _facets(shelf: Shelf, telling: Telling, figure: Casualty) -> Iterator[tuple[str, str, str | None]]:
    yield "type", figure.effect, None
    for place in (telling.entities[id] for id in figure.where if id in telling.entities):
        yield from names_of(ROLE_PLACE, place)
    entity = telling.entities.get(figure.of or "")
    if entity:
        yield from names_of(ROLE_ACTOR, entity)
    elif figure.of:
        yield ROLE_ACTOR, folded(figure.of), figure.of
    if outlet := outlet_key(telling.reading):
        yield "outlet", folded(outlet), None
    yield "story", "a" + shelf.article(telling.article).story[1:], None


def _tolls(shelf: Shelf, period: str, told: Sequence[Told]) -> Iterator[Toll]:
    by_article: dict[str, tuple[Telling, list[Casualty]]] = {}
    for telling, figure in told:
        by_article.setdefault(telling.article, (telling, []))[1].append(figure)
    telling, first = told[0]
    until = max((figure.until for _, figure in told if figure.until), default=None)
    for toll in toll_ranges(shelf, by_article.values()):
        yield Toll(
            id="k" + code(period, toll.status or "", toll.group or ""),
            incident=None,
            type=None,
            mode=None,
            since=first.since,
            until=until,
            places=telling.named(first.where),
            range=toll,
        )
