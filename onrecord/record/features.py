"""What an account of an incident, or a step of a truce, is compared by: small values made once and kept with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from math import floor

from onrecord.articles.article import TextSpan
from onrecord.reading.schema import Casualty, Entity, Incident, Reading, Truce
from onrecord.record.days import day_of, ordinal, span_of
from onrecord.record.figures import whole_tolls
from onrecord.record.ids import body
from onrecord.record.sites import sites_of, struck_of
from onrecord.record.wording import heaviest, weighted_words

CELL = 0.5
"""Degrees; places are looked for in their cell and the eight around it, some 55 km each way at the equator."""
_LONGEST = 7
"""Days of a long happening that are posted; beyond that it is found by its first and last."""
_WORDS = 60
_LATENESS = 3
"""Days before its publication that a happening without a date is looked for."""
_PINPOINTED = frozenset({"facility", "settlement", "adm2", "adm1"})


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is compared: its key or folded name, coordinates in degrees, ISO country, level."""

    key: str
    latitude: float | None
    longitude: float | None
    country: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared. `since` and `until` are ordinals; `dated` is false where they come from the publication."""

    type: str
    mode: str | None
    status: str
    since: int | None
    until: int | None
    dated: bool
    places: tuple[Where, ...]
    doers: tuple[str, ...]
    struck: tuple[str, ...]
    """Words of the targets that tell something, and keys of entities (`onrecord.record.sites`)."""
    tolls: dict[str, tuple[int, int | None]]
    """Least and greatest number by effect; `None`: open."""
    words: dict[str, float]
    around: dict[str, float] = field(default_factory=dict)
    """The words that tell most in the article."""
    article: str = ""
    """The id of its reading."""
    main: bool = False
    """Whether the article is about it."""
    marks: tuple[str, ...] = ()
    """What is rarely the same by chance: how long a truce is to last, on which day it starts."""
    sites: tuple[str, ...] = ()
    """Words of the sites among what was struck (`onrecord.record.sites`): a bakery is no school."""
    outlet: str = ""
    """Folded; empty where none is known."""

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Features:
        values = json.loads(data)
        values["places"] = tuple(Where(**place) for place in values["places"])
        for name in ("doers", "struck", "marks", "sites"):
            values[name] = tuple(values.get(name, ()))
        values["tolls"] = {effect: (low, high) for effect, (low, high) in values["tolls"].items()}
        return cls(**values)


def of_incident(reading: Reading, incident: Incident) -> Features:
    """The features of an account of an incident."""
    since, until = span_of(incident)
    dated = since is not None
    if not dated and (published := day_of(reading)) is not None:
        since, until = published - _LATENESS, published
    entities = {entity.id: entity for entity in reading.entities}
    return Features(
        type=incident.type,
        mode=incident.mode,
        status=incident.status,
        since=since,
        until=until,
        dated=dated,
        places=places_of(incident.where, entities),
        doers=_sides([(doer.entity, doer.text) for doer in incident.perpetrators], entities),
        struck=struck_of(reading, incident),
        tolls=_tolls(reading, incident),
        words=_words(incident.evidence),
        around=heaviest(weighted_words(body(reading)), _WORDS),
        article=reading.id,
        main=incident.main,
        sites=sites_of(reading, incident),
        outlet=(reading.outlet or "").casefold(),
    )


def of_truce(reading: Reading, truce: Truce) -> Features:
    """The features of a step of a truce; its parties are the doers.

    A step that names no place is where the truces are of which the article tells besides, else in the country that it
    names most.
    """
    entities = {entity.id: entity for entity in reading.entities}
    published = day_of(reading)
    return Features(
        type=truce.kind,
        mode=truce.step,
        status="reported",
        since=published,
        until=published,
        dated=published is not None,
        places=places_of(truce.where or _places_of_truces(reading), entities) or _countries(reading),
        doers=_sides([(party, party) for party in truce.parties], entities),
        struck=(),
        tolls={},
        words=_words([*truce.evidence, *truce.terms]),
        article=reading.id,
        marks=tuple(mark for mark in (truce.duration, (truce.start or "")[:10]) if mark),
    )


def beginnings(features: Features) -> frozenset[str]:
    """The days (ISO 8601) on which a truce began or is to begin, as far as its step tells one to the day."""
    return frozenset(mark for mark in features.marks if ordinal(mark))


def _places_of_truces(reading: Reading) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for truce in reading.truces for place in truce.where))


def places_of(ids: Sequence[str], entities: dict[str, Entity]) -> tuple[Where, ...]:
    """The places that a reading gives by the ids of their entities, as they are compared."""
    found = [entities[id] for id in ids if id in entities]
    return tuple(
        Where(place.key or place.name.casefold(), place.latitude, place.longitude, place.country, place.level)
        for place in found
    )


def place_keys(places: Iterable[Where]) -> tuple[str, ...]:
    """The keys under which a happening at these places is kept."""
    keys = []
    for place in places:
        if place.country:
            keys.append(f"in {place.country}")
        if place.level in _PINPOINTED and place.latitude is not None and place.longitude is not None:
            keys.append(_cell(place.latitude, place.longitude))
        elif place.country:
            keys.append(f"only {place.country}")
        else:
            keys.append(f"name {place.key[:40]}")
    return tuple(dict.fromkeys(keys))


def place_asks(places: Iterable[Where]) -> tuple[str, ...]:
    """The keys under which a happening at one of these places, or at one around it, may be kept."""
    keys = []
    for place in places:
        if place.level in _PINPOINTED and place.latitude is not None and place.longitude is not None:
            steps = (-CELL, 0.0, CELL)
            keys += [_cell(place.latitude + north, place.longitude + east) for north in steps for east in steps]
            keys += [f"only {place.country}"] if place.country else []
        elif place.country:
            keys.append(f"in {place.country}")
        else:
            keys.append(f"name {place.key[:40]}")
    return tuple(dict.fromkeys(keys))


def days_posted(features: Features) -> tuple[int, ...]:
    """The days under which a happening is kept."""
    if features.since is None or features.until is None:
        return ()
    if features.until - features.since >= _LONGEST:
        return (features.since, features.until)
    return tuple(range(features.since, features.until + 1))


def _cell(latitude: float, longitude: float) -> str:
    return f"cell {floor(latitude / CELL)} {floor(((longitude + 180.0) % 360.0 - 180.0) / CELL)}"


def _sides(parties: Iterable[tuple[str | None, str]], entities: dict[str, Entity]) -> tuple[str, ...]:
    sides = []
    for id, words in parties:
        entity = entities.get(id or "")
        sides.append((entity.key or entity.name.casefold()) if entity else words.casefold())
    return tuple(sorted(set(sides)))


def _countries(reading: Reading) -> tuple[Where, ...]:
    """The country in which most of the places are that an article names."""
    country_of = {entity.id: entity.country for entity in reading.entities if entity.type == "place" and entity.country}
    named = Counter(country_of[mention.entity] for mention in reading.mentions if mention.entity in country_of)
    most = sorted(named.items(), key=lambda item: (-item[1], item[0]))[:1]
    return tuple(Where(f"country:{country}", None, None, country, "country") for country, _ in most)


def _tolls(reading: Reading, incident: Incident) -> dict[str, tuple[int, int | None]]:
    theirs: list[Casualty] = [given for given in reading.casualties if given.id in set(incident.casualties)]
    return {effect: (low, high) for effect, (low, _, high) in sorted(whole_tolls(theirs).items())}


def _words(sentences: Iterable[TextSpan]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for sentence in {(part.start, part.end): part for part in sentences}.values():
        counts.update(weighted_words(sentence.text))
    return heaviest(counts, _WORDS)
