"""How much speaks for two events being one: points from 0 to 1 for day, place, type and toll, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.places.distance import kilometres
from onrecord.views.comparison.events import Event

SHARES = {"day": 0.3, "place": 0.35, "type": 0.15, "toll": 0.2}
"""How much of the whole each point is; chosen by us, day and place above all."""
ENOUGH = 0.6
"""From here on two events are taken for one."""
DAYS_APART = 2
"""Events further apart than this are never one: night attacks and late news shift a day or two."""

_SAME_PLACE_KM = 5.0
_NOTHING_SAID = 0.5
_VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians", "Riots"})


@dataclass(frozen=True, slots=True)
class Point:
    """What speaks for it in one respect, from 0 to 1, and why."""

    of: str
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Points:
    """What speaks for two events being one."""

    points: tuple[Point, ...]
    exact: int
    """In how many respects they are the very same; decides between pairs of equal points."""

    @property
    def total(self) -> float:
        """From 0 to 1."""
        return sum(SHARES[point.of] * point.value for point in self.points)

    def __str__(self) -> str:
        return ", ".join(f"{point.of} {point.value:.2f} ({point.why})" for point in self.points)


def points_of(here: Event, there: Event) -> Points | None:
    """What speaks for two events being one; `None` where their days or places rule it out."""
    day, place = _day(here, there), _place(here, there)
    if day is None or place is None:
        return None
    exact = sum(
        (
            (here.first, here.last) == (there.first, there.last),
            here.point is not None and here.point == there.point,
            here.place.casefold() == there.place.casefold(),
            (here.type, here.sub_type) == (there.type, there.sub_type),
            here.best == there.best,
            (here.low, here.high) == (there.low, there.high),
        )
    )
    return Points((day, place, _type(here, there), _toll(here, there)), exact)


def differs(here: Event, there: Event) -> bool:
    """Whether the number killed there is none that the record's origins give or allow."""
    if there.best is None:
        return bool(here.low)
    if here.low is None:
        return bool(there.best)
    return there.best < here.low or (here.high is not None and there.best > here.high)


def _day(here: Event, there: Event) -> Point | None:
    apart = max((here.first - there.last).days, (there.first - here.last).days, 0)
    if apart > DAYS_APART:
        return None
    if apart:
        return Point("day", 0.6 if apart == 1 else 0.3, f"{apart} day{'s' if apart > 1 else ''} apart")
    if here.days == there.days == 1:
        return Point("day", 1.0, "same day")
    return Point("day", 0.7, "their days overlap")


def _place(here: Event, there: Event) -> Point | None:
    same_name = bool(here.place) and here.place.casefold() == there.place.casefold()
    if here.point is None or there.point is None:
        if same_name:
            return Point("place", 1.0, "same place")
        same_country = here.country.casefold() == there.country.casefold()
        return Point("place", 0.3, "same country") if same_country else None
    apart = kilometres(here.point, there.point)
    reach = here.near + there.near
    if apart <= _SAME_PLACE_KM or (same_name and apart <= reach):
        return Point("place", 1.0, "same place")
    if apart <= reach:
        return Point("place", 1 - apart / reach / 2, f"{apart:.0f} km apart")
    return Point("place", 0.2, f"{apart:.0f} km apart") if apart <= 2 * reach else None


def _type(here: Event, there: Event) -> Point:
    if not here.type or not there.type:
        return Point("type", _NOTHING_SAID, "not told")
    if (here.type, here.sub_type) == (there.type, there.sub_type):
        return Point("type", 1.0, "same type")
    if here.type == there.type:
        return Point("type", 0.7, "same type, another sub-type")
    if {here.type, there.type} <= _VIOLENT:
        return Point("type", 0.4, "both violence")
    return Point("type", 0.0, "another type")


def _toll(here: Event, there: Event) -> Point:
    if here.best is None or there.best is None:
        return Point("toll", _NOTHING_SAID, "not told")
    if not differs(here, there):
        return Point("toll", 1.0, "within the range")
    ends = [end for end in (here.low, here.best, here.high) if end is not None]
    nearest = min(ends, key=lambda end: abs(end - (there.best or 0)))
    value = min(nearest, there.best) / max(nearest, there.best, 1)
    return Point("toll", value, f"{there.best} against {nearest}")
