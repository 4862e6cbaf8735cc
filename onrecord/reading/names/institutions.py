"""Institutions that each country has, named without theirs: "the Defence Ministry" of the country that is spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from onrecord.lexicon import rows
from onrecord.reading.marks import DASHES
from onrecord.reading.names.actors import Actor, actor_named
from onrecord.reading.names.spans import NameSpan
from onrecord.reading.places.countries import country_names
from onrecord.reading.places.gazetteer import Place
from onrecord.reading.spelling import folded
from onrecord.reading.words import Words

_LONGEST_DATELINE = 16  # tokens


def with_institutions(words: Words, names: Sequence[NameSpan], places: dict[NameSpan, Place]) -> list[NameSpan]:
    """The names, where a bare "Defence Ministry" is that of a country.

    Of the one whose ministry the text named before; else of that in whose town the report is datelined; else of the
    state that acted last, or of the place named last. Without any it stays as it is.
    """
    found: list[NameSpan] = []
    dateline = _dateline(words)
    for at, name in enumerate(names):
        kind = _kinds().get(folded(words.name(name.start, name.end))) if name.type == "organisation" else None
        country = _country(words, found, places, dateline, kind) if kind is not None else None
        actor = _institution(kind, country) if kind is not None and country is not None else None
        found.append(names[at] if actor is None else replace(name, actor=actor))
    return found


def _dateline(words: Words) -> int:
    """How many tokens stand before the dash of a dateline: "KYIV, Ukraine -"; 0 where there is none."""
    dashes = (at for at in range(1, min(_LONGEST_DATELINE, len(words))) if words.forms[at] in DASHES)
    return next(dashes, 0)


def _country(
    words: Words, before: Sequence[NameSpan], places: dict[NameSpan, Place], dateline: int, kind: str
) -> str | None:
    fuller = (name.actor.country for name in reversed(before) if name.actor and _is_of_kind(words, name, kind))
    datelined = (places[name].country for name in before if name in places and name.end <= dateline)
    acting = (places[name].country for name in reversed(before) if name in places and name.type == "organisation")
    named = (places[name].country for name in reversed(before) if name in places)
    return next((country for group in (fuller, datelined, acting, named) for country in group if country), None)


def _is_of_kind(words: Words, name: NameSpan, kind: str) -> bool:
    text = folded(words.name(name.start, name.end))
    return any(text.endswith(written) for written, its in _kinds().items() if its == kind)


def _institution(kind: str, country: str) -> Actor | None:
    """The institution as the base has it, or made from its country's adjective where the base lacks it."""
    adjectives = _adjectives().get(country, ())
    written = [name for name, its in _kinds().items() if its == kind]
    for adjective in adjectives:
        known = (actor_named(f"{adjective} {name}") for name in written)
        actor = next((one for one in known if one is not None), None)
        if actor is not None:
            return actor
    if not adjectives:
        return None
    name = f"{adjectives[0]} {kind}"
    return Actor(name, "organisation", "government", country=country, key="actor:" + folded(name).replace(" ", "-"))


@cache
def _kinds() -> dict[str, str]:
    return {row["name"]: row["kind"] for row in rows("institutions")}


@cache
def _adjectives() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {"GB": ("UK",), "US": ("US",)}
    for row in rows("demonyms"):
        if row["country"] and row["form"] == "adjective":
            found[row["country"]] = (*found.get(row["country"], ()), row["word"])
    return {country: tuple(sorted(words, key=lambda word: _unlike(word, country))) for country, words in found.items()}


def _unlike(word: str, country: str) -> int:
    """Smaller the longer a word begins as the country's name does: "Georgian" before "Abkhaz"."""
    name = country_names().get(country, "")
    return -sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, name, strict=False)))
