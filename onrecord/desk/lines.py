"""Incidents in a line each, from the digests: chosen by a filter, put in order, counted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, Select, select

from onrecord.desk import digest_tables as digests
from onrecord.record import Filter, selecting
from onrecord.views.words import days, number, span_of

_INCIDENTS = digests.incidents.c
_AT_ONCE = 500


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


WAITING = (~_INCIDENTS.decided, _INCIDENTS.deed)
"""What no person has looked at, of the deeds."""


def fitting(connection: Connection, of: Filter) -> list[Line]:
    """The incidents that fit, by date, undated ones last."""
    wanted = select(digests.incidents).order_by(_INCIDENTS.since.is_(None), _INCIDENTS.since, _INCIDENTS.id)
    if of == Filter():
        return lines(connection, wanted)
    ids = selecting.group_ids(connection, "incident", replace(of, limit=None))
    found = {line.id: line for line in _of_ids(connection, ids)}
    return [found[id] for id in ids if id in found]


def lines(connection: Connection, wanted: Select[tuple[object, ...]]) -> list[Line]:
    """The lines that a statement on the digests chooses."""
    return [_line(row) for row in connection.execute(wanted)]


def _of_ids(connection: Connection, ids: Sequence[str]) -> list[Line]:
    return [
        line
        for at in range(0, len(ids), _AT_ONCE)
        for line in lines(connection, select(digests.incidents).where(_INCIDENTS.id.in_(ids[at : at + _AT_ONCE])))
    ]


def _line(row: Row[tuple[object, ...]]) -> Line:
    values = dict(row._mapping)
    del values["signature"]
    values["disputes"] = tuple(json.loads(values["disputes"]))
    values["doubts"] = tuple(json.loads(values["doubts"]))
    return Line(**values)
