"""Word lists, patterns and tables: files in `onrecord/data`, and a user's own beside them.

A file is tab-separated UTF-8. Lines that begin with `#` are its header comment (what it holds, its columns, its source
and licence); the first other line names the columns; every further line is one entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from onrecord.config import settings
from onrecord.errors import DataError

DATA = Path(__file__).resolve().parent / "data"

Row = dict[str, str]
Value = TypeVar("Value", bound=str)


def rows(name: str) -> tuple[Row, ...]:
    """The entries of `data/<name>.tsv` and of the user's files of that name, in that order, by column.

    Columns that a user's file leaves out are empty. Raises `DataError` where a file is missing, has a column that the
    packaged one lacks, or a line with more fields than there are columns.
    """
    return _rows((DATA / f"{name}.tsv", *settings().lexicons.get(name, ())))


def rows_by_weight(name: str) -> tuple[Row, ...]:
    """The entries as of `rows`, those of the user's files first: where two speak of one thing, the first counts."""
    packaged = len(_rows((DATA / f"{name}.tsv",)))
    found = rows(name)
    return (*found[packaged:], *found[:packaged])


def one_of(known: tuple[Value, ...], row: Row, column: str, name: str) -> Value:
    """The value in a column of an entry of the lexicon `name`; raises `DataError` where it is none of those known."""
    found = next((value for value in known if value == row[column]), None)
    if found is None:
        raise DataError(
            f"has {next(iter(row.values()))!r} with {column} {row[column]!r}",
            where=f"[lexicons] {name}",
            advice=f"give one of {', '.join(known)}; see docs/own-files.md",
        )
    return found


def any_of(name: str, role: str) -> str:
    """A regular expression for any word of a role, the longest first, in a table with columns of these names."""
    words = sorted((row["word"] for row in rows(name) if row["role"] == role), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, words))})"


@cache
def _rows(paths: tuple[Path, ...]) -> tuple[Row, ...]:
    packaged, *own = paths
    found = list(_entries(packaged))
    columns = tuple(found[0]) if found else _columns(packaged)
    for path in own:
        found.extend({**dict.fromkeys(columns, ""), **row} for row in _entries(path, columns))
    return tuple(found)


def _columns(path: Path) -> tuple[str, ...]:
    """The columns of a file without entries."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(next((line for line in lines if line.strip() and not line.startswith("#")), "").split("\t"))


def _entries(path: Path, known: tuple[str, ...] = ()) -> Iterator[Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise DataError(
            f"cannot be read ({fault})", where=str(path), advice="see [lexicons] in onrecord.toml"
        ) from fault
    columns: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if columns is None:
            columns = fields
            _refuse_unknown(columns, known, f"{path}:{number}")
        elif len(fields) > len(columns):
            raise DataError(
                f"has {len(fields)} fields where the columns are {', '.join(columns)}",
                where=f"{path}:{number}",
                advice="separate the fields by one tab each",
            )
        else:
            yield dict(zip(columns, fields + [""] * (len(columns) - len(fields)), strict=True))


def _refuse_unknown(columns: list[str], known: tuple[str, ...], where: str) -> None:
    unknown = [column for column in columns if column not in known] if known else []
    if unknown:
        raise DataError(
            f"names a column {unknown[0]!r}, but the columns are {', '.join(known)}",
            where=where,
            advice="name the columns in the first line; see docs/own-files.md",
        )
