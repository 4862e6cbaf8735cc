"""An incident in a line, with what is disputed or doubtful about it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log1p
from statistics import median_low

from onrecord.reading.schema import WIDE_LEVELS
from onrecord.record.contradictions import contradictions_in
from onrecord.record.shapes import Account, IncidentOnRecord, Named, TollRange
from onrecord.views.accounts import range_in
from onrecord.views.words import is_deed

"""Levels of places that a pin in their middle would claim to know more closely than anybody told."""
_COARSE = frozenset({"adm1", "adm2"}) | WIDE_LEVELS
_UNSURE_BLAME = frozenset({"claimed", "accused", "suspected", "denied"})
_MATTERS = {"toll": "toll", "perpetrator": "who", "place": "place", "date": "date", "status": "status"}
_WIDE = 1.5
"""A toll whose highest figure is so many times the lowest is worth a look even where nobody contradicts anybody."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is to be known of an incident without opening it.

    `disputes` are the matters on which its accounts differ ("toll", "who", "place", "date", "status"), `doubts` why a
    person should look, in words. `uncertainty` (0 to 1) and `consequence` (>= 0) put the queue of reviews in order.
    """

    place: Named | None
    killed: TollRange | None
    disputes: tuple[str, ...]
    doubts: tuple[str, ...]
    uncertainty: float
    consequence: float
    deed: bool
    decided: bool
    """Whether a person decided on anything in it."""


def reckoned(incident: IncidentOnRecord) -> Reckoned:
    """The incident in a line."""
    killed = whole_toll(incident, "killed")
    disputes = _disputes(incident)
    doubts = tuple(_doubts(incident, killed, disputes))
    return Reckoned(
        place=next(iter(incident.places), None),
        killed=killed,
        disputes=disputes,
        doubts=tuple(words for _, words in doubts),
        uncertainty=round(1 - _product(1 - weight for weight, _ in doubts), 4),
        consequence=round(_consequence(incident, killed), 4),
        deed=is_deed(incident.type),
        decided=bool(incident.decisions) or any(map(_decided, incident.accounts)),
    )


def whole_toll(incident: IncidentOnRecord, effect: str) -> TollRange | None:
    """The toll of all who were harmed so; None where none is told."""
    return next((t for t in incident.tolls if t.effect == effect and t.status is None and t.group is None), None)


@dataclass(frozen=True, slots=True)
class OutletFigure:
    """How many were killed, as an outlet tells it, and the middle of what the other outlets tell."""

    outlet: str
    killed: int
    others: int


def figures_by_outlet(incident: IncidentOnRecord) -> Iterator[OutletFigure]:
    """The figures of the outlets that give one where another does, too; of several of one outlet the last published."""
    told: dict[str, int] = {}
    for account in incident.accounts:
        best = range_in(incident, account, "killed").best
        if best is not None and account.article.outlet:
            told[account.article.outlet] = best
    for outlet, killed in told.items():
        others = [figure for other, figure in told.items() if other != outlet]
        if others:
            yield OutletFigure(outlet, killed, median_low(others))


def _disputes(incident: IncidentOnRecord) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_MATTERS[found.matter] for found in contradictions_in(incident)))


def _doubts(
    incident: IncidentOnRecord, killed: TollRange | None, disputes: tuple[str, ...]
) -> Iterator[tuple[float, str]]:
    """Why a person should look, each with the odds that the machine's reading does not stand (our own estimate)."""
    if "toll" in disputes and killed:
        yield 0.4, "figures contradict each other"
    elif killed and killed.low and killed.high and killed.high > _WIDE * killed.low:
        yield 0.25, "the toll is a wide range"
    if "who" in disputes:
        yield 0.4, "accounts name different perpetrators"
    elif any(party.blame in _UNSURE_BLAME for account in incident.accounts for party in account.perpetrators):
        yield 0.2, "blame is a matter of claims"
    if "status" in disputes:
        yield 0.4, "one account denies it"
    if "place" in disputes:
        yield 0.3, "accounts place it differently"
    if "date" in disputes:
        yield 0.25, "accounts date it differently"
    if not incident.places:
        yield 0.3, "no place was found"
    elif incident.places[0].level in _COARSE:
        yield 0.15, "the place is only a region"
    if not incident.since:
        yield 0.3, "no date was found"
    if incident.origins == 1:
        yield 0.2, "one origin only"
    if killed and any(figure.qualifier == "vague" for figure in killed.figures):
        yield 0.2, "a figure is vague"
    if any(_thin(account) for account in incident.accounts):
        yield 0.1, "an account is told in passing"


def _decided(account: Account) -> bool:
    evidence = (*account.evidence, *(said for figure in account.tolls for o in figure.origins for said in o.evidence))
    return bool(account.decisions) or any(each.decisions for each in evidence)


def _thin(account: Account) -> bool:
    return not account.main and not account.perpetrators and not account.targets


def _consequence(incident: IncidentOnRecord, killed: TollRange | None) -> float:
    """How much hangs on it: the dead at most, then how many tell of it."""
    dead = max((end for end in (killed.best, killed.high) if end is not None), default=0) if killed else 0
    return log1p(dead) + 0.3 * log1p(len(incident.accounts)) + (0.5 if is_deed(incident.type) else 0.0)


def _product(factors: Iterator[float]) -> float:
    result = 1.0
    for factor in factors:
        result *= factor
    return result
