"""A reading with what people decided over it: facts left out, fields replaced; the reading itself stays as it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.reading.schema import (
    Attribution,
    Casualty,
    DateRange,
    Entity,
    Incident,
    Perpetrator,
    Reading,
    Target,
)
from onrecord.record.decisions.anchors import Told, told
from onrecord.record.ids import code


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision on a fact of a reading, found in it. `value` is that of a correction, for `incident` an id in it."""

    id: str
    act: str
    local: str
    field: str | None = None
    value: Any = None


def decided(reading: Reading, verdicts: Iterable[Verdict]) -> Reading:
    """The reading as people decided that it is, after decisions in the order in which they were made.

    Of several on one field the last holds; a rejected fact that is accepted or corrected afterwards is a fact again.
    """
    rejected: dict[str, bool] = {}
    for verdict in verdicts:
        rejected[verdict.local] = verdict.act == "reject"
        if verdict.act == "correct":
            reading = _corrected(reading, verdict)
    return without(reading, {local for local, out in rejected.items() if out})


def to_link(decided: Reading, machine: Reading) -> Reading:
    """The reading by which its accounts are linked: with the day, place and kind that people decided on, and with the
    figures and parties that the machine read.

    Who corrects a toll says how many were harmed, not that it was another happening; who thinks so splits or moves.
    """
    incidents = {each.id: each for each in machine.incidents}
    truces = {each.id: each for each in machine.truces}
    return replace(
        decided,
        casualties=machine.casualties,
        incidents=tuple(_with_parties(each, incidents[each.id]) for each in decided.incidents),
        truces=tuple(replace(each, parties=truces[each.id].parties) for each in decided.truces),
    )


def _with_parties(incident: Incident, machine: Incident) -> Incident:
    return replace(
        incident,
        casualties=machine.casualties,
        perpetrators=machine.perpetrators,
        targets=machine.targets,
        weapons=machine.weapons,
    )


def without(reading: Reading, locals: set[str]) -> Reading:
    """The reading without some facts; the figures of an incident go with it, and nothing points to what is gone."""
    if not locals:
        return reading
    incidents = {incident.id for incident in reading.incidents} & locals
    gone = locals | {figure.id for figure in reading.casualties if figure.incident in incidents}

    def kept(facts: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(_cleared(fact, gone) for fact in facts if fact.id not in gone)

    return replace(
        reading,
        casualties=kept(reading.casualties),
        incidents=kept(reading.incidents),
        truces=kept(reading.truces),
        labels=kept(reading.labels),
        attributions=kept(reading.attributions),
    )


def as_json(fact: Told) -> dict[str, Any]:
    """A fact as JSON of the contract."""
    values: dict[str, Any] = _listed(dataclasses.asdict(fact))
    return values


def field_of(reading: Reading, local: str, field: str) -> Any:
    """The value of a field as a correction would give it: places and parties with name and key, not with an id."""
    found = told(reading, local)
    if found is None:
        return None
    value = getattr(found[1], field)
    entities = {entity.id: entity for entity in reading.entities}
    if field in ("perpetrators", "targets"):
        return [_shown(entities.get(party.entity or ""), party.text) for party in value]
    if field in ("where", "parties"):
        return [_shown(entities.get(each), each) for each in value]
    if field in ("of", "by", "speaker"):
        return None if value is None else _shown(entities.get(value), value)
    if field == "attribution":
        return _speaker(reading, entities, value)
    return dataclasses.asdict(value) if isinstance(value, DateRange) else value


def _speaker(reading: Reading, entities: Mapping[str, Entity], attribution: str | None) -> dict[str, Any] | None:
    given = next((each for each in reading.attributions if each.id == attribution), None)
    if given is None:
        return None
    return _shown(entities.get(given.speaker or ""), " … ".join(part.text for part in given.source))


def _shown(entity: Entity | None, words: str) -> dict[str, Any]:
    return {"name": entity.name, "key": entity.key} if entity else {"name": words, "key": None}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, list | tuple) else value


def _cleared(fact: Any, gone: set[str]) -> Any:
    """A fact without references to facts that are gone."""
    changes: dict[str, Any] = {
        name: None
        for name in ("part_of", "incident", "attribution")
        if getattr(fact, name, None) in gone and getattr(fact, name, None) is not None
    }
    if isinstance(fact, Incident) and gone.intersection(fact.casualties):
        changes["casualties"] = tuple(id for id in fact.casualties if id not in gone)
    return replace(fact, **changes) if changes else fact


