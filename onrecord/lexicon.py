"""Word lists, patterns and tables: files in `onrecord/data`, and a user's own beside them.

A file is tab-separated UTF-8. Lines that begin with `#` are its header comment (what it holds, its columns, its source
and licence); the first other line names the columns; every further line is one entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from onrecord.config import settings
from onrecord.errors import DataError

DATA = Path(__file__).resolve().parent / "data"

Row = dict[str, str]


def rows(name: str) -> tuple[Row, ...]:
    """The entries of `data/<name>.tsv` and of the user's files of that name, in that order, by column.

    Raises `DataError` where a file is missing or a line has not as many fields as there are columns.
    """
    return _rows((DATA / f"{name}.tsv", *settings().lexicons.get(name, ())))


@cache
def _rows(paths: tuple[Path, ...]) -> tuple[Row, ...]:
    return tuple(row for path in paths for row in _entries(path))


def _entries(path: Path) -> Iterator[Row]:
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
        elif len(fields) > len(columns):
            raise DataError(
                f"has {len(fields)} fields where the columns are {', '.join(columns)}",
                where=f"{path}:{number}",
                advice="separate the fields by one tab each",
            )
        else:
            yield dict(zip(columns, fields + [""] * (len(columns) - len(fields)), strict=True))
