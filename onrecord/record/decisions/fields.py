"""Which fields of a fact people can correct, and what a value given for one comes to.

A value is kept as JSON that stands on its own: places and parties with their name and key rather than the id of an
entity, which is good for one reading only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from onrecord.errors import RecordError
from onrecord.reading.schema import Entity, MentionType, Reading
from onrecord.record.decisions.anchors import Section

Kind = str
_ENTITY_FIELDS = ("name", "key", "latitude", "longitude", "country", "level")

FIELDS: Final[Mapping[Section, Mapping[str, Kind]]] = {
    "casualties": {
        "count": "number",
        "low": "number",
        "high": "number",
        "qualifier": "exact at-least at-most about vague",
        "effect": "killed wounded missing detained kidnapped displaced",
        "status": "civilian combatant unknown",
        "group": "words",
        "of": "party",
        "since": "day",
        "until": "day",
        "where": "places",
        "incident": "incident",
        "attribution": "party",
    },
    "incidents": {
        "type": "words",
        "mode": "words",
        "status": "reported claimed denied planned threatened attempted demanded",
        "date": "days",
        "where": "places",
        "perpetrators": "parties",
        "targets": "parties",
        "attribution": "party",
    },
    "truces": {
        "kind": "ceasefire humanitarian-pause evacuation corridor withdrawal no-fly",
        "step": "proposed agreed announced started extended violated collapsed ended rejected",
        "parties": "parties",
        "where": "places",
        "start": "day",
        "end": "day",
        "attribution": "party",
    },
    "labels": {"of": "party", "by": "party", "tone": "hostile neutral approving", "attribution": "party"},
    "attributions": {"speaker": "party", "quote": "direct indirect mixed", "act": "statement other"},
}
"""By section and field the kind of value, or the words of which it must be one."""
_REQUIRED = {"effect", "status", "qualifier", "type", "kind", "step", "tone", "quote", "act"}
"""Fields that cannot be unknown."""


def value_for(section: Section, field: str, value: Any, reading: Reading) -> Any:
    """A value for a field as it is kept; raises `RecordError` where there is no such field, or it is no such value."""
    kind = FIELDS[section].get(field)
    if kind is None:
        raise RecordError(
            f"there is no {field!r} of {section} that can be corrected",
            advice=f"take one of {', '.join(FIELDS[section])}",
        )
    if value is None or value == "":
        if field in _REQUIRED:
            raise RecordError(f"{field} cannot be unknown", advice="reject the fact if it is none")
        return [] if kind in ("places", "parties") else None
    convert = _CONVERSIONS.get(kind)
    return convert(field, value, reading) if convert else _choice(field, value, kind.split())


def _number(field: str, value: Any, reading: Reading) -> int:
    try:
        number = int(str(value).replace(",", ""))
    except ValueError:
        number = -1
    if number < 0 or isinstance(value, float):
        raise RecordError(f"{field} must be a whole number of people, not {value!r}", advice="write it as 17")
    return number


def _words(field: str, value: Any, reading: Reading) -> str:
    words = " ".join(str(value).split())
    return words.upper() if field == "type" else words


def _day(field: str, value: Any, reading: Reading) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as fault:
        raise RecordError(f"{field} must be a day, not {value!r}", advice="write it as 2016-10-14") from fault


def _days(field: str, value: Any, reading: Reading) -> dict[str, str]:
    ends = [value["start"], value["end"]] if isinstance(value, Mapping) else str(value).split("/")
    first, last = _day(field, ends[0], reading), _day(field, ends[-1], reading)
    return {"start": min(first, last), "end": max(first, last)}


def _places(field: str, value: Any, reading: Reading) -> list[dict[str, Any]]:
    return [_named(reading, each, "place") for each in _several(value)]


def _parties(field: str, value: Any, reading: Reading) -> list[dict[str, Any]]:
    return [_named(reading, each, "organisation") for each in _several(value)]


def _party(field: str, value: Any, reading: Reading) -> dict[str, Any]:
    return _named(reading, value, "organisation")


def _incident(field: str, value: Any, reading: Reading) -> str:
    if value not in {incident.id for incident in reading.incidents}:
        raise RecordError(f"the article tells of no incident {value}", advice="give the id of one of its incidents: i2")
    return str(value)


def _choice(field: str, value: Any, words: Sequence[str]) -> str:
    if value not in words:
        raise RecordError(f"{field} cannot be {value!r}", advice=f"take one of {', '.join(words)}")
    return str(value)


_CONVERSIONS: Final[Mapping[Kind, Callable[[str, Any, Reading], Any]]] = {
    "number": _number,
    "words": _words,
    "day": _day,
    "days": _days,
    "places": _places,
    "parties": _parties,
    "party": _party,
    "incident": _incident,
}


def _several(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return list(value) if isinstance(value, list | tuple) else [value]


def _named(reading: Reading, value: Any, type: MentionType) -> dict[str, Any]:
    """An entity by its id, name or key in the reading, else by what is given, a place with what the gazetteer knows."""
    if isinstance(value, Mapping):
        return {field: value.get(field) for field in _ENTITY_FIELDS} | {"type": value.get("type") or type}
    known = _known(reading, str(value))
    if known is not None:
        return {field: getattr(known, field) for field in _ENTITY_FIELDS} | {"type": known.type}
    if type == "place" and (place := _in_gazetteer(reading, str(value))) is not None:
        return place
    key = str(value) if re.fullmatch(r"(wikidata|geonames|actor|place):[\w-]+", str(value)) else None
    return {**dict.fromkeys(_ENTITY_FIELDS), "name": str(value), "key": key, "type": type}


def _known(reading: Reading, value: str) -> Entity | None:
    called = {mention.entity for mention in reading.mentions if mention.text.casefold() == value.casefold()}
    for entity in reading.entities:
        if value in (entity.id, entity.key) or entity.name.casefold() == value.casefold():
            return entity
    return next((entity for entity in reading.entities if entity.id in called), None)


def _in_gazetteer(reading: Reading, name: str) -> dict[str, Any] | None:
    """The place of this name: in the country of which the article tells most, else the most populous."""
    from onrecord.reading.places.gazetteer import gazetteer

    countries = Counter(entity.country for entity in reading.entities if entity.country)
    found = max(
        gazetteer().named(name),
        key=lambda place: (countries[place.country], -abs(place.rank), place.population, -place.id),
        default=None,
    )
    if found is None:
        return None
    return {field: getattr(found, field) for field in _ENTITY_FIELDS} | {"type": "place"}
