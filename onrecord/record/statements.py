"""Statements across articles: who calls whom what, who says what, and tolls of periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.reading.schema import Attribution, Casualty, Label, Tone
from onrecord.record.accounts import folded, place_names
from onrecord.record.days import ordinal
from onrecord.record.evidence import GAP, Telling
from onrecord.record.features import places_of
from onrecord.record.ids import code
from onrecord.record.shapes import Claim, Evidence, Filter, IncidentOnRecord, LabelCell, Toll
from onrecord.record.shelf import UNNAMED_OUTLET, Shelf
from onrecord.record.tolls import toll_ranges

OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class _Cell:
    by: str
    by_outlet: bool
    of: str | None
    label: str
    tone: Tone


def label_cells(tellings: Iterable[Telling], of: Filter) -> list[LabelCell]:
    """Who calls whom what, the most frequent first; labels that differ in letter case alone are one."""
    uses: dict[_Cell, list[tuple[Label, Evidence]]] = defaultdict(list)
    for telling in tellings:
        for label in telling.reading.labels:
            cell = _cell(telling, label)
            if _label_fits(telling, cell, label, of):
                uses[cell].append((label, telling.at([label], label.attribution, label.id)))
    cells = [_counted(cell, theirs) for cell, theirs in uses.items()]
    return sorted(cells, key=lambda cell: (-cell.count, cell.by, cell.of or "", cell.label, cell.tone))[: of.limit]


def claims_in(shelf: Shelf, telling: Telling, of: Filter) -> Iterator[Claim]:
    """The statements in an article, as they stand in its text."""
    given = [attribution for attribution in telling.reading.attributions if attribution.act == "statement"]
    for attribution in sorted(given, key=lambda each: min((part.start for part in each.content), default=0)):
        claim = _claim(shelf, telling, attribution)
        if claim is not None and _claim_fits(claim, of):
            yield claim


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


def tolls_of_periods(shelf: Shelf, tellings: Iterable[Telling], of: Filter) -> list[Toll]:
    """The tolls that belong to no single incident; what is counted of the same people, place and time is one toll."""
    told: dict[tuple[str, ...], list[tuple[Telling, Casualty]]] = defaultdict(list)
    for telling in tellings:
        incidents = {incident.id for incident in telling.reading.incidents}
        for figure in telling.reading.casualties:
            if figure.incident not in incidents and _figure_fits(telling, figure, of):
                told[_period(telling, figure)].append((telling, figure))
    tolls = [toll for key, theirs in told.items() for toll in _tolls_of_period(shelf, key, theirs)]
    return sorted(tolls, key=lambda toll: (toll.since or "9999", toll.id))


def _cell(telling: Telling, label: Label) -> _Cell:
    by_outlet = label.by is None or label.by == OUTLET
    by = telling.reading.outlet or UNNAMED_OUTLET if by_outlet else telling.name_of(label.by)
    return _Cell(by or "", by_outlet, telling.name_of(label.of), folded(label.text), label.tone)


def _label_fits(telling: Telling, cell: _Cell, label: Label, of: Filter) -> bool:
    if of.type and of.type.lower() != cell.tone:
        return False
    if not of.actor:
        return True
    sides = [telling.entities[id] for id in (label.by, label.of) if id in telling.entities]
    named = {folded(name) for entity in sides for name in (entity.name, entity.key) if name}
    return folded(of.actor) in named | {folded(cell.by), folded(cell.of or "")}


def _counted(cell: _Cell, uses: Sequence[tuple[Label, Evidence]]) -> LabelCell:
    return LabelCell(
        by=cell.by,
        by_outlet=cell.by_outlet,
        of=cell.of,
        label=cell.label,
        tone=cell.tone,
        scare_quotes=all(label.scare_quotes for label, _ in uses),
        count=len(uses),
        evidence=tuple(evidence for _, evidence in uses),
    )


def _claim(shelf: Shelf, telling: Telling, given: Attribution) -> Claim | None:
    if not given.content:
        return None
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


def _claim_fits(claim: Claim, of: Filter) -> bool:
    if of.type and of.type.lower() != claim.quote:
        return False
    if of.text and of.text.casefold() not in claim.content.casefold():
        return False
    sides = {folded(name) for name in (claim.speaker, claim.key, claim.source) if name}
    return not of.actor or folded(of.actor) in sides


def _figure_fits(telling: Telling, figure: Casualty, of: Filter) -> bool:
    if of.type and of.type.lower() != figure.effect:
        return False
    since = figure.since if ordinal(figure.since) else telling.reading.published
    until = figure.until if ordinal(figure.until) else telling.reading.published
    if (of.since and (until or "") < of.since) or (of.until and (since or "9999")[:10] > of.until):
        return False
    places = [telling.entities[id] for id in figure.where if id in telling.entities]
    if of.place and folded(of.place) not in {name for place in places for name in place_names(place)}:
        return False
    entity = telling.entities.get(figure.of or "")
    named = {folded(name) for name in ((entity.name, entity.key) if entity else (figure.of,)) if name}
    return not of.actor or folded(of.actor) in named


def _period(telling: Telling, figure: Casualty) -> tuple[str, ...]:
    whole = next((other for other in telling.reading.casualties if other.id == figure.part_of), figure)
    places = sorted(place.key for place in places_of(whole.where, telling.entities))
    return (figure.effect, telling.name_of(figure.of) or "", whole.since or "", *places)


def _tolls_of_period(shelf: Shelf, key: tuple[str, ...], told: Sequence[tuple[Telling, Casualty]]) -> Iterator[Toll]:
    by_article: dict[str, tuple[Telling, list[Casualty]]] = {}
    for telling, figure in told:
        by_article.setdefault(telling.article, (telling, []))[1].append(figure)
    telling, first = told[0]
    until = max((figure.until for _, figure in told if figure.until), default=None)
    for toll in toll_ranges(shelf, by_article.values()):
        yield Toll(
            id="k" + code(*key, toll.status or "", toll.group or ""),
            incident=None,
            type=None,
            mode=None,
            since=first.since,
            until=until,
            places=telling.named(first.where),
            range=toll,
        )
