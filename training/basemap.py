"""Makes `onrecord/data/basemap.tsv` from Natural Earth's countries at 1:50 million (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.basemap package/countries-50m.json onrecord/data/basemap.tsv

The input is TopoJSON: borders are arcs, stored once, of whole-number steps; a country is rings of arcs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

STEPS_PER_DEGREE = 100
HEADER = f"""\
# The outlines of the world's countries, for the maps of reports.
# Columns: country (English name); polygon: rings separated by ";", the first the outer one. A ring is whole numbers
# "longitude latitude" in 1/{STEPS_PER_DEGREE} degree (WGS 84): a corner, then the steps to each next one.
# Source: Natural Earth 1:50m Admin 0 countries, by way of world-atlas 2.0.2 (ISC, Mike Bostock);
# made by training/basemap.py.
# Licence: public domain (naturalearthdata.com); to show disputed borders is to show who holds them, not who ought to.
"""

Corner = tuple[int, int]


def main(source: Path, target: Path) -> None:
    """Writes the base map."""
    lines = sorted(_lines(json.loads(source.read_text(encoding="utf-8"))))
    target.write_text(HEADER + "country\tpolygon\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def _lines(topology: dict[str, Any]) -> Iterator[str]:
    arcs = [_corners(arc, topology["transform"]) for arc in topology["arcs"]]
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            rings = [_steps(_ring(arcs, ring)) for ring in polygon]
            if rings[0]:
                yield f"{country['properties']['name']}\t{';'.join(filter(None, rings))}"


def _corners(arc: list[list[int]], transform: dict[str, Any]) -> list[Corner]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    places = accumulate(arc, lambda place, step: [place[0] + step[0], place[1] + step[1]])
    return [
        (round((x * scale_x + move_x) * STEPS_PER_DEGREE), round((y * scale_y + move_y) * STEPS_PER_DEGREE))
        for x, y in places
    ]


def _ring(arcs: list[list[Corner]], numbers: list[int]) -> list[Corner]:
    """The arcs joined; a number below zero stands for the arc `~number` backwards, as TopoJSON has it."""
    corners: list[Corner] = []
    for number in numbers:
        corners += arcs[number] if number >= 0 else arcs[~number][::-1]
    return [corner for at, corner in enumerate(corners) if at == 0 or corner != corners[at - 1]]


def _steps(corners: list[Corner]) -> str:
    """The ring as text; empty where it is smaller than a step can show."""
    if len(corners) < 4:
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners)]
    return " ".join(f"{x} {y}" for x, y in [corners[0], *steps])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
