"""The record as files for other programs: CSV, JSON and GeoJSON (RFC 7946), made piece by piece.

The record's disagreements are kept: a row or object holds every account with its own figures, beside the range.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.record.shapes import Account, IncidentOnRecord, Named, TollRange
from onrecord.views.accounts import AccountRange, range_in
from onrecord.views.words import event_name, voice_of

if TYPE_CHECKING:
    from onrecord.record import Filter, Record

FORMAT = "onrecord-export/1"
BEGINS_FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")  # what a spreadsheet takes for more than text
HARMS = ("killed", "wounded", "missing", "detained", "kidnapped", "displaced")
RANGE_PARTS = ("low", "best", "high", "open")

Cell = str | int | float | None

COLUMNS = (
    "incident",
    "account",
    "type",
    "mode",
    "event",
    "status",
    "since",
    "until",
    "place",
    "place_key",
    "place_level",
    "country",
    "latitude",
    "longitude",
    "where_relation",
    "perpetrators",
    "targets",
    "weapons",
    *(f"account_{effect}_{part}" for effect in HARMS for part in RANGE_PARTS),
    *(f"incident_{effect}_{part}" for effect in HARMS for part in RANGE_PARTS),
    "incident_origins",
    "voice",
    "voice_kind",
    "article",
    "outlet",
    "published",
    "title",
    "url",
    "copy_of",
    "sentence",
)
"""The columns of the CSV: an incident's account in each row."""


def csv_of(incidents: Iterable[IncidentOnRecord]) -> Iterator[str]:
    """The accounts of the incidents as lines of CSV (RFC 4180, UTF-8), the names of the columns first.

    A field that a spreadsheet would take for a formula begins with an apostrophe.
    """
    yield _csv_line(COLUMNS)
    for incident in incidents:
        for account in incident.accounts:
            yield _csv_line([_unarmed(cell) for cell in _row(incident, account)])


def json_of(record: Record, of: Filter) -> Iterator[str]:
    """The record, or the part that fits, as one JSON object: incidents, tolls, truces, labels, articles."""
    yield f'{{"format": {json.dumps(FORMAT)}'
    parts: tuple[tuple[str, Iterable[Any]], ...] = (
        ("articles", record.articles(of)),
        ("incidents", record.incidents(of)),
        ("tolls", record.tolls(of)),
        ("truces", record.truces(of)),
        ("labels", record.labels(of)),
    )
    for name, values in parts:
        yield f',\n"{name}": ['
        for at, value in enumerate(values):
            yield (",\n" if at else "\n") + _json(dataclasses.asdict(value))
        yield "\n]"
    yield "}\n"


def geojson_of(incidents: Iterable[IncidentOnRecord]) -> Iterator[str]:
    """The incidents as a GeoJSON FeatureCollection (RFC 7946): each a point at its narrowest place, or without one."""
    yield '{"type": "FeatureCollection", "features": ['
    for at, incident in enumerate(incidents):
        yield (",\n" if at else "\n") + _json(_feature(incident))
    yield "\n]}\n"


def _row(incident: IncidentOnRecord, account: Account) -> Iterator[Cell]:
    place = account.places[0] if account.places else Named("")
    yield from (incident.id, account.id, account.type, account.mode, event_name(account.type, account.mode))
    yield from (account.status, account.since, account.until)
    yield from (place.name, place.key, place.level, place.country, place.latitude, place.longitude)
    yield account.where_relation
    yield "; ".join(f"{party.name} ({party.blame})" for party in account.perpetrators)
    yield "; ".join(dict.fromkeys(target.name or target.words for target in account.targets))
    yield "; ".join(account.weapons)
    for effect in HARMS:
        yield from _range_cells(range_in(incident, account, effect))
    for effect in HARMS:
        yield from _range_cells(_whole_range(incident.tolls, effect))
    yield incident.origins
    yield from (voice_of(account.voice), account.voice.kind)
    article = account.article
    yield from (article.id, article.outlet, article.published, article.title, article.url, article.copy_of)
    yield " ".join(dict.fromkeys(evidence.sentence for evidence in account.evidence))


def _range_cells(range: AccountRange | TollRange | None) -> tuple[Cell, ...]:
    if range is None or range.high is None:
        return (None,) * len(RANGE_PARTS)
    return range.low, range.best, range.high, "yes" if range.open else "no"


def _whole_range(tolls: Sequence[TollRange], effect: str) -> TollRange | None:
    """The toll of all who were harmed so."""
    return next((toll for toll in tolls if toll.effect == effect and not toll.status and not toll.group), None)


def _feature(incident: IncidentOnRecord) -> dict[str, object]:
    place = next((place for place in incident.places if place.latitude is not None), None)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": place and {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": {
            "type": incident.type,
            "mode": incident.mode,
            "event": event_name(incident.type, incident.mode),
            "status": incident.status,
            "since": incident.since,
            "until": incident.until,
            "place": place.name if place else None,
            "place_key": place.key if place else None,
            "place_level": place.level if place else None,
            "country": place.country if place else None,
            "perpetrators": list(incident.perpetrators),
            "targets": list(incident.targets),
            "outlets": list(incident.outlets),
            "origins": incident.origins,
            "tolls": [_toll_values(toll) for toll in incident.tolls],
            "accounts": [_account_values(account) for account in incident.accounts],
        },
    }


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


def _unarmed(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.lstrip().startswith(BEGINS_FORMULA):
        return "'" + cell
    return cell


def _csv_line(cells: Iterable[Cell]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(["" if cell is None else cell for cell in cells])
    return line.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
