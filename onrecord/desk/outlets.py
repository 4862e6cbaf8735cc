"""The outlets: how much each prints, how much of it is its own, what it calls the sides, how its tolls differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, case, func, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import digest_tables as digests
from onrecord.desk.paging import paged
from onrecord.desk.rendering import page
from onrecord.record import Record, tables

LABELS = 5
DIFFERENCES = 30
_FIGURES, _LABELS, _INCIDENTS = digests.figures.c, digests.labels.c, digests.incidents.c


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A word that the outlet uses in its own voice."""

    label: str
    of: str | None
    tone: str
    uses: int


@dataclass(frozen=True, slots=True)
class Difference:
    """An incident of which the outlet tells another number of killed than the middle of the others."""

    incident: str
    what: tuple[str, str | None]
    place: str | None
    since: str | None
    killed: int
    others: int


@dataclass(slots=True)
class Outlet:
    """An outlet at a glance; `copies` are articles in the words of an earlier one, `credited` name an agency."""

    name: str
    articles: int
    copies: int
    credited: int
    since: str | None
    until: str | None
    compared: int = 0
    higher: int = 0
    lower: int = 0
    labels: list[LabelUse] = field(default_factory=list)

    @property
    def own(self) -> float:
        """The share of articles that are no copies."""
        return 1 - self.copies / self.articles if self.articles else 0.0


def outlets(request: Request) -> Response:
    """All outlets, those that print most first."""
    found = request.app.state.kept.get(
        "outlets", request.app.state.keeper.state, lambda: _outlets(request.app.state.record)
    )
    at = request.query_params.get("page", "1")
    return page(request, "outlets.html", pages=paged(found, int(at) if at.isdecimal() and len(at) < 6 else 1))


def outlet(request: Request) -> Response:
    """One outlet, with the incidents of which it tells another toll than others."""
    name = request.path_params["name"]
    record: Record = request.app.state.record
    every = request.app.state.kept.get("outlets", request.app.state.keeper.state, lambda: _outlets(record))
    found = next((each for each in every if each.name == name), None)
    if found is None:
        raise HTTPException(404, f"No article of an outlet called “{name}” is on record.")
    with record.connection() as connection:
        differences = _differences(connection, name)
    return page(request, "outlet.html", outlet=found, differences=differences)


def _outlets(record: Record) -> Sequence[Outlet]:
    with record.connection() as connection:
        found = {each.name: each for each in _volumes(connection)}
        for name, compared, higher, lower in _tolls(connection):
            if name in found:
                found[name].compared, found[name].higher, found[name].lower = compared, higher, lower
        for name, labels in _words(connection).items():
            if name in found:
                found[name].labels = labels
    return list(found.values())


def _volumes(connection: Connection) -> list[Outlet]:
    articles, nodes = tables.articles.c, tables.nodes.c
    count = func.count()
    wanted = (
        select(
            func.min(articles.outlet),
            count,
            func.sum(case((nodes.group != articles.id, 1), else_=0)),
            func.sum(case((func.length(articles.agencies.cast(tables.articles.c.outlet.type)) > 2, 1), else_=0)),
            func.substr(func.min(articles.published), 1, 10),
            func.substr(func.max(articles.published), 1, 10),
        )
        .join(tables.nodes, (nodes.kind == "copy") & (nodes.id == articles.id))
        .where(articles.outlet.is_not(None))
        .group_by(articles.outlet_key)
        .order_by(count.desc(), articles.outlet_key)
    )
    return [Outlet(*row) for row in connection.execute(wanted)]


def _tolls(connection: Connection) -> list[tuple[str, int, int, int]]:
    wanted = select(
        _FIGURES.outlet,
        func.count(),
        func.sum(case((_FIGURES.killed > _FIGURES.others, 1), else_=0)),
        func.sum(case((_FIGURES.killed < _FIGURES.others, 1), else_=0)),
    ).group_by(_FIGURES.outlet)
    return [tuple(row) for row in connection.execute(wanted)]  # type: ignore[misc]


def _words(connection: Connection) -> dict[str, list[LabelUse]]:
    """What each outlet calls whom in its own voice: loaded words before neutral ones, then the frequent ones."""
    uses: dict[str, Counter[tuple[str, str | None, str]]] = defaultdict(Counter)
    columns = (_LABELS.by, _LABELS.label, _LABELS.of, _LABELS.tone)
    wanted = select(*columns, func.count()).where(_LABELS.by_outlet).group_by(*columns)
    for by, label, of, tone, number in connection.execute(wanted):
        uses[by][label, of, tone] += number
    return {
        by: [
            LabelUse(label, of, tone, number)
            for (label, of, tone), number in sorted(
                counted.items(), key=lambda item: (item[0][2] == "neutral", item[0][1] is None, -item[1], item[0][0])
            )[:LABELS]
        ]
        for by, counted in uses.items()
    }


def _differences(connection: Connection, name: str) -> list[Difference]:
    """Where it differs from the others, the most first."""
    apart = func.abs(_FIGURES.killed - _FIGURES.others)
    wanted = (
        select(
            _FIGURES.incident, _INCIDENTS.type, _INCIDENTS.mode, _INCIDENTS.place, _INCIDENTS.since,
            _FIGURES.killed, _FIGURES.others,
        )
        .join(digests.incidents, _INCIDENTS.id == _FIGURES.incident)
        .where(_FIGURES.outlet == name, apart > 0)
        .order_by(apart.desc(), _FIGURES.incident)
        .limit(DIFFERENCES)
    )  # fmt: skip
    return [
        Difference(incident, (type, mode), place, since, killed, others)
        for incident, type, mode, place, since, killed, others in connection.execute(wanted)
    ]


ROUTES = [Route("/outlets", outlets, name="outlets"), Route("/outlets/{name:path}", outlet, name="outlet")]
