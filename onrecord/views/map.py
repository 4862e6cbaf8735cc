"""A map of places as shapes to draw: countries behind, a circle for each place, names where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt
from statistics import median

from onrecord.views.basemap import Country, Region, countries_in

WIDTH, HEIGHT = 960.0, 560.0
LEAST_DEGREES = 3.0  # closer in, outlines made for 1:50 million would lie
MARGIN = 0.18
FINE = 1.6  # pixels; what is smaller can hardly be seen
FAR_DEGREES = 5.0
SMALLEST, LARGEST = 5.0, 26.0
LETTER = 7.2  # width of a letter at the map's type size
LINE = 15.0
KILOMETRES_OF_A_DEGREE = 111.19  # of latitude on the mean sphere


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to show; `weight` (>= 0) is the area of its circle, `href` where it leads.

    `vague`: it is not known more closely than as a province or district, and the point is only its middle; it is drawn
    as a disc of `reach` kilometres.
    """

    name: str
    latitude: float
    longitude: float
    weight: float
    title: str
    href: str
    vague: bool = False
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class Outline:
    """A country as an SVG path; the name stands at `x`, `y` where there is room for it."""

    name: str
    path: str
    x: float
    y: float
    named: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """A spot on the map; its name is set at `label_x`, `label_y` from `anchor`, or not at all where none is free."""

    spot: Spot
    x: float
    y: float
    radius: float
    anchor: str | None = None
    label_x: float = 0.0
    label_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Map:
    """What to draw, in pixels of a picture of `width` by `height`; `elsewhere` are the spots far outside of it."""

    width: float
    height: float
    countries: tuple[Outline, ...]
    markers: tuple[Marker, ...]
    elsewhere: tuple[Spot, ...]
    kilometres: int
    """What the scale bar stands for."""
    bar: float
    """How long it is."""


def map_of(spots: Iterable[Spot], *, surroundings: float = 0.0) -> Map | None:
    """The map that shows the spots, the weightiest ones' names first; None where there is no spot.

    Countries are drawn so many times the map's width and height beyond its edges, for maps that can be moved.
    """
    all_spots = sorted(spots, key=lambda spot: (-spot.weight, spot.name))
    if not all_spots:
        return None
    near = _near(all_spots)
    sheet = _Sheet.around(near)
    kilometres, bar = sheet.scale_bar()
    return Map(
        width=WIDTH,
        height=HEIGHT,
        countries=tuple(map(sheet.outline, countries_in(sheet.region.widened(surroundings), FINE / sheet.degree))),
        markers=_labelled(_markers(near, sheet)),
        elsewhere=tuple(spot for spot in all_spots if spot not in near),
        kilometres=kilometres,
        bar=bar,
    )


