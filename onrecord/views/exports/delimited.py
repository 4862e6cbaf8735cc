"""Tables as CSV, with or without a row of HXL hashtags."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from onrecord.views.exports.cells import written
from onrecord.views.exports.columns import Row, Table

TAG = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(?:\s*\+[A-Za-z][A-Za-z0-9_]*)*", re.ASCII)
"""What a hashtag with attributes looks like (HXL 1.1, "Tagging conventions")."""

_AS_IT_IS = frozenset({type(None), int, float})
"""What the writer of CSV writes as it should be; most of the cells."""
_AT_ONCE = 256
"""Rows that are given as one piece."""


def csv_pieces(table: Table) -> Iterator[str]:
    """The table as CSV (RFC 4180, lines end with CR LF), the names of the columns first, in pieces of whole lines.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    yield _line([column.name for column in table.columns])
    yield from _lines(table.rows)


def hxl_pieces(table: Table) -> Iterator[str]:
    """The table as HXL-tagged CSV: names, then hashtags, then the rows (HXL 1.1)."""
    yield _line([column.name for column in table.columns])
    yield _line([column.tag for column in table.columns])
    yield from _lines(table.rows)


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for number, row in enumerate(rows, start=1):
        writer.writerow([cell if cell.__class__ in _AS_IT_IS else written(cell) for cell in row])
        if number % _AT_ONCE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
