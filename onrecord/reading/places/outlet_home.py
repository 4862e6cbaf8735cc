"""Where an outlet is at home, by its name, its domain and its country's top-level domain."""

from __future__ import annotations

import re
from functools import cache

from onrecord.articles.addresses import host_of
from onrecord.lexicon import Row, rows
from onrecord.reading.places.countries import country_names
from onrecord.reading.places.gazetteer import Gazetteer, Place

_SHORTEST_TOWN = 4


def home_of(gazetteer: Gazetteer, outlet: str | None, url: str | None) -> Place | None:
    """The town, or else the country, of an outlet; None where neither its name nor its address tells.

    "oxfordpress.com" is at home in a town called Oxford (which one, `places` finds out by the article's other
    places; here it is the most populous), "thehindu.co.in" in India.
    """
    domain = _domain(outlet, url)
    for name in (domain, outlet):
        if name in _homes():
            return _of_row(gazetteer, _homes()[name])
    return _of_top_level(gazetteer, domain) if domain else None


def home_names(outlet: str | None, url: str | None) -> list[str]:
    """The town names that an outlet's own name may hold: "gainesville" of gainesville.com."""
    domain = _domain(outlet, url)
    label = domain.split(".")[0] if domain else ""
    words = _outlet_words()
    names = [label] if len(label) >= _SHORTEST_TOWN else []
    for cut in range(_SHORTEST_TOWN, len(label)):
        if _are_outlet_words(label[cut:], words):
            names.append(label[:cut])
    return names


def _domain(outlet: str | None, url: str | None) -> str | None:
    host = host_of(url)
    if host is None and outlet and re.fullmatch(r"[\w.-]+\.[a-z]{2,}", outlet):
        host = outlet.removeprefix("www.")
    return host


def _of_row(gazetteer: Gazetteer, row: Row) -> Place | None:
    for place in gazetteer.named(row["place"]):
        if place.country == row["country"] and row["region"] in {"", place.region}:
            return place
    return None


def _of_top_level(gazetteer: Gazetteer, domain: str) -> Place | None:
    ending = domain.rpartition(".")[2].upper()
    name = country_names().get("GB" if ending == "UK" else ending)
    return next((place for place in gazetteer.named(name) if place.level == "country"), None) if name else None


def _are_outlet_words(rest: str, words: frozenset[str]) -> bool:
    rest = rest.replace("-", "")
    return not rest or any(rest.startswith(word) and _are_outlet_words(rest[len(word) :], words) for word in words)


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("outlet-words"))


@cache
def _homes() -> dict[str | None, Row]:
    return {row["outlet"]: row for row in rows("outlet-homes")}
