"""The data of a release: everything as JSON lines, and the tables that are made from these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from onrecord.record.frozen import ARTICLES, DECISIONS, INCIDENTS, LABELS, TOLLS, TRUCES, FrozenRecord
from onrecord.record.journal_tables import journal
from onrecord.record.record import Record
from onrecord.record.shapes import ArticleOnRecord, DecisionOnRecord, IncidentOnRecord, Toll
from onrecord.views.exports.delimited import csv_pieces
from onrecord.views.exports.geojson import geojson_of
from onrecord.views.exports.incident_level import incident_table
from onrecord.views.exports.report_level import report_table
from onrecord.views.exports.structured import json_lines_of

T = TypeVar("T")

NO_OUTLET = "without a name"


@dataclass(slots=True)
class Outlet:
    """How much of a release one outlet gave, and from when to when."""

    name: str
    articles: int = 0
    copies: int = 0
    since: str | None = None
    until: str | None = None


@dataclass(slots=True)
class Contents:
    """What a release holds, in numbers."""

    outlets: dict[str, Outlet] = field(default_factory=dict)
    agencies: Counter[str] = field(default_factory=Counter)
    accounts: int = 0
    decisions: dict[str, DecisionOnRecord] = field(default_factory=dict)
    read_by: dict[str, int] = field(default_factory=dict)
    """How many articles were read by which version of the program; several times where they were read again."""
    lines: Counter[str] = field(default_factory=Counter)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {
            "articles": self.lines[ARTICLES],
            "copies": sum(outlet.copies for outlet in self.outlets.values()),
            "outlets": len(self.outlets),
            "incidents": self.lines[INCIDENTS],
            "accounts": self.accounts,
            "truces": self.lines[TRUCES],
            "tolls_of_periods": self.lines[TOLLS],
            "labels": self.lines[LABELS],
            "decisions": len(self.decisions),
        }


def write_data(record: Record, folder: Path) -> Contents:
    """Write what is on record as JSON lines, each file once through, and count it."""
    contents = Contents()
    _write(folder, ARTICLES, record.articles(), contents, _count_article)
    _write(folder, INCIDENTS, record.incidents(), contents, _count_incident)
    _write(folder, TRUCES, record.truces(), contents)
    _write(folder, TOLLS, _of_periods(record.tolls()), contents)
    _write(folder, LABELS, record.labels(), contents)
    _write(folder, DECISIONS, _in_force(record.decisions()), contents, _count_decision)
    contents.read_by = _read_by(record)
    return contents


def write_tables(folder: Path) -> None:
    """Write the CSV of both levels and the GeoJSON, from the incidents that are written already."""
    frozen = FrozenRecord(folder)
    _text(folder / "incidents.csv", csv_pieces(incident_table(frozen.incidents())))
    _text(folder / "reports.csv", csv_pieces(report_table(frozen.incidents())))
    _text(folder / "incidents.geojson", geojson_of(frozen.incidents()))


def _write(
    folder: Path,
    name: str,
    values: Iterable[T],
    contents: Contents,
    count: Callable[[Contents, T], None] | None = None,
) -> None:
    def counted() -> Iterator[T]:
        for value in values:
            contents.lines[name] += 1
            if count is not None:
                count(contents, value)
            yield value

    _text(folder / name, json_lines_of(counted()))


def _text(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        for piece in pieces:
            file.write(piece)


def _count_article(contents: Contents, article: ArticleOnRecord) -> None:
    outlet = contents.outlets.setdefault(article.outlet or NO_OUTLET, Outlet(article.outlet or NO_OUTLET))
    outlet.articles += 1
    outlet.copies += article.copy_of is not None
    contents.agencies.update(article.agencies)
    if article.published:
        day = article.published[:10]
        outlet.since = min(outlet.since or day, day)
        outlet.until = max(outlet.until or day, day)


def _count_incident(contents: Contents, incident: IncidentOnRecord) -> None:
    contents.accounts += len(incident.accounts)


def _count_decision(contents: Contents, decision: DecisionOnRecord) -> None:
    contents.decisions[decision.id] = decision


def _in_force(decisions: Iterable[DecisionOnRecord]) -> Iterator[DecisionOnRecord]:
    """Those that count still; that something was withheld, and why, is nobody's to read."""
    return (each for each in decisions if each.undone_by is None and each.act not in {"withhold", "undo"})


def _of_periods(tolls: Iterable[Toll]) -> Iterator[Toll]:
    return (toll for toll in tolls if toll.incident is None)


def _read_by(record: Record) -> dict[str, int]:
    with record.connection() as connection:
        wanted = select(journal.c.by, func.count()).where(journal.c.kind == "read").group_by(journal.c.by)
        return {row[0]: row[1] for row in connection.execute(wanted.order_by(journal.c.by))}
