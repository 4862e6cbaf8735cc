"""The record as files for other programs, made piece by piece so that memory stays flat.

The record's disagreements are kept: the report level has a row for each incident and account, the incident level the
range of what all of them say and how many independent origins stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.record.shapes import IncidentOnRecord
from onrecord.views.exports.columns import names_of
from onrecord.views.exports.delimited import csv_pieces
from onrecord.views.exports.geojson import geojson_of
from onrecord.views.exports.report_level import report_table
from onrecord.views.exports.structured import Holdings, json_of
from onrecord.views.exports.writing import FORMS, LEVELS, Form, Level, export_bytes

COLUMNS = names_of("report")
"""The columns of the report level."""

__all__ = [
    "COLUMNS",
    "FORMS",
    "LEVELS",
    "Form",
    "Holdings",
    "Level",
    "csv_of",
    "export_bytes",
    "geojson_of",
    "json_of",
]


def csv_of(incidents: Iterable[IncidentOnRecord]) -> Iterator[str]:
    """The accounts of the incidents as lines of CSV (RFC 4180, UTF-8), the names of the columns first."""
    return csv_pieces(report_table(incidents))
