"""Incidents and truces with all that articles tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from onrecord.articles.article import TextSpan
from onrecord.reading.precision import precision_of
from onrecord.reading.schema import (
    Casualty,
    DateRange,
    Incident,
    Perpetrator,
    Precision,
    Target,
    Truce,
    TruceStep,
    WhereRelation,
)
from onrecord.record.days import iso, ordinal, span_of
from onrecord.record.decisions.states import group_state
from onrecord.record.evidence import Telling
from onrecord.record.groups import members
from onrecord.record.shapes import (
    Account,
    Evidence,
    IncidentOnRecord,
    Named,
    Party,
    Struck,
    TruceOnRecord,
    TruceStepOnRecord,
)
from onrecord.record.shelf import Shelf
from onrecord.record.tolls import figure_of, origins_of, toll_ranges

T = TypeVar("T", bound=Hashable)

_BEGINNING: frozenset[TruceStep] = frozenset({"started", "extended"})
_ENDING: frozenset[TruceStep] = frozenset({"ended", "collapsed"})

Member = tuple[str, str, str]
"""A node of a group: its id, its article, its id in the reading."""


def incident_of(shelf: Shelf, group: str) -> IncidentOnRecord:
    """The incident whose accounts are this group."""
    rows = members(shelf.connection, "incident", group)
    shelf.prepare(article for _, article, _ in rows)
    return _incident_of(shelf, group, rows)


def _incident_of(shelf: Shelf, group: str, members: Sequence[Member]) -> IncidentOnRecord:
    rows = _shown(members, lambda article: shelf.telling(article).reading.incidents)
    told = [(shelf.telling(article), local) for _, article, local in rows]
    accounts = [_account(shelf, id, telling, local) for (id, _, _), (telling, local) in zip(rows, told, strict=True)]
    spans = _most([(account.since, account.until) for account in accounts if account.since])
    places = _most([account.places for account in accounts if account.places]) or ()
    how = _most([(each.where_relation, each.where_part) for each in accounts if each.places == places]) or (None, False)
    return IncidentOnRecord(
        id=group,
        type=_most([account.type for account in accounts]) or "",
        mode=_most([account.mode for account in accounts if account.mode]),
        status=_most([account.status for account in accounts]) or "reported",
        since=spans[0] if spans else None,
        until=spans[1] if spans else None,
        places=places,
        perpetrators=_by_frequency(party.name for account in accounts for party in account.perpetrators),
        targets=_by_frequency(target.name for account in accounts for target in account.targets),
        stories=_once(account.article.story for account in accounts),
        outlets=_once(account.article.outlet for account in accounts if account.article.outlet),
        origins=len(origins_of(shelf, [sentence for account in accounts for sentence in account.evidence[:1]])),
        tolls=toll_ranges(shelf, [(telling, _figures(telling, local)) for telling, local in told]),
        accounts=tuple(accounts),
        precision=_precision(places, *how, *(spans or (None, None))),
        decisions=shelf.decisions_on([(article, local) for _, article, local in rows]),
        state=group_state(id for id, _, _ in rows),
    )


def truce_of(shelf: Shelf, group: str) -> TruceOnRecord:
    """The truce whose steps are this group."""
    rows = members(shelf.connection, "truce", group)
    shelf.fetch(article for _, article, _ in rows)
    rows = _shown(rows, lambda article: shelf.telling(article).reading.truces)
    steps = [_step(shelf, id, shelf.telling(article), local) for id, article, local in rows]
    steps.sort(key=lambda step: (step.on or "9999", step.article.published or "9999", step.article.id))
    days = [step.on for step in steps if step.on]
    return TruceOnRecord(
        id=group,
        kind=_most([step.kind for step in steps]) or "ceasefire",
        parties=_by_frequency(party for step in steps for party in step.parties),
        places=_most([step.places for step in steps if step.places]) or (),
        since=min(days, default=None),
        until=max([step.end[:10] for step in steps if step.end and ordinal(step.end)] + days, default=None),
        outlets=_once(step.article.outlet for step in steps if step.article.outlet),
        steps=tuple(steps),
        decisions=shelf.decisions_on([(article, local) for _, article, local in rows]),
        state=group_state(id for id, _, _ in rows),
    )


def _shown(members: Sequence[Member], told: Callable[[str], Sequence[Incident | Truce]]) -> list[Member]:
    """The members that their articles still tell of: a sentence that is withheld takes all with it that it tells."""
    return [(id, article, local) for id, article, local in members if any(fact.id == local for fact in told(article))]


def _account(shelf: Shelf, id: str, telling: Telling, local: str) -> Account:
    incident = _incident(telling, local)
    since, until = (iso(day) for day in span_of(incident))
    places = telling.named(incident.where)
    return Account(
        id=id,
        article=shelf.article(telling.article),
        main=incident.main,
        type=incident.type,
        mode=incident.mode,
        status=incident.status,
        since=since,
        until=until,
        places=places,
        where_relation=incident.where_relation,
        perpetrators=tuple(_party(telling, incident, doer) for doer in incident.perpetrators),
        targets=tuple(_struck(telling, incident, target) for target in incident.targets),
        weapons=_once(weapon.text for weapon in incident.weapons),
        tolls=tuple(figure_of(shelf, telling, figure) for figure in _figures(telling, local)),
        voice=telling.voice(incident.attribution),
        evidence=_evidence(telling, incident),
        fact=f"{telling.article}/{local}",
        where_part=incident.where_part,
        precision=_precision(places, incident.where_relation, incident.where_part, since, until),
        decisions=telling.decisions.get(local, ()),
    )


def _precision(
    places: Sequence[Named], relation: WhereRelation | None, part: bool, since: str | None, until: str | None
) -> Precision:
    """The codes of the narrowest place that is on the map, and of the days from first to last."""
    place = next((place for place in places if place.latitude is not None), None)
    first, last = since or until, until or since
    days = DateRange(first, last) if first and last else None
    return precision_of(place.level if place else None, relation, days, part=part)


def _incident(telling: Telling, local: str) -> Incident:
    return next(incident for incident in telling.reading.incidents if incident.id == local)


def _figures(telling: Telling, local: str) -> list[Casualty]:
    ids = set(_incident(telling, local).casualties)
    return [figure for figure in telling.reading.casualties if figure.id in ids or figure.incident == local]


def _evidence(telling: Telling, incident: Incident) -> tuple[Evidence, ...]:
    focus = [*incident.perpetrators, *incident.targets, *incident.weapons, *_figures(telling, incident.id)]
    if incident.evidence:
        return tuple(
            telling.within(sentence, focus, incident.attribution, incident.id) for sentence in incident.evidence
        )
    return (telling.at(focus, incident.attribution, incident.id),) if focus else ()


def _party(telling: Telling, incident: Incident, doer: Perpetrator) -> Party:
    entity = telling.entities.get(doer.entity or "")
    evidence = _where_told(telling, incident, doer)
    return Party(entity.name if entity else doer.text, entity.key if entity else None, doer.text, doer.blame, evidence)


def _struck(telling: Telling, incident: Incident, target: Target) -> Struck:
    entity = telling.entities.get(target.entity or "")
    name, key = (entity.name, entity.key) if entity else (target.text, None)
    return Struck(name, key, target.text, target.kind, _where_told(telling, incident, target))


def _where_told(telling: Telling, incident: Incident, words: TextSpan) -> Evidence:
    for sentence in incident.evidence:
        if sentence.start <= words.start and words.end <= sentence.end:
            return telling.within(sentence, [words], incident.attribution, incident.id)
    return telling.at([words], incident.attribution, incident.id)


def _step(shelf: Shelf, id: str, telling: Telling, local: str) -> TruceStepOnRecord:
    truce: Truce = next(truce for truce in telling.reading.truces if truce.id == local)
    return TruceStepOnRecord(
        article=shelf.article(telling.article),
        step=truce.step,
        kind=truce.kind,
        parties=_once(name for party in truce.parties if (name := telling.name_of(party))),
        places=telling.named(truce.where),
        start=truce.start,
        end=truce.end,
        duration=truce.duration,
        terms=_once(term.text for term in truce.terms),
        voice=telling.voice(truce.attribution),
        evidence=tuple(telling.within(sentence, truce.terms, truce.attribution, local) for sentence in truce.evidence),
        on=_day_of(truce, telling.reading.published),
        id=id,
        fact=f"{telling.article}/{local}",
        decisions=telling.decisions.get(local, ()),
    )


def _day_of(truce: Truce, published: str | None) -> str | None:
    """The day of the step: of a beginning or an end the day told for it, of all others that of the telling.

    That a truce which began on Sunday was broken, or is agreed to begin then, does not put the breach on the Sunday.
    """
    day = truce.end if truce.step in _ENDING else truce.start if truce.step in _BEGINNING else None
    return ((day if ordinal(day) else None) or published or "")[:10] or None


def _most(values: Sequence[T]) -> T | None:
    """The most frequent value; of those that are level the first."""
    return Counter(values).most_common(1)[0][0] if values else None


def _by_frequency(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common())


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
