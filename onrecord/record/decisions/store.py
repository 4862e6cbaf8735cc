"""Decisions in the database: those in force on the facts of articles, and to what they hold on today."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select, update

from onrecord.errors import RecordError
from onrecord.reading.schema import Reading
from onrecord.record import tables
from onrecord.record.decision_tables import anchors, decisions
from onrecord.record.decisions.anchors import Anchor, found_again, told
from onrecord.record.decisions.applying import Verdict, as_json, field_of
from onrecord.record.groups import portions
from onrecord.record.readings import Readings
from onrecord.record.shapes import DecisionOnRecord

FACT, VALUE = "fact", "value"
"""Roles of anchors: the fact that is decided on; the one that a correction names ("it belongs to that incident")."""
VERDICTS = ("accept", "reject", "correct")
LINKING = ("merge", "split", "move")
_DECISIONS, _ANCHORS = decisions.c, anchors.c
_FIRST_DECISION = select(decisions.c.id).limit(1)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision in force on a fact of an article, and what it comes to in the reading of today."""

    decision: DecisionOnRecord
    verdict: Verdict


def on_record(row: Row[Any]) -> DecisionOnRecord:
    """A row of the table as a shape; what the machine reads there and whether that is lost is not looked up."""
    return DecisionOnRecord(
        id=row.id,
        number=row.number,
        at=row.at,
        by=row.by,
        act=row.act,
        subject=row.subject,
        field=row.field,
        before=json.loads(row.before),
        after=json.loads(row.after),
        why=row.why,
        undone_by=row.undone_by,
    )


def decision(connection: Connection, id: str) -> DecisionOnRecord:
    """The decision of this id; raises `RecordError` where there is none."""
    row = connection.execute(select(decisions).where(_DECISIONS.id == id)).one_or_none()
    if row is None:
        raise RecordError(f"there is no decision {id} on record", advice="see onrecord decisions")
    return on_record(row)


def rulings_on(connection: Connection, articles: Sequence[str]) -> dict[str, tuple[Ruling, ...]]:
    """The decisions in force on the facts of these articles, the first made first."""
    found: dict[str, list[Ruling]] = defaultdict(list)
    for some in portions(articles):
        rows = connection.execute(_in_force().where(_ANCHORS.holder.in_(some))).all()
        values = {row.id: row.local for row in rows if row.role == VALUE}
        for row in rows:
            if row.role == FACT and (row.field != "incident" or row.id in values or json.loads(row.after) is None):
                made = on_record(row)
                value = values.get(row.id, made.after)
                found[row.holder].append(Ruling(made, Verdict(row.id, row.act, row.local, row.field, value)))
    return {article: tuple(rulings) for article, rulings in found.items()}


def with_machine(rulings: Iterable[Ruling], reading: Reading) -> tuple[DecisionOnRecord, ...]:
    """Decisions with what the machine reads where they hold on."""
    return tuple(replace(each.decision, machine=_machine(each, reading)) for each in rulings)


def lost(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of the decisions that are about nothing that is still read: all of their anchors are gone."""
    gone: set[str] = set()
    for some in portions(ids):
        rows = connection.execute(select(_ANCHORS.decision, _ANCHORS.local).where(_ANCHORS.decision.in_(some))).all()
        gone |= {row.decision for row in rows} - {row.decision for row in rows if row.local is not None}
    return gone


def anchored_by(connection: Connection, ids: Iterable[str]) -> dict[str, list[Row[Any]]]:
    """The anchors of decisions, in their order."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for some in portions(sorted(ids)):
        wanted = select(anchors).where(_ANCHORS.decision.in_(some)).order_by(_ANCHORS.decision, _ANCHORS.part)
        for row in connection.execute(wanted):
            found[row.decision].append(row)
    return found


def any_decisions(connection: Connection) -> bool:
    """Whether anybody ever decided anything."""
    return connection.scalar(_FIRST_DECISION) is not None


def hold_on(connection: Connection, article: str, reading: Reading | None) -> tuple[set[str], set[str]]:
    """Find anew what decisions hold on to in an article that was read anew (or is gone: `None`).

    Gives the ids of the decisions of which an anchor is now elsewhere, and the other articles that it left or went to.
    """
    hashes = select(tables.sources.c.sha256).where(tables.sources.c.article == article)
    touched = or_(_ANCHORS.holder == article, _ANCHORS.article == article, _ANCHORS.sha256.in_(hashes))
    moved: set[str] = set()
    elsewhere: set[str | None] = set()
    readings = _Held(connection, article, reading)
    for row in connection.execute(select(anchors).where(touched)).all():
        holder, local = _place(readings, Anchor.from_json(json.loads(row.anchor)))
        if (holder, local) != (row.holder, row.local):
            where = (_ANCHORS.decision == row.decision) & (_ANCHORS.part == row.part)
            connection.execute(update(anchors).where(where).values(holder=holder, local=local))
            moved.add(row.decision)
            elsewhere |= {row.holder, holder}
    return moved, {other for other in elsewhere if other is not None and other != article}


class _Held:
    """The readings in which an anchor may be found."""

    def __init__(self, connection: Connection, article: str, reading: Reading | None) -> None:
        self._connection = connection
        self._known: dict[str, Reading | None] = {article: reading}
        self._readings = Readings(connection)

    def candidates(self, anchor: Anchor) -> Iterator[tuple[str, Reading]]:
        """The article that was decided on, then those from the same bytes, by id."""
        sources = tables.sources.c
        wanted = select(sources.article).where(sources.sha256 == anchor.sha256).distinct().order_by(sources.article)
        for article in dict.fromkeys((anchor.article, *self._connection.scalars(wanted).all())):
            reading = self._of(article)
            if reading is not None:
                yield article, reading

    def _of(self, article: str) -> Reading | None:
        if article not in self._known:
            try:
                self._known[article] = self._readings.of(article)
            except RecordError:
                self._known[article] = None
        return self._known[article]


def _place(readings: _Held, anchor: Anchor) -> tuple[str | None, str | None]:
    for article, reading in readings.candidates(anchor):
        local = found_again(reading, anchor)
        if local is not None:
            return article, local
    return None, None


def _in_force() -> Select[Any]:
    return (
        select(decisions, _ANCHORS.role, _ANCHORS.holder, _ANCHORS.local)
        .join(anchors, _ANCHORS.decision == _DECISIONS.id)
        .where(_DECISIONS.undone_by.is_(None), _DECISIONS.act.in_(VERDICTS), _ANCHORS.local.is_not(None))
        .order_by(_DECISIONS.number, _ANCHORS.part)
    )


def _machine(ruling: Ruling, reading: Reading) -> Any:
    if ruling.verdict.field is not None:
        return field_of(reading, ruling.verdict.local, ruling.verdict.field)
    found = told(reading, ruling.verdict.local)
    return None if found is None else as_json(found[1])


def by_fact(rulings: Iterable[Ruling], reading: Reading) -> Mapping[str, tuple[DecisionOnRecord, ...]]:
    """The decisions by the id of the fact in the reading."""
    found: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        found[ruling.verdict.local].append(ruling)
    return {local: with_machine(theirs, reading) for local, theirs in found.items()}
