"""What one account of an incident says, apart from the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    return ranges_in(incident, account).get(effect, AccountRange())


def ranges_in(incident: IncidentOnRecord, account: Account) -> dict[str, AccountRange]:
    """The account's figures of all who were harmed, by how they were; ways of which it says nothing left out."""
    given: dict[str, list[Figure]] = defaultdict(list)
    for each in figures_of(incident, account):
        if each.toll.status is None and each.toll.group is None:
            given[each.toll.effect].append(each.figure)
    return {effect: _range_of(figures) for effect, figures in given.items()}


def _range_of(figures: Sequence[Figure]) -> AccountRange:
    counts = {figure.count for figure in figures}
    ends = {end for figure in figures for end in (figure.low, figure.count, figure.high) if end is not None}
    return AccountRange(
        low=min(ends, default=None),
        best=counts.pop() if len(counts) == 1 else None,
        high=max(ends, default=None),
        open=any(figure.high is None for figure in figures),
    )
