"""Proof that the decisions on record are those of the journal."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.archive.broken import NotWholeError
from onrecord.record import journal
from onrecord.record.decision_tables import anchors, decisions
from onrecord.record.journal import Entry


def decisions_proved(connection: Connection) -> int:
    """How many decisions there are, each as the journal tells of it; raises `NotWholeError` where one is not."""
    number = 0
    undone: dict[str, str | None] = {}
    for entry in journal.entries(connection, kind="decided"):
        _prove(connection, entry)
        if entry.what["act"] == "undo":
            _undo(undone, entry.subject, str(entry.what["id"]), connection)
        number += 1
    held = connection.scalar(select(func.count()).select_from(decisions))
    if held != number:
        raise NotWholeError("decisions", f"are {held}, where the journal tells of {number}")
    for row in connection.execute(select(decisions.c.id, decisions.c.undone_by)):
        if row.undone_by != undone.get(row.id):
            raise NotWholeError(f"decision {row.id}", "is not undone, or not by what the journal tells of")
    return number


def _undo(undone: dict[str, str | None], subject: str, by: str | None, connection: Connection) -> None:
    """Undoing an undoing brings back what it undid, and so on."""
    undone[subject] = by
    row = connection.execute(
        select(decisions.c.act, decisions.c.subject).where(decisions.c.id == subject)
    ).one_or_none()
    if row is not None and row.act == "undo":
        _undo(undone, row.subject, None if by else subject, connection)


def _prove(connection: Connection, entry: Entry) -> None:
    told = entry.what
    where = f"decision {told['id']}"
    row = connection.execute(select(decisions).where(decisions.c.id == told["id"])).one_or_none()
    if row is None:
        raise NotWholeError(where, "is missing")
    expected = {
        "number": entry.number,
        "at": entry.at,
        "by": entry.by,
        "act": told["act"],
        "subject": entry.subject,
        "field": told["field"],
        "before": json.dumps(told["before"]),
        "after": json.dumps(told["after"]),
        "why": entry.why,
    }
    held = row._asdict()
    differing = next((name for name, value in expected.items() if held[name] != value), None)
    if differing:
        raise NotWholeError(where, f"is not as the journal tells of it ({differing})")
    _prove_anchors(connection, where, str(told["id"]), told["anchors"])


def _prove_anchors(connection: Connection, where: str, id: str, told: list[dict[str, Any]]) -> None:
    wanted = select(anchors).where(anchors.c.decision == id).order_by(anchors.c.part)
    held = [{"role": row.role, **json.loads(row.anchor)} for row in connection.execute(wanted)]
    if held != told:
        raise NotWholeError(where, "does not hold on to what the journal tells of")
