"""The record as JSON: one object with everything, or one incident a line."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from onrecord.record.shapes import (
    ArticleOnRecord,
    Filter,
    IncidentOnRecord,
    LabelCell,
    Toll,
    TruceOnRecord,
)
from onrecord.views.as_json import encoded

FORMAT = "onrecord-export/1"


class Holdings(Protocol):
    """What can be given out: a record, or a release of one."""

    def articles(self, of: Filter = ...) -> Iterator[ArticleOnRecord]:
        """The articles that fit."""

    def incidents(self, of: Filter = ...) -> Iterator[IncidentOnRecord]:
        """The incidents that fit."""

    def tolls(self, of: Filter = ...) -> Iterator[Toll]:
        """The tolls that fit."""

    def truces(self, of: Filter = ...) -> Iterator[TruceOnRecord]:
        """The truces that fit."""

    def labels(self, of: Filter = ...) -> Iterator[LabelCell]:
        """Who calls whom what."""


def json_of(holdings: Holdings, of: Filter) -> Iterator[str]:
    """The record, or the part that fits, as one JSON object: incidents, tolls, truces, labels, articles."""
    yield f'{{"format": {json.dumps(FORMAT)}'
    parts: tuple[tuple[str, Iterable[Any]], ...] = (
        ("articles", holdings.articles(of)),
        ("incidents", holdings.incidents(of)),
        ("tolls", holdings.tolls(of)),
        ("truces", holdings.truces(of)),
        ("labels", holdings.labels(of)),
    )
    for name, values in parts:
        yield f',\n"{name}": ['
        for at, value in enumerate(values):
            yield (",\n" if at else "\n") + line_of(value)
        yield "\n]"
    yield "}\n"


def json_lines_of(values: Iterable[Any]) -> Iterator[str]:
    """Each value (an incident with its accounts and every sentence, an article, …) as one line of JSON."""
    for value in values:
        yield line_of(value) + "\n"


def account_lines_of(incidents: Iterable[IncidentOnRecord]) -> Iterator[str]:
    """Each account as one line of JSON, with the id of its incident and how many independent origins tell of that."""
    for incident in incidents:
        for account in incident.accounts:
            about = {"incident": incident.id, "incident_origins": incident.origins}
            yield line_of(about | dataclasses.asdict(account)) + "\n"


def line_of(value: object) -> str:
    """The value as JSON on one line."""
    return encoded(value).decode()
