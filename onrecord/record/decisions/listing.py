"""Decisions as they are given out: on a thing, on everything, with what the machine reads there today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from onrecord.record.decision_tables import anchors, decisions
from onrecord.record.decisions.anchors import SECTIONS, told
from onrecord.record.decisions.applying import as_json, decided, field_of
from onrecord.record.decisions.states import fact_state
from onrecord.record.decisions.store import (
    FACT,
    LINKING,
    VERDICTS,
    any_decisions,
    by_fact,
    lost,
    on_record,
    rulings_on,
)
from onrecord.record.decisions.withholding import PERSON, WITHHELD, Withholding
from onrecord.record.groups import portions
from onrecord.record.journal import Entry
from onrecord.record.readings import Readings
from onrecord.record.shapes import DecisionOnRecord, FactOnRecord

_DECISIONS, _ANCHORS = decisions.c, anchors.c


def decisions_on_links(connection: Connection, accounts: Sequence[tuple[str, str]]) -> tuple[DecisionOnRecord, ...]:
    """The decisions in force on which of these accounts (article, id in it) belong together or are withheld."""
    inside = set(accounts)
    found: dict[str, DecisionOnRecord] = {}
    for some in portions(sorted({article for article, _ in accounts})):
        wanted = (
            select(decisions, _ANCHORS.holder, _ANCHORS.local)
            .join(anchors, _ANCHORS.decision == _DECISIONS.id)
            .where(
                _ANCHORS.holder.in_(some),
                _DECISIONS.act.in_((*LINKING, "withhold")),
                _DECISIONS.undone_by.is_(None),
            )
        )
        found |= {row.id: on_record(row) for row in connection.execute(wanted) if (row.holder, row.local) in inside}
    return tuple(sorted(found.values(), key=lambda made: made.number))


def facts_of(connection: Connection, article: str) -> Iterator[FactOnRecord]:
    """The facts of an article's reading, by section, with what people decided on each."""
    reading = Readings(connection).of(article)
    rulings = rulings_on(connection, [article]).get(article, ())
    now = decided(reading, [ruling.verdict for ruling in rulings])
    on_facts = by_fact(rulings, reading)
    for section in SECTIONS:
        for fact in getattr(reading, section):
            made = on_facts.get(fact.id, ())
            here = told(now, fact.id)
            yield FactOnRecord(
                id=f"{article}/{fact.id}",
                section=section,
                machine=as_json(fact),
                decided=None if here is None else as_json(here[1]),
                decisions=made,
                state=fact_state(reading, fact.id, [each.id for each in made]),
            )


def every_decision(connection: Connection, subject: str | None, *, with_withheld: bool) -> Iterator[DecisionOnRecord]:
    """The decisions in the order in which they were made; on a subject: a fact, article, incident, truce or person.

    Those on what is withheld come without its name.
    """
    wanted = select(decisions).order_by(_DECISIONS.number)
    if subject is not None:
        about = (_DECISIONS.subject == subject) | (_DECISIONS.id == subject)
        in_article = select(_ANCHORS.decision).where((_ANCHORS.holder == subject) | (_ANCHORS.article == subject))
        wanted = wanted.where(about | _DECISIONS.id.in_(in_article))
    made = [on_record(row) for row in connection.execute(wanted)]
    gone = lost(connection, [each.id for each in made])
    secrets = _Secrets(connection, [each.subject for each in made]) if not with_withheld else None
    for each in made:
        known = replace(each, machine=_machine(connection, each), lost=each.id in gone)
        yield secrets.without(known) if secrets else known


def _machine(connection: Connection, made: DecisionOnRecord) -> object:
    if made.act not in VERDICTS:
        return None
    wanted = select(_ANCHORS.holder, _ANCHORS.local).where(_ANCHORS.decision == made.id, _ANCHORS.role == FACT)
    row = connection.execute(wanted).first()
    if row is None or row.holder is None:
        return None
    reading = Readings(connection).of(row.holder)
    if made.field is not None:
        return field_of(reading, row.local, made.field)
    found = told(reading, row.local)
    return None if found is None else as_json(found[1])


def without_secrets(connection: Connection, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries of the journal without what they would tell of something that is withheld; their hashes stay."""
    known = list(entries) if any_decisions(connection) else entries
    secrets = _Secrets(connection, [entry.subject for entry in known]) if isinstance(known, list) else None
    for entry in known:
        subject = secrets.subject(entry.subject) if secrets else entry.subject
        yield entry if subject == entry.subject else replace(entry, subject=subject, what={}, why=None)


class _Secrets:
    """What decisions and entries on these subjects would tell of something that is withheld."""

    def __init__(self, connection: Connection, subjects: Iterable[str]) -> None:
        self._withholding = Withholding(connection)
        self._people = {PERSON + name for name in self._withholding.people.values()}
        self._articles = self._withholding.of(sorted({subject.partition("/")[0] for subject in subjects}))

    def subject(self, subject: str) -> str:
        """The subject as it may be shown."""
        if subject in self._people:
            return PERSON + WITHHELD
        hidden = subject in self._withholding.groups or subject.partition("/")[0] in self._articles
        return WITHHELD if hidden else subject

    def without(self, made: DecisionOnRecord) -> DecisionOnRecord:
        """The decision as it may be shown."""
        subject = self.subject(made.subject)
        if subject == made.subject:
            return made
        return replace(made, subject=subject, before=None, after=None, machine=None, why=WITHHELD)
