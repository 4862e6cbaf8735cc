"""Tables as an Excel workbook (Office Open XML), written row by row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from onrecord.errors import OnRecordError
from onrecord.views.exports.cells import written
from onrecord.views.exports.columns import Column, Row, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
"""What a sheet and a cell can hold (Excel specifications and limits)."""

_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""When a file was made is no part of it: the same record gives the same bytes."""
_WIDTHS = {"text": 24, "list": 24, "whole": 10, "number": 12, "day": 12, "yes-no": 8}


def write_workbook(file: IO[bytes], table: Table) -> None:
    """Write the table to a binary file: one sheet of values, another with what the columns mean; no formula, no link.

    Rows are kept on disk until the end. A text of more than 32,767 letters is cut, with `…` at its end. Raises
    `OnRecordError` where there are more rows than a sheet can hold.
    """
    from xlsxwriter import Workbook

    with Workbook(file, _SAFE) as book:
        book.set_properties({"created": _UNDATED})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS[column.kind])
        _write_row(sheet, 0, [column.name for column in table.columns], bold)
        for number, row in enumerate(table.rows, start=1):
            if number >= MOST_ROWS:
                raise OnRecordError(
                    f"has more rows than a sheet can hold ({MOST_ROWS:,})",
                    where="the table",
                    advice="narrow it with --since, --until or --place, or take csv or parquet",
                )
            _write_row(sheet, number, row)
        _write_meanings(book.add_worksheet("columns"), table.columns, bold)


def _write_meanings(sheet: Worksheet, columns: tuple[Column, ...], bold: Any) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    _write_row(sheet, 0, ("column", "meaning"), bold)
    for number, column in enumerate(columns, start=1):
        _write_row(sheet, number, (column.name, column.meaning))


def _write_row(sheet: Worksheet, number: int, row: Row, form: Any = None) -> None:
    for at, cell in enumerate(row):
        value = written(cell)
        if isinstance(value, str):
            if value:
                sheet.write_string(number, at, _fitting(value), form)
        else:
            sheet.write_number(number, at, value, form)


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"