def _near(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The spots around the middle one; a meeting abroad must not shrink the country at war to a dot."""
    middle = Spot("", median(s.latitude for s in spots), median(s.longitude for s in spots), 0, "", "")
    distances = {spot: _degrees_apart(spot, middle) for spot in spots}
    reach = max(FAR_DEGREES, 3 * median(distances.values()))
    return tuple(spot for spot in spots if distances[spot] <= reach) or tuple(spots)


def _degrees_apart(a: Spot, b: Spot) -> float:
    return hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * cos(radians(a.latitude)))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """An equirectangular sheet, true to scale in its middle; `degree` is the pixels of a degree of latitude."""

    region: Region
    degree: float
    squeeze: float

    @classmethod
    def around(cls, spots: Sequence[Spot]) -> _Sheet:
        south, north = min(s.latitude for s in spots), max(s.latitude for s in spots)
        west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
        middle_x, middle_y = (west + east) / 2, (south + north) / 2
        squeeze = max(0.1, cos(radians(middle_y)))
        high = max(
            LEAST_DEGREES,
            (north - south) * (1 + 2 * MARGIN),
            (east - west) * squeeze * (1 + 2 * MARGIN) * HEIGHT / WIDTH,
        )
        wide = high * WIDTH / HEIGHT / squeeze
        region = Region(
            max(-180.0, middle_x - wide / 2),
            max(-90.0, middle_y - high / 2),
            min(180.0, middle_x + wide / 2),
            min(90.0, middle_y + high / 2),
        )
        return cls(region, HEIGHT / high, squeeze)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - (self.region.west + self.region.east) / 2) * self.squeeze * self.degree + WIDTH / 2
        y = ((self.region.south + self.region.north) / 2 - latitude) * self.degree + HEIGHT / 2
        return round(x, 1), round(y, 1)

    def outline(self, country: Country) -> Outline:
        rings = [[self.at(*corner) for corner in ring] for ring in country.rings]
        path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z" for ring in rings)
        x, y, room = _name_place(max(rings, key=_area))
        return Outline(country.name, path, x, y, named=room > len(country.name) * LETTER * 1.4)

    def scale_bar(self) -> tuple[int, float]:
        """The roundest length that takes about an eighth of the width: kilometres and pixels."""
        wanted = WIDTH / 8 / self.per_kilometre
        kilometres = max((k for k in _ROUND if k <= wanted), default=_ROUND[0])
        return kilometres, round(kilometres * self.per_kilometre, 1)

    @property
    def per_kilometre(self) -> float:
        """Pixels of a kilometre."""
        return self.degree / KILOMETRES_OF_A_DEGREE


_ROUND = tuple(step * 10**power for power in range(5) for step in (1, 2, 5))


def _area(ring: Sequence[tuple[float, float]]) -> float:
    following = (*ring[1:], ring[0])
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, following, strict=True))) / 2


def _name_place(ring: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """The middle of the widest stretch within the ring, and its width, of a few lines across it."""
    ys = [y for _, y in ring]
    top, bottom = max(min(ys), 0.0), min(max(ys), HEIGHT)
    stretches = [
        (right - left, (left + right) / 2, y)
        for share in (0.5, 0.4, 0.6, 0.3, 0.7)
        for y in [top + (bottom - top) * share]
        for begin, end in _within(ring, y)
        for left, right in [(max(begin, 0.0), min(end, WIDTH))]
        if left < right
    ]
    width, x, y = max(stretches, default=(0.0, 0.0, 0.0))
    return round(x, 1), round(y, 1), width


def _within(ring: Sequence[tuple[float, float]], y: float) -> Iterable[tuple[float, float]]:
    """The stretches of the line at height `y` that lie within the ring."""
    crossings = sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True)
        if (y1 > y) != (y2 > y)
    )
    return zip(crossings[::2], crossings[1::2], strict=False)


def _markers(spots: Sequence[Spot], sheet: _Sheet) -> list[Marker]:
    heaviest = max(spot.weight for spot in spots) or 1.0
    markers = []
    for spot in spots:
        x, y = sheet.at(spot.longitude, spot.latitude)
        radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(spot.weight / heaviest)
        markers.append(Marker(spot, x, y, round(max(radius, spot.reach * sheet.per_kilometre), 1)))
    return markers


_Box = tuple[float, float, float, float]


def _labelled(markers: Sequence[Marker]) -> tuple[Marker, ...]:
    """The markers with names set right, left, above or below, wherever nothing is in the way; largest first."""
    taken: list[_Box] = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in markers]
    labelled = []
    for at, marker in enumerate(markers):
        others = taken[:at] + taken[at + 1 :]
        for candidate in _label_places(marker):
            box = _label_box(candidate)
            if _inside(box) and not any(_overlap(box, other) for other in others):
                taken.append(box)
                marker = candidate
                break
        labelled.append(marker)
    return tuple(labelled)


def _label_places(marker: Marker) -> Iterable[Marker]:
    gap = marker.radius + 4
    for anchor, dx, dy in (("start", gap, 5.0), ("end", -gap, 5.0), ("middle", 0.0, -gap), ("middle", 0.0, gap + 11)):
        x, y = round(marker.x + dx, 1), round(marker.y + dy, 1)
        yield Marker(marker.spot, marker.x, marker.y, marker.radius, anchor, x, y)


def _label_box(marker: Marker) -> _Box:
    width = len(marker.spot.name) * LETTER
    left = marker.label_x - {"start": 0.0, "middle": width / 2, "end": width}[marker.anchor or "start"]
    return left, marker.label_y - LINE + 3, left + width, marker.label_y + 3


def _inside(box: _Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT


def _overlap(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
