"""Tolls by week as shapes to draw: for each week how many were killed, from the lowest to the highest figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from onrecord.views.words import MONTHS, counted, days, number

WIDTH, HEIGHT = 960.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 948.0, 12.0, 168.0
MOST_BARS = 160
"""More are taken together: bars must stay apart."""
TOGETHER = (1, 4, 13, 26, 52)
"""Weeks that one bar may stand for."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week (or several): its incidents, and their figures of the dead summed up; where it stands in the drawing."""

    since: str
    until: str
    incidents: int
    low: int
    best: int
    high: int
    open: bool
    x: float
    top: float
    best_y: float
    bottom: float
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or a date on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Weeks:
    """What to draw; `several` weeks are one bar."""

    weeks: tuple[Week, ...]
    counts: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    wide: float
    several: int
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    bottom: float = BOTTOM


@dataclass(slots=True)
class Sum:
    """The incidents of a week, with the sums of their lowest, best and highest figures; `open`: one is, to above."""

    incidents: int = 0
    low: int = 0
    best: int = 0
    high: int = 0
    open: bool = False

    def add(self, other: Sum) -> None:
        """Count those of another week, too."""
        self.incidents += other.incidents
        self.low += other.low
        self.best += other.best
        self.high += other.high
        self.open = self.open or other.open


def weeks_of(sums: Iterable[tuple[str, Sum]]) -> Weeks | None:
    """The weeks, known by their Mondays, from the first to the last with a toll; None where there is none."""
    told = {date.fromisoformat(monday): of for monday, of in sums}
    if not told:
        return None
    first, last = min(told), max(told)
    number = (last - first).days // 7 + 1
    several = next((some for some in TOGETHER if number <= MOST_BARS * some), TOGETHER[-1])
    together: dict[int, Sum] = {}
    for monday, of in told.items():
        together.setdefault((monday - first).days // 7 // several, Sum()).add(of)
    return _drawn(first, several, together)


def _drawn(first: date, several: int, sums: dict[int, Sum]) -> Weeks:
    slots = max(sums) + 1
    wide = min(150.0, (RIGHT - LEFT) / slots)
    most = max(of.high for of in sums.values()) or 1
    step = _round_step(most)
    top = step * ceil(most / step)

    def y(count: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * count / top, 1)

    drawn = []
    for slot, of in sorted(sums.items()):
        since = first + timedelta(weeks=slot * several)
        until = since + timedelta(days=7 * several - 1)
        span = f"{number(of.low)} to {number(of.high)}{' or more' if of.open else ''} by all"
        when = days(since.isoformat(), until.isoformat())
        words = f"{when}: {number(of.best)} killed by the best figures, {span}, in {counted(of.incidents, 'incident')}"
        drawn.append(
            Week(
                since.isoformat(), until.isoformat(), of.incidents, of.low, of.best, of.high, of.open,
                round(LEFT + wide * (slot + 0.5), 1), y(of.high), y(of.best), y(of.low), words,
            )
        )  # fmt: skip
    counts = tuple(Mark(y(count), number(count)) for count in range(0, top + 1, step))
    return Weeks(tuple(drawn), counts, tuple(_dates(first, several, slots, wide)), round(wide, 2), several)


def _dates(first: date, several: int, slots: int, wide: float) -> Iterable[Mark]:
    every = max(1, ceil(64 / wide))
    for slot in range(0, slots, every):
        monday = first + timedelta(weeks=slot * several)
        year = f" {monday.year}" if slots * several > 40 else ""
        yield Mark(round(LEFT + wide * (slot + 0.5), 1), f"{monday.day} {MONTHS[monday.month - 1][:3]}{year}")


def _round_step(most: int) -> int:
    """The roundest step that gives two to five marks up to a count."""
    steps = (step * 10**power for power in range(12) for step in (1, 2, 5))
    return next((step for step in steps if most <= 4 * step), most)
