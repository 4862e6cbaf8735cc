"""The part of a record that people decide by, with the journal of what was done; `Record` has it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection

from onrecord.record.decisions.acts import Act
from onrecord.record.decisions.listing import every_decision, facts_of, without_secrets
from onrecord.record.journal import Entry, Fault, Head, append, entries, first_fault
from onrecord.record.shapes import DecisionOnRecord, FactOnRecord
from onrecord.record.shelf import Shelf


class Decisions:
    """What people decided on a record, deciding, and the journal of what was done."""

    _with_withheld: bool

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    def log(self, *, kind: str, subject: str, by: str, what: Mapping[str, Any], why: str | None = None) -> Entry:
        """Write an entry at the end of the journal, in a transaction of its own."""
        with self._writing() as connection:
            return append(connection, kind=kind, subject=subject, by=by, what=what, why=why)

    def journal(self, *, kind: str | None = None, subject: str | None = None, after: int = 0) -> Iterator[Entry]:
        """The entries of the journal after a number, the first written first; of one kind, on one subject.

        Those on what is withheld come without saying what.
        """
        with self._reading() as connection:
            found = entries(connection, kind=kind, subject=subject, after=after)
            yield from found if self._with_withheld else without_secrets(connection, found)

    def journal_fault(self, known: Iterable[Head] = ()) -> Fault | None:
        """The first entry of the journal that is not as it was written; `known`: heads that must be in it still."""
        with self._reading() as connection:
            return first_fault(connection, known)

    def facts(self, article: str) -> Iterator[FactOnRecord]:
        """The facts of an article, as the machine read each and as people decided it is; none where it is withheld."""
        with self._reading() as connection:
            if not Shelf(connection, with_withheld=self._with_withheld).hides(article):
                yield from facts_of(connection, article)

    def decide(self, act: Act, *, by: str, why: str, against: str | None = None) -> DecisionOnRecord:
        """Put a person's decision on record and into force: `record.decide(Correct("a91c0…/k3", "count", 17), …)`.

        `against` is the `state` of the thing when the person looked at it; where it has changed since,
        `StaleDecisionError` is raised and nothing is overwritten. Raises `RecordError` where there is no
        such thing, or it makes no sense.
        """
        from onrecord.record.decisions.deciding import decide

        with self._writing() as connection:
            made = decide(connection, act, by=by, why=why, against=against)
            return next(each for each in every_decision(connection, made.id, with_withheld=True) if each.id == made.id)

    def decisions(self, on: str | None = None) -> Iterator[DecisionOnRecord]:
        """The decisions in the order in which they were made, those undone among them.

        `on`: a fact, article, incident, truce, decision or `person:…`.
        """
        with self._reading() as connection:
            yield from every_decision(connection, on, with_withheld=self._with_withheld)

    def withheld(self) -> Iterator[DecisionOnRecord]:
        """The decisions by which something is withheld now, by name: for those who may see it."""
        with self._reading() as connection:
            for made in every_decision(connection, None, with_withheld=True):
                if made.act == "withhold" and made.undone_by is None:
                    yield made

    def state(self, subject: str) -> str:
        """What somebody has seen who looks at a fact, incident, truce, `person:…` or decision now; see `decide`."""
        from onrecord.record.decisions.deciding import state_of

        with self._reading() as connection:
            return state_of(connection, subject)
