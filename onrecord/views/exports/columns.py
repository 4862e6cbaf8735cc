"""The columns of the exports: their names, kinds, HXL tags and meanings, as `data/export-columns.tsv` has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from onrecord.lexicon import rows

Cell = str | int | float | bool | tuple[str, ...] | None
Row = Sequence[Cell]
Kind = Literal["text", "list", "whole", "number", "day", "yes-no"]
TableName = Literal["report", "incident", "acled", "ucdp"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `tag` is its HXL hashtag with attributes, empty where the table is not given so."""

    name: str
    kind: Kind
    tag: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, to be gone through once; a cell is `None` where nothing is known."""

    name: TableName
    columns: tuple[Column, ...]
    rows: Iterable[Row]


@cache
def columns_of(table: TableName) -> tuple[Column, ...]:
    """The columns of a table, in their order."""
    return tuple(
        Column(row["name"], cast(Kind, row["kind"]), row["tag"], row["meaning"])
        for row in rows("export-columns")
        if row["table"] == table
    )


def names_of(table: TableName) -> tuple[str, ...]:
    """The names of a table's columns, in their order."""
    return tuple(column.name for column in columns_of(table))


def once(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values that are told, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))
