"""A release read back: what it holds can be asked for as of a record, and exported again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from onrecord.errors import RecordError
from onrecord.record import fitting
from onrecord.record.shapes import (
    EVERYTHING,
    ArticleOnRecord,
    DecisionOnRecord,
    Filter,
    IncidentOnRecord,
    LabelCell,
    Toll,
    TruceOnRecord,
)
from onrecord.record.statements import tolls_of_incident

T = TypeVar("T")

ARTICLES, INCIDENTS, TOLLS = "articles.jsonl", "incidents.jsonl", "tolls.jsonl"
TRUCES, LABELS, DECISIONS = "truces.jsonl", "labels.jsonl", "decisions.jsonl"


class FrozenRecord:
    """What a release holds, a line at a time; it keeps no texts, so that `Filter.text` is refused.

    Raises `RecordError` where a file is missing or a line is not what it should be.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def articles(self, of: Filter = EVERYTHING) -> Iterator[ArticleOnRecord]:
        """The articles that fit; with a type, place or actor those that tell of an incident or truce that fits."""
        wanted = self._told(of) if of.type or of.place or of.actor else None
        found = (
            article
            for article in self._all(ARTICLES, ArticleOnRecord)
            if fitting.article_fits(article, of) and (wanted is None or article.id in wanted)
        )
        return islice(found, of.limit)

    def incidents(self, of: Filter = EVERYTHING) -> Iterator[IncidentOnRecord]:
        """The incidents with an account that fits, each with all of its accounts."""
        return self._fitting(INCIDENTS, IncidentOnRecord, fitting.incident_fits, of)

    def tolls(self, of: Filter = EVERYTHING) -> Iterator[Toll]:
        """The tolls of the incidents that fit, and then those of periods."""
        return islice(self._tolls(of), of.limit)

    def truces(self, of: Filter = EVERYTHING) -> Iterator[TruceOnRecord]:
        """The truces with a step that fits, each with all of its steps."""
        return self._fitting(TRUCES, TruceOnRecord, fitting.truce_fits, of)

    def labels(self, of: Filter = EVERYTHING) -> Iterator[LabelCell]:
        """Who calls whom what."""
        return self._fitting(LABELS, LabelCell, fitting.label_fits, of)

    def decisions(self) -> Iterator[DecisionOnRecord]:
        """What people had decided, the first first."""
        return self._all(DECISIONS, DecisionOnRecord)

    def _tolls(self, of: Filter) -> Iterator[Toll]:
        for incident in self.incidents(replace(of, type=None, limit=None)):
            yield from tolls_of_incident(incident, of)
        yield from self._fitting(TOLLS, Toll, fitting.toll_fits, replace(of, limit=None))

    def _told(self, of: Filter) -> set[str]:
        """The articles with an incident or truce that fits."""
        narrowed = replace(of, limit=None)
        told = {account.article.id for incident in self.incidents(narrowed) for account in incident.accounts}
        return told | {step.article.id for truce in self.truces(narrowed) for step in truce.steps}

    def _fitting(self, file: str, shape: type[T], fits: Callable[[T, Filter], bool], of: Filter) -> Iterator[T]:
        fitting.check(of)
        return islice((value for value in self._all(file, shape) if fits(value, of)), of.limit)

    def _all(self, file: str, shape: type[T]) -> Iterator[T]:
        path, adapter = self.folder / file, TypeAdapter(shape)
        try:
            with path.open("rb") as lines:
                for number, line in enumerate(lines, start=1):
                    yield _value(adapter, line, f"{path}:{number}")
        except OSError as fault:
            raise RecordError(
                f"cannot be read ({fault.strerror})", where=str(path), advice="see onrecord verify"
            ) from fault


def _value(adapter: TypeAdapter[T], line: bytes, where: str) -> T:
    try:
        return adapter.validate_json(line)
    except ValidationError as fault:
        raise RecordError(
            f"is not what a release holds ({fault.errors()[0]['msg']})", where=where, advice="see onrecord verify"
        ) from fault
