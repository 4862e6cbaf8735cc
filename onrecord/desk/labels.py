"""Who calls whom what: a table of speakers and of those they speak of, and the sentences behind each word."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, get_args

from sqlalchemy import Connection, Select, func, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk.digests import stamp
from onrecord.desk.filtering import asked
from onrecord.desk.links import SentenceLink, to_sentence
from onrecord.desk.paging import paged
from onrecord.desk.rendering import page
from onrecord.reading.schema import Tone
from onrecord.record import Filter, Record, selecting
from onrecord.record.accounts import folded
from onrecord.record.decisions.withholding import WITHHELD
from onrecord.record.facets import Facet
from onrecord.record.listing_tables import label_cells, label_uses
from onrecord.record.said import evidence_of
from onrecord.record.shapes import LabelCell
from onrecord.record.shelf import Shelf
from onrecord.record.stale import ARTICLE
from onrecord.views.label_matrix import Matrix, matrix_of

SPEAKERS = 40
"""Rows of the table; those who speak most."""
CELLS = 4000
"""Words of the table: the most frequent."""
USES = 200
_CELLS, _USES = label_cells.c, label_uses.c
TONES = tuple((tone, tone) for tone in get_args(Tone))


@dataclass(frozen=True, slots=True)
class Board:
    """The table, how many words it counts, and how many speakers are left out of it."""

    matrix: Matrix | None
    uses: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a word, with its sentence."""

    of: str | None
    link: SentenceLink


def labels(request: Request) -> Response:
    """The table of who calls whom what."""
    wanted, record = asked(request), request.app.state.record
    board = request.app.state.kept.get(("labels", wanted.of), stamp(record), lambda: _board(record, wanted.of))
    return page(request, "labels.html", asked=wanted, board=board, tones=TONES)


def uses(request: Request) -> Response:
    """The sentences in which somebody uses a word, of somebody or at all."""
    wanted, record = asked(request), request.app.state.record
    by, label, of = (request.query_params.get(name) for name in ("by", "label", "of"))
    key = "uses", by, label, of, wanted.of
    found = request.app.state.kept.get(key, stamp(record), lambda: _uses(record, by or "", label or "", of, wanted.of))
    return page(request, "label-uses.html", asked=wanted, pages=paged(found, wanted.page), by=by, label=label)


def _board(record: Record, of: Filter) -> Board:
    with record.connection() as connection:
        shelf = Shelf(connection)
        if shelf.forbids(of):
            return Board(None, 0, 0)
        rows = connection.execute(_of_those_who_speak_most(_cells(connection, of))).all()
        matrix = matrix_of(_cell(shelf, row) for row in rows)
    uses, speakers = (rows[0].everybody, rows[0].speakers) if rows else (0, 0)
    return Board(matrix, uses, max(0, speakers - SPEAKERS))


def _of_those_who_speak_most(cells: Select[Any]) -> Select[Any]:
    """The most frequent words of those who say most; with each how many uses and speakers there are in all."""
    said = cells.subquery()
    who, uses = (said.c.by, said.c.by_outlet), func.sum(said.c.uses)
    told = select(said, uses.over(partition_by=who).label("theirs"), uses.over().label("everybody")).subquery()
    order = (told.c.by_outlet.desc(), told.c.theirs.desc(), told.c.by)
    placed = select(told, func.dense_rank().over(order_by=order).label("place")).subquery()
    counted = select(placed, func.max(placed.c.place).over().label("speakers")).subquery()
    return select(counted).where(counted.c.place <= SPEAKERS).order_by(counted.c.uses.desc()).limit(CELLS)


def _cell(shelf: Shelf, row: Any) -> LabelCell:
    by, of, label = (_shown(shelf, words) for words in (row.by, row.of, row.label))
    return LabelCell(by or "", row.by_outlet, of, label or "", row.tone, row.in_quotes == row.uses, row.uses, ())


def _shown(shelf: Shelf, words: str | None) -> str | None:
    """The words, but where they name somebody who is withheld."""
    return WITHHELD if words and shelf.forbids(Filter(actor=words)) else words


def _cells(connection: Connection, of: Filter) -> Select[Any]:
    """Who calls whom what, and how often, in the articles that fit."""
    fields = (_CELLS.by, _CELLS.by_outlet, _CELLS.of, _CELLS.label, _CELLS.tone)
    if not of.narrows:
        return select(*fields, _CELLS.uses, _CELLS.in_quotes)
    used = _fitting(connection, of).subquery()
    counts = (func.count().label("uses"), func.count().filter(used.c.scare_quotes).label("in_quotes"))
    return select(*fields, *counts).join(used, used.c.cell == _CELLS.id).group_by(*fields)


def _fitting(connection: Connection, of: Filter) -> Select[Any]:
    """The uses of words in the articles that fit, by who speaks or is spoken of, and of a tone."""
    sides = [Facet("side", folded(of.actor) if of.actor else "")]
    articles = replace(of, type=None, actor=None, limit=None, offset=0)
    found = selecting.fitting(connection, ARTICLE, articles, sides).subquery()
    wanted = select(label_uses).join(found, found.c.id == _USES.article)
    if of.actor:
        wanted = wanted.where(_USES.sides.contains(json.dumps(folded(of.actor), ensure_ascii=False), autoescape=True))
    if of.type:
        wanted = wanted.join(label_cells, _CELLS.id == _USES.cell).where(_CELLS.tone == of.type.lower())
    return wanted


def _uses(record: Record, by: str, label: str, named: str | None, of: Filter) -> list[Use]:
    """The sentences, the first published first."""
    cells = select(_CELLS.id).where(_CELLS.by == by)
    if label:
        cells = cells.where(_CELLS.label == label)
    if named is not None:
        cells = cells.where(_CELLS.of == named if named else _CELLS.of.is_(None))
    with record.connection() as connection:
        shelf = Shelf(connection)
        if shelf.forbids(of):
            return []
        used = _fitting(connection, of).subquery() if of.narrows else label_uses
        wanted = select(used.c.article, used.c.local, used.c.evidence, _CELLS.of).join(
            label_cells, _CELLS.id == used.c.cell
        )
        wanted = wanted.where(used.c.cell.in_(cells)).order_by(used.c.day, used.c.article, used.c.local).limit(USES)
        found = [_use(shelf, row) for row in connection.execute(wanted).all()]
    return [use for use in found if use is not None]


def _use(shelf: Shelf, row: Any) -> Use | None:
    """A use with its sentence; of an article of which something is withheld, what is left of it."""
    if not shelf.hides(row.article):
        return Use(row.of, to_sentence(evidence_of(row.evidence)))
    telling = shelf.telling(row.article)
    label = next((each for each in telling.reading.labels if each.id == row.local), None)
    if label is None:
        return None
    return Use(telling.name_of(label.of), to_sentence(telling.at([label], label.attribution, label.id)))


ROUTES = [Route("/labels", labels, name="labels"), Route("/labels/uses", uses, name="label_uses")]
