"""What a person can decide, as values: `record.decide(Correct("a91c0…/k3", "count", 17), by="Ann", why="…")`.

A fact is named by the id of its article and its own in the reading, `a91c0…/k3`; incidents, truces, accounts and
decisions by their ids. A decision is never changed or erased; another one may undo it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Accept:
    """The fact is as the machine read it (or as it was corrected); this also takes a rejection of it back."""

    fact: str


@dataclass(frozen=True, slots=True)
class Reject:
    """The article does not say so; the fact is left out of the record."""

    fact: str


@dataclass(frozen=True, slots=True)
class Correct:
    """The article says something else: `value` for one field of the fact (`fields.FIELDS` names those that there are).

    Places and parties are given by name or key, several as a list; a date as "2016-10-14" or "2016-10-14/2016-10-16";
    `None` where it is not known.
    """

    fact: str
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """These incidents (or truces) are one."""

    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """These accounts of an incident (or steps of a truce) tell of another one."""

    group: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """These accounts (or steps) belong to that other incident (or truce)."""

    accounts: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True)
class Withhold:
    """This incident, or a person by name or key (`wikidata:Q42`), is to appear in nothing that is given out."""

    incident: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """This decision no longer holds."""

    decision: str


Verdict = Accept | Reject | Correct
Linking = Merge | Split | Move
Act = Verdict | Linking | Withhold | Undo
