"""How the places of happenings are told: in a place, in a part of it, near it, between two; and how exactly that is.

Words beside the name tell it: "the outskirts of Homs", "40 km north of Homs", "on the road from Homs to Hama",
"northern Syria", "Homs countryside". A place that is not named again ("the outskirts of the capital") is the one that
the article named before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from onrecord.articles.article import TextSpan
from onrecord.lexicon import rows
from onrecord.reading.datelines import told_mentions
from onrecord.reading.places.countries import capitals
from onrecord.reading.places.nouns import directions, place_nouns
from onrecord.reading.precision import precision_of
from onrecord.reading.schema import Entity, Incident, Mention, WhereRelation
from onrecord.reading.spans import tokens_of
from onrecord.reading.spelling import folded

_BETWEEN_WORDS = 3
_FIRST_OF_TWO, _TO_THE_OTHER = 6, 6  # tokens
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_POINTS = frozenset({"settlement", "facility"})


@dataclass(frozen=True, slots=True)
class Told:
    """How a place is told at one mention."""

    relation: WhereRelation
    part: bool = False


def with_sites(incidents: Iterable[Incident], doc: Doc) -> tuple[Incident, ...]:
    """The incidents, each with the relation to its narrowest place as its sentences have it, and with the codes."""
    entities: dict[str, Entity] = {entity.id: entity for entity in doc._.entities}
    return tuple(_with_site(incident, doc, entities) for incident in incidents)


def told_of(doc: Doc, start: int, end: int) -> Told | None:
    """How the place named by tokens `start` to `end` is told; None where no word beside it says more than "in"."""
    if _names_surroundings(doc, end):
        return Told("near")
    part, at = False, start - 1
    while at >= 0 and (_is_direction(doc, at) or doc[at].pos_ == "DET" or _is_city_of(doc, at)):
        part = part or _is_direction(doc, at)
        at -= 2 if doc[at].lower_ == "of" else 1
    relation = _relation_before(doc, at, start)
    if relation is None and _is_side_of(doc, at):
        return Told("in", part=True)
    return Told(relation or "in", part) if relation or part else None


def _with_site(incident: Incident, doc: Doc, entities: dict[str, Entity]) -> Incident:
    incident = _with_place_taken_up(incident, doc, entities)
    where = next((entities[place] for place in incident.where if place in entities), None)
    told = None if where is None else next(_tellings(incident, where, doc), None)
    relation, part = (told.relation, told.part) if told is not None else (incident.where_relation, incident.where_part)
    located = where is not None and where.latitude is not None
    level = where.level if where is not None and located else None
    precision = precision_of(level, relation, incident.date, part=part)
    return replace(incident, where_relation=relation, where_part=part, precision=precision)


def _tellings(incident: Incident, where: Entity, doc: Doc) -> Iterator[Told]:
    """How the sentences of an incident tell its place, where they say more of it than that it was there."""
    for mention in _mentions_within(doc, incident.evidence):
        span = tokens_of(doc, mention)
        if mention.entity != where.id or span is None:
            continue
        told = told_of(doc, span.start, span.end)
        if told is not None:
            yield told
        elif _directions_within(mention, where):
            yield Told("in", part=True)
    if where.level in _POINTS:
        yield from (Told("near") for _ in _unnamed(doc, incident.evidence))


def _with_place_taken_up(incident: Incident, doc: Doc, entities: dict[str, Entity]) -> Incident:
    """The incident with the place that its sentence does not name again: "the outskirts of the capital"."""
    unnamed = _unnamed(doc, incident.evidence)
    where = [entities[place] for place in incident.where if place in entities]
    if not unnamed or not {place.level for place in where} <= {"country", None}:
        return incident
    before = [entities[each.entity] for each in told_mentions(doc) if each.end <= incident.evidence[0].end]
    countries = {place.country for place in where} or {place.country for place in before}
    towns = [each for each in before if each.level == "settlement" and each.country in countries]
    if "capital" in unnamed:
        towns = [town for town in towns if _is_capital(town)]
    return replace(incident, where=(towns[-1].id, *incident.where)) if towns else incident


def _is_capital(entity: Entity) -> bool:
    return entity.name in capitals().get(entity.country or "", ())


def _unnamed(doc: Doc, sentences: Sequence[TextSpan]) -> list[str]:
    """What surroundings are told of where that is not named: "the outskirts", "the outskirts of the capital"."""
    found = []
    for sentence in sentences:
        for token in tokens_of(doc, sentence) or ():
            if token.lower_ in _words("around") and not _is_of_a_name(doc, token.i):
                ahead = [each.lower_ for each in doc[token.i + 1 : token.i + 4]]
                named = _places().get(ahead[2], "") if ahead[:2] == ["of", "the"] and len(ahead) == 3 else "settlement"
                found.append(named)
    return [each for each in found if each]


def _is_of_a_name(doc: Doc, at: int) -> bool:
    """Whether surroundings are of a place named beside them: "the outskirts of Homs", "Homs countryside"."""
    after = [token for token in doc[at + 1 : at + 4] if token.lower_ in {"of"} or token.pos_ == "PROPN"]
    return len(after) == 2 or any(token.pos_ == "PROPN" for token in doc[max(at - 3, 0) : at])


def _mentions_within(doc: Doc, sentences: Sequence[TextSpan]) -> Iterator[Mention]:
    for mention in told_mentions(doc):
        if any(sentence.start <= mention.start and mention.end <= sentence.end for sentence in sentences):
            yield mention


def _names_surroundings(doc: Doc, end: int) -> bool:
    """Whether the words after a name are for what lies around it: "Homs' northern outskirts", "Homs countryside"."""
    at, last = end, min(end + _BETWEEN_WORDS, len(doc))
    while at < last and (_is_direction(doc, at) or doc[at].lower_ in _POSSESSIVES):
        at += 1
    return at < len(doc) and doc[at].lower_ in _words("around")


def _relation_before(doc: Doc, at: int, start: int) -> WhereRelation | None:
    if at < 0:
        return None
    word, before = doc[at].lower_, doc[at - 1].lower_ if at else ""
    if word in _words("near") or (word == "of" and (before in _words("around") or _is_distance(doc, at - 1))):
        return "near"
    if word == "from" and (before in _words("measure") or (before == "away" and at > 1)):
        return "near"
    if word == "between" or (word == "and" and "between" in _lower(doc, at - _FIRST_OF_TWO, at)):
        return "between"
    return "from-to" if _is_way(doc, at, word, start) else None


def _is_way(doc: Doc, at: int, word: str, start: int) -> bool:
    """Whether a name ends or begins a stretch: "from Homs to Hama", both by their names."""
    if word == "to":
        first = _at_of(doc, "from", at - _FIRST_OF_TWO, at)
        return first is not None and doc[first + 1].ent_type_ != "" and doc[first - 1].lower_ not in _words("measure")
    if word == "from":
        second = _at_of(doc, "to", start, start + _TO_THE_OTHER)
        return second is not None and second + 1 < len(doc) and doc[second + 1].ent_type_ != ""
    return False


def _is_distance(doc: Doc, at: int) -> bool:
    """Whether a word is a direction from somewhere, no side of it: "north of Homs", not "the north of Syria"."""
    return at > 0 and doc[at].lower_ in _words("direction") and doc[at - 1].pos_ != "DET"


def _is_side_of(doc: Doc, at: int) -> bool:
    """Whether "of" stands behind a side of the place: "the north of Syria"."""
    return at > 1 and doc[at].lower_ == "of" and doc[at - 1].lower_ in _words("direction") and doc[at - 2].pos_ == "DET"


def _is_city_of(doc: Doc, at: int) -> bool:
    return at > 0 and doc[at].lower_ == "of" and doc[at - 1].lower_ in place_nouns("called")


def _is_direction(doc: Doc, at: int) -> bool:
    return folded(doc[at].text) in directions()


def _directions_within(mention: Mention, where: Entity) -> bool:
    """Whether the name itself has a direction that the place's own name lacks: "northern Syria"."""
    first, own = folded(mention.text).split(" ")[0], folded(where.name).split(" ")[0]
    return first in directions() and first != own


def _at_of(doc: Doc, word: str, first: int, last: int) -> int | None:
    return next((at for at in range(max(first, 1), min(last, len(doc) - 1)) if doc[at].lower_ == word), None)


def _lower(doc: Doc, first: int, last: int) -> list[str]:
    return [token.lower_ for token in doc[max(first, 0) : last]]


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("place-relations") if row["class"] == kind)


@cache
def _places() -> dict[str, str]:
    return {row["word"]: row["names"] for row in rows("place-relations") if row["class"] == "place"}
