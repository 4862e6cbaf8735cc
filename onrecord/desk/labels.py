"""Who calls whom what: a table of speakers and of those they speak of, and the sentences behind each word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import get_args

from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.desk import digest_tables as digests
from onrecord.desk.chosen import rows_of
from onrecord.desk.filtering import asked
from onrecord.desk.links import SentenceLink, to_sentence
from onrecord.desk.paging import paged
from onrecord.desk.rendering import page
from onrecord.reading.schema import Label, Tone
from onrecord.record import Filter, Record
from onrecord.record.shapes import LabelCell
from onrecord.record.shelf import Shelf
from onrecord.views.label_matrix import Matrix, matrix_of

SPEAKERS = 40
"""Rows of the table; those who speak most."""
USES = 200
_LABELS = digests.labels.c
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

    label: str
    of: str | None
    tone: str
    link: SentenceLink


def labels(request: Request) -> Response:
    """The table of who calls whom what."""
    wanted = asked(request)
    board = request.app.state.kept.get(
        ("labels", wanted.of), request.app.state.keeper.state, lambda: _board(request.app.state.record, wanted.of)
    )
    return page(
        request, "labels.html", asked=wanted, board=board, tones=TONES, progress=request.app.state.keeper.progress
    )


def uses(request: Request) -> Response:
    """The sentences in which somebody uses a word, of somebody or at all."""
    wanted = asked(request)
    query = request.query_params
    by, label = query.get("by", ""), query.get("label", "")
    found = _uses(request.app.state.record, by, label, query.get("of"), wanted.of)
    return page(request, "label-uses.html", asked=wanted, pages=paged(found, wanted.page), by=by, label=label)


def _board(record: Record, of: Filter) -> Board:
    with record.connection() as connection:
        cells = _cells(connection, of)
    speakers: dict[tuple[str, bool], int] = defaultdict(int)
    for cell in cells:
        speakers[cell.by, cell.by_outlet] += cell.count
    most = sorted(speakers, key=lambda who: (not who[1], -speakers[who], who[0]))[:SPEAKERS]
    matrix = matrix_of(cell for cell in cells if (cell.by, cell.by_outlet) in set(most))
    return Board(matrix, sum(cell.count for cell in cells), len(speakers) - len(most))


def _cells(connection: Connection, of: Filter) -> list[LabelCell]:
    columns = (_LABELS.by, _LABELS.by_outlet, _LABELS.of, _LABELS.label, _LABELS.tone)
    quoted = func.sum(func.coalesce(_LABELS.scare_quotes, False).cast(_LABELS.start.type))
    wanted = select(*columns, func.count().label("uses"), quoted.label("quoted")).group_by(*columns)
    if of.type:
        wanted = wanted.where(_LABELS.tone == of.type.lower())
    counted: dict[tuple[str, bool, str | None, str, Tone], list[int]] = defaultdict(lambda: [0, 0])
    for by, by_outlet, named, label, tone, uses, in_quotes in rows_of(connection, wanted, _LABELS.article, of):
        if _fits(of, by, named):
            sums = counted[by, by_outlet, named, label, tone]
            sums[0] += uses
            sums[1] += in_quotes or 0
    return [
        LabelCell(by, by_outlet, named, label, tone, quoted == uses, uses, ())
        for (by, by_outlet, named, label, tone), (uses, quoted) in counted.items()
    ]


def _fits(of: Filter, by: str, named: str | None) -> bool:
    return not of.actor or of.actor.casefold() in (by.casefold(), (named or "").casefold())


def _uses(record: Record, by: str, label: str, named: str | None, of: Filter) -> list[Use]:
    wanted = select(_LABELS.article, _LABELS.start).where(_LABELS.by == by).limit(USES)
    if label:
        wanted = wanted.where(_LABELS.label == label)
    if named is not None:
        wanted = wanted.where(_LABELS.of == named if named else _LABELS.of.is_(None))
    with record.connection() as connection:
        shelf = Shelf(connection)
        places = list(rows_of(connection, wanted, _LABELS.article, replace(of, actor=None, type=None)))[:USES]
        found = []
        for article, start in places:
            telling = shelf.telling(article)
            label_there: Label | None = next((each for each in telling.reading.labels if each.start == start), None)
            if label_there is not None:
                evidence = telling.at([label_there], label_there.attribution)
                name = telling.name_of(label_there.of)
                found.append(Use(label_there.text, name, label_there.tone, to_sentence(evidence)))
    return found


ROUTES = [Route("/labels", labels, name="labels"), Route("/labels/uses", uses, name="label_uses")]
