"""The form by which a fact is corrected: its fields with what stands there now, and what a filled-in form asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.desk.fact_words import Wording
from onrecord.reading.schema import Reading
from onrecord.record.decisions.fields import FIELDS
from onrecord.record.shapes import FactOnRecord
from onrecord.views.words import event_mode_names, event_type_names

SEPARATOR = "; "
"""Between several places or parties in one field."""
FIELD_NAMES = {
    "count": "How many",
    "low": "At least",
    "high": "At most",
    "qualifier": "How sure the figure is",
    "effect": "What became of them",
    "status": "Who they were",
    "group": "Group",
    "of": "Of whom",
    "since": "Since",
    "until": "Until",
    "where": "Where",
    "incident": "In which incident",
    "attribution": "On whose word",
    "type": "Type",
    "mode": "What happened",
    "date": "When",
    "perpetrators": "By whom",
    "targets": "Against whom",
    "kind": "What it is",
    "step": "Step",
    "parties": "Between whom",
    "start": "From",
    "end": "To",
    "by": "Who says so",
    "tone": "Tone",
    "speaker": "Who says it",
    "quote": "Quoted how",
    "act": "Says or does",
}
_HINTS = {
    "places": "several with a semicolon between, the narrowest first",
    "parties": "several with a semicolon between",
    "day": "2016-10-14",
    "days": "2016-10-14, or 2016-10-14/2016-10-16",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form; `choices` as (value, words) where there are only so many values."""

    name: str
    label: str
    value: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    number: bool


def fields_of(fact: FactOnRecord, reading: Reading, wording: Wording) -> tuple[Field, ...]:
    """The fields of a fact that can be corrected, with what holds now."""
    here: Mapping[str, Any] = fact.decided or fact.machine
    return tuple(
        Field(
            name=name,
            label=FIELD_NAMES.get(name, name),
            value=_value(name, here.get(name), fact, wording),
            hint=_HINTS.get(kind, ""),
            choices=tuple(_choices(name, kind, reading, wording)),
            number=kind == "number",
        )
        for name, kind in FIELDS[fact.section].items()
    )


def changes(fields: tuple[Field, ...], form: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """The fields of which the form has another value than stands there, each with that (None: not known)."""
    for field in fields:
        given = form.get(field.name)
        if given is not None and given.strip() != field.value:
            yield field.name, given.strip() or None


def _value(name: str, value: Any, fact: FactOnRecord, wording: Wording) -> str:
    if value is None:
        return ""
    if name == "date":
        return value["start"] if value["start"] == value["end"] else f"{value['start']}/{value['end']}"
    if name in ("perpetrators", "targets"):
        return SEPARATOR.join(wording.name(party["entity"]) or party["text"] for party in value)
    if name in ("where", "parties"):
        return SEPARATOR.join(wording.name(each) for each in value)
    if name == "attribution":
        return wording.source(value)
    if name in ("of", "by", "speaker"):
        return wording.name(value)
    return str(value)


def _choices(name: str, kind: str, reading: Reading, wording: Wording) -> Iterator[tuple[str, str]]:
    if kind == "incident":
        yield "", "none: a toll over a period or campaign"
        for incident in reading.incidents:
            yield incident.id, wording.incident_name(incident.id) or incident.id
    elif name == "type":
        yield from event_type_names()
    elif name == "mode":
        yield "", "no more is told"
        yield from event_mode_names()
    elif " " in kind:
        for word in kind.split():
            yield word, word.replace("-", " ")
