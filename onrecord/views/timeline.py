"""A timeline as shapes to draw: incidents stacked by day above the axis, a line of steps for each truce below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt
from typing import Protocol, TypeVar

from onrecord.record.shapes import IncidentOnRecord, TruceOnRecord
from onrecord.views.words import MONTHS, range_of

WIDTH = 960.0
LEFT, RIGHT = 30.0, 930.0
ROOM = 190.0  # above the axis
LANE = 26.0
MOST_LANES = 12
LETTER = 6.6
LEAST_RADIUS, MOST_RADIUS = 4.5, 18.0
DAYS_BEFORE = 21  # what happened longer before the first article is history, and would press the rest together
FEWEST_DAYS = 7


class Happening(Protocol):
    """What is set on a timeline: something that began on a day."""

    @property
    def id(self) -> str: ...

    @property
    def since(self) -> str | None: ...


Thing = TypeVar("Thing", bound=Happening)
Deaths = tuple[int, str]
"""The best figure of those killed, for the size of a mark, and its range in words."""


@dataclass(frozen=True, slots=True)
class Event:
    """An incident as a circle, its area after the best figure of those killed."""

    incident: Happening
    x: float
    y: float
    radius: float
    killed: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a truce as a mark on its line."""

    x: float
    step: str
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A truce as a line of steps."""

    truce: TruceOnRecord
    y: float
    left: float
    right: float
    steps: tuple[Step, ...]
    label: str
    label_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Day:
    """A mark on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What to draw, in pixels of a picture `width` by `height`; `left_out` incidents lie before, after or nowhere."""

    width: float
    height: float
    axis: float
    ticks: tuple[Day, ...]
    events: tuple[Event, ...]
    lanes: tuple[Lane, ...]
    left_out: int


def killed(incident: IncidentOnRecord) -> Deaths:
    """How many were killed in an incident."""
    for toll in incident.tolls:
        if toll.effect == "killed" and (toll.best or toll.low):
            return toll.best or toll.low or 0, range_of(toll)
    return 0, ""


def timeline_of(
    incidents: Sequence[Thing],
    truces: Iterable[TruceOnRecord],
    published: Iterable[str | None],
    deaths: Callable[[Thing], Deaths],
) -> Timeline | None:
    """The timeline around the days of publication; None where nothing has a full date."""
    truces = list(truces)
    happened = (*(incident.since for incident in incidents), *(step.on for truce in truces for step in truce.steps))
    window = _window([_date(day) for day in happened], [_date(day) for day in published])
    if window is None:
        return None
    sheet = _Sheet(*window)
    placed = [incident for incident in incidents if sheet.shows(_date(incident.since))]
    events, top = _stacked(placed, sheet, deaths)
    lanes = _lanes(truces, sheet)
    low = max((lane.y for lane in lanes), default=-LANE)
    shift = ROOM - top
    return Timeline(
        width=WIDTH,
        height=ROOM - shift + 34 + LANE + low,
        axis=ROOM - shift,
        ticks=tuple(sheet.ticks()),
        events=tuple(Event(e.incident, e.x, round(e.y - shift, 1), e.radius, e.killed) for e in events),
        lanes=tuple(replace(lane, y=ROOM - shift + 46 + lane.y) for lane in lanes),
        left_out=len(incidents) - len(placed),
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    first: date
    last: date

    def shows(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def at(self, day: date) -> float:
        days = (self.last - self.first).days or 1
        return round(LEFT + (RIGHT - LEFT) * ((day - self.first).days / days), 1)

    def ticks(self) -> Iterable[Day]:
        """About a dozen marks: days, weeks or first days of months."""
        days = (self.last - self.first).days or 1
        step = next((step for step in (1, 2, 7, 14) if days / step <= 16), None)
        if step:
            for at in range(0, days + 1, step):
                day = self.first + timedelta(at)
                yield Day(self.at(day), f"{day.day} {MONTHS[day.month - 1][:3]}")
            return
        months = [day for at in range(days + 1) if (day := self.first + timedelta(at)).day == 1]
        for day in months[:: max(1, len(months) // 12)]:
            yield Day(self.at(day), f"{MONTHS[day.month - 1][:3]} {day.year}")


def _window(happened: Sequence[date | None], published: Sequence[date | None]) -> tuple[date, date] | None:
    dated = [day for day in happened if day]
    known = [day for day in published if day]
    if not dated:
        return None
    if known:
        earliest, latest = min(known) - timedelta(DAYS_BEFORE), max(known) + timedelta(DAYS_BEFORE)
        dated = [day for day in dated if earliest <= day <= latest] or dated
    first, last = min(dated), max(dated)
    spare = max(0, FEWEST_DAYS - (last - first).days)
    return first - timedelta((spare + 1) // 2 or 1), last + timedelta(spare // 2 or 1)


def _stacked(incidents: Sequence[Thing], sheet: _Sheet, deaths: Callable[[Thing], Deaths]) -> tuple[list[Event], float]:
    """The circles, each upon those of its day, in a picture with the axis at `ROOM`; and how high they reach."""
    most = max((deaths(incident)[0] for incident in incidents), default=0) or 1
    heights: dict[float, float] = {}
    events = []
    for incident in sorted(incidents, key=lambda incident: -deaths(incident)[0]):
        count, words = deaths(incident)
        radius = round(LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * sqrt(count / most), 1)
        day = _date(incident.since)
        if day is None:
            continue
        x = sheet.at(day)
        height = heights.get(x, 6.0)
        heights[x] = height + 2 * radius + 3
        events.append(Event(incident, x, ROOM - height - radius, radius, words))
    reach = max(heights.values(), default=0.0)
    crowding = max(1.0, reach / (ROOM - 10))
    if crowding > 1:
        events = [Event(e.incident, e.x, ROOM - (ROOM - e.y) / crowding, e.radius, e.killed) for e in events]
    return events, min(ROOM, reach / crowding + 12)


def _lanes(truces: Iterable[TruceOnRecord], sheet: _Sheet) -> list[Lane]:
    """A line for each truce that has a step in the window, several at one height where there is room."""
    lanes = [_lane(truce, steps) for truce in truces if (steps := tuple(_steps(truce, sheet)))]
    longest = sorted(lanes, key=lambda lane: -len(lane.steps))[:MOST_LANES]
    free_from: list[float] = []
    placed = []
    for lane in sorted(longest, key=lambda lane: _extent(lane)[0]):
        begins, ends = _extent(lane)
        level = next((at for at, free in enumerate(free_from) if free < begins), len(free_from))
        free_from[level : level + 1] = [ends + 16]
        placed.append(replace(lane, y=level * LANE))
    return placed


def _lane(truce: TruceOnRecord, steps: tuple[Step, ...]) -> Lane:
    where = f", {truce.places[0].name}" if truce.places else ""
    label = truce.kind.replace("-", " ") + where
    left, right = steps[0].x, steps[-1].x
    after = right + len(label) * LETTER < RIGHT - 20
    return Lane(truce, 0.0, left, right, steps, label, right + 12 if after else left - 12, "start" if after else "end")


def _extent(lane: Lane) -> tuple[float, float]:
    length = len(lane.label) * LETTER
    if lane.anchor == "start":
        return lane.left, lane.label_x + length
    return lane.label_x - length, lane.right


def _steps(truce: TruceOnRecord, sheet: _Sheet) -> Iterator[Step]:
    days: dict[date, dict[str, None]] = {}
    for step in truce.steps:
        day = _date(step.on)
        if day is not None and sheet.shows(day):
            days.setdefault(day, {})[step.step] = None
    for day, names in sorted(days.items()):
        yield Step(sheet.at(day), _gravest(list(names)), f"{', '.join(names)}, {day.isoformat()}")


BROKEN = ("violated", "collapsed", "rejected", "ended")


def _gravest(steps: Sequence[str]) -> str:
    return next((step for step in steps if step in BROKEN), steps[0])


def _date(day: str | None) -> date | None:
    try:
        return date.fromisoformat((day or "")[:10])
    except ValueError:
        return None
