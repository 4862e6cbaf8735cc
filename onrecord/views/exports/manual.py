"""Writes `docs/export-columns.md`: what the columns of the exports mean.

python -m onrecord.views.exports.manual docs/export-columns.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from onrecord.views.exports.columns import TableName, columns_of

HEAD = """# The columns of the exports

This page is made of `onrecord/data/export-columns.tsv`; `make docs` writes it. [exports.md](exports.md) says how the
values come about.
"""
TITLES: dict[TableName, str] = {
    "report": "Report level: a row for each incident and account",
    "incident": "Incident level: a row for each incident",
    "acled": "ACLED's 31 columns",
    "ucdp": "UCDP GED's 49 columns",
}


def pages() -> Iterator[str]:
    """The page, a section for each table."""
    yield HEAD
    for table, title in TITLES.items():
        tagged = any(column.tag for column in columns_of(table))
        yield f"\n## {title}\n\n| column | kind | {'HXL | ' if tagged else ''}meaning |\n"
        yield f"| --- | --- | {'--- | ' if tagged else ''}--- |\n"
        for column in columns_of(table):
            tag = f"`{column.tag}` | " if tagged else ""
            yield f"| `{column.name}` | {column.kind} | {tag}{column.meaning} |\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("".join(pages()), encoding="utf-8")
