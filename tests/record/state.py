"""What a record holds, apart from when it came and in which order."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from onrecord.record import Record


def state_of(record: Record) -> dict[str, Any]:
    """All that can be asked of a record, as plain values without the moments of adding."""
    summary = asdict(record.summary())
    return {
        "summary": summary,
        "articles": [_plain(article) for article in record.articles()],
        "stories": [_plain(story) for story in record.stories()],
        "incidents": [_plain(incident) for incident in record.incidents()],
        "truces": [_plain(truce) for truce in record.truces()],
        "labels": [_plain(label) for label in record.labels()],
        "claims": [_plain(claim) for claim in record.claims()],
        "tolls": [_plain(toll) for toll in record.tolls()],
    }


def _plain(shape: Any) -> Any:
    return _without_moments(asdict(shape))


def _without_moments(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_moments(inner) for name, inner in value.items() if name != "added"}
    if isinstance(value, list | tuple):
        return [_without_moments(inner) for inner in value]
    return value
