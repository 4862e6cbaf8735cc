"""What is kept of an incident and of an article in the desk's digests, as rows of their tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from onrecord.desk.reckoning import figures_by_outlet, reckoned
from onrecord.record.evidence import Telling
from onrecord.record.shapes import IncidentOnRecord
from onrecord.record.shelf import UNNAMED_OUTLET

Row = dict[str, object]


def incident_row(incident: IncidentOnRecord, signature: str) -> Row:
    """An incident in a line; `signature` changes when what is told of it does."""
    known = reckoned(incident)
    place, killed = known.place, known.killed
    published = [account.article.published[:10] for account in incident.accounts if account.article.published]
    return {
        "id": incident.id,
        "signature": signature,
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
    }


def figure_rows(incident: IncidentOnRecord) -> Iterator[Row]:
    """What the outlets tell of those killed in an incident."""
    for figure in figures_by_outlet(incident):
        yield {"incident": incident.id, **asdict(figure)}


def article_rows(tellings: Iterable[Telling]) -> tuple[list[Row], list[Row]]:
    """The labels and the speakers of articles."""
    labels: list[Row] = []
    speakers: list[Row] = []
    for telling in tellings:
        labels += _labels(telling)
        speakers += _speakers(telling)
    return labels, speakers


def _labels(telling: Telling) -> Iterator[Row]:
    for label in telling.reading.labels:
        own = label.by is None or label.by == "outlet"
        by = (telling.reading.outlet or UNNAMED_OUTLET) if own else telling.name_of(label.by)
        yield {
            "article": telling.article,
            "by": by or "",
            "by_outlet": own,
            "of": telling.name_of(label.of),
            "label": " ".join(label.text.casefold().split()),
            "tone": label.tone,
            "scare_quotes": label.scare_quotes,
            "start": label.start,
            "end": label.end,
        }


def _speakers(telling: Telling) -> Iterator[Row]:
    said: dict[tuple[str, bool], int] = {}
    for given in telling.reading.attributions:
        if given.act == "statement" and given.content:
            voice = telling.speaker(given)
            key = (voice.name, voice.kind == "speaker")
            said[key] = said.get(key, 0) + 1
    for (name, named), claims in said.items():
        yield {"article": telling.article, "name": name, "named": named, "claims": claims}
