"""The form of a gazetteer's file, and how places are written into it: the packaged one and those that users import."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from onrecord.errors import DataError
from onrecord.lexicon import rows
from onrecord.reading.schema import WIDE_LEVELS
from onrecord.reading.spelling import folded, skeleton, without_articles

SCHEMA = """
create table if not exists place (
    id integer primary key,  -- GeoNames' id; negative where there is none
    name text not null, level text not null, country text not null, region text not null,
    latitude integer not null, longitude integer not null,  -- 1/100,000 degree, WGS 84
    population integer not null
);
create table if not exists name (
    key text not null, place integer not null, rank integer not null, primary key (key, place)
) without rowid;
create table if not exists skeleton (key text not null, place integer not null, primary key (key, place)) without rowid;
"""
OWN_NAME, OTHER_NAME, BARE_NAME = 0, 1, 2
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿʻʼʿʾ‘’'`][\u0020-\u024f\u1e00-\u1eff\u02b0-\u02ff‘’]*")


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


def add_to(target: Path, entries: Iterable[Entry]) -> int:
    """Add the entries to a gazetteer's file, made where there is none, and give their number; all of them or none.

    The file is put in the other's place when it is whole, so that programs that read it are not disturbed.
    """
    part = target.with_name(target.name + ".part")
    try:
        if target.exists():
            shutil.copyfile(target, part)
        number = write(entries, part)
        part.replace(target)
    except (OSError, sqlite3.Error) as fault:
        raise DataError(f"cannot be written ({fault})", where=str(target), advice="name another by --into") from fault
    finally:
        part.unlink(missing_ok=True)
    return number


def write(entries: Iterable[Entry], target: Path) -> int:
    """Put the entries into an SQLite file and give their number; of two with one id the later one counts, and both
    lend their names."""
    with closing(sqlite3.connect(target)) as database:
        with database:
            database.executescript(SCHEMA)
            number = sum(_put(database, entry) for entry in entries)
        database.execute("vacuum")
    return number


def _put(database: sqlite3.Connection, entry: Entry) -> int:
    database.execute(
        "insert or replace into place values (?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.id, entry.name, entry.level, entry.country, entry.region, round(entry.latitude * 1e5),
         round(entry.longitude * 1e5), entry.population),
    )  # fmt: skip
    database.executemany(
        "insert into name values (?, ?, ?) on conflict do update set rank = min(rank, excluded.rank)",
        [(key, entry.id, rank) for key, rank in keys_of(entry).items()],
    )
    database.executemany(
        "insert or ignore into skeleton values (?, ?)", [(bones, entry.id) for bones in skeletons_of(entry)]
    )
    return 1


@cache
def transcribed() -> frozenset[str]:
    """The countries (ISO 3166-1 alpha-2) whose names come to English by transcription, so that spellings differ."""
    return frozenset(row["country"] for row in rows("transcribed-countries"))


def is_english_name(alias: str) -> bool:
    """Whether a name is written in Latin letters as a name, and is no code of an airport."""
    return _LATIN.fullmatch(alias) is not None and not (alias.isupper() and len(alias) <= 4) and len(alias) >= 3


def keys_of(entry: Entry) -> dict[str, int]:
    """The folded names by which a place is looked up, each with how the place came by it."""
    keys: dict[str, int] = {folded(entry.name): OWN_NAME} if entry.name not in entry.lesser else {}
    for alias in entry.aliases:
        keys.setdefault(folded(alias), OTHER_NAME if entry.level == "settlement" else OWN_NAME)
    for alias in entry.lesser:
        keys.setdefault(folded(alias), BARE_NAME)
    if entry.country in transcribed():
        for key, rank in list(keys.items()):
            keys.setdefault(without_articles(key), max(rank, OTHER_NAME))
    return {key: rank for key, rank in keys.items() if len(key) > 1}


def skeletons_of(entry: Entry) -> set[str]:
    """The consonants of its names, where spellings differ from writer to writer."""
    if entry.country not in transcribed() or entry.level in WIDE_LEVELS:
        return set()
    return {bones for name in (entry.name, *entry.aliases) if len(bones := skeleton(folded(name))) >= 3}
