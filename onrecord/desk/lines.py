"""Incidents in a line each, from the digests: chosen by a filter, put in order, counted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, func, literal_column, select

from onrecord.desk import digest_tables as digests
from onrecord.desk.paging import Pages, last_page
from onrecord.record import Filter, selecting
from onrecord.record.shelf import Shelf
from onrecord.views.words import days, number, span_of

_INCIDENTS = digests.incidents.c


@dataclass(frozen=True, slots=True)
class Line:
    """An incident in a line; `disputes` and `doubts` as `Reckoned` has them."""

    id: str
    type: str
    mode: str | None
    status: str
    deed: bool
    since: str | None
    until: str | None
    published: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    level: str | None
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_open: bool
    by: str
    accounts: int
    outlets: int
    origins: int
    disputes: tuple[str, ...]
    doubts: tuple[str, ...]
    uncertainty: float
    consequence: float
    decided: bool

    @property
    def pressing(self) -> float:
        """How much it matters that a person looks."""
        return self.uncertainty * self.consequence

    @property
    def killed(self) -> str:
        """The toll of the dead in words: "9 (6–12)"; empty where none is told."""
        span = span_of(self.killed_low, self.killed_high)
        span += " or more" if self.killed_open and self.killed_high is not None else ""
        if self.killed_best is None or span.removesuffix(" or more") == number(self.killed_best):
            return span
        return f"{number(self.killed_best)} ({span})" if span else number(self.killed_best)

    @property
    def when(self) -> str:
        """The days in words."""
        return days(self.since, self.until)

    @property
    def deaths(self) -> int:
        """The best figure of the dead, for the size of a mark."""
        return self.killed_best or self.killed_low or 0


FEW = 500
"""Incidents up to which they are named one by one rather than found again."""
Conditions = Sequence[ColumnElement[bool]]
Order = Sequence[ColumnElement[Any]]
DEED = (_INCIDENTS.deed,)
DISPUTED = (*DEED, _INCIDENTS.disputed > literal_column("0"))  # as their index has it
DEADLY = (*DEED, _INCIDENTS.deaths > 0)
WORDS = (~_INCIDENTS.deed,)
WAITING = (*DEED, ~_INCIDENTS.decided)
"""What no person has looked at, of the deeds."""
BY_DATE = (_INCIDENTS.since.is_(None), _INCIDENTS.since, _INCIDENTS.id)
LAST_FIRST = (_INCIDENTS.since.is_(None), _INCIDENTS.since.desc(), _INCIDENTS.id.desc())
NEWEST_FIRST = (_INCIDENTS.published.is_(None), _INCIDENTS.published.desc(), _INCIDENTS.id.desc())
DEADLIEST_FIRST = (_INCIDENTS.deaths.desc(), _INCIDENTS.since, _INCIDENTS.id)
MOST_ORIGINS_FIRST = (_INCIDENTS.origins.desc(), _INCIDENTS.id)
MOST_UNCERTAIN_FIRST = (_INCIDENTS.uncertainty.desc(), _INCIDENTS.consequence.desc(), _INCIDENTS.id)
MOST_GRAVE_FIRST = (_INCIDENTS.consequence.desc(), _INCIDENTS.uncertainty.desc(), _INCIDENTS.id)
MOST_DISPUTED_FIRST = (_INCIDENTS.disputed.desc(), _INCIDENTS.deaths.desc(), _INCIDENTS.id)
MOST_PRESSING_FIRST = (_INCIDENTS.pressing.desc(), _INCIDENTS.id)
_COLUMNS = [_INCIDENTS[field.name] for field in fields(Line)]


@dataclass(frozen=True, slots=True)
class Found:
    """What fits a filter, for who asks for several things of it.

    `ids` are those that fit where they are few and dear to find again, else None.
    """

    ids: tuple[str, ...] | None
    many: bool


def found(connection: Connection, of: Filter) -> Found | None:
    """What fits a filter that lets not everything through."""
    if not of.narrows or Shelf(connection).forbids(of):
        return None
    ids = selecting.fitting(connection, "incident", replace(of, limit=None, offset=0)).limit(FEW + 1)
    fits = tuple(row.id for row in connection.execute(ids))
    many = len(fits) > FEW
    return Found(fits if (of.since or of.until) and not many else None, many)


def fitting(
    connection: Connection,
    of: Filter,
    where: Conditions = (),
    order: Order = BY_DATE,
    limit: int | None = None,
    offset: int = 0,
    known: Found | None = None,
) -> list[Line]:
    """The incidents that fit a filter and fulfil some conditions, in an order; by date with undated ones last."""
    if known is not None and known.many:  # the first of many are met soon where one goes by their order
        fits = selecting.fitting(connection, "incident", replace(of, limit=None, offset=0)).subquery()
        among = func.coalesce(_INCIDENTS.id, "").in_(select(fits.c.id))
        wanted: Select[*tuple[Any, ...]] = select(*_COLUMNS).where(among, *where).order_by(*order)
    else:
        wanted = chosen(connection, of, *_COLUMNS, known=known).where(*where).order_by(*order)
    return [_line(*row) for row in connection.execute(wanted.limit(limit).offset(offset or None))]


def page(connection: Connection, of: Filter, where: Conditions, order: Order, at: int, size: int) -> Pages[Line]:
    """A page of them (from 1; the last one where there are not so many)."""
    counted = connection.scalar(chosen(connection, of, func.count()).where(*where)) or 0
    last = last_page(counted, size)
    at = min(at, last)
    return Pages(tuple(fitting(connection, of, where, order, size, (at - 1) * size)), at, last, counted)


def chosen(connection: Connection, of: Filter, *columns: Any, known: Found | None = None) -> Select[*tuple[Any, ...]]:
    """A selection from the digests of the incidents that fit a filter, whose limit does not matter."""
    wanted = select(*columns).select_from(digests.incidents)
    if known is not None and known.ids is not None:
        return wanted.where(_INCIDENTS.id.in_(known.ids))
    if not of.narrows:
        return wanted
    if Shelf(connection).forbids(of):
        return wanted.where(false())
    fits = selecting.fitting(connection, "incident", replace(of, limit=None, offset=0)).subquery()
    return wanted.join(fits, fits.c.id == _INCIDENTS.id)


def _line(*values: Any) -> Line:
    given = dict(zip(_NAMES, values, strict=True))
    given["disputes"] = tuple(json.loads(given["disputes"]))
    given["doubts"] = tuple(json.loads(given["doubts"]))
    return Line(**given)


_NAMES = [field.name for field in fields(Line)]
