"""What people decided, as the record gives it back: beside what the machine read, never in its place unmarked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

DecisionAct = Literal["accept", "reject", "correct", "merge", "split", "move", "withhold", "undo"]


@dataclass(frozen=True, slots=True)
class DecisionOnRecord:
    """What a person decided over what the machine read: who, when, what and why; nothing is ever erased by it.

    `before` is what stood there when the person decided, `after` what the person put in its place, and `machine` what
    the machine reads there now: for a corrected field its values, else the whole fact as JSON, else `None`.
    """

    id: str
    number: int
    """Of its entry in the journal."""
    at: str
    """The moment in UTC."""
    by: str
    act: DecisionAct
    subject: str
    """A fact (`a91c0…/k3`), an incident or truce, `person:…`, or for an undoing the decision undone."""
    field: str | None
    before: Any
    after: Any
    why: str
    machine: Any = None
    undone_by: str | None = None
    """The decision that undid it; it has no effect then."""
    lost: bool = False
    """True where a new reading no longer has what it is about: "without its fact"."""


@dataclass(frozen=True, slots=True)
class FactOnRecord:
    """One fact of a reading as the machine read it, and as people decided it is; the two are never mixed up."""

    id: str
    """The article's id and the fact's own in its reading: `a91c0…/k3`."""
    section: Literal["casualties", "incidents", "truces", "labels", "attributions"]
    machine: Any
    """The fact as JSON of the contract, as it was read."""
    decided: Any
    """The same as people decided it is: `None` where they rejected it, `machine` where they changed nothing."""
    decisions: tuple[DecisionOnRecord, ...]
    """Those in force, the first made first."""
    state: str
    """What a person has seen who has seen this; to be given back as `against` with a decision on it."""
