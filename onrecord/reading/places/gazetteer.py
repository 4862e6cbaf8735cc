"""The gazetteer: where the places of the world are, by any spelling of their names.

An SQLite file of folded names (`data/gazetteer.sqlite`, made by `training/gazetteer`): the towns of GeoNames of 500
people or more (CC BY 4.0), countries, first-level regions, the counties of the United States, and what news on wars
names beside these. Opened in a millisecond; nothing but the answers is held in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import cast, get_args

from onrecord.config import settings
from onrecord.errors import DataError
from onrecord.lexicon import DATA, Row, rows
from onrecord.reading.own_files import own_files
from onrecord.reading.places.distance import Point
from onrecord.reading.places.gazetteer_file import BARE_NAME, OTHER_NAME, OWN_NAME, transcribed
from onrecord.reading.schema import PlaceLevel
from onrecord.reading.spelling import folded, skeleton, without_articles

CORRECTED = -1
_CACHED_NAMES = 4096
# Corrections without a GeoNames id are numbered from here on downwards, below those of the file.
FIRST_CORRECTION = 1_000_000
_COLUMNS = "place.id, name, level, country, region, latitude, longitude, population"
_BY_NAME = f"select rank, {_COLUMNS} from name join place on place.id = place where key = ?"
_BY_SKELETON = f"select {OTHER_NAME}, {_COLUMNS} from skeleton join place on place.id = place where key = ?"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer; `region` is GeoNames' code of the first-level region, `country` ISO 3166-1 alpha-2.

    `rank` says how the place came by the name that it was looked up by: 0 it is its own, 1 another one, 2 one that in
    the same country means something else first ("Aleppo" of the province); -1 that a user says so.
    """

    id: int
    name: str
    level: PlaceLevel
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    rank: int = OWN_NAME

    @property
    def point(self) -> Point:
        return self.latitude, self.longitude

    @property
    def key(self) -> str:
        """`geonames:<id>`, or `place:<country>-<name>` for a place that GeoNames' id is not known of."""
        if self.id > 0:
            return f"geonames:{self.id}"
        return "place:" + folded(f"{self.country} {self.name}").replace(" ", "-")


class Gazetteer:
    """An opened gazetteer of one file or more; not to be shared between threads.

    Look-ups are kept for the names met last. Of a place that several files have, the first counts. `corrections` are
    places by folded name that a user wants read so, whatever the files have.
    """

    def __init__(self, *paths: Path, corrections: Mapping[str, Place] | None = None) -> None:
        self._databases = [_connected(path) for path in paths]
        self._corrections = corrections or {}
        self._named = lru_cache(maxsize=_CACHED_NAMES)(self._look_up)
        self._alike = lru_cache(maxsize=_CACHED_NAMES)(self._look_up_skeleton)

    @property
    def corrected(self) -> Mapping[str, Place]:
        """The corrections by folded name."""
        return self._corrections

    def named(self, name: str) -> tuple[Place, ...]:
        """The places of that name, in any case and with or without diacritics, the most populous first."""
        return self._named(folded(name))

    def alike(self, name: str) -> tuple[Place, ...]:
        """Places whose names have the same consonants, in countries whose names are transcribed: "Gazientep"."""
        return self._alike(folded(name))

    def _look_up(self, key: str) -> tuple[Place, ...]:
        if key in self._corrections:
            return (self._corrections[key],)
        found = self._rows(_BY_NAME, key)
        bare = without_articles(key)
        if found or bare == key:
            return found
        # "al-Meridian" is no town in Mississippi: articles come and go only where names are transcribed.
        return tuple(place for place in self._rows(_BY_NAME, bare) if place.country in transcribed())

    def _look_up_skeleton(self, key: str) -> tuple[Place, ...]:
        bones = skeleton(key)
        return self._rows(_BY_SKELETON, bones) if bones else ()

    def _rows(self, query: str, key: str) -> tuple[Place, ...]:
        places: dict[int, Place] = {}
        for database in self._databases:
            for row in database.execute(query, (key,)):
                places.setdefault(row[1], _place(row))
        return tuple(sorted(places.values(), key=lambda place: (place.rank == BARE_NAME, -place.population, place.id)))


def gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package, with the user's corrections; opened once in a process."""
    return _opened(settings().gazetteers, own_files("places"))


@lru_cache(maxsize=4)
def _opened(own: tuple[Path, ...], _corrected: tuple[Path, ...]) -> Gazetteer:
    """The packaged gazetteer with a user's own; the user's corrections are among what `rows` reads."""
    return Gazetteer(DATA / "gazetteer.sqlite", *own, corrections=dict(_corrections()))


def _connected(path: Path) -> sqlite3.Connection:
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        database.execute("select 1 from place, name, skeleton limit 1").fetchone()
    except sqlite3.Error as fault:
        advice = "name another in [gazetteer] of onrecord.toml, or make it: onrecord gazetteer import"
        raise DataError(f"is no gazetteer ({fault})", where=str(path), advice=advice) from fault
    return database


def _corrections() -> Iterator[tuple[str, Place]]:
    """The places of the user's files `[lexicons] places`, by each of their names."""
    for number, row in enumerate(rows("places"), start=1):
        place = _corrected(row, -FIRST_CORRECTION - number)
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield folded(name), place


def _corrected(row: Row, number: int) -> Place:
    try:
        latitude, longitude, identity = float(row["latitude"]), float(row["longitude"]), int(row["geonames"] or number)
    except ValueError:
        latitude = longitude = inf
    if row["level"] not in get_args(PlaceLevel) or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise DataError(
            f"has a place that cannot be read: {', '.join(row.values())}",
            where="[lexicons] places",
            advice="level, latitude and longitude as docs/own-files.md has them; geonames a number or empty",
        )
    region, level = row["region"], cast(PlaceLevel, row["level"])
    return Place(identity, row["name"], level, row["country"], region, latitude, longitude, 0, CORRECTED)


def _place(row: tuple[int, int, str, str, str, str, int, int, int]) -> Place:
    rank, identity, name, level, country, region, latitude, longitude, population = row
    return Place(
        identity, name, cast(PlaceLevel, level), country, region, latitude / 1e5, longitude / 1e5, population, rank
    )
