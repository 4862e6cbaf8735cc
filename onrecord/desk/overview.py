"""The first page: what is on record at a glance, where and when it happened, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import digest_tables as digests
from onrecord.desk import lines
from onrecord.desk.digests import Keeper
from onrecord.desk.filtering import Asked, asked, limited
from onrecord.desk.lines import Found, Line
from onrecord.desk.rendering import page
from onrecord.desk.weeks import Sum, Weeks, weeks_of
from onrecord.record import Filter, Record, selecting
from onrecord.record.shelf import Shelf
from onrecord.record.stale import ARTICLE
from onrecord.views.map import Map, Spot, map_of
from onrecord.views.report import REACH
from onrecord.views.timeline import Deaths, Timeline, timeline_of
from onrecord.views.words import counted, number

_INCIDENTS = digests.incidents.c
SHOWN = 6
"""Of each list."""
ON_TIMELINE = 150
TRUCES_ON_TIMELINE = 12
MOST_SPOTS = 400
SURROUNDINGS = 1.0
_FEWEST_DAYS = 60
"""A timeline goes back so many days from the last at least, and to the first of its incidents at most."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page shows."""

    articles: int
    outlets: int
    incidents: int
    said: int
    """Events of words, which are counted apart."""
    disputed: int
    waiting: int
    since: str | None
    until: str | None
    fresh: tuple[Line, ...]
    contradicted: tuple[Line, ...]
    to_review: tuple[Line, ...]
    map: Map | None
    unplaced: int
    """Deeds that are placed no closer than a country, or not at all."""
    timeline: Timeline | None
    weeks: Weeks | None


def overview(request: Request) -> Response:
    """What is on record; how to begin, where nothing is."""
    record: Record = request.app.state.record
    keeper: Keeper = request.app.state.keeper
    wanted = asked(request)
    seen = request.app.state.kept.get(("overview", wanted.of), keeper.state, lambda: overview_of(record, wanted))
    if not (seen.articles or wanted.narrowed):
        return page(request, "welcome.html")
    return page(request, "overview.html", seen=seen, asked=wanted, progress=keeper.progress)


def overview_of(record: Record, wanted: Asked) -> Overview:
    """The part of the record that is wanted, at a glance."""
    of = wanted.of
    with record.connection() as connection:
        known = lines.found(connection, of)

        def first(where: lines.Conditions, order: lines.Order) -> tuple[Line, ...]:
            return tuple(lines.fitting(connection, of, where, order, SHOWN, known=known))

        counts = _counts(connection, of, known)
        articles = _articles(connection, of)
        spots, placed = _spots(connection, wanted, known)
        return Overview(
            articles=articles.number,
            outlets=articles.outlets,
            incidents=counts.deeds,
            said=counts.all - counts.deeds,
            disputed=counts.disputed,
            waiting=counts.waiting,
            since=articles.since,
            until=articles.until,
            fresh=first(lines.DEED, lines.NEWEST_FIRST),
            contradicted=first(lines.DISPUTED, lines.MOST_DISPUTED_FIRST),
            to_review=first(lines.WAITING, lines.MOST_PRESSING_FIRST),
            map=map_of(spots, surroundings=SURROUNDINGS),
            unplaced=counts.deeds - placed,
            timeline=_timeline(record, connection, of, counts.last, known),
            weeks=_weeks(connection, of, known),
        )


class _Counts(NamedTuple):
    all: int
    deeds: int
    disputed: int
    waiting: int
    last: str | None


def _counts(connection: Connection, of: Filter, known: Found | None) -> _Counts:
    def those(*where: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((and_(*where), 1), else_=0)), 0)

    last = func.max(case((_INCIDENTS.deed, _INCIDENTS.since)))
    sums = (func.count(), those(*lines.DEED), those(*lines.DISPUTED), those(*lines.WAITING), last)
    return _Counts(*connection.execute(lines.chosen(connection, of, *sums, known=known)).one())


class _Articles(NamedTuple):
    number: int
    outlets: int
    since: str | None
    until: str | None


