"""Where a happening was, as exports tell it: its narrowest place, the regions around it, how exactly it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon import Row, rows
from onrecord.reading.places.gazetteer import gazetteer
from onrecord.reading.places.precision import acled_geo_precision, ucdp_where_precision
from onrecord.reading.schema import AcledGeoPrecision, UcdpWherePrecision, WhereRelation
from onrecord.record.shapes import IncidentOnRecord, Named

_NO_COUNTRY: Row = dict.fromkeys(("iso3", "number", "acled", "acled_region", "ucdp", "ucdp_region", "name"), "")


@dataclass(frozen=True, slots=True)
class Site:
    """A place with what surrounds it; `place` is `None` where no place is told."""

    place: Named | None
    relation: WhereRelation | None
    adm1: str | None
    adm2: str | None
    country: str | None
    """ISO 3166-1 alpha-2."""
    geo_precision: AcledGeoPrecision | None
    where_prec: UcdpWherePrecision | None

    @property
    def names(self) -> Row:
        """The country's codes and names, as `data/export-countries.tsv` has them; empty for one that is not there."""
        return countries().get(self.country or "", _NO_COUNTRY)


def site_of(places: Sequence[Named], relation: WhereRelation | None, *, part: bool = False) -> Site:
    """The site of a happening whose places are these, the narrowest first: of those the first that is on the map."""
    if not places:
        return Site(None, None, None, None, None, None, None)
    place = next((place for place in places if place.latitude is not None), places[0])
    country = next((each.country for each in places if each.country), None)
    level = place.level or "settlement"
    return Site(
        place=place,
        relation=relation,
        adm1=_told(places, "adm1") or _first_level(place.name, place.key),
        adm2=_told(places, "adm2"),
        country=country,
        geo_precision=acled_geo_precision(level, relation, part=part),
        where_prec=ucdp_where_precision(level, relation, part=part),
    )


def site_of_incident(incident: IncidentOnRecord) -> Site:
    """The site of an incident: the places of most accounts, and how most of those relate to them."""
    told = [(each.where_relation, each.where_part) for each in incident.accounts if each.places == incident.places]
    relation, part = max(told, key=told.count, default=(None, False))
    return site_of(incident.places, relation, part=part)


@cache
def countries() -> dict[str, Row]:
    """Codes and names of countries by ISO 3166-1 alpha-2."""
    return {row["country"]: {**row, "name": row["acled"]} for row in rows("export-countries")}


def _told(places: Sequence[Named], level: str) -> str | None:
    return next((place.name for place in places if place.level == level), None)


@cache
def _first_level(name: str, key: str | None) -> str | None:
    """The first-level region in which the gazetteer has the place of this name and key."""
    found = (place for place in gazetteer().named(name) if key and place.key == key)
    place = next(found, None)
    return _regions().get((place.country, place.region)) if place is not None else None


@cache
def _regions() -> dict[tuple[str, str], str]:
    regions = {(row["country"], row["code"]): row["name"] for row in rows("places-regions")}
    return regions | {("US", row["state"]): row["name"] for row in rows("places-states")}
