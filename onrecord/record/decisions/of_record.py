"""The part of a record that people decide by; `Record` has it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from onrecord.record.decisions.acts import Act
from onrecord.record.decisions.listing import every_decision, facts_of
from onrecord.record.shapes import DecisionOnRecord, FactOnRecord
from onrecord.record.shelf import Shelf


class Decisions:
    """What people decided on a record, and deciding."""

    _with_withheld: bool

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

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
            return decide(connection, act, by=by, why=why, against=against)

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
