"""Place names as texts have them, and the entries of the gazetteer that they may mean."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from onrecord.reading.places.gazetteer import Gazetteer, Place
from onrecord.reading.places.nouns import directions, levels_by_noun
from onrecord.reading.spelling import folded

# How unlike a spelling may be that has the same consonants, by letters changed in ten.
MOST_CHANGES_IN_TEN = 4


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place name in an article; `within` is the name of the place that the text says it lies in.

    `is_quarter` tells that it is called a part of a town: "the Midan quarter".
    """

    text: str
    within: str | None = None
    is_quarter: bool = False

    @property
    def key(self) -> str:
        """The name folded: mentions of one key mean one place."""
        return folded(self.text)


def readings_of(gazetteer: Gazetteer, name: str) -> tuple[Place, ...]:
    """The places that a name may mean: as it stands; else without what is no part of it ("northern", "city of",
    "province", small words after it)."""
    name = " ".join(name.split())
    return gazetteer.named(name) or _in_parts(gazetteer, name) or _plainer(gazetteer, name)


def respellings_of(gazetteer: Gazetteer, name: str, countries: Container[str]) -> tuple[Place, ...]:
    """The places of these countries whose names are spelled like a name that the gazetteer lacks: "Gazientep".

    Only in countries that the article speaks of: elsewhere a likeness is chance.
    """
    plain, _ = _plain(name)
    alike = [place for place in gazetteer.alike(plain) if place.country in countries and _is_spelling_of(plain, place)]
    # What is spelled like a province is, as by the province's own name, the town first.
    named = [other for place in alike for other in gazetteer.named(place.name) if other.country == place.country]
    return tuple({place.id: place for place in (*named, *alike)}.values())


def _in_parts(gazetteer: Gazetteer, name: str) -> tuple[Place, ...]:
    """Places of a name that brings its own holder along: "Brandbergen, Stockholm"."""
    first, comma, _ = name.partition(",")
    return gazetteer.named(first) if comma else ()


def _plainer(gazetteer: Gazetteer, name: str) -> tuple[Place, ...]:
    plain, levels = _plain(name)
    if plain == folded(name):
        return ()
    found = gazetteer.named(plain)
    return tuple(place for place in found if place.level in levels) or found


def _plain(name: str) -> tuple[str, frozenset[str]]:
    """The name, folded, without what is no part of it, and the levels of place that this tells."""
    words = name.split()
    while len(words) > 1 and words[-1].islower() and words[-1] not in levels_by_noun():
        words.pop()
    words = folded(" ".join(words)).split()
    while len(words) > 1 and words[0] in directions():
        words = words[1:]
    if len(words) > 2 and words[1] == "of" and words[0] in levels_by_noun():
        return " ".join(words[2:]), levels_by_noun()[words[0]]
    if len(words) > 1 and words[-1] in levels_by_noun():
        return " ".join(words[:-1]), levels_by_noun()[words[-1]]
    return " ".join(words), frozenset()


def _is_spelling_of(name: str, place: Place) -> bool:
    """Whether two names with the same consonants may be one: the same first letter, and few letters changed."""
    one, other = folded(name), folded(place.name)
    changes = Levenshtein.distance(one, other)
    return len(one) >= 5 and changes * 10 <= MOST_CHANGES_IN_TEN * len(one)