def _corrected(reading: Reading, verdict: Verdict) -> Reading:
    found = told(reading, verdict.local)
    if found is None or verdict.field is None:
        return reading
    section, fact = found
    reading, changes = _changes(reading, fact, verdict)
    changed = replace(fact, **changes)
    facts: Any = tuple(changed if each.id == fact.id else each for each in getattr(reading, section))
    section_changed: dict[str, Any] = {section: facts}
    reading = replace(reading, **section_changed)
    if isinstance(changed, Casualty) and verdict.field == "incident":
        return _counted(reading, changed)
    return reading


def _changes(reading: Reading, fact: Told, verdict: Verdict) -> tuple[Reading, dict[str, Any]]:
    """The fields to replace, and the reading with the entities and attributions that they need."""
    field, value = str(verdict.field), verdict.value
    if field in ("where", "parties"):
        reading, ids = _entities(reading, value)
        return reading, {field: tuple(ids)}
    if field in ("perpetrators", "targets"):
        reading, ids = _entities(reading, value)
        return reading, {field: tuple(_party(field, fact, id) for id in ids)}
    if field in ("of", "by", "speaker"):
        return _side(reading, field, value)
    if field == "attribution":
        return _attributed(reading, verdict)
    if field == "date":
        return reading, {"date": None if value is None else DateRange(**value)}
    if field == "count" and isinstance(fact, Casualty):
        return reading, {"count": value, "low": value, "high": value, "qualifier": "exact"}
    return reading, {field: value}


def _side(reading: Reading, field: str, value: Any) -> tuple[Reading, dict[str, Any]]:
    if value is None or (field == "by" and value["name"] == "outlet"):
        return reading, {field: None if value is None else "outlet"}
    reading, (id,) = _entities(reading, [value])
    return reading, {field: id}


def _attributed(reading: Reading, verdict: Verdict) -> tuple[Reading, dict[str, Any]]:
    """A fact on the word of somebody whom a person named: an attribution without words of the text."""
    if verdict.value is None:
        return reading, {"attribution": None}
    reading, (id,) = _entities(reading, [verdict.value])
    given = Attribution(f"by {verdict.id}", (), (), (), speaker=id)
    others = tuple(each for each in reading.attributions if each.id != given.id)
    return replace(reading, attributions=(*others, given)), {"attribution": given.id}


def _entities(reading: Reading, values: Iterable[Mapping[str, Any]]) -> tuple[Reading, list[str]]:
    """The ids of what values name, and the reading with those entities that it had not."""
    ids = []
    for value in values:
        known = next((entity for entity in reading.entities if _is(entity, value)), None)
        if known is None:
            known = Entity(id="by " + code(value["name"] or "", value["key"] or ""), **(_NOBODY | dict(value)))
            reading = replace(reading, entities=(*reading.entities, known))
        ids.append(known.id)
    return reading, ids


_NOBODY = {"type": "organisation"}


def _is(entity: Entity, value: Mapping[str, Any]) -> bool:
    if value["key"] or entity.key:
        return bool(entity.key == value["key"])
    return entity.name.casefold() == (value["name"] or "").casefold()


def _party(field: str, fact: Told, id: str) -> Perpetrator | Target:
    """A party with the words that the text has for it, else with none, where the fact is told."""
    known: Perpetrator | Target | None = next((party for party in getattr(fact, field) if party.entity == id), None)
    if known is not None:
        return known
    at = fact.evidence[0].start if isinstance(fact, Incident) and fact.evidence else 0
    return Perpetrator(at, at, "", entity=id) if field == "perpetrators" else Target(at, at, "", entity=id)


def _counted(reading: Reading, figure: Casualty) -> Reading:
    """The incidents with the figure among the tolls of its own alone."""
    incidents = tuple(
        replace(
            incident,
            casualties=(
                *(id for id in incident.casualties if id != figure.id),
                *((figure.id,) if incident.id == figure.incident else ()),
            ),
        )
        for incident in reading.incidents
    )
    return replace(reading, incidents=incidents)
