"""The first page: what is on record at a glance, where and when it happened, and what waits for somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import lines
from onrecord.desk.digests import Keeper
from onrecord.desk.filtering import Asked, asked, limited
from onrecord.desk.lines import Line
from onrecord.desk.reckoning import TOO_WIDE
from onrecord.desk.rendering import page
from onrecord.desk.weeks import Weeks, weeks_of
from onrecord.record import Filter, Record, tables
from onrecord.views.map import Map, Spot, map_of
from onrecord.views.report import REACH
from onrecord.views.timeline import Deaths, Timeline, timeline_of

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
    if not seen.articles and not wanted.narrowed:
        return page(request, "welcome.html")
    return page(request, "overview.html", seen=seen, asked=wanted, progress=keeper.progress)


def overview_of(record: Record, wanted: Asked) -> Overview:
    """The part of the record that is wanted, at a glance."""
    with record.connection() as connection:
        found = lines.fitting(connection, wanted.of)
        articles, outlets, since, until = _articles(connection, wanted.of)
    deeds = [line for line in found if line.deed]
    placed = [line for line in deeds if line.level and line.level not in TOO_WIDE and line.latitude is not None]
    waiting = [line for line in deeds if not line.decided]
    return Overview(
        articles=articles,
        outlets=outlets,
        incidents=len(deeds),
        said=len(found) - len(deeds),
        disputed=sum(bool(line.disputes) for line in deeds),
        waiting=len(waiting),
        since=since,
        until=until,
        fresh=tuple(sorted(deeds, key=lambda line: (line.published or "", line.id), reverse=True)[:SHOWN]),
        contradicted=tuple(sorted((d for d in deeds if d.disputes), key=_most_disputed)[:SHOWN]),
        to_review=tuple(sorted(waiting, key=_most_pressing)[:SHOWN]),
        map=map_of(_spots(placed, wanted), surroundings=SURROUNDINGS),
        unplaced=len(deeds) - len(placed),
        timeline=_timeline(record, deeds, wanted.of, since),
        weeks=weeks_of(deeds),
    )


def _articles(connection: Connection, of: Filter) -> tuple[int, int, str | None, str | None]:
    """How many articles of how many outlets, and the first and last day of publication."""
    articles = tables.articles.c
    day = func.substr(articles.published, 1, 10)
    wanted = select(func.count(), func.count(articles.outlet_key.distinct()), func.min(day), func.max(day)).where(
        articles.source.is_not(None)
    )
    if of.outlet:
        wanted = wanted.where(articles.outlet_key == " ".join(of.outlet.casefold().split()))
    if of.since:
        wanted = wanted.where(articles.published >= of.since)
    if of.until:
        wanted = wanted.where(articles.published <= of.until + "~")
    count, outlets, since, until = connection.execute(wanted).one()
    return count, outlets, since, until


def _most_disputed(line: Line) -> tuple[int, int, str]:
    return -len(line.disputes), -line.deaths, line.id


def _most_pressing(line: Line) -> tuple[float, str]:
    return -line.pressing, line.id


def _spots(placed: Sequence[Line], wanted: Asked) -> list[Spot]:
    """The places where most happened; each circle after all who were killed there by the best figures."""
    at: dict[tuple[float, float], list[Line]] = {}
    for line in placed:
        if line.latitude is not None and line.longitude is not None:
            at.setdefault((line.latitude, line.longitude), []).append(line)
    most = sorted(at.items(), key=lambda item: (-sum(line.deaths for line in item[1]), -len(item[1]), item[0]))
    return [_spot(*where, there, wanted) for where, there in most[:MOST_SPOTS]]


def _spot(latitude: float, longitude: float, there: Sequence[Line], wanted: Asked) -> Spot:
    name = Counter(line.place or "" for line in there).most_common(1)[0][0]
    deaths = sum(line.deaths for line in there)
    count = "1 incident" if len(there) == 1 else f"{len(there):,} incidents"
    title = f"{name}: {count}" + (f", {deaths:,} killed by the best figures" if deaths else "")
    level = there[0].level or ""
    href = f"/incidents/{there[0].id}" if len(there) == 1 else wanted.address("/incidents", place=name)
    return Spot(name, latitude, longitude, float(deaths), title, href, level in REACH, REACH.get(level, 0.0))


def _timeline(record: Record, deeds: Sequence[Line], of: Filter, since: str | None) -> Timeline | None:
    """The deadliest of the last incidents, and the truces of that time."""
    last = max((line.since for line in deeds if line.since), default=None)
    if last is None:
        return None
    begin = _back(last) if not (of.since or of.until) else "0000"
    shown = [line for line in deeds if line.since and line.since >= begin]
    shown = sorted(shown, key=lambda line: (-line.deaths, line.since or ""))[:ON_TIMELINE]
    truces = list(record.truces(limited(replace(of, since=of.since or begin, type=None), TRUCES_ON_TIMELINE)))
    return timeline_of(shown, truces, (line.published for line in shown), _deaths)


def _back(last: str) -> str:
    try:
        return (date.fromisoformat(last) - timedelta(days=_FEWEST_DAYS)).isoformat()
    except ValueError:
        return "0000"


def _deaths(line: Line) -> Deaths:
    return line.deaths, line.killed


ROUTES = [Route("/", overview, name="overview")]
