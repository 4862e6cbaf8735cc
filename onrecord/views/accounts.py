"""What one account of an incident says, apart from the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.record.shapes import Account, Evidence, Figure, IncidentOnRecord, Origin, TollRange


@dataclass(frozen=True, slots=True)
class AccountFigure:
    """A figure as one article gives it: of which toll, from which origin, with the sentence."""

    toll: TollRange
    figure: Figure
    origin: Origin
    evidence: Evidence


def figures_of(incident: IncidentOnRecord, account: Account) -> Iterator[AccountFigure]:
    """The figures that an account's article gives for the incident, in the order of the incident's tolls."""
    for toll in incident.tolls:
        for figure in toll.figures:
            for origin in figure.origins:
                for evidence in origin.evidence:
                    if evidence.article == account.article.id:
                        yield AccountFigure(toll, figure, origin, evidence)


@dataclass(frozen=True, slots=True)
class AccountRange:
    """What an account says of all who were harmed in one way.

    `best` is None where it gives several figures that differ: it is not for us to choose. `open`: the wording of the
    highest leaves it open to above.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    open: bool | None = None


def range_in(incident: IncidentOnRecord, account: Account, effect: str) -> AccountRange:
    """The account's figures of all who were harmed so; nothing is known where it has none."""
    figures = [
        given.figure
        for given in figures_of(incident, account)
        if given.toll.effect == effect and given.toll.status is None and given.toll.group is None
    ]
    if not figures:
        return AccountRange()
    counts = {figure.count for figure in figures}
    ends = {end for figure in figures for end in (figure.low, figure.count, figure.high) if end is not None}
    return AccountRange(
        low=min(ends, default=None),
        best=counts.pop() if len(counts) == 1 else None,
        high=max(ends, default=None),
        open=any(figure.high is None for figure in figures),
    )
