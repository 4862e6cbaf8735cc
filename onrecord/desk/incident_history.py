"""What people decided on an incident: on which accounts are of it, and on the facts that its accounts tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from onrecord.desk import lines
from onrecord.desk.lines import Line
from onrecord.record import Filter, Record
from onrecord.record.decision_tables import anchors
from onrecord.record.shapes import DecisionOnRecord, FactOnRecord, IncidentOnRecord

DAYS_APART = 3
"""Incidents of one place within so many days may be one."""
CANDIDATES = 20


def history_of(record: Record, incident: IncidentOnRecord) -> tuple[DecisionOnRecord, ...]:
    """The decisions on an incident and on the facts of its accounts, the last made first; those undone among them."""
    told = [account.fact.partition("/") for account in incident.accounts if account.fact]
    accounts = {(article, local) for article, _, local in told}
    decided = _decided_articles(record, sorted({article for article, _ in accounts}))
    found = {made.id: made for made in record.decisions(incident.id)}
    found |= {made.id: made for made in incident.decisions}
    for article in decided:
        locals_here = {local for other, local in accounts if other == article}
        facts = {fact.id for fact in record.facts(article) if _is_of(fact, locals_here)}
        found |= {made.id: made for made in record.decisions(article) if made.subject in facts}
    return tuple(sorted(found.values(), key=lambda made: -made.number))


def candidates_for(record: Record, incident: IncidentOnRecord) -> tuple[Line, ...]:
    """Incidents with which this one may be one: of its place, some days apart at most."""
    if not incident.places or not incident.since:
        return ()
    place = incident.places[0]
    of = Filter(place=place.key or place.name, since=_shifted(incident.since, -DAYS_APART))
    of = replace(of, until=_shifted(incident.until or incident.since, DAYS_APART))
    with record.connection() as connection:
        found = lines.fitting(connection, of, limit=CANDIDATES + 1)
    return tuple(line for line in found if line.id != incident.id)[:CANDIDATES]


def _is_of(fact: FactOnRecord, locals_here: set[str]) -> bool:
    """Whether a fact is an account of the incident, or a figure that belongs or belonged to one."""
    if fact.id.partition("/")[2] in locals_here:
        return True
    return any(version and version.get("incident") in locals_here for version in (fact.machine, fact.decided))


def _decided_articles(record: Record, articles: Sequence[str]) -> Iterator[str]:
    """Those of the articles on which anything was decided."""
    with record.connection() as connection:
        wanted = select(anchors.c.holder).where(anchors.c.holder.in_(articles)).distinct()
        found = list(connection.scalars(wanted))
    return (article for article in found if article is not None)


def _shifted(day: str, by: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
    except (ValueError, OverflowError):
        return day
