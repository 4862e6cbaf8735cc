"""All articles linked anew, as this version of the program links them: after an upgrade that links otherwise."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from onrecord.record import adding, journal, tables
from onrecord.record.decision_tables import decisions
from onrecord.record.decisions.linking import bind
from onrecord.record.journal_tables import journal as entries
from onrecord.record.linker import linker, note_linker
from onrecord.record.listing import refresh

KIND = "linked"
"""The kind of the entry in the journal that says which linker made all links there were."""


def link_anew(connection: Connection) -> int:
    """Take every link away and make it again from readings and decisions, and give the number of articles.

    It takes as long as adding them did, in one transaction. What people decided stays.
    """
    articles = connection.scalars(select(tables.articles.c.id).order_by(tables.articles.c.number)).all()
    for article in articles:
        adding.unlink(connection, article)
    for article in articles:
        adding.settle_anew(connection, article)
    bind(connection, connection.scalars(select(decisions.c.id)).all())
    refresh(connection, everything=True)
    note_linker(connection, alone=True)
    what = {"linker": linker(), "articles": len(articles)}
    journal.append(connection, kind=KIND, subject="record", by=adding.PROGRAM, what=what)
    return len(articles)


def linkers(connection: Connection) -> frozenset[str]:
    """The linkers that made the links on record, as the journal tells; "" for those that did not say who they were."""
    last = select(func.max(entries.c.number)).where(entries.c.kind == KIND)
    since = connection.scalar(last) or 0
    found = journal.entries(connection, after=max(since - 1, 0))
    return frozenset(str(entry.what.get("linker", "")) for entry in found if entry.kind in {"read", KIND})
