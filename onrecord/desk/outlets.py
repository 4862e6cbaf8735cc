"""The outlets: how much each prints, how much of it is its own, what it calls the sides, how its tolls differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, case, func, literal_column, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import digest_tables as digests
from onrecord.desk.paging import paged
from onrecord.desk.rendering import page
from onrecord.record import Filter, Record, tables
from onrecord.record.listing_tables import label_cells
from onrecord.record.shelf import Shelf

LABELS = 5
DIFFERENCES = 30
_FIGURES, _ARTICLES, _INCIDENTS, _CELLS = digests.figures.c, digests.articles.c, digests.incidents.c, label_cells.c


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
    differences = request.app.state.kept.get(
        ("differences", name), request.app.state.keeper.state, lambda: _differences(record, name)
    )
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
    """How much each prints; copies are looked up among the few that there are."""
    number = func.count()
    wanted = (
        select(
            _ARTICLES.outlet_key,
            func.min(_ARTICLES.outlet),
            number,
            func.sum(case((_ARTICLES.credited, 1), else_=0)),
            func.min(_ARTICLES.day),
            func.max(_ARTICLES.day),
        )
        .where(_ARTICLES.outlet_key.is_not(None), _ARTICLES.outlet.is_not(None))
        .group_by(_ARTICLES.outlet_key)
        .order_by(number.desc(), _ARTICLES.outlet_key)
    )
    copies = _copies(connection)
    return [
        Outlet(name, articles, copies.get(key, 0), credited, since, until)
        for key, name, articles, credited, since, until in connection.execute(wanted)
    ]


def _copies(connection: Connection) -> dict[str, int]:
    """How many articles of each outlet are in the words of an earlier one."""
    nodes = tables.nodes.c
    copied = (nodes.kind == literal_column("'copy'"), nodes.group != nodes.id)  # as the index on copies has it
    wanted = select(_ARTICLES.outlet_key, func.count()).join(tables.nodes, nodes.id == _ARTICLES.id).where(*copied)
    return {key: number for key, number in connection.execute(wanted.group_by(_ARTICLES.outlet_key)) if key}


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
    shelf = Shelf(connection)
    uses: dict[str, list[LabelUse]] = defaultdict(list)
    order = (_CELLS.tone == "neutral", _CELLS.of.is_(None), _CELLS.uses.desc(), _CELLS.label, _CELLS.of)
    place = func.row_number().over(partition_by=_CELLS.by, order_by=order).label("place")
    ranked = select(_CELLS.by, _CELLS.label, _CELLS.of, _CELLS.tone, _CELLS.uses, place).where(_CELLS.by_outlet)
    found = ranked.subquery()
    wanted = select(found).where(found.c.place <= LABELS).order_by(found.c.by, found.c.place)
    for row in connection.execute(wanted).all():
        if not row.of or not shelf.forbids(Filter(actor=row.of)):
            uses[row.by].append(LabelUse(row.label, row.of, row.tone, row.uses))
    return uses


def _differences(record: Record, name: str) -> list[Difference]:
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
    with record.connection() as connection:
        return [
            Difference(incident, (type, mode), place, since, killed, others)
            for incident, type, mode, place, since, killed, others in connection.execute(wanted)
        ]


ROUTES = [Route("/outlets", outlets, name="outlets"), Route("/outlets/{name:path}", outlet, name="outlet")]
