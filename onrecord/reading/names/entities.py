"""What names stand for: one entity for all names of one person, organisation or place in an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.names.actors import Actor, actor_named
from onrecord.reading.names.spans import NameSpan
from onrecord.reading.places.gazetteer import Place
from onrecord.reading.schema import Entity, MentionType
from onrecord.reading.spelling import folded, without_articles
from onrecord.reading.words import Words


@dataclass(slots=True)
class _Cluster:
    """The names of one thing while they are gathered; `texts` in the order of the article."""

    type: MentionType
    texts: list[str] = field(default_factory=list)
    actor: Actor | None = None
    place: Place | None = None


def entities_of(
    words: Words, names: Sequence[NameSpan], places: dict[NameSpan, Place], on: str | None = None
) -> tuple[list[str], tuple[Entity, ...]]:
    """For each name the id of its entity, and the entities in the order of their first mention.

    `on` (ISO 8601) is the day of publication: names that passed from one to another mean who bore them then.
    """
    texts = [words.name(name.start, name.end) for name in names]
    full_names = _full_names(names, texts)
    acronyms = _introduced_acronyms(words, names, texts)
    clusters: dict[tuple[str, str], _Cluster] = {}
    keys = []
    for name, text in zip(names, texts, strict=True):
        key, actor = _identity(name, text, places.get(name), full_names, acronyms, on)
        cluster = clusters.setdefault(key, _Cluster(name.type))
        cluster.texts.append(text)
        cluster.actor = cluster.actor or actor
        cluster.place = cluster.place or places.get(name)
        keys.append(key)
    ids = {key: f"e{number}" for number, key in enumerate(clusters, start=1)}
    return [ids[key] for key in keys], tuple(_entity(ids[key], cluster) for key, cluster in clusters.items())


def _identity(
    name: NameSpan, text: str, place: Place | None, full_names: dict[str, str], acronyms: dict[str, str], on: str | None
) -> tuple[tuple[str, str], Actor | None]:
    """What a name stands for, as a key that all its names share, and the actor of the base that it is."""
    actor = name.actor
    if name.type == "person" and actor is None:
        text = full_names.get(folded(text), text)
        actor = _person(text, on)
    elif name.type == "organisation" and actor is None and text in acronyms:
        text = acronyms[text]
        actor = actor_named(text, on)
    if place is not None:
        return ("place", str(place.id)), actor
    if actor is not None:
        return ("actor", actor.name), actor
    return (name.type, without_articles(folded(text))), None


def _person(text: str, on: str | None) -> Actor | None:
    actor = actor_named(text, on)
    return actor if actor is not None and actor.type == "person" else None


def _full_names(names: Sequence[NameSpan], texts: Sequence[str]) -> dict[str, str]:
    """For each short name of a person ("Hammond") the full one that the article has ("Philip Hammond").

    A short name that two people bear stands for the one named last before it; here, for the one named first. Of a name
    of three words or more, as Spanish ones are, the first ones and those in the middle stand for it, too; and so do
    its last ones ("Mora Vidal" of "Rosa Mora Vidal"), unless two people have them.
    """
    full = [text for name, text in zip(names, texts, strict=True) if name.type == "person" and " " in text]
    short: dict[str, str] = {}
    for text in full:
        words = folded(text).split()
        for first in range(1, len(words)):
            short.setdefault(" ".join(words[first:]), text)
        short.setdefault(words[0], text)
    ends = _ends(full)
    for text in full:
        if folded(text) not in ends:
            short.pop(folded(text), None)
    given = _beginnings(full) | short
    return {part: _longest(text, given) for part, text in given.items()}


def _longest(text: str, given: dict[str, str]) -> str:
    """The longest name that a name stands for: that of "Mora Vidal" where "Mora" stands for this one."""
    for _ in given:
        longer = given.get(folded(text), text)
        if len(longer) <= len(text):
            break
        text = longer
    return text


def _beginnings(full: Sequence[str]) -> dict[str, str]:
    """The first words, and each inner one, of longer names: "Rosa Mora" and "Mora" of "Rosa Mora Vidal"."""
    bearers: dict[str, set[str]] = {}
    for text in full:
        words = folded(text).split()
        inner = [word for word, written in zip(words, text.split(), strict=False) if written[:1].isupper()][1:-1]
        for part in (*(" ".join(words[:end]) for end in range(2, len(words))), *inner):
            bearers.setdefault(part, set()).add(text)
    return {part: next(iter(texts)) for part, texts in bearers.items() if len(texts) == 1}


def _ends(full: Sequence[str]) -> set[str]:
    """The last words, two or more, of longer names, of those that end one person's name only."""
    bearers: dict[str, set[str]] = {}
    for words in {tuple(folded(text).split()) for text in full}:
        for first in range(1, len(words) - 1):
            bearers.setdefault(" ".join(words[first:]), set()).add(words[0])
    return {end for end, firsts in bearers.items() if len(firsts) == 1}


def _introduced_acronyms(words: Words, names: Sequence[NameSpan], texts: Sequence[str]) -> dict[str, str]:
    """The acronyms that the article gives in brackets after a name: "Free Idlib Army (FIA)"."""
    acronyms = {}
    for name, text in zip(names, texts, strict=True):
        opening, acronym, closing = (words.form(name.end + step) for step in range(3))
        if name.type == "organisation" and (opening, closing) == ("(", ")") and acronym.isupper() and len(acronym) > 1:
            acronyms[acronym] = text
    return acronyms


def _entity(identity: str, cluster: _Cluster) -> Entity:
    place, actor = cluster.place, cluster.actor
    if place is not None:
        return Entity(
            identity,
            "facility" if place.level == "facility" else "place",
            place.name,
            place.key,
            place.latitude,
            place.longitude,
            place.country or None,
            place.level,
        )
    if actor is not None:
        return Entity(identity, actor.type, actor.name, actor.key, country=actor.country)
    name = max(cluster.texts, key=len) if cluster.type in {"person", "organisation"} else cluster.texts[0]
    country = _countries().get(name) if cluster.type in {"nationality", "organisation"} else None
    return Entity(identity, cluster.type, name, country=country)


@cache
def _countries() -> dict[str, str | None]:
    """The country of each word for belonging to one."""
    by_word: defaultdict[str, str | None] = defaultdict(lambda: None)
    by_word.update({row["word"]: row["country"] or None for row in rows("demonyms")})
    return by_word
