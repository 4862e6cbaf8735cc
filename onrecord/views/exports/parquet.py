"""Tables as Apache Parquet files, a portion of rows at a time; needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from onrecord.errors import OnRecordError
from onrecord.views.exports.columns import Column, Row, Table

if TYPE_CHECKING:
    import pyarrow

_AT_ONCE = 4096
"""Rows that are held, and written as a row group, at a time."""


def write_parquet(file: IO[bytes], table: Table) -> None:
    """Write the table to a binary file: texts as they are, lists as lists, days as dates, the meanings as metadata.

    Raises `OnRecordError` where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as fault:
        advice = "install it with: pip install 'onrecord[parquet]'"
        raise OnRecordError("Parquet needs pyarrow, which is not installed", advice=advice) from fault
    schema = pyarrow.schema([_field(pyarrow, column) for column in table.columns])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for some in _portions(table.rows):
            cells = zip(*some, strict=True)
            arrays = [
                pyarrow.array([_value(column, cell) for cell in column_cells], type=field.type)
                for column, field, column_cells in zip(table.columns, schema, cells, strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _field(arrow: Any, column: Column) -> pyarrow.Field:
    kinds = {
        "text": arrow.string(),
        "list": arrow.list_(arrow.string()),
        "whole": arrow.int64(),
        "number": arrow.float64(),
        "day": arrow.date32(),
        "yes-no": arrow.bool_(),
    }
    return arrow.field(column.name, kinds[column.kind], metadata={"meaning": column.meaning})


def _value(column: Column, cell: Any) -> Any:
    if cell is None or (cell == "" and column.kind != "text"):
        return None
    return date.fromisoformat(cell[:10]) if column.kind == "day" else cell


def _portions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    given = iter(rows)
    while some := list(islice(given, _AT_ONCE)):
        yield some
