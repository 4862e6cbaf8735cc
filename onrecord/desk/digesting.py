"""What is kept of an incident and of an article in the desk's digests, as rows of their tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta

from onrecord.desk.reckoning import Reckoned, figures_by_outlet, reckoned
from onrecord.reading.schema import WIDE_LEVELS
from onrecord.record.accounts import folded
from onrecord.record.evidence import Telling
from onrecord.record.shapes import IncidentOnRecord

Row = dict[str, object]
UNHAPPENED = frozenset({"planned", "threatened", "demanded", "attempted", "denied"})
"""Incidents of this status count in no sum of tolls."""


def incident_row(incident: IncidentOnRecord) -> Row:
    """An incident in a line."""
    known = reckoned(incident)
    place, killed = known.place, known.killed
    published = [account.article.published[:10] for account in incident.accounts if account.article.published]
    return {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "status": incident.status,
        "deed": known.deed,
        "since": incident.since,
        "until": incident.until,
        "published": min(published, default=None),
        "place": place.name if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "level": place.level if place else None,
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
        "killed_open": bool(killed and killed.open),
        "by": ", ".join(incident.perpetrators),
        "accounts": len(incident.accounts),
        "outlets": len(incident.outlets),
        "origins": incident.origins,
        "disputes": json.dumps(known.disputes),
        "doubts": json.dumps(known.doubts, ensure_ascii=False),
        "uncertainty": known.uncertainty,
        "consequence": known.consequence,
        "decided": known.decided,
        "disputed": len(known.disputes),
        "deaths": (killed.best or killed.low or 0) if killed else 0,
        "pressing": known.uncertainty * known.consequence,
        "placed": bool(place and place.level and place.level not in WIDE_LEVELS and place.latitude is not None),
        "week": _week(incident, known),
    }


def _week(incident: IncidentOnRecord, known: Reckoned) -> str | None:
    """The Monday of the week in whose sum it counts: deeds with a figure alone, and none that did not happen."""
    if not known.deed or incident.status in UNHAPPENED or known.killed is None or known.killed.high is None:
        return None
    try:
        day = date.fromisoformat(incident.since or "")
    except ValueError:
        return None
    return (day - timedelta(days=day.weekday())).isoformat()


def figure_rows(incident: IncidentOnRecord) -> Iterator[Row]:
    """What the outlets tell of those killed in an incident."""
    for figure in figures_by_outlet(incident):
        yield {"incident": incident.id, **asdict(figure)}


def speaker_rows(telling: Telling) -> Iterator[Row]:
    """Who speaks in an article, and how often."""
    said: dict[tuple[str, bool], int] = {}
    for given in telling.reading.attributions:
        if given.act == "statement" and given.content:
            voice = telling.speaker(given)
            key = (voice.name, voice.kind == "speaker")
            said[key] = said.get(key, 0) + 1
    for (name, named), claims in said.items():
        yield {"article": telling.article, "name": name, "folded": folded(name), "named": named, "claims": claims}
