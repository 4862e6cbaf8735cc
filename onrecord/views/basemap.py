"""The world's countries as outlines, cut to the region that a map shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

from onrecord.lexicon import rows

STEPS_PER_DEGREE = 100  # as data/basemap.tsv says

Corner = tuple[float, float]
"""Longitude and latitude, decimal degrees (WGS 84)."""
Ring = tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the world in decimal degrees; it does not cross the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Region) -> bool:
        """Whether the two share any ground."""
        across = self.west <= other.east and other.west <= self.east
        return across and self.south <= other.north and other.south <= self.north

    def spans(self, other: Region) -> bool:
        """Whether all of the other lies in it."""
        across = self.west <= other.west and other.east <= self.east
        return across and self.south <= other.south and other.north <= self.north

    def widened(self, share: float) -> Region:
        """The region with so many times its width and height added on each side, as far as the world goes."""
        wide, high = (self.east - self.west) * share, (self.north - self.south) * share
        return Region(
            max(-180.0, self.west - wide),
            max(-90.0, self.south - high),
            min(180.0, self.east + wide),
            min(90.0, self.north + high),
        )

    def holds(self, corner: Corner) -> bool:
        """Whether the place lies within."""
        return self.west <= corner[0] <= self.east and self.south <= corner[1] <= self.north


WORLD = Region(-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Country:
    """A country's rings; where one lies within another, it is a hole or an island in it."""

    name: str
    rings: tuple[Ring, ...]


def countries_in(region: Region, detail: float = 0.0) -> Iterator[Country]:
    """The countries that lie in the region, each cut at its edges, by name.

    `detail`: what is smaller than so many degrees may be left out, so that a map of the world stays light.
    """
    for country in _outlines(max(level for level in _DETAILS if level <= detail)):
        near = ((ring, extent) for ring, extent in country.rings if extent.meets(region))
        cut = (ring if region.spans(extent) else _cut(ring, region) for ring, extent in near)
        rings = tuple(ring for ring in cut if len(ring) > 2)
        if rings:
            yield Country(country.name, rings)


@dataclass(frozen=True, slots=True)
class _Outline:
    name: str
    rings: tuple[tuple[Ring, Region], ...]


_DETAILS = (0.0, 0.03, 0.1, 0.3)
"""Degrees: the outlines are thinned once for each."""


@cache
def _outlines(detail: float) -> tuple[_Outline, ...]:
    """The world's countries without the corners that lie closer together than so many degrees."""
    if not detail:
        return _world()
    return tuple(
        _Outline(country.name, tuple((_thinned(ring, detail), extent) for ring, extent in country.rings))
        for country in _world()
    )


def _thinned(ring: Ring, detail: float) -> Ring:
    kept = [ring[0]]
    for x, y in ring[1:]:
        if max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= detail:
            kept.append((x, y))
    return tuple(kept)


@cache
def _world() -> tuple[_Outline, ...]:
    rings: dict[str, list[tuple[Ring, Region]]] = {}
    for row in rows("basemap"):
        of_country = rings.setdefault(row["country"], [])
        of_country += ((ring, _extent(ring)) for ring in map(_ring, row["polygon"].split(";")))
    return tuple(_Outline(name, tuple(of_country)) for name, of_country in sorted(rings.items()))


def _ring(steps: str) -> Ring:
    numbers = [int(number) for number in steps.split()]
    return tuple(
        (x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE)
        for x, y in zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True)
    )


def _extent(ring: Ring) -> Region:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return Region(min(xs), min(ys), max(xs), max(ys))


def _cut(ring: Ring, region: Region) -> Ring:
    """The part of the ring within the region (Sutherland and Hodgman 1974): one edge after the other."""
    for axis, edge, keeps in (
        (0, region.west, float.__ge__),
        (0, region.east, float.__le__),
        (1, region.south, float.__ge__),
        (1, region.north, float.__le__),
    ):
        ring = tuple(_beyond_edge_removed(ring, axis, float(edge), keeps))
    return ring


def _beyond_edge_removed(ring: Ring, axis: int, edge: float, keeps: Callable[[float, float], bool]) -> Iterable[Corner]:
    if not ring:
        return
    for before, corner in pairwise((ring[-1], *ring)):
        was_kept, is_kept = keeps(before[axis], edge), keeps(corner[axis], edge)
        if was_kept != is_kept:
            yield _crossing(before, corner, axis, edge)
        if is_kept:
            yield corner


def _crossing(a: Corner, b: Corner, axis: int, edge: float) -> Corner:
    share = (edge - a[axis]) / (b[axis] - a[axis])
    x, y = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
    return (edge, y) if axis == 0 else (x, edge)
