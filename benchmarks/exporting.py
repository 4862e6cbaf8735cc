"""How long a CSV of a large record takes, and how much memory.

    python -m benchmarks.exporting                        # 100,000 incidents of two accounts each
    python -m benchmarks.exporting --incidents 2000 --level incident
    python -m benchmarks.exporting --record postgresql://HOST/FILLED      # of a record that `benchmarks.size` filled

The record is made up by a program and put into the database as linking would leave it, without the linking: what is
measured is the way out. The export runs as a process of its own; time is its processor time, since the machine may do
other things, memory the most that it ever held. Exits with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks.generated import Told, telling
from onrecord.record import Record, stale, tables
from onrecord.record.accounts import accounts_of
from onrecord.record.ids import article_id, outlet_key
from onrecord.record.readings import encoded

SECONDS, MEGABYTES = 60.0, 200.0
AT_ONCE = 500
NOW = "2031-06-01T00:00:00+00:00"


def fill(path: Path, incidents: int, accounts: int) -> None:
    """Put so many incidents, each told by so many articles, into a new record."""
    tellings = telling(incidents * accounts, towns=400, per_attack=accounts, per_day=40)
    first: dict[int, str] = {}
    with Record.open(path) as record:
        numbered = enumerate(tellings, start=1)
        while some := list(islice(numbered, AT_ONCE)):
            with record.connection(writes=True) as connection:
                _insert(connection, some, first)


def _insert(connection: Connection, some: Sequence[tuple[int, Told]], first: dict[int, str]) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (tables.blobs, tables.articles, tables.sources, tables.readings, tables.nodes)
    }
    for number, told in some:
        for table, row in _rows(number, told, first):
            rows[table].append(row)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # articles and sources name each other
    for table, values in rows.items():
        connection.execute(insert(table), values)
    stale.mark_articles(connection, [row["id"] for row in rows[tables.articles]])


def _rows(number: int, told: Told, first: dict[int, str]) -> Iterator[tuple[Any, dict[str, Any]]]:
    reading, source = told.reading, told.source
    id = article_id(reading)
    yield tables.blobs, {"sha256": source.sha256, "data": source.data}
    yield (
        tables.articles,
        {
            "number": number, "id": id, "outlet": reading.outlet, "outlet_key": outlet_key(reading), "url": None,
            "title": reading.title, "byline": None, "published": reading.published, "updated": None, "language": "en",
            "truncated": False, "words": 200, "text": reading.text, "agencies": [], "casualties": 1, "labels": 1,
            "claims": 1, "source": number,
        },
    )  # fmt: skip
    yield (
        tables.sources,
        {
            "id": number, "sha256": source.sha256, "origin": source.origin, "reading_id": reading.id, "kind": "text",
            "url": None, "content_type": None, "captured": None, "added": NOW, "article": id,
        },
    )  # fmt: skip
    yield tables.readings, {"source": number, "reader": reading.format, "reading": encoded(reading)}
    rank = f"{reading.published} {id}"
    for kind in ("copy", "story"):
        yield tables.nodes, _node(kind, id, id, "", rank, id)
    for node in accounts_of(id, reading, rank):
        group = first.setdefault(told.attack.number, node.id)
        yield tables.nodes, _node("incident", node.id, id, node.local, node.rank, group) | {
            "type": node.type, "mode": node.mode, "since": node.since, "until": node.until,
        }  # fmt: skip


def _node(kind: str, id: str, article: str, local: str, rank: str, group: str) -> dict[str, Any]:
    return {
        "kind": kind, "id": id, "article": article, "local": local, "rank": rank, "group": group, "type": None,
        "mode": None, "since": None, "until": None, "features": b"",
    }  # fmt: skip


def exported(record: str, incidents: int, level: str, output: Path) -> tuple[float, float, float]:
    """Seconds of processor time, seconds by the clock, and megabytes held at most, of an export; a server's apart."""
    command = [sys.executable, "-m", "onrecord.cli", "export", "csv", "--level", level, "-o", str(output)]
    command += ["--limit", str(incidents)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run([*command, "--record", record], check=True)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, after.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--accounts", type=int, default=2, help="articles on each incident")
    parser.add_argument("--level", choices=("report", "incident"), action="append", help="default: both")
    parser.add_argument("--record", help="one that is there already; default: one that is made and taken away")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record, output = arguments.record or str(Path(folder) / "large.db"), Path(folder) / "large.csv"
        if arguments.record is None:
            fill(Path(record), arguments.incidents, arguments.accounts)
        held = [_measured(record, output, level, arguments.incidents) for level in arguments.level or _LEVELS]
    return 0 if all(held) else 1


def _measured(record: str, output: Path, level: str, incidents: int) -> bool:
    seconds, wall, megabytes = exported(record, incidents, level, output)
    rows = sum(1 for _ in _lines(output)) - 1
    print(f"{incidents:,} incidents to CSV, {level} level: {rows:,} rows, {output.stat().st_size / 1e6:.0f} MB")
    print(f"  {seconds:.1f} s of processor time ({wall:.1f} s by the clock), {megabytes:.0f} MB held at most")
    held = seconds <= SECONDS and megabytes <= MEGABYTES
    print(f"  bar: {SECONDS:.0f} s, {MEGABYTES:.0f} MB; {'held' if held else 'missed'}")
    return held


def _lines(path: Path) -> Iterable[str]:
    import csv

    with path.open(newline="", encoding="utf-8") as file:
        yield from (row[0] for row in csv.reader(file))


_LEVELS = ("report", "incident")

if __name__ == "__main__":
    sys.exit(main())