def _articles(connection: Connection, of: Filter) -> _Articles:
    """How many articles of how many outlets, and the first and last day of publication."""
    if Shelf(connection).forbids(of):
        return _Articles(0, 0, None, None)
    kept = digests.articles.c
    days = (func.min(func.nullif(kept.day, "")), func.max(func.nullif(kept.day, "")))
    counts = (func.count(), func.count(func.nullif(kept.outlet_key, "").distinct()))
    wanted = select(*counts, *days).select_from(digests.articles)
    number, outlets, since, until = connection.execute(_narrowed(connection, wanted, of)).one()
    return _Articles(number, outlets, since, until)


def _narrowed(connection: Connection, articles: Select[*tuple[Any, ...]], of: Filter) -> Select[*tuple[Any, ...]]:
    """The selection from the digests of articles, of those that fit alone."""
    kept = digests.articles.c
    if Filter(since=of.since, until=of.until) == replace(of, limit=None, offset=0):
        articles = articles.where(kept.day >= of.since) if of.since else articles
        return articles.where(kept.day <= of.until, kept.day > "") if of.until else articles
    found = selecting.fitting(connection, ARTICLE, replace(of, limit=None, offset=0)).subquery()
    return articles.join(found, found.c.id == kept.id)


class _Place(NamedTuple):
    latitude: float
    longitude: float
    number: int
    deaths: int
    name: str
    level: str
    incident: str
    """The id of one that happened there."""


def _spots(connection: Connection, wanted: Asked, known: Found | None) -> tuple[list[Spot], int]:
    """The places where most happened, and how many deeds have a place that is told closely enough.

    Each circle is after all who were killed there by the best figures.
    """
    there = (_INCIDENTS.latitude, _INCIDENTS.longitude)
    often, deaths = func.count().label("number"), func.sum(_INCIDENTS.deaths).label("deaths")
    facts = (func.min(_INCIDENTS.place), func.min(_INCIDENTS.level), func.min(_INCIDENTS.id))
    places = lines.chosen(connection, wanted.of, *there, often, deaths, *facts, known=known)
    ordered = (
        places.where(*lines.DEED, _INCIDENTS.placed).group_by(*there).order_by(deaths.desc(), often.desc(), *there)
    )
    found = [_Place(*row) for row in connection.execute(ordered)]
    return [_spot(place, wanted) for place in found[:MOST_SPOTS]], sum(place.number for place in found)


def _spot(place: _Place, wanted: Asked) -> Spot:
    title = f"{place.name}: {counted(place.number, 'incident')}"
    title += f", {number(place.deaths)} killed by the best figures" if place.deaths else ""
    one, all_there = f"/incidents/{place.incident}", wanted.address("/incidents", place=place.name)
    return Spot(
        place.name,
        place.latitude,
        place.longitude,
        float(place.deaths),
        title,
        one if place.number == 1 else all_there,
        place.level in REACH,
        REACH.get(place.level, 0.0),
    )


def _timeline(
    record: Record, connection: Connection, of: Filter, last: str | None, known: Found | None
) -> Timeline | None:
    """The deadliest of the last incidents, and the truces of that time."""
    if last is None:
        return None
    begin = _back(last) if not (of.since or of.until) else "0000"
    lately = (*lines.DEED, _INCIDENTS.since >= begin)
    shown = lines.fitting(connection, of, lately, lines.DEADLIEST_FIRST, ON_TIMELINE, known=known)
    truces = list(record.truces(limited(replace(of, since=of.since or begin, type=None), TRUCES_ON_TIMELINE)))
    return timeline_of(shown, truces, (line.published for line in shown), _deaths)


def _back(last: str) -> str:
    try:
        return (date.fromisoformat(last) - timedelta(days=_FEWEST_DAYS)).isoformat()
    except ValueError:
        return "0000"


def _deaths(line: Line) -> Deaths:
    return line.deaths, line.killed


def _weeks(connection: Connection, of: Filter, known: Found | None) -> Weeks | None:
    """The sums of the tolls, week by week."""
    week = _INCIDENTS.week
    low, best, high = (func.sum(func.coalesce(_INCIDENTS[name], 0)) for name in ("killed_low", "deaths", "killed_high"))
    is_open = func.max(case((_INCIDENTS.killed_open, 1), else_=0))
    wanted = lines.chosen(connection, of, week, func.count(), low, best, high, is_open, known=known)
    rows = connection.execute(wanted.where(week.is_not(None)).group_by(week))
    return weeks_of((row[0], Sum(row[1], row[2], row[3], row[4], bool(row[5]))) for row in rows)


ROUTES = [Route("/", overview, name="overview")]
