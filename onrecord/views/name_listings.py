"""Places and actors as tables of words: those of the gazetteer, and those on record."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.reading.places.gazetteer import Place
from onrecord.record.roll import NamedOnRecord
from onrecord.views.listing import Column, Listing
from onrecord.views.words import number


def gazetteer_listing(places: Iterable[Place]) -> Listing:
    """A row for each place of the gazetteer."""
    columns = (
        Column("key"),
        Column("name", ratio=2),
        Column("level"),
        Column("country"),
        Column("people", number=True),
        Column("latitude", number=True),
        Column("longitude", number=True),
    )
    rows = (
        (
            place.key or "",
            place.name,
            place.level,
            place.country,
            number(place.population),
            f"{place.latitude:.4f}",
            f"{place.longitude:.4f}",
        )
        for place in places
    )
    return Listing(columns, rows, "The gazetteer has no place of that name.")


def named_listing(found: Iterable[NamedOnRecord]) -> Listing:
    """A row for each place or actor."""
    columns = (
        Column("key"),
        Column("name", ratio=2),
        Column("accounts", number=True),
        Column("level", optional=True),
        Column("country", optional=True),
        Column("latitude", number=True, optional=True),
        Column("longitude", number=True, optional=True),
    )
    rows = (
        (
            each.key,
            each.name,
            number(each.accounts),
            each.level or "",
            each.country or "",
            "" if each.latitude is None else f"{each.latitude:.4f}",
            "" if each.longitude is None else f"{each.longitude:.4f}",
        )
        for each in found
    )
    return Listing(columns, rows, "None is on record.")
