"""Statements across articles: who calls whom what, who says what, and the tolls of an incident."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from onrecord.reading.schema import Attribution, Label
from onrecord.record import selecting, tables
from onrecord.record.accounts import folded
from onrecord.record.decisions.withholding import WITHHELD
from onrecord.record.evidence import GAP, Telling
from onrecord.record.facets import EVERY, Facet
from onrecord.record.ids import code
from onrecord.record.listing_tables import claims, label_cells, label_uses
from onrecord.record.said import cell_of, evidence_of, statements_in
from onrecord.record.shapes import Claim, Evidence, Filter, IncidentOnRecord, LabelCell, Toll
from onrecord.record.shelf import Shelf
from onrecord.record.stale import ARTICLE

_CLAIMS, _USES, _CELLS, _ARTICLES = claims.c, label_uses.c, label_cells.c, tables.articles.c
_AT_ONCE = 100


def claims_that_fit(shelf: Shelf, of: Filter) -> Iterator[Claim]:
    """The statements that fit, by the publication of their articles and then as they stand in the text."""
    end = None if of.limit is None else of.offset + of.limit
    if of.text:
        found = (claim for row in _claim_rows(shelf.connection, of) if (claim := _claim(shelf, row)))
        yield from islice((claim for claim in found if _says(claim, of)), of.offset, end)
        return
    for some in _portions(islice(_claim_rows(shelf.connection, of), of.offset, end)):
        shelf.fetch(row.article for row in some)
        yield from (claim for row in some if (claim := _claim(shelf, row)))


def claims_in(shelf: Shelf, telling: Telling, of: Filter) -> Iterator[Claim]:
    """The statements in an article that fit by kind, speaker and words, as they stand in its text."""
    for given in statements_in(telling):
        claim = _claim_of(shelf, telling, given)
        sides = {folded(name) for name in (claim.speaker, claim.key, claim.source) if name}
        fits = (not of.type or of.type.lower() == claim.quote) and (not of.actor or folded(of.actor) in sides)
        if fits and _says(claim, of):
            yield claim


def claims_counted(shelf: Shelf, of: Filter) -> int:
    """How many statements fit."""
    connection = shelf.connection
    if of.text:
        return sum(1 for _ in claims_that_fit(shelf, replace(of, limit=None, offset=0)))
    if of.actor:
        return sum(1 for _ in _claim_rows(connection, of))
    if not of.narrows:
        return connection.scalar(select(func.count()).select_from(claims)) or 0
    found = selecting.fitting(connection, ARTICLE, _of_articles(of), _said(of, "speaker", "quote")).subquery()
    wanted = select(func.count()).select_from(claims).join(found, found.c.id == _CLAIMS.article)
    return connection.scalar(wanted.where(_CLAIMS.quote == of.type.lower()) if of.type else wanted) or 0


def cells_that_fit(shelf: Shelf, of: Filter, sentences: int | None) -> Iterator[LabelCell]:
    """Who calls whom what, the most frequent first, each with its first sentences."""
    connection = shelf.connection
    order = (_CELLS.spelled, _CELLS.id)
    number: ColumnElement[int]
    if not of.narrows:
        number = _CELLS.uses
        wanted = select(label_cells).order_by(number.desc(), *order)
    else:
        found = _uses(connection, of).subquery()
        number = func.count().label("uses")
        in_quotes = func.count().filter(found.c.scare_quotes).label("in_quotes")
        fields = (_CELLS.id, _CELLS.by, _CELLS.by_outlet, _CELLS.of, _CELLS.label, _CELLS.tone, _CELLS.spelled)
        wanted = (
            select(*fields, number, in_quotes)
            .join(found, found.c.cell == _CELLS.id)
            .group_by(*fields)
            .order_by(number.desc(), *order)
        )
    for row in connection.execute(wanted.limit(of.limit).offset(of.offset or None)).all():
        yield _cell(shelf, row, of, sentences)


def cells_counted(connection: Connection, of: Filter) -> int:
    """How many different labels some give others."""
    if not of.narrows:
        return connection.scalar(select(func.count()).select_from(label_cells)) or 0
    found = _uses(connection, of).subquery()
    return connection.scalar(select(func.count(found.c.cell.distinct()))) or 0


def tolls_of_incident(incident: IncidentOnRecord, of: Filter) -> Iterator[Toll]:
    """The tolls of an incident."""
    for toll in incident.tolls:
        if of.type is None or of.type.lower() in (toll.effect, incident.type.lower(), incident.mode):
            yield Toll(
                id="k" + code(incident.id, toll.effect, toll.status or "", toll.group or ""),
                incident=incident.id,
                type=incident.type,
                mode=incident.mode,
                since=incident.since,
                until=incident.until,
                places=incident.places,
                range=toll,
            )


def _claim_rows(connection: Connection, of: Filter) -> Iterator[Row[Any]]:
    """The rows of the statements that fit by their article, speaker and kind, in their order."""
    wanted = select(claims).order_by(_CLAIMS.position)
    if of.type:
        wanted = wanted.where(_CLAIMS.quote == of.type.lower())
    actor = folded(of.actor) if of.actor else None
    articles = selecting.ids(connection, ARTICLE, _of_articles(of), _said(of, "speaker", "quote"))
    for some in _portions(articles):
        rows: dict[str, list[Row[Any]]] = {article: [] for article in some}
        for row in connection.execute(wanted.where(_CLAIMS.article.in_(some))):
            rows[row.article].append(row)
        found = (row for article in some for row in rows[article])
        yield from (row for row in found if actor is None or actor in json.loads(row.sides))


def _claim(shelf: Shelf, row: Row[Any]) -> Claim | None:
    telling = shelf.telling(row.article)
    given = telling.attribution(row.local)
    return None if given is None else _claim_of(shelf, telling, given)


def _claim_of(shelf: Shelf, telling: Telling, given: Attribution) -> Claim:
    entity = telling.entities.get(given.speaker or "")
    return Claim(
        article=shelf.article(telling.article),
        speaker=entity.name if entity else None,
        key=entity.key if entity else None,
        source=GAP.join(part.text for part in given.source),
        cue=GAP.join(part.text for part in given.cue),
        content=GAP.join(part.text for part in given.content),
        quote=given.quote,
        evidence=telling.at([*given.content, *given.source, *given.cue], given.id, given.id),
    )


def _says(claim: Claim, of: Filter) -> bool:
    return not of.text or of.text.casefold() in claim.content.casefold()


def _uses(connection: Connection, of: Filter) -> Select[Any]:
    """The uses of labels that fit."""
    found = selecting.fitting(connection, ARTICLE, _of_articles(of), _said(of, "side", "tone")).subquery()
    wanted = select(label_uses).join(found, found.c.id == _USES.article)
    if of.type:
        wanted = wanted.join(label_cells, _CELLS.id == _USES.cell).where(_CELLS.tone == of.type.lower())
    if of.actor:
        side = json.dumps(folded(of.actor), ensure_ascii=False)
        wanted = wanted.where(_USES.sides.contains(side, autoescape=True))
    return wanted


def _cell(shelf: Shelf, row: Row[Any], of: Filter, sentences: int | None) -> LabelCell:
    uses = label_uses if not of.narrows else _uses(shelf.connection, of).subquery()
    wanted = (
        select(uses.c.article, uses.c.local, uses.c.evidence)
        .where(uses.c.cell == row.id)
        .order_by(uses.c.day, uses.c.article, uses.c.local)
        .limit(sentences)
    )
    used: Sequence[Row[Any]] = shelf.connection.execute(wanted).all()  # type: ignore[assignment]
    by, of_whom = _sides(shelf, row)
    return LabelCell(
        by=by,
        by_outlet=row.by_outlet,
        of=of_whom,
        label=row.label,
        tone=row.tone,
        scare_quotes=row.in_quotes == row.uses,
        count=row.uses,
        evidence=tuple(evidence for use in used if (evidence := _evidence(shelf, use)) is not None),
    )


def _sides(shelf: Shelf, cell: Row[Any]) -> tuple[str, str | None]:
    """Who calls whom so, without the name of who is withheld: each article that names such a person hides it."""
    first = (_USES.day, _USES.article, _USES.local)
    wanted = select(_USES.article, _USES.local).where(_USES.cell == cell.id).order_by(*first).limit(1)
    use = shelf.connection.execute(wanted).one_or_none()
    if use is None or not shelf.hides(use.article):
        return cell.by, cell.of
    telling = shelf.telling(use.article)
    label = _label(telling, use.local)
    if label is None:
        return WITHHELD, WITHHELD
    shown = cell_of(telling, label)
    return shown.by, shown.of


def _evidence(shelf: Shelf, use: Row[Any]) -> Evidence | None:
    """The sentence of a use of a label; where something of its article is withheld, what is left of it."""
    if not shelf.hides(use.article):
        return evidence_of(use.evidence)
    telling = shelf.telling(use.article)
    label = _label(telling, use.local)
    return None if label is None else telling.at([label], label.attribution, label.id)


def _label(telling: Telling, local: str) -> Label | None:
    return next((label for label in telling.reading.labels if label.id == local), None)


def _of_articles(of: Filter) -> Filter:
    """The part of a filter that chooses articles where `type` and `actor` are about something in them."""
    return replace(of, type=None, actor=None, limit=None, offset=0)


def _said(of: Filter, who: str, how: str) -> Sequence[Facet]:
    """By what an article is found for what is said in it."""
    facets = [Facet(who, folded(of.actor) if of.actor else EVERY.value)]
    return [*facets, Facet(how, of.type.lower())] if of.type else facets


def _portions(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some
