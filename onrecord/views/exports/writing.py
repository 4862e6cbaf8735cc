"""Writing an export in any of its forms."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO, Literal

from onrecord.errors import OnRecordError
from onrecord.record.shapes import Filter, IncidentOnRecord
from onrecord.views.exports.acled import acled_table
from onrecord.views.exports.columns import Table
from onrecord.views.exports.delimited import csv_pieces, hxl_pieces
from onrecord.views.exports.geojson import geojson_of
from onrecord.views.exports.incident_level import incident_table
from onrecord.views.exports.report_level import report_table
from onrecord.views.exports.structured import Holdings, account_lines_of, json_lines_of, json_of
from onrecord.views.exports.ucdp import ucdp_table

Form = Literal["csv", "xlsx", "parquet", "json", "jsonl", "geojson", "hxl", "acled", "ucdp"]
Level = Literal["report", "incident"]
FORMS: tuple[Form, ...] = ("csv", "xlsx", "parquet", "json", "jsonl", "geojson", "hxl", "acled", "ucdp")
LEVELS: tuple[Level, ...] = ("report", "incident")
WITH_LEVELS: frozenset[Form] = frozenset({"csv", "xlsx", "parquet", "jsonl", "hxl"})
BY_ENDING: dict[str, Form] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".json": "json",
    ".jsonl": "jsonl",
    ".geojson": "geojson",
}

_TABLES = {"report": report_table, "incident": incident_table}
_AT_ONCE = 1 << 16


def export_bytes(holdings: Holdings, of: Filter, form: Form, level: Level | None = None) -> Iterator[bytes]:
    """What fits of a record or release in one of the forms, in pieces of bytes; all but xlsx and parquet are UTF-8.

    `level` is of use for csv, xlsx, parquet, hxl (a row for each account of an incident, unless `incident` is wanted)
    and jsonl (a line for each incident, unless `report` is wanted). Raises `OnRecordError` where another form is given
    a level, where pyarrow is wanted and missing, or where a sheet cannot hold the rows.
    """
    if level is not None and form not in WITH_LEVELS:
        raise OnRecordError(f"{form} has one level only", where="--level", advice="leave it out")
    if form in {"xlsx", "parquet"}:
        yield from _file_bytes(table_of(holdings.incidents(of), form, level), form)
        return
    for piece in _text(holdings, of, form, level):
        yield piece.encode("utf-8", "backslashreplace")


def table_of(incidents: Iterable[IncidentOnRecord], form: Form, level: Level | None = None) -> Table:
    """The table that a form with columns is made of."""
    if form == "acled":
        return acled_table(incidents)
    if form == "ucdp":
        return ucdp_table(incidents)
    return _TABLES[level or "report"](incidents)


def _text(holdings: Holdings, of: Filter, form: Form, level: Level | None) -> Iterator[str]:
    if form == "json":
        return json_of(holdings, of)
    incidents = holdings.incidents(of)
    if form == "geojson":
        return geojson_of(incidents)
    if form == "jsonl":
        return account_lines_of(incidents) if level == "report" else json_lines_of(incidents)
    pieces = hxl_pieces if form == "hxl" else csv_pieces
    return pieces(table_of(incidents, form, level))


def _file_bytes(table: Table, form: Form) -> Iterator[bytes]:
    """The bytes of forms that have to be whole before the first of them is known; they wait on disk."""
    from onrecord.views.exports.parquet import write_parquet
    from onrecord.views.exports.workbook import write_workbook

    with tempfile.TemporaryFile() as file:
        (write_workbook if form == "xlsx" else write_parquet)(file, table)
        file.seek(0)
        yield from iter(lambda: file.read(_AT_ONCE), b"")


def written_to(file: IO[bytes], pieces: Iterable[bytes]) -> str:
    """Write the pieces to a binary file, and give the SHA-256 (hex) of all of them."""
    digest = sha256()
    for piece in pieces:
        file.write(piece)
        digest.update(piece)
    return digest.hexdigest()
