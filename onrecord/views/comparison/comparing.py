"""The record beside a reference list: what both have, what only one has, where their tolls differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from onrecord.record.shapes import IncidentOnRecord
from onrecord.views.comparison.events import Event, Kind, event_of
from onrecord.views.comparison.points import DAYS_APART, ENOUGH, Points, differs, points_of
from onrecord.views.comparison.reference import Reference
from onrecord.views.exports.acled import acled_rows
from onrecord.views.exports.cells import written
from onrecord.views.exports.columns import names_of
from onrecord.views.exports.report_level import whole_range
from onrecord.views.exports.ucdp import ucdp_row

State = Literal["matched", "differing", "only-here", "only-there"]
STATES: tuple[State, ...] = ("matched", "differing", "only-here", "only-there")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the two lists: in both (`differing` where the toll there is none that is given here), or in one."""

    state: State
    here: Event | None
    there: Event | None
    points: Points | None
    """Why the two were taken for one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The lines by day, and how many incidents could not be compared."""

    lines: tuple[Line, ...]
    outside: int
    """Incidents on days or in countries that the reference does not cover."""
    not_coded: int
    """Incidents for which the reference's rules have no row: words, plans, nobody killed, no place or time."""

    def number(self, *states: State) -> int:
        """How many lines are in any of these states."""
        return sum(line.state in states for line in self.lines)


def compare(incidents: Iterable[IncidentOnRecord], reference: Reference) -> Comparison:
    """The incidents, coded by the reference's own rules, beside its events; each event is matched once at most."""
    here, outside, not_coded = _comparable(incidents, reference)
    pairs = _pairs(here, reference.events)
    matched_here, matched_there = {a for a, _, _ in pairs}, {b for _, b, _ in pairs}
    lines = [_line(here[a], reference.events[b], points) for a, b, points in pairs]
    lines += [Line("only-here", event, None, None) for at, event in enumerate(here) if at not in matched_here]
    lines += [
        Line("only-there", None, event, None) for at, event in enumerate(reference.events) if at not in matched_there
    ]
    return Comparison(tuple(sorted(lines, key=_place_in_order)), outside, not_coded)


def events_of_incident(kind: Kind, incident: IncidentOnRecord) -> tuple[Event, ...]:
    """The incident as the events that a list of this kind would have: in ACLED's one for each day that it lasted.

    Where it is one event, that has the whole range of its toll.
    """
    rows = acled_rows(incident) if kind == "acled" else [row for row in (ucdp_row(incident),) if row is not None]
    texts = [{name: str(written(cell)) for name, cell in zip(names_of(kind), row, strict=True)} for row in rows]
    events = tuple(replace(event_of(kind, each), id=incident.id) for each in texts)
    return tuple(_with_whole_range(event, incident) for event in events) if len(events) == 1 else events


def _with_whole_range(event: Event, incident: IncidentOnRecord) -> Event:
    killed = whole_range(incident.tolls, "killed")
    if killed is None or killed.best is None:
        return replace(event, low=None, best=None, high=None)
    return replace(event, low=killed.low, best=killed.best, high=None if killed.open else killed.high)


def _comparable(incidents: Iterable[IncidentOnRecord], reference: Reference) -> tuple[list[Event], int, int]:
    first = min(event.first for event in reference.events) - DAYS_APART * _ONE_DAY
    last = max(event.last for event in reference.events) + DAYS_APART * _ONE_DAY
    countries = {event.country.casefold() for event in reference.events}
    here: list[Event] = []
    outside = not_coded = 0
    for incident in incidents:
        events = events_of_incident(reference.kind, incident)
        covered = [
            event
            for event in events
            if event.first <= last and event.last >= first and event.country.casefold() in countries
        ]
        here += covered
        not_coded += not events
        outside += bool(events) and not covered
    return here, outside, not_coded


def _pairs(here: Sequence[Event], there: Sequence[Event]) -> list[tuple[int, int, Points]]:
    """Which are one: those with most points first, each event once."""
    candidates = [
        (a, b, points)
        for a, b in _near_in_time(here, there)
        if (points := points_of(here[a], there[b])) is not None and points.total >= ENOUGH
    ]
    candidates.sort(key=lambda pair: (-round(pair[2].total, 9), -pair[2].exact, here[pair[0]].id, there[pair[1]].id))
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    pairs = []
    for a, b, points in candidates:
        if a not in taken_here and b not in taken_there:
            taken_here.add(a)
            taken_there.add(b)
            pairs.append((a, b, points))
    return pairs


def _near_in_time(here: Sequence[Event], there: Sequence[Event]) -> Iterator[tuple[int, int]]:
    by_week: dict[int, list[int]] = defaultdict(list)
    for b, event in enumerate(there):
        for week in _weeks(event, 0):
            by_week[week].append(b)
    for a, event in enumerate(here):
        near = {b for week in _weeks(event, DAYS_APART) for b in by_week.get(week, ())}
        yield from ((a, b) for b in sorted(near))


def _weeks(event: Event, margin: int) -> range:
    return range((event.first.toordinal() - margin) // 7, (event.last.toordinal() + margin) // 7 + 1)


def _line(here: Event, there: Event, points: Points) -> Line:
    return Line("differing" if differs(here, there) else "matched", here, there, points)


def _place_in_order(line: Line) -> tuple[str, str]:
    event = line.here or line.there
    return (event.first.isoformat(), event.id) if event is not None else ("", "")
