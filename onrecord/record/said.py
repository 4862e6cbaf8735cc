"""Who says what and who calls whom what, kept apart from the readings so that nobody has to read all of them to ask."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, text

from onrecord.reading.schema import Attribution, Label, Tone
from onrecord.record.accounts import folded
from onrecord.record.days import rank
from onrecord.record.evidence import GAP, Telling
from onrecord.record.ids import code
from onrecord.record.listing_tables import claims, label_cells, label_uses
from onrecord.record.shapes import Evidence
from onrecord.record.shelf import UNNAMED_OUTLET

OUTLET = "outlet"
_CLAIMS, _USES = claims.c, label_uses.c
_COUNT = text(
    'INSERT INTO label_cells (id, "by", by_outlet, "of", label, tone, uses, in_quotes, spelled) '
    "VALUES (:id, :by, :by_outlet, :of, :label, :tone, 1, :in_quotes, :spelled) "
    "ON CONFLICT (id) DO UPDATE SET uses = label_cells.uses + 1, in_quotes = label_cells.in_quotes + :in_quotes"
)
_DISCOUNT = text("UPDATE label_cells SET uses = uses - 1, in_quotes = in_quotes - :in_quotes WHERE id = :id")
_CLEAR = text("DELETE FROM label_cells WHERE id = :id AND uses <= 0")


class Cell(NamedTuple):
    """Who calls whom what."""

    by: str
    by_outlet: bool
    of: str | None
    label: str
    tone: Tone


def put_said(connection: Connection, telling: Telling) -> None:
    """Keep the claims and the labels of an article."""
    _put_claims(connection, telling)
    _put_labels(connection, telling)


def take_said(connection: Connection, article: str) -> None:
    """Forget the claims and the labels of an article."""
    connection.execute(delete(claims).where(_CLAIMS.article == article))
    gone = connection.execute(select(_USES.cell, _USES.scare_quotes).where(_USES.article == article)).all()
    if gone:
        rows = [{"id": row.cell, "in_quotes": int(row.scare_quotes)} for row in gone]
        connection.execute(_DISCOUNT, rows)
        connection.execute(_CLEAR, rows)
        connection.execute(delete(label_uses).where(_USES.article == article))


def facets_of_article(connection: Connection, article: str) -> Iterator[tuple[str, str]]:
    """By what an article is found for what is said in it: `speaker` and `quote`, `side` and `tone`."""
    for row in connection.execute(select(_CLAIMS.quote, _CLAIMS.sides).where(_CLAIMS.article == article)):
        yield from (("speaker", ""), ("quote", row.quote))
        yield from (("speaker", side) for side in json.loads(row.sides))
    wanted = select(label_cells.c.tone, _USES.sides).join(label_cells, label_cells.c.id == _USES.cell)
    for row in connection.execute(wanted.where(_USES.article == article)):
        yield from (("side", ""), ("tone", row.tone))
        yield from (("side", side) for side in json.loads(row.sides))


def statements_in(telling: Telling) -> list[Attribution]:
    """The statements in an article, as they stand in its text."""
    given = [each for each in telling.reading.attributions if each.act == "statement" and each.content]
    return sorted(given, key=lambda each: min(part.start for part in each.content))


def cell_of(telling: Telling, label: Label) -> Cell:
    """Who calls whom what by a label; labels that differ in letter case alone are one."""
    by_outlet = label.by is None or label.by == OUTLET
    by = telling.reading.outlet or UNNAMED_OUTLET if by_outlet else telling.name_of(label.by)
    return Cell(by or "", by_outlet, telling.name_of(label.of), folded(label.text), label.tone)


def evidence_of(stored: str) -> Evidence:
    """The sentence of a use of a label."""
    evidence: Evidence = _evidence().validate_json(stored)
    return evidence


def _put_claims(connection: Connection, telling: Telling) -> None:
    rows = []
    for position, given in enumerate(statements_in(telling)):
        entity = telling.entities.get(given.speaker or "")
        words = GAP.join(part.text for part in given.source)
        sides = [name for name in (entity.name, entity.key, words) if name] if entity else [words] if words else []
        rows.append(
            {
                "article": telling.article,
                "position": position,
                "local": given.id,
                "quote": given.quote,
                "sides": _as_json(sides),
            }
        )
    if rows:
        connection.execute(insert(claims), rows)


def _put_labels(connection: Connection, telling: Telling) -> None:
    uses, cells = [], []
    for label in telling.reading.labels:
        cell = cell_of(telling, label)
        id = _id_of(cell)
        sides = [telling.entities[id] for id in (label.by, label.of) if id in telling.entities]
        names = [name for entity in sides for name in (entity.name, entity.key) if name]
        uses.append(
            {
                "article": telling.article,
                "local": label.id,
                "cell": id,
                "scare_quotes": label.scare_quotes,
                "day": rank(telling.reading.published, "")[:10],
                "sides": _as_json([*names, cell.by, *([cell.of] if cell.of else [])]),
                "evidence": _evidence().dump_json(telling.at([label], label.attribution, label.id)).decode(),
            }
        )
        in_quotes, spelled = int(label.scare_quotes), _spelled(cell)
        cells.append({"id": id, **cell._asdict(), "in_quotes": in_quotes, "spelled": spelled})
    if uses:
        connection.execute(_COUNT, cells)
        connection.execute(insert(label_uses), uses)


def _id_of(cell: Cell) -> str:
    return code(cell.by, str(cell.by_outlet), cell.of or "", str(cell.of is None), cell.label, cell.tone)


def _spelled(cell: Cell) -> str:
    return " ".join((cell.by, cell.of or "", cell.label, cell.tone))[:80]


def _as_json(sides: Iterable[str]) -> str:
    return json.dumps(sorted({folded(side) for side in sides}), ensure_ascii=False, separators=(",", ":"))


@cache
def _evidence() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Evidence)
