"""GeoNames' country dumps: all villages, quarters, bases and camps of a country, for those who need them.

A dump is `SY.zip` or the `SY.txt` in it: tab-separated UTF-8 lines of 19 fields (geonames.org/export, CC BY 4.0).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from onrecord.errors import DataError
from onrecord.lexicon import rows
from onrecord.reading.places.gazetteer_file import Entry, is_english_name

FIELDS = 19
_ADVICE = "give a country's dump as GeoNames has it: XX.zip, or the XX.txt in it"


def entries_of(dump: Path) -> Iterator[Entry]:
    """The places of a dump that news may name, in its order.

    Raises `DataError` where the file cannot be read or a line is none of a dump; the line is named.
    """
    try:
        yield from _entries(dump)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, KeyError) as fault:
        raise DataError(f"is no GeoNames dump ({fault})", where=str(dump), advice=_ADVICE) from fault


def _entries(dump: Path) -> Iterator[Entry]:
    with _opened(dump) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                entry = _entry(line.rstrip("\n").split("\t"))
            except ValueError as fault:
                raise DataError("is no line of a GeoNames dump", where=f"{dump}:{number}", advice=_ADVICE) from fault
            if entry is not None:
                yield entry


def _opened(dump: Path) -> io.TextIOWrapper:
    if not zipfile.is_zipfile(dump):
        return dump.open(encoding="utf-8", newline="\n")
    archive = zipfile.ZipFile(dump)
    return io.TextIOWrapper(archive.open(f"{dump.stem}.txt"), encoding="utf-8", newline="\n")


def _entry(fields: list[str]) -> Entry | None:
    """A line's place; None where its kind is of no use. Raises `ValueError` where fields lack or a number is none."""
    if len(fields) != FIELDS:
        raise ValueError(fields)
    identity, name, ascii_name, others, latitude, longitude, feature_class, code, country, _, region = fields[:11]
    level = _levels().get(f"{feature_class}.{code}", "")
    named_so = tuple(alias for alias in dict.fromkeys((ascii_name, *others.split(","))) if is_english_name(alias))
    # Who writes "Aleppo" means the town before the province.
    aliases, lesser = ((), named_so) if level.startswith("adm") else (named_so, ())
    numbers = int(identity), float(latitude), float(longitude), int(fields[14] or 0)
    entry = Entry(numbers[0], name, level, country, region, *numbers[1:], aliases, lesser)
    return entry if level else None


@cache
def _levels() -> dict[str, str]:
    return {row["feature"]: row["level"] for row in rows("geonames-features")}
