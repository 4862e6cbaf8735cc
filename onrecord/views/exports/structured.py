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
            yield (",\n" if at else "\n") + as_json(dataclasses.asdict(value))
        yield "\n]"
    yield "}\n"


def json_lines_of(values: Iterable[Any]) -> Iterator[str]:
    """Each value (an incident with its accounts and every sentence, an article, …) as one line of JSON."""
    for value in values:
        yield as_json(dataclasses.asdict(value)) + "\n"


def as_json(value: object) -> str:
    """The value as JSON in UTF-8; half a surrogate pair, which has no UTF-8, is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return text if _speaks_utf8(text) else json.dumps(value)


def _speaks_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
