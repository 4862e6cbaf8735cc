"""The incidents as GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.record.shapes import Account, IncidentOnRecord, Named, TollRange
from onrecord.views.exports.columns import Cell
from onrecord.views.exports.days import day_precisions, days_of
from onrecord.views.exports.places import site_of_incident
from onrecord.views.exports.structured import line_of
from onrecord.views.words import event_name, voice_of

_DECIMALS = 6
"""Digits after the point of a degree: 10 centimetres, more than any place is known to (RFC 7946, section 11.2)."""


def geojson_of(incidents: Iterable[IncidentOnRecord]) -> Iterator[str]:
    """The incidents as a GeoJSON FeatureCollection: each a point at its narrowest place, or without one.

    A point in the middle of a region is not where something happened: the precision codes of ACLED and UCDP say how
    near to it the place is known.
    """
    yield '{"type": "FeatureCollection", "features": ['
    for at, incident in enumerate(incidents):
        yield (",\n" if at else "\n") + line_of(_feature(incident))
    yield "\n]}\n"


def _feature(incident: IncidentOnRecord) -> dict[str, object]:
    site = site_of_incident(incident)
    place = site.place
    time_precision, date_prec = day_precisions(days_of(incident.since, incident.until))
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": place and _point(place),
        "properties": {
            "type": incident.type,
            "mode": incident.mode,
            "event": event_name(incident.type, incident.mode),
            "status": incident.status,
            "since": incident.since,
            "until": incident.until,
            "time_precision": time_precision,
            "date_prec": date_prec,
            "place": place.name if place else None,
            "place_key": place.key if place else None,
            "place_level": place.level if place else None,
            "adm1": site.adm1,
            "country": place.country if place else None,
            "geo_precision": site.geo_precision,
            "where_prec": site.where_prec,
            "perpetrators": list(incident.perpetrators),
            "targets": list(incident.targets),
            "outlets": list(incident.outlets),
            "origins": incident.origins,
            "tolls": [_toll_values(toll) for toll in incident.tolls],
            "accounts": [_account_values(account) for account in incident.accounts],
        },
    }


def _point(place: Named) -> dict[str, object] | None:
    if place.longitude is None or place.latitude is None:
        return None
    return {"type": "Point", "coordinates": [round(place.longitude, _DECIMALS), round(place.latitude, _DECIMALS)]}


def _toll_values(toll: TollRange) -> dict[str, Cell]:
    return {
        "effect": toll.effect,
        "status": toll.status,
        "group": toll.group,
        "low": toll.low,
        "best": toll.best,
        "high": toll.high,
        "open": toll.open,
        "origins": toll.origins,
    }


def _account_values(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "outlet": account.article.outlet,
        "published": account.article.published,
        "url": account.article.url,
        "voice": voice_of(account.voice),
        "sentences": [evidence.sentence for evidence in account.evidence],
    }
