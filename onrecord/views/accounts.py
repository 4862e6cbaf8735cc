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


def range_in(incident: IncidentOnRecord, account: Account, effect: str) -> tuple[int | None, int | None, int | None]:
    """Lowest, only and highest figure of all who were harmed so, as the account has it.

    The middle one is None where the account gives several that differ: it is not for us to choose. The highest is None
    where the wording leaves it open.
    """
    figures = [
        given.figure
        for given in figures_of(incident, account)
        if given.toll.effect == effect and given.toll.status is None and given.toll.group is None
    ]
    if not figures:
        return None, None, None
    counts = {figure.count for figure in figures}
    lows = [figure.low for figure in figures if figure.low is not None]
    highs = [figure.high for figure in figures]
    return (
        min(lows, default=None),
        counts.pop() if len(counts) == 1 else None,
        None if None in highs else max(high for high in highs if high is not None),
    )
