"""What people decided, beside what the machine read: in columns of their own, so that the two are never mixed up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.record.shapes import Account, DecisionOnRecord, Evidence, IncidentOnRecord
from onrecord.views.exports.columns import Cell, once

NOTHING: tuple[Cell, ...] = ((), (), None, None, (), None, ())
"""The cells where nobody decided anything."""


def decision_cells(decisions: Iterable[DecisionOnRecord]) -> tuple[Cell, ...]:
    """Acts, fields, the machine's values, the people's values, by whom, when last, why; of the decisions in force."""
    given = list(decisions)
    if not given:
        return NOTHING
    corrections = [decision for decision in given if decision.act == "correct"]
    return (
        once(decision.act for decision in given),
        once(decision.field or "" for decision in corrections),
        _values((decision, decision.machine) for decision in corrections),
        _values((decision, decision.after) for decision in corrections),
        once(decision.by for decision in given),
        max(decision.at for decision in given)[:10],
        once(decision.why for decision in given),
    )


def decisions_on_account(incident: IncidentOnRecord, account: Account) -> tuple[DecisionOnRecord, ...]:
    """What people decided on an account and on the figures of its article, and on where it belongs, the first first."""
    return _in_force((*incident.decisions, *account.decisions, *_on_evidence(incident, (account,))))


def decisions_on_incident(incident: IncidentOnRecord) -> tuple[DecisionOnRecord, ...]:
    """What people decided on an incident, its accounts and its figures, the first first."""
    on_accounts = (decision for account in incident.accounts for decision in account.decisions)
    return _in_force((*incident.decisions, *on_accounts, *_on_evidence(incident, incident.accounts)))


def _on_evidence(incident: IncidentOnRecord, accounts: Iterable[Account]) -> Iterator[DecisionOnRecord]:
    articles = set()
    for account in accounts:
        articles.add(account.article.id)
        for evidence in account.evidence:
            yield from evidence.decisions
    for evidence in _of_figures(incident):
        if evidence.decisions and evidence.article in articles:
            yield from evidence.decisions


def _of_figures(incident: IncidentOnRecord) -> Iterator[Evidence]:
    for toll in incident.tolls:
        for figure in toll.figures:
            for origin in figure.origins:
                yield from origin.evidence


def _in_force(decisions: Iterable[DecisionOnRecord]) -> tuple[DecisionOnRecord, ...]:
    by_id = {each.id: each for each in decisions if each.undone_by is None and not each.lost}
    return tuple(sorted(by_id.values(), key=lambda decision: decision.number))


def _values(given: Iterable[tuple[DecisionOnRecord, Any]]) -> str | None:
    """The values as one JSON object by fact and field; `None` where nothing was corrected."""
    values = {f"{decision.subject}.{decision.field}": value for decision, value in given}
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else None
